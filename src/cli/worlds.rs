//! `engram worlds`: every world with its settings, out of the same list as the window's chooser.

use super::settings::{self, Entry};
use super::{Report, Run, help};
use crate::engine::Error;
use crate::worlds::World;
use clap::Args;
use serde_json::{Value, json};

const EXAMPLES: &[&str] = &["engram worlds", "engram worlds --json"];

/// List the worlds that patterns come from, and their settings.
#[derive(Args)]
#[command(after_help = help::examples(EXAMPLES))]
pub(super) struct Worlds {
    /// Print one JSON array on one line instead
    #[arg(long)]
    json: bool,
}

impl Run for Worlds {
    fn run(&self) -> Result<Report, Error> {
        let worlds = World::ALL.iter().map(|make| make());
        Ok(settings::list(worlds.map(|world| entry(&world)), self.json))
    }
}

fn entry(world: &World) -> Entry {
    let about = world.about();
    let mut rows = vec![("  Reference", about.reference.to_owned())];
    rows.extend(settings::rows(world.settings()));
    Entry {
        name: about.name,
        title: about.title,
        summary: about.summary,
        rows,
        json: as_json(world),
    }
}

fn as_json(world: &World) -> Value {
    let about = world.about();
    json!({
        "name": about.name,
        "title": about.title,
        "summary": about.summary,
        "reference": about.reference,
        "notation": world.notation(),
        "settings": settings::json(world.settings()),
    })
}
