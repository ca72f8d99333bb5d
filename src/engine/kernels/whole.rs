//! Couplings in whole numbers of 8 or 16 bits, and fields that take up column after column of them: exact.
//!
//! A quarter or half of the memory of single precision, and as many more numbers to a vector.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::aligned::Aligned;
use super::width::{gathered, widest};
use std::ops::Range;

/// Fields that are kept in registers while columns are added to them; the last ones are fewer.
const BLOCK: usize = 256;
/// Every column is filled up with zeros to a multiple of this.
const STEP: usize = 64;
/// More columns are not added up together, as nothing is gained by it.
const MOST_TOGETHER: usize = 4;

/// A whole number that couplings are kept in.
pub(crate) trait Weight: Copy + Default + Send + Sync {
    /// The number that a sum of couplings is kept in.
    type Field: Field;
    /// The same number where it is one of these.
    fn of(value: f32) -> Option<Self>;
    /// How many numbers of size `largest` have a sum that is one too.
    fn summands(largest: f32) -> usize;
    /// The sum of so many.
    fn plus(self, other: Self) -> Self;
    /// The same number as a field.
    fn wide(self) -> Self::Field;
}

/// A sum of couplings; sums and differences may pass the ends of the range on the way.
pub(crate) trait Field: Copy + Default + Ord + Send + Sync {
    /// +1.
    const UP: Self;
    /// −1.
    const DOWN: Self;
    /// Largest magnitude that a field may have.
    const LARGEST: f64;
    /// The sum.
    fn plus(self, other: Self) -> Self;
    /// The difference.
    fn minus(self, other: Self) -> Self;
    /// The product with a sign.
    fn times(self, sign: Self) -> Self;
    /// The product.
    fn product(self, other: Self) -> i32;
}

macro_rules! whole {
    ($weight:ty, $field:ty, $largest:expr) => {
        impl Weight for $weight {
            type Field = $field;
            fn of(value: f32) -> Option<Self> {
                let whole = value as Self;
                (f32::from(whole) == value && whole > Self::MIN).then_some(whole)
            }
            fn summands(largest: f32) -> usize {
                (f32::from(Self::MAX) / largest) as usize
            }
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn wide(self) -> $field {
                <$field>::from(self)
            }
        }
        impl Field for $field {
            const UP: Self = 1;
            const DOWN: Self = -1;
            const LARGEST: f64 = $largest;
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn times(self, sign: Self) -> Self {
                self.wrapping_mul(sign)
            }
            #[inline(always)]
            fn product(self, other: Self) -> i32 {
                i32::from(self) * i32::from(other)
            }
        }
    };
}
whole!(i8, i16, 32_767.0);
// Beyond 2^24 single precision would round where these do not, and the two would part.
whole!(i16, i32, 16_777_216.0);

/// The columns of a square array of whole numbers.
#[derive(Debug, Clone)]
pub(crate) struct Columns<W: Weight> {
    n_units: usize,
    /// Length of a column with its zeros.
    stride: usize,
    entries: Aligned<W>,
    /// So many columns can be added up before they are taken as fields, which are wider.
    together: usize,
    all_down: Aligned<W::Field>,
}

