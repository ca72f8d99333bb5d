//! `engram relax`: couplings, or patterns and a rule, and a batch of cues from NumPy files in, final states out.

use super::help::{self, Keys};
use super::threads::Threads;
use super::{Report, Run, in_path, json_line, learned, numbers, read, text, write};
use crate::edge::distinct::{self, Output};
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::numbers::{decimals, short};
use crate::engine::patterns::Letters;
use crate::engine::{Alteration, Dynamics, Error, LearningRule, Memory, State, Verdict};
use crate::jobs::Stopwatch;
use crate::trial::Recipe;
use crate::trial::facts::losses;
use crate::worlds::Findings;
use crate::worlds::files::{read_memory, read_states};
use crate::worlds::npy;
use clap::Args;
use ndarray::Array2;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

const EXAMPLES: &[&str] = &[
    "engram world random:n=49,p=4 --out X.npy",
    "engram learn --patterns-file X.npy --rule hebb --out J.npy",
    "engram relax --couplings J.npy --cues X.npy --dynamics sync --out S.npy",
    "engram relax --patterns-file X.npy --rule dense --cues X.npy --dynamics async --out S.npy --json",
    "engram world protein:p=20 --out L.npy",
    "engram learn --world protein:p=20 --rule potts-hebb --out P.npz",
    "engram relax --couplings P.npz --cues L.npy --dynamics glauber:T=0.1 --out S.npy",
];

const KEYS: &Keys = &[
    help::N_UNITS,
    ("n_cues", "cues B"),
    ("dynamics", "how states move"),
    help::SEED,
    (
        "seconds",
        "time that the runs took, without files and learning",
    ),
    (
        "asymmetry",
        "size of J - J^T over that of J + J^T, 0 if symmetric; null for a memory without couplings, and if J = -J^T",
    ),
    ("sweeps", "sweeps of each run"),
    (
        "flips",
        "units that changed on the way, each as often as it did",
    ),
    ("verdict", "fixed point, cycle or not settled, of each"),
    (
        "cycle_length",
        "length of the cycle, in sweeps; null for none",
    ),
    (
        "energy",
        "energies of the final states; null for couplings that have none",
    ),
    (
        "remarks",
        "what single precision did not hold of couplings in a file, what is odd about patterns, a goal of learning that \
        was not reached, a sentence each",
    ),
];

/// Let a batch of states move through given couplings, or through what a rule makes of patterns, until they rest.
///
/// Cue b (from 0) takes its random choices from the seed S + b, wrapping around, so that cue 0 alone with seed S + b
/// does the same. Writes the final states as an array B × N of i8.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.iter().copied())
)]
pub(super) struct Relax {
    /// NumPy array N × N of finite numbers, or an archive of it (.npz); row i holds what acts on unit i. Or an archive of
    /// J (N, q, N, q) and h (N, q), couplings and fields of letters as 'engram learn' writes them
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "patterns_file",
        conflicts_with_all = ["patterns_file", "rule"]
    )]
    couplings: Option<PathBuf>,
    /// NumPy array P × N of +1 and −1, one pattern a row, to be learned by --rule instead
    #[arg(long, value_name = "X.npy", requires = "rule")]
    patterns_file: Option<PathBuf>,
    /// Learning rule for --patterns-file, NAME or NAME:key=value,…; 'engram rules' lists them; or couplings, J.npy, in
    /// place of learning
    #[arg(long, value_name = "RULE", value_parser = learned::rule, requires = "patterns_file")]
    rule: Option<LearningRule>,
    /// NumPy array B × N, one cue a row: of +1 and −1, or of letters counted from 0 for couplings of letters
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
    seconds: f64,
    asymmetry: Option<f64>,
    sweeps: Vec<u64>,
    flips: Vec<u64>,
    verdict: Vec<&'static str>,
    cycle_length: Vec<Option<u64>>,
    energy: Option<Vec<f64>>,
    remarks: Vec<String>,
}

/// What is to be relaxed.
struct Given {
    memory: Arc<Memory>,
    cues: Vec<State>,
    /// What is to be said of how they were read and learned.
    remarks: Vec<String>,
}

