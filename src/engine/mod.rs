//! Pure numerics: patterns, memories, learning rules, dynamics, recordings.
//!
//! Absent: the window, threads, clocks, files, and any randomness that does not come from a seed.

pub mod error;
pub mod patterns;
pub mod rng;

pub use error::Error;
pub use patterns::{Grid, Patterns, State};
