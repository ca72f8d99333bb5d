//! What was met at a value, and what becomes of it at the next. Absent: bands, which are whole ways along the axis.

use super::column::{BandColumn, BandKind};
use crate::engine::attractors::PackedState;
use crate::engine::patterns::{Patterns, State};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The overlap from which on an attractor is that of the value before.
pub const FOLLOWED: f64 = 0.7;

/// Attractors of one value that are followed at most, those with the largest shares: those left out are too small to be shown.
const MOST: usize = 2000;

/// What is called by one name at one value.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) kind: BandKind,
    pub(super) pattern: Option<usize>,
    pub(super) share: f64,
    pub(super) state: Option<State>,
    /// Its state, if it is followed.
    pub(super) packed: Option<PackedState>,
}

/// What was met at one value.
#[derive(Debug, Clone, Default)]
pub(super) struct Meeting {
    pub(super) met: Vec<Met>,
    /// The stored patterns that are named by what was met.
    pub(super) stored: BTreeMap<usize, PackedState>,
}

impl Meeting {
    /// What was met at a value that is done.
    pub(super) fn of(column: &BandColumn) -> Self {
        let attractors = column.catalogue.attractors();
        let total = column.n_starts().max(1) as f64;
        let mut by_label: Vec<Vec<usize>> = Vec::new();
        for (place, label) in column.catalogue.label_numbers().into_iter().enumerate() {
            if label == by_label.len() {
                by_label.push(Vec::new());
            }
            by_label[label].push(place);
        }
        let met = by_label.into_iter().map(|places| {
            let count: u64 = places.iter().map(|place| attractors[*place].count).sum();
            let largest = places
                .iter()
                .min_by_key(|place| Reverse(attractors[**place].count));
            let largest = &attractors[*largest.expect("a label is that of an attractor")];
            let (kind, pattern) = BandKind::of(&largest.nature);
            Met {
                kind,
                pattern,
                share: count as f64 / total,
                state: largest.state.clone(),
                packed: None,
            }
        });
        Self::with(met.collect(), &column.patterns)
    }

    /// Of these, made ready to be followed.
    pub(super) fn with(mut met: Vec<Met>, patterns: &Patterns) -> Self {
        let mut order: Vec<usize> = (0..met.len()).collect();
        order.sort_by(|a, b| met[*b].share.total_cmp(&met[*a].share).then(a.cmp(b)));
        for place in order.into_iter().take(MOST) {
            met[place].packed = met[place].state.as_ref().map(PackedState::of);
        }
        let named = met.iter().filter_map(|met| met.pattern);
        let named = named.filter(|pattern| *pattern < patterns.n_patterns());
        let stored = named.map(|pattern| (pattern, PackedState::of(&patterns.state(pattern))));
        let stored = stored.collect();
        Self { met, stored }
    }
}

/// What becomes of one attractor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// It is this one of the next value.
    Continues(usize),
    /// It would be this one, which another one continues as.
    Merges(usize),
    /// It is none.
    Vanishes,
}

/// The one of the next value that an attractor would continue as, and why.
#[derive(Clone, Copy)]
struct Heir {
    place: usize,
    by_name: bool,
    overlap: f64,
}

/// What becomes of everything that was met at `before`, in its order, among what was met at `after`.
pub(super) fn links(before: &Meeting, after: &Meeting) -> Vec<Link> {
    let heirs: Vec<Option<Heir>> = before
        .met
        .iter()
        .map(|met| by_name(met, before, after).or_else(|| by_overlap(met, after)))
        .collect();
    let mut winners: Vec<Option<usize>> = vec![None; after.met.len()];
    for (from, heir) in heirs.iter().enumerate() {
        let Some(heir) = heir else { continue };
        let winner = &mut winners[heir.place];
        let beats = |other: usize| {
            let Some(theirs) = heirs[other] else {
                return true;
            };
            let share = |from: usize| before.met[from].share;
            let by_overlap = heir.overlap.total_cmp(&theirs.overlap);
            let order = heir.by_name.cmp(&theirs.by_name).then(by_overlap);
            order.then(share(from).total_cmp(&share(other))).is_gt()
        };
        if winner.is_none_or(beats) {
            *winner = Some(from);
        }
    }
    let link = |(from, heir): (usize, &Option<Heir>)| match heir {
        Some(heir) if winners[heir.place] == Some(from) => Link::Continues(heir.place),
        Some(heir) => Link::Merges(heir.place),
        None => Link::Vanishes,
    };
    heirs.iter().enumerate().map(link).collect()
}

/// The one of the same name, where that is of the same pattern.
fn by_name(met: &Met, before: &Meeting, after: &Meeting) -> Option<Heir> {
    let name = |met: &Met| (met.kind, met.pattern);
    if !matches!(met.kind, BandKind::Stored | BandKind::Negative) {
        return None;
    }
    let pattern = met.pattern?;
    let overlap = before
        .stored
        .get(&pattern)?
        .overlap(after.stored.get(&pattern)?)?;
    if overlap < FOLLOWED {
        return None;
    }
    let place = after.met.iter().position(|it| name(it) == name(met))?;
    Some(Heir {
        place,
        by_name: true,
        overlap,
    })
}

/// The one that it overlaps most; of equals the one with the largest share, then the first.
fn by_overlap(met: &Met, after: &Meeting) -> Option<Heir> {
    let state: &PackedState = met.packed.as_ref()?;
    let mut best: Option<Heir> = None;
    for (place, other) in after.met.iter().enumerate() {
        let overlap = other.packed.as_ref().and_then(|it| state.overlap(it));
        let Some(overlap) = overlap.filter(|overlap| *overlap >= FOLLOWED) else {
            continue;
        };
        let beats = |best: Heir| {
            let shares = other.share.total_cmp(&after.met[best.place].share);
            overlap.total_cmp(&best.overlap).then(shares).is_gt()
        };
        if best.is_none_or(beats) {
            best = Some(Heir {
                place,
                by_name: false,
                overlap,
            });
        }
    }
    best
}
