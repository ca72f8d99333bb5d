//! Rows of ±1 packed 32 to a word, and the products of rows with rows: exact integers by counting bits.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::blocks::{Block, SIDE};
use super::width::{gathered, widest};
use ndarray::ArrayRef2;
use rayon::prelude::*;
use std::ops::Range;

/// Rows that meet a strip of others at once, so that one load serves them all.
const ROWS: usize = 4;
/// Width of a strip: two vectors of the widest unit there is.
const STRIP: usize = SIDE;

/// Numbers in a vector.
const VECTOR: usize = STRIP / 2;

/// Signs that are packed at once.
const SIGNS: usize = 64;

/// Strips that a thread packs at least: less is not worth sharing.
const STRIPS: usize = 16;

/// Rows of ±1 in strips of 32 rows, word by word, so that one row meets a strip of others in a single pass.
#[derive(Debug, Clone)]
pub(crate) struct Bits {
    n_rows: usize,
    n_columns: usize,
    /// Words to a row.
    n_words: usize,
    /// `words[(s * n_words + w) * 32 + r]` holds columns 32w … 32w + 31 of row r of strip s; what is missing is 0.
    words: Vec<u32>,
}

impl Bits {
    /// Packs an R × C array of ±1.
    pub(crate) fn new(rows: &ArrayRef2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        let mut bits = Self::empty(n_rows, n_columns);
        let rows = rows
            .as_slice()
            .expect("arrays of signs are in standard layout");
        let strips = bits.words.par_chunks_mut((STRIP * bits.n_words).max(1));
        let rows = rows.par_chunks((STRIP * n_columns).max(1));
        strips
            .zip(rows)
            .with_min_len(STRIPS)
            .for_each(|(words, rows)| {
                widest(|| {
                    for (r, row) in rows.chunks(n_columns).enumerate() {
                        pack(row, words[r..].iter_mut().step_by(STRIP));
                    }
                });
            });
        bits
    }

    /// As many rows of −1.
    pub(crate) fn empty(n_rows: usize, n_columns: usize) -> Self {
        let n_words = n_columns.div_ceil(32);
        Self {
            n_rows,
            n_columns,
            n_words,
            words: vec![0; n_rows.next_multiple_of(STRIP) * n_words],
        }
    }

    /// The words of `row`, which lie as far apart as a strip is wide.
    fn row_mut(&mut self, row: usize) -> impl Iterator<Item = &mut u32> {
        let first = row / STRIP * STRIP * self.n_words + row % STRIP;
        let words = self.words[first..].iter_mut().step_by(STRIP);
        words.take(self.n_words)
    }

    /// Puts `units`, each ±1, into row `row`.
    pub(crate) fn set(&mut self, row: usize, units: impl Iterator<Item = i8>) {
        let mut words = self.row_mut(row);
        let mut word = 0;
        let mut bit = 0;
        for unit in units {
            word |= u32::from(unit > 0) << bit;
            bit += 1;
            if bit == 32 {
                words.next().into_iter().for_each(|place| *place = word);
                (word, bit) = (0, 0);
            }
        }
        words.next().into_iter().for_each(|place| *place = word);
    }

    /// `factor` × Σ_c a_c b_c of rows `rows` of `others`, which has as many columns, with all rows of `self` from
    /// the strip on that row `from` lies in: written to `out`, one line of R products a row. `rows` starts at a
    /// multiple of 4.
    pub(crate) fn products(
        &self,
        others: &Self,
        rows: Range<usize>,
        from: usize,
        factor: f32,
        out: &mut [f32],
    ) {
        assert_eq!(self.n_columns, others.n_columns, "rows of the same length");
        widest(
            #[inline(always)]
            || {
                let mut counts = [[0; STRIP]; ROWS];
                for strip in (from / STRIP * STRIP..self.n_rows).step_by(STRIP) {
                    let width = STRIP.min(self.n_rows - strip);
                    for first in rows.clone().step_by(ROWS) {
                        self.differing(others, first, strip, &mut counts);
                        let n_rows = ROWS.min(rows.end - first);
                        for (a, counts) in counts.iter().enumerate().take(n_rows) {
                            let out = &mut out[(first - rows.start + a) * self.n_rows + strip..];
                            self.put_line(counts, factor, &mut out[..width]);
                        }
                    }
                }
            },
        );
    }

    /// `factor` × Σ_c a_c b_c of rows `rows` with rows `columns`, which begin at multiples of 32 and are either the
    /// same or later: into `above`, a line for each of `rows`; and transposed into `below`, a line for each of
    /// `columns`, unless they are the same.
    pub(crate) fn square(
        &self,
        rows: Range<usize>,
        columns: Range<usize>,
        factor: f32,
        above: &mut [&mut [f32]],
        below: &mut [&mut [f32]],
    ) {
        let own = below.is_empty();
        for (i, row) in rows.step_by(STRIP).enumerate() {
            for (j, column) in columns.clone().step_by(STRIP).enumerate() {
                if own && j < i {
                    continue;
                }
                let mut block = Block::empty();
                self.differing_block(row, column, &mut block);
                widest(
                    #[inline(always)]
                    || {
                        let product = self.product(factor);
                        let products = Block(block.0.map(|counts| counts.map(product)));
                        products.put(lines(&mut above[i * STRIP..]), j * STRIP);
                        if !own {
                            products
                                .turned()
                                .put(lines(&mut below[j * STRIP..]), i * STRIP);
                        } else if i < j {
                            products
                                .turned()
                                .put(lines(&mut above[j * STRIP..]), i * STRIP);
                        }
                    },
                );
            }
        }
    }

