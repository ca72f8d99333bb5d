//! Rules and worlds with their settings, as the lists on the command line tell of them.

use super::{Report, json_line, text};
use crate::engine::settings::{AnySettings, Item, Setting, SettingKind};
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
    Report::new(out, Vec::new())
}

/// Two rows of a table a setting: key, range and default; help.
pub(super) fn rows(settings: &dyn AnySettings) -> Vec<(&'static str, String)> {
    let row = |(setting, default): (&'static Setting, f64)| {
        let (range, default) = (setting.range(), setting.show(default));
        let first = format!("{}: {range} [default: {default}]", setting.key);
        [("  Setting", first), ("  ", setting.help.to_owned())]
    };
    with_defaults(settings).flat_map(row).collect()
}

/// One JSON object a setting.
pub(super) fn json(settings: &dyn AnySettings) -> Vec<Value> {
    let entry = |(setting, default)| object(setting, default);
    with_defaults(settings).map(entry).collect()
}

/// Every setting and where it stands, which is the default in what nobody has changed.
fn with_defaults(settings: &dyn AnySettings) -> impl Iterator<Item = (&'static Setting, f64)> {
    let list = settings.list().into_iter();
    list.filter_map(|setting| Some((setting, settings.get(setting.key)?)))
}

fn object(setting: &Setting, default: f64) -> Value {
    let mut entry = json!({ "key": setting.key, "label": setting.label, "help": setting.help });
    let (min, max, logarithmic, whole) = match setting.kind {
        SettingKind::Number {
            min,
            max,
            logarithmic,
        } => (min, max, logarithmic, false),
        SettingKind::Whole {
            min,
            max,
            logarithmic,
        } => (f64::from(min), f64::from(max), logarithmic, true),
        SettingKind::Even { min, max } => {
            entry["step"] = json!(2);
            (f64::from(min), f64::from(max), false, true)
        }
        SettingKind::Choice(items) | SettingKind::Several(items) => {
            let choice = |item: &Item| json!({ "key": item.key, "label": item.label });
            entry["choices"] = items.iter().map(choice).collect();
            entry["several"] = json!(matches!(setting.kind, SettingKind::Several(_)));
            entry["default"] = json!(setting.show(default));
            return entry;
        }
    };
    entry["min"] = json!(min);
    entry["max"] = json!(max);
    entry["logarithmic"] = json!(logarithmic);
    entry["whole"] = json!(whole);
    entry["default"] = json!(default);
    entry
}
