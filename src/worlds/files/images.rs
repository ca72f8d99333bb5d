//! Images of one size out of a user's files: values, and labels and names where the files have them.
//!
//! Images are the general form of what [`GrayImages`](crate::worlds::GrayImages) is for digits: any grid, any real
//! values, labels that are words and may be missing. Absent: the choice of those that are stored, and ±1.

use super::pixels::{Pixels, Surveyed};
use crate::engine::patterns::Label;
use crate::engine::{Error, Grid};
use crate::worlds::LeftOut;
use std::cmp::Ordering;
use std::collections::BTreeMap;

pub use super::pixels::Values;

/// Images of one size, at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Images {
    grid: Grid,
    surveyed: Surveyed,
    labels: Option<Labels>,
    names: Option<Vec<String>>,
    n_train: usize,
    remarks: Vec<String>,
    left_out: Vec<LeftOut>,
}

/// What a format gives: images before their values have been looked at as a whole.
#[derive(Debug)]
pub(super) struct RawImages {
    /// How the values of one image are laid out.
    pub(super) grid: Grid,
    /// All images one after the other, row by row.
    pub(super) pixels: Pixels,
    /// One an image.
    pub(super) labels: Option<Labels>,
    /// One an image.
    pub(super) names: Option<Vec<String>>,
    /// The images from here on are a test set; their number where there is none.
    pub(super) n_train: usize,
    /// What is odd about them, a sentence each.
    pub(super) remarks: Vec<String>,
    /// What was opened and is no part of it.
    pub(super) left_out: Vec<LeftOut>,
}

