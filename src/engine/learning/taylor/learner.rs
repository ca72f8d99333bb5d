//! Learning by the Taylor rule: from sums over the patterns where couplings have no say, pattern by pattern where they do.
//!
//! Without terms in W the couplings are P b + a S_j + p S_i + c Σ_μ ξ_i ξ_j with S_i = Σ_μ ξ_i, so that a setting
//! changes them in O(N²), however many patterns there are.

use super::{Coding, PresentationOrder, Taylor};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::learning::shared::products::UnitProducts;
use crate::engine::learning::shared::rows::{ENTRIES_A_STEP, any_row, multiply_add, out_of_bounds};
use crate::engine::learning::{Diagonal, Learner, StepReport};
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::rng::{Stream, stream};
use ndarray::Array2;
use rand::seq::SliceRandom as _;
use std::sync::Arc;

pub(super) fn start(rule: Taylor, patterns: Arc<Patterns>, seed: u64) -> Box<dyn Learner> {
    if rule.depends_on_couplings() {
        Box::new(OneByOne::new(rule, patterns, seed))
    } else {
        Box::new(Summed {
            rule,
            products: UnitProducts::new(patterns),
        })
    }
}

/// The couplings J = W/N.
fn memory(rule: &Taylor, mut weights: Array2<f32>) -> Result<Memory, Error> {
    if rule.diagonal == Diagonal::Zero {
        weights.diag_mut().fill(0.0);
    }
    let scale = 1.0 / weights.nrows() as f32;
    Couplings::new(weights, scale).map(Memory::Pairwise)
}

/// All patterns at once.
struct Summed {
    rule: Taylor,
    products: UnitProducts,
}

impl Learner for Summed {
    fn step(&mut self) -> Option<StepReport> {
        self.products
            .step()
            .then(|| StepReport::one_shot(self.products.done()))
    }

    fn memory(&self) -> Result<Memory, Error> {
        let patterns = self.products.patterns();
        let sums = patterns.unit_sums().iter().copied().map(f64::from);
        let sums: Vec<f64> = sums.collect();
        let each = self.rule.coefficients();
        let constant = patterns.n_patterns() as f64 * each.offset;
        let factor = self.rule.rate * f64::from(self.rule.presentations);
        let mut weights = Arc::unwrap_or_clone(self.products.matrix());
        weights.diag_mut().fill(patterns.n_patterns() as f32);
        for (mut row, s_i) in weights.outer_iter_mut().zip(&sums) {
            for (weight, s_j) in row.iter_mut().zip(&sums) {
                // Where a = p, each bracket is the same for (i, j) and (j, i), to the last bit.
                let sum = (each.pre * s_j + each.post * s_i)
                    + (constant + each.product * f64::from(*weight));
                *weight = (factor * sum) as f32;
            }
        }
        memory(&self.rule, weights)
    }

    fn work(&self) -> f64 {
        let n_units = self.products.patterns().n_units() as f64;
        self.products.work() + 10.0 * n_units * n_units
    }
}

/// One pattern after the other, a few rows of the couplings at a time.
pub(super) struct OneByOne {
    rule: Taylor,
    patterns: Arc<Patterns>,
    weights: Array2<f32>,
    rng: Stream,
    /// The patterns in the order of this presentation.
    order: Vec<usize>,
    presented: u64,
    /// What the pattern at hand does to the row of a unit that is down, and of one that is up.
    changes: [Change; 2],
    rows_done: usize,
    diverged: bool,
}

/// W ← W × factor + term, a number of each for every unit that acts.
#[derive(Default)]
struct Change {
    factors: Vec<f32>,
    terms: Vec<f32>,
}

impl OneByOne {
    pub(super) fn new(rule: Taylor, patterns: Arc<Patterns>, seed: u64) -> Self {
        let n_units = patterns.n_units();
        Self {
            rule,
            weights: Array2::zeros((n_units, n_units)),
            rng: stream(seed, "presentations"),
            order: (0..patterns.n_patterns()).collect(),
            patterns,
            presented: 0,
            changes: Default::default(),
            rows_done: 0,
            diverged: false,
        }
    }

