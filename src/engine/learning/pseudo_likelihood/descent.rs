//! Gradient descent on the pseudo-likelihood, a block of rows at a time.

use super::super::{Learner, Metrics, StepReport};
use super::batch::{Batches, Data};
use super::logistic::add_scaled;
use super::row::{norm, whole, whole_mut};
use super::settings::{FirstCouplings, PseudoLikelihood, Tie};
use super::start::first_couplings;
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::of_a_step;
use crate::engine::learning::shared::products::UnitProducts;
use crate::engine::learning::shared::tiles::symmetrise;
use crate::engine::memory::Memory;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::Patterns;
use crate::engine::products::rows_mut;
use ndarray::{Array2, Axis};
use std::sync::Arc;

/// Operations of one step of the learner.
const STEP: f64 = of_a_step(400_000_000) as f64;
/// Rows of a piece: whole vectors of them.
const ROWS: usize = 16;
/// Operations that a thread does at least: less is not worth sharing.
const SHARED: usize = 2_000_000;

/// Gradient descent under way.
pub(super) struct Descent {
    rule: PseudoLikelihood,
    patterns: Arc<Patterns>,
    /// Where the patterns of each step come from, unless they are all.
    batches: Option<Batches>,
    /// The patterns of the step.
    data: Data,
    /// The sums that it begins with, until they are counted.
    counting: Option<UnitProducts>,
    couplings: Array2<f32>,
    gradient: Array2<f32>,
    /// Norm of the gradient at J = 0, over that of one row.
    first_norm: f64,
    rate: f64,
    /// Steps done, and how many are to be done; a pass over the patterns is several where they come in batches.
    done: u64,
    n_steps: u64,
    row: usize,
    sums: Sums,
    standing: Metrics,
    clipped: u32,
    rescued: u32,
    /// Norm of the gradient at the couplings, once they have been measured and until the step from them is done.
    measured: Option<f64>,
}

/// What the rows add up to so far at the couplings as they are.
#[derive(Clone, Copy, Default)]
struct Sums {
    loss: f64,
    norm: f64,
    margin: Option<f64>,
}

impl Descent {
    /// Descent that has not begun.
    pub(super) fn new(rule: PseudoLikelihood, patterns: Arc<Patterns>, seed: u64) -> Self {
        let symmetric = rule.couplings == Tie::Symmetric;
        let first = first_couplings(rule.start, patterns.n_units(), symmetric, seed);
        Self::beginning(rule, patterns, seed, first)
    }

    /// The same from `first`, of which tied couplings take the symmetric part.
    pub(super) fn from(
        rule: PseudoLikelihood,
        patterns: Arc<Patterns>,
        seed: u64,
        first: &Couplings,
    ) -> Self {
        let mut couplings = first.to_array();
        if rule.couplings == Tie::Symmetric {
            symmetrise(&mut couplings);
        }
        // Those that are counted first would take their place.
        let rule = PseudoLikelihood {
            start: FirstCouplings::Zero,
            ..rule
        };
        Self::beginning(rule, patterns, seed, couplings)
    }

    fn beginning(
        rule: PseudoLikelihood,
        patterns: Arc<Patterns>,
        seed: u64,
        couplings: Array2<f32>,
    ) -> Self {
        let n_units = patterns.n_units();
        let mut batches = Batches::new(rule.batch, &patterns, seed);
        let data = match &mut batches {
            Some(batches) => batches.next(),
            None => Data::of(&patterns),
        };
        let n_steps = u64::from(rule.steps) * batches.as_ref().map_or(1, Batches::to_a_pass);
        Self {
            rule,
            batches,
            data,
            counting: Some(UnitProducts::new(Arc::clone(&patterns))),
            patterns,
            gradient: Array2::zeros((n_units, n_units)),
            couplings,
            first_norm: 0.0,
            rate: rule.eta,
            done: 0,
            n_steps,
            row: 0,
            sums: Sums::default(),
            standing: Metrics::default(),
            clipped: 0,
            rescued: 0,
            measured: None,
        }
    }

