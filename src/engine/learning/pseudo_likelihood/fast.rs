//! How learning uses conjugate gradients, and what it says of where they ended.
//!
//! They make F(J) = Σ_i Σ_μ ln(1 + e^{−2 ξ_i h_i}) + w/2 |J|² small from J = 0. With λ and ρ of the rule, J is 1/λ of
//! what is found for w = ρ P/λ.

use super::super::{Learner, Metrics, StepReport};
use super::conjugate::{Conjugate, Progress};
use super::iteration::Target;
use super::preparation::Preparation;
use super::settings::{PseudoLikelihood, Tie, USUAL_TOLERANCE};
use super::symmetric::Symmetric;
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::learning::shared::bound::far;
use crate::engine::learning::shared::products::UnitProducts;
use crate::engine::learning::shared::tiles::symmetrise;
use crate::engine::memory::Memory;
use crate::engine::numbers::{count_of, power};
use crate::engine::patterns::Patterns;
use ndarray::Array2;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Error of J, as a share of |J|, at which it is as good as at the minimum.
const NEAR: f64 = 0.01;

/// Learning by conjugate gradients.
pub(super) struct Fast {
    rule: PseudoLikelihood,
    patterns: Arc<Patterns>,
    target: Target,
    stage: Stage,
}

enum Stage {
    /// For symmetric couplings.
    Counting(UnitProducts),
    Symmetric(Box<Symmetric>),
    /// For free ones.
    Preparing(Option<Preparation>),
    Free(Box<Conjugate>),
}

impl Fast {
    pub(super) fn new(rule: PseudoLikelihood, patterns: Arc<Patterns>) -> Self {
        let target = Target {
            weight: rule.l2 * patterns.n_patterns() as f64 / rule.lambda,
            tolerance: rule.tolerance,
            iterations: rule.iterations,
        };
        let stage = if rule.couplings == Tie::Symmetric {
            Stage::Counting(UnitProducts::new(Arc::clone(&patterns)))
        } else {
            Stage::Preparing(Some(Preparation::new(&patterns)))
        };
        Self {
            rule,
            patterns,
            target,
            stage,
        }
    }

    /// Does a part of the work; false if there was nothing left to do.
    fn advance(&mut self) -> bool {
        match &mut self.stage {
            Stage::Counting(products) => {
                if !products.step() {
                    let symmetric = Symmetric::new(&self.patterns, &products.matrix(), self.target);
                    self.stage = Stage::Symmetric(Box::new(symmetric));
                }
                true
            }
            Stage::Preparing(preparation) => {
                let preparation = preparation.take();
                let preparation = preparation.expect("it is put back below until it is over");
                self.stage = match preparation.step(&self.patterns, self.target) {
                    ControlFlow::Continue(preparation) => Stage::Preparing(Some(preparation)),
                    ControlFlow::Break(ground) => {
                        let n_units = self.patterns.n_units();
                        Stage::Free(Box::new(Conjugate::new(ground, n_units)))
                    }
                };
                true
            }
            Stage::Symmetric(descent) => descent.step(),
            Stage::Free(descent) => descent.step(self.target),
        }
    }

    /// How the descent stands, once it has begun.
    fn progress(&self) -> Option<&Progress> {
        match &self.stage {
            Stage::Counting(_) | Stage::Preparing(_) => None,
            Stage::Symmetric(descent) => Some(&descent.progress),
            Stage::Free(descent) => descent.progress.as_ref(),
        }
    }

    fn standing(&self, progress: &Progress) -> Metrics {
        let Progress {
            iteration,
            gradient,
            sums,
            ..
        } = progress;
        let begun = *iteration > 0;
        let n_units = self.patterns.n_units() as f64;
        let loss = (sums.cost + 0.5 * self.target.weight * sums.squared_couplings)
            / (self.rule.lambda * n_units * self.patterns.n_patterns() as f64);
        Metrics {
            iteration: u64::from(*iteration),
            loss: begun.then_some(loss),
            gradient: Some(*gradient),
            row_norm: begun.then(|| sums.norms / (n_units * self.rule.lambda)),
            margin: sums.margin,
        }
    }
}

impl Learner for Fast {
    fn step(&mut self) -> Option<StepReport> {
        if !self.advance() {
            return None;
        }
        let Some(progress) = self.progress() else {
            return Some(StepReport {
                done: 0.0,
                standing: Some(Metrics::default()),
            });
        };
        // The gradient falls by some factor an iteration: its logarithm tells how far it is.
        let reached = libm::log(progress.gradient) / libm::log(self.rule.tolerance);
        let spent = f64::from(progress.iteration) / f64::from(self.rule.iterations);
        Some(StepReport {
            done: reached.clamp(0.0, 1.0).max(spent) as f32,
            standing: Some(self.standing(progress)),
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        let n_units = self.patterns.n_units();
        let mut weights = match &self.stage {
            Stage::Symmetric(descent) => descent.couplings().clone(),
            _ => Array2::zeros((n_units, n_units)),
        };
        if let Stage::Free(descent) = &self.stage {
            descent.couplings(weights.view_mut());
        }
        if self.rule.lambda != 1.0 {
            weights /= self.rule.lambda as f32;
        }
        if self.rule.couplings == Tie::Symmetrised {
            symmetrise(&mut weights);
        }
        Couplings::new(weights, 1.0).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let (n_patterns, n_units) = self.patterns.rows().dim();
        let (p, n) = (n_patterns as f64, n_units as f64);
        let iteration = if self.rule.couplings == Tie::Symmetric {
            // Sums of numbers with signs are looked up, twice as fast as multiplied.
            2.0 * p * n * n
        } else if n_patterns <= n_units {
            2.0 * p * p * n
        } else {
            2.0 * (p + n) * n * n
        };
        // Some twenty iterations for independent patterns, more for those that resemble each other.
        30.0 * (iteration + 80.0 * p * n)
    }

    fn ending(&self) -> Option<String> {
        let progress = self.progress()?;
        let error = progress.largest_error();
        // The usual tolerance is there for the sake of J: where rounding ends the descent that near, nothing is missing.
        if self.rule.tolerance >= USUAL_TOLERANCE && error.is_some_and(|error| error <= NEAR) {
            return None;
        }
        let far = error.and_then(far);
        if progress.reached() {
            return far.map(|far| format!("{far}: a smaller tolerance comes nearer"));
        }
        let why = if progress.stalled() {
            " and single precision lets it fall no further"
        } else {
            ""
        };
        let mut said = format!(
            "After {} the gradient is {} of that at J = 0, not yet {}{why}",
            count_of(u64::from(progress.iteration), "iteration"),
            power(progress.gradient),
            power(self.rule.tolerance),
        );
        if let Some(far) = far {
            said += "; ";
            said += &far;
        }
        Some(said)
    }
}
