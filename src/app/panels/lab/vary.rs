//! Further axes: any setting, and the values that it takes in turn.

use super::LabPanel;
use super::sections::head;
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::widgets::room::width_left;
use crate::engine::Error;
use crate::lab::{Vary, offers};
use egui::{ComboBox, Label, RichText, TextEdit, Ui};

/// Draws them.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel) {
    ui.add_space(GAP);
    let mut changed = false;
    head(ui, "Vary", 0.0, |ui| changed = pick(ui, lab));
    let field = TextEdit::singleline(&mut lab.vary)
        .hint_text("PATH=low..high/steps")
        .desired_width(f32::INFINITY);
    let help = "A curve for every value of a setting, such as world.p=20..160/8 or rule.ridge=0.01..1/5/log or \
                dynamics.temperature=0;0.2;0.5. Two of them, with a space between, are a grid";
    changed |= ui.add(field).on_hover_text(help).changed();
    if changed {
        let read: Result<Vec<Vary>, Error> = lab.vary.split_whitespace().map(Vary::parse).collect();
        lab.vary_problem = read.as_ref().err().map(ToString::to_string);
        lab.recipe.vary = read.unwrap_or_default();
    }
    if let Some(problem) = &lab.vary_problem {
        let color = Palette::of(ui.visuals()).error;
        ui.add(Label::new(RichText::new(problem).size(SMALL).color(color)).wrap());
    }
}

/// Every setting that can be varied; whether one was picked. It stands behind what is varied already: a grid.
fn pick(ui: &mut Ui, lab: &mut LabPanel) -> bool {
    let mut picked = None;
    let list = ComboBox::from_id_salt("vary what")
        .selected_text("any setting…")
        .height(480.0)
        .width(width_left(ui, 10.0));
    let shown = list.show_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for vary in offers(&lab.recipe) {
            let line = ui.selectable_label(false, &vary.path);
            if line.on_hover_text(vary.to_string()).clicked() {
                picked = Some(vary.to_string());
            }
        }
    });
    let help = "Pick a setting to vary: a curve for every value that it takes";
    shown.response.on_hover_text(help);
    let Some(picked) = picked else {
        return false;
    };
    if !lab.vary.is_empty() {
        lab.vary.push(' ');
    }
    lab.vary += &picked;
    true
}
