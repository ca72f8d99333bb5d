//! A run: one state moving through one memory, tick by tick, until it rests.
//!
//! A tick is the smallest step a dynamics can take: one unit, or all of them for the synchronous one. Running
//! is ticking and nothing else, so that steps of any size end in the same bits. Where the memory's states are
//! continuous, a tick is one update of all units whatever the dynamics; the state is the signs of it. A unit of letters
//! takes the letter with the largest field, or one by heat bath; "to turn" is to take another letter.

use super::fields::Fields;
use super::seen::{Seen, words};
use super::{Dynamics, Verdict};
use crate::engine::couplings::Couplings;
use crate::engine::dense::graded::Graded;
use crate::engine::memory::Memory;
use crate::engine::patterns::State;
use crate::engine::potts;
use crate::engine::rng::{Stream, stream};
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use std::sync::Arc;

/// Sweeps after which fields are summed afresh, so that rounding never piles up, unless there is none.
pub(super) const REFRESH: u64 = 64;

/// A continuous state is at a fixed point when no unit changes by more than this.
const SETTLED: f64 = 1e-6;

/// The stream of random orders.
pub(super) const UPDATE_ORDER: &str = "update order";
/// The stream of the heat bath.
pub(super) const HEAT_BATH: &str = "heat bath";

/// One unit turned over, or one letter changed for another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// Updates done when it had turned, counted from 1; a synchronous sweep is N updates at one moment.
    pub update: u64,
    /// Which unit.
    pub unit: u32,
    /// What it was.
    pub before: i8,
    /// What it became.
    pub after: i8,
    /// The local field h_i that turned it, see [`Memory::field`]; the unit's new value where states are continuous.
    pub field: f32,
    /// Change of energy, 2 s_i (h_i − J_ii s_i) with s_i before the flip, or H_i(before) − H_i(after) of letters; in a synchronous sweep, with the
    /// flips before it already done, so that the changes add up. 0 where states are continuous: there the energy
    /// changes by whole updates of all units.
    pub energy_change: f32,
}

/// One state moving through one memory.
#[derive(Debug, Clone)]
pub struct Relaxation {
    memory: Arc<Memory>,
    dynamics: Dynamics,
    state: State,
    /// The continuous state that `state` is the signs of, where the memory has such.
    graded: Option<Graded>,
    fields: Fields,
    /// Units in the order of the sweep under way.
    order: Vec<u32>,
    order_rng: Stream,
    bath_rng: Stream,
    updates: u64,
    /// Updates done in the sweep under way: kept, since a division an update would be half of its cost.
    position: usize,
    turned_in_sweep: bool,
    /// The states that sweeps ended in, where a repeat means a cycle.
    seen: Seen,
    verdict: Option<Verdict>,
}

impl Relaxation {
    /// `cue` dropped into `memory`, which must have as many units, and as many letters to a unit.
    pub fn new(memory: Arc<Memory>, cue: State, dynamics: Dynamics, seed: u64) -> Self {
        assert!(
            memory.takes(&cue),
            "a cue has as many units as its memory, and as many letters to a unit"
        );
        let fields = Fields::new(&memory, &cue);
        Self::with_fields(memory, cue, fields, dynamics, seed)
    }

    /// The same where the `fields` of the cue are known.
    pub(super) fn with_fields(
        memory: Arc<Memory>,
        cue: State,
        fields: Fields,
        dynamics: Dynamics,
        seed: u64,
    ) -> Self {
        let mut seen = Seen::default();
        if dynamics.repeats() {
            seen.take_in(&words(&cue));
        }
        Self {
            fields,
            graded: memory.dense().and_then(|dense| Graded::new(dense, &cue)),
            order: (0..cue.n_units() as u32).collect(),
            memory,
            dynamics,
            state: cue,
            order_rng: stream(seed, UPDATE_ORDER),
            bath_rng: stream(seed, HEAT_BATH),
            updates: 0,
            position: 0,
            turned_in_sweep: false,
            seen,
            verdict: None,
        }
    }

