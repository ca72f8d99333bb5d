//! Basins of attraction: where cues end, against how near they start.

use super::fields::{
    PATTERNS, TRIALS, block_means, check_ends, lists, number, points, pooled, quartiles, share,
};
use crate::engine::Error;
use crate::engine::corrupt::Corruption;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::{Field, Settings};
use crate::engine::theory::one_step::{grouped, overlap_after_one_step};
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown, Theory,
};
use crate::lab::statistics::{Curve, mean, rising, told};
use crate::lab::{Case, Column, Sample, Sites, axis};

/// Patterns whose stabilities theory takes, at most.
const TOLD: usize = 64;

/// Groups of like stabilities that a line is drawn of.
const GROUPS: usize = 2048;

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
            points("Start overlaps between both, ends included: more draw a finer curve"),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            PATTERNS,
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
        Field::new(
            TRIALS,
            |it| it.trials as f64,
            |it, value| it.trials = value as usize,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        check_ends(["from", "to"], [self.from, self.to], self.points, false)
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
    repeats: 1,
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

    fn corruption(&self, own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        Some(sites.to_overlap(own, seed))
    }

    /// Final overlaps, pattern by pattern.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let make = |seed| self.corruption(case.own, case.sites(), seed);
        let counts = (self.patterns, self.trials);
        let cues = case.cues(&mut case.stream("cues"), counts, make)?;
        Ok(vec![cues.overlaps(&case.settle(&cues.cues))])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let all = pooled(samples, 0);
        let [q25, q50, q75] = quartiles(&all);
        vec![
            Some(all.len() as f64),
            mean(&all),
            q25,
            q50,
            q75,
            share(&all, |overlap| overlap >= RETRIEVED),
            share(&all, |overlap| overlap >= 1.0),
        ]
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        block_means(&lists(samples, 0), self.trials)
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["m_c"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "m_c",
            label: "m_c",
            reading: rising(curve, RETRIEVED),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        match readings.first().and_then(|named| named.reading) {
            Some(m_c) => format!("{name} recalls from an overlap of {} on", told(m_c)),
            None if curve.x.is_empty() => String::new(),
            None => format!("{name} recalls from nowhere"),
        }
    }

    fn theory(&self, case: &Case<'_>) -> Vec<Theory> {
        let Some(stabilities) = case.stabilities(TOLD) else {
            return Vec::new();
        };
        let stabilities = grouped(stabilities, GROUPS);
        let place = |step: usize| step as f64 / 50.0;
        let points = (0..=50).map(|step| {
            [
                place(step),
                overlap_after_one_step(&stabilities, place(step)),
            ]
        });
        vec![Theory {
            name: "one step, from the stabilities of this run".to_owned(),
            formula: "m₁ = ⟨erf(m₀Δ/√(2(1−m₀²)))⟩".into(),
            points: points.collect(),
        }]
    }
}
