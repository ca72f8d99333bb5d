//! Fixed points, cycles, energies and temperatures on networks small enough to know.

use super::*;
use crate::engine::couplings::Couplings;
use ndarray::{Array2, array};

fn memory(weights: Array2<f32>) -> Arc<Memory> {
    Arc::new(Memory::Pairwise(Couplings::new(weights, 1.0).unwrap()))
}

fn random_memory(n_units: usize, seed: u64, symmetric: bool) -> Arc<Memory> {
    let mut rng = stream(seed, "couplings");
    let mut weights =
        Array2::from_shape_simple_fn((n_units, n_units), || rng.random_range(-1.0_f32..1.0));
    weights.diag_mut().fill(0.0);
    if symmetric {
        weights = &weights + &weights.t();
    }
    memory(weights)
}

fn random_state(n_units: usize, seed: u64) -> State {
    let mut rng = stream(seed, "start");
    State::from_fn(n_units, |_| rng.random())
}

#[test]
fn two_units_that_want_to_agree_alternate_at_once_and_settle_one_by_one() {
    let start = State::from_signs(&[1, -1]);
    let run_for = |dynamics, max_sweeps| {
        let mut run = Relaxation::new(
            memory(array![[0.0, 1.0], [1.0, 0.0]]),
            start.clone(),
            dynamics,
            1,
        );
        run.settle(max_sweeps)
    };
    let run = |dynamics| run_for(dynamics, 100);
    assert_eq!(run(Dynamics::Synchronous), Verdict::Cycle { length: 2 });
    // As many sweeps as can be said are whole sweeps too.
    let all = run_for(Dynamics::Synchronous, u64::MAX);
    assert_eq!(all, Verdict::Cycle { length: 2 });
    assert_eq!(run(Dynamics::Asynchronous), Verdict::FixedPoint);
    assert_eq!(run(Dynamics::Ordered), Verdict::FixedPoint);
}

#[test]
fn antisymmetric_couplings_turn_in_fours() {
    // Bruck 1990: synchronous updates of an antisymmetric network have period 4.
    let couplings = memory(array![[0.0, 1.0], [-1.0, 0.0]]);
    let mut run = Relaxation::new(
        couplings,
        State::from_signs(&[1, 1]),
        Dynamics::Synchronous,
        1,
    );
    assert_eq!(run.settle(100), Verdict::Cycle { length: 4 });
}

#[test]
fn symmetric_synchronous_cycles_have_length_two_at_most() {
    for seed in 0..20 {
        let start = random_state(40, seed);
        let mut run = Relaxation::new(
            random_memory(40, seed, true),
            start,
            Dynamics::Synchronous,
            1,
        );
        let verdict = run.settle(1000);
        assert!(
            matches!(verdict, Verdict::FixedPoint | Verdict::Cycle { length: 2 }),
            "{verdict}"
        );
    }
}

#[test]
fn a_field_of_zero_moves_nothing() {
    for dynamics in [
        Dynamics::Asynchronous,
        Dynamics::Ordered,
        Dynamics::Synchronous,
    ] {
        let start = State::from_signs(&[1, -1, 1]);
        let mut run = Relaxation::new(memory(Array2::zeros((3, 3))), start.clone(), dynamics, 1);
        assert_eq!(run.settle(10), Verdict::FixedPoint);
        assert_eq!(run.state(), &start);
    }
}

#[test]
fn energy_never_rises_one_unit_at_a_time() {
    for (seed, dynamics) in
        (0..10).flat_map(|s| [(s, Dynamics::Asynchronous), (s, Dynamics::Ordered)])
    {
        let memory = random_memory(50, seed, true);
        let mut run = Relaxation::new(Arc::clone(&memory), random_state(50, seed), dynamics, seed);
        let mut energy = memory.energy(run.state()).unwrap();
        while run.verdict().is_none() {
            run.tick(|state, flip| {
                let after = memory.energy(state).unwrap();
                assert!((after - energy - f64::from(flip.energy_change)).abs() < 1e-4);
                assert!(after < energy);
                energy = after;
            });
        }
    }
}

