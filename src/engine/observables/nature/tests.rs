//! States of every kind, told for what they are.

use super::*;
use crate::engine::patterns::{Grid, Letters};
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

fn patterns() -> Patterns {
    let mut rng = stream(6, "nature test");
    let rows = Array2::from_shape_simple_fn((5, 400), || if rng.random() { 1 } else { -1 });
    Patterns::new(rows, Grid::square(20), None).unwrap()
}

/// What `state` is with respect to `patterns`, the cue having been made of `original`.
fn told(patterns: &Patterns, state: &State, original: Option<(&State, Option<usize>)>) -> Nature {
    let overlaps = patterns.overlaps(state);
    let seen = Seen {
        state,
        graded: None,
        overlaps: &overlaps,
    };
    let original = original.map(|(state, pattern)| Original { state, pattern });
    identify(patterns, seen, original)
}

#[test]
fn the_original_is_told_from_another_stored_pattern() {
    let patterns = patterns();
    let (third, mut state) = (patterns.state(3), patterns.state(3));
    (0..20).for_each(|unit| state.flip(unit));
    let asked_for_it = told(&patterns, &state, Some((&third, Some(3))));
    let recalled = Nature::Original {
        pattern: Some(3),
        differing: 20,
    };
    assert_eq!(asked_for_it, recalled);
    let stored = Nature::Stored {
        pattern: 3,
        differing: 20,
    };
    let other = patterns.state(1);
    assert_eq!(told(&patterns, &state, Some((&other, Some(1)))), stored);
    assert_eq!(told(&patterns, &state, None), stored);
}

#[test]
fn an_original_that_is_not_stored_is_recalled_too() {
    let patterns = patterns();
    let mut unseen = patterns.state(2);
    (0..60).for_each(|unit| unseen.flip(unit));
    let recalled = |differing| Nature::Original {
        pattern: None,
        differing,
    };
    assert_eq!(told(&patterns, &unseen, Some((&unseen, None))), recalled(0));
    // Nearer to the stored pattern than to what was asked for: another memory.
    let between = |wrong: usize| {
        let mut state = unseen.clone();
        (0..wrong).for_each(|unit| state.flip(unit));
        told(&patterns, &state, Some((&unseen, None)))
    };
    assert_eq!(between(20), recalled(20));
    assert_eq!(between(45).kind(), "stored");
    let negative = State::from_fn(400, |unit| unseen.units()[unit] < 0);
    assert_eq!(
        told(&patterns, &negative, Some((&unseen, None))),
        Nature::Negative {
            pattern: None,
            differing: 0
        }
    );
}

#[test]
fn negatives_blends_and_spurious_states() {
    let patterns = patterns();
    let negative = State::from_fn(400, |unit| patterns.pattern(1)[unit] < 0);
    assert_eq!(
        told(&patterns, &negative, None),
        Nature::Negative {
            pattern: Some(1),
            differing: 0
        }
    );
    let sum = |unit: usize| {
        let signs = [0, 2, 4].map(|p: usize| i32::from(patterns.pattern(p)[unit]));
        signs.iter().sum::<i32>()
    };
    let state = State::from_fn(400, |unit| sum(unit) > 0);
    // A symmetric blend of three has overlap 1/2 with each member (Amit, Gutfreund & Sompolinsky 1985).
    assert!((patterns.overlaps(&state)[2] - 0.5).abs() < 0.1);
    let blend = told(&patterns, &state, None);
    let mut members = blend.patterns();
    members.sort_unstable();
    assert_eq!((blend.kind(), members), ("blend", vec![0, 2, 4]));
    let mut rng = stream(7, "nature test");
    let random = State::from_fn(400, |_| rng.random());
    let nature = told(&patterns, &random, None);
    assert_eq!(nature, Nature::Other { average: false });
}

#[test]
fn a_blank_sheet_recalls_nothing_though_digits_have_little_ink() {
    // Patterns with 4 % of their units at +1: the blank sheet has overlap 0.92 with each.
    let rows = Array2::from_shape_fn((3, 100), |(row, unit)| if unit / 4 == row { 1 } else { -1 });
    let sparse = Patterns::new(rows, Grid::square(10), None).unwrap();
    let original = sparse.state(1);
    for up in [false, true] {
        let sheet = State::from_fn(100, |_| up);
        let nature = told(&sparse, &sheet, Some((&original, Some(1))));
        assert_eq!(nature, Nature::Blank { up });
    }
    let empty = Patterns::new(Array2::from_elem((1, 100), -1), Grid::square(10), None).unwrap();
    let nature = told(&empty, &State::blank(100), None);
    assert_eq!(nature.kind(), "stored", "an empty pattern is a pattern");
}

