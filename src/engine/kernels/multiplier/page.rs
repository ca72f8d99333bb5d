//! The inner loop of a product on a page: two numbers of 64 bits at a time make what one fused instruction would.

use super::super::fused::{DROPPED, HALF, fused};
use super::{PANEL, ROWS};
use pulp::Simd;
use pulp::bytemuck::cast;
use std::arch::wasm32::{
    f32x4_abs, f32x4_demote_f64x2_zero, f32x4_lt, f32x4_splat, f64x2_add, f64x2_mul,
    f64x2_promote_low_f32x4, f64x2_splat, i64x2_eq, i64x2_shuffle, u64x2_splat, v128, v128_and,
    v128_any_true, v128_or,
};

/// Columns that go together.
const COLUMNS: usize = 4;

/// Adds the products of six rows with `width` columns of a block to `sums`.
pub(super) fn add_up(
    _vectors: impl Simd,
    numbers: &[[f32; ROWS]],
    block: &[[f32; PANEL]],
    width: usize,
    sums: &mut [[f32; PANEL]; ROWS],
) {
    for left in (0..width).step_by(COLUMNS) {
        add_columns(numbers, block, left, sums);
    }
}

/// The same for the columns from `left` on.
#[target_feature(enable = "simd128")]
fn add_columns(
    numbers: &[[f32; ROWS]],
    block: &[[f32; PANEL]],
    left: usize,
    sums: &mut [[f32; PANEL]; ROWS],
) {
    let (dropped, half) = (u64x2_splat(DROPPED), u64x2_splat(HALF));
    let tiny = f32x4_splat(f32::MIN_POSITIVE);
    let mut registers = [f32x4_splat(0.0); ROWS];
    for (register, sums) in registers.iter_mut().zip(&*sums) {
        *register = four(sums, left);
    }
    let mut in_doubt = u64x2_splat(0);
    for (numbers, line) in numbers.iter().zip(block) {
        let [first, last] = halves(four(line, left));
        for (register, number) in registers.iter_mut().zip(numbers) {
            let number = f64x2_splat(f64::from(*number));
            let [first_sum, last_sum] = halves(*register);
            let first_sum = f64x2_add(f64x2_mul(number, first), first_sum);
            let last_sum = f64x2_add(f64x2_mul(number, last), last_sum);
            *register = i64x2_shuffle::<0, 2>(
                f32x4_demote_f64x2_zero(first_sum),
                f32x4_demote_f64x2_zero(last_sum),
            );
            let half_way = v128_or(
                i64x2_eq(v128_and(first_sum, dropped), half),
                i64x2_eq(v128_and(last_sum, dropped), half),
            );
            let is_tiny = f32x4_lt(f32x4_abs(*register), tiny);
            in_doubt = v128_or(in_doubt, v128_or(half_way, is_tiny));
        }
    }
    if v128_any_true(in_doubt) {
        one_by_one(numbers, block, left, sums);
    } else {
        for (sums, register) in sums.iter_mut().zip(registers) {
            let four: [f32; COLUMNS] = cast(register);
            sums[left..][..COLUMNS].copy_from_slice(&four);
        }
    }
}

/// The numbers of `line` from `left` on.
#[inline]
#[target_feature(enable = "simd128")]
fn four(line: &[f32; PANEL], left: usize) -> v128 {
    let mut four = [0.0; COLUMNS];
    four.copy_from_slice(&line[left..][..COLUMNS]);
    cast(four)
}

/// Four numbers as two and two of 64 bits.
#[inline]
#[target_feature(enable = "simd128")]
fn halves(four: v128) -> [v128; 2] {
    [
        f64x2_promote_low_f32x4(four),
        f64x2_promote_low_f32x4(i64x2_shuffle::<1, 0>(four, four)),
    ]
}

/// The same, number by number, where it may be that a sum is not what one rounding makes of it.
#[cold]
fn one_by_one(
    numbers: &[[f32; ROWS]],
    block: &[[f32; PANEL]],
    left: usize,
    sums: &mut [[f32; PANEL]; ROWS],
) {
    for (numbers, line) in numbers.iter().zip(block) {
        for (sums, number) in sums.iter_mut().zip(numbers) {
            for column in left..left + COLUMNS {
                sums[column] = fused(*number, line[column], sums[column]);
            }
        }
    }
}
