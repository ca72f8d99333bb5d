//! Batches against single runs, state for state: what every kind of couplings does, in hand-picked sizes. Memories of
//! all rules, on pools of any size, are the test programs' (`tests/engine/batches.rs`).

use super::*;
use crate::engine::PottsCouplings;
use crate::engine::dense::{DenseMemory, Energy, FieldKind, States};
use crate::engine::patterns::{Alphabet, Grid, Letters, Patterns};
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

/// Whole numbers up to `largest`, or with `largest` = 0 real ones.
fn couplings(n_units: usize, largest: i32, symmetric: bool, seed: u64) -> Couplings {
    let mut rng = stream(seed, "couplings");
    let mut weights = Array2::from_shape_simple_fn((n_units, n_units), || match largest {
        0 => rng.random_range(-1.0..1.0),
        _ => rng.random_range(-largest..=largest) as f32,
    });
    if symmetric {
        weights = &weights + &weights.t();
    }
    Couplings::new(weights, 0.25).unwrap()
}

fn states(n_states: usize, n_units: usize, alphabet: Alphabet) -> Vec<State> {
    let mut rng = stream(9, "starts");
    let mut state = || State::filled(alphabet, n_units, |_| alphabet.random(&mut rng));
    (0..n_states).map(|_| state()).collect()
}

fn without_energies(rests: Vec<Rest>) -> Vec<Rest> {
    let energies = Vec::new;
    let rests = rests.into_iter();
    rests
        .map(|rest| Rest {
            energies: energies(),
            ..rest
        })
        .collect()
}

const ALL: [Dynamics; 6] = [
    Dynamics::Asynchronous,
    Dynamics::Ordered,
    Dynamics::Synchronous,
    Dynamics::Glauber { temperature: 0.0 },
    Dynamics::Glauber { temperature: 0.7 },
    Dynamics::Glauber { temperature: 5.0 },
];

/// Batches end where the single runs do, under every dynamics.
fn equal_single_runs(memory: Memory, n_states: usize) {
    let alphabet = match memory.n_letters() {
        None => Alphabet::Signs,
        Some(n) => Alphabet::Letters(Letters::plain(n).unwrap()),
    };
    let starts = states(n_states, memory.n_units(), alphabet);
    let batch = Batch::new(Arc::new(memory));
    let seed = |b: usize| 3 + b as u64;
    for dynamics in ALL {
        for max in [0, 1, 5, 70] {
            let rests = batch.settle(&starts, dynamics, seed, max);
            let single = batch.singly(&starts, dynamics, seed, max);
            let bits = batch.bits();
            assert!(
                without_energies(rests) == single,
                "{dynamics}, {bits:?} bits, N = {}, at most {max} sweeps",
                batch.memory.n_units()
            );
        }
    }
}

#[test]
fn couplings_between_signs_take_a_batch_where_they_take_each_state() {
    for symmetric in [true, false] {
        for (n_units, largest, bits) in [
            (1, 3, 8),
            (63, 2, 8),
            (70, 60, 8),
            (190, 3, 8),
            (130, 900, 16),
            // A single number is once itself.
            (1, 0, 8),
            (70, 0, 32),
            (190, 0, 32),
        ] {
            let couplings = couplings(n_units, largest, symmetric, n_units as u64);
            let memory = Memory::Pairwise(couplings);
            assert_eq!(Batch::new(Arc::new(memory.clone())).bits(), Some(bits));
            equal_single_runs(memory, 40);
        }
    }
}

#[test]
fn longer_cycles_are_noticed() {
    // Bruck 1990: antisymmetric couplings turn in fours, all units at once.
    for scale in [1.0, 0.3] {
        let weights = ndarray::array![[0.0, scale], [-scale, 0.0]];
        let memory = Memory::Pairwise(Couplings::new(weights, 1.0).unwrap());
        let batch = Batch::new(Arc::new(memory));
        let start = [State::from_signs(&[1, 1])];
        let rests = batch.settle(&start, Dynamics::Synchronous, |_| 1, 100);
        assert_eq!(rests[0].verdict, Verdict::Cycle { length: 4 });
        assert_eq!((rests[0].sweeps, rests[0].flips), (4, 4));
        assert!(rests[0].energies.is_empty());
    }
}

