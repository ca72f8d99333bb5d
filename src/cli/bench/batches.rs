//! What W2, W8 and W9 share: a batch of states that go to rest all units at once, and what is told of their ends.

use super::inputs;
use super::timing::{Effort, Timing, time};
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::{Dynamics, Memory, State, Verdict};
use crate::jobs;

/// Times the batch in a pool of so many threads.
pub(super) fn settle(
    batch: &Batch,
    starts: &[State],
    max_sweeps: u64,
    threads: usize,
    effort: Effort,
) -> (Vec<Rest>, Timing) {
    jobs::with_threads(threads, || {
        time(effort, || {
            batch.settle(starts, Dynamics::Synchronous, |_| 0, max_sweeps)
        })
    })
}

/// The states at the end, and how many sweeps there are for whoever does not see that states alternate: all that are
/// admitted.
pub(super) fn ends(rests: &[Rest], max_sweeps: u64) -> (Vec<State>, u64) {
    let n_sweeps = rests.iter().map(|rest| match rest.verdict {
        Verdict::Cycle { .. } => max_sweeps,
        Verdict::FixedPoint | Verdict::NotSettled { .. } => rest.sweeps,
    });
    let states = rests.iter().map(|rest| rest.state.clone()).collect();
    (states, n_sweeps.sum())
}

/// The implementation's name: what couplings are kept in.
pub(super) fn name(batch: &Batch) -> &'static str {
    match batch.bits() {
        Some(8) => "ours-i8",
        Some(16) => "ours-i16",
        Some(_) => "ours-f32",
        None => "ours",
    }
}

/// Mean energy of `states` in symmetric couplings.
pub(super) fn mean_energy(memory: &Memory, states: &[State]) -> f64 {
    let energies = states.iter().filter_map(|state| memory.energy(state));
    energies.sum::<f64>() / states.len() as f64
}

/// How starts come about: the keys of the workloads' sizes.
#[derive(serde::Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Init {
    Random,
    Overlap,
}

impl Init {
    /// So many starts.
    pub(super) fn starts(
        self,
        patterns: &crate::engine::Patterns,
        m0: f64,
        n_states: usize,
    ) -> Vec<State> {
        match self {
            Self::Random => inputs::random_starts(n_states, patterns.n_units()),
            Self::Overlap => inputs::starts(patterns, m0, n_states, 0),
        }
    }
}
