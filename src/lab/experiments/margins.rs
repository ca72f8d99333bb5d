//! Margins: stabilities, norm and basins of pseudo-likelihood couplings, against learning time or penalty.

mod settings;

use super::fields::{block_means, lists, pooled};
use super::theories::is_plain;
use crate::engine::Error;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::{Value, choices};
use crate::engine::theory::gardner::largest_stability;
use crate::lab::experiment::{ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown};
use crate::lab::statistics::{Curve, CurveReading, mean, quantile, rising};
use crate::lab::{Case, Column, Cues, Sample, axis};
use crate::trial::Recipe;

/// Where the lists of a sample are; final overlaps, a list for each start overlap, come last.
const STABILITIES: usize = 0;
const NORM: usize = 1;
const BOUND: usize = 2;
const FINALS: usize = 3;

/// What grows along the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Along {
    /// Steps of descent.
    #[default]
    Steps,
    /// Weight penalty.
    Penalty,
}

choices!(Along: Steps = "steps" / "learning time", Penalty = "penalty");

/// The axis and what is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginsAlong {
    along: Along,
    steps: [f64; 2],
    penalty: [f64; 2],
    points: usize,
    overlaps: usize,
    patterns: usize,
    trials: usize,
}

impl Default for MarginsAlong {
    fn default() -> Self {
        Self {
            along: Along::Steps,
            steps: [1.0, 1000.0],
            penalty: [1e-4, 1.0],
            points: 10,
            overlaps: 21,
            patterns: 40,
            trials: 2,
        }
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "margins",
    title: "Margins",
    question: "How long should pseudo-likelihood learn? Stabilities of all units, the norm of the couplings and the width of the basins are taken along learning time, or along the penalty on weights",
    reading: "Stabilities Δ are fields along the pattern over the length of the couplings: short learning is near Hebb's rule, with a large mean and negative ones, long learning raises the smallest. m_c is the start overlap from which on the mean final overlap is at least 0.9: where it is least, basins are widest, and an intermediate norm is best",
    world: "random:n=200,p=80",
    rules: &["pseudo-likelihood:optimiser=descent,l2=0,eta=0.5"],
    dynamics: "sync",
    vary: &[],
    repeats: 1,
};

impl MarginsAlong {
    /// Start overlaps, ascending.
    fn starts(&self) -> Vec<f64> {
        axis::spaced(0.0, 1.0, self.overlaps, false)
    }

    /// Final overlap against start overlap.
    fn basins(&self, samples: &[Sample]) -> Curve {
        let starts = self.starts();
        let at = |place: usize| FINALS + place;
        let places = 0..starts.len();
        let height = |place| mean(&pooled(samples, at(place))).unwrap_or(0.0);
        Curve {
            y: places.clone().map(height).collect(),
            blocks: places
                .map(|place| block_means(&lists(samples, at(place)), self.trials))
                .collect(),
            x: starts,
            is_tied: true,
        }
    }
}

impl Experiment for MarginsAlong {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        match self.along {
            Along::Steps => {
                let [from, to] = self.steps;
                let mut values = axis::spaced(from, to, self.points, true);
                for value in &mut values {
                    *value = value.round();
                }
                values.dedup();
                OwnAxis {
                    column: Column::whole("steps", "steps of gradient descent"),
                    label: "learning time t",
                    values,
                    logarithmic: true,
                }
            }
            Along::Penalty => {
                let [least, most] = self.penalty;
                OwnAxis {
                    column: Column::number("penalty", "weight penalty ρ, 0 to 1"),
                    label: "penalty ρ",
                    values: axis::spaced(least, most, self.points, true),
                    logarithmic: true,
                }
            }
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::number(
                "min",
                "smallest stability ξ_i h_i/|J_i|, over all units and the patterns tried",
            ),
            Column::number("q05", "stability below which 5 % of them are"),
            Column::number("q25", "lower quartile of stabilities"),
            Column::number("q50", "median of stabilities"),
            Column::number("q75", "upper quartile of stabilities"),
            Column::number("q95", "stability below which 95 % of them are"),
            Column::number("mean", "mean stability"),
            Column::number(
                "row_norm",
                "inverse temperature λ of the rule times the mean length of a row of couplings, above 0",
            ),
            Column::number(
                "m_c",
                "start overlap from which on the mean final overlap is at least 0.9, 0 to 1; empty where there is none",
            ),
            Column::number(
                "m_c_error",
                "jackknife error of that over patterns or repeats",
            ),
            Column::number(
                "kappa",
                "the largest smallest stability that any couplings have at this load, Gardner's κ(α), for N → ∞; empty for other patterns than independent ones, and from α = 2 on",
            ),
        ]
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "m_c",
            label: "m_c",
            error: ErrorBars::Around("m_c_error"),
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
        let (path, what) = match self.along {
            Along::Steps => ("rule.steps", "learning time"),
            Along::Penalty => ("rule.l2", "a penalty"),
        };
        let rule = &recipe.track().rule;
        if rule.get("steps").is_none() || rule.get("l2").is_none() {
            return Err(Error::Idle {
                setting: what,
                others: rule.notation(),
            });
        }
        if self.along == Along::Steps {
            recipe.set("rule.optimiser", &"descent".into())?;
        }
        recipe.set(path, &Value::Number(value))
    }

