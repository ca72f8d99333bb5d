//! A census of attractors: starts of one kind, drawn one by one, and what share of them each label has.
//!
//! Start number b is decided by the seed and b alone, so a census goes on where it stopped and can be dealt out. Absent:
//! where starts end (`catalogue`).

use super::catalogue::Catalogue;
use super::shares::{good_turing, wilson};
use crate::engine::corrupt::{Corruption, Noise};
use crate::engine::error::Error;
use crate::engine::patterns::{Patterns, State};
use crate::engine::rng::stream;
use rand::RngExt as _;
use std::collections::BTreeMap;
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

/// How many starts ended in the attractors of one label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelShare {
    /// The label, see [`Attractor::label`](super::Attractor::label).
    pub label: String,
    /// Starts.
    pub count: u64,
    /// The same over all starts, from 0 to 1.
    pub share: f64,
    /// Its interval of 95 % (Wilson).
    pub interval: [f64; 2],
    /// How many attractors have the label.
    pub n_attractors: usize,
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

impl Catalogue {
    /// The share of starts of every label, the largest first, of equals by their labels.
    pub fn shares(&self) -> Vec<LabelShare> {
        let mut counts: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
        for attractor in self.attractors() {
            let (count, n_attractors) = counts.entry(&attractor.label).or_default();
            *count += attractor.count;
            *n_attractors += 1;
        }
        let total = self.n_starts();
        let shares = counts
            .into_iter()
            .map(|(label, (count, n_attractors))| LabelShare {
                label: label.to_owned(),
                count,
                share: if total > 0 {
                    count as f64 / total as f64
                } else {
                    0.0
                },
                interval: wilson(count, total),
                n_attractors,
            });
        let mut shares: Vec<LabelShare> = shares.collect();
        shares.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        shares
    }

    /// About the share of further starts that will end in an attractor not yet in the catalogue (Good–Turing).
    pub fn unseen_share(&self) -> f64 {
        good_turing(self.attractors().iter().map(|attractor| attractor.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::dynamics::{Batch, Dynamics};
    use crate::engine::learning::LearningRule;
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

    #[test]
    fn shares_sum_to_one_and_come_largest_first() {
        let patterns = patterns(Alphabet::Signs);
        let memory = LearningRule::parse("hebb")
            .unwrap()
            .learn(Arc::clone(&patterns), 1)
            .unwrap();
        let batch = Batch::new(Arc::new(memory));
        let mut catalogue = Catalogue::default();
        assert_eq!(
            (catalogue.shares().len(), catalogue.unseen_share()),
            (0, 1.0)
        );
        for kind in [CensusStarts::Random, CensusStarts::Patterns] {
            let starts = kind.states(&patterns, 0..100, 3).unwrap();
            catalogue.take(
                &batch,
                &patterns,
                &starts,
                Dynamics::Synchronous,
                |_| 0,
                100,
            );
        }
        let shares = catalogue.shares();
        assert!((shares.iter().map(|it| it.share).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares.windows(2).all(|pair| pair[0].count >= pair[1].count));
        assert!(shares.iter().any(|it| it.label == "+2" && it.count >= 25));
        let once = catalogue
            .attractors()
            .iter()
            .filter(|it| it.count == 1)
            .count();
        assert_eq!(catalogue.unseen_share(), once as f64 / 200.0);
        let n_attractors: usize = shares.iter().map(|it| it.n_attractors).sum();
        assert_eq!(n_attractors, catalogue.attractors().len());
    }
}
