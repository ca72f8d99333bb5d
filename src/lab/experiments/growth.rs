//! Growth: how the number of patterns that are held grows with the number of units.

mod looked;
mod theory;

use super::fields::{number, pooled, whole};
use crate::engine::settings::{Field, Settings};
use crate::engine::{Dynamics, Error};
use crate::lab::experiment::{
    ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown, Theory,
};
use crate::lab::statistics::{Curve, line, mean, reading, standard_error, told, weighted_line};
use crate::lab::{Case, Column, Sample, axis};
use crate::trial::Recipe;
use looked::{Looked, noise_of};
use rand::RngExt as _;
use theory::{expected, lines};

/// Numbers of patterns that are tried, over what theory expects.
const TRIED: [f64; 5] = [0.5, 0.71, 1.0, 1.41, 2.0];
/// Places on the curve of theory.
const LINE: usize = 60;
/// The fewest patterns of a network: one more than the one that is recalled.
const FEWEST: f64 = 2.0;

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
            error: 0.05,
            patterns: 100,
        }
    }
}

impl Settings for Growth {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            whole("from", "From", "Smallest number of units N", [8, 4096]),
            |it| it.from as f64,
            |it, value| it.from = value as usize,
        ),
        Field::new(
            whole(
                "to",
                "To",
                "Largest number of units N: larger takes longer, by a high power for dense memories",
                [8, 4096],
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
                "Stored patterns that are looked at for each number that is tried, of as many networks as have so many: more make errors smaller",
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
    question: "How does the number of patterns that are held grow with the number of units? At each size more and fewer are stored than theory expects, in as many networks as it takes, and the number is found at which one step of all units at once, from a stored pattern, turns a given share of them",
    reading: "On logarithmic axes the curve is a line, and its slope the exponent, read off K − 1, since it is the other patterns that disturb one: 1 for Hebb's rule, n − 1 for a dense memory of degree n. An exponential memory grows as e to the power of a rate times N, which is read per unit",
    world: "random:n=100,p=2",
    rules: &["dense:n=2", "dense:n=3", "dense:n=4"],
    dynamics: "sync",
    vary: &[],
    repeats: 6,
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

    fn is_one_network(&self) -> bool {
        false
    }

    /// As many patterns as theory expects. Refused: what it says nothing of, and dynamics, which would do nothing.
    fn apply(&self, recipe: &mut Recipe, _n_units: usize, value: f64) -> Result<(), Error> {
        if recipe.track().dynamics != Dynamics::Synchronous {
            return Err(Error::Idle {
                setting: "another dynamics than sync",
                others: "growth, which asks for one step of all units at once".to_owned(),
            });
        }
        recipe.max_sweeps = 1;
        recipe.world.set("n", value)?;
        let rule = &recipe.track().rule;
        let theory = expected(rule, value, self.error).ok_or_else(|| Error::Format {
            expected: "growth looks for the number of patterns around what theory expects"
                .to_owned(),
            found: format!("theory says nothing of {}", rule.notation()),
        })?;
        let count = |factor: f64| (theory * factor).round().max(FEWEST);
        // The largest number that will be tried has to fit, too.
        recipe.world.set("p", count(TRIED[TRIED.len() - 1]))?;
        recipe.world.set("p", count(1.0))
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::number(
                "patterns",
                "patterns K at which the bit error of one step is the one asked for, by a straight line through the logarithms of K and of the noise over signal that each bit error tells, half an error added; mean over repeats",
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

    /// The number of patterns that was found, and what theory expects.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let n_units = case.patterns.n_units();
        let rule = &case.recipe.track().rule;
        let theory = expected(rule, n_units as f64, self.error).unwrap_or(FEWEST);
        let mut lots = case.stream("growth");
        let mut points = Vec::new();
        for factor in TRIED {
            let count = (theory * factor).round().max(FEWEST);
            let mut looked = Looked::default();
            // The network of the case itself is the first of those with as many patterns as theory expects.
            if factor == 1.0 {
                looked.look(case, self.patterns);
            }
            while looked.patterns < self.patterns && !case.is_cancelled() {
                let mut recipe = case.recipe.clone();
                recipe.world.set("p", count)?;
                recipe.seed = lots.random();
                looked.draw(case, &recipe, self.patterns)?;
            }
            points.extend(looked.point(count));
        }
        let found = weighted_line(&points).map(|[slope, height]| {
            let wanted = libm::log(noise_of(self.error));
            libm::exp((wanted - height) / slope)
        });
        Ok(vec![found.into_iter().collect(), vec![theory]])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let found = self.blocks(samples);
        vec![
            mean(&found),
            standard_error(&found),
            mean(&pooled(samples, 1)),
        ]
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        pooled(samples, 0)
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["exponent", "rate"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        let exponent = Named {
            key: "exponent",
            label: "exponent",
            reading: reading(curve, |x, y| slope(x, y, libm::log)),
        };
        let rate = Named {
            key: "rate",
            label: "per unit",
            reading: reading(curve, |x, y| slope(x, y, |n_units| n_units)),
        };
        vec![exponent, rate]
    }

    /// The power of N, or e to the rate times N where the points lie nearer to that.
    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        let [
            Named {
                reading: Some(exponent),
                ..
            },
            Named {
                reading: Some(rate),
                ..
            },
        ] = readings
        else {
            return String::new();
        };
        let misfit = |scale: fn(f64) -> f64| misfit(&curve.x, &curve.y, scale);
        let growth = if misfit(|n_units| n_units) < misfit(libm::log) {
            format!("e to the power of {} N", told(*rate))
        } else {
            format!("N to the power of {}", told(*exponent))
        };
        format!("{name}: the number of patterns that may be added to one grows as {growth}")
    }

    fn theory(&self, case: &Case<'_>) -> Vec<Theory> {
        let mut sizes = axis::spaced(self.from as f64, self.to as f64, LINE, true);
        // Units are whole: a line between them would be one of steps.
        sizes
            .iter_mut()
            .for_each(|n_units| *n_units = n_units.round());
        sizes.dedup();
        lines(&case.recipe.track().rule, &sizes, self.error)
    }
}

/// N on a scale, and the logarithm of K − 1: of K patterns, the others disturb the one that is recalled.
fn scaled(x: &[f64], y: &[f64], scale: fn(f64) -> f64) -> Vec<[f64; 2]> {
    let points = x.iter().zip(y).filter(|(_, patterns)| **patterns > 1.0);
    let points = points.map(|(x, y)| [scale(*x), libm::log(*y - 1.0)]);
    points.collect()
}

/// The slope of the straight line nearest to these.
fn slope(x: &[f64], y: &[f64], scale: fn(f64) -> f64) -> Option<f64> {
    line(&scaled(x, y, scale)).map(|[slope, _]| slope)
}

/// The sum of squares of their distances from that line; 0 of one that goes through all but for rounding.
fn misfit(x: &[f64], y: &[f64], scale: fn(f64) -> f64) -> f64 {
    const ROUNDING: f64 = 1e-20;
    let points = scaled(x, y, scale);
    let Some([slope, height]) = line(&points) else {
        return 0.0;
    };
    let squares = points.iter().map(|[x, y]| (y - height - slope * x).powi(2));
    let sum: f64 = squares.sum();
    if sum < ROUNDING { 0.0 } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::experiments::tests::{plan, table};

    #[test]
    fn powers_and_exponentials_are_told_apart() {
        let x = vec![10.0, 20.0, 40.0];
        let said = |height: fn(f64) -> f64| {
            let y = x.iter().map(|n_units| 1.0 + height(*n_units)).collect();
            let curve = Curve {
                x: x.clone(),
                y,
                ..Curve::default()
            };
            let growth = Growth::default();
            growth.says("it", &curve, &growth.readings(&curve))
        };
        assert!(said(|n| 0.1 * n * n).contains("as N to the power of 2.000"));
        assert!(said(|n| libm::exp(0.3 * n)).contains("as e to the power of 0.300 N"));
    }

    #[test]
    fn many_networks_are_looked_at_where_each_has_few_patterns() {
        let experiment = "growth:from=16,to=48,points=2,patterns=60";
        let rows = table(experiment, "random", "dense:n=2", "sync");
        for row in [0, 1] {
            let ratio = (rows.number(row, "patterns") - 1.0) / rows.number(row, "theory");
            assert!((0.8..1.25).contains(&ratio), "{row}: {ratio}");
        }
        let warm = plan(experiment, "random", "hebb", "async").unwrap_err();
        assert!(
            warm.to_string().contains("does nothing in growth"),
            "{warm}"
        );
        let refused = plan(experiment, "random", "storkey", "sync").unwrap_err();
        assert!(
            refused.to_string().contains("theory says nothing"),
            "{refused}"
        );
    }
}
