//! The samplers against exact results: enumeration, the transfer matrix, the series at high temperature.

use super::bits::REPLICAS;
use super::lanes::LANES;
use super::tempering::mean_and_error;
use super::*;
use crate::engine::rng::stream;
use crate::worlds::{Source, World};

/// ln Z by the transfer matrix: rows are states, Z = tr Π T_r with T_r(s, s') = e^{β (bonds in row r and down from it)}.
fn ln_partition(lattice: &Lattice, beta: f64) -> f64 {
    let side = lattice.side();
    let n = 1 << side;
    let sign = |row: usize, place: usize| if row >> place & 1 == 1 { 1.0 } else { -1.0 };
    let in_row = |r: usize, s: usize| -> f64 {
        let bond = |i: usize| {
            f64::from(lattice.right()[r * side + i]) * sign(s, i) * sign(s, (i + 1) % side)
        };
        (0..side).map(bond).sum()
    };
    let mut logs = 0.0;
    let mut traces = Vec::new();
    for start in 0..n {
        let mut vector = vec![0.0; n];
        vector[start] = 1.0;
        let mut scale = 0.0;
        for r in 0..side {
            for (s, value) in vector.iter_mut().enumerate() {
                *value *= (beta * in_row(r, s)).exp();
            }
            for i in 0..side {
                let bond = beta * f64::from(lattice.down()[r * side + i]);
                let (equal, unequal) = (bond.exp(), (-bond).exp());
                for s in (0..n).filter(|s| s >> i & 1 == 0) {
                    let (a, b) = (vector[s], vector[s | 1 << i]);
                    vector[s] = equal * a + unequal * b;
                    vector[s | 1 << i] = unequal * a + equal * b;
                }
            }
            let largest = vector.iter().copied().fold(0.0, f64::max);
            vector.iter_mut().for_each(|value| *value /= largest);
            scale += largest.ln();
        }
        traces.push((vector[start], scale));
        logs = f64::max(logs, scale);
    }
    logs + traces
        .iter()
        .map(|(value, scale)| value * (scale - logs).exp())
        .sum::<f64>()
        .ln()
}

/// Exact energy per spin: −∂ ln Z/∂β / N, by a central difference.
fn exact_energy(lattice: &Lattice, temperature: f64) -> f64 {
    let (beta, step) = (1.0 / temperature, 1e-4);
    let slope = ln_partition(lattice, beta + step) - ln_partition(lattice, beta - step);
    -slope / (2.0 * step) / lattice.n_spins() as f64
}

/// All 2^16 energies of a 4 × 4 lattice.
fn all_energies(lattice: &Lattice) -> Vec<f64> {
    let state = |bits: u32| State::from_fn(16, |spin| bits >> spin & 1 == 1);
    (0..1 << 16)
        .map(|bits| lattice.energy(&state(bits)))
        .collect()
}

fn boltzmann_mean(energies: &[f64], temperature: f64) -> f64 {
    let lowest = energies.iter().copied().fold(f64::INFINITY, f64::min);
    let weight = |energy: &f64| ((lowest - energy) / temperature).exp();
    let sum: f64 = energies.iter().map(weight).sum();
    energies
        .iter()
        .map(|energy| energy * weight(energy))
        .sum::<f64>()
        / sum
        / 16.0
}

fn lanes_energy(lattice: &Lattice, temperature: f64, sweeps: usize) -> (f64, f64) {
    let mut lanes = Lanes::new(lattice, temperature as f32, &mut stream(1, "test"));
    let trace: Vec<f64> = (0..sweeps)
        .map(|_| {
            lanes.sweep();
            lanes.energies(lattice).iter().sum::<f64>() / (LANES * lattice.n_spins()) as f64
        })
        .collect();
    mean_and_error(&trace[sweeps / 4..])
}

fn bits_energy(lattice: &Lattice, temperature: f64, sweeps: usize) -> (f64, f64) {
    let mut bits = Bits::new(lattice, temperature, &mut stream(2, "test"));
    let trace: Vec<f64> = (0..sweeps)
        .map(|_| {
            bits.sweep();
            bits.mean_energy()
        })
        .collect();
    mean_and_error(&trace[sweeps / 4..])
}

fn assert_near((mean, error): (f64, f64), exact: f64, what: &str) {
    let bound = 4.0 * error + 2e-4;
    assert!(
        (mean - exact).abs() < bound,
        "{what}: {mean} ± {error}, exact {exact}"
    );
}

#[test]
fn the_transfer_matrix_agrees_with_enumeration() {
    let lattice = Lattice::random(4, BondKind::Gaussian, 5);
    let energies = all_energies(&lattice);
    for temperature in [0.5, 1.0, 3.0] {
        let exact = exact_energy(&lattice, temperature);
        assert!((exact - boltzmann_mean(&energies, temperature)).abs() < 1e-6);
    }
}

/// ±J and Gaussian, L = 8, three temperatures, both ways of sampling, within 4 standard errors.
#[test]
fn energies_at_three_temperatures_are_those_of_the_transfer_matrix() {
    for temperature in [0.8, 1.5, 3.0] {
        let lattice = Lattice::random(8, BondKind::PlusMinus, 7);
        let exact = exact_energy(&lattice, temperature);
        let what = format!("±J at {temperature}");
        assert_near(bits_energy(&lattice, temperature, 6000), exact, &what);
        assert_near(lanes_energy(&lattice, temperature, 4000), exact, &what);
        let lattice = Lattice::random(8, BondKind::Gaussian, 7);
        let exact = exact_energy(&lattice, temperature);
        assert_near(lanes_energy(&lattice, temperature, 4000), exact, "Gaussian");
    }
}

