//! Pure numerics: patterns, memories, learning rules, dynamics, recordings.
//!
//! Absent: the window, threads, clocks, files, and any randomness that does not come from a seed.

pub mod corrupt;
pub mod dynamics;
pub mod error;
mod kernels;
pub mod learning;
pub mod memory;
pub mod observables;
pub mod patterns;
mod products;
pub mod recording;
pub mod rng;
pub mod theory;

pub use corrupt::Corruption;
pub use dynamics::{Dynamics, Relaxation, Verdict};
pub use error::Error;
pub use learning::LearningRule;
pub use memory::{Couplings, Memory};
pub use observables::Nature;
pub use patterns::{Grid, Patterns, State};
pub use recording::Recording;
