//! Gradient descent on the pseudo-likelihood, a block of rows at a time.

use super::super::{Learner, Metrics, StepReport};
use super::logistic::{add_scaled, dot, residuals};
use super::settings::{FirstCouplings, PseudoLikelihood, Tie};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::Signs;
use crate::engine::learning::shared::gram::unit_sums;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::products::{rows, rows_mut};
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

/// Operations of one step of the learner: a few milliseconds.
const STEP: f64 = 4e8;

/// Gradient descent under way.
pub(super) struct Descent {
    rule: PseudoLikelihood,
    /// Ξᵀ, N × P.
    signs: Array2<f32>,
    by_pattern: Signs,
    by_unit: Signs,
    couplings: Array2<f32>,
    gradient: Array2<f32>,
    /// Fields of a block of rows on all patterns.
    fields: Array2<f32>,
    /// Norm of the gradient at J = 0, over that of one row.
    first_norm: f64,
    rate: f64,
    epoch: u32,
    row: usize,
    sums: Sums,
    standing: Metrics,
    clipped: u32,
    rescued: u32,
    /// Norm of the gradient at the couplings, once they have been measured and until the step from them is done.
    measured: Option<f64>,
}

/// What the rows of an epoch add up to so far.
#[derive(Clone, Copy, Default)]
struct Sums {
    loss: f64,
    norm: f64,
    margin: Option<f64>,
}

impl Descent {
    /// Descent that has not begun.
    pub(super) fn new(rule: PseudoLikelihood, patterns: &Patterns, seed: u64) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let sums = unit_sums(patterns);
        let first_norm = norm(&sums) / n_patterns as f64;
        let couplings = match rule.start {
            FirstCouplings::Zero => Array2::zeros((n_units, n_units)),
            FirstCouplings::Hebb => sums / n_units as f32,
            FirstCouplings::Random => random(n_units, rule.couplings == Tie::Symmetric, seed),
        };
        let block = (STEP / (2.0 * n_patterns as f64 * n_units as f64)) as usize;
        let block = block.next_multiple_of(8).min(n_units);
        Self {
            rule,
            signs: patterns.by_unit().mapv(f32::from),
            by_pattern: Signs::new(patterns.rows()),
            by_unit: Signs::new(patterns.by_unit()),
            gradient: Array2::zeros((n_units, n_units)),
            couplings,
            fields: Array2::zeros((block, n_patterns)),
            first_norm,
            rate: rule.eta,
            epoch: 0,
            row: 0,
            sums: Sums::default(),
            standing: Metrics::default(),
            clipped: 0,
            rescued: 0,
            measured: None,
        }
    }

    /// The gradients of the next rows' own losses.
    fn next_rows(&mut self) {
        let (n_units, n_patterns) = self.signs.dim();
        let block = self.row..(self.row + self.fields.nrows()).min(n_units);
        let mut fields = rows_mut(&mut self.fields, 0..block.len());
        let couplings = rows(&self.couplings, block.clone());
        self.by_pattern.products(fields.view_mut(), couplings);
        for (row, mut fields) in block.clone().zip(fields.outer_iter_mut()) {
            let fields = fields.as_slice_mut().expect("made in standard layout");
            let signs = slice(&self.signs, row);
            let fit = residuals(fields, signs, self.rule.lambda as f32);
            let couplings = slice(&self.couplings, row);
            let square = dot(couplings, couplings);
            self.sums.loss +=
                fit.cost / (self.rule.lambda * n_patterns as f64) + 0.5 * self.rule.l2 * square;
            self.sums.norm += square.sqrt();
            if square > 0.0 {
                let margin = f64::from(fit.smallest) / square.sqrt();
                self.sums.margin = Some(self.sums.margin.unwrap_or(margin).min(margin));
            }
        }
        let gradient = rows_mut(&mut self.gradient, block.clone());
        self.by_unit.products(gradient, fields.view());
        for row in block.clone() {
            let mut gradient = self.gradient.row_mut(row);
            gradient *= 1.0 / n_patterns as f32;
            gradient[row] = 0.0;
            let gradient = gradient.into_slice().expect("made in standard layout");
            add_scaled(gradient, self.rule.l2 as f32, slice(&self.couplings, row));
        }
        self.row = block.end;
    }

    /// All rows together: where the couplings stand after the steps so far, and the norm of the gradient there.
    fn measure(&mut self) -> f64 {
        let n_units = self.couplings.nrows();
        if self.rule.couplings == Tie::Symmetric {
            symmetrise(&mut self.gradient);
        }
        let norm = norm(&self.gradient);
        self.standing = Metrics {
            iteration: u64::from(self.epoch),
            loss: Some(self.sums.loss / n_units as f64),
            gradient: (self.first_norm > 0.0).then(|| norm / self.first_norm),
            row_norm: Some(self.sums.norm / n_units as f64),
            margin: self.sums.margin,
        };
        self.row = 0;
        self.sums = Sums::default();
        norm
    }

    /// The step, along a gradient of norm `norm`.
    fn descend(&mut self, norm: f64) {
        let n_units = self.couplings.nrows();
        if norm.is_finite() {
            // The authors' gradient is that of a mean over the units, smaller by a factor of N.
            let longest = self.rule.clip * n_units as f64;
            let cut = self.rule.clip > 0.0 && norm > longest;
            self.clipped += u32::from(cut);
            let step = if cut {
                self.rate * longest / norm
            } else {
                self.rate
            };
            let gradient = self.gradient.as_slice().expect("made in standard layout");
            let couplings = self
                .couplings
                .as_slice_mut()
                .expect("made in standard layout");
            add_scaled(couplings, -step as f32, gradient);
        } else {
            // As the authors do.
            self.couplings *= 0.1;
            self.rate *= 0.1;
            self.rescued += 1;
        }
        self.epoch += 1;
    }
}

