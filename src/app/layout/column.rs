//! Recall in one column, for a window as narrow as a phone: one card below the other, each as wide as the window.

use super::{divide, of, put};
use crate::app::panels::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, Palette};
use crate::app::view::{LessonShown, Tab};
use crate::app::widgets::room::PHONE;
use egui::{CentralPanel, Frame, Margin, ScrollArea, Sense, Ui, UiBuilder, Vec2, vec2};

/// The cards from the top down, with their heights in points.
const CARDS: [(Place, f32); 4] = [
    (Place::Center, 680.0),
    (Place::Left, 700.0),
    (Place::Right, 480.0),
    (Place::Bottom, 1020.0),
];

/// Whether a window of `size` is drawn so.
pub(super) fn fits(size: Vec2, context: &PanelContext<'_>) -> bool {
    let view = &context.view;
    size.x < PHONE && view.tab == Tab::Recall && !view.stage && view.full.is_none()
}

/// Draws the cards one below the other.
pub(super) fn ui(ui: &mut Ui, panels: &mut [Box<dyn Panel>], context: &mut PanelContext<'_>) {
    let rooms = super::Rooms::of(ui.max_rect().size());
    // A guide has no room here; it is there again in a wider window.
    if context.view.embedded.is_none() {
        put(ui, rooms, Place::Top, panels, context);
    }
    let background = Frame::new().fill(Palette::of(ui.visuals()).window);
    let frame = background.inner_margin(Margin::symmetric(GAP as i8 / 2, 0));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = GAP;
            let width = ui.available_width();
            for (place, height) in CARDS {
                let shown = match place {
                    // A lesson that is open stands before what it is about.
                    Place::Left if context.view.lesson != LessonShown::Closed => Place::Lesson,
                    place => place,
                };
                let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
                let builder = UiBuilder::new()
                    .id_salt(("column", height as u32))
                    .max_rect(rect);
                divide(
                    &mut ui.new_child(builder),
                    Place::Left,
                    of(panels, shown),
                    context,
                );
            }
        });
    });
    put(ui, rooms, Place::Above, panels, context);
}
