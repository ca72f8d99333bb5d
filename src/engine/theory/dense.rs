//! How much dense memories hold, for random patterns of N unbiased units.
//!
//! Polynomials by signal to noise (Krotov & Hopfield 2016), exponentials by signal to noise and by the bound of
//! Demircigil et al. (2017), continuous states by counting how near the nearest of K = e^(αN) patterns comes.

use super::signal_to_noise::tail;
use std::f64::consts::LN_2;

/// α below which e^(αN) patterns are all stable under F = e^u: ½ ln 2 (Demircigil et al. 2017). Sufficient, not sharp.
pub const STABLE_LOAD: f64 = 0.5 * LN_2;

/// A polynomial of degree n, plain or for positive overlaps alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Polynomial {
    /// n, 2 or more.
    pub degree: u32,
    /// Whether patterns with a negative overlap are left out: half of the noise.
    pub rectified: bool,
}

impl Polynomial {
    /// Probability that one unit of a stored pattern is wrong after one step,
    /// ½ erfc √(N^(n−1) / (2 (2n−3)!! K)): the other K patterns add noise of variance (2n−3)!! K N^(n−1).
    pub fn bit_error(self, n_units: usize, n_patterns: usize) -> f64 {
        tail(self.signal_to_noise(n_units, n_patterns).sqrt())
    }

    /// The signal-to-noise ratio N^(n−1) / ((2n−3)!! K), twice that if rectified.
    pub fn signal_to_noise(self, n_units: usize, n_patterns: usize) -> f64 {
        2.0 * self.scale(n_units) / n_patterns as f64
    }

    /// K* = N^(n−1) / (2 (2n−3)!! ln N): up to so many patterns have fewer than one error each; twice that if
    /// rectified.
    pub fn capacity(self, n_units: usize) -> f64 {
        self.scale(n_units) / (n_units as f64).ln()
    }

    /// N^(n−1) / (2 (2n−3)!!), without the 2 if rectified.
    fn scale(self, n_units: usize) -> f64 {
        let odd = (1..self.degree).map(|k| f64::from(2 * k - 1));
        let factors = odd.map(|odd| n_units as f64 / odd).product::<f64>();
        if self.rectified {
            factors
        } else {
            0.5 * factors
        }
    }
}

/// α up to which single units of e^(αN) patterns are stable under F = e^(βu), by signal to noise:
/// 2β − ln cosh 2β, from a signal e^(βN) against noise of variance K cosh(2β)^N.
pub fn exponential_load(beta: f64) -> f64 {
    2.0 * beta - ln_cosh(2.0 * beta)
}

/// The number of patterns at which the bit error of one step under F = e^(βu) is Φ(−`z`), by signal to noise.
///
/// e^((N − 1)(2β − ln cosh 2β)) / z², for a noise that is taken as normal. It is not where errors are few: then rare large
/// overlaps make most of them.
pub fn exponential_patterns(beta: f64, n_units: f64, z: f64) -> f64 {
    libm::exp((n_units - 1.0) * exponential_load(beta)) / (z * z)
}

/// The share of units ρ that may be flipped in a cue that comes back under F = e^u, 0 to ½: α = ½ I(1 − 2ρ)
/// (Demircigil et al. 2017). Sufficient, not sharp; 0 from α = ½ ln 2 on.
pub fn exponential_basin(load: f64) -> f64 {
    0.5 * (1.0 - largest_overlap(2.0 * load))
}

/// I(x) = ½ [(1 + x) ln(1 + x) + (1 − x) ln(1 − x)]: e^(−N I(x)) is how rarely two random patterns overlap by x.
pub fn rate(x: f64) -> f64 {
    let part = |share: f64| if share > 0.0 { share * share.ln() } else { 0.0 };
    0.5 * (part(1.0 + x) + part(1.0 - x))
}

