//! The strip below the bar that leads through scenes or through the window, a sentence and a Next each.

use super::{Panel, PanelContext, Place, scripted};
use crate::app::theme::{GAP, Palette, SMALL, TITLE};
use crate::app::view::{Guide, GuideKind};
use crate::app::widgets::controls::primary_button;
use crate::trial::Recipe;
use egui::{Align, Button, Layout, RichText, Ui};

/// The panel.
#[derive(Default)]
pub(super) struct GuidePanel;

impl Panel for GuidePanel {
    fn title(&self) -> &'static str {
        "Guide"
    }

    fn place(&self) -> Place {
        Place::Guide
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let Some(mut guide) = context.view.guide else {
            return;
        };
        if std::mem::take(&mut guide.is_due) {
            context.view.guide = Some(guide);
            act(guide, context);
        }
        context.view.guide = strip(ui, guide, context);
        if context.view.guide.is_none() {
            context.view.pointed = None;
        }
    }
}

/// Does what the step says: a scene sets out from the example, the tour from what is there.
fn act(guide: Guide, context: &mut PanelContext<'_>) {
    let script = guide.steps()[guide.step].script();
    let from = match guide.kind {
        GuideKind::Scenes => Recipe::default(),
        GuideKind::Tour => context.draft.clone(),
    };
    scripted::act(script.recipe(&from), &script, context);
}

/// Draws it; where one is then, `None` where one leaves.
fn strip(ui: &mut Ui, guide: Guide, context: &mut PanelContext<'_>) -> Option<Guide> {
    let palette = Palette::of(ui.visuals());
    let (steps, step) = (guide.steps(), guide.step);
    let scene = steps[step];
    let mut next = Some(guide);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let small = |text: &str| Button::new(RichText::new(text).size(SMALL)).small();
        let close = ui.add(small("Leave"));
        if close.on_hover_text("Menu Help leads back here").clicked() {
            next = None;
        }
        if guide.kind == GuideKind::Scenes {
            let all = ui.add(small("Gallery"));
            let help = "Every scene, with its picture";
            if all.on_hover_text(help).clicked() {
                context.view.gallery_open = true;
            }
        }
        let is_last = step + 1 == steps.len();
        let onwards = if is_last { "Done" } else { "Next" };
        if primary_button(ui, onwards).clicked() {
            next = guide.turned_to(step + 1);
        }
        let back = ui.add_enabled(step > 0, Button::new("Back"));
        if back.clicked() {
            next = guide.turned_to(step.saturating_sub(1));
        }
        ui.add_space(GAP);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let title = RichText::new(scene.title).size(TITLE).color(palette.strong);
            ui.label(title);
            let count = format!("{} of {}", step + 1, steps.len());
            ui.label(RichText::new(count).size(SMALL).color(palette.weak));
            ui.add_space(GAP / 2.0);
            ui.add(egui::Label::new(scene.sentence).wrap());
        });
    });
    next
}
