//! The step along a direction that makes the cost of some rows small.
//!
//! Absent: products; fields are linear in the step.

use super::logistic::{LANES, Lanes, Once, error_rate, filled, pairs, total};
use pulp::Arch;

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

/// The step t along `lines` that makes Σ ln(1 + e^{−2 ξ (h + t d)}) + b t + c t²/2 small: Newton's steps, kept inside
/// the interval that holds the minimum, until the slope is [`ENOUGH`] of that at 0.
///
/// `residuals` holds −2 ξ s of every line, before and after.
pub(super) fn line_search(
    lines: &[Line<'_>],
    penalty: Penalty,
    residuals: &mut [&mut [f32]],
) -> f64 {
    let sum = |slopes: &mut dyn Iterator<Item = Slope>| {
        slopes.fold((0.0, 0.0), |sum, one| {
            (sum.0 + one.first, sum.1 + one.second)
        })
    };
    let mut slopes = lines.iter().zip(residuals.iter());
    let mut at = sum(&mut slopes.by_ref().map(|(line, r)| slope(r, line.direction)));
    let start = at.0 + penalty.slope;
    if start >= 0.0 || !start.is_finite() {
        return 0.0;
    }
    let (mut t, mut low, mut high) = (0.0, 0.0, f64::INFINITY);
    for _ in 0..30 {
        let first = at.0 + penalty.slope + penalty.curvature * t;
        if first > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let newton = t - first / (at.1 + penalty.curvature);
        t = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            return t;
        };
        let mut slopes = lines.iter().zip(residuals.iter_mut());
        at = sum(&mut slopes
            .by_ref()
            .map(|(line, r)| residuals_at(*line, t as f32, r)));
        if (at.0 + penalty.slope + penalty.curvature * t).abs() <= ENOUGH * start.abs() {
            break;
        }
    }
    t
}

/// Slope and curvature of Σ_μ ln(1 + e^{−2 ξ (h + t d)}) in t.
#[derive(Debug, Clone, Copy)]
struct Slope {
    first: f64,
    second: f64,
}

/// Slope and curvature where the residuals −2 ξ s are known: 4 s (1 − s) = 2 |r| − r².
fn slope(residuals: &[f32], direction: &[f32]) -> Slope {
    let once = Once;
    Arch::new().dispatch(
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
                        first[lane] = r[lane].mul_add(d[lane], first[lane]);
                        second[lane] = (d[lane] * d[lane]).mul_add(bend, second[lane]);
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
    Arch::new().dispatch(
        #[inline(always)]
        move || {
            once.spend();
            let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
            let mut sixteen = |r: &mut Lanes, xi: &Lanes, h: &Lanes, d: &Lanes| {
                for lane in 0..LANES {
                    let z = 2.0 * xi[lane] * t.mul_add(d[lane], h[lane]);
                    r[lane] = -2.0 * xi[lane] * error_rate(z);
                    let bend = r[lane].abs() * (2.0 - r[lane].abs());
                    first[lane] = r[lane].mul_add(d[lane], first[lane]);
                    second[lane] = (d[lane] * d[lane]).mul_add(bend, second[lane]);
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
