//! Nonlinear conjugate gradients on the couplings themselves, for P > N.
//!
//! The curvature of a row's loss is about C = w + c Ξᵀ Ξ, c being the mean of 4 s (1 − s), so a gradient g is
//! preconditioned by M = C⁻¹. Of row i entry i stays 0: z = g M − (g M)_i/M_ii M_i. Fields and gradients are sums of
//! numbers with signs, and those are looked up, so that an iteration costs about as much as one product of N × P numbers.

use super::iteration::{RowSums, Target, floor, polak_ribiere};
use super::line_search::{Line, Penalty, line_search};
use super::logistic::{Fit, add_scaled, dot, fit, turn_down};
use super::row::{slice, slice_mut};
use crate::engine::kernels::{Multiplier, Signs};
use crate::engine::patterns::Patterns;
use crate::engine::products::rows;
use ndarray::{Array2, ArrayViewMut2};
use std::ops::Range;
use std::sync::Arc;

/// c: the mean of 4 s (1 − s). Between 0.1 and 1 the number of iterations hardly depends on it.
pub(super) const CURVATURE: f64 = 0.5;
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
    inverse: Multiplier,
    /// M_ij of each i, N × N.
    own: Array2<f32>,
    /// Ξᵀ Ξ without its diagonal: less the gradients at J = 0.
    sums: Arc<Array2<f32>>,
}

/// w on the diagonal of C, and with it c P, which stands on that of c Ξᵀ Ξ.
pub(super) fn ridge(weight: f64, n_patterns: usize) -> f64 {
    let own = CURVATURE * n_patterns as f64;
    weight.max(LEAST * own) + own
}

impl Ground {
    /// From `sums`, Ξᵀ Ξ without its diagonal, and the `inverse` of c times that and the [`ridge`].
    pub(super) fn new(
        patterns: &Patterns,
        target: Target,
        sums: Arc<Array2<f32>>,
        inverse: Array2<f32>,
    ) -> Self {
        Self {
            target,
            signs: patterns.by_unit().mapv(f32::from),
            by_pattern: Signs::new(patterns.rows()),
            by_unit: Signs::new(patterns.by_unit()),
            inverse: Multiplier::new(&inverse),
            own: inverse,
            sums,
        }
    }

    /// Operations that an iteration of a row takes.
    pub(super) fn operations_a_row(&self) -> usize {
        let (n_units, n_patterns) = self.signs.dim();
        // Sums of numbers with signs are looked up, twice as fast as multiplied.
        2 * (n_patterns + n_units) * n_units
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
    /// How each row's fields fit, and its square norm.
    fits: Vec<(Fit, f64)>,
    /// The new gradients, and those preconditioned.
    fresh: Array2<f32>,
    turned: Array2<f32>,
    /// The fields of the directions.
    direction_fields: Array2<f32>,
}

impl CouplingSpace {
    pub(super) fn new(shared: Arc<Ground>, units: Range<usize>) -> Self {
        let (n_units, n_patterns) = shared.signs.dim();
        let n_rows = units.len();
        let empty = || Array2::zeros((n_rows, n_units));
        let mut space = Self {
            first: units.start,
            couplings: empty(),
            direction: empty(),
            gradient: empty(),
            fields: Array2::zeros((n_rows, n_patterns)),
            residuals: rows(&shared.signs, units.clone()).mapv(|sign| -sign),
            squares: vec![0.0; n_rows],
            floor: 0.0,
            fits: vec![(Fit::at_zero(n_patterns), 0.0); n_rows],
            fresh: rows(&shared.sums, units).mapv(|sum| -sum),
            turned: empty(),
            direction_fields: Array2::zeros((n_rows, n_patterns)),
            shared,
        };
        space.turn();
        space.floor = floor(space.shared.target.tolerance, &space.squares);
        space
    }

    /// Square norm of the rows' gradients at J = 0.
    pub(super) fn first_squared_gradient(&self) -> f64 {
        let units = self.first..self.first + self.squares.len();
        let sums = units.map(|unit| slice(&self.shared.sums, unit));
        sums.map(|sums| dot(sums, sums)).sum()
    }

    /// Moves all rows and turns their directions.
    pub(super) fn advance(&mut self) -> RowSums {
        let mut sums = RowSums::default();
        let by_pattern = &self.shared.by_pattern;
        by_pattern.products(self.direction_fields.view_mut(), self.direction.view());
        for row in 0..self.squares.len() {
            self.step(row);
            let (fit, square) = self.fits[row];
            sums.add(fit, square);
        }
        let by_unit = &self.shared.by_unit;
        by_unit.products(self.fresh.view_mut(), self.residuals.view());
        let weight = self.shared.target.weight as f32;
        for row in 0..self.squares.len() {
            let fresh = slice_mut(&mut self.fresh, row);
            add_scaled(fresh, weight, slice(&self.couplings, row));
            fresh[self.first + row] = 0.0;
            sums.squared_gradient += dot(fresh, fresh);
        }
        self.turn();
        sums
    }

    /// Moves a row along its direction.
    fn step(&mut self, row: usize) {
        if self.squares[row] <= self.floor {
            return;
        }
        let weight = self.shared.target.weight;
        let direction = slice(&self.direction, row);
        let direction_fields = slice(&self.direction_fields, row);
        let couplings = slice_mut(&mut self.couplings, row);
        let fields = slice_mut(&mut self.fields, row);
        let penalty = Penalty {
            slope: weight * dot(couplings, direction),
            curvature: weight * dot(direction, direction),
        };
        let signs = slice(&self.shared.signs, self.first + row);
        let line = Line {
            signs,
            fields,
            direction: direction_fields,
        };
        let residuals = slice_mut(&mut self.residuals, row);
        let t = line_search(line, penalty, residuals) as f32;
        add_scaled(fields, t, direction_fields);
        add_scaled(couplings, t, direction);
        self.fits[row] = (fit(fields, residuals, signs), dot(couplings, couplings));
    }

    /// The next directions from the gradients in `fresh`: by Polak and Ribière, and straight down where theirs would be
    /// backwards.
    fn turn(&mut self) {
        let inverse = &self.shared.inverse;
        inverse.products(self.turned.view_mut(), self.fresh.view());
        for row in 0..self.squares.len() {
            let unit = self.first + row;
            let own = slice(&self.shared.own, unit);
            let turned = slice_mut(&mut self.turned, row);
            add_scaled(turned, -turned[unit] / own[unit], own);
            turned[unit] = 0.0;
            let fresh = slice(&self.fresh, row);
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
