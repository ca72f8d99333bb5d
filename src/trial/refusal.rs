//! How far a trial came, and why it went no further.

use crate::engine::Error;
use std::fmt;

/// The stages of a trial, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialStage {
    /// The world is prepared.
    World,
    /// Patterns are picked from it.
    Patterns,
    /// The cue is worked out.
    Cue,
    /// The cue is corrupted.
    Corruption,
    /// The rule learns the patterns.
    Learning,
    /// The couplings are altered.
    Alteration,
}

/// Why a trial cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// How far it came.
    pub stage: TrialStage,
    /// What is wrong.
    pub problem: Error,
}

impl TrialStage {
    /// What makes a problem a refusal at this stage.
    pub(super) fn refusal(self) -> impl FnOnce(Error) -> Refusal {
        move |problem| Refusal {
            stage: self,
            problem,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(out)
    }
}
