//! One memory whose attractors are looked at, by window and command line: learned, or of given couplings.

use crate::engine::attractors::{Catalogue, CensusStarts, Ending, Landing, landings};
use crate::engine::dynamics::Batch;
use crate::engine::patterns::{Alphabet, Grid, Patterns, State};
use crate::engine::{Couplings, Dynamics, Error, Memory};
use crate::lab::cache::{Cache, Key, Network};
use crate::trial::Recipe;
use crate::worlds::Source;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A memory, what it stores, and how states move in it.
#[derive(Debug, Clone)]
pub struct ProbedMemory {
    /// The memory, made ready.
    pub batch: Arc<Batch>,
    /// What it stores; nothing of given couplings.
    pub patterns: Arc<Patterns>,
    /// Where patterns are from; none of given couplings.
    pub source: Option<Arc<Source>>,
    /// How states move.
    pub dynamics: Dynamics,
    /// Decides the order of the units, one for all starts.
    pub seed: u64,
    /// Sweeps after which a run is stopped.
    pub max_sweeps: u64,
}

impl ProbedMemory {
    /// The memory that `recipe` learns. Refused: what cannot be learned, and a heat bath, under which nothing is an attractor.
    pub fn learned(recipe: &Recipe) -> Result<Self, Error> {
        Self::learned_with(recipe, &Cache::default(), &AtomicBool::new(false))
    }

    /// The same with what was prepared and learned into `cache` before; `cancelled` is looked at between two steps.
    pub fn learned_with(
        recipe: &Recipe,
        cache: &Cache,
        cancelled: &AtomicBool,
    ) -> Result<Self, Error> {
        check_rest(recipe.track().dynamics)?;
        let key = Key::of(recipe);
        let network = if let Some(known) = cache.network(&key) {
            known
        } else {
            let source = cache.source(recipe, cancelled)?;
            let learned = Network::learn(recipe, source, cancelled);
            // What was stopped is no network.
            if !cancelled.load(Ordering::Relaxed) {
                cache.keep(key, learned.clone());
            }
            learned
        };
        let Network {
            source,
            patterns,
            batch,
        } = network?;
        Ok(Self {
            batch,
            patterns,
            source: Some(source),
            dynamics: recipe.track().dynamics,
            seed: recipe.seed,
            max_sweeps: recipe.max_sweeps,
        })
    }

    /// Given couplings. Refused: a heat bath.
    pub fn given(
        couplings: Couplings,
        dynamics: Dynamics,
        seed: u64,
        max_sweeps: u64,
    ) -> Result<Self, Error> {
        check_rest(dynamics)?;
        let grid = Grid::near_square(couplings.n_units());
        Ok(Self {
            batch: Arc::new(Batch::new(Arc::new(Memory::Pairwise(couplings)))),
            patterns: Arc::new(Patterns::none(Alphabet::Signs, grid)),
            source: None,
            dynamics,
            seed,
            max_sweeps,
        })
    }

    /// Where `starts` end; they are taken into `catalogue`.
    pub fn endings(&self, catalogue: &mut Catalogue, starts: &[State]) -> Vec<Ending> {
        let order = |_: usize| self.seed;
        let (patterns, sweeps) = (&self.patterns, self.max_sweeps);
        catalogue.take(&self.batch, patterns, starts, self.dynamics, order, sweeps)
    }

    /// Where `starts` end, to be taken into a catalogue elsewhere.
    pub fn landings(&self, starts: &[State]) -> Vec<Landing> {
        let order = |_: usize| self.seed;
        landings(&self.batch, starts, self.dynamics, order, self.max_sweeps)
    }

    /// Takes in where starts ended that were settled elsewhere.
    pub fn take_landings(&self, catalogue: &mut Catalogue, ends: &[Landing]) -> Vec<Ending> {
        catalogue.take_landings(self.batch.memory(), &self.patterns, self.dynamics, ends)
    }

    /// The starts of a census of these numbers. Refused: what starts cannot be made of.
    pub fn starts(
        &self,
        from: CensusStarts,
        unseen: bool,
        numbers: Range<u64>,
    ) -> Result<Vec<State>, Error> {
        from.states(&*self.originals(unseen)?, numbers, self.seed)
    }

    /// What starts are made of: the stored patterns, or unseen ones. Refused: unseen ones where there are none.
    pub(super) fn originals(&self, unseen: bool) -> Result<Arc<Patterns>, Error> {
        if !unseen {
            return Ok(Arc::clone(&self.patterns));
        }
        let examples = match &self.source {
            Some(source) => source.first_unseen(source.n_unseen().min(MOST_UNSEEN))?,
            None => Vec::new(),
        };
        let states: Vec<State> = examples.into_iter().map(|it| it.state).collect();
        if states.is_empty() {
            return Err(Error::NotEnough {
                asked: "unseen patterns to start from".to_owned(),
                available: "0".to_owned(),
            });
        }
        Patterns::of_states(&states, self.patterns.grid()).map(Arc::new)
    }
}

/// Unseen patterns that a census starts from, at most.
const MOST_UNSEEN: usize = 10_000;

/// Refuses dynamics that never come to rest.
pub(super) fn check_rest(dynamics: Dynamics) -> Result<(), Error> {
    if dynamics.temperature() > 0.0 {
        return Err(Error::Format {
            expected: "attractors are of dynamics that come to rest".to_owned(),
            found: "a heat bath never does".to_owned(),
        });
    }
    Ok(())
}