    /// Takes in the sums that it begins with.
    fn begin(&mut self, sums: &Array2<f32>) {
        let (n_patterns, n_units) = self.patterns.rows().dim();
        self.first_norm = norm(sums) / n_patterns as f64;
        if self.rule.start == FirstCouplings::Hebb {
            self.couplings = sums / n_units as f32;
        }
    }

    /// The patterns of the next step; what is measured in the end is of all.
    fn next_patterns(&mut self) {
        let over = self.done == self.n_steps;
        match &mut self.batches {
            Some(_) if over => self.data = Data::of(&self.patterns),
            Some(batches) => self.data = batches.next(),
            None => (),
        }
    }

    /// The gradients of the next rows' own losses.
    fn next_rows(&mut self) {
        let (n_units, n_patterns) = self.data.dim();
        let block = (STEP / (2.0 * n_patterns as f64 * n_units as f64)) as usize;
        let block = block.next_multiple_of(ROWS).max(ROWS);
        let end = (self.row + block).min(n_units);
        let (data, rule, couplings) = (&self.data, &self.rule, &self.couplings);
        let mut gradients = rows_mut(&mut self.gradient, self.row..end);
        let pieces = gradients.axis_chunks_iter_mut(Axis(0), ROWS);
        let pieces: Vec<_> = (self.row..).step_by(ROWS).zip(pieces).collect();
        let at_least = SHARED / (4 * ROWS * n_patterns * n_units) + 1;
        let pieces = pieces.into_par_iter().with_min_len(at_least);
        let fits =
            pieces.map(|(first, gradients)| data.gradients(rule, couplings, first, gradients));
        for (fit, square) in fits.collect::<Vec<_>>().into_iter().flatten() {
            self.sums.loss += fit.cost / (rule.lambda * n_patterns as f64) + 0.5 * rule.l2 * square;
            self.sums.norm += square.sqrt();
            if square > 0.0 {
                let margin = f64::from(fit.smallest) / square.sqrt();
                self.sums.margin = Some(self.sums.margin.unwrap_or(margin).min(margin));
            }
        }
        self.row = end;
    }

    /// All rows together: where the couplings stand after the steps so far, and the norm of the gradient there.
    fn measure(&mut self) -> f64 {
        let n_units = self.couplings.nrows();
        if self.rule.couplings == Tie::Symmetric {
            symmetrise(&mut self.gradient);
        }
        let norm = norm(&self.gradient);
        self.standing = Metrics {
            iteration: self.done,
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
            add_scaled(
                whole_mut(&mut self.couplings),
                -step as f32,
                whole(&self.gradient),
            );
        } else {
            // As the authors do.
            self.couplings *= 0.1;
            self.rate *= 0.1;
            self.rescued += 1;
        }
        self.done += 1;
        if self
            .done
            .is_multiple_of(self.n_steps / u64::from(self.rule.steps))
        {
            self.rate *= self.rule.decay;
        }
    }
}

impl Learner for Descent {
    fn step(&mut self) -> Option<StepReport> {
        if let Some(counting) = &mut self.counting {
            if !counting.step() {
                let sums = counting.matrix();
                self.begin(&sums);
                self.counting = None;
            }
            return Some(StepReport {
                done: 0.0,
                standing: Some(self.standing),
            });
        }
        // The step is put off until the next call, so that couplings and what is told of them belong together.
        if let Some(norm) = self.measured.take() {
            if self.done == self.n_steps {
                self.measured = Some(norm);
                return None;
            }
            self.descend(norm);
            self.next_patterns();
        }
        let over = self.done == self.n_steps;
        if over && self.row == 0 && self.rule.couplings == Tie::Symmetrised {
            // What is measured in the end is what is handed over.
            symmetrise(&mut self.couplings);
        }
        self.next_rows();
        let share = self.row as f32 / self.couplings.nrows() as f32;
        let done = (self.done as f32 + share) / (self.n_steps + 1) as f32;
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
        let (p, n) = self.patterns.rows().dim();
        let n = n as f64;
        let pass = |p: f64| 2.0 * p * n * n + 40.0 * p * n + 10.0 * n * n;
        let batch = p as f64 * f64::from(self.rule.steps) / self.n_steps as f64;
        self.n_steps as f64 * pass(batch) + pass(p as f64)
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
                self.clipped, self.done
            )
        })
    }
}
