//! A Potts memory: which sites its couplings say touch, beside a structure; the couplings of two sites letter by
//! letter; and what every letter feels at one site.

use super::columns::{BETWEEN, HEADER, columns, header};
use super::unit_table;
use crate::app::notice::sentence;
use crate::app::panels::{PanelContext, save};
use crate::app::snapshot::Snapshot;
use crate::app::theme::{BODY, GAP, Palette};
use crate::app::widgets::controls::hint;
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::laid_out::LaidOut;
use crate::app::widgets::matrix_sheet::{FullColor, Layout};
use crate::app::widgets::matrix_view::{MatrixView, colour_bar};
use crate::app::widgets::room::room_above;
use crate::engine::Memory;
use crate::engine::learning::Shows;
use crate::engine::numbers::percent;
use crate::engine::patterns::{Grid, Letters};
use crate::engine::potts::PottsCouplings;
use crate::figures::distributions;
use crate::figures::numbers::number;
use crate::session::{Command, Measurement};
use crate::worlds::proteins::{ContactMap, structure};
use egui::{Align2, FontId, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2};
use ndarray::Array2;
use std::sync::Arc;

/// Least width of the text.
const LEAST_TEXT: f32 = 170.0;
/// Least width of the bars of letters.
const LEAST_BARS: f32 = 160.0;

/// What is kept of the memory between frames.
#[derive(Default)]
pub(super) struct ContactsCache {
    memory: Option<Arc<Memory>>,
    measured: bool,
    /// Scores below the diagonal, contacts of the structure above.
    map: Option<LaidOut>,
    block: Option<(usize, usize)>,
    /// J_ij(a,b) of that pair.
    values: Option<LaidOut>,
    version: u64,
    /// The partner whose couplings are shown.
    partner: Option<usize>,
}

/// What every column looks at.
pub(super) struct Scene<'a> {
    pub(super) memory: &'a Arc<Memory>,
    pub(super) potts: &'a PottsCouplings,
    pub(super) letters: Letters,
    pub(super) snapshot: &'a Snapshot,
    pub(super) grid: Grid,
    pub(super) unit: usize,
    pub(super) marked: usize,
}

