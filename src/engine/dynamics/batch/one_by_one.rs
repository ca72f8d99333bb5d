//! One state whose units are updated one at a time, cold or in a heat bath: the very run of
//! [`Relaxation`](super::super::Relaxation), with nothing else to look after.

use super::super::relaxation::{HEAT_BATH, REFRESH, UPDATE_ORDER, share_up};
use super::super::seen::Seen;
use super::super::{Dynamics, Verdict};
use super::rest::Rest;
use crate::engine::patterns::State;
use crate::engine::rng::{Stream, stream};
use rand::RngExt as _;
use rand::seq::SliceRandom as _;

/// A state of ±1 and its fields, kept up to date flip by flip.
pub(super) trait Kept {
    /// Number of units N.
    fn n_units(&self) -> usize;

    /// Whether the field of `unit` wants it to turn.
    fn against(&self, unit: usize) -> bool;

    /// Whether `unit` is at +1.
    fn is_up(&self, unit: usize) -> bool;

    /// The part of the local field of `unit` that comes from the other units, to the bit as a single run has it.
    fn field_of_others(&self, unit: usize) -> f32;

    /// Turns `unit`.
    fn turn(&mut self, unit: usize);

    /// Sums the fields afresh, where they are rounded.
    fn refresh(&mut self);

    /// The state as words.
    fn words(&self) -> Vec<u64>;

    /// Σ s_i h_i over the couplings' scale.
    fn sum(&self) -> f64;

    /// The state.
    fn state(&self) -> State;
}

/// Is given the units in the order of the sweep before, and puts them into that of the next.
type Order<'a> = Box<dyn FnMut(&mut [u32]) + 'a>;

/// In which orders units are updated, and by what lots.
pub(super) struct Course<'a> {
    order: Order<'a>,
    temperature: f64,
    lots: Stream,
    /// The states that sweeps ended in, where one that comes back ends the run.
    seen: Option<Seen>,
}

impl<'a> Course<'a> {
    /// That of `dynamics`, which is not the synchronous one, with `seed`.
    pub(super) fn seeded(dynamics: Dynamics, seed: u64) -> Self {
        let mut rng = stream(seed, UPDATE_ORDER);
        let mut order: Order<'a> = Box::new(move |units| units.shuffle(&mut rng));
        if dynamics == Dynamics::Ordered {
            order = Box::new(|_| ());
        }
        Self {
            order,
            temperature: dynamics.temperature(),
            lots: stream(seed, HEAT_BATH),
            seen: dynamics.repeats().then(Seen::default),
        }
    }

    /// Cold, in orders that are given.
    pub(super) fn given(order: impl FnMut(&mut [u32]) + 'a) -> Self {
        Self {
            order: Box::new(order),
            ..Self::seeded(Dynamics::Asynchronous, 0)
        }
    }
}

/// The end of a run; sums Σ s_i h_i over the couplings' scale times `factor` are energies.
pub(super) fn run<K: Kept>(
    mut kept: K,
    mut course: Course<'_>,
    max_sweeps: u64,
    factor: Option<f64>,
) -> Rest {
    let mut units: Vec<u32> = (0..kept.n_units() as u32).collect();
    let (mut flips, mut sweeps) = (0, 0);
    let mut verdict = None;
    if let Some(seen) = &mut course.seen {
        seen.take_in(&kept.words());
    }
    while Verdict::goes_on(verdict, max_sweeps - sweeps, 1) > 0 {
        (course.order)(&mut units);
        let turned = if course.temperature == 0.0 {
            cold_sweep(&mut kept, &units)
        } else {
            warm_sweep(&mut kept, &units, course.temperature, &mut course.lots)
        };
        flips += turned;
        sweeps += 1;
        if verdict.is_none() {
            if turned == 0 && course.temperature == 0.0 {
                verdict = Some(Verdict::FixedPoint);
            } else if let Some(seen) = &mut course.seen {
                let length = seen.take_in(&kept.words());
                verdict = length.map(|length| Verdict::Cycle { length });
            }
        }
        if sweeps.is_multiple_of(REFRESH) {
            kept.refresh();
        }
    }
    Rest {
        state: kept.state(),
        sweeps,
        flips,
        verdict: verdict.unwrap_or(Verdict::NotSettled { sweeps }),
        energies: factor
            .map(|factor| factor * kept.sum())
            .into_iter()
            .collect(),
    }
}

/// How many units turned that followed their fields.
fn cold_sweep<K: Kept>(kept: &mut K, units: &[u32]) -> u64 {
    let mut flips = 0;
    for unit in units {
        let unit = *unit as usize;
        if kept.against(unit) {
            kept.turn(unit);
            flips += 1;
        }
    }
    flips
}

/// How many units turned that drew lots.
fn warm_sweep<K: Kept>(kept: &mut K, units: &[u32], temperature: f64, lots: &mut Stream) -> u64 {
    let mut flips = 0;
    for unit in units {
        let unit = *unit as usize;
        let up = share_up(kept.field_of_others(unit), temperature);
        if (lots.random::<f64>() < up) != kept.is_up(unit) {
            kept.turn(unit);
            flips += 1;
        }
    }
    flips
}
