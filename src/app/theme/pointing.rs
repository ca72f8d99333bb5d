//! The frame around what a lesson points at: controls are known by their names on screen.

use super::{Palette, ROUNDING};
use egui::{Context, Id, Rect, Stroke, StrokeKind, Ui};

/// Where the name is kept.
fn key() -> Id {
    Id::unique("pointed at")
}

/// Has the control called `name` be framed in this frame; none where there is no name.
pub fn point_at(ctx: &Context, name: Option<&str>) {
    ctx.data_mut(|data| match name {
        Some(name) => {
            data.insert_temp(key(), name.to_owned());
        }
        None => data.remove::<String>(key()),
    });
}

/// Frames `rect`, where the control called `name` is, while a lesson points at it.
pub fn pointed_frame(ui: &Ui, name: &str, rect: Rect) {
    let pointed = ui.ctx().data(|data| data.get_temp::<String>(key()));
    if pointed.is_some_and(|pointed| pointed == name) {
        let stroke = Stroke::new(2.5, Palette::of(ui.visuals()).orange);
        let (rect, kind) = (rect.expand(3.0), StrokeKind::Outside);
        ui.painter().rect_stroke(rect, ROUNDING, stroke, kind);
    }
}