    /// The state now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The continuous state, where the memory has such.
    pub(crate) fn graded(&self) -> Option<&Graded> {
        self.graded.as_ref()
    }

    /// Updates to a tick: 1, or N where all units are updated at once.
    pub fn tick_length(&self) -> u64 {
        if self.dynamics == Dynamics::Synchronous || self.graded.is_some() {
            self.n_units()
        } else {
            1
        }
    }

    /// About how much work a tick is that turns no unit: 1 is a look at one field of couplings, a few nanoseconds.
    pub fn tick_work(&self) -> u64 {
        let warm = self.dynamics.temperature() > 0.0;
        let update = match &*self.memory {
            Memory::Pairwise(_) => {
                if warm {
                    3
                } else {
                    1
                }
            }
            Memory::Dense(dense) => 1 + dense.patterns().n_patterns() as u64 / 8,
            Memory::Potts(potts) => potts.n_letters() as u64 * if warm { 4 } else { 1 },
        };
        update * self.tick_length()
    }

    /// About how much work a flip is beside that: in couplings, N of them are added to the fields.
    pub fn flip_work(&self) -> u64 {
        let n_units = self.n_units();
        let entries = match &*self.memory {
            Memory::Pairwise(_) => n_units,
            Memory::Dense(dense) => dense.patterns().n_patterns() as u64,
            Memory::Potts(potts) => 2 * n_units * potts.n_letters() as u64,
        };
        1 + entries / 64
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
        self.fields.field(&self.memory, &self.state, unit)
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

    /// Whether a run of at most `max_sweeps` sweeps ends here: at a fixed point, when all sweeps are done, or in a cycle
    /// that is known, in the state that all of them would lead to.
    pub fn is_over(&self, max_sweeps: u64) -> bool {
        // Whole sweeps, however many are admitted.
        let limit = max_sweeps.min(u64::MAX / self.n_units()) * self.n_units();
        let left = limit.saturating_sub(self.updates);
        Verdict::goes_on(self.verdict, left, self.n_units()) == 0
    }

    /// One tick: one unit, or a whole synchronous sweep. Flips are handed to `flipped` as they happen.
    /// Does nothing at a fixed point; in a cycle it goes round.
    pub fn tick(&mut self, mut flipped: impl FnMut(&State, Flip)) {
        if self.verdict == Some(Verdict::FixedPoint) {
            return;
        }
        if self.graded.is_some() {
            self.graded_step(&mut flipped);
            return;
        }
        match self.dynamics {
            Dynamics::Synchronous => self.synchronous_sweep(&mut flipped),
            _ => self.update_one(&mut flipped),
        }
        if self.position == self.state.n_units() {
            self.position = 0;
            self.end_sweep();
        }
    }

    /// Ticks until the run [is over](Self::is_over): into the state after `max_sweeps` sweeps in all.
    pub fn settle(&mut self, max_sweeps: u64) -> Verdict {
        while !self.is_over(max_sweeps) {
            self.tick(|_, _| ());
        }
        self.verdict.unwrap_or_else(|| Verdict::NotSettled {
            sweeps: self.sweeps(),
        })
    }

    fn n_units(&self) -> u64 {
        self.state.n_units() as u64
    }

    fn update_one(&mut self, flipped: &mut impl FnMut(&State, Flip)) {
        if self.position == 0 && self.dynamics != Dynamics::Ordered {
            self.order.shuffle(&mut self.order_rng);
        }
        let unit = self.order[self.position] as usize;
        self.position += 1;
        self.updates += 1;
        let after = self.next_value(unit);
        if after != self.state.units()[unit] {
            let flip = self.flip_of(unit, after);
            self.turn(flip, flipped);
        }
    }

    /// What `unit` becomes when it is updated: what it is, where it stays.
    fn next_value(&mut self, unit: usize) -> i8 {
        let value = self.state.units()[unit];
        let temperature = self.dynamics.temperature();
        if let Some(fields) = self.fields.letters(&self.memory, unit) {
            return if temperature == 0.0 {
                potts::best(fields, value)
            } else {
                potts::draw(fields, temperature, self.bath_rng.random())
            };
        }
        let sign = f64::from(value);
        let turns = if temperature == 0.0 {
            sign * self.fields.raw(&self.memory, &self.state, unit) < 0.0
        } else {
            let field = self.field_of_others(self.field(unit), unit);
            (self.bath_rng.random::<f64>() < share_up(field, temperature)) != (sign > 0.0)
        };
        if turns { -value } else { value }
    }

    fn turn(&mut self, flip: Flip, flipped: &mut impl FnMut(&State, Flip)) {
        let unit = flip.unit as usize;
        self.state.put(unit, flip.after);
        self.fields
            .turned(&self.memory, &self.state, unit, flip.before);
        self.turned_in_sweep = true;
        flipped(&self.state, flip);
    }

    fn field_of_others(&self, field: f32, unit: usize) -> f32 {
        self.fields
            .of_others(field, &self.memory, &self.state, unit)
    }

    fn synchronous_sweep(&mut self, flipped: &mut impl FnMut(&State, Flip)) {
        self.position = self.state.n_units();
        self.updates += self.n_units();
        let mut turning = Vec::new();
        for unit in 0..self.state.n_units() {
            let after = self.next_value(unit);
            if after != self.state.units()[unit] {
                turning.push((unit, after, self.field(unit)));
            }
        }
        for (unit, after, field) in turning {
            // The field is the one that all units saw; the energy falls or rises one flip after the other.
            let flip = Flip {
                field,
                ..self.flip_of(unit, after)
            };
            self.turn(flip, flipped);
        }
    }

    /// One update of a continuous state. A unit of exactly 0 keeps its sign.
    fn graded_step(&mut self, flipped: &mut impl FnMut(&State, Flip)) {
        let (Some(graded), Some(dense)) = (&mut self.graded, self.memory.dense()) else {
            return;
        };
        let change = graded.step(dense);
        self.updates += self.state.n_units() as u64;
        for (unit, value) in graded.units().iter().enumerate() {
            let before = self.state.units()[unit];
            if value * f64::from(before) < 0.0 {
                self.state.flip(unit);
                self.fields.turned(&self.memory, &self.state, unit, before);
                let flip = Flip {
                    update: self.updates,
                    unit: unit as u32,
                    before,
                    after: -before,
                    field: *value as f32,
                    energy_change: 0.0,
                };
                flipped(&self.state, flip);
            }
        }
        if change < SETTLED {
            self.verdict = Some(Verdict::FixedPoint);
        }
    }

    fn flip_of(&self, unit: usize, after: i8) -> Flip {
        let before = self.state.units()[unit];
        let field = self.field(unit);
        let energy_change = match self.fields.letters(&self.memory, unit) {
            Some(fields) => fields[before as usize] - fields[after as usize],
            None => 2.0 * f32::from(before) * self.field_of_others(field, unit),
        };
        Flip {
            update: self.updates,
            unit: unit as u32,
            before,
            after,
            field,
            energy_change,
        }
    }

    fn end_sweep(&mut self) {
        let sweep = self.sweeps();
        if self.verdict.is_none() {
            if self.dynamics.temperature() == 0.0 && !self.turned_in_sweep {
                self.verdict = Some(Verdict::FixedPoint);
            } else if self.dynamics.repeats() {
                let length = self.seen.take_in(&words(&self.state));
                self.verdict = length.map(|length| Verdict::Cycle { length });
            }
        }
        self.turned_in_sweep = false;
        let exact = self.memory.couplings().is_some_and(Couplings::exact);
        if sweep.is_multiple_of(REFRESH) && !exact {
            self.fields = Fields::new(&self.memory, &self.state);
        }
    }
}

/// P(s = +1) in a heat bath at `temperature` above 0, where the other units make the field `field`.
pub(super) fn share_up(field: f32, temperature: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-2.0 * f64::from(field) / temperature))
}

#[cfg(test)]
#[path = "relaxation_tests.rs"]
mod tests;
