//! An attractor: a fixed point or a cycle, what it is, and what it is called.
//!
//! A cycle is gone round once, sweep by sweep, from the state that a run ended in; it stands for its states by the
//! smallest of them, so that it is the same wherever a run came upon it.

use super::packing::{fingerprint, packed};
use crate::engine::dynamics::{Dynamics, Relaxation, Verdict};
use crate::engine::memory::Memory;
use crate::engine::observables::{Nature, RETRIEVED, Seen, nearest};
use crate::engine::patterns::{Patterns, State};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What starts ended in, and how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Attractor {
    /// What it is called: `+3` and `-3` where it counts as stored pattern 3 (counted from 0) or its negative, which several
    /// fixed points may; else 16 hexadecimal digits, FNV-1a of its state; `unsettled` for runs that did not settle.
    pub label: String,
    /// What it is.
    pub nature: Nature,
    /// The fixed point (of continuous states the signs), or the smallest state of the cycle: unit by unit, −1 before +1.
    /// None of runs that did not settle.
    pub state: Option<State>,
    /// Sweeps of a round: 1 at a fixed point, 2 or more in a cycle, 0 of runs that did not settle.
    pub length: u64,
    /// The energy of its state, where the memory has one.
    pub energy: Option<f64>,
    /// Starts that ended in it.
    pub count: u64,
    /// How many of them took so many sweeps: with the last one, in which nothing turns, and in cycles up to the sweep at
    /// which the run ended, less than a round after the first state came back.
    pub sweeps: BTreeMap<u64, u64>,
}

/// Median of numbers of sweeps, of which each was counted so often; between two numbers their mean; none of none.
pub fn median_sweeps(counts: &BTreeMap<u64, u64>) -> Option<f64> {
    let at = |place: u64| {
        let mut before = 0;
        let found = counts.iter().find(|(_, count)| {
            before += **count;
            before > place
        });
        found.map(|(sweeps, _)| *sweeps as f64)
    };
    let last = counts.values().sum::<u64>().checked_sub(1)?;
    Some(f64::midpoint(at(last / 2)?, at(last - last / 2)?))
}

/// Where a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    /// The last state; of a cycle, any of its states.
    pub state: State,
    /// What it is.
    pub verdict: Verdict,
    /// Sweeps of the run, see [`Attractor::sweeps`].
    pub sweeps: u64,
    /// Units and energy of a continuous state.
    pub graded: Option<(Vec<f32>, f64)>,
}

/// An end as it is looked up: sweeps of a round, of continuous states as which pattern it counts, and the state.
pub(super) type Key = (u64, u64, Vec<u64>);

impl Landing {
    /// What it is looked up by.
    pub(super) fn key(&self, patterns: &Patterns) -> Key {
        match self.verdict {
            Verdict::NotSettled { .. } => (0, 0, Vec::new()),
            Verdict::Cycle { length } => (length, 0, packed(&self.state)),
            Verdict::FixedPoint => (1, self.counts_as(patterns), packed(&self.state)),
        }
    }

    /// Continuous states may have the same signs and be near a pattern or not: 0 where they are not.
    fn counts_as(&self, patterns: &Patterns) -> u64 {
        let Some((units, _)) = self.graded.as_ref().filter(|_| !patterns.is_empty()) else {
            return 0;
        };
        let overlaps = patterns.overlaps_of(units);
        let pattern = nearest(&overlaps);
        let overlap = overlaps[pattern];
        let is_near = overlap.abs() >= RETRIEVED;
        u64::from(is_near) * (2 * pattern as u64 + 1 + u64::from(overlap < 0.0))
    }

    /// The attractor, of no start yet, and all keys that lead to it, the first that of its state.
    pub(super) fn described(
        &self,
        memory: &Arc<Memory>,
        patterns: &Patterns,
        dynamics: Dynamics,
    ) -> (Attractor, Vec<Key>) {
        let key = self.key(patterns);
        let (state, length, keys) = match self.verdict {
            Verdict::NotSettled { .. } => (None, 0, vec![key]),
            Verdict::FixedPoint => (Some(self.state.clone()), 1, vec![key]),
            Verdict::Cycle { length } => {
                let round = round(memory, &self.state, dynamics, length);
                let (state, keys) = smallest(round, length);
                (Some(state), length, keys)
            }
        };
        let nature = self.nature(patterns);
        let energy = match &self.graded {
            Some((_, energy)) => Some(*energy),
            None => state.as_ref().and_then(|state| memory.energy(state)),
        };
        let attractor = Attractor {
            label: label(&nature, state.as_ref()),
            nature,
            state,
            length,
            energy,
            count: 0,
            sweeps: BTreeMap::new(),
        };
        (attractor, keys)
    }

    fn nature(&self, patterns: &Patterns) -> Nature {
        let fixed = self.verdict == Verdict::FixedPoint;
        if fixed && patterns.is_empty() {
            return Nature::Other { average: false };
        }
        let graded = self.graded.as_ref().map(|(units, _)| &units[..]);
        let overlaps = match graded {
            _ if !fixed => Vec::new(),
            Some(units) => patterns.overlaps_of(units),
            None => patterns.overlaps(&self.state),
        };
        let seen = Seen {
            state: &self.state,
            graded,
            overlaps: &overlaps,
        };
        Nature::of_run(self.verdict, patterns, seen, None)
    }
}

/// The states of a round from `state` on, one a sweep; `state` alone where a round of this length does not come back to
/// it, as may be where fields are rounded.
fn round(memory: &Arc<Memory>, state: &State, dynamics: Dynamics, length: u64) -> Vec<State> {
    let mut run = Relaxation::new(Arc::clone(memory), state.clone(), dynamics, 0);
    let mut states = vec![state.clone()];
    for sweep in 1..=length {
        while run.sweeps() < sweep && run.verdict() != Some(Verdict::FixedPoint) {
            run.tick(|_, _| ());
        }
        states.push(run.state().clone());
    }
    let last = states.pop();
    if last.as_ref() != Some(state) {
        states.truncate(1);
    }
    states
}

/// The smallest state, and the keys of all, its own first.
fn smallest(states: Vec<State>, length: u64) -> (State, Vec<Key>) {
    let mut all: Vec<(Key, State)> = states
        .into_iter()
        .map(|state| ((length, 0, packed(&state)), state))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let state = all[0].1.clone();
    (state, all.into_iter().map(|(key, _)| key).collect())
}

fn label(nature: &Nature, state: Option<&State>) -> String {
    match (nature, state) {
        (Nature::Stored { pattern, .. }, _) => format!("+{pattern}"),
        (
            Nature::Negative {
                pattern: Some(pattern),
                ..
            },
            _,
        ) => format!("-{pattern}"),
        (_, Some(state)) => format!("{:016x}", fingerprint(state)),
        (_, None) => "unsettled".to_owned(),
    }
}