/// u_max with I(u_max) = α: the overlap of a state with the nearest of e^(αN) random patterns. 1 from ln 2 on.
pub fn largest_overlap(load: f64) -> f64 {
    if load >= LN_2 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while high - low > 1e-12 {
        let middle = f64::midpoint(low, high);
        if rate(middle) < load {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// How the softmax over e^(αN) random patterns looks, and from which overlap a cue comes back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Retrieval {
    /// The softmax of the others sits on the nearest of them: a cue comes back if it is nearer to its own.
    Sharp {
        /// The overlap u_max from which cues come back.
        from: f64,
    },
    /// The softmax of the others is spread over many.
    Diffuse {
        /// The overlap (α + ln cosh β) / β from which cues come back; above 1, none does.
        from: f64,
    },
}

impl Retrieval {
    /// Which of the two holds at β for each unit and α = ln K / N: sharp if I(tanh β) > α (random-energy argument,
    /// as in Lucibello & Mézard 2024).
    pub fn new(beta: f64, load: f64) -> Self {
        if rate(beta.tanh()) > load {
            Self::Sharp {
                from: largest_overlap(load),
            }
        } else {
            Self::Diffuse {
                from: (load + ln_cosh(beta)) / beta,
            }
        }
    }

    /// The overlap from which cues come back; above 1, none does.
    pub fn threshold(self) -> f64 {
        match self {
            Self::Sharp { from } | Self::Diffuse { from } => from,
        }
    }
}

/// ln cosh x, where cosh x itself may be too large.
fn ln_cosh(x: f64) -> f64 {
    x.abs() + (-2.0 * x.abs()).exp().ln_1p() - LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "{found} {expected}");
    }

    #[test]
    fn polynomials_at_one_two_and_four_times_the_capacity() {
        let plain = Polynomial {
            degree: 3,
            rectified: false,
        };
        let rectified = Polynomial {
            rectified: true,
            ..plain
        };
        // N^2 / (2 · 3 · ln 100) = 361.9.
        near(plain.capacity(100), 361.9, 0.1);
        near(rectified.capacity(100), 723.8, 0.1);
        near(plain.bit_error(100, 361), 0.0012, 5e-5);
        near(plain.bit_error(100, 723), 0.016, 5e-4);
        near(plain.bit_error(100, 1447), 0.0645, 5e-4);
        near(rectified.bit_error(100, 1447), 0.016, 5e-4);
        // n = 2 is Hebb's rule: ½ erfc √(N/2P), 0.012674 at α = 0.2.
        let square = Polynomial { degree: 2, ..plain };
        near(square.bit_error(1000, 200), 0.012_674, 1e-5);
        let steep = Polynomial {
            degree: 30,
            ..plain
        };
        assert!(steep.capacity(784).is_finite() && steep.bit_error(784, 10_000) < 1e-100);
    }

    #[test]
    fn exponentials_by_hand() {
        near(STABLE_LOAD, 0.3466, 1e-4);
        near(rate(1.0), LN_2, 1e-12);
        near(exponential_basin(STABLE_LOAD), 0.0, 1e-9);
        near(exponential_load(1.0), 2.0 - 2.0_f64.cosh().ln(), 1e-12);
        near(exponential_load(300.0), LN_2, 1e-12);
        // The share of wrong units that was measured at N = 20 with e^(0.6 N) patterns is 0.077: z = 1.426.
        near(
            exponential_patterns(1.0, 20.0, 1.426).ln() / 20.0,
            0.6,
            0.01,
        );
    }

    #[test]
    fn both_thresholds_of_continuous_states() {
        // K = 148 and 22026 at N = 50: α = 0.1 and 0.2.
        near(largest_overlap(0.1), 0.44, 0.005);
        near(largest_overlap(0.2), 0.61, 0.005);
        assert!(matches!(Retrieval::new(1.0, 0.1), Retrieval::Sharp { .. }));
        let Retrieval::Diffuse { from } = Retrieval::new(0.2, 0.1) else {
            panic!("the softmax is diffuse");
        };
        near(from, 0.599, 0.001);
        let Retrieval::Diffuse { from } = Retrieval::new(0.2, 0.2) else {
            panic!("the softmax is diffuse");
        };
        assert!(from > 1.0);
    }
}
