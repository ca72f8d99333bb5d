//! Tables as text, with the labels wherever they may be.
#![no_main]

use engram::worlds::files::{LabelColumn, ReadOptions};
use engram_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for label_column in [
        LabelColumn::Named,
        LabelColumn::First,
        LabelColumn::Last,
        LabelColumn::None,
    ] {
        let how = ReadOptions {
            label_column,
            ..ReadOptions::default()
        };
        if let Some(images) = read(&[("a.csv", bytes)], how) {
            assert!(images.labels().is_none() || images.label(images.len() - 1).is_some());
        }
    }
});
