//! Where a run has come to: how it ended, what its last state is, and whether that answers the cue.
//!
//! Worked out here alone: facts, `engram recall` and the window read it, so that they say the same. Absent: the words for
//! it (`verdict`).

use super::cue::{CueStates, Target};
use crate::engine::observables::{Original, Seen, differing, nearest};
use crate::engine::patterns::Label;
use crate::engine::{Dynamics, Nature, Patterns, Recording, State, Verdict};

/// What came of a run, as far as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusion {
    /// How it ended, or that it has not.
    pub verdict: Verdict,
    /// Sweeps done.
    pub sweeps: u64,
    /// The last state, or its signs.
    pub last: State,
    /// Whether states are continuous, so that `last` are signs alone.
    pub is_graded: bool,
    /// What the run has come to.
    pub nature: Nature,
    /// The overlaps of the last state with all stored patterns; of a continuous one its own, not those of its signs.
    pub overlaps: Vec<f64>,
    /// The stored pattern with the largest |overlap|.
    pub nearest: usize,
    /// What the cue was made of, where it was made of a pattern.
    pub wanted: Option<Wanted>,
    /// The dynamics of the run.
    pub dynamics: Dynamics,
}

/// What a run should have come to, and how near to that it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The pattern.
    pub target: Target,
    /// Its class, where it has one.
    pub label: Option<Label>,
    /// The overlap of the last state with it; of a continuous one its own.
    pub overlap: f64,
    /// Units in which the last state, or its signs, differ from it.
    pub wrong: usize,
}

/// Whether what was asked for was recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The run rests in the original.
    Remembered,
    /// It ended elsewhere.
    Missed,
    /// It ended, but nothing was asked for: the cue was made of no pattern.
    Found,
    /// It has not ended.
    Moving,
}

impl Conclusion {
    /// That of all that `recording` holds; `cue` is what it began with, where that is known.
    pub fn of(recording: &Recording, cue: Option<&CueStates>) -> Self {
        let (patterns, end) = (recording.patterns(), recording.length());
        let last = recording.state_at(end);
        let graded = recording.graded_at(end);
        let overlaps = recording.last_overlaps();
        let seen = Seen {
            state: &last,
            graded,
            overlaps: &overlaps,
        };
        let original = cue.and_then(|cue| original(cue, patterns));
        let verdict = recording.verdict_so_far();
        let nature = Nature::of_run(verdict, patterns, seen, original);
        let wanted = cue.and_then(|cue| {
            let state = cue.wanted()?;
            Some(Wanted {
                target: cue.target?,
                label: cue.label.clone(),
                overlap: seen.overlap(state),
                wrong: differing(&last, state),
            })
        });
        Self {
            verdict,
            sweeps: end / recording.sweep(),
            is_graded: graded.is_some(),
            nature,
            nearest: nearest(&overlaps),
            overlaps,
            wanted,
            dynamics: recording.dynamics(),
            last,
        }
    }

    /// Whether what was asked for was recalled.
    pub fn answer(&self) -> Answer {
        match (&self.nature, &self.wanted) {
            (Nature::Unsettled, _) => Answer::Moving,
            (Nature::Original { .. }, _) => Answer::Remembered,
            (_, Some(_)) => Answer::Missed,
            (_, None) => Answer::Found,
        }
    }
}

/// What `cue` was made of, if that is a pattern, and which of `patterns` it is.
fn original<'a>(cue: &'a CueStates, patterns: &Patterns) -> Option<Original<'a>> {
    let state = cue.wanted()?;
    let pattern = match cue.target {
        // The patterns of an older recording may be others.
        Some(Target::Stored(pattern)) if pattern < patterns.n_patterns() => {
            Some(pattern).filter(|pattern| patterns.pattern(*pattern) == state.units())
        }
        _ => None,
    };
    Some(Original { state, pattern })
}
