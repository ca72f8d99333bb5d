//! What the gradients of a step are made of: all patterns, or a batch of them.
//!
//! A pass over the patterns shuffles them by a stream of its own, and deals them out in batches, the last of which may be
//! smaller; each is taken in the order of the patterns. The authors deal their digits out in batches of min(P, 1000), and
//! count passes: with as many single steps, random starts at 20 patterns a unit and more end 0.1 below their figure.
//! Absent: what is done with gradients.

use super::logistic::{Fit, add_scaled, dot, residuals};
use super::row::slice;
use super::settings::PseudoLikelihood;
use crate::engine::kernels::Signs;
use crate::engine::matrix::transposed;
use crate::engine::patterns::Patterns;
use crate::engine::products::rows;
use crate::engine::rng::{Stream, stream};
use ndarray::{Array2, ArrayViewMut2, Axis};
use rand::seq::SliceRandom as _;
use std::sync::Arc;

/// Patterns that gradients are means over.
pub(super) struct Data {
    /// Ξᵀ, N × P.
    signs: Array2<f32>,
    by_pattern: Signs,
    by_unit: Signs,
}

impl Data {
    /// Of `rows`, P × N, and the same by unit.
    pub(super) fn new(rows: &Array2<i8>, by_unit: &Array2<i8>) -> Self {
        Self {
            signs: by_unit.mapv(f32::from),
            by_pattern: Signs::new(rows),
            by_unit: Signs::new(by_unit),
        }
    }

    /// Of all `patterns`.
    pub(super) fn of(patterns: &Patterns) -> Self {
        Self::new(patterns.rows(), patterns.by_unit())
    }

    /// Number of units and of patterns.
    pub(super) fn dim(&self) -> (usize, usize) {
        self.signs.dim()
    }

    /// The gradients of the rows' own losses from row `first` on, and how each row fits and its square norm.
    pub(super) fn gradients(
        &self,
        rule: &PseudoLikelihood,
        couplings: &Array2<f32>,
        first: usize,
        mut gradients: ArrayViewMut2<'_, f32>,
    ) -> Vec<(Fit, f64)> {
        let n_patterns = self.signs.ncols();
        let units = first..first + gradients.nrows();
        let mut fields = Array2::zeros((units.len(), n_patterns));
        let some = rows(couplings, units.clone());
        self.by_pattern.products(fields.view_mut(), some);
        let fits = units
            .clone()
            .zip(fields.outer_iter_mut())
            .map(|(row, fields)| {
                let fields = fields.into_slice().expect("made in standard layout");
                let fit = residuals(fields, slice(&self.signs, row), rule.lambda as f32);
                let couplings = slice(couplings, row);
                (fit, dot(couplings, couplings))
            });
        let fits = fits.collect();
        self.by_unit.products(gradients.view_mut(), fields.view());
        for (row, mut gradient) in units.zip(gradients.outer_iter_mut()) {
            gradient *= 1.0 / n_patterns as f32;
            gradient[row] = 0.0;
            let gradient = gradient.into_slice().expect("made in standard layout");
            add_scaled(gradient, rule.l2 as f32, slice(couplings, row));
        }
        fits
    }
}

/// Batches of some patterns each.
pub(super) struct Batches {
    patterns: Arc<Patterns>,
    size: usize,
    /// All patterns, in the order of this pass.
    order: Vec<usize>,
    /// How many of them were dealt out.
    dealt: usize,
    rng: Stream,
}

impl Batches {
    /// Batches of so many of the `patterns`; `None` where that is all of them, or 0, which means all.
    pub(super) fn new(size: u32, patterns: &Arc<Patterns>, seed: u64) -> Option<Self> {
        let (size, n_patterns) = (size as usize, patterns.n_patterns());
        (1..n_patterns).contains(&size).then(|| Self {
            patterns: Arc::clone(patterns),
            size,
            order: (0..n_patterns).collect(),
            dealt: n_patterns,
            rng: stream(seed, "pseudo-likelihood batches"),
        })
    }

    /// Patterns of the next batch, by index, rising.
    pub(super) fn draw(&mut self) -> Vec<usize> {
        if self.dealt == self.order.len() {
            self.order.shuffle(&mut self.rng);
            self.dealt = 0;
        }
        let end = (self.dealt + self.size).min(self.order.len());
        let mut drawn = self.order[self.dealt..end].to_vec();
        self.dealt = end;
        drawn.sort_unstable();
        drawn
    }

    /// The next batch.
    pub(super) fn next(&mut self) -> Data {
        let drawn = self.draw();
        let rows = self.patterns.rows().select(Axis(0), &drawn);
        let by_unit = transposed(&rows);
        Data::new(&rows, &by_unit)
    }

    /// Batches to a pass.
    pub(super) fn to_a_pass(&self) -> u64 {
        self.order.len().div_ceil(self.size) as u64
    }
}
