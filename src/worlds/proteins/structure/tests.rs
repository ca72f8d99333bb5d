//! Structures as they are read, in both formats: by hand, and whatever the bytes.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write as _;

const ATOM: &str =
    "ATOM      2  CA  GLY A  91      10.111  -5.118  24.307  1.00127.71           C  \n";

/// An atom of a PDB file, and of an mmCIF file.
fn atom(name: &str, residue: &str, chain: char, number: &str, x: f32) -> String {
    format!(
        "ATOM      1  {name:<3} {residue} {chain}{number:>5}   {x:>8.3}   0.000   0.000  1.00  0.00           C\n"
    )
}

fn row(
    name: &str,
    residue: &str,
    chain: &str,
    number: i32,
    code: char,
    x: f32,
    model: u32,
) -> String {
    format!(
        "ATOM 1 C \"{name}\" . {residue} {chain}x 9 {code} {x:.3} 0.000 0.000 {number} {chain} {model}\n"
    )
}

const LOOP: &str = "data_TEST\n#\n_entry.title\n;loop_ in a text\n_atom_site.\n;\nloop_\n_other.id\n1\n2\n#\nloop_\n\
    _atom_site.group_PDB\n_atom_site.id\n_atom_site.type_symbol\n_atom_site.label_atom_id\n\
    _atom_site.label_alt_id\n_atom_site.label_comp_id\n_atom_site.label_asym_id\n_atom_site.label_seq_id\n\
    _atom_site.pdbx_PDB_ins_code\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\n\
    _atom_site.auth_seq_id\n_atom_site.auth_asym_id\n_atom_site.pdbx_PDB_model_num\n";

fn refusal(text: &str) -> String {
    Structure::read(text.as_bytes()).unwrap_err().to_string()
}

/// The same atoms in both formats: three residues of chain A, one with an insertion code, one of chain B, water, a
/// base, a second model.
fn both() -> [String; 2] {
    let pdb = [
        "MODEL        1\n".to_owned(),
        atom("CA", "GLY", 'A', "1 ", 0.0),
        atom("CA", "ALA", 'A', "2 ", 3.0),
        atom("CB", "ALA", 'A', "2 ", 5.0),
        atom("CB", "ALA", 'A', "2 ", 99.0),
        atom("CA", "TRP", 'A', "2A", 20.0),
        atom("CA", "TRP", 'B', "7 ", 1.0),
        atom("P", " DG", 'C', "1 ", 1.0),
        "HETATM    1  O   HOH A 900       0.000   0.000   0.000  1.00  0.00           O\n"
            .to_owned(),
        "ENDMDL\nMODEL        2\n".to_owned(),
        atom("CA", "TRP", 'A', "4 ", 0.0),
        "ENDMDL\n".to_owned(),
    ];
    let mmcif = [
        LOOP.to_owned(),
        row("CA", "GLY", "A", 1, '?', 0.0, 1),
        row("CA", "ALA", "A", 2, '?', 3.0, 1),
        row("CB", "ALA", "A", 2, '?', 5.0, 1).replace(" 5.000 ", "\n5.000\n"),
        row("CB", "ALA", "A", 2, '?', 99.0, 1),
        row("CA", "TRP", "A", 2, 'A', 20.0, 1),
        row("CA", "TRP", "B", 7, '?', 1.0, 1),
        row("P", "DG", "C", 1, '?', 1.0, 1),
        row("O", "HOH", "A", 900, '?', 0.0, 1).replace("ATOM", "HETATM"),
        row("CA", "TRP", "A", 4, '?', 0.0, 2),
        "#\nloop_\n_atom_site.id\n7\n".to_owned(),
    ];
    [pdb.concat(), mmcif.concat()]
}

/// By hand: glycine stands at its Cα, alanine at its Cβ, and water is none.
#[test]
fn residues_stand_at_their_beta_carbon_in_both_formats() {
    let [pdb, mmcif] = both().map(|text| Structure::read(text.as_bytes()).unwrap());
    assert_eq!(pdb, mmcif);
    let chains = pdb.chains().iter();
    let chains: Vec<_> = chains
        .map(|chain| (chain.name(), chain.n_residues()))
        .collect();
    assert_eq!(chains, [("A", 3), ("B", 1)]);
    assert_eq!((pdb.n_models(), &*pdb.others), (2, &["C".to_owned()][..]));
    let chain = &pdb.chains()[0];
    let sequence = "G-AWC"
        .chars()
        .map(|letter| Letters::PROTEIN.letter(letter).unwrap());
    let residues = chain.residues(&sequence.collect::<Vec<i8>>()).unwrap();
    assert_eq!(residues, [Some(0), None, Some(1), Some(2), None]);
    let distances = chain.distances(&residues);
    assert_eq!((distances[[0, 2]], distances[[3, 2]]), (5.0, 15.0));
    assert!(distances[[0, 1]].is_nan() && distances[[0, 4]].is_nan());
}

#[test]
fn files_may_be_packed_or_written_on_old_machines() {
    for text in both() {
        let structure = Structure::read(text.as_bytes()).unwrap();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        assert_eq!(
            Structure::read(&encoder.finish().unwrap()).unwrap(),
            structure
        );
        let old = format!("\u{feff}{}", text.replace('\n', "\r"));
        assert_eq!(Structure::read(old.as_bytes()).unwrap(), structure);
    }
}

#[test]
fn chains_without_a_letter_end_where_they_say() {
    let text = atom("CA", "GLY", ' ', "1 ", 0.0) + "TER\n" + &atom("CA", "TRP", ' ', "1 ", 0.0);
    let structure = Structure::read(text.as_bytes()).unwrap();
    let names: Vec<&str> = structure.chains().iter().map(Chain::name).collect();
    assert_eq!(names, ["1 (no letter)", "2 (no letter)"]);
}

#[test]
fn what_is_no_structure_is_refused() {
    assert!(refusal("HEADER").contains("no ATOM record"));
    assert!(refusal("data_X\n#\n").contains("no ATOM record"));
    let broken = "an atom of a structure has three coordinates, but that of line";
    assert_eq!(
        refusal(&ATOM.replace("-5.118", "  five")),
        format!("{broken} 1 has not")
    );
    let [_, mmcif] = both();
    assert_eq!(
        refusal(&mmcif.replace(" 20.000 ", " ? ")),
        format!("{broken} 34 has not")
    );
    assert_eq!(
        refusal(&mmcif.replace("_atom_site.Cartn_y\n", "")),
        "the atoms of an mmCIF file have names, residues and coordinates, but this one has no _atom_site.Cartn_y"
    );
    let cut = mmcif.split(" 20.000 ").next().unwrap();
    assert_eq!(
        refusal(cut),
        "an atom of this mmCIF file has 15 words, but the last has 9"
    );
    let wide = format!("data_X\nloop_\n{}", "_atom_site.x\n".repeat(201));
    assert!(refusal(&wide).contains("at most 200 columns"));
}

proptest! {
    #[test]
    fn no_bytes_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0..80_usize, b in any::<u8>()) {
        drop(Structure::read(&bytes));
        drop(Structure::read(&[LOOP.as_bytes(), &bytes].concat()));
        let mut mutated = ATOM.as_bytes().to_vec();
        mutated[at] = b;
        bytes.extend(mutated);
        drop(Structure::read(&bytes));
    }

    #[test]
    fn mutated_rows_do_not_panic(at in 0..1200_usize, b in any::<u8>()) {
        let mut bytes = both()[1].clone().into_bytes();
        let place = at % bytes.len();
        bytes[place] = b;
        drop(Structure::read(&bytes));
    }
}
