//! Memory: which digits are stored, by which rule, and how much that is.

mod digits;
mod rule;

use super::{Desk, Panel};
use crate::app::widgets::controls::card;

/// The panel on the left.
#[derive(Default)]
pub struct Memory;

impl Panel for Memory {
    fn title(&self) -> &'static str {
        "Memory"
    }

    fn ui(&mut self, ui: &mut egui::Ui, desk: &mut Desk<'_>) {
        let height = ui.available_height();
        card(ui, self.title(), |ui| {
            ui.set_min_height(height - 42.0);
            egui::ScrollArea::vertical()
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    digits::ui(ui, desk);
                    rule::ui(ui, desk);
                });
        });
    }
}
