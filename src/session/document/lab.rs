//! Recipes of the lab as plain data: the parts of the command line, and the world with its files.

use super::blobs::Blobs;
use super::world::WrittenWorld;
use crate::engine::Error;
use crate::lab::LabRecipe;
use serde::{Deserialize, Serialize};

/// The most runs of a document.
const MOST: usize = 200;

/// Parts that the world itself says.
const OF_WORLD: [&str; 2] = ["world", "data"];

/// A recipe of the lab.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLab {
    world: WrittenWorld,
    /// All others, as on the command line.
    parts: Vec<(String, String)>,
}

impl WrittenLab {
    /// The last [`MOST`] of `recipes`, whose bytes go to `blobs`.
    pub(super) fn all(recipes: &[LabRecipe], blobs: &mut Blobs) -> Vec<Self> {
        let last = &recipes[recipes.len().saturating_sub(MOST)..];
        last.iter().map(|recipe| Self::of(recipe, blobs)).collect()
    }

    fn of(recipe: &LabRecipe, blobs: &mut Blobs) -> Self {
        let parts = recipe.parts().into_iter();
        let parts = parts.filter(|(key, _)| !OF_WORLD.contains(key));
        Self {
            world: WrittenWorld::of(&recipe.world, blobs),
            parts: parts.map(|(key, text)| (key.to_owned(), text)).collect(),
        }
    }

    /// The recipes, whose bytes come from `blobs`. Refused: too many, and what cannot be run whatever the data.
    pub(super) fn read_all(all: &[Self], blobs: &Blobs) -> Result<Vec<LabRecipe>, Error> {
        if all.len() > MOST {
            return Err(Error::Range {
                setting: "the number of runs of the lab",
                range: format!("at most {MOST}"),
                value: all.len().to_string(),
            });
        }
        all.iter().map(|written| written.read(blobs)).collect()
    }

    fn read(&self, blobs: &Blobs) -> Result<LabRecipe, Error> {
        let named = self
            .parts
            .iter()
            .find(|(key, _)| OF_WORLD.contains(&&**key));
        if let Some((key, _)) = named {
            return Err(Error::Twice {
                setting: key.clone(),
                first: "the world of a run of the lab".to_owned(),
                second: "a part of its command line".to_owned(),
            });
        }
        let world = self.world.read(blobs)?;
        let parts = self.parts.iter().map(|(key, text)| (&**key, &**text));
        let no_other = |_: &str| Ok(world.clone());
        let mut recipe = LabRecipe::read(parts, &no_other)?;
        recipe.world = world.clone();
        recipe.check().map(|()| recipe)
    }
}
