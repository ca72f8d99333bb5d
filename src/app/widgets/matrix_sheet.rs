//! A matrix laid out as a sheet of texels: as it is written, or each row as a small picture.
//!
//! Absent: the screen, and the pictures to upload (`laid_out`). Here are places on the sheet and the scale of colours.

use crate::engine::patterns::Grid;
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
pub enum FullColor {
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

impl FullColor {
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

    /// Whether some texels show no entry: those between the pictures of rows.
    pub fn has_gaps(self) -> bool {
        self.tiles.is_some()
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

    /// The entries in the order of their texels, NaN in gaps.
    pub(super) fn laid_out(self, entries: &[f32]) -> Cow<'_, [f32]> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn outliers_do_not_set_the_robust_scale() {
        let mut values = vec![0.5; 10_000];
        values[7] = -100.0;
        let found = FullColor::Robust.find(&values);
        assert!((found.scale - 0.5).abs() < 0.06 && found.clipped);
        assert_eq!(
            FullColor::Largest.find(&values),
            Found {
                scale: 100.0,
                clipped: false
            }
        );
        assert_eq!(FullColor::Robust.find(&[0.0; 4]).scale, 1.0);
        assert!(!FullColor::Robust.find(&[1.0, -1.0]).clipped);
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
}
