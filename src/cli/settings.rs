//! Settings of rules and worlds, as the lists on the command line tell of them.

use crate::engine::settings::{Setting, SettingKind};
use serde_json::{Value, json};

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
