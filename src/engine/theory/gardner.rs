//! Gardner's bound: how stable the patterns of a load α can be at best (Gardner, J. Phys. A 21, 257 (1988)).
//!
//! Couplings with ξ_i h_i ≥ κ |J_i| on P = αN independent patterns exist, for N → ∞, up to
//! 1/α = ∫_{−κ}^∞ Dt (t + κ)² with Dt = e^{−t²/2} dt/√(2π); so α = 2 at κ = 0.

use std::f64::consts::{PI, SQRT_2};

/// The largest load α at which couplings of stability `kappa` ≥ 0 exist.
pub fn largest_load(kappa: f64) -> f64 {
    // ∫_{−κ}^∞ Dt (t + κ)² = (1 + κ²) Φ(κ) + κ φ(κ)
    let density = (-0.5 * kappa * kappa).exp() / (2.0 * PI).sqrt();
    1.0 / ((1.0 + kappa * kappa) * normal_below(kappa) + kappa * density)
}

/// The largest stability κ at load `alpha`, to 1e-6; `None` from α = 2 on.
pub fn largest_stability(alpha: f64) -> Option<f64> {
    if alpha >= 2.0 {
        return None;
    }
    // α κ² < 1 for every κ, so that the bound lies below 1/√α.
    let (mut low, mut high) = (0.0, 1.0 / alpha.sqrt());
    while high - low > 1e-7 * high.max(1.0) {
        let middle = 0.5 * (low + high);
        if largest_load(middle) > alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}

/// Φ(x) for x ≥ 0, to 1e-13: the series of the error function where that is short, a continued fraction beyond.
fn normal_below(x: f64) -> f64 {
    let z = x / SQRT_2;
    if z < 3.0 {
        let (mut term, mut sum, mut n) = (z, z, 0.0);
        while term > 1e-17 * sum {
            n += 1.0;
            term *= 2.0 * z * z / (2.0 * n + 1.0);
            sum += term;
        }
        return 0.5 + sum * (-z * z).exp() / PI.sqrt();
    }
    let mut fraction = z;
    for k in (1..=60).rev() {
        fraction = z + 0.5 * f64::from(k) / fraction;
    }
    1.0 - 0.5 * (-z * z).exp() / (PI.sqrt() * fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_by_its_published_values() {
        // Gardner 1988, solved to four digits; α = 2 at κ = 0.
        for (alpha, kappa) in [
            (0.1, 3.000),
            (0.2, 2.001),
            (0.4, 1.242),
            (0.5, 1.034),
            (0.6, 0.875),
            (0.75, 0.691),
            (1.0, 0.471),
            (1.5, 0.186),
        ] {
            let found = largest_stability(alpha).unwrap();
            assert!((found - kappa).abs() < 6e-4, "{alpha}: {found}");
            assert!((largest_load(found) / alpha - 1.0).abs() < 1e-6);
        }
        assert!((largest_load(0.0) - 2.0).abs() < 1e-12);
        assert_eq!(largest_stability(2.0), None);
        assert!(largest_stability(1e-4).unwrap() > 90.0);
    }

    #[test]
    fn the_closed_form_is_the_integral() {
        for kappa in [0.0, 0.5, 1.7, 4.5] {
            let step = 1e-4;
            let density = |t: f64| (-0.5 * t * t).exp() / (2.0 * PI).sqrt() * (t + kappa).powi(2);
            let points =
                (0..((kappa + 9.0) / step) as usize).map(|k| -kappa + (k as f64 + 0.5) * step);
            let integral = step * points.map(density).sum::<f64>();
            assert!((1.0 / integral / largest_load(kappa) - 1.0).abs() < 1e-6);
        }
    }
}
