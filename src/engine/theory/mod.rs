//! Closed forms: what theory expects of rules, to say beside the sliders and to test the rules against.
//!
//! Absent: any simulation.

pub mod dense;
pub mod expectation;
pub mod gardner;
pub mod mean_field;
pub mod one_step;
pub mod signal_to_noise;
