//! Bounds on the flips that a fixed point stands, against trying all sets.

use super::*;
use crate::engine::couplings::Couplings;
use crate::engine::learning::LearningRule;
use crate::engine::memory::Memory;
use crate::engine::patterns::{Alphabet, Grid, Patterns};
use crate::engine::rng::stream;
use ndarray::{Array2, array};
use std::sync::Arc;

fn learned(rule: &str, n_patterns: usize, n_units: usize, seed: u64) -> (Batch, Arc<Patterns>) {
    let mut rng = stream(seed, "fragile test");
    let rows =
        Array2::from_shape_simple_fn((n_patterns, n_units), || Alphabet::Signs.random(&mut rng));
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap());
    let memory = LearningRule::parse(rule)
        .unwrap()
        .learn(Arc::clone(&patterns), 1)
        .unwrap();
    (Batch::new(Arc::new(memory)), patterns)
}

const COLD: [Dynamics; 3] = [
    Dynamics::Synchronous,
    Dynamics::Ordered,
    Dynamics::Asynchronous,
];

/// The size of the smallest set, by all 2^N of them.
fn smallest(fragility: &Fragility<'_>) -> Option<usize> {
    let n_units = fragility.state().n_units();
    let sets: Vec<Vec<usize>> = (0..1_usize << n_units)
        .map(|bits| (0..n_units).filter(|unit| bits >> unit & 1 == 1).collect())
        .collect();
    let lost = fragility.lost(&sets).into_iter().zip(&sets);
    lost.filter(|(lost, _)| *lost)
        .map(|(_, set)| set.len())
        .min()
}

#[test]
fn bounds_stand_on_either_side_of_the_smallest_set() {
    let mut exact = 0;
    for (rule, seed) in
        (0..8).flat_map(|seed| [("hebb", seed), ("pseudo-inverse", seed), ("dense", seed)])
    {
        let (batch, patterns) = learned(rule, 2, 12, seed);
        for dynamics in COLD {
            let Ok(fragility) = Fragility::new(&batch, patterns.state(0), dynamics, 5, 100) else {
                continue;
            };
            let smallest = smallest(&fragility);
            let found = fragility.smallest().unwrap();
            assert_eq!(found.as_ref().map(Vec::len), smallest);
            let Some(smallest) = smallest else { continue };
            assert!(
                fragility
                    .lower_bound()
                    .is_none_or(|bound| bound <= smallest)
            );
            for set in [found, fragility.greedy(), fragility.beam(4, 13)] {
                let set = set.expect("flips lead to some");
                assert!(set.len() >= smallest && set.windows(2).all(|two| two[0] < two[1]));
                assert!(fragility.lost(std::slice::from_ref(&set))[0]);
                exact += usize::from(set.len() == smallest);
            }
            assert_eq!(fragility.beam(4, smallest), None);
        }
    }
    assert!(exact >= 90, "searches mostly find the smallest: {exact}");
}

#[test]
fn a_bound_below_by_hand() {
    // Each of four units pulls each other with 1: margins of 3, a flip takes 2, so one flip comes back and two may not.
    let weights = Array2::from_shape_fn((4, 4), |(i, j)| f32::from(u8::from(i != j)));
    let batch = Batch::new(Arc::new(Memory::Pairwise(
        Couplings::new(weights, 1.0).unwrap(),
    )));
    for dynamics in COLD {
        let fragility = Fragility::new(&batch, State::blank(4), dynamics, 1, 100).unwrap();
        assert_eq!(fragility.lower_bound(), Some(2));
        assert!(
            fragility
                .single_flips()
                .iter()
                .all(|flip| !flip.lost && flip.end == 1.0)
        );
    }
    // All at once, two and two change places for ever.
    let fragility = Fragility::new(&batch, State::blank(4), Dynamics::Synchronous, 1, 100).unwrap();
    assert_eq!(fragility.smallest().unwrap(), Some(vec![0, 1]));
    // Units without couplings keep any flip.
    let batch = Batch::new(Arc::new(Memory::Pairwise(
        Couplings::new(Array2::zeros((3, 3)), 1.0).unwrap(),
    )));
    let fragility = Fragility::new(&batch, State::blank(3), Dynamics::Ordered, 1, 100).unwrap();
    assert_eq!(
        (fragility.lower_bound(), fragility.greedy().unwrap().len()),
        (Some(1), 1)
    );
    assert_eq!(
        fragility.ends(&[vec![1, 2]])[0].0,
        State::from_signs(&[-1, 1, 1])
    );
    let flip = fragility.single_flips()[0];
    assert!(flip.lost && flip.sweeps == 1 && (flip.end - 1.0 / 3.0).abs() < 1e-12);
}

#[test]
fn sets_below_the_bound_come_back_where_there_are_many_units() {
    let (batch, patterns) = learned("pseudo-inverse", 10, 200, 3);
    let mut rng = stream(4, "fragile sets");
    for dynamics in COLD {
        let fragility = Fragility::new(&batch, patterns.state(1), dynamics, 5, 100).unwrap();
        let bound = fragility.lower_bound().unwrap();
        assert!(bound > 3, "{bound}");
        let sets: Vec<Vec<usize>> = (0..100)
            .map(|_| rand::seq::index::sample(&mut rng, 200, bound - 1).into_vec())
            .collect();
        assert!(!fragility.lost(&sets).contains(&true));
        let greedy = fragility.greedy().unwrap();
        assert!(
            greedy.len() >= bound && greedy.len() < 100,
            "{bound} {}",
            greedy.len()
        );
        assert!(fragility.smallest().is_err());
    }
}

#[test]
fn what_is_no_fixed_point_is_refused() {
    let batch = Batch::new(Arc::new(Memory::Pairwise(
        Couplings::new(array![[0.0, -1.0], [1.0, 0.0]], 1.0).unwrap(),
    )));
    let refused = |state: State, dynamics| {
        Fragility::new(&batch, state, dynamics, 1, 100)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(State::blank(2), Dynamics::Synchronous),
        "flips are searched around a fixed point, but this state is none"
    );
    assert!(refused(State::blank(3), Dynamics::Synchronous).contains("2 units of ±1"));
    let warm = Dynamics::Glauber { temperature: 0.5 };
    assert!(refused(State::blank(2), warm).ends_with("must be 0, not 0.5"));
}
