//! What is left of the room of a part of the window, never less than nothing.
//!
//! A window can be made so small that some parts have no room at all; egui draws nothing into less than nothing.
//! Absent: where the large parts of the window stand (`app::layout`).

use eframe::egui::{Ui, Vec2, vec2};

/// Least width of a window, in points, that is not as narrow as a phone.
pub const PHONE: f32 = 600.0;

/// Whether the window is as narrow as a phone: rows that do not wrap by themselves are then broken.
pub fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < PHONE
}

/// Points left of the width beside what takes `taken`.
pub fn width_left(ui: &Ui, taken: f32) -> f32 {
    (ui.available_width() - taken).max(0.0)
}

/// Points left of the height above what takes `taken`.
pub fn height_left(ui: &Ui, taken: f32) -> f32 {
    (ui.available_height() - taken).max(0.0)
}

/// The room, in points, above what takes `taken` of the height.
pub fn room_above(ui: &Ui, taken: f32) -> Vec2 {
    vec2(ui.available_width().max(0.0), height_left(ui, taken))
}
