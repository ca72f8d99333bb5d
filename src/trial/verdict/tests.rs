//! Every kind of verdict as the sentence that is read.

use super::*;
use crate::engine::{Grid, Letters, State, Verdict};
use crate::trial::{Answer, Target, Wanted};
use ndarray::Array2;

/// Ten patterns of 784 units, called 0 to 9.
fn digits() -> Patterns {
    let labels = (0..10).map(|label: u8| label.to_string().into()).collect();
    Patterns::new(Array2::ones((10, 784)), Grid::square(28), Some(labels)).unwrap()
}

/// What a run of three sweeps has come to, a 0 having been asked for.
fn of(nature: Nature) -> Conclusion {
    let verdict = match nature {
        Nature::Cycle { length } => Verdict::Cycle { length },
        Nature::Unsettled => Verdict::NotSettled { sweeps: 3 },
        _ => Verdict::FixedPoint,
    };
    Conclusion {
        verdict,
        sweeps: 3,
        last: State::blank(784),
        is_graded: false,
        nature,
        overlaps: vec![-0.424; 10],
        nearest: 3,
        wanted: Some(Wanted {
            target: Target::Stored(0),
            label: Some("0".into()),
            overlap: 0.3,
            wrong: 20,
        }),
        dynamics: Dynamics::Asynchronous,
    }
}

/// The sentence, and whether it was remembered.
fn said(of: &Conclusion) -> (String, Answer) {
    let patterns = digits();
    let words = of.in_words(&patterns);
    let (headline, detail) = (of.headline(&patterns), of.detail(&patterns));
    if of.nature != Nature::Unsettled {
        let between = words.strip_prefix(&*headline);
        let between = between.and_then(|rest| rest.strip_suffix(&*detail));
        assert!(matches!(between, Some(", " | ": ")), "{words}");
    }
    (words, of.answer())
}

fn original(differing: usize) -> Nature {
    Nature::Original {
        pattern: Some(0),
        differing,
    }
}

#[test]
fn what_was_asked_for_is_remembered() {
    for (differing, how) in [
        (0, "all 784 units right"),
        (1, "but for 1 unit"),
        (5, "but for 5 units"),
    ] {
        let expected = format!("Remembered: the 0, {how}, after 3 sweeps");
        assert_eq!(
            said(&of(original(differing))),
            (expected, Answer::Remembered)
        );
    }
    let mut unlabelled = of(original(0));
    let wanted = unlabelled.wanted.as_mut().expect("it is there");
    (wanted.label, wanted.target) = (None, Target::Feature(2));
    let expected = "Found feature 2, all 784 units right, after 3 sweeps";
    assert_eq!(said(&unlabelled).0, expected);
}

#[test]
fn an_unseen_pattern_is_restored() {
    let mut run = of(Nature::Original {
        pattern: None,
        differing: 0,
    });
    run.wanted.as_mut().expect("it is there").target = Target::Unseen(5);
    let expected = "Restored the unseen 0, all 784 units right, after 3 sweeps".to_owned();
    assert_eq!(said(&run), (expected, Answer::Remembered));
}

#[test]
fn another_memory_is_a_miss_where_one_was_asked_for() {
    let nine = Nature::Stored {
        pattern: 9,
        differing: 2,
    };
    let expected =
        "Fell into another memory: a 9 instead of the 0, but for 2 units, after 3 sweeps";
    assert_eq!(
        said(&of(nine.clone())),
        (expected.to_owned(), Answer::Missed)
    );
    let mut alike = of(nine.clone());
    alike.wanted.as_mut().expect("it is there").label = Some("9".into());
    let expected = "Fell into another memory: another 9 (pattern 9) instead of the 9";
    assert_eq!(alike.headline(&digits()), expected);
    let unasked = Conclusion {
        wanted: None,
        ..of(nine)
    };
    let expected = "Found a stored memory: a 9, but for 2 units, after 3 sweeps";
    assert_eq!(said(&unasked), (expected.to_owned(), Answer::Found));
}

