//! The fast optimiser: which form of conjugate gradients suits, when it stops, and how learning uses it.
//!
//! It makes F(J) = Σ_i Σ_μ ln(1 + e^{−2 ξ_i h_i}) + w/2 |J|² small from J = 0. With λ and ρ of the rule, J is 1/λ of
//! what is found for w = ρ P/λ.

use super::super::{Learner, Lesson, Standing};
use super::descent::{norm, sums, symmetrise};
use super::logistic::Fit;
use super::sample_space::SampleSpace;
use super::settings::{PseudoLikelihood, Tie};
use super::symmetric::Symmetric;
use super::whitened::Whitened;
use crate::engine::error::Error;
use crate::engine::memory::{Couplings, Memory};
use crate::engine::patterns::Patterns;
use faer::Par;
use ndarray::Array2;

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
/// Ends when the norm of the gradient is `tolerance` of that at J = 0, or after `iterations`. `par` says how products
/// are split over threads, which must be the caller's.
pub fn minimise(
    patterns: &Patterns,
    weight: f64,
    tolerance: f64,
    iterations: u32,
    par: Par,
) -> Minimum {
    let target = Target {
        weight,
        tolerance,
        iterations,
        par,
        report: false,
    };
    let mut descent = Conjugate::new(patterns, target, false);
    while descent.advance() {}
    Minimum {
        couplings: descent.couplings(),
        iterations: descent.iteration,
        gradient: descent.gradient,
    }
}

/// What is to be reached, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// w: the penalty is w/2 |J|².
    pub(super) weight: f64,
    pub(super) tolerance: f64,
    pub(super) iterations: u32,
    pub(super) par: Par,
    /// Whether loss, norms and margins are wanted too.
    pub(super) report: bool,
}

/// What the rows of an iteration add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    cost: f64,
    squared_couplings: f64,
    norms: f64,
    margin: Option<f64>,
    pub(super) squared_gradient: f64,
}

impl Progress {
    /// Takes in a row: how its fields fit, and its square norm.
    pub(super) fn add(&mut self, fit: Fit, square: f64) {
        self.cost += fit.cost;
        self.squared_couplings += square;
        let norm = square.max(0.0).sqrt();
        self.norms += norm;
        if norm > 0.0 {
            let margin = f64::from(fit.smallest) / norm;
            self.margin = Some(self.margin.unwrap_or(margin).min(margin));
        }
    }
}

/// Rows that go together: about 4e8 operations, and at most a quarter of all.
pub(super) fn n_rows_a_block(n_units: usize, operations_a_row: usize) -> usize {
    let rows = (4e8 / operations_a_row as f64) as usize;
    rows.clamp(16, n_units.div_ceil(4).max(16))
        .next_multiple_of(8)
        .min(n_units)
}

/// Square norm of a row's gradient below which the row rests: it adds a hundredth of what the tolerance allows, and
/// what rounding leaves of its gradient gives no direction.
pub(super) fn floor(tolerance: f64, squares: &[f64]) -> f64 {
    0.01 * tolerance * tolerance * squares.iter().sum::<f64>() / squares.len() as f64
}

enum Space {
    Sample(Box<SampleSpace>),
    Whitened(Box<Whitened>),
    Symmetric(Box<Symmetric>),
}

/// Conjugate gradients under way.
struct Conjugate {
    space: Space,
    target: Target,
    n_units: usize,
    row: usize,
    iteration: u32,
    /// Square norm of the gradient at J = 0.
    first: f64,
    /// Norm of the gradient over that at J = 0.
    gradient: f64,
    sums: Progress,
    /// Those of the last whole iteration.
    progress: Progress,
}

