//! The sampler against exact results: enumeration, the transfer matrix, the series at high temperature, and the
//! ground states of the literature.

use super::replicas::{Checkerboard, N_REPLICAS, Replicas, Thresholds};
use super::tempering::mean_and_error;
use super::*;
use crate::engine::State;
use crate::engine::rng::stream;
use crate::worlds::{Source, World};
use rand::RngExt as _;
use std::sync::Arc;

/// Mean energies per spin at `temperatures`, and the least one, of all 2^16 states of a 4 × 4 lattice.
fn enumerate(lattice: &Lattice, temperatures: &[f64]) -> (Vec<f64>, f64) {
    let state = |bits: u32| State::from_fn(16, |spin| bits >> spin & 1 == 1);
    let energies = (0..1 << 16).map(|bits| lattice.energy(&state(bits)));
    let energies: Vec<f64> = energies.collect();
    let mean = |temperature: &f64| {
        let weigh = |energy: &f64| (-energy / temperature).exp();
        let (weights, sum) = energies.iter().fold((0.0, 0.0), |(weights, sum), energy| {
            (weights + weigh(energy), sum + weigh(energy) * energy)
        });
        sum / weights / 16.0
    };
    let least = energies.iter().copied().fold(f64::INFINITY, f64::min);
    (temperatures.iter().map(mean).collect(), least / 16.0)
}

#[test]
fn the_transfer_matrix_agrees_with_enumeration_at_4_by_4() {
    for kind in [BondKind::PlusMinus, BondKind::Gaussian] {
        for seed in 0..2 {
            let lattice = Lattice::random(4, kind, seed);
            let temperatures = [0.3, 1.0, 4.0];
            let (means, least) = enumerate(&lattice, &temperatures);
            for (temperature, mean) in temperatures.iter().zip(means) {
                let found = exact::mean_energy(&lattice, *temperature).unwrap();
                assert!((found - mean).abs() < 1e-10, "{found} is not {mean}");
            }
            let ground = exact::ground_state_energy(&lattice).unwrap();
            assert!((ground - least).abs() < 1e-10, "{ground} is not {least}");
        }
    }
}

/// ln Z of equal bonds K on an L × L torus: Z = ½ (2 sinh 2K)^(N/2) times the sum of four products over γ_r (Kaufman 1949;
/// Ferdinand and Fisher 1969).
fn ln_z_of_the_ferromagnet(side: usize, coupling: f64) -> f64 {
    let n = side as f64;
    let gamma = |r: usize| {
        if r == 0 {
            return 2.0 * coupling + coupling.tanh().ln();
        }
        let angle = std::f64::consts::PI * r as f64 / n;
        let c = (2.0 * coupling).cosh() / (2.0 * coupling).tanh() - angle.cos();
        (c + (c * c - 1.0).sqrt()).ln()
    };
    let product = |first: usize, factor: fn(f64) -> f64| -> f64 {
        let factors = (0..side).map(|r| 2.0 * factor(0.5 * n * gamma(2 * r + first)));
        factors.product()
    };
    let sum = product(1, f64::cosh)
        + product(1, f64::sinh)
        + product(0, f64::cosh)
        + product(0, f64::sinh);
    0.5 * n * n * (2.0 * (2.0 * coupling).sinh()).ln() + (0.5 * sum).ln()
}

/// Below, at and above T_c = 2/ln(1 + √2). The closed form's energy is a difference of ln Z.
#[test]
fn the_transfer_matrix_agrees_with_kaufman_s_closed_form_at_8_by_8() {
    let lattice = Lattice::new(8, &[1.0; 128]);
    for temperature in [1.7, 2.0 / 2_f64.sqrt().ln_1p(), 3.5] {
        let ln_z = |change: f64| ln_z_of_the_ferromagnet(8, 1.0 / temperature + change);
        let slope = (ln_z(1e-5) - ln_z(-1e-5)) / 2e-5;
        let found = exact::mean_energy(&lattice, temperature).unwrap();
        assert!(
            (found + slope / 64.0).abs() < 1e-7,
            "{found} at {temperature}"
        );
    }
    assert_eq!(exact::ground_state_energy(&lattice), Some(-2.0));
    let wide = Lattice::new(12, &[1.0; 288]);
    assert!(exact::mean_energy(&wide, 1.0).is_none());
    assert!(exact::ground_state_energy(&wide).is_none());
}

