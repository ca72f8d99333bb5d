//! Many states under synchronous updates of a dense memory: s_i ← sign Σ_μ F'(ξ_μ · s) ξ_μ,i with F(x) = x³
//! (Krotov & Hopfield 2016) or log-sum-exp (Demircigil et al. 2017, Ramsauer et al. 2021).
//!
//! Overlaps are whole numbers, counted on packed bits. Squares are whole numbers too: their sums are counted plane
//! by plane of their binary digits, exactly. Of exponential weights only those are summed that can turn a sign.
//! Absent: threads (a batch can be cut anywhere).

use crate::engine::kernels::{Bits, width::widest};
use crate::engine::patterns::{Patterns, State};
use std::sync::Arc;

/// States whose overlaps are kept at once.
const AT_ONCE: usize = 16;
/// A binary digit that so few patterns have is added pattern by pattern.
const FEW: u32 = 24;
/// Light patterns are left out that weigh, all together, at most e^−3 of the heaviest one; if that could turn a sign,
/// e^−17.
const LEFT_OUT: [f64; 2] = [3.0, 17.0];

/// How the overlap of a pattern becomes its weight in the field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Separation {
    /// The square of ξ · s: what follows from the energy −Σ (ξ · s)³ / 3.
    Square,
    /// e^(β ξ · s) up to a common factor: what follows from the energy −(1/β) ln Σ e^(β ξ · s).
    Exponential {
        /// β > 0 per unit of overlap: larger lets fewer patterns speak.
        beta: f64,
    },
}

/// Room for numbers that every step needs anew: given back and asked for again, it would cost as much as they do.
#[derive(Default)]
struct Room {
    overlaps: Vec<f32>,
    squares: Vec<u32>,
    products: Vec<f32>,
}

/// Patterns packed both ways, for batches of states.
#[derive(Debug, Clone)]
pub struct DenseBatch {
    patterns: Arc<Patterns>,
    /// One row a pattern.
    by_pattern: Bits,
    /// One row a unit.
    by_unit: Bits,
    /// Σ_μ ξ_μ,i of every unit.
    sums: Vec<f64>,
}

impl DenseBatch {
    /// Packs the patterns.
    pub fn new(patterns: Arc<Patterns>) -> Self {
        let units = patterns.by_unit().outer_iter();
        let sum = |unit: ndarray::ArrayView1<'_, i8>| unit.iter().map(|s| f64::from(*s)).sum();
        Self {
            by_pattern: Bits::new(patterns.rows()),
            by_unit: Bits::new(patterns.by_unit()),
            sums: units.map(sum).collect(),
            patterns,
        }
    }

    /// Every state after `steps` updates of all its units at once; each must have as many units as the patterns.
    pub fn run(&self, states: &[State], separation: Separation, steps: u64) -> Vec<State> {
        let mut states = states.to_vec();
        let mut moving: Vec<usize> = (0..states.len()).collect();
        let mut room = Room::default();
        for _ in 0..steps {
            let before: Vec<&State> = moving.iter().map(|b| &states[*b]).collect();
            let after: Vec<State> = before
                .chunks(AT_ONCE)
                .flat_map(|states| self.step(states, separation, &mut room))
                .collect();
            // A state that an update leaves as it is stays so for ever.
            let mut turned = Vec::new();
            for (b, state) in moving.into_iter().zip(after) {
                if states[b] != state {
                    states[b] = state;
                    turned.push(b);
                }
            }
            moving = turned;
        }
        states
    }

    /// One update of every state.
    fn step(&self, states: &[&State], separation: Separation, room: &mut Room) -> Vec<State> {
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        let mut packed = Bits::empty(states.len(), n_units);
        for (row, state) in states.iter().enumerate() {
            packed.set(row, state.units().iter().copied());
        }
        room.overlaps.resize(states.len() * n_patterns, 0.0);
        self.by_pattern
            .products(&packed, 0..states.len(), 0, 1.0, &mut room.overlaps);
        let fields = match separation {
            Separation::Square => self.squares(room),
            Separation::Exponential { beta } => room
                .overlaps
                .chunks_exact(n_patterns)
                .flat_map(|overlaps| self.exponentials(overlaps, beta))
                .collect(),
        };
        let fields = fields.chunks_exact(n_units);
        let next = |(state, fields): (&&State, &[f64])| {
            State::from_fn(n_units, |unit| match fields[unit] {
                0.0 => state.units()[unit] > 0,
                field => field > 0.0,
            })
        };
        states.iter().zip(fields).map(next).collect()
    }

