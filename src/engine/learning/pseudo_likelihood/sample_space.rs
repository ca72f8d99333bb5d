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
use ndarray::Array2;
use std::ops::Range;

pub(super) struct SampleSpace {
    target: Target,
    signs: Array2<f32>,
    patterns: Array2<f32>,
    kernel: Array2<f32>,
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
    pub(super) fn new(patterns: &Patterns, target: Target) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let mut kernel = GramMatrix::new(patterns.rows());
        while kernel.step() {}
        let signs = patterns.by_unit().mapv(f32::from);
        let kernel = kernel.matrix().clone();
        // At J = 0 every residual is −ξ.
        let gradient = signs.mapv(|sign| -sign);
        let mut direction_fields = Array2::zeros((n_units, n_patterns));
        product(
            direction_fields.view_mut(),
            signs.view(),
            kernel.view(),
            target.par,
        );
        let mut squares = Vec::with_capacity(n_units);
        for unit in 0..n_units {
            let xi = slice(&signs, unit);
            let fields = slice_mut(&mut direction_fields, unit);
            add_scaled(fields, -(n_patterns as f32), xi);
            squares.push(dot(xi, fields));
        }
        let block = n_rows_a_block(n_units, 2 * n_patterns * n_patterns);
        Self {
            target,
            patterns: patterns.rows().mapv(f32::from),
            kernel,
            coefficients: Array2::zeros((n_units, n_patterns)),
            fields: Array2::zeros((n_units, n_patterns)),
            direction: signs.clone(),
            direction_fields,
            signs,
            gradient,
            floor: floor(target.tolerance, &squares),
            squares,
            fresh: Array2::zeros((block, n_patterns)),
            fresh_fields: Array2::zeros((block, n_patterns)),
        }
    }

    pub(super) fn squared_gradient(&self) -> f64 {
        self.squares.iter().sum()
    }

    pub(super) fn block(&self) -> usize {
        self.fresh.nrows()
    }

    /// Moves a block of rows and turns its directions.
    pub(super) fn advance(&mut self, units: Range<usize>, progress: &mut Progress) {
        for (at, unit) in units.clone().enumerate() {
            self.step(unit, at);
            if self.target.report {
                let fields = slice(&self.fields, unit);
                let square = dot(slice(&self.coefficients, unit), fields);
                progress.add(fit(fields, slice(&self.signs, unit)), square);
            }
        }
        product(
            rows_mut(&mut self.fresh_fields, 0..units.len()),
            rows(&self.fresh, 0..units.len()),
            self.kernel.view(),
            self.target.par,
        );
        for (at, unit) in units.enumerate() {
            self.turn(unit, at);
            progress.squared_gradient += self.squares[unit];
        }
    }

    /// Moves the row of `unit` along its direction, and puts the coefficients of its gradient there at `at`.
    fn step(&mut self, unit: usize, at: usize) {
        let weight = self.target.weight;
        let (direction, direction_fields) = (
            slice(&self.direction, unit),
            slice(&self.direction_fields, unit),
        );
        let fields = slice_mut(&mut self.fields, unit);
        let coefficients = slice_mut(&mut self.coefficients, unit);
        let fresh = slice_mut(&mut self.fresh, at);
        fresh.copy_from_slice(slice(&self.gradient, unit));
        if self.squares[unit] <= self.floor {
            return;
        }
        add_scaled(fresh, -weight as f32, coefficients);
        let penalty = Penalty {
            slope: weight * dot(direction, fields),
            curvature: weight * dot(direction, direction_fields).max(0.0),
        };
        let line = Line {
            signs: slice(&self.signs, unit),
            fields,
            direction: direction_fields,
        };
        let t = line_search(&[line], penalty, &mut [&mut *fresh]) as f32;
        add_scaled(fields, t, direction_fields);
        add_scaled(coefficients, t, direction);
        add_scaled(fresh, weight as f32, coefficients);
    }

    /// The next direction of `unit`, by Polak and Ribière; straight down where theirs would be backwards.
    fn turn(&mut self, unit: usize, at: usize) {
        let (fresh, signs) = (slice(&self.fresh, at), slice(&self.signs, unit));
        let fields = slice_mut(&mut self.fresh_fields, at);
        add_scaled(fields, -dot(fresh, signs) as f32, signs);
        let gradient = slice_mut(&mut self.gradient, unit);
        let square = dot(fresh, fields).max(0.0);
        let mixed = dot(gradient, fields);
        let beta = polak_ribiere(square, mixed, self.squares[unit]);
        self.squares[unit] = square;
        turn_down(slice_mut(&mut self.direction, unit), beta, fresh);
        turn_down(slice_mut(&mut self.direction_fields, unit), beta, fields);
        gradient.copy_from_slice(fresh);
    }

    /// J as learned so far.
    pub(super) fn couplings(&self) -> Array2<f32> {
        let n_units = self.signs.nrows();
        let mut couplings = Array2::zeros((n_units, n_units));
        product(
            couplings.view_mut(),
            self.coefficients.view(),
            self.patterns.view(),
            self.target.par,
        );
        couplings.diag_mut().fill(0.0);
        couplings
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
