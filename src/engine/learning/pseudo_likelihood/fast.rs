//! The fast optimiser: which form of conjugate gradients suits, when it stops, and how learning uses it.
//!
//! It makes F(J) = Σ_i Σ_μ ln(1 + e^{−2 ξ_i h_i}) + w/2 |J|² small from J = 0. With λ and ρ of the rule, J is 1/λ of
//! what is found for w = ρ P/λ.

use super::super::{Learner, Metrics, StepReport};
use super::coupling_space::{self, CouplingSpace};
use super::descent::symmetrise;
use super::iteration::{Measure, RowSums, Target};
use super::sample_space::{SampleSpace, Samples};
use super::settings::{PseudoLikelihood, Tie};
use super::symmetric::Symmetric;
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::learning::shared::gram::unit_sums;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use ndarray::{Array2, ArrayViewMut2, Axis};
use std::ops::Range;
use std::sync::Arc;

/// The couplings that [`minimise`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// J, N × N, J_ii = 0.
    pub couplings: Array2<f32>,
    /// Iterations done.
    pub iterations: u32,
    /// Norm of the gradient over its norm at J = 0.
    pub gradient: f64,
}

/// The free couplings that make Σ_i Σ_μ ln(1 + e^{−2 ξ_i h_i}) + `weight`/2 |J|² small, `weight` ≥ 0.
///
/// Ends when the norm of the gradient is `tolerance` of that at J = 0, or after `iterations`.
pub fn minimise(patterns: &Patterns, weight: f64, tolerance: f64, iterations: u32) -> Minimum {
    let problem = Problem::new(patterns, weight, tolerance, iterations);
    let n_units = patterns.n_units();
    let mut couplings = Array2::zeros((n_units, n_units));
    let lines = couplings.axis_chunks_iter_mut(Axis(0), problem.n_rows_a_piece());
    let solved: Vec<Solved> = (0..)
        .zip(lines)
        .map(|(piece, lines)| problem.solve(piece, lines))
        .collect();
    let (iterations, gradient) = Solved::together(&solved);
    Minimum {
        couplings,
        iterations,
        gradient,
    }
}

/// The same in pieces, which can be solved in any order and on any thread.
pub struct Problem {
    ground: Ground,
    target: Target,
    n_units: usize,
}

/// How a piece of a [`Problem`] was solved.
#[derive(Debug, Clone, Copy, Default)]
pub struct Solved {
    iterations: u32,
    squared_gradient: f64,
    first: f64,
}

impl Problem {
    /// Prepares what all pieces need; as for [`minimise`].
    pub fn new(patterns: &Patterns, weight: f64, tolerance: f64, iterations: u32) -> Self {
        let target = Target {
            weight,
            tolerance,
            iterations,
            report: false,
        };
        Self {
            ground: Ground::new(patterns, target),
            target,
            n_units: patterns.n_units(),
        }
    }

    /// Rows of couplings that go together, but for the last piece, which may have fewer.
    pub fn n_rows_a_piece(&self) -> usize {
        self.n_units.div_ceil(4).next_multiple_of(4)
    }

    /// Finds the rows of couplings of a piece, N numbers each.
    pub fn solve(&self, piece: usize, lines: ArrayViewMut2<'_, f32>) -> Solved {
        let first = piece * self.n_rows_a_piece();
        let units = first..first + lines.nrows();
        let mut descent =
            Conjugate::new(self.ground.space(units.clone()), self.target, units.len());
        while descent.advance() {}
        descent.space.couplings(lines);
        Solved {
            iterations: descent.iteration,
            squared_gradient: descent.gradient.powi(2) * descent.first,
            first: descent.first,
        }
    }
}

impl Solved {
    /// The most iterations, and the norm of the gradient over its norm at J = 0.
    pub fn together(pieces: &[Self]) -> (u32, f64) {
        let iterations = pieces.iter().map(|piece| piece.iterations).max();
        let squares: f64 = pieces.iter().map(|piece| piece.squared_gradient).sum();
        let first: f64 = pieces.iter().map(|piece| piece.first).sum();
        let gradient = if first > 0.0 {
            (squares / first).sqrt()
        } else {
            0.0
        };
        (iterations.unwrap_or(0), gradient)
    }
}

/// Every so many iterations the gradient is measured, however large it was thought to be.
const MEASURED_EVERY: u32 = 16;

/// What all rows need.
enum Ground {
    Sample(Arc<Samples>),
    Coupling(Arc<coupling_space::Ground>),
}

impl Ground {
    fn new(patterns: &Patterns, target: Target) -> Self {
        if patterns.n_patterns() <= patterns.n_units() {
            Self::Sample(Arc::new(Samples::new(patterns, target)))
        } else {
            Self::Coupling(Arc::new(coupling_space::Ground::new(patterns, target)))
        }
    }

    fn space(&self, units: Range<usize>) -> Space {
        match self {
            Self::Sample(shared) => {
                let space = SampleSpace::new(Arc::clone(shared), units);
                Space::Sample(Box::new(space))
            }
            Self::Coupling(shared) => {
                let space = CouplingSpace::new(Arc::clone(shared), units);
                Space::Coupling(Box::new(space))
            }
        }
    }
}

enum Space {
    Sample(Box<SampleSpace>),
    Coupling(Box<CouplingSpace>),
    Symmetric(Box<Symmetric>),
}

impl Space {
    /// Square norm of the gradient at J = 0, before the first step.
    fn first(&self) -> f64 {
        match self {
            Self::Sample(space) => space.first_squared_gradient(),
            Self::Coupling(space) => space.first_squared_gradient(),
            Self::Symmetric(space) => space.squared_gradient(),
        }
    }

