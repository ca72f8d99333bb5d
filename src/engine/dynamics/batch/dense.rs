//! Many states of ±1 in a dense memory, all units at once.
//!
//! Twice the pull on a unit is Σ_μ a_μ ξ_i^μ − s_i Σ_μ b_μ, with weights a_μ and b_μ that the overlap of the state with
//! pattern μ decides. Overlaps are whole numbers, counted on packed bits. Where all a_μ are whole numbers too, their
//! sums are counted plane by plane of their binary digits, exactly; of exponentials, those are summed that can turn a
//! sign. What rounding could decide otherwise is asked as a single run asks it.

use super::super::seen::words;
use super::rest::Rest;
use super::walk::Walk;
use crate::engine::dense::DenseMemory;
use crate::engine::kernels::{Bits, add_scaled_row, width::widest};
use crate::engine::patterns::{Patterns, State};
use std::sync::Arc;

/// States whose overlaps are kept at once.
const AT_ONCE: usize = 16;
/// A binary digit that so few patterns have is added pattern by pattern.
const FEW: u32 = 24;
/// Light patterns are left out that weigh, all together, at most such a share of the nearest one; if that could turn a
/// sign, the smaller share.
const LEFT_OUT: [f64; 2] = [0.05, 1e-8];
/// Sums of whole numbers up to here are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Patterns packed both ways, and what they weigh.
#[derive(Debug, Clone)]
pub(super) struct DenseSums {
    patterns: Arc<Patterns>,
    /// One row a pattern.
    by_pattern: Bits,
    /// One row a unit.
    by_unit: Bits,
    /// Σ_μ ξ_μ,i of every unit.
    sums: Vec<f64>,
    /// a and b of a pattern by the number of units in which it agrees with the state.
    weights: Vec<[f64; 2]>,
    kind: Kind,
}

/// How Σ_μ a_μ ξ_i^μ is summed.
#[derive(Debug, Clone)]
enum Kind {
    /// a is such a whole number times `unit`: exactly.
    Whole { numbers: Vec<u32>, unit: f64 },
    /// Pattern by pattern. Exponentials are taken over the nearest pattern's, and the far ones are left out: as told
    /// by the first cut, or by the next one where that could turn a sign.
    Real { over_nearest: bool, cuts: Vec<Cut> },
}

/// Patterns that are left out.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// Those whose overlap is so much below the nearest one's.
    below: f32,
    /// What they weigh at most, all together.
    weight: f64,
}

/// Room for numbers that every sweep needs anew: given back and asked for again, it would cost as much as they do.
#[derive(Default)]
struct Room {
    overlaps: Vec<f32>,
    numbers: Vec<u32>,
    products: Vec<f32>,
}

/// Twice the pulls on all units of a state, but for their own shares.
struct Pulls {
    /// Σ_μ a_μ ξ_i^μ.
    fields: Vec<f64>,
    /// Σ_μ b_μ.
    own: f64,
    /// By how much they may be off, all sums together.
    error: f64,
}

impl DenseSums {
    /// Packs the patterns of `memory`.
    pub(super) fn new(memory: &DenseMemory) -> Self {
        let patterns = memory.patterns();
        let units = patterns.by_unit().outer_iter();
        let sum = |unit: ndarray::ArrayView1<'_, i8>| unit.iter().map(|s| f64::from(*s)).sum();
        let weights = memory.weights_by_count();
        Self {
            by_pattern: Bits::new(patterns.rows()),
            by_unit: Bits::new(patterns.by_unit()),
            sums: units.map(sum).collect(),
            kind: Kind::of(memory, &weights),
            weights,
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
            let moving = walkers.iter_mut().filter(|(_, walk)| walk.goes_on());
            let mut moving: Vec<&mut (State, Walk)> = moving.collect();
            if moving.is_empty() {
                break;
            }
            for walkers in moving.chunks_mut(AT_ONCE) {
                self.overlaps(walkers, &mut room);
                let pulls = self.pulls(&mut room);
                for ((state, walk), pulls) in
                    walkers.iter_mut().map(|walker| &mut **walker).zip(pulls)
                {
                    let turning = turning(memory, state, &pulls);
                    turning.iter().for_each(|unit| state.flip(*unit));
                    walk.swept(sweep, turning.len() as u64, &words(state));
                }
            }
        }
        let rest = |(state, walk): (State, Walk)| walk.rest(state, max_sweeps, None);
        walkers.into_iter().map(rest).collect()
    }

