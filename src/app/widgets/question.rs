//! Windows over all others that ask something: their frame, and their scrolling where the whole window is small.

use crate::app::theme::{CARD_MARGIN, GAP};
use egui::{Frame, Id, Margin, Modal, ModalResponse, ScrollArea, Ui, Vec2};

/// The frame of a window that asks something, with room around its contents.
pub fn roomy(ctx: &egui::Context) -> Frame {
    Frame::popup(&ctx.global_style()).inner_margin(Margin::same(2 * CARD_MARGIN))
}

/// A window over all others that asks something, `width` points wide inside; where the whole window is too small for it,
/// it scrolls.
pub fn question<R>(
    ctx: &egui::Context,
    name: &str,
    width: f32,
    add_contents: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    let around = f32::from(4 * CARD_MARGIN) + 2.0 * GAP;
    let room = ctx.content_rect().size() - Vec2::splat(around);
    let modal = Modal::new(Id::unique(name)).frame(roomy(ctx));
    modal.show(ctx, |ui| {
        let scroll = ScrollArea::both().id_salt(name);
        // As large as its contents, as far as there is room.
        let scroll = scroll.max_width(room.x).max_height(room.y);
        let scroll = scroll.min_scrolled_width(room.x);
        let scroll = scroll.min_scrolled_height(room.y);
        let shown = scroll.show(ui, |ui| {
            ui.set_width(width);
            add_contents(ui)
        });
        shown.inner
    })
}
