//! Letters by hand, their gauges, and how they move.

use super::*;
use crate::engine::dynamics::{Dynamics, Relaxation, Verdict};
use crate::engine::memory::Memory;
use crate::engine::patterns::Alphabet;
use crate::engine::rng::stream;
use ndarray::array;
use rand::RngExt as _;
use std::sync::Arc;

/// Two sites of three letters: h_0 = (½, 0, −½), h_1 = (0, ¼, 0), J_01 = (1 −1 0; 0 2 −2; −1 0 1) with rows a, columns b.
fn two_sites() -> PottsCouplings {
    let block = [[1.0, -1.0, 0.0], [0.0, 2.0, -2.0], [-1.0, 0.0, 1.0]];
    let mut pulls = Array2::zeros((6, 6));
    for a in 0..3 {
        for b in 0..3 {
            pulls[[3 + b, a]] = block[a][b];
            pulls[[a, 3 + b]] = block[a][b];
        }
    }
    PottsCouplings::new(array![[0.5, 0.0, -0.5], [0.0, 0.25, 0.0]], pulls).unwrap()
}

fn state(units: &[i8], q: usize) -> State {
    State::from_letters(units, Letters::plain(q).unwrap()).unwrap()
}

fn random(n: usize, q: usize, symmetric: bool, seed: u64) -> PottsCouplings {
    let mut rng = stream(seed, "potts test");
    let mut number = || rng.random_range(-1.0_f32..1.0);
    let mut pulls = Array2::from_shape_simple_fn((n * q, n * q), &mut number);
    if symmetric {
        pulls = &pulls + &pulls.t();
    }
    for ((row, column), value) in pulls.indexed_iter_mut() {
        if row / q == column / q {
            *value = 0.0;
        }
    }
    let fields = Array2::from_shape_simple_fn((n, q), &mut number);
    PottsCouplings::new(fields, pulls).unwrap()
}

fn random_state(n: usize, q: usize, seed: u64) -> State {
    let mut rng = stream(seed, "potts state");
    let letters = Alphabet::Letters(Letters::plain(q).unwrap());
    State::filled(letters, n, |_| letters.random(&mut rng))
}

#[test]
fn two_sites_of_three_letters_by_hand() {
    let couplings = two_sites();
    assert_eq!(couplings.value(0, 1, 1, 2), -2.0);
    let start = state(&[0, 2], 3);
    // H_0 = h_0 + J(·,2) = (½, −2, ½), H_1 = h_1 + J(0,·) = (1, −¾, 0).
    let fields = [0.5, -2.0, 0.5, 1.0, -0.75, 0.0];
    assert_eq!(couplings.local_fields(&start), fields);
    assert_eq!(couplings.local_field(&start, 1), fields[3..]);
    // E = −(½ + 0) − J(0,2) = −½; of (0, 0) it is −½ − 1.
    assert_eq!(couplings.energy(&start), Some(-0.5));
    assert_eq!(couplings.energy(&state(&[0, 0], 3)), Some(-1.5));
    let memory = Arc::new(Memory::Potts(couplings));
    // Site 0 ties with letter 2 and stays; site 1 falls one short of letter 0.
    assert_eq!(memory.fields(&start), [0.0, -1.0]);
    assert_eq!(memory.field(&start, 1), -1.0);
    assert_eq!(memory.stability(&start, &[0.0, -1.0]), -0.5);
    let mut run = Relaxation::new(Arc::clone(&memory), start, Dynamics::Ordered, 1);
    let mut flips = Vec::new();
    while run.verdict().is_none() {
        run.tick(|_, flip| flips.push(flip));
    }
    assert_eq!(run.verdict(), Some(Verdict::FixedPoint));
    assert_eq!(run.state().units(), [0, 0]);
    assert_eq!(flips.len(), 1);
    let flip = flips[0];
    assert_eq!((flip.unit, flip.before, flip.after), (1, 2, 0));
    assert_eq!((flip.field, flip.energy_change), (-1.0, -1.0));
}

