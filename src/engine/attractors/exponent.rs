//! The uncertainty exponent of a boundary: how fast what a start ends in becomes sure as the start does.
//!
//! f(ε) is the share of pixels that end elsewhere than some pixel ε away does, left, right, up or down. On a smooth boundary
//! f ∝ ε; f ∝ ε^α with α < 1 says that it is fractal, of dimension 2 − α (Grebogi, McDonald, Ott & Yorke, Phys. Lett. A 99,
//! 415 (1983)). α is the slope of ln f against ln ε by least squares, over scales ε of 1, 2, 4, … pixels.

use super::boundary::BasinMap;

/// From this share of uncertain pixels on a scale is saturated: f no longer grows as it would.
const SATURATED: f64 = 0.5;

/// Blocks along a side that are left out in turn for the error.
const BLOCKS: usize = 4;

/// The share of uncertain pixels at one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UncertainShare {
    /// ε in pixels.
    pub pixels: usize,
    /// f(ε), from 0 to 1, of the pixels that have a neighbour so far away inside of the figure.
    pub share: f64,
    /// Whether the slope is fitted to it.
    pub fitted: bool,
}

/// An exponent, and what it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertaintyExponent {
    /// α: 1 on a smooth boundary, smaller on a fractal one, 0 where basins are mixed at every scale.
    pub exponent: f64,
    /// Its error: of the fit, where there are three scales or more, and by a jackknife over 16 blocks of the picture.
    pub error: f64,
    /// All scales that mean something, the finest first: from one whole flip on, to an eighth of the side, beyond
    /// which too many pixels lack neighbours.
    pub scales: Vec<UncertainShare>,
    /// Whether every scale is saturated. All are fitted then, and α is a lower bound.
    pub saturated: bool,
}

/// Uncertain pixels of one scale, and all that have a neighbour, by blocks.
struct Counts {
    pixels: usize,
    blocks: Vec<[f64; 2]>,
}

impl BasinMap {
    /// The exponent of the boundaries between the map's numbers, where states have `n_units`; `None` where there is no
    /// boundary or fewer than two scales to fit.
    ///
    /// A step of one pixel changes about N / side units, so scales below side / N pixels are left out: two starts so near
    /// are often the same.
    pub fn uncertainty_exponent(&self, n_units: usize) -> Option<UncertaintyExponent> {
        let counts: Vec<Counts> = (0..usize::BITS)
            .map(|power| 1 << power)
            .take_while(|pixels| 8 * pixels <= self.side())
            .filter(|pixels| pixels * n_units >= self.side())
            .map(|pixels| self.counts_at(pixels))
            .collect();
        let shares: Vec<f64> = counts.iter().map(|counts| share(counts, None)).collect();
        let saturated = shares.iter().all(|share| *share >= SATURATED);
        let fits = |share: f64| share > 0.0 && (saturated || share < SATURATED);
        let fitted: Vec<&Counts> = counts
            .iter()
            .zip(&shares)
            .filter(|(_, share)| fits(**share))
            .map(|(counts, _)| counts)
            .collect();
        let (exponent, of_fit) = slope(&fitted, None)?;
        let of_blocks = jackknife(&fitted);
        let scales = counts.iter().zip(&shares);
        let scales = scales.map(|(counts, share)| UncertainShare {
            pixels: counts.pixels,
            share: *share,
            fitted: fits(*share),
        });
        Some(UncertaintyExponent {
            exponent,
            error: of_fit.hypot(of_blocks),
            scales: scales.collect(),
            saturated,
        })
    }

    fn counts_at(&self, pixels: usize) -> Counts {
        let side = self.side();
        let block = side.div_ceil(BLOCKS);
        let mut blocks = vec![[0.0, 0.0]; BLOCKS * BLOCKS];
        for row in 0..side {
            for column in 0..side {
                let Some(own) = self.cell(column, row) else {
                    continue;
                };
                // A step beyond the left or the top comes to a place that no picture has.
                let around = [
                    (column.wrapping_sub(pixels), row),
                    (column + pixels, row),
                    (column, row.wrapping_sub(pixels)),
                    (column, row + pixels),
                ];
                let around = around.map(|(column, row)| self.cell(column, row));
                let mut inside = around.into_iter().flatten().peekable();
                if inside.peek().is_some() {
                    let [uncertain, all] = &mut blocks[row / block * BLOCKS + column / block];
                    *all += 1.0;
                    *uncertain += f64::from(u8::from(inside.any(|other| other != own)));
                }
            }
        }
        Counts { pixels, blocks }
    }
}

/// f without the block `left_out`.
fn share(counts: &Counts, left_out: Option<usize>) -> f64 {
    let mut sums = [0.0, 0.0];
    for (block, [uncertain, all]) in counts.blocks.iter().enumerate() {
        if left_out != Some(block) {
            sums[0] += uncertain;
            sums[1] += all;
        }
    }
    if sums[1] > 0.0 {
        sums[0] / sums[1]
    } else {
        0.0
    }
}

