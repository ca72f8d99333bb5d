//! One network of an experiment: a place on the axes, a rule, a repeat.

use crate::engine::corrupt::{Corruption, Noise};
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::rng::{Stream, stream};
use crate::engine::{Dynamics, Memory, Patterns, State};
use crate::trial::Recipe;
use crate::worlds::Source;
use rand::RngExt as _;
use rand::seq::index;
use std::sync::Arc;

/// Numbers that a unit gives, list by list; what they are is the experiment's.
pub type Sample = Vec<Vec<f64>>;

/// A place on the axes, a rule and a repeat, with the memory that follows.
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// Everything that decides the network.
    pub recipe: &'a Recipe,
    /// The place on the own axis.
    pub own: f64,
    /// Name of everything random in it: the experiment, the place on the axes and the repeat, but not the rule, so that
    /// rules meet the same noise.
    pub name: &'a str,
    /// Where the patterns are from.
    pub source: &'a Arc<Source>,
    /// The stored patterns.
    pub patterns: &'a Arc<Patterns>,
    /// What was learned and altered.
    pub batch: &'a Arc<Batch>,
}

impl Unit<'_> {
    /// The memory.
    pub fn memory(&self) -> &Arc<Memory> {
        self.batch.memory()
    }

    /// The random stream called `what` of this unit.
    pub fn stream(&self, what: &str) -> Stream {
        stream(self.recipe.seed, &format!("{} {what}", self.name))
    }

    /// `count` of the stored patterns, all of them where there are no more, in their order: the same at every place of the
    /// own axis.
    pub fn some_patterns(&self, count: usize) -> Vec<usize> {
        tried(self.patterns, self.recipe.seed, count)
    }

    /// Stabilities ξ_i h_i(ξ)/|J_i| of all units in the first `count` patterns that are tried; none without couplings
    /// between signs.
    pub fn stabilities(&self, count: usize) -> Option<Vec<f64>> {
        let couplings = self.memory().couplings()?;
        let norms: Vec<f64> = (0..couplings.n_units())
            .map(|unit| couplings.row_norm(unit))
            .collect();
        let mut all = Vec::new();
        for pattern in self.some_patterns(count) {
            let state = self.patterns.state(pattern);
            let fields = self.memory().fields(&state);
            let units = fields.iter().zip(state.units()).zip(&norms);
            all.extend(units.map(|((field, sign), norm)| {
                let aligned = f64::from(*field) * f64::from(*sign);
                if *norm > 0.0 { aligned / norm } else { 0.0 }
            }));
        }
        Some(all)
    }

    /// A cue made of `state`, with floor(N (1 − `overlap`)/2) units flipped, or floor(N (1 − `overlap`)) letters
    /// mutated, as [`Corruption`] does it with this seed.
    pub fn cue(&self, state: &State, overlap: f64, seed: u64) -> State {
        corruption(state, overlap, seed).apply(state, self.patterns.grid())
    }

    /// The states after one step of all units at once.
    pub fn one_step(&self, states: &[State]) -> Vec<State> {
        let rests = self.batch.settle(states, Dynamics::Synchronous, |_| 0, 1);
        rests.into_iter().map(|rest| rest.state).collect()
    }

    /// Where the states end under the dynamics of the recipe. Their random choices come from the unit's own stream.
    pub fn settle(&self, states: &[State]) -> Vec<Rest> {
        let mut rng = self.stream("dynamics");
        let seeds: Vec<u64> = states.iter().map(|_| rng.random()).collect();
        let recipe = self.recipe;
        let dynamics = recipe.track().dynamics;
        self.batch
            .settle(states, dynamics, |b| seeds[b], recipe.max_sweeps)
    }
}

/// Share of units in which two states of as many units differ, 0 to 1.
pub fn share_changed(one: &State, other: &State) -> f64 {
    let units = one.units().iter().zip(other.units());
    units.filter(|(a, b)| a != b).count() as f64 / one.n_units() as f64
}

/// `count` of `patterns`, all of them where there are no more, in their order.
pub(super) fn tried(patterns: &Patterns, seed: u64, count: usize) -> Vec<usize> {
    let n_patterns = patterns.n_patterns();
    let mut rng = stream(seed, "lab patterns");
    let mut some = index::sample(&mut rng, n_patterns, count.min(n_patterns)).into_vec();
    some.sort_unstable();
    some
}

/// What corrupts `state` to an overlap of `overlap`, 0 to 1, or just above.
pub fn corruption(state: &State, overlap: f64, seed: u64) -> Corruption {
    let n_units = state.n_units() as f64;
    let share = match state.alphabet().letters() {
        Some(_) => 1.0 - overlap,
        None => (1.0 - overlap) / 2.0,
    };
    // What rounding left below a whole number of units is that number: N (1 − 0.9)/2 at N = 20 is one.
    let count = (n_units * share + 1e-9).floor();
    Corruption {
        flip: Noise {
            fraction: count / n_units,
            seed,
        },
        ..Corruption::default()
    }
}