    /// The overlaps of states with all patterns, state after state.
    fn overlaps(&self, states: &[&mut (State, Walk)], room: &mut Room) {
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        let mut packed = Bits::empty(states.len(), n_units);
        for (row, (state, _)) in states.iter().map(|walker| &**walker).enumerate() {
            packed.set(row, state.units().iter().copied());
        }
        room.overlaps.resize(states.len() * n_patterns, 0.0);
        let out = &mut room.overlaps;
        self.by_pattern
            .products(&packed, 0..states.len(), 0, 1.0, out);
    }

    /// The pulls on states with the overlaps in `room`.
    fn pulls(&self, room: &mut Room) -> Vec<Pulls> {
        let n_patterns = self.patterns.n_patterns();
        match &self.kind {
            Kind::Whole { numbers, unit } => self.whole(numbers, *unit, room),
            Kind::Real { over_nearest, cuts } => {
                let states = room.overlaps.chunks_exact(n_patterns);
                states
                    .map(|overlaps| self.real(overlaps, *over_nearest, cuts))
                    .collect()
            }
        }
    }

    /// Exactly, for states one after the other.
    fn whole(&self, numbers: &[u32], unit: f64, room: &mut Room) -> Vec<Pulls> {
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        let counts = room.overlaps.iter().map(|overlap| self.count(*overlap));
        let counts: Vec<usize> = counts.collect();
        room.numbers.clear();
        room.numbers
            .extend(counts.iter().map(|count| numbers[*count]));
        let own = counts.chunks_exact(n_patterns);
        let own: Vec<f64> = own
            .map(|counts| counts.iter().map(|count| self.weights[*count][1]).sum())
            .collect();
        let fields = self.planes(room);
        let fields = fields.chunks_exact(n_units).zip(own);
        fields
            .map(|(fields, own)| Pulls {
                fields: fields.iter().map(|field| unit * field).collect(),
                own,
                error: 0.0,
            })
            .collect()
    }

    /// Σ_μ n_μ ξ_μ,i of the numbers in `room`, for states one after the other.
    fn planes(&self, room: &mut Room) -> Vec<f64> {
        let Room {
            numbers, products, ..
        } = room;
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        let mut fields = vec![0.0; numbers.len() / n_patterns * n_units];
        let mut planes = Vec::new();
        for (state, numbers) in numbers.chunks_exact_mut(n_patterns).enumerate() {
            let (dense, sparse) = digits(numbers);
            let fields = &mut fields[state * n_units..(state + 1) * n_units];
            self.add_few(sparse, numbers, fields);
            planes.extend(dense.into_iter().map(|digit| (state, digit)));
        }
        let mut rows = Bits::empty(planes.len(), n_patterns);
        for (row, (state, digit)) in planes.iter().enumerate() {
            let numbers = &numbers[state * n_patterns..(state + 1) * n_patterns];
            rows.set_digit(row, *digit, numbers);
        }
        products.resize(planes.len() * n_units, 0.0);
        self.by_unit
            .products(&rows, 0..planes.len(), 0, 1.0, products);
        for ((state, digit), products) in planes.iter().zip(products.chunks_exact(n_units)) {
            // A digit d of 0 or 1 was packed as 2d − 1.
            let half = 0.5 * f64::from(1_u32 << digit);
            let fields = &mut fields[state * n_units..(state + 1) * n_units];
            add_both(fields, half, products, &self.sums);
        }
        fields
    }

    /// Adds the patterns that have one of the binary digits in `sparse`, and takes from them what was added.
    fn add_few(&self, sparse: u32, numbers: &mut [u32], fields: &mut [f64]) {
        /// Patterns that are passed over together.
        const PATTERNS: usize = 64;
        let pieces = numbers.chunks_mut(PATTERNS);
        for (numbers, first) in pieces.zip((0..).step_by(PATTERNS)) {
            if any_digits(numbers) & sparse == 0 {
                continue;
            }
            for (number, pattern) in numbers.iter_mut().zip(first..) {
                let part = *number & sparse;
                if part > 0 {
                    add_signs(fields, f64::from(part), self.patterns.pattern(pattern));
                    *number -= part;
                }
            }
        }
    }

    /// With rounding, of one state.
    fn real(&self, overlaps: &[f32], over_nearest: bool, cuts: &[Cut]) -> Pulls {
        let n_units = self.patterns.n_units();
        let nearest = largest(overlaps);
        let shift = if over_nearest {
            n_units - self.count(nearest)
        } else {
            0
        };
        let n_patterns = overlaps.len() as f64;
        let pulls = |cut: &Cut| {
            let mut fields = vec![0.0; n_units];
            let (mut own, mut size) = (0.0, cut.weight);
            for (pattern, overlap) in overlaps.iter().enumerate() {
                if *overlap >= nearest - cut.below {
                    let [a, b] = self.weights[self.count(*overlap) + shift];
                    add_scaled_row(&mut fields, a, self.patterns.pattern(pattern));
                    own += b;
                    size += a.abs() + b.abs();
                }
            }
            // Sums of P numbers, here and in a single run, each off by no more than P roundings of their size.
            let error = cut.weight + 4.0 * n_patterns * f64::EPSILON * size;
            Pulls { fields, own, error }
        };
        let (last, first) = cuts.split_last().expect("there is a cut");
        let mut decided = first.iter().map(pulls).filter(|pulls| {
            let Pulls { fields, own, error } = pulls;
            fields.iter().all(|field| field.abs() > own.abs() + error)
        });
        decided.next().unwrap_or_else(|| pulls(last))
    }

