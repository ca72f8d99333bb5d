//! Every state of a small memory and where one sweep takes it: the whole transition graph, exactly.
//!
//! A state is the number Σ 2^i over units i at +1. One sweep, of all units at once or in the fixed order, is a map from
//! states to states; its graph is made of cycles (of length 1: fixed points) and of trees that lead into them. Absent:
//! random orders and heat baths, which are no maps, and memories of letters or continuous states.

use crate::engine::dense::DenseMemory;
use crate::engine::dynamics::{Batch, Dynamics};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::State;

/// Marks a state that no walk has come to.
const NEW: u32 = u32::MAX;

/// The graph of all 2^N states of N units of ±1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransitionGraph {
    n_units: usize,
    successors: Vec<u32>,
    cycles: Vec<Vec<u32>>,
    basins: Vec<u32>,
    heights: Vec<u32>,
    in_degrees: Vec<u32>,
}

impl TransitionGraph {
    /// Most units of a memory whose states are all gone through: 16,384 states.
    pub const MAX_UNITS: usize = 14;

    /// All states of the memory of `batch` under sweeps of `dynamics`. Refused: more than 14 units, units that are not signs,
    /// and dynamics that do not come to the same from the same state.
    pub fn new(batch: &Batch, dynamics: Dynamics) -> Result<Self, Error> {
        Self::check(batch.memory(), dynamics)?;
        let n_units = batch.memory().n_units();
        let states: Vec<State> = (0..1_u32 << n_units)
            .map(|it| state_of(it, n_units))
            .collect();
        let rests = batch.settle(&states, dynamics, |_| 0, 1);
        Ok(Self::of_successors(
            n_units,
            rests.iter().map(|rest| number_of(&rest.state)).collect(),
        ))
    }

    /// Refuses what [`Self::new`] refuses.
    pub fn check(memory: &Memory, dynamics: Dynamics) -> Result<(), Error> {
        let n_units = memory.n_units();
        if n_units > Self::MAX_UNITS {
            return Err(Error::Format {
                expected: format!(
                    "all states are gone through up to {} units",
                    Self::MAX_UNITS
                ),
                found: format!("this memory has {n_units}"),
            });
        }
        if memory.n_letters().is_some() || memory.dense().is_some_and(DenseMemory::is_continuous) {
            return Err(Error::Format {
                expected: "all states can be gone through where units are ±1".to_owned(),
                found: "this memory has others".to_owned(),
            });
        }
        if !matches!(dynamics, Dynamics::Synchronous | Dynamics::Ordered) {
            return Err(Error::Range {
                setting: "the dynamics of a transition graph",
                range: format!("{} or {}", Dynamics::Synchronous, Dynamics::Ordered),
                value: format!("{dynamics}, by which a state has no one successor"),
            });
        }
        Ok(())
    }

    fn of_successors(n_units: usize, successors: Vec<u32>) -> Self {
        let n_states = successors.len();
        let mut in_degrees = vec![0; n_states];
        successors
            .iter()
            .for_each(|next| in_degrees[*next as usize] += 1);
        let mut graph = Self {
            n_units,
            cycles: cycles(&successors, n_units),
            successors,
            basins: vec![NEW; n_states],
            heights: vec![0; n_states],
            in_degrees,
        };
        graph.fill();
        graph
    }

    /// Basins and heights, walk by walk: from a state to the first that is known, and back.
    fn fill(&mut self) {
        for (basin, cycle) in self.cycles.iter().enumerate() {
            cycle
                .iter()
                .for_each(|state| self.basins[*state as usize] = basin as u32);
        }
        let mut walk = Vec::new();
        for start in 0..self.successors.len() as u32 {
            let mut state = start;
            while self.basins[state as usize] == NEW {
                walk.push(state);
                state = self.successors[state as usize];
            }
            let (basin, mut height) = (self.basins[state as usize], self.heights[state as usize]);
            while let Some(before) = walk.pop() {
                height += 1;
                self.basins[before as usize] = basin;
                self.heights[before as usize] = height;
            }
        }
    }

    /// Number of units N.
    pub fn n_units(&self) -> usize {
        self.n_units
    }

    /// The state that a number below 2^N stands for.
    pub fn state(&self, number: u32) -> State {
        state_of(number, self.n_units)
    }

    /// The number of a state of N units.
    pub fn number(state: &State) -> u32 {
        number_of(state)
    }

    /// Where one sweep takes each state, 2^N numbers.
    pub fn successors(&self) -> &[u32] {
        &self.successors
    }

    /// The cycles, each from its smallest state on in the order of sweeps; a fixed point is a cycle of one. States are
    /// compared unit by unit, −1 before +1, as in a [catalogue](super::Catalogue), and so are the cycles by their first.
    pub fn cycles(&self) -> &[Vec<u32>] {
        &self.cycles
    }

    /// Which cycle each state comes to.
    pub fn basins(&self) -> &[u32] {
        &self.basins
    }

    /// Sweeps from each state to the first of its cycle, 0 in it.
    pub fn heights(&self) -> &[u32] {
        &self.heights
    }

    /// How many states lead to each in one sweep, counting itself at a fixed point.
    pub fn in_degrees(&self) -> &[u32] {
        &self.in_degrees
    }

    /// States that end in each cycle, its own included; they sum to 2^N.
    pub fn basin_sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.cycles.len()];
        self.basins
            .iter()
            .for_each(|basin| sizes[*basin as usize] += 1);
        sizes
    }

    /// Most sweeps from any state of each basin to its cycle.
    pub fn depths(&self) -> Vec<u32> {
        let mut depths = vec![0; self.cycles.len()];
        for (basin, height) in self.basins.iter().zip(&self.heights) {
            let depth = &mut depths[*basin as usize];
            *depth = (*depth).max(*height);
        }
        depths
    }

    /// States that nothing leads to: gardens of Eden, in the order of their numbers.
    pub fn gardens_of_eden(&self) -> Vec<u32> {
        let all = (0..).zip(&self.in_degrees);
        all.filter(|(_, degree)| **degree == 0)
            .map(|(state, _)| state)
            .collect()
    }
}

/// All cycles, from their smallest states on, in the order of those.
fn cycles(successors: &[u32], n_units: usize) -> Vec<Vec<u32>> {
    // Unit 0 first: the highest bit of the number turned round.
    let order = |state: &u32| state.reverse_bits() >> (32 - n_units);
    let mut walk_of = vec![NEW; successors.len()];
    let mut cycles = Vec::new();
    for start in 0..successors.len() as u32 {
        let mut state = start;
        while walk_of[state as usize] == NEW {
            walk_of[state as usize] = start;
            state = successors[state as usize];
        }
        // The walk has come to itself: what follows from here on is a cycle.
        if walk_of[state as usize] == start {
            let round = std::iter::successors(Some(state), |it| {
                Some(successors[*it as usize]).filter(|next| *next != state)
            });
            let mut round: Vec<u32> = round.collect();
            let first = (0..round.len()).min_by_key(|place| order(&round[*place]));
            round.rotate_left(first.unwrap_or(0));
            cycles.push(round);
        }
    }
    cycles.sort_by_key(|cycle| cycle.first().map(order));
    cycles
}

fn state_of(number: u32, n_units: usize) -> State {
    State::from_fn(n_units, |unit| number >> unit & 1 == 1)
}

fn number_of(state: &State) -> u32 {
    let units = state.units().iter().rev();
    units.fold(0, |number, unit| number << 1 | u32::from(*unit > 0))
}

#[cfg(test)]
#[path = "all_states_tests.rs"]
mod tests;
