//! Zip archives out: files side by side, each stored as it is.
//!
//! Absent: compression, and archives beyond 4 GiB; reading is `worlds::files`' own. Format: PKWARE APPNOTE 6.3, sections
//! 4.3.7, 4.3.12 and 4.3.16.

use crate::engine::Error;

/// The date of every entry, 1 January 1980: the same contents are the same bytes.
const DATE: [u8; 4] = [0, 0, 0x21, 0];

/// Bytes of what stands around a file: its local header, its line in the directory, its name twice.
const AROUND: usize = 30 + 46;

/// Bytes of what stands at the end.
const END: usize = 22;

/// Bytes of an archive of files with names of these lengths and of these sizes. Refused: more than 4 GiB or more than
/// 65,534 files, which the format does not count; to be asked before anything large is made.
pub(crate) fn size(files: impl IntoIterator<Item = (usize, u64)>) -> Result<u64, Error> {
    let (mut all, mut count) = (END as u64, 0_u64);
    for (name, bytes) in files {
        all = all.saturating_add(bytes);
        all = all.saturating_add((AROUND + 2 * name) as u64);
        count += 1;
    }
    if u32::try_from(all).is_ok() && count < u64::from(u16::MAX) {
        return Ok(all);
    }
    Err(Error::Range {
        setting: "bytes of an archive",
        range: format!("at most {} in at most {} files", u32::MAX, u16::MAX - 1),
        value: format!("{all} in {count}"),
    })
}

/// An archive of `files`, names and bytes. Refused: [sizes](size).
pub(crate) fn archive(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Error> {
    const WHY: &str = "sizes are checked before";
    let sizes = files
        .iter()
        .map(|(name, bytes)| (name.len(), bytes.len() as u64));
    let mut bytes = Vec::with_capacity(size(sizes)? as usize);
    let small = |number: usize| u16::try_from(number).expect(WHY).to_le_bytes();
    let large = |number: usize| u32::try_from(number).expect(WHY).to_le_bytes();
    let (n_files, mut directory) = (files.len(), Vec::new());
    for (name, plain) in files {
        let start = bytes.len();
        // Version 2.0, no flags, stored; then what local header and directory both say.
        let middle = [
            &[20, 0, 0, 0, 0, 0][..],
            &DATE,
            &checksum(&plain).to_le_bytes(),
            &large(plain.len()),
            &large(plain.len()),
            &small(name.len()),
            &[0, 0],
        ]
        .concat();
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&middle);
        bytes.extend(name.as_bytes());
        bytes.extend(&plain);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&middle);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(large(start));
        directory.extend(name.as_bytes());
    }
    let start = bytes.len();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend([small(n_files), small(n_files)].concat());
    bytes.extend([large(directory.len()), large(start)].concat());
    bytes.extend([0, 0]);
    Ok(bytes)
}

/// The CRC-32 of `bytes`, as zip and gzip have it.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_known_before() {
        let files = vec![
            ("a.txt".to_owned(), b"123456789".to_vec()),
            ("empty".to_owned(), Vec::new()),
        ];
        let sizes = files
            .iter()
            .map(|(name, bytes)| (name.len(), bytes.len() as u64));
        let size = size(sizes.collect::<Vec<_>>()).expect("it is small");
        let bytes = archive(files).expect("it is small");
        assert_eq!(bytes.len() as u64, size);
        // The check value of CRC-32 (ISO-HDLC), as in the catalogue of parametrised CRC algorithms, low byte first, where
        // the local header has it.
        assert_eq!(bytes[14..18], [0x26, 0x39, 0xf4, 0xcb]);
        assert_eq!(&bytes[30..44], b"a.txt123456789");
    }

    #[test]
    fn what_the_format_does_not_count_is_refused() {
        assert!(size([(1, u64::from(u32::MAX))]).is_err());
        assert!(size([(1, u64::MAX), (1, u64::MAX)]).is_err());
        assert!(size(std::iter::repeat_n((5, 10), 65_534)).is_ok());
        let said = size(std::iter::repeat_n((5, 10), 65_535)).expect_err("too many");
        assert!(said.to_string().contains("65534 files"), "{said}");
    }
}
