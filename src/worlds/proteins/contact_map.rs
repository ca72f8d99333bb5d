//! The contacts that a Potts memory speaks for, beside those of plain covariance and of a structure.

use super::Family;
use crate::engine::learning::{Learner, PottsHebb};

use crate::engine::observables::{ContactSteps, Contacts, Pair, Precision, ranked_pairs};
use crate::engine::patterns::Letters;
use crate::engine::potts::PottsCouplings;
use crate::engine::{Error, LearningRule, Memory, Patterns};
use ndarray::Array2;
use std::sync::Arc;

/// Scores of all pairs, and how many of the surest touch.
#[derive(Debug, Clone)]
pub struct ContactMap {
    /// Corrected scores, N × N, symmetric.
    pub scores: Array2<f32>,
    /// Distances in Å, N × N, NaN where unknown; where there is a structure.
    pub distances: Option<Array2<f32>>,
    /// Numbers of pairs looked at, with how many of them touch: by these couplings, and by plain covariance.
    pub precisions: Vec<(usize, Precision, Precision)>,
    /// Share of the pairs with |i − j| > 4 that touch: what guessing would get.
    pub chance: f64,
}

impl ContactMap {
    /// The map of `couplings` that were learned from `patterns` of `family`, which are of as many sites; precision at
    /// N/2 and N pairs.
    pub fn new(
        couplings: &PottsCouplings,
        patterns: &Arc<Patterns>,
        family: &Family,
    ) -> Result<Self, Error> {
        let mut steps = ContactMapSteps::new(patterns)?;
        while steps.step(couplings, family)? {}
        Ok(steps.map(family))
    }

    /// All pairs of sites that count, the surest first.
    pub fn ranked(&self) -> Vec<Pair> {
        ranked_pairs(&self.scores)
    }
}

/// A map in the making; every step is given the same couplings and family.
pub struct ContactMapSteps {
    patterns: Arc<Patterns>,
    letters: Letters,
    stage: Stage,
    /// By these couplings, and by plain covariance where there is a structure to compare with.
    contacts: Vec<Contacts>,
    precisions: Vec<(usize, Precision, Precision)>,
}

/// What a step does.
enum Stage {
    /// Scores pairs by the couplings asked for.
    Scoring(ContactSteps),
    /// Learns plain covariance.
    Learning(Box<dyn Learner>),
    /// Scores pairs by that.
    ScoringPlain(Memory, ContactSteps),
    /// Counts which of the surest pairs touch.
    Counting,
    Done,
}

impl ContactMapSteps {
    /// Begins with `patterns` of the family. Refused: patterns of no letters.
    pub fn new(patterns: &Arc<Patterns>) -> Result<Self, Error> {
        let letters = patterns.alphabet().letters().ok_or_else(|| Error::Format {
            expected: "contacts are of patterns of letters".to_owned(),
            found: format!("these are {}", patterns.alphabet()),
        })?;
        Ok(Self {
            patterns: Arc::clone(patterns),
            letters,
            stage: Stage::Scoring(ContactSteps::default()),
            contacts: Vec::new(),
            precisions: Vec::new(),
        })
    }

    /// Some more of the work; false if all was done before.
    pub fn step(&mut self, couplings: &PottsCouplings, family: &Family) -> Result<bool, Error> {
        match &mut self.stage {
            Stage::Scoring(steps) => {
                if !steps.step(couplings, self.letters) {
                    self.contacts.push(std::mem::take(steps).contacts());
                    self.stage = if family.distances.is_some() {
                        let rule = LearningRule::PottsHebb(PottsHebb::default());
                        Stage::Learning(rule.start(Arc::clone(&self.patterns), 0)?)
                    } else {
                        Stage::Done
                    };
                }
            }
            Stage::Learning(learner) => {
                if learner.step().is_none() {
                    self.stage = Stage::ScoringPlain(learner.memory()?, ContactSteps::default());
                }
            }
            Stage::ScoringPlain(memory, steps) => {
                let plain = memory.potts().expect("a rule for letters learned it");
                if !steps.step(plain, self.letters) {
                    self.contacts.push(std::mem::take(steps).contacts());
                    self.stage = Stage::Counting;
                }
            }
            Stage::Counting => {
                let n = couplings.n_units();
                let touches = |i: usize, j: usize| family.touches(i, j);
                for top in [n / 2, n] {
                    let of = |which: usize| self.contacts[which].precision(top, touches);
                    self.precisions.push((top, of(0), of(1)));
                }
                self.stage = Stage::Done;
            }
            Stage::Done => return Ok(false),
        }
        Ok(true)
    }

    /// What came of it.
    pub fn map(self, family: &Family) -> ContactMap {
        let mut contacts = self.contacts.into_iter();
        let mine = contacts.next().expect("the couplings were scored first");
        let touches = |i: usize, j: usize| family.touches(i, j);
        ContactMap {
            chance: match family.distances {
                Some(_) => mine.precision(usize::MAX, touches).share(),
                None => 0.0,
            },
            scores: mine.into_scores(),
            distances: family.distances.clone(),
            precisions: self.precisions,
        }
    }
}
