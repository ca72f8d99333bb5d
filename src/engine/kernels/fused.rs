//! a b + c, rounded once: one instruction where there is one. WebAssembly has none, and its library's function costs
//! more than all around it; the same bits come of numbers of 64 bits.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

/// a b + c, rounded once.
#[inline(always)]
pub(crate) fn fused(a: f32, b: f32, c: f32) -> f32 {
    #[cfg(not(target_arch = "wasm32"))]
    return a.mul_add(b, c);
    #[cfg(target_arch = "wasm32")]
    in_two_steps(f64::from(a) * f64::from(b), f64::from(c))
}

/// `product` + c, where `product` is a product of two numbers of 32 bits, which 64 bits hold exactly.
///
/// The sum is rounded to 53 bits and then to 24. That can only go wrong where the first step ends half-way between two
/// numbers of 24 bits, or where those have fewer bits than 24.
#[cfg(any(test, target_arch = "wasm32"))]
#[inline(always)]
fn in_two_steps(product: f64, c: f64) -> f32 {
    let sum = product + c;
    let is_half_way = sum.to_bits() & DROPPED == HALF;
    if is_half_way || sum.abs() < f64::from(f32::MIN_POSITIVE) {
        rounded_to_odd(product, c)
    } else {
        sum as f32
    }
}

/// The bits of 64 that 32 have no room for.
#[cfg(any(test, target_arch = "wasm32"))]
pub(super) const DROPPED: u64 = (1 << 29) - 1;
/// They stand for a half.
#[cfg(any(test, target_arch = "wasm32"))]
pub(super) const HALF: u64 = 1 << 28;

/// The same by way of a sum rounded to an odd last bit unless it is exact, from which any rounding to fewer bits is right
/// (Boldo & Melquiond 2008).
#[cfg(any(test, target_arch = "wasm32"))]
#[cold]
#[inline(never)]
fn rounded_to_odd(product: f64, c: f64) -> f32 {
    let sum = product + c;
    // What rounding took away, exactly (Knuth's two-sum).
    let part = sum - c;
    let lost = (product - part) + (c - (sum - part));
    let is_even = sum.to_bits() & 1 == 0;
    let odd = if is_even && lost.is_normal() {
        let grows = (lost > 0.0) == (sum > 0.0);
        let bits = sum.to_bits();
        f64::from_bits(if grows { bits + 1 } else { bits - 1 })
    } else {
        sum
    };
    odd as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_fused([a, b, c]: [f32; 3]) {
        let found = in_two_steps(f64::from(a) * f64::from(b), f64::from(c));
        let right = a.mul_add(b, c);
        let both = found.is_nan() && right.is_nan();
        assert!(
            both || found.to_bits() == right.to_bits(),
            "{a:e} × {b:e} + {c:e}: {found:e}, not {right:e}"
        );
    }

    #[test]
    fn sums_next_to_half_way_and_tiny_ones_are_rounded_once() {
        let next = 1.0 + f32::EPSILON;
        let before = 1.0 - f32::EPSILON / 2.0;
        let edges = [
            // 1 + 2^-24 ± 2^-70: the half is decided by what 53 bits do not hold.
            [2f32.powi(-12) * next, 2f32.powi(-12) * before, 1.0],
            [2f32.powi(-12), 2f32.powi(-12), 1.0],
            [2f32.powi(-12), 2f32.powi(-12), next],
            [-(2f32.powi(-12)) * next, 2f32.powi(-12) * before, next],
            // Among numbers with fewer bits.
            [
                2f32.powi(-75) * next,
                2f32.powi(-75) * before,
                2f32.powi(-127),
            ],
            [2f32.powi(-75) * next, 2f32.powi(-75), 0.0],
            [2f32.powi(-75), 2f32.powi(-75), 0.0],
            [f32::MAX, 2.0, -f32::MAX],
            [f32::MAX, f32::MAX, f32::NEG_INFINITY],
            [f32::INFINITY, 0.0, 1.0],
            [0.0, -1.0, 0.0],
            [-0.0, 1.0, -0.0],
            [1.0, -1.0, 1.0],
        ];
        edges.into_iter().for_each(assert_fused);
    }

    proptest! {
        #[test]
        fn any_numbers_are_rounded_once(bits in any::<[u32; 3]>(), few in any::<[i8; 3]>(), power in -30..30_i32) {
            assert_fused(bits.map(f32::from_bits));
            // Sums near to half-way come of few bits.
            let [a, b, c] = few.map(f32::from);
            let scale = 2f32.powi(power);
            assert_fused([a * f32::EPSILON + 1.0, b, c * scale]);
            assert_fused([a + scale, b + scale, c * scale]);
            assert_fused([a * scale, 1.0 + b * f32::EPSILON, 1.0 + c * f32::EPSILON]);
        }
    }
}
