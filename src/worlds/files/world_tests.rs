//! Tests of the user's files as a world: what is drawn, what is held out, what is refused.

use super::*;
use crate::engine::settings::AnySettings as _;
use crate::worlds::files::{File, Input};
use std::collections::BTreeSet;

/// Twenty images of 2 × 2 in classes `a` (12), `b` (6) and `c` (2); the image at index k has k in its pixels.
fn table(n_test: usize) -> (Files, Images) {
    let label = |k: usize| match k {
        0..12 => "a",
        12..18 => "b",
        _ => "c",
    };
    let rows = (0..20).map(|k: usize| {
        let bit = |place: usize| k >> place & 1;
        format!("{},{},{},{},{}", label(k), bit(0), bit(1), bit(2), bit(3))
    });
    let text = format!("label,p,q,r,s\n{}", rows.collect::<Vec<_>>().join("\n"));
    let file = File {
        name: "t.csv".to_owned(),
        bytes: text.into_bytes().into(),
    };
    let files = Files {
        input: Input::new("t.csv", vec![file]).expect("one file").into(),
        n_patterns: 4,
        held_out: 50,
        ..Files::default()
    };
    let images = Reading::new(Arc::clone(&files.input), files.how).finish();
    let images = images.expect("well formed");
    let images = if n_test > 0 {
        images.with_test_set_of(n_test)
    } else {
        images
    };
    (files, images)
}

fn stored(files: &Files, images: &Images, seed: u64) -> Stored {
    files.stored(images, seed).expect("enough")
}

fn refusal(files: &Files, images: &Images) -> String {
    files.stored(images, 1).expect_err("refused").to_string()
}

#[test]
fn classes_are_dealt_in_turn_and_a_longer_draw_begins_with_the_shorter() {
    let (mut files, images) = table(0);
    files.n_patterns = 10;
    assert_eq!(files.available(&images), 6 + 3 + 1);
    let all = stored(&files, &images, 3);
    let label = |pattern| all.patterns.label(pattern).map(|label| &**label);
    let labels: Vec<&str> = (0..10).filter_map(label).collect();
    assert_eq!(labels, ["a", "b", "c", "a", "b", "a", "b", "a", "a", "a"]);
    for n_patterns in 1..10 {
        files.n_patterns = n_patterns;
        let few = stored(&files, &images, 3).origins;
        assert_eq!(few, all.origins[..n_patterns]);
    }
    for (pattern, index) in all.origins.iter().enumerate() {
        let bits = |unit: &usize| if index >> unit & 1 == 1 { 1 } else { -1 };
        let expected: Vec<i8> = (0..4).map(|unit| bits(&unit)).collect();
        assert_eq!(all.patterns.pattern(pattern), expected);
    }
    files.n_patterns = 4;
    assert_ne!(stored(&files, &images, 4).origins, all.origins[..4]);
}

#[test]
fn what_is_held_out_is_never_stored() {
    let (mut files, images) = table(0);
    for held_out in [0, 10, 33, 50, 90] {
        files.held_out = held_out;
        files.n_patterns = files.available(&images);
        let origins = stored(&files, &images, 5).origins;
        let seen: BTreeSet<usize> = origins.iter().copied().collect();
        assert_eq!(seen.len(), origins.len(), "each once");
        let unseen: BTreeSet<usize> = deal(&files.piles(&images, 5).held_out).collect();
        assert_eq!(
            (unseen.len(), seen.len()),
            (files.n_unseen(&images), 20 - unseen.len())
        );
        assert!(unseen.is_disjoint(&seen));
    }
    files.held_out = 50;
    assert_eq!(files.n_unseen(&images), 6 + 3 + 1);
    let labels = (0..4).map(|index| files.unseen(&images, 5, index).expect("held out").label);
    let labels: Vec<_> = labels.flatten().collect();
    assert_eq!(labels, ["a", "b", "c", "a"].map(Into::into));
    let beyond = files
        .unseen(&images, 5, 10)
        .expect_err("too many")
        .to_string();
    assert_eq!(
        beyond,
        "unseen image 10 (counted from 0) asked for, but there are only 10 that are held out"
    );
}

#[test]
fn a_larger_share_leaves_what_is_stored_in_place() {
    let (mut files, images) = table(0);
    files.n_patterns = 3;
    let before = stored(&files, &images, 8).origins;
    for held_out in [0, 20, 40] {
        files.held_out = held_out;
        assert_eq!(stored(&files, &images, 8).origins, before);
    }
}

#[test]
fn classes_are_chosen_by_their_place() {
    let (mut files, images) = table(0);
    files.classes = 0b110;
    let origins = stored(&files, &images, 1).origins;
    assert!(origins.iter().all(|index| *index >= 12), "{origins:?}");
    assert_eq!(files.available(&images), 3 + 1);
    files.n_patterns = 5;
    assert_eq!(
        refusal(&files, &images),
        "5 patterns asked for, but there are only 4 to store of the chosen classes in t.csv"
    );
    files.classes = 1 << N_SINGLE;
    assert_eq!(files.available(&images), 0, "there is no eleventh class");
}

#[test]
fn a_test_set_of_the_files_is_held_out_instead() {
    let (files, images) = table(5);
    assert_eq!((files.available(&images), files.n_unseen(&images)), (15, 5));
    let example = files.unseen(&images, 1, 4).expect("the last");
    assert_eq!(example.label.as_deref(), Some("c"));
    assert_eq!(example.state.units(), [1, 1, -1, -1], "19 = 16 + 2 + 1");
}

#[test]
fn the_level_alone_depends_on_the_method() {
    let mut files = Files::default();
    assert!(!files.applies("level") && files.applies("side"));
    files.set("method", 2.0).unwrap();
    assert!(files.applies("level"));
}

/// Otsu's level of the MNIST test set, worked out by another program from the same definition (a cumulative sum over
/// the histogram in double precision, Python): the variance between classes is largest at k = 113.
#[test]
fn the_example_is_there_and_has_a_level() {
    let files = Files::default();
    let images = Reading::new(Arc::clone(&files.input), files.how)
        .finish()
        .expect("embedded");
    assert_eq!((images.len(), images.grid()), (10_000, Grid::square(28)));
    assert_eq!(images.otsu(), 113.0);
    assert_eq!(images.label(0).map(|label| &**label), Some("7"));
}

#[test]
fn settings_that_make_no_difference_for_what_was_opened_are_not_offered() {
    let offered = |(files, images): &(Files, Images)| -> Vec<&'static str> {
        let keys = files.list().into_iter().map(|setting| setting.key);
        keys.filter(|key| files.offers(images, key)).collect()
    };
    // A table of bits with labels: nothing to threshold, no pictures to scale.
    let bits = ["p", "invert", "classes", "held-out", "labels"];
    assert_eq!(offered(&table(0)), bits);
    // With a test set of its own nothing else is held out.
    assert_eq!(offered(&table(4)), ["p", "invert", "classes", "labels"]);
    let gray = vec![File {
        name: "t.csv".to_owned(),
        bytes: b"0,10,200,255\n0,10,210,255\n".to_vec().into(),
    }];
    let files = Files {
        input: Input::new("t.csv", gray).expect("one file").into(),
        ..Files::default()
    };
    let images = Reading::new(Arc::clone(&files.input), files.how).finish();
    let gray = (files, images.expect("well formed"));
    assert_eq!(
        offered(&gray),
        ["p", "method", "level", "invert", "held-out", "labels"]
    );
}
