//! How gray becomes ±1: by Otsu's level, by the median of each image, or by a level that is set by hand.
//!
//! What is ±1 or 0/1 already passes as it is; only turning over applies to it. Absent: levels that differ from place
//! to place within an image. Source: N. Otsu, A threshold selection method from gray-level histograms, IEEE
//! Transactions on Systems, Man, and Cybernetics 9 (1979) 62, equations 14 to 18.

use super::images::Images;
use super::pixels::{Pixels, Values};
use crate::engine::State;

/// Where the level between −1 and +1 comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// The level that parts all values of all images best into two classes (Otsu).
    #[default]
    Otsu,
    /// The median of each image by itself: no more than half of its units are +1.
    Median,
    /// The level set by hand.
    Level,
}

/// How gray becomes ±1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// Where the level comes from.
    pub method: Method,
    /// The level by hand, 0 to 255; for values other than bytes, 0 stands for the smallest and 255 for the largest.
    pub level: u8,
    /// Whether +1 and −1 change places.
    pub inverted: bool,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            method: Method::Otsu,
            level: 127,
            inverted: false,
        }
    }
}

impl Threshold {
    /// The image at `index` as a state: what is above the level is +1, or −1 if inverted.
    pub fn state(self, images: &Images, index: usize) -> State {
        let level = self.level_of(images, index);
        let first = index * images.n_units();
        let pixels = images.pixels();
        State::from_fn(images.n_units(), |unit| {
            (pixels.value(first + unit) > level) != self.inverted
        })
    }

    /// The value above which a pixel of the image at `index` is +1.
    pub fn level_of(self, images: &Images, index: usize) -> f32 {
        if images.values() != Values::Gray {
            return 0.0;
        }
        match self.method {
            Method::Otsu => images.otsu(),
            Method::Median => {
                let first = index * images.n_units();
                median(images.pixels(), first..first + images.n_units())
            }
            Method::Level => {
                let (low, high) = images.range();
                let part = f64::from(self.level) / 255.0;
                (f64::from(low) + (f64::from(high) - f64::from(low)) * part) as f32
            }
        }
    }
}

/// The lower median of some of the pixels.
fn median(pixels: &Pixels, place: std::ops::Range<usize>) -> f32 {
    let middle = (place.len() - 1) / 2;
    match pixels {
        Pixels::Bytes(bytes) => {
            let mut bytes = bytes[place].to_vec();
            f32::from(*bytes.select_nth_unstable(middle).1)
        }
        Pixels::Reals(reals) => {
            let mut reals = reals[place].to_vec();
            *reals.select_nth_unstable_by(middle, f32::total_cmp).1
        }
    }
}

