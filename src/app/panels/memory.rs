//! Memory: which patterns are stored, by which rule, how much that is, and how states move in it.
//!
//! The settings stand in sections that fold and, where there are many, scroll; the stored patterns have a place of their
//! own below, which is always in sight.

mod digits;
mod dynamics;
mod learning;
mod rule;
mod section;
mod settings;
mod stored;
mod world;

pub(super) use settings::rows as setting_rows;
pub(super) use world::{reading_rows, world_rows};

use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, SMALL};
use crate::app::widgets::thumbnails::SCROLL_BAR;
use crate::engine::{Alteration, LearningRule};
use egui::{Align, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

/// Width from which the stored patterns stand beside the settings.
const WIDE: f32 = 700.0;
/// Width of the settings there.
const SETTINGS: f32 = 300.0;

/// The panel on the left.
#[derive(Default)]
pub(super) struct Memory;

impl Panel for Memory {
    fn title(&self) -> &'static str {
        "Memory"
    }

    fn place(&self) -> Place {
        Place::Left
    }

    fn cards(&self) -> &'static [&'static str] {
        &["Memory"]
    }

    fn ui(&mut self, ui: &mut egui::Ui, context: &mut PanelContext<'_>) {
        let size = ui.available_size();
        context.card(ui, (self.title(), size), false, |ui, context| {
            let room = ui.available_rect_before_wrap();
            if room.width() > WIDE {
                let (left, right) = room.split_left_right_at_x(room.left() + SETTINGS);
                let mut left = ui.new_child(UiBuilder::new().id_salt("left").max_rect(left));
                sections(&mut left, context, room.height());
                let right = right.with_min_x(right.left() + 2.0 * GAP);
                let mut right = ui.new_child(UiBuilder::new().id_salt("right").max_rect(right));
                stored::ui(&mut right, context);
            } else {
                let least = stored::least_height(ui, context);
                sections(ui, context, room.height() - least);
                stored::ui(ui, context);
            }
        });
    }
}

/// Everything that can be set, at most `height` tall; beyond, it scrolls.
fn sections(ui: &mut Ui, context: &mut PanelContext<'_>, height: f32) {
    scrolling(ui, "settings", height, |ui| {
        world::ui(ui, context);
        rule::ui(ui, context);
        dynamics::ui(ui, context);
        more(ui, context);
    });
}

/// Draws `contents` over the whole width; where they are taller than `height` they scroll, and the bar lies in the
/// margin of the card.
pub(super) fn scrolling(ui: &mut Ui, name: &str, height: f32, contents: impl FnOnce(&mut Ui)) {
    let corner = ui.cursor().min;
    let width = ui.available_width();
    let room = Rect::from_min_size(corner, vec2(width + SCROLL_BAR, height.max(0.0)));
    let mut inside = ui.new_child(UiBuilder::new().id_salt(name).max_rect(room));
    ScrollArea::vertical()
        .id_salt(name)
        .max_height(room.height())
        .auto_shrink([false, true])
        .show(&mut inside, |ui| {
            ui.set_max_width(width);
            contents(ui);
        });
    let used = inside.min_rect().with_max_x(corner.x + width);
    ui.advance_cursor_after_rect(used);
}

/// Shows the settings that are rarely needed, or hides them.
fn more(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let text = if context.view.more_memory {
        "Fewer settings"
    } else {
        "More settings"
    };
    let default = LearningRule::named(context.track().rule.about().name);
    ui.horizontal(|ui| {
        if ui.link(RichText::new(text).size(SMALL)).clicked() {
            context.view.more_memory = !context.view.more_memory;
        }
        let Ok(default) = default else {
            return;
        };
        if context.track().rule == default && context.track().alteration == Alteration::default() {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let link = ui.link(RichText::new("Reset the rule").size(SMALL));
            let link =
                link.on_hover_text("Every setting of the rule back to where it stood at first");
            if link.clicked() {
                context.track_mut().rule = default;
                context.track_mut().alteration = Alteration::default();
            }
        });
    });
}
