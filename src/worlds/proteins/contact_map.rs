//! The contacts that a Potts memory speaks for, beside those of plain covariance and of a structure.

use super::world::Family;
use crate::engine::learning::PottsHebb;
use crate::engine::observables::{Contacts, Precision};
use crate::engine::potts::PottsCouplings;
use crate::engine::{Error, LearningRule, Patterns};
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
    /// The map of `couplings` that were learned from `patterns` of `family`; precision at N/2 and N pairs.
    pub fn new(
        couplings: &PottsCouplings,
        patterns: Arc<Patterns>,
        family: &Family,
    ) -> Result<Self, Error> {
        let letters = patterns.alphabet().letters().ok_or_else(|| Error::Format {
            expected: "contacts are of patterns of letters".to_owned(),
            found: format!("these are {}", patterns.alphabet()),
        })?;
        let n = couplings.n_units();
        let contacts = Contacts::new(couplings, letters);
        let mut precisions = Vec::new();
        let mut chance = 0.0;
        if family.distances.is_some() {
            let covariance = LearningRule::PottsHebb(PottsHebb::default()).learn(patterns, 0)?;
            let covariance = covariance
                .potts()
                .map(|potts| Contacts::new(potts, letters));
            let touches = |i: usize, j: usize| family.touches(i, j);
            for top in [n / 2, n] {
                let plain = covariance
                    .as_ref()
                    .map(|contacts| contacts.precision(top, touches));
                let plain = plain.unwrap_or(Precision {
                    looked_at: 0,
                    touching: 0,
                });
                precisions.push((top, contacts.precision(top, touches), plain));
            }
            chance = contacts.precision(usize::MAX, touches).share();
        }
        Ok(Self {
            scores: contacts.scores().clone(),
            distances: family.distances.clone(),
            precisions,
            chance,
        })
    }
}
