//! Which picture of the attractors of its memory a session draws.

use crate::engine::attractors::SIDES;
use crate::lab::portraits::PortraitRecipe;

/// Which picture is wanted.
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
            finest: SIDES[1],
        }
    }
}

#[cfg(test)]
#[path = "portrait_tests.rs"]
mod tests;
