//! A point of a figure as a recipe that a window can open: the very network, and the first cue that was tried in it.

use super::case::{cue_seed, tried};
use super::plan::{CellPlace, LabPlan};
use crate::engine::Error;
use crate::engine::rng::stream;
use crate::engine::settings::Kinds as _;
use crate::trial::{Cue, Recipe, Start};

/// What a point opens as.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedPoint {
    /// The network and a cue.
    pub recipe: Recipe,
    /// Whether the cue is the very one that was tried first; else it is the pattern that was tried first, as it is.
    pub is_first_cue: bool,
}

impl LabPlan {
    /// The network at `place` in the first repeat, with the first cue that was tried in it. Nothing is prepared for that:
    /// where only data would tell how units lie, the cue is the pattern that it was made of. Refused: a point that is of
    /// several networks.
    pub fn opened(&self, place: &CellPlace) -> Result<OpenedPoint, Error> {
        let lab = self.experiment_at(place)?;
        let experiment = lab.experiment();
        if !experiment.is_one_network() {
            return Err(Error::Format {
                expected: "a point that is opened is of one network".to_owned(),
                found: format!(
                    "one of {} is of several, each with a number of patterns of its own",
                    experiment.about().name
                ),
            });
        }
        let mut recipe = self.recipe_at(place, 0)?;
        let count = lab.any().get("patterns").map_or(1, |count| count as usize);
        let first = tried(recipe.n_patterns(), recipe.seed, count);
        let Some(pattern) = first.first().copied() else {
            recipe.cue = Cue::new(Start::Empty);
            return Ok(OpenedPoint {
                recipe,
                is_first_cue: false,
            });
        };
        recipe.cue = Cue::new(Start::Stored(pattern));
        let name = format!("{} cues", self.random_name(place));
        let seed = cue_seed(&mut stream(recipe.seed, &name));
        let own = self.axis().values[place.own];
        let sites = self.sites().known(&recipe.world);
        let corruption = sites.and_then(|sites| experiment.corruption(own, sites, seed));
        recipe.cue.corruption = corruption.unwrap_or_default();
        Ok(OpenedPoint {
            recipe,
            is_first_cue: corruption.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, LabRecipe, Vary, rules};
    use crate::trial;
    use crate::worlds::World;
    use std::sync::Arc;

    fn plan(experiment: &str, world: &str, vary: &[&str]) -> Arc<LabPlan> {
        let mut recipe = LabRecipe::of(Lab::parse(experiment).unwrap()).unwrap();
        recipe.world = World::parse(world).unwrap();
        recipe.rules = rules("hebb,pseudo-inverse").unwrap();
        recipe.dynamics = crate::engine::Dynamics::Synchronous;
        recipe.vary = vary.iter().map(|text| Vary::parse(text).unwrap()).collect();
        Arc::new(LabPlan::new(recipe).unwrap())
    }

    /// Every point ends where the mean of its one cue says.
    fn check(plan: &Arc<LabPlan>, column: &str) {
        let column = plan.columns().iter().position(|it| it.name == column);
        for finished in crate::lab::run(plan) {
            let place = plan.place(finished.cell);
            let opened = plan.opened(&place).unwrap();
            assert!(opened.is_first_cue);
            let outcome = trial::run(&opened.recipe, |_, _| ()).unwrap();
            let recording = &outcome.track().recording;
            let end = recording.state_at(recording.length());
            let end = end.overlap(&outcome.inputs.cue.original);
            let told = finished.row[column.unwrap()].number().unwrap();
            assert!((end - told).abs() < 1e-12, "{place:?}: {end} {told}");
        }
    }

    #[test]
    fn what_is_opened_ends_where_the_first_cue_did() {
        let vary = &["world.p=5;20", "seed=3;900719925474099"];
        let experiment = "basins:points=4,patterns=1,trials=1";
        check(&plan(experiment, "random:n=80,p=8", vary), "mean");
        let kinds = &["experiment.kind=flip;random;mask;half;rectangle;shift"];
        let experiment = "noise:points=4,patterns=1,trials=1";
        check(&plan(experiment, "glyphs:p=9", kinds), "overlap");
        let experiment = "capacity:points=4,patterns=1,trials=1,start=0.8,to=0.5";
        check(&plan(experiment, "random:n=64", &[]), "mean");
    }

    #[test]
    fn seeds_of_cues_fit_into_a_number_field() {
        let plan = plan("basins:points=5", "random:n=80,p=8", &[]);
        let opened = plan.opened(&plan.place(3)).unwrap().recipe;
        assert!(u32::try_from(opened.cue.corruption.flip.seed).is_ok());
    }

    #[test]
    fn points_of_several_networks_are_refused() {
        let recipe = LabRecipe::of(Lab::parse("growth").unwrap()).unwrap();
        let plan = LabPlan::new(recipe).unwrap();
        let refused = plan.opened(&plan.place(0)).unwrap_err().to_string();
        assert!(refused.contains("one of growth is of several"), "{refused}");
    }
}
