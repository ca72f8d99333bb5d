//! A card of a given size whose contents may be out of date: then dimmed but legible, and marked in words.
//!
//! Absent: when something is out of date; the caller asks the session.

use super::controls::{self, ChipKind};
use crate::app::theme::{CARD_MARGIN, Palette, SMALL};
use egui::{Align, FontId, Layout, Rect, RichText, Sense, Ui, UiBuilder, Vec2, vec2};

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

/// What a card says while it has nothing to show: a few quiet lines in the middle of the space left.
pub fn placeholder(ui: &mut Ui, text: &str) {
    let palette = Palette::of(ui.visuals());
    let size = SMALL + 1.0;
    let room = ui.available_rect_before_wrap().shrink2(vec2(8.0, 0.0));
    let font = FontId::proportional(size);
    let height = ui.fonts_mut(|fonts| {
        let galley = fonts.layout(text.to_owned(), font, palette.weak, room.width());
        galley.size().y
    });
    let middle = Rect::from_center_size(room.center(), vec2(room.width(), height));
    let layout = Layout::top_down(Align::Center);
    let mut middle = ui.new_child(UiBuilder::new().max_rect(middle).layout(layout));
    middle.label(RichText::new(text).size(size).color(palette.weak));
}
