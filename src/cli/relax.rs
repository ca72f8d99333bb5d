//! `engram relax`: couplings and a batch of cues from NumPy files in, final states out.

use super::threads::Threads;
use super::{Report, Run, in_flag, learned, numbers, text};
use crate::edge::open;
use crate::edge::write;
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::numbers::{decimals, short};
use crate::engine::{Couplings, Dynamics, Error, Memory, State, Verdict};
use crate::jobs::Stopwatch;
use crate::trial::Recipe;
use crate::worlds::files::{ReadCouplings, read_couplings};
use crate::worlds::npy;
use clap::Args;
use ndarray::Array2;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Let a batch of states move through given couplings until they rest.
///
/// Cue b (from 0) takes its random choices from the seed S + b, wrapping around, so that cue 0 alone with seed S + b
/// does the same. Writes the final states as an array B × N of i8.
#[derive(Args)]
pub(super) struct Relax {
    /// NumPy array N × N of finite numbers, or an archive of it (.npz); row i holds what acts on unit i
    #[arg(long, value_name = "J.npy")]
    couplings: PathBuf,
    /// NumPy array B × N of +1 and −1, one cue a row
    #[arg(long, value_name = "C.npy")]
    cues: PathBuf,
    /// How states move: async, ordered, sync or glauber:T=x
    #[arg(long, value_name = "NAME", value_parser = Dynamics::parse)]
    dynamics: Dynamics,
    /// Sweeps after which a run is stopped, 1 to 10000: it ends in the state after so many, also inside a cycle, where
    /// whole rounds are left out [default: 100]
    #[arg(long, value_name = "M", value_parser = numbers::sweeps, allow_negative_numbers = true)]
    max_sweeps: Option<u64>,
    /// Seed S of the random choices [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Where to write the final states
    #[arg(long, value_name = "S.npy")]
    out: PathBuf,
    #[command(flatten)]
    threads: Threads,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

/// What became of each cue, and of what they were.
#[derive(Serialize)]
struct Summary {
    n_units: usize,
    n_cues: usize,
    dynamics: String,
    seed: u64,
    /// Time that the runs took, without files.
    seconds: f64,
    asymmetry: f64,
    sweeps: Vec<u64>,
    flips: Vec<u64>,
    verdict: Vec<&'static str>,
    cycle_length: Vec<Option<u64>>,
    /// Of the final states; none for asymmetric couplings.
    energy: Option<Vec<f64>>,
    /// What single precision did not hold of the couplings, in sentences.
    remarks: Vec<String>,
}

impl Run for Relax {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl Relax {
    fn report(&self) -> Result<Report, Error> {
        write::check_file(&self.out).map_err(in_flag("--out"))?;
        let default = Recipe::default();
        let (seed, max_sweeps) = (
            self.seed.unwrap_or(default.seed),
            self.max_sweeps.unwrap_or(default.max_sweeps),
        );
        let (ReadCouplings { couplings, remarks }, cues) = self.read()?;
        let note = learned::remarked(&self.couplings.display().to_string(), &remarks);
        let n_units = couplings.n_units();
        let memory = Arc::new(Memory::Pairwise(couplings));
        let clock = Stopwatch::start();
        let cues: Vec<State> = cues
            .outer_iter()
            .map(|cue| State::from_fn(n_units, |unit| cue[unit] > 0))
            .collect();
        let seed_of = |b: usize| seed.wrapping_add(b as u64);
        let batch = Batch::new(Arc::clone(&memory));
        let rests = batch.settle(&cues, self.dynamics, seed_of, max_sweeps);
        let seconds = clock.elapsed().as_secs_f64();
        let summary = Summary {
            dynamics: self.dynamics.to_string(),
            seed,
            seconds,
            remarks,
            ..Summary::of(&memory, &rests)
        };
        let states = Array2::from_shape_fn((rests.len(), n_units), |(b, unit)| {
            rests[b].state.units()[unit]
        });
        write::file(&self.out, &npy::write_i8(&states)).map_err(in_flag("--out"))?;
        let out = if self.json {
            super::json_line(&summary)
        } else {
            summary.text(&rests)
        };
        Ok(Report { out, note })
    }

