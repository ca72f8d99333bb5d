//! A card of a given size whose contents may be out of date: then dimmed but legible, and marked in words.
//!
//! Absent: when something is out of date; the caller asks the session.

use super::controls::{self, ChipKind};
use crate::app::theme::{CARD_MARGIN, Palette, SMALL};
use egui::{Align, Layout, RichText, Sense, Ui, UiBuilder, Vec2, pos2};

/// How much of its strength a card that is out of date keeps.
const DIMMED: f32 = 0.6;

/// A card that fills `size`; `name` is its identity and not shown. Marked at the top right where `stale`.
pub fn full_card<R>(
    ui: &mut Ui,
    name: &str,
    size: Vec2,
    stale: bool,
    add_contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut inside = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect));
    let contents = controls::card(&mut inside, "", |ui| {
        ui.set_min_size(ui.available_size());
        if stale {
            ui.multiply_opacity(DIMMED);
        }
        add_contents(ui)
    });
    if stale {
        let margin = f32::from(CARD_MARGIN);
        let corner = rect.shrink(margin - 6.0);
        let row = corner.with_max_y(corner.top() + 28.0);
        let layout = Layout::right_to_left(Align::Min);
        let builder = UiBuilder::new().max_rect(row).layout(layout);
        let mut mark = ui.new_child(builder.id_salt((name, "stale")));
        controls::chip(&mut mark, ChipKind::Warn, "out of date").on_hover_text(
            "Shown is what the settings before gave; the new ones are not learned yet",
        );
    }
    contents.inner
}

/// What a card says while it has nothing to show.
pub fn placeholder(ui: &mut Ui, text: &str) {
    let palette = Palette::of(ui.visuals());
    let room = ui.available_rect_before_wrap();
    let font = egui::FontId::proportional(SMALL + 1.0);
    let width = (room.width() - 16.0).max(40.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout(text.to_owned(), font, palette.weak, width));
    let size = galley.size();
    let place = pos2(
        room.center().x - size.x / 2.0,
        room.center().y - size.y / 2.0,
    );
    let label = RichText::new(text).size(SMALL + 1.0).color(palette.weak);
    let rect = egui::Rect::from_min_size(place, size + egui::vec2(1.0, 0.0));
    ui.put(rect, egui::Label::new(label).wrap());
}
