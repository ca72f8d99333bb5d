//! A straight walk from one state to another: the units in which they differ turn one after the other.
//!
//! The state after k turns differs from the start in k units; what its energy is, and where it ends, shows what lies between
//! two attractors. Absent: walks that turn a unit twice.

use super::simplex::alike;
use super::starts::check_alike;
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::State;
use crate::engine::rng::{Stream, stream};
use rand::seq::SliceRandom as _;

/// A walk from `start`, unit by unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StraightWalk {
    start: State,
    /// What turns, and to what.
    turns: Vec<(u32, i8)>,
}

impl StraightWalk {
    /// From one state to another, in an order that `seed` decides. Refused: states of different length or alphabet.
    pub fn new(from: &State, to: &State, seed: u64) -> Result<Self, Error> {
        check_alike("both ends of a walk", &[from.clone(), to.clone()])?;
        Ok(Self::shuffled(from, to, &mut stream(seed, "straight walk")))
    }

    /// The same, in an order drawn from `rng`, between states that are alike.
    pub(super) fn shuffled(from: &State, to: &State, rng: &mut Stream) -> Self {
        let mut turns = turns(from, to);
        turns.shuffle(rng);
        Self {
            start: from.clone(),
            turns,
        }
    }

    /// From one state to another that is alike; of the turns left the one that raises the energy least comes next, of equals
    /// the first.
    /// `rises` are those of `from`.
    pub(super) fn downhill(memory: &Memory, from: &State, to: &State, mut rises: Rises) -> Self {
        debug_assert!(alike(from, to), "checked by whoever calls");
        let mut left = turns(from, to);
        let mut state = from.clone();
        let mut done = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let all = left.iter().map(|turn| rises.rise(memory, &state, *turn));
            let next = all.enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b));
            let turn = left.remove(next.map_or(0, |(place, _)| place));
            rises.turn(memory, &mut state, turn);
            done.push(turn);
        }
        Self {
            start: from.clone(),
            turns: done,
        }
    }

    /// Number of turns k: the units in which its ends differ.
    pub fn n_turns(&self) -> usize {
        self.turns.len()
    }

    /// The units in the order in which they turn.
    pub fn units(&self) -> impl Iterator<Item = usize> + '_ {
        self.turns.iter().map(|(unit, _)| *unit as usize)
    }

    /// The states after 0, 1, … turns, from one end to the other: one more than turns. Where each ends is asked of a
    /// [catalogue](super::Catalogue::take).
    pub fn states(&self) -> Vec<State> {
        let mut state = self.start.clone();
        let mut states = vec![state.clone()];
        for (unit, value) in &self.turns {
            state.put(*unit as usize, *value);
            states.push(state.clone());
        }
        states
    }

    /// The energies of these states, where the memory has any; it must take the states.
    pub fn energies(&self, memory: &Memory) -> Option<Vec<f64>> {
        let energy = memory.energy(&self.start)?;
        Some(self.energies_from(memory, energy, Rises::new(memory, &self.start)))
    }

    /// The same from the energy of the start and its `rises`, which many walks share.
    pub(super) fn energies_from(
        &self,
        memory: &Memory,
        mut energy: f64,
        mut rises: Rises,
    ) -> Vec<f64> {
        let mut state = self.start.clone();
        let mut energies = vec![energy];
        for turn in &self.turns {
            energy += rises.rise(memory, &state, *turn);
            energies.push(energy);
            rises.turn(memory, &mut state, *turn);
        }
        energies
    }
}

/// The units in which the states differ, in their order, and what they are in the second.
pub(super) fn turns(from: &State, to: &State) -> Vec<(u32, i8)> {
    let pairs = (0..).zip(from.units().iter().zip(to.units()));
    let differing = pairs.filter(|(_, (a, b))| a != b);
    differing.map(|(unit, (_, value))| (unit, *value)).collect()
}

/// By how much turns raise the energy: of couplings from fields that follow, of dense memories afresh.
#[derive(Clone)]
pub(super) enum Rises {
    /// W s in double precision.
    Signs(Vec<f64>),
    /// Every letter's field at every site.
    Letters(Vec<f32>),
    Afresh,
}

impl Rises {
    pub(super) fn new(memory: &Memory, state: &State) -> Self {
        match memory {
            Memory::Pairwise(couplings) => {
                let all = 0..couplings.n_units();
                let field = |unit: usize| {
                    let pairs = couplings.row(unit).iter().zip(state.units());
                    pairs
                        .map(|(w, sign)| f64::from(*w) * f64::from(*sign))
                        .sum()
                };
                Self::Signs(all.map(field).collect())
            }
            Memory::Potts(letters) => Self::Letters(letters.local_fields(state)),
            Memory::Dense(_) => Self::Afresh,
        }
    }

