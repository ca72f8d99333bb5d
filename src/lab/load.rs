//! The load of a world: α = P/N, whatever its setting is called.

use crate::engine::Error;
use crate::trial::Recipe;
use crate::worlds::World;

/// The key of the setting that decides how many patterns are stored, and whether it is α itself.
fn key(world: &World) -> Option<(&'static str, bool)> {
    let known = |key: &'static str| world.get(key).map(|_| key);
    known("alpha")
        .map(|key| (key, true))
        .or_else(|| known("p").map(|key| (key, false)))
}

/// The load of `recipe`, where its world has `n_units` units.
pub fn load_of(recipe: &Recipe, n_units: usize) -> Option<f64> {
    let (key, is_load) = key(&recipe.world)?;
    let value = recipe.world.get(key)?;
    Some(if is_load {
        value
    } else {
        value / n_units as f64
    })
}

/// Stores `load` × `n_units` patterns, rounded, one at the least. Refused: a world that stores a given set, a load beyond
/// what the world admits.
pub fn set_load(recipe: &mut Recipe, n_units: usize, load: f64) -> Result<(), Error> {
    let Some((key, is_load)) = key(&recipe.world) else {
        return Err(Error::Idle {
            setting: "a load",
            others: recipe.world.notation(),
        });
    };
    let value = if is_load {
        load
    } else {
        (load * n_units as f64).round().max(1.0)
    };
    recipe.world.set(key, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_is_patterns_or_itself() {
        let mut recipe = Recipe {
            world: World::parse("random:n=100").unwrap(),
            ..Recipe::default()
        };
        set_load(&mut recipe, 100, 0.125).unwrap();
        assert_eq!(recipe.world.get("p"), Some(13.0));
        assert_eq!(load_of(&recipe, 100), Some(0.13));
        recipe.world = World::parse("features").unwrap();
        set_load(&mut recipe, 400, 0.3).unwrap();
        assert_eq!(recipe.world.get("alpha"), Some(0.3));
        assert!(set_load(&mut recipe, 400, 1e9).is_err());
    }
}
