//! A card of a given size whose contents may be out of date: then dimmed but legible, and marked in words.
//!
//! Absent: when something is out of date; the caller asks the session.

use super::controls;
use crate::app::theme::{CARD_MARGIN, Palette, ROUNDING, SMALL};
use egui::{
    Align, FontId, Layout, Rect, Response, RichText, Role, Sense, Stroke, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};

/// How much of its strength a card that is out of date keeps.
const DIMMED: f32 = 0.6;

/// A card of the window.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// What it is called: its identity, and the name of its button. Not shown.
    pub title: &'static str,
    /// Its size in points.
    pub size: Vec2,
    /// Whether what it shows is of the settings before.
    pub stale: bool,
    /// Whether it fills the window.
    pub fills: bool,
}

/// Room in points at the right end of a card's first line, where its button stands.
pub const BUTTON: f32 = 14.0;

/// A card that fills its size, marked at the top right where it is stale. Whether its button was pressed, which has it
/// fill the window or takes it back.
pub fn full_card(ui: &mut Ui, card: Card, add_contents: impl FnOnce(&mut Ui)) -> bool {
    let Card {
        title,
        size,
        stale,
        fills,
    } = card;
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let down = Layout::top_down(Align::Min);
    let mut inside = ui.new_child(UiBuilder::new().id_salt(title).max_rect(rect).layout(down));
    inside.shrink_clip_rect(rect);
    controls::card(&mut inside, "", |ui| {
        ui.set_min_size(ui.available_size());
        if stale {
            ui.multiply_opacity(DIMMED);
        }
        add_contents(ui);
    });
    if stale {
        mark_as_stale(ui, title, rect);
    }
    enlarge(ui, title, rect, fills).clicked()
}

/// A mark below the button of a card, which says that what it shows is out of date.
fn mark_as_stale(ui: &Ui, title: &str, card: Rect) {
    let size = vec2(20.0, 22.0);
    let rect = Rect::from_min_size(card.right_top() + vec2(-6.0 - size.x, 27.0), size);
    let response = ui.interact(rect, ui.scope_id().with((title, "stale")), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "out of date"));
    let palette = Palette::of(ui.visuals());
    let painter = ui.painter();
    painter.rect_filled(rect, ROUNDING, palette.warn_fill);
    let middle = rect.center();
    let stem = [middle - vec2(0.0, 6.0), middle + vec2(0.0, 1.0)];
    painter.line_segment(stem, Stroke::new(2.0, palette.warn));
    painter.circle_filled(middle + vec2(0.0, 5.0), 1.4, palette.warn);
    response.on_hover_text(
        "Out of date: shown is what the settings before gave; the new ones are not learned yet",
    );
}

/// The button in the corner of a card: two arrows apart, or towards each other.
fn enlarge(ui: &Ui, title: &str, card: Rect, fills: bool) -> Response {
    let side = f32::from(CARD_MARGIN) + BUTTON - 6.0;
    let corner = card.right_top() + vec2(-3.0 - side, 3.0);
    let rect = Rect::from_min_size(corner, Vec2::splat(side));
    let response = ui.interact(rect, ui.scope_id().with((title, "enlarge")), Sense::click());
    let text = if fills {
        "Back to the other cards (Esc)".to_owned()
    } else {
        format!("{title}: fill the window")
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    let palette = Palette::of(ui.visuals());
    let lit = response.hovered() || response.has_focus();
    let stroke = Stroke::new(1.5, if lit { palette.orange } else { palette.weak });
    let icon = rect.shrink(0.28 * side);
    let reach = 0.42 * icon.width();
    for (corner, inward) in [
        (icon.right_top(), vec2(-1.0, 1.0)),
        (icon.left_bottom(), vec2(1.0, -1.0)),
    ] {
        let (tip, back) = if fills {
            (corner + inward * reach, -inward)
        } else {
            (corner, inward)
        };
        let painter = ui.painter();
        painter.line_segment([tip, tip + back * reach], stroke);
        painter.line_segment([tip, tip + vec2(back.x * reach, 0.0)], stroke);
        painter.line_segment([tip, tip + vec2(0.0, back.y * reach)], stroke);
    }
    response.on_hover_text(text)
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
