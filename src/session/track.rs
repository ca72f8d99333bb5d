//! What came of each way to learn and recall, side by side; one clock for all of them.
//!
//! Time is counted in updates, N to a sweep, and the order in which units are asked does not depend on the rule: the
//! same moment is the same in every track. Absent: where the clock stands (`playback`).

use super::measure::Measured;
use super::trained::Trained;
use crate::engine::Recording;
use crate::engine::recording::Search;

/// [Work](crate::engine::Relaxation::tick_work) that is done before somebody looks at the clock: about a millisecond, so
/// that neither a cold heat bath nor a sweep of many flips stalls the window.
pub(super) const PATIENCE: u64 = 1 << 15;

/// What came of one track of the recipe.
#[derive(Default)]
pub struct Track {
    pub(super) trained: Option<Trained>,
    pub(super) recording: Option<Recording>,
    pub(super) measured: Measured,
}

impl Track {
    /// The memory, perhaps out of date.
    pub fn trained(&self) -> Option<&Trained> {
        self.trained.as_ref()
    }

    /// The recording of the cue in the memory.
    pub fn recording(&self) -> Option<&Recording> {
        self.recording.as_ref()
    }
}

/// The recordings that the clock drives: all that are of as many units as the first; at least one.
pub(super) struct Recordings<'a>(Vec<&'a mut Recording>);

impl<'a> Recordings<'a> {
    /// Those of `tracks`; `None` while there is none.
    pub(super) fn of(tracks: &'a mut [Track]) -> Option<Self> {
        let mut all = tracks
            .iter_mut()
            .filter_map(|track| track.recording.as_mut());
        let first = all.next()?;
        let sweep = first.sweep();
        // A track that is still being learned may show a memory of other patterns.
        let others = all.filter(|recording| recording.sweep() == sweep);
        Some(Self(std::iter::once(first).chain(others).collect()))
    }

    /// Updates to a sweep.
    pub(super) fn sweep(&self) -> u64 {
        self.0[0].sweep()
    }

    /// Updates to the smallest step of any.
    pub(super) fn tick_length(&self) -> u64 {
        let ticks = self.0.iter().map(|recording| recording.tick_length());
        ticks.min().expect("there is a recording")
    }

    /// The last moment that any has recorded.
    pub(super) fn length(&self) -> u64 {
        let lengths = self.0.iter().map(|recording| recording.length());
        lengths.max().expect("there is a recording")
    }

    /// Whether all are over that do at most `max_sweeps` sweeps.
    pub(super) fn are_over(&self, max_sweeps: u64) -> bool {
        self.0.iter().all(|recording| recording.is_over(max_sweeps))
    }

    /// Records every one up to `update`, or to its end.
    pub(super) fn extend_to(&mut self, update: u64, max_sweeps: u64) {
        for recording in &mut self.0 {
            recording.extend_within(update, max_sweeps, u64::MAX);
        }
    }

    /// Records every one up to `update`, or to its end, as far as a share of [`PATIENCE`] goes: how far those have
    /// come that are not there yet, if any.
    pub(super) fn extend_within(&mut self, update: u64, max_sweeps: u64) -> Option<u64> {
        let work = PATIENCE / self.0.len() as u64;
        let under_way = self.0.iter_mut().filter_map(|recording| {
            let goes_on = recording.extend_within(update, max_sweeps, work) == Search::GoesOn;
            goes_on.then(|| recording.length())
        });
        under_way.min()
    }

    /// The moment of the next flip after `update` in any: the last recorded moment if there is none, and how far the
    /// search has come if [`PATIENCE`] has not found it.
    pub(super) fn next_flip(&mut self, update: u64, max_sweeps: u64) -> (u64, Search) {
        let known = |recording: &Recording| {
            let next = recording.flip(recording.flips_until(update));
            next.map(|flip| flip.update)
        };
        let work = PATIENCE / self.0.len() as u64;
        let mut next = self.0.iter().filter_map(|recording| known(recording)).min();
        let mut searched = None;
        for recording in &mut self.0 {
            if known(recording).is_none() {
                let limit = max_sweeps.saturating_mul(recording.sweep());
                // No further than to the flip of another: what comes later is not asked for.
                let until = limit.min(next.unwrap_or(u64::MAX));
                if recording.extend_to_flip(until, max_sweeps, work) == Search::GoesOn {
                    searched = searched.into_iter().chain([recording.length()]).min();
                }
                next = known(recording).into_iter().chain(next).min();
            }
        }
        match (next, searched) {
            (Some(next), None) => (next, Search::Found),
            (Some(next), Some(searched)) if next <= searched => (next, Search::Found),
            (_, Some(searched)) => (searched, Search::GoesOn),
            (None, None) => (self.length(), Search::Over),
        }
    }

    /// The moment of the last flip before `update` in any; 0 if there is none.
    pub(super) fn last_flip_before(&self, update: u64) -> u64 {
        let last = |recording: &&mut Recording| {
            let earlier = recording.flips_until(update.saturating_sub(1));
            Some(recording.flip(earlier.checked_sub(1)?)?.update)
        };
        self.0.iter().filter_map(last).max().unwrap_or(0)
    }
}
