//! A picture of a digit that a user brings (PNG or JPEG), made as MNIST made its own: light ink on black, 28 × 28.
//!
//! Transparency is laid on white, or on black where white would leave nothing to see; color becomes luma; the edge of
//! the picture says what the paper is and so which way the ink goes; `placing.rs` does the rest.
//! Absent: opening files, finding several digits, straightening (that is done for 14 × 14 alone, as for the stored ones).

use super::deskew::{self, crop_deskewed};
use super::mnist::{Mnist, Size};
use super::placing::{self, Gray};
use crate::engine::{Error, Grid, State};
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, metadata::Orientation,
};
use std::io::Cursor;

/// The most pixels a side of a picture may have.
pub const MAX_SIDE: u32 = 20_000;

/// The most memory a decoded picture may take: 512 MiB.
pub const MAX_ALLOC: u64 = 512 << 20;

/// The most pixels a byte of a PNG file can stand for: deflate packs at most 1032 bytes into one, of 8 pixels each.
const PNG_DENSEST: u64 = 8 * 1032;

/// The most pixels a byte of a JPEG file can stand for: every block of 8 × 8 takes a bit at least.
const JPEG_DENSEST: u64 = 8 * 64;

/// The least difference between light and dark, of 255, that counts as a drawing.
const MIN_CONTRAST: u8 = 16;

/// Whether the ink is darker or lighter than the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// Whichever the edge of the picture says: the edge is taken for paper.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Dark,
    /// Light ink on dark paper, as in MNIST.
    Light,
}

/// A digit read from a picture, light on black, 28 × 28, placed as MNIST places its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    gray: Vec<u8>,
    inverted: bool,
    width: u32,
    height: u32,
}

impl Picture {
    /// A picture that has been placed before: `gray` as [`Self::gray`] gives it, and what it was before. Refused: any
    /// other number of pixels.
    pub fn placed(gray: Vec<u8>, inverted: bool, came_as: (u32, u32)) -> Result<Self, Error> {
        if gray.len() != deskew::FULL * deskew::FULL {
            return Err(Error::Shape {
                what: "a placed picture",
                expected: format!("{0} × {0} pixels", deskew::FULL),
                found: gray.len().to_string(),
            });
        }
        let (width, height) = came_as;
        Ok(Self {
            gray,
            inverted,
            width,
            height,
        })
    }

    /// The 28 × 28 pixels, row by row, 0 (paper) to 255 (ink).
    pub fn gray(&self) -> &[u8] {
        &self.gray
    }

    /// Whether the picture had dark ink and was turned over.
    pub fn inverted(&self) -> bool {
        self.inverted
    }

