//! Householder's reflections, which clear a matrix below its first subdiagonal, a column at a time, and leave its
//! eigenvalues as they are (Golub & Van Loan, Matrix Computations, 7.4 and 8.3).
//!
//! With H = 1 − β v vᵀ, u = Aᵀ v, y = A v and γ = vᵀ A v: H A H = A − v sᵀ − z vᵀ, where s = β u and z = β (y − β γ v);
//! of a symmetric matrix s = z = β (y − ½ β γ v). That subtraction waits for the next reflection, whose products are
//! taken in the same pass over the matrix: what takes time is its way from memory. Absent: the reflections' product.

use crate::engine::kernels::width::widest;

/// Sums side by side, added up in one order.
const LANES: usize = 8;

/// A matrix on its way to Hessenberg form, or to tridiagonal form if it is symmetric.
pub(super) struct Reduction {
    n: usize,
    symmetric: bool,
    /// In rows; of a symmetric matrix only the lower triangle is kept up.
    entries: Vec<f64>,
    /// The column to clear, and the next row of the pass over the matrix.
    column: usize,
    row: usize,
    /// What is to be subtracted: v, s and z of the reflection before.
    before: Reflection,
    /// v of the reflection under way, with u and y as s and z.
    next: Reflection,
    beta: f64,
    /// What stays below the diagonal of the column.
    below: f64,
}

#[derive(Clone)]
struct Reflection {
    v: Vec<f64>,
    s: Vec<f64>,
    z: Vec<f64>,
}

impl Reduction {
    /// `entries` are N rows of N numbers.
    pub(super) fn new(entries: Vec<f64>, n: usize, symmetric: bool) -> Self {
        let [v, s, z] = [(); 3].map(|()| vec![0.0; n]);
        let none = Reflection { v, s, z };
        Self {
            n,
            symmetric,
            entries,
            column: 0,
            row: 0,
            next: none.clone(),
            before: none,
            beta: 0.0,
            below: 0.0,
        }
    }

    /// Changes about `work` numbers; false if every column was clear before.
    pub(super) fn step(&mut self, work: usize) -> bool {
        if self.column + 1 >= self.n {
            return false;
        }
        let mut done = 0;
        while done < work && self.column + 1 < self.n {
            let first = if self.symmetric { self.column } else { 0 };
            if self.row <= first {
                self.reflect();
                self.row = first;
            }
            done += self.pass();
            self.row += 1;
            if self.row == self.n {
                self.close();
            }
        }
        true
    }

    /// Hands over the Hessenberg matrix.
    pub(super) fn take_entries(&mut self) -> Vec<f64> {
        std::mem::take(&mut self.entries)
    }

    /// The diagonal, and what stands below it.
    pub(super) fn tridiagonal(&self) -> (Vec<f64>, Vec<f64>) {
        let n = self.n;
        let entries = &self.entries;
        let diagonal = (0..n).map(|i| entries[i * n + i]).collect();
        let below = (1..n).map(|i| entries[i * n + i - 1]).collect();
        (diagonal, below)
    }

    /// Finds the reflection that clears the column below its subdiagonal, and begins its products.
    fn reflect(&mut self) {
        let (n, c) = (self.n, self.column);
        let Reflection { v, s, z } = &self.before;
        let next = &mut self.next;
        for i in 0..n {
            (next.v[i], next.s[i], next.z[i]) = (0.0, 0.0, 0.0);
            if i > c {
                next.v[i] = self.entries[i * n + c] - v[i] * s[c] - z[i] * v[c];
            }
        }
        let head = next.v[c + 1];
        let rest: f64 = next.v[c + 2..].iter().map(|x| x * x).sum();
        if rest == 0.0 {
            next.v[c + 1] = 0.0;
            (self.beta, self.below) = (0.0, head);
            return;
        }
        let norm = (head * head + rest).sqrt();
        self.below = if head > 0.0 { -norm } else { norm };
        next.v[c + 1] = head - self.below;
        self.beta = 1.0 / (norm * (norm + head.abs()));
    }

    /// The subtraction that waits and the new products, in one row; how many numbers that were.
    fn pass(&mut self) -> usize {
        let (n, c, i) = (self.n, self.column, self.row);
        let (before, next) = (&self.before, &mut self.next);
        let end = if self.symmetric { i } else { n };
        let scalars = [before.v[i], before.z[i], next.v[i]];
        let vectors = [&before.s[c..end], &before.v[c..end], &next.v[c..end]];
        let row = &mut self.entries[i * n + c..i * n + end];
        let y = subtract(row, scalars, vectors, &mut next.s[c..end]);
        if self.symmetric {
            // The part left of the diagonal stands for that above it.
            let own = &mut self.entries[i * n + i];
            *own -= before.v[i] * before.s[i] + before.z[i] * before.v[i];
            next.s[i] += y + *own * next.v[i];
        } else {
            next.z[i] = y;
        }
        end - c
    }

    /// Ends a pass: the column is clear, and the reflection waits to be subtracted.
    fn close(&mut self) {
        let (n, c, beta) = (self.n, self.column, self.beta);
        for i in c + 1..n {
            self.entries[i * n + c] = if i == c + 1 { self.below } else { 0.0 };
        }
        let Reflection { v, s, z } = &mut self.next;
        let gamma: f64 = v.iter().zip(s.iter()).map(|(v, u)| v * u).sum();
        if self.symmetric {
            for i in 0..n {
                s[i] = beta * (s[i] - 0.5 * beta * gamma * v[i]);
                z[i] = s[i];
            }
        } else {
            for i in 0..n {
                s[i] *= beta;
                z[i] = beta * (z[i] - beta * gamma * v[i]);
            }
        }
        std::mem::swap(&mut self.before, &mut self.next);
        (self.column, self.row) = (c + 1, 0);
    }
}

/// `row` −= v s + z v′ for v, z of `scalars` and s, v′ of `vectors`; then `sums` += w `row` for the third scalar w, and
/// the product of `row` with the third vector.
fn subtract(row: &mut [f64], scalars: [f64; 3], vectors: [&[f64]; 3], sums: &mut [f64]) -> f64 {
    let [v, z, w] = scalars;
    widest(|| {
        let (row, row_rest) = row.as_chunks_mut::<LANES>();
        let (sums, sums_rest) = sums.as_chunks_mut::<LANES>();
        let [(a, a_rest), (b, b_rest), (c, c_rest)] =
            vectors.map(|vector| vector.as_chunks::<LANES>());
        let mut lanes = [0.0; LANES];
        for ((((row, sums), a), b), c) in row.iter_mut().zip(sums).zip(a).zip(b).zip(c) {
            for lane in 0..LANES {
                let entry = row[lane] - v * a[lane] - z * b[lane];
                row[lane] = entry;
                sums[lane] += w * entry;
                lanes[lane] += entry * c[lane];
            }
        }
        for at in 0..row_rest.len() {
            let entry = row_rest[at] - v * a_rest[at] - z * b_rest[at];
            row_rest[at] = entry;
            sums_rest[at] += w * entry;
            lanes[at] += entry * c_rest[at];
        }
        let [a, b, c, d, e, f, g, h] = lanes;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    })
}
