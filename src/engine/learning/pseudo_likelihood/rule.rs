//! The rule: which optimiser learns, what is shown of it, and what is to be said beforehand.

use super::super::{Learner, Rule, RuleInfo};
use super::descent::Descent;
use super::fast::Fast;
use super::settings::{ABOUT, Optimiser, PseudoLikelihood};
use crate::engine::couplings::Couplings;
use crate::engine::numbers::plain;
use crate::engine::patterns::Patterns;
use std::borrow::Cow;
use std::sync::Arc;

impl Rule for PseudoLikelihood {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, seed: u64) -> Box<dyn Learner> {
        match self.optimiser {
            Optimiser::Descent => Box::new(Descent::new(*self, patterns, seed)),
            Optimiser::Fast => Box::new(Fast::new(*self, patterns)),
        }
    }

    fn start_from(
        &self,
        patterns: Arc<Patterns>,
        seed: u64,
        first: &Couplings,
    ) -> Option<Box<dyn Learner>> {
        let descends = self.optimiser == Optimiser::Descent;
        descends.then(|| Box::new(Descent::from(*self, patterns, seed, first)) as Box<dyn Learner>)
    }

    fn formula(&self) -> Cow<'static, str> {
        if self.optimiser == Optimiser::Fast {
            r"\min_J\; \frac{1}{P} \sum_\mu \left[\frac{\ln 2 \cosh \lambda h_i^\mu}{\lambda} - \xi_i^\mu h_i^\mu\right] + \frac{\rho}{2} \lVert J_i \rVert^2".into()
        } else if self.l2 > 0.0 {
            ABOUT.formula.into()
        } else {
            r"\Delta J_{ij} = \frac{\eta}{P} \sum_\mu \left(\xi_i^\mu - \tanh \lambda h_i^\mu\right) \xi_j^\mu".into()
        }
    }

    fn remarks(&self, patterns: &Patterns) -> Vec<String> {
        match self.optimiser {
            Optimiser::Descent => self.remarks_on_descent(patterns),
            Optimiser::Fast => self.remarks_on_fast(patterns),
        }
    }
}

impl PseudoLikelihood {
    fn remarks_on_descent(&self, patterns: &Patterns) -> Vec<String> {
        let largest = 2.0 / (self.lambda * largest_eigenvalue(patterns) + self.l2);
        let step = if self.eta <= largest {
            format!(
                "η = {} is below {}: the loss falls in every step",
                plain(self.eta),
                plain(largest)
            )
        } else {
            format!(
                "η above {}: the loss may go up and down at first",
                plain(largest)
            )
        };
        let mut remarks = vec![step];
        if self.l2 == 0.0 {
            let norm = "λ is no knob of its own: what counts is the norm λ|J_i| reached, from Hebb's rule at small to maximum stability at large";
            remarks.insert(0, norm.to_owned());
        }
        let (batch, n_patterns) = (self.batch as usize, patterns.n_patterns());
        if (1..n_patterns).contains(&batch) {
            remarks.push(format!(
                "Every step takes {batch} of the {n_patterns} patterns, drawn anew: what is told of a step is of those, what is told in the end of all"
            ));
        }
        if self.decay < 1.0 {
            let last = self.eta * libm::pow(self.decay, f64::from(self.steps - 1));
            remarks.push(format!("The last step goes at η = {}", plain(last)));
        }
        remarks
    }

    fn remarks_on_fast(&self, patterns: &Patterns) -> Vec<String> {
        let no_end = self.l2 == 0.0 && patterns.load() < 2.0;
        let remark = if no_end {
            "Without a penalty the loss of patterns that can all be fixed points has no minimum: the norm grows until the gradient is below the tolerance"
        } else if self.l2 > 0.0 {
            "The penalty decides: towards Hebb's rule for a large one, towards maximum stability for a small one"
        } else {
            "More patterns than can be fixed points: the minimum lies at finite norm even without a penalty"
        };
        vec![remark.to_owned()]
    }
}

/// About the largest eigenvalue of Ξᵀ Ξ/P: that of independent patterns, (1 + √(N/P))², or the square |⟨ξ⟩|² of
/// their mean where that is larger.
fn largest_eigenvalue(patterns: &Patterns) -> f64 {
    let (n_units, n_patterns) = (patterns.n_units(), patterns.n_patterns() as f64);
    let random = (1.0 + (n_units as f64 / n_patterns).sqrt()).powi(2);
    let mean_square = |unit: usize| {
        let sum: i64 = patterns
            .unit(unit)
            .iter()
            .map(|sign| i64::from(*sign))
            .sum();
        (sum as f64 / n_patterns).powi(2)
    };
    random.max((0..n_units).map(mean_square).sum())
}
