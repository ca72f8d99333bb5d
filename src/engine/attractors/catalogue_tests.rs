//! Catalogues against what single runs and plain code say.

use super::super::attractor::median_sweeps;
use super::super::packing::packed;
use super::super::starts::Portrait as _;
use super::super::wheel::Wheel;
use super::*;
use crate::engine::couplings::Couplings;
use crate::engine::learning::LearningRule;
use crate::engine::observables::Nature;
use crate::engine::patterns::{Alphabet, Grid};
use crate::engine::rng::stream;
use ndarray::{Array2, array};
use rand::RngExt as _;

fn random_patterns(n_patterns: usize, n_units: usize, seed: u64) -> Arc<Patterns> {
    let mut rng = stream(seed, "catalogue test");
    let rows =
        Array2::from_shape_simple_fn((n_patterns, n_units), || Alphabet::Signs.random(&mut rng));
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

fn random_states(n_states: usize, n_units: usize, seed: u64) -> Vec<State> {
    let mut rng = stream(seed, "catalogue starts");
    let mut state = || State::from_fn(n_units, |_| rng.random());
    (0..n_states).map(|_| state()).collect()
}

fn learned(rule: &str, patterns: &Arc<Patterns>) -> Batch {
    let rule = LearningRule::parse(rule).unwrap();
    Batch::new(Arc::new(rule.learn(Arc::clone(patterns), 1).unwrap()))
}

/// Couplings without symmetry, where all at once goes round long cycles.
fn asymmetric(n_units: usize) -> Batch {
    let mut rng = stream(6, "catalogue couplings");
    let weights =
        Array2::from_shape_simple_fn((n_units, n_units), || rng.random_range(-9..=9) as f32);
    Batch::new(Arc::new(Memory::Pairwise(
        Couplings::new(weights, 1.0).unwrap(),
    )))
}

#[test]
fn stored_patterns_and_their_negatives_are_told_by_number() {
    let patterns = random_patterns(5, 200, 1);
    let batch = learned("hebb", &patterns);
    let mut starts: Vec<State> = (0..5).map(|pattern| patterns.state(pattern)).collect();
    let mut negative = patterns.state(3);
    (0..200).for_each(|unit| negative.flip(unit));
    starts.push(negative);
    let mut catalogue = Catalogue::default();
    let endings = catalogue.take(
        &batch,
        &patterns,
        &starts,
        Dynamics::Synchronous,
        |_| 0,
        100,
    );
    let labels = endings.iter().map(|ending| {
        let attractor = &catalogue.attractors()[ending.attractor];
        assert_eq!((ending.length, attractor.length), (1, 1));
        let state = attractor.state.as_ref().unwrap();
        assert_eq!(attractor.energy, batch.memory().energy(state));
        attractor.label.as_str()
    });
    assert!(labels.eq(["+0", "+1", "+2", "+3", "+4", "-3"]));
}

#[test]
fn a_cycle_is_one_attractor_wherever_a_run_comes_upon_it() {
    // All units follow the one before: every state goes round.
    let ring = array![[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let ring = Memory::Pairwise(Couplings::new(ring, 1.0).unwrap());
    let batch = Batch::new(Arc::new(ring));
    let patterns = Patterns::none(Alphabet::Signs, Grid::new(1, 3));
    let starts: Vec<State> = (0..8_usize)
        .map(|bits| State::from_fn(3, |unit| bits >> unit & 1 == 1))
        .collect();
    let mut catalogue = Catalogue::default();
    let endings = catalogue.take(&batch, &patterns, &starts, Dynamics::Synchronous, |_| 0, 50);
    let found = endings.iter().map(|ending| ending.attractor);
    assert!(found.eq([0, 1, 1, 2, 1, 2, 2, 3]));
    let about = |place: usize| {
        let attractor: &Attractor = &catalogue.attractors()[place];
        let state = attractor.state.as_ref().unwrap();
        (attractor.count, attractor.length, state.units().to_vec())
    };
    assert_eq!(about(1), (3, 3, vec![-1, -1, 1]));
    assert_eq!(about(2), (3, 3, vec![-1, 1, 1]));
    assert_eq!(about(3), (1, 1, vec![1, 1, 1]));
    assert_eq!(
        catalogue.attractors()[1].nature,
        Nature::Cycle { length: 3 }
    );
    assert_eq!(catalogue.attractors()[1].label.len(), 16);
}

#[test]
fn pieces_laid_together_are_one_run_and_labels_are_of_the_start_alone() {
    let patterns = random_patterns(12, 60, 2);
    let starts = random_states(300, 60, 3);
    for batch in [
        learned("hebb", &patterns),
        learned("pseudo-inverse", &patterns),
        asymmetric(60),
    ] {
        for dynamics in Dynamics::ALL {
            let take = |catalogue: &mut Catalogue, starts: &[State]| {
                catalogue.take(&batch, &patterns, starts, dynamics, |_| 4, 40)
            };
            let mut whole = Catalogue::default();
            let endings = take(&mut whole, &starts);
            let mut slices = Catalogue::default();
            let sliced: Vec<Ending> = starts
                .chunks(37)
                .flat_map(|starts| take(&mut slices, starts))
                .collect();
            assert!((&whole, &endings) == (&slices, &sliced), "{dynamics}");
            let mut merged = Catalogue::default();
            for starts in starts.chunks(101) {
                let mut piece = Catalogue::default();
                let ours = take(&mut piece, starts);
                let places = merged.merge(&piece);
                assert_eq!(places.len(), piece.attractors().len());
                assert!(ours.iter().all(|ending| {
                    let theirs = &piece.attractors()[ending.attractor].label;
                    &merged.attractors()[places[ending.attractor]].label == theirs
                }));
            }
            assert!(merged == whole, "{dynamics}");
            assert_eq!(whole.n_starts(), 300);
            for (start, ending) in starts.iter().zip(&endings).take(40) {
                let mut alone = Catalogue::default();
                let found = take(&mut alone, std::slice::from_ref(start))[0];
                assert_eq!(found.sweeps, ending.sweeps);
                let label = &whole.attractors()[ending.attractor].label;
                assert_eq!(&alone.attractors()[0].label, label);
            }
        }
    }
}

#[test]
fn warm_runs_and_runs_cut_short_are_unsettled() {
    let patterns = random_patterns(3, 50, 2);
    let batch = learned("hebb", &patterns);
    let starts = random_states(10, 50, 3);
    for (dynamics, sweeps) in [
        (Dynamics::Glauber { temperature: 0.5 }, 20),
        (Dynamics::Synchronous, 0),
    ] {
        let mut catalogue = Catalogue::default();
        catalogue.take(&batch, &patterns, &starts, dynamics, |b| b as u64, sweeps);
        let [only] = catalogue.attractors() else {
            panic!("one for all")
        };
        assert_eq!((only.label.as_str(), only.length), ("unsettled", 0));
        assert_eq!((only.count, &only.state, only.energy), (10, &None, None));
        assert_eq!(median_sweeps(&only.sweeps), Some(sweeps as f64));
    }
}

#[test]
fn sweeps_are_summed_up_in_the_middle() {
    let mut counts = BTreeMap::from([(2, 1), (3, 1), (6, 2)]);
    assert_eq!(median_sweeps(&counts), Some(4.5));
    counts.insert(3, 2);
    assert_eq!(median_sweeps(&counts), Some(3.0));
    assert_eq!(median_sweeps(&BTreeMap::new()), None);
}

#[test]
fn continuous_states_are_told_by_their_units() {
    let patterns = random_patterns(4, 100, 5);
    for (rule, sharp) in [
        ("modern:states=continuous", true),
        ("modern:beta=0.5,states=continuous", false),
    ] {
        let batch = learned(rule, &patterns);
        let starts: Vec<State> = (0..4).map(|pattern| patterns.state(pattern)).collect();
        let mut catalogue = Catalogue::default();
        catalogue.take(
            &batch,
            &patterns,
            &starts,
            Dynamics::Synchronous,
            |_| 0,
            1000,
        );
        let is_stored = |it: &Attractor| matches!(it.nature, Nature::Stored { .. });
        assert_eq!(catalogue.attractors().iter().any(is_stored), sharp);
        assert!(catalogue.attractors().iter().all(|it| it.energy.is_some()));
    }
}

#[test]
fn a_wheel_of_stored_patterns_has_a_petal_for_each() {
    let patterns = random_patterns(5, 256, 8);
    let batch = learned("pseudo-inverse", &patterns);
    let rim: Vec<State> = (0..5).map(|pattern| patterns.state(pattern)).collect();
    let wheel = Wheel::new(rim, 7).unwrap();
    let mut catalogue = Catalogue::default();
    let mut inside = 0;
    for row in 0..32 {
        let (columns, starts) = wheel.row_starts(32, row);
        inside += columns.len();
        let endings = catalogue.take(
            &batch,
            &patterns,
            &starts,
            Dynamics::Asynchronous,
            |_| 7,
            100,
        );
        assert_eq!(endings.len(), columns.len());
    }
    assert_eq!(catalogue.n_starts(), inside as u64);
    for pattern in 0..5 {
        let label = format!("+{pattern}");
        let found = catalogue.attractors().iter().filter(|it| it.label == label);
        let count: u64 = found.map(|it| it.count).sum();
        assert!(
            count as f64 > 0.1 * inside as f64,
            "{label}: {count} of {inside}"
        );
    }
    let numbers = catalogue.label_numbers();
    assert_eq!(numbers[0], 0);
    assert_eq!(packed(&wheel.rim()[0]).len(), 4);
}
