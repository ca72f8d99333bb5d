//! Tests of `random`.

use super::*;
use crate::worlds::{Source, World};

fn source(random: Random, seed: u64) -> Source {
    Source::prepare(&World::Random(random), seed).unwrap()
}

/// 1,225 pairs of N = 2,000 units; the parent's own mean varies by 1/√N, so the error is some 0.02.
#[test]
fn activity_and_overlap_are_those_of_the_closed_form() {
    for (activity, correlation) in [(0.0, 0.0), (-0.6, 0.0), (0.0, 0.5), (0.4, 0.3)] {
        let random = Random {
            n_units: 2000,
            n_patterns: 50,
            activity,
            correlation,
            orthogonal: false,
        };
        let patterns = source(random, 3).stored().unwrap().patterns;
        assert!((patterns.mean_activity() - activity).abs() < 0.05);
        let mut sum = 0.0;
        for a in 0..50 {
            let overlaps = patterns.overlaps(&patterns.state(a));
            sum += overlaps[..a].iter().sum::<f64>();
        }
        let mean = sum / 1225.0;
        assert!(
            (mean - random.mean_overlap()).abs() < 0.03,
            "{random:?}: {mean}"
        );
    }
}

#[test]
fn orthogonal_patterns_overlap_by_nothing_as_long_as_there_are_any() {
    let random = |n_units, n_patterns| Random {
        n_units,
        n_patterns,
        orthogonal: true,
        ..Random::default()
    };
    for (n_units, n_patterns) in [(16, 4), (16, 16), (48, 16)] {
        let patterns = source(random(n_units, n_patterns), 3)
            .stored()
            .unwrap()
            .patterns;
        for a in 0..n_patterns {
            let overlaps = patterns.overlaps(&patterns.state(a));
            assert!(
                overlaps
                    .iter()
                    .enumerate()
                    .all(|(b, m)| *m == f64::from(u8::from(a == b)))
            );
        }
    }
    let refused = World::parse("random:n=24,p=9,orthogonal=yes")
        .unwrap_err()
        .to_string();
    assert!(refused.contains("8 at the most"), "{refused}");
    assert!(World::parse("random:n=24,p=8,orthogonal=yes,activity=0.5").is_err());
    let mut world = World::Random(random(24, 9));
    assert!(Source::prepare(&world, 3).is_err());
    world.mend();
    assert_eq!(world.settings().n_patterns(), 8);
}

#[test]
fn a_longer_draw_begins_with_the_shorter_and_the_unseen_are_others() {
    let few = source(Random::default(), 7);
    let many = source(
        Random {
            n_patterns: 60,
            ..Random::default()
        },
        7,
    );
    let (a, b) = (few.stored().unwrap(), many.stored().unwrap());
    assert_eq!(a.patterns.pattern(39), b.patterns.pattern(39));
    let unseen = few.unseen(0).unwrap().state;
    assert!(
        b.patterns
            .overlaps(&unseen)
            .iter()
            .all(|overlap| overlap.abs() < 0.3)
    );
    assert!(few.unseen(N_UNSEEN).is_err());
    let other = source(Random::default(), 8).stored().unwrap();
    assert_ne!(other.patterns.pattern(0), a.patterns.pattern(0));
}

#[test]
fn many_small_patterns_are_made_a_few_at_a_time_and_too_many_large_ones_are_refused() {
    let world = World::parse("random:n=16,p=200000").unwrap();
    let mut steps = 0;
    let source = Source::prepare_with(&world, 5, |_done| steps += 1).unwrap();
    assert!(steps >= 4, "{steps} steps");
    let stored = source.stored().unwrap().patterns;
    assert_eq!(stored.rows().dim(), (200_000, 16));
    let few = Source::prepare(&World::parse("random:n=16,p=3").unwrap(), 5).unwrap();
    assert_eq!(few.stored().unwrap().patterns.pattern(2), stored.pattern(2));
    assert!(World::parse("random:n=4,p=2").is_ok());
    assert_eq!(
        World::parse("random:n=4096,p=200000")
            .unwrap_err()
            .to_string(),
        "the number of patterns must be at most 32768 at N = 4096, not 200000"
    );
}
