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
                    }
                }
            }
        }
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
