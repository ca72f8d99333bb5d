//! The embedded handwritten digits as patterns of ±1: the first 20,000 training images to store, 10,000 test images unseen.
//!
//! A pixel above the threshold is +1 (ink), any other −1. Two sizes: the full 28 × 28, and the published 14 × 14
//! (straightened and cropped, see [`deskew`]). A seed decides which images are drawn, and a longer draw
//! begins with the shorter one. Absent: where the images come from ([`assets`](crate::assets)) and corruption of cues.
//! Authors and licence of the images: `assets/mnist/README.md`.

mod kind;
mod unpacking;

use super::deskew;
use super::digit_set::DigitSet;
use super::digits::GrayImages;
use crate::engine::patterns::Label;
use crate::engine::rng::stream;
use crate::engine::settings::choices;
use crate::engine::{Error, Grid, Patterns, State};
use ndarray::Array2;
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The most patterns that can be stored.
pub const MAX_STORED: usize = 20_000;

/// Number of digits that are never stored: the test set.
pub const N_UNSEEN: usize = 10_000;

/// How large the digits are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Size {
    /// 28 × 28, as published: N = 784.
    Full28,
    /// Straightened, then the centre 14 × 14 of it: N = 196, as in the pseudo-likelihood paper.
    Crop14,
}

choices!(Size: Full28 = "28", Crop14 = "14");

impl Size {
    /// Both sizes.
    pub const ALL: [Self; 2] = [Self::Full28, Self::Crop14];

    /// Height and width in units.
    pub const fn side(self) -> usize {
        match self {
            Self::Full28 => deskew::FULL,
            Self::Crop14 => deskew::CROP,
        }
    }

    /// Number of units N.
    pub const fn n_units(self) -> usize {
        self.side() * self.side()
    }

    /// The grid the units are drawn on.
    pub const fn grid(self) -> Grid {
        Grid::square(self.side())
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.side())
    }
}

impl FromStr for Size {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|size| size.to_string() == text)
            .ok_or_else(|| Error::Unknown {
                kind: "size of digits",
                name: text.to_owned(),
                known: Self::ALL.map(|size| size.to_string()).join(", "),
            })
    }
}

impl TryFrom<String> for Size {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Size> for String {
    fn from(size: Size) -> Self {
        size.to_string()
    }
}

/// Which training images are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// So many, dealt in turn from the chosen digits by the seed: 1 to [`MAX_STORED`].
    ///
    /// A larger number keeps what a smaller one stored and adds to it; as many as there are chosen digits is one of each.
    Drawn(usize),
    /// These training images, by index from 0, in this order.
    Picked(Vec<u32>),
}

impl Selection {
    /// How many images that is.
    pub fn count(&self) -> usize {
        match self {
            Self::Drawn(count) => *count,
            Self::Picked(images) => images.len(),
        }
    }
}

/// What is stored and how it is made ±1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MnistSettings {
    /// How large the digits are.
    pub size: Size,
    /// The digits that [`Selection::Drawn`] draws from.
    pub digits: DigitSet,
    /// Which training images are stored.
    pub stored: Selection,
    /// Gray above which a pixel is +1, from 0 to 255. Larger makes strokes thinner; 86 is the published choice.
    pub threshold: u8,
}

impl Default for MnistSettings {
    fn default() -> Self {
        Self {
            size: Size::Full28,
            digits: DigitSet::ALL,
            stored: Selection::Drawn(30),
            threshold: 86,
        }
    }
}

impl MnistSettings {
    /// Asks for so many patterns: the first of those that were picked, where there are so many, else drawn ones.
    pub fn ask_for(&mut self, n_patterns: usize) {
        match &mut self.stored {
            Selection::Picked(images) if n_patterns <= images.len() => images.truncate(n_patterns),
            stored => *stored = Selection::Drawn(n_patterns),
        }
    }
}

/// The images at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mnist {
    size: Size,
    train: GrayImages,
    test: GrayImages,
}

impl Mnist {
    /// Unpacks the images: a fifth of a second at most, 23 MB at 28 × 28 and 6 MB at 14 × 14.
    ///
    /// An error only on a page, which may lack the files or have got them damaged.
    pub fn load(size: Size) -> Result<Self, Error> {
        unpacking::Unpacking::new(size)
            .find_map(|step| match step {
                super::kind::Preparation::UnderWay(_) => None,
                super::kind::Preparation::Ready(digits) => Some(digits),
            })
            .expect("it ends with the digits")
    }

    /// How large the digits are.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The 20,000 images that patterns are stored from.
    pub fn train(&self) -> &GrayImages {
        &self.train
    }

    /// The 10,000 images that are never stored.
    pub fn test(&self) -> &GrayImages {
        &self.test
    }

    /// The largest number that [`Selection::Drawn`] can ask for: the training images of `digits`, at most [`MAX_STORED`].
    pub fn available(&self, digits: DigitSet) -> usize {
        self.count(digits).min(MAX_STORED)
    }

