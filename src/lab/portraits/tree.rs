//! The tree of minima of one memory: its attractors as leaves, and the barriers over which they are joined.

use super::ProbedMemory;
use crate::engine::attractors::{Attractor, Catalogue, CensusStarts, EnergyTree};
use crate::engine::patterns::{Patterns, State};
use crate::engine::{Error, Memory, Nature};
use std::sync::Arc;

/// Units up to which all states are looked at.
const EXACT_UNITS: usize = 20;

/// Random starts that attractors are looked for from, and attractors in a tree of a larger memory at most.
const STARTS: u64 = 500;
const MOST_LEAVES: usize = 24;

/// Random orders of flips between each pair.
const ORDERS: usize = 20;

/// A tree, and what its leaves are.
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryTree {
    /// Leaves and joints.
    pub tree: EnergyTree,
    /// What each leaf is.
    pub natures: Vec<Nature>,
    /// How many random starts ended in each leaf.
    pub counts: Vec<u64>,
    /// Random starts in all.
    pub n_starts: u64,
    /// Attractors that were found and are no leaves, as there are too many.
    pub n_left_out: usize,
    /// What is stored.
    pub patterns: Arc<Patterns>,
}

impl MemoryTree {
    /// That of `memory`: up to 20 units over all minima, exactly; else over the fixed points that the stored
    /// patterns and 500 random starts end in, the 24 met most often, with bounds above. Refused: memories without an energy.
    pub fn of(memory: &ProbedMemory) -> Result<Self, Error> {
        let network = memory.batch.memory();
        let couplings = network.couplings();
        if let Some(couplings) = couplings.filter(|it| it.n_units() <= EXACT_UNITS) {
            let tree = EnergyTree::exact(couplings)?;
            let random = catalogue(memory, CensusStarts::Random, STARTS)?;
            return Ok(Self::over(tree, &random, 0, memory));
        }
        check_energy(network)?;
        let mut random = catalogue(memory, CensusStarts::Random, STARTS)?;
        let alone = random.clone();
        let stored = memory.patterns.n_patterns() as u64;
        if stored > 0 {
            random.merge(&catalogue(memory, CensusStarts::Patterns, stored)?);
        }
        let mut found: Vec<&Attractor> = random.attractors().iter().collect();
        found.retain(|it| it.length == 1);
        found.sort_by_key(|it| std::cmp::Reverse(it.count));
        let n_left_out = found.len().saturating_sub(MOST_LEAVES);
        let states = found.into_iter().filter_map(|it| it.state.clone());
        let states: Vec<State> = states.take(MOST_LEAVES).collect();
        let tree = EnergyTree::of_paths(network, &states, ORDERS, memory.seed)?;
        Ok(Self::over(tree, &alone, n_left_out, memory))
    }

    /// Lays what leaves are beside the tree over them.
    fn over(
        tree: EnergyTree,
        random: &Catalogue,
        n_left_out: usize,
        memory: &ProbedMemory,
    ) -> Self {
        let count = |state: &State| {
            let mut all = random.attractors().iter();
            let found = all.find(|it| it.state.as_ref() == Some(state));
            found.map_or(0, |it| it.count)
        };
        let leaves = tree.leaves.iter();
        Self {
            counts: leaves.clone().map(|leaf| count(&leaf.state)).collect(),
            natures: leaves
                .map(|leaf| Nature::of_fixed_point(&leaf.state, &memory.patterns))
                .collect(),
            n_starts: random.n_starts(),
            n_left_out,
            patterns: Arc::clone(&memory.patterns),
            tree,
        }
    }

    /// The stored pattern that a leaf is, unit by unit.
    pub fn stored(&self, leaf: usize) -> Option<usize> {
        let state = &self.tree.leaves.get(leaf)?.state;
        let mut all = 0..self.patterns.n_patterns();
        all.find(|pattern| self.patterns.state(*pattern) == *state)
    }
}

/// Refuses memories without an energy, whose minima have no barriers.
pub fn check_energy(memory: &Memory) -> Result<(), Error> {
    if memory.has_energy() {
        return Ok(());
    }
    Err(Error::Format {
        expected: "a tree of minima needs an energy".to_owned(),
        found: "couplings that are not symmetric have none".to_owned(),
    })
}

fn catalogue(memory: &ProbedMemory, from: CensusStarts, count: u64) -> Result<Catalogue, Error> {
    let mut catalogue = Catalogue::default();
    let starts = memory.starts(from, false, 0..count)?;
    memory.endings(&mut catalogue, &starts);
    Ok(catalogue)
}
