//! The tree of minima: which minima of the energy are joined over which barriers (a disconnectivity graph, Becker & Karplus,
//! J. Chem. Phys. 106, 1495 (1997)).
//!
//! A minimum is a state that no single flip takes lower; states of one energy that flips connect are one. The barrier between
//! two is the lowest highest energy of all paths of single flips between them. With few units it is found exactly by flooding
//! (`flooding`); here, between given states, from the best of many straight paths: a bound above. Absent: saddles'
//! states, and asymmetric couplings, which have no energy.

use super::simplex::alike;
use super::starts::check_alike;
use super::walk::{Rises, StraightWalk};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::State;
use crate::engine::rng::stream;

/// A leaf of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeLeaf {
    /// Its state; of several of one energy that flips connect, one.
    pub state: State,
    /// Its energy.
    pub energy: f64,
}

/// Two parts of the tree are joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeJoint {
    /// The leaves at which they are joined, by their places.
    pub leaves: [usize; 2],
    /// The energy over which that goes, at or above both.
    pub energy: f64,
}

/// Minima and the barriers between them.
#[derive(Debug, Clone, PartialEq)]
pub struct EnergyTree {
    /// The leaves.
    pub leaves: Vec<TreeLeaf>,
    /// The joints, the lowest first: one fewer than leaves, where all are joined.
    pub joints: Vec<TreeJoint>,
    /// Whether barriers are exact; if not, they are bounds above.
    pub exact: bool,
}

impl EnergyTree {
    /// The tree over `states`, which need not be minima, from straight paths: between each pair one that climbs least at every
    /// flip, from either end, and `n_orders` in random orders. Barriers are bounds above, as paths that go astray are
    /// not tried; over several leaves they are at most those of the pairs. Refused: states that the memory does not take,
    /// and a memory without energy.
    pub fn of_paths(
        memory: &Memory,
        states: &[State],
        n_orders: usize,
        seed: u64,
    ) -> Result<Self, Error> {
        check_alike("every state of a tree", states)?;
        if let Some(state) = states.first().filter(|state| !memory.takes(state)) {
            return Err(Error::Shape {
                what: "every state of a tree",
                expected: format!("{} units, as its memory", memory.n_units()),
                found: format!("{} {}", state.n_units(), state.alphabet()),
            });
        }
        let leaves = states.iter().map(|state| {
            let energy = memory.energy(state).ok_or_else(no_energy)?;
            Ok(TreeLeaf {
                state: state.clone(),
                energy,
            })
        });
        let leaves: Vec<TreeLeaf> = leaves.collect::<Result<_, Error>>()?;
        let rises: Vec<Rises> = states
            .par_iter()
            .map(|state| Rises::new(memory, state))
            .collect();
        let n = states.len();
        let pairs: Vec<[usize; 2]> = (0..n)
            .flat_map(|a| (a + 1..n).map(move |b| [a, b]))
            .collect();
        let joint = |[a, b]: &[usize; 2]| {
            let name = format!("tree path {a} {b}");
            let ends = [*a, *b].map(|leaf| End {
                state: &states[leaf],
                energy: leaves[leaf].energy,
                rises: &rises[leaf],
            });
            let barrier = barrier(memory, ends, n_orders, seed, &name);
            TreeJoint {
                leaves: [*a, *b],
                // The ends themselves are never above, but for rounding.
                energy: barrier.max(leaves[*a].energy).max(leaves[*b].energy),
            }
        };
        let pairs: Vec<TreeJoint> = pairs.par_iter().map(joint).collect();
        Ok(Self {
            joints: spanning(leaves.len(), pairs),
            leaves,
            exact: false,
        })
    }

    /// The barrier between two leaves: the highest joint on the way between them; the energy of a leaf from itself to
    /// itself, and none where they are not joined or not there.
    pub fn barrier(&self, a: usize, b: usize) -> Option<f64> {
        let own = self.leaves.get(a)?.energy;
        self.leaves.get(b)?;
        let mut parts = Parts::new(self.leaves.len());
        if a == b {
            return Some(own);
        }
        let joint = self.joints.iter().find(|joint| {
            parts.join(joint.leaves);
            parts.of(a) == parts.of(b)
        });
        joint.map(|joint| joint.energy)
    }
}

pub(super) fn no_energy() -> Error {
    Error::Format {
        expected: "a tree of minima needs an energy".to_owned(),
        found: "couplings that are not symmetric have none".to_owned(),
    }
}

/// An end of a path.
#[derive(Clone, Copy)]
struct End<'a> {
    state: &'a State,
    energy: f64,
    rises: &'a Rises,
}

/// The lowest highest energy of the paths that are tried.
fn barrier(memory: &Memory, [a, b]: [End<'_>; 2], n_orders: usize, seed: u64, name: &str) -> f64 {
    debug_assert!(alike(a.state, b.state), "checked by whoever calls");
    let mut rng = stream(seed, name);
    let greedy = [(a, b), (b, a)].map(|(from, to)| {
        let walk = StraightWalk::downhill(memory, from.state, to.state, from.rises.clone());
        (walk, from)
    });
    let random = (0..n_orders).map(|_| (StraightWalk::shuffled(a.state, b.state, &mut rng), a));
    let highest = greedy.into_iter().chain(random).filter_map(|(walk, from)| {
        let energies = walk.energies_from(memory, from.energy, from.rises.clone());
        energies.into_iter().max_by(f64::total_cmp)
    });
    highest.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
}

/// The joints that are needed, the lowest first (Kruskal).
fn spanning(n_leaves: usize, mut pairs: Vec<TreeJoint>) -> Vec<TreeJoint> {
    pairs.sort_by(|a, b| a.energy.total_cmp(&b.energy));
    let mut parts = Parts::new(n_leaves);
    pairs.retain(|pair| parts.join(pair.leaves));
    pairs
}

/// Which leaves are joined (union–find).
struct Parts {
    above: Vec<usize>,
}

impl Parts {
    fn new(n_leaves: usize) -> Self {
        Self {
            above: (0..n_leaves).collect(),
        }
    }

    fn of(&mut self, mut leaf: usize) -> usize {
        while self.above[leaf] != leaf {
            self.above[leaf] = self.above[self.above[leaf]];
            leaf = self.above[leaf];
        }
        leaf
    }

    /// Joins two; whether they were apart.
    fn join(&mut self, leaves: [usize; 2]) -> bool {
        let [a, b] = leaves.map(|leaf| self.of(leaf));
        self.above[b] = a;
        a != b
    }
}
