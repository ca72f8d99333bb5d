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
        source.report()[0].starts_with("2603 of 2767 sequences, 135 of 135 columns; 164 copies")
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
