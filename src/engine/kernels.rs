//! The inner loops everything waits for, compiled for the widest vector unit the machine has.
//!
//! Plain loops: the bits of a result do not depend on the vector width, because no sum is reordered
//! (`add_scaled` and `rows` go element by element, `signs` row by row) or because it is a sum of integers (`bits`, `whole`);
//! `lanes` compares. `fused` is the one sum and product whose rounding needs an instruction that not every machine has.

pub(crate) mod aligned;
pub(crate) mod bits;
pub(crate) mod blocks;
mod fused;
pub(crate) mod lanes;
pub(crate) mod multiplier;
pub(crate) mod rows;
pub(crate) mod signs;
pub(crate) mod whole;
pub(crate) mod width;

use super::SLOWER;
pub(crate) use bits::Bits;
pub(crate) use fused::fused;
pub(crate) use multiplier::Multiplier;
pub(crate) use rows::Rows;
pub(crate) use signs::{Signs, sum_of_rows};
pub(crate) use width::dispatch;
use width::widest;

/// Operations of a step that takes a few milliseconds, where a thread of a desktop does so `many` of them in that time: a
/// page, slower anyway, has narrow vectors and no fused multiply-add.
pub(crate) const fn of_a_step(many: usize) -> usize {
    many / (SLOWER * SLOWER)
}

/// `target[i] += factor × source[i]`.
pub(crate) fn add_scaled(target: &mut [f32], factor: f32, source: &[f32]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * source;
        }
    });
}

/// `target[i] += factor × source[i]`, in double precision.
pub(crate) fn add_scaled_wide(target: &mut [f64], factor: f64, source: &[f32]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * f64::from(*source);
        }
    });
}

/// Σ_i `row[i]`², in double precision, in eight lanes of a fixed order.
pub(crate) fn sum_of_squares(row: &[f32]) -> f64 {
    const LANES: usize = 8;
    widest(|| {
        let mut sums = [0.0; LANES];
        let (eights, rest) = row.as_chunks::<LANES>();
        let mut last = [0.0; LANES];
        last[..rest.len()].copy_from_slice(rest);
        for eight in eights.iter().chain(std::iter::once(&last)) {
            for (sum, entry) in sums.iter_mut().zip(eight) {
                *sum += f64::from(*entry) * f64::from(*entry);
            }
        }
        let [a, b, c, d, e, f, g, h] = sums;
        ((a + e) + (c + g)) + ((b + f) + (d + h))
    })
}

/// `target[i] += factor × source[i]` for a row of ±1, in double precision.
pub(crate) fn add_scaled_row(target: &mut [f64], factor: f64, source: &[i8]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * f64::from(*source);
        }
    });
}

/// `target[i] += factor × source[i]`, in integers.
pub(crate) fn add_scaled_signs(target: &mut [i32], factor: i32, source: &[i8]) {
    widest(|| {
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
