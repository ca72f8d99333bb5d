//! Basins of attraction: where cues end, against how near they start.

use super::fields::{number, whole};
use crate::engine::Error;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::{Field, Settings};
use crate::engine::theory::one_step::overlap_after_one_step;
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown, Theory,
};
use crate::lab::statistics::{Curve, crossing, mean, quantile, reading, told};
use crate::lab::{Column, LabEntry, Row, Sample, Unit, axis};
use rand::RngExt as _;

/// Patterns whose stabilities theory takes, at most.
const TOLD: usize = 64;

/// Start overlaps, patterns and cues.
#[derive(Debug, Clone, PartialEq)]
pub struct Basins {
    from: f64,
    to: f64,
    points: usize,
    patterns: usize,
    trials: usize,
}

impl Default for Basins {
    fn default() -> Self {
        Self {
            from: 0.0,
            to: 1.0,
            points: 21,
            patterns: 50,
            trials: 4,
        }
    }
}

impl Settings for Basins {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            number(
                "from",
                "From",
                "Smallest start overlap: larger leaves out cues that are far away",
                [0.0, 1.0],
                false,
            ),
            |it| it.from,
            |it, value| it.from = value,
        ),
        Field::new(
            number(
                "to",
                "To",
                "Largest start overlap: 1 starts from the patterns themselves",
                [0.0, 1.0],
                false,
            ),
            |it| it.to,
            |it, value| it.to = value,
        ),
        Field::new(
            whole(
                "points",
                "Points",
                "Start overlaps between both, ends included: more draw a finer curve",
                [1, 1001],
            ),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            whole(
                "patterns",
                "Patterns",
                "Stored patterns that cues are made of, all if there are no more: more make errors smaller",
                [1, 100_000],
            ),
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
        Field::new(
            whole(
                "trials",
                "Trials",
                "Cues of each pattern at each start overlap: more make errors smaller",
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
    name: "basins",
    title: "Basins",
    question: "From how far away is a stored pattern recalled? Cues of growing overlap are let go; the curve shows where they end",
    reading: "The further left a curve rises to 1, the wider are the basins; m_c is the start overlap from which on the mean final overlap is at least 0.9, interpolated between points",
    world: "random:n=400,p=160",
    rules: &["pseudo-likelihood", "pseudo-inverse", "hebb"],
    dynamics: "sync",
    vary: &[],
};

impl Experiment for Basins {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        OwnAxis {
            column: Column::number(
                "start_overlap",
                "overlap of the cue with its pattern, 0 to 1, before rounding to whole units",
            ),
            label: "start overlap m₀",
            values: axis::spaced(self.from, self.to, self.points, false),
            logarithmic: false,
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::whole("n", "cues"),
            Column::number(
                "mean",
                "mean overlap of where they end with their pattern, -1 to 1",
            ),
            Column::number("q25", "lower quartile of that"),
            Column::number("q50", "median of that"),
            Column::number("q75", "upper quartile of that"),
            Column::number(
                "recalled",
                "share of cues that end at an overlap of 0.9 or more, 0 to 1",
            ),
            Column::number(
                "exact",
                "share of cues that end in their pattern exactly, 0 to 1",
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

    fn start_overlap(&self, own: f64) -> Option<f64> {
        Some(own)
    }

    /// Final overlaps, pattern by pattern, and how many cues each pattern had.
    fn sample(&self, unit: &Unit<'_>) -> Result<Sample, Error> {
        let mut rng = unit.stream("cues");
        let mut originals = Vec::new();
        let mut cues = Vec::new();
        for pattern in unit.some_patterns(self.patterns) {
            let state = unit.patterns.state(pattern);
            cues.extend((0..self.trials).map(|_| unit.cue(&state, unit.own, rng.random())));
            originals.push(state);
        }
        let rests = unit.settle(&cues);
        let finals = rests
            .iter()
            .zip(originals.iter().flat_map(|it| vec![it; self.trials]));
        let finals = finals.map(|(rest, original)| rest.state.overlap(original));
        Ok(vec![finals.collect()])
    }

    fn row(&self, samples: &[Sample]) -> Row {
        let mut all: Vec<f64> = samples
            .iter()
            .flat_map(|sample| &sample[0])
            .copied()
            .collect();
        all.sort_unstable_by(f64::total_cmp);
        let share = |least: f64| {
            let below = all.partition_point(|overlap| *overlap < least);
            (!all.is_empty()).then(|| (all.len() - below) as f64 / all.len() as f64)
        };
        let numbers = [
            Some(all.len() as f64),
            mean(&all),
            quantile(&all, 0.25),
            quantile(&all, 0.5),
            quantile(&all, 0.75),
            share(RETRIEVED),
            share(1.0),
        ];
        numbers.into_iter().map(LabEntry::Number).collect()
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        let means = |sample: &Sample, block: usize| {
            let blocks = sample[0].chunks(block.max(1));
            blocks.filter_map(mean).collect::<Vec<f64>>()
        };
        match samples {
            [one] => means(one, self.trials),
            many => many
                .iter()
                .flat_map(|sample| means(sample, sample[0].len()))
                .collect(),
        }
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "m_c",
            label: "m_c",
            reading: reading(curve, |x, y| crossing(x, y, RETRIEVED)),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        match readings.first().and_then(|named| named.reading) {
            Some(m_c) => format!("{name} recalls from an overlap of {} on", told(m_c)),
            None if curve.x.is_empty() => String::new(),
            None => format!("{name} recalls from nowhere"),
        }
    }

    fn theory(&self, unit: &Unit<'_>) -> Vec<Theory> {
        let Some(stabilities) = unit.stabilities(TOLD) else {
            return Vec::new();
        };
        let place = |step: usize| step as f64 / 50.0;
        let points = (0..=50).map(|step| {
            [
                place(step),
                overlap_after_one_step(&stabilities, place(step)),
            ]
        });
        vec![Theory {
            name: "one step, from the stabilities of this run".to_owned(),
            formula: "m₁ = ⟨erf(m₀Δ/√(2(1−m₀²)))⟩",
            points: points.collect(),
        }]
    }
}
