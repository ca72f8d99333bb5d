//! Spin glasses and antisymmetric couplings: how runs end, and how low energies come.

use crate::engine::couplings::Couplings;
use crate::engine::dynamics::{Batch, Verdict};
use crate::engine::rng::stream;
use crate::engine::{Dynamics, Error, Memory, Relaxation, State};
use crate::worlds::spin_glass::{BondKind, Lattice};
use crate::worlds::{Source, World};
use ndarray::Array2;
use rand::RngExt as _;
use std::sync::Arc;

/// Decides all bonds, couplings and states here.
const SEED: u64 = 7;

/// The mean length of the cycles in which random states end when all units move at once, for antisymmetric couplings of
/// 200 units drawn at random.
pub(in super::super) fn antisymmetric_period() -> Result<f64, Error> {
    const N_UNITS: usize = 200;
    const N_RUNS: usize = 50;
    let mut rng = stream(SEED, "antisymmetric couplings");
    let mut couplings = Array2::zeros((N_UNITS, N_UNITS));
    for i in 0..N_UNITS {
        for j in 0..i {
            let drawn = rng.random_range(-1.0_f32..1.0);
            couplings[[i, j]] = drawn;
            couplings[[j, i]] = -drawn;
        }
    }
    let memory = Arc::new(Memory::Pairwise(Couplings::new(couplings, 1.0)?));
    let starts = random_states(N_UNITS, N_RUNS);
    let rests = Batch::new(memory).settle(&starts, Dynamics::Synchronous, |_| 0, 10_000);
    let period = |verdict| match verdict {
        Verdict::FixedPoint => 1.0,
        Verdict::Cycle { length } => length as f64,
        Verdict::NotSettled { .. } => f64::INFINITY,
    };
    Ok(rests.iter().map(|rest| period(rest.verdict)).sum::<f64>() / N_RUNS as f64)
}

fn random_states(n_units: usize, count: usize) -> Vec<State> {
    let mut rng = stream(SEED, "random states");
    let states = (0..count).map(|_| State::from_fn(n_units, |_| rng.random()));
    states.collect()
}

/// The couplings of a lattice.
fn memory_of(lattice: &Lattice) -> Result<Arc<Memory>, Error> {
    let couplings = Couplings::new(lattice.couplings(), 1.0)?;
    Ok(Arc::new(Memory::Pairwise(couplings)))
}

/// Mean overlap of configurations at T = 0.99 of a lattice of 32 × 32 spins with Gaussian bonds with where they end under
/// these bonds when all spins move at once, a hundred steps at the most.
pub(in super::super) fn quench_overlap() -> Result<f64, Error> {
    let world = World::parse("spin-glass:l=32,t=0.99,p=1000")?;
    let patterns = Source::prepare(&world, SEED)?.stored()?.patterns;
    // The bonds that the world draws with this seed.
    let batch = Batch::new(memory_of(&Lattice::random(32, BondKind::Gaussian, SEED))?);
    let states: Vec<State> = (0..patterns.n_patterns())
        .map(|it| patterns.state(it))
        .collect();
    let rests = batch.settle(&states, Dynamics::Synchronous, |_| 0, 100);
    let overlaps = rests
        .iter()
        .zip(&states)
        .map(|(rest, state)| rest.state.overlap(state));
    Ok(overlaps.sum::<f64>() / states.len() as f64)
}

/// The lowest energy to a spin that slow cooling finds, mean over lattices of 32 × 32 spins: the better of two coolings
/// each, from T = 3 to 0.1 in equal ratios and down to a fixed point.
pub(in super::super) fn annealed_energy(bonds: BondKind) -> Result<f64, Error> {
    const LATTICES: u64 = 8;
    const RUNS: u64 = 2;
    const STEPS: u32 = 60;
    const SWEEPS: u64 = 30;
    let mut sum = 0.0;
    for lattice in 0..LATTICES {
        let lattice = Lattice::random(32, bonds, SEED + lattice);
        let memory = memory_of(&lattice)?;
        let mut least = f64::INFINITY;
        for run in 0..RUNS {
            let mut state =
                random_states(lattice.n_spins(), RUNS as usize).swap_remove(run as usize);
            for step in 0..STEPS {
                let temperature =
                    3.0 * libm::pow(1.0 / 30.0, f64::from(step) / f64::from(STEPS - 1));
                let dynamics = Dynamics::Glauber { temperature };
                let seed = run * u64::from(STEPS) + u64::from(step);
                let mut cooling = Relaxation::new(Arc::clone(&memory), state, dynamics, seed);
                cooling.settle(SWEEPS);
                state = cooling.state().clone();
            }
            let mut last = Relaxation::new(Arc::clone(&memory), state, Dynamics::Asynchronous, run);
            last.settle(1000);
            least = least.min(lattice.energy(last.state()));
        }
        sum += least / lattice.n_spins() as f64;
    }
    Ok(sum / LATTICES as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With all bonds +1 the ground state is known, −2 to a spin, and every quench of it stays.
    #[test]
    fn the_memory_of_a_lattice_has_its_energy() {
        let lattice = Lattice::new(8, &[1.0; 128]);
        let memory = memory_of(&lattice).unwrap();
        let up = State::from_fn(64, |_| true);
        assert_eq!(memory.energy(&up), Some(-128.0));
        assert_eq!(lattice.energy(&up), -128.0);
    }

    #[test]
    fn antisymmetric_couplings_have_cycles_of_four_alone() {
        assert_eq!(antisymmetric_period().unwrap(), 4.0);
    }
}
