//! Capacity: what is left of stored patterns, against the load.

use super::fields::{number, whole};
use crate::engine::Error;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::{Choices as _, Field, Setting, SettingKind, Settings, choices};
use crate::engine::theory::expectation::Load;
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown, Theory,
};
use crate::lab::statistics::{Curve, mean, quantile, reading, standard_error, told};
use crate::lab::{Column, LabEntry, Row, Sample, Unit, axis, set_load, share_changed};
use crate::trial::Recipe;
use rand::RngExt as _;

/// Steps of the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Equal,
    Ratio,
}

choices!(Spacing: Equal = "equal" / "equal steps", Ratio = "log" / "equal ratios");

/// Loads, patterns and cues.
#[derive(Debug, Clone, PartialEq)]
pub struct CapacityByLoad {
    from: f64,
    to: f64,
    points: usize,
    spacing: Spacing,
    start: f64,
    patterns: usize,
    trials: usize,
}

impl Default for CapacityByLoad {
    fn default() -> Self {
        Self {
            from: 0.02,
            to: 0.3,
            points: 15,
            spacing: Spacing::Equal,
            start: 1.0,
            patterns: 100,
            trials: 1,
        }
    }
}

impl Settings for CapacityByLoad {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            number("from", "From", "Smallest load α = P/N", [1e-4, 1e4], true),
            |it| it.from,
            |it, value| it.from = value,
        ),
        Field::new(
            number(
                "to",
                "To",
                "Largest load α = P/N: larger stores more patterns",
                [1e-4, 1e4],
                true,
            ),
            |it| it.to,
            |it, value| it.to = value,
        ),
        Field::new(
            whole(
                "points",
                "Points",
                "Loads between both, ends included: more draw a finer curve",
                [1, 1001],
            ),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            Setting {
                key: "spacing",
                label: "Spacing",
                help: "Equal steps, or equal ratios on a logarithmic axis: for dense memories, whose loads are large",
                kind: SettingKind::Choice(Spacing::ITEMS),
            },
            |it| it.spacing.place(),
            |it, value| it.spacing = Spacing::at(value),
        ),
        Field::new(
            number(
                "start",
                "Start",
                "Overlap of the cue with its pattern: 1 asks whether patterns stay, less whether they come back",
                [0.0, 1.0],
                false,
            ),
            |it| it.start,
            |it, value| it.start = value,
        ),
        Field::new(
            whole(
                "patterns",
                "Patterns",
                "Stored patterns that are looked at, all if there are no more: more make errors smaller",
                [1, 100_000],
            ),
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
        Field::new(
            whole(
                "trials",
                "Trials",
                "Cues of each pattern: more make errors smaller where cues are corrupted",
                [1, 10_000],
            ),
            |it| it.trials as f64,
            |it, value| it.trials = value as usize,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        if self.from > self.to || (self.from == self.to) != (self.points == 1) {
            return Err(Error::Range {
                setting: "from",
                range: "below to, or the same with points=1".to_owned(),
                value: format!(
                    "{} with to={} and points={}",
                    self.from, self.to, self.points
                ),
            });
        }
        Ok(())
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "capacity",
    title: "Capacity",
    question: "How many patterns does a rule hold? Stored patterns are let go at growing load; the curve shows what is left of them",
    reading: "A curve that stays near 1 holds its patterns, and where it falls is the capacity; the half-way load is where the share recalled falls below one half, interpolated between points",
    world: "random:n=400",
    rules: &["hebb", "pseudo-inverse", "pseudo-likelihood"],
    dynamics: "async",
    vary: &[],
};

impl Experiment for CapacityByLoad {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        let logarithmic = self.spacing == Spacing::Ratio;
        OwnAxis {
            column: Column::number(
                "load",
                "load α = P/N that was asked for, before rounding to whole patterns",
            ),
            label: "load α = P/N",
            values: axis::spaced(self.from, self.to, self.points, logarithmic),
            logarithmic,
        }
    }

    fn moves_network(&self) -> bool {
        true
    }

    fn apply(&self, recipe: &mut Recipe, n_units: usize, value: f64) -> Result<(), Error> {
        set_load(recipe, n_units, value)
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::whole("n_units", "units N"),
            Column::whole("n_patterns", "stored patterns P"),
            Column::whole("n", "cues"),
            Column::number(
                "mean",
                "mean overlap of where they end with their pattern, -1 to 1",
            ),
            Column::number(
                "error",
                "standard error of that, over repeats where there are several, else over patterns",
            ),
            Column::number("q25", "lower quartile of the overlap"),
            Column::number("q50", "median of the overlap"),
            Column::number("q75", "upper quartile of the overlap"),
            Column::number(
                "recalled",
                "share of cues that end at an overlap of 0.9 or more, 0 to 1",
            ),
            Column::number(
                "exact",
                "share of cues that end in their pattern exactly, 0 to 1",
            ),
            Column::number(
                "bit_error",
                "share of units that turn in the first step of all units at once from the stored patterns, 0 to 1",
            ),
            Column::number("bit_error_error", "standard error of that"),
            Column::number(
                "theory_mean",
                "what theory expects of the overlap from start overlap 1 in large networks; empty where it says nothing",
            ),
            Column::number(
                "theory_bit_error",
                "what signal to noise expects of the bit error at this N and P; empty where it says nothing",
            ),
        ]
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "mean",
            label: "final overlap",
            error: ErrorBars::Between("q25", "q75"),
            beside: &[],
            range: [0.0, 1.0],
            logarithmic: false,
            level: Some((RETRIEVED, "recalled from 0.9 on")),
        }
    }

    /// Final overlaps, pattern by pattern; shares of units that turn, a pattern each; N, P and both theories.
    fn sample(&self, unit: &Unit<'_>) -> Result<Sample, Error> {
        let mut rng = unit.stream("cues");
        let (mut originals, mut cues) = (Vec::new(), Vec::new());
        for pattern in unit.some_patterns(self.patterns) {
            let state = unit.patterns.state(pattern);
            cues.extend((0..self.trials).map(|_| unit.cue(&state, self.start, rng.random())));
            originals.push(state);
        }
        let rests = unit.settle(&cues);
        let ends = originals
            .iter()
            .flat_map(|it| vec![it; self.trials])
            .zip(&rests);
        let finals = ends
            .map(|(original, rest)| rest.state.overlap(original))
            .collect();
        let turned = unit.one_step(&originals).into_iter().zip(&originals);
        let turned = turned
            .map(|(state, original)| share_changed(original, &state))
            .collect();
        let load = Load::of(unit.patterns);
        let expected = unit
            .recipe
            .track()
            .rule
            .rule()
            .expectation(load)
            .unwrap_or_default();
        let [overlap, error] =
            [expected.overlap, expected.bit_error].map(|it| it.unwrap_or(f64::NAN));
        let sizes = vec![load.n_units as f64, load.n_patterns as f64, overlap, error];
        Ok(vec![finals, turned, sizes])
    }

    fn row(&self, samples: &[Sample]) -> Row {
        let list = |of: usize| -> Vec<f64> {
            samples
                .iter()
                .flat_map(|sample| &sample[of])
                .copied()
                .collect()
        };
        let mut all = list(0);
        all.sort_unstable_by(f64::total_cmp);
        let share = |least: f64| {
            let below = all.partition_point(|overlap| *overlap < least);
            (!all.is_empty()).then(|| (all.len() - below) as f64 / all.len() as f64)
        };
        let told = |of: usize| Some(samples[0][2][of]).filter(|number| number.is_finite());
        let numbers = [
            told(0),
            told(1),
            Some(all.len() as f64),
            mean(&all),
            standard_error(&self.blocks(samples)),
            quantile(&all, 0.25),
            quantile(&all, 0.5),
            quantile(&all, 0.75),
            share(RETRIEVED),
            share(1.0),
            mean(&list(1)),
            standard_error(&blocks(samples, 1, 1)),
            told(2),
            told(3),
        ];
        numbers.into_iter().map(LabEntry::Number).collect()
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        blocks(samples, 0, self.trials)
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "half",
            label: "half-way load",
            reading: reading(curve, |x, y| {
                falling(x, y, 0.5 * (1.0 + y.last().copied().unwrap_or(0.0)))
            }),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        match readings.first().and_then(|named| named.reading) {
            Some(half) => format!(
                "{name}: the overlap falls half-way at a load of {}",
                told(half)
            ),
            None if curve.x.is_empty() => String::new(),
            None => format!(
                "{name} loses nothing up to a load of {}",
                curve.x[curve.x.len() - 1]
            ),
        }
    }

    fn theory(&self, unit: &Unit<'_>) -> Vec<Theory> {
        let n_units = unit.patterns.n_units();
        let rule = unit.recipe.track().rule.rule();
        let activity = unit.patterns.mean_activity();
        let load_at = |alpha: f64| Load {
            n_units,
            n_patterns: (alpha * n_units as f64).round().max(1.0) as usize,
            activity: if activity.abs() < 0.05 { 0.0 } else { activity },
        };
        let alphas = axis::spaced(self.from, self.to, 200, self.spacing == Spacing::Ratio);
        let expected: Vec<_> = alphas
            .iter()
            .map(|alpha| {
                (
                    *alpha,
                    rule.expectation(load_at(*alpha)).unwrap_or_default(),
                )
            })
            .collect();
        let line =
            |name: &str,
             formula,
             of: fn(&crate::engine::theory::expectation::Expectation) -> Option<f64>| {
                let points = expected
                    .iter()
                    .filter_map(|(alpha, expected)| Some([*alpha, of(expected)?]));
                Theory {
                    name: name.to_owned(),
                    formula,
                    points: points.collect(),
                }
            };
        let lines = [
            line(
                "large networks",
                "m = erf(m/√(2αr)) (Amit, Gutfreund, Sompolinsky)",
                |it| it.overlap,
            ),
            line(
                "after one step, by signal to noise",
                "m₁ = 1 − 2Φ(−√SNR)",
                |it| Some(1.0 - 2.0 * it.bit_error?),
            ),
        ];
        lines
            .into_iter()
            .filter(|line| line.points.len() > 1)
            .collect()
    }
}

/// Means of list `of` by repeat, or by pattern with so many entries each where there is one repeat.
fn blocks(samples: &[Sample], of: usize, entries: usize) -> Vec<f64> {
    match samples {
        [one] => one[of].chunks(entries.max(1)).filter_map(mean).collect(),
        many => many.iter().filter_map(|sample| mean(&sample[of])).collect(),
    }
}

/// The first place at which heights fall below `level`, interpolated; none where they begin below it or never do.
fn falling(x: &[f64], y: &[f64], level: f64) -> Option<f64> {
    let place = y.iter().position(|height| *height < level)?;
    let before = place.checked_sub(1)?;
    let part = (y[before] - level) / (y[before] - y[place]);
    Some(x[before] + part * (x[place] - x[before]))
}
