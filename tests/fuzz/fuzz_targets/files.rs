//! Several files of any format opened together, plain and compressed.
#![no_main]

use engram::worlds::files::ReadOptions;
use engram_fuzz::{gzip, read};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["train-images", "train-labels", "t10k-images", "t10k-labels"];

fuzz_target!(|bytes: &[u8]| {
    // Pieces between the marks that the fuzzer finds out to be marks.
    let mut pieces: Vec<&[u8]> = Vec::new();
    let mut rest = bytes;
    while let Some(place) = rest.windows(4).position(|four| four == b"FILE") {
        pieces.push(&rest[..place]);
        rest = &rest[place + 4..];
    }
    pieces.push(rest);
    let files: Vec<(&str, &[u8])> = NAMES.into_iter().zip(pieces).collect();
    let plain = read(&files, ReadOptions::default());
    let packed: Vec<Vec<u8>> = files.iter().map(|(_, bytes)| gzip(bytes)).collect();
    let packed: Vec<(&str, &[u8])> = NAMES
        .into_iter()
        .zip(packed.iter().map(Vec::as_slice))
        .collect();
    if !files
        .iter()
        .any(|(_, bytes)| bytes.starts_with(&[0x1f, 0x8b]))
    {
        assert_eq!(
            plain,
            read(&packed, ReadOptions::default()),
            "compression changes nothing"
        );
    }
});
