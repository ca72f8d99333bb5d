//! Rows of numbers in single precision that are added to fields: what couplings do to a state whose units turn.
//!
//! A field takes up one row after the other in the order given, whether one state asks or a batch: the bits are the
//! same. Absent: which rows, and the first fields (`signs`).

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::aligned::Aligned;
use super::width::{gathered, widest};
use std::ops::Range;

/// Fields that stay in registers while rows are added to them.
pub(crate) const BLOCK: usize = 64;
/// Units whose bits make a word.
const WORD: usize = 64;

/// Rows of equal width, one after the other; or packed, block of columns by block of columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    numbers: &'a [f32],
    width: usize,
    /// How far apart the same column of two rows lies, and the same place of two blocks of columns.
    row_stride: usize,
    block_stride: usize,
}

/// Rows in blocks of columns, each block in one piece and in whole lines of the cache: many states at once take up a
/// block much faster.
#[derive(Debug, Clone)]
pub(crate) struct PackedRows {
    numbers: Aligned<f32>,
    width: usize,
    n_rows: usize,
}

/// A row that is added so many times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RowChange {
    pub(crate) row: u32,
    pub(crate) factor: f32,
}

impl<'a> Rows<'a> {
    /// `numbers` in rows of `width`, which is not 0.
    pub(crate) fn new(numbers: &'a [f32], width: usize) -> Self {
        Self {
            numbers,
            width,
            row_stride: width,
            block_stride: BLOCK,
        }
    }

    /// Numbers in a row.
    pub(crate) fn width(self) -> usize {
        self.width
    }

    /// Row number `row`, which must not be packed.
    pub(crate) fn row(self, row: usize) -> &'a [f32] {
        &self.numbers[row * self.row_stride..][..self.width]
    }

    /// Some columns of rows that are not packed.
    pub(crate) fn columns(self, columns: Range<usize>) -> Self {
        Self {
            numbers: &self.numbers[columns.start..],
            width: columns.len(),
            ..self
        }
    }

    /// The columns of `block` in row number `row`.
    #[inline(always)]
    pub(crate) fn part(self, row: usize, block: &Range<usize>) -> &'a [f32] {
        let start = block.start / BLOCK * self.block_stride + row * self.row_stride;
        &self.numbers[start..][..block.len()]
    }

    /// The ranges of columns that [`Self::add`] takes one at a time, so that their part of the rows stays in the cache
    /// while many states take it up.
    pub(crate) fn blocks(self) -> Vec<Range<usize>> {
        let starts = (0..self.width).step_by(BLOCK);
        let end = |start: usize| (start + BLOCK).min(self.width);
        starts.map(|start| start..end(start)).collect()
    }

    /// The same rows, packed.
    pub(crate) fn packed(self) -> PackedRows {
        let n_rows = self.numbers.len() / self.width;
        let blocks = self.blocks();
        let mut numbers = Aligned::new(blocks.len() * n_rows * BLOCK);
        let lines = numbers.chunks_exact_mut(BLOCK);
        let places = blocks
            .iter()
            .flat_map(|block| (0..n_rows).map(move |row| (row, block)));
        for (line, (row, block)) in lines.zip(places) {
            line[..block.len()].copy_from_slice(self.part(row, block));
        }
        PackedRows {
            numbers,
            width: self.width,
            n_rows,
        }
    }

    /// `fields[i] += factor × row[i]` for i in `block`, one change after the other: for each of many fields with their
    /// own changes.
    pub(crate) fn add<'f>(
        self,
        block: &Range<usize>,
        all: impl Iterator<Item = (&'f mut [f32], &'f [RowChange])>,
    ) {
        widest(
            #[inline(always)]
            || {
                for (fields, changes) in all {
                    let fields = &mut fields[block.clone()];
                    if let Some(fields) = fields.as_mut_array::<BLOCK>() {
                        self.add_block(fields, block, changes);
                        continue;
                    }
                    for change in changes {
                        let row = self.part(change.row as usize, block);
                        for (field, number) in fields.iter_mut().zip(row) {
                            *field += change.factor * number;
                        }
                    }
                }
            },
        );
    }

    #[inline(always)]
    fn add_block(self, fields: &mut [f32; BLOCK], block: &Range<usize>, changes: &[RowChange]) {
        let rows = &self.numbers[block.start / BLOCK * self.block_stride..];
        let mut sums = *fields;
        for change in changes {
            let row = &rows[change.row as usize * self.row_stride..][..BLOCK];
            for l in 0..BLOCK {
                sums[l] += change.factor * row[l];
            }
        }
        *fields = sums;
    }
}

