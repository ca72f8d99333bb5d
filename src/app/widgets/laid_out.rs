//! A matrix made ready to be shown: on its sheet, with the scale of its colours, and reduced for views that are small.
//!
//! Everything that goes through all entries is done here, once for a matrix; it is plain data, so that a job can do it.
//! Absent: the screen, zoom, and where the matrix comes from.

use super::matrix_sheet::{Found, FullColor, Layout, Sheet};
use super::pixels;
use crate::app::theme::Palette;
use crate::figures::Squares;
use egui::{ColorImage, Rect};
use ndarray::Array2;

/// Sheets are not reduced whose shorter side has no more texels.
const SMALLEST: usize = 96;

/// A matrix, and what a view of it needs.
#[derive(Debug, Clone)]
pub struct LaidOut {
    /// The entries.
    pub values: Array2<f32>,
    /// Where each lies.
    pub sheet: Sheet,
    /// The value in full colour.
    pub found: Found,
    /// The sheet with its sides halved once, twice, and so on.
    halved: Vec<Halved>,
}

/// A sheet of fewer texels, each the strongest of its block, so that single large entries stay in sight.
#[derive(Debug, Clone, PartialEq)]
struct Halved {
    /// Width and height in texels.
    size: [usize; 2],
    /// Line by line, NaN in gaps.
    texels: Vec<f32>,
}

impl LaidOut {
    /// Lays `values` out: O(their number).
    pub fn new(values: Array2<f32>, layout: Layout, scale: FullColor) -> Self {
        let values = if values.is_standard_layout() {
            values
        } else {
            values.as_standard_layout().into_owned()
        };
        let sheet = Sheet::new(values.dim(), layout);
        let entries = values.as_slice().expect("it is in standard layout");
        let found = scale.find(entries);
        let mut halved: Vec<Halved> = Vec::new();
        let whole = sheet.laid_out(entries);
        loop {
            let (texels, size) = match halved.last() {
                Some(halved) => (&*halved.texels, halved.size),
                None => (&*whole, sheet.size()),
            };
            if size[0].min(size[1]) <= SMALLEST {
                break;
            }
            halved.push(half(texels, size));
        }
        drop(whole);
        Self {
            values,
            sheet,
            found,
            halved,
        }
    }

