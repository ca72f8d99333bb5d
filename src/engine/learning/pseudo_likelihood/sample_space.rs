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

use super::iteration::{Measure, RowSums, Target, floor, polak_ribiere};
use super::line_search::{Line, Penalty, line_search};
use super::logistic::{Fit, add_scaled, dot, fit, residuals, turn_down};
use super::row::{slice, slice_mut};
use crate::engine::kernels::{Multiplier, Signs};
use crate::engine::patterns::Patterns;
use crate::engine::products::{rows, rows_mut};
use ndarray::{Array2, ArrayViewMut2};
use std::ops::Range;
use std::sync::Arc;

/// q as a share of N, unless w is more.
const LEAST: f64 = 0.125;
/// Rows of a piece whose gradient is measured; the others are taken to be like them.
const MEASURED: usize = 1;
/// The same, before all are measured.
const TRIED: usize = 4;

/// What all rows share.
pub(super) struct Samples {
    target: Target,
    /// Ξᵀ, N × P.
    signs: Array2<f32>,
    by_unit: Signs,
    /// K.
    kernel: Multiplier,
    /// M.
    inverse: Multiplier,
    /// q.
    weight: f64,
    /// Square norm of each row's gradient at J = 0.
    firsts: Vec<f64>,
}

/// q for a penalty of w.
pub(super) fn ridge(weight: f64, n_units: usize) -> f64 {
    // More than N says nothing but makes the fields of z small differences.
    weight.clamp(LEAST * n_units as f64, n_units as f64)
}

impl Samples {
    /// From `sums`, Ξᵀ Ξ without its diagonal, `kernel`, Ξ Ξᵀ, and the `inverse` of that and the [`ridge`].
    pub(super) fn new(
        patterns: &Patterns,
        target: Target,
        sums: &Array2<f32>,
        kernel: &Array2<f32>,
        inverse: &Array2<f32>,
    ) -> Self {
        let square = |unit| dot(slice(sums, unit), slice(sums, unit));
        let n_units = patterns.n_units();
        Self {
            target,
            signs: patterns.by_unit().mapv(f32::from),
            by_unit: Signs::new(patterns.by_unit()),
            kernel: Multiplier::new(kernel),
            inverse: Multiplier::new(inverse),
            weight: ridge(target.weight, n_units),
            firsts: (0..n_units).map(square).collect(),
        }
    }

    /// Operations that an iteration of a row takes: the product by M, the line search and the like.
    pub(super) fn operations_a_row(&self) -> usize {
        let n_patterns = self.signs.ncols();
        2 * n_patterns * n_patterns + 80 * n_patterns
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
    /// How each row's fields fit, and its square norm.
    fits: Vec<(Fit, f64)>,
    /// v and z, and the fields of one row's.
    fresh: Array2<f32>,
    turned: Array2<f32>,
    turned_fields: Vec<f32>,
}

impl SampleSpace {
    pub(super) fn new(shared: Arc<Samples>, units: Range<usize>) -> Self {
        let (n_rows, n_patterns) = (units.len(), shared.signs.ncols());
        let empty = || Array2::zeros((n_rows, n_patterns));
        let signs = rows(&shared.signs, units.clone());
        let mut own = empty();
        shared.inverse.products(own.view_mut(), signs);
        let own_factor = |row| {
            let part = dot(slice(&own, row), slice(&shared.signs, units.start + row));
            (1.0 / (1.0 - part).max(1e-6)) as f32
        };
        // At J = 0 every residual is −ξ, and so is the gradient; its product by M is −u.
        let gradient = signs.mapv(|sign| -sign);
        let mut space = Self {
            first: units.start,
            coefficients: empty(),
            fields: empty(),
            direction: empty(),
            direction_fields: empty(),
            fresh: gradient.clone(),
            gradient,
            own_factors: (0..n_rows).map(own_factor).collect(),
            turned: -&own,
            own,
            squares: vec![0.0; n_rows],
            floor: 0.0,
            fits: vec![(Fit::at_zero(n_patterns), 0.0); n_rows],
            turned_fields: vec![0.0; n_patterns],
            shared,
        };
        space.direct();
        space.floor = floor(space.shared.target.tolerance, &space.squares);
        space
    }

    /// Square norm of the rows' gradients at J = 0.
    pub(super) fn first_squared_gradient(&self) -> f64 {
        let units = self.first..self.first + self.squares.len();
        self.shared.firsts[units].iter().sum()
    }