#[test]
fn negatives_blends_blanks_and_spurious_states_are_misses() {
    let member = |pattern, negated| Member { pattern, negated };
    for (nature, expected) in [
        (
            Nature::Negative {
                pattern: Some(0),
                differing: 0,
            },
            "The negative of the 0, in all 784 units, after 3 sweeps",
        ),
        (
            Nature::Negative {
                pattern: Some(8),
                differing: 3,
            },
            "The negative of an 8, but for 3 units, after 3 sweeps",
        ),
        (
            Nature::Blend {
                members: vec![member(3, false), member(5, false), member(8, true)],
                differing: 2,
            },
            "A blend of 3 memories: a 3, a 5 and the negative of an 8, but for 2 units, after 3 sweeps",
        ),
        (
            Nature::Blank { up: false },
            "All units off: nothing was recalled, after 3 sweeps",
        ),
        (
            Nature::Other { average: false },
            "A spurious state: nearest is the negative of pattern 3 (a 3), overlap −0.42, after 3 sweeps",
        ),
        (
            Nature::Other { average: true },
            "A spurious state, close to the average pattern: nearest is the negative of pattern 3 (a 3), overlap \
             −0.42, after 3 sweeps",
        ),
        (
            Nature::Cycle { length: 2 },
            "A cycle of 2 states that never ends, after 3 sweeps; nearest is the negative of pattern 3 (a 3), overlap \
             −0.42",
        ),
    ] {
        assert_eq!(said(&of(nature)), (expected.to_owned(), Answer::Missed));
    }
}

#[test]
fn members_with_long_names_are_numbers() {
    let labels = [
        "features 3, −13, −18",
        "features 0, −4, −8",
        "features 5, −4, −7",
    ]
    .map(Into::into)
    .to_vec();
    let rows = Array2::ones((3, 100));
    let features = Patterns::new(rows, Grid::square(10), Some(labels)).unwrap();
    let members = [(0, false), (1, true), (2, false)];
    let members = members.map(|(pattern, negated)| Member { pattern, negated });
    let said = blended(&features, &members);
    assert_eq!(said, "patterns 0, −1 and 2");
}

#[test]
fn a_heat_bath_is_still_moving_and_says_what_it_holds() {
    let mut run = of(Nature::Unsettled);
    run.dynamics = Dynamics::Glauber { temperature: 0.1 };
    run.sweeps = 100;
    run.wanted.as_mut().expect("it is there").overlap = 0.991;
    let expected = "Still moving after 100 sweeps at T = 0.10, holds the 0 at 0.99";
    assert_eq!(said(&run), (expected.to_owned(), Answer::Moving));
    assert_eq!(run.headline(&digits()), "Still moving, holds the 0 at 0.99");
    assert_eq!(run.detail(&digits()), "after 100 sweeps at T = 0.10");
    run.wanted = None;
    assert!(
        said(&run)
            .0
            .ends_with("nearest is the negative of pattern 3 (a 3), overlap −0.42")
    );
    run.overlaps[3] = 0.95;
    assert!(said(&run).0.ends_with("holds a 3 at 0.95"));
}

#[test]
fn continuous_states_say_their_own_overlap_beside_the_signs() {
    let mut run = of(original(0));
    run.is_graded = true;
    run.wanted.as_mut().expect("it is there").overlap = 0.93;
    let expected = "Remembered: the 0, all 784 signs right, overlap 0.93, after 3 sweeps";
    assert_eq!(said(&run).0, expected);
}

#[test]
fn sequences_have_sites_and_gaps() {
    let letters = crate::engine::Alphabet::Letters(Letters::PROTEIN);
    let rows = Array2::zeros((10, 50));
    let proteins = Patterns::of(rows, letters, Grid::near_square(50), None).unwrap();
    let mut run = of(original(1));
    run.wanted.as_mut().expect("it is there").label = Some("GLPG_ECOLI".into());
    assert_eq!(
        run.headline(&proteins),
        "Remembered: GLPG_ECOLI, but for 1 site"
    );
    run.nature = Nature::Blank { up: false };
    assert_eq!(
        run.headline(&proteins),
        "Gaps at all sites: nothing was recalled"
    );
}
