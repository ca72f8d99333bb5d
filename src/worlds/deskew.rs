//! The published preprocessing of MNIST: straighten slanted digits, then keep the centre.
//!
//! Row r of the 28 × 28 image is shifted by α (r − 13.5), where `α = μ_rc / μ_rr` is the slant, read off the second
//! moments of the ink about its centre of mass (r counts rows, c columns). The shift is linear between neighbors,
//! 0 beyond the edges, rounded half to even; then 7 rows and columns go at every side, which leaves 14 × 14.
//!
//! This is what the authors' own notebook does (`deskew_mnist`, `center_crop` in `MNIST_binary_experiment.ipynb` of
//! `Francill99/PseudoLikelihood_Analysis`; crop after Belyaev and Velichko 2020), and it reproduces their printed
//! overlaps to every digit (tests in [`mnist`](super::mnist)). It is not quite the recipe that goes about as
//! "Deskewing MNIST": that one also moves the centre of mass to the middle, which gives other numbers.
//! Absent: thresholds.

/// Side of a full MNIST image.
pub const FULL: usize = 28;
/// Side of what is kept.
pub const CROP: usize = 14;
/// Rows and columns dropped at every side.
const MARGIN: usize = (FULL - CROP) / 2;

/// Appends the 14 × 14 centre of the straightened 28 × 28 `image` to `pixels`.
pub fn crop_deskewed(image: &[u8], pixels: &mut Vec<u8>) {
    let slant = slant(image);
    for (row, line) in image.chunks_exact(FULL).enumerate().skip(MARGIN).take(CROP) {
        let shift = slant * (row as f64 - (FULL - 1) as f64 / 2.0);
        let whole = shift.floor();
        let part = shift - whole;
        pixels.extend((MARGIN..MARGIN + CROP).map(|column| {
            let left = (column as f64 + whole) as i64;
            match (at(line, left), at(line, left + 1)) {
                (Some(left), Some(right)) => {
                    let gray = (1.0 - part) * f64::from(left) + part * f64::from(right);
                    gray.round_ties_even() as u8
                }
                (Some(last), None) if part == 0.0 => last,
                _ => 0,
            }
        }));
    }
}

/// The pixel at `column`, `None` beyond the edges.
fn at(line: &[u8], column: i64) -> Option<u8> {
    line.get(usize::try_from(column).ok()?).copied()
}

/// Columns of slant per row, `μ_rc / μ_rr`; 0 where the ink has no height (no ink, or all of it in one row).
fn slant(image: &[u8]) -> f64 {
    // Integers all the way: 784 pixels of 255, rows up to 27: no product reaches 2⁴⁵.
    let [
        mut ink,
        mut by_row,
        mut by_column,
        mut by_row_row,
        mut by_row_column,
    ] = [0_i64; 5];
    for (row, line) in (0..).zip(image.chunks_exact(FULL)) {
        let [mut line_ink, mut line_by_column] = [0_i64; 2];
        for (column, &gray) in (0..).zip(line) {
            line_ink += i64::from(gray);
            line_by_column += column * i64::from(gray);
        }
        ink += line_ink;
        by_row += row * line_ink;
        by_column += line_by_column;
        by_row_row += row * row * line_ink;
        by_row_column += row * line_by_column;
    }
    let spread = ink * by_row_row - by_row * by_row;
    if spread == 0 {
        return 0.0;
    }
    (ink * by_row_column - by_row * by_column) as f64 / spread as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cropped(image: &[u8]) -> Vec<u8> {
        let mut pixels = Vec::new();
        crop_deskewed(image, &mut pixels);
        pixels
    }

    /// A stroke through the middle that moves `slant` columns a row.
    fn stroke(slant: f64) -> Vec<u8> {
        let mut image = vec![0; FULL * FULL];
        for row in 4..24 {
            let column = 14.0 + slant * (row as f64 - 13.5);
            image[row * FULL + column.floor() as usize] = 200;
        }
        image
    }

    #[test]
    fn no_ink_and_ink_in_one_row_stay_as_they_are() {
        assert_eq!(cropped(&[0; FULL * FULL]), [0; CROP * CROP]);
        let mut line = vec![0; FULL * FULL];
        line[14 * FULL + 9] = 90;
        line[14 * FULL + 12] = 80;
        let crop = cropped(&line);
        assert_eq!((crop[7 * CROP + 2], crop[7 * CROP + 5]), (90, 80));
    }

    #[test]
    fn a_slanted_stroke_becomes_upright() {
        let upright = cropped(&stroke(0.0));
        for row in 0..CROP {
            assert_eq!(upright[row * CROP + 7], 200);
        }
        for slant in [-0.5, 0.25, 0.5] {
            let crop = cropped(&stroke(slant));
            for line in crop.chunks_exact(CROP) {
                let ink = |columns: &[u8]| columns.iter().map(|gray| i32::from(*gray)).sum::<i32>();
                assert!((ink(line) - 200).abs() <= 1, "no ink is lost");
                assert!(ink(&line[6..9]) >= 199, "all of it near the middle column");
            }
        }
    }

    #[test]
    fn slant_by_hand() {
        // Ink 1 at (0, 0) and at (2, 1): over two rows the centre moves by one column.
        let mut image = vec![0; FULL * FULL];
        image[0] = 1;
        image[2 * FULL + 1] = 1;
        assert_eq!(slant(&image), 0.5);
        assert_eq!(slant(&[255; FULL * FULL]), 0.0);
    }

    proptest! {
        #[test]
        fn any_image_keeps_its_size(image in proptest::collection::vec(any::<u8>(), FULL * FULL)) {
            prop_assert_eq!(cropped(&image).len(), CROP * CROP);
        }
    }
}
