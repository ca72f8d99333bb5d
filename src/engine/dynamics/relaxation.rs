//! A run: one state moving through one memory, tick by tick, until it rests.
//!
//! A tick is the smallest step a dynamics can take: one unit, or all of them for the synchronous one. Running
//! is ticking and nothing else, so that steps of any size end in the same bits.

use super::fields::Fields;
use super::{Dynamics, Verdict};
use crate::engine::memory::Memory;
use crate::engine::patterns::State;
use crate::engine::rng::{Stream, stream};
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sweeps after which fields are summed afresh, so that rounding never piles up.
const REFRESH: u64 = 64;

/// One unit turned over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// Updates done when it had turned, counted from 1; a synchronous sweep is N updates at one moment.
    pub update: u64,
    /// Which unit.
    pub unit: u32,
    /// The local field h_i that turned it.
    pub field: f32,
    /// Change of energy, 2 s_i (h_i − J_ii s_i) with s_i before the flip; in a synchronous sweep, with the
    /// flips before it already done, so that the changes add up.
    pub energy_change: f32,
}

/// One state moving through one memory.
#[derive(Debug, Clone)]
pub struct Relaxation {
    memory: Arc<Memory>,
    dynamics: Dynamics,
    state: State,
    fields: Fields,
    /// Units in the order of the sweep under way.
    order: Vec<u32>,
    order_rng: Stream,
    bath_rng: Stream,
    updates: u64,
    turned_in_sweep: bool,
    /// Which sweep ended in which state, where a repeat means a cycle.
    seen: BTreeMap<State, u64>,
    verdict: Option<Verdict>,
}

impl Relaxation {
    /// `cue` dropped into `memory`, which must have as many units.
    pub fn new(memory: Arc<Memory>, cue: State, dynamics: Dynamics, seed: u64) -> Self {
        assert_eq!(
            memory.n_units(),
            cue.n_units(),
            "a cue has as many units as its memory"
        );
        let seen = if dynamics.repeats() {
            BTreeMap::from([(cue.clone(), 0)])
        } else {
            BTreeMap::new()
        };
        Self {
            fields: Fields::new(&memory, &cue),
            order: (0..cue.n_units() as u32).collect(),
            memory,
            dynamics,
            state: cue,
            order_rng: stream(seed, "update order"),
            bath_rng: stream(seed, "heat bath"),
            updates: 0,
            turned_in_sweep: false,
            seen,
            verdict: None,
        }
    }

    /// The state now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The memory it moves in.
    pub fn memory(&self) -> &Arc<Memory> {
        &self.memory
    }

    /// The dynamics it follows.
    pub fn dynamics(&self) -> Dynamics {
        self.dynamics
    }

    /// The local field h_i of `unit` now.
    pub fn field(&self, unit: usize) -> f32 {
        self.fields.field(&self.memory, unit)
    }

    /// Updates done: N to a sweep.
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// Whole sweeps done.
    pub fn sweeps(&self) -> u64 {
        self.updates / self.n_units()
    }

    /// Fixed point or cycle, once it is known.
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict
    }

    /// One tick: one unit, or a whole synchronous sweep. Flips are handed to `flipped` as they happen.
    /// Does nothing once there is a verdict.
    pub fn tick(&mut self, mut flipped: impl FnMut(&State, Flip)) {
        if self.verdict.is_some() {
            return;
        }
        match self.dynamics {
            Dynamics::Synchronous => self.synchronous_sweep(&mut flipped),
            _ => self.update_one(&mut flipped),
        }
        if self.updates.is_multiple_of(self.n_units()) {
            self.end_sweep();
        }
    }

    /// Ticks until there is a verdict or `max_sweeps` sweeps are done in all.
    pub fn settle(&mut self, max_sweeps: u64) -> Verdict {
        while self.verdict.is_none() && self.sweeps() < max_sweeps {
            self.tick(|_, _| ());
        }
        self.verdict.unwrap_or(Verdict::NotSettled {
            sweeps: self.sweeps(),
        })
    }

    fn n_units(&self) -> u64 {
        self.state.n_units() as u64
    }

    fn update_one(&mut self, flipped: &mut impl FnMut(&State, Flip)) {
        let position = (self.updates % self.n_units()) as usize;
        if position == 0 && self.dynamics != Dynamics::Ordered {
            self.order.shuffle(&mut self.order_rng);
        }
        let unit = self.order[position] as usize;
        self.updates += 1;
        if self.wants_to_turn(unit) {
            let flip = self.flip_of(unit);
            self.state.flip(unit);
            self.fields.turned(&self.memory, &self.state, unit);
            self.turned_in_sweep = true;
            flipped(&self.state, flip);
        }
    }

    fn wants_to_turn(&mut self, unit: usize) -> bool {
        let sign = f32::from(self.state.units()[unit]);
        let temperature = self.dynamics.temperature();
        if temperature == 0.0 {
            return sign * self.fields.raw(unit) < 0.0;
        }
        let field = f64::from(self.fields.field_of_others(&self.memory, &self.state, unit));
        let up = 1.0 / (1.0 + (-2.0 * field / temperature).exp());
        (self.bath_rng.random::<f64>() < up) != (sign > 0.0)
    }

    fn synchronous_sweep(&mut self, flipped: &mut impl FnMut(&State, Flip)) {
        self.updates += self.n_units();
        let mut turning = Vec::new();
        for unit in 0..self.state.n_units() {
            if self.wants_to_turn(unit) {
                turning.push((unit, self.field(unit)));
            }
        }
        for (unit, field) in turning {
            // The field is the one that all units saw; the energy falls or rises one flip after the other.
            let flip = Flip {
                field,
                ..self.flip_of(unit)
            };
            self.state.flip(unit);
            self.fields.turned(&self.memory, &self.state, unit);
            self.turned_in_sweep = true;
            flipped(&self.state, flip);
        }
    }

    fn flip_of(&self, unit: usize) -> Flip {
        let sign = f32::from(self.state.units()[unit]);
        let others = self.fields.field_of_others(&self.memory, &self.state, unit);
        let field = self.field(unit);
        Flip {
            update: self.updates,
            unit: unit as u32,
            field,
            energy_change: 2.0 * sign * others,
        }
    }

    fn end_sweep(&mut self) {
        let sweep = self.sweeps();
        if self.dynamics.temperature() == 0.0 && !self.turned_in_sweep {
            self.verdict = Some(Verdict::FixedPoint);
        } else if self.dynamics.repeats()
            && let Some(before) = self.seen.insert(self.state.clone(), sweep)
        {
            self.verdict = Some(Verdict::Cycle {
                length: sweep - before,
            });
        }
        self.turned_in_sweep = false;
        if sweep.is_multiple_of(REFRESH) {
            self.fields = Fields::new(&self.memory, &self.state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::memory::Couplings;
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
        let run = |dynamics| {
            let mut run = Relaxation::new(
                memory(array![[0.0, 1.0], [1.0, 0.0]]),
                start.clone(),
                dynamics,
                1,
            );
            run.settle(100)
        };
        assert_eq!(run(Dynamics::Synchronous), Verdict::Cycle { length: 2 });
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
            let mut run =
                Relaxation::new(memory(Array2::zeros((3, 3))), start.clone(), dynamics, 1);
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
            let mut run =
                Relaxation::new(Arc::clone(&memory), random_state(50, seed), dynamics, seed);
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
        let mut plain =
            Relaxation::new(random_memory(60, 8, true), start, Dynamics::Asynchronous, 4);
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
}
