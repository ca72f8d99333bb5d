//! What a workload is, and what it comes to.

use super::timing::{Effort, Timing};
use crate::engine::Error;
use serde_json::Value;

/// One thing to measure.
pub(super) struct Workload {
    pub(super) name: &'static str,
    /// A few words for tables.
    pub(super) title: &'static str,
    /// Usual sizes, each a JSON object.
    pub(super) sizes: &'static [&'static str],
    /// Sizes for N units at constant load.
    pub(super) scaled: fn(usize) -> Value,
    /// Refuses what does not fit, then measures on so many threads.
    pub(super) run: fn(&Value, usize, Effort) -> Result<WorkloadResult, Error>,
}

/// What a workload came to.
pub(super) struct WorkloadResult {
    /// "ours" and the kind of number that couplings were kept in, where that is a choice.
    pub(super) implementation: &'static str,
    pub(super) timing: Timing,
    /// How much was done, by name of the unit.
    pub(super) work: Value,
    /// Numbers that any right result agrees on.
    pub(super) check: Value,
}
