//! A digit cut out of a gray picture and placed as MNIST places its own: larger side 20 pixels, centre of mass in the middle.
//!
//! The paper's level is the median of the picture's edge; what does not rise above the paper's own unevenness is
//! paper. The ink's box is scaled by area average, aspect kept, stretched to 255, and moved by whole pixels so that its
//! centre of mass comes to row and column 14 of 28 (measured on the test set: 13.5 to 14.5 for every image).
//! Absent: which way the ink goes (see [`picture`](super::picture)): here ink is light.

use super::deskew::FULL;

/// The larger side of a placed digit.
const BOX: usize = 20;
/// Pictures with a larger side are reduced to about this before anything else.
const WORKING_SIDE: usize = 560;
/// The part of the strongest ink from which on a pixel belongs to the digit's box.
const FAINT: f64 = 0.1;
/// The same for a picture hardly larger than the box, where faint pixels are the rims of strokes.
const FAINT_IF_SMALL: f64 = 0.01;

/// A gray picture of any size, at least 1 × 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gray {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Gray {
    /// A picture from its pixels, row by row.
    pub(super) fn new(width: usize, height: usize, pixels: Vec<u8>) -> Self {
        assert_eq!(pixels.len(), width * height, "a pixel a place");
        Self {
            width,
            height,
            pixels,
        }
    }

    /// The pixels, row by row.
    pub(super) fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// The darkest and the lightest pixel.
    pub(super) fn range(&self) -> (u8, u8) {
        let pixels = self.pixels.iter().copied();
        pixels.fold((u8::MAX, 0), |(low, high), gray| {
            (low.min(gray), high.max(gray))
        })
    }

    /// Dark becomes light.
    pub(super) fn invert(&mut self) {
        for gray in &mut self.pixels {
            *gray = 255 - *gray;
        }
    }

    /// The median of all pixels.
    pub(super) fn level(&self) -> u8 {
        quantile(self.pixels.clone(), 0.5)
    }

    /// The median of the outermost pixels.
    pub(super) fn edge_level(&self) -> u8 {
        quantile(self.edge(), 0.5)
    }

    /// The outermost pixels.
    fn edge(&self) -> Vec<u8> {
        let (last_row, last_column) = (self.height - 1, self.width - 1);
        let places = self.pixels.iter().enumerate();
        places
            .filter(|(place, _)| {
                let (row, column) = (place / self.width, place % self.width);
                row == 0 || row == last_row || column == 0 || column == last_column
            })
            .map(|(_, gray)| *gray)
            .collect()
    }
}

/// The value below which `part` of the numbers lie.
fn quantile(mut numbers: Vec<u8>, part: f64) -> u8 {
    let place = ((numbers.len() - 1) as f64 * part) as usize;
    *numbers.select_nth_unstable(place).1
}

/// The picture with its larger side at most twice the working size, by whole-number area average.
pub(super) fn reduced(gray: Gray) -> Gray {
    let factor = gray.width.max(gray.height) / WORKING_SIDE;
    if factor < 2 {
        return gray;
    }
    let width = gray.width.div_ceil(factor);
    let height = gray.height.div_ceil(factor);
    let mut pixels = Vec::with_capacity(width * height);
    for row in 0..height {
        let rows = row * factor..((row + 1) * factor).min(gray.height);
        for column in 0..width {
            let columns = column * factor..((column + 1) * factor).min(gray.width);
            let n_pixels = (rows.len() * columns.len()) as u64;
            let sum: u64 = rows
                .clone()
                .flat_map(|row| &gray.pixels[row * gray.width..][columns.clone()])
                .map(|gray| u64::from(*gray))
                .sum();
            pixels.push((sum / n_pixels) as u8);
        }
    }
    Gray::new(width, height, pixels)
}

/// Ink above the paper, 0 (paper) to 1, and the width of the picture.
struct InkMap {
    width: usize,
    ink: Vec<f64>,
}

/// The 28 × 28 pixels of the placed digit; `None` if nothing is lighter than the paper.
pub(super) fn place(gray: &Gray) -> Option<Vec<u8>> {
    let ink = above_paper(gray)?;
    let (rows, columns) = ink.bounds();
    let larger = rows.len().max(columns.len()) as f64;
    let scaled_to = |side: usize| ((side as f64 * BOX as f64 / larger).round() as usize).max(1);
    let (height, width) = (scaled_to(rows.len()), scaled_to(columns.len()));
    let mut scaled = Vec::with_capacity(height * width);
    for row in 0..height {
        let across = part(&rows, row, height);
        for column in 0..width {
            scaled.push(ink.mean(&across, &part(&columns, column, width)));
        }
    }
    Some(centered(&scaled, width))
}

/// The piece of `whole` that falls to one of `n_pieces` equal ones.
fn part(whole: &std::ops::Range<usize>, piece: usize, n_pieces: usize) -> std::ops::Range<f64> {
    let side = whole.len() as f64 / n_pieces as f64;
    let start = whole.start as f64;
    start + side * piece as f64..start + side * (piece + 1) as f64
}

