//! How often one unit of a stored pattern is wrong after one step, for rules that add up terms of the patterns.
//!
//! Patterns are random ±1 without bias, couplings are W_ij = P b + a S_j + p S_i + c Σ_μ ξ_i^μ ξ_j^μ with S_i = Σ_μ ξ_i^μ
//! and W_ii = 0. With M = Σ_j ξ_j of the pattern in question, the field of unit i, taken along ξ_i, is
//!
//! ```text
//! c(N − 1) − P b + p M + ξ_i [P b M + a(N − 1) − p] + noise,
//! ```
//!
//! the noise being a sum over the P − 1 other patterns, normal, of variance (P − 1)[c²N + p²M² + a²N].
//! The terms with ξ_i shift all units of a pattern together, so that it matters how M is spread: a binomial.

use std::f64::consts::SQRT_2;

/// Φ(−z): the probability that a standard normal number lies beyond z.
pub fn tail(z: f64) -> f64 {
    0.5 * libm::erfc(z / SQRT_2)
}

/// ½ erfc(√(1/2α)): share of wrong units after one step of Hebb's rule at load α (Hertz, Krogh & Palmer 1991, 2.2).
pub fn hebb_bit_error(load: f64) -> f64 {
    tail((1.0 / load).sqrt())
}

/// Coefficients of a rule on ±1 patterns: ΔW_ij = b + a ξ_j + p ξ_i + c ξ_i ξ_j, with j the unit that acts on i.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficients {
    /// b: what every pattern adds to every coupling.
    pub offset: f64,
    /// a: the term of the unit that acts (presynaptic).
    pub pre: f64,
    /// p: the term of the unit acted on (postsynaptic).
    pub post: f64,
    /// c: the term of their product.
    pub product: f64,
}

impl Coefficients {
    /// Hebb's rule: the product alone.
    pub const HEBB: Self = Self {
        offset: 0.0,
        pre: 0.0,
        post: 0.0,
        product: 1.0,
    };

    /// The signal-to-noise ratio N / [P(1 + p²/c²) + (a²/c²)(N + P) + (b²/c²)P²] of fields on a stored pattern.
    pub fn signal_to_noise(&self, n_units: usize, n_patterns: usize) -> f64 {
        let (n, p) = (n_units as f64, n_patterns as f64);
        let [offset, pre, post] =
            [self.offset, self.pre, self.post].map(|other| (other / self.product).powi(2));
        n / (p * (1.0 + post) + pre * (n + p) + offset * p * p)
    }

    /// Share of the units of a stored pattern that are wrong after one step: see the top of this file.
    pub fn bit_error(&self, n_units: usize, n_patterns: usize) -> f64 {
        let n = n_units as f64;
        // M takes every second value; beyond seven standard deviations there is nothing to be found.
        let reach = ((7.0 * n.sqrt()) as i64 / 2).min(n_units as i64 / 2);
        let odd = (n_units % 2) as f64;
        let (mut sum, mut weights) = (0.0, 0.0);
        for half in -reach..=reach {
            let magnetisation = 2.0 * half as f64 + odd;
            let weight = (-magnetisation * magnetisation / (2.0 * n)).exp();
            weights += weight;
            sum += weight * self.error_at(magnetisation.min(n), n, n_patterns as f64);
        }
        sum / weights
    }

    /// The same for patterns with Σ_j ξ_j = `m`.
    fn error_at(&self, m: f64, n: f64, n_patterns: f64) -> f64 {
        let Self {
            offset,
            pre,
            post,
            product,
        } = *self;
        let signal = product * (n - 1.0) - n_patterns * offset + post * m;
        let common = n_patterns * offset * m + pre * (n - 1.0) - post;
        let variance = (product * product + pre * pre) * n + (post * m).powi(2);
        let noise = ((n_patterns - 1.0) * variance).sqrt();
        let error = |aligned: f64| {
            if noise > 0.0 {
                tail(aligned / noise)
            } else {
                f64::from(u8::from(aligned < 0.0))
            }
        };
        let up = f64::midpoint(1.0, m / n);
        up * error(signal + common) + (1.0 - up) * error(signal - common)
    }

    /// The largest number of patterns of which at most `error` of the units are wrong after one step; 0 if none.
    pub fn capacity(&self, n_units: usize, error: f64) -> usize {
        let holds = |n_patterns| self.bit_error(n_units, n_patterns) <= error;
        let (mut held, mut lost) = (0, 1);
        while holds(lost) && lost < 1 << 24 {
            (held, lost) = (lost, 2 * lost);
        }
        while lost - held > 1 {
            let middle = usize::midpoint(held, lost);
            if holds(middle) {
                held = middle;
            } else {
                lost = middle;
            }
        }
        held
    }
}

/// A memory that forgets: W ← (1 − η) W + ξ ξᵀ for one pattern after the other (Nadal, Toulouse, Changeux & Dehaene 1986).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palimpsest {
    /// η: share of the couplings that each pattern takes away, above 0 and below 1.
    pub decay: f64,
    /// N.
    pub n_units: usize,
}

