//! Recall: original, cue and state beside each other, the means to corrupt the cue, and time.

mod chips;
pub(super) mod compared;
pub(super) mod corruption;
pub(super) mod pictures;
mod start;
mod store;
pub(super) mod transport;

use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::app::widgets::room::height_left;

/// Height of everything below the pictures, before it was measured.
const CONTROLS: f32 = 190.0;

/// The panel in the middle.
pub(super) struct Recall {
    /// Units that the flip brush has turned in this stroke.
    stroke: Vec<usize>,
    /// Height of everything below the pictures, in points.
    controls: f32,
}

impl Default for Recall {
    fn default() -> Self {
        Self {
            stroke: Vec::new(),
            controls: CONTROLS,
        }
    }
}

/// Where the cue starts, the drawing tools, and how the cue is corrupted, in rows that wrap.
pub(super) fn cue_controls(ui: &mut egui::Ui, context: &mut PanelContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        start::ui(ui, context);
        ui.end_row();
        corruption::ui(ui, context);
        chips::ui(ui, context);
    });
}

impl Panel for Recall {
    fn title(&self) -> &'static str {
        "Recall"
    }

    fn place(&self) -> Place {
        Place::Center
    }

    fn cards(&self) -> &'static [&'static str] {
        &["Recall"]
    }

    fn ui(&mut self, ui: &mut egui::Ui, context: &mut PanelContext<'_>) {
        let size = ui.available_size();
        context.card(ui, (self.title(), size), false, |ui, context| {
            let height = height_left(ui, self.controls);
            pictures::row(ui, context, height, &mut self.stroke);
            let controls = ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = GAP * 0.75;
                cue_controls(ui, context);
                transport::ui(ui, context);
            });
            // Rows wrap: how many there are is known once they are laid out.
            let used = controls.response.rect.height() + GAP;
            if (used - self.controls).abs() > 0.5 {
                self.controls = used;
                ui.ctx().request_discard("the controls need another height");
            }
        });
    }
}
