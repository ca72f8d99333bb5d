//! Fields against energy differences from scratch, and n = 2 against Hebb's rule, step for step.

use super::*;
use crate::engine::dynamics::{Dynamics, Relaxation, Verdict};
use crate::engine::learning::LearningRule;
use crate::engine::memory::Memory;
use crate::engine::patterns::Grid;
use crate::engine::recording::Recording;
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

const ENERGIES: [Energy; 8] = [
    Energy::Polynomial { degree: 2 },
    Energy::Polynomial { degree: 3 },
    Energy::Polynomial { degree: 4 },
    Energy::Polynomial { degree: 30 },
    Energy::Rectified { degree: 2 },
    Energy::Rectified { degree: 5 },
    Energy::Exponential { beta: 0.2 },
    Energy::LogSumExp {
        beta: 0.2,
        states: States::Signs,
    },
];

fn random_patterns(n_patterns: usize, n_units: usize, seed: u64) -> Arc<Patterns> {
    let mut rng = stream(seed, "dense test");
    let shape = (n_patterns, n_units);
    let rows = Array2::from_shape_simple_fn(shape, || if rng.random() { 1 } else { -1 });
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

fn random_state(n_units: usize, seed: u64) -> State {
    let mut rng = stream(seed, "dense test state");
    State::from_fn(n_units, |_| rng.random())
}

fn memory(patterns: &Arc<Patterns>, energy: Energy) -> Arc<Memory> {
    let dense = DenseMemory::new(Arc::clone(patterns), energy).unwrap();
    Arc::new(Memory::Dense(dense))
}

#[test]
fn fields_are_half_the_energy_differences() {
    for energy in ENERGIES {
        for (seed, n_units) in [(1, 20), (2, 21), (3, 1)] {
            let memory = memory(&random_patterns(9, n_units, seed), energy);
            let state = random_state(n_units, seed);
            for (unit, field) in memory.fields(&state).into_iter().enumerate() {
                let with = |up| {
                    let mut state = state.clone();
                    state.set(unit, up);
                    memory.energy(&state).unwrap()
                };
                let expected = 0.5 * (with(false) - with(true));
                assert!(
                    (f64::from(field) - expected).abs() < 1e-6 * (1.0 + expected.abs()),
                    "{energy:?}, N = {n_units}: {field} {expected}"
                );
                assert_eq!(memory.field(&state, unit), field);
            }
        }
    }
}

#[test]
fn equal_pulls_either_way_leave_a_unit_as_it_is() {
    let rows = ndarray::array![[1_i8, 1, 1, 1, -1], [-1, 1, 1, 1, -1]];
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(5), None).unwrap());
    for (energy, up) in ENERGIES
        .into_iter()
        .flat_map(|energy| [(energy, true), (energy, false)])
    {
        let mut state = patterns.state(0);
        state.set(0, up);
        let memory = memory(&patterns, energy);
        assert_eq!(memory.field(&state, 0), 0.0, "{energy:?}");
        let mut run = Relaxation::new(memory, state.clone(), Dynamics::Ordered, 1);
        assert_eq!((run.settle(5), run.state()), (Verdict::FixedPoint, &state));
    }
}

#[test]
fn one_pattern_alone_has_fields_near_one() {
    let patterns = random_patterns(1, 400, 1);
    let state = patterns.state(0);
    for energy in ENERGIES {
        for (field, sign) in memory(&patterns, energy)
            .fields(&state)
            .iter()
            .zip(state.units())
        {
            let along = field * f32::from(*sign);
            assert!((along - 1.0).abs() < 0.08, "{energy:?}: {along}");
        }
    }
}

