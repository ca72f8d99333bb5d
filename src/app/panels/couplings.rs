//! Couplings.

use super::{Desk, Panel};

/// The panel.
#[derive(Default)]
pub struct Couplings;

impl Panel for Couplings {
    fn title(&self) -> &'static str {
        "Couplings"
    }

    fn ui(&mut self, ui: &mut egui::Ui, _desk: &mut Desk<'_>) {
        ui.label(self.title());
    }
}
