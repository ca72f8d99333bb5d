//! Nonlinear conjugate gradients in coordinates that make the loss round, for P > N.
//!
//! The curvature of a row's loss is about C = w + c Ξᵀ Ξ, c being the mean of 4 s (1 − s). With C = L Lᵀ and
//! J = B L⁻¹ it is about 1 for B. Fields are B X with X = L⁻¹ Ξᵀ, and since L⁻¹ (w + c ΞᵀΞ) L⁻ᵀ = 1, the penalty needs no
//! product of its own: w |J|² = |B|² − c |h|². An iteration takes two products, as it does without all this.
//! J_ii = 0 is B_i · q_i = 0 with q_i the i-th column of L⁻¹; what rounding leaves of it grows, so it is taken off twice.

use super::descent::{slice, slice_mut, sums};
use super::iteration::{Measure, Progress, Target, floor, n_rows_a_block};
use super::line_search::{Line, Penalty, line_search};
use super::logistic::{Fit, add_scaled, dot, fit, turn_down};
use super::sample_space::polak_ribiere;
use crate::engine::patterns::Patterns;
use crate::engine::products::{product, rows, rows_mut};
use faer::linalg::solvers::Llt;
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{Mat, MatRef, Par, Side};
use ndarray::{Array2, ArrayViewMut2};
use std::ops::Range;
use std::sync::Arc;

/// c: the mean of 4 s (1 − s). Between 0.1 and 1 the number of iterations hardly depends on it.
const CURVATURE: f64 = 0.5;
/// Least w in L, as a share of c P: patterns with units that never change leave Ξᵀ Ξ singular.
const LEAST: f64 = 1e-4;
/// Rows of a block whose gradient is measured; the others are taken to be like them.
const MEASURED: usize = 8;

/// What all rows share.
pub(super) struct Coordinates {
    target: Target,
    /// Share of the penalty in w of L: 1 unless L needs more than there is.
    share: f64,
    signs: Array2<f32>,
    /// X, N × P.
    white: Array2<f32>,
    lower: Array2<f32>,
    inverse: Array2<f32>,
    /// q_i as rows of length 1.
    own: Array2<f32>,
    /// Square norm of each row's gradient at J = 0.
    firsts: Vec<f64>,
}

impl Coordinates {
    pub(super) fn new(patterns: &Patterns, target: Target) -> Self {
        let sums = sums(patterns);
        let (n_patterns, n_units) = patterns.rows().dim();
        let least = LEAST * CURVATURE * n_patterns as f64;
        let weight = target.weight.max(least);
        let (lower, inverse) = factors(&sums, n_patterns as f64, weight);
        let signs = patterns.by_unit().mapv(f32::from);
        let mut white = Array2::zeros((n_units, n_patterns));
        product(white.view_mut(), inverse.view(), signs.view(), Par::Seq);
        let mut own = inverse.t().as_standard_layout().into_owned();
        for mut row in own.outer_iter_mut() {
            let norm = row.dot(&row).sqrt();
            row /= norm;
        }
        let square = |unit| dot(slice(&sums, unit), slice(&sums, unit));
        Self {
            target,
            share: target.weight / weight,
            signs,
            white,
            lower,
            inverse,
            own,
            firsts: (0..n_units).map(square).collect(),
        }
    }
}

/// Some rows of couplings on their way; they are counted from the first of them.
pub(super) struct Whitened {
    shared: Arc<Coordinates>,
    /// Unit of the first row.
    first: usize,
    /// B, rows of N.
    coefficients: Array2<f32>,
    direction: Array2<f32>,
    gradient: Array2<f32>,
    /// h and −2 ξ s on all patterns, rows of P.
    fields: Array2<f32>,
    residuals: Array2<f32>,
    /// Square norm of each row's gradient in B.
    squares: Vec<f64>,
    /// Below this a row rests.
    floor: f64,
    fresh: Array2<f32>,
    fresh_fields: Array2<f32>,
}

impl Whitened {
    pub(super) fn new(shared: Arc<Coordinates>, units: Range<usize>) -> Self {
        let (n_units, n_patterns) = shared.signs.dim();
        let n_rows = units.len();
        // Who does not look on meanwhile has larger and faster products.
        let block = if shared.target.report {
            n_rows_a_block(n_rows, 4 * n_patterns * n_units)
        } else {
            n_rows
        };
        let square = || Array2::zeros((n_rows, n_units));
        let mut learner = Self {
            first: units.start,
            coefficients: square(),
            direction: square(),
            gradient: square(),
            fields: Array2::zeros((n_rows, n_patterns)),
            residuals: rows(&shared.signs, units).mapv(|sign| -sign),
            squares: vec![0.0; n_rows],
            floor: 0.0,
            fresh: Array2::zeros((block, n_units)),
            fresh_fields: Array2::zeros((block, n_patterns)),
            shared,
        };
        for first in (0..n_rows).step_by(block) {
            let block = first..(first + block).min(n_rows);
            for (at, row) in block.clone().enumerate() {
                slice_mut(&mut learner.fresh_fields, at)
                    .copy_from_slice(slice(&learner.residuals, row));
            }
            learner.turn(block);
        }
        learner.floor = floor(learner.shared.target.tolerance, &learner.squares);
        learner
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
        progress: &mut Progress,
    ) {
        let exactly = measure != Measure::Some;
        product(
            rows_mut(&mut self.fresh_fields, 0..block.len()),
            rows(&self.direction, block.clone()),
            self.shared.white.view(),
            Par::Seq,
        );
        for (at, row) in block.clone().enumerate() {
            self.step(row, at);
            if self.shared.target.report {
                let (fit, square) = self.fit(row);
                progress.add(fit, square);
            }
        }
        self.turn(block.clone());
        let measured = if exactly {
            block.len()
        } else {
            block.len().min(MEASURED)
        };
        let share = block.len() as f64 / measured as f64;
        progress.squared_gradient += share * self.squared_gradient(block.start, measured);
        progress.estimated |= !exactly;
    }

