//! The wheel beside a recall: stored patterns on a rim, noise at the centre, the cue and the path of its recall in it.

use super::head;
use crate::app::panels::PanelContext;
use crate::app::panels::attractors::{MosaicView, beside};
use egui::Ui;

/// Draws it into the space left.
pub(super) fn ui(ui: &mut Ui, mosaic: &mut MosaicView, context: &mut PanelContext<'_>) {
    let detail = context.session.portrait().map_or_else(String::new, |it| {
        format!("{} × {} starts", it.side, it.side)
    });
    head::title(ui, context, "Wheel", &detail);
    beside(ui, mosaic, 0, context);
}