/// Otsu's level k of a histogram: of all ways to part the values into those up to k and those above, the one with the
/// largest variance between the two classes, `σ_B²(k) = (μ_T ω(k) − μ(k))² / (ω(k) (1 − ω(k)))`.
///
/// Where several neighbouring levels do equally well (no value lies between them), their mean. At least two different
/// values must occur.
pub(super) fn otsu(counts: &[u64; 256]) -> f32 {
    let total: u64 = counts.iter().sum();
    let moments = counts.iter().enumerate();
    let all: f64 = moments.map(|(k, count)| k as f64 * *count as f64).sum();
    let (mut below, mut moment) = (0, 0.0);
    let (mut best, mut first, mut last) = (-1.0, 0, 0);
    for (k, count) in counts.iter().enumerate().take(255) {
        below += count;
        moment += k as f64 * *count as f64;
        if below == 0 || below == total {
            continue;
        }
        // Numerator and denominator times the total squared: ω = below / total, μ = moment / total, μ_T = all / total.
        let (low, high) = (below as f64, (total - below) as f64);
        let distance = all * (low / total as f64) - moment;
        let variance = distance * distance / (low * high);
        if variance > best {
            (best, first, last) = (variance, k, k);
        } else if *count == 0 && last + 1 == k {
            // Nothing new lies below: the same two classes.
            last = k;
        }
    }
    (first + last) as f32 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;
    use proptest::prelude::*;

    fn counts(shades: &[(usize, u64)]) -> [u64; 256] {
        let mut counts = [0; 256];
        shades
            .iter()
            .for_each(|(shade, count)| counts[*shade] = *count);
        counts
    }

    /// Six shades, 0 to 5, held by 8, 7, 2, 6, 9 and 4 of 36 pixels. Between-class variances by hand,
    /// ω₀ ω₁ (μ₀ − μ₁)², with μ_T = 85/36: k = 0: 1.5928, 1: 2.5635, 2: 2.6287, 3: 2.1417, 4: 0.8705.
    #[test]
    fn otsu_by_hand() {
        let six = counts(&[(0, 8), (1, 7), (2, 2), (3, 6), (4, 9), (5, 4)]);
        assert_eq!(otsu(&six), 2.0);
        // Each shade ten times as far from 0 leaves nine empty ones between, which are as good as the lower of the two.
        let wide = counts(&[(0, 8), (10, 7), (20, 2), (30, 6), (40, 9), (50, 4)]);
        assert_eq!(otsu(&wide), 24.5);
    }

    #[test]
    fn two_shades_are_parted_in_the_middle() {
        assert_eq!(otsu(&counts(&[(0, 9), (255, 1)])), 127.0);
        assert_eq!(otsu(&counts(&[(254, 1), (255, 1)])), 254.0);
        // One dark pixel, a light crowd of two shades: 0 | 100, 102 has variance 2/3 · 1/3 · 101², by far the most.
        assert_eq!(otsu(&counts(&[(0, 1), (100, 1), (102, 1)])), 49.5);
    }

    fn gray(n_units: usize, pixels: Pixels) -> Images {
        Images::of_pixels(Grid::near_square(n_units), pixels)
    }

    #[test]
    fn every_method_by_hand() {
        let images = gray(4, Pixels::Bytes(vec![0, 10, 20, 200, 100, 100, 7, 100]));
        let state = |method, level, inverted, index| {
            let threshold = Threshold {
                method,
                level,
                inverted,
            };
            threshold.state(&images, index).units().to_vec()
        };
        // The lower median of 0, 10, 20, 200 is 10, that of 7, 100, 100, 100 is 100.
        assert_eq!(state(Method::Median, 0, false, 0), [-1, -1, 1, 1]);
        assert_eq!(state(Method::Median, 0, false, 1), [-1, -1, -1, -1]);
        assert_eq!(state(Method::Level, 19, false, 0), [-1, -1, 1, 1]);
        assert_eq!(state(Method::Level, 20, false, 0), [-1, -1, -1, 1]);
        assert_eq!(state(Method::Level, 20, true, 0), [1, 1, 1, -1]);
        // 0, 7, 10, 20 | 100, 100, 100, 200
        assert_eq!(state(Method::Otsu, 0, false, 0), [-1, -1, -1, 1]);
        assert_eq!(state(Method::Otsu, 0, false, 1), [1, 1, -1, 1]);
    }

    #[test]
    fn a_level_by_hand_is_a_part_of_the_range_of_real_numbers() {
        let images = gray(4, Pixels::Reals(vec![-2.0, 0.0, 0.5, 3.0]));
        let level = |level| {
            let threshold = Threshold {
                method: Method::Level,
                level,
                inverted: false,
            };
            threshold.level_of(&images, 0)
        };
        assert_eq!((level(0), level(51), level(255)), (-2.0, -1.0, 3.0));
    }

    #[test]
    fn signs_and_bits_pass_whatever_the_method() {
        for pixels in [
            Pixels::Reals(vec![1.0, -1.0, -1.0, -1.0]),
            Pixels::Bytes(vec![1, 0, 0, 0]),
        ] {
            let images = gray(4, pixels);
            for method in [Method::Otsu, Method::Median, Method::Level] {
                for inverted in [false, true] {
                    let threshold = Threshold {
                        method,
                        level: 200,
                        inverted,
                    };
                    let expected = if inverted {
                        [-1, 1, 1, 1]
                    } else {
                        [1, -1, -1, -1]
                    };
                    assert_eq!(threshold.state(&images, 0).units(), expected);
                }
            }
        }
    }

    proptest! {
        /// The definition: class means by going through all pixels, for every level; exact ties aside.
        #[test]
        fn otsu_is_the_best_of_all_levels(shades in proptest::collection::vec(any::<u8>(), 2..60)) {
            prop_assume!(shades.iter().any(|shade| *shade != shades[0]));
            let mut counts = [0; 256];
            shades.iter().for_each(|shade| counts[usize::from(*shade)] += 1);
            let between = |level: f32| {
                let (low, high): (Vec<f64>, Vec<f64>) =
                    shades.iter().map(|shade| f64::from(*shade)).partition(|shade| *shade <= f64::from(level));
                let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
                (low.len() * high.len()) as f64 * (mean(&low) - mean(&high)).powi(2)
            };
            let best = (0..255).map(|level| between(level as f32)).fold(0.0, f64::max);
            prop_assert!(between(otsu(&counts)) >= best * (1.0 - 1e-9));
        }
    }
}
