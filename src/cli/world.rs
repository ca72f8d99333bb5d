//! `engram world`: the patterns of any world, as a NumPy array.

use super::help::{self, Keys};
use super::mending::{self, Taken, Typed};
use super::threads::Threads;
use super::{Report, Run, in_flag, json_line, numbers, text, write};
use crate::edge::distinct::{self, Output};
use crate::edge::world_files::Chosen;
use crate::engine::numbers::decimals;
use crate::engine::patterns::Alphabet;
use crate::engine::{Error, Patterns, State};
use crate::trial::Recipe;
use crate::worlds::{LeftOut, Source, npy};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

const EXAMPLES: &[&str] = &[
    "engram world random:n=49,p=4 --out X.npy",
    "engram world mnist:p=20,digits=0+1 --out X.npy --labels L.txt --unseen U.npy --n-unseen 5 --json",
    "engram world X.npy:held-out=0 --out Y.npy",
];

const KEYS: &Keys = &[
    ("world", "the world with all its settings, as it is written"),
    help::SEED,
    help::N_PATTERNS,
    help::N_UNITS,
    ("grid", "height and width of the grid, in units"),
    (
        "mean_activity",
        "mean of all units of all patterns; null for letters",
    ),
    ("n_unseen", "patterns that are never stored"),
    (
        "source_rows",
        "the row of what was opened, or the entry of the world's data, that each pattern is, from 0",
    ),
    ("report", "what was found in the data, a sentence each"),
    help::REMARKS,
    help::LEFT_OUT,
];

/// Write the patterns of a world as a NumPy array P × N of +1 and −1, or of letters counted from 0.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.iter().copied())
)]
pub(super) struct World {
    /// Which world, NAME or NAME:key=value,… ('engram worlds' lists them), or a file or folder of your own in place of
    /// the name
    #[arg(value_name = "WORLD", value_parser = Chosen::parse)]
    chosen: Chosen,
    /// Where to write the stored patterns
    #[arg(long, value_name = "X.npy")]
    out: PathBuf,
    /// Where to write the label of each, one a line
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Where to write so many patterns that are never stored, with --n-unseen
    #[arg(long, value_name = "U.npy", requires = "n_unseen")]
    unseen: Option<PathBuf>,
    /// How many of them, from 1
    #[arg(
        long,
        value_name = "K",
        requires = "unseen",
        value_parser = numbers::unseen,
        allow_negative_numbers = true
    )]
    n_unseen: Option<usize>,
    /// Seed S of whatever is random [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    #[command(flatten)]
    threads: Threads,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary {
    world: String,
    seed: u64,
    n_patterns: usize,
    n_units: usize,
    grid: [usize; 2],
    mean_activity: Option<f64>,
    n_unseen: usize,
    source_rows: Vec<usize>,
    report: Vec<String>,
    remarks: Vec<String>,
    left_out: Vec<LeftOut>,
}

impl Run for World {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl World {
    fn report(&self) -> Result<Report, Error> {
        self.check_paths()?;
        let seed = self.seed.unwrap_or_else(|| Recipe::default().seed);
        let typed = Typed {
            chosen: Some(&self.chosen),
            unseen: self.unseen.is_some(),
            ..Typed::default()
        };
        let Taken {
            source,
            stored,
            findings,
        } = mending::taken(&self.chosen.open()?, typed, seed)?;
        let patterns = &stored.patterns;
        let mut notes: Vec<String> = findings.warnings().collect();
        let unseen = match (&self.unseen, self.n_unseen) {
            (Some(path), Some(count)) => Some((path, unseen(&source, patterns, count)?)),
            _ => None,
        };
        let rows = npy::write_i8(patterns.rows());
        write("--out", &self.out, &rows, &mut notes)?;
        if let Some(path) = &self.labels {
            write("--labels", path, labels(patterns).as_bytes(), &mut notes)?;
        }
        if let Some((path, unseen)) = unseen {
            let rows = npy::write_i8(unseen.rows());
            write("--unseen", path, &rows, &mut notes)?;
        }
        let summary = Summary {
            world: source.world().notation(),
            seed,
            n_patterns: patterns.n_patterns(),
            n_units: patterns.n_units(),
            grid: [patterns.grid().rows, patterns.grid().columns],
            mean_activity: (patterns.alphabet() == Alphabet::Signs)
                .then(|| patterns.mean_activity()),
            n_unseen: source.n_unseen(),
            source_rows: source.source_rows(&stored),
            report: findings.said,
            remarks: findings.remarks,
            left_out: findings.left_out,
        };
        let out = if self.json {
            json_line(&summary)
        } else {
            summary.text()
        };
        Ok(Report::new(out, notes))
    }

    /// Refuses files that cannot be written, that are read, and that are the same.
    fn check_paths(&self) -> Result<(), Error> {
        distinct::check_paths(
            &distinct::named([("WORLD", self.chosen.path())]),
            &Output::files([
                ("--out", Some(&*self.out)),
                ("--labels", self.labels.as_deref()),
                ("--unseen", self.unseen.as_deref()),
            ]),
        )
    }
}

impl Summary {
    fn text(&self) -> String {
        let [rows, columns] = self.grid;
        let mut rows = vec![
            ("World", self.world.clone()),
            (
                "Patterns",
                format!(
                    "P = {} of N = {} units, drawn on {rows} × {columns}; seed {}",
                    self.n_patterns, self.n_units, self.seed
                ),
            ),
            (
                "Mean activity",
                self.mean_activity
                    .map_or_else(String::new, |mean| decimals(mean, 4)),
            ),
            ("Unseen", format!("{} that are never stored", self.n_unseen)),
        ];
        rows.retain(|(_, value)| !value.is_empty());
        let names = std::iter::once("Found").chain(std::iter::repeat(""));
        rows.extend(names.zip(self.report.iter().cloned()));
        text::table(&rows)
    }
}

/// The first `count` patterns that are never stored.
fn unseen(source: &Source, like: &Patterns, count: usize) -> Result<Patterns, Error> {
    if count > source.n_unseen() {
        let problem = Error::NotEnough {
            asked: format!("{count} unseen patterns"),
            available: match source.n_unseen() {
                0 => "stored ones".to_owned(),
                most => most.to_string(),
            },
        };
        return Err(in_flag("--n-unseen")(problem));
    }
    let examples = source.first_unseen(count)?.into_iter();
    let states: Vec<State> = examples.map(|example| example.state).collect();
    Patterns::of_states(&states, like.grid())
}

/// One label a line, empty where there is none.
fn labels(patterns: &Patterns) -> String {
    let lines = (0..patterns.n_patterns()).map(|pattern| patterns.label(pattern));
    let lines = lines.map(|label| label.map_or("", |label| &**label));
    lines.fold(String::new(), |text, line| text + line + "\n")
}
