//! What all tracks share: the original, and the cue to draw on.

use super::super::PanelContext;
use super::super::recall::compared::{compared, cue_told};
use super::super::recall::pictures;
use crate::app::theme::{GAP, SMALL};
use crate::app::widgets::brief::brief_label;
use crate::app::widgets::controls::title_label;
use crate::app::widgets::picture::Placed;
use egui::{Ui, vec2};

/// Height in points of a title, and of what is said below a picture.
const TITLE_ROW: f32 = 24.0;
const LINE: f32 = 18.0;

/// Draws them below each other, the cue larger than what it was made of where there is room.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>, stroke: &mut Vec<usize>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let Some(patterns) = context.session.patterns() else {
        ui.label("Preparing the patterns…");
        return;
    };
    let grid = patterns.grid();
    let room = ui.available_size();
    let each = vec2(room.x, 0.5 * room.y - TITLE_ROW - LINE - GAP);
    let size = Placed::fit(grid, each, ui.pixels_per_point());
    if let Some(shown) = compared(context) {
        title_label(ui, shown.title, "");
        pictures::original_picture(ui, context, &shown, size);
        brief_label(ui, &shown.name, SMALL);
        ui.add_space(GAP);
    }
    if let Some(states) = context.session.cue() {
        title_label(ui, "Cue", "");
        pictures::cue_picture(ui, context, (states, grid), size, stroke);
        brief_label(ui, &cue_told(context, states), SMALL);
    }
}
