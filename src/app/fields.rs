//! The local fields at the moment shown: read off or summed at once where that is quick, in a job where it is not.
//!
//! Until a job has come to its end, the last fields known stay, and say so; it is not given up when one looks elsewhere
//! meanwhile, so that fields follow, a little behind. Absent: how fields are summed (`engine`).

use crate::engine::Recording;
use crate::jobs::{Job, Workers};
use std::sync::Arc;
use std::time::Duration;

/// Up to so many units fields are summed in the frame that asks for them.
const AT_ONCE: usize = 1024;

/// A moment of a session: its version, which changes with the recording, and the update.
pub(super) type Moment = (u64, u64);

/// The fields shown, and those that a job is at.
#[derive(Default)]
pub(super) struct FieldsCache {
    shown: Vec<f32>,
    of: Option<Moment>,
    summing: Option<(Moment, Job<Vec<f32>>)>,
    /// Snapshots that were made so far.
    snapshots: u64,
}

impl FieldsCache {
    /// Sees to it that the fields of `recording` at `moment` are shown, now or once a job is done.
    pub(super) fn update(&mut self, moment: Moment, recording: &Recording, workers: &Workers) {
        if let Some((of, job)) = &mut self.summing
            && let Some(fields) = job.poll(Duration::ZERO).pop()
        {
            if of.0 == moment.0 {
                (self.shown, self.of) = (fields, Some(*of));
            }
            self.summing = None;
        }
        if self.of == Some(moment) {
            return;
        }
        let (update, n_units) = (moment.1, recording.cue().n_units());
        let is_quick = n_units <= AT_ONCE || recording.keeps_fields_at(update);
        if is_quick || self.shown.len() != n_units {
            (self.shown, self.of) = (recording.fields_at(update), Some(moment));
        } else if self.summing.is_none() {
            let (memory, state) = (Arc::clone(recording.memory()), recording.state_at(update));
            let task = std::iter::once_with(move || memory.fields(&state));
            self.summing = Some((moment, Job::start("fields", workers, task)));
        }
    }

    /// The version of a new snapshot: no two have the same, also where nothing was shown between them.
    pub(super) fn next_version(&mut self) -> u64 {
        self.snapshots += 1;
        self.snapshots
    }

    /// The local field of every unit, and the moment that they are of.
    pub(super) fn shown(&self) -> (&[f32], Option<Moment>) {
        (&self.shown, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Dynamics, Grid, LearningRule, Patterns, State};
    use ndarray::Array2;

    /// A run of `n_units` units from a state with a few of them wrong.
    fn run(n_units: usize) -> Recording {
        let rows = Array2::from_elem((1, n_units), 1);
        let patterns = Patterns::new(rows, Grid::near_square(n_units), None).expect("they fit");
        let patterns = Arc::new(patterns);
        let memory = LearningRule::ALL[0]().learn(Arc::clone(&patterns), 1);
        let memory = Arc::new(memory.expect("Hebb's rule learns every pattern"));
        let cue = State::from_fn(n_units, |unit| unit > 20);
        let mut run = Recording::new(memory, patterns, cue, Dynamics::Asynchronous, 1);
        run.settle(3);
        run
    }

    #[test]
    fn small_fields_and_those_of_the_last_moment_are_there_at_once() {
        let (small, large) = (run(100), run(AT_ONCE + 1));
        let mut cache = FieldsCache::default();
        for (recording, moment) in [(&small, (1, 7)), (&large, (2, large.length()))] {
            cache.update(moment, recording, &Workers::Caller);
            let fields = recording.fields_at(moment.1);
            assert_eq!(cache.shown(), (&fields[..], Some(moment)));
        }
    }

    #[test]
    fn large_ones_are_summed_by_a_job_beside_the_last_ones() {
        let recording = run(AT_ONCE + 1);
        let [last, early, later] = [recording.length(), 5, 900].map(|update| (1, update));
        let fields = |moment: Moment| recording.fields_at(moment.1);
        assert_ne!(fields(early), fields(last));
        let mut cache = FieldsCache::default();
        cache.update(last, &recording, &Workers::Caller);
        cache.update(early, &recording, &Workers::Caller);
        assert_eq!(cache.shown(), (&fields(last)[..], Some(last)));
        // Where one looks by now comes after what was begun.
        cache.update(later, &recording, &Workers::Caller);
        assert_eq!(cache.shown(), (&fields(early)[..], Some(early)));
        cache.update(later, &recording, &Workers::Caller);
        assert_eq!(cache.shown(), (&fields(later)[..], Some(later)));
        // What comes of an older recording is not shown.
        cache.update(early, &recording, &Workers::Caller);
        cache.update((2, 5), &recording, &Workers::Caller);
        assert_eq!(cache.shown().1, Some(later));
    }
}
