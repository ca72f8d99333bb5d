//! Nonlinear conjugate gradients on the couplings themselves, for P > N.
//!
//! The curvature of a row's loss is about C = w + c Ξᵀ Ξ, c being the mean of 4 s (1 − s), so a gradient g is
//! preconditioned by M = C⁻¹. Of row i entry i stays 0: z = g M − (g M)_i/M_ii M_i. Fields and gradients are sums of
//! numbers with signs, and those are looked up, so that an iteration costs about as much as one product of N × P numbers.

use super::descent::{slice, slice_mut};
use super::iteration::{RowSums, Target, floor, n_rows_a_block};
use super::line_search::{Line, Penalty, line_search};
use super::logistic::{add_scaled, dot, fit, turn_down};
use super::sample_space::polak_ribiere;
use crate::engine::kernels::Signs;
use crate::engine::learning::shared::gram::unit_sums;
use crate::engine::patterns::Patterns;
use crate::engine::products::{inverse, product, rows, rows_mut};
use faer::Par;
use ndarray::{Array2, ArrayViewMut2};
use std::ops::Range;
use std::sync::Arc;

/// c: the mean of 4 s (1 − s). Between 0.1 and 1 the number of iterations hardly depends on it.
const CURVATURE: f64 = 0.5;
/// Least w in C, as a share of c P: patterns with units that never change leave Ξᵀ Ξ singular.
const LEAST: f64 = 1e-4;

/// What all rows share.
pub(super) struct Ground {
    target: Target,
    /// Ξᵀ, N × P.
    signs: Array2<f32>,
    by_pattern: Signs,
    by_unit: Signs,
    /// M.
    inverse: Array2<f32>,
    /// Ξᵀ Ξ without its diagonal: less the gradients at J = 0.
    sums: Array2<f32>,
}

impl Ground {
    pub(super) fn new(patterns: &Patterns, target: Target) -> Self {
        let sums = unit_sums(patterns);
        // c P stands on the diagonal of c Ξᵀ Ξ.
        let own = CURVATURE * patterns.n_patterns() as f64;
        let weight = target.weight.max(LEAST * own);
        Self {
            target,
            signs: patterns.by_unit().mapv(f32::from),
            by_pattern: Signs::new(patterns.rows()),
            by_unit: Signs::new(patterns.by_unit()),
            inverse: inverse(weight + own, CURVATURE, &sums),
            sums,
        }
    }
}

/// Some rows of couplings on their way; they are counted from the first of them.
pub(super) struct CouplingSpace {
    shared: Arc<Ground>,
    /// Unit of the first row.
    first: usize,
    /// Rows of J, the direction and the gradient.
    couplings: Array2<f32>,
    direction: Array2<f32>,
    gradient: Array2<f32>,
    /// h and −2 ξ s on all patterns, rows of P.
    fields: Array2<f32>,
    residuals: Array2<f32>,
    /// Product of each row's gradient with the preconditioned one.
    squares: Vec<f64>,
    /// Below this a row rests.
    floor: f64,
    /// The new gradients of a block, and those preconditioned.
    fresh: Array2<f32>,
    turned: Array2<f32>,
    /// The fields of its directions.
    direction_fields: Array2<f32>,
}

impl CouplingSpace {
    pub(super) fn new(shared: Arc<Ground>, units: Range<usize>) -> Self {
        let (n_units, n_patterns) = shared.signs.dim();
        let n_rows = units.len();
        // Who does not look on meanwhile has larger and faster products.
        let block = if shared.target.report {
            n_rows_a_block(n_rows, 2 * (n_patterns + n_units) * n_units)
        } else {
            n_rows
        };
        let empty = |n_rows| Array2::zeros((n_rows, n_units));
        let mut space = Self {
            first: units.start,
            couplings: empty(n_rows),
            direction: empty(n_rows),
            gradient: empty(n_rows),
            fields: Array2::zeros((n_rows, n_patterns)),
            residuals: rows(&shared.signs, units).mapv(|sign| -sign),
            squares: vec![0.0; n_rows],
            floor: 0.0,
            fresh: empty(block),
            turned: empty(block),
            direction_fields: Array2::zeros((block, n_patterns)),
            shared,
        };
        for first in (0..n_rows).step_by(block) {
            let block = first..(first + block).min(n_rows);
            for (at, row) in block.clone().enumerate() {
                let sums = slice(&space.shared.sums, space.first + row);
                slice_mut(&mut space.fresh, at).copy_from_slice(sums);
            }
            space.fresh.mapv_inplace(|sum| -sum);
            space.turn(block);
        }
        space.floor = floor(space.shared.target.tolerance, &space.squares);
        space
    }

