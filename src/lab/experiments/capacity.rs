//! Capacity: what is left of stored patterns, against the load.

use super::fields::{
    LOG, PATTERNS, TRIALS, block_means, check_ends, lists, number, points, pooled, quartiles,
    share, start,
};
use super::theories::{follows_theory, is_plain, last_loads};
use crate::engine::Error;
use crate::engine::corrupt::Corruption;
use crate::engine::numbers::plain;
use crate::engine::observables::{RETRIEVED, differing};
use crate::engine::settings::{Field, Settings};
use crate::engine::theory::expectation::{Expectation, Load};
use crate::engine::theory::mean_field::hebb_overlap_at;
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown, Theory, TheoryMark,
};
use crate::lab::statistics::{Curve, falling, mean, standard_error, told};
use crate::lab::{Case, Column, Sample, Sites, axis, set_load};
use crate::trial::Recipe;

/// Where the lists of a sample are.
const OVERLAPS: usize = 0;
const TURNED: usize = 1;
const SIZES: usize = 2;

/// Loads at which theory is drawn.
const DRAWN: usize = 200;

/// Loads, patterns and cues.
#[derive(Debug, Clone, PartialEq)]
pub struct CapacityByLoad {
    from: f64,
    to: f64,
    points: usize,
    logarithmic: bool,
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
            logarithmic: false,
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
            points("Loads between both, ends included: more draw a finer curve"),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            LOG,
            |it| f64::from(u8::from(it.logarithmic)),
            |it, value| it.logarithmic = value == 1.0,
        ),
        Field::new(
            start(
                "Overlap of cues with their pattern: 1 asks whether patterns stay, less whether they come back",
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
        let ends = [self.from, self.to];
        check_ends(["from", "to"], ends, self.points, self.logarithmic)
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "capacity",
    title: "Capacity",
    question: "How many patterns does a rule hold? Stored patterns are let go at growing load; the curve shows what is left of them",
    reading: "A curve that stays near 1 holds its patterns, and where it falls they are lost; the capacity is the load up to which the mean final overlap is at least 0.9, interpolated between points. Finite networks lose them less suddenly than infinite ones, of which the projection holds all patterns below α = 1 and no couplings more than α = 2 (Gardner)",
    world: "random:n=400",
    rules: &["hebb", "pseudo-inverse", "pseudo-likelihood"],
    dynamics: "async",
    vary: &[],
    repeats: 1,
};

impl Experiment for CapacityByLoad {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        OwnAxis {
            column: Column::number(
                "load",
                "load α = P/N that was asked for, before rounding to whole patterns",
            ),
            label: "load α = P/N",
            values: axis::spaced(self.from, self.to, self.points, self.logarithmic),
            logarithmic: self.logarithmic,
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
                "what theory expects of the overlap from start overlap 1 in large networks, at the temperature of the dynamics; empty for other rules than Hebb's as it is, and other patterns than independent ones",
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

    fn corruption(&self, _own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        Some(sites.to_overlap(self.start, seed))
    }

    /// Final overlaps, pattern by pattern; shares of units that turn, a pattern each; N, P and both theories.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let make = |seed| self.corruption(case.own, case.sites(), seed);
        let counts = (self.patterns, self.trials);
        let cues = case.cues(&mut case.stream("cues"), counts, make)?;
        let finals = cues.overlaps(&case.settle(&cues.cues));
        let originals = case.some_states(self.patterns);
        let after = case.one_step(&originals);
        let turned = after.iter().zip(&originals);
        let turned = turned
            .map(|(state, original)| differing(state, original) as f64 / state.n_units() as f64)
            .collect();
        let load = Load::of(case.patterns);
        let expected = expectation(case.recipe, load);
        let [overlap, error] =
            [expected.overlap, expected.bit_error].map(|it| it.unwrap_or(f64::NAN));
        let sizes = vec![load.n_units as f64, load.n_patterns as f64, overlap, error];
        Ok(vec![finals, turned, sizes])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let all = pooled(samples, OVERLAPS);
        let [q25, q50, q75] = quartiles(&all);
        let told = |of: usize| Some(samples[0][SIZES][of]).filter(|number| number.is_finite());
        vec![
            told(0),
            told(1),
            Some(all.len() as f64),
            mean(&all),
            standard_error(&self.blocks(samples)),
            q25,
            q50,
            q75,
            share(&all, |overlap| overlap >= RETRIEVED),
            share(&all, |overlap| overlap >= 1.0),
            mean(&pooled(samples, TURNED)),
            standard_error(&block_means(&lists(samples, TURNED), 1)),
            told(2),
            told(3),
        ]
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        block_means(&lists(samples, OVERLAPS), self.trials)
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["capacity"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "capacity",
            label: "capacity",
            reading: falling(curve, RETRIEVED),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        match readings.first().and_then(|named| named.reading) {
            Some(capacity) if capacity.bound.is_some() => format!(
                "{name} keeps an overlap of 0.9 at all loads up to {}, and may beyond",
                plain(capacity.value)
            ),
            Some(capacity) => format!(
                "{name} keeps an overlap of 0.9 up to a load of {}",
                told(capacity)
            ),
            None if curve.x.is_empty() => String::new(),
            None => format!(
                "{name} is below an overlap of 0.9 from the smallest load, {}, on",
                plain(curve.x[0])
            ),
        }
    }

    fn marks(&self, recipe: &Recipe) -> Vec<TheoryMark> {
        last_loads(recipe)
    }

    fn theory(&self, case: &Case<'_>) -> Vec<Theory> {
        let n_units = case.patterns.n_units();
        let load_at = |alpha: f64| Load {
            n_units,
            n_patterns: (alpha * n_units as f64).round().max(1.0) as usize,
            activity: 0.0,
        };
        let alphas = axis::spaced(self.from, self.to, DRAWN, self.logarithmic);
        let expected: Vec<(f64, Expectation)> = alphas
            .into_iter()
            .map(|alpha| (alpha, expectation(case.recipe, load_at(alpha))))
            .collect();
        let line = |name: &str, formula: &'static str, of: fn(&Expectation) -> Option<f64>| {
            let points = expected.iter();
            let points = points.filter_map(|(alpha, expected)| Some([*alpha, of(expected)?]));
            Theory {
                name: name.to_owned(),
                formula: formula.into(),
                points: points.collect(),
            }
        };
        let is_warm = case.recipe.track().dynamics.temperature() > 0.0;
        let formula = if is_warm {
            "m at this temperature (Amit, Gutfreund, Sompolinsky)"
        } else {
            "m = erf(m/√(2αr)) (Amit, Gutfreund, Sompolinsky)"
        };
        let mut lines = vec![line("large networks", formula, |it| it.overlap)];
        // No step of a heat bath goes by the signs of the fields alone.
        if !is_warm {
            lines.push(line(
                "after one step, by signal to noise",
                "m₁ = 1 − 2Φ(−√SNR)",
                |it| Some(1.0 - 2.0 * it.bit_error?),
            ));
        }
        lines.retain(|line| line.points.len() > 1);
        lines
    }
}

/// What theory expects at `load` and at the temperature of the dynamics, where it speaks of the world and the rule of
/// `recipe`; nothing elsewhere. The bit error is that of a step without heat.
fn expectation(recipe: &Recipe, load: Load) -> Expectation {
    let rule = recipe.track().rule.rule();
    let expected = rule.expectation(load).filter(|_| is_plain(recipe));
    let expected = expected.unwrap_or_default();
    let overlap = match recipe.track().dynamics.temperature() {
        _ if !follows_theory(recipe) => None,
        0.0 => expected.overlap,
        temperature => Some(hebb_overlap_at(temperature, load.alpha()).unwrap_or(0.0)),
    };
    Expectation {
        overlap,
        ..expected
    }
}

#[cfg(test)]
mod tests {
    use super::hebb_overlap_at;
    use crate::lab::experiments::tests::table;

    #[test]
    fn what_is_kept_up_to_where_is_said_three_ways() {
        let said = |ends: &str, rule: &str| {
            let experiment = format!("capacity:{ends},patterns=20");
            table(&experiment, "random:n=200", rule, "async").said[0].clone()
        };
        let all = said("from=0.02,to=0.06,points=3", "hebb");
        assert!(all.contains("at all loads up to 0.06, and may"), "{all}");
        let crossing = said("from=0.05,to=0.3,points=6", "hebb");
        assert!(crossing.contains("up to a load of 0.1"), "{crossing}");
        let none = said("from=0.4,to=0.6,points=3", "hebb");
        assert!(none.contains("from the smallest load, 0.4, on"), "{none}");
    }

    #[test]
    fn theory_is_of_fair_patterns_and_of_hebb_as_it_is() {
        let columns = ["theory_mean", "theory_bit_error"];
        let empty = |world: &str, rule: &str| {
            let ends = "capacity:from=0.05,to=0.05,points=1,patterns=5";
            let rows = table(ends, world, rule, "sync");
            columns.map(|column| rows.is_empty(0, column))
        };
        assert_eq!(empty("random:n=100", "hebb"), [false, false]);
        assert_eq!(empty("random:n=100", "hebb:diagonal=kept"), [true, false]);
        assert_eq!(empty("random:n=100,activity=0.3", "hebb"), [true, true]);
    }

    /// At T = 0.5 the overlap is that of mean field theory (`mean_field` has the equations) and lost at α = 0.2; without heat
    /// it is above 0.999.
    #[test]
    fn theory_is_of_the_temperature_of_the_dynamics() {
        let expected = |dynamics: &str| {
            let ends = "capacity:from=0.05,to=0.2,points=2,patterns=5";
            let rows = table(ends, "random:n=100", "hebb", dynamics);
            [0, 1].map(|row| rows.number(row, "theory_mean"))
        };
        let [held, lost] = expected("glauber:T=0.5");
        let by_theory = hebb_overlap_at(0.5, 0.05).unwrap();
        assert!(
            (held - by_theory).abs() < 1e-9 && by_theory < 0.95,
            "{held}"
        );
        assert_eq!(lost, 0.0);
        assert!(expected("async")[0] > 0.999);
    }
}
