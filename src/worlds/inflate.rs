//! Compressed bytes (gzip, and deflate as archives hold it) unpacked by the slice and never beyond a bound.
//!
//! The bound is on what comes out, so that a small file that unpacks to a huge one is refused when the bound is
//! passed, and nothing beyond it is ever allocated. Absent: what the bytes mean.

use crate::engine::{Error, SLOWER};
use flate2::bufread::{DeflateDecoder, GzDecoder};
use std::io::{Cursor, Read as _, Take};
use std::ops::Range;

/// What one step unpacks at most: a few milliseconds' work.
const SLICE: u64 = (4 << 20) / SLOWER as u64;

/// Whether the bytes start as gzip does.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Bytes being unpacked.
pub(super) struct Inflating<B> {
    decoder: Decoder<B>,
    packed: Range<usize>,
    limit: usize,
    what: &'static str,
    plain: Vec<u8>,
}

/// Where the plain bytes come from.
enum Decoder<B> {
    /// One member of a gzip file.
    Gzip(GzDecoder<Cursor<B>>),
    Deflate(DeflateDecoder<Take<Cursor<B>>>),
    /// All is read.
    Over,
}

impl<B: AsRef<[u8]>> Inflating<B> {
    /// A whole gzip file, perhaps of several members, perhaps padded with zeros as tapes are; `what` it is, as in "an IDX file", may hold `limit` bytes.
    pub(super) fn gzip(packed: B, limit: usize, what: &'static str) -> Self {
        let all = 0..packed.as_ref().len();
        let decoder = Decoder::Gzip(GzDecoder::new(Cursor::new(packed)));
        Self::new(decoder, all, limit, what)
    }

    /// The deflated bytes at `place` of a larger whole.
    pub(super) fn deflate(whole: B, place: Range<usize>, limit: usize, what: &'static str) -> Self {
        let mut start = Cursor::new(whole);
        start.set_position(place.start as u64);
        let part = std::io::Read::take(start, place.len() as u64);
        Self::new(
            Decoder::Deflate(DeflateDecoder::new(part)),
            place,
            limit,
            what,
        )
    }

    fn new(decoder: Decoder<B>, packed: Range<usize>, limit: usize, what: &'static str) -> Self {
        Self {
            decoder,
            packed,
            limit,
            what,
            plain: Vec::new(),
        }
    }

    /// Unpacks a slice more; true once all is there. Refused: bytes that break off, and more than the limit.
    pub(super) fn step(&mut self) -> Result<bool, Error> {
        let slice = SLICE.min((self.limit + 1 - self.plain.len()) as u64);
        let read = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.take(slice).read_to_end(&mut self.plain),
            Decoder::Deflate(decoder) => decoder.take(slice).read_to_end(&mut self.plain),
            Decoder::Over => Ok(0),
        };
        let read = read.map_err(|why| self.broken(&why.to_string()))?;
        if self.plain.len() > self.limit {
            return Err(too_long(self.what, self.limit, "more once decompressed"));
        }
        if read as u64 == slice {
            return Ok(false);
        }
        self.next_member()
    }

    /// Goes on to the next member of a gzip file; true if there is none.
    fn next_member(&mut self) -> Result<bool, Error> {
        let Decoder::Gzip(decoder) = std::mem::replace(&mut self.decoder, Decoder::Over) else {
            return Ok(true);
        };
        let packed = decoder.into_inner();
        let rest = &packed.get_ref().as_ref()[packed.position() as usize..];
        if rest.iter().all(|byte| *byte == 0) {
            return Ok(true);
        }
        if !is_gzip(rest) {
            return Err(self.broken("what follows is not compressed"));
        }
        self.decoder = Decoder::Gzip(GzDecoder::new(packed));
        Ok(false)
    }

    /// A sentence for bytes that cannot be unpacked.
    fn broken(&self, why: &str) -> Error {
        Error::Format {
            expected: format!("{} is compressed", self.what),
            found: format!(
                "it cannot be decompressed beyond byte {}: {why}",
                self.plain.len()
            ),
        }
    }

    /// How much of the compressed bytes has been read, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        let place = match &self.decoder {
            Decoder::Gzip(decoder) => decoder.get_ref().position(),
            Decoder::Deflate(decoder) => decoder.get_ref().get_ref().position(),
            Decoder::Over => return 1.0,
        };
        (place as usize).saturating_sub(self.packed.start) as f32 / self.packed.len().max(1) as f32
    }

    /// What has been unpacked so far.
    pub(super) fn into_plain(self) -> Vec<u8> {
        self.plain
    }

    /// Unpacks all.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Error> {
        while !self.step()? {}
        Ok(self.plain)
    }
}

