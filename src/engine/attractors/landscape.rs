//! Energies of many states, each from the one before it: neighbours in a picture differ in few units.

use super::walk::{Rises, turns};
use crate::engine::memory::Memory;
use crate::engine::patterns::State;

/// Units that may differ from the state before, of all: beyond that an energy is summed afresh.
const FEW: usize = 8;

/// The energies of `states`, which the memory must take, in their order; none where it has no energy.
///
/// Of couplings between
/// signs an energy follows from that of the state before in O(N) a unit that differs, in double precision; of other
/// memories it is summed afresh.
pub fn energies_of(memory: &Memory, states: &[State]) -> Option<Vec<f64>> {
    if !memory.has_energy() {
        return None;
    }
    let Some(_) = memory.couplings() else {
        return states.iter().map(|state| memory.energy(state)).collect();
    };
    let mut before: Option<(State, f64, Rises)> = None;
    let mut energies = Vec::with_capacity(states.len());
    for state in states {
        let differing = before.as_ref().map(|(before, ..)| turns(before, state));
        let few = differing.filter(|turns| FEW * turns.len() <= state.n_units());
        let followed = match (few, before.take()) {
            (Some(turns), Some((mut now, mut energy, mut rises))) => {
                for turn in turns {
                    energy += rises.rise(memory, &now, turn);
                    rises.turn(memory, &mut now, turn);
                }
                (now, energy, rises)
            }
            _ => (
                state.clone(),
                memory.energy(state)?,
                Rises::new(memory, state),
            ),
        };
        energies.push(followed.1);
        before = Some(followed);
    }
    Some(energies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::learning::LearningRule;
    use crate::engine::patterns::{Alphabet, Grid, Patterns};
    use crate::engine::rng::stream;
    use ndarray::Array2;
    use rand::RngExt as _;
    use std::sync::Arc;

    /// Against energies that are summed afresh.
    #[test]
    fn energies_that_follow_are_those_summed_afresh() {
        let mut rng = stream(3, "landscape test");
        let alphabet = Alphabet::Signs;
        let rows = Array2::from_shape_simple_fn((5, 64), || alphabet.random(&mut rng));
        let patterns = Arc::new(Patterns::of(rows, alphabet, Grid::square(8), None).unwrap());
        for rule in ["hebb", "pseudo-inverse:diagonal=kept", "dense"] {
            let rule = LearningRule::parse(rule).unwrap();
            let memory = rule.learn(Arc::clone(&patterns), 1).unwrap();
            let mut state = patterns.state(0);
            let mut states = Vec::new();
            for step in 0..40 {
                states.push(state.clone());
                let flips = if step == 20 { 40 } else { step % 5 };
                for _ in 0..flips {
                    state.flip(rng.random_range(0..64));
                }
            }
            let followed = energies_of(&memory, &states).unwrap();
            for (state, energy) in states.iter().zip(followed) {
                let afresh = memory.energy(state).unwrap();
                assert!(
                    (energy - afresh).abs() < 1e-4,
                    "{rule:?}: {energy} {afresh}"
                );
            }
        }
        let rule = LearningRule::parse("taylor:c1pre=1,c1post=-1").unwrap();
        let memory = rule.learn(Arc::clone(&patterns), 1).unwrap();
        assert!(!memory.has_energy());
        assert_eq!(energies_of(&memory, &[patterns.state(0)]), None);
    }
}
