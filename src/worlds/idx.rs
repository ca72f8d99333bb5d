//! IDX, the format of the MNIST family: a big-endian header, then unsigned bytes.
//!
//! Bytes 0 and 1 are zero, byte 2 is the type (0x08 for unsigned bytes), byte 3 the number of dimensions; then one
//! 32-bit size a dimension; then the entries, last dimension fastest. Plain or gzip, told apart by the first two bytes.
//! Read are images (three dimensions) and labels (one). Absent: the other types and shapes the format allows, and
//! writing. Format: <http://yann.lecun.com/exdb/mnist/>.

use super::inflate::{Inflating, is_gzip, too_long};
use crate::engine::Error;
use std::borrow::Cow;

/// The most bytes a file may hold once decompressed: 256 MiB, five times the full MNIST training set.
pub const MAX_BYTES: usize = 256 << 20;

/// The type byte of unsigned bytes.
const UNSIGNED_BYTES: u8 = 0x08;

/// Gray images as they stand in an IDX file: at least one, none of them empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdxImages {
    /// Height of every image.
    pub rows: usize,
    /// Width of every image.
    pub columns: usize,
    /// All images one after the other, row by row, 0 (black) to 255.
    pub pixels: Vec<u8>,
}

impl IdxImages {
    /// How many images there are.
    pub fn count(&self) -> usize {
        self.pixels.len() / (self.rows * self.columns)
    }
}

/// Reads a file of images: type 0x08, three dimensions (count, rows, columns).
pub fn read_images(bytes: &[u8]) -> Result<IdxImages, Error> {
    images_in(plain(bytes)?)
}

/// Reads a file of labels: type 0x08, one dimension.
pub fn read_labels(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    labels_in(plain(bytes)?)
}

/// Whether the bytes, not compressed, start as an IDX file of so many dimensions does.
pub(super) fn has_dimensions(bytes: &[u8], n_dimensions: u8) -> bool {
    matches!(bytes, [0, 0, _, n, ..] if *n == n_dimensions)
}

/// The images of a file that is not compressed.
pub(super) fn images_in(plain: Cow<'_, [u8]>) -> Result<IdxImages, Error> {
    let (sizes, pixels) = read(plain, "images")?;
    let [_, rows, columns] = sizes;
    Ok(IdxImages {
        rows,
        columns,
        pixels,
    })
}

/// The labels of a file that is not compressed.
pub(super) fn labels_in(plain: Cow<'_, [u8]>) -> Result<Vec<u8>, Error> {
    let (_, labels): ([usize; 1], _) = read(plain, "labels")?;
    Ok(labels)
}

/// The sizes and the entries of a file that must have `D` dimensions and hold `what`.
fn read<const D: usize>(bytes: Cow<'_, [u8]>, what: &str) -> Result<([usize; D], Vec<u8>), Error> {
    let sizes = read_header::<D>(&bytes, what)?;
    let start = header_bytes::<D>();
    let promised = sizes
        .iter()
        .try_fold(1, |n: usize, size| n.checked_mul(*size));
    let held = bytes.len() - start;
    if promised != Some(held) {
        let sizes = sizes.map(|size| size.to_string()).join(" × ");
        let only = if promised.is_some_and(|promised| promised < held) {
            ""
        } else {
            "only "
        };
        return Err(Error::Format {
            expected: format!("the header promises {sizes} bytes of {what} after byte {start}"),
            found: format!("{only}{held} follow"),
        });
    }
    let mut entries = bytes.into_owned();
    entries.drain(..start);
    Ok((sizes, entries))
}

/// Length of the header of a file with `D` dimensions.
const fn header_bytes<const D: usize>() -> usize {
    4 + 4 * D
}

/// Checks magic, type and number of dimensions, and returns the sizes, none of which is 0.
fn read_header<const D: usize>(bytes: &[u8], what: &str) -> Result<[usize; D], Error> {
    let wrong = |expected: String, found: String| Err(Error::Format { expected, found });
    let Some((&[zero, nought, entry_type, n_dimensions], rest)) = bytes.split_first_chunk() else {
        return wrong(
            "an IDX file starts with 4 bytes of type and shape".to_owned(),
            format!("this one has {} in all", bytes.len()),
        );
    };
    if [zero, nought] != [0, 0] {
        return wrong(
            "an IDX file starts with two zero bytes".to_owned(),
            format!("this one starts with 0x{zero:02x} 0x{nought:02x}"),
        );
    }
    if entry_type != UNSIGNED_BYTES {
        return wrong(
            format!("an IDX file of {what} holds unsigned bytes (0x08 at byte 2)"),
            format!("byte 2 is 0x{entry_type:02x}"),
        );
    }
    if usize::from(n_dimensions) != D {
        return wrong(
            format!(
                "an IDX file of {what} has {D} dimension{} (byte 3)",
                plural(D)
            ),
            format!("byte 3 is {n_dimensions}"),
        );
    }
    let mut sizes = [0; D];
    let (words, _) = rest.as_chunks::<4>();
    if words.len() < D {
        return wrong(
            format!("the header of {what} has {} bytes", header_bytes::<D>()),
            format!("the file ends after {}", bytes.len()),
        );
    }
    for (dimension, (size, word)) in sizes.iter_mut().zip(words).enumerate() {
        *size = u32::from_be_bytes(*word) as usize;
        if *size == 0 {
            return wrong(
                format!("every dimension of {what} is at least 1"),
                format!("the size at byte {} is 0", 4 + 4 * dimension),
            );
        }
    }
    Ok(sizes)
}

