//! `engram predict`: what theory says of a rule at a load, before anything is learned: the numbers and sentences beside
//! the sliders of the window, and whether the numbers are of the mean activity that was asked about.

use super::help::{self, Keys};
use super::{Report, Run, json_line, numbers, text};
use crate::engine::numbers::{count, count_of_exponential, percent, plain, short};
use crate::engine::theory::expectation::{Expectation, Load};
use crate::engine::{Error, LearningRule};
use clap::Args;
use serde::Serialize;

const EXAMPLES: &[&str] = &[
    "engram predict --rule hebb --n 1000 --p 100",
    "engram predict --rule taylor:c1pre=0.3 --n 400 --p 20 --activity -0.4",
    "engram predict --rule dense:n=3 --n 784 --p 30000 --json",
];

const KEYS: &Keys = &[
    help::RULE,
    help::N_UNITS,
    help::N_PATTERNS,
    ("activity", "mean activity of the patterns, -1 to 1"),
    ("load", "patterns to a unit, P/N"),
    (
        "signal_to_noise",
        "(signal / noise)² of the field of a unit in a stored pattern; null where theory says nothing, as with all that follows",
    ),
    (
        "bit_error",
        "share of the units of a stored pattern that are wrong after one step",
    ),
    (
        "overlap",
        "overlap at which stored patterns settle in large networks; 0 where they are lost",
    ),
    (
        "cue_overlap",
        "overlap with its pattern from which a cue comes back; above 1, none does",
    ),
    (
        "stability",
        "largest stability κ(α) of couplings; 0 where none hold all patterns",
    ),
    (
        "capacity",
        "how many patterns are held; null also where that is beyond all numbers",
    ),
    ("ln_capacity", "the natural logarithm of that number"),
    ("capacity_means", "what is true of the patterns up to there"),
    ("said", "all that theory says, a sentence each"),
];

/// Tell what theory says of a rule at a load: signal to noise, wrong units, overlap, capacity.
///
/// Theory is of random patterns; numbers that it does not have for a rule are left out.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.iter().copied())
)]
pub(super) struct Predict {
    /// Learning rule, NAME or NAME:key=value,…; 'engram rules' lists them
    #[arg(long, value_name = "RULE", value_parser = LearningRule::parse)]
    rule: LearningRule,
    /// Units N, 2 to 1000000
    #[arg(long, value_name = "N", value_parser = numbers::units, allow_negative_numbers = true)]
    n: usize,
    /// Patterns P, 1 to 1000000000000
    #[arg(long, value_name = "P", value_parser = numbers::many_patterns, allow_negative_numbers = true)]
    p: usize,
    /// Mean activity of the patterns, -1 to 1; where theory has numbers for 0 alone, they are of that, and it is said
    /// [default: 0]
    #[arg(long, value_name = "A", value_parser = numbers::activity, allow_negative_numbers = true)]
    activity: Option<f64>,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary {
    rule: String,
    n_units: usize,
    n_patterns: usize,
    activity: f64,
    load: f64,
    signal_to_noise: Option<f64>,
    bit_error: Option<f64>,
    overlap: Option<f64>,
    cue_overlap: Option<f64>,
    stability: Option<f64>,
    capacity: Option<f64>,
    ln_capacity: Option<f64>,
    capacity_means: Option<&'static str>,
    said: Vec<String>,
}

impl Run for Predict {
    fn run(&self) -> Result<Report, Error> {
        let load = Load {
            n_units: self.n,
            n_patterns: self.p,
            activity: self.activity.unwrap_or(0.0),
        };
        let summary = Summary::of(&self.rule, load);
        let out = if self.json {
            json_line(&summary)
        } else {
            summary.text()
        };
        Ok(Report::new(out, Vec::new()))
    }
}

impl Summary {
    fn of(rule: &LearningRule, load: Load) -> Self {
        let expected = rule.rule().expectation(load);
        let unbiased = rule.rule().expectation(Load {
            activity: 0.0,
            ..load
        });
        let is_silent = expected.is_none();
        let numbers = expected.as_ref().map(numbers_of);
        let has_numbers = numbers != Some(Expectation::default());
        let ignores_activity =
            load.activity != 0.0 && has_numbers && numbers == unbiased.as_ref().map(numbers_of);
        let Expectation {
            signal_to_noise,
            bit_error,
            overlap,
            cue_overlap,
            stability,
            capacity,
            mut said,
        } = expected.unwrap_or_default();
        if is_silent {
            said.push("Theory says nothing of this rule".to_owned());
        } else if ignores_activity {
            said.push("The numbers are of patterns of mean activity 0".to_owned());
        }
        Self {
            rule: rule.notation(),
            n_units: load.n_units,
            n_patterns: load.n_patterns,
            activity: load.activity,
            load: load.alpha(),
            signal_to_noise,
            bit_error,
            overlap,
            cue_overlap,
            stability,
            capacity: capacity
                .map(|it| it.n_patterns)
                .filter(|most| most.is_finite()),
            ln_capacity: capacity
                .map(|it| it.ln_patterns)
                .filter(|most| most.is_finite()),
            capacity_means: capacity.map(|it| it.criterion),
            said,
        }
    }

    fn text(&self) -> String {
        let number = |value: Option<f64>| value.map_or_else(String::new, short);
        let most = match (self.capacity, self.ln_capacity) {
            (Some(most), _) if most < 1e7 => count(most as u64),
            (_, Some(most)) => count_of_exponential(most),
            _ => count(0),
        };
        let capacity = self.capacity_means.map_or_else(String::new, |means| {
            format!("P = {most}: up to there, {means}")
        });
        let wrong = self.bit_error.map_or_else(String::new, |share| {
            format!(
                "{} of the units of a pattern after one step",
                percent(share)
            )
        });
        let mut rows = vec![
            ("Rule", self.rule.clone()),
            (
                "Load",
                format!(
                    "P = {} patterns of N = {} units, α = {}, mean activity {}",
                    self.n_patterns,
                    self.n_units,
                    plain(self.load),
                    plain(self.activity)
                ),
            ),
            ("Signal to noise", number(self.signal_to_noise)),
            ("Wrong", wrong),
            ("Settles at overlap", number(self.overlap)),
            ("Comes back from", number(self.cue_overlap)),
            ("Largest stability", number(self.stability)),
            ("Capacity", capacity),
        ];
        rows.retain(|(_, value)| !value.is_empty());
        let names = std::iter::once("Theory").chain(std::iter::repeat(""));
        rows.extend(names.zip(self.said.iter().cloned()));
        text::table(&rows)
    }
}

/// What is expected without the sentences.
fn numbers_of(expected: &Expectation) -> Expectation {
    Expectation {
        said: Vec::new(),
        ..expected.clone()
    }
}
