//! Eigenvalues of a symmetric tridiagonal matrix: QL iterations with implicit shifts (Golub & Van Loan, Matrix
//! Computations, 8.3; Martin & Wilkinson, Numer. Math. 12, 377 (1968)).

use super::{no_convergence, rounding};
use crate::engine::error::Error;

/// Iterations for one eigenvalue; two or three are usual.
const PATIENCE: u32 = 60;

/// A matrix whose eigenvalues come to stand on its diagonal, the first ones first.
pub(super) struct Tridiagonal {
    diagonal: Vec<f64>,
    /// Below the diagonal, and 0 behind the last.
    below: Vec<f64>,
    /// The eigenvalue that is sought, and iterations done for it.
    at: usize,
    iterations: u32,
    /// What counts as 0 below the diagonal: rounding changes as much anyway, and patience ends where much of the
    /// matrix is nothing but rounding, as it is of a few patterns.
    floor: f64,
}

impl Tridiagonal {
    /// `below` has one number less than `diagonal`.
    pub(super) fn new(diagonal: Vec<f64>, mut below: Vec<f64>) -> Self {
        below.push(0.0);
        let floor = rounding(diagonal.iter().chain(&below));
        Self {
            diagonal,
            below,
            at: 0,
            iterations: 0,
            floor,
        }
    }

    /// Turns about `work` numbers; false if every eigenvalue was found before.
    pub(super) fn step(&mut self, work: usize) -> Result<bool, Error> {
        let n = self.diagonal.len();
        if self.at == n {
            return Ok(false);
        }
        let mut done = 0;
        while done < work && self.at < n {
            let end = self.split();
            if end == self.at {
                (self.at, self.iterations) = (end + 1, 0);
                done += 1;
                continue;
            }
            if self.iterations == PATIENCE {
                return Err(no_convergence());
            }
            self.iterations += 1;
            self.turn(end);
            // A rotation takes as long as ten numbers of a plain loop.
            done += 10 * (end - self.at);
        }
        Ok(true)
    }

    /// The eigenvalues, once there is nothing left to do.
    pub(super) fn values(&self) -> &[f64] {
        &self.diagonal
    }

    /// Where the part that begins at the eigenvalue sought ends: behind it nothing is coupled, up to rounding.
    fn split(&self) -> usize {
        let last = self.diagonal.len() - 1;
        let uncoupled = |i: &usize| self.below[*i].abs() <= self.floor;
        (self.at..last).find(uncoupled).unwrap_or(last)
    }

    /// One iteration on the part that ends at `end`: rotations from there up to the eigenvalue sought.
    fn turn(&mut self, end: usize) {
        let (d, e, l) = (&mut self.diagonal, &mut self.below, self.at);
        let shape = (d[l + 1] - d[l]) / (2.0 * e[l]);
        let root = (shape * shape + 1.0).sqrt().copysign(shape);
        let mut g = d[end] - d[l] + e[l] / (shape + root);
        let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
        for i in (l..end).rev() {
            let (f, b) = (sine * e[i], cosine * e[i]);
            let r = libm::hypot(f, g);
            e[i + 1] = r;
            if r == 0.0 {
                d[i + 1] -= shift;
                e[end] = 0.0;
                return;
            }
            (sine, cosine) = (f / r, g / r);
            g = d[i + 1] - shift;
            let turned = (d[i] - g) * sine + 2.0 * cosine * b;
            shift = sine * turned;
            d[i + 1] = g + shift;
            g = cosine * turned - b;
        }
        d[l] -= shift;
        e[l] = g;
        e[end] = 0.0;
    }
}
