//! The logistic function and its integral, sixteen numbers at a time, and what else goes over a row.
//!
//! With z = 2 λ ξ h, a unit is wrong with probability s(z) = 1/(1 + e^z) and costs ln(1 + e^{−z}). Both come from
//! e^{−|z|}. Errors: of s, 2e-7 (1 + |z|) of its value; of the cost, 3e-7 of its value or of 1, whichever is more.
//! Sums run in sixteen lanes of a fixed order, so that their bits do not depend on the vector unit.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use crate::engine::kernels::{dispatch, fused};

/// Numbers that go together.
pub(super) const LANES: usize = 16;

/// Sixteen numbers.
pub(super) type Lanes = [f32; LANES];

/// Makes a closure one that can be called once: the others are called through a shim that is not compiled for the
/// vector unit.
pub(super) struct Once;

impl Once {
    #[expect(clippy::unused_self, reason = "taking it is all it does")]
    #[inline(always)]
    pub(super) fn spend(self) {}
}

/// e^x for x ≤ 0: 2^n 2^r with |r| ≤ ½ and a polynomial of degree 6 in r; relative error below 2e-7 (1 + |x|).
#[inline(always)]
pub(in super::super) fn exp_below_zero(x: f32) -> f32 {
    // Adding 1.5 × 2^23 rounds to a whole number, which then stands in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let exponent = (x * std::f32::consts::LOG2_E).max(-126.0);
    let shifted = exponent + ROUND;
    let r = exponent - (shifted - ROUND);
    let mut power = 1.540_353e-4_f32;
    for coefficient in [
        1.333_355_8e-3,
        9.618_129e-3,
        5.550_411e-2,
        0.240_226_5,
        std::f32::consts::LN_2,
        1.0,
    ] {
        power = fused(power, r, coefficient);
    }
    f32::from_bits(
        power
            .to_bits()
            .wrapping_add(shifted.to_bits().wrapping_shl(23)),
    )
}

/// ln(1 + e) for 0 ≤ e ≤ 1 and `ratio` = e/(2 + e): 2 artanh of that, whose series converges like 9^{−k}; error below
/// 2e-7.
#[inline(always)]
fn ln_1p_of(ratio: f32) -> f32 {
    let square = ratio * ratio;
    let mut series = 2.0 / 15.0_f32;
    for coefficient in [
        2.0 / 13.0,
        2.0 / 11.0,
        2.0 / 9.0,
        2.0 / 7.0,
        2.0 / 5.0,
        2.0 / 3.0,
        2.0,
    ] {
        series = fused(series, square, coefficient);
    }
    series * ratio
}

/// s(z) = 1/(1 + e^z).
#[inline(always)]
pub(super) fn error_rate(z: f32) -> f32 {
    let e = exp_below_zero(-z.abs());
    let numerator = if z > 0.0 { e } else { 1.0 };
    numerator / (1.0 + e)
}

/// ln(1 + e^{−z}).
#[inline(always)]
fn cost(z: f32) -> f32 {
    let e = exp_below_zero(-z.abs());
    (-z).max(0.0) + ln_1p_of(e / (2.0 + e))
}

/// What is left behind the last sixteen, filled up with zeros.
#[inline(always)]
pub(super) fn filled(rest: &[f32]) -> Lanes {
    let mut lanes = [0.0; LANES];
    lanes[..rest.len()].copy_from_slice(rest);
    lanes
}

/// Gives every sixteen of two rows to `each`, the last ones filled up with zeros.
#[inline(always)]
pub(super) fn pairs(a: &[f32], b: &[f32], mut each: impl FnMut(&Lanes, &Lanes)) {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks(), b.as_chunks());
    for (a, b) in a.iter().zip(b) {
        each(a, b);
    }
    if !a_rest.is_empty() {
        each(&filled(a_rest), &filled(b_rest));
    }
}

/// Adds up in a tree, always the same one.
#[inline(always)]
pub(super) fn total(lanes: &Lanes) -> f64 {
    let mut halves = lanes.map(f64::from);
    for width in [8, 4, 2, 1] {
        for lane in 0..width {
            halves[lane] += halves[lane + width];
        }
    }
    halves[0]
}

/// Σ a b.
pub(in super::super) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            let mut sums = [0.0; LANES];
            pairs(
                a,
                b,
                #[inline(always)]
                |a, b| {
                    for lane in 0..LANES {
                        sums[lane] = fused(a[lane], b[lane], sums[lane]);
                    }
                },
            );
            total(&sums)
        },
    )
}

/// The next direction of conjugate gradients: `direction = beta direction − gradient`.
pub(in super::super) fn turn_down(direction: &mut [f32], beta: f32, gradient: &[f32]) {
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            for (direction, gradient) in direction.iter_mut().zip(gradient) {
                *direction = fused(beta, *direction, -*gradient);
            }
        },
    );
}

/// `target += factor other`.
pub(in super::super) fn add_scaled(target: &mut [f32], factor: f32, other: &[f32]) {
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            for (target, other) in target.iter_mut().zip(other) {
                *target = fused(factor, *other, *target);
            }
        },
    );
}

/// What the fields of a unit on all patterns amount to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// Σ_μ ln(1 + e^{−z}) with z = 2 λ ξ h.
    pub(super) cost: f64,
    /// The smallest ξ h.
    pub(super) smallest: f32,
}

impl Fit {
    /// That of fields of 0, where every pattern is a coin's toss.
    pub(super) fn at_zero(n_patterns: usize) -> Self {
        Self {
            cost: n_patterns as f64 * std::f64::consts::LN_2,
            smallest: 0.0,
        }
    }
}