impl Scene<'_> {
    pub(super) fn ui(&self, ui: &mut Ui, context: &mut PanelContext<'_>, kept: &mut ContactsCache) {
        self.refresh(context, kept);
        let room = ui.available_size();
        // Two pictures, as tall as the room unless text and bars would be left with too little.
        let most = 0.5 * (room.x - LEAST_TEXT - LEAST_BARS - 3.0 * BETWEEN);
        let square = (room.y - HEADER).min(most).floor();
        let rest = room.x - 2.0 * square - 3.0 * BETWEEN;
        let text = (0.45 * rest).clamp(LEAST_TEXT, 300.0);
        let widths = vec![square, text, square, rest - text];
        for (column, mut inside) in columns(ui, widths).into_iter().enumerate() {
            let ui = &mut inside;
            match column {
                0 => self.map(ui, context, kept),
                1 => self.numbers(ui, context, kept),
                2 => self.block(ui, context, kept),
                _ => self.bars(ui, context),
            }
        }
    }

    fn refresh(&self, context: &mut PanelContext<'_>, kept: &mut ContactsCache) {
        let session = context.session;
        let known = session.is_measured(Measurement::Contacts);
        let asked = known || session.is_measuring(Measurement::Contacts);
        if !asked && session.declined(Measurement::Contacts).is_none() {
            let ask = Command::Measure(Measurement::Contacts);
            context.commands.push(ask);
        }
        let same = kept
            .memory
            .as_ref()
            .is_some_and(|memory| Arc::ptr_eq(memory, self.memory));
        if !same || kept.measured != known {
            kept.memory = Some(Arc::clone(self.memory));
            kept.measured = known;
            kept.block = None;
            kept.version += 1;
            if let (true, Some(map)) = (known, session.contact_map()) {
                kept.map = Some(laid_out(picture(map)));
                kept.partner = strongest(map, self.unit);
            }
        }
        let partner = kept
            .partner
            .filter(|partner| *partner < self.potts.n_units());
        let pair = (
            self.unit,
            partner.unwrap_or_else(|| (self.unit + 1) % self.potts.n_units()),
        );
        if kept.block != Some(pair) {
            let q = self.letters.count();
            let value = |(a, b)| self.potts.value(pair.0, a, pair.1, b);
            kept.values = Some(laid_out(Array2::from_shape_fn((q, q), value)));
            kept.block = Some(pair);
            kept.version += 1;
        }
    }

    /// Scores of pairs of sites, beside the structure.
    fn map(&self, ui: &mut Ui, context: &mut PanelContext<'_>, kept: &mut ContactsCache) {
        header(ui, "Contacts", "");
        let session = context.session;
        if let Some(reason) = session.declined(Measurement::Contacts) {
            return placeholder(ui, &sentence(&reason));
        }
        let Some((map, matrix)) = session.contact_map().zip(kept.map.as_ref()) else {
            return placeholder(ui, Measurement::Contacts.under_way());
        };
        let view = MatrixView {
            highlight_row: Some(self.marked),
            ..MatrixView::new("Contact map", matrix, kept.version, ui.available_size())
        };
        let shown = view.show(ui);
        save::menu_of_squares(&shown.response, context.exports, "Contact map", || {
            matrix.squares(["site", "site"])
        });
        context.mark(ui, Shows::Couplings, shown.response.rect);
        let Some((i, j)) = shown.hovered else {
            return;
        };
        context.view.hovered_unit = Some(i);
        if i != j {
            kept.partner = Some(j);
        }
        let score = map.scores.get((i, j)).copied().unwrap_or(f32::NAN);
        let distance = match map.distances.as_ref().and_then(|all| all.get((i, j))) {
            Some(distance) if distance.is_finite() => format!("{distance:.1} Å apart"),
            _ => "distance unknown".to_owned(),
        };
        let text = format!("sites {i} and {j}\nscore {}, {distance}", number(score));
        shown.response.on_hover_text_at_pointer(text);
    }

    /// How many of the surest pairs touch, and the site in words.
    fn numbers(&self, ui: &mut Ui, context: &PanelContext<'_>, kept: &ContactsCache) {
        ui.add_space(2.0);
        if let Some(map) = context.session.contact_map().filter(|_| kept.measured) {
            let palette = Palette::of(ui.visuals());
            for (top, of_couplings, of_covariance) in &map.precisions {
                let text = format!("{} touch", percent(of_couplings.share()));
                ui.label(RichText::new(text).size(BODY).color(palette.strong));
                let text = format!(
                    "of the {top} strongest pairs; by plain covariance {}, by chance {}",
                    percent(of_covariance.share()),
                    percent(map.chance)
                );
                hint(ui, &text);
            }
            let text = if map.distances.is_some() {
                format!(
                    "scores stand below the diagonal, pairs nearer than {} Å above",
                    structure::CONTACT
                )
            } else {
                "scores stand below the diagonal; a structure (PDB, mmCIF) opened with the alignment stands above"
                    .to_owned()
            };
            hint(ui, &text).on_hover_text(
                "Pairs more than four sites apart, the surest first: Frobenius norm of the couplings in the zero-sum \
                gauge without the gap, with average-product correction; they touch if their Cβ are nearer than 8 Å",
            );
        }
        ui.add_space(GAP / 2.0);
        unit_table::ui(ui, self.snapshot, self.grid, self.unit, &[]);
    }

    /// J_ij(a,b) of the site and its partner.
    fn block(&self, ui: &mut Ui, context: &mut PanelContext<'_>, kept: &ContactsCache) {
        let Some(((i, j), matrix)) = kept.block.zip(kept.values.as_ref()) else {
            return;
        };
        header(ui, &format!("J({i}, {j})"), "letters a, b");
        let size = room_above(ui, 26.0);
        let view = MatrixView::new("Couplings of two sites", matrix, kept.version, size);
        let shown = view.show(ui);
        let title = format!("Couplings of sites {i} and {j}");
        save::menu_of_squares(&shown.response, context.exports, &title, || {
            matrix.squares(["a", "b"])
        });
        if let Some((a, b)) = shown.hovered {
            let value = matrix.values.get((a, b)).copied().unwrap_or(f32::NAN);
            let (a, b) = (self.letters.symbol(a as i8), self.letters.symbol(b as i8));
            let text = format!("{a} at {i} with {b} at {j}: {}", number(value));
            shown.response.on_hover_text_at_pointer(text);
        }
        colour_bar(ui, ui.available_width(), matrix.found);
    }

    /// What every letter feels at the site, in the state shown.
    fn bars(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        header(ui, &format!("Fields at site {}", self.unit), "");
        let palette = Palette::of(ui.visuals());
        let fields = self.potts.local_field(&self.snapshot.state, self.unit);
        let symbols = (0..fields.len()).map(|letter| self.letters.symbol(letter as i8).to_string());
        let figure = distributions::site_fields(self.unit, symbols.collect(), &fields);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &figure.title));
        save::menu(&response, context.exports, &figure);
        let largest = figure.up.range[1] as f32;
        let here = self.snapshot.state.units()[self.unit] as usize;
        let width = rect.width() / fields.len() as f32;
        let middle = rect.center().y - 6.0;
        let half = 0.5 * (rect.height() - 14.0) - 4.0;
        let painter = ui.painter_at(rect);
        let font = FontId::monospace((width * 1.2).clamp(7.0, 12.0));
        for (letter, field) in fields.iter().enumerate() {
            let left = rect.left() + letter as f32 * width;
            let top = middle - field / largest * half;
            let bar = Rect::from_two_pos(pos2(left + 0.5, middle), pos2(left + width - 0.5, top));
            let color = if *field > 0.0 {
                palette.orange
            } else {
                palette.blue
            };
            painter.rect_filled(
                bar,
                0.0,
                color.gamma_multiply(if letter == here { 1.0 } else { 0.6 }),
            );
            let color = if letter == here {
                palette.strong
            } else {
                palette.weak
            };
            let place = pos2(left + 0.5 * width, rect.bottom());
            let symbol = self.letters.symbol(letter as i8);
            painter.text(place, Align2::CENTER_BOTTOM, symbol, font.clone(), color);
        }
        painter.hline(rect.x_range(), middle, Stroke::new(1.0, palette.stroke));
        response.on_hover_text(
            "H_i(a) = h_i(a) + Σ_j J_ij(a, a_j) for every letter a: at temperature 0 the site takes the largest, and keeps its letter in a tie",
        );
    }
}

fn laid_out(values: Array2<f32>) -> LaidOut {
    LaidOut::new(values, Layout::Matrix, FullColor::Robust)
}

/// Scores below the diagonal; above it what touches, as strong as the strongest score.
fn picture(map: &ContactMap) -> Array2<f32> {
    let strongest = map.scores.iter().copied().fold(0.0, f32::max);
    Array2::from_shape_fn(map.scores.dim(), |(i, j)| {
        let distance = map.distances.as_ref().map(|all| all[[i, j]]);
        match distance {
            Some(distance) if j > i => {
                if distance < structure::CONTACT && j - i > 4 {
                    strongest
                } else {
                    0.0
                }
            }
            _ => map.scores[[i, j]],
        }
    })
}

/// The site that `site` most probably touches.
fn strongest(map: &ContactMap, site: usize) -> Option<usize> {
    let row = map.scores.row(site.min(map.scores.nrows().checked_sub(1)?));
    let others = (0..row.len()).filter(|other| other.abs_diff(site) > 4);
    others.max_by(|a, b| row[*a].total_cmp(&row[*b]))
}
