//! Batches against single runs, state for state.

use super::*;
use crate::engine::memory::Memory;
use crate::engine::rng::stream;
use crate::engine::{Dynamics, Relaxation};
use ndarray::Array2;
use rand::RngExt as _;
use std::sync::Arc;

fn couplings(n_units: usize, largest: i32, symmetric: bool, seed: u64) -> Couplings {
    let mut rng = stream(seed, "couplings");
    let mut weights = Array2::from_shape_simple_fn((n_units, n_units), || {
        rng.random_range(-largest..=largest) as f32
    });
    if symmetric {
        weights = &weights + &weights.t();
    }
    Couplings::new(weights, 0.25).unwrap()
}

fn states(n_states: usize, n_units: usize) -> Vec<State> {
    let mut rng = stream(9, "starts");
    let mut state = || State::from_fn(n_units, |_| rng.random());
    (0..n_states).map(|_| state()).collect()
}

/// What the single run makes of `state`.
fn single(memory: &Arc<Memory>, state: &State, dynamics: Dynamics, seed: u64, max: u64) -> Rest {
    let mut run = Relaxation::new(Arc::clone(memory), state.clone(), dynamics, seed);
    let (mut flips, mut verdict) = (0, None);
    while verdict.is_none() && run.sweeps() < max {
        run.tick(|_, _| flips += 1);
        verdict = run.verdict();
    }
    let sweeps = run.sweeps();
    Rest {
        state: run.state().clone(),
        sweeps,
        flips,
        verdict: verdict.unwrap_or(Verdict::NotSettled { sweeps }),
        trace: Vec::new(),
    }
}

#[test]
fn synchronous_batches_equal_single_runs() {
    for (n_units, largest, bits) in [
        (1, 3, 8),
        (63, 2, 8),
        (70, 60, 8),
        (300, 3, 8),
        (130, 900, 16),
    ] {
        let couplings = couplings(n_units, largest, true, n_units as u64);
        let packed = PackedCouplings::new(&couplings).unwrap();
        assert_eq!(packed.bits(), bits);
        let memory = Arc::new(Memory::Pairwise(couplings));
        let starts = states(70, n_units);
        for max in [1, 2, 5, 100] {
            let rests = packed.synchronous(&starts, max, Alternating::Stop);
            for (start, rest) in starts.iter().zip(rests) {
                let plain = single(&memory, start, Dynamics::Synchronous, 1, max);
                let energy = -0.5 * 0.25 * rest.trace[0] as f64;
                assert_eq!(memory.energy(start).unwrap(), energy);
                let rest = Rest {
                    trace: Vec::new(),
                    ..rest
                };
                assert_eq!(rest, plain, "N = {n_units}, at most {max} sweeps");
            }
        }
    }
}

#[test]
fn what_alternates_ends_where_its_last_sweep_says() {
    let couplings = couplings(80, 3, true, 1);
    let packed = PackedCouplings::new(&couplings).unwrap();
    let starts = states(30, 80);
    let mut alternating = 0;
    for max in [99, 100] {
        let stopped = packed.synchronous(&starts, max, Alternating::Stop);
        let on = packed.synchronous(&starts, max, Alternating::GoOn);
        for (stopped, on) in stopped.into_iter().zip(on) {
            if on.verdict == (Verdict::Cycle { length: 2 }) {
                alternating += 1;
                assert_eq!(on.sweeps, max);
                let left = max - stopped.sweeps;
                let after = packed.synchronous(
                    std::slice::from_ref(&stopped.state),
                    left % 2,
                    Alternating::Stop,
                );
                assert_eq!(on.state, after[0].state);
            } else {
                assert_eq!(on, stopped);
            }
        }
    }
    assert!(alternating > 0, "some states alternate");
}

#[test]
fn asynchronous_runs_equal_single_runs_in_the_same_order() {
    for (n_units, largest, symmetric) in [
        (1, 3, true),
        (65, 3, false),
        (200, 40, true),
        (90, 900, true),
    ] {
        let couplings = couplings(n_units, largest, symmetric, 5);
        let packed = PackedCouplings::new(&couplings).unwrap();
        let memory = Arc::new(Memory::Pairwise(couplings));
        for (seed, start) in (0..).zip(states(5, n_units)) {
            let plain = single(&memory, &start, Dynamics::Asynchronous, seed, 20);
            let rest = packed.asynchronous_seeded(&start, 20, seed);
            let energy = -0.5 * 0.25 * rest.trace[0] as f64;
            assert!(
                memory
                    .energy(&plain.state)
                    .is_none_or(|plain| plain == energy)
            );
            let rest = Rest {
                trace: Vec::new(),
                ..rest
            };
            assert_eq!(rest, plain, "N = {n_units}");
        }
    }
}

#[test]
fn only_small_whole_numbers_are_packed() {
    let packs = |weight: f32| {
        let couplings = Couplings::new(Array2::from_elem((2, 2), weight), 1.0).unwrap();
        PackedCouplings::new(&couplings).map(|packed| packed.bits())
    };
    assert_eq!(packs(127.0), Some(8));
    assert_eq!(packs(-128.0), Some(16));
    assert_eq!(packs(40_000.0), None);
    assert_eq!(packs(0.5), None);
}