/// An s for every number but one.
const fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// The bytes themselves, or what they decompress to if they are gzip; never more than [`MAX_BYTES`].
fn plain(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    const WHAT: &str = "an IDX file";
    if is_gzip(bytes) {
        return Inflating::gzip(bytes, MAX_BYTES, WHAT)
            .finish()
            .map(Cow::Owned);
    }
    if bytes.len() > MAX_BYTES {
        let length = format!("{} MiB", bytes.len() >> 20);
        return Err(too_long(WHAT, MAX_BYTES, &length));
    }
    Ok(Cow::Borrowed(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn file(entry_type: u8, sizes: &[u32], entries: &[u8]) -> Vec<u8> {
        let n_dimensions = u8::try_from(sizes.len()).expect("few dimensions");
        let mut bytes = vec![0, 0, entry_type, n_dimensions];
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(entries);
        bytes
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    }

    fn refusal(bytes: &[u8]) -> String {
        read_images(bytes).expect_err("refused").to_string()
    }

    #[test]
    fn plain_and_gzip_read_alike() {
        let bytes = file(8, &[2, 1, 3], &[1, 2, 3, 4, 5, 6]);
        let images = read_images(&bytes).unwrap();
        assert_eq!((images.count(), images.rows, images.columns), (2, 1, 3));
        assert_eq!(images.pixels, [1, 2, 3, 4, 5, 6]);
        assert_eq!(read_images(&gzip(&bytes)).unwrap(), images);
        assert_eq!(read_labels(&file(8, &[2], &[7, 9])).unwrap(), [7, 9]);
    }

    #[test]
    fn every_flaw_is_named_with_its_place() {
        assert_eq!(
            refusal(&[0, 0]),
            "an IDX file starts with 4 bytes of type and shape, but this one has 2 in all"
        );
        assert_eq!(
            refusal(b"\x89PNG"),
            "an IDX file starts with two zero bytes, but this one starts with 0x89 0x50"
        );
        assert_eq!(
            refusal(&file(13, &[1, 1, 1], &[0; 4])),
            "an IDX file of images holds unsigned bytes (0x08 at byte 2), but byte 2 is 0x0d"
        );
        assert_eq!(
            refusal(&file(8, &[1], &[0])),
            "an IDX file of images has 3 dimensions (byte 3), but byte 3 is 1"
        );
        assert_eq!(
            refusal(&file(8, &[1, 1, 1], &[])[..9]),
            "the header of images has 16 bytes, but the file ends after 9"
        );
        assert_eq!(
            refusal(&file(8, &[1, 0, 1], &[])),
            "every dimension of images is at least 1, but the size at byte 8 is 0"
        );
    }

    #[test]
    fn a_wrong_length_is_refused_before_anything_is_allocated() {
        assert_eq!(
            refusal(&file(8, &[2, 1, 3], &[1; 5])),
            "the header promises 2 × 1 × 3 bytes of images after byte 16, but only 5 follow"
        );
        assert_eq!(
            refusal(&file(8, &[u32::MAX; 3], &[1])),
            "the header promises 4294967295 × 4294967295 × 4294967295 bytes of images after byte 16, but only 1 follow"
        );
        assert_eq!(
            read_labels(&file(8, &[2], &[1; 3]))
                .unwrap_err()
                .to_string(),
            "the header promises 2 bytes of labels after byte 8, but 3 follow"
        );
    }

    #[test]
    fn gzip_that_breaks_or_never_ends_is_refused() {
        let whole = gzip(&file(8, &[1, 1, 3], &[1, 2, 3]));
        assert!(
            refusal(&whole[..whole.len() - 9]).starts_with(
                "an IDX file is compressed, but it cannot be decompressed beyond byte"
            )
        );
        let bomb = gzip(&vec![0; MAX_BYTES + 1]);
        assert_eq!(
            refusal(&bomb),
            "an IDX file may hold 256 MiB, but this one holds more once decompressed"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), keep in any::<bool>()) {
            let mut bytes = bytes;
            if keep && bytes.len() > 4 {
                bytes[..4].copy_from_slice(&[0, 0, 8, 3]);
            }
            let zipped = read_labels(&gzip(&bytes));
            prop_assert_eq!(read_labels(&bytes), zipped);
            prop_assert!(read_images(&bytes).is_err() || bytes[3] == 3);
        }

        #[test]
        fn what_is_written_is_read(labels in proptest::collection::vec(any::<u8>(), 1..99)) {
            let bytes = file(8, &[u32::try_from(labels.len()).expect("few")], &labels);
            prop_assert_eq!(&read_labels(&bytes).expect("well formed"), &labels);
            prop_assert_eq!(&read_labels(&gzip(&bytes)).expect("well formed"), &labels);
        }
    }
}
