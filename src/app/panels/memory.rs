//! Memory.

use super::{Desk, Panel};

/// The panel.
#[derive(Default)]
pub struct Memory;

impl Panel for Memory {
    fn title(&self) -> &'static str {
        "Memory"
    }

    fn ui(&mut self, ui: &mut egui::Ui, _desk: &mut Desk<'_>) {
        ui.label(self.title());
    }
}