#[test]
fn the_square_takes_the_steps_of_hebb() {
    let hebb = LearningRule::parse("hebb").unwrap();
    let temperature = Dynamics::Glauber { temperature: 0.0 };
    for seed in 0..12 {
        let n_units = 40 + seed as usize;
        let patterns = random_patterns(8, n_units, seed);
        let by_hebb = Arc::new(hebb.learn(Arc::clone(&patterns), 1).unwrap());
        let square = memory(&patterns, Energy::Polynomial { degree: 2 });
        let cue = random_state(n_units, seed);
        let (a, b) = (by_hebb.fields(&cue), square.fields(&cue));
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-6));
        for dynamics in Dynamics::ALL[..3].iter().copied().chain([temperature]) {
            let run = |memory: &Arc<Memory>| {
                let patterns = Arc::clone(&patterns);
                let mut run =
                    Recording::new(Arc::clone(memory), patterns, cue.clone(), dynamics, seed);
                let verdict = run.settle(200);
                let flips = run.flips().map(|flip| (flip.update, flip.unit));
                (verdict, run.length(), flips.collect::<Vec<_>>())
            };
            assert_eq!(run(&by_hebb), run(&square), "seed {seed}, {dynamics}");
        }
    }
}

#[test]
fn energies_never_rise_one_unit_at_a_time() {
    for (energy, seed) in ENERGIES
        .into_iter()
        .flat_map(|energy| [(energy, 1), (energy, 2)])
    {
        let patterns = random_patterns(30, 40, seed);
        let memory = memory(&patterns, energy);
        for dynamics in [Dynamics::Asynchronous, Dynamics::Ordered] {
            let mut run =
                Relaxation::new(Arc::clone(&memory), random_state(40, seed), dynamics, seed);
            let mut before = memory.energy(run.state()).unwrap();
            while run.verdict().is_none() {
                run.tick(|state, flip| {
                    let after = memory.energy(state).unwrap();
                    let change = f64::from(flip.energy_change);
                    assert!((after - before - change).abs() < 1e-5 * (1.0 + change.abs()));
                    assert!(after <= before, "{energy:?}: {before} {after}");
                    before = after;
                });
            }
        }
    }
}

#[test]
fn kept_agreements_equal_those_from_scratch() {
    for energy in ENERGIES {
        for dynamics in Dynamics::ALL {
            let memory = memory(&random_patterns(13, 30, 4), energy);
            let mut run = Relaxation::new(Arc::clone(&memory), random_state(30, 4), dynamics, 5);
            for _ in 0..300 {
                run.tick(|_, _| ());
                let unit = run.updates() as usize % 30;
                assert_eq!(run.field(unit), memory.field(run.state(), unit));
            }
        }
    }
}

#[test]
fn exponential_and_log_sum_exp_take_the_same_steps() {
    for seed in 0..10 {
        let patterns = random_patterns(50, 40, seed);
        let [first, second] = [ENERGIES[6], ENERGIES[7]].map(|energy| {
            let cue = random_state(40, seed);
            let mut run =
                Relaxation::new(memory(&patterns, energy), cue, Dynamics::Asynchronous, 1);
            (run.settle(100), run.updates(), run.state().clone())
        });
        assert_eq!(first, second);
    }
}

#[test]
fn shares_of_the_pull_by_hand() {
    let rows = ndarray::array![[1_i8, 1, 1, 1], [1, 1, 1, -1], [-1, -1, -1, -1]];
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(4), None).unwrap());
    let state = patterns.state(0);
    let shares = |energy| {
        let memory = memory(&patterns, energy);
        let dense = memory.dense().unwrap();
        dense.weights(&dense.dots(&state))
    };
    // Overlaps 4, 2, −4 of 4: (1, 1/4, 1) over 9/4, (1, ½, −1) over 5/2, and without the last.
    let cube = Energy::Polynomial { degree: 3 };
    assert_eq!(shares(cube), [4.0 / 9.0, 1.0 / 9.0, 4.0 / 9.0]);
    assert_eq!(shares(ENERGIES[0]), [0.4, 0.2, -0.4]);
    assert_eq!(shares(ENERGIES[4]), [2.0 / 3.0, 1.0 / 3.0, 0.0]);
    let softmax: f32 = shares(ENERGIES[6]).iter().sum();
    assert!((softmax - 1.0).abs() < 1e-6);
}

#[test]
fn settings_out_of_range_are_refused() {
    let patterns = random_patterns(2, 4, 1);
    for energy in [
        Energy::Polynomial { degree: 1 },
        Energy::Rectified { degree: 31 },
        Energy::Exponential { beta: 0.0 },
        Energy::Exponential { beta: f64::NAN },
    ] {
        assert!(DenseMemory::new(Arc::clone(&patterns), energy).is_err());
    }
}
