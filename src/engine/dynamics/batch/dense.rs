//! Many states of ±1 in a dense memory, all units at once.
//!
//! Twice the pull on a unit is Σ_μ a_μ ξ_i^μ − s_i Σ_μ b_μ, with weights a_μ and b_μ that the overlap of the state with
//! pattern μ decides. Overlaps are whole numbers, counted on packed bits; sums of a with signs are looked up in single
//! precision, and of exponentials only those are summed that can turn a sign. What rounding could decide otherwise is
//! asked as a single run asks it.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::super::seen::words;
use super::rest::Rest;
use super::walk::Walk;
use crate::engine::dense::{Agreements, DenseMemory};
use crate::engine::kernels::{Bits, Signs, add_scaled_row, width::widest};
use crate::engine::patterns::{Patterns, State};
use ndarray::{ArrayView2, ArrayViewMut2};
use std::borrow::Cow;
use std::sync::Arc;

/// States that are looked up together: as many as the widest vector holds.
const AT_ONCE: usize = 16;
/// Light patterns are left out that weigh, all together, at most such a share of the nearest one; if that could turn a
/// sign, the smaller share.
const LEFT_OUT: [f64; 2] = [0.05, 1e-8];

/// Patterns packed both ways, and what they weigh.
#[derive(Debug, Clone)]
pub(super) struct DenseSums {
    patterns: Arc<Patterns>,
    /// One row a pattern.
    by_pattern: Bits,
    kind: Summing,
}

/// How Σ_μ a_μ ξ_i^μ is summed.
#[derive(Debug, Clone)]
enum Summing {
    /// All of it, in single precision.
    LookedUp {
        /// One row a unit.
        by_unit: Signs,
        /// a and b by the number of units in which a pattern agrees with the state, the largest below 2.
        weights: Vec<[f32; 2]>,
    },
    /// Pattern by pattern in double precision, over the nearest one's weight and without the far ones.
    Steep {
        /// a and b by the number of units in which a pattern agrees with the state, if the nearest agreed in all.
        weights: Vec<[f64; 2]>,
        /// Which are far; the next ones if that could turn a sign.
        cuts: [FarPatterns; 2],
    },
}

/// Patterns that are left out.
#[derive(Debug, Clone, Copy)]
struct FarPatterns {
    /// Those whose overlap is so much below the nearest one's.
    below: f32,
    /// What they weigh at most, all together.
    weight: f64,
}

/// Room for numbers that every sweep needs anew: given back and asked for again, it would cost as much as they do.
#[derive(Default)]
struct Room {
    overlaps: Vec<f32>,
    tally: Vec<u32>,
    numbers: Vec<f32>,
    products: Vec<f32>,
}

/// Twice the pulls on all units of a state, but for their own shares.
struct Pulls<'a> {
    /// Σ_μ a_μ ξ_i^μ.
    fields: Cow<'a, [f32]>,
    /// Σ_μ b_μ.
    own: f64,
    /// By how much they may be off, all sums together.
    error: f64,
}

impl DenseSums {
    /// Packs the patterns of `memory`.
    pub(super) fn new(memory: &DenseMemory) -> Self {
        let patterns = memory.patterns();
        Self {
            by_pattern: Bits::new(patterns.rows()),
            kind: Summing::of(memory),
            patterns: Arc::clone(patterns),
        }
    }

    /// Every state under synchronous updates.
    pub(super) fn synchronous(
        &self,
        memory: &DenseMemory,
        states: &[State],
        max_sweeps: u64,
    ) -> Vec<Rest> {
        let walk = |state: &State| (state.clone(), Walk::from(&words(state)));
        let mut walkers: Vec<(State, Walk)> = states.iter().map(walk).collect();
        let mut room = Room::default();
        for sweep in 1..=max_sweeps {
            let moving = walkers
                .iter_mut()
                .filter(|(_, walk)| walk.goes_on(max_sweeps));
            let mut moving: Vec<&mut (State, Walk)> = moving.collect();
            if moving.is_empty() {
                break;
            }
            for walkers in moving.chunks_mut(AT_ONCE) {
                let turning = self.turning(memory, walkers, &mut room);
                for ((state, walk), turning) in walkers.iter_mut().map(|w| &mut **w).zip(turning) {
                    turning.iter().for_each(|unit| state.flip(*unit));
                    walk.swept(sweep, turning.len() as u64, &words(state));
                }
            }
        }
        let rest = |(state, walk): (State, Walk)| walk.rest(state, None);
        walkers.into_iter().map(rest).collect()
    }

