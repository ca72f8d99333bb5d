//! The couplings J: all of them, one unit's row as a picture, the fields they make, and how they are distributed.
//!
//! Pointing at a unit anywhere in the window shows its row here; pointing at a pixel of that row marks the pixel
//! everywhere, but the row stays.

mod contacts;
mod facts;
mod matrix_cache;
mod memories;
mod statistics;

use super::{Panel, PanelContext, Place};
use crate::app::snapshot::Snapshot;
use crate::app::theme::{BODY, GAP, Palette, TITLE};
use crate::app::view::CouplingsLayout;
use crate::app::widgets::controls::{small_segmented, title_label};
use crate::app::widgets::full_card::{full_card, placeholder};
use crate::app::widgets::matrix_sheet::Layout as Sheet;
use crate::app::widgets::matrix_view::{MatrixView, colour_bar};
use crate::app::widgets::picture::{Placed, RowPicture, row_picture, symmetric_scale};
use crate::engine::observables::Part;
use crate::engine::patterns::Grid;
use crate::figures::numbers::number;
use crate::jobs::Workers;
use egui::{RichText, Ui, UiBuilder, Vec2};
use matrix_cache::{Matrix, MatrixCache};
use memories::{Memories, PatternWeights};
use std::sync::Arc;

/// Room between columns.
const BETWEEN: f32 = 2.0 * GAP;
/// Least width of the histogram.
const LEAST_HISTOGRAM: f32 = 150.0;
/// Room for a column's title.
const HEADER: f32 = TITLE + 12.0;

/// The panel, with what it keeps of the memory between frames.
#[derive(Default)]
pub(super) struct Couplings {
    kept: MatrixCache,
    pulls: Option<PatternWeights>,
    contacts: contacts::ContactsCache,
    linear_counts: bool,
}

/// What every column looks at.
struct Scene<'a> {
    kept: &'a Matrix,
    snapshot: &'a Snapshot,
    grid: Grid,
    /// The unit whose row is shown.
    unit: usize,
    /// The unit marked in every picture.
    marked: usize,
}

impl Panel for Couplings {
    fn title(&self) -> &'static str {
        "Couplings J"
    }

    fn place(&self) -> Place {
        Place::Bottom
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        self.lay_out(ui, context);
        let stale = context.session.is_stale() || self.kept.is_out_of_date();
        let size = ui.available_size();
        full_card(ui, "couplings", size, stale, |ui| {
            self.contents(ui, context);
        });
    }
}

impl Couplings {
    /// Brings what is shown of the couplings as a whole in line with the memory and the view.
    fn lay_out(&mut self, ui: &Ui, context: &PanelContext<'_>) {
        let Some(recording) = context.session.recording() else {
            return;
        };
        let layout = match context.view.couplings {
            CouplingsLayout::Matrix => Sheet::Matrix,
            CouplingsLayout::Rows => Sheet::RowPictures(recording.patterns().grid()),
        };
        let waker = ui.ctx().clone();
        let workers = || Workers::Threads(Arc::new(move || waker.request_repaint()));
        let part = context.view.part;
        self.kept.update(recording.memory(), part, layout, workers);
    }

