//! What a run begins with: the fields of its first state, and its energy where there is one.
//!
//! In couplings both take N² of them up; they are summed as many at a time as one likes, to the same bits as in one go.

use super::fields::Fields;
use super::{Dynamics, Relaxation};
use crate::engine::couplings::Couplings;
use crate::engine::memory::Memory;
use crate::engine::patterns::State;
use std::sync::Arc;

/// The first moment of a run on its way: fields first, then the energy.
pub struct FirstMoment {
    memory: Arc<Memory>,
    cue: State,
    /// W s of the units so far.
    fields: Vec<f32>,
    /// The same in double precision, of all units, as the units so far pull them.
    pulls: Vec<f64>,
    n_pulling: usize,
}

impl FirstMoment {
    /// `cue` in `memory`, which must [take](Memory::takes) it.
    pub fn new(memory: Arc<Memory>, cue: State) -> Self {
        assert!(
            memory.takes(&cue),
            "a cue has as many units as its memory, and as many letters to a unit"
        );
        let n_pulls = match memory.couplings() {
            Some(couplings) if couplings.symmetric() => cue.n_units(),
            _ => 0,
        };
        Self {
            memory,
            cue,
            fields: Vec::new(),
            pulls: vec![0.0; n_pulls],
            n_pulling: 0,
        }
    }

    /// Couplings that all steps together take up; 0 where there are none, and one step does it all.
    pub fn work(&self) -> usize {
        let couplings = self.memory.couplings();
        couplings.map_or(0, Self::work_in)
    }

    fn work_in(couplings: &Couplings) -> usize {
        let passes = if couplings.symmetric() { 2 } else { 1 };
        passes * couplings.n_units().pow(2)
    }

    /// Takes up about `n_entries` couplings; false if nothing was left to do.
    pub fn step(&mut self, n_entries: usize) -> bool {
        let Some(couplings) = self.memory.couplings() else {
            return false;
        };
        let n_units = self.cue.n_units();
        let some = (n_entries / n_units).max(1);
        let first = self.fields.len();
        if first < n_units {
            let end = first.saturating_add(some).min(n_units);
            let fields = couplings.raw_fields_of(first..end, &self.cue);
            self.fields.extend(fields);
            return true;
        }
        if self.n_pulling == self.pulls.len() {
            return false;
        }
        let end = self.n_pulling.saturating_add(some).min(n_units);
        couplings.add_pulls(self.n_pulling..end, &self.cue, &mut self.pulls);
        self.n_pulling = end;
        true
    }

    /// The run under `dynamics` from here, and the energy of its cue where there is one; the steps that are left are
    /// done.
    pub(in crate::engine) fn run(
        mut self,
        dynamics: Dynamics,
        seed: u64,
    ) -> (Relaxation, Option<f64>) {
        while self.step(usize::MAX) {}
        let (fields, energy) = match self.memory.couplings() {
            Some(couplings) => {
                let energy = couplings.energy_of(&self.pulls, &self.cue);
                (
                    Fields::Pairwise(self.fields),
                    couplings.symmetric().then_some(energy),
                )
            }
            None => (
                Fields::new(&self.memory, &self.cue),
                self.memory.energy(&self.cue),
            ),
        };
        let run = Relaxation::with_fields(self.memory, self.cue, fields, dynamics, seed);
        (run, energy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn steps_of_any_size_come_to_the_same_bits() {
        let weights = Array2::from_shape_fn((150, 150), |(i, j)| ((i * 150 + j) as f32).sin());
        let symmetric = &weights + &weights.t();
        let cue = State::from_fn(150, |unit| unit % 3 == 0);
        for weights in [weights, symmetric] {
            let memory = Memory::Pairwise(Couplings::new(weights, 0.5).unwrap());
            let memory = Arc::new(memory);
            for n_entries in [1, 1000, usize::MAX] {
                let mut first = FirstMoment::new(Arc::clone(&memory), cue.clone());
                let mut n_steps = 0;
                while first.step(n_entries) {
                    n_steps += 1;
                }
                assert!(n_steps >= first.work() / n_entries.max(150), "{n_steps}");
                let (run, energy) = first.run(Dynamics::Asynchronous, 1);
                assert_eq!(energy, memory.energy(&cue));
                let fields: Vec<f32> = (0..150).map(|unit| run.field(unit)).collect();
                assert_eq!(fields, memory.fields(&cue));
            }
        }
    }
}
