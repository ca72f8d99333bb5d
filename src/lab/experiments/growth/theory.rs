//! How the number of patterns grows, as theory has it.

use super::looked::noise_of;
use crate::engine::LearningRule;
use crate::engine::learning::Function;
use crate::engine::theory::dense::{STABLE_LOAD, exponential_patterns};
use crate::engine::theory::expectation::Load;
use crate::lab::Theory;

/// The lines over numbers of units `sizes`: patterns for a bit error of `error` by signal to noise, and how many are proved
/// to be fixed points, all of them, where that is known.
pub(super) fn lines(rule: &LearningRule, sizes: &[f64], error: f64) -> Vec<Theory> {
    let by_noise = sizes
        .iter()
        .filter_map(|n_units| Some([*n_units, expected(rule, *n_units, error)?]));
    let (by_noise_said, proved) = formulas(rule);
    let signal_to_noise = Theory {
        name: "signal to noise".to_owned(),
        formula: by_noise_said.into(),
        points: by_noise.collect(),
    };
    let proved = proved.map(|formula| Theory {
        name: "proved: all are fixed points (Demircigil et al.)".to_owned(),
        formula: formula.into(),
        points: sizes
            .iter()
            .map(|n_units| [*n_units, libm::exp(STABLE_LOAD * n_units)])
            .collect(),
    });
    let lines = [Some(signal_to_noise), proved].into_iter().flatten();
    lines.filter(|line| !line.points.is_empty()).collect()
}

/// What is solved for the number of patterns, and up to how many patterns are proved to be fixed points.
fn formulas(rule: &LearningRule) -> (&'static str, Option<&'static str>) {
    let LearningRule::Dense(dense) = rule else {
        return ("½ erfc√(SNR/2) = bit error", None);
    };
    match dense.function {
        Function::Polynomial => ("K = N^(n−1)/(z²(2n−3)!!), Φ(−z) = bit error", None),
        Function::Rectified => ("K = 2 N^(n−1)/(z²(2n−3)!!), Φ(−z) = bit error", None),
        Function::Exponential => (
            "K = e^((N−1)(2β − ln cosh 2β))/z², Φ(−z) = bit error",
            (dense.beta == 1.0).then_some("K = e^(½ ln 2 · N), proved (Demircigil et al.)"),
        ),
    }
}

/// The number of patterns at which theory expects a bit error of `error`, 1 to 10¹²; none where it says nothing.
pub(super) fn expected(rule: &LearningRule, n_units: f64, error: f64) -> Option<f64> {
    if let LearningRule::Dense(rule) = rule
        && rule.function == Function::Exponential
    {
        let z = 1.0 / noise_of(error);
        return Some(exponential_patterns(rule.beta, n_units, z));
    }
    let error_at = |n_patterns: f64| {
        let load = Load {
            n_units: n_units.round() as usize,
            n_patterns: n_patterns as usize,
            activity: 0.0,
        };
        rule.rule().expectation(load)?.bit_error
    };
    let [mut low, mut high] = [0.0, 12.0];
    while high - low > 1e-6 {
        let middle = f64::midpoint(low, high);
        if error_at(libm::pow(10.0, middle))? < error {
            low = middle;
        } else {
            high = middle;
        }
    }
    // Between that whole number and the next, along a straight line.
    let held = libm::pow(10.0, low).floor();
    let [below, above] = [error_at(held)?, error_at(held + 1.0)?];
    let part = (error - below) / (above - below);
    Some(held + part.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theory_is_that_of_a_gaussian_tail() {
        // K = N^(n−1) / (z² (2n−3)!!) with Φ(−z) = 1 %: z = 2.3263.
        for (degree, odd) in [(2, 1.0), (3, 3.0), (4, 15.0)] {
            let rule = LearningRule::parse(&format!("dense:n={degree}")).unwrap();
            let patterns = expected(&rule, 100.0, 0.01).unwrap();
            let closed = 100_f64.powi(degree - 1) / (2.326_348_f64.powi(2) * odd);
            assert!(
                (patterns / closed - 1.0).abs() < 0.06,
                "{degree}: {patterns} {closed}"
            );
        }
        assert_eq!(
            expected(&LearningRule::parse("storkey").unwrap(), 100.0, 0.01),
            None
        );
    }

    #[test]
    fn exponential_memories_have_the_line_that_is_proved() {
        let drawn = |rule: &str| lines(&LearningRule::parse(rule).unwrap(), &[10.0, 20.0], 0.05);
        let both = drawn("dense:function=exponential,beta=1");
        assert_eq!(both.len(), 2);
        // e^(½ ln 2 · 20) = 2^10.
        assert!((both[1].points[1][1] - 1024.0).abs() < 1e-9);
        assert!(both[0].points[1][1] > both[1].points[1][1]);
        // The proof is of β = 1 alone.
        assert_eq!(drawn("dense:function=exponential,beta=0.5").len(), 1);
        assert_eq!(drawn("dense:n=3").len(), 1);
        assert!(drawn("dense:n=3")[0].formula.contains("(2n−3)!!"));
        assert_eq!(drawn("storkey").len(), 0);
    }
}