/// How far every pixel rises above the paper and its unevenness; `None` if none does.
fn above_paper(gray: &Gray) -> Option<InkMap> {
    let edge = gray.edge();
    let paper = f64::from(quantile(edge.clone(), 0.5));
    let uneven = f64::from(quantile(edge, 0.9)) - paper;
    // Not the strongest pixel but the strongest few: one bright speck is no measure of ink.
    let strong = f64::from(quantile(gray.pixels.clone(), 0.998)).max(paper);
    let strongest = if strong > paper {
        strong
    } else {
        f64::from(gray.range().1)
    } - paper;
    if strongest <= 0.0 {
        return None;
    }
    let floor = (1.5 * uneven).min(strongest / 2.0);
    let ink = gray.pixels.iter().map(|gray| {
        let ink = (f64::from(*gray) - paper - floor) / (strongest - floor);
        if floor > 0.0 && ink < FAINT {
            0.0
        } else {
            ink.clamp(0.0, 1.0)
        }
    });
    Some(InkMap {
        width: gray.width,
        ink: ink.collect(),
    })
}

impl InkMap {
    /// The rows and the columns that the ink spans.
    fn bounds(&self) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let height = self.ink.len() / self.width;
        let faint = if self.width.max(height) <= 2 * BOX {
            FAINT_IF_SMALL
        } else {
            FAINT
        };
        let [mut top, mut left] = [usize::MAX; 2];
        let [mut bottom, mut right] = [0; 2];
        for (place, ink) in self.ink.iter().enumerate() {
            if *ink >= faint {
                let (row, column) = (place / self.width, place % self.width);
                (top, bottom) = (top.min(row), bottom.max(row + 1));
                (left, right) = (left.min(column), right.max(column + 1));
            }
        }
        (top..bottom, left..right)
    }

    /// The mean ink over a rectangle whose sides may cut pixels.
    fn mean(&self, rows: &std::ops::Range<f64>, columns: &std::ops::Range<f64>) -> f64 {
        let cells = |side: &std::ops::Range<f64>| {
            let (start, end) = (side.start, side.end);
            (start as usize..end.ceil() as usize)
                .map(move |cell| (cell, end.min(cell as f64 + 1.0) - start.max(cell as f64)))
        };
        let mut sum = 0.0;
        for (row, height) in cells(rows) {
            for (column, width) in cells(columns) {
                // Rounding may let the last cell begin where the picture ends, with no part of it inside.
                let ink = self.ink.get(row * self.width + column).unwrap_or(&0.0);
                sum += height * width * ink;
            }
        }
        sum / ((rows.end - rows.start) * (columns.end - columns.start))
    }
}

/// The scaled ink, `width` wide, stretched to 255 and moved so that its centre of mass is in the middle of 28 × 28.
fn centered(scaled: &[f64], width: usize) -> Vec<u8> {
    let height = scaled.len() / width;
    let [mut sum, mut by_row, mut by_column, mut strongest] = [0.0_f64; 4];
    for (place, ink) in scaled.iter().enumerate() {
        sum += ink;
        by_row += ink * (place / width) as f64;
        by_column += ink * (place % width) as f64;
        strongest = strongest.max(*ink);
    }
    let middle = (FULL / 2) as f64;
    let start =
        |center: f64, side: usize| ((middle - center).round().max(0.0) as usize).min(FULL - side);
    let (top, left) = (start(by_row / sum, height), start(by_column / sum, width));
    let mut pixels = vec![0; FULL * FULL];
    for (place, ink) in scaled.iter().enumerate() {
        let (row, column) = (top + place / width, left + place % width);
        pixels[row * FULL + column] = (255.0 * ink / strongest).round() as u8;
    }
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_larger_side_becomes_twenty_and_the_mass_the_middle() {
        let mut pixels = vec![10; 100 * 80];
        for row in 30..70 {
            for column in 5..25 {
                pixels[row * 80 + column] = 200;
            }
        }
        let placed = place(&Gray::new(80, 100, pixels)).unwrap();
        let inked: Vec<usize> = (0..784).filter(|&place| placed[place] > 0).collect();
        assert_eq!(inked.len(), 20 * 10);
        assert!(inked.iter().all(|&place| placed[place] == 255));
        assert_eq!(
            (inked[0] / 28, inked[0] % 28),
            (5, 10),
            "9.5 and 4.5 rounded to 14"
        );
    }

    #[test]
    fn uneven_paper_is_not_ink() {
        let pixels = (0..90 * 90).map(|place| {
            let (row, column) = (place / 90, place % 90);
            let stroke = (40..46).contains(&row) && (20..70).contains(&column);
            if stroke {
                220
            } else {
                (20 + (row * 7 + column * 3) % 12) as u8
            }
        });
        let placed = place(&Gray::new(90, 90, pixels.collect())).unwrap();
        assert_eq!(placed.iter().filter(|gray| **gray > 0).count(), 20 * 2);
    }

    #[test]
    fn no_light_ink_is_no_digit() {
        let mut pixels = vec![255; 100];
        pixels[55] = 0;
        assert_eq!(place(&Gray::new(10, 10, pixels)), None);
    }

    #[test]
    fn reducing_averages_and_keeps_the_rest() {
        let halves = Gray::new(
            1200,
            3,
            (0..3600).map(|place| (place % 2 * 100) as u8).collect(),
        );
        let small = reduced(halves);
        assert_eq!(
            (small.width, small.height, small.range()),
            (600, 2, (50, 50))
        );
        let untouched = Gray::new(2, 1, vec![1, 2]);
        assert_eq!(reduced(untouched.clone()), untouched);
    }
}
