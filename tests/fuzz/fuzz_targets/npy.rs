//! NumPy arrays as patterns, as couplings and as images.
#![no_main]

use engram::engine::patterns::Letters;
use engram::worlds::files::{ReadOptions, read_couplings, read_states};
use engram::worlds::npy;
use engram_fuzz::{read, spoken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let patterns = spoken(npy::read_patterns(bytes));
    assert!(patterns.is_none_or(|patterns| patterns.iter().all(|unit| unit.abs() == 1)));
    let read_in = spoken(read_couplings(bytes));
    assert!(read_in.is_none_or(|it| it.couplings.weights().iter().all(|j| j.is_finite())));
    spoken(read_states(bytes, Letters::plain(3).ok()));
    read(&[("a", bytes)], ReadOptions::default());
});
