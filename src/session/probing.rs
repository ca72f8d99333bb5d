//! A look at what is learned so far: how far states stay from where a few sweeps take them, a slice at a time.
//!
//! Looks change nothing in what is learned.

use super::learning_history::Probe;
use crate::engine::{Dynamics, Memory, Relaxation, State};
use std::sync::Arc;

/// Sweeps that every state is given.
const SWEEPS: u64 = 10;

/// A look that is not over.
pub(super) struct Probing {
    iteration: u64,
    memory: Arc<Memory>,
    /// States to ask, stored ones first.
    states: Arc<[State]>,
    n_stored: usize,
    run: Option<Relaxation>,
    /// What became of those that were asked.
    overlaps: Vec<f64>,
}

impl Probing {
    /// A look at `memory` after `iteration` iterations: asks `states`, of which the first `n_stored` are stored.
    pub(super) fn new(
        iteration: u64,
        memory: Arc<Memory>,
        states: Arc<[State]>,
        n_stored: usize,
    ) -> Self {
        Self {
            iteration,
            memory,
            states,
            n_stored,
            run: None,
            overlaps: Vec::new(),
        }
    }

    /// One sweep more of one state; what was seen, once all were asked.
    pub(super) fn step(&mut self) -> Option<Probe> {
        let Some(state) = self.states.get(self.overlaps.len()) else {
            let (stored, unseen) = self.overlaps.split_at(self.n_stored);
            return Some(Probe {
                iteration: self.iteration,
                stored: mean(stored),
                unseen: mean(unseen),
            });
        };
        let run = self.run.get_or_insert_with(|| {
            let memory = Arc::clone(&self.memory);
            Relaxation::new(memory, state.clone(), Dynamics::Synchronous, 0)
        });
        let sweep = run.sweeps() + 1;
        run.settle(sweep);
        if run.is_over(SWEEPS) {
            self.overlaps.push(run.state().overlap(state));
            self.run = None;
        }
        None
    }
}

/// NaN for none.
fn mean(overlaps: &[f64]) -> f64 {
    overlaps.iter().sum::<f64>() / overlaps.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LearningRule;
    use crate::worlds::{Source, World};

    #[test]
    fn a_look_in_slices_sees_what_whole_runs_come_to() {
        let source = Source::prepare(&World::parse("random:n=60,p=9").unwrap(), 3).unwrap();
        let patterns = source.stored().unwrap().patterns;
        let rule = LearningRule::parse("hebb").unwrap();
        let memory = rule.learn(Arc::clone(&patterns), 3).unwrap();
        let unseen = source
            .first_unseen(4)
            .unwrap()
            .into_iter()
            .map(|example| example.state);
        let states: Vec<State> = (0..9).map(|p| patterns.state(p)).chain(unseen).collect();
        let ends: Vec<f64> = states
            .iter()
            .map(|state| {
                let memory = Arc::new(memory.clone());
                let mut run = Relaxation::new(memory, state.clone(), Dynamics::Synchronous, 0);
                run.settle(SWEEPS);
                run.state().overlap(state)
            })
            .collect();
        let mut probing = Probing::new(5, Arc::new(memory), states.into(), 9);
        let mut slices = 0;
        let seen = loop {
            if let Some(seen) = probing.step() {
                break seen;
            }
            slices += 1;
        };
        assert!((13..=13 * SWEEPS).contains(&slices), "{slices}");
        let wanted = Probe {
            iteration: 5,
            stored: mean(&ends[..9]),
            unseen: mean(&ends[9..]),
        };
        assert_eq!(seen, wanted);
        assert!(seen.stored > 0.8 && seen.unseen < seen.stored);
    }
}
