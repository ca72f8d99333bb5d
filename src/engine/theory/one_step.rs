//! The first step of a cue out of its pattern, by the stabilities of the units (derived for any couplings and flips that
//! do not depend on them; exact for large N).

use std::f64::consts::SQRT_2;

/// Mean overlap after one step of all units at once, from overlap `start`, −1 to 1.
///
/// Over the `stabilities` Δ = ξ_i h_i(ξ)/|J_i| of all units and patterns it is ⟨erf(m₀Δ/√(2(1 − m₀²)))⟩: the field of a unit in the cue is m₀ times
/// that in the pattern, and a Gaussian of variance (1 − m₀²)|J_i|². 0 of no stabilities.
pub fn overlap_after_one_step(stabilities: &[f64], start: f64) -> f64 {
    let noise = (1.0 - start * start).max(0.0).sqrt();
    let after = |stability: &f64| {
        let signal = start * stability;
        if noise > 0.0 {
            libm::erf(signal / (SQRT_2 * noise))
        } else if signal == 0.0 {
            0.0
        } else {
            signal.signum()
        }
    };
    let sum: f64 = stabilities.iter().map(after).sum();
    sum / stabilities.len().max(1) as f64
}

/// At most about `groups` numbers for all of `stabilities`: the means of equal groups of them in ascending order, whose
/// [`overlap_after_one_step`] is that of all to about 1 in `groups`.
pub fn grouped(mut stabilities: Vec<f64>, groups: usize) -> Vec<f64> {
    let size = stabilities.len().div_ceil(groups.max(1));
    if size < 2 {
        return stabilities;
    }
    stabilities.sort_unstable_by(f64::total_cmp);
    let groups = stabilities.chunks(size);
    groups
        .map(|group| group.iter().sum::<f64>() / group.len() as f64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_slope_are_those_of_the_formula() {
        let stabilities = [1.0, 2.0, -0.5];
        assert_eq!(overlap_after_one_step(&stabilities, 0.0), 0.0);
        assert!((overlap_after_one_step(&stabilities, 1.0) - 1.0 / 3.0).abs() < 1e-12);
        // Slope √(2/π)⟨Δ⟩ at 0.
        let slope = overlap_after_one_step(&stabilities, 1e-6) / 1e-6;
        let expected = (2.0 / std::f64::consts::PI).sqrt() * 2.5 / 3.0;
        assert!((slope - expected).abs() < 1e-6);
        assert_eq!(overlap_after_one_step(&[], 0.5), 0.0);
    }
    #[test]
    fn groups_stand_for_all() {
        // Fields of random couplings: stabilities of every size, a few of them negative.
        let all: Vec<f64> = (0..10_000)
            .map(|i| (f64::from(i) * 0.618_034).fract() * 3.0 - 0.5)
            .collect();
        let groups = grouped(all.clone(), 500);
        assert_eq!(groups.len(), 500);
        for start in [0.1, 0.5, 0.9, 0.99] {
            let [exact, near] = [&all, &groups].map(|of| overlap_after_one_step(of, start));
            assert!((exact - near).abs() < 1e-4, "{start}: {exact} {near}");
        }
        assert_eq!(grouped(vec![2.0, 1.0], 2), [2.0, 1.0]);
        assert_eq!(grouped(vec![2.0, 1.0, 5.0], 2), [1.5, 5.0]);
        assert!(grouped(Vec::new(), 0).is_empty());
    }
}