    fn contents(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot)
        else {
            title_label(ui, self.title(), "");
            placeholder(ui, "The couplings stand here once there is a memory");
            return;
        };
        let grid = recording.patterns().grid();
        let known = |unit: &usize| *unit < grid.n_units();
        let center = grid.rows / 2 * grid.columns + grid.columns / 2;
        let unit = context.view.unit.filter(known).unwrap_or(center);
        let marked = context.view.shown_unit.filter(known).unwrap_or(unit);
        let cursor = context.session.cursor();
        self.pulls = PatternWeights::update(self.pulls.take(), recording, snapshot, cursor);
        if let Some(pulls) = &self.pulls {
            let memories = Memories {
                pulls,
                snapshot,
                grid,
                unit,
                marked,
            };
            memories.ui(ui, context, &mut self.linear_counts);
            return;
        }
        let memory = recording.memory();
        let letters = recording.patterns().alphabet().letters();
        if let (Some(potts), Some(letters)) = (memory.potts(), letters) {
            let scene = contacts::Scene {
                memory,
                potts,
                letters,
                snapshot,
                grid,
                unit,
                marked,
            };
            scene.ui(ui, context, &mut self.contacts);
            return;
        }
        let Some(kept) = self.kept.shown() else {
            title_label(ui, self.title(), "");
            placeholder(
                ui,
                if self.kept.is_making() {
                    "Laying out the couplings…"
                } else {
                    "This memory has no couplings between pairs of units"
                },
            );
            return;
        };
        let scene = Scene {
            kept,
            snapshot,
            grid,
            unit,
            marked,
        };
        let linear = &mut self.linear_counts;
        let room = ui.available_size();
        let square = Vec2::splat(room.y - HEADER);
        let picture = Placed::fit(grid, square, ui.pixels_per_point()).x;
        let widths = widths(room, picture);
        let own_column = widths.len() > 4;
        for (column, mut inside) in columns(ui, widths).into_iter().enumerate() {
            let ui = &mut inside;
            match column {
                0 => scene.matrix(ui, context),
                1 => scene.facts(ui, context),
                2 => scene.row(ui, context),
                3 if own_column => scene.fields(ui, context),
                _ => scene.statistics(ui, context, !own_column, linear),
            }
        }
    }
}

/// Room for each column, beside each other.
fn columns(ui: &mut Ui, widths: Vec<f32>) -> Vec<Ui> {
    let mut place = ui.available_rect_before_wrap();
    let column = |(column, width): (usize, f32)| {
        let rect = place.with_max_x(place.left() + width);
        place.min.x += width + BETWEEN;
        let mut inside = ui.new_child(UiBuilder::new().id_salt(column).max_rect(rect));
        inside.spacing_mut().item_spacing.y = GAP / 2.0;
        inside
    };
    widths.into_iter().enumerate().map(column).collect()
}

/// Widths of the columns: three pictures, text, and what is left for the histogram, which goes without if that is
/// too little.
fn widths(room: Vec2, picture: f32) -> Vec<f32> {
    let matrix = room.y - HEADER;
    let rest = room.x - matrix - 2.0 * picture - 3.0 * BETWEEN;
    let facts = (0.4 * rest).clamp(200.0, 280.0).min(rest.max(0.0));
    let histogram = rest - facts - BETWEEN;
    let mut widths = vec![matrix, facts, picture, picture];
    if histogram >= LEAST_HISTOGRAM {
        widths.push(histogram);
    }
    widths.into_iter().map(f32::floor).collect()
}

