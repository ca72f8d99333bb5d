//! Random features: patterns composed of a few of D hidden ones.
//!
//! There are D features f_k ∈ {±1}^N. Every example picks L of them at random, each with a random sign c_k, and is
//! the sign of their sum: ξ = sign(Σ c_k f_k) (D'Amico et al. 2025; the data of Negri et al. 2023). For an odd L the
//! sum is never zero. For an even L it can be, and such a unit then is ±1 by a fair coin of its own, as in the
//! authors' program. Unseen examples are mixtures of the same features.

use super::kind::{self, Example, Preparing, Stored, WorldInfo, WorldKind, WorldSettings};
use super::random::{FEW_UNITS, MAX_UNITS, UNITS, fair};
use crate::engine::patterns::Label;
use crate::engine::rng::{Stream, stream};
use crate::engine::settings::{Field, Setting, SettingKind, Settings};
use crate::engine::{Error, Grid, Patterns, State};
use rand::RngExt as _;
use std::sync::Arc;

/// Most stored examples.
pub const MAX_EXAMPLES: usize = 20_000;

/// Most features.
pub const MAX_FEATURES: usize = 20_000;

/// Examples that are never stored, as many as the authors test on.
const N_UNSEEN: usize = 1000;

/// Additions up to which making the examples fits into a frame.
const WITHIN_A_FRAME: usize = 1_000_000;

/// Additions of a step of preparing: a few milliseconds' work.
const STEP: usize = 4_000_000;

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features {
    /// Units N.
    pub n_units: usize,
    /// Stored examples over units, α = P/N.
    pub load: f64,
    /// Features over units, α_D = D/N.
    pub feature_load: f64,
    /// Features to an example, L.
    pub mixed: usize,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            n_units: 400,
            load: 0.5,
            feature_load: 0.05,
            mixed: 3,
        }
    }
}

/// What the world is and what its settings mean.
const ABOUT: WorldInfo = WorldInfo {
    name: "features",
    title: "Random features",
    summary: "Patterns composed of a few hidden features: with more of them, a memory finds the features",
    reference: "D'Amico et al. 2025, arXiv 2507.05147; random-features Hopfield model, Negri et al. 2023",
    n_first: 4,
    noun: "example",
    unseen: "another mixture of the same features",
};

impl Features {
    /// Stored examples P = α N, at least 1.
    fn n_examples(&self) -> usize {
        ((self.load * self.n_units as f64).round() as usize).max(1)
    }

    /// Features D = α_D N, at least 1.
    pub fn n_features(&self) -> usize {
        ((self.feature_load * self.n_units as f64).round() as usize).max(1)
    }

    /// Mean overlap of an example with each of its features, c_k taken into account: (L − 1 choose ⌊(L − 1)/2⌋) / 2^(L − 1).
    ///
    /// For an odd L that is the chance that the other L − 1 cancel, so that this feature decides. For an even L it is
    /// half the chance that they sum to ±1: then this feature makes it ±2 or a tie, and a coin takes half of the ties.
    pub fn overlap_with_own_feature(&self) -> f64 {
        let others = self.mixed - 1;
        let balanced = others / 2;
        let ways = (0..balanced).fold(1.0, |ways, k| ways * (others - k) as f64 / (k + 1) as f64);
        ways / (others as f64).exp2()
    }

    fn example(&self, features: &Patterns, rng: &mut Stream) -> (State, Label) {
        let mut chosen = Vec::with_capacity(self.mixed);
        while chosen.len() < self.mixed {
            let feature = rng.random_range(0..features.n_patterns());
            if !chosen.contains(&feature) {
                chosen.push(feature);
            }
        }
        let mut sums = vec![0_i8; self.n_units];
        let mut name = Vec::with_capacity(self.mixed);
        for feature in chosen {
            let sign: i8 = if rng.random() { 1 } else { -1 };
            for (sum, unit) in sums.iter_mut().zip(features.pattern(feature)) {
                *sum += sign * unit;
            }
            name.push(format!("{}{feature}", if sign > 0 { "" } else { "−" }));
        }
        let coins = if self.mixed.is_multiple_of(2) {
            fair(rng, self.n_units)
        } else {
            State::blank(self.n_units)
        };
        let up = |unit: usize| sums[unit] > 0 || (sums[unit] == 0 && coins.units()[unit] > 0);
        let noun = if name.len() == 1 {
            "feature"
        } else {
            "features"
        };
        let label = format!("{noun} {}", name.join(", "));
        (State::from_fn(self.n_units, up), label.into())
    }
}

