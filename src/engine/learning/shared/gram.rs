//! A Aᵀ for rows of ±1, exactly: the sums behind Hebb's rule and the projection rule.
//!
//! A symmetric matrix is cut into tiles, each with the one that mirrors it: one is counted, both are written while
//! they are in the cache, in any order and on any thread. Absent: threads.

use crate::engine::kernels::Bits;
use crate::engine::patterns::Patterns;
use ndarray::{Array2, ArrayRef2};
use std::ops::Range;

/// Side of a tile: a multiple of what is counted at once.
const TILE: usize = 128;
/// Side of the blocks that are mirrored at once: both fit into the nearest cache.
const BLOCK: usize = 32;

/// A Aᵀ for an R × C array A of ±1, exactly, a few rows at a time.
pub(in crate::engine::learning) struct GramMatrix {
    bits: Bits,
    matrix: Array2<f32>,
    n_columns: usize,
    rows_done: usize,
}

impl GramMatrix {
    pub(in crate::engine::learning) fn new(rows: &Array2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        Self {
            bits: Bits::new(rows),
            matrix: Array2::zeros((n_rows, n_rows)),
            n_columns,
            rows_done: 0,
        }
    }

    /// Does some rows, and what mirrors them in those below; false if all were done before.
    pub(in crate::engine::learning) fn step(&mut self) -> bool {
        let n_rows = self.matrix.nrows();
        let first = self.rows_done;
        if first == n_rows {
            return false;
        }
        self.rows_done = (first + TILE).min(n_rows);
        let entries = self.matrix.as_slice_mut().expect("made in standard layout");
        let rows = entries.chunks_exact_mut(n_rows).skip(first);
        let mut rests: Vec<&mut [f32]> = rows.map(|row| &mut row[first..]).collect();
        for mut tile in border(first, &mut rests) {
            tile.count(&self.bits, 1.0);
        }
        true
    }

    /// Hands over the products if every row is done, and has none from then on.
    pub(in crate::engine::learning) fn take_finished(&mut self) -> Option<Array2<f32>> {
        (self.rows_done == self.matrix.nrows()).then(|| std::mem::take(&mut self.matrix))
    }

    pub(in crate::engine::learning) fn matrix(&self) -> &Array2<f32> {
        &self.matrix
    }

    pub(in crate::engine::learning) fn done(&self) -> f32 {
        self.rows_done as f32 / self.matrix.nrows() as f32
    }

    /// One operation a word of 64 products, and about ten more each to count its bits.
    pub(in crate::engine::learning) fn work(&self) -> f64 {
        let n_rows = self.matrix.nrows() as f64;
        3.0 * n_rows * n_rows * (self.n_columns as f64 / 64.0).ceil()
    }
}

/// Packed columns of an array of ±1, whose products are to be summed.
pub(crate) struct Columns(Bits);

impl Columns {
    /// Packs the rows of `by_unit`, which are the columns of the patterns.
    pub(crate) fn new(by_unit: &ArrayRef2<i8>) -> Self {
        Self(Bits::new(by_unit))
    }

    /// `factor` × the sums of products of the rows of `tile` with those of its columns, and what mirrors them.
    pub(crate) fn products(&self, tile: &mut Tile<'_>, factor: f32) {
        tile.count(&self.0, factor);
    }
}

/// A square part of a symmetric matrix, on its diagonal or above, and the part that mirrors it.
#[derive(Debug)]
pub(crate) struct Tile<'a> {
    rows: Range<usize>,
    columns: Range<usize>,
    upper: Vec<&'a mut [f32]>,
    /// None on the diagonal.
    lower: Vec<&'a mut [f32]>,
}

/// The tiles of a matrix of `n_rows` × `n_rows` entries, which together are all of it.
pub(crate) fn tiles(entries: &mut [f32], n_rows: usize) -> Vec<Tile<'_>> {
    let mut rests: Vec<&mut [f32]> = entries.chunks_exact_mut(n_rows.max(1)).collect();
    let firsts = (0..n_rows).step_by(TILE);
    firsts
        .flat_map(|first| border(first, &mut rests[first..]))
        .collect()
}

