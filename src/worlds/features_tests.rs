//! Examples against the closed forms of their overlaps, and what is refused.

use super::*;
use crate::worlds::{Source, World};

fn source(world: Features) -> Source {
    Source::prepare(&World::Features(world), 5).unwrap()
}

fn of(mixed: usize) -> Features {
    Features {
        n_units: 1000,
        load: 0.2,
        feature_load: 0.02,
        mixed,
    }
}

/// Features of an example: their numbers and signs, from its label.
fn parts(label: &str) -> Vec<(usize, f64)> {
    let part = |part: &str| {
        let sign = if part.starts_with('−') { -1.0 } else { 1.0 };
        let number = part.trim_start_matches('−');
        (number.parse().unwrap(), sign)
    };
    let (_, parts) = label.split_once(' ').unwrap();
    parts.split(", ").map(part).collect()
}

/// Means over 200 examples of 1,000 units: an error of 0.003. By hand: L = 1 is the feature, L = 3 agrees where the
/// other two cancel, half the units, and L = 5 in 6/16.
#[test]
fn an_example_overlaps_with_its_features_as_the_closed_form_says() {
    let by_hand = [1.0, 0.5, 0.5, 0.375, 0.375];
    for mixed in 1..=5 {
        let world = of(mixed);
        assert_eq!(world.overlap_with_own_feature(), by_hand[mixed - 1]);
        let source = source(world);
        let (examples, features) = (
            source.stored().unwrap().patterns,
            source.features().unwrap(),
        );
        let mut sum = 0.0;
        for example in 0..examples.n_patterns() {
            let overlaps = features.overlaps(&examples.state(example));
            let parts = parts(examples.label(example).unwrap());
            assert_eq!(parts.len(), mixed);
            sum += parts
                .iter()
                .map(|(k, sign)| sign * overlaps[*k])
                .sum::<f64>()
                / mixed as f64;
        }
        let mean = sum / examples.n_patterns() as f64;
        assert!(
            (mean - by_hand[mixed - 1]).abs() < 0.015,
            "L = {mixed}: {mean}"
        );
    }
}

/// Two examples of L = 3 that share no feature are independent: overlaps of variance 1/N. Those that share one with
/// the same sign overlap by the product of both shares, ½ · ½ = ¼: each is that feature's sign in half its units.
#[test]
fn two_examples_overlap_by_what_they_share() {
    let source = source(of(3));
    let examples = source.stored().unwrap().patterns;
    let (mut none, mut one) = ((0.0, 0.0), (0.0, 0.0));
    for a in 0..examples.n_patterns() {
        let overlaps = examples.overlaps(&examples.state(a));
        let of_a = parts(examples.label(a).unwrap());
        for (b, overlap) in overlaps.iter().enumerate().take(a) {
            let of_b = parts(examples.label(b).unwrap());
            let shared: Vec<f64> = of_a
                .iter()
                .filter_map(|(k, sign)| {
                    of_b.iter()
                        .find(|(other, _)| other == k)
                        .map(|(_, s)| s * sign)
                })
                .collect();
            match shared[..] {
                [] => none = (none.0 + overlap * overlap, none.1 + 1.0),
                [sign] => one = (one.0 + sign * overlap, one.1 + 1.0),
                _ => (),
            }
        }
    }
    assert!((none.0 / none.1 * 1000.0 - 1.0).abs() < 0.1, "{none:?}");
    assert!((one.0 / one.1 - 0.25).abs() < 0.01, "{one:?}");
}

#[test]
fn more_examples_keep_the_first_and_too_few_features_are_refused() {
    let few = source(of(3));
    let many = source(Features { load: 0.3, ..of(3) });
    let (a, b) = (few.stored().unwrap(), many.stored().unwrap());
    assert_eq!(a.patterns.pattern(199), b.patterns.pattern(199));
    let refused = Features {
        feature_load: 0.005,
        n_units: 400,
        ..of(3)
    };
    assert_eq!(
        World::Features(refused).check().unwrap_err().to_string(),
        "3 features to an example asked for, but there are only 2, α_D N"
    );
    assert_eq!(
        World::parse("features:n=4096,alpha=5")
            .unwrap_err()
            .to_string(),
        "the number of stored examples, α N, must be at most 20000, not 20480"
    );
    assert!(World::parse("features:n=1000,alpha=1,alpha-d=25").is_err());
    let authors = World::parse("features:n=2000,alpha=2.11,alpha-d=2.11").unwrap();
    assert_eq!(authors.settings().n_patterns(), 4220);
    // As many examples as there can be, and as few units.
    let many = World::parse("features:n=200,alpha=100,alpha-d=1").unwrap();
    let many = Source::prepare(&many, 1).unwrap().stored().unwrap();
    assert_eq!(many.patterns.rows().dim(), (20_000, 200));
    let small = World::parse("features:n=4,alpha=1,alpha-d=1").unwrap();
    let small = Source::prepare(&small, 1).unwrap().stored().unwrap();
    assert_eq!(small.patterns.rows().dim(), (4, 4));
}
