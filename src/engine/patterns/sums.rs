//! Sums over the patterns that several rules need, kept with the patterns so that a setting may change at no cost.
//!
//! They follow from the patterns and are no part of what patterns are: equality does not look at them.

use super::Patterns;
use ndarray::{Array2, ArrayView1};
use std::sync::{Arc, OnceLock};

/// Units up to which the products of all pairs are kept: 64 MB.
const MAX_UNITS: usize = 4096;

#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    units: OnceLock<Vec<i32>>,
    products: OnceLock<Arc<Array2<f32>>>,
}

impl PartialEq for Sums {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Patterns {
    /// Σ_μ ξ_i^μ of every unit, of ±1: P times its mean.
    pub fn unit_sums(&self) -> &[i32] {
        self.sums.units.get_or_init(|| {
            let sum = |row: ArrayView1<'_, i8>| row.iter().map(|unit| i32::from(*unit)).sum();
            self.by_unit.outer_iter().map(sum).collect()
        })
    }

    /// Mean activity ā = ⟨ξ⟩ over all units and patterns, from −1 to 1; 0 for letters, which have none.
    pub fn mean_activity(&self) -> f64 {
        if self.alphabet.letters().is_some() {
            return 0.0;
        }
        let all: i64 = self.unit_sums().iter().map(|sum| i64::from(*sum)).sum();
        all as f64 / self.rows.len() as f64
    }

    /// Σ_μ ξ_i^μ ξ_j^μ of all pairs of ±1 units, N × N, if a rule has counted and kept them.
    pub(in crate::engine) fn unit_products(&self) -> Option<&Arc<Array2<f32>>> {
        self.sums.products.get()
    }

    /// Keeps `products`, unless they are too large or kept already.
    pub(in crate::engine) fn keep_unit_products(&self, products: &Arc<Array2<f32>>) {
        if self.n_units() <= MAX_UNITS {
            self.sums.products.get_or_init(|| Arc::clone(products));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    #[test]
    fn sums_by_hand_are_no_part_of_the_patterns() {
        let rows = array![[1_i8, 1, -1], [1, -1, -1]];
        let new = || Patterns::new(rows.clone(), Grid::near_square(3), None).unwrap();
        let patterns = new();
        assert_eq!(patterns.unit_sums(), [2, 0, -2]);
        assert_eq!(patterns.mean_activity(), 0.0);
        patterns.keep_unit_products(&Arc::new(Array2::zeros((3, 3))));
        assert_eq!(patterns, new());
    }
}
