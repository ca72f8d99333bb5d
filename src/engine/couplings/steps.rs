//! Couplings made of their weights, as much at a time as one likes: rows are measured and compared with columns, and the
//! matrix is turned over where it is not symmetric.

use super::multiples::whole_multiples;
use super::{Couplings, sums_are_exact};
use crate::engine::error::Error;
use crate::engine::matrix::{
    STRIP, asymmetry, in_rows, skews_of_strips, squares_of_rows, transpose_strips,
};
use ndarray::Array2;
use std::sync::Arc;

/// Couplings on their way; the bits do not depend on the size of the steps.
pub struct CouplingsSteps {
    weights: Array2<f32>,
    scale: f32,
    /// Σ_j W_ij² of the rows so far.
    squares: Vec<f64>,
    /// Whether all entries are whole numbers.
    whole: bool,
    /// What the strips so far add to ‖W − Wᵀ‖².
    skews: Vec<f64>,
    /// Wᵀ, where it is needed, and how many of its strips are filled.
    transposed: Vec<f32>,
    turned: usize,
}

impl CouplingsSteps {
    /// J = `scale` × `weights`, see [`Couplings::new`]. Refused: a matrix that is not square.
    pub fn new(weights: Array2<f32>, scale: f32) -> Result<Self, Error> {
        let (rows, columns) = weights.dim();
        if rows != columns || rows == 0 {
            return Err(Error::Shape {
                what: "the couplings",
                expected: "as many rows as columns, and at least one".to_owned(),
                found: format!("shape {rows} × {columns}"),
            });
        }
        let mut whole = weights.iter().all(|entry| entry.trunc() == *entry);
        let (mut weights, mut scale) = (in_rows(weights), scale);
        if let Some((multiples, unit)) = Some(&weights).filter(|_| !whole).and_then(whole_multiples)
        {
            (weights, scale, whole) = (multiples, scale * unit, true);
        } else if !whole && scale != 1.0 {
            // As they are read from a file: rounded once, and summed as they are.
            (weights, scale) = (weights * scale, 1.0);
        }
        Ok(Self {
            weights,
            scale,
            squares: Vec::with_capacity(rows),
            whole,
            skews: Vec::with_capacity(rows.div_ceil(STRIP)),
            transposed: Vec::new(),
            turned: 0,
        })
    }

    /// Goes through about `n_entries` entries; false if nothing was left to do.
    pub fn step(&mut self, n_entries: usize) -> bool {
        let n = self.weights.nrows();
        let n_strips = n.div_ceil(STRIP);
        let some = (n_entries / (STRIP * n)).max(1);
        let done = self.skews.len();
        if done < n_strips {
            let end = done.saturating_add(some).min(n_strips);
            let rows = done * STRIP..(end * STRIP).min(n);
            self.squares.extend(squares_of_rows(&self.weights, rows));
            self.skews.extend(skews_of_strips(&self.weights, done..end));
            return true;
        }
        if self.turned == n_strips || !self.is_turned_over() {
            return false;
        }
        if self.transposed.is_empty() {
            self.transposed = vec![0.0; n * n];
        }
        let end = self.turned.saturating_add(some).min(n_strips);
        let lines = self.turned * STRIP * n..(end * STRIP).min(n) * n;
        transpose_strips(&self.weights, self.turned, &mut self.transposed[lines]);
        self.turned = end;
        true
    }

    /// Whether Wᵀ is needed: W is finite, and not symmetric.
    fn is_turned_over(&self) -> bool {
        self.norm().is_finite() && self.skew() > 0.0
    }

    fn norm(&self) -> f64 {
        self.squares.iter().sum()
    }

    fn skew(&self) -> f64 {
        self.skews.iter().sum()
    }

    /// The couplings, once all steps are done. Refused: entries that are not finite.
    pub fn couplings(self) -> Result<Couplings, Error> {
        let (norm, skew) = (self.norm(), self.skew());
        if !norm.is_finite() {
            return Err(not_finite(&self.weights));
        }
        let transposed = (skew > 0.0).then(|| {
            let turned = Array2::from_shape_vec(self.weights.dim(), self.transposed);
            turned.expect("a square matrix is as large turned over, once all steps are done")
        });
        let row_norms: Vec<f64> = self.squares.into_iter().map(f64::sqrt).collect();
        Ok(Couplings {
            exact: self.whole && sums_are_exact(&row_norms),
            row_norms,
            transposed,
            weights: Arc::new(self.weights),
            scale: self.scale,
            asymmetry: asymmetry(norm, skew),
        })
    }
}

/// The first entry that is not a finite number, in words.
fn not_finite(weights: &Array2<f32>) -> Error {
    let found = weights.indexed_iter().find(|(_, value)| !value.is_finite());
    let ((row, column), value) =
        found.expect("squares of finite single-precision numbers have a finite sum");
    Error::Entry {
        what: "the couplings",
        expected: "finite numbers",
        row,
        column,
        value: value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_any_size_come_to_the_same_bits() {
        let weights = Array2::from_shape_fn((70, 70), |(i, j)| ((i * 70 + j) as f32).sin());
        let symmetric = &weights + &weights.t();
        for weights in [weights, symmetric] {
            let whole = Couplings::new(weights.clone(), 0.5).unwrap();
            for n_entries in [1, 5000] {
                let mut steps = CouplingsSteps::new(weights.clone(), 0.5).unwrap();
                let mut n_steps = 0;
                while steps.step(n_entries) {
                    n_steps += 1;
                }
                // Three strips: measured two at a time or one, and turned over if they must be.
                let passes = if whole.symmetric() { 1 } else { 2 };
                assert_eq!(n_steps, passes * if n_entries == 1 { 3 } else { 2 });
                assert_eq!(steps.couplings().unwrap(), whole);
            }
        }
    }
}
