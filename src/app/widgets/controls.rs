//! Small parts that panels are made of: cards, verdict chips, segmented choices, the main button.
//!
//! Absent: what they control, and sliders (`sliders`).

use super::brief::brief_label;
use crate::app::restricted::{LOCKED, Restriction, choice_restriction};
use crate::app::theme::{
    BODY, CARD_MARGIN, CARD_ROUNDING, GAP, Palette, ROUNDING, SMALL, TITLE, pointed_frame,
};
use crate::trial::Answer;
use egui::{
    Align2, Button, Color32, Frame, InnerResponse, Margin, Painter, Rect, Response, RichText, Role,
    Sense, Stroke, StrokeKind, TextStyle, Ui, Vec2, WidgetInfo, WidgetText, pos2, vec2,
};

/// A titled panel over the available width. An empty title leaves the title line out.
pub fn card<R>(
    ui: &mut Ui,
    title: &str,
    add_contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let palette = Palette::of(ui.visuals());
    let edge = if palette.dark {
        Stroke::NONE
    } else {
        Stroke::new(1.0, palette.stroke)
    };
    Frame::new()
        .fill(palette.card)
        .stroke(edge)
        .corner_radius(CARD_ROUNDING)
        .inner_margin(Margin::same(CARD_MARGIN))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            if !title.is_empty() {
                title_label(ui, title, "");
            }
            add_contents(ui)
        })
}

/// A card title with a quieter second part on the same line: **State** after 134 flips.
pub fn title_label(ui: &mut Ui, title: &str, detail: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP * 0.75;
        let response = ui.label(RichText::new(title).size(TITLE).color(palette.strong));
        if !detail.is_empty() {
            brief_label(ui, detail, BODY);
        }
        response
    })
    .inner
}

/// A well in a card, for a formula or a note.
pub fn well<R>(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = Palette::of(ui.visuals());
    Frame::new()
        .fill(palette.sunken)
        .corner_radius(ROUNDING)
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            add_contents(ui)
        })
}

/// What a [`chip`] reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipKind {
    /// It worked: a tick.
    Ok,
    /// Going on: a ring.
    Busy,
    /// Out of date, close to a limit: a bar and a dot.
    Warn,
    /// It failed: a cross.
    Error,
    /// Nothing to judge: no sign.
    Plain,
}

impl From<Answer> for ChipKind {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Remembered => Self::Ok,
            Answer::Missed => Self::Error,
            Answer::Found => Self::Plain,
            Answer::Moving => Self::Busy,
        }
    }
}

impl ChipKind {
    /// Of the text and of what lies behind it.
    const fn colors(self, palette: &Palette) -> (Color32, Color32) {
        match self {
            Self::Ok => (palette.ok, palette.ok_fill),
            Self::Warn => (palette.warn, palette.warn_fill),
            Self::Error => (palette.error, palette.error_fill),
            Self::Busy | Self::Plain => (palette.text, palette.raised),
        }
    }

    const fn sign_color(self, palette: &Palette) -> Color32 {
        match self {
            Self::Busy => palette.blue,
            _ => self.colors(palette).0,
        }
    }
}

/// A verdict in words on a coloured ground, with a painted sign so that colour is not alone.
pub fn chip(ui: &mut Ui, kind: ChipKind, text: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    let (front, back) = kind.colors(palette);
    let padding = vec2(10.0, 6.0);
    let sign = if kind == ChipKind::Plain {
        0.0
    } else {
        10.0 + GAP
    };
    let room = ui.max_rect().width() - 2.0 * padding.x - sign;
    let galley = WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Wrap),
        room.max(40.0),
        TextStyle::Body,
    );
    let size = galley.size() + 2.0 * padding + vec2(sign, 0.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    let painter = ui.painter();
    painter.rect_filled(rect, ROUNDING, back);
    let sign_at = pos2(rect.left() + padding.x + 5.0, rect.center().y);
    let sign_rect = Rect::from_center_size(sign_at, Vec2::splat(10.0));
    paint_sign(painter, kind, sign_rect, kind.sign_color(palette));
    painter.galley(rect.min + padding + vec2(sign, 0.0), galley, front);
    response
}

