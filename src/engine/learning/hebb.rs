//! Hebb's rule: J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ (Hopfield 1982).
//!
//! The sums are counted on packed bits and kept as whole numbers, with the 1/N as the couplings' scale.

use super::{About, Diagonal, Group, Learner, Lesson, Rule};
use crate::engine::error::Error;
use crate::engine::kernels::Bits;
use crate::engine::memory::{Couplings, Memory};
use crate::engine::patterns::Patterns;
use ndarray::Array2;
use std::sync::Arc;

/// Settings of Hebb's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hebb {
    /// Whether J_ii = P/N is kept.
    pub diagonal: Diagonal,
}

static ABOUT: About = About {
    name: "hebb",
    title: "Hebb",
    group: Group::OneShot,
    formula: "J = (1/N) Ξ^T Ξ",
    symbols: "Ξ: the P patterns as rows of ±1; N units",
    summary: "Units that agree in a pattern pull each other the same way, units that differ push apart",
    capacity: "Holds random patterns with few errors up to α = 0.138; patterns that overlap on average run together far below",
    reference: "Hebb 1949; Hopfield, PNAS 79, 2554 (1982)",
    settings: &[Diagonal::SETTING],
    n_first: 1,
    presets: &[],
};

impl Rule for Hebb {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn get(&self, _key: &str) -> f64 {
        self.diagonal.value()
    }

    fn set(&mut self, _key: &str, value: f64) {
        self.diagonal = Diagonal::from_value(value);
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(HebbLearner {
            diagonal: self.diagonal,
            sums: GramMatrix::new(patterns.by_unit()),
        })
    }
}

struct HebbLearner {
    diagonal: Diagonal,
    sums: GramMatrix,
}

impl Learner for HebbLearner {
    fn step(&mut self) -> Option<Lesson> {
        self.sums.step().then(|| Lesson::one_shot(self.sums.done()))
    }

    fn memory(&self) -> Result<Memory, Error> {
        let mut weights = self.sums.matrix().clone();
        let n_units = weights.nrows();
        if self.diagonal == Diagonal::Zero {
            weights.diag_mut().fill(0.0);
        }
        let couplings = Couplings::new(weights, 1.0 / n_units as f32);
        couplings.map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        self.sums.work()
    }
}

/// A Aᵀ for an R × C array A of ±1, exactly, a few rows at a time.
pub(super) struct GramMatrix {
    bits: Bits,
    matrix: Array2<f32>,
    n_columns: usize,
    rows_done: usize,
}

impl GramMatrix {
    const ROWS_A_STEP: usize = 64;

    pub(super) fn new(rows: &Array2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        Self {
            bits: Bits::new(rows),
            matrix: Array2::zeros((n_rows, n_rows)),
            n_columns,
            rows_done: 0,
        }
    }

    /// Does some rows; false if all were done before.
    pub(super) fn step(&mut self) -> bool {
        let n_rows = self.matrix.nrows();
        if self.rows_done == n_rows {
            return false;
        }
        let next = (self.rows_done + Self::ROWS_A_STEP).min(n_rows);
        for row in self.rows_done..next {
            let products = self.matrix.row_mut(row);
            self.bits
                .products(row, products.into_slice().expect("made in standard layout"));
        }
        self.rows_done = next;
        if next == n_rows {
            mirror(&mut self.matrix);
        }
        true
    }

    pub(super) fn matrix(&self) -> &Array2<f32> {
        &self.matrix
    }

    pub(super) fn done(&self) -> f32 {
        self.rows_done as f32 / self.matrix.nrows() as f32
    }

    /// One operation a word of 64 products, and about ten more each to count its bits.
    pub(super) fn work(&self) -> f64 {
        let n_rows = self.matrix.nrows() as f64;
        5.0 * n_rows * n_rows * (self.n_columns as f64 / 64.0).ceil()
    }
}

/// Copies the upper triangle to the lower one, block by block so that both stay in the cache.
pub(super) fn mirror(matrix: &mut Array2<f32>) {
    const BLOCK: usize = 32;
    let n_rows = matrix.nrows();
    let entries = matrix.as_slice_mut().expect("made in standard layout");
    for top in (0..n_rows).step_by(BLOCK) {
        for left in (top..n_rows).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(n_rows) {
                for column in left.max(row + 1)..(left + BLOCK).min(n_rows) {
                    entries[column * n_rows + row] = entries[row * n_rows + column];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    fn learn(diagonal: Diagonal) -> Couplings {
        let rows = array![[1, 1, -1], [1, -1, -1]];
        let patterns = Patterns::new(rows, Grid::near_square(3), None).unwrap();
        let mut learner = Hebb { diagonal }.start(Arc::new(patterns), 1);
        while learner.step().is_some() {}
        learner.memory().unwrap().couplings().unwrap().clone()
    }

    #[test]
    fn three_units_by_hand() {
        let zero = learn(Diagonal::Zero);
        assert_eq!(
            zero.weights(),
            array![[0.0, 0.0, -2.0], [0.0, 0.0, 0.0], [-2.0, 0.0, 0.0]]
        );
        assert_eq!(zero.value(0, 2), -2.0 / 3.0);
        assert_eq!(
            learn(Diagonal::Kept).weights().diag(),
            array![2.0, 2.0, 2.0]
        );
    }
}
