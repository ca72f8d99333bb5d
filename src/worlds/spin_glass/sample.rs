//! A lattice with configurations of it in equilibrium, and what can be said of how well they are mixed.

use super::bonds::Lattice;
use super::exact;
use super::replicas::{N_REPLICAS, state_of};
use super::tempering::{Record, Tempering};
use crate::engine::numbers::{decimals, percent};
use crate::engine::parallel::prelude::*;
use crate::engine::{Error, Patterns, State};
use ndarray::{Array2, Axis};
use std::sync::Arc;

/// Of so many ladders in a row the last one gives the configurations that are never stored.
const SHARE: usize = 4;

/// Configurations to store that a round gives.
pub(super) const STORED_A_ROUND: usize = N_REPLICAS / SHARE * (SHARE - 1);

/// Configurations never stored that a round gives.
pub(super) const UNSEEN_A_ROUND: usize = N_REPLICAS / SHARE;

/// A lattice with configurations of it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The bonds.
    pub lattice: Lattice,
    /// Their temperature T.
    pub temperature: f64,
    /// How well the sample is mixed.
    pub record: Record,
    /// What is exactly so, on small lattices.
    pub exact: Option<Exact>,
    /// Round by round one word a spin, with one bit a ladder.
    rounds: Vec<Vec<u64>>,
    /// The configurations to store that were asked for when it was sampled.
    patterns: Option<Arc<Patterns>>,
}

/// Exact energies per spin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exact {
    /// The mean in equilibrium at the temperature of the sample.
    pub mean: f64,
    /// That of the ground state.
    pub ground: f64,
}

impl Sample {
    /// What `tempering` came to.
    pub(super) fn of(tempering: Tempering) -> Self {
        let (lattice, rounds, record) = tempering.finish();
        let temperature = record.temperatures[0];
        let means = exact::mean_energy(&lattice, temperature);
        let exact = means.zip(exact::ground_state_energy(&lattice));
        Self {
            exact: exact.map(|(mean, ground)| Exact { mean, ground }),
            lattice,
            temperature,
            record,
            rounds,
            patterns: None,
        }
    }

    /// The same with the first configurations to store at hand, so that asking for as many takes no time.
    pub(super) fn with_patterns(mut self, n_patterns: usize) -> Result<Self, Error> {
        self.patterns = Some(self.patterns(n_patterns)?);
        Ok(self)
    }

    /// The first configurations to store. They come from other ladders than those never stored.
    pub(super) fn patterns(&self, n_patterns: usize) -> Result<Arc<Patterns>, Error> {
        let at_hand = self.patterns.as_ref();
        if let Some(patterns) = at_hand.filter(|patterns| patterns.n_patterns() == n_patterns) {
            return Ok(Arc::clone(patterns));
        }
        let mut rows = Array2::zeros((n_patterns, self.lattice.n_spins()));
        let rounds = rows.axis_chunks_iter_mut(Axis(0), STORED_A_ROUND);
        let rounds: Vec<_> = rounds.zip(&self.rounds).collect();
        rounds.into_par_iter().for_each(|(mut rows, words)| {
            for (place, mut row) in rows.outer_iter_mut().enumerate() {
                let ladder = place / (SHARE - 1) * SHARE + place % (SHARE - 1);
                for (unit, word) in row.iter_mut().zip(words) {
                    *unit = (word >> ladder & 1) as i8 * 2 - 1;
                }
            }
        });
        Patterns::new(rows, self.lattice.grid(), None).map(Arc::new)
    }

    /// The configuration at `index` that is never stored.
    pub(super) fn unseen(&self, index: usize) -> State {
        let (round, place) = (index / UNSEEN_A_ROUND, index % UNSEEN_A_ROUND);
        state_of(&self.rounds[round], place * SHARE + SHARE - 1)
    }

    /// How well the sample is mixed, in sentences.
    pub fn report(&self) -> Vec<String> {
        let mut report = self.record.report();
        if let Some(Exact { mean, ground }) = self.exact {
            let [mean, ground] = [mean, ground].map(|energy| decimals(energy, 4));
            report.push(format!(
                "Exactly: {mean} at this temperature, {ground} in the ground state"
            ));
        }
        report
    }
}

impl Record {
    /// Whether the energies from both starts agree: within four standard errors of their difference.
    pub fn agrees(&self) -> bool {
        let ([a, b], [error_a, error_b]) = (self.means, self.errors);
        (a - b).abs() <= 4.0 * error_a.hypot(error_b)
    }

    /// How well the sample is mixed, in sentences: energies, exchanges, overlaps.
    pub fn report(&self) -> Vec<String> {
        let ([a, b], [error_a, error_b]) = (self.means, self.errors);
        let met = if self.agrees() {
            "agree"
        } else {
            "do not agree: warm up longer"
        };
        let exchanges = self.exchanges.iter().copied().reduce(f64::min);
        let exchanges = exchanges.map_or_else(
            || "One temperature: nothing is exchanged".to_owned(),
            |least| {
                format!(
                    "Exchanges of neighbouring temperatures: {} at least",
                    percent(least)
                )
            },
        );
        vec![
            format!(
                "Energy per spin {} ± {error_a:.4} from random starts, {} ± {error_b:.4} from cold ones: they {met}",
                decimals(a, 4),
                decimals(b, 4)
            ),
            exchanges,
            format!(
                "Overlap of successive configurations {}, of independent ones {} (root mean square)",
                decimals(self.successive, 3),
                decimals(self.independent, 3)
            ),
        ]
    }
}