/// To leading orders e = −(1/N) Σ_bonds J tanh(J/T): closed loops, of at least four bonds, add O(1/T⁴) relative.
#[test]
fn hot_energies_are_those_of_the_series() {
    let lattice = Lattice::random(16, BondKind::Gaussian, 4);
    let temperature = 8.0;
    let of_bond = |(_, _, bond): (usize, usize, f32)| {
        f64::from(bond) * (f64::from(bond) / temperature).tanh()
    };
    let series = -lattice.bonds().map(of_bond).sum::<f64>() / 256.0;
    assert_near(lanes_energy(&lattice, temperature, 4000), series, "series");
}

/// Replicas are independent: the variance of the mean over 64 of them is that of one over 64.
#[test]
fn replicas_do_not_share_their_randomness() {
    let lattice = Lattice::random(8, BondKind::PlusMinus, 3);
    let mut bits = Bits::new(&lattice, 1e6, &mut stream(3, "test"));
    let mut squares = 0.0;
    for _ in 0..2000 {
        bits.sweep();
        squares += bits.mean_energy().powi(2);
    }
    // At infinite temperature 128 independent bonds a replica: a variance of 128/64² = 1/32, over 64 replicas.
    let expected = 1.0 / 32.0 / REPLICAS as f64;
    assert!(
        (squares / 2000.0 / expected - 1.0).abs() < 0.15,
        "{}",
        squares / 2000.0 / expected
    );
}

/// Both ladders, from different starts, meet at the exact energy; no configuration is below the exact ground state;
/// the cold ones reach it.
#[test]
fn tempering_reaches_the_exact_ground_state_and_energy() {
    for kind in [BondKind::Gaussian, BondKind::PlusMinus] {
        let lattice = Lattice::random(4, kind, 9);
        let energies = all_energies(&lattice);
        let ground = energies.iter().copied().fold(f64::INFINITY, f64::min);
        let plan = Plan {
            coldest: 0.5,
            hottest: 3.0,
            warm_up: 500,
            spacing: 5,
            n_samples: 800,
        };
        let mut tempering = Tempering::new(lattice, plan, 1);
        while !tempering.step() {}
        let (lattice, states, record) = tempering.finish();
        assert_eq!(states.len(), 800);
        let lowest = states
            .iter()
            .map(|state| lattice.energy(state))
            .fold(f64::INFINITY, f64::min);
        assert!((lowest - ground).abs() < 1e-4, "{lowest} and {ground}");
        let exact = boltzmann_mean(&energies, 0.5);
        for ladder in 0..2 {
            assert_near(
                (record.means[ladder], record.errors[ladder]),
                exact,
                "ladder",
            );
        }
        assert!(
            record.exchanges.iter().all(|rate| *rate > 0.5),
            "{:?}",
            record.exchanges
        );
        assert_eq!(record.overlaps.iter().sum::<u32>(), 2000);
        assert!(record.sweeps.len() <= 256 && record.sweeps.len() == record.energies[0].len());
        assert!(
            record.report()[0].contains("they agree"),
            "{:?}",
            record.report()
        );
    }
}

/// Row 28 of the literature: e_0 ≈ −1.4015 (±J) and −1.3148 (Gaussian) per spin for large L, ±0.03 from sample to
/// sample at L = 32: what annealing finds stays above, and comes within 5 %.
#[test]
fn large_cold_lattices_stay_above_the_known_ground_state() {
    for (kind, ground) in [
        (BondKind::PlusMinus, -1.4015),
        (BondKind::Gaussian, -1.3148),
    ] {
        let lattice = Lattice::random(32, kind, 2);
        let plan = Plan {
            coldest: 0.2,
            hottest: 2.0,
            warm_up: 400,
            spacing: 100,
            n_samples: 4,
        };
        let mut tempering = Tempering::new(lattice, plan, 1);
        while !tempering.step() {}
        let (_, _, record) = tempering.finish();
        for mean in record.means {
            assert!(
                mean > ground - 0.03 && mean < 0.95 * ground,
                "{kind:?}: {mean}"
            );
        }
    }
}

#[test]
fn more_configurations_begin_with_the_fewer_whatever_the_slices() {
    let world = |p: usize| {
        World::SpinGlass(SpinGlass {
            side: 8,
            n_patterns: p,
            spacing: 2,
            warm_up: 100,
            ..SpinGlass::default()
        })
    };
    let few = Source::prepare(&world(10), 3).unwrap();
    let many = Source::prepare(&world(300), 3).unwrap();
    let (a, b) = (
        few.stored().unwrap().patterns,
        many.stored().unwrap().patterns,
    );
    assert_eq!(a.pattern(9), b.pattern(9));
    assert_eq!(few.unseen(5).unwrap(), many.unseen(5).unwrap());
    assert!(few.with(&world(256), 3).is_some() && few.with(&world(257), 3).is_none());
    assert!(many.with(&world(5), 3).is_some() && few.with(&world(10), 4).is_none());
}
