//! Text out of the bytes of a file: UTF-8 without its mark, whose lines end with `\n`.
//!
//! Read are UTF-8, UTF-16 of either order and, where bytes are neither, Latin-1 as Windows writes it (1252). Lines may end with `\r\n` or, on old
//! machines, with `\r`; a null byte parts records in some data bases and ends a line too. Text that is so already stays
//! where it is. Absent: what the lines mean.

use super::files::input::Bytes;
use super::inflate::{is_gzip, too_long};
use crate::engine::Error;
use flate2::read::MultiGzDecoder;
use std::io::Read as _;
use std::ops::Deref;

/// Bytes taken in by one step: a few milliseconds' work.
const SLICE: usize = 1 << 20;

/// The mark that UTF-8 may start with.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The text of a file, all of it UTF-8.
#[derive(Debug)]
pub(super) struct Text {
    bytes: Bytes,
    start: usize,
}

impl Default for Text {
    /// Nothing.
    fn default() -> Self {
        Self {
            bytes: Bytes::Own(Vec::new()),
            start: 0,
        }
    }
}

impl Deref for Text {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[self.start..]
    }
}

/// What Windows writes where Latin-1 has control characters, 0x80 to 0x9f (code page 1252).
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The letter that a byte is in Latin-1 as Windows writes it.
fn western(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// How letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Latin1,
    /// Two bytes a unit, the smaller one first.
    Utf16Little,
    /// The larger one first.
    Utf16Big,
}

/// Text in the making.
#[derive(Debug)]
pub(super) struct Decoding {
    bytes: Bytes,
    encoding: Encoding,
    /// Where the text starts, after its mark.
    start: usize,
    /// The next byte to take in.
    place: usize,
    /// What was written, once something has to be written otherwise.
    written: Option<Vec<u8>>,
    /// Whether the byte before was `\r`.
    after_return: bool,
    limit: usize,
    what: &'static str,
}

impl Decoding {
    /// Begins with `bytes`; `what` they are, as in "a table", may hold `limit` bytes.
    pub(super) fn new(bytes: Bytes, limit: usize, what: &'static str) -> Self {
        let (encoding, start) = encoding(&bytes);
        Self {
            written: (encoding != Encoding::Utf8).then(Vec::new),
            bytes,
            encoding,
            start,
            place: start,
            after_return: false,
            limit,
            what,
        }
    }

