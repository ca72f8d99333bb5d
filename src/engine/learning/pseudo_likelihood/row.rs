//! Rows of arrays in standard layout, and sums over all of them in one order.

use super::logistic::dot;
use ndarray::Array2;

/// A row of an array in standard layout.
pub(super) fn slice(array: &Array2<f32>, row: usize) -> &[f32] {
    let row = array.row(row);
    row.to_slice().expect("made in standard layout")
}

/// A row of an array in standard layout, to change it.
pub(super) fn slice_mut(array: &mut Array2<f32>, row: usize) -> &mut [f32] {
    let row = array.row_mut(row);
    row.into_slice().expect("made in standard layout")
}

/// All entries, row by row.
pub(super) fn whole(array: &Array2<f32>) -> &[f32] {
    array.as_slice().expect("made in standard layout")
}

/// All entries, row by row, to change them.
pub(super) fn whole_mut(array: &mut Array2<f32>) -> &mut [f32] {
    array.as_slice_mut().expect("made in standard layout")
}

/// Σ_ij a_ij b_ij, row by row.
pub(super) fn all_dots(a: &Array2<f32>, b: &Array2<f32>) -> f64 {
    let rows = 0..a.nrows();
    rows.map(|row| dot(slice(a, row), slice(b, row))).sum()
}

/// The norm of all entries.
pub(super) fn norm(array: &Array2<f32>) -> f64 {
    all_dots(array, array).sqrt()
}