    /// Stabilities, the norm, Gardner's bound, and final overlaps pattern by pattern, a list for each start overlap.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let no_signs = || Error::Format {
            expected: "stabilities are of couplings between signs".to_owned(),
            found: "there are none here".to_owned(),
        };
        let stabilities = case.stabilities(self.patterns).ok_or_else(no_signs)?;
        let couplings = case.memory().couplings().ok_or_else(no_signs)?;
        let norms: Vec<f64> = (0..couplings.n_units())
            .map(|unit| couplings.row_norm(unit))
            .collect();
        let lambda = case.recipe.track().rule.get("lambda").unwrap_or(1.0);
        let norm = mean(&norms).unwrap_or(0.0) * lambda;
        let counts = (self.patterns, self.trials);
        let mut lots = case.stream("cues");
        let sites = case.sites();
        let mut all = Cues::default();
        for start in self.starts() {
            let make = |seed| Some(sites.to_overlap(start, seed));
            let cues = case.cues(&mut lots, counts, make)?;
            all.originals.extend(cues.originals);
            all.cues.extend(cues.cues);
        }
        let finals = all.overlaps(&case.settle(&all.cues));
        let load = case.patterns.load();
        let bound = largest_stability(load).filter(|_| is_plain(case.recipe));
        let mut sample = vec![stabilities, vec![norm], bound.into_iter().collect()];
        let of_each = finals.len() / self.overlaps;
        sample.extend(finals.chunks(of_each.max(1)).map(<[f64]>::to_vec));
        Ok(sample)
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let mut stabilities = pooled(samples, STABILITIES);
        stabilities.sort_unstable_by(f64::total_cmp);
        let m_c = rising(&self.basins(samples), RETRIEVED);
        let mut numbers: Vec<Option<f64>> = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95]
            .map(|part| quantile(&stabilities, part))
            .to_vec();
        numbers.extend([
            mean(&stabilities),
            mean(&pooled(samples, NORM)),
            m_c.map(|m_c| m_c.value),
            m_c.and_then(|m_c| m_c.error),
            mean(&pooled(samples, BOUND)),
        ]);
        numbers
    }

    /// m_c of each repeat; nothing of one.
    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        if samples.len() < 2 {
            return Vec::new();
        }
        let basins = samples
            .iter()
            .map(|it| self.basins(std::slice::from_ref(it)));
        let all: Option<Vec<f64>> = basins
            .map(|curve| rising(&curve, RETRIEVED).map(|m_c| m_c.value))
            .collect();
        all.unwrap_or_default()
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["best", "best_m_c", "best_row_norm", "best_min", "kappa"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        let heights = curve.y.iter().copied().enumerate();
        let least = heights.min_by(|a, b| a.1.total_cmp(&b.1));
        vec![
            Named {
                key: "best",
                label: "best",
                reading: least.map(|(place, _)| CurveReading::plain(curve.x[place])),
            },
            Named {
                key: "best_m_c",
                label: "least m_c",
                reading: least.map(|(_, m_c)| CurveReading::plain(m_c)),
            },
        ]
    }

    fn readings_beside(
        &self,
        readings: &[Named],
        at: &dyn Fn(f64, &str) -> Option<f64>,
    ) -> Vec<Named> {
        let best = readings.first().and_then(|named| named.reading);
        let there = |key, label, column: &str| Named {
            key,
            label,
            reading: best
                .and_then(|best| at(best.value, column))
                .map(CurveReading::plain),
        };
        vec![
            there("best_row_norm", "row norm there", "row_norm"),
            there("best_min", "least Δ there", "min"),
            there("kappa", "κ(α)", "kappa"),
        ]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        let value = |place: usize| {
            let named: Option<&Named> = readings.get(place);
            named.and_then(|named| named.reading).map(|it| it.value)
        };
        let (Some(best), Some(m_c)) = (value(0), value(1)) else {
            return String::new();
        };
        let place = match self.along {
            Along::Steps => format!("after {best} steps"),
            Along::Penalty => format!("at a penalty of {best:.2e}"),
        };
        let norm = value(2).map(|norm| format!(", at a row norm of {norm:.2}"));
        let ends = curve.x.first() == Some(&best) || curve.x.last() == Some(&best);
        let end = if ends && curve.x.len() > 1 {
            "; that is an end of the axis, and it may be wider beyond"
        } else {
            ""
        };
        let bound = value(3).zip(value(4)).map(|(least, kappa)| {
            format!("; its smallest stability is {least:.2} there, and κ(α) = {kappa:.2} the largest that any couplings can have (Gardner, N → ∞)")
        });
        format!(
            "{name} has its widest basins {place}, from an overlap of {m_c:.3} on{}{end}{}",
            norm.unwrap_or_default(),
            bound.unwrap_or_default()
        )
    }
}

#[cfg(test)]
#[path = "margins_tests.rs"]
mod tests;