    /// How much is taken in, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.place as f32 / self.bytes.len().max(1) as f32
    }

    /// Takes in a slice; true once all is. Refused: more bytes than the limit, before and after.
    pub(super) fn step(&mut self) -> Result<bool, Error> {
        let length = self.bytes.len();
        if length > self.limit {
            let length = format!("{} MiB", length >> 20);
            return Err(too_long(self.what, self.limit, &length));
        }
        let end = (self.place + SLICE).min(length);
        match self.encoding {
            Encoding::Utf8 => self.take_utf8(end),
            Encoding::Latin1 => {
                self.write(end, |bytes, write| {
                    bytes.iter().for_each(|byte| write(western(*byte)));
                });
            }
            Encoding::Utf16Little => self.take_utf16(end, u16::from_le_bytes),
            Encoding::Utf16Big => self.take_utf16(end, u16::from_be_bytes),
        }
        if self
            .written
            .as_ref()
            .is_some_and(|all| all.len() > self.limit)
        {
            return Err(too_long(self.what, self.limit, "more once decoded"));
        }
        Ok(self.place == length)
    }

    /// The text, once all is taken in.
    pub(super) fn into_text(self) -> Text {
        match self.written {
            Some(written) => Text {
                bytes: Bytes::Own(written),
                start: 0,
            },
            None => Text {
                bytes: self.bytes,
                start: self.start,
            },
        }
    }

    /// Starts anew, to write what cannot stay as it is.
    fn rewrite(&mut self, encoding: Encoding) {
        self.encoding = encoding;
        self.place = self.start;
        self.after_return = false;
        self.written = Some(Vec::new());
    }

    fn take_utf8(&mut self, mut end: usize) {
        let slice = &self.bytes[self.place..end];
        if let Err(why) = std::str::from_utf8(slice) {
            // A letter that goes on in the next slice belongs there.
            let cut = why.error_len().is_none() && end < self.bytes.len();
            if !cut {
                self.rewrite(Encoding::Latin1);
                return;
            }
            end = self.place + why.valid_up_to();
        }
        if self.written.is_some() {
            self.write(end, |bytes, write| {
                String::from_utf8_lossy(bytes).chars().for_each(write);
            });
        } else if slice.iter().any(|byte| matches!(byte, b'\r' | 0)) {
            self.rewrite(Encoding::Utf8);
        } else {
            self.place = end;
        }
    }

    fn take_utf16(&mut self, mut end: usize, unit: impl Fn([u8; 2]) -> u16) {
        let whole = self.bytes.len();
        let last = self.bytes[..end].last_chunk().copied().map(&unit);
        // A letter of two units that goes on in the next slice belongs there.
        if end < whole && last.is_some_and(|last| (0xd800..0xdc00).contains(&last)) {
            end -= 2;
        }
        self.write(end, |bytes, write| {
            let units = bytes.as_chunks().0.iter().map(|two| unit(*two));
            char::decode_utf16(units)
                .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
                .for_each(write);
        });
    }

    /// Writes what `read` makes of the bytes up to `end`.
    fn write(&mut self, end: usize, read: impl FnOnce(&[u8], &mut dyn FnMut(char))) {
        let mut written = self.written.take().unwrap_or_default();
        let mut after_return = self.after_return;
        read(&self.bytes[self.place..end], &mut |letter| {
            let before = std::mem::replace(&mut after_return, letter == '\r');
            match letter {
                '\n' if before => {}
                // Data bases put the null byte after the end of a line, which it is no second one of.
                '\0' if written.last().is_none_or(|last| *last == b'\n') => {}
                '\r' | '\0' => written.push(b'\n'),
                _ => written.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        });
        self.place = end;
        self.after_return = after_return;
        self.written = Some(written);
    }
}

/// How the letters of a file are written, as its first bytes say, and where its text starts.
fn encoding(bytes: &[u8]) -> (Encoding, usize) {
    match bytes {
        [0xff, 0xfe, ..] => return (Encoding::Utf16Little, 2),
        [0xfe, 0xff, ..] => return (Encoding::Utf16Big, 2),
        _ if bytes.starts_with(MARK) => return (Encoding::Utf8, MARK.len()),
        _ => {}
    }
    // Without a mark: of nearly all first pairs of bytes the same one is null, and the other never.
    let (pairs, _) = bytes[..bytes.len().min(64)].as_chunks::<2>();
    let nulls = |side: usize| pairs.iter().filter(|two| two[side] == 0).count();
    match [nulls(0), nulls(1)] {
        _ if pairs.len() < 4 => (Encoding::Utf8, 0),
        [0, right] if 4 * right > 3 * pairs.len() => (Encoding::Utf16Little, 0),
        [left, 0] if 4 * left > 3 * pairs.len() => (Encoding::Utf16Big, 0),
        _ => (Encoding::Utf8, 0),
    }
}

/// The start of a file as text, perhaps decompressed: what `length` of its bytes come to, and nothing if they are none
/// of text.
pub(super) fn head(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut start = Vec::new();
    if is_gzip(bytes) {
        // What cannot be decompressed has no head; whoever reads it is told.
        drop(
            MultiGzDecoder::new(bytes)
                .take(length as u64)
                .read_to_end(&mut start),
        );
    } else if is_text(bytes) {
        start.extend_from_slice(&bytes[..bytes.len().min(length)]);
    }
    if !is_text(&start) {
        return Vec::new();
    }
    if start.len() == length {
        // A letter that was cut in two would pass for Latin-1.
        while start.pop_if(|byte| (0x80..0xc0).contains(byte)).is_some() {}
        start.pop_if(|byte| *byte >= 0xc0);
    }
    let mut decoding = Decoding::new(Bytes::Own(start), usize::MAX, "a head");
    while let Ok(false) = decoding.step() {}
    decoding.into_text().to_vec()
}