    /// What is shown, as it is saved; `counted` is what rows and columns count where they stand as in the array.
    pub fn squares(&self, counted: [&'static str; 2]) -> Squares {
        let [columns, rows] = self.sheet.size();
        let value = |(y, x): (usize, usize)| {
            let at = self.sheet.entry(x as i64, y as i64);
            let value = at.and_then(|at| self.values.get(at));
            value.copied().unwrap_or(f32::NAN)
        };
        let values = Array2::from_shape_fn((rows, columns), value);
        let counted = if self.sheet.has_gaps() {
            ["row", "column"]
        } else {
            counted
        };
        Squares::matrix(&values, self.found.scale, counted)
    }

    /// What fills a view of `size` pixels, one texel to each, where one of the whole sheet is `texel` pixels wide;
    /// `visible` is the part in sight, as fractions. Gaps have the card's colour.
    pub fn image(
        &self,
        texel: f32,
        visible: Rect,
        size: [usize; 2],
        palette: &Palette,
    ) -> ColorImage {
        let samples = match self.reduced(texel) {
            None => {
                let texel = |x: usize, y: usize| {
                    let at = self.sheet.entry(x as i64, y as i64);
                    let value = at.and_then(|at| self.values.get(at));
                    value.copied().unwrap_or(f32::NAN)
                };
                pixels::sampled(self.sheet.size(), texel, pixels::between, visible, size)
            }
            Some(halved) => {
                let texel = |x: usize, y: usize| halved.texels[y * halved.size[0] + x];
                pixels::sampled(halved.size, texel, pixels::between, visible, size)
            }
        };
        let strength = 1.0 / self.found.scale;
        let color = |value: &f32| match palette.diverging(value * strength) {
            _ if value.is_nan() && self.sheet.has_gaps() => palette.card,
            color => color,
        };
        ColorImage::new(size, samples.iter().map(color).collect())
    }

    /// The sheet that still has a texel a pixel, or nearly so; `None` for the whole one. Small sheets stay as they are.
    fn reduced(&self, texel: f32) -> Option<&Halved> {
        let wanted = (1.0 / texel).log2().round().max(0.0) as usize;
        let times = wanted.min(self.halved.len());
        self.halved.get(times.checked_sub(1)?)
    }
}

/// Lines of texels at half the size, each of them the strongest of four.
fn half(texels: &[f32], [width, height]: [usize; 2]) -> Halved {
    let mut half = Vec::with_capacity(width.div_ceil(2) * height.div_ceil(2));
    let mut line = vec![0.0; width];
    for pair in texels.chunks(2 * width) {
        let (upper, lower) = pair.split_at(width);
        line.copy_from_slice(upper);
        for (texel, lower) in line.iter_mut().zip(lower) {
            *texel = stronger(*texel, *lower);
        }
        let (pairs, last) = line.as_chunks::<2>();
        half.extend(pairs.iter().map(|[left, right]| stronger(*left, *right)));
        half.extend_from_slice(last);
    }
    Halved {
        size: [width.div_ceil(2), height.div_ceil(2)],
        texels: half,
    }
}

/// The larger in size, NaN only if both are.
fn stronger(a: f32, b: f32) -> f32 {
    if b.abs() > a.abs() || a.is_nan() {
        b
    } else {
        a
    }
}

#[cfg(test)]
mod tests {
    use super::super::pixels::WHOLE;
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    #[test]
    fn both_layouts_show_the_same_colors() {
        let grid = Grid::square(3);
        let values = Array2::from_shape_fn((9, 9), |(i, j)| i as f32 - j as f32);
        let palette = Palette::new(true);
        for layout in [Layout::Matrix, Layout::RowPictures(grid)] {
            let matrix = LaidOut::new(values.clone(), layout, FullColor::Largest);
            let sheet = matrix.sheet;
            let image = matrix.image(1.0, WHOLE, sheet.size(), palette);
            assert_eq!(image.size, sheet.size());
            for (place, texel) in image.pixels.iter().enumerate() {
                let at = sheet.entry(
                    (place % image.size[0]) as i64,
                    (place / image.size[0]) as i64,
                );
                let expected = at.map_or(palette.card, |at| palette.diverging(values[at] / 8.0));
                assert_eq!(*texel, expected);
            }
        }
    }

    #[test]
    fn halving_keeps_the_largest_sizes() {
        let texels = array![[0.1, -0.9, 0.0], [0.5, 0.2, 0.3], [f32::NAN, 0.4, f32::NAN]];
        let halved = half(texels.as_slice().expect("standard"), [3, 3]);
        assert_eq!(halved.size, [2, 2]);
        assert_eq!(halved.texels[..3], [-0.9, 0.3, 0.4]);
        assert!(halved.texels[3].is_nan());
    }

    #[test]
    fn small_views_of_large_matrices_are_reduced() {
        let mut values = Array2::from_elem((400, 400), 0.1);
        values[[123, 321]] = -0.5;
        let matrix = LaidOut::new(values, Layout::Matrix, FullColor::Largest);
        let sizes: Vec<[usize; 2]> = matrix.halved.iter().map(|halved| halved.size).collect();
        assert_eq!(sizes, [[200, 200], [100, 100], [50, 50]]);
        for dark in [true, false] {
            let palette = Palette::new(dark);
            let image = matrix.image(0.25, WHOLE, [100, 100], palette);
            assert_eq!(image.pixels[30 * 100 + 80], palette.diverging(-1.0));
        }
        assert_eq!(matrix.reduced(1.0), None);
        assert_eq!(
            matrix.reduced(0.01).map(|halved| halved.size),
            Some([50, 50])
        );
    }

    #[test]
    fn gaps_are_left_only_where_four_of_them_meet() {
        // Four pictures of 3 × 3 with one texel between them: 7 × 7.
        let layout = Layout::RowPictures(Grid::square(3));
        let matrix = LaidOut::new(Array2::from_elem((4, 9), 0.5), layout, FullColor::Largest);
        let texels = matrix
            .sheet
            .laid_out(matrix.values.as_slice().expect("standard"));
        let halved = half(&texels, [7, 7]);
        assert_eq!(halved.size, [4, 4]);
        assert!(halved.texels.iter().all(|texel| *texel == 0.5));
        let palette = Palette::new(true);
        let full = matrix.image(1.0, WHOLE, [7, 7], palette);
        let gaps = full.pixels.iter().filter(|texel| **texel == palette.card);
        assert_eq!(gaps.count(), 13);
    }
}