impl Conjugate {
    fn new(patterns: &Patterns, target: Target, symmetric: bool) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let (space, first) = if symmetric {
            let sums = sums(patterns);
            let first = norm(&sums).powi(2);
            let space = Symmetric::new(patterns, sums, target);
            (Space::Symmetric(Box::new(space)), first)
        } else if n_patterns <= n_units {
            let space = SampleSpace::new(patterns, target);
            let first = space.squared_gradient();
            (Space::Sample(Box::new(space)), first)
        } else {
            let sums = sums(patterns);
            let space = Whitened::new(patterns, &sums, target);
            (Space::Whitened(Box::new(space)), norm(&sums).powi(2))
        };
        Self {
            space,
            target,
            n_units,
            row: 0,
            iteration: 0,
            first,
            gradient: if first > 0.0 { 1.0 } else { 0.0 },
            sums: Progress::default(),
            progress: Progress::default(),
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
        let block = |size: usize| self.row..(self.row + size).min(self.n_units);
        let end = match &mut self.space {
            Space::Sample(space) => {
                let units = block(space.block());
                space.advance(units.clone(), &mut self.sums);
                units.end
            }
            Space::Whitened(space) => {
                let (units, near) = (
                    block(space.block()),
                    self.gradient <= 2.0 * self.target.tolerance,
                );
                space.advance(units.clone(), near, &mut self.sums);
                // An estimate must not end it.
                if !near {
                    let least =
                        1.01 * self.target.tolerance.powi(2) * self.first / self.n_units as f64;
                    let done = units.end as f64;
                    self.sums.squared_gradient = self.sums.squared_gradient.max(least * done);
                }
                units.end
            }
            Space::Symmetric(space) => {
                space.advance(&mut self.sums);
                self.n_units
            }
        };
        self.row = end;
        if end == self.n_units {
            self.row = 0;
            self.iteration += 1;
            self.gradient = (self.sums.squared_gradient / self.first).sqrt();
            self.progress = std::mem::take(&mut self.sums);
        }
        true
    }

    fn couplings(&self) -> Array2<f32> {
        match &self.space {
            Space::Sample(space) => space.couplings(),
            Space::Whitened(space) => space.couplings(),
            Space::Symmetric(space) => space.couplings(),
        }
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
            par: Par::Seq,
            report: true,
        };
        let symmetric = rule.couplings == Tie::Symmetric;
        Self {
            rule,
            descent: Conjugate::new(patterns, target, symmetric),
            n_patterns,
        }
    }

    fn standing(&self) -> Standing {
        let Conjugate {
            iteration,
            gradient,
            progress,
            target,
            n_units,
            ..
        } = &self.descent;
        let begun = *iteration > 0;
        let n_units = *n_units as f64;
        let loss = (progress.cost + 0.5 * target.weight * progress.squared_couplings)
            / (self.rule.lambda * n_units * self.n_patterns as f64);
        Standing {
            iteration: u64::from(*iteration),
            loss: begun.then_some(loss),
            gradient: Some(*gradient),
            row_norm: begun.then(|| progress.norms / (n_units * self.rule.lambda)),
            margin: progress.margin,
        }
    }
}

impl Learner for Fast {
    fn step(&mut self) -> Option<Lesson> {
        if !self.descent.advance() {
            return None;
        }
        // The gradient falls by some factor an iteration: its logarithm tells how far it is.
        let reached = (self.descent.gradient.ln() / self.rule.tolerance.ln()).clamp(0.0, 1.0);
        let spent = f64::from(self.descent.iteration) / f64::from(self.rule.iterations);
        Some(Lesson {
            done: reached.max(spent) as f32,
            standing: Some(self.standing()),
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        let mut weights = self.descent.couplings() / self.rule.lambda as f32;
        if self.rule.couplings == Tie::Symmetrised {
            symmetrise(&mut weights);
        }
        Couplings::new(weights, 1.0).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let (p, n) = (self.n_patterns as f64, self.descent.n_units as f64);
        let iteration = match self.descent.space {
            Space::Sample(_) => 2.0 * p * p * n,
            Space::Whitened(_) | Space::Symmetric(_) => 4.0 * p * n * n,
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
