//! The settings of the learning rule: presets, sliders and choices, the few important ones first, each with a way
//! back to where it stood; and what is done to the couplings once they are learned.

use super::super::PanelContext;
use crate::app::restricted::restricted;
use crate::app::widgets::controls::segmented;
use crate::app::widgets::formula::symbol_label;
use crate::app::widgets::room::width_left;
use crate::app::widgets::sliders::{
    Reach, come_into_sight, read_number, reset_asked, short_number, slider_row, slider_row_with,
};
use crate::engine::learning::Preset;
use crate::engine::settings::{AnySettings, Item, Kinds as _, Setting, SettingKind};
use crate::engine::{Alteration, Error, LearningRule};
use crate::session::Track;
use crate::worlds::Source;
use egui::{ComboBox, Ui};

/// Choices with more letters than this do not stand side by side.
const MOST_LETTERS: usize = 28;

/// Draws them.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let about = context.track().rule.about();
    let shown = if context.view.more_memory {
        usize::MAX
    } else {
        about.n_first
    };
    // Couplings that were loaded are not named: nothing of them can be set.
    let default = LearningRule::named(about.name).unwrap_or_else(|_| context.track().rule.clone());
    if !about.presets.is_empty() {
        restricted(ui, "rule", |ui| {
            presets(ui, context, &default, about.presets);
        });
    }
    let trained = context.session.tracks().get(context.track);
    let has_couplings = trained
        .and_then(Track::trained)
        .is_none_or(|trained| trained.memory.couplings().is_some());
    let mut track = context.track().clone();
    let rule = track.rule.clone();
    let symbol = |key: &str| rule.rule().symbol(key);
    let all = Offer {
        section: "rule",
        offered: &|_| true,
        most: None,
    };
    let edits = rows_with(
        ui,
        (track.rule.any_mut(), default.any()),
        shown,
        &all,
        &symbol,
    );
    context.refused.extend(edits);
    if context.view.more_memory && has_couplings {
        let default = Alteration::default();
        let alteration = ("alteration", &mut track.alteration as &mut dyn AnySettings);
        let edits = rows(ui, alteration, &default, usize::MAX, None);
        context.refused.extend(edits);
    }
    *context.track_mut() = track;
}

/// The first `shown` of the `settings` that make a difference, each with a way back to where it stands in `default`;
/// of a world those alone that make a difference for its `source`, and no more patterns than there are to store. What they
/// refused of what was typed.
pub(in crate::app) fn rows(
    ui: &mut Ui,
    (section, settings): (&str, &mut dyn AnySettings),
    default: &dyn AnySettings,
    shown: usize,
    source: Option<&Source>,
) -> Vec<Error> {
    let offered = |key: &str| source.is_none_or(|source| source.offers(key));
    let offer = Offer {
        section,
        offered: &offered,
        most: source.map(Source::available),
    };
    rows_with(ui, (settings, default), shown, &offer, &|_| None)
}

/// All of the `settings` that make a difference and are `offered`. What they refused of what was typed.
pub(super) fn rows_where(
    ui: &mut Ui,
    settings: &mut dyn AnySettings,
    default: &dyn AnySettings,
    offered: &dyn Fn(&str) -> bool,
) -> Vec<Error> {
    let all = (settings, default);
    let offer = Offer {
        section: "",
        offered,
        most: None,
    };
    rows_with(ui, all, usize::MAX, &offer, &|_| None)
}

/// Which settings are shown.
struct Offer<'a> {
    /// What their paths begin with; nothing where they are of no recipe in force.
    section: &'a str,
    /// Whether the setting with a key is.
    offered: &'a dyn Fn(&str) -> bool,
    /// The most patterns, if there is a bound below that of the setting.
    most: Option<usize>,
}

/// The first `shown` of those that are offered, with no more patterns than `most`, where a setting may have a symbol
/// instead of its label.
fn rows_with(
    ui: &mut Ui,
    (settings, default): (&mut dyn AnySettings, &dyn AnySettings),
    shown: usize,
    Offer {
        section,
        offered,
        most,
    }: &Offer<'_>,
    symbol: &dyn Fn(&str) -> Option<String>,
) -> Vec<Error> {
    let mut refused = Vec::new();
    let mut list = settings.list();
    list.retain(|setting| offered(setting.key) && settings.applies(setting.key));
    for setting in list.into_iter().take(shown) {
        let (Some(before), Some(first)) = (settings.get(setting.key), default.get(setting.key))
        else {
            continue;
        };
        let mut reach = Reach::of(settings, setting);
        if let Some(most) = most.filter(|_| setting.key == "p") {
            reach = reach.up_to(most as f64);
        }
        let path = format!("{section}.{}", setting.key);
        let row = |ui: &mut Ui| row(ui, (setting, symbol(setting.key)), before, first, reach);
        if let Some(value) = restricted(ui, &path, row).flatten() {
            refused.extend(settings.set(setting.key, value).err());
        }
    }
    refused
}

