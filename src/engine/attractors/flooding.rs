//! The tree of minima of few units, exactly: all states are flooded in the order of their energies.
//!
//! A state that has no flooded neighbour is a new minimum; one that has some joins what they belong to. Of two pools that
//! meet the shallower ends, over the energy at which they meet. Pools that meet at the energy of a minimum itself are one:
//! a plateau. Energies are summed in double precision in one order, so that of whole-number couplings equal ones are equal.

use super::tree::{EnergyTree, TreeJoint, TreeLeaf, no_energy};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::patterns::State;

/// Marks a state that is not flooded yet.
const DRY: u32 = u32::MAX;

impl EnergyTree {
    /// Most units of which all states are flooded: about a million.
    pub const MAX_UNITS: usize = 20;

    /// All minima of symmetric `couplings`, the lowest first, of equals by their states as numbers Σ 2^i, and the barriers
    /// between them. Refused: more than 20 units, and couplings without an energy.
    pub fn exact(couplings: &Couplings) -> Result<Self, Error> {
        let n_units = couplings.n_units();
        if n_units > Self::MAX_UNITS {
            return Err(Error::Range {
                setting: "the number of units of a tree of all minima",
                range: format!("at most {}", Self::MAX_UNITS),
                value: n_units.to_string(),
            });
        }
        if !couplings.symmetric() {
            return Err(no_energy());
        }
        let energies = energies(couplings);
        let mut order: Vec<u32> = (0..energies.len() as u32).collect();
        let energy = |state: u32| energies[state as usize];
        order.sort_by(|a, b| energy(*a).total_cmp(&energy(*b)).then(a.cmp(b)));
        let mut flood = Flood {
            above: vec![DRY; energies.len()],
            energies: &energies,
            joints: Vec::new(),
        };
        order.iter().for_each(|state| flood.take(*state, n_units));
        Ok(flood.tree(&order, n_units))
    }
}

/// Pools of flooded states, each known by its minimum (union–find).
struct Flood<'a> {
    above: Vec<u32>,
    energies: &'a [f64],
    /// Minima that were joined, the higher second, and over which energy.
    joints: Vec<(u32, u32, f64)>,
}

impl Flood<'_> {
    fn pool(&mut self, mut state: u32) -> u32 {
        while self.above[state as usize] != state {
            let above = self.above[state as usize];
            self.above[state as usize] = self.above[above as usize];
            state = above;
        }
        state
    }

    fn take(&mut self, state: u32, n_units: usize) {
        self.above[state as usize] = state;
        let level = self.energies[state as usize];
        for unit in 0..n_units {
            let neighbour = state ^ 1 << unit;
            if self.above[neighbour as usize] == DRY {
                continue;
            }
            let [ours, theirs] = [state, neighbour].map(|it| self.pool(it));
            if ours == theirs {
                continue;
            }
            let depth = |pool: u32| (self.energies[pool as usize], pool);
            let is_ours = depth(ours) < depth(theirs);
            let (low, high) = if is_ours {
                (ours, theirs)
            } else {
                (theirs, ours)
            };
            // What meets at its own minimum was none, or is a plateau.
            if self.energies[high as usize] < level {
                self.joints.push((low, high, level));
            }
            self.above[high as usize] = low;
        }
    }

    /// Every minimum but the lowest was joined to another once, as the higher of the two.
    fn tree(self, order: &[u32], n_units: usize) -> EnergyTree {
        let mut place = vec![DRY; self.energies.len()];
        let mut is_minimum = vec![false; self.energies.len()];
        self.joints
            .iter()
            .for_each(|(_, high, _)| is_minimum[*high as usize] = true);
        if let Some(lowest) = order.first() {
            is_minimum[*lowest as usize] = true;
        }
        let minima = order.iter().filter(|state| is_minimum[**state as usize]);
        let mut leaves = Vec::new();
        for minimum in minima {
            place[*minimum as usize] = leaves.len() as u32;
            leaves.push(TreeLeaf {
                state: State::from_fn(n_units, |unit| minimum >> unit & 1 == 1),
                energy: self.energies[*minimum as usize],
            });
        }
        let joint = |(low, high, energy): &(u32, u32, f64)| TreeJoint {
            leaves: [low, high].map(|state| place[*state as usize] as usize),
            energy: *energy,
        };
        EnergyTree {
            joints: self.joints.iter().map(joint).collect(),
            leaves,
            exact: true,
        }
    }
}

/// E of all states. Unit by unit: with the units below known, another one up adds twice its field of them and of those above,
/// which are all down.
fn energies(couplings: &Couplings) -> Vec<f64> {
    let n_units = couplings.n_units();
    let w = |i: usize, j: usize| f64::from(couplings.row(i)[j]);
    // J_ij and J_ji may differ by a rounding.
    let pair = |i: usize, j: usize| f64::midpoint(w(i, j), w(j, i));
    let all_down: f64 = (0..n_units)
        .flat_map(|i| (0..n_units).map(move |j| (i, j)))
        .map(|(i, j)| pair(i, j))
        .sum();
    let mut energies = vec![-all_down / 2.0];
    let mut rises: Vec<f64> = Vec::new();
    for unit in 0..n_units {
        // By how much the unit's turn up raises the energy, for all states of the units below it.
        let others = (0..n_units).filter(|other| *other != unit);
        rises.clear();
        rises.push(2.0 * others.map(|other| pair(unit, other)).sum::<f64>());
        for below in 0..unit {
            let twice = 4.0 * pair(unit, below);
            rises.extend_from_within(..);
            let half = rises.len() / 2;
            rises[half..].iter_mut().for_each(|rise| *rise -= twice);
        }
        let half = energies.len();
        energies.extend_from_within(..);
        let risen = energies[half..].iter_mut().zip(&rises);
        risen.for_each(|(energy, rise)| *energy += rise);
    }
    let scale = f64::from(couplings.scale());
    energies.iter_mut().for_each(|energy| *energy *= scale);
    energies
}

#[cfg(test)]
#[path = "flooding_tests.rs"]
mod tests;
