//! `engram lab wheel | plane | census | fragile | tree | states`: what the starts of one memory end in.

mod census;
mod fragile;
mod merge;
mod picture;
mod sink;
mod states;
mod summary;
mod tree;

use super::{Lab, Report, opened};
use crate::cli::in_flag;
use crate::edge::open;
use crate::engine::{Dynamics, Error};
use crate::lab::portraits::ProbedMemory;
use crate::lab::portraits::fragile::fragile_columns;
use crate::lab::portraits::table::{census_columns, picture_columns};
use crate::lab::{self, Column, command_of, ecsv};
use crate::trial::Recipe;
use crate::worlds::files::read_couplings;
use std::ops::Range;
use std::path::Path;

pub(super) use merge::merge;

/// What is asked, by name, and what that is.
pub(super) const ALL: [(&str, &str); 6] = [
    (
        "wheel",
        "a picture: stored patterns on a rim, noise at the centre, and what every start between them ends in",
    ),
    (
        "plane",
        "a picture: the plane through three states, and what every start in it ends in",
    ),
    (
        "census",
        "which attractors many starts end in, and what share of them each has",
    ),
    (
        "fragile",
        "the fewest flips that make each stored pattern leave its basin, with a bound below",
    ),
    (
        "tree",
        "which minima of the energy are joined over which barriers; exact up to 20 units",
    ),
    (
        "states",
        "all 2^N states of a memory of 14 units at the most: cycles, basins, heights",
    ),
];

/// A question about one memory, with everything that decides its rows.
struct Question {
    memory: ProbedMemory,
    parts: Vec<(&'static str, String)>,
}

/// The columns of the table of one of these; none of what is told in words and JSON alone.
pub(super) fn columns(name: &str) -> Vec<Column> {
    match name {
        "census" => census_columns(),
        "fragile" => fragile_columns(),
        "states" | "tree" => Vec::new(),
        _ => picture_columns(),
    }
}

/// What JSON tells of one of these beside its command.
pub(super) fn readings(name: &str) -> &'static [&'static str] {
    match name {
        "census" => &["n_starts", "n_attractors", "attractors", "unseen_share"],
        "fragile" => &["rows"],
        "tree" => &["exact", "leaves", "merges"],
        "states" => &[
            "n_units",
            "n_states",
            "attractors",
            "garden_of_eden",
            "depth",
        ],
        _ => &[
            "n_starts",
            "n_attractors",
            "attractors",
            "basin_entropy",
            "boundary_entropy",
            "exponent",
            "exponent_error",
            "scales",
        ],
    }
}

/// Whether `name` is one of these.
pub(super) fn is_one(name: &str) -> bool {
    ALL.iter().any(|(one, _)| *one == name)
}

/// Answers what `lab` asks.
pub(super) fn report(lab: &Lab) -> Result<Report, Error> {
    check_idle(lab)?;
    lab.check_paths()?;
    let mut notes = Vec::new();
    let question = Question::of(lab, &mut notes)?;
    match &*lab.what {
        "census" => census::report(lab, &question, notes),
        "states" => states::report(lab, &question, notes),
        "fragile" => fragile::report(lab, &question, notes),
        "tree" => tree::report(lab, &question, notes),
        _ => picture::report(lab, &question, notes),
    }
}

/// Refuses flags that make no difference to the question.
fn check_idle(lab: &Lab) -> Result<(), Error> {
    let what = &*lab.what;
    let given = [
        ("--rim", lab.rim.is_some() && what != "wheel"),
        ("--corners", lab.corners.is_some() && what != "plane"),
        (
            "--side",
            lab.side.is_some() && !matches!(what, "wheel" | "plane"),
        ),
        ("--starts", lab.starts.is_some() && what != "census"),
        ("--count", lab.count.is_some() && what != "census"),
        ("--repeats", lab.repeats.is_some()),
        ("--vary", !lab.vary.is_empty()),
        ("--quick", lab.quick),
        (
            "--shard",
            lab.shard.is_some() && matches!(what, "states" | "tree"),
        ),
        ("--resume", lab.resume && !matches!(what, "wheel" | "plane")),
        (
            "--out",
            lab.out.is_some() && matches!(what, "states" | "tree"),
        ),
        ("--alter", lab.alter.is_some() && lab.couplings.is_some()),
    ];
    match given.into_iter().find(|(_, given)| *given) {
        Some((setting, _)) => Err(Error::Idle {
            setting,
            others: format!("'engram lab {what}'"),
        }),
        None => Ok(()),
    }
}

