//! `engram learn`: patterns from a NumPy file in, couplings out.

use super::{Report, files, in_flag, text};
use crate::engine::observables::Margins;
use crate::engine::{Error, Grid, LearningRule, Patterns};
use crate::jobs::Stopwatch;
use crate::session::Recipe;
use crate::worlds::npy;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// The most units N for which couplings can be written and read again.
const MAX_UNITS: usize = npy::MAX_ENTRIES.isqrt();

/// The most patterns P: beyond, rounding of their sums is felt by the smallest ridge.
const MAX_PATTERNS: usize = 1_000_000;

/// Turn patterns from a NumPy file into couplings.
///
/// Writes an array N × N of f32 whose row i holds what acts on unit i.
#[derive(Args)]
pub(super) struct Learn {
    /// NumPy array P × N of +1 and −1, one pattern a row: at most 1000000 of 16384 units
    #[arg(long, value_name = "X.npy")]
    patterns_file: PathBuf,
    /// Learning rule, NAME or NAME:key=value,…; 'engram rules' lists them
    #[arg(long, value_name = "RULE", value_parser = LearningRule::parse)]
    rule: LearningRule,
    /// Where to write the couplings
    #[arg(long, value_name = "J.npy")]
    out: PathBuf,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary {
    n_units: usize,
    n_patterns: usize,
    rule: String,
    /// Time that learning took, without files.
    seconds: f64,
    asymmetry: f64,
    /// Smallest `ξ_i h_i / |J_i|` over all units and patterns: above 0, every pattern is a fixed point.
    minimal_margin: f64,
}

impl Learn {
    pub(super) fn run(&self) -> Result<Report, Error> {
        files::check_file(&self.out).map_err(in_flag("--out"))?;
        let patterns = self.patterns().map_err(|problem| {
            problem
                .in_source(self.patterns_file.display().to_string())
                .in_source("--patterns-file")
        })?;
        let patterns = Arc::new(patterns);
        let clock = Stopwatch::start();
        let memory = self
            .rule
            .learn(Arc::clone(&patterns), Recipe::default().seed)
            .map_err(in_flag("--rule"))?;
        let seconds = clock.elapsed().as_secs_f64();
        let couplings = memory.couplings().ok_or_else(|| {
            Error::System("this rule leaves no couplings to write".to_owned()).in_source("--rule")
        })?;
        let summary = Summary {
            n_units: patterns.n_units(),
            n_patterns: patterns.n_patterns(),
            rule: self.rule.notation(),
            seconds,
            asymmetry: couplings.asymmetry(),
            minimal_margin: Margins::new(couplings, &patterns).smallest,
        };
        let file = npy::write_f32(&couplings.to_array());
        files::write(&self.out, &file).map_err(in_flag("--out"))?;
        let out = if self.json {
            super::json_line(&summary)
        } else {
            summary.text()
        };
        Ok(Report {
            out,
            note: String::new(),
        })
    }

    fn patterns(&self) -> Result<Patterns, Error> {
        let rows = npy::read_patterns(&files::read(&self.patterns_file)?)?;
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
        text::table(&[
            (
                "Stored",
                format!(
                    "P = {} patterns of N = {} units",
                    self.n_patterns, self.n_units
                ),
            ),
            ("Rule", self.rule.clone()),
            ("Learned in", format!("{:.3} s", self.seconds)),
            ("Asymmetry", format!("{:.6}", self.asymmetry)),
            (
                "Smallest margin",
                format!(
                    "{:.6} (above 0, every pattern is a fixed point)",
                    self.minimal_margin
                ),
            ),
        ])
    }
}
