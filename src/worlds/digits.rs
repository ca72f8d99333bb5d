//! Gray images with labels, all square and of one size: what patterns are cut from.
//!
//! Absent: thresholds and ±1 (see [`mnist`](super::mnist)), and how the images were read (see [`idx`](super::idx)).

use super::idx::IdxImages;
use crate::engine::Error;

/// Square gray images of one size, each with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrayImages {
    side: usize,
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl GrayImages {
    /// Puts images and their labels together; refused unless the images are square and the labels as many as they.
    pub fn new(images: IdxImages, labels: Vec<u8>) -> Result<Self, Error> {
        let count = images.count();
        let IdxImages {
            rows,
            columns,
            pixels,
        } = images;
        if rows != columns {
            return Err(Error::Shape {
                what: "the images",
                expected: "as many rows as columns".to_owned(),
                found: format!("{rows} × {columns}"),
            });
        }
        if labels.len() != count {
            return Err(Error::Shape {
                what: "the label file",
                expected: format!("{count} entries, one an image"),
                found: labels.len().to_string(),
            });
        }
        Ok(Self {
            side: rows,
            pixels,
            labels,
        })
    }

    /// How many images there are, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Height and width of every image.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Pixels of the image at `index`, row by row, 0 (black) to 255.
    pub fn image(&self, index: usize) -> &[u8] {
        let n_units = self.side * self.side;
        &self.pixels[index * n_units..][..n_units]
    }

    /// Label of the image at `index`.
    pub fn label(&self, index: usize) -> u8 {
        self.labels[index]
    }

    /// All labels, in the images' order.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(rows: usize, columns: usize) -> IdxImages {
        let pixels = (0..).take(2 * rows * columns).collect();
        IdxImages {
            rows,
            columns,
            pixels,
        }
    }

    #[test]
    fn images_and_labels_go_together() {
        let images = GrayImages::new(two(2, 2), vec![7, 9]).unwrap();
        assert_eq!((images.len(), images.side(), images.label(1)), (2, 2, 9));
        assert_eq!(images.image(1), [4, 5, 6, 7]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(
            GrayImages::new(two(2, 2), vec![7]).unwrap_err().to_string(),
            "the label file must have 2 entries, one an image, not 1"
        );
        assert_eq!(
            GrayImages::new(two(2, 3), vec![7, 9])
                .unwrap_err()
                .to_string(),
            "the images must have as many rows as columns, not 2 × 3"
        );
    }
}
