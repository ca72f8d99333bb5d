//! What square and other matrices share, whoever keeps them: order in memory, transposes, sums of squares.
//!
//! Absent: products (`products`), and what a matrix means.

use super::kernels::add_squares;
use ndarray::Array2;

/// Relative asymmetry up to which couplings count as symmetric: what single precision leaves of a symmetric product.
pub(super) const ROUNDING: f64 = 1e-6;

/// `array` in row-major order, moved where it is so already.
pub(super) fn in_rows<T: Clone>(array: Array2<T>) -> Array2<T> {
    if array.is_standard_layout() {
        array
    } else {
        array.as_standard_layout().into_owned()
    }
}

/// The transpose in row-major order, block by block so that both sides stay in the cache.
pub(super) fn transposed(rows: &Array2<i8>) -> Array2<i8> {
    const BLOCK: usize = 64;
    let (n_rows, n_columns) = rows.dim();
    let source = rows
        .as_slice()
        .expect("arrays come here in standard layout");
    let mut target = vec![0; source.len()];
    for top in (0..n_rows).step_by(BLOCK) {
        for left in (0..n_columns).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(n_rows) {
                for column in left..(left + BLOCK).min(n_columns) {
                    target[column * n_rows + row] = source[row * n_columns + column];
                }
            }
        }
    }
    Array2::from_shape_vec((n_columns, n_rows), target).expect("a transpose has as many entries")
}

/// Σ_i W_ij² for each j.
pub(super) fn column_squares(weights: &Array2<f32>) -> Vec<f64> {
    let columns = weights.ncols();
    let mut squares = vec![0.0; columns];
    for row in weights.as_slice().unwrap_or_default().chunks(columns) {
        add_squares(&mut squares, row);
    }
    squares
}

/// ‖W − Wᵀ‖², block by block so that both halves stay in the cache.
pub(super) fn squared_skew(weights: &Array2<f32>) -> f64 {
    const BLOCK: usize = 32;
    let n = weights.nrows();
    let mut sum = 0.0;
    for rows in (0..n).step_by(BLOCK) {
        for columns in (rows..n).step_by(BLOCK) {
            for i in rows..(rows + BLOCK).min(n) {
                for j in columns.max(i + 1)..(columns + BLOCK).min(n) {
                    let skew = f64::from(weights[[i, j]]) - f64::from(weights[[j, i]]);
                    sum += skew * skew;
                }
            }
        }
    }
    2.0 * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn sums_of_squares_by_hand() {
        let matrix = array![[1.0, 2.0], [-1.0, 3.0]];
        assert_eq!(column_squares(&matrix), [2.0, 13.0]);
        // Twice (2 − (−1))².
        assert_eq!(squared_skew(&matrix), 18.0);
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
