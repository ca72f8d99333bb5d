//! States that take synchronous sweeps in step: what every kind of memory does alike.
//!
//! A block of the couplings stays in the cache while all states take up the flips of their last sweep in it. Absent:
//! fields, and which units turn.

use super::super::Verdict;
use super::super::seen::Seen;
use super::rest::Rest;
use crate::engine::patterns::State;
use std::ops::Range;

/// A state on its way.
pub(super) trait Walker {
    /// Takes the flips of the last sweep of each into its fields of `block`.
    fn take_up(walkers: &mut [&mut Self], block: &Range<usize>);

    /// Sweep number `sweep`, counted from 1, but for the fields.
    fn sweep(&mut self, sweep: u64);

    /// What it came to so far.
    fn walk(&self) -> &Walk;
}

/// What a state has come to so far.
#[derive(Default)]
pub(super) struct Walk {
    seen: Seen,
    flips: u64,
    /// Σ s_i h_i before each sweep, over the couplings' scale.
    pub(super) sums: Vec<f64>,
    sweeps: u64,
    verdict: Option<Verdict>,
}

impl Walk {
    /// At the start, which is `words`.
    pub(super) fn from(words: &[u64]) -> Self {
        let mut walk = Self::default();
        walk.seen.take_in(words);
        walk
    }

    /// Takes in that sweep number `sweep` turned `n_flips` units, and led to the state that is `words`.
    pub(super) fn swept(&mut self, sweep: u64, n_flips: u64, words: &[u64]) {
        self.flips += n_flips;
        self.sweeps = sweep;
        if self.verdict.is_none() {
            self.verdict = if n_flips == 0 {
                Some(Verdict::FixedPoint)
            } else {
                let length = self.seen.take_in(words);
                length.map(|length| Verdict::Cycle { length })
            };
        }
    }

    /// Whether a run of at most `max_sweeps` sweeps is not over yet, see
    /// [`Relaxation::is_over`](super::super::Relaxation::is_over).
    pub(super) fn goes_on(&self, max_sweeps: u64) -> bool {
        Verdict::goes_on(self.verdict, max_sweeps - self.sweeps, 1) > 0
    }

    /// Whether the last sweep turned no unit.
    pub(super) fn rests(&self) -> bool {
        self.verdict == Some(Verdict::FixedPoint)
    }

    /// The end of a run; with `factor`, sums times it are energies.
    pub(super) fn rest(self, state: State, factor: Option<f64>) -> Rest {
        let sweeps = self.sweeps;
        let energies = |factor| self.sums.iter().map(|sum| factor * sum).collect();
        Rest {
            state,
            sweeps,
            flips: self.flips,
            verdict: self.verdict.unwrap_or(Verdict::NotSettled { sweeps }),
            energies: factor.map(energies).unwrap_or_default(),
        }
    }
}

/// Sweeps of all walkers until none of at most `max_sweeps` sweeps goes on, and the fields of the last states.
pub(super) fn in_step<W: Walker>(walkers: &mut [W], blocks: &[Range<usize>], max_sweeps: u64) {
    let mut moving: Vec<&mut W> = walkers.iter_mut().collect();
    for sweep in 1..=max_sweeps {
        blocks
            .iter()
            .for_each(|block| W::take_up(&mut moving, block));
        moving.iter_mut().for_each(|walker| walker.sweep(sweep));
        moving.retain(|walker| walker.walk().goes_on(max_sweeps));
        if moving.is_empty() {
            break;
        }
    }
    let mut all: Vec<&mut W> = walkers.iter_mut().collect();
    blocks.iter().for_each(|block| W::take_up(&mut all, block));
}