impl PackedRows {
    /// To be read.
    pub(crate) fn rows(&self) -> Rows<'_> {
        Rows {
            numbers: &self.numbers,
            width: self.width,
            row_stride: BLOCK,
            block_stride: self.n_rows * BLOCK,
        }
    }
}

/// Σ s_i h_i over all units; the units that their field wants to turn are put into `turning`, a bit each.
pub(crate) fn against(signs: &[f32], fields: &[f32], turning: &mut [u64]) -> f64 {
    let mut sums = [0.0_f64; WORD];
    widest(
        #[inline(always)]
        || {
            let (whole, rest) = signs.as_chunks::<WORD>();
            let (fields, last) = fields.as_chunks::<WORD>();
            for ((signs, fields), turning) in whole.iter().zip(fields).zip(&mut *turning) {
                *turning = word_against(signs, fields, &mut sums);
            }
            if !rest.is_empty() {
                let (mut signs, mut fields) = ([0.0; WORD], [0.0; WORD]);
                signs[..rest.len()].copy_from_slice(rest);
                fields[..last.len()].copy_from_slice(last);
                turning[whole.len()] = word_against(&signs, &fields, &mut sums);
            }
        },
    );
    sums.iter().sum()
}

#[inline(always)]
fn word_against(signs: &[f32; WORD], fields: &[f32; WORD], sums: &mut [f64; WORD]) -> u64 {
    let mut bytes = [0; WORD];
    for l in 0..WORD {
        let along = signs[l] * fields[l];
        sums[l] += f64::from(along);
        bytes[l] = u8::from(along < 0.0);
    }
    gathered(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_odd_widths_equal_one_row_after_the_other() {
        for width in [1, 5, 128, 200, 300] {
            let numbers: Vec<f32> = (0..4 * width).map(|n| (n as f32).sin()).collect();
            let rows = Rows::new(&numbers, width);
            let changes = [(0, 2.0), (3, -2.0), (1, 1.0), (3, -1.0)];
            let changes = changes.map(|(row, factor)| RowChange { row, factor });
            let mut plain: Vec<f32> = (0..width).map(|n| (n as f32).cos()).collect();
            let mut fields = plain.clone();
            for RowChange { row, factor } in changes {
                for (field, number) in plain.iter_mut().zip(rows.row(row as usize)) {
                    *field += factor * number;
                }
            }
            let mut of_packed = fields.clone();
            let packed = rows.packed();
            for block in rows.blocks() {
                let one = (&mut fields[..], &changes[..]);
                rows.add(&block, std::iter::once(one));
                let one = (&mut of_packed[..], &changes[..]);
                packed.rows().add(&block, std::iter::once(one));
            }
            assert_eq!((&fields, &of_packed), (&plain, &plain));
        }
    }

    #[test]
    fn units_against_their_field_are_found_and_a_field_of_zero_moves_none() {
        for width in [70, 128] {
            let (mut signs, mut fields) = (vec![1.0; width], vec![0.5; width]);
            (fields[0], fields[66], signs[3], fields[69]) = (0.0, -2.0, -1.0, 3.0);
            signs[69] = -1.0;
            let mut turning = [9; 2];
            let sum = against(&signs, &fields, &mut turning);
            assert_eq!(turning, [1 << 3, 1 << 2 | 1 << 5]);
            assert_eq!(sum, 0.5 * (width as f64 - 4.0) - 2.0 - 0.5 - 3.0);
        }
    }
}
