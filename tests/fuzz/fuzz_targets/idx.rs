//! IDX, plain and compressed, as images, as labels, and as both.
#![no_main]

use engram::worlds::files::ReadOptions;
use engram::worlds::idx;
use engram_fuzz::{gzip, read, spoken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let images = spoken(idx::read_images(bytes));
    let labels = spoken(idx::read_labels(bytes));
    assert!(images.is_none() || labels.is_none(), "one file is not both");
    let packed = gzip(bytes);
    assert_eq!(
        spoken(idx::read_images(&packed)).is_some(),
        images.is_some() && !bytes.starts_with(&[0x1f, 0x8b])
    );
    // The fuzzer's bytes as a pair: cut where their last one says.
    let cut = bytes
        .last()
        .map_or(0, |last| usize::from(*last).min(bytes.len()));
    let (images, labels) = bytes.split_at(cut);
    read(
        &[("a-images-idx3", images), ("a-labels-idx1", labels)],
        ReadOptions::default(),
    );
});
