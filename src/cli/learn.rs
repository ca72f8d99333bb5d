//! `engram learn`: patterns from a NumPy file in, couplings out.

use super::threads::Threads;
use super::world_files::Chosen;
use super::{Report, Run, in_flag, learned, numbers, text, world};
use crate::edge::open;
use crate::edge::write;
use crate::engine::numbers::{count, short};
use crate::engine::observables::Margins;
use crate::engine::{Alteration, Error, Grid, LearningRule, Patterns};
use crate::trial::Recipe;
use crate::worlds::npy;
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most units N for which couplings can be written and read again.
const MAX_UNITS: usize = npy::MAX_ENTRIES.isqrt();

/// The most patterns P: beyond, rounding of their sums is felt by the smallest ridge.
const MAX_PATTERNS: usize = 1_000_000;

/// Turn patterns, from a NumPy file or a world, into couplings.
///
/// Writes an array N × N of f32 whose row i holds what acts on unit i.
#[derive(Args)]
pub(super) struct Learn {
    /// NumPy array P × N of +1 and −1, one pattern a row: at most 1000000 of 16384 units
    #[arg(
        long,
        value_name = "X.npy",
        required_unless_present = "world",
        conflicts_with = "world"
    )]
    patterns_file: Option<PathBuf>,
    /// Where the patterns come from instead, NAME or NAME:key=value,… ('engram worlds' lists them), or a file or
    /// folder of your own in place of the name
    #[arg(long, value_name = "WORLD", value_parser = Chosen::parse)]
    world: Option<Chosen>,
    /// Learning rule, NAME or NAME:key=value,…; 'engram rules' lists them
    #[arg(long, value_name = "RULE", value_parser = learned::rule)]
    rule: LearningRule,
    /// What is done to the couplings once they are learned: asymmetry=k (1 as learned to 0 symmetrised), dilution=p
    /// (share that is cut), cut=pairs|each, with commas between [default: nothing]
    #[arg(long, value_name = "HOW", value_parser = Alteration::parse)]
    alter: Option<Alteration>,
    /// Seed S of whatever is random in learning [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Where to write the couplings
    #[arg(long, value_name = "J.npy")]
    out: PathBuf,
    #[command(flatten)]
    threads: Threads,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary {
    n_units: usize,
    n_patterns: usize,
    rule: String,
    /// What was done to the couplings after learning.
    alteration: String,
    seed: u64,
    /// Time that learning took, without files.
    seconds: f64,
    /// Passes or steps of an iterative rule; this and the next three are none for a rule of one pass.
    iterations: Option<u64>,
    /// What it made small, a mean over units and patterns.
    loss: Option<f64>,
    /// Norm of the gradient of the loss, over its norm without couplings.
    gradient: Option<f64>,
    /// Mean Euclidean norm of the rows as learned.
    row_norm: Option<f64>,
    /// A goal that was not reached, a limit that was.
    ending: Option<String>,
    asymmetry: f64,
    /// Smallest `ξ_i h_i / |J_i|` over all units and patterns: above 0, every pattern is a fixed point.
    minimal_margin: f64,
}

impl Run for Learn {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl Learn {
    fn report(&self) -> Result<Report, Error> {
        write::check_file(&self.out).map_err(in_flag("--out"))?;
        let seed = self.seed.unwrap_or_else(|| Recipe::default().seed);
        let patterns = self.patterns(seed)?;
        let alteration = self.alter.unwrap_or_default();
        let (learned, seconds) =
            learned::learn(&self.rule, &patterns, seed, alteration).map_err(in_flag("--rule"))?;
        let couplings = learned.memory.couplings().ok_or_else(|| {
            Error::System("this rule leaves no couplings to write".to_owned()).in_source("--rule")
        })?;
        let summary = Summary {
            n_units: patterns.n_units(),
            n_patterns: patterns.n_patterns(),
            rule: self.rule.notation(),
            alteration: alteration.to_string(),
            seed,
            seconds,
            iterations: learned.standing.map(|standing| standing.iteration),
            loss: learned.standing.and_then(|standing| standing.loss),
            gradient: learned.standing.and_then(|standing| standing.gradient),
            row_norm: learned.standing.and_then(|standing| standing.row_norm),
            ending: learned.ending,
            asymmetry: couplings.asymmetry(),
            minimal_margin: Margins::new(couplings, &patterns).smallest,
        };
        let file = npy::write_f32(&couplings.to_array());
        write::file(&self.out, &file).map_err(in_flag("--out"))?;
        let out = if self.json {
            super::json_line(&summary)
        } else {
            summary.text()
        };
        Ok(Report {
            out,
            note: learned::losses(&self.rule),
        })
    }

    /// The patterns of the file or of the world.
    fn patterns(&self, seed: u64) -> Result<Arc<Patterns>, Error> {
        if let Some(world) = &self.world {
            let world = world.open().map_err(in_flag("--world"))?;
            let source = world::prepare(&world, seed).and_then(|source| source.stored());
            return Ok(source.map_err(in_flag("--world"))?.patterns);
        }
        let path = self
            .patterns_file
            .as_deref()
            .unwrap_or_else(|| Path::new(""));
        let patterns = Self::read(path).map_err(|problem| {
            let in_file = problem.in_source(path.display().to_string());
            in_file.in_source("--patterns-file")
        })?;
        Ok(Arc::new(patterns))
    }

    fn read(path: &Path) -> Result<Patterns, Error> {
        let rows = npy::read_patterns(&open::read(path)?)?;
        let (n_patterns, n_units) = rows.dim();
        if n_patterns > MAX_PATTERNS || n_units > MAX_UNITS {
            return Err(Error::Shape {
                what: "an array of patterns",
                expected: format!("at most {MAX_PATTERNS} rows and {MAX_UNITS} columns"),
                found: format!("shape {n_patterns} × {n_units}"),
            });
        }
        Patterns::new(rows, Grid::near_square(n_units), None)
    }
}

impl Summary {
    fn text(&self) -> String {
        let mut rows = vec![
            (
                "Stored",
                format!(
                    "P = {} patterns of N = {} units",
                    self.n_patterns, self.n_units
                ),
            ),
            ("Rule", self.rule.clone()),
            ("Learned in", format!("{:.3} s", self.seconds)),
            (
                "Iterations",
                self.iterations.map_or_else(String::new, count),
            ),
            ("Loss", figure(self.loss)),
            ("Gradient", figure(self.gradient)),
            ("Row norm", figure(self.row_norm)),
            ("Asymmetry", short(self.asymmetry)),
            (
                "Smallest margin",
                format!(
                    "{} (above 0, every pattern is a fixed point)",
                    short(self.minimal_margin)
                ),
            ),
        ];
        rows.retain(|(_, value)| !value.is_empty());
        rows.extend(self.ending.clone().map(|ending| ("Note", ending)));
        text::table(&rows)
    }
}

/// A number as people read it; nothing for none.
fn figure(number: Option<f64>) -> String {
    number.map_or_else(String::new, short)
}
