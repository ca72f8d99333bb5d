//! What is left of the room of a part of the window, never less than nothing.
//!
//! A window can be made so small that some parts have no room at all; egui draws nothing into less than nothing.
//! Absent: where the large parts of the window stand (`app::layout`).

use eframe::egui::{Ui, Vec2, vec2};

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
