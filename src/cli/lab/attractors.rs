//! `engram lab wheel | plane | census | fragile | tree | states`: what the starts of one memory end in; and `bands`, the same
//! along a setting.

mod asked;
mod bands;
mod census;
mod fragile;
mod merge;
mod out_file;
mod picture;
mod shown;
mod sink;
mod states;
mod summary;
mod text;
mod tree;

use super::{Lab, Report};
use crate::engine::Error;
use crate::lab::Column;
use crate::lab::portraits::bands::band_columns;
use crate::lab::portraits::fragile::fragile_columns;
use crate::lab::portraits::table::{census_columns, picture_columns};
use asked::Question;
use std::ops::Range;

pub(super) use merge::merge;
pub(super) use shown::show;

/// What is asked, by name, and what that is.
pub(super) const ALL: [(&str, &str); 7] = [
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
        "bands",
        "what share of all starts each kind of attractor has, along any setting; single attractors are followed",
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

/// The columns of the table of one of these; none of what is told in words and JSON alone.
pub(super) fn columns(name: &str) -> Vec<Column> {
    match name {
        "census" => census_columns(),
        "bands" => band_columns(None),
        "fragile" => fragile_columns(),
        "states" | "tree" => Vec::new(),
        _ => picture_columns(),
    }
}

/// What JSON tells of one of these beside its command.
pub(super) fn readings(name: &str) -> &'static [&'static str] {
    match name {
        "census" => &["n_starts", "n_attractors", "attractors", "unseen_share"],
        "bands" => &["n_values", "count", "values", "bands"],
        "fragile" => &["rows"],
        "tree" => &["exact", "leaves", "merges", "trees"],
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
    match &*lab.what {
        "bands" => return bands::report(lab, notes),
        "tree" => return tree::report(lab, notes),
        _ => {}
    }
    let question = Question::of(lab, &mut notes)?;
    match &*lab.what {
        "census" => census::report(lab, &question, notes),
        "states" => states::report(lab, &question, notes),
        "fragile" => fragile::report(lab, &question, notes),
        _ => picture::report(lab, &question, notes),
    }
}

/// Refuses flags that make no difference to the question.
fn check_idle(lab: &Lab) -> Result<(), Error> {
    let what = &*lab.what;
    let counts = matches!(what, "census" | "bands");
    let given = [
        ("--rim", lab.rim.is_some() && what != "wheel"),
        ("--corners", lab.corners.is_some() && what != "plane"),
        (
            "--side",
            lab.side.is_some() && !matches!(what, "wheel" | "plane"),
        ),
        ("--starts", lab.starts.is_some() && !counts),
        ("--count", lab.count.is_some() && !counts),
        ("--repeats", lab.repeats.is_some()),
        ("--vary", !lab.vary.is_empty() && what != "bands"),
        ("--couplings", lab.couplings.is_some() && what == "bands"),
        ("--quick", lab.quick),
        (
            "--shard",
            lab.shard.is_some() && matches!(what, "states" | "tree"),
        ),
        ("--resume", lab.resume && matches!(what, "states" | "tree")),
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

/// The part of `all` that a shard is.
fn part_of(shard: Option<(usize, usize)>, all: &Range<usize>) -> Range<usize> {
    let Some((shard, n_shards)) = shard else {
        return all.clone();
    };
    let at = |shard: usize| (all.len() as u128 * shard as u128 / n_shards as u128) as usize;
    all.start + at(shard - 1)..all.start + at(shard)
}