impl<W: Weight> Columns<W> {
    /// Takes in N columns; `None` where a number does not fit or a field could outgrow its range.
    pub(crate) fn new<'a>(n_units: usize, column: impl Fn(usize) -> &'a [f32]) -> Option<Self> {
        let stride = n_units.next_multiple_of(STEP);
        let mut entries = Aligned::<W>::new(n_units * stride);
        let mut all_down = Aligned::<W::Field>::new(stride);
        let mut sizes = vec![0.0_f64; n_units];
        let mut largest = 0.0_f32;
        for (unit, kept) in entries.chunks_exact_mut(stride).enumerate() {
            for ((kept, size), value) in kept.iter_mut().zip(&mut sizes).zip(column(unit)) {
                *kept = W::of(*value)?;
                *size += f64::from(value.abs());
                largest = largest.max(value.abs());
            }
            for (field, weight) in all_down.iter_mut().zip(kept) {
                *field = field.minus(weight.wide());
            }
        }
        let fits = sizes.iter().all(|sum| *sum <= W::Field::LARGEST);
        fits.then_some(Self {
            n_units,
            stride,
            entries,
            together: W::summands(largest).clamp(1, MOST_TOGETHER),
            all_down,
        })
    }

    /// Number of units N.
    pub(crate) fn n_units(&self) -> usize {
        self.n_units
    }

    /// The fields where every unit is at −1; some zeros behind.
    pub(crate) fn all_down(&self) -> &Aligned<W::Field> {
        &self.all_down
    }

    /// The ranges of fields that [`Self::turn`] takes one at a time, so that their part of the columns stays in the
    /// cache while many states take it up.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<W> {
        let stride = self.stride;
        (0..stride)
            .step_by(BLOCK)
            .map(move |start| start..(start + BLOCK).min(stride))
    }

    /// Takes into the fields of `block`, of each of many states, that the units of its first list have turned to +1 and
    /// those of its second to −1.
    pub(crate) fn turn<'f>(
        &self,
        block: &Range<usize>,
        all: impl Iterator<Item = (&'f mut [W::Field], [&'f [u32]; 2])>,
    ) where
        W: 'f,
    {
        widest(
            #[inline(always)]
            || {
                for (fields, [up, down]) in all {
                    if block.len() == BLOCK {
                        self.turn_block::<BLOCK>(fields, block.start, up, down);
                        continue;
                    }
                    for start in block.clone().step_by(STEP) {
                        self.turn_block::<STEP>(fields, start, up, down);
                    }
                }
            },
        );
    }

    #[inline(always)]
    fn turn_block<const WIDTH: usize>(
        &self,
        fields: &mut [W::Field],
        start: usize,
        up: &[u32],
        down: &[u32],
    ) {
        let mut change = [W::Field::default(); WIDTH];
        for units in up.chunks(self.together) {
            let part = self.sum::<WIDTH>(start, units);
            for l in 0..WIDTH {
                change[l] = change[l].plus(part[l].wide());
            }
        }
        for units in down.chunks(self.together) {
            let part = self.sum::<WIDTH>(start, units);
            for l in 0..WIDTH {
                change[l] = change[l].minus(part[l].wide());
            }
        }
        let fields = &mut fields[start..][..WIDTH];
        for l in 0..WIDTH {
            fields[l] = fields[l].plus(change[l]).plus(change[l]);
        }
    }

    /// The sum of the columns of a few units, from `start` on.
    #[inline(always)]
    fn sum<const WIDTH: usize>(&self, start: usize, units: &[u32]) -> [W; WIDTH] {
        let mut sum = [W::default(); WIDTH];
        for unit in units {
            let column = &self.entries[*unit as usize * self.stride + start..][..WIDTH];
            for l in 0..WIDTH {
                sum[l] = sum[l].plus(column[l]);
            }
        }
        sum
    }

    /// Takes in that `unit` has turned to `sign`.
    #[inline]
    pub(crate) fn turn_one(&self, fields: &mut [W::Field], unit: usize, sign: W::Field) {
        let column = &self.entries[unit * self.stride..][..self.stride];
        let twice = sign.plus(sign);
        widest(
            #[inline(always)]
            || {
                let ((fields, _), (column, _)) =
                    (fields.as_chunks_mut::<STEP>(), column.as_chunks::<STEP>());
                for (fields, column) in fields.iter_mut().zip(column) {
                    for l in 0..STEP {
                        fields[l] = fields[l].plus(column[l].wide().times(twice));
                    }
                }
            },
        );
    }
}

/// Σ s_i h_i over all units; the units that their field wants to turn are put into `turning`, a bit each.
#[inline]
pub(crate) fn turning<F: Field>(signs: &[F], fields: &[F], turning: &mut [u64]) -> i64 {
    /// Pieces whose sums stay in range.
    const PIECES: usize = 16;
    let mut sum = 0;
    widest(
        #[inline(always)]
        || {
            let pieces = signs
                .chunks(PIECES * STEP)
                .zip(fields.chunks(PIECES * STEP));
            for ((signs, fields), turning) in pieces.zip(turning.chunks_mut(PIECES)) {
                let mut part = [0_i32; STEP];
                let pieces = signs.chunks_exact(STEP).zip(fields.chunks_exact(STEP));
                for ((signs, fields), turning) in pieces.zip(turning) {
                    let mut bytes = [0_u8; STEP];
                    for l in 0..STEP {
                        let along = fields[l].times(signs[l]);
                        part[l] += along.product(F::UP);
                        bytes[l] = u8::from(along < F::default());
                    }
                    *turning = gathered(&bytes);
                }
                sum += part.iter().map(|part| i64::from(*part)).sum::<i64>();
            }
        },
    );
    sum
}

