//! Temperature: how much of a pattern stays while all units shake.

use super::fields::{
    PATTERNS, TRIALS, block_means, check_ends, lists, number, points, pooled, start,
};
use super::theories::follows_theory;
use super::warm::{HELD, averages};
use crate::engine::corrupt::Corruption;
use crate::engine::settings::{Field, Settings};
use crate::engine::theory::mean_field::{critical_line, critical_load, hebb_overlap_at};
use crate::engine::{Dynamics, Error};
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, LoadPlane, Named, OwnAxis, Shown, Theory,
};
use crate::lab::statistics::{Curve, falling, mean, standard_error, told};
use crate::lab::{Case, Column, Sample, Sites, axis};
use crate::trial::Recipe;

/// Where the lists of a sample are.
const OVERLAPS: usize = 0;
const LOAD: usize = 1;
const THEORY: usize = 2;

/// Temperatures at which theory is drawn.
const DRAWN: usize = 50;

/// Temperatures and runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Temperature {
    from: f64,
    to: f64,
    points: usize,
    start: f64,
    patterns: usize,
    trials: usize,
}

impl Default for Temperature {
    fn default() -> Self {
        Self {
            from: 0.0,
            to: 1.2,
            points: 13,
            start: 1.0,
            patterns: 8,
            trials: 1,
        }
    }
}

impl Settings for Temperature {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            number(
                "from",
                "From",
                "Smallest temperature, in units of the fields: 0 follows them",
                [0.0, Dynamics::MAX_TEMPERATURE],
                true,
            ),
            |it| it.from,
            |it, value| it.from = value,
        ),
        Field::new(
            number(
                "to",
                "To",
                "Largest temperature, in units of the fields: larger shakes harder",
                [0.0, Dynamics::MAX_TEMPERATURE],
                true,
            ),
            |it| it.to,
            |it, value| it.to = value,
        ),
        Field::new(
            points("Temperatures between both, ends included: more draw a finer curve"),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            start("Overlap of cues with their pattern: 1 starts from the patterns themselves"),
            |it| it.start,
            |it, value| it.start = value,
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
    name: "temperature",
    title: "Temperature",
    question: "How hot may it be before a memory melts? Units follow a heat bath, whatever dynamics is named; the curve shows the overlap with the pattern of the cue, averaged over the second half of the sweeps",
    reading: "The overlap falls a little, then at once. Theory is that of Amit, Gutfreund and Sompolinsky for Hebb's rule and infinitely many units, replica-symmetric; finite networks melt less sharply, and keep a remnant of the pattern above",
    world: "random:n=500,p=25",
    rules: &["hebb"],
    dynamics: "glauber:T=0.1",
    vary: &["world.p=5;25;50"],
    repeats: 1,
};

