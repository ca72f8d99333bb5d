//! Trees of minima against plain enumeration, and trees from paths against exact ones.

use super::*;
use crate::engine::memory::Memory;
use crate::engine::rng::stream;
use ndarray::{Array2, array};
use rand::RngExt as _;

/// Symmetric, of whole numbers up to `largest` or real ones.
fn random(n_units: usize, largest: i32, seed: u64) -> Couplings {
    let mut rng = stream(seed, "tree test");
    let weights = Array2::from_shape_simple_fn((n_units, n_units), || match largest {
        0 => rng.random_range(-1.0..1.0_f32),
        _ => rng.random_range(-largest..=largest) as f32,
    });
    Couplings::new(&weights + &weights.t(), 0.5).unwrap()
}

fn state(number: usize, n_units: usize) -> State {
    State::from_fn(n_units, |unit| number >> unit & 1 == 1)
}

fn number(state: &State) -> usize {
    (0..state.n_units())
        .filter(|unit| state.units()[*unit] > 0)
        .map(|unit| 1 << unit)
        .sum()
}

/// Which states can be reached from one without rising above `level`.
fn reached(energies: &[f64], from: usize, level: f64) -> Vec<bool> {
    let mut is_reached = vec![false; energies.len()];
    let mut next = vec![from];
    while let Some(state) = next.pop() {
        if energies[state] > level || std::mem::replace(&mut is_reached[state], true) {
            continue;
        }
        next.extend((0..energies.len().trailing_zeros()).map(|unit| state ^ 1 << unit));
    }
    is_reached
}

#[test]
fn energies_are_those_of_the_memory() {
    for largest in [0, 3] {
        let couplings = random(9, largest, 1);
        let memory = Memory::Pairwise(couplings.clone());
        for (place, energy) in energies(&couplings).into_iter().enumerate() {
            let expected = memory.energy(&state(place, 9)).unwrap();
            assert!(
                (energy - expected).abs() < 1e-5,
                "{place}: {energy} {expected}"
            );
        }
    }
}

#[test]
fn trees_are_those_of_plain_enumeration() {
    for seed in 0..50 {
        let n_units = 4 + seed as usize % 6;
        let couplings = random(n_units, if seed % 3 == 0 { 2 } else { 0 }, seed);
        let all = energies(&couplings);
        let tree = EnergyTree::exact(&couplings).unwrap();
        // A plateau is a minimum if nothing below it is reached at its own level.
        let mut plateaus: Vec<Vec<bool>> = Vec::new();
        for from in 0..all.len() {
            let plateau = reached(&all, from, all[from]);
            let is_lowest = (0..all.len()).all(|it| !plateau[it] || all[it] >= all[from]);
            if is_lowest && !plateaus.contains(&plateau) {
                plateaus.push(plateau);
            }
        }
        assert_eq!(tree.leaves.len(), plateaus.len(), "seed {seed}");
        assert_eq!(tree.joints.len(), plateaus.len() - 1);
        assert!(
            tree.joints
                .windows(2)
                .all(|two| two[0].energy <= two[1].energy)
        );
        let leaves: Vec<usize> = tree.leaves.iter().map(|leaf| number(&leaf.state)).collect();
        for (a, from) in leaves.iter().enumerate() {
            assert!(plateaus.iter().any(|plateau| plateau[*from]));
            assert_eq!(tree.leaves[a].energy, all[*from]);
            for (b, to) in leaves.iter().enumerate() {
                let barrier = tree.barrier(a, b).unwrap();
                assert!(reached(&all, *from, barrier)[*to]);
                let below = all
                    .iter()
                    .copied()
                    .filter(|it| *it < barrier)
                    .fold(f64::MIN, f64::max);
                assert!(
                    !reached(&all, *from, below)[*to],
                    "seed {seed}: lower than {barrier}"
                );
            }
        }
    }
}

#[test]
fn paths_bound_exact_barriers_from_above() {
    let [mut equal, mut all] = [0, 0];
    for seed in 0..50 {
        let couplings = random(10, 0, seed);
        let exact = EnergyTree::exact(&couplings).unwrap();
        let states: Vec<State> = exact.leaves.iter().map(|leaf| leaf.state.clone()).collect();
        let memory = Memory::Pairwise(couplings);
        let paths = EnergyTree::of_paths(&memory, &states, 40, 7).unwrap();
        assert!(exact.exact && !paths.exact);
        assert_eq!(paths.joints.len(), states.len() - 1);
        for a in 0..states.len() {
            for b in 0..states.len() {
                let [exact, paths] = [&exact, &paths].map(|tree| tree.barrier(a, b).unwrap());
                assert!(paths >= exact - 1e-4, "seed {seed}: {paths} below {exact}");
                all += 1;
                equal += usize::from(paths < exact + 1e-4);
            }
        }
    }
    assert!(equal * 10 > all * 8, "{equal} of {all}");
}

#[test]
fn a_ferromagnet_has_two_minima_and_free_units_one() {
    let pull = Couplings::new(Array2::ones((4, 4)), 1.0).unwrap();
    let tree = EnergyTree::exact(&pull).unwrap();
    let energies: Vec<f64> = tree.leaves.iter().map(|leaf| leaf.energy).collect();
    // −½ (Σ s)²: 8 below 0 when all are alike, 0 between two and two.
    assert_eq!(energies, [-8.0, -8.0]);
    assert_eq!(
        (tree.barrier(0, 1), tree.barrier(1, 1), tree.barrier(0, 2)),
        (Some(0.0), Some(-8.0), None)
    );
    let free = EnergyTree::exact(&Couplings::new(Array2::zeros((3, 3)), 1.0).unwrap()).unwrap();
    assert_eq!((free.leaves.len(), free.joints.len()), (1, 0));
}

#[test]
fn what_has_no_tree_is_refused() {
    let skew = Couplings::new(array![[0.0, 1.0], [-1.0, 0.0]], 1.0).unwrap();
    let error = EnergyTree::exact(&skew).unwrap_err().to_string();
    assert!(
        error.starts_with("a tree of minima needs an energy"),
        "{error}"
    );
    let memory = Memory::Pairwise(skew);
    assert!(EnergyTree::of_paths(&memory, &[state(0, 2)], 1, 1).is_err());
    assert!(EnergyTree::of_paths(&memory, &[state(0, 3)], 1, 1).is_err());
    assert!(EnergyTree::of_paths(&memory, &[state(0, 2), state(0, 3)], 1, 1).is_err());
    let error = EnergyTree::exact(&random(21, 0, 1))
        .unwrap_err()
        .to_string();
    assert!(error.ends_with("must be at most 20, not 21"), "{error}");
}
