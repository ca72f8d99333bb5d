//! Finite-size scaling: curves of several numbers of units laid together as y = f((x − x_c) N^e), with x_c and e such
//! that they lie on one line as well as they can.
//!
//! How well is the mean square of the distance of each point from the line through the points of the other sizes around
//! it, over the errors of both (Houdayer & Hartmann, Phys. Rev. B 70, 014418 (2004)): near 1 where errors alone keep the
//! points from one line, far above it where there is no one line. Errors of x_c and e are by the jackknife over repeats.

use super::statistics::{CurveReading, jackknife};
use crate::figures::span;

/// The exponents 1/ν that are tried.
const EXPONENTS: [f64; 2] = [0.0, 2.0];
/// Places that are tried along each of both before the best of them is refined.
const COARSE: usize = 24;
/// Part of the axis, and of the exponents, to which both are found.
const FINE: f64 = 1e-5;
/// Parts of both in which what is found without a repeat is looked for, about what is found with all.
const NEARBY: f64 = 1.0 / 16.0;

/// The quality up to which curves are said to fall together.
pub const FALLS_TOGETHER: f64 = 3.0;

/// The curve of one number of units.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SizeCurve {
    /// Units N, above 0.
    pub n_units: f64,
    /// Places across, ascending.
    pub x: Vec<f64>,
    /// Heights.
    pub y: Vec<f64>,
    /// Their standard errors, above 0.
    pub error: Vec<f64>,
    /// Heights by repeat, as many at each place; empty where they are not known.
    pub blocks: Vec<Vec<f64>>,
}

/// Curves laid together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Collapse {
    /// x_c: where they cross.
    pub critical: CurveReading,
    /// e = 1/ν: how fast they get steeper with N.
    pub exponent: CurveReading,
    /// Mean square of distances over errors: near 1 where they fall on one line.
    pub quality: f64,
}

impl Collapse {
    /// (x − x_c) N^e.
    pub fn scaled(&self, x: f64, n_units: f64) -> f64 {
        scaled([self.critical.value, self.exponent.value], x, n_units)
    }
}

/// Lays `curves` together; none where fewer than two of them pass the middle of all heights, and where no place between the
/// ends of the axis and no exponent above 0 is best.
pub fn collapse(curves: &[SizeCurve]) -> Option<Collapse> {
    let ends = span(curves.iter().flat_map(|curve| curve.x.iter().copied()));
    if passing_the_middle(curves) < 2 {
        return None;
    }
    let start = coarse(curves, ends)?;
    let best = refined(curves, ends, start, 1.0 / COARSE as f64);
    let is_inside = |value: f64, [low, high]: [f64; 2]| {
        let edge = 10.0 * FINE * (high - low);
        (low + edge..=high - edge).contains(&value)
    };
    if !is_inside(best[0], ends) || !is_inside(best[1], EXPONENTS) {
        return None;
    }
    let without = |repeat: usize| {
        let left_out: Vec<SizeCurve> = curves.iter().map(|it| without(it, repeat)).collect();
        refined(&left_out, ends, best, NEARBY)
    };
    let without: Vec<[f64; 2]> = (0..n_repeats(curves)).map(without).collect();
    let error = |of: usize| jackknife(&without.iter().map(|it| it[of]).collect::<Vec<f64>>());
    let read = |of: usize| CurveReading {
        error: error(of),
        ..CurveReading::plain(best[of])
    };
    Some(Collapse {
        critical: read(0),
        exponent: read(1),
        quality: quality(curves, best)?,
    })
}

fn scaled([critical, exponent]: [f64; 2], x: f64, n_units: f64) -> f64 {
    (x - critical) * libm::pow(n_units, exponent)
}

/// How many curves have points on both sides of the middle between the least and the largest of all heights.
fn passing_the_middle(curves: &[SizeCurve]) -> usize {
    let [low, high] = span(curves.iter().flat_map(|curve| curve.y.iter().copied()));
    let middle = f64::midpoint(low, high);
    let passes = |curve: &SizeCurve| {
        let [least, largest] = span(curve.y.iter().copied());
        least < middle && largest > middle
    };
    curves.iter().filter(|curve| passes(curve)).count()
}

