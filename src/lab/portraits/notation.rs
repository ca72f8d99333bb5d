//! What is asked of a memory as a command line, so that window and command line name the same rows.

use super::Landmark;
use crate::engine::LearningRule;
use crate::lab::command_of;
use crate::trial::Recipe;

/// The parts of a command line that decide a memory, or one for each of these `rules`, and how its states move.
pub fn memory_parts(recipe: &Recipe, rules: &[LearningRule]) -> Vec<(&'static str, String)> {
    let rules: Vec<String> = rules.iter().map(LearningRule::notation).collect();
    let track = recipe.track();
    vec![
        ("world", recipe.world.notation()),
        ("rules", rules.join(",")),
        ("dynamics", track.dynamics.to_string()),
        ("max-sweeps", recipe.max_sweeps.to_string()),
        ("seed", recipe.seed.to_string()),
        ("alter", track.alteration.to_string()),
    ]
}

/// States that stand around a picture, as a flag of the command line takes them; none where one of them is a state that is
/// shown elsewhere, which has no notation.
pub fn landmarks_written(landmarks: &[Landmark]) -> Option<String> {
    let written = landmarks.iter().map(|landmark| match landmark {
        Landmark::Start(_) => Some(landmark.to_string()),
        Landmark::Held { .. } => None,
    });
    Some(written.collect::<Option<Vec<String>>>()?.join(","))
}

/// The command line that asks `what` of the memory of `recipe`, with these parts of its own.
///
/// None of a memory that no command
/// line makes: with patterns stored or left out by hand, or couplings that were opened.
pub fn command_for(recipe: &Recipe, what: &str, own: &[(&'static str, String)]) -> Option<String> {
    let is_loaded = matches!(recipe.track().rule, LearningRule::LoadedCouplings(_));
    if !recipe.added.is_empty() || !recipe.removed.is_empty() || is_loaded {
        return None;
    }
    let mut parts = vec![("experiment", what.to_owned())];
    parts.extend(own.iter().cloned());
    parts.extend(memory_parts(
        recipe,
        std::slice::from_ref(&recipe.track().rule),
    ));
    Some(command_of(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Start;
    use std::sync::Arc;

    #[test]
    fn commands_name_what_stands_around_and_the_memory() {
        let recipe = Recipe::default();
        let landmarks = [
            Landmark::stored(3),
            Landmark::Start(Start::Random { seed: 5 }),
        ];
        let rim = landmarks_written(&landmarks).unwrap();
        assert_eq!(rim, "stored:3,random:5");
        let command = command_for(&recipe, "wheel", &[("rim", rim)]).unwrap();
        let start = "engram lab wheel --rim stored:3,random:5 --world ";
        assert!(command.starts_with(start), "{command}");
        let state = Arc::new(crate::engine::State::blank(3));
        let held = Landmark::Held { name: "cue", state };
        assert_eq!(landmarks_written(&[held]), None);
        let mut edited = recipe;
        edited.add_pattern(crate::engine::State::blank(784), None);
        assert_eq!(command_for(&edited, "wheel", &[]), None);
    }
}
