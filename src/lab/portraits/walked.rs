//! A straight walk between two states of a memory: its energy step by step, and what a run from every step ends in.

use super::{Landmark, ProbedMemory};
use crate::engine::Error;
use crate::engine::attractors::{Catalogue, Ending, StraightWalk};
use crate::engine::patterns::{Patterns, State};
use std::sync::Arc;

/// A walk, as far as its runs are known.
#[derive(Debug, Clone, PartialEq)]
pub struct WalkedPath {
    /// Where it begins, and where it goes.
    pub ends: [Landmark; 2],
    /// What is stored.
    pub patterns: Arc<Patterns>,
    /// The states after 0, 1, … flips, from one end to the other.
    pub states: Arc<Vec<State>>,
    /// Their energies, where the memory has any.
    pub energies: Option<Arc<Vec<f64>>>,
    /// What the run from each ends in, as far as known.
    pub endings: Vec<Ending>,
    /// What they end in.
    pub catalogue: Catalogue,
}

impl WalkedPath {
    /// The walk, before any run. Refused: ends that are not there, that are the same state, or that the memory does not take.
    pub fn new(memory: &ProbedMemory, ends: [Landmark; 2]) -> Result<Self, Error> {
        let state = |end: &Landmark| end.state(&memory.patterns, memory.source.as_deref());
        let [from, to] = [state(&ends[0])?, state(&ends[1])?];
        let walk = StraightWalk::new(&from, &to, memory.seed)?;
        if walk.n_turns() == 0 {
            return Err(Error::Format {
                expected: "a walk leads from one state to another".to_owned(),
                found: "its two ends are the same state".to_owned(),
            });
        }
        let energies = walk.energies(memory.batch.memory());
        Ok(Self {
            ends,
            patterns: Arc::clone(&memory.patterns),
            states: Arc::new(walk.states()),
            energies: energies.map(Arc::new),
            endings: Vec::new(),
            catalogue: Catalogue::default(),
        })
    }

    /// Flips from one end to the other.
    pub fn n_flips(&self) -> usize {
        self.states.len() - 1
    }

    /// Whether every run is known.
    pub fn is_whole(&self) -> bool {
        self.endings.len() == self.states.len()
    }

    /// Lets the next `count` states go.
    pub fn go_on(&mut self, memory: &ProbedMemory, count: usize) {
        let known = self.endings.len();
        let next = &self.states[known..(known + count).min(self.states.len())];
        let endings = memory.endings(&mut self.catalogue, next);
        self.endings.extend(endings);
    }

    /// Stretches of steps that end in what has one label, in their order: the first step and the one after the last, and
    /// the attractor of the first.
    pub fn stretches(&self) -> Vec<([usize; 2], usize)> {
        let numbers = self.catalogue.label_numbers();
        let mut found: Vec<([usize; 2], usize)> = Vec::new();
        for (step, ending) in self.endings.iter().enumerate() {
            match found.last_mut() {
                Some((steps, attractor)) if numbers[*attractor] == numbers[ending.attractor] => {
                    steps[1] = step + 1;
                }
                _ => found.push(([step, step + 1], ending.attractor)),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LearningRule;
    use crate::trial::Recipe;
    use crate::worlds::World;

    /// Two orthogonal patterns of 16 units under Hebb's rule: the fields of a step k flips on the way from one to the other,
    /// which differ in 8 units, are m₀ ξ⁰ + m₁ ξ¹ with m₀ = 1 − k/8 and m₁ = k/8. The larger one decides, and at k = 4,
    /// where they are equal, units in which the two differ have no field and stay: that state is a blend.
    #[test]
    fn halfway_between_two_orthogonal_patterns_lies_the_boundary() {
        let mut recipe = Recipe {
            world: World::parse("random:n=16,p=2").unwrap(),
            ..Recipe::default()
        };
        recipe.track_mut().rule = LearningRule::parse("hebb").unwrap();
        let mut memory = ProbedMemory::learned(&recipe).unwrap();
        let first = State::from_fn(16, |_| true);
        let second = State::from_fn(16, |unit| unit < 8);
        let grid = memory.patterns.grid();
        let patterns = Arc::new(Patterns::of_states(&[first, second], grid).unwrap());
        let learned = recipe.track().rule.learn(Arc::clone(&patterns), 1).unwrap();
        memory.batch = Arc::new(crate::engine::dynamics::Batch::new(Arc::new(learned)));
        memory.patterns = patterns;
        memory.dynamics = crate::engine::Dynamics::Synchronous;
        let ends = [Landmark::stored(0), Landmark::stored(1)];
        let mut path = WalkedPath::new(&memory, ends).unwrap();
        assert_eq!((path.n_flips(), path.is_whole()), (8, false));
        while !path.is_whole() {
            path.go_on(&memory, 3);
        }
        let label = |step: usize| &path.catalogue.attractors()[path.endings[step].attractor].label;
        for step in 0..4 {
            assert_eq!((&**label(step), &**label(8 - step)), ("+0", "+1"));
        }
        let stretches = path.stretches();
        assert_eq!(stretches[0].0, [0, 4]);
        assert_eq!(stretches.last().unwrap().0, [5, 9]);
        // E = −N (m₀² + m₁²)/2 + P/2, whatever the order of the flips.
        for (step, energy) in path.energies.as_ref().unwrap().iter().enumerate() {
            let m = step as f64 / 8.0;
            let expected = -8.0 * (m * m + (1.0 - m) * (1.0 - m)) + 1.0;
            assert!((energy - expected).abs() < 1e-5, "{step}: {energy}");
        }
        let same = [Landmark::stored(1), Landmark::stored(1)];
        assert!(WalkedPath::new(&memory, same).is_err());
    }
}
