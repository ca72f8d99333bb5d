//! `engram learn`: patterns from a NumPy file in, couplings out.

use super::help::{self, Keys};
use super::mending::{self, Taken, Typed};
use super::threads::Threads;
use super::{Report, Run, in_flag, in_path, json_line, learned, numbers, read, text, write};
use crate::edge::distinct::{self, Output};
use crate::edge::world_files::Chosen;
use crate::engine::learning::Group;
use crate::engine::numbers::{count, short};
use crate::engine::observables::Margins;
use crate::engine::patterns::Letters;
use crate::engine::{Alteration, Couplings, Error, LearningRule, Memory, Patterns};
use crate::trial::Recipe;
use crate::trial::facts::losses;
use crate::worlds::files::{ReadCouplings, read_couplings};
use crate::worlds::{Findings, LeftOut, npy, npz};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const EXAMPLES: &[&str] = &[
    "engram world random:n=49,p=4 --out X.npy",
    "engram learn --patterns-file X.npy --rule hebb --out J.npy",
    "engram learn --world glyphs --rule max-stability --alter asymmetry=0 --out J.npz --json",
    "engram learn --world protein:p=20 --rule potts-hebb --out P.npz",
    "engram learn --patterns-file X.npy --rule pseudo-likelihood:optimiser=descent,steps=50 --start J.npy --out K.npy",
];

const KEYS: &Keys = &[
    help::N_UNITS,
    help::N_PATTERNS,
    help::RULE,
    (
        "alteration",
        "what was done to the couplings after learning",
    ),
    help::SEED,
    ("seconds", "time that learning took, without files"),
    (
        "iterations",
        "passes or steps of an iterative rule; this and the next three are null for a rule of one pass",
    ),
    ("loss", "what it made small, a mean over units and patterns"),
    (
        "gradient",
        "norm of the gradient of the loss, over its norm without couplings",
    ),
    ("row_norm", "mean Euclidean norm of the rows as learned"),
    (
        "ending",
        "a goal of learning that was not reached, a limit that was; null if all is well",
    ),
    (
        "asymmetry",
        "size of J - J^T over that of J + J^T, 0 if symmetric; null if J = -J^T",
    ),
    (
        "minimal_margin",
        "the smallest margin of a unit in a pattern, of letters by how much a field exceeds the best other one: above 0, \
        every pattern is a fixed point",
    ),
    (
        "source_rows",
        "the row of what was opened, or the entry of the world's data, that each pattern is, from 0; null for a file of \
        patterns, which are taken in order",
    ),
    (
        "remarks",
        "what was mended of what was asked, what is odd about the patterns, and what single precision did not hold of \
        couplings in a file, a sentence each",
    ),
    help::LEFT_OUT,
];

/// Turn patterns, from a NumPy file or a world, into couplings.
///
/// Writes J, an array N × N of f32 whose row i holds what acts on unit i. A name that ends in .npz makes an archive of
/// it; for rules for letters it must, and holds two arrays of f32: J (N, q, N, q) with J_ij(a,b), what letter b at site
/// j adds to the field of letter a at site i, and h (N, q) with the fields h_i(a); both in the gauge as learned.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.iter().copied())
)]
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
    /// Learning rule, NAME or NAME:key=value,…; 'engram rules' lists them; or couplings, J.npy, in place of learning
    #[arg(long, value_name = "RULE", value_parser = learned::rule)]
    rule: LearningRule,
    /// Couplings that learning starts from in place of the rule's own, a file like J.npy: for
    /// pseudo-likelihood:optimiser=descent
    #[arg(long, value_name = "J.npy")]
    start: Option<PathBuf>,
    /// What is done to the couplings once they are learned: asymmetry=k (1 as learned to 0 symmetrised), dilution=p
    /// (share that is cut), cut=pairs|each, with commas between [default: nothing]
    #[arg(long, value_name = "HOW", value_parser = Alteration::parse)]
    alter: Option<Alteration>,
    /// Seed S of whatever is random in learning [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Where to write the couplings: J.npy, or J.npz
    #[arg(long, value_name = "FILE")]
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
    alteration: String,
    seed: u64,
    seconds: f64,
    iterations: Option<u64>,
    loss: Option<f64>,
    gradient: Option<f64>,
    row_norm: Option<f64>,
    ending: Option<String>,
    asymmetry: f64,
    minimal_margin: f64,
    source_rows: Option<Vec<usize>>,
    remarks: Vec<String>,
    left_out: Vec<LeftOut>,
}