/// Whether bytes may be text: none of the first is a control character other than white space and the null byte.
fn is_text(bytes: &[u8]) -> bool {
    let wide = matches!(
        encoding(bytes).0,
        Encoding::Utf16Little | Encoding::Utf16Big
    );
    let start = &bytes[..bytes.len().min(512)];
    let control = |byte: &u8| *byte < 32 && !matches!(byte, 0 | b'\t' | b'\n' | 0xb | 0xc | b'\r');
    wide || !start.iter().any(control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(bytes: &[u8]) -> Text {
        let mut decoding = Decoding::new(Bytes::Shared(bytes.into()), 1 << 30, "a text");
        while !decoding.step().expect("within the bounds") {}
        decoding.into_text()
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(decoded(bytes).to_vec()).expect("decoded text is UTF-8")
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_comes_to_the_same() {
        let plain = ">Müller 🧬\nACD\n";
        assert_eq!(text(plain.as_bytes()), plain);
        assert_eq!(text(&[MARK, plain.as_bytes()].concat()), plain);
        let marked = format!("\u{feff}{plain}");
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(text(&utf16(&marked, unit)), plain);
            assert_eq!(text(&utf16(plain, unit)), plain, "without a mark");
        }
        assert_eq!(text(b">M\xfcller\n"), ">Müller\n");
        // Half a letter of UTF-16, and an odd byte at the end.
        assert_eq!(text(b"\xff\xfeA\0\x3c\xd8"), "A\u{fffd}");
        assert_eq!(text(b"\xff\xfeA\0B"), "A");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn every_end_of_a_line_is_one() {
        assert_eq!(text(b"a\r\nb\r\n\r\nc"), "a\nb\n\nc");
        assert_eq!(text(b"a\rb\r\rc\r"), "a\nb\n\nc\n");
        assert_eq!(text(b"a\n\0b\0c\r\n\0"), "a\nb\nc\n");
    }

    #[test]
    fn what_is_right_stays_where_it_is_and_nothing_passes_the_limit() {
        let same = decoded("\u{feff}a\nä".as_bytes());
        assert!(matches!(same.bytes, Bytes::Shared(_)));
        let refusal = |bytes: &[u8], limit| {
            let mut decoding = Decoding::new(Bytes::Own(bytes.to_vec()), limit, "a text");
            let refused = std::iter::repeat_with(|| decoding.step()).find_map(Result::err);
            refused.expect("too long").to_string()
        };
        let start = "a text may hold 3 bytes, but this one holds ";
        assert_eq!(refusal(b"abcd", 3), format!("{start}0 MiB"));
        assert_eq!(refusal(b"\xe4\xe4", 3), format!("{start}more once decoded"));
    }

    /// Letters of several bytes at every border between two slices.
    #[test]
    fn slices_cut_no_letter() {
        for ahead in 0..4 {
            let long = "x".repeat(SLICE - ahead) + "🧬\r\nä";
            let plain = long.replace('\r', "");
            assert!(text(long.as_bytes()) == plain);
            assert!(text(plain.as_bytes()) == plain);
            let wide = format!("\u{feff}{}", &long[SLICE / 2..]);
            for unit in [u16::to_le_bytes, u16::to_be_bytes] {
                assert!(text(&utf16(&wide, unit)) == plain[SLICE / 2..]);
            }
        }
    }

    #[test]
    fn heads_are_of_text_only() {
        assert_eq!(head("\u{feff}aä".as_bytes(), 5), b"a", "half a letter goes");
        assert_eq!(head(b"\xff\xfea\0b\0", 4), b"a");
        for binary in [
            &b"\0\0\x08\x03\0\0"[..],
            b"\x89PNG\r\n\x1a\n",
            b"\x93NUMPY\x01",
        ] {
            assert_eq!(head(binary, 99), b"");
        }
        assert_eq!(head(b"\x1f\x8bnonsense", 99), b"");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for mark in [&b""[..], MARK, b"\xff\xfe", b"\xfe\xff"] {
                let all = [mark, &bytes].concat();
                let text = text(&all);
                prop_assert!(!text.contains(['\r', '\0']));
                drop(head(&all, 50));
            }
        }
    }
}
