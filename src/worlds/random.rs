//! Random patterns of ±1, with a mean activity and a correlation between patterns.
//!
//! All patterns share one parent. A unit is copied from the parent with probability √C and drawn anew otherwise, and
//! parent and new draws are +1 with probability (1 + ā)/2. So every unit has mean ā, any two patterns have the
//! correlation C unit by unit, and their overlap is ā² + C (1 − ā²) on average. With C = 0 and ā = 0 these are the
//! independent fair patterns of the theory. Or patterns are orthogonal: rows of a Walsh–Hadamard matrix, nothing drawn.

use super::kind::{self, Example, Preparing, Stored, WorldInfo, WorldKind, WorldSettings};
use crate::engine::rng::{Stream, stream};
use crate::engine::settings::{Field, Item, Setting, SettingKind, Settings};
use crate::engine::{Error, Grid, Patterns, State};
use rand::RngExt as _;
use std::sync::Arc;

/// Most units of patterns that are made up by rule.
pub const MAX_UNITS: usize = 4096;

/// Fewest units.
pub const MIN_UNITS: usize = 4;

/// Units at which a slider of their number begins; fewer are typed.
pub(super) const FEW_UNITS: usize = 16;

/// Most patterns that can be stored, where they are small enough.
pub const MAX_STORED: usize = 200_000;

/// Patterns that are never stored and can be asked for.
const N_UNSEEN: usize = 1000;

/// Units drawn up to which making the patterns fits into a frame.
const WITHIN_A_FRAME: usize = 400_000;

/// Units drawn in a step of preparing: a few milliseconds' work.
const STEP: usize = 1 << 20;

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Random {
    /// Units N, [`MIN_UNITS`] to [`MAX_UNITS`].
    pub n_units: usize,
    /// Stored patterns P, 1 to [`MAX_STORED`].
    pub n_patterns: usize,
    /// Mean of a unit ā, −0.98 to 0.98.
    pub activity: f64,
    /// Correlation C of two patterns, unit by unit, 0 to 0.99.
    pub correlation: f64,
    /// Whether stored patterns are orthogonal: rows of a Walsh–Hadamard matrix.
    pub orthogonal: bool,
}

impl Default for Random {
    fn default() -> Self {
        Self {
            n_units: 400,
            n_patterns: 40,
            activity: 0.0,
            correlation: 0.0,
            orthogonal: false,
        }
    }
}

/// How many units there are: shared by the worlds that are made up by rule.
pub(super) const UNITS: Setting = Setting {
    key: "n",
    label: "Units, N",
    help: "Larger networks are closer to the theory of infinite ones, and slower",
    kind: SettingKind::Whole {
        min: MIN_UNITS as i32,
        max: MAX_UNITS as i32,
        logarithmic: true,
    },
};

/// What the world is and what its settings mean.
const ABOUT: WorldInfo = WorldInfo {
    name: "random",
    title: "Random patterns",
    summary: "Patterns of ±1 drawn at random: what theories of memory assume",
    reference: "Amit, Gutfreund and Sompolinsky 1985; biased and correlated ones as in Amit et al. 1987",
    n_first: 4,
    noun: "pattern",
    unseen: "another pattern of the same law",
};

impl Random {
    /// Overlap of two patterns on average: ā² + C (1 − ā²).
    pub fn mean_overlap(&self) -> f64 {
        if self.orthogonal {
            return 0.0;
        }
        let square = self.activity * self.activity;
        square + self.correlation * (1.0 - square)
    }

    /// How many orthogonal patterns there are at the most: the largest power of two that divides N.
    fn n_orthogonal(&self) -> usize {
        1 << self.n_units.trailing_zeros()
    }

    /// Row `pattern` + 1 of the Walsh–Hadamard matrix of [`Self::n_orthogonal`] rows, again and again; the row of ones
    /// is the last.
    fn walsh(&self, pattern: usize) -> State {
        let row = (pattern + 1) % self.n_orthogonal();
        State::from_fn(self.n_units, |unit| {
            (row & unit).count_ones().is_multiple_of(2)
        })
    }

    /// The pattern called `name`, a child of `parent`.
    fn pattern(&self, seed: u64, name: &str, parent: &State) -> State {
        let mut rng = stream(seed, name);
        if self.correlation == 0.0 {
            return self.draw(&mut rng);
        }
        let copied = threshold(self.correlation.sqrt());
        let up = threshold(0.5 * (1.0 + self.activity));
        State::from_fn(self.n_units, |unit| {
            let word: u64 = rng.random();
            if (word >> 32) < copied {
                parent.units()[unit] > 0
            } else {
                word & 0xffff_ffff < up
            }
        })
    }

    /// Independent units of mean ā.
    fn draw(&self, rng: &mut Stream) -> State {
        if self.activity == 0.0 {
            return fair(rng, self.n_units);
        }
        let up = threshold(0.5 * (1.0 + self.activity));
        State::from_fn(self.n_units, |_| u64::from(rng.random::<u32>()) < up)
    }
}

