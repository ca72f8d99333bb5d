//! `engram rules`: every learning rule with its settings, out of the same list as the window's chooser.

use super::settings::{self, Entry};
use super::{Report, Run, help};
use crate::engine::learning::Symbol;
use crate::engine::{Error, LearningRule};
use crate::figures::mathematics::plain::plain;
use clap::Args;
use serde_json::{Value, json};

const EXAMPLES: &[&str] = &["engram rules", "engram rules --json"];

/// List the learning rules and their settings.
#[derive(Args)]
#[command(after_help = help::examples(EXAMPLES))]
pub(super) struct Rules {
    /// Print one JSON array on one line instead
    #[arg(long)]
    json: bool,
}

impl Run for Rules {
    fn run(&self) -> Result<Report, Error> {
        let rules = LearningRule::ALL.iter().map(|make| make());
        Ok(settings::list(rules.map(|rule| entry(&rule)), self.json))
    }
}

fn entry(rule: &LearningRule) -> Entry {
    let about = rule.about();
    let mut rows = vec![
        ("  Formula", said(about.formula)),
        ("  ", legend(about.legend)),
        ("  Capacity", about.capacity.to_owned()),
        ("  Reference", about.reference.to_owned()),
    ];
    rows.extend(settings::rows(rule.rule()));
    for preset in about.presets {
        let with_activity = (preset.settings)(0.0) != (preset.settings)(0.5);
        let activity = if with_activity { "@activity" } else { "" };
        rows.push((
            "  Preset",
            format!("preset={}{activity}: {}", preset.name, preset.source),
        ));
    }
    Entry {
        name: about.name,
        title: about.title,
        summary: about.summary,
        rows,
        json: as_json(rule),
    }
}

/// A formula in one line; as it was written where it cannot be said.
fn said(tex: &str) -> String {
    plain(tex).unwrap_or_else(|_unreadable| tex.to_owned())
}

fn legend(symbols: &[Symbol]) -> String {
    let entries = symbols
        .iter()
        .map(|symbol| format!("{}: {}", said(symbol.tex), symbol.meaning));
    entries.collect::<Vec<String>>().join("; ")
}

fn as_json(rule: &LearningRule) -> Value {
    let about = rule.about();
    let presets = about.presets.iter().map(
        |preset| json!({ "name": preset.name, "title": preset.title, "source": preset.source }),
    );
    json!({
        "name": about.name,
        "title": about.title,
        "group": about.group.title(),
        "formula": said(about.formula),
        "tex": about.formula,
        "symbols": legend(about.legend),
        "summary": about.summary,
        "capacity": about.capacity,
        "reference": about.reference,
        "notation": rule.notation(),
        "settings": settings::json(rule.rule()),
        "presets": presets.collect::<Vec<Value>>(),
    })
}
