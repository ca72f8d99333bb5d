//! What is exactly so on a small lattice: mean energy at a temperature, and the energy of the ground state.
//!
//! A transfer matrix adds one site after the other (Morgenstern & Binder 1980). It keeps one number for every state of
//! the first row together with every state of the newest: 4^L of them, periodic in both directions. The same walk
//! gives the mean energy, with weights that are multiplied and added, and the ground state, with energies that are
//! added and of which the least is taken.

use super::bonds::Lattice;

/// Longest side that this takes a fraction of a second for.
pub const MAX_SIDE: usize = 10;

/// Mean energy per spin in equilibrium at `temperature`, at least 0.2; `None` for a side beyond [`MAX_SIDE`].
pub fn mean_energy(lattice: &Lattice, temperature: f64) -> Option<f64> {
    assert!(temperature >= 0.2, "lower ones would leave no weight");
    let Sum { weight, energy } = sum_over_states(lattice, |bond, aligned| {
        let bond = f64::from(bond);
        let energy = if aligned { -bond } else { bond };
        // Relative to the bond satisfied, so that no weight overflows.
        let weight = libm::exp((-energy - bond.abs()) / temperature);
        Sum {
            weight,
            energy: energy * weight,
        }
    })?;
    Some(energy / weight / lattice.n_spins() as f64)
}

/// Energy per spin of the ground state; `None` for a side beyond [`MAX_SIDE`].
pub fn ground_state_energy(lattice: &Lattice) -> Option<f64> {
    let Least(energy) = sum_over_states(lattice, |bond, aligned| {
        Least(f64::from(if aligned { -bond } else { bond }))
    })?;
    Some(energy / lattice.n_spins() as f64)
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
fn sum_over_states<V: Value>(lattice: &Lattice, value: impl Fn(f32, bool) -> V) -> Option<V> {
    let side = lattice.side();
    if side > MAX_SIDE {
        return None;
    }
    let of_bond = |(_, bond)| [value(bond, false), value(bond, true)];
    let values: Vec<[[V; 2]; 2]> = (0..side * side)
        .map(|site| {
            let [right, _, down, _] = lattice.neighbours(site);
            [of_bond(right), of_bond(down)]
        })
        .collect();
    let rows: Vec<&[[[V; 2]; 2]]> = values.chunks(side).collect();
    // What the bonds within each row come to, by the state of the row.
    let within: Vec<Vec<V>> = rows
        .iter()
        .map(|row| {
            let of_state = |state: usize| {
                (0..side).fold(V::EMPTY, |value, x| {
                    let aligned = (state >> x ^ state >> ((x + 1) % side)) & 1 == 0;
                    value.join(row[x][0][usize::from(aligned)])
                })
            };
            (0..1 << side).map(of_state).collect()
        })
        .collect();
    let mut all = V::NONE;
    // Turning every spin over changes nothing: the last one of the first row may stay down.
    for first in 0..1_usize << (side - 1) {
        let mut states = vec![V::NONE; 1 << side];
        states[first] = within[0][first];
        for y in 1..side {
            for (x, [_, down]) in rows[y - 1].iter().enumerate() {
                add_site(&mut states, x, *down);
            }
            for (value, row) in states.iter_mut().zip(&within[y]) {
                *value = value.join(*row);
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
