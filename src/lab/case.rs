//! One network of an experiment: a place on the axes, a rule, a repeat; and what is made of its patterns.

use super::sites::Sites;
use crate::engine::corrupt::Corruption;
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::rng::{Stream, stream};
use crate::engine::{Dynamics, Error, Memory, Patterns, State};
use crate::trial::Recipe;
use crate::worlds::Source;
use rand::RngExt as _;
use rand::seq::index;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Couplings that states may pass over at the most before somebody looks whether to go on, some seconds' worth.
const UNINTERRUPTED: f64 = 1e11;

/// States that always go together, so that all threads have some.
const LEAST: usize = 64;

/// Numbers that a case gives, list by list; what they are is the experiment's.
pub type Sample = Vec<Vec<f64>>;

/// A place on the axes, a rule and a repeat, with the memory that follows.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// Everything that decides the network.
    pub recipe: &'a Recipe,
    /// The place on the own axis.
    pub own: f64,
    /// Name of everything random in it: the experiment and the place on the axes, but not the rule, so that rules meet
    /// the same noise. The repeat is in the seed.
    pub name: &'a str,
    /// Where the patterns are from.
    pub source: &'a Arc<Source>,
    /// The stored patterns.
    pub patterns: &'a Arc<Patterns>,
    /// What was learned and altered.
    pub batch: &'a Arc<Batch>,
    /// Set when nobody waits for the answer any more.
    pub cancelled: &'a AtomicBool,
}

/// Cues of stored patterns, one pattern after the other.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    /// The pattern of each cue.
    pub originals: Vec<State>,
    /// The cues.
    pub cues: Vec<State>,
}

impl Cues {
    /// Overlaps of where cues ended with their patterns.
    pub fn overlaps(&self, rests: &[Rest]) -> Vec<f64> {
        let ends = rests.iter().zip(&self.originals);
        ends.map(|(rest, original)| rest.state.overlap(original))
            .collect()
    }
}

impl Case<'_> {
    /// The memory.
    pub fn memory(&self) -> &Arc<Memory> {
        self.batch.memory()
    }

    /// Whether nobody waits for the answer any more: what is given then is never looked at.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// How the units of patterns lie, and what they can be.
    pub fn sites(&self) -> Sites {
        Sites::of(self.patterns)
    }

    /// The random stream called `what` of this case.
    pub fn stream(&self, what: &str) -> Stream {
        stream(self.recipe.seed, &format!("{} {what}", self.name))
    }

    /// `count` of the stored patterns, all of them where there are no more, in their order: the same at every place of the
    /// own axis where as many are stored.
    pub fn some_patterns(&self, count: usize) -> Vec<usize> {
        tried(self.patterns.n_patterns(), self.recipe.seed, count)
    }

    /// The states of [`Self::some_patterns`].
    pub fn some_states(&self, count: usize) -> Vec<State> {
        let some = self.some_patterns(count).into_iter();
        some.map(|pattern| self.patterns.state(pattern)).collect()
    }

    /// `trials` cues of each of [`Self::some_patterns`], corrupted as `make` says for the seed that it is given.
    pub fn cues(
        &self,
        lots: &mut Stream,
        (patterns, trials): (usize, usize),
        make: impl Fn(u64) -> Option<Corruption>,
    ) -> Result<Cues, Error> {
        let Sites { grid, alphabet } = self.sites();
        let mut made = Cues::default();
        for state in self.some_states(patterns) {
            for _ in 0..trials {
                let corruption = make(cue_seed(lots)).unwrap_or_default();
                corruption.check(grid, alphabet)?;
                made.cues.push(corruption.apply(&state, grid));
                made.originals.push(state.clone());
            }
        }
        Ok(made)
    }

    /// Stabilities ξ_i h_i(ξ)/|J_i| of all units in [`Self::some_patterns`]; none without couplings between signs.
    pub fn stabilities(&self, count: usize) -> Option<Vec<f64>> {
        let couplings = self.memory().couplings()?;
        let norms: Vec<f64> = (0..couplings.n_units())
            .map(|unit| couplings.row_norm(unit))
            .collect();
        let mut all = Vec::new();
        for state in self.some_states(count) {
            let fields = self.memory().fields(&state);
            let units = fields.iter().zip(state.units()).zip(&norms);
            all.extend(units.map(|((field, sign), norm)| {
                let aligned = f64::from(*field) * f64::from(*sign);
                if *norm > 0.0 { aligned / norm } else { 0.0 }
            }));
        }
        Some(all)
    }

    /// The states after one step of all units at once.
    pub fn one_step(&self, states: &[State]) -> Vec<State> {
        let rests = self.batch.settle(states, Dynamics::Synchronous, |_| 0, 1);
        rests.into_iter().map(|rest| rest.state).collect()
    }

    /// Where the states end under the dynamics of the recipe. Their random choices come from the case's own stream. Once
    /// the case is cancelled the rest of them stay where they are.
    pub fn settle(&self, states: &[State]) -> Vec<Rest> {
        let mut rng = self.stream("dynamics");
        let seeds: Vec<u64> = states.iter().map(|_| rng.random()).collect();
        let recipe = self.recipe;
        let dynamics = recipe.track().dynamics;
        let n_units = self.patterns.n_units() as f64;
        let longest = n_units * n_units * recipe.max_sweeps as f64;
        let count = ((UNINTERRUPTED / longest) as usize).max(LEAST);
        let mut rests = Vec::with_capacity(states.len());
        for (part, states) in states.chunks(count).enumerate() {
            let max_sweeps = if self.is_cancelled() {
                0
            } else {
                recipe.max_sweeps
            };
            let seed = |b| seeds[part * count + b];
            rests.extend(self.batch.settle(states, dynamics, seed, max_sweeps));
        }
        rests
    }
}

/// The seed of the next cue: of 32 bits, which the number fields of a window hold.
pub(super) fn cue_seed(lots: &mut Stream) -> u64 {
    u64::from(lots.random::<u32>())
}

/// `count` of so many patterns, all of them where there are no more, in their order.
pub(super) fn tried(n_patterns: usize, seed: u64, count: usize) -> Vec<usize> {
    let mut rng = stream(seed, "lab patterns");
    let mut some = index::sample(&mut rng, n_patterns, count.min(n_patterns)).into_vec();
    some.sort_unstable();
    some
}
