//! Growth: how the number of patterns that are held grows with the number of units.

use super::fields::{number, whole};
use crate::engine::Alteration;
use crate::engine::Error;
use crate::engine::LearningRule;
use crate::engine::dynamics::Batch;
use crate::engine::settings::{Field, Settings};
use crate::engine::theory::expectation::Load;
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown, Theory,
};
use crate::lab::statistics::{Curve, line, mean, reading, standard_error, told};
use crate::lab::{Column, LabEntry, Row, Sample, Unit, axis, share_changed};
use crate::trial::{self, Recipe};
use crate::worlds::Source;
use rand::RngExt as _;
use std::sync::Arc;

/// Numbers of patterns that are tried, over what theory expects.
const TRIED: [f64; 5] = [0.5, 0.71, 1.0, 1.41, 2.0];
/// Places on the curve of theory.
const LINE: usize = 60;

/// Sizes, the bit error, patterns.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    from: usize,
    to: usize,
    points: usize,
    error: f64,
    patterns: usize,
}

impl Default for Growth {
    fn default() -> Self {
        Self {
            from: 40,
            to: 120,
            points: 5,
            error: 0.01,
            patterns: 100,
        }
    }
}

impl Settings for Growth {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            whole("from", "From", "Smallest number of units N", [16, 4096]),
            |it| it.from as f64,
            |it, value| it.from = value as usize,
        ),
        Field::new(
            whole(
                "to",
                "To",
                "Largest number of units N: larger takes longer, by a high power for dense memories",
                [16, 4096],
            ),
            |it| it.to as f64,
            |it, value| it.to = value as usize,
        ),
        Field::new(
            whole(
                "points",
                "Points",
                "Sizes between both, at equal ratios, ends included: more make the exponent surer",
                [2, 101],
            ),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            number(
                "error",
                "Bit error",
                "Share of units that may turn in the first step from a stored pattern: larger admits more patterns",
                [1e-4, 0.3],
                true,
            ),
            |it| it.error,
            |it, value| it.error = value,
        ),
        Field::new(
            whole(
                "patterns",
                "Patterns",
                "Stored patterns that are looked at: more make errors smaller",
                [1, 100_000],
            ),
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        if self.from >= self.to {
            return Err(Error::Range {
                setting: "from",
                range: "below to".to_owned(),
                value: format!("{} with to={}", self.from, self.to),
            });
        }
        Ok(())
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "growth",
    title: "Growth",
    question: "How does the number of patterns that are held grow with the number of units? At each size as many are stored as keep the bit error of one step at a given share",
    reading: "On logarithmic axes the curve is a line, and its slope the exponent: 1 for Hebb's rule, n − 1 for a dense memory of degree n",
    world: "random:n=100,p=2",
    rules: &["dense:n=2", "dense:n=3", "dense:n=4"],
    dynamics: "sync",
    vary: &[],
};

