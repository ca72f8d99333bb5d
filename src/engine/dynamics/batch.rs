//! Many states in couplings of whole numbers: the very runs of [`Relaxation`](super::Relaxation) at T = 0, several
//! times as fast.
//!
//! Weights are packed into 8 or 16 bits, so that sums are exact in any order. Synchronous states go in step, and a
//! block of the couplings stays in the cache while all of them take up their flips. Absent: threads (a batch can be
//! cut anywhere), couplings that are not whole numbers, and single flips to look at.

use super::Verdict;
use super::relaxation::UPDATE_ORDER;
use crate::engine::couplings::Couplings;
use crate::engine::kernels::whole::{Columns, Field, Weight, turning, units_of, up};
use crate::engine::patterns::State;
use crate::engine::rng::stream;
use rand::seq::SliceRandom as _;

/// Synchronous states that go in step: their fields fit into the cache beside a block of the couplings.
const IN_STEP: usize = 32;

/// Couplings whose weights are small whole numbers, packed; Hebb's are such.
#[derive(Debug, Clone)]
pub struct PackedCouplings {
    columns: Packed,
    symmetric: bool,
}

#[derive(Debug, Clone)]
enum Packed {
    Narrow(Columns<i8>),
    Wide(Columns<i16>),
}

/// How a run of a batch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The last state.
    pub state: State,
    /// Sweeps done.
    pub sweeps: u64,
    /// Flips done.
    pub flips: u64,
    /// What the state does for ever, or that it has not settled.
    pub verdict: Verdict,
    /// Σ W_ij s_i s_j before each sweep that was done one by one: −2 E over the couplings' scale.
    pub trace: Vec<i64>,
}

/// What to do with a state that alternates with another for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alternating {
    /// Stop as soon as it is known.
    Stop,
    /// Go on to the last sweep, which takes no time: only its number tells which of the two it is.
    GoOn,
}

impl PackedCouplings {
    /// Packs W; `None` where its numbers are not whole, or so large that sums in single precision would be rounded.
    pub fn new(couplings: &Couplings) -> Option<Self> {
        let n_units = couplings.n_units();
        let column = |unit| couplings.column(unit);
        let narrow = Columns::new(n_units, column).map(Packed::Narrow);
        let columns = narrow.or_else(|| Columns::new(n_units, column).map(Packed::Wide))?;
        Some(Self {
            columns,
            symmetric: couplings.asymmetry() == 0.0,
        })
    }

    /// Bits to a weight: 8 or 16.
    pub fn bits(&self) -> u32 {
        match self.columns {
            Packed::Narrow(_) => 8,
            Packed::Wide(_) => 16,
        }
    }

    /// Whether W is symmetric, so that a synchronous state comes to rest or alternates (Goles & Olivos 1981).
    pub fn symmetric(&self) -> bool {
        self.symmetric
    }

    /// Every state under synchronous updates, until there is a verdict or `max_sweeps` sweeps are done.
    ///
    /// W must be symmetric, and every state must have as many units.
    pub fn synchronous(
        &self,
        states: &[State],
        max_sweeps: u64,
        alternating: Alternating,
    ) -> Vec<Rest> {
        assert!(self.symmetric, "longer cycles would go unnoticed");
        match &self.columns {
            Packed::Narrow(columns) => synchronous(columns, states, max_sweeps, alternating),
            Packed::Wide(columns) => synchronous(columns, states, max_sweeps, alternating),
        }
    }

    /// One state under updates of one unit at a time, in the random orders that a single run with `seed` takes.
    pub fn asynchronous_seeded(&self, state: &State, max_sweeps: u64, seed: u64) -> Rest {
        let mut rng = stream(seed, UPDATE_ORDER);
        self.asynchronous(state, max_sweeps, |units| units.shuffle(&mut rng))
    }

    /// One state under updates of one unit at a time, until a sweep turns none or `max_sweeps` sweeps are done.
    /// `order` is given the units in the order of the sweep before, and puts them into that of the next.
    pub fn asynchronous(
        &self,
        state: &State,
        max_sweeps: u64,
        order: impl FnMut(&mut [u32]),
    ) -> Rest {
        match &self.columns {
            Packed::Narrow(columns) => asynchronous(columns, state, max_sweeps, order),
            Packed::Wide(columns) => asynchronous(columns, state, max_sweeps, order),
        }
    }
}

/// One state of a batch on its way.
struct Walker<F> {
    signs: Vec<F>,
    fields: Vec<F>,
    /// The units that turned last, by what they turned to.
    up: Vec<u32>,
    down: Vec<u32>,
    /// The same, a bit a unit, and what the sweep before turned.
    turned: Vec<u64>,
    before: Vec<u64>,
    /// A bit a unit, set where it is up.
    ups: Vec<u64>,
    flips: u64,
    trace: Vec<i64>,
    end: Option<(u64, Verdict)>,
}

