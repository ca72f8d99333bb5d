//! Cholesky's factor of a matrix and, in one go, what it makes of rows below: [A; B] → [L; B L⁻ᵀ] with A = L Lᵀ.
//!
//! With Y = B L⁻ᵀ the products Y Yᵀ are B A⁻¹ Bᵀ: the projector on patterns, or an inverse. Factor and solution are in
//! double precision, since patterns may nearly repeat each other; Y is rounded to single precision, in which couplings
//! are kept. Columns are done block by block from the left, and for each block every few rows are a piece of their own.

use super::gram::GramMatrix;
use crate::engine::kernels::of_a_step;
use crate::engine::parallel::prelude::*;
use faer::linalg::matmul::matmul;
use faer::linalg::solvers::Llt;
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{Accum, MatMut, MatRef, Par, Side};
use ndarray::Array2;
use std::ops::Range;

/// Columns of a block.
const COLUMNS: usize = 128;
/// Rows of a piece.
const ROWS: usize = 64;
/// Operations of one step at least.
const OPERATIONS_A_STEP: usize = of_a_step(200_000_000);

/// The rows below, B.
#[derive(Clone, Copy)]
pub(in crate::engine::learning) enum Below<'a> {
    /// Rows of ±1, times a factor.
    Signs(&'a Array2<i8>, f64),
    /// The unit matrix, times a factor.
    Unit(f64),
}

/// [A; B] on its way to [L; B L⁻ᵀ].
pub(in crate::engine::learning) struct Projector {
    size: usize,
    n_rows: usize,
    /// Rows of `size` numbers.
    entries: Vec<f64>,
    /// The columns that are being done: all before are.
    columns: Range<usize>,
    /// The first row of theirs that is not done yet.
    row: usize,
    /// Whether what is below is the unit matrix, of which most stays 0.
    unit: bool,
}

/// The matrix is not positive, as far as double precision tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::learning) struct NotPositive;

impl Projector {
    /// A = `factor` × `products` + `diagonal`, of which only what is below the diagonal is read.
    pub(in crate::engine::learning) fn new(
        products: &Array2<f32>,
        factor: f64,
        diagonal: f64,
        below: Below<'_>,
    ) -> Self {
        let size = products.nrows();
        let n_below = match below {
            Below::Signs(rows, _) => rows.nrows(),
            Below::Unit(_) => size,
        };
        let n_rows = size + n_below;
        let mut entries = vec![0.0; n_rows * size];
        let lines = entries.par_chunks_mut(size).enumerate();
        lines.with_min_len(ROWS).for_each(|(row, line)| {
            if let Some(below_row) = row.checked_sub(size) {
                match below {
                    Below::Signs(rows, factor) => {
                        for (entry, sign) in line.iter_mut().zip(rows.row(below_row)) {
                            *entry = factor * f64::from(*sign);
                        }
                    }
                    Below::Unit(factor) => line[below_row] = factor,
                }
            } else {
                for (entry, product) in line[..=row].iter_mut().zip(products.row(row)) {
                    *entry = factor * f64::from(*product);
                }
                line[row] += diagonal;
            }
        });
        Self {
            size,
            n_rows,
            entries,
            columns: 0..COLUMNS.min(size),
            row: 0,
            unit: matches!(below, Below::Unit(_)),
        }
    }

    /// Does a part; false if all was done before. Refused: a matrix that is not positive.
    pub(in crate::engine::learning) fn step(&mut self) -> Result<bool, NotPositive> {
        let (size, columns) = (self.size, self.columns.clone());
        if columns.is_empty() {
            return Ok(false);
        }
        if self.row == columns.start {
            let own = &mut self.entries[columns.start * size..columns.end * size];
            factorise(own, size, columns.clone())?;
            self.row = columns.end;
        }
        let a_row = 2 * columns.end * columns.len();
        let rows = (OPERATIONS_A_STEP / a_row).next_multiple_of(ROWS);
        let end = (self.row + rows).min(self.n_rows);
        let (above, below) = self.entries.split_at_mut(self.row * size);
        let own = &above[columns.start * size..columns.end * size];
        let lines = below[..(end - self.row) * size].par_chunks_mut(ROWS * size);
        let firsts = (self.row..end).into_par_iter().step_by(ROWS);
        lines.zip(firsts).for_each(|(lines, first)| {
            // Row r of the unit matrix, r from 0, stays 0 before column r.
            if !self.unit || first < size + columns.end {
                eliminate(lines, own, size, columns.clone());
            }
        });
        self.row = end;
        if end == self.n_rows {
            self.row = columns.end;
            self.columns = columns.end..(columns.end + COLUMNS).min(size);
        }
        Ok(true)
    }

