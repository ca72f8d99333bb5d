//! `engram worlds`: every world with its settings, out of the same list as the window's chooser.

use super::{Report, json_line, settings, text};
use crate::worlds::World;
use clap::Args;
use serde_json::{Value, json};

/// List the worlds that patterns come from, and their settings.
#[derive(Args)]
pub(super) struct Worlds {
    /// Print one JSON array on one line instead
    #[arg(long)]
    json: bool,
}

impl Worlds {
    pub(super) fn run(&self) -> Report {
        let worlds = World::ALL.iter().map(|make| make());
        let out = if self.json {
            json_line(&worlds.map(|world| as_json(&world)).collect::<Vec<Value>>())
        } else {
            let worlds: Vec<String> = worlds.map(|world| as_text(&world)).collect();
            worlds.join("\n")
        };
        Report {
            out,
            note: String::new(),
        }
    }
}

fn as_text(world: &World) -> String {
    let about = world.about();
    let mut rows = vec![("  Reference", about.reference.to_owned())];
    for setting in about.settings {
        rows.extend(settings::rows(setting, world.settings().get(setting.key)));
    }
    format!(
        "{} ({})\n  {}\n{}",
        about.name,
        about.title,
        about.summary,
        text::table(&rows)
    )
}

fn as_json(world: &World) -> Value {
    let about = world.about();
    let settings = about.settings.iter();
    let settings = settings.map(|one| settings::json(one, world.settings().get(one.key)));
    json!({
        "name": about.name,
        "title": about.title,
        "summary": about.summary,
        "reference": about.reference,
        "notation": world.notation(),
        "settings": settings.collect::<Vec<Value>>(),
    })
}
