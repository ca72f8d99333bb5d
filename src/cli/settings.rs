//! Rules and worlds with their settings, as the lists on the command line tell of them.

use super::{Report, json_line, text};
use crate::engine::settings::{Setting, SettingKind};
use serde_json::{Value, json};

/// One rule or world in a list.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) summary: &'static str,
    /// What else there is to say of it, settings last.
    pub(super) rows: Vec<(&'static str, String)>,
    pub(super) json: Value,
}

/// All of them: as text, or as one JSON array on one line.
pub(super) fn list(entries: impl Iterator<Item = Entry>, as_json: bool) -> Report {
    let out = if as_json {
        json_line(&entries.map(|entry| entry.json).collect::<Vec<Value>>())
    } else {
        let blocks = entries.map(|entry| {
            let Entry {
                name,
                title,
                summary,
                rows,
                ..
            } = entry;
            format!("{name} ({title})\n  {summary}\n{}", text::table(&rows))
        });
        blocks.collect::<Vec<String>>().join("\n")
    };
    Report {
        out,
        note: String::new(),
    }
}

/// Two rows of a table: key, range and default; help.
pub(super) fn rows(setting: &Setting, default: f64) -> [(&'static str, String); 2] {
    let default = setting.show(default);
    let first = format!("{}: {} [default: {default}]", setting.key, range(setting));
    [("  Setting", first), ("  ", setting.help.to_owned())]
}

/// One JSON object.
pub(super) fn json(setting: &Setting, default: f64) -> Value {
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
        SettingKind::Choice(names) | SettingKind::Several(names) => {
            entry["choices"] = json!(names);
            entry["several"] = json!(matches!(setting.kind, SettingKind::Several(_)));
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
}

fn range(setting: &Setting) -> String {
    match setting.kind {
        SettingKind::Number { min, max, .. } => format!("a number from {min} to {max}"),
        SettingKind::Whole { min, max, .. } => format!("a whole number from {min} to {max}"),
        SettingKind::Choice(names) => format!("one of {}", names.join(", ")),
        SettingKind::Several(names) => format!("some of {}, with + between", names.join(", ")),
    }
}
