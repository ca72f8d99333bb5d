//! Transition graphs against one written out by hand, plain enumeration, and shares that random starts find.

use super::super::catalogue::Catalogue;
use super::super::census::CensusStarts;
use super::super::shares::wilson;
use super::*;
use crate::engine::couplings::Couplings;
use crate::engine::learning::LearningRule;
use crate::engine::patterns::{Alphabet, Grid, Letters, Patterns};
use crate::engine::rng::stream;
use ndarray::{Array2, array};
use rand::RngExt as _;
use std::sync::Arc;

fn batch(weights: Array2<f32>) -> Batch {
    Batch::new(Arc::new(Memory::Pairwise(
        Couplings::new(weights, 1.0).unwrap(),
    )))
}

/// Whole numbers, so that some fields are zero.
fn random(n_units: usize, symmetric: bool, seed: u64) -> Array2<f32> {
    let mut rng = stream(seed, "graph test");
    let weights =
        Array2::from_shape_simple_fn((n_units, n_units), || rng.random_range(-2..=2) as f32);
    if symmetric {
        &weights + &weights.t()
    } else {
        weights
    }
}

#[test]
fn three_units_written_out() {
    // Units 0 and 1 hold each other against, unit 2 follows unit 0.
    let batch = batch(array![[0.0, -1.0, 0.0], [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]);
    let graph = TransitionGraph::new(&batch, Dynamics::Synchronous).unwrap();
    // 000 → 011, 001 → 101, 010 → 010, 011 → 100, and the same with unit 2 up; bits of units 2, 1, 0.
    assert_eq!(
        graph.successors(),
        [0b011, 0b101, 0b010, 0b100, 0b011, 0b101, 0b010, 0b100]
    );
    assert_eq!(
        graph.cycles(),
        [vec![0b100, 0b011], vec![0b010], vec![0b101]]
    );
    assert_eq!(graph.basins(), [0, 2, 1, 0, 0, 2, 1, 0]);
    assert_eq!(graph.basin_sizes(), [4, 2, 2]);
    assert_eq!(graph.heights(), [1, 1, 0, 0, 0, 0, 1, 1]);
    assert_eq!(graph.depths(), [1, 1, 1]);
    assert_eq!(graph.in_degrees(), [0, 0, 2, 2, 2, 2, 0, 0]);
    assert_eq!(graph.gardens_of_eden(), [0b000, 0b001, 0b110, 0b111]);
    assert_eq!(graph.state(0b100), State::from_signs(&[-1, -1, 1]));
    assert_eq!(TransitionGraph::number(&graph.state(0b110)), 0b110);
}

#[test]
fn graphs_are_those_of_plain_enumeration() {
    for seed in 0..6 {
        let weights = random(7, seed % 2 == 0, seed);
        for dynamics in [Dynamics::Synchronous, Dynamics::Ordered] {
            let graph = TransitionGraph::new(&batch(weights.clone()), dynamics).unwrap();
            for number in 0..128_u32 {
                let mut signs: Vec<i8> = (0..7)
                    .map(|unit| (number >> unit & 1) as i8 * 2 - 1)
                    .collect();
                let before = signs.clone();
                for unit in 0..7 {
                    let seen = if dynamics == Dynamics::Ordered {
                        &signs
                    } else {
                        &before
                    };
                    let field: f32 = (0..7)
                        .map(|other| weights[[unit, other]] * f32::from(seen[other]))
                        .sum();
                    if field != 0.0 {
                        signs[unit] = if field > 0.0 { 1 } else { -1 };
                    }
                }
                assert_eq!(
                    graph.successors()[number as usize],
                    number_of(&State::from_signs(&signs))
                );
            }
            invariants(&graph);
        }
    }
}

fn invariants(graph: &TransitionGraph) {
    let n_states = graph.successors().len();
    assert_eq!(graph.basin_sizes().iter().sum::<u64>(), n_states as u64);
    assert_eq!(graph.in_degrees().iter().sum::<u32>(), n_states as u32);
    for (state, next) in graph.successors().iter().enumerate() {
        let [ours, theirs] = [state, *next as usize].map(|state| graph.heights()[state]);
        assert_eq!(graph.basins()[state], graph.basins()[*next as usize]);
        assert!(ours == theirs + 1 || (ours == 0 && theirs == 0));
        assert_eq!(
            ours == 0,
            graph
                .cycles()
                .iter()
                .any(|cycle| cycle.contains(&(state as u32)))
        );
    }
    for cycle in graph.cycles() {
        let first = graph.state(cycle[0]);
        assert!(cycle.iter().all(|state| first <= graph.state(*state)));
        let last = cycle[cycle.len() - 1];
        assert_eq!(graph.successors()[last as usize], cycle[0]);
    }
}

#[test]
fn dense_memories_have_graphs_and_what_has_none_is_refused() {
    let mut rng = stream(1, "graph patterns");
    let mut patterns = |n_units: usize| {
        let rows = Array2::from_shape_simple_fn((3, n_units), || Alphabet::Signs.random(&mut rng));
        Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
    };
    let learned = |rule: &str, patterns: Arc<Patterns>| {
        Batch::new(Arc::new(
            LearningRule::parse(rule)
                .unwrap()
                .learn(patterns, 1)
                .unwrap(),
        ))
    };
    let ten = patterns(10);
    let dense = TransitionGraph::new(&learned("dense", ten.clone()), Dynamics::Synchronous);
    invariants(&dense.unwrap());
    let refused = |batch: &Batch, dynamics| {
        TransitionGraph::new(batch, dynamics)
            .unwrap_err()
            .to_string()
    };
    let small = learned("hebb", ten.clone());
    let large = learned("hebb", patterns(15));
    assert_eq!(
        refused(&large, Dynamics::Ordered),
        "all states are gone through up to 14 units, but this memory has 15"
    );
    assert_eq!(
        refused(&small, Dynamics::Asynchronous),
        "the dynamics of a transition graph must be sync or ordered, not async, by which a state has no one successor"
    );
    let graded = learned("modern:states=continuous", ten);
    assert_eq!(
        refused(&graded, Dynamics::Synchronous),
        "all states can be gone through where units are ±1, but this memory has others"
    );
    let letters = Alphabet::Letters(Letters::plain(3).unwrap());
    let rows = Array2::from_shape_fn((2, 4), |(row, column)| (row + column) as i8 % 3);
    let patterns = Arc::new(Patterns::of(rows, letters, Grid::square(2), None).unwrap());
    let potts = learned("potts-hebb", patterns);
    assert!(refused(&potts, Dynamics::Synchronous).ends_with("this memory has others"));
}

#[test]
fn shares_of_random_starts_lie_in_their_intervals_as_often_as_they_should() {
    let batch = batch(random(9, true, 3));
    let graph = TransitionGraph::new(&batch, Dynamics::Synchronous).unwrap();
    let patterns = Patterns::none(Alphabet::Signs, Grid::square(3));
    let n_starts = 300_u64;
    let [mut inside, mut all] = [0.0, 0.0];
    for seed in 0..200 {
        let starts = CensusStarts::Random
            .states(&patterns, 0..n_starts, seed)
            .unwrap();
        let mut catalogue = Catalogue::default();
        catalogue.take(
            &batch,
            &patterns,
            &starts,
            Dynamics::Synchronous,
            |_| 0,
            1000,
        );
        for (cycle, size) in graph.cycles().iter().zip(graph.basin_sizes()) {
            let state = graph.state(cycle[0]);
            let found = catalogue
                .attractors()
                .iter()
                .find(|it| it.state.as_ref() == Some(&state));
            let [from, to] = wilson(found.map_or(0, |it| it.count), n_starts);
            let share = size as f64 / 512.0;
            if share > 0.02 {
                all += 1.0;
                inside += f64::from(u8::from((from..=to).contains(&share)));
            }
        }
        assert!(catalogue.attractors().iter().all(|it| {
            let number = number_of(it.state.as_ref().unwrap());
            graph
                .cycles()
                .iter()
                .any(|cycle| cycle[0] == number && cycle.len() as u64 == it.length)
        }));
    }
    assert!(all >= 400.0, "there are attractors of some size: {all}");
    let share = inside / all;
    assert!((0.92..=0.98).contains(&share), "{share} of {all}");
}
