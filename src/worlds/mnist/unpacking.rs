//! The digits on their way from their files, a few milliseconds at a time.

use super::{Mnist, Size};
use crate::assets::{Asset, TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS};
use crate::engine::Error;
use crate::worlds::deskew::{CROP, crop_deskewed};
use crate::worlds::digits::GrayImages;
use crate::worlds::idx::{IdxImages, MAX_BYTES, images_in, labels_in};
use crate::worlds::inflate::Inflating;
use crate::worlds::kind::Preparation;
use std::borrow::Cow;

/// The files: training images and their labels, then those of the test.
pub(super) const FILES: [&Asset; 4] = [&TRAIN_IMAGES, &TRAIN_LABELS, &TEST_IMAGES, &TEST_LABELS];

/// Images that a step straightens.
const A_STEP: usize = 500;

/// The files being unpacked, and their images straightened where that is asked for.
pub(super) struct Unpacking {
    size: Size,
    inflating: Option<Inflating<&'static [u8]>>,
    /// Images that wait for their labels.
    images: Option<IdxImages>,
    /// Both sets as they stand in the files, as far as they are read.
    read: Vec<GrayImages>,
    /// The same straightened, and pixels of the next.
    straightened: Vec<GrayImages>,
    pixels: Vec<u8>,
    over: bool,
}

impl Unpacking {
    pub(super) fn new(size: Size) -> Self {
        Self {
            size,
            inflating: None,
            images: None,
            read: Vec::new(),
            straightened: Vec::new(),
            pixels: Vec::new(),
            over: false,
        }
    }

    /// Does a part of the work; the digits once all is done.
    fn step(&mut self) -> Result<Option<Mnist>, Error> {
        let n_read = self.n_files_read();
        if let Some(file) = FILES.get(n_read) {
            self.unpack(file)?;
        } else if self.size == Size::Crop14 && self.straightened.len() < self.read.len() {
            self.straighten()?;
        } else {
            let sets = match self.size {
                Size::Full28 => &mut self.read,
                Size::Crop14 => &mut self.straightened,
            };
            let (test, train) = (sets.pop(), sets.pop());
            let sets = train.zip(test);
            return Ok(sets.map(|(train, test)| Mnist {
                size: self.size,
                train,
                test,
            }));
        }
        Ok(None)
    }

    fn n_files_read(&self) -> usize {
        2 * self.read.len() + usize::from(self.images.is_some())
    }

    fn unpack(&mut self, file: &'static Asset) -> Result<(), Error> {
        let mut inflating = match self.inflating.take() {
            Some(inflating) => inflating,
            None => Inflating::gzip(file.bytes()?, MAX_BYTES, "an IDX file"),
        };
        if !inflating.step()? {
            self.inflating = Some(inflating);
            return Ok(());
        }
        let plain = Cow::Owned(inflating.into_plain());
        match self.images.take() {
            None => self.images = Some(images_in(plain)?),
            Some(images) => self.read.push(GrayImages::new(images, labels_in(plain)?)?),
        }
        Ok(())
    }

    fn straighten(&mut self) -> Result<(), Error> {
        let set = &self.read[self.straightened.len()];
        let first = self.pixels.len() / (CROP * CROP);
        let end = (first + A_STEP).min(set.len());
        for image in first..end {
            crop_deskewed(set.image(image), &mut self.pixels);
        }
        if end == set.len() {
            let images = IdxImages {
                rows: CROP,
                columns: CROP,
                pixels: std::mem::take(&mut self.pixels),
            };
            let straightened = GrayImages::new(images, set.labels().to_vec())?;
            self.straightened.push(straightened);
        }
        Ok(())
    }

    /// Share of the work done, 0 to 1, about.
    fn done(&self) -> f32 {
        let opened = self.inflating.as_ref().map_or(0.0, Inflating::done);
        let unpacked = (self.n_files_read() as f32 + opened) / FILES.len() as f32;
        match self.size {
            Size::Full28 => unpacked,
            Size::Crop14 => 0.5 * (unpacked + 0.5 * self.straightened.len() as f32),
        }
    }
}

impl Iterator for Unpacking {
    type Item = Preparation<Mnist>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let digits = match self.step() {
            Ok(None) => return Some(Preparation::UnderWay(self.done())),
            Ok(Some(digits)) => Ok(digits),
            Err(why) => Err(why.in_source("the digits")),
        };
        self.over = true;
        Some(Preparation::Ready(digits))
    }
}
