//! Where a state of a batch came to rest.

use crate::engine::dynamics::Verdict;
use crate::engine::patterns::State;

/// How a run of a batch ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// The last state.
    pub state: State,
    /// Sweeps done.
    pub sweeps: u64,
    /// Flips done.
    pub flips: u64,
    /// What the state does for ever, or that it has not settled.
    pub verdict: Verdict,
    /// Energies where couplings between signs are symmetric: before each sweep of all units at once, and last that of
    /// the last state. They come from the fields kept, in single precision where couplings are not whole numbers.
    pub energies: Vec<f64>,
}
