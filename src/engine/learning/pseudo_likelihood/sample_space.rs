//! Nonlinear conjugate gradients in the space of the patterns, for P ≤ N.
//!
//! Every row of couplings is a sum of patterns, J_i = Σ_μ A_iμ ξ^μ with entry i left out, and so is every gradient
//! and every direction. With K = Ξ Ξᵀ and y the unit's own values the fields of a row a are a K_i, K_i = K − y yᵀ, and
//! its square norm is the product of a with its fields, so the line search needs no product by K.
//!
//! A gradient v is preconditioned, z = v (q + K_i)⁻¹, which is m + s (m·y) u with m = v M, M = (q + K)⁻¹, u = y M and
//! s = 1/(1 − y·u). The fields of z are v − q z, so an iteration takes one product, by M. What rounding makes of that is
//! put right when the gradient is measured, which takes two products by K, near the end.
//!
//! The curvature is w + c K_i, c being the mean of 4 s (1 − s), and best would be q = w/c. Where the minimum is, s is
//! about w h/2N and so w/c some N/2h, which does not depend on w. A smaller q would let the coefficients drift along
//! what a singular K does not see: a step of 1/c there moves v by w/(c q) of itself. For P > N it always is singular.

use super::descent::{slice, slice_mut};
use super::iteration::{Measure, RowSums, Target, floor, n_rows_a_block};
use super::line_search::{Line, Penalty, line_search};
use super::logistic::{add_scaled, dot, fit, residuals, turn_down};
use crate::engine::kernels::Signs;
use crate::engine::learning::shared::gram::{GramMatrix, unit_sums};
use crate::engine::patterns::Patterns;
use crate::engine::products::{inverse, product, rows, rows_mut};
use faer::Par;
use ndarray::{Array2, ArrayViewMut2};
use std::ops::Range;
use std::sync::Arc;

/// q as a share of N, unless w is more.
const LEAST: f64 = 0.125;
/// Rows of a block whose gradient is measured; the others are taken to be like them.
const MEASURED: usize = 4;
/// The same, before all are measured.
const TRIED: usize = 16;

/// What all rows share.
pub(super) struct Samples {
    target: Target,
    /// Ξᵀ, N × P.
    signs: Array2<f32>,
    by_unit: Signs,
    kernel: Array2<f32>,
    /// M.
    inverse: Array2<f32>,
    /// q.
    weight: f64,
    /// Square norm of each row's gradient at J = 0.
    firsts: Vec<f64>,
}

