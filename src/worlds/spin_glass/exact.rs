//! What is exactly so on a small lattice: mean energy at a temperature, and the energy of the ground state.
//!
//! A transfer matrix adds one site after the other (Morgenstern & Binder 1980). It keeps one number for every state of
//! the first row together with every state of the newest: 4^L of them, periodic in both directions. The same walk
//! gives the mean energy, with weights that are multiplied and added, and the ground state, with energies that are
//! added and of which the least is taken.

use super::bonds::Bonds;

/// Longest side that this takes less than a second for.
pub const MAX_SIDE: usize = 10;

/// Mean energy per spin in equilibrium at `temperature`, at least 0.2; `None` for a side beyond [`MAX_SIDE`].
pub fn mean_energy(bonds: &Bonds, temperature: f64) -> Option<f64> {
    assert!(temperature >= 0.2, "lower ones would leave no weight");
    let Sum { weight, energy } = sum_over_states(bonds, |bond, aligned| {
        let bond = f64::from(bond);
        let energy = if aligned { -bond } else { bond };
        // Relative to the bond satisfied, so that no weight overflows.
        let weight = libm::exp((-energy - bond.abs()) / temperature);
        Sum {
            weight,
            energy: energy * weight,
        }
    })?;
    Some(energy / weight / bonds.n_units() as f64)
}

/// Energy per spin of the ground state; `None` for a side beyond [`MAX_SIDE`].
pub fn ground_state_energy(bonds: &Bonds) -> Option<f64> {
    let Least(energy) = sum_over_states(bonds, |bond, aligned| {
        Least(f64::from(if aligned { -bond } else { bond }))
    })?;
    Some(energy / bonds.n_units() as f64)
}

/// What is kept of the states of a part of the lattice: values of parts side by side are joined, those of one part
/// in different states are merged.
trait Value: Copy {
    /// Of a part without a bond.
    const EMPTY: Self;
    /// Of no state at all.
    const NONE: Self;
    fn join(self, other: Self) -> Self;
    fn merge(self, other: Self) -> Self;
}

/// Sum of the Boltzmann weights, and of the weights times the energies.
#[derive(Clone, Copy)]
struct Sum {
    weight: f64,
    energy: f64,
}

impl Value for Sum {
    const EMPTY: Self = Self {
        weight: 1.0,
        energy: 0.0,
    };
    const NONE: Self = Self {
        weight: 0.0,
        energy: 0.0,
    };

    fn join(self, other: Self) -> Self {
        Self {
            weight: self.weight * other.weight,
            energy: self.energy * other.weight + self.weight * other.energy,
        }
    }

    fn merge(self, other: Self) -> Self {
        Self {
            weight: self.weight + other.weight,
            energy: self.energy + other.energy,
        }
    }
}

/// The least energy.
#[derive(Clone, Copy)]
struct Least(f64);

impl Value for Least {
    const EMPTY: Self = Self(0.0);
    const NONE: Self = Self(f64::INFINITY);