/// The tiles of the rows and columns from `first` on, as many as a tile has. `rests` are all rows from there on, each
/// from column `first` on; what is left of them begins behind the tiles.
fn border<'a>(first: usize, rests: &mut [&'a mut [f32]]) -> Vec<Tile<'a>> {
    let end = first + rests.len();
    let part = |first: usize| first..(first + TILE).min(end);
    let (rows, below) = rests.split_at_mut(TILE.min(end - first));
    let empty = |left: usize| Tile {
        rows: part(first),
        columns: part(left),
        upper: Vec::with_capacity(TILE),
        lower: Vec::with_capacity(TILE),
    };
    let mut tiles: Vec<Tile<'a>> = (first..end).step_by(TILE).map(empty).collect();
    for row in rows {
        for (tile, piece) in tiles.iter_mut().zip(std::mem::take(row).chunks_mut(TILE)) {
            tile.upper.push(piece);
        }
    }
    for (rows, tile) in below.chunks_mut(TILE).zip(&mut tiles[1..]) {
        for row in rows {
            let (piece, rest) = std::mem::take(row).split_at_mut(TILE);
            tile.lower.push(piece);
            *row = rest;
        }
    }
    tiles
}

impl Tile<'_> {
    fn count(&mut self, bits: &Bits, factor: f32) {
        let (rows, columns) = (self.rows.clone(), self.columns.clone());
        bits.square(rows, columns, factor, &mut self.upper, &mut self.lower);
    }

    /// Copies what is above the diagonal of the matrix to below it.
    pub(crate) fn mirror(&mut self) {
        if self.lower.is_empty() {
            for row in 1..self.upper.len() {
                let (above, below) = self.upper.split_at_mut(row);
                for (entry, line) in below[0].iter_mut().zip(above) {
                    *entry = line[row];
                }
            }
        }
        for (rows, left) in self.upper.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
            for (lower, top) in self.lower.chunks_mut(BLOCK).zip((0..).step_by(BLOCK)) {
                mirror_block(rows, top, lower, left);
            }
        }
    }
}

/// A block, by way of a small array: rows of the large one lie too far apart for the cache.
fn mirror_block(upper: &[&mut [f32]], top: usize, lower: &mut [&mut [f32]], left: usize) {
    let mut block = [[0.0; BLOCK]; BLOCK];
    for (line, upper) in block.iter_mut().zip(upper) {
        line[..lower.len()].copy_from_slice(&upper[top..][..lower.len()]);
    }
    for (r, entries) in lower.iter_mut().enumerate() {
        for (entry, line) in entries[left..].iter_mut().zip(&block[..upper.len()]) {
            *entry = line[r];
        }
    }
}

/// Copies the upper triangle to the lower one.
pub(in crate::engine::learning) fn mirror(matrix: &mut Array2<f32>) {
    let n_rows = matrix.nrows();
    let entries = matrix.as_slice_mut().expect("made in standard layout");
    for mut tile in tiles(entries, n_rows) {
        tile.mirror();
    }
}

/// Ξᵀ Ξ without its diagonal: P times minus the gradient at J = 0. Exact below 2^24 patterns.
pub(in crate::engine::learning) fn unit_sums(patterns: &Patterns) -> Array2<f32> {
    let mut sums = GramMatrix::new(patterns.by_unit());
    while sums.step() {}
    let mut sums = sums.matrix().clone();
    sums.diag_mut().fill(0.0);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sizes with one tile, several, and some that do not fill their last.
    const SIZES: [usize; 6] = [1, 31, 64, 129, 256, 300];

    #[test]
    fn products_of_rows_equal_the_plain_sum() {
        for n_rows in SIZES {
            let rows = Array2::from_shape_fn((n_rows, 70), |(i, j)| {
                if (i * i + 7 * j + i * j) % 5 < 2 {
                    1_i8
                } else {
                    -1
                }
            });
            let mut products = GramMatrix::new(&rows);
            while products.step() {}
            let wide = rows.mapv(f32::from);
            assert_eq!(products.matrix(), wide.dot(&wide.t()));
        }
    }

    #[test]
    fn tiles_cover_a_matrix_and_mirror_it() {
        for n_rows in SIZES {
            let entry = |(i, j): (usize, usize)| {
                if i <= j {
                    (i * n_rows + j) as f32
                } else {
                    -1.0
                }
            };
            let mut matrix = Array2::from_shape_fn((n_rows, n_rows), entry);
            mirror(&mut matrix);
            let expected = |(i, j): (usize, usize)| entry((i.min(j), i.max(j)));
            assert_eq!(matrix, Array2::from_shape_fn((n_rows, n_rows), expected));
        }
    }
}
