//! The inner loops everything waits for, compiled for the widest vector unit the machine has.
//!
//! Plain loops: the bits of a result do not depend on the vector width, because no sum is reordered
//! (`add_scaled` is element by element) or because it is a sum of integers (`Bits`).

use ndarray::{ArrayRef2, Axis};
use pulp::Arch;

/// `target[i] += factor × source[i]`.
pub(crate) fn add_scaled(target: &mut [f32], factor: f32, source: &[f32]) {
    Arch::new().dispatch(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * source;
        }
    });
}

/// `target[i] += factor × source[i]`, in double precision.
pub(crate) fn add_scaled_wide(target: &mut [f64], factor: f64, source: &[f32]) {
    Arch::new().dispatch(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * f64::from(*source);
        }
    });
}

/// `target[i] += source[i]²`, in double precision.
pub(crate) fn add_squares(target: &mut [f64], source: &[f32]) {
    Arch::new().dispatch(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += f64::from(*source) * f64::from(*source);
        }
    });
}

/// `target[i] += factor × source[i]` for a row of ±1, in double precision.
pub(crate) fn add_scaled_row(target: &mut [f64], factor: f64, source: &[i8]) {
    Arch::new().dispatch(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * f64::from(*source);
        }
    });
}

/// `target[i] += factor × source[i]`, in integers.
pub(crate) fn add_scaled_signs(target: &mut [i32], factor: i32, source: &[i8]) {
    Arch::new().dispatch(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * i32::from(*source);
        }
    });
}

/// Σ_μ `table[2 counts[μ] + b]` with b = 1 where `signs[μ]` is +1 and 0 elsewhere, in double precision.
///
/// Four sums side by side and one order of adding them up: the bits are the same on every machine.
pub(crate) fn sum_by_sign(table: &[[f64; 2]], counts: &[i32], signs: &[i8]) -> (f64, f64) {
    const SUMS: usize = 4;
    let mut sums = [[0.0; 2]; SUMS];
    let mut add = |sum: usize, count: i32, sign: i8| {
        let [down, up] = table[(2 * count + i32::from(sign > 0)) as usize];
        sums[sum][0] += down;
        sums[sum][1] += up;
    };
    let (counts, last_counts) = counts.as_chunks::<SUMS>();
    let (signs, last_signs) = signs.as_chunks::<SUMS>();
    for (counts, signs) in counts.iter().zip(signs) {
        for sum in 0..SUMS {
            add(sum, counts[sum], signs[sum]);
        }
    }
    for (sum, (count, sign)) in last_counts.iter().zip(last_signs).enumerate() {
        add(sum, *count, *sign);
    }
    let [a, b, c, d] = sums;
    ((a[1] + b[1]) + (c[1] + d[1]), (a[0] + b[0]) + (c[0] + d[0]))
}

/// Rows of ±1 packed 64 to a word, laid out word by word so that one row meets all others in a single pass.
pub(crate) struct Bits {
    n_rows: usize,
    n_columns: usize,
    /// `words[w * n_rows + r]` holds columns 64w … 64w + 63 of row r; missing columns are 0.
    words: Vec<u64>,
}

impl Bits {
    /// Packs an R × C array of ±1.
    pub(crate) fn new(rows: &ArrayRef2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        let mut words = vec![0_u64; n_columns.div_ceil(64) * n_rows];
        for (r, row) in rows.outer_iter().enumerate() {
            for (w, columns) in row.axis_chunks_iter(Axis(0), 64).enumerate() {
                let bits = columns
                    .iter()
                    .enumerate()
                    .map(|(bit, value)| u64::from(*value > 0) << bit);
                words[w * n_rows + r] = bits.fold(0, |word, bit| word | bit);
            }
        }
        Self {
            n_rows,
            n_columns,
            words,
        }
    }

    /// Σ_c a_c b_c of `row` with every row from `row` on, written to `products[row..]`: exact integers.
    pub(crate) fn products(&self, row: usize, products: &mut [f32]) {
        let mut differing = vec![0_u32; self.n_rows - row];
        for words in self.words.chunks_exact(self.n_rows) {
            let mine = words[row];
            Arch::new().dispatch(|| {
                for (differing, other) in differing.iter_mut().zip(&words[row..]) {
                    *differing += (mine ^ other).count_ones();
                }
            });
        }
        for (product, differing) in products[row..].iter_mut().zip(differing) {
            *product = self.n_columns as f32 - 2.0 * differing as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn products_by_hand() {
        let bits = Bits::new(&array![[1_i8, 1, -1], [1, -1, -1]]);
        let mut products = [0.0; 2];
        bits.products(0, &mut products);
        assert_eq!(products, [3.0, 1.0]);
    }

    #[test]
    fn products_across_words_equal_the_plain_sum() {
        let rows =
            Array2::from_shape_fn(
                (5, 200),
                |(r, c)| if (r * 7 + c * c) % 3 == 0 { 1_i8 } else { -1 },
            );
        let bits = Bits::new(&rows);
        for r in 0..5 {
            let mut products = [0.0; 5];
            bits.products(r, &mut products);
            for other in r..5 {
                let plain: i32 = (0..200)
                    .map(|c| i32::from(rows[[r, c]] * rows[[other, c]]))
                    .sum();
                assert_eq!(products[other], plain as f32);
            }
        }
    }
}