#[test]
fn kept_fields_equal_fields_from_scratch() {
    for dynamics in Dynamics::ALL {
        let memory = random_memory(60, 3, false);
        let mut run = Relaxation::new(Arc::clone(&memory), random_state(60, 3), dynamics, 5);
        for _ in 0..1000 {
            run.tick(|_, _| ());
            let unit = run.updates() as usize % 60;
            assert!((run.field(unit) - memory.field(run.state(), unit)).abs() < 1e-4);
        }
    }
}

#[test]
fn a_heat_bath_at_zero_is_the_zero_temperature_rule_step_for_step() {
    let start = random_state(60, 8);
    let mut cold = Relaxation::new(
        random_memory(60, 8, true),
        start.clone(),
        Dynamics::Glauber { temperature: 0.0 },
        4,
    );
    let mut plain = Relaxation::new(random_memory(60, 8, true), start, Dynamics::Asynchronous, 4);
    assert_eq!(cold.settle(100), plain.settle(100));
    assert_eq!(
        (cold.state(), cold.updates()),
        (plain.state(), plain.updates())
    );
}

#[test]
fn a_heat_bath_samples_the_boltzmann_distribution() {
    // Exact enumeration of 2^10 states against one sample a sweep; chi-square over energy-ordered bins.
    let (n_units, temperature, n_samples) = (10, 1.5, 40_000);
    let memory = random_memory(n_units, 12, true);
    let state_of = |code: usize| State::from_fn(n_units, |unit| code >> unit & 1 == 1);
    let weight = |code| (-memory.energy(&state_of(code)).unwrap() / temperature).exp();
    let weights: Vec<f64> = (0..1 << n_units).map(weight).collect();
    let total: f64 = weights.iter().sum();
    let mut run = Relaxation::new(
        Arc::clone(&memory),
        state_of(0),
        Dynamics::Glauber { temperature },
        77,
    );
    let mut counts = vec![0.0; 1 << n_units];
    for sample in 0..n_samples + 1000 {
        (0..4 * n_units).for_each(|_| run.tick(|_, _| ()));
        if sample >= 1000 {
            let code = (0..n_units)
                .filter(|unit| run.state().units()[*unit] > 0)
                .map(|u| 1 << u);
            counts[code.sum::<usize>()] += 1.0;
        }
    }
    let mut order: Vec<usize> = (0..1 << n_units).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    let (mut chi_square, mut bins, mut seen, mut expected) = (0.0, 0, 0.0, 0.0);
    for code in order {
        seen += counts[code];
        expected += weights[code] / total * f64::from(n_samples);
        if expected >= 50.0 {
            chi_square += (seen - expected).powi(2) / expected;
            (bins, seen, expected) = (bins + 1, 0.0, 0.0);
        }
    }
    // Four standard deviations above the mean of the chi-square distribution with `bins` degrees of freedom.
    let bins = f64::from(bins);
    assert!(
        bins > 20.0 && chi_square < bins + 4.0 * (2.0 * bins).sqrt(),
        "{chi_square} for {bins} bins"
    );
}

/// Summing 4,096 fields afresh takes a window's frame and more.
#[test]
fn fields_of_whole_numbers_stay_exact_and_others_are_summed_afresh_now_and_then() {
    let whole = Array2::from_shape_fn((60, 60), |(i, j)| ((i * 7 + j * 11) % 9) as f32 - 4.0);
    let others = whole.mapv(f32::sin);
    for (weights, exact) in [(whole, true), (others, false)] {
        let memory = Memory::Pairwise(Couplings::new(weights, 0.3).unwrap());
        let memory = Arc::new(memory);
        let warm = Dynamics::Glauber { temperature: 30.0 };
        let mut run = Relaxation::new(Arc::clone(&memory), random_state(60, 8), warm, 4);
        let mut drifts_until = |sweeps: u64| {
            run.settle(sweeps);
            let fields = (0..60).map(|unit| run.field(unit));
            fields.collect::<Vec<f32>>() != memory.fields(run.state())
        };
        assert_eq!(drifts_until(REFRESH - 1), !exact);
        assert!(!drifts_until(REFRESH));
        assert_eq!(drifts_until(2 * REFRESH - 1), !exact);
    }
}