/// Slope of ln f against ln ε without a block, and the error of the fit, 0 of two points; none where f is 0 somewhere.
fn slope(counts: &[&Counts], left_out: Option<usize>) -> Option<(f64, f64)> {
    let points = counts.iter().map(|counts| {
        let share = share(counts, left_out);
        (share > 0.0).then(|| [(counts.pixels as f64).ln(), share.ln()])
    });
    let points: Vec<[f64; 2]> = points.collect::<Option<_>>()?;
    let count = points.len() as f64;
    let mean = |axis: usize| points.iter().map(|point| point[axis]).sum::<f64>() / count;
    let [x, y] = [mean(0), mean(1)];
    let across: f64 = points.iter().map(|point| (point[0] - x).powi(2)).sum();
    if points.len() < 2 || across <= 0.0 {
        return None;
    }
    let both: f64 = points
        .iter()
        .map(|point| (point[0] - x) * (point[1] - y))
        .sum();
    let slope = both / across;
    let off = points
        .iter()
        .map(|point| point[1] - y - slope * (point[0] - x));
    let off: f64 = off.map(|off| off * off).sum();
    let error = if points.len() > 2 {
        (off / (count - 2.0) / across).sqrt()
    } else {
        0.0
    };
    Some((slope, error))
}

/// The error by leaving out each block that has pixels in turn.
fn jackknife(counts: &[&Counts]) -> f64 {
    let blocks = (0..BLOCKS * BLOCKS)
        .filter(|block| counts.iter().any(|counts| counts.blocks[*block][1] > 0.0));
    let slopes = blocks.filter_map(|block| Some(slope(counts, Some(block))?.0));
    let slopes: Vec<f64> = slopes.collect();
    if slopes.len() < 2 {
        return 0.0;
    }
    let count = slopes.len() as f64;
    let mean = slopes.iter().sum::<f64>() / count;
    let squares: f64 = slopes.iter().map(|slope| (slope - mean).powi(2)).sum();
    (squares * (count - 1.0) / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;
    use rand::RngExt as _;

    fn map(side: usize, mut cell: impl FnMut(f64, f64) -> Option<usize>) -> BasinMap {
        let cells = (0..side * side).map(|place| {
            let [column, row] = [place % side, place / side];
            let [x, y] = super::super::starts::pixel_centre(side, column, row);
            cell(x, y)
        });
        BasinMap::new(side, cells.collect()).unwrap()
    }

    #[test]
    fn smooth_boundaries_have_exponent_one() {
        for side in [64, 128, 256] {
            let line = map(side, |x, _| Some(usize::from(x > 0.1)));
            let found = line.uncertainty_exponent(784).unwrap();
            assert!(
                (found.exponent - 1.0).abs() < 1e-9 + found.error,
                "{found:?}"
            );
            assert!(!found.saturated && found.scales[0].fitted);
            // On either side of the line as many columns as the scale has pixels.
            let share = |pixels: usize| 2.0 * pixels as f64 / side as f64;
            assert!((found.scales[1].share - share(2)).abs() < 1e-12);
            for radius in [0.3, 0.5] {
                let disc = map(side, |x, y| {
                    (x.hypot(y) <= 1.0).then(|| usize::from((x - 0.1).hypot(y) < radius))
                });
                let found = disc.uncertainty_exponent(784).unwrap();
                let off = (found.exponent - 1.0).abs();
                assert!(
                    off < 2.0 * found.error && found.error < 0.15,
                    "{side}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_mixed_at_every_scale_has_exponent_zero() {
        let mut rng = stream(3, "exponent test");
        let even = map(128, |_, _| Some(usize::from(rng.random::<bool>())));
        let found = even.uncertainty_exponent(784).unwrap();
        assert!(found.saturated && found.exponent.abs() < 0.03, "{found:?}");
        let rare = map(128, |_, _| Some(usize::from(rng.random_bool(0.05))));
        let found = rare.uncertainty_exponent(784).unwrap();
        assert!(!found.saturated && found.exponent.abs() < 0.05, "{found:?}");
    }

    #[test]
    fn nothing_is_said_without_a_boundary_or_below_one_flip() {
        assert_eq!(map(64, |_, _| Some(1)).uncertainty_exponent(784), None);
        let line = map(256, |x, _| Some(usize::from(x > 0.1)));
        let found = line.uncertainty_exponent(100).unwrap();
        assert_eq!(found.scales[0].pixels, 4, "256 / 100 is more than 2");
        assert_eq!(line.uncertainty_exponent(1), None);
        assert_eq!(
            map(4, |x, _| Some(usize::from(x > 0.1))).uncertainty_exponent(99),
            None
        );
    }
}
