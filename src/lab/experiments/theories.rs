//! For which recipes theory speaks.

use crate::engine::LearningRule;
use crate::engine::learning::Hebb;
use crate::trial::Recipe;
use crate::worlds::World;

/// Whether patterns are such as signal to noise is worked out for, independent and without a bias, and couplings as they
/// were learned.
pub(super) fn is_plain(recipe: &Recipe) -> bool {
    let World::Random(random) = &recipe.world else {
        return false;
    };
    let is_fair = random.activity == 0.0 && random.correlation == 0.0 && !random.orthogonal;
    is_fair && recipe.track().alteration.is_none()
}

/// Whether the theory of Amit, Gutfreund and Sompolinsky is of this: besides, Hebb's rule exactly as it is.
pub(super) fn follows_theory(recipe: &Recipe) -> bool {
    is_plain(recipe) && recipe.track().rule == LearningRule::Hebb(Hebb::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Alteration;

    #[test]
    fn theory_is_of_hebb_and_fair_patterns_alone() {
        let recipe = |world: &str, rule: &str, alteration: &str| {
            let mut recipe = Recipe {
                world: World::parse(world).unwrap(),
                ..Recipe::default()
            };
            recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
            recipe.track_mut().alteration = Alteration::parse(alteration).unwrap();
            [is_plain(&recipe), follows_theory(&recipe)]
        };
        assert_eq!(recipe("random", "hebb", ""), [true, true]);
        for rule in ["storkey", "hebb:centring=unit", "hebb:diagonal=kept"] {
            assert_eq!(recipe("random", rule, ""), [true, false], "{rule}");
        }
        for world in [
            "random:activity=0.2",
            "random:correlation=0.2",
            "random:n=64,p=8,orthogonal=yes",
            "glyphs",
        ] {
            assert_eq!(recipe(world, "hebb", ""), [false, false], "{world}");
        }
        assert_eq!(recipe("random", "hebb", "dilution=0.2"), [false, false]);
    }
}
