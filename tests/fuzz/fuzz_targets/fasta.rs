//! Alignments: FASTA, A2M, A3M, plain and compressed, and what is made of them.
#![no_main]

use engram_fuzz::alignment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| alignment(bytes));
