//! Many states in one memory: each ends where [`Relaxation`] takes it, to the bit, several times as
//! fast.
//!
//! The one road of `engram relax`, of looks at what is being learned and of `engram bench`. States are dealt out in
//! pieces to the pool that the caller is in; no piece knows of another, so that results depend neither on the size of
//! the batch nor on the number of threads. Absent: single flips to look at (`recording`).

mod dense;
mod one_by_one;
mod real;
mod rest;
mod walk;
mod whole;

use super::relaxation::Relaxation;
use super::{Dynamics, Verdict};
use crate::engine::couplings::Couplings;
use crate::engine::kernels::rows::PackedRows;
use crate::engine::memory::Memory;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::State;
use dense::DenseSums;
use one_by_one::Course;
pub use rest::Rest;
use std::sync::Arc;
use whole::PackedColumns;

/// A memory made ready for many states.
#[derive(Debug, Clone)]
pub struct Batch {
    memory: Arc<Memory>,
    road: Road,
}

/// How states move through it.
#[derive(Debug, Clone)]
enum Road {
    /// Couplings of whole numbers, packed.
    Whole(PackedColumns),
    /// Couplings of single precision, their columns packed.
    Real(PackedRows),
    /// Couplings between letters.
    Letters,
    /// Sums over patterns of ±1.
    Dense(DenseSums),
    /// One run after the other.
    Single,
}

impl Batch {
    /// Makes `memory` ready: whole-number couplings are packed into 8 or 16 bits, patterns of dense memories into one.
    pub fn new(memory: Arc<Memory>) -> Self {
        let road = match &*memory {
            Memory::Pairwise(couplings) => PackedColumns::new(couplings)
                .map_or_else(|| Road::Real(couplings.columns().packed()), Road::Whole),
            Memory::Potts(_) => Road::Letters,
            Memory::Dense(dense) if dense.is_continuous() => Road::Single,
            Memory::Dense(dense) => Road::Dense(DenseSums::new(dense)),
        };
        Self { memory, road }
    }

    /// The memory.
    pub fn memory(&self) -> &Arc<Memory> {
        &self.memory
    }

    /// Bits to a coupling between signs, 8, 16 or 32; `None` where there are none.
    pub fn bits(&self) -> Option<u32> {
        match &self.road {
            Road::Whole(PackedColumns::Narrow(_)) => Some(8),
            Road::Whole(PackedColumns::Wide(_)) => Some(16),
            Road::Real(_) => Some(32),
            Road::Letters | Road::Dense(_) | Road::Single => None,
        }
    }

    /// Every state under `dynamics` into the state after `max_sweeps` sweeps, see [`Relaxation::is_over`]; state b takes
    /// its random choices from `seed(b)`. Each must have as many units as the memory, and as many letters to a unit.
    pub fn settle(
        &self,
        states: &[State],
        dynamics: Dynamics,
        seed: impl Fn(usize) -> u64 + Sync,
        max_sweeps: u64,
    ) -> Vec<Rest> {
        assert!(
            states.iter().all(|state| self.memory.takes(state)),
            "states have as many units as their memory, and as many letters to a unit"
        );
        let a_piece = self.piece(dynamics);
        let pieces = states.par_chunks(a_piece).enumerate();
        let rests = pieces.flat_map_iter(|(piece, states)| {
            let seed = |b| seed(piece * a_piece + b);
            match dynamics {
                Dynamics::Synchronous => self.synchronous(states, seed, max_sweeps),
                _ => self.one_by_one(states, dynamics, seed, max_sweeps),
            }
        });
        rests.collect()
    }

