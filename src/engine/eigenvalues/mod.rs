//! Eigenvalues of a square matrix, a few milliseconds a step, in double precision.
//!
//! Reflections bring it to Hessenberg form, or to tridiagonal form where it is symmetric ([`reduction`]); iterations with
//! shifts then split off one or two eigenvalues at a time ([`hessenberg`], [`tridiagonal`]). All sums are added up in one
//! order, so that the same matrix has the same eigenvalues, to the last bit, on every machine. A library would take it in
//! one go, which nobody could cancel. Absent: eigenvectors.

mod hessenberg;
mod reduction;
mod tridiagonal;

use super::error::Error;
use super::kernels::of_a_step;
use hessenberg::Hessenberg;
use reduction::Reduction;
use tridiagonal::Tridiagonal;

/// Numbers that a step changes, about.
const WORK: usize = of_a_step(1 << 21);

/// Eigenvalues on their way; every step is given the same matrix.
pub(super) struct Eigenvalues {
    n: usize,
    symmetric: bool,
    stage: Stage,
}

enum Stage {
    /// Takes over the entries, row by row.
    Copying(Vec<f64>),
    Reducing(Reduction),
    General(Hessenberg),
    Symmetric(Tridiagonal),
}

impl Eigenvalues {
    /// Those of an N × N matrix. Of a symmetric one only the lower triangle is looked at.
    pub(super) fn new(n: usize, symmetric: bool) -> Self {
        Self {
            n,
            symmetric,
            stage: Stage::Copying(Vec::new()),
        }
    }

    /// Some more of the work; false if all was done before. `row` gives a row of the matrix, N numbers.
    ///
    /// Refused: what does not converge.
    pub(super) fn step<'a>(&mut self, row: impl Fn(usize) -> &'a [f32]) -> Result<bool, Error> {
        let n = self.n;
        match &mut self.stage {
            Stage::Copying(entries) => {
                entries.reserve_exact(n * n - entries.len());
                let (first, n_rows) = (entries.len() / n.max(1), WORK / n.max(1) + 1);
                for at in first..(first + n_rows).min(n) {
                    entries.extend(row(at).iter().copied().map(f64::from));
                }
                if entries.len() == n * n {
                    let entries = std::mem::take(entries);
                    self.stage = Stage::Reducing(Reduction::new(entries, n, self.symmetric));
                }
            }
            Stage::Reducing(reduction) => {
                if !reduction.step(WORK) {
                    self.stage = if self.symmetric {
                        let (diagonal, below) = reduction.tridiagonal();
                        Stage::Symmetric(Tridiagonal::new(diagonal, below))
                    } else {
                        Stage::General(Hessenberg::new(reduction.take_entries(), n))
                    };
                }
            }
            Stage::General(iteration) => return iteration.step(WORK),
            Stage::Symmetric(iteration) => return iteration.step(WORK),
        }
        Ok(true)
    }

    /// Real and imaginary parts of those found so far, in no particular order; all, once there is nothing left to do.
    pub(super) fn values(&self) -> Vec<[f64; 2]> {
        match &self.stage {
            Stage::Copying(_) | Stage::Reducing(_) => Vec::new(),
            Stage::General(iteration) => iteration.values().to_vec(),
            Stage::Symmetric(iteration) => {
                let values = iteration.values().iter();
                values.map(|value| [*value, 0.0]).collect()
            }
        }
    }
}

/// What rounding makes of the largest of `numbers`.
fn rounding<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> f64 {
    let sizes = numbers.into_iter().map(|number| number.abs());
    f64::EPSILON * sizes.fold(0.0, f64::max)
}

/// Why a search for eigenvalues is given up.
fn no_convergence() -> Error {
    Error::System(
        "the eigenvalues of these couplings cannot be found: the iteration does not settle"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests;
