//! `engram contacts`: which sites of a protein family touch, by the couplings between letters that a rule learns.

use super::help::{self, Keys};
use super::mending::{self, Taken, Typed};
use super::threads::Threads;
use super::{Report, Run, in_flag, json_line, learned, numbers, text, write};
use crate::edge::distinct::{self, Output};
use crate::edge::world_files::Chosen;
use crate::engine::numbers::{decimals, percent, short};
use crate::engine::observables::{Pair, Precision, count_of_pairs};
use crate::engine::{Alteration, Error, LearningRule};
use crate::trial::{Recipe, usual_rule};
use crate::worlds::proteins::{ContactMap, Family};
use crate::worlds::{Data, Findings, LeftOut, World};
use clap::Args;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

const EXAMPLES: &[&str] = &[
    "engram contacts --world protein:p=500 --rule potts-hebb --top 10",
    "engram contacts --world protein:p=20 --rule potts:tolerance=0.1 --out contacts.csv",
    "engram contacts --world protein:p=20 --rule potts-hebb --json",
];

const KEYS: &Keys = &[
    ("world", "the family with all its settings"),
    help::RULE,
    help::SEED,
    (
        "n_units",
        "sites N: the columns of the alignment that are kept",
    ),
    ("n_patterns", "sequences P that were learned"),
    (
        "columns",
        "the column of the alignment, from 0, that each site is",
    ),
    (
        "ending",
        "a goal of learning that was not reached, a limit that was; null if all is well",
    ),
    (
        "pairs",
        "pairs of sites i < j, from 0, more than four apart, the surest first: the corrected score, and the distance in Å, \
        null where no structure tells",
    ),
    (
        "precisions",
        "of so many surest pairs (looked_at), how many touch (touching, share), and how many by plain covariance \
        (by_covariance); empty without a structure",
    ),
    (
        "chance",
        "share of all pairs that touch; null without a structure",
    ),
    help::REMARKS,
    help::LEFT_OUT,
];

/// Tell which sites of a protein family touch, by the couplings between letters.
///
/// Scores are the norms of the couplings in the zero-sum gauge, less what every site has with all others. Pairs count
/// that are more than four sites apart; two sites touch whose distance in the structure is below 8 Å.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.iter().copied())
)]
pub(super) struct Contacts {
    /// The protein family, protein or protein:key=value,…, or an alignment of your own, or a folder of it and a
    /// structure [default: protein]
    #[arg(long, value_name = "WORLD", value_parser = Chosen::parse)]
    world: Option<Chosen>,
    /// Learning rule for letters, NAME or NAME:key=value,…; 'engram rules' lists them [default: potts]
    #[arg(long, value_name = "RULE", value_parser = LearningRule::parse)]
    rule: Option<LearningRule>,
    /// Seed S of whatever is random: which sequences are stored [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Number of pairs to tell of, the surest first [default: as many as sites]
    #[arg(long, value_name = "K", value_parser = numbers::pairs, allow_negative_numbers = true)]
    top: Option<usize>,
    /// Where to write the pairs as a table: i,j,column_i,column_j,score,distance
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
    /// Print one JSON object on one line instead
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary {
    world: String,
    rule: String,
    seed: u64,
    n_units: usize,
    n_patterns: usize,
    columns: Vec<usize>,
    ending: Option<String>,
    pairs: Vec<ScoredPair>,
    precisions: Vec<Surest>,
    chance: Option<f64>,
    remarks: Vec<String>,
    left_out: Vec<LeftOut>,
}

/// A pair of sites.
#[derive(Serialize)]
struct ScoredPair {
    i: usize,
    j: usize,
    score: f32,
    distance: Option<f32>,
}

/// How many of the surest pairs touch.
#[derive(Serialize)]
struct Surest {
    looked_at: usize,
    touching: usize,
    share: f64,
    by_covariance: usize,
}

impl Run for Contacts {
    fn run(&self) -> Result<Report, Error> {
        self.threads.share(|| self.report())
    }
}

impl Contacts {
    fn report(&self) -> Result<Report, Error> {
        self.check_paths()?;
        let (summary, findings) = self.summary()?;
        let mut notes: Vec<String> = findings.warnings().collect();
        if let Some(path) = &self.out {
            write("--out", path, summary.table().as_bytes(), &mut notes)?;
        }
        let out = if self.json {
            json_line(&summary)
        } else {
            summary.text()
        };
        Ok(Report::new(out, notes))
    }

    /// Refuses a file that cannot be written, and one that is read.
    fn check_paths(&self) -> Result<(), Error> {
        let world = self.world.as_ref().and_then(Chosen::path);
        distinct::check_paths(
            &distinct::named([("--world", world)]),
            &Output::files([("--out", self.out.as_deref())]),
        )
    }