/// A sentence for more bytes than `limit`, of which there are `length`.
pub(super) fn too_long(what: &str, limit: usize, length: &str) -> Error {
    let limit = if limit >= 1 << 20 {
        format!("{} MiB", limit >> 20)
    } else {
        format!("{limit} bytes")
    };
    Error::Format {
        expected: format!("{what} may hold {limit}"),
        found: format!("this one holds {length}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder};
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    }

    #[test]
    fn what_was_packed_is_unpacked_slice_by_slice() {
        let plain: Vec<u8> = (0..10 << 20).map(|place: u32| (place / 99) as u8).collect();
        let mut members = gzip(&plain);
        members.extend(gzip(&plain[..99]));
        let mut inflating = Inflating::gzip(members.as_slice(), 11 << 20, "a file");
        let mut steps = 0;
        let mut done = 0.0;
        while !inflating.step().expect("well formed") {
            steps += 1;
            assert!(inflating.done() >= done && inflating.done() <= 1.0);
            done = inflating.done();
        }
        assert_eq!(steps, 3, "10 MiB in slices of 4, then the second member");
        assert_eq!(inflating.done(), 1.0);
        assert!(inflating.into_plain() == [&plain[..], &plain[..99]].concat());
    }

    #[test]
    fn zeros_after_the_last_member_are_padding_and_nothing_else_is() {
        // 8 bytes of length and checksum end a member; those of short ones end in zeros.
        let mut padded = gzip(b"abc");
        padded.extend(gzip(b"d"));
        padded.extend([0; 512]);
        let plain = Inflating::gzip(&padded, 99, "a file").finish();
        assert_eq!(plain.expect("well formed"), b"abcd");
        padded.push(7);
        let refused = Inflating::gzip(&padded, 99, "a file").finish();
        assert_eq!(
            refused.expect_err("more than padding").to_string(),
            "a file is compressed, but it cannot be decompressed beyond byte 4: what follows is not compressed"
        );
    }

    #[test]
    fn a_part_of_a_whole_is_unpacked() {
        let mut encoder = DeflateEncoder::new(b"before".to_vec(), Compression::fast());
        encoder
            .write_all(&[7; 1000])
            .expect("a vector takes everything");
        let mut whole = encoder.finish().expect("a vector takes everything");
        let place = 6..whole.len();
        whole.extend(b"after");
        let plain = Inflating::deflate(&whole, place.clone(), 1000, "an entry").finish();
        assert_eq!(plain.expect("well formed"), [7; 1000]);
        let short = Inflating::deflate(&whole, 6..place.end - 2, 1000, "an entry").finish();
        let why = short.expect_err("broken off").to_string();
        assert!(
            why.starts_with("an entry is compressed, but it cannot be decompressed beyond byte")
        );
    }

    #[test]
    fn nothing_is_unpacked_beyond_the_limit() {
        let bomb = gzip(&vec![0; 64 << 20]);
        assert!(bomb.len() < 1 << 20);
        let mut inflating = Inflating::gzip(bomb.as_slice(), 999, "a file");
        assert_eq!(
            inflating.step().expect_err("too long").to_string(),
            "a file may hold 999 bytes, but this one holds more once decompressed"
        );
        assert_eq!(inflating.plain.len(), 1000);
        assert!(inflating.plain.capacity() < 1 << 16);
    }
}
