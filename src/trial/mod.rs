//! The way from a recipe to its outcome, with no window: what `engram recall`, tests and the session share.
//!
//! A [`Recipe`] is everything that can be set. [`Inputs`] are what follows from it and the prepared world: the
//! patterns to store, and the cue; a session's plan works out the same. [`run()`] goes all the way: it prepares the
//! world, learns, drops the cue into the memory and lets it settle. Absent: the window, threads, the clock, files,
//! and time that can be wound back (`session`).

mod conclusion;
pub mod cue;
pub mod facts;
mod inputs;
mod mend;
mod paths;
pub mod recipe;
mod refusal;
mod run;
pub mod tracks;
mod verdict;
pub mod words;

pub use conclusion::{Answer, Conclusion, Wanted};
pub use cue::{Cue, CueStates, Start, Target};
pub use inputs::Inputs;
pub use mend::usual_rule;
pub use recipe::{AddedPattern, MAX_SWEEPS, MAX_TRACK_NAME, MAX_TRACKS, Recipe, TrackRecipe};
pub use refusal::{Refusal, TrialStage};
pub use run::{Learned, LearningRun, Outcome, TrackOutcome, learn, learn_from, run, run_from};