    pub(super) fn rise(&self, memory: &Memory, state: &State, (unit, value): (u32, i8)) -> f64 {
        let unit = unit as usize;
        let before = state.units()[unit];
        match (self, memory) {
            (Self::Signs(fields), Memory::Pairwise(couplings)) => {
                let sign = f64::from(before);
                let own = f64::from(couplings.row(unit)[unit]) * sign;
                2.0 * f64::from(couplings.scale()) * sign * (fields[unit] - own)
            }
            (Self::Letters(fields), Memory::Potts(letters)) => {
                let fields = &fields[unit * letters.n_letters()..][..letters.n_letters()];
                f64::from(fields[before as usize]) - f64::from(fields[value as usize])
            }
            _ => memory.energy_change(state, unit, value),
        }
    }

    /// Turns a unit of `state`, and takes that in.
    pub(super) fn turn(&mut self, memory: &Memory, state: &mut State, (unit, value): (u32, i8)) {
        let unit = unit as usize;
        let before = state.units()[unit];
        state.put(unit, value);
        match (self, memory) {
            (Self::Signs(fields), Memory::Pairwise(couplings)) => {
                let twice = 2.0 * f64::from(value);
                for (field, w) in fields.iter_mut().zip(couplings.column(unit)) {
                    *field += twice * f64::from(*w);
                }
            }
            (Self::Letters(fields), Memory::Potts(letters)) => {
                letters.changed(fields, unit, before, value);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::learning::LearningRule;
    use crate::engine::patterns::{Alphabet, Grid, Letters, Patterns};
    use ndarray::Array2;
    use std::sync::Arc;

    #[test]
    fn every_state_of_a_walk_is_one_turn_further_and_has_its_energy() {
        let letters = Alphabet::Letters(Letters::plain(4).unwrap());
        for (rule, alphabet) in [
            ("hebb", Alphabet::Signs),
            ("pseudo-inverse:diagonal=kept", Alphabet::Signs),
            ("dense", Alphabet::Signs),
            ("potts-hebb", letters),
        ] {
            let mut rng = stream(1, "walk test");
            let rows = Array2::from_shape_simple_fn((4, 36), || alphabet.random(&mut rng));
            let patterns = Arc::new(Patterns::of(rows, alphabet, Grid::square(6), None).unwrap());
            let rule = LearningRule::parse(rule).unwrap();
            let memory = rule.learn(Arc::clone(&patterns), 1).unwrap();
            let [from, to] = [patterns.state(0), patterns.state(1)];
            let walks = [
                StraightWalk::new(&from, &to, 5).unwrap(),
                StraightWalk::downhill(&memory, &from, &to, Rises::new(&memory, &from)),
            ];
            for walk in walks {
                let states = walk.states();
                assert_eq!((&states[0], &states[walk.n_turns()]), (&from, &to));
                let energies = walk.energies(&memory).unwrap();
                assert_eq!(energies.len(), states.len());
                for (k, (state, energy)) in states.iter().zip(energies).enumerate() {
                    let differing = state.units().iter().zip(from.units());
                    assert_eq!(differing.filter(|(a, b)| a != b).count(), k);
                    let afresh = memory.energy(state).unwrap();
                    assert!(
                        (energy - afresh).abs() < 1e-4 * (1.0 + afresh.abs()),
                        "{energy} {afresh}"
                    );
                }
                let mut units: Vec<usize> = walk.units().collect();
                units.sort_unstable();
                units.dedup();
                assert_eq!(units.len(), walk.n_turns());
            }
        }
    }

    #[test]
    fn the_seed_decides_the_order_and_unlike_ends_are_refused() {
        let [a, b] = [State::from_fn(50, |_| true), State::blank(50)];
        assert_eq!(StraightWalk::new(&a, &b, 1), StraightWalk::new(&a, &b, 1));
        assert_ne!(StraightWalk::new(&a, &b, 1), StraightWalk::new(&a, &b, 2));
        let nowhere = StraightWalk::new(&a, &a, 1).unwrap();
        assert_eq!(nowhere.states(), std::slice::from_ref(&a));
        assert!(StraightWalk::new(&a, &State::blank(49), 1).is_err());
    }
}