impl Experiment for Temperature {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        OwnAxis {
            column: Column::number(
                "temperature",
                "temperature T of the heat bath, in units of the fields",
            ),
            label: "temperature T",
            values: axis::spaced(self.from, self.to, self.points, false),
            logarithmic: false,
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::number("load", "load P/N: stored patterns over units"),
            Column::whole("n", "runs"),
            Column::number(
                "overlap",
                "mean overlap with the pattern of the cue, -1 to 1, over the second half of the sweeps of all runs",
            ),
            Column::number(
                "overlap_error",
                "standard error of that, patterns or repeats being independent",
            ),
            Column::number(
                "theory",
                "overlap of retrieval states by replica-symmetric theory, 0 where there are none; empty for other rules than Hebb's as it is, and other patterns than independent ones",
            ),
        ]
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "overlap",
            label: "overlap",
            error: ErrorBars::Around("overlap_error"),
            beside: &[],
            range: [0.0, 1.0],
            logarithmic: false,
            level: None,
        }
    }

    fn moves_network(&self) -> bool {
        true
    }

    fn apply(&self, recipe: &mut Recipe, _n_units: usize, value: f64) -> Result<(), Error> {
        recipe.track_mut().dynamics = Dynamics::Glauber { temperature: value };
        Ok(())
    }

    fn corruption(&self, _own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        Some(sites.to_overlap(self.start, seed))
    }

    /// Time averages run by run, the load, and what theory says.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let make = |seed| self.corruption(case.own, case.sites(), seed);
        let counts = (self.patterns, self.trials);
        let cues = case.cues(&mut case.stream("cues"), counts, make)?;
        let overlaps = averages(case, cues);
        let temperature = case.recipe.track().dynamics.temperature();
        let load = case.patterns.load();
        let theory =
            follows_theory(case.recipe).then(|| hebb_overlap_at(temperature, load).unwrap_or(0.0));
        Ok(vec![overlaps, vec![load], theory.into_iter().collect()])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let overlaps = pooled(samples, OVERLAPS);
        vec![
            mean(&pooled(samples, LOAD)),
            Some(overlaps.len() as f64),
            mean(&overlaps),
            standard_error(&self.blocks(samples)),
            mean(&pooled(samples, THEORY)),
        ]
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        block_means(&lists(samples, OVERLAPS), self.trials)
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["t_half"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "t_half",
            label: "T of half",
            reading: falling(curve, HELD),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        match readings.first().and_then(|named| named.reading) {
            Some(temperature) => format!(
                "{name} holds an overlap of one half up to a temperature of {}",
                told(temperature)
            ),
            None if curve.x.is_empty() => String::new(),
            None => format!("{name} holds an overlap of one half at no temperature"),
        }
    }

    fn plane(&self, recipe: &Recipe) -> Option<LoadPlane> {
        let line = Theory {
            name: "the last load α_c(T) with retrieval states, replica-symmetric".to_owned(),
            formula: "α_c(T): largest α with m = ∫Dz tanh β(m + √(αr) z) > 0".into(),
            points: critical_line().collect(),
        };
        let lines = follows_theory(recipe).then_some(line).into_iter();
        Some(LoadPlane {
            lines: lines.collect(),
        })
    }

    fn theory(&self, case: &Case<'_>) -> Vec<Theory> {
        let load = case.patterns.load();
        if !follows_theory(case.recipe) || load >= critical_load(0.0) {
            return Vec::new();
        }
        let points = (0..=DRAWN).map(|step| {
            let part = step as f64 / DRAWN as f64;
            let temperature = self.from + (self.to - self.from) * part;
            [
                temperature,
                hebb_overlap_at(temperature, load).unwrap_or(0.0),
            ]
        });
        vec![Theory {
            name: "retrieval states for N → ∞, replica-symmetric".to_owned(),
            formula: "m = ∫Dz tanh β(m + √(αr) z)".into(),
            points: points.collect(),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::lab::experiments::tests::table;

    /// Theory's rows 8 and 9: one pattern as m = tanh(m/T) says, and more of them as the replica-symmetric equations do.
    #[test]
    fn warm_patterns_stay_as_theory_says() {
        let rows = table(
            "temperature:from=0.5,to=1.1,points=2,patterns=1,trials=10",
            "random:n=1000,p=1",
            "hebb",
            "glauber:T=0.1",
        );
        assert!((rows.number(0, "theory") - 0.9575).abs() < 1e-3);
        assert!((rows.number(0, "overlap") - 0.9575).abs() < 0.01);
        assert_eq!(rows.number(1, "theory"), 0.0);
        let rows = table(
            "temperature:from=0.5,to=0.5,points=1,patterns=10",
            "random:n=1000,p=20",
            "hebb",
            "sync",
        );
        assert_eq!(rows.number(0, "load"), 0.02);
        assert!((rows.number(0, "theory") - 0.9450).abs() < 2e-4);
        assert!((rows.number(0, "overlap") - 0.9450).abs() < 0.01);
        assert!(
            rows.said[0].contains("up to a temperature of"),
            "{:?}",
            rows.said
        );
    }

    #[test]
    fn theory_is_of_hebb_and_random_patterns_alone() {
        for (world, rule) in [
            ("random:n=50,p=2,activity=0.5", "hebb"),
            ("random:n=50,p=2", "pseudo-inverse"),
        ] {
            let rows = table(
                "temperature:from=0,to=0.1,points=2,patterns=1",
                world,
                rule,
                "sync",
            );
            assert!(rows.is_empty(0, "theory"), "{world} {rule}");
        }
    }
}
