//! A folder of PNG and JPEG pictures as images of one size: gray, the largest square in the middle, scaled.
//!
//! Each picture is laid on white if it is transparent, becomes luma, is cropped to its middle and scaled by area
//! average. Where every picture lies in a folder of its own kind (`cat/1.png`), the folder's name is its label.
//! Absent: the placing of single digits ([`crate::worlds::picture`]) and everything about colour.

use super::images::RawImages;
use super::input::UnpackedFile;
use super::labels::{Collected, Labels};
use super::pixels::Pixels;
use crate::engine::{Error, Grid};
use crate::worlds::picture;
use image::GrayImage;
use image::imageops::{self, FilterType};

/// Pictures being read, one a step.
pub(super) struct Pictures {
    files: Vec<UnpackedFile>,
    side: usize,
    pixels: Vec<u8>,
    next: usize,
}

impl Pictures {
    /// All of `files`, in this order, each to be `side` × `side` pixels.
    pub(super) fn new(files: Vec<UnpackedFile>, side: usize) -> Self {
        Self {
            files,
            side,
            pixels: Vec::new(),
            next: 0,
        }
    }

    /// How many have been read, as a part of all.
    pub(super) fn done(&self) -> f32 {
        self.next as f32 / self.files.len().max(1) as f32
    }

    /// Reads one picture more; all of them as images, once there are no more.
    pub(super) fn step(&mut self) -> Result<Option<RawImages>, Error> {
        if let Some(file) = self.files.get(self.next) {
            let fitted = fit(&file.bytes, self.side);
            let fitted = fitted.map_err(|why| why.in_source(file.name.clone()))?;
            self.pixels.extend(fitted);
            self.next += 1;
            return Ok(None);
        }
        let names = self.files.iter().map(|file| file.name.as_str());
        let pixels = Pixels::Bytes(std::mem::take(&mut self.pixels));
        Ok(Some(RawImages {
            labels: folders(names.clone()),
            names: Some(names.map(str::to_owned).collect()),
            ..RawImages::new(Grid::square(self.side), pixels)
        }))
    }
}

/// The folders that the files lie in; `None` unless each lies in one and there are several.
fn folders<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<Labels> {
    let mut collected = Collected::default();
    for name in names {
        let (folder, _) = name.rsplit_once('/')?;
        collected.push(folder.rsplit('/').next().unwrap_or_default());
    }
    Some(collected.finish()).filter(|labels| labels.classes().len() > 1)
}

/// A picture as `side` × `side` gray pixels: the largest square in its middle, scaled.
fn fit(bytes: &[u8], side: usize) -> Result<Vec<u8>, Error> {
    let (width, height, gray) = picture::gray(bytes)?;
    let image = GrayImage::from_raw(width, height, gray).expect("a pixel a place");
    let square = width.min(height);
    let (left, top) = ((width - square) / 2, (height - square) / 2);
    let middle = imageops::crop_imm(&image, left, top, square, square);
    let side = side as u32;
    Ok(imageops::resize(&*middle, side, side, FilterType::Triangle).into_raw())
}