/// −d/dβ of Σ_b ln cosh βJ_b + Σ_□ Π_b tanh βJ_b over bonds and elementary squares, per spin: the first terms of the expansion
/// in closed loops. Loops of six bonds leave an error of order 1/T⁵.
fn series(lattice: &Lattice, temperature: f64) -> f64 {
    let tanh = |bond: f32| (f64::from(bond) / temperature).tanh();
    let bonds = lattice.bonds();
    let mut sum: f64 = bonds.map(|(_, _, bond)| f64::from(bond) * tanh(bond)).sum();
    for spin in 0..lattice.n_spins() {
        let (right, down) = (lattice.right(), lattice.down());
        let square = [
            right[spin],
            down[spin],
            down[lattice.right_of(spin)],
            right[lattice.below(spin)],
        ];
        for turned in 0..4 {
            let others = (0..4).filter(|bond| *bond != turned);
            let others: f64 = others.map(|bond| tanh(square[bond])).product();
            let bond = square[turned];
            sum += others * f64::from(bond) * (1.0 - tanh(bond).powi(2));
        }
    }
    -sum / lattice.n_spins() as f64
}

/// Mean energy per spin of 64 replicas from random starts, one temperature, and its standard error.
fn sampled(lattice: &Lattice, temperature: f64, n_sweeps: usize) -> (f64, f64) {
    let board = Checkerboard::new(lattice);
    let thresholds = Thresholds::new(&board, temperature);
    let mut start = stream(1, "start");
    let words: Vec<u64> = (0..lattice.n_spins()).map(|_| start.random()).collect();
    let mut replicas = Replicas::new(&board, &words, 1, "test");
    let mut sums = [0.0; N_REPLICAS];
    for sweep in 0..n_sweeps + n_sweeps / 4 {
        replicas.sweep(&board, &thresholds);
        if sweep >= n_sweeps / 4 {
            let energies = replicas.energies(&board);
            for (sum, energy) in sums.iter_mut().zip(energies) {
                *sum += energy / (n_sweeps * lattice.n_spins()) as f64;
            }
        }
    }
    mean_and_error(&sums)
}

fn assert_near((mean, error): (f64, f64), exact: f64, what: &str) {
    assert!(
        error < 2e-3 && (mean - exact).abs() < 4.0 * error,
        "{what}: {mean} ± {error}, exactly {exact}"
    );
}

/// L = 8, ±J and Gaussian, three temperatures, within four standard errors of 64 independent replicas.
#[test]
fn energies_at_three_temperatures_are_those_of_the_transfer_matrix() {
    for kind in [BondKind::PlusMinus, BondKind::Gaussian] {
        let lattice = Lattice::random(8, kind, 7);
        for temperature in [0.8, 1.5, 3.0] {
            let exact = exact::mean_energy(&lattice, temperature).unwrap();
            let what = format!("{kind:?} at {temperature}");
            assert_near(sampled(&lattice, temperature, 2000), exact, &what);
        }
    }
}

#[test]
fn hot_energies_are_those_of_the_series() {
    for kind in [BondKind::PlusMinus, BondKind::Gaussian] {
        let small = Lattice::random(8, kind, 4);
        for temperature in [6.0, 10.0, 20.0_f64] {
            let exact = exact::mean_energy(&small, temperature).unwrap();
            let error = (series(&small, temperature) - exact).abs();
            assert!(
                error < 20.0 / temperature.powi(5),
                "{error} at {temperature}"
            );
        }
        let large = Lattice::random(32, kind, 4);
        let expected = series(&large, 8.0);
        assert_near(sampled(&large, 8.0, 300), expected, "series");
    }
}

/// Energies of replicas one by one, and all at once, against the definition.
#[test]
fn energies_of_replicas_are_those_of_their_states() {
    let lattice = Lattice::random(6, BondKind::Gaussian, 2);
    let board = Checkerboard::new(&lattice);
    let mut start = stream(3, "start");
    let words: Vec<u64> = (0..36).map(|_| start.random()).collect();
    let mut replicas = Replicas::new(&board, &words, 3, "test");
    assert_eq!(replicas.words(&board), words);
    replicas.sweep(&board, &Thresholds::new(&board, 1.0));
    let words = replicas.words(&board);
    let energies = replicas.energies(&board);
    for (lane, energy) in energies.iter().enumerate() {
        let expected = lattice.energy(&replicas::state_of(&words, lane));
        assert!((energy - expected).abs() < 1e-9, "{energy} {expected}");
    }
}