impl Samples {
    pub(super) fn new(patterns: &Patterns, target: Target) -> Self {
        let n_units = patterns.n_units();
        let mut kernel = GramMatrix::new(patterns.rows());
        while kernel.step() {}
        let kernel = kernel.matrix().clone();
        // More than N says nothing but makes the fields of z small differences.
        let weight = target.weight.clamp(LEAST * n_units as f64, n_units as f64);
        let sums = unit_sums(patterns);
        let square = |unit| dot(slice(&sums, unit), slice(&sums, unit));
        Self {
            target,
            signs: patterns.by_unit().mapv(f32::from),
            by_unit: Signs::new(patterns.by_unit()),
            inverse: inverse(weight, 1.0, &kernel),
            kernel,
            weight,
            firsts: (0..n_units).map(square).collect(),
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
    /// v: the gradient's coefficients, residuals + w A.
    gradient: Array2<f32>,
    /// u and s.
    own: Array2<f32>,
    own_factors: Vec<f32>,
    /// Product of each row's gradient with the preconditioned one.
    squares: Vec<f64>,
    /// Below this a row rests.
    floor: f64,
    /// v of a block and z, and the fields of one row's.
    fresh: Array2<f32>,
    turned: Array2<f32>,
    turned_fields: Vec<f32>,
}

impl SampleSpace {
    pub(super) fn new(shared: Arc<Samples>, units: Range<usize>) -> Self {
        let target = shared.target;
        let (n_rows, n_patterns) = (units.len(), shared.signs.ncols());
        let block = if target.report {
            n_rows_a_block(n_rows, 2 * n_patterns * n_patterns)
        } else {
            n_rows
        };
        let empty = |n_rows| Array2::zeros((n_rows, n_patterns));
        let signs = rows(&shared.signs, units.clone());
        let mut own = empty(n_rows);
        product(own.view_mut(), signs, shared.inverse.view(), Par::Seq);
        let own_factor = |row| {
            let part = dot(slice(&own, row), slice(&shared.signs, units.start + row));
            (1.0 / (1.0 - part).max(1e-6)) as f32
        };
        let mut space = Self {
            first: units.start,
            coefficients: empty(n_rows),
            fields: empty(n_rows),
            direction: empty(n_rows),
            direction_fields: empty(n_rows),
            // At J = 0 every residual is −ξ.
            gradient: signs.mapv(|sign| -sign),
            own_factors: (0..n_rows).map(own_factor).collect(),
            own,
            squares: vec![0.0; n_rows],
            floor: 0.0,
            fresh: empty(block),
            turned: empty(block),
            turned_fields: vec![0.0; n_patterns],
            shared,
        };
        for first in (0..n_rows).step_by(block) {
            let block = first..(first + block).min(n_rows);
            for (at, row) in block.clone().enumerate() {
                slice_mut(&mut space.fresh, at).copy_from_slice(slice(&space.gradient, row));
                // The gradient is −ξ, and so its product by M is −u.
                let turned = slice_mut(&mut space.turned, at);
                turned.copy_from_slice(slice(&space.own, row));
                turned.iter_mut().for_each(|value| *value = -*value);
            }
            space.direct(block);
        }
        space.floor = floor(target.tolerance, &space.squares);
        space
    }

    /// Square norm of the rows' gradients at J = 0.
    pub(super) fn first_squared_gradient(&self) -> f64 {
        let units = self.first..self.first + self.squares.len();
        self.shared.firsts[units].iter().sum()
    }

    pub(super) fn block(&self) -> usize {
        self.fresh.nrows()
    }

    /// Moves a block of rows and turns its directions; measures the gradient of those rows of it that
    /// `measure` says.
    pub(super) fn advance(
        &mut self,
        block: Range<usize>,
        measure: Measure,
        progress: &mut RowSums,
    ) {
        for (at, row) in block.clone().enumerate() {
            self.step(row, at);
        }
        let units = self.first + block.start..self.first + block.end;
        let first: f64 = self.shared.firsts[units].iter().sum();
        let arrived = self.shared.target.tolerance.powi(2) * first;
        let exactly = match measure {
            Measure::Some => false,
            Measure::All => true,
            Measure::AllIfNear => {
                let count = block.len().min(TRIED);
                let tried = self.squared_gradient(block.start, count);
                tried * block.len() as f64 <= 1.2 * arrived * count as f64
            }
        };
        if exactly {
            self.renew(block.clone());
        }
        if self.shared.target.report {
            for row in block.clone() {
                let fields = slice(&self.fields, row);
                let square = dot(slice(&self.coefficients, row), fields);
                let signs = slice(&self.shared.signs, self.first + row);
                progress.add(fit(fields, signs), square);
            }
        }
        let count = if exactly {
            block.len()
        } else {
            block.len().min(MEASURED)
        };
        let square = self.squared_gradient(block.start, count);
        progress.squared_gradient += square * block.len() as f64 / count as f64;
        progress.estimated |= !exactly;
        // Rows that have arrived need no other direction.
        if !exactly || square > arrived {
            self.turn(block);
        }
    }

    /// Moves a row along its direction, and puts the coefficients of its gradient there at `at`.
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

    /// The fields of a block from its coefficients, and with them its gradients.
    fn renew(&mut self, block: Range<usize>) {
        let shared = &*self.shared;
        let mut fields = rows_mut(&mut self.fields, block.clone());
        let coefficients = rows(&self.coefficients, block.clone());
        product(
            fields.view_mut(),
            coefficients,
            shared.kernel.view(),
            Par::Seq,
        );
        for (at, row) in block.enumerate() {
            let signs = slice(&shared.signs, self.first + row);
            let (fields, coefficients) = (
                slice_mut(&mut self.fields, row),
                slice(&self.coefficients, row),
            );
            add_scaled(fields, -dot(coefficients, signs) as f32, signs);
            let fresh = slice_mut(&mut self.fresh, at);
            fresh.copy_from_slice(fields);
            residuals(fresh, signs, 1.0);
            add_scaled(fresh, shared.target.weight as f32, coefficients);
        }
    }

    /// Σ |∂/∂J_i|² over `count` rows of the block that begins at `first`.
    fn squared_gradient(&mut self, first: usize, count: usize) -> f64 {
        product(
            rows_mut(&mut self.turned, 0..count),
            rows(&self.fresh, 0..count),
            self.shared.kernel.view(),
            Par::Seq,
        );
        let squares = (0..count).map(|at| {
            let (fresh, fields) = (slice(&self.fresh, at), slice_mut(&mut self.turned, at));
            let signs = slice(&self.shared.signs, self.first + first + at);
            add_scaled(fields, -dot(fresh, signs) as f32, signs);
            dot(fresh, fields).max(0.0)
        });
        squares.sum()
    }

    /// The next directions of a block.
    fn turn(&mut self, block: Range<usize>) {
        product(
            rows_mut(&mut self.turned, 0..block.len()),
            rows(&self.fresh, 0..block.len()),
            self.shared.inverse.view(),
            Par::Seq,
        );
        self.direct(block);
    }

    /// The next directions of a block whose gradients stand in `fresh`, and their products by M in `turned`: by Polak
    /// and Ribière, and straight down where theirs would be backwards.
    fn direct(&mut self, block: Range<usize>) {
        let shrink = -self.shared.weight as f32;
        for (at, row) in block.enumerate() {
            let signs = slice(&self.shared.signs, self.first + row);
            let fresh = slice(&self.fresh, at);
            let turned = slice_mut(&mut self.turned, at);
            let part = self.own_factors[row] * dot(turned, signs) as f32;
            add_scaled(turned, part, slice(&self.own, row));
            let fields = &mut self.turned_fields;
            fields.copy_from_slice(fresh);
            add_scaled(fields, shrink, turned);
            let gradient = slice_mut(&mut self.gradient, row);
            let square = dot(fresh, fields).max(0.0);
            let mixed = dot(gradient, fields);
            let beta = polak_ribiere(square, mixed, self.squares[row]);
            self.squares[row] = square;
            turn_down(slice_mut(&mut self.direction, row), beta, turned);
            turn_down(slice_mut(&mut self.direction_fields, row), beta, fields);
            gradient.copy_from_slice(fresh);
        }
    }

    /// These rows of J as learned so far, N numbers each.
    pub(super) fn couplings(&self, lines: ArrayViewMut2<'_, f32>) {
        let mut lines = lines;
        let by_unit = &self.shared.by_unit;
        by_unit.products(lines.view_mut(), self.coefficients.view());
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
