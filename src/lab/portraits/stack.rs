//! Bands as a figure: the shares of followed attractors stacked above one another, along a setting.

use super::bands::{AttractorBand, BandColumn, BandKind, BandMap, BandsRecipe, band_value};
use super::figure::coloured;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Setting, SettingKind};
use crate::figures::{Axis, Band, Figure, Fill, Hue, Scale, span};
use crate::lab::{LabEntry, Vary};
use crate::trial::Recipe;
use crate::trial::words::pattern_name;
use std::sync::Arc;

/// Values along an axis that nobody has written.
const VALUES: usize = 9;

/// Bands as they are drawn.
#[derive(Debug, Clone)]
pub struct Stack {
    /// The figure.
    pub figure: Figure,
    /// The columns that have starts, by their places among all.
    pub columns: Vec<usize>,
    /// Where each of these stands along the lower edge.
    pub x: Vec<f64>,
    /// What stands there, where values are words; empty where they are numbers.
    pub names: Vec<String>,
    /// For each band its lower and upper end in each of these columns, 0 to 1.
    pub spans: Vec<Vec<[f64; 2]>>,
}

/// The bands of `map`, which is of `columns`, as a figure.
pub fn stack(recipe: &BandsRecipe, columns: &[BandColumn], map: &BandMap) -> Stack {
    let known: Vec<usize> = (0..columns.len())
        .filter(|column| columns[*column].n_starts() > 0)
        .collect();
    let numbers: Option<Vec<f64>> = known
        .iter()
        .map(|column| match band_value(&columns[*column].value) {
            LabEntry::Number(number) => number,
            LabEntry::Text(_) => None,
        })
        .collect();
    let is_ratio = recipe.vary.to_string().ends_with("/log");
    let (x, names, scale) = match numbers {
        Some(numbers) if is_ratio => (numbers, Vec::new(), Scale::Ratios),
        Some(numbers) => (numbers, Vec::new(), Scale::Linear),
        None => {
            let names = known
                .iter()
                .map(|column| columns[*column].value.to_string());
            let places = (0..known.len()).map(|place| place as f64);
            (places.collect(), names.collect(), Scale::Places)
        }
    };
    let mut range = span(x.iter().copied());
    if range[0] >= range[1] {
        range = match scale {
            Scale::Ratios => [0.5 * range[0], 2.0 * range[0]],
            _ => [range[0] - 0.5, range[0] + 0.5],
        };
    }
    let across = Axis {
        scale,
        ..Axis::new(&label(recipe), range)
    };
    let mut figure = Figure::new("Bands", across, Axis::new("share of starts", [0.0, 1.0]));
    let patterns = known.iter().map(|column| &columns[*column].patterns);
    let patterns = patterns.max_by_key(|patterns| patterns.n_patterns());
    let coloured = patterns.map_or_else(Vec::new, |patterns| coloured(patterns, &[]));
    let mut below = vec![0.0; known.len()];
    let mut spans = Vec::with_capacity(map.bands.len());
    for band in &map.bands {
        let own: Vec<[f64; 2]> = known
            .iter()
            .zip(&mut below)
            .map(|(column, below)| {
                let low = *below;
                *below += band.share(*column);
                [low, *below]
            })
            .collect();
        figure.bands.push(Band {
            name: patterns.map_or_else(String::new, |patterns| band_name(band, patterns)),
            x: drawn_at(&x, range),
            spans: if x.len() == 1 {
                [own[0]; 2].into()
            } else {
                own.clone().into()
            },
            fill: Fill::Share(hue(band, &coloured)),
        });
        spans.push(own);
    }
    Stack {
        figure,
        columns: known,
        x,
        names,
        spans,
    }
}