impl Palimpsest {
    /// Share of wrong units after one step from the pattern that was stored `age` patterns ago, of `n_patterns` in all:
    /// its field is (1 − η)^age, the noise the sum of all the others.
    pub fn bit_error(&self, age: usize, n_patterns: usize) -> f64 {
        let kept = (1.0 - self.decay).powi(2);
        let own = kept.powf(age as f64);
        let all = (1.0 - kept.powf(n_patterns as f64)) / (1.0 - kept);
        tail((self.n_units as f64 * own / (all - own).max(f64::MIN_POSITIVE)).sqrt())
    }

    /// How many of the latest patterns have at most `error` of their units wrong, after infinitely many others.
    pub fn lifetime(&self, error: f64) -> usize {
        (0..10 * self.n_units)
            .take_while(|age| self.bit_error(*age, usize::MAX) <= error)
            .count()
    }

    /// The η of the longest lifetime, e s²/2N, for patterns that are called remembered at a signal-to-noise ratio s².
    pub fn best_decay(n_units: usize, signal_to_noise: f64) -> f64 {
        std::f64::consts::E * signal_to_noise / (2.0 * n_units as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64, relative: f64) -> bool {
        (value / expected - 1.0).abs() < relative
    }

    #[test]
    fn tails_of_the_normal_distribution() {
        // Abramowitz & Stegun, table 26.1 and 26.2: Q(1), Q(3), Q(10).
        assert!(near(tail(1.0), 0.158_655_253_931_457, 1e-12));
        assert!(near(tail(3.0), 1.349_898_031_630_095e-3, 1e-12));
        assert!(near(tail(10.0), 7.619_853_024_160_527e-24, 1e-12));
        assert_eq!(tail(0.0), 0.5);
        assert!(near(hebb_bit_error(0.185), 1.0e-2, 0.01));
    }

    #[test]
    fn bit_errors_agree_with_simulations_made_with_other_code() {
        // N = 1000, P = 100, c = 1; (b, a, p) and the share of wrong units, a mean over simulated patterns.
        let simulated = [
            ((0.0, 0.0, 0.0), 0.0008),
            ((0.0, 0.0, 0.5), 0.0033),
            ((0.0, 0.0, 1.0), 0.0168),
            ((0.0, 0.0, 2.0), 0.063),
            ((0.0, 0.25, 0.0), 0.0052),
            ((0.0, 0.5, 0.0), 0.038),
            ((0.0, 0.9, 0.0), 0.203),
            ((0.05, 0.0, 0.0), 0.0021),
            ((0.1, 0.0, 0.0), 0.0116),
            ((0.2, 0.0, 0.0), 0.087),
            ((-0.1, 0.0, 0.0), 0.0105),
            ((0.05, 0.2, 0.5), 0.0106),
        ];
        for ((offset, pre, post), expected) in simulated {
            let rule = Coefficients {
                offset,
                pre,
                post,
                product: 1.0,
            };
            let error = rule.bit_error(1000, 100);
            let distance = (error - expected).abs();
            assert!(
                distance < 0.003 || distance < 0.15 * expected,
                "{rule:?}: {error}"
            );
        }
    }

    #[test]
    fn hebbs_rule_is_the_plain_tail() {
        assert!(near(
            Coefficients::HEBB.bit_error(1000, 100),
            hebb_bit_error(0.1),
            0.05
        ));
        assert_eq!(Coefficients::HEBB.signal_to_noise(1000, 100), 10.0);
        // ½ erfc(√(N/2P)) = 0.01 at α = 0.185.
        assert!(near(
            Coefficients::HEBB.capacity(1000, 0.01) as f64,
            185.0,
            0.02
        ));
        let repelling = Coefficients {
            product: -1.0,
            ..Coefficients::HEBB
        };
        assert_eq!(repelling.capacity(1000, 0.01), 0);
        assert!(repelling.bit_error(1000, 100) > 0.99);
    }

    #[test]
    fn old_patterns_fade() {
        // N = 1000, η = 0.01: shares simulated with other code, at ages 50, 80, 100 and 150.
        let palimpsest = Palimpsest {
            decay: 0.01,
            n_units: 1000,
        };
        for (age, expected) in [(50, 0.0039), (80, 0.020), (100, 0.053), (150, 0.168)] {
            let error = palimpsest.bit_error(age, 2000);
            assert!((error - expected).abs() < 0.15 * expected, "{age}: {error}");
        }
        // At the best η the lifetime is N/(e s²), up to the pattern's own share of the noise.
        let z = 2.326_f64;
        let best = Palimpsest {
            decay: Palimpsest::best_decay(1000, z * z),
            ..palimpsest
        };
        let expected = 1000.0 / (std::f64::consts::E * z * z);
        assert!(near(best.lifetime(0.01) as f64, expected, 0.05));
    }
}