    /// All that there is to tell, and what was found in the data.
    fn summary(&self) -> Result<(Summary, Findings), Error> {
        let seed = self.seed.unwrap_or_else(|| Recipe::default().seed);
        let world = match &self.world {
            Some(chosen) => chosen.open(),
            None => World::named("protein"),
        };
        let typed = Typed {
            chosen: self.world.as_ref(),
            ..Typed::default()
        };
        let taken = world.and_then(|world| mending::taken(&world, typed, seed));
        let Taken {
            source,
            stored,
            findings,
        } = taken.map_err(in_flag("--world"))?;
        let Data::Protein(family) = source.data() else {
            let problem = Error::Format {
                expected: "contacts are those of a protein family".to_owned(),
                found: format!("{} is none", source.world().settings().name()),
            };
            return Err(problem.in_source("--world"));
        };
        let patterns = stored.patterns;
        let top = self.top(patterns.n_units())?;
        let rule = self.rule.clone();
        let rule = rule.unwrap_or_else(|| usual_rule(patterns.alphabet()));
        let (learned, _seconds) = learned::learn(&rule, &patterns, seed, Alteration::default())?;
        let couplings = learned.memory.potts();
        let couplings = couplings.expect("rules that learn letters couple letters");
        let map = ContactMap::new(couplings, &patterns, family)?;
        let summary = Summary {
            world: source.world().notation(),
            rule: rule.notation(),
            seed,
            n_units: patterns.n_units(),
            n_patterns: patterns.n_patterns(),
            columns: family.filtered.columns.clone(),
            ending: learned.ending,
            pairs: surest(&map, family, top),
            precisions: map.precisions.iter().map(Surest::of).collect(),
            chance: map.distances.as_ref().map(|_| map.chance),
            remarks: findings.remarks.clone(),
            left_out: findings.left_out.clone(),
        };
        Ok((summary, findings))
    }

    /// How many pairs to tell of, of `n_sites` sites.
    fn top(&self, n_sites: usize) -> Result<usize, Error> {
        let (asked, count) = (self.top.unwrap_or(n_sites), count_of_pairs(n_sites));
        if self.top.is_some() && asked > count {
            let problem = Error::NotEnough {
                asked: format!("{asked} pairs"),
                available: format!("{count} of sites that are far enough apart"),
            };
            return Err(problem.in_source("--top"));
        }
        Ok(asked)
    }
}

/// The `top` surest pairs, or all of them.
fn surest(map: &ContactMap, family: &Family, top: usize) -> Vec<ScoredPair> {
    let scored = |Pair { i, j, score }| ScoredPair {
        i,
        j,
        score,
        distance: family.distance(i, j),
    };
    map.ranked().into_iter().take(top).map(scored).collect()
}

impl Surest {
    fn of((_, these, plain): &(usize, Precision, Precision)) -> Self {
        Self {
            looked_at: these.looked_at,
            touching: these.touching,
            share: these.share(),
            by_covariance: plain.touching,
        }
    }
}

impl Summary {
    /// The pairs as CSV.
    fn table(&self) -> String {
        let mut table = "i,j,column_i,column_j,score,distance\n".to_owned();
        for ScoredPair {
            i,
            j,
            score,
            distance,
        } in &self.pairs
        {
            let (column_i, column_j) = (self.columns[*i], self.columns[*j]);
            let distance = distance.map_or_else(String::new, |distance| distance.to_string());
            writeln!(table, "{i},{j},{column_i},{column_j},{score},{distance}")
                .expect("a string takes everything");
        }
        table
    }

    fn text(&self) -> String {
        let mut rows = vec![
            ("Family", self.world.clone()),
            (
                "Learned",
                format!(
                    "P = {} sequences of N = {} sites",
                    self.n_patterns, self.n_units
                ),
            ),
            ("Rule", self.rule.clone()),
            ("Note", self.ending.clone().unwrap_or_default()),
        ];
        for told in &self.precisions {
            let Surest {
                looked_at,
                touching,
                share,
                by_covariance,
            } = told;
            rows.push((
                "Surest",
                format!(
                    "{touching} of the {looked_at} surest pairs, {}; by plain covariance {by_covariance}",
                    percent(*share)
                ),
            ));
        }
        if let Some(chance) = self.chance {
            rows.push(("By chance", percent(chance)));
        }
        rows.retain(|(_, value)| !value.is_empty());
        let mut out = text::table(&rows);
        out.push_str("\n   i    j     score  distance\n");
        for ScoredPair {
            i,
            j,
            score,
            distance,
        } in &self.pairs
        {
            let distance =
                distance.map_or_else(String::new, |it| decimals(f64::from(it), 1) + " Å");
            writeln!(
                out,
                "{i:>4} {j:>4}  {:>8}  {distance:>8}",
                short(f64::from(*score))
            )
            .expect("a string takes everything");
        }
        out
    }
}