/// Units by a fair coin each, 64 to a random word.
pub(super) fn fair(rng: &mut Stream, n_units: usize) -> State {
    let mut word = 0_u64;
    State::from_fn(n_units, |unit| {
        if unit % 64 == 0 {
            word = rng.random();
        }
        word >> (unit % 64) & 1 == 1
    })
}

/// The number of 32-bit words that are below it with this probability.
fn threshold(probability: f64) -> u64 {
    (probability * 4_294_967_296.0) as u64
}

impl Settings for Random {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::new(
            UNITS,
            |world| world.n_units as f64,
            |world, value| world.n_units = value as usize,
        )
        .sliding(FEW_UNITS as f64, MAX_UNITS as f64),
        Field::<Self>::new(
            WorldInfo::stored(
                "Larger stores more patterns and fills the memory: load α = P/N",
                MAX_STORED,
            ),
            |world| world.n_patterns as f64,
            |world, value| world.n_patterns = value as usize,
        )
        .sliding(1.0, kind::FEW_STORED as f64),
        Field::<Self>::new(
            Setting {
                key: "activity",
                label: "Activity ā",
                help: "Mean of a unit. Larger sets more units to +1; away from 0, Hebb's rule needs the covariance preset",
                kind: SettingKind::Number {
                    min: -0.98,
                    max: 0.98,
                    logarithmic: false,
                },
            },
            |world| world.activity,
            |world, value| world.activity = value,
        )
        .when(|world| !world.orthogonal),
        Field::<Self>::new(
            Setting {
                key: "correlation",
                label: "Correlation C",
                help: "Of two patterns, unit by unit: they overlap by ā² + C (1 − ā²) on average. Larger makes them more alike",
                kind: SettingKind::Number {
                    min: 0.0,
                    max: 0.99,
                    logarithmic: false,
                },
            },
            |world| world.correlation,
            |world, value| world.correlation = value,
        )
        .when(|world| !world.orthogonal),
        Field::new(
            Setting {
                key: "orthogonal",
                label: "Orthogonal",
                help: "Yes: rows of a Walsh–Hadamard matrix, which overlap by 0 exactly; as many as the largest power of two that divides N, at the most",
                kind: SettingKind::Choice(&[Item::new("no"), Item::new("yes")]),
            },
            |world| f64::from(u8::from(world.orthogonal)),
            |world, value| world.orthogonal = value == 1.0,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        if self.orthogonal && self.n_patterns > self.n_orthogonal() {
            return Err(Error::Range {
                setting: "p",
                range: format!(
                    "{} at the most, the largest power of two that divides n={}, where patterns are orthogonal",
                    self.n_orthogonal(),
                    self.n_units
                ),
                value: self.n_patterns.to_string(),
            });
        }
        kind::check_room(self.n_patterns, self.n_units)
    }
}

impl WorldSettings for Random {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    fn grid(&self) -> Option<Grid> {
        Some(Grid::near_square(self.n_units))
    }

    fn is_quick(&self) -> bool {
        self.n_units * self.n_patterns <= WITHIN_A_FRAME
    }

    fn mend(&mut self) {
        if self.orthogonal {
            self.n_patterns = self.n_patterns.min(self.n_orthogonal());
        }
    }
}

/// The parent of all patterns, and the stored ones that come of it.
#[derive(Debug)]
pub struct Descendants {
    parent: State,
    patterns: Arc<Patterns>,
}

impl WorldKind for Random {
    type Data = Descendants;

    const SEEDED: bool = true;

    fn shares_data(&self, other: &Self) -> bool {
        self == other
    }

    fn prepare(&self, seed: u64) -> Preparing<Descendants> {
        let random = *self;
        let (n_patterns, n_units) = (self.n_patterns, self.n_units);
        let parent = random.draw(&mut stream(seed, "parent pattern"));
        let begun = (parent, Vec::with_capacity(n_patterns * n_units));
        kind::one_by_one(
            (n_patterns, STEP / n_units),
            begun,
            move |(parent, units), pattern| {
                let state = if random.orthogonal {
                    random.walsh(pattern)
                } else {
                    random.pattern(seed, &format!("pattern {pattern}"), parent)
                };
                units.extend(state.units());
                Ok(())
            },
            move |(parent, units)| {
                let patterns = Patterns::of_units(units, Grid::near_square(n_units))?;
                let patterns = patterns.into();
                Ok(Descendants { parent, patterns })
            },
        )
    }

    fn available(&self, _data: &Descendants) -> usize {
        MAX_STORED.min(kind::MAX_STORED_UNITS / self.n_units)
    }

    fn stored(&self, data: &Descendants, _seed: u64) -> Result<Stored, Error> {
        Ok(Stored::in_order(Arc::clone(&data.patterns)))
    }

    fn n_unseen(&self, _data: &Descendants) -> usize {
        N_UNSEEN
    }

    fn unseen(&self, data: &Descendants, seed: u64, index: usize) -> Result<Example, Error> {
        let state = self.pattern(seed, &format!("unseen pattern {index}"), &data.parent);
        Ok(Example { state, label: None })
    }
}

#[cfg(test)]
#[path = "random_tests.rs"]
mod tests;
