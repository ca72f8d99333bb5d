//! A matrix laid out as a sheet of texels: as it is written, or each row as a small picture.
//!
//! Absent: the screen. Here are places on the sheet, the scale of the colours, and the pictures to upload.

use super::pixels;
use crate::app::theme::Palette;
use crate::engine::patterns::Grid;
use egui::{ColorImage, Rect};
use ndarray::ArrayRef2;
use std::borrow::Cow;

/// How a matrix is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Row i from the top, column j from the left.
    #[default]
    Matrix,
    /// Row i as a picture on this grid. The pictures themselves stand on the grid too where there are as many rows as
    /// units (picture i stands where unit i is), else on the most nearly square sheet.
    RowPictures(Grid),
}

/// Which value gets the full colour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Scale {
    /// The size that 99.9 % of all values do not exceed: a few outliers do not turn all else grey.
    #[default]
    Robust,
    /// The largest size of any value.
    Largest,
    /// This size.
    Fixed(f32),
}

/// The scale found, and whether values beyond it are shown clipped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The value in full colour, positive.
    pub scale: f32,
    /// Some values are larger in size.
    pub clipped: bool,
}

impl Scale {
    /// Works the scale out for `values`; 1 where all are zero.
    pub fn find(self, values: &[f32]) -> Found {
        let largest = super::picture::symmetric_scale(values);
        let scale = match self {
            Self::Largest => largest,
            Self::Fixed(scale) => scale.abs().max(f32::MIN_POSITIVE),
            Self::Robust if values.iter().all(|value| *value == 0.0) => largest,
            Self::Robust => quantile(values, largest).min(largest),
        };
        Found {
            scale,
            clipped: scale < largest,
        }
    }
}

/// The size not exceeded by 99.9 % of the values, to a 2048th of the largest.
fn quantile(values: &[f32], largest: f32) -> f32 {
    const BINS: usize = 2048;
    let mut counts = [0_usize; BINS];
    let per_bin = BINS as f32 / largest;
    let beyond = values.len() / 1000;
    // The answer lies in bin `least` or above, where `counted` values are so far: most values need no counting.
    let (mut least, mut counted) = (0, 0);
    for part in values.chunks(64) {
        if super::picture::largest_size(part) * per_bin < least as f32 {
            continue;
        }
        for value in part {
            let bin = ((value.abs() * per_bin) as usize).min(BINS - 1);
            if bin >= least {
                counts[bin] += 1;
                counted += 1;
            }
        }
        while counted - counts[least] > beyond {
            counted -= counts[least];
            least += 1;
        }
    }
    if counted > beyond {
        (least + 1) as f32 / per_bin
    } else {
        largest
    }
}

/// Where each entry of an n × m matrix lies on its sheet of texels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    rows: usize,
    columns: usize,
    /// Each row's picture, and how many stand side by side; `None` for the plain matrix.
    tiles: Option<(Grid, usize)>,
}

impl Sheet {
    /// The sheet of a matrix with so many rows and columns; plain if the grid does not hold a row.
    pub fn new((rows, columns): (usize, usize), layout: Layout) -> Self {
        let tiles = match layout {
            Layout::RowPictures(grid) if grid.n_units() == columns && rows > 0 => {
                let across = if rows == columns {
                    grid.columns
                } else {
                    rows.isqrt().max(1) + usize::from(rows.isqrt().pow(2) < rows)
                };
                Some((grid, across))
            }
            Layout::RowPictures(_) | Layout::Matrix => None,
        };
        Self {
            rows,
            columns,
            tiles,
        }
    }

    /// Width and height in texels, gaps included.
    pub fn size(self) -> [usize; 2] {
        match self.tiles {
            None => [self.columns.max(1), self.rows.max(1)],
            Some((grid, across)) => [
                across * (grid.columns + 1) - 1,
                self.rows.div_ceil(across) * (grid.rows + 1) - 1,
            ],
        }
    }

