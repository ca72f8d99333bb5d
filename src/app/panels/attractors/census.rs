//! Census: what many starts end in, as a bar of shares and a tile for each attractor.

use super::asking::asked;
use super::controls_row;
use super::list::{self, Share};
use super::shares::{Entry, Order, entries, figure, lines, parts, said};
use super::states_sheet::{StatesSheet, in_words, offer};
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{BODY, Palette, SMALL};
use crate::app::widgets::controls::{hint, small_segmented};
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::room::{height_left, width_left};
use crate::engine::attractors::{Catalogue, CensusStarts, good_turing};
use crate::engine::numbers::percent;
use crate::engine::patterns::State;
use crate::figures::{Figure, Hue};
use crate::lab::portraits::figure::{coloured, hue};
use crate::session::{CensusWish, LiveCensus, Measurement, Wish};
use egui::{
    Align2, DragValue, FontId, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Width of the controls in points.
const WIDE: f32 = 620.0;

/// Size of a tile in points, and of the thumbnail on it.
const TILE: Vec2 = vec2(196.0, 72.0);
const THUMBNAIL: f32 = 60.0;

/// Height of the bar of shares.
const BAR: f32 = 24.0;

/// Attractors that have a tile at most.
const MOST_TILES: usize = 400;

/// Numbers of starts that are offered.
const COUNTS: [(u64, &str, &str); 3] = [
    (1_000, "1,000", "A thousand starts"),
    (
        10_000,
        "10,000",
        "Ten thousand starts: rarer attractors are met, and it takes longer",
    ),
    (
        100_000,
        "100,000",
        "A hundred thousand starts: rarer attractors are met, and it takes longer",
    ),
];

/// What the view keeps between frames.
#[derive(Default)]
pub(super) struct Census {
    wish: CensusWish,
    order: Order,
    entries: Vec<Entry>,
    shown: Option<Shown>,
    sheet: StatesSheet,
}

/// What is worked out once for every catalogue and order.
struct Shown {
    catalogue: Arc<Catalogue>,
    order: Order,
    figure: Figure,
    said: String,
    /// Parts of the bar: colour, share, and what is written on it.
    parts: Vec<(Hue, f32, String)>,
}

impl Census {
    /// Draws the view into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        // A session that was opened has a wish of its own.
        self.wish = context.session.wishes().census;
        self.controls(ui, context);
        let wish = (context.session.wishes().census != self.wish).then_some(self.wish);
        if let Err(why) = asked(context, Measurement::Census, wish.map(Wish::Census)) {
            return placeholder(ui, &why);
        }
        let Some(census) = context.session.census() else {
            return placeholder(ui, Measurement::Census.under_way());
        };
        self.update(ui, census);
        let Some(shown) = &self.shown else {
            return;
        };
        bar(ui, shown, context);
        hint(ui, &shown.said);
        ui.add_space(4.0);
        self.tiles(ui, census, context);
    }

    /// What it is on the command line.
    pub(super) fn parts(&self) -> Vec<(&'static str, String)> {
        let starts = match (self.wish.starts, self.wish.unseen) {
            (CensusStarts::Random, _) => "random".to_owned(),
            (CensusStarts::Patterns, false) => "stored".to_owned(),
            (CensusStarts::Patterns, true) => "unseen".to_owned(),
            (CensusStarts::Corrupted { share }, _) => format!("corrupted:{share}"),
        };
        vec![("starts", starts), ("count", self.wish.count.to_string())]
    }

    /// What starts are of, how many there are, and the order of the tiles.
    fn controls(&mut self, ui: &mut Ui, context: &PanelContext<'_>) {
        let share = match self.wish.starts {
            CensusStarts::Corrupted { share } => share,
            _ => 0.3,
        };
        let options = [
            (0, "Random", "Any state, all alike probable"),
            (1, "Stored", "The stored patterns themselves"),
            (2, "Corrupted", "Stored patterns with some units flipped"),
            (
                3,
                "Unseen",
                "Patterns of the same world that are not stored",
            ),
        ];
        let before = match (self.wish.starts, self.wish.unseen) {
            (CensusStarts::Random, _) => 0,
            (CensusStarts::Corrupted { .. }, _) => 2,
            (CensusStarts::Patterns, false) => 1,
            (CensusStarts::Patterns, true) => 3,
        };
        let mut from = before;
        let has_unseen = context.session.source().is_some_and(|it| it.n_unseen() > 0);
        controls_row(ui, WIDE, |ui| {
            small_segmented(ui, "Starts", &mut from, &options, |option| {
                let none = "This world has no unseen patterns";
                (option == 3 && !has_unseen).then_some(none)
            });
            let mut share = share;
            if from == 2 {
                let field = DragValue::new(&mut share)
                    .range(0.0..=1.0)
                    .speed(0.005)
                    .max_decimals(3);
                let help = "Share of the units that are flipped: larger starts farther away";
                let field = ui.add(field).on_hover_text(help);
                field.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Share flipped"));
            }
            self.wish.starts = match from {
                0 => CensusStarts::Random,
                2 => CensusStarts::Corrupted { share },
                _ => CensusStarts::Patterns,
            };
            self.wish.unseen = from == 3;
            ui.add_space(8.0);
            small_segmented(ui, "Count", &mut self.wish.count, &COUNTS, |_| None);
            ui.add_space(8.0);
            let orders = [
                (Order::Share, "by share", "The largest share first"),
                (
                    Order::Kind,
                    "by kind",
                    "Stored patterns first, then negatives, blends and the rest",
                ),
                (Order::Energy, "by energy", "The lowest energy first"),
            ];
            small_segmented(ui, "Order", &mut self.order, &orders, |_| None);
        });
        ui.add_space(4.0);
    }

    /// Takes in what is new of `census`.
    fn update(&mut self, ui: &Ui, census: &LiveCensus) {
        let is_same = |shown: &Shown| {
            Arc::ptr_eq(&shown.catalogue, &census.catalogue) && shown.order == self.order
        };
        if self.shown.as_ref().is_some_and(is_same) {
            return;
        }
        self.entries = entries(&census.catalogue, self.order);
        self.shown = Some(Shown {
            catalogue: Arc::clone(&census.catalogue),
            order: self.order,
            figure: figure(census, &self.entries),
            said: said(census, &self.entries),
            parts: parts(census, &self.entries),
        });
        let all = census.catalogue.attractors();
        let blank = State::filled(
            census.patterns.alphabet(),
            census.patterns.n_units(),
            |_| census.patterns.pattern(0)[0],
        );
        let states = self.entries.iter().take(MOST_TILES).map(|entry| {
            let state = all[entry.attractor].state.clone();
            state.unwrap_or_else(|| blank.clone())
        });
        self.sheet.put(ui.ctx(), states.collect(), &census.patterns);
    }

    /// A tile for each attractor.
    fn tiles(&self, ui: &mut Ui, census: &LiveCensus, context: &mut PanelContext<'_>) {
        let across = (ui.available_width() / TILE.x).floor().max(1.0) as usize;
        let width = width_left(ui, 10.0) / across as f32;
        let shown = &self.entries[..self.entries.len().min(MOST_TILES)];
        let left_out = self.entries.len() - shown.len();
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let foot = if left_out > 0 { 20.0 } else { 0.0 };
        ScrollArea::vertical()
            .id_salt("census")
            .auto_shrink([false, false])
            .max_height(height_left(ui, foot))
            .show_rows(ui, TILE.y, shown.len().div_ceil(across), |ui, rows| {
                for row in rows {
                    let places = row * across..((row + 1) * across).min(shown.len());
                    ui.horizontal(|ui| {
                        for place in places {
                            self.tile(ui, (place, width), census, context);
                        }
                    });
                }
            });
        if left_out > 0 {
            hint(
                ui,
                &format!("The first {MOST_TILES} are shown; {left_out} more have no tile."),
            );
        }
    }

    fn tile(
        &self,
        ui: &mut Ui,
        (place, width): (usize, f32),
        census: &LiveCensus,
        context: &mut PanelContext<'_>,
    ) {
        let palette = Palette::of(ui.visuals());
        let entry = &self.entries[place];
        let attractor = &census.catalogue.attractors()[entry.attractor];
        let patterns = &census.patterns;
        let (rect, response) = ui.allocate_exact_size(vec2(width, TILE.y), Sense::click());
        let inner = rect.shrink2(vec2(3.0, 3.0));
        let painter = ui.painter_at(rect);
        let fill = if response.hovered() {
            palette.raised_hover
        } else {
            palette.raised
        };
        painter.rect_filled(inner, 4.0, fill);
        let swatch = Rect::from_min_size(inner.min, vec2(4.0, inner.height()));
        let hue = hue(&attractor.nature, &coloured(patterns, &[]));
        painter.rect_filled(swatch, 2.0, palette.hue(hue));
        let picture = Rect::from_min_size(inner.min + vec2(8.0, 3.0), Vec2::splat(THUMBNAIL));
        if attractor.state.is_some() {
            self.sheet.paint(&painter, place, picture);
        }
        let text = pos2(picture.right() + 8.0, inner.top() + 5.0);
        let lines = lines(attractor, entry.count, census);
        let room = inner.right() - text.x - 4.0;
        for (line, (said, is_strong)) in lines.iter().enumerate() {
            let font = FontId::proportional(if *is_strong { BODY } else { SMALL });
            let color = if *is_strong {
                palette.strong
            } else {
                palette.text
            };
            let mut job = egui::text::LayoutJob::single_section(
                said.clone(),
                egui::TextFormat::simple(font, color),
            );
            job.wrap = egui::text::TextWrapping::truncate_at_width(room);
            let galley = painter.layout_job(job);
            painter.galley(text + vec2(0.0, 19.0 * line as f32), galley, color);
        }
        let about = format!("{}. {}", in_words(&attractor.nature, patterns), lines[1].0);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &about));
        if let Some(state) = &attractor.state {
            offer(&response, context, state, patterns);
        }
        let help = format!(
            "Ends in {}\nClick: open it in Recall. Right click: store it",
            in_words(&attractor.nature, patterns)
        );
        response.on_hover_text(help);
    }

    /// The attractors by kind; whether there were any.
    pub(super) fn list(&self, ui: &mut Ui, context: &PanelContext<'_>) -> bool {
        let Some(census) = context.session.census() else {
            return false;
        };
        let all = census.catalogue.attractors();
        let shares = self.entries.iter().filter_map(|entry| {
            Some(Share {
                nature: &all.get(entry.attractor)?.nature,
                count: entry.count,
            })
        });
        let mut shares: Vec<Share<'_>> = shares.collect();
        shares.sort_by_key(|share| std::cmp::Reverse(share.count));
        let coloured = coloured(&census.patterns, &[]);
        list::ui_of(ui, &shares, &coloured, 42.0, &census.patterns, context);
        let unseen = good_turing(shares.iter().map(|share| share.count));
        let line = format!("Not met yet: about {} of starts to come.", percent(unseen));
        hint(ui, &line).on_hover_text(
            "Good and Turing's estimate: the share of starts that ended in an attractor which no other start ended in",
        );
        true
    }
}

/// The shares side by side.
fn bar(ui: &mut Ui, shown: &Shown, context: &mut PanelContext<'_>) {
    let palette = Palette::of(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, "Shares of attractors");
        info.current_text_value = Some(shown.said.clone());
        info
    });
    let painter = ui.painter_at(rect);
    let mut left = rect.left();
    for (hue, share, name) in &shown.parts {
        let right = left + rect.width() * share;
        let part = Rect::from_x_y_ranges(left..=right, rect.y_range());
        painter.rect_filled(part, 0.0, palette.hue(*hue));
        if part.width() > 3.0 {
            let edge = Stroke::new(1.0, palette.card.gamma_multiply(0.6));
            painter.vline(right, rect.y_range(), edge);
        }
        if part.width() > 14.0 {
            let font = FontId::proportional(BODY);
            let center = Align2::CENTER_CENTER;
            painter.text(part.center(), center, name, font, palette.on_basin);
        }
        left = right;
    }
    let edge = Stroke::new(1.0, palette.stroke);
    painter.rect_stroke(rect, 2.0, edge, StrokeKind::Inside);
    save::menu(&response, context.exports, &shown.figure);
}
