//! The attractors that starts end in, each kept once, and how many starts each has.
//!
//! Starts are taken in as many at a time as the caller likes, and catalogues of pieces can be laid together: both come
//! to what one run over all starts would. Attractors stand in the order in which starts first ended in them; what an
//! attractor is, and is called, is decided by the start alone. Absent: where starts come from.

use super::attractor::{Attractor, Key, Landing};
use crate::engine::dense::DenseMemory;
use crate::engine::dynamics::{Batch, Dynamics, Relaxation};
use crate::engine::memory::Memory;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::{Patterns, State};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where one start ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The place of its attractor in the catalogue.
    pub attractor: usize,
    /// Sweeps of the run, see [`Attractor::sweeps`].
    pub sweeps: u64,
    /// Sweeps of a round: 1 at a fixed point, 2 or more in a cycle, 0 where it did not settle.
    pub length: u64,
}

/// The attractors of one memory under one dynamics, as far as starts have shown them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    attractors: Vec<Attractor>,
    /// The attractor of every end that is known: of a cycle, of all its states.
    known: BTreeMap<Key, usize>,
}

impl Catalogue {
    /// The attractors, in the order in which starts first ended in them.
    pub fn attractors(&self) -> &[Attractor] {
        &self.attractors
    }

    /// Starts taken in.
    pub fn n_starts(&self) -> u64 {
        self.attractors
            .iter()
            .map(|attractor| attractor.count)
            .sum()
    }

    /// For every attractor a number from 0 that those with the same label share, in the order of first appearance.
    pub fn label_numbers(&self) -> Vec<usize> {
        let mut numbers = BTreeMap::new();
        let labels = self.attractors.iter();
        labels
            .map(|attractor| {
                let next = numbers.len();
                *numbers.entry(&attractor.label).or_insert(next)
            })
            .collect()
    }

    /// Takes in where `starts` end in the memory of `batch`, and hands back the end of each.
    ///
    /// Start b takes its random choices from `seed(b)`: give all starts of a picture the same, so that one order is that of
    /// the whole picture. `patterns` are those stored, by which ends are told; heat baths end nowhere. Each start must
    /// be such as the memory takes. A catalogue is of one memory, one dynamics and one `max_sweeps`.
    pub fn take(
        &mut self,
        batch: &Batch,
        patterns: &Patterns,
        starts: &[State],
        dynamics: Dynamics,
        seed: impl Fn(usize) -> u64 + Sync,
        max_sweeps: u64,
    ) -> Vec<Ending> {
        let landings = landings(batch, starts, dynamics, seed, max_sweeps);
        self.take_landings(batch.memory(), patterns, dynamics, &landings)
    }

    /// The same of starts that were settled before, be it elsewhere.
    pub fn take_landings(
        &mut self,
        memory: &Arc<Memory>,
        patterns: &Patterns,
        dynamics: Dynamics,
        landings: &[Landing],
    ) -> Vec<Ending> {
        let keys: Vec<Key> = landings
            .iter()
            .map(|landing| landing.key(patterns))
            .collect();
        let mut met = BTreeSet::new();
        let new: Vec<&Landing> = landings
            .iter()
            .zip(&keys)
            .filter(|(_, key)| !self.known.contains_key(*key) && met.insert(*key))
            .map(|(landing, _)| landing)
            .collect();
        // What they are is the dear part.
        let described: Vec<(Attractor, Vec<Key>)> = new
            .into_par_iter()
            .map(|landing| landing.described(memory, patterns, dynamics))
            .collect();
        for (attractor, keys) in described {
            self.put(attractor, keys);
        }
        let runs = landings.iter().zip(&keys);
        runs.map(|(landing, key)| self.count(key, landing.sweeps))
            .collect()
    }

    /// Takes in what `other` knows, which comes after what is here; for each attractor of `other`, its place here.
    pub fn merge(&mut self, other: &Self) -> Vec<usize> {
        let mut keys = vec![Vec::new(); other.attractors.len()];
        for (key, place) in &other.known {
            keys[*place].push(key.clone());
        }
        let all = other.attractors.iter().zip(keys);
        all.map(|(attractor, keys)| {
            let (count, sweeps) = (attractor.count, &attractor.sweeps);
            let nothing = Attractor {
                count: 0,
                sweeps: BTreeMap::new(),
                ..attractor.clone()
            };
            let place = self.put(nothing, keys);
            let ours = &mut self.attractors[place];
            ours.count += count;
            for (sweeps, count) in sweeps {
                *ours.sweeps.entry(*sweeps).or_insert(0) += count;
            }
            place
        })
        .collect()
    }

    /// Makes an attractor known by its keys, unless it is; its place.
    fn put(&mut self, attractor: Attractor, keys: Vec<Key>) -> usize {
        let known = keys.iter().find_map(|key| self.known.get(key).copied());
        let place = known.unwrap_or_else(|| {
            self.attractors.push(attractor);
            self.attractors.len() - 1
        });
        for key in keys {
            self.known.entry(key).or_insert(place);
        }
        place
    }

    fn count(&mut self, key: &Key, sweeps: u64) -> Ending {
        let place = self.known[key];
        let attractor = &mut self.attractors[place];
        attractor.count += 1;
        *attractor.sweeps.entry(sweeps).or_insert(0) += 1;
        Ending {
            attractor: place,
            sweeps,
            length: attractor.length,
        }
    }
}

/// Where starts end, in a batch; where states are continuous one by one, since a batch hands back signs alone. Start b
/// takes its random choices from `seed(b)`.
pub fn landings(
    batch: &Batch,
    starts: &[State],
    dynamics: Dynamics,
    seed: impl Fn(usize) -> u64 + Sync,
    max_sweeps: u64,
) -> Vec<Landing> {
    let is_continuous = batch
        .memory()
        .dense()
        .is_some_and(DenseMemory::is_continuous);
    if is_continuous {
        let starts = starts.par_iter().enumerate();
        let landing = |(b, start)| graded(batch.memory(), start, dynamics, seed(b), max_sweeps);
        return starts.map(landing).collect();
    }
    let rests = batch.settle(starts, dynamics, seed, max_sweeps).into_iter();
    rests
        .map(|rest| Landing {
            state: rest.state,
            verdict: rest.verdict,
            sweeps: rest.sweeps,
            graded: None,
        })
        .collect()
}

fn graded(
    memory: &Arc<Memory>,
    start: &State,
    dynamics: Dynamics,
    seed: u64,
    max_sweeps: u64,
) -> Landing {
    let mut run = Relaxation::new(Arc::clone(memory), start.clone(), dynamics, seed);
    let verdict = run.settle(max_sweeps);
    let units = |units: &[f64]| units.iter().map(|unit| *unit as f32).collect();
    Landing {
        state: run.state().clone(),
        verdict,
        sweeps: run.sweeps(),
        graded: run.graded().map(|it| (units(it.units()), it.energy())),
    }
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