#[test]
fn the_average_of_many_is_named_as_such() {
    let mut rng = stream(9, "nature test");
    let rows = Array2::from_shape_fn((60, 400), |(_, unit)| {
        let ink = if unit % 3 == 0 { 0.75 } else { 0.2 };
        if rng.random_bool(ink) { 1 } else { -1 }
    });
    let alike = Patterns::new(rows, Grid::square(20), None).unwrap();
    let state = State::from_fn(400, |unit| unit % 3 == 0);
    let nature = told(&alike, &state, None);
    assert_eq!(nature, Nature::Other { average: true });
}

#[test]
fn continuous_states_are_judged_by_their_own_overlaps() {
    let patterns = patterns();
    let look = |weights: &[f32]| {
        let units: Vec<f32> = (0..400)
            .map(|unit| {
                let pairs = weights.iter().enumerate();
                pairs
                    .map(|(p, weight)| weight * f32::from(patterns.pattern(p)[unit]))
                    .sum()
            })
            .collect();
        let state = State::from_fn(400, |unit| units[unit] > 0.0);
        let overlap = |p: usize| {
            let products = patterns.pattern(p).iter().zip(&units);
            let sum: f64 = products.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
            sum / 400.0
        };
        let overlaps: Vec<f64> = (0..5).map(overlap).collect();
        let seen = Seen {
            state: &state,
            graded: Some(&units),
            overlaps: &overlaps,
        };
        identify(&patterns, seen, None)
    };
    // Its signs are those of pattern 0, exactly, but it is only 0.7 of it.
    assert_eq!(
        look(&[0.7, 0.1, 0.1, 0.05, 0.05]),
        Nature::Other { average: false }
    );
    assert_eq!(look(&[0.95, 0.05, 0.0, 0.0, 0.0]).kind(), "stored");
    let even = look(&[0.4, 0.3, 0.3, 0.0, 0.0]);
    let mut members = even.patterns();
    members.sort_unstable();
    assert_eq!((even.kind(), members), ("blend", vec![0, 1, 2]));
}

#[test]
fn nearest_is_by_the_size_of_the_overlap() {
    assert_eq!(nearest(&[0.2, -0.9, 0.9, 0.9]), 2);
    assert_eq!(nearest(&[0.2, -0.9, 0.5]), 1);
    assert_eq!(nearest(&[-0.5, -0.5]), 0);
}

#[test]
fn letters_are_a_stored_pattern_but_for_some_sites_or_none() {
    let protein = Alphabet::Letters(Letters::PROTEIN);
    let mut rng = stream(8, "nature test");
    let rows = Array2::from_shape_simple_fn((4, 20), || protein.random(&mut rng));
    let patterns = Patterns::of(rows, protein, Grid::near_square(20), None).unwrap();
    let mut state = patterns.state(2);
    for differing in 0..=4 {
        let nature = if differing <= 2 {
            Nature::Stored {
                pattern: 2,
                differing,
            }
        } else {
            Nature::Other { average: false }
        };
        assert_eq!(told(&patterns, &state, None), nature);
        state.put(differing, 20);
    }
    let gaps = State::blank_of(protein, 20);
    assert_eq!(told(&patterns, &gaps, None), Nature::Blank { up: false });
}

#[test]
fn a_run_that_goes_on_is_no_state_yet() {
    let patterns = patterns();
    let (state, overlaps) = (patterns.state(0), patterns.overlaps(&patterns.state(0)));
    let seen = Seen {
        state: &state,
        graded: None,
        overlaps: &overlaps,
    };
    for (verdict, kind) in [
        (Verdict::FixedPoint, "stored"),
        (Verdict::Cycle { length: 2 }, "cycle"),
        (Verdict::NotSettled { sweeps: 3 }, "unsettled"),
    ] {
        assert_eq!(Nature::of_run(verdict, &patterns, seen, None).kind(), kind);
    }
}
