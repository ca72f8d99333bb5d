//! Archives of NumPy arrays: any bytes as an archive, and any bytes as arrays in a sound one.
#![no_main]

use engram::worlds::files::{ReadOptions, read_couplings, read_memory};
use engram_fuzz::{archive, read, spoken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read(&[("a.npz", bytes)], ReadOptions::default());
    spoken(read_couplings(bytes));
    spoken(read_memory(bytes));
    let cut = bytes
        .last()
        .map_or(0, |last| usize::from(*last).min(bytes.len()));
    let (images, labels) = bytes.split_at(cut);
    let sound = archive(&[("x.npy", images), ("y.npy", labels)]);
    read(&[("a.npz", &sound)], ReadOptions::default());
    spoken(read_memory(&archive(&[
        ("J.npy", images),
        ("h.npy", labels),
    ])));
});