    /// Σ_μ o_μ² ξ_μ,i for states one after the other: exact while the sums stay below 2^53.
    fn squares(&self, room: &mut Room) -> Vec<f64> {
        let Room {
            overlaps,
            squares,
            products,
        } = room;
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        squares.resize(overlaps.len(), 0);
        square(overlaps, squares);
        let mut fields = vec![0.0; overlaps.len() / n_patterns * n_units];
        let mut planes = Vec::new();
        let states = squares.chunks_exact_mut(n_patterns);
        for (state, squares) in states.enumerate() {
            let (dense, sparse) = digits(squares);
            let fields = &mut fields[state * n_units..(state + 1) * n_units];
            self.add_few(sparse, squares, fields);
            planes.extend(dense.into_iter().map(|digit| (state, digit)));
        }
        let mut rows = Bits::empty(planes.len(), n_patterns);
        for (row, (state, digit)) in planes.iter().enumerate() {
            let squares = &squares[state * n_patterns..(state + 1) * n_patterns];
            rows.set_digit(row, *digit, squares);
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
    fn add_few(&self, sparse: u32, squares: &mut [u32], fields: &mut [f64]) {
        /// Patterns that are passed over together.
        const PATTERNS: usize = 64;
        let pieces = squares.chunks_mut(PATTERNS);
        for (squares, first) in pieces.zip((0..).step_by(PATTERNS)) {
            if any_digits(squares) & sparse == 0 {
                continue;
            }
            for (square, pattern) in squares.iter_mut().zip(first..) {
                let part = *square & sparse;
                if part > 0 {
                    add_signs(fields, f64::from(part), self.patterns.pattern(pattern));
                    *square -= part;
                }
            }
        }
    }

    /// Σ_μ e^(β (o_μ − o_max)) ξ_μ,i, with an error too small to turn a sign.
    fn exponentials(&self, overlaps: &[f32], beta: f64) -> Vec<f64> {
        let largest = largest(overlaps);
        let n_patterns = overlaps.len() as f64;
        for left_out in LEFT_OUT {
            let fields = self.weighted(overlaps, beta, largest, n_patterns.ln() + left_out);
            if fields.iter().all(|field| field.abs() > (-left_out).exp()) {
                return fields;
            }
        }
        self.weighted(overlaps, beta, largest, f64::INFINITY)
    }

    /// The sum over the patterns that weigh at least e^−`lightest`.
    fn weighted(&self, overlaps: &[f32], beta: f64, largest: f32, lightest: f64) -> Vec<f64> {
        let mut fields = vec![0.0; self.sums.len()];
        let least = (f64::from(largest) - lightest / beta) as f32;
        for (pattern, overlap) in overlaps.iter().enumerate() {
            if *overlap >= least {
                let weight = (beta * f64::from(overlap - largest)).exp();
                add_signs(&mut fields, weight, self.patterns.pattern(pattern));
            }
        }
        fields
    }
}

/// The squares of whole numbers.
fn square(numbers: &[f32], squares: &mut [u32]) {
    widest(
        #[inline(always)]
        || {
            for (square, number) in squares.iter_mut().zip(numbers) {
                let whole = *number as i32;
                *square = whole.wrapping_mul(whole) as u32;
            }
        },
    );
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

/// The largest of whole numbers.
fn largest(numbers: &[f32]) -> f32 {
    let largest = widest(
        #[inline(always)]
        || numbers.iter().map(|number| *number as i32).max(),
    );
    largest.unwrap_or(0) as f32
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use crate::engine::rng::stream;
    use ndarray::Array2;
    use rand::RngExt as _;

    fn memory(n_patterns: usize, n_units: usize) -> DenseBatch {
        let mut rng = stream(6, "dense patterns");
        let rows =
            Array2::from_shape_simple_fn(
                (n_patterns, n_units),
                || {
                    if rng.random() { 1 } else { -1 }
                },
            );
        let patterns = Patterns::new(rows, Grid::near_square(n_units), None).unwrap();
        DenseBatch::new(Arc::new(patterns))
    }

    fn starts(n_states: usize, n_units: usize) -> Vec<State> {
        let mut rng = stream(7, "dense starts");
        let mut start = || State::from_fn(n_units, |_| rng.random());
        (0..n_states).map(|_| start()).collect()
    }

    /// The same updates, one product after the other.
    fn plain(memory: &DenseBatch, state: &State, weight: impl Fn(i32) -> f64, steps: u64) -> State {
        let mut state = state.clone();
        for _ in 0..steps {
            let dots = memory.patterns.dots(&state);
            state = State::from_fn(state.n_units(), |unit| {
                let products = dots.iter().zip(memory.patterns.unit(unit));
                let field: f64 = products.map(|(o, s)| weight(*o) * f64::from(*s)).sum();
                if field == 0.0 {
                    state.units()[unit] > 0
                } else {
                    field > 0.0
                }
            });
        }
        state
    }

    #[test]
    fn squares_equal_the_plain_sum() {
        for (n_patterns, n_units) in [(1, 5), (40, 30), (900, 33), (700, 64)] {
            let memory = memory(n_patterns, n_units);
            let starts = starts(20, n_units);
            for steps in [0, 1, 4] {
                let ends = memory.run(&starts, Separation::Square, steps);
                for (start, end) in starts.iter().zip(ends) {
                    let square = |overlap: i32| f64::from(overlap * overlap);
                    assert_eq!(end, plain(&memory, start, square, steps));
                }
            }
        }
    }

    #[test]
    fn exponentials_equal_the_plain_sum() {
        for (n_patterns, n_units, beta) in
            [(1, 5, 0.1), (300, 33, 2.0), (700, 64, 0.3), (2, 64, 3.0)]
        {
            let memory = memory(n_patterns, n_units);
            let starts = starts(20, n_units);
            let ends = memory.run(&starts, Separation::Exponential { beta }, 3);
            for (start, end) in starts.iter().zip(ends) {
                let weight = |overlap: i32| (beta * f64::from(overlap - n_units as i32)).exp();
                assert_eq!(end, plain(&memory, start, weight, 3));
            }
        }
    }

    #[test]
    fn two_patterns_as_near_as_each_other_leave_a_third_to_decide() {
        // Overlaps 2, 2 and −2 of 4 units: where the first two differ, e^(−4β) of the third turns the unit.
        let rows = ndarray::array![[1, 1, 1, -1], [1, 1, -1, 1], [-1, -1, -1, 1]];
        let patterns = Patterns::new(rows, Grid::square(2), None).unwrap();
        let memory = DenseBatch::new(Arc::new(patterns));
        let start = State::from_signs(&[1, 1, 1, 1]);
        let end = memory.run(&[start], Separation::Exponential { beta: 10.0 }, 1);
        assert_eq!(end[0].units(), [1, 1, -1, 1]);
    }
}