/// The same over a room of `size`, to be read from the back row: the answer in letters `font` points tall, what else is to
/// be said smaller behind it.
pub fn verdict_band(
    ui: &mut Ui,
    size: Vec2,
    kind: ChipKind,
    (answer, detail): (&str, &str),
    font: f32,
) -> Response {
    let palette = Palette::of(ui.visuals());
    let (front, back) = kind.colors(palette);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let text = format!("{answer} {detail}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.trim()));
    let painter = ui.painter();
    painter.rect_filled(rect, ROUNDING, back);
    let sign = 0.85 * font;
    let pad = 0.8 * font;
    let mut left = rect.left() + pad;
    if kind != ChipKind::Plain {
        let middle = pos2(left + 0.5 * sign, rect.center().y);
        let place = Rect::from_center_size(middle, Vec2::splat(sign));
        paint_sign(painter, kind, place, kind.sign_color(palette));
        left += sign + 0.6 * font;
    }
    let small = (0.62 * font).max(SMALL + 1.0);
    for (text, font, color, is_detail) in [
        (answer, font, front, false),
        (detail, small, front.gamma_multiply(0.8), true),
    ] {
        let room = (rect.right() - pad - left).max(0.0);
        let text = RichText::new(text).size(font);
        let galley = WidgetText::from(text).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            room,
            TextStyle::Body,
        );
        let place = pos2(left, rect.center().y - 0.5 * galley.size().y);
        left += galley.size().x + 0.5 * font;
        // A letter or two of the detail say nothing: it stands whole, or is told under the pointer alone.
        if is_detail && galley.elided {
            break;
        }
        ui.painter().galley(place, galley, color);
    }
    response.on_hover_text(text)
}

/// Tick, ring, exclamation or cross.
fn paint_sign(painter: &Painter, kind: ChipKind, rect: Rect, color: Color32) {
    let thick = rect.width() / 10.0;
    let stroke = Stroke::new(2.0 * thick, color);
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * rect.size();
    match kind {
        ChipKind::Ok => {
            painter.line(vec![at(0.0, 0.55), at(0.35, 0.9), at(1.0, 0.1)], stroke);
        }
        ChipKind::Busy => {
            painter.circle_stroke(rect.center(), rect.width() * 0.42, stroke);
        }
        ChipKind::Warn => {
            painter.line_segment([at(0.5, 0.0), at(0.5, 0.6)], stroke);
            painter.circle_filled(at(0.5, 0.92), 1.4 * thick, color);
        }
        ChipKind::Error => {
            painter.line_segment([at(0.1, 0.1), at(0.9, 0.9)], stroke);
            painter.line_segment([at(0.9, 0.1), at(0.1, 0.9)], stroke);
        }
        ChipKind::Plain => {}
    }
}

/// One choice out of a few, side by side in one frame: `options` are value, text, tooltip.
///
/// `label` names the group for screen readers. Each option is a radio button; with the focus, Enter or Space chooses.
/// The response is `changed` when another option was chosen, and `clicked` when any was, the chosen one too.
pub fn segmented<T: PartialEq + Copy>(
    ui: &mut Ui,
    label: &str,
    chosen: &mut T,
    options: &[(T, &str, &str)],
) -> Response {
    segmented_where(ui, label, chosen, options, |_| None)
}

/// The same in small type, where room is dear; an option is greyed out where `refused` gives the reason.
pub fn small_segmented<T: PartialEq + Copy>(
    ui: &mut Ui,
    label: &str,
    chosen: &mut T,
    options: &[(T, &str, &str)],
    refused: impl Fn(T) -> Option<&'static str>,
) -> Response {
    ui.scope(|ui| {
        let style = ui.style_mut();
        style.spacing.button_padding = vec2(5.0, 2.0);
        style.spacing.interact_size.y = 20.0;
        let font = egui::FontId::proportional(SMALL);
        style.text_styles.insert(TextStyle::Button, font);
        segmented_where(ui, label, chosen, options, refused)
    })
    .inner
}