/// The name of the setting along the axis, or its path where that has none.
fn label(recipe: &BandsRecipe) -> String {
    let path = &recipe.vary.path;
    let found = path.split_once('.').and_then(|(section, key)| {
        let mut sections = recipe.recipe.sections();
        let (_, settings) = sections.find(|(name, _)| *name == section)?;
        let mut list = settings.list().into_iter();
        list.find(|setting| setting.key == key)
            .map(|setting| setting.label.to_owned())
    });
    found.unwrap_or_else(|| path.clone())
}

/// The places themselves; where there is one only, both ends of the axis.
fn drawn_at(x: &[f64], range: [f64; 2]) -> Arc<[f64]> {
    if x.len() == 1 { range.into() } else { x.into() }
}

fn hue(band: &AttractorBand, coloured: &[usize]) -> Hue {
    let place = |pattern: usize| coloured.iter().position(|it| *it == pattern);
    match (band.kind, band.pattern) {
        (BandKind::Stored, Some(pattern)) if !band.is_rest => {
            place(pattern).map_or(Hue::OtherStored, Hue::Basin)
        }
        (BandKind::Stored, _) => Hue::OtherStored,
        (BandKind::Negative, _) => Hue::Negative,
        (BandKind::Unsettled, _) => Hue::Unsettled,
        _ => Hue::Spurious,
    }
}

/// What a band is called.
pub fn band_name(band: &AttractorBand, patterns: &Patterns) -> String {
    let many = match band.kind {
        BandKind::Stored => "other stored patterns",
        BandKind::Negative => "other negatives",
        BandKind::Blend => "other blends",
        BandKind::Blank => "other blank sheets",
        BandKind::Other => "other spurious states",
        BandKind::Cycle => "other cycles",
        BandKind::Unsettled => "not settled",
    };
    let known = band.pattern.filter(|it| *it < patterns.n_patterns());
    match (band.kind, known) {
        _ if band.is_rest => many.to_owned(),
        (BandKind::Stored, Some(pattern)) => pattern_name(patterns, pattern),
        (BandKind::Negative, Some(pattern)) => {
            format!("the negative of {}", pattern_name(patterns, pattern))
        }
        (BandKind::Blend, _) => "a blend".to_owned(),
        (BandKind::Blank, _) => "a blank sheet".to_owned(),
        (BandKind::Cycle, _) => "a cycle".to_owned(),
        (BandKind::Unsettled, _) => many.to_owned(),
        _ => "a spurious state".to_owned(),
    }
}

/// Settings of `recipe` along which bands can be drawn, each with a few values about where it stands, the load first.
pub fn axes(recipe: &Recipe) -> Vec<Vary> {
    // Starts are no cue.
    let sections = recipe.sections().filter(|(section, _)| *section != "cue");
    let all = sections.flat_map(|(section, settings)| {
        let list = settings.list().into_iter();
        let list = list.filter(|setting| settings.applies(setting.key));
        list.filter_map(move |setting| axis(section, setting, settings.get(setting.key)?))
    });
    let is_admitted = |vary: &Vary| {
        vary.values.iter().all(|value| {
            let mut varied = recipe.clone();
            let set = varied.set(&vary.path, value);
            set.and_then(|()| varied.check()).is_ok()
        })
    };
    let is_cold = |vary: &Vary| vary.path != "dynamics.temperature";
    let mut all: Vec<Vary> = all.filter(is_cold).filter(is_admitted).collect();
    all.sort_by_key(|vary| vary.path != "world.p");
    all
}