impl Run for Relax {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl Relax {
    fn report(&self) -> Result<Report, Error> {
        self.check_paths()?;
        let default = Recipe::default();
        let (seed, max_sweeps) = (
            self.seed.unwrap_or(default.seed),
            self.max_sweeps.unwrap_or(default.max_sweeps),
        );
        let Given {
            memory,
            cues,
            remarks,
        } = self.given(seed)?;
        let clock = Stopwatch::start();
        let seed_of = |b: usize| seed.wrapping_add(b as u64);
        let batch = Batch::new(Arc::clone(&memory));
        let rests = batch.settle(&cues, self.dynamics, seed_of, max_sweeps);
        let seconds = clock.elapsed().as_secs_f64();
        let mut notes = remarks.clone();
        let energy = |rest: &Rest| {
            let kept = rest.energies.last().copied();
            kept.or_else(|| memory.energy(&rest.state))
        };
        let summary = Summary {
            n_units: memory.n_units(),
            n_cues: rests.len(),
            dynamics: self.dynamics.to_string(),
            seed,
            seconds,
            asymmetry: learned::asymmetry(&memory),
            sweeps: rests.iter().map(|rest| rest.sweeps).collect(),
            flips: rests.iter().map(|rest| rest.flips).collect(),
            verdict: rests.iter().map(|rest| rest.verdict.kind()).collect(),
            cycle_length: rests
                .iter()
                .map(|rest| cycle_length(rest.verdict))
                .collect(),
            energy: rests.iter().map(energy).collect(),
            remarks,
        };
        let states = Array2::from_shape_fn((rests.len(), memory.n_units()), |(b, unit)| {
            rests[b].state.units()[unit]
        });
        write("--out", &self.out, &npy::write_i8(&states), &mut notes)?;
        let out = if self.json {
            json_line(&summary)
        } else {
            summary.text(&rests)
        };
        Ok(Report::new(out, notes))
    }

    /// Refuses a file that cannot be written, and one that is read.
    fn check_paths(&self) -> Result<(), Error> {
        let inputs = [
            ("--couplings", self.couplings.as_deref()),
            ("--patterns-file", self.patterns_file.as_deref()),
            ("--rule", self.rule.as_ref().and_then(learned::file)),
            ("--cues", Some(&*self.cues)),
        ];
        distinct::check_paths(
            &distinct::files(inputs),
            &Output::files([("--out", Some(&*self.out))]),
        )
    }

    /// What is read, and learned once all is read.
    fn given(&self, seed: u64) -> Result<Given, Error> {
        if let Some(path) = &self.couplings {
            let (memory, losses) = read("--couplings", path, read_memory)?;
            let letters = memory.n_letters().map(Letters::plain).transpose()?;
            let named = |loss: &String| format!("{}: {loss}", path.display());
            return Ok(Given {
                cues: self.cues(memory.n_units(), letters)?,
                memory: Arc::new(memory),
                remarks: losses.iter().map(named).collect(),
            });
        }
        let (Some(path), Some(rule)) = (&self.patterns_file, &self.rule) else {
            let why = "couplings, or patterns and a rule, are wanted";
            return Err(Error::System(why.to_owned()));
        };
        learned::check_dynamics(rule, self.dynamics)?;
        let patterns = Arc::new(read("--patterns-file", path, learned::patterns)?);
        let cues = self.cues(patterns.n_units(), patterns.alphabet().letters())?;
        let mut remarks = Findings::default().with_patterns(&patterns).remarks;
        remarks.extend(losses(rule));
        let (learned, _seconds) = learned::learn(rule, &patterns, seed, Alteration::default())?;
        remarks.extend(learned.ending);
        Ok(Given {
            memory: learned.memory,
            cues,
            remarks,
        })
    }

    /// Cues of so many units, and of these letters or of signs.
    fn cues(&self, n_units: usize, letters: Option<Letters>) -> Result<Vec<State>, Error> {
        let cues = read("--cues", &self.cues, |bytes| read_states(bytes, letters))?;
        match cues.iter().find(|cue| cue.n_units() != n_units) {
            None => Ok(cues),
            Some(cue) => {
                let problem = Error::Shape {
                    what: "an array of cues",
                    expected: format!("{n_units} columns, one for each unit"),
                    found: cue.n_units().to_string(),
                };
                Err(in_path("--cues", &self.cues)(problem))
            }
        }
    }
}

impl Summary {
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
            (
                "Asymmetry",
                self.asymmetry.map_or_else(|| "none".to_owned(), short),
            ),
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
