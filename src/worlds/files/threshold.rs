//! How gray becomes ±1: by Otsu's level, by the median of each image, or by a level that is set by hand.
//!
//! What is ±1 or 0/1 already passes as it is; only turning over applies to it. Absent: levels that differ from place
//! to place within an image, and Otsu's method itself (`otsu`).

use super::images::Images;
use super::pixels::{Pixels, Values};
use crate::engine::State;
use crate::engine::settings::choices;

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

choices!(Method: Otsu = "otsu" / "automatic", Median = "median", Level = "level");

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;

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
}
