//! Memory: which patterns are stored, by which rule, how much that is, and how states move in it.

mod digits;
mod dynamics;
mod learning;
mod rule;
mod settings;
mod world;

pub(super) use world::world_rows;

use super::{Panel, PanelContext, Place};
use crate::app::theme::SMALL;
use crate::app::widgets::controls::title_label;
use crate::app::widgets::full_card::full_card;
use crate::engine::{Alteration, LearningRule};
use egui::{Align, Layout, RichText, ScrollArea, Ui};

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

    fn ui(&mut self, ui: &mut egui::Ui, context: &mut PanelContext<'_>) {
        full_card(ui, "memory", ui.available_size(), false, |ui| {
            title_label(ui, self.title(), "");
            ScrollArea::vertical()
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    world::ui(ui, context);
                    rule::ui(ui, context);
                    dynamics::ui(ui, context);
                    more(ui, context);
                    // Last, and as large as there is room for: so the rule stands still whatever is chosen.
                    world::stored(ui, context);
                });
        });
    }
}

/// Shows the settings that are rarely needed, or hides them.
fn more(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let text = if context.view.more_memory {
        "Fewer settings"
    } else {
        "More settings"
    };
    let default = LearningRule::named(context.draft.track().rule.about().name);
    ui.horizontal(|ui| {
        if ui.link(RichText::new(text).size(SMALL)).clicked() {
            context.view.more_memory = !context.view.more_memory;
        }
        let Ok(default) = default else {
            return;
        };
        if context.draft.track().rule == default
            && context.draft.track().alteration == Alteration::default()
        {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let link = ui.link(RichText::new("Reset the rule").size(SMALL));
            let link =
                link.on_hover_text("Every setting of the rule back to where it stood at first");
            if link.clicked() {
                context.draft.track_mut().rule = default;
                context.draft.track_mut().alteration = Alteration::default();
            }
        });
    });
}
