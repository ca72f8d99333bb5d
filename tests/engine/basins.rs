//! How far from a stored pattern a state may start and still come back: a measurement for the tests of rules.
//!
//! States move at once (synchronously) for at most 100 steps, many together as one matrix product.

use engram::engine::rng::stream;
use engram::engine::{Memory, Patterns, State};
use ndarray::{Array2, Axis, Zip};
use rand::seq::SliceRandom as _;

/// Steps after which a state is taken as it is.
const MAX_STEPS: usize = 100;

/// Starts that are averaged over; every pattern is started from as often as every other, give or take one.
const N_STARTS: usize = 160;

/// m_c: the smallest initial overlap m_0, to 2/N, from which the mean final overlap is at least 0.9; infinite if not
/// even the patterns themselves stay that close.
///
/// The units that a start has turned over stay turned over for smaller m_0, so that only m_0 changes on the way.
pub(crate) fn critical_overlap(memory: &Memory, patterns: &Patterns, seed: u64) -> f64 {
    let starts = Starts::new(memory, patterns, seed);
    let n_units = patterns.n_units();
    let holds = |n_flipped| mean(&starts.final_overlaps(n_flipped)) >= 0.9;
    if !holds(0) {
        return f64::INFINITY;
    }
    let (mut held, mut lost) = (0, n_units / 2 + 1);
    while lost - held > 1 {
        let middle = usize::midpoint(held, lost);
        if holds(middle) {
            held = middle;
        } else {
            lost = middle;
        }
    }
    1.0 - 2.0 * held as f64 / n_units as f64
}

/// The final overlaps of states that start at overlap `initial` with a pattern, with that pattern.
pub(crate) fn final_overlaps(
    memory: &Memory,
    patterns: &Patterns,
    initial: f64,
    seed: u64,
) -> Vec<f64> {
    let n_flipped = (patterns.n_units() as f64 * (1.0 - initial) / 2.0).floor();
    Starts::new(memory, patterns, seed).final_overlaps(n_flipped as usize)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

struct Starts<'a> {
    memory: &'a Memory,
    /// Jᵀ, where there are couplings.
    transposed: Option<Array2<f32>>,
    /// The patterns started from, a row each.
    targets: Array2<f32>,
    /// For each start, the units in the order in which they are turned over.
    orders: Vec<Vec<usize>>,
}

impl<'a> Starts<'a> {
    fn new(memory: &'a Memory, patterns: &Patterns, seed: u64) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let chosen: Vec<usize> = (0..N_STARTS).map(|start| start % n_patterns).collect();
        let mut rng = stream(seed, "starts");
        let orders = (0..N_STARTS).map(|_| {
            let mut order: Vec<usize> = (0..n_units).collect();
            order.shuffle(&mut rng);
            order
        });
        Self {
            memory,
            transposed: memory
                .couplings()
                .map(|couplings| couplings.to_array().t().as_standard_layout().into_owned()),
            targets: patterns.rows().select(Axis(0), &chosen).mapv(f32::from),
            orders: orders.collect(),
        }
    }

    fn final_overlaps(&self, n_flipped: usize) -> Vec<f64> {
        let mut states = self.targets.clone();
        for (mut state, order) in states.outer_iter_mut().zip(&self.orders) {
            for unit in &order[..n_flipped] {
                state[*unit] = -state[*unit];
            }
        }
        let mut moving: Vec<usize> = (0..N_STARTS).collect();
        for _ in 0..MAX_STEPS {
            let now = states.select(Axis(0), &moving);
            let next = self.next(&now);
            for (row, start) in moving.iter().enumerate() {
                states.row_mut(*start).assign(&next.row(row));
            }
            let rows = now.outer_iter().zip(next.outer_iter()).zip(&moving);
            moving = rows
                .filter(|((now, next), _)| now != next)
                .map(|(_, start)| *start)
                .collect();
        }
        let pairs = states.outer_iter().zip(self.targets.outer_iter());
        pairs
            .map(|(state, target)| f64::from(state.dot(&target)) / state.len() as f64)
            .collect()
    }

    /// All states one step on; a unit whose field is zero stays as it is.
    fn next(&self, states: &Array2<f32>) -> Array2<f32> {
        let mut fields = self.fields(states);
        Zip::from(&mut fields).and(states).for_each(|field, unit| {
            *field = if *field == 0.0 { *unit } else { field.signum() };
        });
        fields
    }

    fn fields(&self, states: &Array2<f32>) -> Array2<f32> {
        if let Some(transposed) = &self.transposed {
            return states.dot(transposed);
        }
        let mut fields = states.clone();
        for (mut fields, state) in fields.outer_iter_mut().zip(states.outer_iter()) {
            let state = State::from_fn(state.len(), |unit| state[unit] > 0.0);
            fields.assign(&ndarray::aview1(&self.memory.fields(&state)));
        }
        fields
    }
}
