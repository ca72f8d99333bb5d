//! Ξᵀ (Ξ Ξᵀ + ε N)⁻¹ Ξ piece by piece: with L Lᵀ the bracket, it is Yᵀ Y for Y = L⁻¹ Ξ.
//!
//! Factor and solution are in double precision, since patterns may nearly repeat each other; Y is rounded to single
//! precision, in which couplings are kept, before the last product. Pieces can be done in any order and on any
//! thread. Absent: threads.

use crate::engine::patterns::Patterns;
use faer::linalg::matmul::matmul;
use faer::linalg::solvers::Llt;
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{Accum, Mat, MatMut, MatRef, Par, Side};
use ndarray::ArrayRef2;
use std::ops::Range;

/// The lower factor L of (1/N) Ξ Ξᵀ + ε.
pub(crate) struct Projector {
    factor: Llt<f64>,
    ridge: f64,
}

impl Projector {
    /// Factorises (1/N) × `products` + `ridge`, where `products` are Ξ Ξᵀ; of these only the upper triangle is read.
    pub(crate) fn new(products: &ArrayRef2<f32>, n_units: usize, ridge: f64) -> Self {
        let (factor, ridge) = factorise(products, n_units, ridge);
        Self { factor, ridge }
    }

    /// The ridge ε that it was made with: the one asked for, or a larger one, see [`factorise`].
    pub(crate) fn ridge(&self) -> f64 {
        self.ridge
    }

    /// Columns `units` of Y = L⁻¹ Ξ / √N, one after the other as rows of P numbers.
    pub(crate) fn solve(&self, patterns: &Patterns, units: Range<usize>, rows: &mut [f32]) {
        let n_patterns = patterns.n_patterns();
        let scale = (patterns.n_units() as f64).sqrt().recip();
        let mut right = Mat::from_fn(n_patterns, units.len(), |mu, column| {
            scale * f64::from(patterns.unit(units.start + column)[mu])
        });
        solve_lower_triangular_in_place(self.factor.L(), right.as_mut(), Par::Seq);
        for (row, column) in rows.chunks_exact_mut(n_patterns).zip(right.col_iter()) {
            for (entry, value) in row.iter_mut().zip(column.iter()) {
                *entry = *value as f32;
            }
        }
    }
}

/// Rows `units` of Yᵀ Y from column `units.start` on, into lines of N numbers; `y` holds the columns of Y as rows.
pub(crate) fn products(y: &[f32], n_patterns: usize, units: Range<usize>, lines: &mut [f32]) {
    let n_units = y.len() / n_patterns;
    let all = MatRef::from_row_major_slice(y, n_units, n_patterns);
    let lines = MatMut::from_row_major_slice_mut(lines, units.len(), n_units);
    matmul(
        lines.subcols_mut(units.start, n_units - units.start),
        Accum::Replace,
        all.subrows(units.start, units.len()),
        all.subrows(units.start, n_units - units.start).transpose(),
        1.0,
        Par::Seq,
    );
}

/// (1/N) ΞΞᵀ + ε or (1/N) ΞᵀΞ + ε, factorised, and the ridge ε that this took.
///
/// Millions of patterns that are nearly the same make an eigenvalue so large that rounding it swallows the ridge;
/// there, the least ridge of ε, 10 ε, 100 ε, … that shows is taken.
pub(in crate::engine::learning) fn factorise(
    products: &ArrayRef2<f32>,
    n_units: usize,
    ridge: f64,
) -> (Llt<f64>, f64) {
    let n_rows = products.nrows();
    let entry = |i, j| f64::from(products[[i, j]]) / n_units as f64;
    let mut ridge = ridge;
    loop {
        let system = Mat::from_fn(n_rows, n_rows, |i, j| {
            // Rows of the upper triangle are what is contiguous for the columns of the lower one.
            entry(j, i) + if i == j { ridge } else { 0.0 }
        });
        if let Ok(factor) = Llt::new(system.as_ref(), Side::Lower) {
            return (factor, ridge);
        }
        ridge *= 10.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn ridges_by_hand() {
        // (4 / 4) + 3 = 2².
        let projector = Projector::new(&array![[4.0]], 4, 3.0);
        let rows = array![[1, -1, 1, 1]];
        let patterns = Patterns::new(rows, crate::engine::Grid::square(2), None).unwrap();
        let mut y = [0.0; 4];
        projector.solve(&patterns, 0..4, &mut y);
        assert_eq!(y, [0.25, -0.25, 0.25, 0.25]);
        assert_eq!(projector.ridge(), 3.0);
        let mut lines = [9.0; 8];
        products(&y, 1, 1..3, &mut lines);
        assert_eq!(lines[1..4], [0.0625, -0.0625, -0.0625]);
        assert_eq!(lines[5..8], [-0.0625, 0.0625, 0.0625]);
    }
}