/// The same as [`segmented`]; an option is greyed out where `refused` gives the reason, and all of them are where a teacher
/// has locked them.
pub fn segmented_where<T: PartialEq + Copy>(
    ui: &mut Ui,
    label: &str,
    chosen: &mut T,
    options: &[(T, &str, &str)],
    refused: impl Fn(T) -> Option<&'static str>,
) -> Response {
    let locked = match choice_restriction(ui.ctx(), label) {
        Some(Restriction::Hidden) => return ui.allocate_response(Vec2::ZERO, Sense::hover()),
        Some(Restriction::Locked) => Some(LOCKED),
        None => None,
    };
    let palette = Palette::of(ui.visuals());
    let mut changed = false;
    let mut segments: Option<Response> = None;
    let mut response = Frame::new()
        .fill(palette.raised)
        .corner_radius(ROUNDING)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                for (value, text, tooltip) in options {
                    if let Some(reason) = locked.or_else(|| refused(*value)) {
                        let is_on = chosen == value;
                        ui.add_enabled_ui(false, |ui| segment(ui, label, text, is_on))
                            .inner
                            .on_disabled_hover_text(reason);
                        continue;
                    }
                    let segment = segment(ui, label, text, chosen == value);
                    if segment.clicked() && chosen != value {
                        *chosen = *value;
                        changed = true;
                    }
                    let segment = if tooltip.is_empty() {
                        segment
                    } else {
                        segment.on_hover_text(*tooltip)
                    };
                    segments = Some(match segments.take() {
                        Some(others) => others.union(segment),
                        None => segment,
                    });
                }
            });
        })
        .response;
    if let Some(segments) = segments {
        response = response.union(segments);
    }
    if changed {
        response.mark_changed();
    }
    response
}

/// One option of a segmented choice.
fn segment(ui: &mut Ui, group: &str, text: &str, selected: bool) -> Response {
    let palette = Palette::of(ui.visuals());
    let padding = ui.spacing().button_padding;
    let galley = WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        TextStyle::Button,
    );
    let height = (galley.size().y + 2.0 * padding.y).max(ui.spacing().interact_size.y);
    let size = vec2(galley.size().x + 2.0 * padding.x, height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, text);
        info.hint_text = Some(group.to_owned());
        info
    });
    let painter = ui.painter();
    if selected {
        painter.rect_filled(rect, ROUNDING, palette.raised_hover);
        // Not by shade alone: the chosen one is underlined.
        let foot = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        painter.rect_filled(foot.shrink2(vec2(padding.x, 0.0)), 1.0, palette.blue);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.blue);
        painter.rect_stroke(rect, ROUNDING, stroke, StrokeKind::Inside);
    }
    pointed_frame(ui, &format!("{group}: {text}"), rect.shrink(3.0));
    let color = if selected || response.hovered() {
        palette.strong
    } else {
        palette.text
    };
    painter.galley(
        Align2::CENTER_CENTER
            .align_size_within_rect(galley.size(), rect)
            .min,
        galley,
        color,
    );
    response
}

/// The one main button of a panel, blue.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, fill) in [
            (&mut widgets.inactive, palette.primary),
            (&mut widgets.hovered, palette.primary_hover),
            (&mut widgets.active, palette.primary_hover),
        ] {
            state.weak_bg_fill = fill;
            state.fg_stroke.color = palette.on_primary;
        }
        ui.add(Button::new(text))
    })
    .inner
}

/// A small round button that opens what is to be known of what stands beside it: ⓘ.
pub fn info_button(ui: &mut Ui, name: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(17.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let lit = response.hovered() || response.has_focus();
    let color = if lit { palette.orange } else { palette.blue };
    let painter = ui.painter();
    let middle = rect.center();
    painter.circle_stroke(middle, 7.0, Stroke::new(1.5, color));
    painter.circle_filled(middle - vec2(0.0, 3.4), 1.1, color);
    let stem = [middle - vec2(0.0, 0.8), middle + vec2(0.0, 4.2)];
    painter.line_segment(stem, Stroke::new(1.7, color));
    response.on_hover_text(name)
}

/// A caption in small quiet type.
pub fn hint(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    ui.label(RichText::new(text).size(SMALL).color(palette.weak))
}
