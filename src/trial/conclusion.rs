//! Where a run has come to: how it ended, and what its last state is.
//!
//! Worked out here alone: facts, `engram recall` and the window's line read it, so that they say the same.

use super::words;
use crate::engine::observables::identify;
use crate::engine::{Nature, Patterns, Recording, State, Verdict};

/// What came of a run, as far as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// How it ended, or that it has not.
    pub verdict: Verdict,
    /// Sweeps done.
    pub sweeps: u64,
    /// The last state.
    pub last: State,
    /// What that is.
    pub nature: Nature,
}

impl Conclusion {
    /// That of all that `recording` holds.
    pub fn of(recording: &Recording) -> Self {
        let last = recording.state_at(recording.length());
        Self {
            verdict: recording.verdict_so_far(),
            sweeps: recording.length() / recording.sweep(),
            nature: identify(recording.patterns(), &last),
            last,
        }
    }

    /// Whether the run rests in a stored pattern.
    pub fn is_recalled(&self) -> bool {
        self.verdict == Verdict::FixedPoint && matches!(self.nature, Nature::Stored { .. })
    }

    /// "Fixed point after 3 sweeps".
    pub fn verdict_in_words(&self) -> String {
        words::verdict(self.verdict, self.sweeps)
    }

    /// "stored pattern 9 (a 3), exactly"; `patterns` are those of the run.
    pub fn nature_in_words(&self, patterns: &Patterns) -> String {
        words::nature(&self.nature, patterns)
    }

    /// "Fixed point after 3 sweeps: stored pattern 9 (a 3), exactly".
    pub fn in_words(&self, patterns: &Patterns) -> String {
        let is = self.nature_in_words(patterns);
        format!("{}: {is}", self.verdict_in_words())
    }
}