impl RawImages {
    /// Images that fill `pixels`; refused unless there is a label for each, where there are labels.
    pub(super) fn new(grid: Grid, pixels: Pixels, labels: Option<Labels>) -> Result<Self, Error> {
        let count = pixels.len() / grid.n_units();
        if let Some(labels) = &labels
            && labels.of.len() != count
        {
            return Err(Error::Shape {
                what: "the labels",
                expected: format!("{count} entries, one an image"),
                found: labels.of.len().to_string(),
            });
        }
        Ok(Self {
            grid,
            pixels,
            labels,
            names: None,
            n_train: count,
            remarks: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// These images, and those of a test set after them; refused unless both are of one size and both or neither have
    /// labels.
    pub(super) fn with_test(self, test: Option<Self>) -> Result<Self, Error> {
        let Some(test) = test else {
            return Ok(self);
        };
        let sizes = |grid: Grid| format!("{} × {}", grid.rows, grid.columns);
        if test.grid != self.grid {
            return Err(Error::Shape {
                what: "the images of the test set",
                expected: format!("{} pixels, as the others have", sizes(self.grid)),
                found: sizes(test.grid),
            });
        }
        let labels = match (&self.labels, &test.labels) {
            (Some(labels), Some(others)) => Some(labels.then(others)),
            (None, None) => None,
            _ => {
                return Err(Error::Format {
                    expected: "training and test set both have labels, or neither has".to_owned(),
                    found: "only one of them has here".to_owned(),
                });
            }
        };
        let mut pixels = self.pixels;
        pixels.append(test.pixels);
        let (mut remarks, mut left_out) = (self.remarks, self.left_out);
        remarks.extend(test.remarks);
        left_out.extend(test.left_out);
        Ok(Self {
            pixels,
            labels,
            remarks,
            left_out,
            ..self
        })
    }

    /// The images, their values having been taken out and looked at.
    pub(super) fn with(self, surveyed: Surveyed) -> Images {
        let Self {
            grid,
            pixels: _,
            labels,
            names,
            n_train,
            remarks,
            left_out,
        } = self;
        Images {
            grid,
            surveyed,
            labels,
            names,
            n_train,
            remarks,
            left_out,
        }
    }
}

impl Images {
    /// How many images there are, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.surveyed.pixels.len() / self.n_units()
    }

    /// The grid of every image.
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// Pixels of every image.
    pub fn n_units(&self) -> usize {
        self.grid.n_units()
    }

    /// What the values of the files are.
    pub fn values(&self) -> Values {
        self.surveyed.values
    }

    /// The labels, where the files have them.
    pub fn labels(&self) -> Option<&Labels> {
        self.labels.as_ref()
    }

    /// The label of the image at `index`, where the files have labels.
    pub fn label(&self, index: usize) -> Option<&Label> {
        let labels = self.labels.as_ref()?;
        Some(&labels.classes[labels.of[index] as usize])
    }

    /// The name of the image at `index`, where each is a file.
    pub fn name(&self, index: usize) -> Option<&str> {
        let names = self.names.as_ref()?;
        Some(&names[index])
    }

    /// How many images patterns can be stored from; those after them are the files' own test set.
    pub fn n_train(&self) -> usize {
        self.n_train
    }

    /// What is odd about the images, a sentence each.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What was opened and is no part of the images.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The image at `index` to look at: 0 (the smallest value) to 255 (the largest); bytes as they are.
    pub fn gray(&self, index: usize) -> Vec<u8> {
        let place = index * self.n_units()..(index + 1) * self.n_units();
        let (low, high) = self.surveyed.range;
        match (&self.surveyed.pixels, self.surveyed.values) {
            (Pixels::Bytes(bytes), Values::Gray) => bytes[place].to_vec(),
            (Pixels::Bytes(bytes), _) => bytes[place].iter().map(|bit| bit * 255).collect(),
            (Pixels::Reals(reals), _) => reals[place]
                .iter()
                .map(|real| {
                    let part =
                        (f64::from(*real) - f64::from(low)) / (f64::from(high) - f64::from(low));
                    (255.0 * part).round() as u8
                })
                .collect(),
        }
    }

    /// All values, image by image and row by row; ±1 and 0/1 both as 0 and 1.
    pub fn pixels(&self) -> &Pixels {
        &self.surveyed.pixels
    }

    /// The smallest and the largest value; 0 and 255 for bytes.
    pub fn range(&self) -> (f32, f32) {
        self.surveyed.range
    }

    /// Otsu's level over the values of all images: what is above it is light.
    pub fn otsu(&self) -> f32 {
        self.surveyed.otsu
    }

    /// The same images, the last `n_test` of them a test set.
    #[cfg(test)]
    pub(super) fn with_test_set_of(self, n_test: usize) -> Self {
        let n_train = self.len() - n_test;
        Self { n_train, ..self }
    }

    /// Images without labels.
    #[cfg(test)]
    pub(super) fn of_pixels(grid: Grid, pixels: Pixels) -> Self {
        let mut raw = RawImages::new(grid, pixels, None).expect("no labels to be wrong");
        let mut survey = super::pixels::Survey::new(std::mem::take(&mut raw.pixels));
        loop {
            if let Some(surveyed) = survey.step().expect("two shades") {
                return raw.with(surveyed);
            }
        }
    }
}

/// The class of each image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    classes: Vec<Label>,
    of: Vec<u32>,
}

impl Labels {
    /// The classes, each once: by number if all are numbers, by name otherwise.
    pub fn classes(&self) -> &[Label] {
        &self.classes
    }

    /// The class of the image at `index`, as a place in [`Self::classes`].
    pub fn class(&self, index: usize) -> usize {
        self.of[index] as usize
    }

    /// The same classes from labels that are bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let names: Vec<String> = (0..=255).map(|byte: u8| byte.to_string()).collect();
        let mut collected = Collected::default();
        for byte in bytes {
            collected.push(&names[usize::from(*byte)]);
        }
        collected.finish()
    }

    /// These labels, and `others` after them.
    pub(super) fn then(&self, others: &Self) -> Self {
        let mut collected = Collected::default();
        for part in [self, others] {
            for class in &part.of {
                collected.push(&part.classes[*class as usize]);
            }
        }
        collected.finish()
    }
}

/// Labels on their way in.
#[derive(Debug, Default)]
pub(super) struct Collected {
    known: BTreeMap<Label, u32>,
    of: Vec<u32>,
}

impl Collected {
    /// The label of the next image.
    pub(super) fn push(&mut self, label: &str) {
        let class = if let Some(class) = self.known.get(label) {
            *class
        } else {
            let class = self.known.len() as u32;
            self.known.insert(label.into(), class);
            class
        };
        self.of.push(class);
    }