/// Without bonds that matter every spin is a fair coin. The variance of the mean energy over 64 independent
/// replicas of 2 N = 128 bonds of ±1 is 128/64 per replica and spins²; a shared coin would make it 64 times as large.
#[test]
fn replicas_do_not_share_their_randomness() {
    let lattice = Lattice::random(8, BondKind::PlusMinus, 3);
    let board = Checkerboard::new(&lattice);
    let thresholds = Thresholds::new(&board, 1e6);
    let mut replicas = Replicas::new(&board, &[0; 64], 5, "test");
    let mut square = 0.0;
    for _ in 0..2000 {
        replicas.sweep(&board, &thresholds);
        square += replicas.energies(&board).iter().sum::<f64>().powi(2) / 2000.0;
    }
    let ratio = square / (128.0 * 64.0);
    assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
}

/// Two bytes of probability by hand: a spin that holds with 1 − 2^−9 in its field turns in one of 512 draws, all of them
/// by what decides between equal bytes.
#[test]
fn what_eight_bits_leave_open_sixteen_more_decide() {
    // All up, equal bonds: h = 4 and 1/(1 + e^(−8/T)) = 1 − 1/512.
    let lattice = Lattice::new(4, &[1.0; 32]);
    let board = Checkerboard::new(&lattice);
    let thresholds = Thresholds::new(&board, 8.0 / 511_f64.ln());
    let mut replicas = Replicas::new(&board, &[u64::MAX; 16], 7, "test");
    let mut down = 0;
    for _ in 0..2000 {
        let mut fresh = replicas.clone();
        fresh.exchange(&mut Replicas::new(&board, &[u64::MAX; 16], 0, ""), u64::MAX);
        fresh.sweep(&board, &thresholds);
        // The odd sites see turned neighbours; the even ones saw all up.
        let words = fresh.words(&board);
        let even = (0..16).filter(|site| (site / 4 + site % 4) % 2 == 0);
        down += even.map(|site| words[site].count_zeros()).sum::<u32>();
        replicas = fresh;
    }
    // 8 × 64 × 2,000 draws: 2,000 turned, ± 45.
    assert!((1800..2200).contains(&down), "{down}");
}

fn sample(world: SpinGlass, seed: u64) -> Sample {
    let mut last = None;
    for step in world.prepare(seed) {
        match step {
            Preparation::UnderWay(done) => assert!((0.0..1.0).contains(&done)),
            Preparation::Ready(sample) => last = Some(sample.unwrap()),
        }
    }
    last.expect("the last item is the sample")
}

/// Both halves of the ladders, from random and from cold starts, meet at the exact energy; no configuration lies below
/// the exact ground state, and cold ones reach it.
#[test]
fn tempering_reaches_the_exact_energy_and_the_exact_ground_state() {
    for bonds in [BondKind::Gaussian, BondKind::PlusMinus] {
        let world = SpinGlass {
            side: 8,
            bonds,
            temperature: 0.5,
            n_patterns: 1200,
            ..SpinGlass::default()
        };
        let sample = sample(world, 9);
        let exact = sample.exact.unwrap();
        let record = &sample.record;
        for start in 0..2 {
            let found = (record.means[start], record.errors[start]);
            assert_near(found, exact.mean, &format!("{bonds:?}"));
        }
        assert!(record.agrees() && sample.report()[0].ends_with("they agree"));
        let stored = sample.patterns(1200).unwrap();
        let energies = (0..1200).map(|index| sample.lattice.energy(&stored.state(index)) / 64.0);
        let lowest = energies.fold(f64::INFINITY, f64::min);
        assert!((lowest - exact.ground).abs() < 1e-6, "{lowest} {exact:?}");
        assert_eq!(record.exchanges.len(), 15);
        assert!(record.exchanges.iter().all(|rate| *rate > 0.5));
        assert_eq!(record.overlaps.iter().sum::<u32>(), 32 * 500);
        assert!(record.sweeps.len() <= 256 && record.sweeps.len() == record.energies[0].len());
        let [random, cold] = [&record.energies[0], &record.energies[1]];
        assert!(random[0] > -0.2 && cold[0] < -1.0, "{record:?}");
    }
}

/// Exchanges keep the distribution: with and without a ladder the energies are the same.
#[test]
fn a_ladder_gives_the_energy_of_a_heat_bath_alone() {
    let with = |n_rungs: usize| {
        let world = SpinGlass {
            side: 12,
            n_rungs,
            ..SpinGlass::default()
        };
        sample(world, 4).record
    };
    let (one, many) = (with(1), with(10));
    assert!(one.exchanges.is_empty() && one.report()[1].starts_with("One temperature"));
    for start in 0..2 {
        let error = one.errors[start].hypot(many.errors[start]);
        assert!((one.means[start] - many.means[start]).abs() < 4.0 * error);
    }
    // Far above freezing, states 20 sweeps apart are nearly as strange to each other as those of two ladders.
    assert!(many.successive < 1.5 * many.independent, "{many:?}");
}

