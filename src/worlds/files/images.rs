//! Images of one size out of a user's files: values, and labels and names where the files have them.
//!
//! Images are the general form of what [`GrayImages`](crate::worlds::GrayImages) is for digits: any grid, any real
//! values, labels that are words and may be missing. Absent: the choice of those that are stored, and ±1.

use super::labels::{self, Labels};
use super::names;
use super::odd_unit::OddUnit;
use super::pixels::{Pixels, Survey, Surveyed};
use crate::engine::patterns::Label;
use crate::engine::{Error, Grid};
use crate::worlds::LeftOut;

pub use super::pixels::Values;

/// Images of one size, at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Images {
    grid: Grid,
    surveyed: Surveyed,
    labels: Option<Labels>,
    labels_from: Option<String>,
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
    /// What holds the labels, where that is not what holds the images.
    pub(super) labels_from: Option<String>,
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
    /// Images that fill `pixels`, without labels.
    pub(super) fn new(grid: Grid, pixels: Pixels) -> Self {
        Self {
            grid,
            n_train: pixels.len() / grid.n_units(),
            pixels,
            labels: None,
            labels_from: None,
            names: None,
            remarks: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// How many images there are.
    pub(super) fn len(&self) -> usize {
        self.pixels.len() / self.grid.n_units()
    }

    /// The images with the labels called `name`, if there are as many; else without, which is said.
    pub(super) fn labelled(mut self, name: &str, labels: Result<Labels, Error>) -> Self {
        let fitting = |labels: Labels| {
            labels::check_count(labels.n_images(), self.len())?;
            Ok(labels)
        };
        match labels.and_then(fitting) {
            Ok(labels) => {
                self.labels = Some(labels);
                self.labels_from = Some(name.to_owned());
            }
            Err(why) => {
                let left_out = names::left_out("label file", &[name], &why.to_string());
                self.left_out.extend(left_out);
            }
        }
        self
    }

    /// These images, and those of a test set after them if they are of the same size; else without, which is said.
    /// Labels that only one of them has are left out too.
    pub(super) fn with_test(mut self, test: Self) -> Self {
        let sizes = |grid: Grid| format!("{} × {} pixels", grid.rows, grid.columns);
        self.left_out.extend(test.left_out);
        if test.grid != self.grid {
            let (own, others) = (sizes(test.grid), sizes(self.grid));
            let why = format!("its images have {own}, and those to store {others}");
            self.left_out.push(LeftOut::one("the test set", why));
            return self;
        }
        for remark in test.remarks {
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
            }
        }
        self.labels = match (self.labels, test.labels) {
            (Some(labels), Some(others)) => Some(labels.then(&others)),
            (None, None) => None,
            (labels, _) => {
                let (labelled, other) = match labels {
                    Some(_) => ("patterns to store", "the test set has"),
                    None => ("test set", "the patterns to store have"),
                };
                let what = format!("labels of the {labelled}");
                let why = format!("{other} none");
                self.left_out.push(LeftOut::one(what, why));
                None
            }
        };
        self.pixels.append(test.pixels);
        self
    }

    /// A survey of the values, which are taken out for it.
    pub(super) fn survey(&mut self) -> Survey {
        Survey::new(std::mem::take(&mut self.pixels), self.grid.n_units())
    }

    /// The images, their values having been taken out and looked at.
    pub(super) fn with(self, surveyed: Surveyed) -> Images {
        let Self {
            grid,
            pixels: _,
            labels,
            labels_from,
            names,
            n_train,
            mut remarks,
            left_out,
        } = self;
        remarks.extend(surveyed.odd_unit.map(OddUnit::in_words));
        Images {
            grid,
            surveyed,
            labels,
            labels_from,
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

    /// What holds the labels, where that is not what holds the images.
    pub fn labels_from(&self) -> Option<&str> {
        self.labels_from.as_deref()
    }

    /// The label of the image at `index`, where the files have labels.
    pub fn label(&self, index: usize) -> Option<&Label> {
        let labels = self.labels.as_ref()?;
        Some(&labels.classes()[labels.class(index)])
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
        let mut raw = RawImages::new(grid, pixels);
        let mut survey = raw.survey();
        loop {
            if let Some(surveyed) = survey.step().expect("two shades") {
                return raw.with(surveyed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::Collected;
    use super::*;

    fn labels(names: &[&str]) -> Labels {
        let mut collected = Collected::default();
        names.iter().for_each(|name| collected.push(name));
        collected.finish()
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

    fn raw(pixels: &[u8], classes: Option<&[&str]>) -> RawImages {
        let raw = RawImages::new(Grid::near_square(2), Pixels::Bytes(pixels.to_vec()));
        match classes {
            Some(classes) => raw.labelled("y", Ok(labels(classes))),
            None => raw,
        }
    }

    fn said(raw: &RawImages) -> Vec<String> {
        raw.left_out.iter().map(LeftOut::in_words).collect()
    }

    #[test]
    fn labels_that_do_not_fit_are_left_out() {
        let short = raw(&[0, 1, 0, 1], Some(&["a"]));
        assert!(short.labels.is_none());
        assert_eq!(
            said(&short),
            ["Left out: label file 'y': the labels must have 2 entries, one an image, not 1"]
        );
        let both = raw(&[0, 1, 0, 1], Some(&["a", "b"]));
        let both = both.with_test(raw(&[0, 1, 0, 1], Some(&["b", "c"])));
        assert_eq!((both.n_train, both.pixels.len()), (2, 8));
        assert_eq!(both.labels, Some(labels(&["a", "b", "b", "c"])));
        let one = both.with_test(raw(&[0, 1], None));
        assert_eq!((one.len(), &one.labels), (5, &None));
        assert_eq!(
            said(&one),
            ["Left out: labels of the patterns to store: the test set has none"]
        );
    }

    #[test]
    fn a_test_set_of_another_size_is_left_out() {
        let wide = RawImages::new(Grid::near_square(4), Pixels::Bytes(vec![0; 4]));
        let images = raw(&[0, 1], None).with_test(wide);
        assert_eq!(images.len(), 1);
        assert_eq!(
            said(&images),
            [
                "Left out: the test set: its images have 2 × 2 pixels, and those to store 1 × 2 pixels"
            ]
        );
    }
}