    /// The units of each state that turn.
    fn turning(
        &self,
        memory: &DenseMemory,
        states: &[&mut (State, Walk)],
        room: &mut Room,
    ) -> Vec<Vec<usize>> {
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        let mut packed = Bits::empty(states.len(), n_units);
        for (row, walker) in states.iter().enumerate() {
            packed.set(row, walker.0.units());
        }
        room.overlaps.resize(states.len() * n_patterns, 0.0);
        let rows = 0..states.len();
        self.by_pattern
            .products(&packed, rows, 0, 1.0, &mut room.overlaps);
        let states = states.iter().map(|walker| &walker.0);
        match &self.kind {
            Summing::LookedUp { by_unit, weights } => {
                let sums = look_up(by_unit, weights, n_patterns, room);
                let fields = room.products.chunks_exact(n_units);
                let overlaps = room.overlaps.chunks_exact(n_patterns);
                let pulls = fields.zip(sums).map(|(fields, (own, error))| Pulls {
                    fields: Cow::Borrowed(fields),
                    own,
                    error,
                });
                let all = states.zip(pulls).zip(overlaps);
                all.map(|((state, pulls), overlaps)| pulls.turning(memory, state, overlaps))
                    .collect()
            }
            Summing::Steep { weights, cuts } => {
                let all = states.zip(room.overlaps.chunks_exact(n_patterns));
                let turning = all.map(|(state, overlaps)| {
                    let mut pulls = self.steep(overlaps, weights, cuts[0]);
                    if !pulls.are_decided() {
                        pulls = self.steep(overlaps, weights, cuts[1]);
                    }
                    pulls.turning(memory, state, overlaps)
                });
                turning.collect()
            }
        }
    }

    /// The pulls on a state of N units with these overlaps, without the patterns of `cut`.
    fn steep(&self, overlaps: &[f32], weights: &[[f64; 2]], cut: FarPatterns) -> Pulls<'_> {
        let n_units = weights.len() - 1;
        let nearest = largest(overlaps);
        let shift = n_units - count(nearest, n_units) as usize;
        let mut fields = vec![0.0; n_units];
        let (mut own, mut size) = (0.0, cut.weight);
        for (pattern, overlap) in overlaps.iter().enumerate() {
            if *overlap >= nearest - cut.below {
                let [a, b] = weights[count(*overlap, n_units) as usize + shift];
                add_scaled_row(&mut fields, a, self.patterns.pattern(pattern));
                own += b;
                size += a.abs() + b.abs();
            }
        }
        // Sums of P numbers, here and in a single run, each off by no more than P roundings of their size; and what
        // single precision makes of them.
        let rounding = 4.0 * overlaps.len() as f64 * f64::EPSILON + f64::from(f32::EPSILON);
        Pulls {
            fields: fields.iter().map(|field| *field as f32).collect(),
            own,
            error: cut.weight + rounding * size,
        }
    }
}

impl Summing {
    fn of(memory: &DenseMemory) -> Self {
        let patterns = memory.patterns();
        let weights = memory.weights_by_count();
        let most = weights
            .iter()
            .flatten()
            .fold(0.0, |most: f64, a| most.max(a.abs()));
        if !memory.falls_off() {
            // A power of two, so that small whole numbers stay such.
            let unit = libm::exp2(-libm::floor(libm::log2(most)));
            let weights = weights
                .iter()
                .map(|weights| weights.map(|a| (unit * a) as f32));
            return Self::LookedUp {
                by_unit: Signs::new(patterns.by_unit()),
                weights: weights.collect(),
            };
        }
        let cut = |share: f64| {
            let all = 2.0 * patterns.n_patterns() as f64;
            let light = weights.iter().take_while(|[a, _]| all * a <= share * most);
            FarPatterns {
                below: 2.0 * (weights.len() - light.count()) as f32,
                weight: share * most,
            }
        };
        let cuts = LEFT_OUT.map(cut);
        Self::Steep { weights, cuts }
    }
}

