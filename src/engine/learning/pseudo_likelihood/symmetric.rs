//! Nonlinear conjugate gradients over symmetric couplings: one problem, one step for all rows.
//!
//! The gradient is projected, G ← (G + Gᵀ)/2, so that directions and couplings stay symmetric.

use super::conjugate::Progress;
use super::iteration::{RowSums, Target, polak_ribiere};
use super::line_search::{Line, Penalty, search_together};
use super::logistic::{Fit, add_scaled, dot, fit, turn_down};
use super::row::{all_dots, norm, slice, whole, whole_mut};
use crate::engine::kernels::{Signs, of_a_step};
use crate::engine::learning::shared::tiles::symmetrise;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::Patterns;
use crate::engine::products::{rows, rows_mut};
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};

/// Operations of one step at least.
const OPERATIONS_A_STEP: usize = of_a_step(400_000_000);
/// Rows of a piece: whole vectors of them.
const ROWS: usize = 16;
/// Entries that a thread goes through at least: less is not worth sharing.
const ENTRIES: usize = 1 << 16;

pub(super) struct Symmetric {
    signs: Array2<f32>,
    by_pattern: Signs,
    by_unit: Signs,
    couplings: Array2<f32>,
    direction: Array2<f32>,
    gradient: Array2<f32>,
    fresh: Array2<f32>,
    fields: Array2<f32>,
    direction_fields: Array2<f32>,
    residuals: Array2<f32>,
    phase: Phase,
    sums: RowSums,
    pub(super) progress: Progress,
}

/// What is to be done next.
#[derive(Clone, Copy)]
enum Phase {
    /// The fields of the direction, from this row on.
    Fields(usize),
    /// The step along it.
    Search,
    /// The gradient there, from this row on.
    Gradient(usize),
}

impl Symmetric {
    /// `sums` is Ξᵀ Ξ without its diagonal, the first direction.
    pub(super) fn new(patterns: &Patterns, sums: &Array2<f32>, target: Target) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let signs = patterns.by_unit().mapv(f32::from);
        let empty = Array2::zeros((n_units, n_patterns));
        let gradient = -sums;
        Self {
            by_pattern: Signs::new(patterns.rows()),
            by_unit: Signs::new(patterns.by_unit()),
            couplings: Array2::zeros((n_units, n_units)),
            progress: Progress::new(target, norm(&gradient).powi(2)),
            fresh: gradient.clone(),
            gradient,
            direction: sums.clone(),
            fields: empty.clone(),
            direction_fields: empty,
            residuals: -&signs,
            signs,
            phase: Phase::Fields(0),
            sums: RowSums::default(),
        }
    }

    /// Does a part of an iteration; false if there was nothing left to do.
    pub(super) fn step(&mut self) -> bool {
        if self.progress.over() {
            return false;
        }
        let (n_units, n_patterns) = self.signs.dim();
        let count = (OPERATIONS_A_STEP / (n_units * n_patterns)).next_multiple_of(ROWS);
        let some = |first: usize| first..(first + count).min(n_units);
        match self.phase {
            Phase::Fields(first) => {
                let some = some(first);
                let target = rows_mut(&mut self.direction_fields, some.clone());
                by_pieces(
                    &self.by_pattern,
                    target,
                    &rows(&self.direction, some.clone()),
                );
                self.phase = if some.end < n_units {
                    Phase::Fields(some.end)
                } else {
                    Phase::Search
                };
            }
            Phase::Search => {
                self.move_along();
                self.phase = Phase::Gradient(0);
            }
            Phase::Gradient(first) => {
                let some = some(first);
                let target = rows_mut(&mut self.fresh, some.clone());
                by_pieces(&self.by_unit, target, &rows(&self.residuals, some.clone()));
                if some.end < n_units {
                    self.phase = Phase::Gradient(some.end);
                } else {
                    self.turn();
                    self.phase = Phase::Fields(0);
                }
            }
        }
        true
    }

    /// Moves all rows along the direction.
    fn move_along(&mut self) {
        let t = self.search() as f32;
        let n_patterns = self.signs.ncols();
        let fields = whole_mut(&mut self.fields).par_chunks_mut(n_patterns);
        let along = whole(&self.direction_fields).par_chunks(n_patterns);
        let residuals = whole(&self.residuals).par_chunks(n_patterns);
        let signs = whole(&self.signs).par_chunks(n_patterns);
        let all = fields.zip(along).zip(residuals.zip(signs));
        let all = all.with_min_len(ENTRIES / n_patterns + 1);
        let fits = all.map(|((fields, along), (residuals, signs))| {
            add_scaled(fields, t, along);
            fit(fields, residuals, signs)
        });
        let fits: Vec<Fit> = fits.collect();
        add_scaled(whole_mut(&mut self.couplings), t, whole(&self.direction));
        for (unit, fit) in fits.into_iter().enumerate() {
            let couplings = slice(&self.couplings, unit);
            self.sums.add(fit, dot(couplings, couplings));
        }
    }

    fn search(&mut self) -> f64 {
        let weight = self.progress.target.weight;
        let penalty = Penalty {
            slope: weight * all_dots(&self.couplings, &self.direction),
            curvature: weight * norm(&self.direction).powi(2),
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
        search_together(&lines, penalty, &mut residuals.collect::<Vec<_>>())
    }

    /// The next direction, from the products in `fresh`, and the end of the iteration.
    fn turn(&mut self) {
        let weight = self.progress.target.weight as f32;
        add_scaled(whole_mut(&mut self.fresh), weight, whole(&self.couplings));
        self.fresh.diag_mut().fill(0.0);
        symmetrise(&mut self.fresh);
        let square = norm(&self.fresh).powi(2);
        let mixed = all_dots(&self.fresh, &self.gradient);
        let beta = polak_ribiere(square, mixed, norm(&self.gradient).powi(2));
        turn_down(whole_mut(&mut self.direction), beta, whole(&self.fresh));
        std::mem::swap(&mut self.gradient, &mut self.fresh);
        self.sums.squared_gradient = square;
        self.progress.take_in(std::mem::take(&mut self.sums));
    }

    /// J as learned so far.
    pub(super) fn couplings(&self) -> &Array2<f32> {
        &self.couplings
    }
}

/// `target` = A Sᵀ for the rows of `numbers`, a few of them a piece.
pub(super) fn by_pieces(
    signs: &Signs,
    mut target: ArrayViewMut2<'_, f32>,
    numbers: &ArrayView2<'_, f32>,
) {
    let pieces = target.axis_chunks_iter_mut(Axis(0), ROWS);
    let pieces: Vec<_> = pieces
        .zip(numbers.axis_chunks_iter(Axis(0), ROWS))
        .collect();
    let at_least = ENTRIES / (numbers.ncols() * ROWS) + 1;
    let pieces = pieces.into_par_iter().with_min_len(at_least);
    pieces.for_each(|(target, numbers)| signs.products(target, numbers));
}
