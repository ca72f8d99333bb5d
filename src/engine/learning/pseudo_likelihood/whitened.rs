//! Nonlinear conjugate gradients in coordinates that make the loss round, for P > N.
//!
//! The curvature of a row's loss is about C = w + c Ξᵀ Ξ, c being the mean of 4 s (1 − s). With C = L Lᵀ and
//! J = B L⁻¹ it is about 1 for B. Fields are B X with X = L⁻¹ Ξᵀ, and since L⁻¹ (w + c ΞᵀΞ) L⁻ᵀ = 1, the penalty needs no
//! product of its own: w |J|² = |B|² − c |h|². An iteration takes two products, as it does without all this.
//! J_ii = 0 is B_i · q_i = 0 with q_i the i-th column of L⁻¹; what rounding leaves of it grows, so it is taken off twice.

use super::descent::{slice, slice_mut};
use super::fast::{Progress, Target, floor, n_rows_a_block};
use super::logistic::{Fit, Line, Penalty, add_scaled, dot, fit, line_search, turn_down};
use super::sample_space::polak_ribiere;
use crate::engine::patterns::Patterns;
use crate::engine::products::{product, rows, rows_mut};
use faer::linalg::solvers::Llt;
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{Mat, MatRef, Par, Side};
use ndarray::Array2;
use std::ops::Range;

/// c: the mean of 4 s (1 − s). Between 0.1 and 1 the number of iterations hardly depends on it.
const CURVATURE: f64 = 0.5;
/// Least w in L, as a share of c P: patterns with units that never change leave Ξᵀ Ξ singular.
const LEAST: f64 = 1e-4;
/// Rows of a block whose gradient is measured; the others are taken to be like them.
const MEASURED: usize = 8;