impl Run for Learn {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl Learn {
    fn report(&self) -> Result<Report, Error> {
        self.check_paths()?;
        let seed = self.seed.unwrap_or_else(|| Recipe::default().seed);
        let Given {
            patterns,
            mut findings,
            source_rows,
        } = self.given(seed)?;
        findings.remarks.extend(losses(&self.rule));
        let form = self.form(&patterns)?;
        let alteration = self.alter.unwrap_or_default();
        let first = self.first_couplings(&mut findings)?;
        let first = first.as_ref();
        let (learned, seconds) =
            learned::learn_from(first, &self.rule, &patterns, seed, alteration)?;
        let memory = &learned.memory;
        let mut notes = findings.warnings().collect();
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
            asymmetry: learned::asymmetry(memory).unwrap_or(0.0),
            minimal_margin: smallest_margin(memory, &patterns),
            source_rows,
            remarks: findings.remarks,
            left_out: findings.left_out,
        };
        let file = match (form, memory.couplings()) {
            (Form::Npy, Some(couplings)) => npy::write_f32(&couplings.to_array()),
            _ => npz::write_memory(memory).map_err(in_flag("--out"))?,
        };
        write("--out", &self.out, &file, &mut notes)?;
        let out = if self.json {
            json_line(&summary)
        } else {
            summary.text()
        };
        Ok(Report::new(out, notes))
    }

    /// Refuses a file that cannot be written, and one that is read.
    fn check_paths(&self) -> Result<(), Error> {
        let files = distinct::files([
            ("--patterns-file", self.patterns_file.as_deref()),
            ("--rule", learned::file(&self.rule)),
            ("--start", self.start.as_deref()),
        ]);
        let world = self.world.as_ref().and_then(Chosen::path);
        distinct::check_paths(
            &[files, distinct::named([("--world", world)])].concat(),
            &Output::files([("--out", Some(&*self.out))]),
        )
    }

    /// The couplings in the file of `--start`; what single precision did not hold of them is found.
    fn first_couplings(&self, findings: &mut Findings) -> Result<Option<Couplings>, Error> {
        let Some(path) = &self.start else {
            return Ok(None);
        };
        let ReadCouplings { couplings, remarks } = read("--start", path, read_couplings)?;
        findings.remarks.extend(remarks);
        Ok(Some(couplings))
    }

    /// What is written. Refused, before anything is learned: a rule without couplings, letters that are not written as
    /// an archive, and an archive that could not be read again.
    fn form(&self, patterns: &Patterns) -> Result<Form, Error> {
        self.rule.check(patterns).map_err(in_flag("--rule"))?;
        if self.rule.about().group == Group::Dense {
            let why = "this rule leaves no couplings to write".to_owned();
            return Err(Error::System(why).in_source("--rule"));
        }
        let ending = self.out.extension().unwrap_or_default();
        let letters = patterns.alphabet().letters();
        if ending.eq_ignore_ascii_case("npz") {
            let n_letters = letters.map(Letters::count);
            let admitted = npz::check_size(patterns.n_units(), n_letters);
            return admitted.map(|()| Form::Npz).map_err(in_flag("--out"));
        }
        if letters.is_some() {
            let problem = Error::Format {
                expected: "couplings of letters and their fields go to an archive, NAME.npz"
                    .to_owned(),
                found: "this is called otherwise".to_owned(),
            };
            return Err(in_path("--out", &self.out)(problem));
        }
        Ok(Form::Npy)
    }

    /// The patterns of the file or of the world.
    fn given(&self, seed: u64) -> Result<Given, Error> {
        if let Some(chosen) = &self.world {
            let typed = Typed {
                chosen: Some(chosen),
                ..Typed::default()
            };
            let world = chosen.open();
            let taken = world.and_then(|world| mending::taken(&world, typed, seed));
            let Taken {
                source,
                stored,
                findings,
            } = taken.map_err(in_flag("--world"))?;
            return Ok(Given {
                source_rows: Some(source.source_rows(&stored)),
                patterns: stored.patterns,
                findings,
            });
        }
        let path = self
            .patterns_file
            .as_deref()
            .unwrap_or_else(|| Path::new(""));
        let patterns = read("--patterns-file", path, learned::patterns)?;
        Ok(Given {
            findings: Findings::default().with_patterns(&patterns),
            patterns: Arc::new(patterns),
            source_rows: None,
        })
    }
}

/// What couplings are written as.
enum Form {
    /// One array.
    Npy,
    /// An archive.
    Npz,
}

/// Patterns to learn.
struct Given {
    patterns: Arc<Patterns>,
    /// What was found in the data, and what was mended.
    findings: Findings,
    /// Which row of what was opened each is; `None` for all rows in order.
    source_rows: Option<Vec<usize>>,
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

/// The smallest margin of a unit in a pattern; of letters, by how much a field exceeds the best other one.
fn smallest_margin(memory: &Memory, patterns: &Patterns) -> f64 {
    if let Some(couplings) = memory.couplings() {
        return Margins::new(couplings, patterns).smallest;
    }
    let all = 0..patterns.n_patterns();
    let fields = all.flat_map(|pattern| memory.fields(&patterns.state(pattern)));
    f64::from(fields.fold(f32::INFINITY, f32::min))
}

/// A number as people read it; nothing for none.
fn figure(number: Option<f64>) -> String {
    number.map_or_else(String::new, short)
}