/// Settings by name. They are worked out for the mean activity of what is stored.
fn presets(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    default: &LearningRule,
    presets: &[Preset],
) {
    let activity = context.mean_activity();
    let holds = |preset: &&Preset| {
        let mut rule = context.track().rule.clone();
        rule.apply_preset(preset.name, activity).is_ok() && rule == context.track().rule
    };
    let current = presets.iter().find(holds);
    let otherwise = if context.track().rule == *default {
        "defaults"
    } else {
        "custom"
    };
    ui.horizontal(|ui| {
        ui.label("Preset");
        let room = width_left(ui, 10.0);
        let list = ComboBox::from_id_salt("preset")
            .selected_text(current.map_or(otherwise, |preset| preset.title))
            .truncate()
            .width(room);
        let mut wanted = None;
        let shown = list.show_ui(ui, |ui| {
            for preset in presets {
                let chosen = current == Some(preset);
                let line = ui.selectable_label(chosen, preset.title);
                if line.on_hover_text(preset.source).clicked() {
                    wanted = Some(preset.name);
                }
            }
        });
        let source = current.map_or("Custom: settings that no preset has", |preset| {
            preset.source
        });
        shown.response.on_hover_text(format!("Preset. {source}"));
        if let Some(name) = wanted {
            let rule = &mut context.track_mut().rule;
            let edit = rule.apply_preset(name, activity);
            context.tell(edit);
        }
    });
}

/// One setting, which stands at `before` and stood at `first`; its new value once it is moved, within
/// `reach`.
fn row(
    ui: &mut Ui,
    (setting, symbol): (&Setting, Option<String>),
    before: f64,
    first: f64,
    reach: Reach,
) -> Option<f64> {
    let mut value = before;
    let help = if value == first {
        setting.help.to_owned()
    } else {
        let first = setting.in_words(first);
        format!(
            "{}\n\nRight-click, or double-click on the number: back to {first}",
            setting.help
        )
    };
    let row = match setting.kind {
        SettingKind::Number { logarithmic, .. } => {
            // Where a logarithmic one goes down to 0, three powers of ten below its usual place are told apart.
            let slider = reach
                .slider(&mut value)
                .logarithmic(logarithmic)
                .smallest_positive((1e-3 * first).max(1e-6))
                .custom_formatter(short_number)
                .custom_parser(read_number);
            match symbol {
                None => slider_row(ui, setting.label, slider, &help),
                Some(tex) => {
                    let help = format!("{}. {help}", setting.label);
                    let caption = |ui: &mut Ui| symbol_label(ui, &tex, setting.label);
                    slider_row_with(ui, caption, slider, &help)
                }
            }
        }
        SettingKind::Whole { logarithmic, .. } => {
            let slider = reach.slider(&mut value).logarithmic(logarithmic).integer();
            slider_row(ui, setting.label, slider, &help)
        }
        SettingKind::Even { .. } => {
            let slider = reach.slider(&mut value).integer().step_by(2.0);
            slider_row(ui, setting.label, slider, &help)
        }
        SettingKind::Choice(items) => choice(ui, setting, items, &help, &mut value),
        SettingKind::Several(items) => several(ui, setting, items, &help, &mut value),
    };
    come_into_sight(ui, &row, setting.key);
    if reset_asked(ui, &row) {
        value = first;
    } else if value != before {
        value = reach.within(value);
    }
    (value != before).then_some(value)
}

/// Some of a few names, each a button of its own.
fn several(
    ui: &mut Ui,
    setting: &Setting,
    items: &[Item],
    help: &str,
    value: &mut f64,
) -> egui::Response {
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        let caption = ui.label(setting.label).on_hover_text(help);
        for (index, item) in items.iter().enumerate() {
            let chosen = *value as u64 >> index & 1 == 1;
            let button = ui.selectable_label(chosen, item.label).on_hover_text(help);
            let toggled = (*value as u64) ^ (1 << index);
            if button.clicked() && toggled != 0 {
                *value = toggled as f64;
            }
        }
        caption.interact(egui::Sense::click())
    });
    row.inner
}

/// One of a few names: side by side where there is room, else as a list.
fn choice(
    ui: &mut Ui,
    setting: &Setting,
    items: &[Item],
    help: &str,
    value: &mut f64,
) -> egui::Response {
    let mut chosen = *value as usize;
    let letters: usize = items.iter().map(|item| item.label.len() + 2).sum();
    let row = ui.horizontal(|ui| {
        let caption = ui.label(setting.label).on_hover_text(help);
        if letters + setting.label.len() <= MOST_LETTERS {
            let options: Vec<(usize, &str, &str)> = items
                .iter()
                .enumerate()
                .map(|(index, item)| (index, item.label, help))
                .collect();
            segmented(ui, setting.label, &mut chosen, &options);
        } else {
            let room = width_left(ui, 10.0);
            let list = ComboBox::from_id_salt(setting.key)
                .selected_text(items[chosen].label)
                .truncate()
                .width(room);
            let shown = list.show_ui(ui, |ui| {
                for (index, item) in items.iter().enumerate() {
                    ui.selectable_value(&mut chosen, index, item.label);
                }
            });
            shown
                .response
                .on_hover_text(format!("{}. {help}", setting.label));
        }
        caption.interact(egui::Sense::click())
    });
    *value = chosen as f64;
    row.inner
}
