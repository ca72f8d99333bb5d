//! The states that a run has been in, so that it notices when one comes back: where a state decides all that follows,
//! everything between repeats for ever.

use crate::engine::patterns::{Alphabet, State};

/// States one after the other, as words.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    hashes: Vec<u64>,
    words: Vec<u64>,
}

impl Seen {
    /// Takes in the next state, which has as many words as those before; how many states ago it was the same last.
    pub(super) fn take_in(&mut self, state: &[u64]) -> Option<u64> {
        // FNV-1a over words, rotated so that high bits reach low ones.
        let hash = state.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, word| {
            (hash ^ word)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
        });
        let same = |before: &usize| {
            self.hashes[*before] == hash
                && self.words[before * state.len()..][..state.len()] == *state
        };
        let before = (0..self.hashes.len()).rev().find(same);
        let ago = before.map(|before| (self.hashes.len() - before) as u64);
        self.hashes.push(hash);
        self.words.extend_from_slice(state);
        ago
    }
}

/// A state as words: a bit a unit, set for +1, or a byte a letter.
pub(super) fn words(state: &State) -> Vec<u64> {
    let (a_word, bits) = match state.alphabet() {
        Alphabet::Signs => (64, 1),
        Alphabet::Letters(_) => (8, 8),
    };
    let word = |units: &[i8]| {
        let shifts = (0..64).step_by(bits);
        let units = units.iter().zip(shifts);
        units.fold(0, |word, (unit, shift)| {
            word | u64::from((*unit).max(0).cast_unsigned()) << shift
        })
    };
    state.units().chunks(a_word).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;

    #[test]
    fn a_state_that_comes_back_is_noticed() {
        let mut seen = Seen::default();
        let states = [[1, 2], [2, 1], [1, 3], [2, 1], [2, 1]];
        let ago = states.map(|state| seen.take_in(&state));
        assert_eq!(ago, [None, None, None, Some(2), Some(1)]);
    }

    #[test]
    fn words_tell_states_apart() {
        let signs = State::from_fn(66, |unit| unit == 1 || unit == 65);
        assert_eq!(words(&signs), [2, 2]);
        let letters = State::from_letters(&[1, 0, 3], Letters::plain(4).unwrap()).unwrap();
        assert_eq!(words(&letters), [0x03_00_01]);
    }
}
