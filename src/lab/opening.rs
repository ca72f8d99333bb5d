//! A point of a figure as a recipe that a window can open: the very network, and the first cue that was tried in it.

use super::plan::{CellPlace, LabPlan};
use super::unit::{corruption, tried};
use crate::engine::rng::stream;
use crate::engine::settings::Kinds as _;
use crate::engine::{Error, Patterns};
use crate::trial::{Cue, Recipe, Start};
use crate::worlds::Source;
use rand::RngExt as _;

impl LabPlan {
    /// The network at `place` with the first pattern that was tried as its cue, corrupted as it was where the experiment
    /// corrupts. Its world is prepared for that.
    pub fn opened(&self, place: &CellPlace) -> Result<Recipe, Error> {
        let mut recipe = self.recipe_at(place, 0)?;
        let patterns = Source::prepare(&recipe.world, recipe.seed)?
            .stored()?
            .patterns;
        let lab = self.experiment_at(place)?;
        let count = lab.any().get("patterns").map_or(1, |count| count as usize);
        let first = tried(&patterns, recipe.seed, count).first().copied();
        let Some(pattern) = first else {
            recipe.cue = Cue::new(Start::Empty);
            return Ok(recipe);
        };
        recipe.cue = Cue::new(Start::Stored(pattern));
        let own = self.axis().values[place.own];
        if let Some(overlap) = lab.experiment().start_overlap(own) {
            recipe.cue.corruption = self.corruption_at(place, &patterns, (pattern, overlap));
        }
        Ok(recipe)
    }

    /// What corrupts the first cue at `place`.
    fn corruption_at(
        &self,
        place: &CellPlace,
        patterns: &Patterns,
        (pattern, overlap): (usize, f64),
    ) -> crate::engine::Corruption {
        let name = format!("{} cues", self.random_name(place));
        let seed = stream(self.seed(0), &name).random();
        corruption(&patterns.state(pattern), overlap, seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, LabRecipe};
    use crate::worlds::World;

    #[test]
    fn what_is_opened_is_the_network_and_a_cue_of_that_overlap() {
        let lab = Lab::parse("basins:points=5,patterns=3").unwrap();
        let mut recipe = LabRecipe::of(lab).unwrap();
        recipe.world = World::parse("random:n=80,p=8").unwrap();
        let plan = LabPlan::new(recipe).unwrap();
        let place = plan.place(5 + 3);
        let opened = plan.opened(&place).unwrap();
        assert_eq!(opened.track().rule.about().name, "pseudo-inverse");
        let source = Source::prepare(&opened.world, opened.seed).unwrap();
        let patterns = source.stored().unwrap().patterns;
        let states = opened.cue.states(&patterns, &source).unwrap();
        assert!((states.cue.overlap(&states.original) - 0.75).abs() < 1e-12);
    }
}
