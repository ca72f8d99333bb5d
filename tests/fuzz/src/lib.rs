//! What the fuzz targets share: the bound on memory, and reading as the program reads.
//!
//! A target gives bytes to a public reader. It fails if the reader panics, takes longer than the fuzzer allows, or asks
//! for memory beyond [`BOUND`], and if a refusal is not one sentence.

use cap::Cap;
use engram::engine::{Error, State};
use engram::session::Document;
use engram::worlds::LeftOut;
use engram::worlds::files::{File, Images, Input, ReadOptions, Reading, Threshold};
use engram::worlds::proteins::{Filtering, Weighting, reading};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::alloc::System;
use std::io::Write as _;

/// The most bytes a target may hold at once, the fuzzer's own included: 1 GiB, twice what one decoded picture may take
/// (`picture::MAX_ALLOC`), which is the largest of the readers' bounds that a short input can come near.
pub const BOUND: usize = 1 << 30;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, BOUND);

/// Reads files that were opened together, as the worlds do; a state is made of the last image.
pub fn read(files: &[(&str, &[u8])], how: ReadOptions) -> Option<Images> {
    let file = |(name, bytes): &(&str, &[u8])| File {
        name: (*name).to_owned(),
        bytes: (*bytes).into(),
    };
    let input = Input::new("opened", files.iter().map(file).collect());
    let input = spoken(input)?;
    let images = spoken(Reading::new(input.into(), how).finish())?;
    let left_out = images.left_out().iter().map(LeftOut::in_words);
    for told in images.remarks().iter().cloned().chain(left_out) {
        assert!(!told.contains(char::is_control), "{told}");
    }
    let state: State = Threshold::default().state(&images, images.len() - 1);
    assert_eq!(state.n_units(), images.n_units());
    Some(images)
}

/// What was read; a refusal must be one line without a full stop.
pub fn spoken<T>(read: Result<T, Error>) -> Option<T> {
    read.map_err(|why| {
        let sentence = why.to_string();
        assert!(
            !sentence.contains('\n') && !sentence.ends_with('.'),
            "{sentence}"
        );
    })
    .ok()
}

/// Opens a session, from a file or a line of text; what is read opens again to the same.
pub fn session(bytes: &[u8]) {
    let mut read = vec![Document::of_bytes(bytes)];
    read.extend(std::str::from_utf8(bytes).map(Document::of_shared));
    for document in read {
        if let Some(document) = spoken(document) {
            let again = Document::of_json(&document.to_json());
            assert!(again.is_ok_and(|again| again == document));
        }
    }
}

/// Reads an alignment, filters it by half its gaps, and weighs its sequences.
pub fn alignment(bytes: &[u8]) {
    let Some(alignment) = spoken(reading::read(bytes)) else {
        return;
    };
    let n_columns = alignment.n_columns();
    assert!(
        alignment
            .sequences()
            .all(|sequence| sequence.len() == n_columns)
    );
    let filtering = Filtering {
        column_gaps: 0.5,
        sequence_gaps: 0.5,
        unique: true,
    };
    if let Some(filtered) = spoken(filtering.apply(&alignment)) {
        let mut weighting = Weighting::new(&filtered.alignment, 0.8);
        while !weighting.step() {}
        let weights = weighting.weights();
        assert!(weights.iter().all(|weight| *weight > 0.0 && *weight <= 1.0));
    }
}

/// The bytes compressed with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

/// An archive of these arrays, stored, with true checksums.
pub fn archive(arrays: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, plain) in arrays {
        let mut sum = flate2::Crc::new();
        sum.update(plain);
        let length = (plain.len() as u32).to_le_bytes();
        let start = (bytes.len() as u32).to_le_bytes();
        let name_length = (name.len() as u16).to_le_bytes();
        let middle = [
            &[0; 6][..],
            &sum.sum().to_le_bytes(),
            &length,
            &length,
            &name_length,
            &[0; 2],
        ]
        .concat();
        bytes.extend(
            [
                b"PK\x03\x04\x14\x00\x00\x00",
                &middle[..],
                name.as_bytes(),
                plain,
            ]
            .concat(),
        );
        directory.extend(
            [
                b"PK\x01\x02\x14\x03\x14\x00\x00\x00",
                &middle[..],
                &[0; 10],
                &start,
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let start = (bytes.len() as u32).to_le_bytes();
    let length = (directory.len() as u32).to_le_bytes();
    let count = (arrays.len() as u16).to_le_bytes();
    bytes.extend(directory);
    bytes.extend(
        [
            b"PK\x05\x06\x00\x00\x00\x00",
            &count[..],
            &count,
            &length,
            &start,
            &[0; 2],
        ]
        .concat(),
    );
    bytes
}