/// Large lattices have ground states of −1.4015 (±J) and −1.3148 (Gaussian) per spin, ± 0.03 from one to another at
/// L = 32: what is sampled at T = 0.2 stays above, and comes within 5 %.
#[test]
fn large_cold_lattices_stay_above_the_known_ground_state() {
    for (bonds, ground) in [
        (BondKind::PlusMinus, -1.4015),
        (BondKind::Gaussian, -1.3148),
    ] {
        let lattice = Lattice::random(32, bonds, 2);
        let plan = Plan {
            coldest: 0.2,
            hottest: 2.0,
            n_rungs: 12,
            warm_up: 200,
            spacing: 50,
            recorded: 2,
            n_rounds: 2,
        };
        let mut tempering = Tempering::new(lattice, plan, 1);
        while !tempering.step() {}
        let (lattice, rounds, _) = tempering.finish();
        let energy = |lane| lattice.energy(&replicas::state_of(&rounds[1], lane)) / 1024.0;
        let energies: Vec<f64> = (0..N_REPLICAS).map(energy).collect();
        let lowest = energies.iter().copied().fold(f64::INFINITY, f64::min);
        let (mean, _) = mean_and_error(&energies);
        assert!(
            lowest > ground - 0.03 && mean < 0.95 * ground,
            "{bonds:?}: {lowest}, {mean}"
        );
    }
}

#[test]
fn more_configurations_begin_with_the_fewer_and_the_unseen_are_others() {
    let world = |p: usize| {
        World::SpinGlass(SpinGlass {
            side: 16,
            n_patterns: p,
            spacing: 2,
            warm_up: 100,
            n_rungs: 3,
            ..SpinGlass::default()
        })
    };
    let few = Source::prepare(&world(10), 3).unwrap();
    let many = Source::prepare(&world(1201), 3).unwrap();
    let stored = |source: &Source| source.stored().unwrap().patterns;
    assert_eq!(stored(&few).pattern(9), stored(&many).pattern(9));
    assert_eq!(few.unseen(399).unwrap(), many.unseen(399).unwrap());
    assert!(few.unseen(400).is_err());
    assert!(few.with(&world(1200), 3).is_some() && few.with(&world(1201), 3).is_none());
    assert!(many.with(&world(5), 3).is_some() && few.with(&world(10), 4).is_none());
    let fewer = many.with(&world(5), 3).unwrap();
    assert_eq!(stored(&fewer).n_patterns(), 5);
    assert_eq!(stored(&fewer).pattern(4), stored(&many).pattern(4));
    // What was asked for when it was sampled is at hand.
    assert!(Arc::ptr_eq(&stored(&many), &stored(&many)));
    assert_eq!(
        stored(&many).pattern(1200),
        stored(&many).state(1200).units()
    );
    let all = stored(&many);
    let same = (0..400).filter(|index| {
        let overlaps = all.overlaps(&few.unseen(*index).unwrap().state);
        overlaps.contains(&1.0)
    });
    assert_eq!(same.count(), 0);
    assert_eq!(
        World::parse("spin-glass:l=64,p=32769")
            .unwrap_err()
            .to_string(),
        "p must be at most 32768 at L = 64, not 32769"
    );
    assert!(World::parse("spin-glass:l=64,p=32768,rungs=1").is_ok());
    assert!(World::parse("spin-glass:l=32,p=131072").is_ok());
    assert!(World::parse("spin-glass:rungs=1,hottest=2").is_err());
}

/// There was no ladder then, and not a word of it.
#[test]
fn a_ladder_that_does_not_go_upwards_is_refused_and_mended_by_hand() {
    for (text, hottest) in [("t=3,hottest=2", "2"), ("t=3", "3"), ("hottest=1", "1")] {
        let refused = World::parse(&format!("spin-glass:{text}")).unwrap_err();
        let foot = if text.starts_with('t') { "3" } else { "1" };
        let said = format!("hottest must be above t = {foot} unless rungs = 1, not {hottest}");
        assert_eq!(refused.to_string(), said);
    }
    assert!(World::parse("spin-glass:t=3,rungs=1").is_ok());
    let mut world = World::parse("spin-glass").unwrap();
    for (t, hottest) in [(2.0, 3.0), (5.0, 7.5), (0.5, 7.5)] {
        world.set("t", t).unwrap();
        world.mend();
        assert_eq!(world.get("hottest"), Some(hottest));
        world.check().unwrap();
    }
}