    /// Couplings, and cues with as many units.
    fn read(&self) -> Result<(ReadCouplings, Array2<i8>), Error> {
        let read_in = read(&self.couplings, "--couplings", read_couplings)?;
        let cues = read(&self.cues, "--cues", npy::read_patterns)?;
        let n_units = read_in.couplings.n_units();
        if cues.ncols() == n_units {
            return Ok((read_in, cues));
        }
        let problem = Error::Shape {
            what: "an array of cues",
            expected: format!("{n_units} columns, as many as the couplings have units"),
            found: cues.ncols().to_string(),
        };
        Err(named(&self.cues, "--cues", problem))
    }
}

impl Summary {
    /// All that the ends of the runs tell.
    fn of(memory: &Memory, rests: &[Rest]) -> Self {
        Self {
            n_units: memory.n_units(),
            n_cues: rests.len(),
            dynamics: String::new(),
            seed: 0,
            seconds: 0.0,
            asymmetry: memory.couplings().map_or(0.0, Couplings::asymmetry),
            sweeps: rests.iter().map(|rest| rest.sweeps).collect(),
            flips: rests.iter().map(|rest| rest.flips).collect(),
            verdict: rests.iter().map(|rest| rest.verdict.kind()).collect(),
            cycle_length: rests
                .iter()
                .map(|rest| cycle_length(rest.verdict))
                .collect(),
            energy: rests
                .iter()
                .map(|rest| rest.energies.last().copied())
                .collect(),
            remarks: Vec::new(),
        }
    }

    fn text(&self, rests: &[Rest]) -> String {
        let mean = |sum: u64| sum as f64 / rests.len() as f64;
        let energy = self.energy.as_ref().map_or_else(
            || "none exists: the couplings are asymmetric".to_owned(),
            |energies| {
                let mean = energies.iter().sum::<f64>() / rests.len() as f64;
                format!("{} on average", decimals(mean, 6))
            },
        );
        text::table(&[
            (
                "Cues",
                format!("B = {} states of N = {} units", self.n_cues, self.n_units),
            ),
            ("Dynamics", format!("{}, seed {}", self.dynamics, self.seed)),
            ("Verdicts", verdict_counts(rests)),
            (
                "Sweeps",
                format!("{:.2} on average", mean(self.sweeps.iter().sum())),
            ),
            (
                "Flips",
                format!("{:.2} on average", mean(self.flips.iter().sum())),
            ),
            ("Energy", energy),
            ("Asymmetry", short(self.asymmetry)),
            ("Time", format!("{:.3} s", self.seconds)),
        ])
    }
}

/// "cycle of length 2: 1, fixed point: 4" and the like.
fn verdict_counts(rests: &[Rest]) -> String {
    let mut verdicts = BTreeMap::new();
    for rest in rests {
        let kind = match rest.verdict {
            Verdict::NotSettled { .. } => "not settled".to_owned(),
            verdict => verdict.to_string(),
        };
        *verdicts.entry(kind).or_insert(0_usize) += 1;
    }
    let verdicts: Vec<String> = verdicts
        .iter()
        .map(|(kind, count)| format!("{kind}: {count}"))
        .collect();
    verdicts.join(", ")
}

fn cycle_length(verdict: Verdict) -> Option<u64> {
    match verdict {
        Verdict::Cycle { length } => Some(length),
        _ => None,
    }
}

/// The array in the file at `path`; refusals name the flag and the file.
fn read<T>(path: &Path, flag: &str, parse: fn(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
    let array = open::read(path).and_then(|bytes| parse(&bytes));
    array.map_err(|problem| named(path, flag, problem))
}

fn named(path: &Path, flag: &str, problem: Error) -> Error {
    problem
        .in_source(path.display().to_string())
        .in_source(flag)
}
