//! Means, quartiles, crossings and their errors.

use crate::engine::numbers::{decimals, plain};
use crate::engine::observables::crossing;

/// Mean of `values`; none of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard error of the mean of independent `values`; none of fewer than two.
pub fn standard_error(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let count = values.len() as f64;
    Some((squares / (count - 1.0) / count).sqrt())
}

/// The value below which a share of `part` (0 to 1) of the `sorted` ones lies, interpolated between neighbours.
pub fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = part * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    let rest = place - below as f64;
    Some(sorted[below] * (1.0 - rest) + sorted[above] * rest)
}

/// A curve: its points in order, and for each the values of independent blocks, where they are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curve {
    /// Places across, ascending.
    pub x: Vec<f64>,
    /// Heights.
    pub y: Vec<f64>,
    /// Heights by block, as many blocks at each point; empty at points where they are not known.
    pub blocks: Vec<Vec<f64>>,
    /// Whether a block of one point is of the same patterns, or the same repeat, as that of every other point.
    pub is_tied: bool,
}

/// On which side of a number that was read the true one may lie, where the curve does not reach far enough to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It is the number or less.
    AtMost,
    /// It is the number or more.
    AtLeast,
}

impl Bound {
    /// In words, after the number.
    pub fn words(self) -> &'static str {
        match self {
            Self::AtMost => "or less",
            Self::AtLeast => "or more",
        }
    }
}

/// A number read off a curve, and its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveReading {
    /// The number.
    pub value: f64,
    /// Its standard error; none where blocks are not known, and of a bound.
    pub error: Option<f64>,
    /// Whether it is a bound: the end of an axis on all of which the curve is above the level.
    pub bound: Option<Bound>,
}

impl CurveReading {
    /// A number without an error.
    pub const fn plain(value: f64) -> Self {
        Self {
            value,
            error: None,
            bound: None,
        }
    }
}

/// A number with its error: "0.56 ± 0.004", the number alone, or "0.3 or less".
pub fn told(reading: CurveReading) -> String {
    // One digit of the error, up to the fifth decimal.
    let digits = reading.error.map_or(3, |error| {
        (3..5)
            .find(|digits| error >= 0.5 * 0.1_f64.powi(*digits))
            .unwrap_or(5)
    });
    let value = decimals(reading.value, digits as usize);
    match (reading.bound, reading.error) {
        (Some(bound), _) => format!("{} {}", plain(reading.value), bound.words()),
        (None, Some(error)) => format!("{value} ± {}", decimals(error, digits as usize)),
        (None, None) => value,
    }
}

/// The place from which on the curve is at least at `level`: see [`crossing`]. It is a bound where all points are.
pub fn rising(curve: &Curve, level: f64) -> Option<CurveReading> {
    let read = reading(curve, |x, y| crossing(x, y, level));
    or_bound(curve, level, read, Bound::AtMost)
}

/// The place up to which the curve is at least at `level`: [`crossing`] from the other side. It is a bound where all
/// points are.
pub fn falling(curve: &Curve, level: f64) -> Option<CurveReading> {
    let back = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
    let read = reading(curve, |x, y| crossing(&back(x), &back(y), level));
    or_bound(curve, level, read, Bound::AtLeast)
}

fn or_bound(
    curve: &Curve,
    level: f64,
    read: Option<CurveReading>,
    bound: Bound,
) -> Option<CurveReading> {
    let is_above = curve.y.iter().all(|height| *height >= level);
    let read = read?;
    if !is_above {
        return Some(read);
    }
    Some(CurveReading {
        bound: Some(bound),
        ..CurveReading::plain(read.value)
    })
}

/// A number that `read` takes off the curve, with its jackknife error: the curve without each block in turn. Blocks
/// without which there is nothing to read are left out of the error.
///
/// Blocks that are tied are left out of all points at once; others of one point at a time, and the variances that come
/// of the points are added.
pub fn reading(
    curve: &Curve,
    read: impl Fn(&[f64], &[f64]) -> Option<f64>,
) -> Option<CurveReading> {
    let value = read(&curve.x, &curve.y)?;
    let error = if curve.blocks.len() != curve.x.len() {
        None
    } else if curve.is_tied {
        tied_error(curve, read)
    } else {
        untied_error(curve, read)
    };
    Some(CurveReading {
        error,
        ..CurveReading::plain(value)
    })
}