/// A setting that stands at `value`, with values about it; none where it has one only.
fn axis(section: &str, setting: &Setting, value: f64) -> Option<Vary> {
    let [low, high] = setting.ends();
    let values: Vec<f64> = match setting.kind {
        SettingKind::Choice(items) => (0..items.len()).map(|item| item as f64).collect(),
        SettingKind::Several(_) => return None,
        SettingKind::Number { .. } | SettingKind::Whole { .. } | SettingKind::Even { .. } => {
            let to = if value > low.max(0.0) {
                (2.0 * value).min(high)
            } else {
                high.min(low + 0.8 * (high - low))
            };
            let from = if value > low.max(0.0) {
                low.max(value / 5.0)
            } else {
                low
            };
            let step = (to - from) / (VALUES - 1) as f64;
            (0..VALUES)
                .map(|place| from + step * place as f64)
                .collect()
        }
    };
    let rounded = |value: &f64| match setting.kind {
        SettingKind::Whole { .. } => value.round(),
        SettingKind::Even { .. } => 2.0 * (value / 2.0).round(),
        _ => *value,
    };
    let mut values: Vec<f64> = values.iter().map(rounded).collect();
    values.retain(|value| value.is_finite() && setting.check(*value).is_ok());
    let mut values: Vec<String> = values.iter().map(|value| setting.show(*value)).collect();
    values.dedup();
    if values.len() < 2 {
        return None;
    }
    Vary::parse(&format!("{section}.{}={}", setting.key, values.join(";"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LearningRule;
    use crate::engine::attractors::CensusStarts;
    use crate::lab::Cache;
    use crate::lab::portraits::bands::{BandEvent, BandSteps};
    use crate::worlds::World;

    fn drawn(vary: &str) -> Stack {
        let mut recipe = Recipe {
            world: World::parse("random:n=40,p=3").unwrap(),
            ..Recipe::default()
        };
        recipe.track_mut().rule = LearningRule::parse("hebb").unwrap();
        let recipe = Arc::new(BandsRecipe {
            recipe,
            vary: Vary::parse(vary).unwrap(),
            from: CensusStarts::Random,
            unseen: false,
            count: 60,
        });
        let steps = BandSteps::new(Arc::clone(&recipe), Cache::default(), Arc::default());
        let columns: Vec<BandColumn> = steps
            .filter_map(|event| match event {
                BandEvent::Value(column) => Some(column),
                BandEvent::Progress(_) => None,
            })
            .collect();
        stack(&recipe, &columns, &BandMap::of(&columns))
    }

    #[test]
    fn bands_are_stacked_from_nothing_to_all() {
        let stack = drawn("world.p=1;3;5");
        assert_eq!(
            (&stack.x[..], stack.columns.len()),
            (&[1.0, 3.0, 5.0][..], 3)
        );
        assert_eq!(stack.figure.across.label, "Stored, P");
        for column in 0..3 {
            let mut below = 0.0;
            for spans in &stack.spans {
                assert_eq!(spans[column][0], below);
                below = spans[column][1];
            }
            assert!((below - 1.0).abs() < 1e-9);
        }
        // One pattern and its negative share the first value.
        let first = stack.spans.iter().filter(|spans| spans[0][1] > spans[0][0]);
        assert_eq!(first.count(), 2);
    }

    #[test]
    fn one_value_fills_the_axis_and_words_have_places() {
        let one = drawn("world.p=2");
        assert_eq!(one.figure.across.range, [1.5, 2.5]);
        assert_eq!(&*one.figure.bands[0].x, &[1.5, 2.5]);
        let words = drawn("dynamics=sync;ordered");
        assert_eq!((&words.x[..], words.names.len()), (&[0.0, 1.0][..], 2));
    }

    #[test]
    fn every_axis_that_is_offered_is_admitted() {
        for rule in ["hebb", "dense", "pseudo-likelihood", "taylor"] {
            let mut recipe = Recipe {
                world: World::parse("random:n=40,p=6").unwrap(),
                ..Recipe::default()
            };
            recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
            let all = axes(&recipe);
            assert_eq!(all[0].path, "world.p");
            for vary in all {
                let bands = BandsRecipe {
                    recipe: recipe.clone(),
                    vary,
                    from: CensusStarts::Random,
                    unseen: false,
                    count: 10,
                };
                let checked = bands.check();
                assert!(checked.is_ok(), "{rule}, {}: {checked:?}", bands.vary);
            }
        }
    }
}
