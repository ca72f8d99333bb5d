//! Pure numerics: patterns, memories, learning rules, dynamics, recordings.
//!
//! Absent: the window, threads, clocks, files, and any randomness that does not come from a seed.

pub mod alteration;
pub mod attractors;
pub mod corrupt;
pub mod couplings;
pub mod dense;
pub mod dynamics;
mod eigenvalues;
pub mod error;
mod kernels;
pub mod learning;
mod matrix;
pub mod memory;
pub mod numbers;
pub mod observables;
pub(crate) mod parallel;
pub mod patterns;
pub mod potts;
mod products;
pub mod recording;
pub mod rng;
pub mod settings;
pub mod theory;

/// How many times longer plain work takes on a page: what has to fit into some milliseconds is so many times smaller there.
pub const SLOWER: usize = if cfg!(target_arch = "wasm32") { 16 } else { 1 };

pub use alteration::Alteration;
pub use corrupt::Corruption;
pub use couplings::Couplings;
pub use dense::DenseMemory;
pub use dynamics::{Dynamics, Relaxation, Verdict};
pub use error::Error;
pub(crate) use kernels::lanes;
pub use kernels::width::name as vector_unit;
#[cfg(target_arch = "wasm32")]
pub use kernels::width::use_vectors;
pub(crate) use kernels::width::widest;
pub use learning::LearningRule;
pub use memory::Memory;
pub use observables::Nature;
pub use patterns::{Alphabet, Grid, Letters, Patterns, State};
pub use potts::PottsCouplings;
pub use recording::Recording;
