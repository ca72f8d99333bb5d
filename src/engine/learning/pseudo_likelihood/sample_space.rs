//! Nonlinear conjugate gradients in the space of the patterns, for P ≤ N.
//!
//! Every row of couplings is a sum of patterns, J_i = Σ_μ A_iμ ξ^μ with entry i left out, and so is every gradient
//! and every direction. With K = Ξ Ξᵀ the fields of a row a are a K − (a·y) y, y being the unit's own values, and
//! its square norm is the product of a with its fields; so an iteration takes one product by K, and the line search none. In single precision
//! this needs P ≤ N: beyond, K is singular and the coefficients drift along what it does not see.

use super::super::gram::GramMatrix;
use super::descent::{slice, slice_mut};
use super::fast::{Progress, Target, floor, n_rows_a_block};
use super::logistic::{Line, Penalty, add_scaled, dot, fit, line_search, turn_down};
use crate::engine::patterns::Patterns;
use crate::engine::products::{product, rows, rows_mut};
use faer::Par;
use ndarray::{Array2, ArrayViewMut2};
use std::ops::Range;
use std::sync::Arc;

/// What all rows share.
pub(super) struct Samples {
    target: Target,
    /// Ξᵀ, N × P.
    signs: Array2<f32>,
    patterns: Array2<f32>,
    kernel: Array2<f32>,
}

impl Samples {
    pub(super) fn new(patterns: &Patterns, target: Target) -> Self {
        let mut kernel = GramMatrix::new(patterns.rows());
        while kernel.step() {}
        Self {
            target,
            signs: patterns.by_unit().mapv(f32::from),
            patterns: patterns.rows().mapv(f32::from),
            kernel: kernel.matrix().clone(),
        }
    }
}

/// Some rows of couplings on their way; they are counted from the first of them.
pub(super) struct SampleSpace {
    shared: Arc<Samples>,
    /// Unit of the first row.
    first: usize,
    /// A: the couplings' coefficients.
    coefficients: Array2<f32>,
    /// Their fields on the patterns.
    fields: Array2<f32>,
    /// The direction's coefficients, and its fields.
    direction: Array2<f32>,
    direction_fields: Array2<f32>,
    /// The gradient's coefficients, residuals + w A.
    gradient: Array2<f32>,
    /// Square norm of each row's gradient.
    squares: Vec<f64>,
    /// Below this a row rests.
    floor: f64,
    fresh: Array2<f32>,
    fresh_fields: Array2<f32>,
}

impl SampleSpace {
    pub(super) fn new(shared: Arc<Samples>, units: Range<usize>) -> Self {
        let Samples {
            signs,
            kernel,
            target,
            ..
        } = &*shared;
        let (n_rows, n_patterns) = (units.len(), signs.ncols());
        let direction = rows(signs, units.clone()).to_owned();
        // At J = 0 every residual is −ξ.
        let gradient = direction.mapv(|sign| -sign);
        let mut direction_fields = Array2::zeros((n_rows, n_patterns));
        product(
            direction_fields.view_mut(),
            direction.view(),
            kernel.view(),
            Par::Seq,
        );
        let mut squares = Vec::with_capacity(n_rows);
        for row in 0..n_rows {
            let xi = slice(&direction, row);
            let fields = slice_mut(&mut direction_fields, row);
            add_scaled(fields, -(n_patterns as f32), xi);
            squares.push(dot(xi, fields));
        }
        let block = if target.report {
            n_rows_a_block(n_rows, 2 * n_patterns * n_patterns)
        } else {
            n_rows
        };
        Self {
            first: units.start,
            coefficients: Array2::zeros((n_rows, n_patterns)),
            fields: Array2::zeros((n_rows, n_patterns)),
            direction,
            direction_fields,
            gradient,
            floor: floor(target.tolerance, &squares),
            squares,
            fresh: Array2::zeros((block, n_patterns)),
            fresh_fields: Array2::zeros((block, n_patterns)),
            shared,
        }
    }

