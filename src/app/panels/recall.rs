//! Recall.

use super::{Desk, Panel};

/// The panel.
#[derive(Default)]
pub struct Recall;

impl Panel for Recall {
    fn title(&self) -> &'static str {
        "Recall"
    }

    fn ui(&mut self, ui: &mut egui::Ui, _desk: &mut Desk<'_>) {
        ui.label(self.title());
    }
}
