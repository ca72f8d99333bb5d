//! PNG and JPEG pictures, as a digit and as one of a folder.
#![no_main]

use engram::worlds::files::ReadOptions;
use engram::worlds::picture;
use engram_fuzz::{read, spoken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(digit) = spoken(picture::read(bytes)) {
        assert_eq!(digit.gray().len(), 784);
    }
    let how = ReadOptions {
        side: 8,
        ..ReadOptions::default()
    };
    if let Some(images) = read(&[("cat/a", bytes), ("dog/b", bytes)], how) {
        assert_eq!((images.len(), images.n_units()), (2, 64));
    }
});
