//! `engram rules`: every learning rule with its settings, out of the same list as the window's chooser.

use super::{Report, json_line, text};
use crate::engine::LearningRule;
use crate::engine::learning::{Setting, SettingKind};
use clap::Args;
use serde_json::{Value, json};

/// List the learning rules and their settings.
#[derive(Args)]
pub(super) struct Rules {
    /// Print one JSON array on one line instead
    #[arg(long)]
    json: bool,
}

impl Rules {
    pub(super) fn run(&self) -> Report {
        let rules = LearningRule::ALL.iter().map(|make| make());
        let out = if self.json {
            json_line(&rules.map(|rule| as_json(&rule)).collect::<Vec<Value>>())
        } else {
            let rules: Vec<String> = rules.map(|rule| as_text(&rule)).collect();
            rules.join("\n")
        };
        Report {
            out,
            note: String::new(),
        }
    }
}

fn as_text(rule: &LearningRule) -> String {
    let about = rule.about();
    let mut rows = vec![
        ("  Formula", about.formula.to_owned()),
        ("  ", about.symbols.to_owned()),
        ("  Capacity", about.capacity.to_owned()),
        ("  Reference", about.reference.to_owned()),
    ];
    for setting in about.settings {
        let default = setting.show(default(rule, setting));
        rows.push((
            "  Setting",
            format!("{}: {} [default: {default}]", setting.key, range(setting)),
        ));
        rows.push(("  ", setting.help.to_owned()));
    }
    for preset in about.presets {
        let with_activity = (preset.settings)(0.0) != (preset.settings)(0.5);
        let activity = if with_activity { "@activity" } else { "" };
        rows.push((
            "  Preset",
            format!("preset={}{activity}: {}", preset.name, preset.source),
        ));
    }
    format!(
        "{} ({})\n  {}\n{}",
        about.name,
        about.title,
        about.summary,
        text::table(&rows)
    )
}

fn as_json(rule: &LearningRule) -> Value {
    let about = rule.about();
    let settings = about.settings.iter().map(|setting| {
        let default = default(rule, setting);
        let mut entry = json!({ "key": setting.key, "label": setting.label, "help": setting.help });
        let (range, whole) = match setting.kind {
            SettingKind::Number {
                min,
                max,
                logarithmic,
            } => ((min, max, logarithmic), false),
            SettingKind::Whole {
                min,
                max,
                logarithmic,
            } => ((f64::from(min), f64::from(max), logarithmic), true),
            SettingKind::Choice(names) => {
                entry["choices"] = json!(names);
                entry["default"] = json!(setting.show(default));
                return entry;
            }
        };
        let (min, max, logarithmic) = range;
        entry["min"] = json!(min);
        entry["max"] = json!(max);
        entry["logarithmic"] = json!(logarithmic);
        entry["whole"] = json!(whole);
        entry["default"] = json!(default);
        entry
    });
    let presets = about.presets.iter().map(
        |preset| json!({ "name": preset.name, "title": preset.title, "source": preset.source }),
    );
    json!({
        "name": about.name,
        "title": about.title,
        "group": about.group.title(),
        "formula": about.formula,
        "symbols": about.symbols,
        "summary": about.summary,
        "capacity": about.capacity,
        "reference": about.reference,
        "notation": rule.notation(),
        "settings": settings.collect::<Vec<Value>>(),
        "presets": presets.collect::<Vec<Value>>(),
    })
}

fn default(rule: &LearningRule, setting: &Setting) -> f64 {
    rule.get(setting.key).expect("the rule lists this setting")
}

fn range(setting: &Setting) -> String {
    match setting.kind {
        SettingKind::Number { min, max, .. } => format!("a number from {min} to {max}"),
        SettingKind::Whole { min, max, .. } => format!("a whole number from {min} to {max}"),
        SettingKind::Choice(names) => format!("one of {}", names.join(", ")),
    }
}