/// Turns the fields h of a unit into tanh(λ h) − ξ = −2 ξ s(z), and says how well they fit.
pub(super) fn residuals(fields: &mut [f32], signs: &[f32], lambda: f32) -> Fit {
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            let mut fit = Fit {
                cost: 0.0,
                smallest: f32::INFINITY,
            };
            // Partial sums stay short, so that long rows lose nothing to single precision.
            for (fields, signs) in fields.chunks_mut(64 * LANES).zip(signs.chunks(64 * LANES)) {
                let (mut costs, mut smallest) = ([0.0; LANES], [f32::INFINITY; LANES]);
                let ((h, h_rest), (xi, xi_rest)) = (fields.as_chunks_mut(), signs.as_chunks());
                for (h, xi) in h.iter_mut().zip(xi) {
                    sixteen_residuals(h, xi, lambda, &mut costs, &mut smallest);
                }
                if !h_rest.is_empty() {
                    let mut h = filled(h_rest);
                    sixteen_residuals(&mut h, &filled(xi_rest), lambda, &mut costs, &mut smallest);
                    h_rest.copy_from_slice(&h[..h_rest.len()]);
                }
                fit.cost += total(&costs);
                fit.smallest = smallest.into_iter().fold(fit.smallest, f32::min);
            }
            fit
        },
    )
}

/// Sixteen fields into residuals; places filled up have ξ = 0 and count nowhere.
#[inline(always)]
fn sixteen_residuals(
    h: &mut Lanes,
    xi: &Lanes,
    lambda: f32,
    costs: &mut Lanes,
    smallest: &mut Lanes,
) {
    for lane in 0..LANES {
        let aligned = xi[lane] * h[lane];
        let z = 2.0 * lambda * aligned;
        let there = xi[lane] * xi[lane];
        let seen = if there > 0.0 { aligned } else { f32::INFINITY };
        smallest[lane] = smallest[lane].min(seen);
        costs[lane] = fused(there, cost(z), costs[lane]);
        h[lane] = -2.0 * xi[lane] * error_rate(z);
    }
}

/// How well fields fit at λ = 1, from the residuals −2 ξ s that belong to them: no exponential is needed.
pub(super) fn fit(fields: &[f32], residuals: &[f32], signs: &[f32]) -> Fit {
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            let (mut costs, mut smallest) = ([0.0; LANES], [f32::INFINITY; LANES]);
            let mut sixteen = |h: &Lanes, r: &Lanes, xi: &Lanes| {
                for lane in 0..LANES {
                    let aligned = xi[lane] * h[lane];
                    let rate = 0.5 * r[lane].abs();
                    // With e = e^{−|z|}, the smaller of s and 1 − s is e/(1 + e).
                    let share = rate.min(1.0 - rate);
                    let cost = (-2.0 * aligned).max(0.0) + ln_1p_of(share / (2.0 - share));
                    let there = xi[lane] * xi[lane];
                    let seen = if there > 0.0 { aligned } else { f32::INFINITY };
                    smallest[lane] = smallest[lane].min(seen);
                    costs[lane] = fused(there, cost, costs[lane]);
                }
            };
            let ((h, h_rest), (r, r_rest), (xi, xi_rest)) =
                (fields.as_chunks(), residuals.as_chunks(), signs.as_chunks());
            for ((h, r), xi) in h.iter().zip(r).zip(xi) {
                sixteen(h, r, xi);
            }
            if !h_rest.is_empty() {
                sixteen(&filled(h_rest), &filled(r_rest), &filled(xi_rest));
            }
            Fit {
                cost: total(&costs),
                smallest: smallest.into_iter().fold(f32::INFINITY, f32::min),
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_approximations_err_in_the_seventh_digit() {
        for step in -4000..=4000 {
            let z = step as f32 / 100.0;
            let wide = f64::from(z);
            let rate = 1.0 / (1.0 + wide.exp());
            let error = (f64::from(error_rate(z)) / rate - 1.0).abs();
            assert!(error < 2e-7 * (1.0 + wide.abs()), "s({z}): {error:e}");
            let exact = (-wide).exp().ln_1p();
            let error = (f64::from(cost(z)) - exact).abs();
            assert!(error < 3e-7 * exact.max(1.0), "cost({z}): {error:e}");
        }
        for extreme in [-1e30, 1e30_f32] {
            assert!(error_rate(extreme).is_finite() && cost(extreme).is_finite());
        }
    }

    #[test]
    fn residuals_by_the_plain_formula() {
        let signs: Vec<f32> = (0..37)
            .map(|k| if k % 3 == 0 { 1.0 } else { -1.0 })
            .collect();
        let fields: Vec<f32> = (0..37).map(|k| (k as f32 - 20.0) / 7.0).collect();
        let mut out = fields.clone();
        let fit = residuals(&mut out, &signs, 0.7);
        let mut cost = 0.0;
        for k in 0..37 {
            let (h, xi) = (f64::from(fields[k]), f64::from(signs[k]));
            cost += (-1.4 * xi * h).exp().ln_1p();
            assert!((f64::from(out[k]) - ((0.7 * h).tanh() - xi)).abs() < 1e-6);
        }
        assert!((fit.cost / cost - 1.0).abs() < 1e-6);
        let smallest = signs.iter().zip(&fields).map(|(xi, h)| xi * h);
        let smallest = smallest.fold(f32::INFINITY, f32::min);
        assert_eq!(fit.smallest, smallest);
        let mut out = fields.clone();
        let cost = residuals(&mut out, &signs, 1.0).cost;
        let again = super::fit(&fields, &out, &signs);
        assert!((again.cost / cost - 1.0).abs() < 1e-6 && again.smallest == smallest);
    }
}