    /// The entry (row, column) at a texel; `None` in a gap or outside.
    pub fn entry(self, x: i64, y: i64) -> Option<(usize, usize)> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let Some((grid, across)) = self.tiles else {
            return (y < self.rows && x < self.columns).then_some((y, x));
        };
        let (tile_x, in_x) = (x / (grid.columns + 1), x % (grid.columns + 1));
        let (tile_y, in_y) = (y / (grid.rows + 1), y % (grid.rows + 1));
        let row = tile_y * across + tile_x;
        let inside = tile_x < across && in_x < grid.columns && in_y < grid.rows && row < self.rows;
        let column = in_y * grid.columns + in_x;
        (inside && column < self.columns).then_some((row, column))
    }

    /// Left, top, width and height in texels of what shows `row`.
    pub fn row_box(self, row: usize) -> [usize; 4] {
        match self.tiles {
            None => [0, row, self.columns, 1],
            Some((grid, across)) => [
                row % across * (grid.columns + 1),
                row / across * (grid.rows + 1),
                grid.columns,
                grid.rows,
            ],
        }
    }

    /// The sheet with its sides halved so many times: each texel is then the strongest of its block, so that single
    /// large entries stay in sight.
    pub fn halved(self, values: &ArrayRef2<f32>, times: usize) -> Halved {
        let values = values.as_standard_layout();
        let mut texels = self.laid_out(values.as_slice().unwrap_or_default());
        let mut size = self.size();
        for _ in 0..times {
            texels = Cow::Owned(halved(&texels, size));
            size = size.map(|side| side.div_ceil(2));
        }
        let texels = texels.into_owned();
        Halved { size, texels }
    }

    /// What fills a view of `size` pixels, one texel to each. `visible` is the part of the sheet in sight, as
    /// fractions; `scale` has the full colour, and gaps have the card's.
    pub fn image(
        self,
        values: &ArrayRef2<f32>,
        visible: Rect,
        size: [usize; 2],
        scale: f32,
        palette: &Palette,
    ) -> ColorImage {
        let texel = |x: usize, y: usize| {
            let at = self.entry(x as i64, y as i64);
            at.and_then(|at| values.get(at))
                .copied()
                .unwrap_or(f32::NAN)
        };
        let samples = pixels::sampled(self.size(), texel, pixels::between, visible, size);
        self.colored(&samples, size, scale, palette)
    }

    /// The same, from a sheet that was halved.
    pub fn image_of_halved(
        self,
        halved: &Halved,
        visible: Rect,
        size: [usize; 2],
        scale: f32,
        palette: &Palette,
    ) -> ColorImage {
        let texel = |x: usize, y: usize| halved.texels[y * halved.size[0] + x];
        let samples = pixels::sampled(halved.size, texel, pixels::between, visible, size);
        self.colored(&samples, size, scale, palette)
    }

    fn colored(
        self,
        samples: &[f32],
        size: [usize; 2],
        scale: f32,
        palette: &Palette,
    ) -> ColorImage {
        let strength = 1.0 / scale;
        let tiled = self.tiles.is_some();
        let color = |value: &f32| match palette.diverging(value * strength) {
            _ if tiled && value.is_nan() => palette.card,
            color => color,
        };
        ColorImage::new(size, samples.iter().map(color).collect())
    }

    /// The entries in the order of their texels, NaN in gaps.
    fn laid_out(self, entries: &[f32]) -> Cow<'_, [f32]> {
        let Some((grid, _)) = self.tiles else {
            return Cow::Borrowed(entries);
        };
        let [width, height] = self.size();
        let mut texels = vec![f32::NAN; width * height];
        for (row, entries) in entries.chunks(self.columns).enumerate() {
            let [left, top, ..] = self.row_box(row);
            for (line, part) in entries.chunks(grid.columns).enumerate() {
                texels[(top + line) * width + left..][..part.len()].copy_from_slice(part);
            }
        }
        Cow::Owned(texels)
    }
}

/// A sheet of fewer texels: see [`Sheet::halved`].
#[derive(Debug, Clone, PartialEq)]
pub struct Halved {
    /// Width and height in texels.
    size: [usize; 2],
    /// Line by line, NaN in gaps.
    texels: Vec<f32>,
}

