//! Runs in a heat bath, whose overlap with the pattern of the cue is averaged over time.

use crate::engine::State;
use crate::engine::dynamics::Relaxation;
use crate::engine::parallel::prelude::*;
use crate::lab::{Case, Cues};
use rand::RngExt as _;
use std::sync::Arc;

/// The overlap from which a pattern is said to be held.
pub(super) const HELD: f64 = 0.5;

/// The overlap of each run with the pattern of its cue, averaged over the second half of the sweeps; what it was so far, once
/// the case is cancelled.
pub(super) fn averages(case: &Case<'_>, Cues { originals, cues }: Cues) -> Vec<f64> {
    let dynamics = case.recipe.track().dynamics;
    let sweeps = case.recipe.max_sweeps;
    let mut lots = case.stream("dynamics");
    let runs = originals.into_iter().zip(cues);
    let runs: Vec<(State, State, u64)> = runs
        .map(|(state, cue)| (state, cue, lots.random()))
        .collect();
    let overlaps = runs.into_par_iter().map(|(state, cue, seed)| {
        let memory = Arc::clone(case.memory());
        let mut run = Relaxation::new(memory, cue, dynamics, seed);
        if !case.is_cancelled() {
            run.settle(sweeps / 2);
        }
        let mut sum = 0.0;
        for sweep in sweeps / 2 + 1..=sweeps {
            if case.is_cancelled() {
                break;
            }
            run.settle(sweep);
            sum += run.state().overlap(&state);
        }
        sum / (sweeps - sweeps / 2) as f64
    });
    overlaps.collect()
}
