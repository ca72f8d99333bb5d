//! Sessions: as files and as lines of text; what is read is whole and opens again.
#![no_main]

use engram_fuzz::session;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| session(bytes));
