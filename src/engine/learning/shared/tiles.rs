//! Tiles of a symmetric matrix, each with the one that mirrors it: one is worked out, both are written while they are in
//! the cache, in any order and side by side.
//!
//! Absent: what is in the matrix.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use crate::engine::kernels::Bits;
use crate::engine::kernels::blocks::{Block, SIDE};
use crate::engine::kernels::width::widest;
use crate::engine::parallel::prelude::*;
use crate::engine::products::product;
use faer::Par;
use ndarray::{Array2, ArrayView2, Axis, Slice};
use std::ops::Range;

/// Side of a tile: a multiple of what is counted at once.
pub(super) const TILE: usize = 128;
/// Tiles that a thread changes at least: less is not worth sharing.
const TILES: usize = 4;

/// A square part of a symmetric matrix, on its diagonal or above, and the part that mirrors it.
#[derive(Debug)]
pub(super) struct Tile<'a> {
    rows: Range<usize>,
    columns: Range<usize>,
    upper: Vec<&'a mut [f32]>,
    /// None on the diagonal.
    lower: Vec<&'a mut [f32]>,
}

/// The tiles of a matrix of `n_rows` × `n_rows` entries, which together are all of it.
fn tiles(entries: &mut [f32], n_rows: usize) -> Vec<Tile<'_>> {
    let mut rests: Vec<&mut [f32]> = entries.chunks_exact_mut(n_rows.max(1)).collect();
    let firsts = (0..n_rows).step_by(TILE);
    firsts
        .flat_map(|first| border(first, &mut rests[first..]))
        .collect()
}

/// The tiles of the rows and columns from `first` on, as many as a tile has. `rests` are all rows from there on, each
/// from column `first` on; what is left of them begins behind the tiles.
pub(super) fn border<'a>(first: usize, rests: &mut [&'a mut [f32]]) -> Vec<Tile<'a>> {
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
    /// The sums of products of rows of signs.
    pub(super) fn count(&mut self, bits: &Bits) {
        let (rows, columns) = (self.rows.clone(), self.columns.clone());
        bits.square(rows, columns, 1.0, &mut self.upper, &mut self.lower);
    }

    /// The sums of products of rows of numbers.
    pub(super) fn multiply(&mut self, numbers: &ArrayView2<'_, f32>) {
        let rows = numbers.slice_axis(Axis(0), Slice::from(self.rows.clone()));
        let columns = numbers.slice_axis(Axis(0), Slice::from(self.columns.clone()));
        let shape = (rows.nrows(), columns.nrows());
        let mut products = Array2::zeros(shape);
        product(products.view_mut(), rows, columns.t(), Par::Seq);
        let products = products.as_slice().expect("made in standard layout");
        widest(|| self.fill(&products.chunks_exact(shape.1)));
    }

    /// Puts `lines` into the tile, and what mirrors them; of a tile on the diagonal, what is above it.
    #[inline(always)]
    fn fill<'b>(&mut self, lines: &(impl Iterator<Item = &'b [f32]> + Clone)) {
        let own = self.lower.is_empty();
        let mut block = Block::empty();
        for top in (0..self.rows.len()).step_by(SIDE) {
            let first = if own { top } else { 0 };
            for left in (first..self.columns.len()).step_by(SIDE) {
                block.take(lines.clone().skip(top), left);
                let mut turned = block.turned();
                if !own {
                    turned.put(write(&mut self.lower[left..]), top);
                } else if left == top {
                    for (i, line) in turned.0.iter_mut().enumerate() {
                        line[i..].copy_from_slice(&block.0[i][i..]);
                    }
                    block = turned;
                } else {
                    turned.put(write(&mut self.upper[left..]), top);
                }
                block.put(write(&mut self.upper[top..]), left);
            }
        }
    }

    /// Makes both triangles their mean.
    #[inline(always)]
    fn symmetrise(&mut self) {
        let own = self.lower.is_empty();
        let [mut upper, mut lower] = [Block::empty(); 2];
        for top in (0..self.rows.len()).step_by(SIDE) {
            let first = if own { top } else { 0 };
            for left in (first..self.columns.len()).step_by(SIDE) {
                upper.take(read(&self.upper[top..]), left);
                let below = if own {
                    &mut self.upper
                } else {
                    &mut self.lower
                };
                lower.take(read(&below[left..]), top);
                let entries = upper.0.as_flattened_mut().iter_mut();
                for (entry, other) in entries.zip(lower.turned().0.as_flattened()) {
                    *entry = 0.5 * (*entry + other);
                }
                upper.turned().put(write(&mut below[left..]), top);
                upper.put(write(&mut self.upper[top..]), left);
            }
        }
    }
}

fn read<'a>(lines: &'a [&mut [f32]]) -> impl Iterator<Item = &'a [f32]> {
    lines.iter().map(|line| &**line)
}

fn write<'a>(lines: &'a mut [&mut [f32]]) -> impl Iterator<Item = &'a mut [f32]> {
    lines.iter_mut().map(|line| &mut **line)
}

/// J ← (J + Jᵀ)/2.
pub(in crate::engine::learning) fn symmetrise(matrix: &mut Array2<f32>) {
    let n_rows = matrix.nrows();
    let entries = matrix.as_slice_mut().expect("made in standard layout");
    let tiles = tiles(entries, n_rows).into_par_iter();
    let tiles = tiles.with_min_len(TILES);
    tiles.for_each(|mut tile| widest(|| tile.symmetrise()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_triangles_become_their_mean() {
        // One tile, several, and some that do not fill their last.
        for n_rows in [1, 31, 64, 129, 256, 300] {
            let matrix = Array2::from_shape_fn((n_rows, n_rows), |(i, j)| (3 * i + j) as f32);
            let mut mean = matrix.clone();
            symmetrise(&mut mean);
            assert_eq!(mean, 0.5 * (&matrix + &matrix.t()));
        }
    }
}
