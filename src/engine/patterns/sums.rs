//! Sums over the patterns that several rules need, kept with the patterns so that a setting may change at no cost.
//!
//! They follow from the patterns and are no part of what patterns are: equality does not look at them.

use ndarray::{Array2, ArrayView1};
use std::sync::{Arc, OnceLock};

/// Units up to which the products of all pairs are kept: 64 MB.
const MAX_UNITS: usize = 4096;

/// Sums of ±1 patterns, each worked out when it is first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct PatternSums {
    units: OnceLock<Vec<i32>>,
    products: OnceLock<Arc<Array2<f32>>>,
}

impl PartialEq for PatternSums {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl PatternSums {
    /// Σ_μ ξ_i^μ of every unit, whose values in all patterns are a row of `by_unit`.
    pub(super) fn units(&self, by_unit: &Array2<i8>) -> &[i32] {
        self.units.get_or_init(|| {
            let sum = |row: ArrayView1<'_, i8>| row.iter().map(|unit| i32::from(*unit)).sum();
            by_unit.outer_iter().map(sum).collect()
        })
    }

    /// Σ_μ ξ_i^μ ξ_j^μ of all pairs, if they are kept.
    pub(super) fn products(&self) -> Option<&Arc<Array2<f32>>> {
        self.products.get()
    }

    /// Keeps `products`, unless they are too large or kept already.
    pub(super) fn keep_products(&self, products: &Arc<Array2<f32>>) {
        if products.nrows() <= MAX_UNITS {
            self.products.get_or_init(|| Arc::clone(products));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn sums_by_hand_make_no_difference_to_equality() {
        let sums = PatternSums::default();
        assert_eq!(sums.units(&array![[1, 1], [1, -1], [-1, -1]]), [2, 0, -2]);
        assert!(sums.products().is_none());
        let products = Arc::new(Array2::zeros((3, 3)));
        sums.keep_products(&products);
        assert_eq!(sums.products(), Some(&products));
        assert_eq!(sums, PatternSums::default());
    }
}
