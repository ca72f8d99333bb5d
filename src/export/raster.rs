//! Rasters: small pictures on a page, as pixels of another size and as bytes inside of an SVG.

use super::items::{Color, Raster};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{ImageFormat, RgbImage};
use std::io::Cursor;
use std::ops::Range;

/// The most pixels a side of a raster inside of an SVG; a larger one is reduced.
const MOST: usize = 2048;

impl Raster {
    /// This raster as `width` × `height` pixels, row by row: the nearest of its pixels where it is enlarged, the mean of
    /// those that fall together where it is reduced.
    pub(super) fn sampled(&self, [width, height]: [usize; 2]) -> Vec<Color> {
        let columns: Vec<Range<usize>> = (0..width)
            .map(|pixel| part(pixel, width, self.columns))
            .collect();
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..height {
            let rows = part(row, height, self.rows);
            pixels.extend(columns.iter().map(|columns| self.mean(&rows, columns)));
        }
        pixels
    }

    fn mean(&self, rows: &Range<usize>, columns: &Range<usize>) -> Color {
        let mut sums = [0_u64; 3];
        for row in rows.clone() {
            let line = row * self.columns;
            for pixel in &self.pixels[line + columns.start..line + columns.end] {
                for (sum, part) in sums.iter_mut().zip(pixel) {
                    *sum += u64::from(*part);
                }
            }
        }
        let count = (rows.len() * columns.len()).max(1) as u64;
        sums.map(|sum| ((sum + count / 2) / count) as u8)
    }

    /// The picture as a PNG file inside of an address, reduced where it is very large.
    pub(super) fn data_url(&self) -> String {
        let size = [self.columns, self.rows].map(|side| side.clamp(1, MOST));
        let pixels = self.sampled(size).concat();
        let picture = RgbImage::from_raw(size[0] as u32, size[1] as u32, pixels);
        let mut file = Cursor::new(Vec::new());
        let written = picture.map(|picture| picture.write_to(&mut file, ImageFormat::Png));
        written
            .expect("there are as many pixels as that")
            .expect("memory takes every picture that is not empty");
        format!("data:image/png;base64,{}", STANDARD.encode(file.get_ref()))
    }
}

/// Which of `count` pixels fall onto pixel `index` of `size`.
fn part(index: usize, size: usize, count: usize) -> Range<usize> {
    if count <= size {
        let nearest = (2 * index + 1) * count / (2 * size);
        return nearest..(nearest + 1).min(count);
    }
    let (from, to) = (index * count / size, (index + 1) * count / size);
    from..to.max(from + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster() -> Raster {
        Raster {
            columns: 3,
            rows: 1,
            pixels: vec![[0, 10, 255], [100, 20, 255], [201, 30, 255]],
        }
    }

    #[test]
    fn enlarged_pixels_stay_sharp_and_reduced_ones_are_means() {
        let [a, b, c] = [[0, 10, 255], [100, 20, 255], [201, 30, 255]];
        assert_eq!(raster().sampled([6, 1]), [a, a, b, b, c, c]);
        assert_eq!(raster().sampled([3, 2]), [a, b, c, a, b, c]);
        assert_eq!(raster().sampled([1, 1]), [[100, 20, 255]]);
        assert_eq!(raster().sampled([2, 1]), [a, [151, 25, 255]]);
    }

    #[test]
    fn inside_of_an_svg_it_is_a_png() {
        let url = raster().data_url();
        let packed = url.strip_prefix("data:image/png;base64,").expect("a PNG");
        let bytes = STANDARD.decode(packed).expect("it is base64");
        let read = image::load_from_memory(&bytes).expect("it is a picture");
        assert_eq!(read.to_rgb8().into_raw(), raster().pixels.concat());
    }
}