    /// Share done, 0 to 1.
    pub(in crate::engine::learning) fn done(&self) -> f32 {
        let share = self.columns.start as f32 / self.size as f32;
        share * share
    }

    /// Y Yᵀ, to be multiplied out; once all is done.
    pub(in crate::engine::learning) fn products(&self) -> GramMatrix {
        let y = &self.entries[self.size * self.size..];
        let mut rounded = vec![0.0; y.len()];
        let pieces = rounded.par_chunks_mut(ROWS * self.size);
        let pieces = pieces.zip(y.par_chunks(ROWS * self.size));
        pieces.for_each(|(rounded, y)| {
            for (rounded, y) in rounded.iter_mut().zip(y) {
                *rounded = *y as f32;
            }
        });
        GramMatrix::of_numbers(rounded, self.size)
    }
}

/// The factor's own rows `own` of `columns`, from what is left of these.
fn factorise(own: &mut [f64], size: usize, columns: Range<usize>) -> Result<(), NotPositive> {
    let width = columns.len();
    let own = MatMut::from_row_major_slice_mut(own, width, size);
    let (left, right) = own.split_at_col_mut(columns.start);
    let mut block = right.subcols_mut(0, width);
    let left = left.as_ref();
    matmul(
        block.as_mut(),
        Accum::Add,
        left,
        left.transpose(),
        -1.0,
        Par::Seq,
    );
    let factor = Llt::new(block.as_ref(), Side::Lower).map_err(|_not_positive| NotPositive)?;
    block.copy_from_triangular_lower(factor.L());
    Ok(())
}

/// Some rows of `columns`: what is left of these, less its part in the factor's `own` rows, times their inverse.
fn eliminate(lines: &mut [f64], own: &[f64], size: usize, columns: Range<usize>) {
    let (n_lines, width) = (lines.len() / size, columns.len());
    let lines = MatMut::from_row_major_slice_mut(lines, n_lines, size);
    let (left, right) = lines.split_at_col_mut(columns.start);
    let mut block = right.subcols_mut(0, width);
    let own = MatRef::from_row_major_slice(own, width, size);
    matmul(
        block.as_mut(),
        Accum::Add,
        left.as_ref(),
        own.subcols(0, columns.start).transpose(),
        -1.0,
        Par::Seq,
    );
    let factor = own.subcols(columns.start, width);
    solve_lower_triangular_in_place(factor, block.transpose_mut(), Par::Seq);
}

/// (`diagonal` + `factor` S)⁻¹ for a symmetric matrix S that leaves it positive, to be worked out.
pub(in crate::engine::learning) fn inverse(
    products: &Array2<f32>,
    factor: f64,
    diagonal: f64,
) -> Projector {
    Projector::new(products, factor, diagonal, Below::Unit(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn finish(mut projector: Projector) -> Array2<f32> {
        while projector.step().unwrap() {}
        projector.products().finish()
    }

    #[test]
    fn projectors_by_hand() {
        // (4 / 4) + 3 = 2², so Y = Ξᵀ/2 √4.
        let rows = array![[1], [-1], [1], [1]];
        let below = Below::Signs(&rows, 0.5);
        let found = finish(Projector::new(&array![[4.0]], 0.25, 3.0, below));
        assert_eq!(found.row(0), array![0.0625, -0.0625, 0.0625, 0.0625]);
    }

    #[test]
    fn inverses_by_hand_and_by_their_products() {
        // 1 + 2 S = [[3, 4], [4, 11]], whose determinant is 17.
        let found = finish(inverse(&array![[1.0, 2.0], [2.0, 5.0]], 2.0, 1.0));
        let expected = array![[11.0, -4.0], [-4.0, 3.0]] / 17.0_f32;
        assert!((found - expected).iter().all(|gap| gap.abs() < 1e-7));
        // More columns than a block has.
        let matrix = Array2::from_shape_fn((300, 300), |(i, j)| 1.0 / (1.0 + i.abs_diff(j) as f32));
        let one = finish(inverse(&matrix, 1.0, 1.0)).dot(&(&matrix + &Array2::<f32>::eye(300)));
        assert!(
            (one - Array2::<f32>::eye(300))
                .iter()
                .all(|gap| gap.abs() < 1e-5)
        );
    }

    #[test]
    fn what_is_not_positive_is_refused() {
        let mut projector = inverse(&array![[1.0, 2.0], [2.0, 1.0]], 1.0, 0.0);
        assert_eq!(projector.step(), Err(NotPositive));
    }
}
