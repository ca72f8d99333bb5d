//! Σ_μ ξ_i^μ ξ_j^μ between all units, a few rows at a time, counted once for all rules that ask.

use super::hebb::GramMatrix;
use crate::engine::patterns::Patterns;
use ndarray::Array2;
use std::sync::Arc;

/// The products between the units, which all rules without terms in the couplings are made of.
pub(super) struct UnitProducts {
    patterns: Arc<Patterns>,
    counting: GramMatrix,
    counted: Option<Arc<Array2<f32>>>,
}

impl UnitProducts {
    /// Begins to count, or takes what was counted before.
    pub(super) fn new(patterns: Arc<Patterns>) -> Self {
        let counted = patterns.unit_products().cloned();
        let counting = if counted.is_some() {
            GramMatrix::default()
        } else {
            GramMatrix::new(patterns.by_unit())
        };
        Self {
            patterns,
            counting,
            counted,
        }
    }

    /// Counts some rows; false if all were counted before.
    pub(super) fn step(&mut self) -> bool {
        if self.counted.is_some() {
            return false;
        }
        if self.counting.step() {
            return true;
        }
        let counted = Arc::new(std::mem::take(&mut self.counting).into_matrix());
        self.patterns.keep_unit_products(&counted);
        self.counted = Some(counted);
        false
    }

    /// The products, N × N: whole numbers; zero in rows that are not counted yet.
    pub(super) fn matrix(&self) -> &Array2<f32> {
        self.counted
            .as_deref()
            .unwrap_or_else(|| self.counting.matrix())
    }

    /// The patterns they are counted from.
    pub(super) fn patterns(&self) -> &Arc<Patterns> {
        &self.patterns
    }

    /// Share counted, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        if self.counted.is_some() {
            1.0
        } else {
            self.counting.done()
        }
    }

    /// Operations that counting takes: none if it is done already.
    pub(super) fn work(&self) -> f64 {
        if self.counted.is_some() {
            0.0
        } else {
            self.counting.work()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    #[test]
    fn what_is_counted_once_is_shared() {
        let rows = array![[1, 1, -1], [1, -1, -1]];
        let patterns = Arc::new(Patterns::new(rows, Grid::near_square(3), None).unwrap());
        let mut first = UnitProducts::new(Arc::clone(&patterns));
        assert!(first.work() > 0.0);
        while first.step() {}
        assert_eq!(first.matrix().row(0), array![2.0, 0.0, -2.0]);
        let mut second = UnitProducts::new(patterns);
        assert!(!second.step() && second.work() == 0.0);
        assert!(std::ptr::eq(first.matrix(), second.matrix()));
    }
}
