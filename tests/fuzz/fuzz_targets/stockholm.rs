//! Alignments: Stockholm 1.0. The heading is given, so that the fuzzer spends its time behind it.
#![no_main]

use engram_fuzz::alignment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    alignment(bytes);
    alignment(&[b"# STOCKHOLM 1.0\n", bytes].concat());
});
