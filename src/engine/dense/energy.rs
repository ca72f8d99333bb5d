//! The energy functions of dense memories, and their differences as tables over whole-number overlaps.
//!
//! u_μ = Σ_j ξ_j^μ s_j is a whole number, so that whatever one unit does to the energy is a table of N entries.
//! Polynomials are tabled as whole numbers and scaled afterwards: sums of them are exact up to 2^53.
//! Absent: sums over patterns (`dense`), which need to know where the state stands.

use crate::engine::error::Error;
use crate::engine::settings::choices;

/// What the units of a memory are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum States {
    /// ±1, one energy difference at a time.
    #[default]
    Signs,
    /// Real numbers, all at once: x ← Ξᵀ softmax(β Ξ x) (Ramsauer et al. 2021).
    Continuous,
}

choices!(States: Signs = "signs", Continuous = "continuous");

/// What the local field of a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// Half the energy that the unit gains by being +1 rather than −1: one unit at a time, the energy never rises.
    #[default]
    Difference,
    /// The slope −∂E/∂s_i = Σ_μ F'(u_μ) ξ_i^μ, in which the unit's own value has a share: where F is convex the energy
    /// never rises with all units at once.
    Gradient,
}

/// The energy of a state with overlaps u_μ = Σ_j ξ_j^μ s_j, N for a pattern itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Energy {
    /// E = −(N/n) Σ_μ (u_μ/N)ⁿ (Krotov & Hopfield 2016). n = 2 is Hebb's rule without self-coupling.
    Polynomial {
        /// n, from 2 to 30.
        degree: u32,
    },
    /// The same over positive u_μ alone.
    Rectified {
        /// n, from 2 to 30.
        degree: u32,
    },
    /// E = −c Σ_μ e^(β (u_μ − N)) (Demircigil et al. 2017), c = 2 / (1 − e^(−2β)): a pattern alone has fields of 1.
    Exponential {
        /// β > 0, for each unit.
        beta: f64,
    },
    /// E = −(1/β) ln Σ_μ e^(β u_μ) for signs (Ramsauer et al. 2021): the steps of the exponential, in energies
    /// that can be told apart far from a pattern. For continuous states see `dense::graded`.
    LogSumExp {
        /// β > 0, for each unit.
        beta: f64,
        /// Signs or continuous states.
        states: States,
    },
}

impl Energy {
    /// Largest n.
    pub const MAX_DEGREE: u32 = 30;

    /// Refuses an n outside 2 to 30, and a β that is not a positive number.
    pub fn check(self) -> Result<(), Error> {
        let (fits, setting, range, value) = match self {
            Self::Polynomial { degree } | Self::Rectified { degree } => (
                (2..=Self::MAX_DEGREE).contains(&degree),
                "n",
                format!("a whole number from 2 to {}", Self::MAX_DEGREE),
                degree.to_string(),
            ),
            Self::Exponential { beta } | Self::LogSumExp { beta, .. } => (
                beta > 0.0 && beta.is_finite(),
                "beta",
                "a positive number".to_owned(),
                beta.to_string(),
            ),
        };
        if fits {
            Ok(())
        } else {
            Err(Error::Range {
                setting,
                range,
                value,
            })
        }
    }

    /// β, where the energy is made of exponentials.
    pub(super) fn beta(self) -> Option<f64> {
        match self {
            Self::Polynomial { .. } | Self::Rectified { .. } => None,
            Self::Exponential { beta } | Self::LogSumExp { beta, .. } => Some(beta),
        }
    }

    /// The energy of a state with these overlaps u_μ, −N to N.
    pub(super) fn of(self, overlaps: impl Iterator<Item = f64> + Clone, n_units: f64) -> f64 {
        match self {
            Self::Polynomial { degree } => {
                let sum: f64 = overlaps.map(|u| power(u / n_units, degree)).sum();
                -n_units / f64::from(degree) * sum
            }
            Self::Rectified { degree } => {
                let sum: f64 = overlaps.map(|u| power(u.max(0.0) / n_units, degree)).sum();
                -n_units / f64::from(degree) * sum
            }
            Self::Exponential { beta } => {
                let sum: f64 = overlaps.map(|u| libm::exp(beta * (u - n_units))).sum();
                -exponential_unit(beta) * sum
            }
            Self::LogSumExp { beta, .. } => -log_sum_exp(overlaps.map(|u| beta * u)) / beta,
        }
    }