/// Lines of texels at half the size, each of them the strongest of four.
fn halved(texels: &[f32], [width, height]: [usize; 2]) -> Vec<f32> {
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
    half
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
    use super::super::picture::WHOLE;
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn entries_and_boxes_agree() {
        let grid = Grid::new(2, 3);
        for (shape, layout) in [
            ((6, 6), Layout::Matrix),
            ((6, 6), Layout::RowPictures(grid)),
            ((5, 6), Layout::RowPictures(grid)),
        ] {
            let sheet = Sheet::new(shape, layout);
            let [width, height] = sheet.size();
            let mut seen = vec![0; shape.0 * shape.1];
            for (x, y) in (0..width).flat_map(|x| (0..height).map(move |y| (x, y))) {
                if let Some((row, column)) = sheet.entry(x as i64, y as i64) {
                    seen[row * shape.1 + column] += 1;
                    let [left, top, wide, high] = sheet.row_box(row);
                    assert!((left..left + wide).contains(&x) && (top..top + high).contains(&y));
                }
            }
            assert!(seen.iter().all(|count| *count == 1), "{layout:?}");
            assert_eq!(sheet.entry(-1, 0), None);
            assert_eq!(sheet.entry(width as i64, 0), None);
        }
    }

    #[test]
    fn the_picture_of_unit_i_stands_where_unit_i_is() {
        let sheet = Sheet::new((784, 784), Layout::RowPictures(Grid::square(28)));
        assert_eq!(sheet.size(), [28 * 29 - 1, 28 * 29 - 1]);
        assert_eq!(sheet.row_box(404), [12 * 29, 14 * 29, 28, 28]);
        assert_eq!(sheet.entry(12 * 29 + 5, 14 * 29 + 2), Some((404, 61)));
        assert_eq!(sheet.entry(12 * 29 + 28, 14 * 29), None);
    }

    #[test]
    fn both_layouts_show_the_same_colors() {
        let grid = Grid::square(3);
        let values = Array2::from_shape_fn((9, 9), |(i, j)| i as f32 - j as f32);
        let palette = Palette::new(true);
        for layout in [Layout::Matrix, Layout::RowPictures(grid)] {
            let sheet = Sheet::new((9, 9), layout);
            let image = sheet.image(&values, WHOLE, sheet.size(), 8.0, palette);
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
    fn outliers_do_not_set_the_robust_scale() {
        let mut values = vec![0.5; 10_000];
        values[7] = -100.0;
        let found = Scale::Robust.find(&values);
        assert!((found.scale - 0.5).abs() < 0.06 && found.clipped);
        assert_eq!(
            Scale::Largest.find(&values),
            Found {
                scale: 100.0,
                clipped: false
            }
        );
        assert_eq!(Scale::Robust.find(&[0.0; 4]).scale, 1.0);
        assert!(!Scale::Robust.find(&[1.0, -1.0]).clipped);
    }

    #[test]
    fn counting_what_is_large_alone_finds_the_same_size() {
        for n in [1, 999, 64 * 700 + 13] {
            let values: Vec<f32> = (1..=n)
                .map(|k| ((k * k) as f32 * 0.37).sin().powi(3))
                .collect();
            let mut sizes: Vec<f32> = values.iter().map(|value| value.abs()).collect();
            sizes.sort_by(f32::total_cmp);
            let (largest, exact) = (sizes[n - 1], sizes[n - 1 - n / 1000]);
            let found = quantile(&values, largest);
            let bin = largest / 2048.0;
            assert!(
                found >= exact - 0.01 * bin && found <= exact + 1.01 * bin,
                "{n}: {found} {exact}"
            );
        }
    }

    #[test]
    fn halving_keeps_the_largest_sizes() {
        let values = array![[0.1, -0.9, 0.0], [0.5, 0.2, 0.3]];
        let sheet = Sheet::new((2, 3), Layout::Matrix);
        let half = sheet.halved(&values, 1);
        assert_eq!((half.size, &*half.texels), ([2, 1], &[-0.9, 0.3][..]));
        for dark in [true, false] {
            let palette = Palette::new(dark);
            let image = sheet.image_of_halved(&half, WHOLE, [4, 1], 1.0, palette);
            let expected = [-0.9, -0.9, 0.3, 0.3].map(|t| palette.diverging(t));
            assert_eq!(image.pixels, expected);
        }
    }

    #[test]
    fn gaps_are_left_only_where_four_of_them_meet() {
        // Four pictures of 3 × 3 with one texel between them: 7 × 7.
        let sheet = Sheet::new((4, 9), Layout::RowPictures(Grid::square(3)));
        let values = Array2::from_elem((4, 9), 0.5);
        let half = sheet.halved(&values, 1);
        assert_eq!(half.size, [4, 4]);
        assert!(half.texels.iter().all(|texel| *texel == 0.5));
        let palette = Palette::new(true);
        let full = sheet.image(&values, WHOLE, sheet.size(), 1.0, palette);
        let gaps = full.pixels.iter().filter(|texel| **texel == palette.card);
        assert_eq!(gaps.count(), 13);
    }
}
