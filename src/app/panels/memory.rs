//! Memory: which digits are stored, by which rule, and how much that is.

mod digits;
mod rule;

use super::{Desk, Panel};
use crate::app::theme::Palette;
use crate::app::widgets::controls::title_label;
use egui::{Frame, Margin, vec2};

/// The panel on the left.
#[derive(Default)]
pub struct Memory;

impl Panel for Memory {
    fn title(&self) -> &'static str {
        "Memory"
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
                title_label(ui, self.title(), "");
                egui::ScrollArea::vertical()
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        digits::ui(ui, desk);
                        rule::ui(ui, desk);
                    });
            });
    }
}
