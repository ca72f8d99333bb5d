//! Bands: what share of all starts each kind of attractor has, along any setting of a recipe.
//!
//! A [`BandsRecipe`] is a recipe of one memory, an axis over one of its settings, and what is started from. [`BandSteps`]
//! learns the memory of each value and lets the same starts go in it; a [`BandColumn`] is what came of one value. Its
//! [rows](BandColumn::rows) are counts by kind and stored pattern; a [`BandMap`] follows single attractors from value to
//! value. Absent: threads, files, drawing.

mod column;
mod follow;
mod links;
mod steps;
mod table;

pub use column::{BandColumn, BandKind, BandRow};
pub use follow::{AttractorBand, BandEnd, BandMap, BandPlace, SHOWN};
pub use links::FOLLOWED;
pub use steps::{BandEvent, BandSteps};
pub use table::{BandGroup, band_columns, band_groups, band_lines, band_value};

use super::probe::check_rest;
use super::table::MAX_COUNT;
use crate::engine::Error;
use crate::engine::attractors::CensusStarts;
use crate::lab::axes::check_values;
use crate::lab::axis::Vary;
use crate::trial::{Cue, Recipe, Start};

/// The most values of the axis.
pub const MAX_BAND_VALUES: usize = 1000;

/// Everything that decides bands.
#[derive(Debug, Clone, PartialEq)]
pub struct BandsRecipe {
    /// The memory, by its world, seed and first track; its cue says nothing here.
    pub recipe: Recipe,
    /// The setting that is varied, and its values: 1 to [`MAX_BAND_VALUES`].
    pub vary: Vary,
    /// What is started from, the same for every value of the axis as far as its patterns are the same.
    pub from: CensusStarts,
    /// Whether patterns to start from are unseen ones in place of those stored.
    pub unseen: bool,
    /// Starts for every value, 1 to [`MAX_COUNT`].
    pub count: u64,
}

impl BandsRecipe {
    /// Bands of the memory of `recipe`, whatever the setting along the axis stands at there; from stored patterns, where
    /// starts are made of patterns. Refused: an axis whose first value cannot be set.
    pub fn of(recipe: &Recipe, vary: Vary, from: CensusStarts, count: u64) -> Result<Self, Error> {
        let mut recipe = recipe.clone();
        recipe.cue = Cue::new(Start::Random { seed: 0 });
        if let Some(first) = vary.values.first() {
            recipe.set(&vary.path, first)?;
        }
        Ok(Self {
            recipe,
            vary,
            from,
            unseen: false,
            count,
        })
    }

    /// Refuses what can be refused without looking at the data: a value that cannot be set, by its name; an axis over the
    /// cue, values given twice or too many, dynamics that never come to rest or do nothing, numbers outside their ranges,
    /// and patterns added or left out by hand, which the lab's memories do not have.
    pub fn check(&self) -> Result<(), Error> {
        within("the number of starts", self.count, MAX_COUNT)?;
        let n_values = self.vary.values.len();
        within(
            "the number of values",
            n_values as u64,
            MAX_BAND_VALUES as u64,
        )?;
        self.from.check_share()?;
        if !self.recipe.added.is_empty() || !self.recipe.removed.is_empty() {
            return Err(Error::Format {
                expected: "bands are of the patterns that a world gives".to_owned(),
                found: "some were added or left out by hand".to_owned(),
            });
        }
        let path = &self.vary.path;
        if path == "cue" || path.starts_with("cue.") {
            let problem = Error::Idle {
                setting: "an axis over the cue",
                others: "bands, which have starts of their own".to_owned(),
            };
            return Err(problem.in_source(self.vary.to_string()));
        }
        check_values(&self.vary)?;
        (0..n_values).try_for_each(|index| self.recipe_at(index).map(drop))
    }

    /// The recipe of the value at `index`, as it could be opened in a window. Refused, by the name of the value: what is
    /// not admitted there. `index` is below the number of values.
    pub fn recipe_at(&self, index: usize) -> Result<Recipe, Error> {
        let value = &self.vary.values[index];
        let mut recipe = self.recipe.clone();
        let set = recipe.set(&self.vary.path, value);
        let checked = set
            .and_then(|()| recipe.check())
            .and_then(|()| check_rest(recipe.track().dynamics))
            .and_then(|()| recipe.track().check_dynamics());
        checked.map_err(|problem| problem.in_source(format!("{} = {value}", self.vary.path)))?;
        Ok(recipe)
    }
}

fn within(setting: &'static str, value: u64, max: u64) -> Result<(), Error> {
    if (1..=max).contains(&value) {
        return Ok(());
    }
    Err(Error::Range {
        setting,
        range: format!("a whole number from 1 to {max}"),
        value: value.to_string(),
    })
}

#[cfg(test)]
mod follow_tests;
#[cfg(test)]
mod tests;