#[test]
fn letters_go_where_they_go_alone() {
    let (n_units, n_letters) = (50, 5);
    let mut rng = stream(4, "letters");
    let side = n_units * n_letters;
    let mut pulls = Array2::from_shape_fn((side, side), |(row, column)| {
        let own = row / n_letters == column / n_letters;
        if own {
            0.0
        } else {
            rng.random_range(-1.0..1.0)
        }
    });
    let fields = Array2::from_shape_fn((n_units, n_letters), |(site, letter)| {
        ((site * 7 + letter * 3) % 5) as f32 / 5.0
    });
    for symmetric in [false, true] {
        if symmetric {
            pulls = &pulls + &pulls.t();
        }
        let couplings = PottsCouplings::new(fields.clone(), pulls.clone()).unwrap();
        equal_single_runs(Memory::Potts(couplings), 40);
    }
}

#[test]
fn dense_memories_take_a_batch_where_they_take_each_state() {
    let energies = [
        Energy::Polynomial { degree: 2 },
        Energy::Polynomial { degree: 3 },
        Energy::Polynomial { degree: 4 },
        Energy::Rectified { degree: 3 },
        Energy::Rectified { degree: 30 },
        Energy::Exponential { beta: 0.05 },
        Energy::Exponential { beta: 9.0 },
        Energy::LogSumExp {
            beta: 0.3,
            states: States::Signs,
        },
        Energy::LogSumExp {
            beta: 0.3,
            states: States::Continuous,
        },
    ];
    for (n_patterns, n_units) in [(1, 5), (40, 33), (300, 40)] {
        let rows = states(n_patterns, n_units, Alphabet::Signs);
        let rows = Array2::from_shape_fn((n_patterns, n_units), |(p, i)| rows[p].units()[i]);
        let patterns = Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap());
        for energy in energies {
            for kind in [FieldKind::Difference, FieldKind::Gradient] {
                let dense = DenseMemory::of(Arc::clone(&patterns), energy, kind).unwrap();
                equal_single_runs(Memory::Dense(dense), 9);
            }
        }
    }
}

#[test]
fn two_patterns_as_near_as_each_other_leave_a_third_to_decide() {
    // Overlaps 2, 2 and −2 of 4 units: where the first two differ, e^(−4β) = 2e−9 of the third turns the unit.
    let rows = ndarray::array![[1, 1, 1, -1], [1, 1, -1, 1], [-1, -1, -1, 1]];
    let patterns = Arc::new(Patterns::new(rows, Grid::square(2), None).unwrap());
    let energy = Energy::Exponential { beta: 5.0 };
    let dense = DenseMemory::of(patterns, energy, FieldKind::Gradient).unwrap();
    let batch = Batch::new(Arc::new(Memory::Dense(dense)));
    let start = [State::from_signs(&[1, 1, 1, 1])];
    let rests = batch.settle(&start, Dynamics::Synchronous, |_| 1, 1);
    assert_eq!(rests[0].state.units(), [1, 1, -1, 1]);
}

#[test]
fn energies_are_those_of_the_memory() {
    for largest in [3, 900, 0] {
        let memory = Arc::new(Memory::Pairwise(couplings(80, largest, true, 1)));
        let batch = Batch::new(Arc::clone(&memory));
        let starts = states(30, 80, Alphabet::Signs);
        for (dynamics, n_energies) in [(Dynamics::Synchronous, 3), (Dynamics::Ordered, 1)] {
            for (start, rest) in starts.iter().zip(batch.settle(&starts, dynamics, |_| 1, 2)) {
                let energy = |state| memory.energy(state).unwrap();
                let ends = rest.verdict == Verdict::FixedPoint;
                assert!(ends || rest.energies.len() == n_energies);
                let last = rest.energies[rest.energies.len() - 1];
                let (first, tolerance) = (energy(start), if largest == 0 { 1e-4 } else { 0.0 });
                assert!((last - energy(&rest.state)).abs() <= tolerance);
                assert!(n_energies == 1 || (rest.energies[0] - first).abs() <= tolerance);
            }
        }
    }
}

#[test]
fn only_small_whole_numbers_are_packed() {
    let bits = |weight: f32| {
        let couplings = Couplings::new(ndarray::array![[1.0, weight], [0.0, 3.0]], 1.0).unwrap();
        Batch::new(Arc::new(Memory::Pairwise(couplings))).bits()
    };
    assert_eq!(bits(127.0), Some(8));
    assert_eq!(bits(-128.0), Some(16));
    assert_eq!(bits(40_000.0), Some(32));
    assert_eq!(bits(0.5), Some(8), "once in two");
    assert_eq!(bits(0.123_456), Some(32));
}
