//! Site after site: the couplings of all sites in the making.

use super::one_hot::OneHot;
use super::site::{Descent, Fit, Target, descent};
use super::{Potts, PottsTie};
use crate::engine::error::Error;
use crate::engine::kernels::of_a_step;
use crate::engine::learning::shared::bound::far;
use crate::engine::learning::{Learner, Metrics, StepReport};
use crate::engine::memory::Memory;
use crate::engine::numbers::{count_of, plain};
use crate::engine::patterns::Patterns;
use crate::engine::potts::PottsCouplings;
use ndarray::Array2;
use std::sync::Arc;

/// Numbers that one step of learning goes through.
const NUMBERS_A_STEP: f64 = of_a_step(40_000_000) as f64;

/// Learning under way. Until its turn comes, a site has no fields and no couplings, and keeps its letter.
pub(super) struct PottsLearner {
    rule: Potts,
    patterns: Arc<OneHot>,
    descent: Box<dyn Descent>,
    site: usize,
    /// Sites done, added up.
    sums: Fit,
    /// Σ_i |J_i|.
    norms: f64,
    /// Sites whose gradient is not yet small enough.
    open: usize,
    /// How far the worst site may be from its minimum, as a share of |J_i|: what is made small curves everywhere by 2 λ at
    /// least, so that |J_i − J_i*| ≤ |gradient|/2λ.
    largest_error: f64,
    fields: Array2<f32>,
    pulls: Array2<f32>,
}

impl PottsLearner {
    /// Learning that has not begun; `patterns` are of letters.
    pub(super) fn new(rule: Potts, patterns: &Patterns) -> Self {
        let letters = patterns.alphabet().letters();
        let q = letters
            .expect("who starts asks first whether it suits")
            .count();
        let one_hot = Arc::new(OneHot::new(patterns, q));
        let target = Target {
            lambda_j: rule.lambda_j,
            lambda_h: rule.lambda_h,
            tolerance: rule.tolerance,
            iterations: rule.iterations,
        };
        let by_unit: Arc<[i8]> = patterns.by_unit().iter().copied().collect();
        let n_units = patterns.n_units();
        Self {
            rule,
            descent: descent(Arc::clone(&one_hot), by_unit, target),
            patterns: one_hot,
            site: 0,
            sums: Fit::default(),
            norms: 0.0,
            open: 0,
            largest_error: 0.0,
            fields: Array2::zeros((n_units, q)),
            pulls: Array2::zeros((n_units * q, n_units * q)),
        }
    }

    /// Numbers that an iteration goes through: gathered from and scattered into.
    fn numbers(&self) -> f64 {
        let OneHot {
            n_units, n_letters, ..
        } = *self.patterns;
        2.0 * self.patterns.n_patterns() as f64 * ((n_units + 1) * n_letters) as f64
    }

    /// Takes over what the site has learned, and begins with the next.
    fn close_site(&mut self) {
        let (q, site) = (self.patterns.n_letters, self.site);
        let side = self.pulls.nrows();
        let own = site * q..(site + 1) * q;
        let pulls = self.pulls.as_slice_mut().expect("made in standard layout");
        for (line, row) in pulls.chunks_mut(side).enumerate() {
            row[own.clone()].copy_from_slice(self.descent.line(line));
        }
        let mut fields = self.fields.row_mut(site);
        for (field, learned) in fields.iter_mut().zip(self.descent.line(side)) {
            *field = *learned;
        }
        let fit = self.descent.fit();
        self.sums.iterations += fit.iterations;
        self.sums.loss += fit.loss;
        self.sums.squared_gradient += fit.squared_gradient;
        self.sums.first += fit.first;
        self.norms += fit.squared_couplings.sqrt();
        self.open += usize::from(!self.reached(&fit));
        let curvature = 2.0 * self.rule.lambda_j.min(self.rule.lambda_h);
        let size = curvature * fit.squared_couplings.sqrt();
        if size > 0.0 {
            let error = fit.squared_gradient.sqrt() / size;
            self.largest_error = self.largest_error.max(error);
        }
        self.site += 1;
        if self.site < self.patterns.n_units {
            self.descent.restart(self.site);
        }
    }

    fn reached(&self, fit: &Fit) -> bool {
        fit.squared_gradient <= self.rule.tolerance.powi(2) * fit.first
    }

    fn standing(&self) -> Metrics {
        let n_sites = self.site as f64;
        let begun = self.site > 0;
        let gradient = (self.sums.squared_gradient / self.sums.first).sqrt();
        Metrics {
            iteration: u64::from(self.sums.iterations),
            loss: begun.then(|| self.sums.loss / n_sites),
            gradient: (self.sums.first > 0.0).then_some(gradient),
            row_norm: begun.then(|| self.norms / n_sites),
            margin: None,
        }
    }
}

impl Learner for PottsLearner {
    fn step(&mut self) -> Option<StepReport> {
        if self.site == self.patterns.n_units {
            return None;
        }
        let iterations = (NUMBERS_A_STEP / self.numbers()).ceil() as u32;
        for _ in 0..iterations {
            if !self.descent.advance() {
                self.close_site();
                break;
            }
        }
        Some(StepReport {
            done: self.site as f32 / self.patterns.n_units as f32,
            standing: Some(self.standing()),
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        let learned = PottsCouplings::new(self.fields.clone(), self.pulls.clone())?;
        Ok(Memory::Potts(match self.rule.couplings {
            PottsTie::Free => learned,
            PottsTie::Averaged => learned.averaged(),
        }))
    }

    fn work(&self) -> f64 {
        // Some forty iterations a site for proteins, and a line search worth another pass.
        40.0 * 3.0 * self.numbers() * self.patterns.n_units as f64
    }

    fn ending(&self) -> Option<String> {
        if self.open == 0 {
            return far(self.largest_error)
                .map(|far| format!("{far}: a smaller tolerance comes nearer"));
        }
        Some(format!(
            "{} of {} have not come to a gradient of {} after {}",
            self.open,
            count_of(self.patterns.n_units as u64, "site"),
            plain(self.rule.tolerance),
            count_of(u64::from(self.rule.iterations), "iteration")
        ))
    }
}
