//! What square and other matrices share, whoever keeps them: order in memory, transposes, sums of squares; all at once
//! or strip by strip, to the same bits.
//!
//! Absent: products (`products`), and what a matrix means.

use super::kernels::blocks::{Block, SIDE};
use super::kernels::sum_of_squares;
use super::kernels::width::widest;
use crate::engine::parallel::prelude::*;
use ndarray::Array2;
use std::ops::Range;

/// [Asymmetry](asymmetry) up to which couplings count as symmetric: what single precision leaves of a symmetric product.
pub(super) const ROUNDING: f64 = 5e-7;

/// ‖J − Jᵀ‖ / ‖J + Jᵀ‖ (Frobenius) from ‖J‖² and ‖J − Jᵀ‖²: 0 if symmetric, about 1 without any relation between J_ij and
/// J_ji, infinite if antisymmetric. The two parts are at right angles, ‖J + Jᵀ‖² = 4 ‖J‖² − ‖J − Jᵀ‖².
pub(super) fn asymmetry(square: f64, squared_skew: f64) -> f64 {
    if squared_skew == 0.0 {
        return 0.0;
    }
    (squared_skew / (4.0 * square - squared_skew).max(0.0)).sqrt()
}

/// `array` in row-major order, moved where it is so already.
pub(super) fn in_rows<T: Clone>(array: Array2<T>) -> Array2<T> {
    if array.is_standard_layout() {
        array
    } else {
        array.as_standard_layout().into_owned()
    }
}

/// Rows of a strip.
pub(super) const STRIP: usize = SIDE;

/// Strips that a thread takes at least: less is not worth sharing.
const STRIPS: usize = 4;

/// The transpose in row-major order of an array in row-major order.
pub(super) fn transposed<T: Copy + Default + Send + Sync>(rows: &Array2<T>) -> Array2<T> {
    let (n_rows, n_columns) = rows.dim();
    let mut target = vec![T::default(); rows.len()];
    transpose_strips(rows, 0, &mut target);
    Array2::from_shape_vec((n_columns, n_rows), target).expect("a transpose has as many entries")
}

/// Fills `target` with rows of the transpose of `rows`, from strip number `first` on.
pub(super) fn transpose_strips<T: Copy + Default + Send + Sync>(
    rows: &Array2<T>,
    first: usize,
    target: &mut [T],
) {
    let (n_rows, n_columns) = rows.dim();
    let source = rows
        .as_slice()
        .expect("arrays come here in standard layout");
    let strips = target.par_chunks_mut(SIDE * n_rows.max(1)).enumerate();
    strips.with_min_len(STRIPS).for_each(|(strip, lines)| {
        let strip = first + strip;
        widest(|| {
            let mut block = Block::empty();
            for top in (0..n_rows).step_by(SIDE) {
                block.take(source[top * n_columns..].chunks(n_columns), strip * SIDE);
                block.turned().put(lines.chunks_mut(n_rows), top);
            }
        });
    });
}

/// Σ_j W_ij² of each row.
pub(super) fn row_squares(weights: &Array2<f32>) -> Vec<f64> {
    squares_of_rows(weights, 0..weights.nrows())
}

/// The same of some rows.
pub(super) fn squares_of_rows(weights: &Array2<f32>, rows: Range<usize>) -> Vec<f64> {
    let n_columns = weights.ncols();
    let entries = weights.as_slice().expect("matrices are in standard layout");
    let rows = &entries[rows.start * n_columns..rows.end * n_columns];
    let rows = rows.par_chunks(n_columns.max(1));
    rows.with_min_len(STRIPS * SIDE)
        .map(sum_of_squares)
        .collect()
}

/// ‖W − Wᵀ‖² of a square matrix.
pub(super) fn squared_skew(weights: &Array2<f32>) -> f64 {
    // One order of adding up, whoever did which strip.
    let skews = skews_of_strips(weights, 0..weights.nrows().div_ceil(STRIP));
    skews.into_iter().sum()
}

/// What each of some strips adds to ‖W − Wᵀ‖², less what strips before it have added.
pub(super) fn skews_of_strips(weights: &Array2<f32>, strips: Range<usize>) -> Vec<f64> {
    let n = weights.nrows();
    let entries = weights.as_slice().expect("matrices are in standard layout");
    let strips = strips.into_par_iter().with_min_len(STRIPS);
    let skews = strips.map(|strip| {
        let top = strip * SIDE;
        widest(|| {
            let [mut upper, mut lower] = [Block::empty(); 2];
            let mut sum = 0.0;
            for left in (top..n).step_by(SIDE) {
                upper.take(entries[top * n..].chunks(n), left);
                lower.take(entries[left * n..].chunks(n), top);
                let lower = lower.turned();
                if upper != lower {
                    // Every pair of entries but those in a block on the diagonal is seen once.
                    let times = if left == top { 1.0 } else { 2.0 };
                    sum += times * squared_distance(&upper, &lower);
                }
            }
            sum
        })
    });
    skews.collect()
}

fn squared_distance(a: &Block<f32>, b: &Block<f32>) -> f64 {
    let pairs = a.0.as_flattened().iter().zip(b.0.as_flattened());
    let squares = pairs.map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2));
    squares.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn sums_of_squares_by_hand() {
        let matrix = array![[1.0, 2.0], [-1.0, 3.0]];
        assert_eq!(row_squares(&matrix), [5.0, 10.0]);
        // Twice (2 − (−1))².
        assert_eq!(squared_skew(&matrix), 18.0);
        let mut large = Array2::from_shape_fn((70, 70), |(i, j)| (i + j) as f32);
        assert_eq!(squared_skew(&large), 0.0);
        large[[3, 69]] += 2.0;
        large[[40, 33]] += 1.0;
        assert_eq!(squared_skew(&large), 2.0 * (4.0 + 1.0));
    }

    #[test]
    fn transposes_are_in_rows() {
        let rows = Array2::from_shape_fn((70, 130), |(i, j)| (3 * i + 5 * j) as i8);
        let columns = transposed(&rows);
        assert!(columns.is_standard_layout());
        assert_eq!(columns, rows.t());
        assert_eq!(in_rows(rows.t().to_owned()), columns);
    }
}