    /// Indices of the training images that `settings` store, in storing order.
    pub fn choose(&self, settings: &MnistSettings, seed: u64) -> Result<Vec<usize>, Error> {
        match &settings.stored {
            Selection::Drawn(n_patterns) => self.draw(*n_patterns, settings.digits, seed),
            Selection::Picked(indices) => self.pick(indices),
        }
    }

    /// The patterns that `settings` store, with their labels; refused if `settings` ask for another size than this one.
    pub fn patterns(&self, settings: &MnistSettings, seed: u64) -> Result<Patterns, Error> {
        if settings.size != self.size {
            return Err(Error::Shape {
                what: "the loaded digits",
                expected: format!("side {}", settings.size),
                found: self.size.to_string(),
            });
        }
        self.patterns_of(&self.choose(settings, seed)?, settings.threshold)
    }

    /// The training images `chosen`, by index, as patterns with their labels.
    pub fn patterns_of(&self, chosen: &[usize], threshold: u8) -> Result<Patterns, Error> {
        let mut signs = Vec::with_capacity(chosen.len() * self.size.n_units());
        for index in chosen {
            signs.extend(
                self.train
                    .image(*index)
                    .iter()
                    .map(|pixel| sign(*pixel, threshold)),
            );
        }
        let rows = Array2::from_shape_vec((chosen.len(), self.size.n_units()), signs)
            .expect("every image has a pixel a unit");
        let names: [Label; 10] = std::array::from_fn(|digit| DigitSet::NAMES[digit].into());
        let labels = chosen.iter().map(|index| self.train.label(*index));
        let labels = labels.map(|digit| Label::clone(&names[usize::from(digit)]));
        let labels = labels.collect();
        Patterns::new(rows, self.size.grid(), Some(labels))
    }

    /// A digit that was never stored, and its label: the test image at `index`, from 0 to 9,999.
    pub fn unseen(&self, index: usize, threshold: u8) -> Result<(State, u8), Error> {
        if index >= self.test.len() {
            return Err(Error::Range {
                setting: "the index of an unseen digit",
                range: format!("0 to {}", self.test.len() - 1),
                value: index.to_string(),
            });
        }
        let state = Self::threshold(self.test.image(index), threshold);
        Ok((state, self.test.label(index)))
    }

    /// The state in which every pixel above `threshold` is +1 and any other −1.
    pub fn threshold(image: &[u8], threshold: u8) -> State {
        State::from_fn(image.len(), |unit| sign(image[unit], threshold) > 0)
    }

    /// How many training images there are of `digits`.
    fn count(&self, digits: DigitSet) -> usize {
        let labels = self.train.labels().iter();
        labels.filter(|label| digits.contains(**label)).count()
    }

    /// Deals `n_patterns` in turn from one shuffled pile a digit; a pile that is used up is passed over.
    fn draw(&self, n_patterns: usize, digits: DigitSet, seed: u64) -> Result<Vec<usize>, Error> {
        check_number(n_patterns)?;
        if digits.is_empty() {
            return Err(Error::Range {
                setting: "the digits to draw from",
                range: "at least one".to_owned(),
                value: "none".to_owned(),
            });
        }
        let available = self.count(digits);
        if n_patterns > available {
            return Err(Error::NotEnough {
                asked: format!("{n_patterns} patterns"),
                available: format!("{available} training images of {digits}"),
            });
        }
        let piles: Vec<Vec<usize>> = digits
            .iter()
            .map(|digit| {
                let mut pile: Vec<usize> = (0..self.train.len())
                    .filter(|&index| self.train.label(index) == digit)
                    .collect();
                pile.shuffle(&mut stream(seed, &format!("digits {digit}")));
                pile
            })
            .collect();
        Ok((0..available)
            .flat_map(|round| piles.iter().filter_map(move |pile| pile.get(round)))
            .take(n_patterns)
            .copied()
            .collect())
    }

    /// Checks indices picked by hand: known ones, each once.
    fn pick(&self, indices: &[u32]) -> Result<Vec<usize>, Error> {
        check_number(indices.len())?;
        let mut seen = BTreeSet::new();
        for &index in indices {
            if index as usize >= self.train.len() {
                return Err(Error::Range {
                    setting: "the index of a stored digit",
                    range: format!("0 to {}", self.train.len() - 1),
                    value: index.to_string(),
                });
            }
            if !seen.insert(index) {
                return Err(Error::Range {
                    setting: "the index of a stored digit",
                    range: "named once".to_owned(),
                    value: format!("twice ({index})"),
                });
            }
        }
        Ok(indices.iter().map(|&index| index as usize).collect())
    }
}

/// +1 above the threshold, −1 elsewhere.
fn sign(gray: u8, threshold: u8) -> i8 {
    if gray > threshold { 1 } else { -1 }
}

/// Refuses to store no pattern or more than [`MAX_STORED`].
fn check_number(n_patterns: usize) -> Result<(), Error> {
    if (1..=MAX_STORED).contains(&n_patterns) {
        return Ok(());
    }
    Err(Error::Range {
        setting: "the number of stored patterns",
        range: format!("1 to {MAX_STORED}"),
        value: n_patterns.to_string(),
    })
}

#[cfg(test)]
#[path = "mnist_tests.rs"]
mod tests;