    /// The rows of J as learned so far.
    fn couplings(&self, mut lines: ArrayViewMut2<'_, f32>) {
        match self {
            Self::Sample(space) => space.couplings(lines),
            Self::Coupling(space) => space.couplings(lines),
            Self::Symmetric(space) => lines.assign(space.couplings()),
        }
    }
}

/// Conjugate gradients under way, over some rows.
struct Conjugate {
    space: Space,
    target: Target,
    n_rows: usize,
    row: usize,
    iteration: u32,
    /// Square norm of the gradient at J = 0.
    first: f64,
    /// Norm of the gradient over that at J = 0.
    gradient: f64,
    sums: RowSums,
    /// Those of the last whole iteration.
    progress: RowSums,
}

impl Conjugate {
    fn new(space: Space, target: Target, n_rows: usize) -> Self {
        let first = space.first();
        Self {
            space,
            target,
            n_rows,
            row: 0,
            iteration: 0,
            first,
            gradient: if first > 0.0 { 1.0 } else { 0.0 },
            sums: RowSums::default(),
            progress: RowSums::default(),
        }
    }

    fn reached(&self) -> bool {
        self.gradient <= self.target.tolerance
    }

    /// Moves some rows; false if there was nothing left to do.
    fn advance(&mut self) -> bool {
        if self.reached() || self.iteration == self.target.iterations || !self.gradient.is_finite()
        {
            return false;
        }
        let measure = if self.iteration % MEASURED_EVERY == MEASURED_EVERY - 1 {
            Measure::All
        } else if self.gradient <= 2.0 * self.target.tolerance {
            Measure::AllIfNear
        } else {
            Measure::Some
        };
        let block = |size: usize| self.row..(self.row + size).min(self.n_rows);
        let end = match &mut self.space {
            Space::Sample(space) => {
                let block = block(space.block());
                space.advance(block.clone(), measure, &mut self.sums);
                block.end
            }
            Space::Coupling(space) => {
                let block = block(space.block());
                space.advance(block.clone(), &mut self.sums);
                block.end
            }
            Space::Symmetric(space) => {
                space.advance(&mut self.sums);
                self.n_rows
            }
        };
        self.row = end;
        if end == self.n_rows {
            self.row = 0;
            self.iteration += 1;
            self.gradient = (self.sums.squared_gradient / self.first).sqrt();
            if self.sums.estimated {
                // An estimate must not end it.
                self.gradient = self.gradient.max(1.005 * self.target.tolerance);
            }
            self.progress = std::mem::take(&mut self.sums);
        }
        true
    }
}

/// Learning by conjugate gradients.
pub(super) struct Fast {
    rule: PseudoLikelihood,
    descent: Conjugate,
    n_patterns: usize,
}

impl Fast {
    pub(super) fn new(rule: PseudoLikelihood, patterns: &Patterns) -> Self {
        let n_patterns = patterns.n_patterns();
        let target = Target {
            weight: rule.l2 * n_patterns as f64 / rule.lambda,
            tolerance: rule.tolerance,
            iterations: rule.iterations,
            report: true,
        };
        let n_units = patterns.n_units();
        let space = if rule.couplings == Tie::Symmetric {
            Space::Symmetric(Box::new(Symmetric::new(
                patterns,
                unit_sums(patterns),
                target,
            )))
        } else {
            Ground::new(patterns, target).space(0..n_units)
        };
        Self {
            rule,
            descent: Conjugate::new(space, target, n_units),
            n_patterns,
        }
    }

    fn standing(&self) -> Metrics {
        let Conjugate {
            iteration,
            gradient,
            progress,
            target,
            n_rows: n_units,
            ..
        } = &self.descent;
        let begun = *iteration > 0;
        let n_units = *n_units as f64;
        let loss = (progress.cost + 0.5 * target.weight * progress.squared_couplings)
            / (self.rule.lambda * n_units * self.n_patterns as f64);
        Metrics {
            iteration: u64::from(*iteration),
            loss: begun.then_some(loss),
            gradient: Some(*gradient),
            row_norm: begun.then(|| progress.norms / (n_units * self.rule.lambda)),
            margin: progress.margin,
        }
    }
}

impl Learner for Fast {
    fn step(&mut self) -> Option<StepReport> {
        if !self.descent.advance() {
            return None;
        }
        // The gradient falls by some factor an iteration: its logarithm tells how far it is.
        let reached = (self.descent.gradient.ln() / self.rule.tolerance.ln()).clamp(0.0, 1.0);
        let spent = f64::from(self.descent.iteration) / f64::from(self.rule.iterations);
        Some(StepReport {
            done: reached.max(spent) as f32,
            standing: Some(self.standing()),
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        let n_units = self.descent.n_rows;
        let mut weights = Array2::zeros((n_units, n_units));
        self.descent.space.couplings(weights.view_mut());
        weights /= self.rule.lambda as f32;
        if self.rule.couplings == Tie::Symmetrised {
            symmetrise(&mut weights);
        }
        Couplings::new(weights, 1.0).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let (p, n) = (self.n_patterns as f64, self.descent.n_rows as f64);
        let iteration = match self.descent.space {
            Space::Sample(_) => 2.0 * p * p * n,
            // Sums of numbers with signs are looked up, twice as fast as multiplied.
            Space::Coupling(_) => 2.0 * (p + n) * n * n,
            Space::Symmetric(_) => 2.0 * p * n * n,
        };
        // Some twenty iterations for independent patterns, more for those that resemble each other.
        30.0 * (iteration + 80.0 * p * n)
    }

    fn ending(&self) -> Option<String> {
        (!self.descent.reached()).then(|| {
            format!(
                "After {} iterations the gradient is {:.1e} of that at J = 0, not yet {:.1e}",
                self.descent.iteration, self.descent.gradient, self.rule.tolerance
            )
        })
    }
}