    pub(super) fn squared_gradient(&self) -> f64 {
        self.squares.iter().sum()
    }

    pub(super) fn block(&self) -> usize {
        self.fresh.nrows()
    }

    /// Moves a block of rows and turns its directions.
    pub(super) fn advance(&mut self, block: Range<usize>, progress: &mut Progress) {
        for (at, row) in block.clone().enumerate() {
            self.step(row, at);
            if self.shared.target.report {
                let fields = slice(&self.fields, row);
                let square = dot(slice(&self.coefficients, row), fields);
                progress.add(
                    fit(fields, slice(&self.shared.signs, self.first + row)),
                    square,
                );
            }
        }
        product(
            rows_mut(&mut self.fresh_fields, 0..block.len()),
            rows(&self.fresh, 0..block.len()),
            self.shared.kernel.view(),
            Par::Seq,
        );
        for (at, row) in block.enumerate() {
            self.turn(row, at);
            progress.squared_gradient += self.squares[row];
        }
    }

    /// Moves the row of `row` along its direction, and puts the coefficients of its gradient there at `at`.
    fn step(&mut self, row: usize, at: usize) {
        let weight = self.shared.target.weight;
        let (direction, direction_fields) = (
            slice(&self.direction, row),
            slice(&self.direction_fields, row),
        );
        let fields = slice_mut(&mut self.fields, row);
        let coefficients = slice_mut(&mut self.coefficients, row);
        let fresh = slice_mut(&mut self.fresh, at);
        fresh.copy_from_slice(slice(&self.gradient, row));
        if self.squares[row] <= self.floor {
            return;
        }
        add_scaled(fresh, -weight as f32, coefficients);
        let penalty = Penalty {
            slope: weight * dot(direction, fields),
            curvature: weight * dot(direction, direction_fields).max(0.0),
        };
        let line = Line {
            signs: slice(&self.shared.signs, self.first + row),
            fields,
            direction: direction_fields,
        };
        let t = line_search(&[line], penalty, &mut [&mut *fresh]) as f32;
        add_scaled(fields, t, direction_fields);
        add_scaled(coefficients, t, direction);
        add_scaled(fresh, weight as f32, coefficients);
    }

    /// The next direction of `row`, by Polak and Ribière; straight down where theirs would be backwards.
    fn turn(&mut self, row: usize, at: usize) {
        let (fresh, signs) = (
            slice(&self.fresh, at),
            slice(&self.shared.signs, self.first + row),
        );
        let fields = slice_mut(&mut self.fresh_fields, at);
        add_scaled(fields, -dot(fresh, signs) as f32, signs);
        let gradient = slice_mut(&mut self.gradient, row);
        let square = dot(fresh, fields).max(0.0);
        let mixed = dot(gradient, fields);
        let beta = polak_ribiere(square, mixed, self.squares[row]);
        self.squares[row] = square;
        turn_down(slice_mut(&mut self.direction, row), beta, fresh);
        turn_down(slice_mut(&mut self.direction_fields, row), beta, fields);
        gradient.copy_from_slice(fresh);
    }

    /// These rows of J as learned so far, N numbers each.
    pub(super) fn couplings(&self, lines: ArrayViewMut2<'_, f32>) {
        let mut lines = lines;
        let (coefficients, patterns) = (self.coefficients.view(), self.shared.patterns.view());
        product(lines.view_mut(), coefficients, patterns, Par::Seq);
        for (row, mut line) in lines.outer_iter_mut().enumerate() {
            line[self.first + row] = 0.0;
        }
    }
}

/// β of Polak and Ribière, not below 0.
pub(super) fn polak_ribiere(square: f64, mixed: f64, before: f64) -> f32 {
    if before > 0.0 {
        ((square - mixed) / before).max(0.0) as f32
    } else {
        0.0
    }
}
