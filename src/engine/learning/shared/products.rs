//! Σ_μ ξ_i^μ ξ_j^μ between all pairs of units, a few rows at a time, counted once for all rules that ask.
//!
//! Of a unit with itself it is P, which says nothing: the diagonal is left 0, so that Hebb's couplings can share them.

use super::gram::GramMatrix;
use crate::engine::patterns::Patterns;
use ndarray::Array2;
use std::sync::Arc;

/// The products between the units, which all rules without terms in the couplings are made of.
pub(in crate::engine::learning) struct UnitProducts {
    patterns: Arc<Patterns>,
    counting: Counting,
}

enum Counting {
    UnderWay(GramMatrix),
    Done(Arc<Array2<f32>>),
}

impl UnitProducts {
    /// Begins to count, or takes what was counted before.
    pub(in crate::engine::learning) fn new(patterns: Arc<Patterns>) -> Self {
        let counting = match patterns.unit_products() {
            Some(counted) => Counting::Done(Arc::clone(counted)),
            None => Counting::UnderWay(GramMatrix::new(patterns.by_unit())),
        };
        Self { patterns, counting }
    }

    /// Counts some rows; false if all were counted before.
    pub(in crate::engine::learning) fn step(&mut self) -> bool {
        let Counting::UnderWay(counting) = &mut self.counting else {
            return false;
        };
        let counted = counting.step();
        if let Some(mut matrix) = counting.take_finished() {
            matrix.diag_mut().fill(0.0);
            let matrix = Arc::new(matrix);
            self.patterns.keep_unit_products(&matrix);
            self.counting = Counting::Done(matrix);
        }
        counted
    }

    /// The products, N × N, without their diagonal: whole numbers, exact below 2^24 patterns; zero in rows that are not
    /// counted yet.
    pub(in crate::engine::learning) fn matrix(&self) -> Arc<Array2<f32>> {
        match &self.counting {
            Counting::UnderWay(counting) => {
                let mut matrix = counting.matrix().clone();
                matrix.diag_mut().fill(0.0);
                Arc::new(matrix)
            }
            Counting::Done(matrix) => Arc::clone(matrix),
        }
    }

    /// The patterns they are counted from.
    pub(in crate::engine::learning) fn patterns(&self) -> &Arc<Patterns> {
        &self.patterns
    }

    /// Share counted, 0 to 1.
    pub(in crate::engine::learning) fn done(&self) -> f32 {
        match &self.counting {
            Counting::UnderWay(counting) => counting.done(),
            Counting::Done(_) => 1.0,
        }
    }

    /// Operations that counting takes: none if it is done already.
    pub(in crate::engine::learning) fn work(&self) -> f64 {
        match &self.counting {
            Counting::UnderWay(counting) => counting.work(),
            Counting::Done(_) => 0.0,
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
        assert_eq!(first.matrix().row(0), array![0.0, 0.0, -2.0]);
        let mut second = UnitProducts::new(patterns);
        assert!(!second.step() && second.work() == 0.0);
        assert!(Arc::ptr_eq(&first.matrix(), &second.matrix()));
    }
}
