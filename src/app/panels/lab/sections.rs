//! Words that the columns of the tab share: titles of sections, quiet lines.

use crate::app::theme::{GAP, Palette, SMALL, TITLE};
use crate::app::widgets::room::width_left;
use egui::{Align, Label, Layout, RichText, Ui, vec2};
/// The title of a section, with what belongs beside it.
pub(super) fn head(ui: &mut Ui, title: &str, end: f32, beside: impl FnOnce(&mut Ui)) {
    let size = vec2(width_left(ui, end), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.75 * GAP;
        let color = Palette::of(ui.visuals()).strong;
        ui.label(RichText::new(title).size(TITLE).color(color));
        beside(ui);
    });
}

/// A quiet line that is cut where it is too long.
pub(super) fn quiet(ui: &mut Ui, text: &str) {
    let color = Palette::of(ui.visuals()).weak;
    let text = RichText::new(text).size(SMALL).color(color);
    ui.add(Label::new(text).truncate());
}
