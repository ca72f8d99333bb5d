//! Asymmetry: whether runs come to rest, cycle or go on, against the antisymmetric part of couplings or their dilution.

use super::fields::{
    PATTERNS, TRIALS, block_means, check_ends, choice, lists, number, points, pooled, share, start,
};
use crate::engine::Error;
use crate::engine::corrupt::Corruption;
use crate::engine::dynamics::Verdict;
use crate::engine::settings::{Choices as _, Field, Settings, Value, choices};
use crate::lab::experiment::{ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown};
use crate::lab::statistics::{Curve, mean, standard_error};
use crate::lab::{Case, Column, Sample, Sites, axis};
use crate::trial::Recipe;

/// Where the lists of a sample are.
const OVERLAPS: usize = 0;
const PERIODS: usize = 1;

/// What is done to couplings along the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Along {
    /// k of J_s + k J_a.
    Asymmetry,
    /// Share of couplings cut.
    #[default]
    Dilution,
}

choices!(Along: Asymmetry = "asymmetry" / "antisymmetric part", Dilution = "dilution");

/// The axis and the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Asymmetry {
    along: Along,
    from: f64,
    to: f64,
    points: usize,
    start: f64,
    patterns: usize,
    trials: usize,
}

impl Default for Asymmetry {
    fn default() -> Self {
        Self {
            along: Along::Dilution,
            from: 0.0,
            to: 0.9,
            points: 10,
            start: 0.8,
            patterns: 50,
            trials: 4,
        }
    }
}

impl Settings for Asymmetry {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            choice(
                "along",
                "Along",
                "Asymmetry: couplings become J_s + k J_a, from 0, symmetrised, to 1, as learned. Dilution: this share of them is cut",
                Along::ITEMS,
            ),
            |it| it.along.place(),
            |it, value| it.along = Along::at(value),
        ),
        Field::new(
            number(
                "from",
                "From",
                "Smallest k, or share of couplings cut: larger leaves out those nearer to 0",
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
                "Largest k, or share of couplings cut: larger goes further",
                [0.0, 1.0],
                false,
            ),
            |it| it.to,
            |it, value| it.to = value,
        ),
        Field::new(
            points("Places between both, ends included: more draw a finer curve"),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            start(
                "Overlap of cues with their pattern: larger starts nearer; 0 starts from random states, which agree with it in half of their units",
            ),
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
    name: "asymmetry",
    title: "Asymmetry",
    question: "Do runs still come to rest where couplings are not symmetric? Cues are let go in couplings of which more and more of the antisymmetric part is kept, or more and more are cut; rows tell how they end",
    reading: "Symmetric couplings have fixed points, and cycles of two where all units move at once; longer cycles, and runs that do not settle, are of the antisymmetric part. Periods count sweeps, 1 at a fixed point; a run that has not settled may still do so later",
    world: "random:n=300,p=60",
    rules: &["hebb", "pseudo-inverse"],
    dynamics: "sync",
    vary: &["alteration.cut=pairs;each"],
    repeats: 1,
};

