//! What happens.

use super::{Desk, Panel};

/// The panel.
#[derive(Default)]
pub struct Charts;

impl Panel for Charts {
    fn title(&self) -> &'static str {
        "What happens"
    }

    fn ui(&mut self, ui: &mut egui::Ui, _desk: &mut Desk<'_>) {
        ui.label(self.title());
    }
}