impl Learner for Descent {
    fn step(&mut self) -> Option<StepReport> {
        // The step is put off until the next call, so that couplings and what is told of them belong together.
        if let Some(norm) = self.measured.take() {
            if self.epoch == self.rule.steps {
                self.measured = Some(norm);
                return None;
            }
            self.descend(norm);
        }
        let over = self.epoch == self.rule.steps;
        if over && self.row == 0 && self.rule.couplings == Tie::Symmetrised {
            // What is measured in the end is what is handed over.
            symmetrise(&mut self.couplings);
        }
        self.next_rows();
        let share = self.row as f32 / self.couplings.nrows() as f32;
        let done = (self.epoch as f32 + share) / (self.rule.steps + 1) as f32;
        if self.row == self.couplings.nrows() {
            self.measured = Some(self.measure());
        }
        Some(StepReport {
            done,
            standing: Some(self.standing),
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        let mut weights = self.couplings.clone();
        if self.rule.couplings == Tie::Symmetrised {
            symmetrise(&mut weights);
        }
        Couplings::new(weights, 1.0).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let (n, p) = self.signs.dim();
        let (p, n) = (p as f64, n as f64);
        f64::from(self.rule.steps + 1) * (2.0 * p * n * n + 40.0 * p * n + 10.0 * n * n)
    }

    fn ending(&self) -> Option<String> {
        if self.rescued > 0 {
            return Some(format!(
                "Learning left the finite numbers {} times; each time couplings and rate were made ten times smaller",
                self.rescued
            ));
        }
        (self.clipped > 0).then(|| {
            format!(
                "{} of {} steps were cut to the longest gradient",
                self.clipped, self.epoch
            )
        })
    }
}

/// A row of an array in standard layout.
pub(super) fn slice(array: &Array2<f32>, row: usize) -> &[f32] {
    let row = array.row(row);
    row.to_slice().expect("made in standard layout")
}

/// A row of an array in standard layout, to change it.
pub(super) fn slice_mut(array: &mut Array2<f32>, row: usize) -> &mut [f32] {
    let row = array.row_mut(row);
    row.into_slice().expect("made in standard layout")
}

/// The norm of all entries.
pub(super) fn norm(array: &Array2<f32>) -> f64 {
    let rows = 0..array.nrows();
    let squares = rows.map(|row| dot(slice(array, row), slice(array, row)));
    squares.sum::<f64>().sqrt()
}

/// J ← (J + Jᵀ)/2, block by block so that both halves stay in the cache.
pub(super) fn symmetrise(array: &mut Array2<f32>) {
    const BLOCK: usize = 32;
    let n = array.nrows();
    let entries = array.as_slice_mut().expect("made in standard layout");
    for top in (0..n).step_by(BLOCK) {
        for left in (top..n).step_by(BLOCK) {
            for i in top..(top + BLOCK).min(n) {
                for j in left.max(i + 1)..(left + BLOCK).min(n) {
                    let mean = 0.5 * (entries[i * n + j] + entries[j * n + i]);
                    entries[i * n + j] = mean;
                    entries[j * n + i] = mean;
                }
            }
        }
    }
}

/// Independent normal couplings of variance 1/N without self-couplings, by Box and Muller.
fn random(n_units: usize, symmetric: bool, seed: u64) -> Array2<f32> {
    let mut rng = stream(seed, "pseudo-likelihood start");
    let mut normal = || {
        let (u, v): (f64, f64) = (rng.random(), rng.random());
        let radius = (-2.0 * (1.0 - u).ln() / n_units as f64).sqrt();
        (radius * (std::f64::consts::TAU * v).cos()) as f32
    };
    let mut couplings = Array2::from_shape_simple_fn((n_units, n_units), &mut normal);
    couplings.diag_mut().fill(0.0);
    if symmetric {
        symmetrise(&mut couplings);
        couplings *= std::f32::consts::SQRT_2;
    }
    couplings
}
