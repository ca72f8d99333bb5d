//! Loops over rows of couplings, compiled for the widest vector unit the machine has; and when couplings are too large.
//!
//! Each entry is computed for itself, so the bits do not depend on the width, nor on how many threads share the rows.

use crate::engine::kernels::{add_scaled, dispatch, of_a_step};
use crate::engine::parallel::prelude::*;
use ndarray::Array2;
use std::ops::Range;

/// Couplings beyond this count as diverged: far from the largest single-precision number, so that fields and
/// squares of theirs are finite still.
pub(in crate::engine::learning) const BOUND: f32 = 1e15;

/// Entries of couplings that one step of learning goes through.
pub(in crate::engine::learning) const ENTRIES_A_STEP: usize = of_a_step(4_000_000);

/// Entries that a thread goes through at least: less is not worth sharing.
const SHARED: usize = 1 << 16;

/// Columns of a piece, where rows are added up.
const COLUMNS: usize = 128;

/// Gives some rows of `matrix` to `each`; whether it said true of any.
pub(in crate::engine::learning) fn any_row(
    matrix: &mut Array2<f32>,
    rows: Range<usize>,
    each: impl Fn(usize, &mut [f32]) -> bool + Sync,
) -> bool {
    let width = matrix.ncols();
    let entries = matrix.as_slice_mut().expect("made in standard layout");
    let lines = entries[rows.start * width..rows.end * width].par_chunks_mut(width);
    let lines = lines.enumerate().with_min_len(SHARED / width + 1);
    let said = lines.map(|(row, line)| each(rows.start + row, line));
    said.collect::<Vec<bool>>().contains(&true)
}

/// `target += Σ_i factor(i) row_i` over some rows of `matrix`, in their order.
pub(in crate::engine::learning) fn add_rows(
    target: &mut [f32],
    matrix: &Array2<f32>,
    rows: Range<usize>,
    factor: impl Fn(usize) -> f32 + Sync,
) {
    let width = matrix.ncols();
    let entries = matrix.as_slice().expect("made in standard layout");
    let pieces = target.par_chunks_mut(COLUMNS).enumerate();
    let pieces = pieces.with_min_len(SHARED / (COLUMNS * rows.len().max(1)) + 1);
    pieces.for_each(|(piece, target)| {
        for row in rows.clone() {
            let line = &entries[row * width + piece * COLUMNS..][..target.len()];
            add_scaled(target, factor(row), line);
        }
    });
}

/// `target[i] = target[i] × factors[i] + terms[i]`.
pub(in crate::engine::learning) fn multiply_add(
    target: &mut [f32],
    factors: &[f32],
    terms: &[f32],
) {
    dispatch(|| {
        for ((target, factor), term) in target.iter_mut().zip(factors).zip(terms) {
            *target = *target * factor + term;
        }
    });
}

/// Whether an entry is larger than [`BOUND`], infinite or no number.
pub(in crate::engine::learning) fn out_of_bounds(row: &[f32]) -> bool {
    // Without the sign, larger numbers have larger bits, and those of infinity and of no number are the largest.
    dispatch(|| {
        let largest = row
            .iter()
            .map(|entry| entry.abs().to_bits())
            .fold(0, u32::max);
        largest > BOUND.to_bits()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_changed_and_added_up_in_pieces() {
        // More than one thread is given.
        let mut matrix = Array2::from_shape_fn((600, 300), |(i, j)| (i + j) as f32);
        let found = any_row(&mut matrix, 100..600, |row, line| {
            line[0] = -1.0;
            row == 599
        });
        assert!(found && (0..600).all(|i| matrix[[i, 0]] == if i < 100 { i as f32 } else { -1.0 }));
        let mut sums = vec![1.0; 300];
        add_rows(
            &mut sums,
            &matrix,
            0..600,
            |row| if row < 2 { 2.0 } else { 0.0 },
        );
        assert_eq!((sums[0], sums[299]), (1.0 + 2.0 * 1.0, 1.0 + 2.0 * 599.0));
    }

    #[test]
    fn what_is_too_large_is_found() {
        assert!(!out_of_bounds(&[0.0, -1e15, 3.0]));
        for bad in [1.1e15, -1.1e15, f32::INFINITY, -f32::NAN] {
            assert!(out_of_bounds(&[0.0, bad, 3.0]));
        }
    }
}