    /// The labels with their classes in order.
    pub(super) fn finish(self) -> Labels {
        let Self { known, of } = self;
        let mut classes: Vec<(Label, u32)> = known.into_iter().collect();
        let number = |label: &str| label.parse().ok().filter(|x: &f64| x.is_finite());
        if classes.iter().all(|(label, _)| number(label).is_some()) {
            classes.sort_by(|(a, _), (b, _)| {
                let order = number(a).partial_cmp(&number(b));
                order.unwrap_or(Ordering::Equal)
            });
        }
        let mut places = vec![0; classes.len()];
        for (place, (_, class)) in classes.iter().enumerate() {
            places[*class as usize] = place as u32;
        }
        Labels {
            classes: classes.into_iter().map(|(label, _)| label).collect(),
            of: of.into_iter().map(|class| places[class as usize]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &[&str]) -> Labels {
        let mut collected = Collected::default();
        names.iter().for_each(|name| collected.push(name));
        collected.finish()
    }

    fn classes(labels: &Labels) -> Vec<&str> {
        labels.classes().iter().map(|class| &**class).collect()
    }

    #[test]
    fn classes_are_in_order_of_numbers_or_of_names() {
        let numbers = labels(&["10", "9", "10", "-1"]);
        assert_eq!(classes(&numbers), ["-1", "9", "10"]);
        assert_eq!(numbers.of, [2, 1, 2, 0]);
        assert_eq!(classes(&labels(&["10", "9", "a"])), ["10", "9", "a"]);
        assert_eq!(Labels::of_bytes(&[10, 9, 10]), labels(&["10", "9", "10"]));
        let both = labels(&["b", "a"]).then(&labels(&["c", "a"]));
        assert_eq!(
            (classes(&both), &both.of[..]),
            (vec!["a", "b", "c"], &[1, 0, 2, 0][..])
        );
    }

    #[test]
    fn images_are_shown_from_black_to_white() {
        let grid = Grid::near_square(4);
        let reals = Images::of_pixels(grid, Pixels::Reals(vec![-2.0, 0.0, 0.5, 3.0]));
        assert_eq!(reals.gray(0), [0, 102, 128, 255]);
        let bits = Images::of_pixels(grid, Pixels::Bytes(vec![0, 1, 1, 1]));
        assert_eq!(bits.gray(0), [0, 255, 255, 255]);
        let bytes = Images::of_pixels(grid, Pixels::Bytes(vec![3, 4, 5, 6, 7, 8, 9, 10]));
        assert_eq!((bytes.gray(1), bytes.len()), (vec![7, 8, 9, 10], 2));
    }

    #[test]
    fn labels_must_be_as_many_as_images() {
        let raw = |classes: Option<&[&str]>| {
            let pixels = Pixels::Bytes(vec![0, 1, 0, 1]);
            RawImages::new(Grid::near_square(2), pixels, classes.map(labels))
        };
        assert_eq!(
            raw(Some(&["a"])).unwrap_err().to_string(),
            "the labels must have 2 entries, one an image, not 1"
        );
        let both = raw(Some(&["a", "b"])).unwrap();
        let test = raw(Some(&["b", "c"])).unwrap();
        let both = both.with_test(Some(test)).unwrap();
        assert_eq!((both.n_train, both.pixels.len()), (2, 8));
        assert_eq!(both.labels, Some(labels(&["a", "b", "b", "c"])));
        assert_eq!(
            both.with_test(Some(raw(None).unwrap()))
                .unwrap_err()
                .to_string(),
            "training and test set both have labels, or neither has, but only one of them has here"
        );
        let wide = RawImages::new(Grid::near_square(4), Pixels::Bytes(vec![0; 4]), None);
        assert_eq!(
            raw(None)
                .unwrap()
                .with_test(Some(wide.unwrap()))
                .unwrap_err()
                .to_string(),
            "the images of the test set must have 1 × 2 pixels, as the others have, not 2 × 2"
        );
    }
}
