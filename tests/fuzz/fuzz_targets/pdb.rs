//! Structures of proteins out of PDB and mmCIF files, and the distances of each chain along the sequence that the last
//! bytes write. Heads of both formats are given, so that the fuzzer spends its time behind them.
#![no_main]

use engram::worlds::proteins::Structure;
use engram_fuzz::spoken;
use libfuzzer_sys::fuzz_target;

const PDB: &[u8] =
    b"ATOM      2  CA  GLY A  91      10.111  -5.118  24.307  1.00127.71           C  \n";
const MMCIF: &[u8] = b"data_X\nloop_\n_atom_site.group_PDB\n_atom_site.label_atom_id\n_atom_site.label_comp_id\n\
    _atom_site.auth_asym_id\n_atom_site.auth_seq_id\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\n\
    _atom_site.pdbx_PDB_model_num\nATOM CA GLY A 1 1.0 2.0 3.0 1\n";

fuzz_target!(|bytes: &[u8]| {
    structure(bytes);
    structure(&[PDB, bytes].concat());
    structure(&[MMCIF, bytes].concat());
});

/// Reads a structure, and what its chains tell.
fn structure(bytes: &[u8]) {
    let Some(structure) = spoken(Structure::read(bytes)) else {
        return;
    };
    assert!(!structure.chains().is_empty() && structure.n_models() > 0);
    let head = bytes.iter().rev().take(60);
    let sequence: Vec<i8> = head.map(|byte| (*byte % 21) as i8).collect();
    for chain in structure.chains().iter().take(4) {
        assert!(chain.n_residues() > 0);
        if let Some(residues) = spoken(chain.residues(&sequence)) {
            let distances = chain.distances(&residues);
            assert_eq!(distances.dim(), (sequence.len(), sequence.len()));
        }
    }
}
