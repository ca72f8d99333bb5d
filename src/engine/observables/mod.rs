//! What can be read off states and memories: what a state is, and how couplings are distributed.
//!
//! Absent: drawing, and anything that changes what it looks at.

mod histogram;
mod nature;

pub use histogram::Histogram;
pub use nature::{Nature, RETRIEVED, identify};