    /// Units in which a pattern with this overlap, −N to N, agrees with the state.
    fn count(&self, overlap: f32) -> usize {
        (0.5 * (self.patterns.n_units() as f32 + overlap)) as usize
    }
}

impl Kind {
    fn of(memory: &DenseMemory, weights: &[[f64; 2]]) -> Self {
        let n_patterns = memory.patterns().n_patterns() as f64;
        let numbers: Vec<f64> = weights.iter().map(|[a, _]| *a).collect();
        let most = numbers.iter().copied().fold(0.0, f64::max);
        if memory.falls_off() {
            let cut = |share: f64| {
                let light = |a: &&f64| 2.0 * n_patterns * **a <= share * most;
                let n_light = numbers.iter().take_while(light).count();
                Cut {
                    below: 2.0 * (numbers.len() - n_light) as f32,
                    weight: share * most,
                }
            };
            return Self::Real {
                over_nearest: true,
                cuts: LEFT_OUT.map(cut).to_vec(),
            };
        }
        let whole = numbers.iter().all(|a| *a >= 0.0 && a.fract() == 0.0);
        if whole && most > 0.0 && 2.0 * n_patterns * most < EXACT {
            let unit = numbers.iter().map(|a| *a as u64).fold(0, common_divisor);
            let numbers = numbers.iter().map(|a| u32::try_from(*a as u64 / unit));
            if let Ok(numbers) = numbers.collect() {
                let unit = unit as f64;
                return Self::Whole { numbers, unit };
            }
        }
        let all = Cut {
            below: f32::INFINITY,
            weight: 0.0,
        };
        Self::Real {
            over_nearest: false,
            cuts: vec![all],
        }
    }
}

/// The units of `state` that turn.
fn turning(memory: &DenseMemory, state: &State, pulls: &Pulls) -> Vec<usize> {
    let Pulls { fields, own, error } = pulls;
    let mut agreements = None;
    let mut turns = |unit: usize| {
        let sign = f64::from(state.units()[unit]);
        let along = sign * fields[unit] - own;
        if along.abs() > *error || *error == 0.0 {
            return along < 0.0;
        }
        let agreements = agreements.get_or_insert_with(|| memory.agreements(state));
        sign * memory.pull(agreements, state, unit) < 0.0
    };
    (0..state.n_units()).filter(|unit| turns(*unit)).collect()
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// The largest of whole numbers.
fn largest(numbers: &[f32]) -> f32 {
    let largest = widest(
        #[inline(always)]
        || numbers.iter().map(|number| *number as i32).max(),
    );
    largest.unwrap_or(0) as f32
}

/// The binary digits that any of `numbers` has.
fn any_digits(numbers: &[u32]) -> u32 {
    widest(
        #[inline(always)]
        || numbers.iter().fold(0, |all, number| all | number),
    )
}

/// The binary digits that many of `numbers` have, and a mask of those that few have.
fn digits(numbers: &[u32]) -> (Vec<u32>, u32) {
    let (mut dense, mut sparse) = (Vec::new(), 0);
    widest(
        #[inline(always)]
        || {
            let all = any_digits(numbers);
            for digit in (0..u32::BITS).filter(|digit| all >> digit & 1 == 1) {
                let mut count = 0;
                for number in numbers {
                    count += number >> digit & 1;
                }
                if count > FEW {
                    dense.push(digit);
                } else {
                    sparse |= 1 << digit;
                }
            }
        },
    );
    (dense, sparse)
}

/// `fields[i] += weight × (a[i] + b[i])`.
fn add_both(fields: &mut [f64], weight: f64, a: &[f32], b: &[f64]) {
    widest(
        #[inline(always)]
        || {
            for (field, (a, b)) in fields.iter_mut().zip(a.iter().zip(b)) {
                *field += weight * (f64::from(*a) + b);
            }
        },
    );
}

/// `fields[i] += weight × signs[i]`.
fn add_signs(fields: &mut [f64], weight: f64, signs: &[i8]) {
    widest(
        #[inline(always)]
        || {
            for (field, sign) in fields.iter_mut().zip(signs) {
                *field += weight * f64::from(*sign);
            }
        },
    );
}
