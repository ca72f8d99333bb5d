//! A card of a given size whose contents may be out of date: then dimmed but legible, and marked in words.
//!
//! Absent: when something is out of date; the caller asks the session.

use super::controls;
use crate::app::theme::{BODY, CARD_MARGIN, Palette, ROUNDING, SMALL, pointed_frame};
use egui::{
    Align, Align2, FontId, Layout, Rect, Response, RichText, Role, Sense, Stroke, Ui, UiBuilder,
    Vec2, WidgetInfo, vec2,
};

/// How much of its strength a card that is out of date keeps.
const DIMMED: f32 = 0.6;

/// A card of the window.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// What it is called: its identity, and in the names of its buttons. Not shown.
    pub title: &'static str,
    /// Its size in points.
    pub size: Vec2,
    /// Whether what it shows is of the settings before.
    pub stale: bool,
    /// How much of the window it fills.
    pub extent: CardExtent,
    /// Whether what it shows is being explained.
    pub is_explained: bool,
}

/// How much of the window a card fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardExtent {
    /// A part, beside other cards.
    Part,
    /// The whole window, until it is taken back.
    Window,
    /// The frame in somebody's page, which shows nothing else.
    Frame,
}

/// What one of the buttons of a card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardButton {
    /// To fill the window, or to be taken back.
    Enlarge,
    /// To explain what it shows, or to stop it.
    Explain,
}

/// Room in points at the right end of a card's first line, where the button that enlarges reaches down to.
pub const BUTTON: f32 = 14.0;

/// The same where both buttons do: in a line that stands higher than most.
pub const BUTTONS: f32 = BUTTON + EXPLAIN;

/// Width in points of the button that explains.
const EXPLAIN: f32 = 12.0;
/// How far that button reaches down from the top of a card, in points.
const EXPLAIN_DOWN: f32 = 17.0;

/// A card that fills its size, marked at the top right where it is stale. Where it lies, and which of its buttons was
/// pressed.
pub fn full_card(
    ui: &mut Ui,
    card: Card,
    add_contents: impl FnOnce(&mut Ui),
) -> (Rect, Option<CardButton>) {
    let Card {
        title,
        size,
        stale,
        extent,
        is_explained,
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
    pointed_frame(ui, title, rect.shrink(4.0));
    let explains = explain(ui, title, rect, is_explained).clicked();
    let fills = extent == CardExtent::Window;
    let enlarges = extent != CardExtent::Frame && enlarge(ui, title, corner(rect), fills).clicked();
    let pressed = [
        (explains, CardButton::Explain),
        (enlarges, CardButton::Enlarge),
    ];
    let pressed = pressed.into_iter().find(|(is_pressed, _)| *is_pressed);
    (rect, pressed.map(|(_, button)| button))
}

/// Where the button that enlarges stands, in the corner of a card.
fn corner(card: Rect) -> Rect {
    const SIDE: f32 = CARD_MARGIN as f32 + 8.0;
    let corner = card.right_top() + vec2(-3.0 - SIDE, 3.0);
    Rect::from_min_size(corner, Vec2::splat(SIDE))
}

/// The button beside it: a question mark.
fn explain(ui: &Ui, title: &str, card: Rect, is_on: bool) -> Response {
    let corner = corner(card);
    let rect = Rect::from_x_y_ranges(
        corner.left() - EXPLAIN..=corner.left(),
        card.top()..=card.top() + EXPLAIN_DOWN,
    );
    let middle = corner.left_center() - vec2(0.5 * EXPLAIN, 1.0);
    let response = ui.interact(rect, ui.scope_id().with((title, "explain")), Sense::click());
    let text = format!("Explain: {title}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, &text));
    let palette = Palette::of(ui.visuals());
    let lit = response.hovered() || response.has_focus() || is_on;
    let color = if lit { palette.orange } else { palette.weak };
    let font = FontId::proportional(BODY);
    ui.painter()
        .text(middle, Align2::CENTER_CENTER, "?", font, color);
    response.on_hover_text(text)
}

/// A mark below the buttons of a card, which says that what it shows is out of date.
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
fn enlarge(ui: &Ui, title: &str, rect: Rect, fills: bool) -> Response {
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
    let icon = rect.shrink(0.28 * rect.width());
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