pub(super) struct Whitened {
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
    /// B, N × N.
    coefficients: Array2<f32>,
    direction: Array2<f32>,
    gradient: Array2<f32>,
    /// h and −2 ξ s on all patterns, N × P.
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
    /// `sums` is Ξᵀ Ξ without its diagonal.
    pub(super) fn new(patterns: &Patterns, sums: &Array2<f32>, target: Target) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let least = LEAST * CURVATURE * n_patterns as f64;
        let weight = target.weight.max(least);
        let (lower, inverse) = factors(sums, n_patterns as f64, weight);
        let signs = patterns.by_unit().mapv(f32::from);
        let mut white = Array2::zeros((n_units, n_patterns));
        product(white.view_mut(), inverse.view(), signs.view(), target.par);
        let mut own = inverse.t().as_standard_layout().into_owned();
        for mut row in own.outer_iter_mut() {
            let norm = row.dot(&row).sqrt();
            row /= norm;
        }
        // Who does not look on meanwhile has larger and faster products.
        let block = if target.report {
            n_rows_a_block(n_units, 4 * n_patterns * n_units)
        } else {
            n_units
        };
        let square = || Array2::zeros((n_units, n_units));
        let mut learner = Self {
            share: target.weight / weight,
            target,
            white,
            lower,
            inverse,
            own,
            coefficients: square(),
            direction: square(),
            gradient: square(),
            fields: Array2::zeros((n_units, n_patterns)),
            residuals: signs.mapv(|sign| -sign),
            signs,
            squares: vec![0.0; n_units],
            floor: 0.0,
            fresh: Array2::zeros((block, n_units)),
            fresh_fields: Array2::zeros((block, n_patterns)),
        };
        for first in (0..n_units).step_by(block) {
            let units = first..(first + block).min(n_units);
            for (at, unit) in units.clone().enumerate() {
                slice_mut(&mut learner.fresh_fields, at)
                    .copy_from_slice(slice(&learner.residuals, unit));
            }
            learner.turn(units);
        }
        learner.floor = floor(learner.target.tolerance, &learner.squares);
        learner
    }

    pub(super) fn block(&self) -> usize {
        self.fresh.nrows()
    }

    /// Moves a block of rows and turns its directions; measures the gradient of all rows of it if `exactly`.
    pub(super) fn advance(&mut self, units: Range<usize>, exactly: bool, progress: &mut Progress) {
        product(
            rows_mut(&mut self.fresh_fields, 0..units.len()),
            rows(&self.direction, units.clone()),
            self.white.view(),
            self.target.par,
        );
        for (at, unit) in units.clone().enumerate() {
            self.step(unit, at);
            if self.target.report {
                let (fit, square) = self.fit(unit);
                progress.add(fit, square);
            }
        }
        self.turn(units.clone());
        let measured = if exactly {
            units.len()
        } else {
            units.len().min(MEASURED)
        };
        let share = units.len() as f64 / measured as f64;
        progress.squared_gradient += share * self.squared_gradient(units.start, measured);
    }

    /// Moves the row of `unit`, whose direction's fields stand at `at`, and puts there what its gradient is made of.
    fn step(&mut self, unit: usize, at: usize) {
        let (share, direction) = (self.share, slice(&self.direction, unit));
        let direction_fields = slice_mut(&mut self.fresh_fields, at);
        let coefficients = slice_mut(&mut self.coefficients, unit);
        let fields = slice_mut(&mut self.fields, unit);
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
            signs: slice(&self.signs, unit),
            fields,
            direction: direction_fields,
        };
        let residuals = slice_mut(&mut self.residuals, unit);
        let t = if self.squares[unit] <= self.floor {
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
    fn turn(&mut self, units: Range<usize>) {
        product(
            rows_mut(&mut self.fresh, 0..units.len()),
            rows(&self.fresh_fields, 0..units.len()),
            self.white.t(),
            self.target.par,
        );
        for (at, unit) in units.enumerate() {
            let (fresh, own) = (slice_mut(&mut self.fresh, at), slice(&self.own, unit));
            add_scaled(fresh, self.share as f32, slice(&self.coefficients, unit));
            for _ in 0..2 {
                add_scaled(fresh, -dot(fresh, own) as f32, own);
            }
            let gradient = slice_mut(&mut self.gradient, unit);
            let square = dot(fresh, fresh);
            let beta = polak_ribiere(square, dot(fresh, gradient), self.squares[unit]);
            self.squares[unit] = square;
            turn_down(slice_mut(&mut self.direction, unit), beta, fresh);
            gradient.copy_from_slice(fresh);
        }
    }

    /// Σ |∂/∂J_i|² over `count` rows from `first` on.
    fn squared_gradient(&mut self, first: usize, count: usize) -> f64 {
        let units = first..first + count;
        product(
            rows_mut(&mut self.fresh, 0..count),
            rows(&self.gradient, units.clone()),
            self.lower.t(),
            self.target.par,
        );
        let mut sum = 0.0;
        for (at, unit) in units.enumerate() {
            let gradient = slice_mut(&mut self.fresh, at);
            gradient[unit] = 0.0;
            sum += dot(gradient, gradient);
        }
        sum
    }

    /// How well `unit` fits, and |J_i|².
    fn fit(&self, unit: usize) -> (Fit, f64) {
        let (fields, coefficients) = (slice(&self.fields, unit), slice(&self.coefficients, unit));
        let n_patterns = fields.len() as f64;
        let weight = self.target.weight.max(LEAST * CURVATURE * n_patterns);
        let square = dot(coefficients, coefficients) - CURVATURE * dot(fields, fields);
        (
            fit(fields, slice(&self.signs, unit)),
            square.max(0.0) / weight,
        )
    }

    /// J as learned so far.
    pub(super) fn couplings(&self) -> Array2<f32> {
        let mut couplings = Array2::zeros(self.coefficients.dim());
        product(
            couplings.view_mut(),
            self.coefficients.view(),
            self.inverse.view(),
            self.target.par,
        );
        couplings.diag_mut().fill(0.0);
        couplings
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
