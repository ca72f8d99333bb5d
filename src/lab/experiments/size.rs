//! Size: recall at several numbers of units, and whether its curves fall together on a finite-size variable.

mod settings;

use super::fields::{binomial_error, lists, pooled, share};
use super::theories::follows_theory;
use super::warm::{HELD, averages};
use crate::engine::corrupt::Corruption;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::choices;
use crate::engine::theory::mean_field::{HEBB_CAPACITY, critical_temperature};
use crate::engine::{Dynamics, Error};
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Scaling, Shown, TheoryMark,
};
use crate::lab::statistics::{Curve, falling, mean, rising, standard_error, told};
use crate::lab::{Case, Column, Sample, Sites, axis, set_load};
use crate::trial::Recipe;

/// Where the lists of a sample are.
const OVERLAPS: usize = 0;
const SIZES: usize = 1;

/// The share at which a curve is said to cross.
const HALF: f64 = 0.5;

/// What is looked at for each number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Of {
    /// Recall against the load.
    #[default]
    Capacity,
    /// Recall against the start overlap.
    Basins,
    /// What a heat bath leaves against its temperature.
    Temperature,
}

choices!(Of: Capacity = "capacity", Basins = "basins", Temperature = "temperature");

/// The axis, the load and what is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct FiniteSize {
    of: Of,
    loads: [f64; 2],
    overlaps: [f64; 2],
    temperatures: [f64; 2],
    load: f64,
    points: usize,
    start: f64,
    patterns: usize,
    trials: usize,
}

impl Default for FiniteSize {
    fn default() -> Self {
        Self {
            of: Of::Capacity,
            loads: [0.06, 0.3],
            overlaps: [0.1, 0.6],
            temperatures: [0.3, 0.8],
            load: 0.05,
            points: 13,
            start: 1.0,
            patterns: 100,
            trials: 1,
        }
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "size",
    title: "Size",
    question: "What would infinitely many units do? The share of cues that come back is taken at several numbers of units N, against the load, the start overlap or the temperature: the more units, the more suddenly it falls",
    reading: "Where curves of all N fall onto one over (x − x_c) N^(1/ν), x_c is where the fall of infinitely many units is, and 1/ν how fast it gets steeper. Both are such that points lie as near as can be to the line through those of other N; S is the mean square of what is left over its error, near 1 where all lie on one line and far above where they do not",
    world: "random:n=400",
    rules: &["hebb"],
    dynamics: "async",
    vary: &["world.n=100;200;400;800"],
    repeats: 16,
};

impl FiniteSize {
    /// The ends of the axis.
    fn ends(&self) -> [f64; 2] {
        match self.of {
            Of::Capacity => self.loads,
            Of::Basins => self.overlaps,
            Of::Temperature => self.temperatures,
        }
    }

    /// The overlap from which a cue has come back.
    fn back(&self) -> f64 {
        match self.of {
            Of::Capacity | Of::Basins => RETRIEVED,
            Of::Temperature => HELD,
        }
    }

    fn came_back(&self, overlaps: &[f64]) -> Option<f64> {
        share(overlaps, |overlap| overlap >= self.back())
    }
}

impl Experiment for FiniteSize {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        let [low, high] = self.ends();
        let (column, label) = match self.of {
            Of::Capacity => (
                Column::number(
                    "load",
                    "load α = P/N that was asked for, before rounding to whole patterns",
                ),
                "load α = P/N",
            ),
            Of::Basins => (
                Column::number(
                    "start_overlap",
                    "overlap of the cue with its pattern, 0 to 1, before rounding to whole units",
                ),
                "start overlap m₀",
            ),
            Of::Temperature => (
                Column::number(
                    "temperature",
                    "temperature T of the heat bath, in units of the fields",
                ),
                "temperature T",
            ),
        };
        OwnAxis {
            column,
            label,
            values: axis::spaced(low, high, self.points, false),
            logarithmic: false,
        }
    }

    fn moves_network(&self) -> bool {
        true
    }

    fn apply(&self, recipe: &mut Recipe, n_units: usize, value: f64) -> Result<(), Error> {
        match self.of {
            Of::Capacity => set_load(recipe, n_units, value),
            Of::Basins => set_load(recipe, n_units, self.load),
            Of::Temperature => {
                recipe.track_mut().dynamics = Dynamics::Glauber { temperature: value };
                set_load(recipe, n_units, self.load)
            }
        }
    }

    fn columns(&self) -> Vec<Column> {
        let (share, mean) = match self.of {
            Of::Capacity | Of::Basins => (
                "share of cues that end at an overlap of 0.9 or more, 0 to 1",
                "mean overlap of where they end with their pattern, -1 to 1",
            ),
            Of::Temperature => (
                "share of runs whose overlap with the pattern of the cue, averaged over the second half of the sweeps, is 0.5 or more, 0 to 1",
                "mean of that overlap, -1 to 1",
            ),
        };
        vec![
            Column::whole("n_units", "units N"),
            Column::whole("n_patterns", "stored patterns P"),
            Column::whole("n", "cues"),
            Column::number("share", share),
            Column::number(
                "error",
                "standard error of that, over repeats where there are several, else that of as many independent cues",
            ),
            Column::number("mean", mean),
        ]
    }