/// Puts the numbers of the units whose bits are set into `units`.
pub(crate) fn units_of(words: impl Iterator<Item = u64>, units: &mut Vec<u32>) {
    units.clear();
    for (place, mut word) in words.enumerate() {
        while word != 0 {
            units.push((place * STEP) as u32 + word.trailing_zeros());
            word &= word - 1;
        }
    }
}

/// One bit a unit, set where it is up.
pub(crate) fn up<F: Field>(signs: &[F]) -> Vec<u64> {
    let mut words = vec![0; signs.len() / STEP];
    widest(
        #[inline(always)]
        || {
            for (word, signs) in words.iter_mut().zip(signs.chunks_exact(STEP)) {
                let mut bytes = [0_u8; STEP];
                for (byte, sign) in bytes.iter_mut().zip(signs) {
                    *byte = u8::from(*sign > F::default());
                }
                *word = gathered(&bytes);
            }
        },
    );
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;
    use rand::RngExt as _;

    fn weights(n_units: usize, largest: i32) -> Vec<f32> {
        let mut rng = stream(3, "whole weights");
        let draw = || rng.random_range(-largest..=largest) as f32;
        std::iter::repeat_with(draw)
            .take(n_units * n_units)
            .collect()
    }

    fn fields_equal_the_plain_sum<W: Weight>(n_units: usize, largest: i32) {
        let weights = weights(n_units, largest);
        let column = |unit: usize| &weights[unit * n_units..(unit + 1) * n_units];
        let columns = Columns::<W>::new(n_units, column).unwrap();
        let mut rng = stream(4, "signs");
        let mut signs = vec![-1; n_units];
        let mut fields = columns.all_down().clone();
        for _ in 0..3 {
            let (mut up, mut down) = (Vec::new(), Vec::new());
            for (unit, sign) in signs.iter_mut().enumerate() {
                if rng.random() {
                    *sign = -*sign;
                    if *sign > 0 { &mut up } else { &mut down }.push(unit as u32);
                }
            }
            for block in columns.blocks() {
                columns.turn(&block, std::iter::once((&mut *fields, [&*up, &*down])));
            }
            for i in 0..n_units {
                let plain: i32 = (0..n_units)
                    .map(|j| weights[j * n_units + i] as i32 * signs[j])
                    .sum();
                assert_eq!(fields[i].product(W::Field::UP), plain);
            }
        }
        let one = signs.iter().position(|sign| *sign < 0).unwrap();
        let before = fields[0].product(W::Field::UP);
        columns.turn_one(&mut fields, one, W::Field::UP);
        assert_eq!(
            fields[0].product(W::Field::UP) - before,
            2 * weights[one * n_units] as i32
        );
    }

    #[test]
    fn fields_of_odd_sizes_equal_the_plain_sum() {
        for n_units in [5, 64, 65, 250, 600] {
            for largest in [20, 50, 100] {
                fields_equal_the_plain_sum::<i8>(n_units, largest);
            }
            fields_equal_the_plain_sum::<i16>(n_units, 20_000);
        }
    }

    #[test]
    fn what_does_not_fit_is_no_such_column() {
        let fits = |weights: &[f32]| Columns::<i8>::new(1, |_| weights).is_some();
        assert!(fits(&[127.0]) && fits(&[-127.0]) && fits(&[-0.0]));
        assert!(!fits(&[128.0]) && !fits(&[-128.0]) && !fits(&[0.5]) && !fits(&[f32::MAX]));
        let many = vec![127.0; 300 * 300];
        let column = |unit: usize| &many[unit * 300..(unit + 1) * 300];
        assert!(
            Columns::<i8>::new(300, column).is_none() && Columns::<i16>::new(300, column).is_some()
        );
    }

    #[test]
    fn units_against_their_field_are_found_and_a_field_of_zero_moves_none() {
        let mut signs = vec![1_i16; 128];
        let mut fields = vec![3_i16; 128];
        (fields[0], fields[70], fields[127]) = (0, -5, 2);
        (signs[3], signs[127]) = (-1, -1);
        let mut words = [9; 2];
        let sum = turning(&signs, &fields, &mut words);
        let mut units = vec![9];
        units_of(words.into_iter(), &mut units);
        assert_eq!(units, vec![3, 70, 127]);
        assert_eq!(up(&signs), [!(1 << 3), !(1 << 63)]);
        assert_eq!(sum, 124 * 3 - 3 - 5 - 2);
    }
}
