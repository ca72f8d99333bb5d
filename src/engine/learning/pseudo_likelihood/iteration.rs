//! What an iteration of conjugate gradients over some rows is asked for, and what it adds up.
//!
//! Absent: how a row moves.

use super::logistic::Fit;

/// What is to be reached, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// w: the penalty is w/2 |J|².
    pub(super) weight: f64,
    pub(super) tolerance: f64,
    pub(super) iterations: u32,
    /// Whether loss, norms and margins are wanted too.
    pub(super) report: bool,
}

/// Which rows' gradients are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A few, which stand for the others.
    Some,
    /// All, if those of some are small enough.
    AllIfNear,
    All,
}

/// What the rows of an iteration add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowSums {
    pub(super) cost: f64,
    pub(super) squared_couplings: f64,
    pub(super) norms: f64,
    pub(super) margin: Option<f64>,
    pub(super) squared_gradient: f64,
    /// Some of it was not measured.
    pub(super) estimated: bool,
}

impl RowSums {
    /// Takes in a row: how its fields fit, and its square norm.
    pub(super) fn add(&mut self, fit: Fit, square: f64) {
        self.cost += fit.cost;
        self.squared_couplings += square;
        let norm = square.max(0.0).sqrt();
        self.norms += norm;
        if norm > 0.0 {
            let margin = f64::from(fit.smallest) / norm;
            self.margin = Some(self.margin.unwrap_or(margin).min(margin));
        }
    }
}

/// Rows that go together: about 4e8 operations, and at most a quarter of all.
pub(super) fn n_rows_a_block(n_units: usize, operations_a_row: usize) -> usize {
    let rows = (4e8 / operations_a_row as f64) as usize;
    rows.clamp(16, n_units.div_ceil(4).max(16))
        .next_multiple_of(8)
        .min(n_units)
}

/// Square norm of a row's gradient below which the row rests: it adds a hundredth of what the tolerance allows, and
/// what rounding leaves of its gradient gives no direction.
pub(super) fn floor(tolerance: f64, squares: &[f64]) -> f64 {
    0.01 * tolerance * tolerance * squares.iter().sum::<f64>() / squares.len() as f64
}