impl Experiment for Asymmetry {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        let (column, label) = match self.along {
            Along::Asymmetry => (
                Column::number(
                    "asymmetry",
                    "k of couplings J_s + k J_a, 0 to 1: the share of the antisymmetric part that is kept",
                ),
                "asymmetry k",
            ),
            Along::Dilution => (
                Column::number("dilution", "share of the couplings that are cut, 0 to 1"),
                "dilution",
            ),
        };
        OwnAxis {
            column,
            label,
            values: axis::spaced(self.from, self.to, self.points, false),
            logarithmic: false,
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::whole("n", "runs"),
            Column::number("fixed", "share of runs that end in a fixed point, 0 to 1"),
            Column::number("cycle2", "share that end in a cycle of two states"),
            Column::number("longer", "share that end in a longer cycle"),
            Column::number("unsettled", "share still moving when they were stopped"),
            Column::number(
                "mean_period",
                "mean period of the runs that settled, 1 for fixed points; empty where none has",
            )
            .in_unit("sweeps"),
            Column::number(
                "overlap",
                "mean overlap of where runs end with the pattern of their cue, -1 to 1",
            ),
            Column::number(
                "overlap_error",
                "standard error of that, patterns or repeats being independent",
            ),
        ]
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "fixed",
            label: "share of runs",
            error: ErrorBars::None,
            beside: &[
                ("cycle2", "cycles of two"),
                ("longer", "longer cycles"),
                ("unsettled", "not settled"),
            ],
            range: [0.0, 1.0],
            logarithmic: false,
            level: None,
        }
    }

    fn moves_network(&self) -> bool {
        true
    }

    fn apply(&self, recipe: &mut Recipe, _n_units: usize, value: f64) -> Result<(), Error> {
        let path = match self.along {
            Along::Asymmetry => "alteration.asymmetry",
            Along::Dilution => "alteration.dilution",
        };
        recipe.set(path, &Value::Number(value))
    }

    fn corruption(&self, _own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        Some(sites.to_overlap(self.start, seed))
    }

    /// Final overlaps and periods, pattern by pattern; a period of 0 is none.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let make = |seed| self.corruption(case.own, case.sites(), seed);
        let counts = (self.patterns, self.trials);
        let cues = case.cues(&mut case.stream("cues"), counts, make)?;
        let rests = case.settle(&cues.cues);
        let period = |verdict: Verdict| match verdict {
            Verdict::FixedPoint => 1.0,
            Verdict::Cycle { length } => length as f64,
            Verdict::NotSettled { .. } => 0.0,
        };
        let periods = rests.iter().map(|rest| period(rest.verdict));
        Ok(vec![cues.overlaps(&rests), periods.collect()])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let periods = pooled(samples, PERIODS);
        let settled: Vec<f64> = periods.iter().copied().filter(|it| *it > 0.0).collect();
        vec![
            Some(periods.len() as f64),
            share(&periods, |period| period == 1.0),
            share(&periods, |period| period == 2.0),
            share(&periods, |period| period > 2.0),
            share(&periods, |period| period == 0.0),
            mean(&settled),
            mean(&pooled(samples, OVERLAPS)),
            standard_error(&block_means(&lists(samples, OVERLAPS), self.trials)),
        ]
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        let fixed = |sample: &Sample| {
            let is_fixed = sample[PERIODS].iter().map(|period| *period == 1.0);
            is_fixed.map(|is| f64::from(u8::from(is))).collect()
        };
        let lists: Vec<Vec<f64>> = samples.iter().map(fixed).collect();
        block_means(&lists, self.trials)
    }

    fn says(&self, name: &str, curve: &Curve, _readings: &[Named]) -> String {
        let ends = [0, curve.x.len().saturating_sub(1)];
        let [Some(first), Some(last)] =
            ends.map(|end| Some((*curve.x.get(end)?, 100.0 * *curve.y.get(end)?)))
        else {
            return String::new();
        };
        let what = match self.along {
            Along::Asymmetry => "k",
            Along::Dilution => "dilution",
        };
        let first_said = format!(
            "{name} comes to rest in {:.0} % of runs at {what} = {}",
            first.1, first.0
        );
        if curve.x.len() == 1 {
            return first_said;
        }
        format!("{first_said} and in {:.0} % at {}", last.1, last.0)
    }
}

#[cfg(test)]
mod tests {
    use crate::lab::experiments::tests::{plan, table, table_along};

    /// Theory's row 26 (Bruck 1990): symmetric couplings have no cycle longer than two when all units move at once, and
    /// none where one moves at a time.
    #[test]
    fn symmetric_couplings_have_fixed_points_and_cycles_of_two() {
        let runs = |dynamics| {
            let vary = Some("alteration.cut=pairs;each");
            let cut =
                "asymmetry:along=dilution,from=0.4,to=0.4,points=1,start=0,patterns=10,trials=2";
            table_along(cut, "random:n=100,p=50", "pseudo-inverse", dynamics, vary)
        };
        let sync = runs("sync");
        assert_eq!(sync.number(0, "n"), 20.0);
        assert_eq!(sync.number(0, "fixed") + sync.number(0, "cycle2"), 1.0);
        assert!(sync.number(0, "mean_period") <= 2.0);
        assert!(sync.number(1, "longer") + sync.number(1, "unsettled") > 0.5);
        let single = runs("async");
        assert_eq!(single.number(0, "fixed"), 1.0);
        assert_eq!(single.number(0, "mean_period"), 1.0);
        let symmetrised = table(
            "asymmetry:along=asymmetry,from=0,to=0,points=1,start=0,patterns=10",
            "random:n=60,p=30",
            "perceptron",
            "async",
        );
        assert_eq!(symmetrised.number(0, "fixed"), 1.0);
    }

    #[test]
    fn everything_stays_where_all_couplings_are_cut() {
        let rows = table(
            "asymmetry:along=dilution,from=0,to=1,points=2,start=0.8,patterns=5,trials=2",
            "random:n=100,p=5",
            "hebb",
            "sync",
        );
        assert!(rows.number(0, "overlap") > 0.99);
        assert_eq!(rows.number(1, "fixed"), 1.0);
        assert!((rows.number(1, "overlap") - 0.8).abs() < 1e-9);
    }

    #[test]
    fn memories_without_couplings_are_told_in_a_sentence() {
        let rows = table(
            "asymmetry:along=asymmetry,from=0,to=0.5,points=2,patterns=2",
            "random:n=60,p=5",
            "dense",
            "sync",
        );
        assert!(
            rows.problem(0).is_some_and(|said| said.contains("dense")),
            "{:?}",
            rows.problem(0)
        );
        assert!(plan("asymmetry:from=0.5,to=0.2", "random", "hebb", "sync").is_err());
    }
}