    /// Moves all rows and turns their directions; measures the gradient of those that `measure` says.
    pub(super) fn advance(&mut self, measure: Measure) -> RowSums {
        let n_rows = self.squares.len();
        (0..n_rows).for_each(|row| self.step(row));
        let arrived = self.shared.target.tolerance.powi(2) * self.first_squared_gradient();
        let exactly = match measure {
            Measure::Some => false,
            Measure::All => true,
            Measure::AllIfNear => {
                let count = n_rows.min(TRIED);
                let tried = self.squared_gradient(count);
                tried * n_rows as f64 <= 1.2 * arrived * count as f64
            }
        };
        if exactly {
            self.renew();
        }
        let mut sums = RowSums::default();
        for (fit, square) in &self.fits {
            sums.add(*fit, *square);
        }
        let count = if exactly {
            n_rows
        } else {
            n_rows.min(MEASURED)
        };
        let square = self.squared_gradient(count);
        sums.squared_gradient = square * n_rows as f64 / count as f64;
        sums.estimated = !exactly;
        // Rows that have arrived need no other direction.
        if !exactly || square > arrived {
            self.turn();
        }
        sums
    }

    /// Moves a row along its direction, and measures the coefficients of its gradient there.
    fn step(&mut self, row: usize) {
        let weight = self.shared.target.weight;
        let (direction, direction_fields) = (
            slice(&self.direction, row),
            slice(&self.direction_fields, row),
        );
        let fields = slice_mut(&mut self.fields, row);
        let coefficients = slice_mut(&mut self.coefficients, row);
        let fresh = slice_mut(&mut self.fresh, row);
        fresh.copy_from_slice(slice(&self.gradient, row));
        if self.squares[row] <= self.floor {
            return;
        }
        add_scaled(fresh, -weight as f32, coefficients);
        let penalty = Penalty {
            slope: weight * dot(direction, fields),
            curvature: weight * dot(direction, direction_fields).max(0.0),
        };
        let signs = slice(&self.shared.signs, self.first + row);
        let line = Line {
            signs,
            fields,
            direction: direction_fields,
        };
        let t = line_search(line, penalty, fresh) as f32;
        add_scaled(fields, t, direction_fields);
        add_scaled(coefficients, t, direction);
        self.fits[row] = (fit(fields, fresh, signs), dot(coefficients, fields));
        add_scaled(fresh, weight as f32, coefficients);
    }

    /// The fields from the coefficients, and with them the gradients.
    fn renew(&mut self) {
        let shared = &*self.shared;
        let kernel = &shared.kernel;
        kernel.products(self.fields.view_mut(), self.coefficients.view());
        for row in 0..self.squares.len() {
            let signs = slice(&shared.signs, self.first + row);
            let (fields, coefficients) = (
                slice_mut(&mut self.fields, row),
                slice(&self.coefficients, row),
            );
            add_scaled(fields, -dot(coefficients, signs) as f32, signs);
            let fresh = slice_mut(&mut self.fresh, row);
            fresh.copy_from_slice(fields);
            self.fits[row] = (residuals(fresh, signs, 1.0), dot(coefficients, fields));
            add_scaled(fresh, shared.target.weight as f32, coefficients);
        }
    }

    /// Σ |∂/∂J_i|² over the first `count` rows.
    fn squared_gradient(&mut self, count: usize) -> f64 {
        let kernel = &self.shared.kernel;
        kernel.products(
            rows_mut(&mut self.turned, 0..count),
            rows(&self.fresh, 0..count),
        );
        let squares = (0..count).map(|row| {
            let (fresh, fields) = (slice(&self.fresh, row), slice_mut(&mut self.turned, row));
            let signs = slice(&self.shared.signs, self.first + row);
            add_scaled(fields, -dot(fresh, signs) as f32, signs);
            dot(fresh, fields).max(0.0)
        });
        squares.sum()
    }

    /// The next directions.
    fn turn(&mut self) {
        let inverse = &self.shared.inverse;
        inverse.products(self.turned.view_mut(), self.fresh.view());
        self.direct();
    }

    /// The next directions from the gradients in `fresh` and their products by M in `turned`: by Polak and Ribière, and
    /// straight down where theirs would be backwards.
    fn direct(&mut self) {
        let shrink = -self.shared.weight as f32;
        for row in 0..self.squares.len() {
            let signs = slice(&self.shared.signs, self.first + row);
            let fresh = slice(&self.fresh, row);
            let turned = slice_mut(&mut self.turned, row);
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
