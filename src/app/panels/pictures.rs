//! Every picture on screen by its name, to be saved or copied without a second button: by the keyboard, or by touch.

use super::save::{self, ShownPicture};
use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, lit_frame_above};
use crate::app::widgets::controls::hint;
use egui::{Align, Context, Id, Layout, ScrollArea, Ui, Window, vec2};

/// Width of the window in points, and the most that its list is tall.
const WIDTH: f32 = 300.0;
const TALLEST: f32 = 420.0;

/// The list.
#[derive(Default)]
pub(super) struct Pictures;

impl Panel for Pictures {
    fn title(&self) -> &'static str {
        "Save or copy a picture"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        if context.view.pictures_open {
            self.window(ui.ctx(), context);
        }
    }
}

impl Pictures {
    fn window(&self, ctx: &Context, context: &mut PanelContext<'_>) {
        let mut open = true;
        Window::new(self.title())
            .id(Id::unique("pictures"))
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .default_pos(ctx.content_rect().left_top() + vec2(280.0, 60.0))
            .fixed_size(vec2(WIDTH, TALLEST))
            .show(ctx, |ui| list(ui, context));
        context.view.pictures_open = open;
    }
}

fn list(ui: &mut Ui, context: &mut PanelContext<'_>) {
    hint(
        ui,
        "What is on screen now; a right click on a picture opens the same menu",
    );
    ui.add_space(GAP);
    let shown: Vec<ShownPicture> = context.exports.shown().to_vec();
    if shown.is_empty() {
        ui.label("There is no picture on screen yet");
    }
    let wide = Layout::top_down_justified(Align::LEFT);
    ScrollArea::vertical().max_height(TALLEST).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GAP / 4.0;
        ui.with_layout(wide, |ui| rows(ui, &shown, context));
    });
}

/// A button for each picture, which opens its menu; while it is pointed at, the picture has a frame.
fn rows(ui: &mut Ui, shown: &[ShownPicture], context: &mut PanelContext<'_>) {
    for picture in shown {
        let row = ui.menu_button(&picture.title, |ui| save::items(ui, picture.kind));
        if row.response.hovered() || row.response.has_focus() {
            lit_frame_above(ui.ctx(), picture.rect.expand(3.0));
        }
        if let Some(deed) = row.inner.flatten() {
            context.exports.ask(&picture.title, deed);
        }
    }
}