    fn shown(&self) -> Shown {
        let label = match self.of {
            Of::Capacity | Of::Basins => "share recalled",
            Of::Temperature => "share held",
        };
        Shown {
            up: "share",
            label,
            error: ErrorBars::Around("error"),
            beside: &[],
            range: [0.0, 1.0],
            logarithmic: false,
            level: None,
        }
    }

    fn corruption(&self, own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        let start = match self.of {
            Of::Capacity | Of::Temperature => self.start,
            Of::Basins => own,
        };
        Some(sites.to_overlap(start, seed))
    }

    /// Overlaps in the end, or averaged over time; N and P.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let make = |seed| self.corruption(case.own, case.sites(), seed);
        let counts = (self.patterns, self.trials);
        let cues = case.cues(&mut case.stream("cues"), counts, make)?;
        let overlaps = match self.of {
            Of::Capacity | Of::Basins => cues.overlaps(&case.settle(&cues.cues)),
            Of::Temperature => averages(case, cues),
        };
        let sizes = [case.patterns.n_units(), case.patterns.n_patterns()];
        Ok(vec![overlaps, sizes.map(|count| count as f64).to_vec()])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let all = pooled(samples, OVERLAPS);
        let share = self.came_back(&all);
        let error = standard_error(&self.blocks(samples));
        vec![
            Some(samples[0][SIZES][0]),
            Some(samples[0][SIZES][1]),
            Some(all.len() as f64),
            share,
            error.or_else(|| binomial_error(share, all.len())),
            mean(&all),
        ]
    }

    /// The share of each repeat; nothing of one.
    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        if samples.len() < 2 {
            return Vec::new();
        }
        let of_each = lists(samples, OVERLAPS);
        let shares = of_each.iter().filter_map(|list| self.came_back(list));
        shares.collect()
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["half"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        let reading = match self.of {
            Of::Capacity | Of::Temperature => falling(curve, HALF),
            Of::Basins => rising(curve, HALF),
        };
        vec![Named {
            key: "half",
            label: "half at",
            reading,
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        let Some(half) = readings.first().and_then(|named| named.reading) else {
            return if curve.x.is_empty() {
                String::new()
            } else {
                format!("{name}: less than half of the cues come back anywhere")
            };
        };
        let where_ = match self.of {
            Of::Capacity => "up to a load of",
            Of::Basins => "from a start overlap of",
            Of::Temperature => "up to a temperature of",
        };
        format!("{name}: half of the cues come back {where_} {}", told(half))
    }

    fn marks(&self, recipe: &Recipe) -> Vec<TheoryMark> {
        if !follows_theory(recipe) || self.start < 1.0 {
            return Vec::new();
        }
        match self.of {
            // At a temperature patterns are lost at smaller loads.
            Of::Capacity if recipe.track().dynamics.temperature() > 0.0 => Vec::new(),
            Of::Capacity => vec![TheoryMark {
                at: HEBB_CAPACITY,
                name: "α_c = 0.138 (Amit, Gutfreund, Sompolinsky)",
            }],
            Of::Temperature => critical_temperature(self.load)
                .map(|at| TheoryMark {
                    at,
                    name: "T_c(α) (Amit, Gutfreund, Sompolinsky)",
                })
                .into_iter()
                .collect(),
            Of::Basins => Vec::new(),
        }
    }

    fn scaling(&self) -> Option<Scaling> {
        let (symbol, critical) = match self.of {
            Of::Capacity => ("α", "α_c"),
            Of::Basins => ("m₀", "m_c"),
            Of::Temperature => ("T", "T_c"),
        };
        Some(Scaling { symbol, critical })
    }
}

#[cfg(test)]
mod tests {
    use crate::lab::experiments::tests::{plan, table};

    #[test]
    fn each_axis_has_its_own_place_and_load() {
        let rows = table(
            "size:of=basins,far=0,near=1,points=3,load=0.03,patterns=10",
            "random:n=100",
            "hebb",
            "sync",
        );
        assert_eq!(rows.number(0, "n_patterns"), 3.0);
        assert_eq!(rows.number(2, "share"), 1.0);
        assert!(rows.number(0, "share") < 0.5, "{}", rows.number(0, "share"));
        assert!(
            rows.said[0].contains("from a start overlap of"),
            "{:?}",
            rows.said
        );
        let rows = table(
            "size:of=temperature,cold=0.1,hot=1.1,points=2,load=0.02",
            "random:n=100",
            "hebb",
            "sync",
        );
        assert_eq!(
            (rows.number(0, "share"), rows.number(1, "share")),
            (1.0, 0.0)
        );
        assert!(
            rows.said[0].contains("up to a temperature of"),
            "{:?}",
            rows.said
        );
        let refused = plan("size:of=basins,far=0.5,near=0.2", "random", "hebb", "sync");
        assert!(refused.unwrap_err().to_string().contains("below near"));
    }
}
