//! Recall: the cue and what becomes of it, the means to spoil the cue, and time.

mod corruption;
mod pictures;
mod start;
mod transport;

use super::{Desk, Panel};
use crate::app::theme::{GAP, Palette};
use egui::{Frame, Margin, vec2};

/// Height of everything below the two pictures.
const CONTROLS: f32 = 226.0;

/// The panel in the middle.
#[derive(Default)]
pub struct Recall {
    /// Units that the flip brush has turned in this stroke.
    stroke: Vec<usize>,
}

impl Panel for Recall {
    fn title(&self) -> &'static str {
        "Recall"
    }

    fn ui(&mut self, ui: &mut egui::Ui, desk: &mut Desk<'_>) {
        let palette = Palette::of(ui.visuals());
        let size = ui.available_size();
        Frame::new()
            .fill(palette.card)
            .corner_radius(6)
            .inner_margin(Margin::same(12))
            .show(ui, |ui| {
                ui.set_min_size(size - vec2(24.0, 24.0));
                let width = ui.available_width();
                let gap = 2.0 * GAP;
                let side = (0.5 * (width - gap))
                    .min(ui.available_height() - CONTROLS)
                    .max(120.0);
                let column = 0.5 * (width - gap);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    ui.allocate_ui(vec2(column, 0.0), |ui| {
                        ui.vertical(|ui| {
                            ui.set_width(column);
                            pictures::cue(ui, desk, side, &mut self.stroke);
                            start::ui(ui, desk);
                        });
                    });
                    ui.allocate_ui(vec2(column, 0.0), |ui| {
                        ui.vertical(|ui| {
                            ui.set_width(column);
                            pictures::state(ui, desk, side);
                            corruption::ui(ui, desk);
                        });
                    });
                });
                ui.add_space(GAP / 2.0);
                transport::ui(ui, desk);
            });
    }
}
