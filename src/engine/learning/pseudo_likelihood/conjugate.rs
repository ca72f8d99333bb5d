//! Conjugate gradients under way: pieces of some rows each, an iteration after the other, until the gradient is small.
//!
//! Pieces do not depend on each other and go side by side; how they are cut depends on sizes alone, and what they tell is
//! added up in their order, so that the bits are the same on any number of threads. Absent: how a row moves.

use super::iteration::{Measure, RowSums, Target, n_rows_a_piece};
use super::preparation::{Ground, Space};
use crate::engine::kernels::of_a_step;
use crate::engine::parallel::prelude::*;
use ndarray::{ArrayViewMut2, Axis};
use std::ops::Range;

/// Every so many iterations the gradient is measured, however large it was thought to be.
const MEASURED_EVERY: u32 = 16;

/// Operations of one step at least.
const OPERATIONS_A_STEP: usize = of_a_step(500_000_000);

/// Operations that a thread does at least: less is not worth sharing.
const SHARED: usize = 2_000_000;

/// What is known of the descent as a whole.
pub(super) struct Progress {
    pub(super) target: Target,
    /// Iterations done.
    pub(super) iteration: u32,
    /// Square norm of the gradient at J = 0.
    first: f64,
    /// Norm of the gradient over that at J = 0.
    pub(super) gradient: f64,
    /// The smallest that was measured, and after how many iterations.
    least: (f64, u32),
    /// What the rows of the last whole iteration add up to.
    pub(super) sums: RowSums,
}

/// After so many iterations in which the gradient has not become smaller, it will not: rounding has the rest.
const PATIENCE: u32 = 64;

impl Progress {
    /// Before the first iteration, with the square norm of the gradient at J = 0.
    pub(super) fn new(target: Target, first: f64) -> Self {
        Self {
            target,
            iteration: 0,
            first,
            gradient: if first > 0.0 { 1.0 } else { 0.0 },
            least: (f64::INFINITY, 0),
            sums: RowSums::default(),
        }
    }

    /// Whether the gradient is as small as was asked for.
    pub(super) fn reached(&self) -> bool {
        self.gradient <= self.target.tolerance
    }

    /// Whether the gradient has stopped becoming smaller.
    pub(super) fn stalled(&self) -> bool {
        self.iteration >= self.least.1 + PATIENCE
    }

    /// Whether there is nothing left to do.
    pub(super) fn over(&self) -> bool {
        let spent = self.iteration == self.target.iterations || self.stalled();
        self.reached() || spent || !self.gradient.is_finite()
    }

    /// How far J may be from the minimum, as a share of |J|; `None` without a penalty. The cost curves everywhere by w at
    /// least, so that |J − J*| ≤ |gradient|/w.
    pub(super) fn largest_error(&self) -> Option<f64> {
        let size = self.target.weight * self.sums.squared_couplings.max(0.0).sqrt();
        (size > 0.0).then(|| self.gradient * self.first.sqrt() / size)
    }

    /// Takes in a whole iteration.
    pub(super) fn take_in(&mut self, sums: RowSums) {
        self.iteration += 1;
        self.gradient = (sums.squared_gradient / self.first).sqrt();
        if sums.estimated {
            // An estimate must not end it.
            self.gradient = self.gradient.max(1.005 * self.target.tolerance);
        } else if self.gradient < 0.98 * self.least.0 {
            self.least = (self.gradient, self.iteration);
        }
        self.sums = sums;
    }

    /// Which rows' gradients the next iteration measures.
    fn measure(&self) -> Measure {
        if self.iteration % MEASURED_EVERY == MEASURED_EVERY - 1 {
            Measure::All
        } else if self.gradient <= 2.0 * self.target.tolerance {
            Measure::AllIfNear
        } else {
            Measure::Some
        }
    }
}

/// The pieces, and which of them have moved in this iteration.
pub(super) struct Conjugate {
    ground: Ground,
    n_units: usize,
    n_rows_a_piece: usize,
    /// As many as have begun.
    pieces: Vec<Space>,
    next: usize,
    sums: RowSums,
    /// Once all pieces have begun.
    pub(super) progress: Option<Progress>,
}

impl Conjugate {
    pub(super) fn new(ground: Ground, n_units: usize) -> Self {
        Self {
            n_rows_a_piece: n_rows_a_piece(n_units, ground.operations_a_row()),
            ground,
            n_units,
            pieces: Vec::new(),
            next: 0,
            sums: RowSums::default(),
            progress: None,
        }
    }

    /// Moves some rows; false if there was nothing left to do.
    pub(super) fn step(&mut self, target: Target) -> bool {
        let Some(progress) = &mut self.progress else {
            self.begin(target);
            return true;
        };
        if progress.over() {
            return false;
        }
        let measure = progress.measure();
        let (at_once, at_least) = (self.n_at_once(), self.n_at_least());
        let end = (self.next + at_once).min(self.pieces.len());
        let pieces = self.pieces[self.next..end].par_iter_mut();
        let moved = pieces.with_min_len(at_least).map(|piece| match piece {
            Space::Sample(space) => space.advance(measure),
            Space::Coupling(space) => space.advance(),
        });
        for sums in moved.collect::<Vec<RowSums>>() {
            self.sums.add_all(sums);
        }
        self.next = end;
        if end == self.pieces.len() {
            self.next = 0;
            let sums = std::mem::take(&mut self.sums);
            self.progress
                .iter_mut()
                .for_each(|progress| progress.take_in(sums));
        }
        true
    }

    /// Begins some more pieces.
    fn begin(&mut self, target: Target) {
        let n_pieces = self.n_units.div_ceil(self.n_rows_a_piece);
        let begun = self.pieces.len();
        let end = n_pieces.min(begun + self.n_at_once());
        let pieces = (begun..end).into_par_iter().with_min_len(self.n_at_least());
        let spaces = pieces.map(|piece| self.ground.space(self.units(piece)));
        let spaces: Vec<Space> = spaces.collect();
        self.pieces.extend(spaces);
        if end == n_pieces {
            let firsts = self.pieces.iter().map(|piece| match piece {
                Space::Sample(space) => space.first_squared_gradient(),
                Space::Coupling(space) => space.first_squared_gradient(),
            });
            self.progress = Some(Progress::new(target, firsts.sum()));
        }
    }

    fn units(&self, piece: usize) -> Range<usize> {
        let first = piece * self.n_rows_a_piece;
        first..(first + self.n_rows_a_piece).min(self.n_units)
    }

    /// Pieces of one step.
    fn n_at_once(&self) -> usize {
        OPERATIONS_A_STEP / (self.n_rows_a_piece * self.ground.operations_a_row()) + 1
    }

    /// Pieces that a thread takes at least.
    fn n_at_least(&self) -> usize {
        SHARED / (self.n_rows_a_piece * self.ground.operations_a_row()) + 1
    }

    /// J as learned so far; rows that have not begun are left as they are.
    pub(super) fn couplings(&self, mut lines: ArrayViewMut2<'_, f32>) {
        let lines = lines.axis_chunks_iter_mut(Axis(0), self.n_rows_a_piece);
        let pieces: Vec<_> = self.pieces.iter().zip(lines).collect();
        pieces
            .into_par_iter()
            .for_each(|(piece, lines)| match piece {
                Space::Sample(space) => space.couplings(lines),
                Space::Coupling(space) => space.couplings(lines),
            });
    }
}