impl Experiment for Growth {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        let sizes = axis::spaced(self.from as f64, self.to as f64, self.points, true);
        let mut values: Vec<f64> = sizes.into_iter().map(f64::round).collect();
        values.dedup();
        OwnAxis {
            column: Column::whole("n_units", "units N"),
            label: "units N",
            values,
            logarithmic: true,
        }
    }

    fn moves_network(&self) -> bool {
        true
    }

    fn apply(&self, recipe: &mut Recipe, _n_units: usize, value: f64) -> Result<(), Error> {
        recipe.world.set("n", value)
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::number(
                "patterns",
                "patterns K at which the bit error of one step is the one asked for, by a straight line through its logarithms; mean over repeats",
            ),
            Column::number(
                "error",
                "standard error of that, over repeats; empty for one",
            ),
            Column::number(
                "theory",
                "what signal to noise expects at this N; empty where it says nothing",
            ),
        ]
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "patterns",
            label: "patterns K",
            error: ErrorBars::Around("error"),
            beside: &[],
            range: [1.0, 1e4],
            logarithmic: true,
            level: None,
        }
    }

    /// The number of patterns that were found, and what theory expects.
    fn sample(&self, unit: &Unit<'_>) -> Result<Sample, Error> {
        let n_units = unit.patterns.n_units();
        let rule = &unit.recipe.track().rule;
        let Some(theory) = expected(rule, n_units, self.error) else {
            return Err(Error::Format {
                expected: "growth looks for the number of patterns around what theory expects"
                    .to_owned(),
                found: format!("theory says nothing of {}", rule.notation()),
            });
        };
        let mut rng = unit.stream("growth");
        let mut points = Vec::new();
        for factor in TRIED {
            let count = (theory * factor).round().max(2.0);
            let mut world = unit.recipe.world.clone();
            world.set("p", count)?;
            let seed = rng.random();
            let patterns = Source::prepare(&world, seed)?.stored()?.patterns;
            let learned = trial::learn(rule, &patterns, seed, Alteration::default(), |_done| ())?;
            let batch = Arc::new(Batch::new(learned.memory));
            let stored = Unit {
                patterns: &patterns,
                batch: &batch,
                ..unit.clone()
            };
            let chosen = stored.some_patterns(self.patterns);
            let states: Vec<_> = chosen
                .into_iter()
                .map(|pattern| patterns.state(pattern))
                .collect();
            let after = stored.one_step(&states);
            let pairs = after.iter().zip(&states);
            let shares: Vec<f64> = pairs
                .map(|(one, other)| share_changed(one, other))
                .collect();
            let share = mean(&shares).unwrap_or(0.0);
            if share > 0.0 {
                points.push([libm::log(share), libm::log(count)]);
            }
        }
        let found =
            line(&points).map(|[slope, height]| libm::exp(height + slope * libm::log(self.error)));
        Ok(vec![found.into_iter().collect(), vec![theory]])
    }

    fn row(&self, samples: &[Sample]) -> Row {
        let found = self.blocks(samples);
        let numbers = [mean(&found), standard_error(&found), mean(&samples[0][1])];
        numbers.into_iter().map(LabEntry::Number).collect()
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        samples
            .iter()
            .flat_map(|sample| &sample[0])
            .copied()
            .collect()
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "exponent",
            label: "exponent",
            reading: reading(curve, exponent),
        }]
    }

    fn says(&self, name: &str, _curve: &Curve, readings: &[Named]) -> String {
        let exponent = readings.first().and_then(|named| named.reading);
        exponent.map_or_else(String::new, |exponent| {
            format!(
                "{name}: the number of patterns grows as N to the power of {}",
                told(exponent)
            )
        })
    }

    fn theory(&self, unit: &Unit<'_>) -> Vec<Theory> {
        let rule = &unit.recipe.track().rule;
        let sizes = axis::spaced(self.from as f64, self.to as f64, LINE, true);
        let points = sizes.into_iter().filter_map(|n_units| {
            Some([
                n_units,
                expected(rule, n_units.round() as usize, self.error)?,
            ])
        });
        let points: Vec<[f64; 2]> = points.collect();
        if points.is_empty() {
            return Vec::new();
        }
        vec![Theory {
            name: "signal to noise".to_owned(),
            formula: "½ erfc√(SNR/2) = bit error",
            points,
        }]
    }
}

/// The slope of the logarithms.
fn exponent(x: &[f64], y: &[f64]) -> Option<f64> {
    let points = x.iter().zip(y).map(|(x, y)| [libm::log(*x), libm::log(*y)]);
    line(&points.collect::<Vec<_>>()).map(|[slope, _]| slope)
}

/// The number of patterns at which theory expects a bit error of `error`, 1 to 10¹²; none where it says nothing.
fn expected(rule: &LearningRule, n_units: usize, error: f64) -> Option<f64> {
    let error_at = |n_patterns: f64| {
        let load = Load {
            n_units,
            n_patterns: n_patterns as usize,
            activity: 0.0,
        };
        rule.rule().expectation(load)?.bit_error
    };
    let [mut low, mut high] = [0.0, 12.0];
    while high - low > 1e-6 {
        let middle = f64::midpoint(low, high);
        if error_at(libm::pow(10.0, middle))? < error {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(libm::pow(10.0, low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theory_is_that_of_a_gaussian_tail() {
        // K = N^(n−1) / (z² (2n−3)!!) with Φ(−z) = 1 %: z = 2.3263.
        for (degree, odd) in [(2, 1.0), (3, 3.0), (4, 15.0)] {
            let rule = LearningRule::parse(&format!("dense:n={degree}")).unwrap();
            let patterns = expected(&rule, 100, 0.01).unwrap();
            let closed = 100_f64.powi(degree - 1) / (2.326_348_f64.powi(2) * odd);
            assert!(
                (patterns / closed - 1.0).abs() < 0.06,
                "{degree}: {patterns} {closed}"
            );
        }
        assert_eq!(
            expected(&LearningRule::parse("storkey").unwrap(), 100, 0.01),
            None
        );
    }
}
