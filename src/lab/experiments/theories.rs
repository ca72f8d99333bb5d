//! For which recipes theory speaks.

use crate::engine::LearningRule;
use crate::engine::learning::{Group, Hebb};
use crate::engine::theory::gardner::largest_load;
use crate::lab::TheoryMark;
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

/// The largest ridge with which the projection is the projection to what matters here.
const SMALL_RIDGE: f64 = 1e-3;

/// The loads at which theory says that patterns can no longer all be fixed points: of the projection (Kanter &
/// Sompolinsky 1987), and of any couplings (Gardner 1988).
pub(super) fn last_loads(recipe: &Recipe) -> Vec<TheoryMark> {
    let rule = &recipe.track().rule;
    let has_couplings = matches!(rule.about().group, Group::OneShot | Group::Iterative);
    if !is_plain(recipe) || !has_couplings {
        return Vec::new();
    }
    let projection = TheoryMark {
        at: 1.0,
        name: "α = 1 (projection)",
    };
    let any = TheoryMark {
        at: largest_load(0.0),
        name: "α = 2 (Gardner, κ = 0)",
    };
    let is_projection =
        matches!(rule, LearningRule::PseudoInverse(rule) if rule.ridge <= SMALL_RIDGE);
    is_projection
        .then_some(projection)
        .into_iter()
        .chain([any])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Alteration;

    #[test]
    fn last_loads_are_of_couplings_and_fair_patterns() {
        let loads = |world: &str, rule: &str| -> Vec<f64> {
            let mut recipe = Recipe {
                world: World::parse(world).unwrap(),
                ..Recipe::default()
            };
            recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
            last_loads(&recipe).iter().map(|mark| mark.at).collect()
        };
        assert_eq!(loads("random", "pseudo-inverse"), [1.0, 2.0]);
        assert_eq!(loads("random", "pseudo-inverse:ridge=0.5"), [2.0]);
        assert_eq!(loads("random", "pseudo-likelihood"), [2.0]);
        let none: [f64; 0] = [];
        assert_eq!(loads("random", "dense:n=3"), none);
        assert_eq!(loads("random:activity=0.2", "pseudo-inverse"), none);
        assert_eq!(loads("glyphs", "pseudo-inverse"), none);
    }

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
