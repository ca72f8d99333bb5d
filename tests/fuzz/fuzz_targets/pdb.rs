//! Structures of proteins out of PDB files, and their distances along the sequence that the first bytes write.
#![no_main]

use engram::worlds::proteins::{GAP, Structure};
use engram_fuzz::spoken;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(structure) = spoken(Structure::read(bytes)) else {
        return;
    };
    assert!(structure.n_residues() > 0);
    let head = bytes.iter().rev().take(60);
    let sequence: Vec<i8> = head.map(|byte| (*byte % 21) as i8).collect();
    assert!(sequence.iter().all(|state| (0..=GAP).contains(state)));
    if let Some(distances) = spoken(structure.distances(&sequence)) {
        assert_eq!(distances.dim(), (sequence.len(), sequence.len()));
    }
});