/// Repeats that are known at every point; none where there are fewer than two.
fn n_repeats(curves: &[SizeCurve]) -> usize {
    let counts = curves.iter().flat_map(|curve| {
        let known = curve.blocks.iter().map(Vec::len);
        known.chain((curve.blocks.len() < curve.x.len()).then_some(0))
    });
    counts.min().filter(|count| *count > 1).unwrap_or(0)
}

/// `curve` without what `repeat` gave.
fn without(curve: &SizeCurve, repeat: usize) -> SizeCurve {
    let mean = |blocks: &Vec<f64>| {
        let sum: f64 = blocks.iter().sum();
        (sum - blocks[repeat]) / (blocks.len() - 1) as f64
    };
    SizeCurve {
        y: curve.blocks.iter().map(mean).collect(),
        ..curve.clone()
    }
}

/// The mean square of distances over errors; none where no point lies among those of another size.
fn quality(curves: &[SizeCurve], at: [f64; 2]) -> Option<f64> {
    let places = |curve: &SizeCurve| -> Vec<f64> {
        let places = curve.x.iter();
        places.map(|x| scaled(at, *x, curve.n_units)).collect()
    };
    let places: Vec<Vec<f64>> = curves.iter().map(places).collect();
    let (mut sum, mut count) = (0.0, 0.0);
    for (own, curve) in curves.iter().enumerate() {
        for (point, x) in places[own].iter().enumerate() {
            let others = curves.iter().zip(&places).enumerate();
            let others = others.filter(|(other, _)| *other != own);
            let around = others.filter_map(|(_, (other, places))| around(other, places, *x));
            let Some([height, variance]) = height_at(around.flatten()) else {
                continue;
            };
            let far = curve.y[point] - height;
            sum += far * far / (curve.error[point].powi(2) + variance);
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum / count)
}

/// The two points of `curve` on both sides of `x`: distance across, height, one over the variance.
fn around(curve: &SizeCurve, places: &[f64], x: f64) -> Option<[[f64; 3]; 2]> {
    let above = places.partition_point(|place| *place < x).max(1);
    if above >= places.len() || places[0] > x {
        return None;
    }
    let point = |of: usize| [places[of] - x, curve.y[of], curve.error[of].powi(-2)];
    Some([point(above - 1), point(above)])
}

/// Where the straight line nearest to `points` stands at 0, and the variance of that; none of fewer than two places.
fn height_at(points: impl Iterator<Item = [f64; 3]>) -> Option<[f64; 2]> {
    let (mut all, mut across, mut up, mut square, mut both) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for [x, y, weight] in points {
        all += weight;
        across += weight * x;
        up += weight * y;
        square += weight * x * x;
        both += weight * x * y;
    }
    let spread = all * square - across * across;
    (spread > 0.0).then(|| [(square * up - across * both) / spread, square / spread])
}

/// The best of a coarse grid of places and exponents.
fn coarse(curves: &[SizeCurve], ends: [f64; 2]) -> Option<[f64; 2]> {
    let at = |[low, high]: [f64; 2], step: usize| low + (high - low) * step as f64 / COARSE as f64;
    let places = (1..COARSE).flat_map(|place| {
        (1..COARSE).map(move |exponent| [at(ends, place), at(EXPONENTS, exponent)])
    });
    let told = places.filter_map(|at| Some((quality(curves, at)?, at)));
    told.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
}

/// The best near `start`: steps to the best of the eight places around, `step` of both ranges away, and half as far where
/// none is better.
fn refined(curves: &[SizeCurve], ends: [f64; 2], start: [f64; 2], step: f64) -> [f64; 2] {
    let (mut best, mut step) = (start, step);
    let told = |at: [f64; 2]| quality(curves, at).unwrap_or(f64::INFINITY);
    let mut least = told(best);
    while step > FINE {
        let mut next = best;
        for across in [-1.0, 0.0, 1.0] {
            for up in [-1.0, 0.0, 1.0] {
                let moved = |value: f64, by: f64, [low, high]: [f64; 2]| {
                    (value + by * step * (high - low)).clamp(low, high)
                };
                let at = [moved(best[0], across, ends), moved(best[1], up, EXPONENTS)];
                let quality = told(at);
                if quality < least {
                    (least, next) = (quality, at);
                }
            }
        }
        if next == best {
            step *= 0.5;
        }
        best = next;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;
    use rand::RngExt as _;

    /// Closed form: y = ½ erfc((x − 0.14) N^0.4), with noise of the given size in each of eight repeats.
    fn made_up(sizes: &[f64], noise: f64) -> Vec<SizeCurve> {
        let mut lots = stream(3, "noise");
        let curve = |n_units: &f64| {
            let x: Vec<f64> = (0..15).map(|step| 0.11 + 0.004 * f64::from(step)).collect();
            let height = |x: &f64| 0.5 * libm::erfc((x - 0.14) * libm::pow(*n_units, 0.4));
            // A sum of twelve uniform numbers is normal to what matters here, of variance 1 about 6.
            let mut normal = || (0..12).map(|_| lots.random::<f64>()).sum::<f64>() - 6.0;
            let mut blocks =
                |x: &f64| -> Vec<f64> { (0..8).map(|_| height(x) + noise * normal()).collect() };
            let blocks: Vec<Vec<f64>> = x.iter().map(&mut blocks).collect();
            let mean = |blocks: &Vec<f64>| blocks.iter().sum::<f64>() / 8.0;
            SizeCurve {
                n_units: *n_units,
                y: blocks.iter().map(mean).collect(),
                error: vec![noise.max(1e-4) / 8.0_f64.sqrt(); x.len()],
                blocks,
                x,
            }
        };
        sizes.iter().map(curve).collect()
    }

    const SIZES: [f64; 4] = [100.0, 200.0, 400.0, 800.0];

    #[test]
    fn a_known_crossing_and_exponent_are_found() {
        let exact = collapse(&made_up(&SIZES, 0.0)).unwrap();
        assert!((exact.critical.value - 0.14).abs() < 1e-4, "{exact:?}");
        assert!((exact.exponent.value - 0.4).abs() < 0.01, "{exact:?}");
        assert!(exact.critical.error.unwrap() < 1e-9, "{exact:?}");
        let two = collapse(&made_up(&[100.0, 800.0], 0.0)).unwrap();
        assert!((two.critical.value - 0.14).abs() < 1e-3, "{two:?}");
    }

    #[test]
    fn errors_and_quality_are_those_of_the_noise() {
        let noisy = collapse(&made_up(&SIZES, 0.03)).unwrap();
        for (read, known) in [(noisy.critical, 0.14), (noisy.exponent, 0.4)] {
            let error = read.error.unwrap();
            assert!((read.value - known).abs() < 3.0 * error, "{noisy:?}");
        }
        assert!(noisy.critical.error.unwrap() < 0.003, "{noisy:?}");
        assert!((0.4..1.8).contains(&noisy.quality), "{noisy:?}");
    }

    #[test]
    fn curves_that_do_not_cross_have_a_bad_quality_or_none() {
        let mut apart = made_up(&SIZES, 0.01);
        for (place, curve) in apart.iter_mut().enumerate() {
            for height in &mut curve.y {
                *height += 0.1 * place as f64;
            }
        }
        assert!(collapse(&apart).is_none_or(|it| it.quality > FALLS_TOGETHER));
        assert_eq!(collapse(&apart[..1]), None);
        // All of one height: there is nothing to cross.
        let mut one = made_up(&SIZES, 0.0);
        one.iter_mut().for_each(|curve| curve.y.fill(0.5));
        assert_eq!(collapse(&one), None);
    }

    #[test]
    fn without_repeats_there_are_no_errors() {
        let mut curves = made_up(&SIZES, 0.01);
        curves[2].blocks[3].clear();
        let read = collapse(&curves).unwrap();
        assert_eq!((read.critical.error, read.exponent.error), (None, None));
    }

    /// By hand: through (−1, 0) and (1, 2) of equal errors the line stands at 1, with half the variance.
    #[test]
    fn the_line_at_zero() {
        let points = [[-1.0, 0.0, 4.0], [1.0, 2.0, 4.0]];
        assert_eq!(height_at(points.into_iter()), Some([1.0, 0.125]));
        assert_eq!(height_at(points.into_iter().take(1)), None);
    }
}
