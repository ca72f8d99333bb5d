//! Rows of ±1 packed 32 to a word, and the products of rows with rows: exact integers by counting bits.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::aligned::Aligned;
use super::blocks::{Block, SIDE};
use super::width::{gathered, widest};
use crate::engine::parallel::prelude::*;
use ndarray::ArrayRef2;
use std::ops::Range;

/// Rows that meet a strip of others while it is near.
const ROWS: usize = 4;
/// Words that are added up before they are counted; every row is filled up with zeros to as many.
const EIGHT: usize = 8;
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
    /// Words to a row, a multiple of 8.
    n_words: usize,
    /// `words[r * n_words + w]` holds columns 32w … 32w + 31 of row r; what is missing is 0.
    words: Vec<u32>,
    /// The same strip by strip: `strips[(s * n_words + w) * 32 + r]` for row r of strip s.
    strips: Aligned<u32>,
}

impl Bits {
    /// Packs an R × C array of ±1.
    pub(crate) fn new(rows: &ArrayRef2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        let mut bits = Self::empty(n_rows, n_columns);
        let rows = rows
            .as_slice()
            .expect("arrays of signs are in standard layout");
        let length = STRIP * bits.n_words;
        let words = bits.words.par_chunks_mut(length);
        let strips = bits.strips.par_chunks_mut(length);
        let rows = rows.par_chunks((STRIP * n_columns).max(1));
        let all = words.zip(strips).zip(rows).with_min_len(STRIPS);
        all.for_each(|((words, strip), rows)| {
            widest(|| {
                let words = words.chunks_mut(bits.n_words);
                for (r, (words, row)) in words.zip(rows.chunks(n_columns)).enumerate() {
                    pack(row, words);
                    strew(words, &mut strip[r..]);
                }
            });
        });
        bits
    }

    /// As many rows of −1.
    pub(crate) fn empty(n_rows: usize, n_columns: usize) -> Self {
        let n_words = n_columns.div_ceil(32).max(1).next_multiple_of(EIGHT);
        Self {
            n_rows,
            n_columns,
            n_words,
            words: vec![0; n_rows.next_multiple_of(STRIP) * n_words],
            strips: Aligned::new(n_rows.next_multiple_of(STRIP) * n_words),
        }
    }

    /// Puts `units`, each ±1, into row `row`.
    pub(crate) fn set(&mut self, row: usize, units: &[i8]) {
        let words = &mut self.words[row * self.n_words..][..self.n_words];
        pack(units, words);
        let first = row / STRIP * STRIP * self.n_words + row % STRIP;
        strew(words, &mut self.strips[first..]);
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
        let mut products = Block::empty();
        for (i, row) in rows.step_by(STRIP).enumerate() {
            for (j, column) in columns.clone().step_by(STRIP).enumerate() {
                if own && j < i {
                    continue;
                }
                self.block(row, column, factor, &mut products);
                widest(
                    #[inline(always)]
                    || {
                        products.put(lines(&mut above[i * STRIP..]), j * STRIP);
                        if !own {
                            let turned = products.turned();
                            turned.put(lines(&mut below[j * STRIP..]), i * STRIP);
                        } else if i < j {
                            let turned = products.turned();
                            turned.put(lines(&mut above[j * STRIP..]), i * STRIP);
                        }
                    },
                );
            }
        }
    }

    /// `factor` × Σ_c a_c b_c of the rows of strip `row` with those of strip `column`.
    fn block(&self, row: usize, column: usize, factor: f32, products: &mut Block<f32>) {
        widest(
            #[inline(always)]
            || {
                let mut counts = [[0; STRIP]; ROWS];
                let (fours, _) = products.0.as_chunks_mut::<ROWS>();
                for (products, first) in fours.iter_mut().zip((row..).step_by(ROWS)) {
                    self.differing(self, first, column, &mut counts);
                    for (products, counts) in products.iter_mut().zip(&counts) {
                        self.put_line(counts, factor, products);
                    }
                }
            },
        );
    }

    /// `factor` × Σ_c a_c b_c of rows that differ in so many columns.
    #[inline(always)]
    fn product(&self, factor: f32) -> impl Fn(u32) -> f32 + Copy {
        let n_columns = self.n_columns as f32;
        move |count| factor * (n_columns - 2.0 * count as i32 as f32)
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
        let rows = others.words[first * self.n_words..].chunks_exact(self.n_words);
        let strip = &self.strips[strip * self.n_words..][..STRIP * self.n_words];
        let (strip, _) = strip.as_chunks::<STRIP>();
        for (counts, row) in counts.iter_mut().zip(rows) {
            *counts = differing(row, strip);
        }
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
fn pack(row: &[i8], words: &mut [u32]) {
    let (sixty_fours, rest) = row.as_chunks::<SIGNS>();
    for (pair, signs) in words.as_chunks_mut::<2>().0.iter_mut().zip(sixty_fours) {
        let word = gathered(&signs.map(|sign| u8::from(sign > 0)));
        *pair = [word as u32, (word >> 32) as u32];
    }
    for (word, signs) in words[2 * sixty_fours.len()..]
        .iter_mut()
        .zip(rest.chunks(32))
    {
        let bits = signs.iter().enumerate();
        *word = bits.fold(0, |word, (bit, sign)| word | u32::from(*sign > 0) << bit);
    }
}

/// Puts the words of a row into its places in a strip, the first of which is the first of `places`.
#[inline(always)]
fn strew(words: &[u32], places: &mut [u32]) {
    for (word, place) in words.iter().zip(places.iter_mut().step_by(STRIP)) {
        *place = *word;
    }
}

/// Lines to write to.
#[inline(always)]
fn lines<'a>(lines: &'a mut [&mut [f32]]) -> impl Iterator<Item = &'a mut [f32]> {
    lines.iter_mut().map(|line| &mut **line)
}

/// In how many bits a row differs from each row of a strip.
///
/// Counting bits takes several instructions where there is no single one for it, so eight words are added up first, bit
/// by bit as a chain of adders does (Harley and Seal): what they carry out of three digits is counted once.
#[inline(always)]
fn differing(row: &[u32], strip: &[[u32; STRIP]]) -> [u32; STRIP] {
    let [mut ones, mut twos, mut fours, mut eights] = [[0; STRIP]; 4];
    let (words, _) = row.as_chunks::<EIGHT>();
    let (lines, _) = strip.as_chunks::<EIGHT>();
    for (words, lines) in words.iter().zip(lines) {
        for l in 0..STRIP {
            let differs = |w: usize| words[w] ^ lines[w][l];
            let (one, two_a) = add(ones[l], differs(0), differs(1));
            let (one, two_b) = add(one, differs(2), differs(3));
            let (two, four_a) = add(twos[l], two_a, two_b);
            let (one, two_a) = add(one, differs(4), differs(5));
            let (one, two_b) = add(one, differs(6), differs(7));
            let (two, four_b) = add(two, two_a, two_b);
            let (four, eight) = add(fours[l], four_a, four_b);
            (ones[l], twos[l], fours[l]) = (one, two, four);
            eights[l] += eight.count_ones();
        }
    }
    let mut counts = [0; STRIP];
    for l in 0..STRIP {
        counts[l] = 8 * eights[l] + 4 * fours[l].count_ones();
        counts[l] += 2 * twos[l].count_ones() + ones[l].count_ones();
    }
    counts
}

/// The sums of three bits in every place of a word, as two binary digits: the ones and the twos.
#[inline(always)]
fn add(a: u32, b: u32, c: u32) -> (u32, u32) {
    (a ^ b ^ c, (a & b) | (c & (a ^ b)))
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
