//! `engram open`: what a session comes to, with no window.

use super::threads::Threads;
use super::{Report, Run, help, in_flag, json_line, progress, recalled};
use crate::edge::open;
use crate::engine::Error;
use crate::session::{Document, MAX_DOCUMENT, OutsideFile};
use crate::trial::facts::Facts;
use crate::trial::tracks::{compare, track_titles};
use crate::trial::{self, Conclusion, Outcome, Recipe};
use clap::Args;
use serde_json::{Value, json};
use std::ffi::{OsStr, OsString};
use std::path::Path;

const EXAMPLES: &[&str] = &[
    "engram recall --save run.engram",
    "engram open run.engram",
    "engram open run.engram --json",
];

/// What the JSON object holds, in its order.
const KEYS: [(&str, &str); 4] = [
    (
        "best",
        "indices of the tracks that did best; null for one track",
    ),
    ("clock", "the moment that was shown, in updates"),
    (
        "comparison",
        "which track did best, in words; null for one track",
    ),
    (
        "tracks",
        "of each track its title and the facts of 'engram recall --json'",
    ),
];

/// Tell what a session comes to, run to the verdict.
///
/// Prints, for each of its tracks, what 'engram recall' prints, and which did best where there are several.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.into_iter())
)]
pub(super) struct Open {
    /// A file that the window or --save has written, or a line of text that begins with 'engram:'
    #[arg(value_name = "FILE or engram:…")]
    session: OsString,
    #[command(flatten)]
    threads: Threads,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

impl Run for Open {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

/// The session in a file, or on a line of text.
fn document(session: &OsStr) -> Result<Document, Error> {
    if let Some(text) = session.to_str().filter(|text| Document::is_shared(text)) {
        return Document::of_shared(text);
    }
    let path = Path::new(session);
    let named = |why: Error| why.in_source(path.display().to_string());
    let bytes = open::read_at_most(path, MAX_DOCUMENT).map_err(named)?;
    let find = |file: &OutsideFile| open::find(&[path], &file.opened, &file.name, file.bytes);
    Document::of_bytes_with(&bytes, &find).map_err(named)
}

impl Open {
    fn report(&self) -> Result<Report, Error> {
        let Document { recipe, clock, .. } = document(&self.session)?;
        let mut line = progress::Line::new("learning");
        let outcome = trial::run(&recipe, |_, done| line.show(done));
        line.clear();
        let outcome = outcome.map_err(|refusal| refusal.problem)?;
        let mut notes = Vec::new();
        let facts = outcome.evidences(&recipe).map(|evidence| {
            for warning in evidence.findings().warnings() {
                if !notes.contains(&warning) {
                    notes.push(warning);
                }
            }
            Facts::of(&evidence)
        });
        let facts: Vec<Facts> = facts.collect();
        let out = if self.json {
            json(&recipe, clock, &outcome, &facts)
        } else {
            text(&recipe, &outcome, &facts)
        };
        Ok(Report::new(out, notes))
    }
}

/// Titles and conclusions, track by track.
fn runs<'a>(titles: &'a [String], outcome: &'a Outcome) -> Vec<(&'a str, &'a Conclusion)> {
    let tracks = titles.iter().zip(&outcome.tracks);
    let runs = tracks.map(|(title, track)| (&**title, &track.conclusion));
    runs.collect()
}

fn json(recipe: &Recipe, clock: u64, outcome: &Outcome, facts: &[Facts]) -> String {
    let titles = track_titles(&recipe.tracks);
    let compared = compare(&runs(&titles, outcome));
    let tracks = titles.iter().zip(facts).map(|(title, facts)| {
        let mut object = serde_json::to_value(facts).expect("facts are always JSON");
        object["title"] = title.clone().into();
        object
    });
    let tracks: Vec<Value> = tracks.collect();
    json_line(&json!({
        "tracks": tracks,
        "clock": clock,
        "best": compared.as_ref().map(|it| it.best.clone()),
        "comparison": compared.map(|it| it.sentence),
    }))
}

fn text(recipe: &Recipe, outcome: &Outcome, facts: &[Facts]) -> String {
    let titles = track_titles(&recipe.tracks);
    if let [only] = facts {
        return recalled::text(outcome, 0, only);
    }
    let tracks = titles.iter().zip(facts).enumerate();
    let tracks = tracks.map(|(track, (title, facts))| {
        format!("{title}\n\n{}\n", recalled::text(outcome, track, facts))
    });
    let told: String = tracks.collect();
    let compared = compare(&runs(&titles, outcome));
    told + &compared.map_or_else(String::new, |it| it.sentence + "\n")
}

/// Writes the session of `recipe`, run to its end, where `--save` says; the line to share it, where that is asked for.
pub(super) fn keep(
    recipe: &Recipe,
    clock: u64,
    (save, share): (Option<&Path>, bool),
    notes: &mut Vec<String>,
) -> Result<Option<String>, Error> {
    let document = Document {
        recipe: recipe.clone(),
        clock,
        ..Document::default()
    };
    if let Some(path) = save {
        super::write("--save", path, document.to_json().as_bytes(), notes)?;
    }
    if !share {
        return Ok(None);
    }
    let shared = document.share().map_err(in_flag("--share"))?;
    notes.extend(
        shared
            .left_out
            .iter()
            .map(|what| format!("left out of the line: {what}")),
    );
    Ok(Some(shared.text))
}
