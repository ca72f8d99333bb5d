//! The family as a world.

use super::*;
use crate::worlds::files::{File, Input};
use crate::worlds::{Source, World};

#[test]
fn the_family_is_stored_with_its_weights_and_the_unseen_are_others() {
    let world = Protein::default();
    let source = Source::prepare(&World::Protein(world.clone()), 7).unwrap();
    assert_eq!(source.available(), 2603 - 520);
    assert_eq!(source.n_unseen(), 520);
    let stored = source.stored().unwrap();
    assert_eq!(
        stored.patterns.alphabet(),
        Alphabet::Letters(Letters::PROTEIN)
    );
    assert!(stored.patterns.weights().is_some());
    let unseen = source.unseen(0).unwrap();
    assert!(
        stored
            .patterns
            .overlaps(&unseen.state)
            .iter()
            .all(|overlap| *overlap < 1.0)
    );
    let more = Protein {
        n_patterns: 300,
        ..world.clone()
    };
    let more = source
        .with(&World::Protein(more), 7)
        .expect("the same alignment")
        .stored()
        .unwrap();
    assert_eq!(more.patterns.pattern(99), stored.patterns.pattern(99));
    let all = Protein {
        n_patterns: 2603,
        ..world
    };
    let refused = source
        .with(&World::Protein(all), 7)
        .unwrap()
        .stored()
        .unwrap_err();
    assert!(
        refused.to_string().contains("only 2083 to store"),
        "{refused}"
    );
    assert!(
        source.findings().said[0]
            .starts_with("2,603 of 2,767 sequences, 135 of 135 columns; 164 copies")
    );
}

#[test]
fn files_without_an_alignment_are_refused() {
    let file = File {
        name: "notes.txt".to_owned(),
        bytes: b"hello".as_slice().into(),
    };
    let world = World::Protein(Protein {
        input: Arc::new(Input::new("notes.txt", vec![file]).unwrap()),
        ..Protein::default()
    });
    let refused = Source::prepare(&world, 7).unwrap_err().to_string();
    assert!(
        refused.contains("no file that was opened does"),
        "{refused}"
    );
}

#[test]
fn files_beside_the_alignment_that_are_not_used_are_told_with_the_reason() {
    let file = |name: &str, text: &str| File {
        name: name.to_owned(),
        bytes: text.as_bytes().into(),
    };
    let atom = |x: &str| {
        format!("ATOM      2  CA  ALA A   1    {x}   0.000   0.000  1.00  0.00           C\n")
    };
    let files = vec![
        file("family.fasta", ">a\nACDA\n>b\nACDC\n>c\nACCC\n"),
        file("broken.pdb", &atom("    five")),
        file("first.pdb", &atom("   1.000")),
        file("second.pdb", &atom("   2.000")),
        file("more.fasta", ">d\nACDA\n"),
    ];
    let world = Protein {
        input: Arc::new(Input::new("family.fasta", files).unwrap()),
        n_patterns: 1,
        ..Protein::default()
    };
    let source = Source::prepare(&World::Protein(world), 7).unwrap();
    let findings = source.findings();
    assert_eq!(
        findings.warnings().collect::<Vec<String>>(),
        [
            "Left out: file 'broken.pdb': an atom of a PDB file has three coordinates in columns 31 to 54, but line 1 does not",
            "Left out: file 'more.fasta': there is an alignment already",
            "Left out: file 'second.pdb': there is a structure already",
        ]
    );
    let said = findings.said;
    let structure = said.iter().any(|line| line.contains("places of 1 columns"));
    assert!(structure, "{said:?}");
}