impl Pulls<'_> {
    /// Whether every unit is told what to do, whatever it is.
    fn are_decided(&self) -> bool {
        let least = self.own.abs() + self.error;
        self.fields
            .iter()
            .all(|field| f64::from(field.abs()) > least)
    }

    /// The units of `state`, with these overlaps, that turn.
    fn turning(&self, memory: &DenseMemory, state: &State, overlaps: &[f32]) -> Vec<usize> {
        let mut agreements = None;
        let mut turns = |unit: usize| {
            let sign = f64::from(state.units()[unit]);
            let along = sign * f64::from(self.fields[unit]) - self.own;
            if along.abs() > self.error {
                return along < 0.0;
            }
            let agreements = agreements.get_or_insert_with(|| {
                let counts = overlaps.iter();
                let count = |overlap: &f32| count(*overlap, state.n_units()) as i32;
                Agreements::new(counts.map(count).collect())
            });
            sign * memory.pull(agreements, state, unit) < 0.0
        };
        (0..state.n_units()).filter(|unit| turns(*unit)).collect()
    }
}

/// Puts Σ_μ a_μ ξ_i^μ of the states whose overlaps are in `room` there, state after state; Σ_μ b_μ of each, and by how
/// much all that may be off.
fn look_up(
    by_unit: &Signs,
    weights: &[[f32; 2]],
    n_patterns: usize,
    room: &mut Room,
) -> Vec<(f64, f64)> {
    let (n_states, n_units) = (room.overlaps.len() / n_patterns, weights.len() - 1);
    room.numbers.resize(room.overlaps.len(), 0.0);
    let states = room.overlaps.chunks_exact(n_patterns);
    let states = states.zip(room.numbers.chunks_exact_mut(n_patterns));
    let sums = states.map(|(overlaps, numbers)| {
        let [own, size] = weigh(weights, overlaps, numbers, &mut room.tally);
        // Four roundings for each 36 patterns, a few for sums of six, one for each number; none of a number too small.
        let n_roundings = n_patterns as f64 / 9.0 + 16.0;
        let rounding = 0.5 * f64::from(f32::EPSILON) * n_roundings * size;
        (
            own,
            rounding + n_patterns as f64 * f64::from(f32::MIN_POSITIVE),
        )
    });
    let sums = sums.collect();
    room.products.resize(n_states * n_units, 0.0);
    let numbers = ArrayView2::from_shape((n_states, n_patterns), &room.numbers);
    let products = ArrayViewMut2::from_shape((n_states, n_units), &mut room.products);
    by_unit.products(
        products.expect("a row of products a state"),
        numbers.expect("a row of numbers a state"),
    );
    sums
}

/// Puts the a of all patterns into `numbers`; Σ b and Σ (|a| + |b|). `tally` is how many patterns agree with the state in
/// so many units.
fn weigh(
    weights: &[[f32; 2]],
    overlaps: &[f32],
    numbers: &mut [f32],
    tally: &mut Vec<u32>,
) -> [f64; 2] {
    /// Overlaps that are turned into counts together.
    const TOGETHER: usize = 64;
    tally.clear();
    tally.resize(weights.len(), 0);
    let n_units = weights.len() - 1;
    let mut counts = [0; TOGETHER];
    widest(
        #[inline(always)]
        || {
            for (numbers, overlaps) in numbers.chunks_mut(TOGETHER).zip(overlaps.chunks(TOGETHER)) {
                for (place, overlap) in counts.iter_mut().zip(overlaps) {
                    *place = count(*overlap, n_units);
                }
                for (number, count) in numbers.iter_mut().zip(counts) {
                    *number = weights[count as usize][0];
                    tally[count as usize] += 1;
                }
            }
        },
    );
    let mut sums = [0.0; 2];
    for ([a, b], n_patterns) in weights.iter().zip(tally) {
        let n_patterns = f64::from(*n_patterns);
        sums[0] += n_patterns * f64::from(*b);
        sums[1] += n_patterns * f64::from(a.abs() + b.abs());
    }
    sums
}

/// Units in which a pattern with this overlap, −N to N, agrees with the state.
#[inline(always)]
fn count(overlap: f32, n_units: usize) -> u32 {
    // By way of a signed number, which vector units have an instruction for.
    (0.5 * (n_units as f32 + overlap)) as i32 as u32
}

/// The largest of whole numbers.
fn largest(numbers: &[f32]) -> f32 {
    let largest = widest(
        #[inline(always)]
        || numbers.iter().map(|number| *number as i32).max(),
    );
    largest.unwrap_or(0) as f32
}