/// The mean of `blocks` without the one at `left_out`.
fn without(blocks: &[f64], left_out: usize) -> f64 {
    let sum: f64 = blocks.iter().sum();
    (sum - blocks[left_out]) / (blocks.len() - 1) as f64
}

fn tied_error(curve: &Curve, read: impl Fn(&[f64], &[f64]) -> Option<f64>) -> Option<f64> {
    let known = || curve.blocks.iter().filter(|blocks| !blocks.is_empty());
    let n_blocks = known().map(Vec::len).min().filter(|count| *count > 1)?;
    let left_out = |block: usize| {
        let heights = curve.blocks.iter().zip(&curve.y);
        let heights = heights.map(|(blocks, height)| match blocks.get(..n_blocks) {
            Some(blocks) => without(blocks, block),
            None => *height,
        });
        read(&curve.x, &heights.collect::<Vec<f64>>())
    };
    let readings: Vec<f64> = (0..n_blocks).filter_map(left_out).collect();
    // Where what decides the number has no blocks, they say nothing of its error.
    let says_something =
        known().count() == curve.x.len() || readings.iter().any(|reading| *reading != readings[0]);
    jackknife(&readings).filter(|_| says_something)
}

fn untied_error(curve: &Curve, read: impl Fn(&[f64], &[f64]) -> Option<f64>) -> Option<f64> {
    let known = curve.blocks.iter().filter(|blocks| blocks.len() > 1);
    let n_known = known.count();
    let mut heights = curve.y.clone();
    let mut variance = 0.0;
    for (point, blocks) in curve.blocks.iter().enumerate() {
        let mut readings = Vec::with_capacity(blocks.len());
        if blocks.len() > 1 {
            for block in 0..blocks.len() {
                heights[point] = without(blocks, block);
                readings.extend(read(&curve.x, &heights));
            }
        }
        heights[point] = curve.y[point];
        variance += jackknife(&readings).map_or(0.0, |error| error * error);
    }
    // Where what decides the number has no blocks, they say nothing of its error.
    let says_something = n_known == curve.x.len() || variance > 0.0;
    (n_known > 0 && says_something).then(|| variance.sqrt())
}

/// The jackknife error out of `readings`, each without one block.
pub fn jackknife(readings: &[f64]) -> Option<f64> {
    let mean = mean(readings).filter(|_| readings.len() > 1)?;
    let squares: f64 = readings.iter().map(|value| (value - mean).powi(2)).sum();
    let count = readings.len() as f64;
    Some((squares * (count - 1.0) / count).sqrt())
}

/// Slope and height at 0 of the straight line nearest to the points, by least squares; none of fewer than two places.
pub fn line(points: &[[f64; 2]]) -> Option<[f64; 2]> {
    let weighted: Vec<[f64; 3]> = points.iter().map(|[x, y]| [*x, *y, 1.0]).collect();
    weighted_line(&weighted)
}

/// The same, each point with a weight, its third number: one over the variance of its height.
pub fn weighted_line(points: &[[f64; 3]]) -> Option<[f64; 2]> {
    let sum = |of: fn(&[f64; 3]) -> f64| points.iter().map(of).sum::<f64>();
    let all = sum(|point| point[2]);
    let [x, y] = [sum(|it| it[2] * it[0]), sum(|it| it[2] * it[1])].map(|sum| sum / all);
    let mut across = 0.0;
    let mut both = 0.0;
    for point in points {
        across += point[2] * (point[0] - x).powi(2);
        both += point[2] * (point[0] - x) * (point[1] - y);
    }
    (across > 0.0).then(|| [both / across, y - both / across * x])
}

#[cfg(test)]
#[path = "statistics_tests.rs"]
mod tests;