impl Scene<'_> {
    /// All couplings, as a matrix or as a sheet of rows.
    fn matrix(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let title = match self.kept.part {
            Part::Whole => "Couplings J",
            Part::Symmetric => "Symmetric part of J",
            Part::Antisymmetric => "Antisymmetric part of J",
        };
        header(ui, title, "");
        let view = MatrixView {
            highlight_row: Some(self.marked),
            ..MatrixView::new(
                "Matrix of couplings",
                &self.kept.laid,
                self.kept.version,
                ui.available_size(),
            )
        };
        let shown = view.show(ui);
        if let Some((i, j)) = shown.hovered {
            context.view.hovered_unit = Some(i);
            shown.response.on_hover_text_at_pointer(self.entry(i, j));
        }
    }

    /// “J(404, 405) = −0.0123, pixels (14, 12) and (14, 13)”.
    fn entry(&self, i: usize, j: usize) -> String {
        let value = self
            .kept
            .laid
            .values
            .get((i, j))
            .copied()
            .unwrap_or(f32::NAN);
        let ((a, b), (c, d)) = (self.grid.place(i), self.grid.place(j));
        format!(
            "{}({i}, {j}) = {}\npixels ({a}, {b}) and ({c}, {d})",
            self.kept.symbol(),
            number(value)
        )
    }

    /// The choices of part and layout, the key to the colours, and the unit in words.
    fn facts(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        ui.add_space(2.0);
        self.part(ui, context);
        small_segmented(
            ui,
            "Layout of the couplings",
            &mut context.view.couplings,
            &[
                (
                    CouplingsLayout::Matrix,
                    "Matrix",
                    "Row i, column j. Scroll zooms, drag moves, double click shows all",
                ),
                (
                    CouplingsLayout::Rows,
                    "Rows as pictures",
                    "Row i as a small picture, standing where unit i is",
                ),
            ],
            |_| None,
        );
        ui.add_space(GAP / 2.0);
        let width = ui.available_width().min(200.0);
        colour_bar(ui, width, self.kept.laid.found);
        let palette = Palette::of(ui.visuals());
        let name = format!("Unit {}", self.unit);
        ui.label(
            RichText::new(name)
                .size(BODY)
                .color(palette.strong)
                .strong(),
        );
        let asymmetry = [facts::asymmetry(self.kept)];
        facts::ui(ui, self.snapshot, self.grid, self.unit, &asymmetry);
    }

    /// The choice of the part shown.
    fn part(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        const WHY: &str = "J is symmetric: its antisymmetric part is zero";
        let mut part = self.kept.part;
        let options = [
            (Part::Whole, "J", "All of J, as learned"),
            (
                Part::Symmetric,
                "Symmetric",
                "Half the sum of J and its transpose: the part that has an energy",
            ),
            (
                Part::Antisymmetric,
                "Antisymmetric",
                "Half of J minus its transpose: the part that drives states in circles",
            ),
        ];
        let refused = |part| (self.kept.symmetric && part == Part::Antisymmetric).then_some(WHY);
        if small_segmented(ui, "Part of the couplings", &mut part, &options, refused).changed() {
            context.view.part = part;
        }
    }

    /// One row of J, in the colours of the whole.
    fn row(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let values = self.kept.row(self.unit);
        let scale = number(symmetric_scale(values));
        header(ui, &format!("Row {}", self.unit), &format!("±{scale}"));
        let picture = RowPicture {
            name: "Row of the unit",
            grid: self.grid,
            values,
            version: self.kept.version << 32 | self.unit as u64,
            scale: None,
            highlight: Some(self.marked),
            size: ui.available_size(),
        };
        let (response, hovered) = row_picture(ui, &picture);
        if let Some(pixel) = hovered {
            context.view.hovered_unit = Some(pixel);
            context.view.keep_unit = !response.clicked();
            let entry = self.entry(self.unit, pixel);
            response
                .on_hover_text_at_pointer(format!("{entry}\nclick for the row of unit {pixel}"));
        }
    }

    /// The local field of every unit.
    fn fields(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let scale = number(symmetric_scale(&self.snapshot.fields));
        header(ui, "Local fields", &format!("±{scale}"));
        fields_picture(ui, context, self.snapshot, self.grid, self.marked);
    }
}

/// The local field of every unit.
fn fields_picture(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    snapshot: &Snapshot,
    grid: Grid,
    marked: usize,
) {
    let picture = RowPicture {
        name: "Local field of every unit",
        grid,
        values: &snapshot.fields,
        version: snapshot.version,
        scale: None,
        highlight: Some(marked),
        size: ui.available_size(),
    };
    let (response, hovered) = row_picture(ui, &picture);
    if let Some(pixel) = hovered {
        context.view.hovered_unit = Some(pixel);
        let (row, column) = grid.place(pixel);
        let field = number(snapshot.fields[pixel]);
        let about = format!("h({pixel}) = {field}\npixel ({row}, {column})");
        response.on_hover_text_at_pointer(about);
    }
}

/// A column's title, on a line of its own height.
fn header(ui: &mut Ui, title: &str, detail: &str) {
    let top = ui.cursor().top();
    title_label(ui, title, detail);
    let used = ui.cursor().top() - top;
    ui.add_space((HEADER - used).max(0.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn all_columns_fit_into_small_and_large_windows() {
        for (room, columns) in [
            (vec2(974.0, 208.0), 5),
            (vec2(1540.0, 284.0), 5),
            (vec2(704.0, 188.0), 4),
        ] {
            let widths = widths(room, (room.y - HEADER).floor());
            assert_eq!(widths.len(), columns);
            let all = widths.iter().sum::<f32>() + BETWEEN * (columns - 1) as f32;
            assert!(all <= room.x, "{room:?}: {widths:?}");
        }
    }
}
