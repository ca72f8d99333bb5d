//! The learning rule: which, its formula with the numbers of the moment, its settings, and what theory says.

use super::super::Desk;
use crate::app::theme::{GAP, Palette, SMALL, TITLE};
use crate::app::widgets::controls::{
    ChipKind, chip, hint, segmented, short_number, slider_row, well,
};
use crate::app::widgets::formula::formula;
use crate::engine::learning::{About, Setting, SettingKind};
use crate::engine::{LearningRule, Patterns};
use crate::session::Command;
use egui::{ProgressBar, RichText, Slider, Ui};

/// Draws it.
pub(super) fn ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(GAP);
    choice(ui, desk);
    let about = desk.draft.rule.about();
    well(ui, |ui| {
        formula(ui, about.formula, 16.0);
        formula(ui, about.symbols, SMALL);
    })
    .response
    .on_hover_text(format!("{}. {}", about.summary, about.reference));
    for setting in about.settings.iter().take(about.n_first) {
        setting_ui(ui, &mut desk.draft.rule, setting);
    }
    if desk.view.more_memory {
        for setting in about.settings.iter().skip(about.n_first) {
            setting_ui(ui, &mut desk.draft.rule, setting);
        }
    }
    progress(ui, desk);
    if let Some(patterns) = desk.session.patterns() {
        load(ui, patterns, about);
    }
}

fn choice(ui: &mut Ui, desk: &mut Desk<'_>) {
    let all: Vec<LearningRule> = LearningRule::ALL.iter().map(|make| make()).collect();
    let abouts: Vec<&'static About> = all.iter().map(LearningRule::about).collect();
    let options: Vec<(usize, &str, &str)> = abouts
        .iter()
        .enumerate()
        .map(|(index, about)| (index, about.title, about.summary))
        .collect();
    let current = desk.draft.rule.about().name;
    let mut chosen = abouts
        .iter()
        .position(|about| about.name == current)
        .unwrap_or(0);
    if segmented(ui, "Learning rule", &mut chosen, &options).changed() {
        desk.draft.rule = all[chosen].clone();
    }
}

fn setting_ui(ui: &mut Ui, rule: &mut LearningRule, setting: &Setting) {
    let Some(before) = rule.get(setting.key) else {
        return;
    };
    let mut value = before;
    match setting.kind {
        SettingKind::Number {
            min,
            max,
            logarithmic,
        } => {
            let slider = Slider::new(&mut value, min..=max)
                .logarithmic(logarithmic)
                .custom_formatter(short_number);
            slider_row(ui, setting.label, slider, setting.help);
        }
        SettingKind::Whole {
            min,
            max,
            logarithmic,
        } => {
            let slider = Slider::new(&mut value, f64::from(min)..=f64::from(max))
                .logarithmic(logarithmic)
                .integer();
            slider_row(ui, setting.label, slider, setting.help);
        }
        SettingKind::Choice(names) => {
            ui.horizontal(|ui| {
                ui.label(setting.label).on_hover_text(setting.help);
                let options: Vec<(usize, &str, &str)> = names
                    .iter()
                    .enumerate()
                    .map(|(index, name)| (index, *name, setting.help))
                    .collect();
                let mut chosen = before as usize;
                segmented(ui, setting.label, &mut chosen, &options);
                value = chosen as f64;
            });
        }
    }
    if value != before {
        // A typed number outside the range has been clamped by the slider.
        rule.set(setting.key, value).unwrap_or_default();
    }
}

fn progress(ui: &mut Ui, desk: &mut Desk<'_>) {
    if let Some(done) = desk.session.learning() {
        ui.horizontal(|ui| {
            let width = ui.available_width() - 60.0;
            ui.add(
                ProgressBar::new(done.done)
                    .desired_width(width)
                    .text(format!("learning, {:.0} %", 100.0 * done.done)),
            );
            if ui
                .button("Stop")
                .on_hover_text("Stop learning and keep the old memory")
                .clicked()
            {
                desk.commands.push(Command::StopLearning);
            }
        });
    } else if desk.session.is_stale() {
        ui.horizontal(|ui| {
            chip(ui, ChipKind::Warn, "Out of date");
            if ui
                .button("Learn")
                .on_hover_text("Learn with the settings as they are now")
                .clicked()
            {
                desk.commands.push(Command::Learn);
            }
        });
    }
}

fn load(ui: &mut Ui, patterns: &Patterns, about: &About) {
    let palette = Palette::of(ui.visuals());
    ui.add_space(GAP / 2.0);
    well(ui, |ui| {
        let (p, n) = (patterns.n_patterns(), patterns.n_units());
        let text = format!("Load α = {p}/{n} = {:.3}", patterns.load());
        ui.label(RichText::new(text).size(TITLE).color(palette.strong));
        hint(ui, about.capacity);
    });
}