    /// `factor` × Σ_c a_c b_c of rows that differ in so many columns.
    #[inline(always)]
    fn product(&self, factor: f32) -> impl Fn(u32) -> f32 + Copy {
        let n_columns = self.n_columns as f32;
        move |count| factor * (n_columns - 2.0 * count as i32 as f32)
    }

    /// In how many columns the rows of strip `row` differ from those of strip `column`.
    fn differing_block(&self, row: usize, column: usize, block: &mut Block<u32>) {
        widest(
            #[inline(always)]
            || {
                let (fours, _) = block.0.as_chunks_mut::<ROWS>();
                for (counts, first) in fours.iter_mut().zip((row..).step_by(ROWS)) {
                    self.differing(self, first, column, counts);
                }
            },
        );
    }

    /// In how many columns rows `first` … `first` + 3 of `others` differ from the rows of `self` in `strip`.
    #[inline(always)]
    fn differing(
        &self,
        others: &Self,
        first: usize,
        strip: usize,
        counts: &mut [[u32; STRIP]; ROWS],
    ) {
        // Four arrays and not one: so they stay in registers.
        let [mut a, mut b, mut c, mut d] = [[0_u32; STRIP]; ROWS];
        let mine = &others.words[first / STRIP * STRIP * self.n_words..];
        let line = &self.words[strip * self.n_words..];
        let mine = mine.chunks_exact(STRIP).take(self.n_words);
        for (mine, line) in mine.zip(line.chunks_exact(STRIP)) {
            let mine: &[u32; ROWS] = mine[first % STRIP..][..ROWS].try_into().expect("four rows");
            let line: &[u32; STRIP] = line.try_into().expect("a strip");
            count(&mut a, mine[0], line);
            count(&mut b, mine[1], line);
            count(&mut c, mine[2], line);
            count(&mut d, mine[3], line);
        }
        *counts = [a, b, c, d];
    }

    /// `factor` × Σ_c a_c b_c of rows that differ in `counts` columns, as many as there is room for.
    #[inline(always)]
    fn put_line(&self, counts: &[u32; STRIP], factor: f32, line: &mut [f32]) {
        let product = self.product(factor);
        let width = line.len() / VECTOR * VECTOR;
        let (pieces, rest) = line.as_chunks_mut::<VECTOR>();
        for (value, count) in rest.iter_mut().zip(&counts[width..]) {
            *value = product(*count);
        }
        let (counts, _) = counts.as_chunks::<VECTOR>();
        for (piece, counts) in pieces.iter_mut().zip(counts) {
            let mut values = [0.0; VECTOR];
            for (value, count) in values.iter_mut().zip(counts) {
                *value = product(*count);
            }
            *piece = values;
        }
    }
}

/// Packs the signs of a row into words.
#[inline(always)]
fn pack<'a>(row: &[i8], mut words: impl Iterator<Item = &'a mut u32>) {
    let mut put = |word: u32| words.next().into_iter().for_each(|place| *place = word);
    let (sixty_fours, rest) = row.as_chunks::<SIGNS>();
    for signs in sixty_fours {
        let word = gathered(&signs.map(|sign| u8::from(sign > 0)));
        put(word as u32);
        put((word >> 32) as u32);
    }
    for signs in rest.chunks(32) {
        let bits = signs.iter().enumerate();
        put(bits.fold(0, |word, (bit, sign)| word | u32::from(*sign > 0) << bit));
    }
}

/// Lines to write to.
#[inline(always)]
fn lines<'a>(lines: &'a mut [&mut [f32]]) -> impl Iterator<Item = &'a mut [f32]> {
    lines.iter_mut().map(|line| &mut **line)
}

/// Adds the number of bits in which `mine` differs from each word of `line`.
#[inline(always)]
fn count(counts: &mut [u32; STRIP], mine: u32, line: &[u32; STRIP]) {
    for l in 0..STRIP {
        counts[l] += (mine ^ line[l]).count_ones();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn products_by_hand() {
        let bits = Bits::new(&array![[1_i8, 1, -1], [1, -1, -1]]);
        let mut products = [0.0; 4];
        bits.products(&bits, 0..2, 0, 0.5, &mut products);
        assert_eq!(products, [1.5, 0.5, 0.5, 1.5]);
    }

    #[test]
    fn products_of_odd_sizes_equal_the_plain_sum() {
        let signs = |n_rows, n_columns, odd| {
            Array2::from_shape_fn((n_rows, n_columns), |(r, c)| {
                if (r * 7 + c * c + odd) % 3 == 0 {
                    1_i8
                } else {
                    -1
                }
            })
        };
        for (n_rows, n_others, n_columns) in [(1, 1, 1), (5, 9, 200), (70, 6, 31), (33, 34, 64)] {
            let (rows, others) = (signs(n_rows, n_columns, 0), signs(n_others, n_columns, 1));
            let mut products = vec![0.0; n_others * n_rows];
            let (left, right) = (Bits::new(&others), Bits::new(&rows));
            right.products(&left, 0..n_others, 0, 1.0, &mut products);
            for (place, product) in products.into_iter().enumerate() {
                let (o, r) = (place / n_rows, place % n_rows);
                let plain: i32 = (0..n_columns)
                    .map(|c| i32::from(rows[[r, c]] * others[[o, c]]))
                    .sum();
                assert_eq!(product, plain as f32);
            }
        }
    }
}
