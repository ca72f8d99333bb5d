//! The step along a direction that makes the cost of some rows small.
//!
//! Absent: products; fields are linear in the step.

use super::logistic::{LANES, Lanes, Once, error_rate, filled, pairs, total};
use crate::engine::kernels::{dispatch, fused};
use crate::engine::parallel::prelude::*;

/// Fields h of one unit on all patterns, its values there, and the fields d of a direction.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) signs: &'a [f32],
    pub(super) fields: &'a [f32],
    pub(super) direction: &'a [f32],
}

/// The penalty b t + c t²/2 along a direction, c ≥ 0.
#[derive(Clone, Copy, Default)]
pub(super) struct Penalty {
    pub(super) slope: f64,
    pub(super) curvature: f64,
}

/// A line search ends at this share of the slope it began with: finer ones cost more than the iterations they save.
const ENOUGH: f64 = 0.005;

/// Lines that a thread goes along at least: less is not worth sharing.
const LINES: usize = 16;

/// The step t along `line` that makes Σ ln(1 + e^{−2 ξ (h + t d)}) + b t + c t²/2 small; `residuals` holds −2 ξ s,
/// before and after.
pub(super) fn line_search(line: Line<'_>, penalty: Penalty, residuals: &mut [f32]) -> f64 {
    let start = slope(residuals, line.direction);
    search(start, penalty, |t| residuals_at(line, t, residuals))
}

/// The same along all `lines` at once.
pub(super) fn search_together(
    lines: &[Line<'_>],
    penalty: Penalty,
    residuals: &mut [&mut [f32]],
) -> f64 {
    let sum = |slopes: Vec<Slope>| {
        slopes.into_iter().fold(Slope::default(), |sum, one| Slope {
            first: sum.first + one.first,
            second: sum.second + one.second,
        })
    };
    let pairs = lines.par_iter().zip(residuals.par_iter());
    let slopes = pairs
        .with_min_len(LINES)
        .map(|(line, r)| slope(r, line.direction));
    let start = sum(slopes.collect());
    search(start, penalty, |t| {
        let pairs = lines.par_iter().zip(residuals.par_iter_mut());
        let slopes = pairs
            .with_min_len(LINES)
            .map(|(line, r)| residuals_at(*line, t, r));
        sum(slopes.collect())
    })
}

/// Newton's steps from t = 0, where the cost has the slope `start`, kept inside the interval that holds the minimum,
/// until the slope is [`ENOUGH`] of that at 0; `slope_at` moves there.
fn search(start: Slope, penalty: Penalty, mut slope_at: impl FnMut(f32) -> Slope) -> f64 {
    let mut at = start;
    let start = at.first + penalty.slope;
    if start >= 0.0 || !start.is_finite() {
        return 0.0;
    }
    let (mut t, mut low, mut high) = (0.0, 0.0, f64::INFINITY);
    for _ in 0..30 {
        let first = at.first + penalty.slope + penalty.curvature * t;
        if first > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let newton = t - first / (at.second + penalty.curvature);
        t = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            return t;
        };
        at = slope_at(t as f32);
        if (at.first + penalty.slope + penalty.curvature * t).abs() <= ENOUGH * start.abs() {
            break;
        }
    }
    t
}

/// Slope and curvature of Σ_μ ln(1 + e^{−2 ξ (h + t d)}) in t.
#[derive(Debug, Clone, Copy, Default)]
struct Slope {
    first: f64,
    second: f64,
}

/// Slope and curvature where the residuals −2 ξ s are known: 4 s (1 − s) = 2 |r| − r².
fn slope(residuals: &[f32], direction: &[f32]) -> Slope {
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
            pairs(
                residuals,
                direction,
                #[inline(always)]
                |r, d| {
                    for lane in 0..LANES {
                        let bend = r[lane].abs() * (2.0 - r[lane].abs());
                        first[lane] = fused(r[lane], d[lane], first[lane]);
                        second[lane] = fused(d[lane] * d[lane], bend, second[lane]);
                    }
                },
            );
            Slope {
                first: total(&first),
                second: total(&second),
            }
        },
    )
}

/// The residuals of h + t d, and slope and curvature there.
fn residuals_at(along: Line<'_>, t: f32, residuals: &mut [f32]) -> Slope {
    let Line {
        signs,
        fields,
        direction,
    } = along;
    let once = Once;
    dispatch(
        #[inline(always)]
        move || {
            once.spend();
            let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
            let mut sixteen = |r: &mut Lanes, xi: &Lanes, h: &Lanes, d: &Lanes| {
                for lane in 0..LANES {
                    let z = 2.0 * xi[lane] * fused(t, d[lane], h[lane]);
                    r[lane] = -2.0 * xi[lane] * error_rate(z);
                    let bend = r[lane].abs() * (2.0 - r[lane].abs());
                    first[lane] = fused(r[lane], d[lane], first[lane]);
                    second[lane] = fused(d[lane] * d[lane], bend, second[lane]);
                }
            };
            let (r, r_rest) = residuals.as_chunks_mut();
            let ((xi, xi_rest), (h, h_rest), (d, d_rest)) =
                (signs.as_chunks(), fields.as_chunks(), direction.as_chunks());
            for (((r, xi), h), d) in r.iter_mut().zip(xi).zip(h).zip(d) {
                sixteen(r, xi, h, d);
            }
            if !r_rest.is_empty() {
                // Places filled up have ξ = d = 0 and count nowhere.
                let mut r = filled(r_rest);
                sixteen(&mut r, &filled(xi_rest), &filled(h_rest), &filled(d_rest));
                r_rest.copy_from_slice(&r[..r_rest.len()]);
            }
            Slope {
                first: total(&first),
                second: total(&second),
            }
        },
    )
}
