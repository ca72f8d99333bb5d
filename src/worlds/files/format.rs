//! What a file is, told by its first bytes. Absent: names, which say nothing here.

use crate::worlds::text;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Images or labels of the MNIST family.
    Idx,
    /// One NumPy array.
    Npy,
    /// A zip archive, perhaps of NumPy arrays.
    Zip,
    /// A PNG or JPEG picture.
    Picture,
    /// Text, perhaps a table of numbers.
    Text,
    /// None of these.
    Other,
}

/// How much of a file is looked at to tell text from anything else.
const LOOK: usize = 4096;

impl Format {
    /// What `bytes`, not compressed with gzip, start as.
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0, 0, 0x08..=0x0e, 1..=8, ..] => Self::Idx,
            [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => Self::Npy,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Self::Picture,
            _ if is_text(bytes) => Self::Text,
            _ => Self::Other,
        }
    }

    /// In words.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Idx => "IDX",
            Self::Npy => "NPY",
            Self::Zip => "NPZ",
            Self::Picture => "PNG or JPEG",
            Self::Text => "text",
            Self::Other => "none of these",
        }
    }
}

/// Whether the beginning is text, in any usual encoding, without control characters.
fn is_text(bytes: &[u8]) -> bool {
    let head = text::head(bytes, LOOK);
    let head = String::from_utf8_lossy(&head);
    let admitted = |letter: char| !letter.is_control() || "\t\r\n\x0c".contains(letter);
    // Programs that read text read no PDF.
    !head.trim().is_empty() && !head.starts_with("%PDF") && head.chars().all(admitted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell() {
        let of = |bytes: &[u8]| Format::of(bytes);
        assert_eq!(of(&[0, 0, 8, 3, 0]), Format::Idx);
        assert_eq!(of(b"\x93NUMPY\x01\x00"), Format::Npy);
        assert_eq!(of(b"PK\x03\x04"), Format::Zip);
        assert_eq!(of(b"\x89PNG\r\n"), Format::Picture);
        assert_eq!(of(&[0xff, 0xd8, 0xff, 0xe0]), Format::Picture);
        assert_eq!(of("\u{feff}größe,1\r\n".as_bytes()), Format::Text);
        assert_eq!(of(b"1 2\t3"), Format::Text);
        assert_eq!(of(&[0xff, 0xfe, b'1', 0]), Format::Text, "UTF-16");
        assert_eq!(of(b"gr\xf6\xdfe,1\r1,2"), Format::Text, "Latin-1");
        for other in [&b""[..], &[0; 9], b"%PDF\xe2\xe3"] {
            assert_eq!(of(other), Format::Other, "{other:?}");
        }
    }

    #[test]
    fn a_letter_cut_in_two_is_still_text() {
        let mut long = vec![b'1'; LOOK - 1];
        long.extend("é".as_bytes());
        assert_eq!(Format::of(&long), Format::Text);
    }
}