#[test]
fn ties_keep_the_letter_and_heat_baths_draw_by_weight() {
    assert_eq!(best(&[1.0, 2.0, 2.0], 2), 2);
    assert_eq!(best(&[1.0, 2.0, 2.0], 0), 1);
    assert_eq!(margin(&[1.0, 2.0, 0.5], 1), 1.0);
    // Weights 1, 2 and 5 of 8.
    let fields = [0.0, 2.0_f32.ln() * 0.5, 5.0_f32.ln() * 0.5];
    let lots = [0.0, 0.124, 0.126, 0.374, 0.376, 0.9999];
    let drawn = lots.map(|lot| draw(&fields, 0.5, lot));
    assert_eq!(drawn, [0, 0, 1, 1, 2, 2]);
    assert_eq!(draw(&[f32::MIN, 3.0], 1e-9, 0.999), 1);
}

#[test]
fn gauges_change_numbers_and_no_differences() {
    for symmetric in [true, false] {
        let (n, q) = (5, 4);
        let couplings = random(n, q, symmetric, 3);
        let zero_sum = couplings.zero_sum();
        for i in 0..n {
            assert!(zero_sum.fields().row(i).sum().abs() < 1e-5);
            for j in 0..n {
                for b in 0..q {
                    let over_a: f32 = (0..q).map(|a| zero_sum.value(i, a, j, b)).sum();
                    let over_b: f32 = (0..q).map(|a| zero_sum.value(i, b, j, a)).sum();
                    assert!(over_a.abs() < 1e-5 && over_b.abs() < 1e-5);
                }
            }
        }
        let mut shifts = Vec::new();
        for seed in 0..20 {
            let state = random_state(n, q, seed);
            let pairs = couplings
                .local_fields(&state)
                .into_iter()
                .zip(zero_sum.local_fields(&state));
            let pairs: Vec<(f32, f32)> = pairs.collect();
            for site in pairs.chunks(q) {
                for pair in site {
                    let difference = (pair.0 - site[0].0) - (pair.1 - site[0].1);
                    assert!(difference.abs() < 1e-5);
                }
            }
            assert_eq!(couplings.energy(&state).is_some(), symmetric);
            if let (Some(a), Some(b)) = (couplings.energy(&state), zero_sum.energy(&state)) {
                shifts.push(a - b);
            }
        }
        assert!(shifts.iter().all(|shift| (shift - shifts[0]).abs() < 1e-5));
        let averaged = couplings.averaged();
        assert!(averaged.symmetric());
        assert_eq!(averaged.asymmetry(), 0.0);
        let mean = 0.5 * (zero_sum.value(0, 1, 3, 2) + zero_sum.value(3, 2, 0, 1));
        assert_eq!(averaged.value(0, 1, 3, 2), mean);
    }
}

#[test]
fn energy_never_rises_and_every_run_comes_to_rest() {
    for seed in 0..10 {
        let memory = Arc::new(Memory::Potts(random(30, 5, true, seed)));
        let start = random_state(30, 5, seed);
        for dynamics in [Dynamics::Asynchronous, Dynamics::Ordered] {
            let mut energy = memory.energy(&start).unwrap();
            let mut run = Relaxation::new(Arc::clone(&memory), start.clone(), dynamics, seed);
            while run.verdict().is_none() {
                run.tick(|state, flip| {
                    let now = memory.energy(state).unwrap();
                    assert!(flip.energy_change < 0.0 && flip.field < 0.0);
                    assert!((now - energy - f64::from(flip.energy_change)).abs() < 1e-4);
                    energy = now;
                });
            }
            assert_eq!(run.verdict(), Some(Verdict::FixedPoint));
            let fields = memory.fields(run.state());
            assert!(fields.iter().all(|field| *field >= -1e-4));
        }
    }
}

