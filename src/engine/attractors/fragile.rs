//! How few flips make a fixed point be lost: sets of units after whose flips a run no longer ends in it.
//!
//! Below the smallest such set stands a bound from margins; above it any set that was found: by a greedy search, pruned,
//! and by a beam; with few units the smallest itself. A set is kept as units in ascending order. Absent: heat baths, which
//! end nowhere, and letters, which have no flips.

use crate::engine::dynamics::{Batch, Dynamics, Rest, Verdict};
use crate::engine::error::Error;
use crate::engine::patterns::State;

/// Sets that are tried together.
const TOGETHER: usize = 64;

/// A fixed point of a memory of signs, and the runs by which it is lost or found again.
#[derive(Debug, Clone)]
pub struct Fragility<'a> {
    pub(super) batch: &'a Batch,
    pub(super) state: State,
    dynamics: Dynamics,
    seed: u64,
    max_sweeps: u64,
}

/// What one flip leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingleFlip {
    /// The overlap with the fixed point where the run ends, from −1 to 1.
    pub end: f64,
    /// Sweeps of the run, with the last one in which nothing turns.
    pub sweeps: u64,
    /// Flips of the run: 1 where the unit alone turns back.
    pub flips: u64,
    /// Whether the run does not end in the fixed point.
    pub lost: bool,
}

impl<'a> Fragility<'a> {
    /// Of the fixed point `state` in the memory of `batch`. All runs take the same `seed`, and at most `max_sweeps` sweeps;
    /// one that has not settled by then is lost. Refused: a state that is no fixed point or not of the memory, letters,
    /// and a temperature.
    pub fn new(
        batch: &'a Batch,
        state: State,
        dynamics: Dynamics,
        seed: u64,
        max_sweeps: u64,
    ) -> Result<Self, Error> {
        let memory = batch.memory();
        if memory.n_letters().is_some() || !memory.takes(&state) {
            return Err(Error::Shape {
                what: "a state whose flips are searched",
                expected: format!("{} units of ±1, as its memory", memory.n_units()),
                found: format!("{} {}", state.n_units(), state.alphabet()),
            });
        }
        if dynamics.temperature() > 0.0 {
            return Err(Error::Range {
                setting: "the temperature at which flips are searched",
                range: "0".to_owned(),
                value: dynamics.temperature().to_string(),
            });
        }
        let own = Self {
            batch,
            state,
            dynamics,
            seed,
            max_sweeps,
        };
        if own.lost(&[Vec::new()])[0] {
            return Err(Error::Format {
                expected: "flips are searched around a fixed point".to_owned(),
                found: "this state is none".to_owned(),
            });
        }
        Ok(own)
    }

    /// The fixed point.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Of each set of units whether the fixed point is lost when they are flipped: the run does not end in it.
    pub fn lost(&self, sets: &[Vec<usize>]) -> Vec<bool> {
        let rests = self.rests(sets).into_iter();
        rests.map(|rest| self.is_lost(&rest)).collect()
    }

    /// Where and how the run ends after the flips of each set: lost may be all, or a few units beside the fixed point.
    pub fn ends(&self, sets: &[Vec<usize>]) -> Vec<(State, Verdict)> {
        let rests = self.rests(sets).into_iter();
        rests.map(|rest| (rest.state, rest.verdict)).collect()
    }

    /// The flip of every single unit, N of them.
    pub fn single_flips(&self) -> Vec<SingleFlip> {
        let sets: Vec<Vec<usize>> = (0..self.state.n_units()).map(|unit| vec![unit]).collect();
        let rests = self.rests(&sets).into_iter();
        rests
            .map(|rest| SingleFlip {
                end: rest.state.overlap(&self.state),
                sweeps: rest.sweeps,
                flips: rest.flips,
                lost: self.is_lost(&rest),
            })
            .collect()
    }

    /// A bound below: no set of fewer flips loses the fixed point, as long as runs are given two sweeps or more; 1 where nothing
    /// can be said. None of memories without couplings.
    ///
    /// After k flips the field of unit i along the fixed point is s_i h_i − 2 Σ s_i J_ij s_j over the flipped j: it is above
    /// 0 if the margin s_i h_i exceeds twice the sum of the k largest s_i J_ij s_j that are positive. Where that holds for
    /// all i, every unit that is updated takes its place in the fixed point, in any order, all at once or one by one: one
    /// sweep brings it back. The bound is one more than the largest such k.
    pub fn lower_bound(&self) -> Option<usize> {
        let couplings = self.batch.memory().couplings()?;
        let signs = self.state.units();
        // What a field summed in single precision may be off, of the sum of the sizes of its parts.
        let rounding = if couplings.exact() {
            0.0
        } else {
            signs.len() as f64 * f64::from(f32::EPSILON)
        };
        let held = |unit: usize| {
            let own = f64::from(signs[unit]);
            let along = couplings.row(unit).iter().zip(signs);
            let mut parts: Vec<f64> = along
                .map(|(w, sign)| own * f64::from(*w) * f64::from(*sign))
                .collect();
            let size: f64 = parts.iter().map(|part| part.abs()).sum();
            let margin = parts.iter().sum::<f64>() - rounding * size;
            parts.retain(|part| *part > 0.0);
            parts.sort_by(|a, b| b.total_cmp(a));
            let mut taken = 0.0;
            let against = parts.iter().take_while(|part| {
                taken += 2.0 * **part;
                margin > taken
            });
            against.count()
        };
        (0..signs.len()).map(held).min().map(|fewest| fewest + 1)
    }

    fn is_lost(&self, rest: &Rest) -> bool {
        rest.verdict != Verdict::FixedPoint || rest.state != self.state
    }

    /// Where the runs after the flips of each set end.
    pub(super) fn rests(&self, sets: &[Vec<usize>]) -> Vec<Rest> {
        let flipped = |units: &Vec<usize>| {
            let mut state = self.state.clone();
            units.iter().for_each(|unit| state.flip(*unit));
            state
        };
        let starts: Vec<State> = sets.iter().map(flipped).collect();
        let seed = |_| self.seed;
        self.batch
            .settle(&starts, self.dynamics, seed, self.max_sweeps)
    }

    /// The first of `sets`, in their order, by which the fixed point is lost.
    pub(super) fn first_lost(&self, sets: impl Iterator<Item = Vec<usize>>) -> Option<Vec<usize>> {
        let mut sets = sets.peekable();
        while sets.peek().is_some() {
            let some: Vec<Vec<usize>> = sets.by_ref().take(TOGETHER).collect();
            let lost = self.lost(&some);
            let found = some.into_iter().zip(lost).find(|(_, lost)| *lost);
            if let Some((set, _)) = found {
                return Some(set);
            }
        }
        None
    }
}

#[cfg(test)]
#[path = "fragile_tests.rs"]
mod tests;