    /// One state that follows its fields one unit at a time. `order` is given the units in the order of the sweep
    /// before, and puts them into that of the next. Couplings must be between signs.
    #[cfg_attr(
        target_arch = "wasm32",
        expect(dead_code, reason = "the command line's, which a page lacks")
    )]
    pub(crate) fn settle_in_order(
        &self,
        state: &State,
        max_sweeps: u64,
        order: impl FnMut(&mut [u32]),
    ) -> Rest {
        let couplings = self.memory.couplings();
        let couplings = couplings.expect("couplings are between signs");
        let fields = self.first_fields(couplings, std::slice::from_ref(state));
        self.follow(couplings, state, fields, Course::given(order), max_sweeps)
    }

    /// States to a piece: as many as share what is worked out for all of them.
    fn piece(&self, dynamics: Dynamics) -> usize {
        match (&self.road, dynamics) {
            (Road::Real(_), Dynamics::Synchronous) => 256,
            (Road::Letters, Dynamics::Synchronous) => 64,
            (Road::Whole(_), Dynamics::Synchronous) => 32,
            (Road::Real(_) | Road::Dense(_), _) => 16,
            _ => 1,
        }
    }

    fn synchronous(
        &self,
        states: &[State],
        seed: impl Fn(usize) -> u64,
        max_sweeps: u64,
    ) -> Vec<Rest> {
        let factor = self.memory.couplings().and_then(energy_factor);
        match (&self.road, &*self.memory) {
            (Road::Whole(PackedColumns::Narrow(columns)), _) => {
                whole::synchronous(columns, states, max_sweeps, factor)
            }
            (Road::Whole(PackedColumns::Wide(columns)), _) => {
                whole::synchronous(columns, states, max_sweeps, factor)
            }
            (Road::Real(columns), Memory::Pairwise(couplings)) => {
                real::synchronous(couplings, columns, states, max_sweeps, factor)
            }
            (Road::Letters, Memory::Potts(couplings)) => {
                real::synchronous_letters(couplings, states, max_sweeps)
            }
            (Road::Dense(sums), Memory::Dense(dense)) => {
                sums.synchronous(dense, states, max_sweeps)
            }
            _ => self.singly(states, Dynamics::Synchronous, seed, max_sweeps),
        }
    }

    fn one_by_one(
        &self,
        states: &[State],
        dynamics: Dynamics,
        seed: impl Fn(usize) -> u64,
        max_sweeps: u64,
    ) -> Vec<Rest> {
        let Some(couplings) = self.memory.couplings() else {
            return self.singly(states, dynamics, seed, max_sweeps);
        };
        let fields = self.first_fields(couplings, states);
        let rests = states.iter().enumerate().map(|(b, state)| {
            let n_fields = fields.len() / states.len();
            let fields = fields[b * n_fields..][..n_fields].to_vec();
            let course = Course::seeded(dynamics, seed(b));
            self.follow(couplings, state, fields, course, max_sweeps)
        });
        rests.collect()
    }

    /// Where `course` takes a state of ±1 with these first fields.
    fn follow(
        &self,
        couplings: &Couplings,
        state: &State,
        fields: Vec<f32>,
        course: Course<'_>,
        max_sweeps: u64,
    ) -> Rest {
        let factor = energy_factor(couplings);
        match &self.road {
            Road::Whole(PackedColumns::Narrow(columns)) => {
                whole::follow(couplings, columns, state, course, max_sweeps, factor)
            }
            Road::Whole(PackedColumns::Wide(columns)) => {
                whole::follow(couplings, columns, state, course, max_sweeps, factor)
            }
            _ => {
                let kept = real::RealKept::new(couplings, state, fields);
                one_by_one::run(kept, course, max_sweeps, factor)
            }
        }
    }

    /// W s of every state, where couplings are real; packed ones start from all units at −1, and need none.
    fn first_fields(&self, couplings: &Couplings, states: &[State]) -> Vec<f32> {
        match &self.road {
            Road::Real(columns) => real::first_fields(couplings, columns, states),
            _ => Vec::new(),
        }
    }

    /// One single run after the other, where nothing is won by doing them together.
    fn singly(
        &self,
        states: &[State],
        dynamics: Dynamics,
        seed: impl Fn(usize) -> u64,
        max_sweeps: u64,
    ) -> Vec<Rest> {
        let rests = states.iter().enumerate().map(|(b, state)| {
            let memory = Arc::clone(&self.memory);
            let mut run = Relaxation::new(memory, state.clone(), dynamics, seed(b));
            let mut flips = 0;
            while !run.is_over(max_sweeps) {
                run.tick(|_, _| flips += 1);
            }
            let sweeps = run.sweeps();
            Rest {
                state: run.state().clone(),
                sweeps,
                flips,
                verdict: run.verdict().unwrap_or(Verdict::NotSettled { sweeps }),
                energies: Vec::new(),
            }
        });
        rests.collect()
    }
}

/// What makes energies of Σ s_i h_i over the couplings' scale; `None` where there is no energy.
fn energy_factor(couplings: &Couplings) -> Option<f64> {
    let scale = f64::from(couplings.scale());
    couplings.symmetric().then_some(-0.5 * scale)
}

#[cfg(test)]
mod tests;
