//! The family as a world.

use super::*;
use crate::engine::LearningRule;
use crate::worlds::files::{File, Input};
use crate::worlds::proteins::ContactMap;
use crate::worlds::{Data, Source, World};

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
    let findings = source.findings();
    assert_eq!(
        findings.said[0],
        "2,603 of 2,767 sequences, 135 of 135 columns"
    );
    let warnings: Vec<String> = findings.warnings().collect();
    assert_eq!(warnings[0], "Left out: 164 sequences: copies of others");
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
            "Left out: file 'broken.pdb': an atom of a structure has three coordinates, but that of line 1 has not",
            "Left out: file 'more.fasta': there is an alignment already",
            "Left out: file 'second.pdb': there is a structure already",
        ]
    );
    let said = findings.said;
    assert_eq!(
        said.last().map(String::as_str),
        Some("Chain A of 'first.pdb', matched to row 1 'a', tells the places of 1 of 4 columns")
    );
}

/// A family of `text`, with files beside it.
fn family(text: &str, beside: Vec<File>) -> Protein {
    let mut files = beside;
    files.push(named("family.fasta", text));
    Protein {
        input: Arc::new(Input::new("family.fasta", files).unwrap()),
        n_patterns: 4,
        held_out: 0,
        ..Protein::default()
    }
}

fn named(name: &str, text: &str) -> File {
    File {
        name: name.to_owned(),
        bytes: text.as_bytes().into(),
    }
}

/// A chain of a PDB file, its residues along a line 3 Å apart.
fn chain(letter: char, residues: &str, first: usize) -> String {
    let atom = |(place, name): (usize, &str)| {
        format!(
            "ATOM      1  CA  {name} {letter}{:>4}    {:>8.3}   0.000   0.000  1.00  0.00           C\n",
            place + first,
            3.0 * place as f64
        )
    };
    residues.split(' ').enumerate().map(atom).collect()
}

const PROTEIN: &str =
    ">s0\nACDEFGHIKLMN\n>s1\nACDEFGHIKLMP\n>s2\nACDEYGHIKLMN\n>s3\nWCDEFGHIKLMN\n";
const RESIDUES: &str = "ALA CYS ASP GLU PHE GLY HIS ILE LYS LEU MET ASN";

#[test]
fn chain_and_row_of_a_structure_are_told_and_the_others_left_out() {
    let pdb = chain('A', "TRP TRP TRP SER", 1)
        + &chain('B', RESIDUES, 7)
        + &chain('C', "TYR TYR", 1)
        + "ENDMDL\nMODEL        2\n"
        + &chain('B', RESIDUES, 7);
    let world = World::Protein(family(PROTEIN, vec![named("s.pdb", &pdb)]));
    let source = Source::prepare(&world, 7).unwrap();
    let findings = source.findings();
    assert_eq!(
        findings.said.last().map(String::as_str),
        Some("Chain B of 's.pdb', matched to row 1 's0', tells the places of 12 of 12 columns")
    );
    assert_eq!(
        findings.warnings().collect::<Vec<String>>(),
        [
            "Left out: 2 chains A, C of 's.pdb': chain B matches the family best",
            "Left out: model of 's.pdb': the first is used",
        ]
    );
    let Data::Protein(data) = source.data() else {
        panic!("another world was asked for");
    };
    assert_eq!(
        [data.touches(0, 2), data.touches(0, 3)],
        [Some(true), Some(false)]
    );
}

#[test]
fn a_structure_of_another_protein_is_told_as_such() {
    let findings = |residues: &str| {
        let file = named("s.pdb", &chain('A', residues, 1));
        let world = World::Protein(family(PROTEIN, vec![file]));
        Source::prepare(&world, 7).unwrap().findings()
    };
    let end = findings("LEU MET ASN TRP TRP TRP TRP TRP TRP TRP TRP TRP TRP");
    assert_eq!(
        end.remarks,
        ["Only 25 % of chain A is as in 's0': the structure may be of another protein"]
    );
    let nothing = findings("TRP TRP TRP ASP TRP TRP TRP TRP TRP TRP TRP TRP");
    assert_eq!(
        nothing.warnings().collect::<Vec<String>>(),
        [
            "Left out: file 's.pdb': a structure is that of a sequence of the alignment, but no chain of this one matches any"
        ]
    );
}