impl Question {
    fn of(lab: &Lab, notes: &mut Vec<String>) -> Result<Self, Error> {
        let default = Recipe::default();
        let seed = lab.seed.unwrap_or(default.seed);
        let max_sweeps = lab.max_sweeps.unwrap_or(default.max_sweeps);
        let dynamics = lab.dynamics.unwrap_or_else(|| default.track().dynamics);
        if let Some(path) = &lab.couplings {
            return Self::given(path, dynamics, seed, max_sweeps, notes);
        }
        let mut recipe = default;
        recipe.seed = seed;
        recipe.max_sweeps = max_sweeps;
        if let Some(chosen) = &lab.world {
            recipe.world = opened(chosen, false, seed, notes)?;
        }
        let track = recipe.track_mut();
        track.dynamics = dynamics;
        track.alteration = lab.alter.unwrap_or_default();
        if let Some(rules) = &lab.rules {
            let mut rules = lab::rules(rules).map_err(in_flag("--rules"))?;
            track.rule = rules.swap_remove(0);
            if !rules.is_empty() {
                let problem =
                    Error::System("one rule, not several: these are of one memory".to_owned());
                return Err(problem.in_source("--rules"));
            }
        }
        let track = recipe.track();
        let mut parts = vec![
            ("world", recipe.world.notation()),
            ("rules", track.rule.notation()),
            ("dynamics", dynamics.to_string()),
            ("max-sweeps", max_sweeps.to_string()),
            ("seed", seed.to_string()),
            ("alter", track.alteration.to_string()),
        ];
        parts.extend(recipe.world.opened().map(|input| ("data", input.digest())));
        let memory = ProbedMemory::learned(&recipe)?;
        Ok(Self { memory, parts })
    }

    /// Couplings of a file in place of a world and a rule.
    fn given(
        path: &Path,
        dynamics: Dynamics,
        seed: u64,
        max_sweeps: u64,
        notes: &mut Vec<String>,
    ) -> Result<Self, Error> {
        let named = |problem: Error| {
            let problem = problem.in_source(path.display().to_string());
            problem.in_source("--couplings")
        };
        let read = read_couplings(&open::read(path).map_err(named)?).map_err(named)?;
        notes.extend(read.remarks);
        let parts = vec![
            ("couplings", path.display().to_string()),
            ("dynamics", dynamics.to_string()),
            ("max-sweeps", max_sweeps.to_string()),
            ("seed", seed.to_string()),
        ];
        let memory = ProbedMemory::given(read.couplings, dynamics, seed, max_sweeps)?;
        Ok(Self { memory, parts })
    }

    /// The header of its table; the parts that decide it, the experiment first.
    fn header(&self, columns: &[Column], what: &str, own: &[(&'static str, String)]) -> String {
        let mut parts = vec![("experiment", what.to_owned())];
        parts.extend(own.iter().cloned());
        parts.extend(self.parts.iter().cloned());
        let flags: Vec<(&str, String)> = parts
            .iter()
            .filter(|(key, _)| *key != "data")
            .cloned()
            .collect();
        ecsv::header_of(columns, &command_of(&flags), &parts)
    }

    fn command(&self, what: &str, own: &[(&'static str, String)]) -> String {
        let mut parts = vec![("experiment", what.to_owned())];
        parts.extend(own.iter().cloned());
        let others = self.parts.iter().filter(|(key, _)| *key != "data");
        parts.extend(others.cloned());
        command_of(&parts)
    }
}

/// The part of `all` that a shard is.
fn part_of(shard: Option<(usize, usize)>, all: &Range<usize>) -> Range<usize> {
    let Some((shard, n_shards)) = shard else {
        return all.clone();
    };
    let at = |shard: usize| (all.len() as u128 * shard as u128 / n_shards as u128) as usize;
    all.start + at(shard - 1)..all.start + at(shard)
}
