//! The couplings J: all of them, one unit's row as a picture, the fields they make, and how they are distributed.
//!
//! Pointing at a unit anywhere in the window shows its row here; pointing at a pixel of that row marks the pixel
//! everywhere, but the row stays.

mod columns;
mod contacts;
mod matrix_cache;
mod memories;
mod statistics;
mod unit_table;

use super::{Panel, PanelContext, Place, save};
use crate::app::theme::{BODY, GAP, Palette};
use crate::app::view::CouplingsLayout;
use crate::app::widgets::controls::{small_segmented, title_label};
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::matrix_sheet::Layout as Sheet;
use crate::app::widgets::matrix_view::{MatrixView, colour_bar};
use crate::app::widgets::picture::{Placed, RowPicture, row_picture, symmetric_scale};
use crate::app::workers;
use crate::engine::learning::Shows;
use crate::engine::observables::Part;
use crate::figures::numbers::number;
use columns::{Scene, columns, fields_picture, header, side, widths};
use egui::{RichText, Ui, Vec2};
use matrix_cache::MatrixCache;
use memories::{Memories, PatternWeights};

/// The panel, with what it keeps of the memory between frames.
#[derive(Default)]
pub(super) struct Couplings {
    kept: MatrixCache,
    weights: Option<PatternWeights>,
    contacts: contacts::ContactsCache,
    linear_counts: bool,
}

impl Panel for Couplings {
    fn title(&self) -> &'static str {
        "Couplings J"
    }

    fn place(&self) -> Place {
        Place::Bottom
    }

    fn cards(&self) -> &'static [&'static str] {
        &["Couplings J"]
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        self.lay_out(ui, context);
        let stale = context.session.is_stale_on(0) || self.kept.is_out_of_date();
        let size = ui.available_size();
        context.card(ui, (self.title(), size), stale, |ui, context| {
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
        let workers = workers(ui.ctx());
        let part = context.view.part;
        self.kept.update(recording.memory(), part, layout, &workers);
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
        let cursor = context.session.cursor_on(0);
        self.weights = PatternWeights::update(self.weights.take(), recording, snapshot, cursor);
        if let Some(weights) = &self.weights {
            let memories = Memories {
                weights,
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
        let square = Vec2::splat(side(room));
        let picture = Placed::fit(grid, square, ui.pixels_per_point()).x;
        let widths = widths(room, picture);
        let own_column = widths.len() > 4;
        for (column, mut inside) in columns(ui, widths).into_iter().enumerate() {
            let ui = &mut inside;
            match column {
                0 => scene.matrix(ui, context),
                1 => scene.numbers(ui, context),
                2 => scene.row(ui, context),
                3 if own_column => scene.fields(ui, context),
                _ => scene.statistics(ui, context, !own_column, linear),
            }
        }
    }
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
        self.kept.offer(&shown.response, context.exports, title);
        context.mark(ui, Shows::Couplings, shown.response.rect);
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
    fn numbers(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
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
        let asymmetry = [unit_table::asymmetry(self.kept)];
        unit_table::ui(ui, self.snapshot, self.grid, self.unit, &asymmetry);
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
        let title = format!("Row {} of the couplings", self.unit);
        save::menu_of_squares(&response, context.exports, &title, || picture.squares());
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