    /// Moves the row of `row`, whose direction's fields stand at `at`, and puts there what its gradient is made of.
    fn step(&mut self, row: usize, at: usize) {
        let (share, direction) = (self.shared.share, slice(&self.direction, row));
        let direction_fields = slice_mut(&mut self.fresh_fields, at);
        let coefficients = slice_mut(&mut self.coefficients, row);
        let fields = slice_mut(&mut self.fields, row);
        let penalty = |of: f64, of_fields: f64| share * (of - CURVATURE * of_fields);
        let penalty = Penalty {
            slope: penalty(dot(coefficients, direction), dot(fields, direction_fields)),
            curvature: penalty(
                dot(direction, direction),
                dot(direction_fields, direction_fields),
            )
            .max(0.0),
        };
        let line = Line {
            signs: slice(&self.shared.signs, self.first + row),
            fields,
            direction: direction_fields,
        };
        let residuals = slice_mut(&mut self.residuals, row);
        let t = if self.squares[row] <= self.floor {
            0.0
        } else {
            line_search(&[line], penalty, &mut [&mut *residuals]) as f32
        };
        add_scaled(fields, t, direction_fields);
        add_scaled(coefficients, t, direction);
        direction_fields.copy_from_slice(residuals);
        add_scaled(direction_fields, -(share * CURVATURE) as f32, fields);
    }

    /// The gradients of a block from what they are made of, and the next directions.
    fn turn(&mut self, block: Range<usize>) {
        product(
            rows_mut(&mut self.fresh, 0..block.len()),
            rows(&self.fresh_fields, 0..block.len()),
            self.shared.white.t(),
            Par::Seq,
        );
        for (at, row) in block.enumerate() {
            let (fresh, own) = (
                slice_mut(&mut self.fresh, at),
                slice(&self.shared.own, self.first + row),
            );
            add_scaled(
                fresh,
                self.shared.share as f32,
                slice(&self.coefficients, row),
            );
            for _ in 0..2 {
                add_scaled(fresh, -dot(fresh, own) as f32, own);
            }
            let gradient = slice_mut(&mut self.gradient, row);
            let square = dot(fresh, fresh);
            let beta = polak_ribiere(square, dot(fresh, gradient), self.squares[row]);
            self.squares[row] = square;
            turn_down(slice_mut(&mut self.direction, row), beta, fresh);
            gradient.copy_from_slice(fresh);
        }
    }

    /// Σ |∂/∂J_i|² over `count` rows from `first` on.
    fn squared_gradient(&mut self, first: usize, count: usize) -> f64 {
        let block = first..first + count;
        product(
            rows_mut(&mut self.fresh, 0..count),
            rows(&self.gradient, block.clone()),
            self.shared.lower.t(),
            Par::Seq,
        );
        let mut sum = 0.0;
        for (at, row) in block.enumerate() {
            let gradient = slice_mut(&mut self.fresh, at);
            gradient[self.first + row] = 0.0;
            sum += dot(gradient, gradient);
        }
        sum
    }

    /// How well `row` fits, and |J_i|².
    fn fit(&self, row: usize) -> (Fit, f64) {
        let (fields, coefficients) = (slice(&self.fields, row), slice(&self.coefficients, row));
        let n_patterns = fields.len() as f64;
        let weight = self
            .shared
            .target
            .weight
            .max(LEAST * CURVATURE * n_patterns);
        let square = dot(coefficients, coefficients) - CURVATURE * dot(fields, fields);
        (
            fit(fields, slice(&self.shared.signs, self.first + row)),
            square.max(0.0) / weight,
        )
    }

    /// These rows of J as learned so far, N numbers each.
    pub(super) fn couplings(&self, lines: ArrayViewMut2<'_, f32>) {
        let mut lines = lines;
        let (coefficients, inverse) = (self.coefficients.view(), self.shared.inverse.view());
        product(lines.view_mut(), coefficients, inverse, Par::Seq);
        for (row, mut line) in lines.outer_iter_mut().enumerate() {
            line[self.first + row] = 0.0;
        }
    }
}

/// L and L⁻¹ of `weight` + c Ξᵀ Ξ.
fn factors(sums: &Array2<f32>, n_patterns: f64, weight: f64) -> (Array2<f32>, Array2<f32>) {
    let n_units = sums.nrows();
    let curvature = Mat::from_fn(n_units, n_units, |i, j| {
        if i == j {
            weight + CURVATURE * n_patterns
        } else {
            CURVATURE * f64::from(sums[[i, j]])
        }
    });
    let factor = Llt::new(curvature.as_ref(), Side::Lower).expect("the weight makes it positive");
    let lower = factor.L();
    let mut inverse = Mat::<f64>::identity(n_units, n_units);
    solve_lower_triangular_in_place(lower, inverse.as_mut(), Par::Seq);
    let below = |matrix: MatRef<'_, f64>, (i, j): (usize, usize)| {
        if i >= j { matrix[(i, j)] as f32 } else { 0.0 }
    };
    (
        Array2::from_shape_fn((n_units, n_units), |place| below(lower, place)),
        Array2::from_shape_fn((n_units, n_units), |place| below(inverse.as_ref(), place)),
    )
}