    fn join(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    fn merge(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

/// Merges the values of all states; that of a state joins those of its bonds, which `value` gives by whether the
/// spins are aligned.
fn sum_over_states<V: Value>(bonds: &Bonds, value: impl Fn(f32, bool) -> V) -> Option<V> {
    let side = bonds.side();
    if side > MAX_SIDE {
        return None;
    }
    let of_bond = |(_, bond)| [value(bond, false), value(bond, true)];
    let values: Vec<[[V; 2]; 2]> = (0..side * side)
        .map(|site| {
            let [right, _, down, _] = bonds.neighbours(site);
            [of_bond(right), of_bond(down)]
        })
        .collect();
    let rows: Vec<&[[[V; 2]; 2]]> = values.chunks(side).collect();
    let mut all = V::NONE;
    // Turning every spin over changes nothing: the last one of the first row may stay down.
    for first in 0..1_usize << (side - 1) {
        let mut states = vec![V::NONE; 1 << side];
        states[first] = V::EMPTY;
        for (y, row) in rows.iter().enumerate() {
            if y > 0 {
                for (x, [_, down]) in rows[y - 1].iter().enumerate() {
                    add_site(&mut states, x, *down);
                }
            }
            for (state, value) in states.iter_mut().enumerate() {
                *value = (0..side).fold(*value, |value, x| {
                    let aligned = (state >> x ^ state >> ((x + 1) % side)) & 1 == 0;
                    value.join(row[x][0][usize::from(aligned)])
                });
            }
        }
        for (last, value) in states.into_iter().enumerate() {
            let value = (0..side).fold(value, |value, x| {
                let aligned = (last >> x ^ first >> x) & 1 == 0;
                value.join(rows[side - 1][x][1][usize::from(aligned)])
            });
            all = all.merge(value);
        }
    }
    Some(all)
}

/// Puts a new site below site `x` of the newest row, in its place.
fn add_site<V: Value>(states: &mut [V], x: usize, [opposed, aligned]: [V; 2]) {
    for state in (0..states.len()).filter(|state| state >> x & 1 == 0) {
        let (down, up) = (states[state], states[state | 1 << x]);
        states[state] = down.join(aligned).merge(up.join(opposed));
        states[state | 1 << x] = down.join(opposed).merge(up.join(aligned));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::bonds::Law;
    use super::*;
    use crate::engine::State;

    /// Mean energies per spin at `temperatures`, and the least one, of all 2^16 states of a 4 × 4 lattice.
    pub(in super::super) fn enumerate(bonds: &Bonds, temperatures: &[f64]) -> (Vec<f64>, f64) {
        let energies: Vec<f64> = (0..1_u32 << 16)
            .map(|bits| bonds.energy(&State::from_fn(16, |unit| bits >> unit & 1 == 1)))
            .collect();
        let mean = |temperature: &f64| {
            let weigh = |energy: &f64| (-energy / temperature).exp();
            let (weights, sum) = energies.iter().fold((0.0, 0.0), |(weights, sum), energy| {
                (weights + weigh(energy), sum + weigh(energy) * energy)
            });
            sum / weights / 16.0
        };
        let least = energies.iter().copied().fold(f64::INFINITY, f64::min);
        (temperatures.iter().map(mean).collect(), least / 16.0)
    }

    #[test]
    fn the_transfer_matrix_agrees_with_enumeration_at_4_by_4() {
        for law in Law::ALL {
            for seed in 0..3 {
                let bonds = Bonds::draw(4, *law, seed).unwrap();
                let temperatures = [0.3, 1.0, 4.0];
                let (means, least) = enumerate(&bonds, &temperatures);
                for (temperature, mean) in temperatures.iter().zip(means) {
                    let found = mean_energy(&bonds, *temperature).unwrap();
                    assert!((found - mean).abs() < 1e-10, "{found} is not {mean}");
                }
                assert!((ground_state_energy(&bonds).unwrap() - least).abs() < 1e-10);
            }
        }
    }

    /// The square lattice of equal bonds at T_c = 2 / ln(1 + √2) on an 8 × 8 torus: from Kaufman's closed form
    /// (Kaufman 1949; Ferdinand & Fisher 1969), Z = ½ (2 sinh 2K)^(N/2) Σ of four products over γ_r, with the energy by a
    /// difference of ln Z.
    #[test]
    fn the_ferromagnet_agrees_with_kaufman_s_closed_form() {
        let side = 8;
        let bonds = Bonds::new(side, vec![1.0; 64], vec![1.0; 64]).unwrap();
        let log_partition = |coupling: f64| {
            let n = side as f64;
            let gamma = |r: usize| {
                if r == 0 {
                    return 2.0 * coupling + coupling.tanh().ln();
                }
                let angle = std::f64::consts::PI * r as f64 / n;
                let c = (2.0 * coupling).cosh() / (2.0 * coupling).tanh() - angle.cos();
                (c + (c * c - 1.0).sqrt()).ln()
            };
            let product = |odd: usize, factor: &dyn Fn(f64) -> f64| -> f64 {
                let factors = (0..side).map(|r| factor(0.5 * n * gamma(2 * r + odd)));
                factors.product()
            };
            let two_cosh = |x: f64| 2.0 * x.cosh();
            let two_sinh = |x: f64| 2.0 * x.sinh();
            let sum = product(1, &two_cosh)
                + product(1, &two_sinh)
                + product(0, &two_cosh)
                + product(0, &two_sinh);
            0.5 * n * n * (2.0 * (2.0 * coupling).sinh()).ln() + (0.5 * sum).ln()
        };
        for temperature in [1.7, 2.0 / (1.0 + 2_f64.sqrt()).ln(), 3.5] {
            let (coupling, step) = (1.0 / temperature, 1e-5);
            let slope = (log_partition(coupling + step) - log_partition(coupling - step)) / 2e-5;
            let found = mean_energy(&bonds, temperature).unwrap();
            assert!(
                (found + slope / 64.0).abs() < 1e-7,
                "{found} at {temperature}"
            );
        }
        assert_eq!(ground_state_energy(&bonds), Some(-2.0));
    }

    /// The first term left out is of order 1/T⁵ with a factor of some ten.
    #[test]
    fn the_series_agrees_with_the_transfer_matrix_at_high_temperatures() {
        for law in Law::ALL {
            let bonds = Bonds::draw(8, *law, 4).unwrap();
            for temperature in [6.0, 10.0, 20.0] {
                let exact = mean_energy(&bonds, temperature).unwrap();
                let series = bonds.high_temperature_energy(temperature);
                let bound = 20.0 / temperature.powi(5);
                assert!(
                    (exact - series).abs() < bound,
                    "{exact} {series} {temperature}"
                );
            }
        }
        let wide = Bonds::draw(12, Law::PlusMinus, 1).unwrap();
        assert!(mean_energy(&wide, 1.0).is_none() && ground_state_energy(&wide).is_none());
    }
}
