//! States as words in the order of their units, and as a number that stays the same for ever.

use crate::engine::patterns::{Alphabet, State};

/// A state as words: a bit a unit, set for +1, or a byte a letter, the first unit highest. Words are in the order of
/// states: unit by unit, −1 before +1, letters as they are numbered.
pub(super) fn packed(state: &State) -> Vec<u64> {
    let (a_word, bits) = match state.alphabet() {
        Alphabet::Signs => (64, 1),
        Alphabet::Letters(_) => (8, 8),
    };
    let word = |units: &[i8]| {
        let all = units.iter().fold(0, |word: u64, unit| {
            word << bits | u64::from((*unit).max(0).cast_unsigned())
        });
        all << (bits * (a_word - units.len()) % 64)
    };
    state.units().chunks(a_word).map(word).collect()
}

/// A state made ready to be compared with many others, a word of units at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedState {
    words: Vec<u64>,
    n_units: usize,
    alphabet: Alphabet,
}

impl PackedState {
    /// That of `state`.
    pub fn of(state: &State) -> Self {
        Self {
            words: packed(state),
            n_units: state.n_units(),
            alphabet: state.alphabet(),
        }
    }

    /// The overlap, exactly that of the [states](State::overlap): from −1 to 1 of signs, from 0 to 1 of letters. None where
    /// one has other units than the other.
    pub fn overlap(&self, other: &Self) -> Option<f64> {
        if (self.n_units, self.alphabet) != (other.n_units, other.alphabet) {
            return None;
        }
        let words = self.words.iter().zip(&other.words);
        // What fills the last word is the same in both.
        let sum = match self.alphabet {
            Alphabet::Signs => {
                let differing: u32 = words.map(|(a, b)| (a ^ b).count_ones()).sum();
                self.n_units as f64 - 2.0 * f64::from(differing)
            }
            Alphabet::Letters(_) => {
                let differing: u32 = words.map(|(a, b)| bytes_set(a ^ b)).sum();
                self.n_units as f64 - f64::from(differing)
            }
        };
        Some(sum / self.n_units as f64)
    }
}

/// How many bytes of a word are not 0.
fn bytes_set(word: u64) -> u32 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    ((((word & LOW) + LOW) | word) & !LOW).count_ones()
}

/// FNV-1a of 64 bits over the units, a byte each as it is kept (−1 is 255).
pub(super) fn fingerprint(state: &State) -> u64 {
    let bytes = state.units().iter().map(|unit| unit.cast_unsigned());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;
    use crate::engine::rng::stream;

    #[test]
    fn words_are_in_the_order_of_states() {
        let mut rng = stream(1, "packing test");
        let letters = Letters::PROTEIN;
        for alphabet in [Alphabet::Signs, Alphabet::Letters(letters)] {
            for n_units in [1, 7, 8, 9, 64, 65, 130] {
                let mut states: Vec<State> = (0..40)
                    .map(|_| State::filled(alphabet, n_units, |_| alphabet.random(&mut rng)))
                    .collect();
                let near = states[0].clone();
                states.push(near);
                for a in &states {
                    for b in &states {
                        assert_eq!(packed(a).cmp(&packed(b)), a.units().cmp(b.units()));
                        let overlap = PackedState::of(a).overlap(&PackedState::of(b));
                        assert_eq!(overlap, Some(a.overlap(b)), "{n_units} {alphabet}");
                    }
                }
            }
        }
    }

    #[test]
    fn states_of_other_units_have_no_overlap() {
        let of = |signs: &[i8]| PackedState::of(&State::from_signs(signs));
        assert_eq!(of(&[1, -1]).overlap(&of(&[1, -1, 1])), None);
        let letters = State::from_letters(&[1, 0], Letters::plain(2).unwrap()).unwrap();
        assert_eq!(of(&[1, -1]).overlap(&PackedState::of(&letters)), None);
    }

    #[test]
    fn fingerprints_are_those_of_the_published_hash() {
        // Of no byte, of one 0, and of 1, 255, 255.
        let letters = Letters::plain(32).unwrap();
        let state = State::from_letters(&[], letters).unwrap();
        assert_eq!(fingerprint(&state), 0xcbf2_9ce4_8422_2325);
        let state = State::from_letters(&[0], letters).unwrap();
        assert_eq!(fingerprint(&state), 0xaf63_bd4c_8601_b7df);
        assert_eq!(
            fingerprint(&State::from_signs(&[1, -1, -1])),
            0xd2db_0e18_6909_4082
        );
    }
}
