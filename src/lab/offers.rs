//! Further axes that a recipe could have: settings that can be varied, each with a few values to begin with.

use super::axis::Vary;
use super::recipe::LabRecipe;
use crate::engine::settings::{Kinds as _, Setting, SettingKind};
use crate::trial::{Recipe, TrackRecipe};

/// Units of worlds that do not say how many they have: the load along an own axis is the same setting for any number.
const SOME_UNITS: usize = 100;

/// Every setting that `recipe` could vary beside what it does vary: not what its own axis sets, and only values that all
/// its rules admit. Nothing is prepared for that.
pub fn offers(recipe: &LabRecipe) -> Vec<Vary> {
    let recipes: Vec<Recipe> = recipe
        .rules
        .iter()
        .map(|rule| Recipe {
            world: recipe.world.clone(),
            seed: recipe.seed,
            max_sweeps: recipe.max_sweeps,
            tracks: vec![TrackRecipe {
                name: String::new(),
                rule: rule.clone(),
                alteration: recipe.alteration,
                dynamics: recipe.dynamics,
            }],
            ..Recipe::default()
        })
        .collect();
    let Some(first) = recipes.first() else {
        return Vec::new();
    };
    // Experiments make their own cues.
    let sections = first.sections().filter(|(section, _)| *section != "cue");
    let sections = sections.chain([("experiment", recipe.experiment.any())]);
    let all = sections.flat_map(|(section, settings)| {
        let list = settings.list().into_iter();
        let list = list.filter(|setting| settings.applies(setting.key));
        list.filter_map(move |setting| offer(section, setting, settings.get(setting.key)?))
    });
    all.filter(|vary| recipe.vary.iter().all(|other| other.path != vary.path))
        .filter(|vary| match vary.path.strip_prefix("experiment.") {
            Some(key) => keeps_axis(recipe, key, vary),
            None => recipes.iter().all(|start| runs(recipe, start, vary)),
        })
        .collect()
}

/// The setting `setting`, which stands at `value`, with a few values that it admits; none where there is one only.
fn offer(section: &str, setting: &Setting, value: f64) -> Option<Vary> {
    let mut values = around(setting, value);
    values.retain(|value| setting.check(*value).is_ok());
    values.dedup();
    if values.len() < 2 {
        return None;
    }
    let values: Vec<String> = values.iter().map(|value| setting.show(*value)).collect();
    let written = format!("{section}.{}={}", setting.key, values.join(";"));
    Vary::parse(&written).ok()
}

/// All choices; a few numbers up to `value`, or from it on where it is small.
fn around(setting: &Setting, value: f64) -> Vec<f64> {
    let [low, high] = setting.ends();
    match setting.kind {
        SettingKind::Choice(items) => (0..items.len()).map(|item| item as f64).collect(),
        SettingKind::Several(_) => Vec::new(),
        SettingKind::Number { .. } if value > 0.0 => vec![value / 4.0, value / 2.0, value],
        SettingKind::Number { .. } => {
            let step = (0.25 * (high - value)).min(0.1);
            vec![value, value + step, value + 2.0 * step]
        }
        SettingKind::Whole { .. } if value >= 4.0 => {
            vec![(value / 2.0).round(), (0.75 * value).round(), value]
        }
        SettingKind::Whole { .. } => vec![value, value + 1.0, value + 2.0],
        SettingKind::Even { .. } => {
            let even = |value: f64| 2.0 * (value / 2.0).round();
            vec![even(value / 2.0).max(low), even(0.75 * value), value]
        }
    }
}

/// Whether the experiment has the same own axis at all values.
fn keeps_axis(recipe: &LabRecipe, key: &str, vary: &Vary) -> bool {
    let axis = recipe.experiment.experiment().axis();
    vary.values.iter().all(|value| {
        let mut lab = recipe.experiment.clone();
        let set = crate::engine::settings::notation::find(lab.any(), key)
            .and_then(|setting| setting.read(value))
            .and_then(|value| lab.any_mut().set(key, value))
            .and_then(|()| lab.any().check_all());
        set.is_ok() && lab.experiment().axis() == axis
    })
}

/// Whether all values are admitted, and none is replaced by the own axis.
fn runs(recipe: &LabRecipe, start: &Recipe, vary: &Vary) -> bool {
    let experiment = recipe.experiment.experiment();
    let owns = experiment.axis().values;
    vary.values.iter().all(|value| {
        let mut varied = start.clone();
        if varied.set(&vary.path, value).is_err() {
            return false;
        }
        if !experiment.moves_network() {
            return true;
        }
        let n_units = (varied.world.get("n")).map_or(SOME_UNITS, |n_units| n_units as usize);
        [owns.first(), owns.last()]
            .into_iter()
            .flatten()
            .all(|own| {
                let mut moved = varied.clone();
                let applied = experiment.apply(&mut moved, n_units, *own);
                applied.is_ok() && moved.get(&vary.path) == varied.get(&vary.path)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, LabPlan};

    #[test]
    fn whatever_is_offered_can_be_planned() {
        for lab in Lab::all() {
            let mut recipe = LabRecipe::of(lab).unwrap();
            let offered = offers(&recipe);
            assert!(!offered.is_empty());
            let before = recipe.vary.clone();
            for vary in offered {
                let written = format!("{}: {vary}", recipe.experiment.kind());
                recipe.vary = before.clone();
                recipe.vary.push(vary);
                let refused = LabPlan::new(recipe.clone()).err();
                assert!(refused.is_none(), "{written}: {refused:?}");
            }
        }
    }

    #[test]
    fn values_are_of_the_kind_of_the_setting_and_the_own_axis_is_not_offered() {
        let mut recipe = LabRecipe::of(Lab::parse("capacity").unwrap()).unwrap();
        let written = |recipe: &LabRecipe| -> Vec<String> {
            offers(recipe).iter().map(ToString::to_string).collect()
        };
        let all = written(&recipe);
        assert!(all.iter().any(|it| it == "world.n=200;300;400"), "{all:?}");
        assert!(!all.iter().any(|it| it.starts_with("world.p=")), "{all:?}");
        assert!(!all.iter().any(|it| it.starts_with("experiment.points=")));
        recipe.vary = vec![Vary::parse("world.n=200;400").unwrap()];
        assert!(!written(&recipe).iter().any(|it| it.starts_with("world.n=")));
    }
}
