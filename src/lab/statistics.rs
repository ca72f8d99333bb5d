//! Means, quartiles, crossings and their errors.

use crate::engine::numbers::decimals;

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
}

/// A number read off a curve, and its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveReading {
    /// The number.
    pub value: f64,
    /// Its standard error; none where blocks are not known.
    pub error: Option<f64>,
}

/// A number with its error: "0.56 ± 0.004", or the number alone.
pub fn told(reading: CurveReading) -> String {
    // One digit of the error, up to the fifth decimal.
    let digits = reading.error.map_or(3, |error| {
        (3..5)
            .find(|digits| error >= 0.5 * 0.1_f64.powi(*digits))
            .unwrap_or(5)
    });
    let value = decimals(reading.value, digits as usize);
    match reading.error {
        Some(error) => format!("{value} ± {}", decimals(error, digits as usize)),
        None => value,
    }
}

/// The place from which on all heights are at least `level`.
///
/// It is interpolated on the straight line between the last point below and the first of these; none where the last point
/// is below it. Where all are above, it is the first place.
pub fn crossing(x: &[f64], y: &[f64], level: f64) -> Option<f64> {
    let below = y.iter().rposition(|height| *height < level);
    match below {
        None => x.first().copied(),
        Some(last) if last + 1 == y.len() => None,
        Some(place) => {
            let part = (level - y[place]) / (y[place + 1] - y[place]);
            Some(x[place] + part * (x[place + 1] - x[place]))
        }
    }
}

/// A number that `read` takes off the curve, with its jackknife error: the curve without each block in turn. Blocks
/// without which there is nothing to read are left out of the error.
pub fn reading(
    curve: &Curve,
    read: impl Fn(&[f64], &[f64]) -> Option<f64>,
) -> Option<CurveReading> {
    let value = read(&curve.x, &curve.y)?;
    let known = || curve.blocks.iter().filter(|blocks| !blocks.is_empty());
    let n_blocks = known().map(Vec::len).min().unwrap_or(0);
    if n_blocks < 2 || curve.blocks.len() != curve.x.len() {
        return Some(CurveReading { value, error: None });
    }
    let without = |left_out: usize| {
        let heights = curve.blocks.iter().zip(&curve.y).map(|(blocks, height)| {
            if blocks.is_empty() {
                return *height;
            }
            let sum: f64 = blocks[..n_blocks].iter().sum();
            (sum - blocks[left_out]) / (n_blocks - 1) as f64
        });
        read(&curve.x, &heights.collect::<Vec<f64>>())
    };
    let readings: Vec<f64> = (0..n_blocks).filter_map(without).collect();
    // Where what decides the number has no blocks, they say nothing of its error.
    let says_something =
        known().count() == curve.x.len() || readings.iter().any(|reading| *reading != readings[0]);
    Some(CurveReading {
        value,
        error: jackknife(&readings).filter(|_| says_something),
    })
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
    let count = points.len() as f64;
    let [x, y] = [0, 1].map(|of| points.iter().map(|point| point[of]).sum::<f64>() / count);
    let across: f64 = points.iter().map(|point| (point[0] - x).powi(2)).sum();
    let both: f64 = points
        .iter()
        .map(|point| (point[0] - x) * (point[1] - y))
        .sum();
    (across > 0.0).then(|| [both / across, y - both / across * x])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_quantiles_of_a_hand_sized_case() {
        let values = [1.0, 2.0, 3.0, 6.0];
        assert_eq!(mean(&values), Some(3.0));
        // Variance (4 + 1 + 0 + 9)/3, over 4.
        assert_eq!(standard_error(&values), Some((14.0_f64 / 12.0).sqrt()));
        assert_eq!(quantile(&values, 0.25), Some(1.75));
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(
            (mean(&[]), quantile(&[], 0.5), standard_error(&[1.0])),
            (None, None, None)
        );
    }

    #[test]
    fn crossings_are_interpolated_and_the_last_one_counts() {
        let x = [0.0, 0.5, 1.0];
        assert_eq!(crossing(&x, &[0.0, 0.8, 1.0], 0.9), Some(0.75));
        assert_eq!(crossing(&x, &[0.95, 0.8, 1.0], 0.9), Some(0.75));
        assert_eq!(crossing(&x, &[0.95, 0.9, 1.0], 0.9), Some(0.0));
        assert_eq!(crossing(&x, &[0.0, 0.95, 0.8], 0.9), None);
        assert_eq!(crossing(&[], &[], 0.9), None);
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        let values = [1.0, 2.0, 3.0, 6.0];
        let curve = Curve {
            x: vec![0.0],
            y: vec![3.0],
            blocks: vec![values.to_vec()],
        };
        let mean = reading(&curve, |_, y| y.first().copied()).unwrap();
        assert!((mean.error.unwrap() - standard_error(&values).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn a_line_through_points_on_a_line() {
        assert_eq!(
            line(&[[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]]),
            Some([2.0, 1.0])
        );
        assert_eq!(line(&[[1.0, 1.0], [1.0, 2.0]]), None);
    }
}