#[test]
fn fields_follow_every_change_and_no_temperature_is_the_random_order() {
    let memory = Arc::new(Memory::Potts(random(20, 6, false, 1)));
    let start = random_state(20, 6, 2);
    for dynamics in Dynamics::ALL {
        let mut run = Relaxation::new(Arc::clone(&memory), start.clone(), dynamics, 5);
        run.settle(150);
        for unit in 0..20 {
            let fresh = memory.field(run.state(), unit);
            assert!((run.field(unit) - fresh).abs() < 1e-3, "{dynamics}");
        }
    }
    let cold = Dynamics::Glauber { temperature: 0.0 };
    let mut runs = [cold, Dynamics::Asynchronous]
        .map(|dynamics| Relaxation::new(Arc::clone(&memory), start.clone(), dynamics, 5));
    for _ in 0..400 {
        runs.iter_mut().for_each(|run| run.tick(|_, _| ()));
        assert_eq!(runs[0].state(), runs[1].state());
    }
}

#[test]
fn all_at_once_two_sites_that_want_to_agree_alternate() {
    let mut pulls = Array2::zeros((6, 6));
    for letter in 0..3 {
        pulls[[letter, 3 + letter]] = 1.0;
        pulls[[3 + letter, letter]] = 1.0;
    }
    let couplings = PottsCouplings::new(Array2::zeros((2, 3)), pulls).unwrap();
    let memory = Arc::new(Memory::Potts(couplings));
    let mut run = Relaxation::new(memory, state(&[0, 2], 3), Dynamics::Synchronous, 1);
    assert_eq!(run.settle(100), Verdict::Cycle { length: 2 });
}

#[test]
fn a_heat_bath_visits_states_as_boltzmann_says() {
    let couplings = two_sites();
    let temperature = 1.5;
    let weight = |units: [i8; 2]| {
        let energy = couplings.energy(&state(&units, 3)).unwrap();
        (-energy / temperature).exp()
    };
    let all: Vec<[i8; 2]> = (0..9).map(|k| [k / 3, k % 3]).collect();
    let sum: f64 = all.iter().map(|units| weight(*units)).sum();
    let memory = Arc::new(Memory::Potts(couplings.clone()));
    let bath = Dynamics::Glauber { temperature };
    let mut run = Relaxation::new(memory, state(&[0, 0], 3), bath, 7);
    let mut visits = [0.0; 9];
    let sweeps = 40_000;
    for _ in 0..sweeps {
        run.tick(|_, _| ());
        run.tick(|_, _| ());
        let units = run.state().units();
        visits[(3 * units[0] + units[1]) as usize] += 1.0 / f64::from(sweeps);
    }
    for (units, visits) in all.iter().zip(visits) {
        // Four standard errors of independent visits, doubled since sweeps remember each other.
        let expected = weight(*units) / sum;
        let error = 8.0 * (expected / f64::from(sweeps)).sqrt();
        assert!(
            (visits - expected).abs() < error,
            "{units:?}: {visits} for {expected}"
        );
    }
}

#[test]
fn what_are_no_couplings_of_letters_is_refused_in_a_sentence() {
    let refused = |fields, pulls| PottsCouplings::new(fields, pulls).unwrap_err().to_string();
    let mut own = Array2::zeros((4, 4));
    own[[2, 3]] = 0.5;
    assert_eq!(
        refused(Array2::zeros((2, 2)), own),
        "the couplings of letters must be 0 within a site; row 2, column 3 holds 0.5"
    );
    let shape = refused(Array2::zeros((2, 2)), Array2::zeros((4, 5)));
    assert!(shape.contains("not shape 4 × 5"), "{shape}");
    let letters = refused(Array2::zeros((1, 40)), Array2::zeros((40, 40)));
    assert!(letters.contains("2 to 32 columns"), "{letters}");
    let fields = refused(array![[0.0, f32::NAN]], Array2::zeros((2, 2)));
    assert!(
        fields.contains("finite numbers; row 0, column 1"),
        "{fields}"
    );
    let size = PottsCouplings::check_size(1104, 21)
        .unwrap_err()
        .to_string();
    assert_eq!(
        size,
        "sites times letters must be at most 23170, since couplings of all pairs may take 2 GiB, not 23184"
    );
    assert!(PottsCouplings::check_size(1103, 21).is_ok());
    assert!(PottsCouplings::check_size(usize::MAX, usize::MAX).is_err());
}
