//! The directory of a zip archive as NumPy writes it (`.npz`), and one entry of it unpacked by the slice.
//!
//! Read are entries that are stored or deflated. Every size and place is checked against the file before it is used,
//! and nothing is unpacked beyond what the directory promises. Absent, and refused where it matters: encryption,
//! several disks, archives beyond 4 GiB (zip64), other compressions, and writing. It is this small because no more of
//! the format is needed. Format: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.

use super::MAX_BYTES;
use crate::engine::Error;
use crate::worlds::inflate::{Inflating, too_long};
use crate::zip::checksum;
use std::ops::Range;

/// The most entries that an archive may have.
pub(super) const MAX_ENTRIES: usize = 1000;

/// Length of the record at the end, without its comment.
const END: usize = 22;
/// Length of an entry of the directory, without its name.
const ENTRY: usize = 46;
/// Length of what stands before an entry's bytes, without its name.
const LOCAL: usize = 30;

/// One entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArchiveEntry {
    /// Its name; bytes that are not UTF-8, and what controls a terminal, are replaced.
    pub(super) name: String,
    deflated: bool,
    packed: Range<usize>,
    length: usize,
    checksum: u32,
}

impl ArchiveEntry {
    /// Whether it is an array, and not what macOS adds beside one (`__MACOSX/._x.npy`).
    pub(super) fn is_array(&self) -> bool {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        file.rsplit('.').next() == Some("npy") && !file.starts_with('.')
    }
}

/// The entries of an archive, in its order, folders left out.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<ArchiveEntry>, Error> {
    entries_within(bytes, MAX_BYTES)
}

