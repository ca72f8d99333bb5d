//! Recall: the cue and what becomes of it, the means to spoil the cue, and time.

mod corruption;
mod pictures;
mod start;
mod transport;

use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::app::widgets::full_card::full_card;

/// Height of everything below the two pictures.
const CONTROLS: f32 = 230.0;

/// The panel in the middle.
#[derive(Default)]
pub(super) struct Recall {
    /// Units that the flip brush has turned in this stroke.
    stroke: Vec<usize>,
}

impl Panel for Recall {
    fn title(&self) -> &'static str {
        "Recall"
    }

    fn place(&self) -> Place {
        Place::Center
    }

    fn ui(&mut self, ui: &mut egui::Ui, context: &mut PanelContext<'_>) {
        full_card(ui, "recall", ui.available_size(), false, |ui| {
            let gap = 2.0 * GAP;
            let column = 0.5 * (ui.available_width() - gap);
            let side = column.min(ui.available_height() - CONTROLS).max(120.0);
            ui.scope(|ui| {
                let spacing = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, gap);
                ui.columns(2, |columns| {
                    columns
                        .iter_mut()
                        .for_each(|column| column.spacing_mut().item_spacing.x = spacing);
                    pictures::cue(&mut columns[0], context, side, &mut self.stroke);
                    start::ui(&mut columns[0], context);
                    pictures::state(&mut columns[1], context, side);
                    corruption::ui(&mut columns[1], context);
                });
            });
            ui.add_space(GAP / 2.0);
            transport::ui(ui, context);
        });
    }
}
