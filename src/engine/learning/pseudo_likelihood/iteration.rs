//! What an iteration of conjugate gradients over some rows is asked for, and what it adds up.
//!
//! Absent: how a row moves.

use super::logistic::Fit;

/// What is to be reached, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// w: the penalty is w/2 |J|².
    pub(super) weight: f64,
    /// Norm of the gradient over that at J = 0 at which it ends.
    pub(super) tolerance: f64,
    pub(super) iterations: u32,
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
            self.see(f64::from(fit.smallest) / norm);
        }
    }

    /// Takes in the sums of other rows.
    pub(super) fn add_all(&mut self, other: Self) {
        self.cost += other.cost;
        self.squared_couplings += other.squared_couplings;
        self.norms += other.norms;
        self.squared_gradient += other.squared_gradient;
        self.estimated |= other.estimated;
        other.margin.into_iter().for_each(|margin| self.see(margin));
    }

    fn see(&mut self, margin: f64) {
        self.margin = Some(self.margin.map_or(margin, |least| least.min(margin)));
    }
}

/// Rows of a piece: about 5e7 operations, at most a sixteenth of all, whole vectors of them.
pub(super) fn n_rows_a_piece(n_units: usize, operations_a_row: usize) -> usize {
    const VECTOR: usize = 16;
    let rows = 50_000_000 / operations_a_row.max(1);
    (rows.min(n_units / 16) / VECTOR * VECTOR).max(VECTOR)
}

/// Square norm of a row's gradient below which the row rests: it adds a hundredth of what the tolerance allows, and
/// what rounding leaves of its gradient gives no direction.
pub(super) fn floor(tolerance: f64, squares: &[f64]) -> f64 {
    0.01 * tolerance * tolerance * squares.iter().sum::<f64>() / squares.len() as f64
}

/// β of Polak and Ribière, not below 0.
pub(super) fn polak_ribiere(square: f64, mixed: f64, before: f64) -> f32 {
    if before > 0.0 {
        ((square - mixed) / before).max(0.0) as f32
    } else {
        0.0
    }
}
