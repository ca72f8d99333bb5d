//! Starts of a census of attractors: of one kind, drawn one by one.
//!
//! Start number b is decided by the seed and b alone, so a census goes on where it stopped and can be dealt out. Absent:
//! where starts end (`catalogue`).

use crate::engine::corrupt::{Corruption, Noise};
use crate::engine::error::Error;
use crate::engine::patterns::{Patterns, State};
use crate::engine::rng::stream;
use rand::RngExt as _;
use std::ops::Range;

/// What a census starts from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CensusStarts {
    /// Any state, all with the same probability (of letters without the gap).
    Random,
    /// The patterns themselves, one after the other and again from the first: those stored, or unseen ones.
    Patterns,
    /// The same with a share of the units flipped, or of letters mutated: round(share × N) of them, any.
    Corrupted {
        /// From 0 to 1; larger is harder.
        share: f64,
    },
}

impl CensusStarts {
    /// The starts of these numbers; `patterns` say how many units there are and of what kind, whatever is started from.
    /// Refused: a share outside 0 to 1, and no pattern where starts are made of them.
    pub fn states(
        self,
        patterns: &Patterns,
        numbers: Range<u64>,
        seed: u64,
    ) -> Result<Vec<State>, Error> {
        self.check(patterns)?;
        Ok(numbers
            .map(|number| self.state(patterns, number, seed))
            .collect())
    }

    fn check(self, patterns: &Patterns) -> Result<(), Error> {
        if self != Self::Random && patterns.is_empty() {
            return Err(Error::NotEnough {
                asked: "a census from patterns".to_owned(),
                available: "0 patterns".to_owned(),
            });
        }
        self.check_share()
    }

    /// Refuses a share of corrupted units outside 0 to 1.
    pub fn check_share(self) -> Result<(), Error> {
        match self {
            Self::Corrupted { share } if !(0.0..=1.0).contains(&share) => Err(Error::Range {
                setting: "the share of corrupted units",
                range: "from 0 to 1".to_owned(),
                value: share.to_string(),
            }),
            _ => Ok(()),
        }
    }

    fn state(self, patterns: &Patterns, number: u64, seed: u64) -> State {
        let mut rng = stream(seed, &format!("census start {number}"));
        let original = || patterns.state((number % patterns.n_patterns() as u64) as usize);
        match self {
            Self::Random => {
                let alphabet = patterns.alphabet();
                State::filled(alphabet, patterns.grid().n_units(), |_| {
                    alphabet.random(&mut rng)
                })
            }
            Self::Patterns => original(),
            Self::Corrupted { share } => {
                let flip = Noise {
                    fraction: share,
                    seed: rng.random(),
                };
                let corruption = Corruption {
                    flip,
                    ..Corruption::default()
                };
                corruption.apply(&original(), patterns.grid())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::{Alphabet, Grid, Letters};
    use ndarray::Array2;
    use std::sync::Arc;

    fn patterns(alphabet: Alphabet) -> Arc<Patterns> {
        let mut rng = stream(1, "census test");
        let rows = Array2::from_shape_simple_fn((4, 100), || alphabet.random(&mut rng));
        Arc::new(Patterns::of(rows, alphabet, Grid::square(10), None).unwrap())
    }

    #[test]
    fn starts_are_decided_by_seed_and_number() {
        let letters = Alphabet::Letters(Letters::PROTEIN);
        for patterns in [patterns(Alphabet::Signs), patterns(letters)] {
            let corrupted = CensusStarts::Corrupted { share: 0.2 };
            for kind in [CensusStarts::Random, CensusStarts::Patterns, corrupted] {
                let all = kind.states(&patterns, 0..10, 7).unwrap();
                assert_eq!(kind.states(&patterns, 4..10, 7).unwrap(), all[4..]);
            }
            for (number, state) in corrupted
                .states(&patterns, 0..10, 7)
                .unwrap()
                .iter()
                .enumerate()
            {
                let original = patterns.state(number % 4);
                let changed = state.units().iter().zip(original.units());
                assert_eq!(changed.filter(|(a, b)| a != b).count(), 20);
            }
        }
        let patterns = patterns(Alphabet::Signs);
        assert!(
            CensusStarts::Corrupted { share: f64::NAN }
                .states(&patterns, 0..1, 1)
                .is_err()
        );
        let none = Patterns::none(Alphabet::Signs, Grid::square(3));
        assert!(CensusStarts::Patterns.states(&none, 0..1, 1).is_err());
        assert_eq!(
            CensusStarts::Random.states(&none, 0..2, 1).unwrap()[0].n_units(),
            9
        );
    }
}