/// 40 sequences of bases whose sites i and 19 − i pair.
fn bases(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let row = |index: usize| -> String {
        let half: Vec<usize> = (0..10)
            .map(|site| (index * (2 * site + 3) + index * index / (site + 1) + site) % 4)
            .collect();
        let other = half.iter().rev().map(|base| 3 - base);
        let row = half.iter().copied().chain(other);
        row.map(|base| letters[base]).collect::<String>()
    };
    let rows = (0..40).map(|index| format!(">r{index}\n{}\n", row(index)));
    rows.collect::<Vec<String>>().concat()
}

#[test]
fn bases_are_learned_and_recalled_with_five_states() {
    for (text, letters, name) in [
        (bases("ACGU"), Letters::RNA, "RNA: 5 states"),
        (bases("ACGT"), Letters::DNA, "DNA: 5 states"),
    ] {
        let structure = named("s.pdb", &chain('A', RESIDUES, 1));
        let world = family(&text, vec![structure]);
        let world = World::Protein(Protein {
            n_patterns: 30,
            ..world
        });
        let source = Source::prepare(&world, 7).unwrap();
        let findings = source.findings();
        assert_eq!(findings.said[1], name);
        let why = format!(
            "Left out: file 's.pdb': a structure of amino acids, and the family is of {}",
            &name[..3]
        );
        assert!(
            findings.warnings().any(|warning| warning == why),
            "{findings:?}"
        );
        let patterns = source.stored().unwrap().patterns;
        assert_eq!(patterns.alphabet(), Alphabet::Letters(letters));
        for rule in ["potts:tolerance=0.01", "potts-hebb"] {
            let rule = LearningRule::parse(rule).unwrap();
            let memory = rule.learn(Arc::clone(&patterns), 7).unwrap();
            assert_eq!(memory.n_units(), 20);
            let couplings = memory.potts().expect("a rule for letters");
            let Data::Protein(data) = source.data() else {
                panic!("another world was asked for");
            };
            let map = ContactMap::new(couplings, &patterns, data).unwrap();
            let pairs = (0..10).map(|site| map.scores[[site, 19 - site]]);
            let least = pairs.fold(f32::INFINITY, f32::min);
            assert!(least > map.scores[[0, 10]] && least > map.scores[[1, 9]]);
        }
    }
}

#[test]
fn settings_say_otherwise_than_the_letters() {
    let text = bases("ACGT");
    let with = |settings: &str| {
        let world = World::Protein(family(&text, Vec::new()));
        let (_, pairs) = crate::engine::settings::notation::split(settings).unwrap();
        Source::prepare(&world.with(pairs).unwrap(), 7).unwrap()
    };
    let alphabet = |source: &Source| source.stored().unwrap().patterns.alphabet();
    let rna = with("protein:alphabet=rna");
    assert_eq!(alphabet(&rna), Alphabet::Letters(Letters::RNA));
    assert_eq!(
        alphabet(&with("protein:alphabet=protein")),
        Alphabet::Letters(Letters::PROTEIN)
    );
    assert!(
        rna.with(&World::Protein(family(&text, Vec::new())), 7)
            .is_none()
    );
}

#[test]
fn what_cannot_be_read_as_an_alignment_is_refused_by_name() {
    let file = named("a.nex", "#NEXUS\nbegin data;\n");
    let input = Arc::new(Input::new("a.nex", vec![file]).unwrap());
    let refused = Source::prepare(&World::of_files(input), 7)
        .unwrap_err()
        .to_string();
    assert!(refused.ends_with("this is NEXUS"), "{refused}");
    let file = named("s.pdb", &chain('A', RESIDUES, 1));
    let input = Arc::new(Input::new("s.pdb", vec![file]).unwrap());
    let refused = Source::prepare(&World::of_files(input), 7)
        .unwrap_err()
        .to_string();
    assert!(
        refused.ends_with("opened together with an alignment"),
        "{refused}"
    );
}
