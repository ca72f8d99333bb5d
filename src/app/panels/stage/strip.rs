//! The strip at the top of the stage: rule and load, the corruption, and the way back.

use crate::app::actions::Action;
use crate::app::panels::PanelContext;
use crate::app::panels::recall::corruption;
use crate::app::theme::{GAP, Palette};
use crate::app::widgets::sliders::Reach;
use egui::{Align, Button, Label, Layout, RichText, Ui, vec2};

/// Draws it, `height` points tall.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>, height: f32) {
    let scale = height / super::STRIP;
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(height);
        let back = ui.add(Button::new("Back"));
        let tooltip = format!("Leave the stage ({} or Esc)", key(ui));
        if back.on_hover_text(tooltip).clicked() {
            context.actions.push(Action::Stage);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().slider_width = 150.0 * scale;
            ui.spacing_mut().item_spacing.x = GAP * scale;
            sliders(ui, context, scale);
        });
    });
}

fn key(ui: &Ui) -> String {
    let key = Action::Stage.entry().key_text(ui.ctx());
    key.unwrap_or_default()
}

fn sliders(ui: &mut Ui, context: &mut PanelContext<'_>, scale: f32) {
    let palette = Palette::of(ui.visuals());
    let rule = context.draft.track().rule.about().title;
    let title = RichText::new(rule).size(16.0 * scale);
    ui.add(Label::new(title.color(palette.strong)).truncate());
    ui.add_space(GAP * scale);
    count(ui, context);
    let letters = context.is_of_letters();
    let caption = ui.label(if letters { "Mutate" } else { "Flip" });
    let slider = corruption::share(&mut context.draft.cue.corruption.flip);
    let slider = ui.add(slider).labelled_by(caption.id);
    slider.on_hover_text(corruption::FLIPPED);
}

/// How many patterns are stored, where the world has that setting.
fn count(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let available = context.session.source().map(|source| source.available());
    let settings = crate::engine::settings::Kinds::any_mut(&mut context.draft.world);
    let found = settings
        .list()
        .into_iter()
        .find(|setting| setting.key == "p");
    let (Some(setting), Some(before)) = (found, settings.get("p")) else {
        return;
    };
    let reach = Reach::of(settings, setting);
    let reach = available.map_or(reach, |available| reach.up_to(available as f64));
    let caption = ui.label("P");
    let mut value = before;
    let slider = reach.slider(&mut value).logarithmic(true).integer();
    let slider = ui.add(slider).labelled_by(caption.id);
    slider.on_hover_text(setting.help);
    if value != before {
        let edit = settings.set("p", reach.within(value));
        context.tell(edit);
    }
}
