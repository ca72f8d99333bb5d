//! The two-dimensional Edwards–Anderson spin glass: configurations of a lattice with random bonds at a temperature.

pub mod bonds;
pub mod exact;
pub mod replicas;