impl<F: Field> Walker<F> {
    /// At −1 everywhere, with the units of `state` that are up about to turn.
    fn new(state: &State, all_down: &[F]) -> Self {
        let mut signs = vec![F::default(); all_down.len()];
        for (sign, value) in signs.iter_mut().zip(state.units()) {
            *sign = if *value > 0 { F::UP } else { F::DOWN };
        }
        let ups = up(&signs);
        let mut at_plus_one = Vec::with_capacity(state.n_units());
        units_of(ups.iter().copied(), &mut at_plus_one);
        Self {
            signs,
            fields: all_down.to_vec(),
            up: at_plus_one,
            down: Vec::with_capacity(state.n_units()),
            turned: vec![0; ups.len()],
            before: vec![0; ups.len()],
            ups,
            flips: 0,
            trace: Vec::with_capacity(32),
            end: None,
        }
    }

    /// Sweep number `sweep`, counted from 1, but for the fields.
    fn sweep(&mut self, sweep: u64, max_sweeps: u64, alternating: Alternating) {
        std::mem::swap(&mut self.before, &mut self.turned);
        let sum = turning(&self.signs, &self.fields, &mut self.turned);
        self.trace.push(sum);
        let n_flips: u64 = self
            .turned
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum();
        if n_flips == 0 {
            self.end = Some((sweep, Verdict::FixedPoint));
            return;
        }
        self.turn();
        self.flips += n_flips;
        // The same units back to where they were before.
        if sweep > 1 && self.turned == self.before {
            let verdict = Verdict::Cycle { length: 2 };
            if alternating == Alternating::GoOn {
                let left = max_sweeps - sweep;
                self.flips += left * n_flips;
                if left % 2 == 1 {
                    self.turn();
                }
                self.end = Some((max_sweeps, verdict));
            } else {
                self.end = Some((sweep, verdict));
            }
        }
    }

    /// Turns the units of `turned`.
    fn turn(&mut self) {
        let Self {
            signs,
            up,
            down,
            turned,
            ups,
            ..
        } = self;
        let words = || turned.iter().zip(&*ups);
        units_of(words().map(|(turned, up)| turned & !up), up);
        units_of(words().map(|(turned, up)| turned & up), down);
        ups.iter_mut()
            .zip(&*turned)
            .for_each(|(up, turned)| *up ^= turned);
        up.iter().for_each(|unit| signs[*unit as usize] = F::UP);
        down.iter().for_each(|unit| signs[*unit as usize] = F::DOWN);
    }

    fn rest(self, n_units: usize, max_sweeps: u64) -> Rest {
        let not_settled = Verdict::NotSettled { sweeps: max_sweeps };
        let (sweeps, verdict) = self.end.unwrap_or((max_sweeps, not_settled));
        Rest {
            state: State::from_fn(n_units, |unit| self.signs[unit] > F::default()),
            sweeps,
            flips: self.flips,
            verdict,
            trace: self.trace,
        }
    }
}

fn synchronous<W: Weight>(
    columns: &Columns<W>,
    states: &[State],
    max_sweeps: u64,
    alternating: Alternating,
) -> Vec<Rest> {
    let mut rests = Vec::with_capacity(states.len());
    for states in states.chunks(IN_STEP) {
        let walkers = states
            .iter()
            .map(|state| Walker::new(state, columns.all_down()));
        let mut walkers: Vec<Walker<W::Field>> = walkers.collect();
        for sweep in 1..=max_sweeps {
            for block in columns.blocks() {
                for walker in walkers.iter_mut().filter(|walker| walker.end.is_none()) {
                    let Walker {
                        fields, up, down, ..
                    } = walker;
                    columns.turn(fields, block.clone(), up, down);
                }
            }
            let moving = walkers.iter_mut().filter(|walker| walker.end.is_none());
            if moving
                .map(|walker| walker.sweep(sweep, max_sweeps, alternating))
                .count()
                == 0
            {
                break;
            }
        }
        let n_units = columns.n_units();
        rests.extend(
            walkers
                .into_iter()
                .map(|walker| walker.rest(n_units, max_sweeps)),
        );
    }
    rests
}

fn asynchronous<W: Weight>(
    columns: &Columns<W>,
    state: &State,
    max_sweeps: u64,
    mut order: impl FnMut(&mut [u32]),
) -> Rest {
    let Walker {
        mut signs,
        mut fields,
        up,
        ..
    } = Walker::new(state, columns.all_down());
    for block in columns.blocks() {
        columns.turn(&mut fields, block, &up, &[]);
    }
    let mut units: Vec<u32> = (0..columns.n_units() as u32).collect();
    let (mut flips, mut sweeps) = (0, 0);
    let mut verdict = Verdict::NotSettled { sweeps: max_sweeps };
    while sweeps < max_sweeps {
        order(&mut units);
        let before = flips;
        for unit in &units {
            let unit = *unit as usize;
            if signs[unit].times(fields[unit]) < W::Field::default() {
                signs[unit] = W::Field::default().minus(signs[unit]);
                columns.turn_one(&mut fields, unit, signs[unit]);
                flips += 1;
            }
        }
        sweeps += 1;
        if flips == before {
            verdict = Verdict::FixedPoint;
            break;
        }
    }
    let along = signs.iter().zip(&fields);
    let sum = along
        .map(|(sign, field)| i64::from(field.product(*sign)))
        .sum();
    Rest {
        state: State::from_fn(state.n_units(), |unit| signs[unit] > W::Field::default()),
        sweeps,
        flips,
        verdict,
        trace: vec![sum],
    }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