    /// Square norm of the rows' gradients at J = 0.
    pub(super) fn first_squared_gradient(&self) -> f64 {
        let units = self.first..self.first + self.squares.len();
        let sums = units.map(|unit| slice(&self.shared.sums, unit));
        sums.map(|sums| dot(sums, sums)).sum()
    }

    pub(super) fn block(&self) -> usize {
        self.fresh.nrows()
    }

    /// Moves a block of rows and turns its directions.
    pub(super) fn advance(&mut self, block: Range<usize>, progress: &mut RowSums) {
        let n_rows = block.len();
        self.shared.by_pattern.products(
            rows_mut(&mut self.direction_fields, 0..n_rows),
            rows(&self.direction, block.clone()),
        );
        for (at, row) in block.clone().enumerate() {
            self.step(row, at);
            if self.shared.target.report {
                let couplings = slice(&self.couplings, row);
                let signs = slice(&self.shared.signs, self.first + row);
                let fit = fit(slice(&self.fields, row), signs);
                progress.add(fit, dot(couplings, couplings));
            }
        }
        self.shared.by_unit.products(
            rows_mut(&mut self.fresh, 0..n_rows),
            rows(&self.residuals, block.clone()),
        );
        let weight = self.shared.target.weight as f32;
        for (at, row) in block.clone().enumerate() {
            let fresh = slice_mut(&mut self.fresh, at);
            add_scaled(fresh, weight, slice(&self.couplings, row));
            fresh[self.first + row] = 0.0;
            progress.squared_gradient += dot(fresh, fresh);
        }
        self.turn(block);
    }

    /// Moves the row of `row`, whose direction's fields stand at `at`.
    fn step(&mut self, row: usize, at: usize) {
        if self.squares[row] <= self.floor {
            return;
        }
        let weight = self.shared.target.weight;
        let direction = slice(&self.direction, row);
        let direction_fields = slice(&self.direction_fields, at);
        let couplings = slice_mut(&mut self.couplings, row);
        let fields = slice_mut(&mut self.fields, row);
        let penalty = Penalty {
            slope: weight * dot(couplings, direction),
            curvature: weight * dot(direction, direction),
        };
        let line = Line {
            signs: slice(&self.shared.signs, self.first + row),
            fields,
            direction: direction_fields,
        };
        let residuals = slice_mut(&mut self.residuals, row);
        let t = line_search(&[line], penalty, &mut [residuals]) as f32;
        add_scaled(fields, t, direction_fields);
        add_scaled(couplings, t, direction);
    }

    /// The next directions of a block whose gradients stand in `fresh`: by Polak and Ribière, and straight down where
    /// theirs would be backwards.
    fn turn(&mut self, block: Range<usize>) {
        product(
            rows_mut(&mut self.turned, 0..block.len()),
            rows(&self.fresh, 0..block.len()),
            self.shared.inverse.view(),
            Par::Seq,
        );
        for (at, row) in block.enumerate() {
            let unit = self.first + row;
            let own = slice(&self.shared.inverse, unit);
            let turned = slice_mut(&mut self.turned, at);
            add_scaled(turned, -turned[unit] / own[unit], own);
            turned[unit] = 0.0;
            let fresh = slice(&self.fresh, at);
            let gradient = slice_mut(&mut self.gradient, row);
            let square = dot(fresh, turned).max(0.0);
            let beta = polak_ribiere(square, dot(gradient, turned), self.squares[row]);
            self.squares[row] = square;
            turn_down(slice_mut(&mut self.direction, row), beta, turned);
            gradient.copy_from_slice(fresh);
        }
    }

    /// These rows of J as learned so far, N numbers each.
    pub(super) fn couplings(&self, mut lines: ArrayViewMut2<'_, f32>) {
        lines.assign(&self.couplings);
    }
}
