//! One state whose units are updated one at a time, cold or in a heat bath: the very run of
//! [`Relaxation`](super::super::Relaxation), with nothing else to look after.

use super::super::relaxation::{HEAT_BATH, REFRESH, UPDATE_ORDER, share_up};
use super::super::seen::Seen;
use super::super::{Dynamics, Verdict};
use super::Rest;
use crate::engine::patterns::State;
use crate::engine::rng::{Stream, stream};
use rand::RngExt as _;
use rand::seq::SliceRandom as _;

/// A state of ±1 and its fields, kept up to date flip by flip.
pub(super) trait Kept {
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

/// A run by `dynamics`, which is not the synchronous one, in the orders and with the lots of `seed`.
pub(super) fn seeded<K: Kept>(
    kept: K,
    n_units: usize,
    dynamics: Dynamics,
    seed: u64,
    max_sweeps: u64,
) -> (Rest, f64) {
    let mut rng = stream(seed, UPDATE_ORDER);
    let bath = Bath {
        temperature: dynamics.temperature(),
        lots: stream(seed, HEAT_BATH),
    };
    let shuffled = dynamics != Dynamics::Ordered;
    let order = |units: &mut [u32]| {
        if shuffled {
            units.shuffle(&mut rng);
        }
    };
    let seen = dynamics.repeats().then(Seen::default);
    run(kept, n_units, bath, seen, max_sweeps, order)
}

/// A cold run; `order` is given the units in the order of the sweep before, and puts them into that of the next.
pub(super) fn in_order<K: Kept>(
    kept: K,
    n_units: usize,
    max_sweeps: u64,
    order: impl FnMut(&mut [u32]),
) -> (Rest, f64) {
    let bath = Bath {
        temperature: 0.0,
        lots: stream(0, HEAT_BATH),
    };
    run(kept, n_units, bath, None, max_sweeps, order)
}

/// A temperature, and the lots drawn at it.
struct Bath {
    temperature: f64,
    lots: Stream,
}

/// The end of the run, and Σ s_i h_i of its last state. Where `seen` is given, a state that comes back ends it.
fn run<K: Kept>(
    mut kept: K,
    n_units: usize,
    mut bath: Bath,
    mut seen: Option<Seen>,
    max_sweeps: u64,
    mut order: impl FnMut(&mut [u32]),
) -> (Rest, f64) {
    let mut units: Vec<u32> = (0..n_units as u32).collect();
    let (mut flips, mut sweeps) = (0, 0);
    let mut verdict = None;
    if let Some(seen) = &mut seen {
        seen.take_in(&kept.words());
    }
    while verdict.is_none() && sweeps < max_sweeps {
        order(&mut units);
        let turned = if bath.temperature == 0.0 {
            cold_sweep(&mut kept, &units)
        } else {
            warm_sweep(&mut kept, &units, &mut bath)
        };
        flips += turned;
        sweeps += 1;
        if turned == 0 && bath.temperature == 0.0 {
            verdict = Some(Verdict::FixedPoint);
        } else if let Some(seen) = &mut seen {
            let length = seen.take_in(&kept.words());
            verdict = length.map(|length| Verdict::Cycle { length });
        }
        if sweeps.is_multiple_of(REFRESH) {
            kept.refresh();
        }
    }
    let rest = Rest {
        state: kept.state(),
        sweeps,
        flips,
        verdict: verdict.unwrap_or(Verdict::NotSettled { sweeps }),
        energies: Vec::new(),
    };
    (rest, kept.sum())
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
fn warm_sweep<K: Kept>(kept: &mut K, units: &[u32], bath: &mut Bath) -> u64 {
    let mut flips = 0;
    for unit in units {
        let unit = *unit as usize;
        let up = share_up(kept.field_of_others(unit), bath.temperature);
        if (bath.lots.random::<f64>() < up) != kept.is_up(unit) {
            kept.turn(unit);
            flips += 1;
        }
    }
    flips
}
