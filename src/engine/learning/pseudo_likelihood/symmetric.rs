//! Nonlinear conjugate gradients over symmetric couplings: one problem, one step for all rows.
//!
//! The gradient is projected, G ← (G + Gᵀ)/2, so that directions and couplings stay symmetric.

use super::descent::{norm, slice, symmetrise};
use super::iteration::{RowSums, Target};
use super::line_search::{Line, Penalty, line_search};
use super::logistic::{add_scaled, dot, fit, turn_down};
use super::sample_space::polak_ribiere;
use crate::engine::kernels::Signs;
use crate::engine::patterns::Patterns;
use ndarray::Array2;

pub(super) struct Symmetric {
    target: Target,
    signs: Array2<f32>,
    by_pattern: Signs,
    by_unit: Signs,
    couplings: Array2<f32>,
    direction: Array2<f32>,
    gradient: Array2<f32>,
    fields: Array2<f32>,
    direction_fields: Array2<f32>,
    residuals: Array2<f32>,
}

impl Symmetric {
    /// `sums` is Ξᵀ Ξ without its diagonal, the first direction.
    pub(super) fn new(patterns: &Patterns, sums: Array2<f32>, target: Target) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let signs = patterns.by_unit().mapv(f32::from);
        let empty = Array2::zeros((n_units, n_patterns));
        Self {
            target,
            by_pattern: Signs::new(patterns.rows()),
            by_unit: Signs::new(patterns.by_unit()),
            couplings: Array2::zeros((n_units, n_units)),
            gradient: -&sums,
            direction: sums,
            fields: empty.clone(),
            direction_fields: empty,
            residuals: -&signs,
            signs,
        }
    }

    /// Moves all rows and turns their directions.
    pub(super) fn advance(&mut self, progress: &mut RowSums) {
        let weight = self.target.weight;
        let fields = self.direction_fields.view_mut();
        self.by_pattern.products(fields, self.direction.view());
        let t = self.search() as f32;
        add_scaled(
            whole_mut(&mut self.fields),
            t,
            whole(&self.direction_fields),
        );
        add_scaled(whole_mut(&mut self.couplings), t, whole(&self.direction));
        if self.target.report {
            for unit in 0..self.signs.nrows() {
                let couplings = slice(&self.couplings, unit);
                let fit = fit(slice(&self.fields, unit), slice(&self.signs, unit));
                progress.add(fit, dot(couplings, couplings));
            }
        }
        let mut fresh = Array2::zeros(self.couplings.dim());
        self.by_unit
            .products(fresh.view_mut(), self.residuals.view());
        add_scaled(whole_mut(&mut fresh), weight as f32, whole(&self.couplings));
        fresh.diag_mut().fill(0.0);
        symmetrise(&mut fresh);
        let square = norm(&fresh).powi(2);
        let mixed = all_dots(&fresh, &self.gradient);
        let beta = polak_ribiere(square, mixed, norm(&self.gradient).powi(2));
        turn_down(whole_mut(&mut self.direction), beta, whole(&fresh));
        self.gradient = fresh;
        progress.squared_gradient = square;
    }

    fn search(&mut self) -> f64 {
        let penalty = Penalty {
            slope: self.target.weight * all_dots(&self.couplings, &self.direction),
            curvature: self.target.weight * norm(&self.direction).powi(2),
        };
        let lines: Vec<Line<'_>> = (0..self.signs.nrows())
            .map(|unit| Line {
                signs: slice(&self.signs, unit),
                fields: slice(&self.fields, unit),
                direction: slice(&self.direction_fields, unit),
            })
            .collect();
        let n_patterns = self.signs.ncols();
        let residuals = whole_mut(&mut self.residuals).chunks_mut(n_patterns);
        line_search(&lines, penalty, &mut residuals.collect::<Vec<_>>())
    }

    /// J as learned so far.
    pub(super) fn couplings(&self) -> &Array2<f32> {
        &self.couplings
    }

    pub(super) fn squared_gradient(&self) -> f64 {
        norm(&self.gradient).powi(2)
    }
}

fn whole(array: &Array2<f32>) -> &[f32] {
    array.as_slice().expect("made in standard layout")
}

fn whole_mut(array: &mut Array2<f32>) -> &mut [f32] {
    array.as_slice_mut().expect("made in standard layout")
}

/// Σ_ij a_ij b_ij, row by row.
fn all_dots(a: &Array2<f32>, b: &Array2<f32>) -> f64 {
    let rows = 0..a.nrows();
    rows.map(|row| dot(slice(a, row), slice(b, row))).sum()
}
