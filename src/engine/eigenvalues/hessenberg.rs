//! Eigenvalues of a Hessenberg matrix: QR iterations with two implicit shifts (Francis, Comput. J. 4, 332 (1962); Golub &
//! Van Loan, Matrix Computations, 7.5).
//!
//! A bulge of three rows is chased down the part of the matrix that is still coupled; a sweep that takes long is left in
//! the middle and taken up again. Deflated parts are left as they are: only eigenvalues are asked for.

use super::{no_convergence, rounding};
use crate::engine::error::Error;
use crate::engine::kernels::width::widest;

/// Iterations for one or two eigenvalues; four are usual.
const PATIENCE: u32 = 60;

/// A Hessenberg matrix that gives up its eigenvalues from its lower end on.
pub(super) struct Hessenberg {
    n: usize,
    /// In rows.
    entries: Vec<f64>,
    /// Rows whose eigenvalues are not known.
    open: usize,
    values: Vec<[f64; 2]>,
    iterations: u32,
    /// What was subtracted from the diagonal by exceptional shifts.
    shifted: f64,
    /// What counts as 0 below the diagonal: rounding changes as much anyway.
    floor: f64,
    sweep: Option<Sweep>,
}

/// A bulge on its way.
struct Sweep {
    /// Where the coupled part begins, and where the sweep does.
    first: usize,
    start: usize,
    at: usize,
    /// The three numbers that the next reflection turns into one.
    head: [f64; 3],
}

impl Hessenberg {
    /// `entries` are N rows of N numbers, 0 below the first subdiagonal.
    pub(super) fn new(entries: Vec<f64>, n: usize) -> Self {
        Self {
            n,
            floor: rounding(&entries),
            entries,
            open: n,
            values: Vec::with_capacity(n),
            iterations: 0,
            shifted: 0.0,
            sweep: None,
        }
    }

    /// Changes about `work` numbers; false if every eigenvalue was found before.
    pub(super) fn step(&mut self, work: usize) -> Result<bool, Error> {
        if self.open == 0 {
            return Ok(false);
        }
        let mut done = 0;
        while done < work && self.open > 0 {
            done += match self.sweep.take() {
                Some(sweep) => self.chase(sweep),
                None => self.deflate()?,
            };
        }
        Ok(true)
    }

    /// Those found so far.
    pub(super) fn values(&self) -> &[[f64; 2]] {
        &self.values
    }

