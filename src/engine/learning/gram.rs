//! A Aᵀ for rows of ±1, exactly: the sums behind Hebb's rule and the projection rule.
//!
//! The upper triangle is counted piece by piece and then mirrored, so that pieces can be done in any order and on
//! any thread. Absent: threads.

use crate::engine::kernels::Bits;
use ndarray::{Array2, ArrayRef2};
use std::ops::Range;

/// Side of the blocks that are mirrored at once: both fit into the cache.
const BLOCK: usize = 32;

/// A Aᵀ for an R × C array A of ±1, exactly, a few rows at a time.
pub(super) struct GramMatrix {
    bits: Bits,
    matrix: Array2<f32>,
    n_columns: usize,
    rows_done: usize,
}

impl GramMatrix {
    const ROWS_A_STEP: usize = 64;

    pub(super) fn new(rows: &Array2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        Self {
            bits: Bits::new(rows),
            matrix: Array2::zeros((n_rows, n_rows)),
            n_columns,
            rows_done: 0,
        }
    }

    /// Does some rows; false if all were done before.
    pub(super) fn step(&mut self) -> bool {
        let n_rows = self.matrix.nrows();
        if self.rows_done == n_rows {
            return false;
        }
        let rows = self.rows_done..(self.rows_done + Self::ROWS_A_STEP).min(n_rows);
        self.rows_done = rows.end;
        let entries = self.matrix.as_slice_mut().expect("made in standard layout");
        let lines = &mut entries[rows.start * n_rows..rows.end * n_rows];
        upper(&self.bits, rows, 1.0, lines);
        if self.rows_done == n_rows {
            mirror(&mut self.matrix);
        }
        true
    }

    /// Hands over the products if every row is done, and has none from then on.
    pub(super) fn take_finished(&mut self) -> Option<Array2<f32>> {
        (self.rows_done == self.matrix.nrows()).then(|| std::mem::take(&mut self.matrix))
    }

    pub(super) fn matrix(&self) -> &Array2<f32> {
        &self.matrix
    }

    pub(super) fn done(&self) -> f32 {
        self.rows_done as f32 / self.matrix.nrows() as f32
    }

    /// One operation a word of 64 products, and about ten more each to count its bits.
    pub(super) fn work(&self) -> f64 {
        let n_rows = self.matrix.nrows() as f64;
        3.0 * n_rows * n_rows * (self.n_columns as f64 / 64.0).ceil()
    }
}

/// Packed columns of an array of ±1, whose products are to be summed.
pub struct Columns(Bits);

impl Columns {
    /// Packs the rows of `by_unit`, which are the columns of the patterns.
    pub fn new(by_unit: &ArrayRef2<i8>) -> Self {
        Self(Bits::new(by_unit))
    }

    /// `factor` × the sums of products of units `rows`, which start at a multiple of 4, with all later units:
    /// lines of N numbers.
    pub fn upper(&self, rows: Range<usize>, factor: f32, lines: &mut [f32]) {
        upper(&self.0, rows, factor, lines);
    }
}

fn upper(bits: &Bits, rows: Range<usize>, factor: f32, lines: &mut [f32]) {
    let from = rows.start;
    bits.products(bits, rows, from, factor, lines);
}

/// Copies the upper triangle to the lower one.
pub(super) fn mirror(matrix: &mut Array2<f32>) {
    let n_rows = matrix.nrows();
    let entries = matrix.as_slice_mut().expect("made in standard layout");
    let (mut lower, upper) = halves(entries, n_rows);
    for (block, rows) in lower.chunks_mut(BLOCK).enumerate() {
        mirror_rows(block * BLOCK, rows, &upper);
    }
}

/// The rows of a square matrix, each cut in two at its diagonal entry, which belongs to the right half.
pub fn halves(entries: &mut [f32], n_rows: usize) -> (Vec<&mut [f32]>, Vec<&[f32]>) {
    let rows = entries.chunks_exact_mut(n_rows).enumerate();
    rows.map(|(row, entries)| {
        let (lower, upper) = entries.split_at_mut(row);
        (lower, &*upper)
    })
    .unzip()
}

/// Fills the left halves of the rows from `first` on with what mirrors them in the right halves of all rows,
/// block by block.
pub fn mirror_rows(first: usize, lower: &mut [&mut [f32]], upper: &[&[f32]]) {
    for (rows, first) in lower.chunks_mut(BLOCK).zip((first..).step_by(BLOCK)) {
        for left in (0..first + rows.len()).step_by(BLOCK) {
            if rows.len() == BLOCK && left + BLOCK <= first {
                mirror_block(first, left, rows, upper);
                continue;
            }
            for (row, entries) in (first..).zip(rows.iter_mut()) {
                for column in left.min(row)..(left + BLOCK).min(row) {
                    entries[column] = upper[column][row - column];
                }
            }
        }
    }
}

/// A whole block below the diagonal, by way of a small array: rows of the large one lie too far apart for the cache.
fn mirror_block(first: usize, left: usize, lower: &mut [&mut [f32]], upper: &[&[f32]]) {
    let mut block = [[0.0; BLOCK]; BLOCK];
    for (column, line) in (left..).zip(&mut block) {
        line.copy_from_slice(&upper[column][first - column..][..BLOCK]);
    }
    for (r, entries) in lower.iter_mut().enumerate() {
        let entries = &mut entries[left..left + BLOCK];
        for (entry, line) in entries.iter_mut().zip(&block) {
            *entry = line[r];
        }
    }
}
