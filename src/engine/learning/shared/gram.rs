//! A Aᵀ a few tiles at a time: exactly for rows of ±1, the sums behind Hebb's rule and the projection rule; and for rows
//! of numbers.

use super::tiles::{TILE, border};
use crate::engine::kernels::{Bits, of_a_step};
use crate::engine::parallel::prelude::*;
use ndarray::{Array2, ArrayView2};

/// Operations of one step at least.
const OPERATIONS_A_STEP: f64 = of_a_step(200_000_000) as f64;

/// A Aᵀ for an R × C array A. It is symmetric to the last bit.
pub(in crate::engine::learning) struct GramMatrix {
    rows: Rows,
    n_columns: usize,
    matrix: Array2<f32>,
    rows_done: usize,
}

/// The array A.
enum Rows {
    Signs(Bits),
    Numbers(Vec<f32>),
}

impl GramMatrix {
    /// Of rows of ±1.
    pub(in crate::engine::learning) fn new(rows: &Array2<i8>) -> Self {
        Self::of(Rows::Signs(Bits::new(rows)), rows.dim())
    }

    /// Of rows of `n_columns` numbers, one after the other.
    pub(in crate::engine::learning) fn of_numbers(rows: Vec<f32>, n_columns: usize) -> Self {
        let shape = (rows.len() / n_columns, n_columns);
        Self::of(Rows::Numbers(rows), shape)
    }

    fn of(rows: Rows, (n_rows, n_columns): (usize, usize)) -> Self {
        Self {
            rows,
            n_columns,
            matrix: Array2::zeros((n_rows, n_rows)),
            rows_done: 0,
        }
    }

    /// Does some rows, and what mirrors them in those below; false if all were done before.
    pub(in crate::engine::learning) fn step(&mut self) -> bool {
        let n_rows = self.matrix.nrows();
        let first = self.rows_done;
        if first == n_rows {
            return false;
        }
        let a_tile = TILE as f64 * TILE as f64 * self.operations();
        let entries = self.matrix.as_slice_mut().expect("made in standard layout");
        let rows = entries.chunks_exact_mut(n_rows).skip(first);
        let mut rests: Vec<&mut [f32]> = rows.map(|row| &mut row[first..]).collect();
        let mut tiles = Vec::new();
        while self.rows_done < n_rows && tiles.len() as f64 * a_tile < OPERATIONS_A_STEP {
            tiles.extend(border(self.rows_done, &mut rests[self.rows_done - first..]));
            self.rows_done = (self.rows_done + TILE).min(n_rows);
        }
        let tiles = tiles.into_par_iter();
        match &self.rows {
            Rows::Signs(bits) => tiles.for_each(|mut tile| tile.count(bits)),
            Rows::Numbers(rows) => {
                let numbers = ArrayView2::from_shape((n_rows, self.n_columns), rows);
                let numbers = numbers.expect("rows of so many columns");
                tiles.for_each(|mut tile| tile.multiply(&numbers));
            }
        }
        true
    }

    /// Does the rest, and hands over the products.
    #[cfg(test)]
    pub(in crate::engine::learning) fn finish(mut self) -> Array2<f32> {
        while self.step() {}
        self.matrix
    }

    /// Hands over the products if every row is done, and has none from then on.
    pub(in crate::engine::learning) fn take_finished(&mut self) -> Option<Array2<f32>> {
        (self.rows_done == self.matrix.nrows()).then(|| std::mem::take(&mut self.matrix))
    }

    /// The products, 0 where they are not there yet.
    pub(in crate::engine::learning) fn matrix(&self) -> &Array2<f32> {
        &self.matrix
    }

    /// Share done, 0 to 1.
    pub(in crate::engine::learning) fn done(&self) -> f32 {
        self.rows_done as f32 / self.matrix.nrows() as f32
    }

    /// Operations that all of it takes: half of the products, since the others mirror them.
    pub(in crate::engine::learning) fn work(&self) -> f64 {
        let n_rows = self.matrix.nrows() as f64;
        0.5 * n_rows * n_rows * self.operations()
    }

    /// Operations to a product: a multiplication and an addition a number; to a word of 32 signs, about five.
    fn operations(&self) -> f64 {
        match self.rows {
            Rows::Signs(_) => 5.0 * self.n_columns.div_ceil(32) as f64,
            Rows::Numbers(_) => 2.0 * self.n_columns as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_rows_equal_the_plain_sum() {
        // One tile, several, and some that do not fill their last.
        for n_rows in [1, 31, 64, 129, 256, 300] {
            let rows = Array2::from_shape_fn((n_rows, 70), |(i, j)| {
                if (i * i + 7 * j + i * j) % 5 < 2 {
                    1_i8
                } else {
                    -1
                }
            });
            let wide = rows.mapv(f32::from);
            let products = wide.dot(&wide.t());
            assert_eq!(GramMatrix::new(&rows).finish(), products);
            let (numbers, _) = wide.into_raw_vec_and_offset();
            assert_eq!(GramMatrix::of_numbers(numbers, 70).finish(), products);
        }
    }
}