    fn entry(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.n + column]
    }

    /// Splits off one or two eigenvalues, or begins a sweep; how much work that was.
    fn deflate(&mut self) -> Result<usize, Error> {
        let last = self.open - 1;
        let first = self.first_coupled();
        let x = self.entry(last, last);
        if first == last {
            self.values.push([x + self.shifted, 0.0]);
            (self.open, self.iterations) = (last, 0);
            return Ok(self.n);
        }
        let y = self.entry(last - 1, last - 1);
        let w = self.entry(last, last - 1) * self.entry(last - 1, last);
        if first + 1 == last {
            self.values.extend(pair(x, y, w, self.shifted));
            (self.open, self.iterations) = (last - 1, 0);
            return Ok(self.n);
        }
        if self.iterations == PATIENCE {
            return Err(no_convergence());
        }
        self.iterations += 1;
        let shifts = if self.iterations.is_multiple_of(10) {
            self.exceptional_shifts(last)
        } else {
            (x, y, w)
        };
        self.sweep = Some(self.begin(first, shifts));
        Ok(self.n)
    }

    /// The first row of the part that ends with the last open row and is coupled throughout, up to rounding.
    fn first_coupled(&mut self) -> usize {
        for row in (1..self.open).rev() {
            let below = &mut self.entries[row * self.n + row - 1];
            if below.abs() <= self.floor {
                *below = 0.0;
                return row;
            }
        }
        0
    }

    /// Shifts that break a circle, after the whole diagonal was shifted.
    fn exceptional_shifts(&mut self, last: usize) -> (f64, f64, f64) {
        let x = self.entry(last, last);
        self.shifted += x;
        for row in 0..=last {
            self.entries[row * self.n + row] -= x;
        }
        let size = self.entry(last, last - 1).abs() + self.entry(last - 1, last - 2).abs();
        (0.75 * size, 0.75 * size, -0.4375 * size * size)
    }

    /// Where a sweep can begin within the part from `first` on: at two small entries below the diagonal in a row.
    fn begin(&mut self, first: usize, (x, y, w): (f64, f64, f64)) -> Sweep {
        let last = self.open - 1;
        let mut start = last - 2;
        let head = loop {
            let z = self.entry(start, start);
            let (r, s) = (x - z, y - z);
            let below = self.entry(start + 1, start);
            let p = (r * s - w) / below + self.entry(start, start + 1);
            let q = self.entry(start + 1, start + 1) - z - r - s;
            let r = self.entry(start + 2, start + 1);
            let size = p.abs() + q.abs() + r.abs();
            let [p, q, r] = [p / size, q / size, r / size];
            if start == first {
                break [p, q, r];
            }
            let around = self.entry(start - 1, start - 1).abs()
                + z.abs()
                + self.entry(start + 1, start + 1).abs();
            let small = self.entry(start, start - 1).abs() * (q.abs() + r.abs());
            let large = p.abs() * around;
            if small + large == large {
                break [p, q, r];
            }
            start -= 1;
        };
        for row in start + 2..=last {
            self.entries[row * self.n + row - 2] = 0.0;
            if row > start + 2 {
                self.entries[row * self.n + row - 3] = 0.0;
            }
        }
        Sweep {
            first,
            start,
            at: start,
            head,
        }
    }

    /// Moves the bulge on by one row; how much work that was.
    fn chase(&mut self, mut sweep: Sweep) -> usize {
        let (n, last, k) = (self.n, self.open - 1, sweep.at);
        let has_third = k + 1 < last;
        let mut scale = 1.0;
        if k > sweep.start {
            let third = if has_third {
                self.entry(k + 2, k - 1)
            } else {
                0.0
            };
            let head = [self.entry(k, k - 1), self.entry(k + 1, k - 1), third];
            scale = head.iter().map(|part| part.abs()).sum();
            sweep.head = if scale == 0.0 {
                head
            } else {
                head.map(|part| part / scale)
            };
        }
        let [p, q, r] = sweep.head;
        let norm = (p * p + q * q + r * r).sqrt().copysign(p);
        let mut work = 1;
        if norm != 0.0 {
            if k > sweep.start {
                self.entries[k * n + k - 1] = -norm * scale;
            } else if sweep.first < sweep.start {
                self.entries[k * n + k - 1] *= -1.0;
            }
            let p = p + norm;
            let rows = [p / norm, q / norm, r / norm];
            let columns = [q / p, r / p];
            let block = &mut self.entries[k * n..(k + 2 + usize::from(has_third)) * n];
            reflect_rows(block, n, k..last + 1, rows, columns);
            let top = sweep.first..last.min(k + 3) + 1;
            work += 3 * (last + 1 - k + 4 * top.len());
            let lines = self.entries[top.start * n..top.end * n].chunks_exact_mut(n);
            reflect_columns(lines.map(|line| &mut line[k..]), has_third, rows, columns);
        }
        sweep.at += 1;
        self.sweep = (sweep.at < last).then_some(sweep);
        work
    }
}

/// The eigenvalues of the last two rows.
fn pair(x: f64, y: f64, w: f64, shifted: f64) -> [[f64; 2]; 2] {
    let half = 0.5 * (y - x);
    let square = half * half + w;
    let root = square.abs().sqrt();
    let x = x + shifted;
    if square < 0.0 {
        return [[x + half, root], [x + half, -root]];
    }
    let far = half + root.copysign(half);
    let near = if far == 0.0 { x } else { x - w / far };
    [[x + far, 0.0], [near, 0.0]]
}

/// Reflects two or three rows of `n` numbers, in `columns` of them.
fn reflect_rows(
    block: &mut [f64],
    n: usize,
    columns: std::ops::Range<usize>,
    [x, y, z]: [f64; 3],
    [q, r]: [f64; 2],
) {
    let mut rows = block
        .chunks_exact_mut(n)
        .map(|row| &mut row[columns.clone()]);
    let (Some(first), Some(second)) = (rows.next(), rows.next()) else {
        return;
    };
    let pairs = first.iter_mut().zip(second);
    match rows.next() {
        Some(third) => widest(|| {
            for ((a, b), c) in pairs.zip(third) {
                let sum = *a + q * *b + r * *c;
                *a -= sum * x;
                *b -= sum * y;
                *c -= sum * z;
            }
        }),
        None => widest(|| {
            for (a, b) in pairs {
                let sum = *a + q * *b;
                *a -= sum * x;
                *b -= sum * y;
            }
        }),
    }
}

/// Reflects the first two or three numbers of every line.
fn reflect_columns<'a>(
    lines: impl Iterator<Item = &'a mut [f64]>,
    has_third: bool,
    [x, y, z]: [f64; 3],
    [q, r]: [f64; 2],
) {
    for line in lines {
        if has_third && let [a, b, c, ..] = line {
            let sum = x * *a + y * *b + z * *c;
            *a -= sum;
            *b -= sum * q;
            *c -= sum * r;
        } else if let [a, b, ..] = line {
            let sum = x * *a + y * *b;
            *a -= sum;
            *b -= sum * q;
        }
    }
}