/// The same where each may hold `limit` bytes once unpacked.
pub(super) fn entries_within(bytes: &[u8], limit: usize) -> Result<Vec<ArchiveEntry>, Error> {
    let end = find_end(bytes)?;
    let count = half(bytes, end + 10);
    let start = word(bytes, end + 16);
    if count > MAX_ENTRIES {
        return Err(wrong(
            format!("an archive of arrays has at most {MAX_ENTRIES} entries"),
            format!("this one claims {count}"),
        ));
    }
    let mut place = start;
    let mut entries = Vec::new();
    for number in 0..count {
        let (entry, length) = read_entry(bytes, place, number, limit)?;
        place += length;
        if !entry.name.ends_with('/') {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Where the record at the end starts: the last place that looks like it and fits.
fn find_end(bytes: &[u8]) -> Result<usize, Error> {
    let last = bytes.len().saturating_sub(END);
    let first = last.saturating_sub(usize::from(u16::MAX));
    let fits = |place: &usize| {
        bytes[*place..].starts_with(b"PK\x05\x06")
            && bytes.len() >= place + END
            && half(bytes, place + 20) == bytes.len() - place - END
    };
    (first..=last).rev().find(fits).ok_or_else(|| {
        wrong(
            "a zip archive ends with a directory of its entries".to_owned(),
            format!("none is found in the last bytes of {}", bytes.len()),
        )
    })
}

/// The entry number `number` of the directory, which stands at `place`, and the length of what the directory says.
fn read_entry(
    bytes: &[u8],
    place: usize,
    number: usize,
    limit: usize,
) -> Result<(ArchiveEntry, usize), Error> {
    let refuse = |expected: &str, found: String| {
        let expected = format!("entry {number} (counted from 0) of the archive {expected}");
        Err(wrong(expected, found))
    };
    let head = place
        .checked_add(ENTRY)
        .and_then(|end| bytes.get(place..end))
        .filter(|head| head.starts_with(b"PK\x01\x02"));
    let Some(head) = head else {
        return refuse(
            "stands in the directory",
            format!("there is none at byte {place}"),
        );
    };
    let lengths = [28, 30, 32].map(|field| half(head, field));
    let name_at = place + ENTRY;
    let Some(name) = bytes.get(name_at..name_at + lengths[0]) else {
        return refuse("has a name", "the file ends before".to_owned());
    };
    // Names stand in sentences: no line of theirs may end there.
    let name = String::from_utf8_lossy(name).replace(char::is_control, "\u{fffd}");
    let (flags, method) = (half(head, 8), half(head, 10));
    let (packed, length) = (word(head, 20), word(head, 24));
    if flags & 1 == 1 {
        return refuse("must not be encrypted", format!("{name} is"));
    }
    if method != 0 && method != 8 {
        return refuse(
            "is stored or deflated (method 0 or 8)",
            format!("{name} has method {method}"),
        );
    }
    if length > limit {
        let length = format!("{} MiB", length >> 20);
        return Err(too_long("an array in an archive", limit, &length));
    }
    if method == 0 && packed != length {
        return refuse(
            "is stored as long as it is",
            format!("{name} claims {packed} and {length} bytes"),
        );
    }
    let local = word(head, 42);
    let start = local
        .checked_add(LOCAL)
        .and_then(|end| bytes.get(local..end))
        .filter(|head| head.starts_with(b"PK\x03\x04"))
        .map(|head| local + LOCAL + half(head, 26) + half(head, 28));
    let place = start.map(|start| start..start.saturating_add(packed));
    let Some(place) = place.filter(|place| place.end <= bytes.len()) else {
        return refuse(
            &format!("has {packed} bytes where the directory says"),
            format!("at byte {local} there are none"),
        );
    };
    let entry = ArchiveEntry {
        name,
        deflated: method == 8,
        packed: place,
        length,
        checksum: word(head, 16) as u32,
    };
    Ok((entry, ENTRY + lengths.iter().sum::<usize>()))
}

/// An entry being unpacked.
pub(super) struct Unpacking<B> {
    entry: ArchiveEntry,
    inflating: Option<Inflating<B>>,
    whole: B,
}

impl<B: AsRef<[u8]> + Clone> Unpacking<B> {
    /// Of `whole`, an archive, the entry that its directory has.
    pub(super) fn new(whole: B, entry: ArchiveEntry) -> Self {
        let inflating = entry.deflated.then(|| {
            let whole = whole.clone();
            Inflating::deflate(whole, entry.packed.clone(), entry.length, "the array")
        });
        Self {
            entry,
            inflating,
            whole,
        }
    }

    /// How much is unpacked, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.inflating.as_ref().map_or(1.0, Inflating::done)
    }

    /// Unpacks a slice more; the entry's bytes once all are there and agree with their checksum.
    pub(super) fn step(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let in_entry = |why: Error| why.in_source(self.entry.name.clone());
        if let Some(inflating) = &mut self.inflating
            && !inflating.step().map_err(in_entry)?
        {
            return Ok(None);
        }
        let plain = match self.inflating.take() {
            Some(inflating) => inflating.into_plain(),
            None => self.whole.as_ref()[self.entry.packed.clone()].to_vec(),
        };
        if plain.len() != self.entry.length || checksum(&plain) != self.entry.checksum {
            return Err(in_entry(wrong(
                format!(
                    "the archive promises {} bytes with checksum {:08x}",
                    self.entry.length, self.entry.checksum
                ),
                format!("there are {} with {:08x}", plain.len(), checksum(&plain)),
            )));
        }
        Ok(Some(plain))
    }

    /// Unpacks all.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Error> {
        loop {
            if let Some(plain) = self.step()? {
                return Ok(plain);
            }
        }
    }
}

/// The 16 bits at `place`, which must be inside.
fn half(bytes: &[u8], place: usize) -> usize {
    usize::from(u16::from_le_bytes([bytes[place], bytes[place + 1]]))
}

/// The 32 bits at `place`, which must be inside.
fn word(bytes: &[u8], place: usize) -> usize {
    half(bytes, place) | half(bytes, place + 2) << 16
}

fn wrong(expected: String, found: String) -> Error {
    Error::Format { expected, found }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use std::io::Write as _;

    /// An archive as NumPy writes it: each local header has an extra field, deflated if `deflated`.
    pub(in super::super) fn archive(files: &[(&str, &[u8])], deflated: bool) -> Vec<u8> {
        const WHY: &str = "a vector takes everything";
        let mut bytes = Vec::new();
        let mut directory = Vec::new();
        let small = |number: usize| (number as u16).to_le_bytes();
        let large = |number: usize| (number as u32).to_le_bytes();
        for (name, plain) in files {
            let mut packed = plain.to_vec();
            if deflated {
                let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(plain).expect(WHY);
                packed = encoder.finish().expect(WHY);
            }
            let start = bytes.len();
            let middle = [
                &small(if deflated { 8 } else { 0 })[..],
                &[0; 4],
                &large(checksum(plain) as usize),
                &large(packed.len()),
                &large(plain.len()),
                &small(name.len()),
            ]
            .concat();
            bytes.extend(b"PK\x03\x04\x2d\x00\x00\x00");
            bytes.extend(&middle);
            bytes.extend(small(4));
            bytes.extend(name.as_bytes());
            bytes.extend([9, 9, 0, 0]);
            bytes.extend(packed);
            directory.extend(b"PK\x01\x02\x2d\x03\x2d\x00\x00\x00");
            directory.extend(middle);
            directory.extend([0; 12]);
            directory.extend(large(start));
            directory.extend(name.as_bytes());
        }
        let start = bytes.len();
        bytes.extend(&directory);
        bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
        bytes.extend([small(files.len()), small(files.len())].concat());
        bytes.extend([large(directory.len()), large(start)].concat());
        bytes.extend([0, 0]);
        bytes
    }

    fn unpack(bytes: &[u8], number: usize) -> Result<Vec<u8>, Error> {
        let entry = entries(bytes)?.swap_remove(number);
        Unpacking::new(bytes, entry).finish()
    }

    fn refusal(bytes: &[u8]) -> String {
        unpack(bytes, 0).expect_err("refused").to_string()
    }

    #[test]
    fn stored_and_deflated_entries_are_unpacked() {
        let long: Vec<u8> = (0..9 << 20).map(|k: u32| (k / 1000) as u8).collect();
        let files: [(&str, &[u8]); 3] = [("a.npy", b"abc"), ("b/", b""), ("c.npy", &long)];
        for deflated in [false, true] {
            let bytes = archive(&files, deflated);
            let names: Vec<String> = entries(&bytes)
                .unwrap()
                .into_iter()
                .map(|e| e.name)
                .collect();
            assert_eq!(names, ["a.npy", "c.npy"]);
            assert_eq!(unpack(&bytes, 0).unwrap(), b"abc");
            assert!(unpack(&bytes, 1).unwrap() == long);
        }
        let commented = [&archive(&files, true)[..], b"note"].concat();
        assert!(entries(&commented).is_err(), "its length must be said");
        assert_eq!(entries(&archive(&[], false)).unwrap(), []);
    }

    /// `bytes` with those at `place` counted from the end of the archive replaced.
    fn with(bytes: &[u8], back: usize, new: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let place = bytes.len() - back;
        bytes[place..place + new.len()].copy_from_slice(new);
        bytes
    }

    #[test]
    fn forged_directories_are_refused_with_their_place() {
        let good = archive(&[("a", b"abc")], false);
        // From the end: the record of 22 bytes, before it the entry of 46 and its name of 1.
        let (end, entry) = (22, 22 + 47);
        assert_eq!(
            refusal(b"PK\x03\x04"),
            "a zip archive ends with a directory of its entries, but none is found in the last bytes of 4"
        );
        assert_eq!(
            refusal(&with(&good, end - 10, &[0xff, 0xff])),
            "an archive of arrays has at most 1000 entries, but this one claims 65535"
        );
        assert_eq!(
            refusal(&with(&good, end - 16, &[0xff; 4])),
            "entry 0 (counted from 0) of the archive stands in the directory, but there is none at byte 4294967295"
        );
        assert_eq!(
            refusal(&with(&good, entry - 24, &[0xff; 4])),
            "an array in an archive may hold 256 MiB, but this one holds 4095 MiB"
        );
        assert_eq!(
            refusal(&with(&good, entry - 20, &[2, 0, 0, 0])),
            "entry 0 (counted from 0) of the archive is stored as long as it is, but a claims 2 and 3 bytes"
        );
        assert_eq!(
            refusal(&with(&good, entry - 42, &[0xff; 4])),
            "entry 0 (counted from 0) of the archive has 3 bytes where the directory says, but at byte 4294967295 there are none"
        );
        assert_eq!(
            refusal(&with(&good, entry - 8, &[1])),
            "entry 0 (counted from 0) of the archive must not be encrypted, but a is"
        );
        assert_eq!(
            refusal(&with(&good, entry - 10, &[12])),
            "entry 0 (counted from 0) of the archive is stored or deflated (method 0 or 8), but a has method 12"
        );
        let sum = refusal(&with(&good, entry - 16, &[0; 4]));
        assert_eq!(
            sum,
            "a: the archive promises 3 bytes with checksum 00000000, but there are 3 with 352441c2"
        );
    }

    #[test]
    fn names_are_of_one_line() {
        let names = entries(&archive(&[("a\nb\u{1b}.npy", b"")], false)).unwrap();
        assert_eq!(names[0].name, "a\u{fffd}b\u{fffd}.npy");
    }

    #[test]
    fn an_entry_that_unpacks_to_more_than_it_says_is_refused() {
        let bomb = archive(&[("a", &vec![0; 1 << 20])], true);
        let forged = with(&bomb, 22 + 47 - 24, &[100, 0, 0, 0]);
        assert_eq!(
            refusal(&forged),
            "a: the array may hold 100 bytes, but this one holds more once decompressed"
        );
    }
}
