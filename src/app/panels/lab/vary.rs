//! Further axes: any setting, and the values that it takes in turn.

use super::LabPanel;
use super::sections::head;
use crate::app::theme::{GAP, Palette, SMALL};
use crate::engine::Error;
use crate::engine::numbers::plain;
use crate::engine::settings::{Kinds as _, Value};
use crate::lab::{LabRecipe, Vary};
use crate::trial::{Recipe, TrackRecipe};
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

/// Every setting that can be varied; whether one was picked.
fn pick(ui: &mut Ui, lab: &mut LabPanel) -> bool {
    let mut picked = None;
    let list = ComboBox::from_id_salt("vary what")
        .selected_text("any setting…")
        .height(480.0)
        .width(ui.available_width() - 10.0);
    let shown = list.show_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (path, value) in numbers(&lab.recipe) {
            if ui.selectable_label(false, &path).clicked() {
                picked = Some(format!("{path}={}", around(value)));
            }
        }
    });
    let help = "Pick a setting to vary: a curve for every value that it takes";
    shown.response.on_hover_text(help);
    let Some(picked) = picked else {
        return false;
    };
    lab.vary = picked;
    true
}

/// Paths of settings that are numbers, and where they stand.
fn numbers(lab: &LabRecipe) -> Vec<(String, f64)> {
    let Some(rule) = lab.rules.first() else {
        return Vec::new();
    };
    let recipe = Recipe {
        world: lab.world.clone(),
        seed: lab.seed,
        max_sweeps: lab.max_sweeps,
        tracks: vec![TrackRecipe {
            rule: rule.clone(),
            alteration: lab.alteration,
            dynamics: lab.dynamics,
        }],
        ..Recipe::default()
    };
    let paths = recipe.paths().into_iter();
    let paths = paths.filter(|path| !path.starts_with("cue"));
    let number = |path: String| match recipe.get(&path) {
        Ok(Value::Whole(value)) => Some((path, value as f64)),
        Ok(Value::Number(value)) => Some((path, value)),
        _ => None,
    };
    let own = lab.experiment.any().list().into_iter();
    let own = own.filter_map(|setting| {
        let value = lab.experiment.any().get(setting.key)?;
        Some((format!("experiment.{}", setting.key), value))
    });
    paths.filter_map(number).chain(own).collect()
}

/// A few values about `value`, as they are written.
fn around(value: f64) -> String {
    if value > 0.0 && value.fract() == 0.0 && value >= 4.0 {
        let (low, high) = ((value / 2.0).round(), value);
        return format!("{low};{};{high}", f64::midpoint(low, high).round());
    }
    if value > 0.0 {
        return format!("{};{};{}", value / 4.0, value / 2.0, value);
    }
    format!("{};0.1;0.2", plain(value).replace('−', "-"))
}