    /// Width and height of the picture as it came, in pixels.
    pub fn came_as(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The picture as a state: pixels above `threshold` are +1; for 14 × 14, straightened and cropped first.
    pub fn state(&self, size: Size, threshold: u8) -> State {
        match size {
            Size::Full28 => Mnist::threshold(&self.gray, threshold),
            Size::Crop14 => {
                let mut cropped = Vec::with_capacity(size.n_units());
                crop_deskewed(&self.gray, &mut cropped);
                Mnist::threshold(&cropped, threshold)
            }
        }
    }

    /// The picture as a state on any `grid`: each unit is the mean of the pixels that it covers.
    pub fn state_on(&self, grid: Grid, threshold: u8) -> State {
        let (across, down) = (grid.columns, grid.rows);
        let covered = |place: usize, of: usize| {
            let first = place * deskew::FULL / of;
            first..((place + 1) * deskew::FULL).div_ceil(of).max(first + 1)
        };
        State::from_fn(grid.n_units(), |unit| {
            let (row, column) = grid.place(unit);
            let (rows, columns) = (covered(row, down), covered(column, across));
            let n_pixels = rows.len() * columns.len();
            let line = |row: usize| &self.gray[row * deskew::FULL..][columns.clone()];
            let sum: usize = rows.flat_map(line).map(|gray| usize::from(*gray)).sum();
            sum > usize::from(threshold) * n_pixels
        })
    }
}

/// Reads a PNG or JPEG picture of one digit; the edge of the picture says whether the ink is dark or light.
pub fn read(bytes: &[u8]) -> Result<Picture, Error> {
    read_with(bytes, Ink::Auto)
}

/// Reads a PNG or JPEG picture of one digit whose ink is as `ink` says.
pub fn read_with(bytes: &[u8], ink: Ink) -> Result<Picture, Error> {
    let decoded = decode(bytes)?;
    let (width, height) = (decoded.width(), decoded.height());
    let mut gray = placing::reduced(on_paper(decoded));
    let (darkest, lightest) = gray.range();
    if lightest - darkest < MIN_CONTRAST {
        return Err(Error::Format {
            expected: format!(
                "a picture of a digit needs light and dark at least {MIN_CONTRAST} of 255 apart"
            ),
            found: format!("this one is {darkest} at its darkest and {lightest} at its lightest"),
        });
    }
    let inverted = match ink {
        Ink::Dark => true,
        Ink::Light => false,
        Ink::Auto => has_light_paper(&gray, darkest.midpoint(lightest)),
    };
    if inverted {
        gray.invert();
    }
    let gray = placing::place(&gray).ok_or_else(|| Error::Format {
        expected: "a picture of a digit needs ink that differs from its edge".to_owned(),
        found: format!(
            "this one has none {}",
            if inverted { "darker" } else { "lighter" }
        ),
    })?;
    Ok(Picture {
        gray,
        inverted,
        width,
        height,
    })
}

/// Width, height and gray pixels of any PNG or JPEG picture, upright, laid on paper if it is transparent.
pub(super) fn gray(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), Error> {
    let decoded = decode(bytes)?;
    let (width, height) = (decoded.width(), decoded.height());
    Ok((width, height, on_paper(decoded).into_pixels()))
}

/// Whether the paper is light: edge and whole picture asked alike, so that a digit that fills its picture is no paper.
fn has_light_paper(gray: &Gray, middle: u8) -> bool {
    let paper = gray.edge_level().midpoint(gray.level());
    paper > middle
}

/// Decodes PNG and JPEG, upright, and refuses what is neither or beyond the limits before decoding it.
fn decode(bytes: &[u8]) -> Result<DynamicImage, Error> {
    let format = match bytes {
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        _ => {
            let start: Vec<String> = bytes.iter().take(4).map(|b| format!("{b:02x}")).collect();
            let start = if start.is_empty() {
                "is empty".to_owned()
            } else {
                format!("starts with {}", start.join(" "))
            };
            return Err(Error::Format {
                expected: "a picture must be PNG (it starts with 89 50 4e 47) or JPEG (ff d8 ff)"
                    .to_owned(),
                found: format!("this file {start}"),
            });
        }
    };
    let name = if format == ImageFormat::Png {
        "PNG"
    } else {
        "JPEG"
    };
    let broken = |why: image::ImageError| Error::Format {
        expected: format!("the file starts as a {name} picture does"),
        found: format!("it cannot be decoded: {}", sentence(&why.to_string())),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    check_size(
        format,
        bytes.len(),
        decoder.dimensions(),
        decoder.total_bytes(),
    )?;
    // The library fills what is missing of a JPEG with gray.
    if format == ImageFormat::Jpeg && !has_end(bytes) {
        return Err(Error::Format {
            expected: "a JPEG picture goes on to its end mark (ff d9)".to_owned(),
            found: format!("this one breaks off after {} bytes", bytes.len()),
        });
    }
    // A picture that does not say how it was held is shown as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut decoded = DynamicImage::from_decoder(decoder).map_err(broken)?;
    decoded.apply_orientation(orientation);
    Ok(decoded)
}

/// Whether the marks of a JPEG file lead to the one that ends it (ITU T.81, annex B).
fn has_end(bytes: &[u8]) -> bool {
    let mut place = 2;
    while let Some(rest) = bytes.get(place..) {
        let Some(mark) = rest.iter().position(|byte| *byte == 0xff) else {
            return false;
        };
        place += mark;
        place += match rest[mark + 1..] {
            [0xd9, ..] => return true,
            // Bytes that fill up before a mark.
            [0xff, ..] => 1,
            // A byte of data, and marks that stand alone.
            [0 | 1 | 0xd0..=0xd8, ..] => 2,
            [_, high, low, ..] => 2 + usize::from(u16::from_be_bytes([high, low])),
            _ => return false,
        };
    }
    false
}

/// Refuses a picture that is too large, and one that claims to be larger than a file of so many bytes can say, before
/// anything of that size is allocated.
fn check_size(
    format: ImageFormat,
    length: usize,
    (width, height): (u32, u32),
    decoded: u64,
) -> Result<(), Error> {
    if width.max(height) > MAX_SIDE || decoded > MAX_ALLOC {
        return Err(Error::Format {
            expected: format!(
                "a picture may have {MAX_SIDE} pixels a side and take {} MiB",
                MAX_ALLOC >> 20
            ),
            found: format!(
                "this one has {width} × {height} and takes {} MiB",
                decoded >> 20
            ),
        });
    }
    let densest = if format == ImageFormat::Png {
        PNG_DENSEST
    } else {
        JPEG_DENSEST
    };
    let most = densest.saturating_mul(length as u64);
    if u64::from(width) * u64::from(height) > most {
        return Err(Error::Format {
            expected: format!("a picture in a file of {length} bytes has at most {most} pixels"),
            found: format!("this one claims {width} × {height}"),
        });
    }
    Ok(())
}

/// A library's message on one line and without a full stop.
fn sentence(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

/// Luma of the picture laid on white paper, or on black where white would leave one shade.
fn on_paper(decoded: DynamicImage) -> Gray {
    let (width, height) = (decoded.width() as usize, decoded.height() as usize);
    if !decoded.color().has_alpha() {
        return Gray::new(width, height, decoded.into_luma8().into_raw());
    }
    let layers = decoded.into_luma_alpha8();
    let laid_on = |paper: u8| {
        let pixels = layers.pixels().map(|image::LumaA([luma, alpha])| {
            let mixed =
                u32::from(*luma) * u32::from(*alpha) + u32::from(paper) * (255 - u32::from(*alpha));
            (mixed / 255) as u8
        });
        Gray::new(width, height, pixels.collect())
    };
    let on_white = laid_on(255);
    let (darkest, lightest) = on_white.range();
    if lightest - darkest < MIN_CONTRAST {
        laid_on(0)
    } else {
        on_white
    }
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