    /// How hard a pattern with overlap u pulls, F'(u), up to a factor: signed, at most 1 in size.
    pub(super) fn pull(self, u: f64, largest: f64, n_units: f64) -> f64 {
        match self {
            Self::Polynomial { degree } => power(u / n_units, degree - 1),
            Self::Rectified { degree } => power(u.max(0.0) / n_units, degree - 1),
            Self::Exponential { beta } | Self::LogSumExp { beta, .. } => {
                libm::exp(beta * (u - largest))
            }
        }
    }

    /// The table g(v), v = −N + 1, −N + 3, …, N + 1: what a pattern with overlap v without the unit adds to its
    /// field. Polynomials: (v + 1)ⁿ − (v − 1)ⁿ. Exponentials: e^(β (v − N + 1)); the last entry serves them alone,
    /// when overlaps are moved up so that the nearest pattern has N.
    pub(super) fn differences(self, n_units: usize) -> Vec<f64> {
        let overlap = |index: usize| 2.0 * index as f64 - (n_units as f64 - 1.0);
        let entry = |v: f64| match self {
            Self::Rectified { .. } if v < 0.0 => 0.0,
            // (0 + 1)ⁿ, with nothing to subtract.
            Self::Rectified { .. } if v == 0.0 => 1.0,
            Self::Polynomial { degree } | Self::Rectified { degree } => difference(v, degree),
            Self::Exponential { beta } | Self::LogSumExp { beta, .. } => {
                libm::exp(beta * (v - (n_units as f64 - 1.0)))
            }
        };
        (0..=n_units).map(overlap).map(entry).collect()
    }
}

impl Energy {
    /// The table of F'(u), u = −N, −N + 2, …, N, in units of the differences: 2n uⁿ⁻¹ of polynomials; e^(β (u − N)) of
    /// exponentials.
    pub(super) fn slopes(self, n_units: usize) -> Vec<f64> {
        let slope = |u: f64| match self {
            Self::Rectified { .. } if u < 0.0 => 0.0,
            Self::Polynomial { degree } | Self::Rectified { degree } => {
                2.0 * f64::from(degree) * power(u, degree - 1)
            }
            Self::Exponential { beta } | Self::LogSumExp { beta, .. } => {
                libm::exp(beta * (u - n_units as f64))
            }
        };
        let overlap = |index: usize| 2.0 * index as f64 - n_units as f64;
        (0..=n_units).map(overlap).map(slope).collect()
    }
}

/// c = 2 / (1 − e^(−2β)): the unit of the exponential energy.
pub(super) fn exponential_unit(beta: f64) -> f64 {
    -2.0 / libm::expm1(-2.0 * beta)
}

/// ln Σ e^x, with the largest x taken out first.
pub(super) fn log_sum_exp(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = values.clone().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = values.map(|value| libm::exp(value - largest)).sum();
    largest + libm::log(sum)
}

/// xⁿ by multiplication, whose bits are the same everywhere.
pub(super) fn power(x: f64, n: u32) -> f64 {
    (0..n).fold(1.0, |product, _| product * x)
}

/// (v + 1)ⁿ − (v − 1)ⁿ = 2 Σ_k C(n, k) v^(n − k) over odd k: terms of one sign, so that nothing cancels.
fn difference(v: f64, n: u32) -> f64 {
    let mut sum = 0.0;
    let mut binomial = 1.0;
    for k in 1..=n {
        binomial = binomial * f64::from(n - k + 1) / f64::from(k);
        if k % 2 == 1 {
            sum += binomial * power(v, n - k);
        }
    }
    2.0 * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_by_hand() {
        let table = |energy: Energy| energy.differences(4)[..4].to_vec();
        // v = −3, −1, 1, 3: (v + 1)² − (v − 1)² = 4v, (v + 1)³ − (v − 1)³ = 6v² + 2.
        let square = Energy::Polynomial { degree: 2 };
        assert_eq!(table(square), [-12.0, -4.0, 4.0, 12.0]);
        let cube = Energy::Polynomial { degree: 3 };
        assert_eq!(table(cube), [56.0, 8.0, 8.0, 56.0]);
        assert_eq!(
            table(Energy::Rectified { degree: 3 }),
            [0.0, 0.0, 8.0, 56.0]
        );
        let odd = Energy::Rectified { degree: 2 }.differences(3);
        assert_eq!(odd[..3], [0.0, 1.0, 8.0]);
    }

    #[test]
    fn large_degrees_stay_finite() {
        let largest = Energy::Polynomial { degree: 30 }.differences(65_536);
        assert!(largest.iter().all(|entry| entry.is_finite()));
        assert!((log_sum_exp([-1e4, -1e4].into_iter()) + 1e4 - 2.0_f64.ln()).abs() < 1e-9);
    }
}
