//! What a session wants to see of the attractors of its memory: one wish for each view of them.

use crate::engine::LearningRule;
use crate::engine::attractors::{CensusStarts, SIDES};
use crate::lab::portraits::bands::BandsRecipe;
use crate::lab::portraits::{Landmark, PortraitRecipe};
use crate::trial::{Cue, Recipe, Start};
use std::sync::Arc;

/// Most sweeps of a start whose basin is drawn, whatever the recipe allows: all but warm runs are over by then.
pub(super) const MOST_SWEEPS: u64 = 100;

/// Another wish for one of the views.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Of a picture of basins.
    Portrait(PortraitWish),
    /// Of a census.
    Census(CensusWish),
    /// Of the flips that break a state.
    Breaks(BreaksWish),
    /// Of a walk between two states.
    Walk(WalkWish),
    /// Of bands along a setting.
    Bands(Option<Arc<BandsRecipe>>),
    /// Of the trees beside that of the memory shown.
    Trees(Vec<Recipe>),
}

/// What is wanted of each view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wishes {
    /// Which picture of basins.
    pub portrait: PortraitWish,
    /// Which census.
    pub census: CensusWish,
    /// Which state is broken.
    pub breaks: BreaksWish,
    /// Which walk.
    pub walk: WalkWish,
    /// Which bands, if any.
    pub bands: Option<Arc<BandsRecipe>>,
    /// Recipes of the memories whose trees stand beside that of the memory shown; their cues say nothing.
    pub trees: Vec<Recipe>,
}

impl Wishes {
    /// The recipe of a tree beside that of the memory of `recipe`: of the same world, by another rule.
    pub fn tree_of(recipe: &Recipe, rule: LearningRule) -> Recipe {
        let mut recipe = recipe.clone();
        recipe.cue = Cue::new(Start::Random { seed: 0 });
        recipe.track_mut().rule = rule;
        recipe
    }

    pub(super) fn put(&mut self, wish: Wish) {
        match wish {
            Wish::Portrait(wish) => self.portrait = wish,
            Wish::Census(wish) => self.census = wish,
            Wish::Breaks(wish) => self.breaks = wish,
            Wish::Walk(wish) => self.walk = wish,
            Wish::Bands(wish) => self.bands = wish,
            Wish::Trees(wish) => self.trees = wish,
        }
    }
}

/// Which picture of basins is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortraitWish {
    /// What is drawn.
    pub recipe: PortraitRecipe,
    /// Pixels along a side of the finest picture, one of [`SIDES`].
    pub finest: usize,
}

impl Default for PortraitWish {
    fn default() -> Self {
        Self {
            recipe: PortraitRecipe::default(),
            finest: SIDES[2],
        }
    }
}

/// Which census is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CensusWish {
    /// What it starts from.
    pub starts: CensusStarts,
    /// Whether patterns to start from are the unseen ones.
    pub unseen: bool,
    /// Number of starts.
    pub count: u64,
}

impl Default for CensusWish {
    fn default() -> Self {
        Self {
            starts: CensusStarts::Random,
            unseen: false,
            count: 1000,
        }
    }
}

/// The state whose fewest breaking flips are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreaksWish {
    /// The state.
    pub of: Landmark,
}

impl Default for BreaksWish {
    fn default() -> Self {
        Self {
            of: Landmark::stored(0),
        }
    }
}

/// The ends of a straight walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkWish {
    /// Where it begins.
    pub from: Landmark,
    /// Where it goes.
    pub to: Landmark,
}

impl Default for WalkWish {
    fn default() -> Self {
        Self {
            from: Landmark::stored(0),
            to: Landmark::stored(1),
        }
    }
}

#[cfg(test)]
#[path = "wishes_tests.rs"]
mod tests;