    /// Presentations of single patterns in all.
    fn n_presented(&self) -> u64 {
        self.patterns.n_patterns() as u64 * u64::from(self.rule.presentations)
    }

    /// The pattern that is presented now.
    fn pattern(&self) -> usize {
        self.order[(self.presented % self.order.len() as u64) as usize]
    }

    /// Prepares what the next pattern does.
    fn begin_pattern(&mut self) {
        let first = self.presented.is_multiple_of(self.order.len() as u64);
        if first && self.rule.order == PresentationOrder::Shuffled {
            self.order.shuffle(&mut self.rng);
        }
        let units = self.patterns.pattern(self.pattern());
        let Taylor {
            constants,
            slopes,
            coding,
            rate,
            ..
        } = self.rule;
        self.changes = [-1, 1].map(|post| {
            let of = |terms: &[f64; 6], pre: i8| {
                rate * at(terms, activity(coding, pre), activity(coding, post))
            };
            let [down, up] = [-1, 1].map(|pre| (1.0 + of(&slopes, pre), of(&constants, pre)));
            let pick = |unit: &i8| if *unit > 0 { up } else { down };
            Change {
                factors: units.iter().map(|unit| pick(unit).0 as f32).collect(),
                terms: units.iter().map(|unit| pick(unit).1 as f32).collect(),
            }
        });
    }
}

impl OneByOne {
    /// Changes up to `count` rows by the pattern at hand; how many.
    fn next_rows(&mut self, count: usize) -> usize {
        if self.rows_done == 0 {
            self.begin_pattern();
        }
        let n_units = self.patterns.n_units();
        let rows = self.rows_done..(self.rows_done + count).min(n_units);
        let units = self.patterns.pattern(self.pattern());
        let changes = &self.changes;
        self.diverged = any_row(&mut self.weights, rows.clone(), |unit, row| {
            let Change { factors, terms } = &changes[usize::from(units[unit] > 0)];
            multiply_add(row, factors, terms);
            out_of_bounds(row)
        });
        self.rows_done = rows.end;
        if self.rows_done == n_units {
            self.rows_done = 0;
            self.presented += u64::from(!self.diverged);
        }
        rows.len()
    }
}

fn activity(coding: Coding, unit: i8) -> f64 {
    match coding {
        Coding::Signs => f64::from(unit),
        Coding::ZeroOne => f64::midpoint(1.0, f64::from(unit)),
    }
}

/// c0 + c1pre x_j + c1post x_i + c2pre x_j² + c2post x_i² + c2corr x_i x_j; the same to the last bit if the units
/// and the coefficients of the two are exchanged.
fn at(terms: &[f64; 6], x_j: f64, x_i: f64) -> f64 {
    let [c0, c1pre, c1post, c2pre, c2post, c2corr] = *terms;
    c0 + (c1pre * x_j + c1post * x_i)
        + (c2pre * (x_j * x_j) + c2post * (x_i * x_i))
        + c2corr * (x_i * x_j)
}

impl Learner for OneByOne {
    fn step(&mut self) -> Option<StepReport> {
        if self.presented == self.n_presented() || self.diverged {
            return None;
        }
        let n_units = self.patterns.n_units();
        let mut left = ENTRIES_A_STEP.div_ceil(n_units);
        while left > 0 && self.presented < self.n_presented() && !self.diverged {
            left -= self.next_rows(left);
        }
        let done = self.presented as f64 / self.n_presented() as f64;
        Some(StepReport::one_shot(done as f32))
    }

    fn memory(&self) -> Result<Memory, Error> {
        if self.diverged {
            return Err(Error::Diverged {
                when: format!(
                    "presentation {} of {}",
                    self.presented + 1,
                    self.n_presented()
                ),
                remedy: "make the terms in W smaller or negative, or lower the learning rate",
            });
        }
        memory(&self.rule, self.weights.clone())
    }

    fn work(&self) -> f64 {
        let n_units = self.patterns.n_units() as f64;
        2.0 * n_units * n_units * self.n_presented() as f64
    }
}