impl Settings for Features {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new(
            UNITS,
            |world| world.n_units as f64,
            |world, value| world.n_units = value as usize,
        )
        .sliding(FEW_UNITS as f64, MAX_UNITS as f64),
        Field::<Self>::new(
            Setting {
                key: "alpha",
                label: "α = P/N",
                help: "Stored examples over units. Larger stores more mixtures of the same features",
                kind: SettingKind::Number {
                    min: 0.01,
                    max: 100.0,
                    logarithmic: true,
                },
            },
            |world| world.load,
            |world, value| world.load = value,
        )
        .sliding(0.01, 5.0),
        Field::<Self>::new(
            Setting {
                key: "alpha-d",
                label: "α_D = D/N",
                help: "Features over units. Larger hides more features, each in fewer examples",
                kind: SettingKind::Number {
                    min: 0.005,
                    max: 25.0,
                    logarithmic: true,
                },
            },
            |world| world.feature_load,
            |world, value| world.feature_load = value,
        )
        .sliding(0.005, 2.0),
        Field::new(
            Setting {
                key: "l",
                label: "Mixed, L",
                help: "Features to an example. Larger makes an example less like any of its features; an even L leaves ties, which a coin toss decides",
                kind: SettingKind::Whole {
                    min: 1,
                    max: 15,
                    logarithmic: false,
                },
            },
            |world| world.mixed as f64,
            |world, value| world.mixed = value as usize,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        let at_most = |setting, most: usize, found: usize| {
            let range = format!("at most {most}");
            let value = found.to_string();
            let problem = Error::Range {
                setting,
                range,
                value,
            };
            if found <= most { Ok(()) } else { Err(problem) }
        };
        at_most(
            "the number of stored examples, α N,",
            MAX_EXAMPLES,
            self.n_examples(),
        )?;
        at_most(
            "the number of features, α_D N,",
            MAX_FEATURES,
            self.n_features(),
        )?;
        kind::check_room(self.n_examples().max(self.n_features()), self.n_units)?;
        if self.mixed > self.n_features() {
            return Err(Error::NotEnough {
                asked: format!("{} features to an example", self.mixed),
                available: format!("{}, α_D N", self.n_features()),
            });
        }
        debug_assert!(self.n_units <= MAX_UNITS, "the table of settings says so");
        Ok(())
    }
}

impl WorldSettings for Features {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn n_patterns(&self) -> usize {
        self.n_examples()
    }

    fn grid(&self) -> Option<Grid> {
        Some(Grid::near_square(self.n_units))
    }

    fn is_quick(&self) -> bool {
        self.n_units * (self.mixed * self.n_examples() + self.n_features()) <= WITHIN_A_FRAME
    }
}

/// The features, and the stored examples of them.
#[derive(Debug)]
pub struct Mixtures {
    features: Arc<Patterns>,
    examples: Arc<Patterns>,
}

/// Features and examples on their way: all features first.
struct Making {
    world: Features,
    seed: u64,
    /// Units of the features, until all of them are there.
    units: Vec<i8>,
    features: Option<Patterns>,
    examples: Vec<i8>,
    labels: Vec<Label>,
}

impl Making {
    fn new(world: Features, seed: u64) -> Self {
        Self {
            world,
            seed,
            units: Vec::with_capacity(world.n_features() * world.n_units),
            features: None,
            examples: Vec::with_capacity(world.n_examples() * world.n_units),
            labels: Vec::with_capacity(world.n_examples()),
        }
    }

    /// Makes the entry that is next: feature or example.
    fn add(&mut self, entry: usize) -> Result<(), Error> {
        let Self { world, seed, .. } = *self;
        let n_features = world.n_features();
        if let Some(features) = &self.features {
            let name = format!("example {}", entry - n_features);
            let (state, label) = world.example(features, &mut stream(seed, &name));
            self.examples.extend(state.units());
            self.labels.push(label);
            return Ok(());
        }
        let mut rng = stream(seed, &format!("feature {entry}"));
        self.units.extend(fair(&mut rng, world.n_units).units());
        if entry + 1 == n_features {
            let units = std::mem::take(&mut self.units);
            let grid = Grid::near_square(world.n_units);
            self.features = Some(Patterns::of_units(units, grid)?);
        }
        Ok(())
    }

    fn finish(self) -> Result<Mixtures, Error> {
        let grid = Grid::near_square(self.world.n_units);
        let features = self.features.ok_or_else(|| Error::NotEnough {
            asked: "a feature".to_owned(),
            available: "none".to_owned(),
        })?;
        let examples = Patterns::of_units(self.examples, grid)?.labelled(self.labels)?;
        Ok(Mixtures {
            features: features.into(),
            examples: examples.into(),
        })
    }
}

impl WorldKind for Features {
    type Data = Mixtures;

    const SEEDED: bool = true;

    fn shares_data(&self, other: &Self) -> bool {
        self == other
    }

    fn prepare(&self, seed: u64) -> Preparing<Mixtures> {
        let count = self.n_features() + self.n_examples();
        let a_step = STEP / (self.mixed * self.n_units);
        let making = Making::new(*self, seed);
        kind::one_by_one((count, a_step), making, Making::add, Making::finish)
    }

    fn available(&self, _data: &Mixtures) -> usize {
        MAX_EXAMPLES
    }

    fn stored(&self, data: &Mixtures, _seed: u64) -> Result<Stored, Error> {
        Ok(Stored::in_order(Arc::clone(&data.examples)))
    }

    fn n_unseen(&self, _data: &Mixtures) -> usize {
        N_UNSEEN
    }

    fn unseen(&self, data: &Mixtures, seed: u64, index: usize) -> Result<Example, Error> {
        let mut rng = stream(seed, &format!("unseen example {index}"));
        let (state, label) = self.example(&data.features, &mut rng);
        Ok(Example {
            state,
            label: Some(label),
        })
    }

    fn features(&self, data: &Mixtures, _seed: u64) -> Option<Arc<Patterns>> {
        Some(Arc::clone(&data.features))
    }
}

#[cfg(test)]
#[path = "features_tests.rs"]
mod tests;
