//! Rows of couplings as sums of patterns: J_i = (1/N) Σ_μ x_i^μ ξ_i^μ ξ^μ without entry i, with strengths x ≥ 0.
//!
//! With G = Ξ Ξᵀ, raising x^μ by δ changes the aligned fields g^ν = N ξ_i^ν h_i^ν by δ (ξ_i^μ ξ_i^ν G_μν − 1): O(P),
//! whatever N is. Whole strengths keep whole fields. Absent: which strengths are raised; rules decide that.

use super::gram::GramMatrix;
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::{add_scaled_wide, dispatch, of_a_step};
use crate::engine::learning::run::{Metrics, StepReport};
use crate::engine::memory::Memory;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::Patterns;
use crate::engine::products::product;
use faer::Par;
use ndarray::Array2;
use std::sync::Arc;

/// Most patterns whose overlaps are kept: 256 megabytes.
const MAX_PATTERNS: usize = 8192;

/// One row: strengths and aligned fields.
pub(in crate::engine::learning) struct Row {
    /// x, one a pattern.
    pub(in crate::engine::learning) strengths: Vec<f32>,
    /// g = N ξ_i h_i, one a pattern.
    pub(in crate::engine::learning) aligned: Vec<f32>,
    /// Whether the rule has nothing left to do here.
    pub(in crate::engine::learning) done: bool,
    /// Σ x g = |N J_i|², as at the last [`Row::measure`].
    squared_norm: f64,
    /// Smallest g, as at the last [`Row::measure`].
    smallest: f64,
}

impl Row {
    /// Takes the norm and the smallest field.
    pub(in crate::engine::learning) fn measure(&mut self) {
        let pairs = self.strengths.iter().zip(&self.aligned);
        let square: f64 = pairs.map(|(x, g)| f64::from(*x) * f64::from(*g)).sum();
        self.squared_norm = square.max(0.0);
        self.smallest = f64::from(self.aligned.iter().copied().fold(f32::INFINITY, f32::min));
    }

    /// N |J_i|.
    pub(in crate::engine::learning) fn norm(&self) -> f64 {
        self.squared_norm.sqrt()
    }

    /// Whether no row has a smallest stability that is more than the share `tolerance` larger.
    pub(in crate::engine::learning) fn is_within(&self, tolerance: f64) -> bool {
        self.margin()
            .is_some_and(|margin| margin >= (1.0 - tolerance) * self.bound())
    }

    /// The smallest stability ξ_i h_i / |J_i|.
    pub(in crate::engine::learning) fn margin(&self) -> Option<f64> {
        (self.squared_norm > 0.0).then(|| self.smallest / self.norm())
    }

    /// No row has a larger smallest stability than this: N |J_i| / Σ x, by duality.
    fn bound(&self) -> f64 {
        self.norm() / self.strengths.iter().map(|x| f64::from(*x)).sum::<f64>()
    }
}

/// What all rows share.
pub(in crate::engine::learning) struct Overlaps {
    /// Ξᵀ, N × P.
    by_unit: Array2<f32>,
    /// G.
    overlaps: Array2<f32>,
}

impl Overlaps {
    /// Raises the strength of `pattern` in `row`, that of `unit`, by `by`.
    pub(in crate::engine::learning) fn raise(
        &self,
        row: &mut Row,
        unit: usize,
        pattern: usize,
        by: f32,
    ) {
        let signs = self.by_unit.row(unit);
        let overlaps = self.overlaps.row(pattern);
        let factor = by * signs[pattern];
        row.strengths[pattern] += by;
        let signs = signs.to_slice().expect("made in standard layout");
        let overlaps = overlaps.to_slice().expect("made in standard layout");
        let aligned = &mut row.aligned;
        dispatch(|| {
            for ((g, sign), overlap) in aligned.iter_mut().zip(signs).zip(overlaps) {
                *g += factor * sign * overlap - by;
            }
        });
    }
}

impl Overlaps {
    /// The aligned fields of `row` afresh from its strengths, summed in double precision: what thousands of raises have
    /// added up in single precision is put right. O(P²).
    pub(in crate::engine::learning) fn renew(&self, row: &mut Row, unit: usize) {
        let signs = self.by_unit.row(unit);
        let signs = signs.to_slice().expect("made in standard layout");
        let mut sums = vec![0.0; row.aligned.len()];
        let mut all = 0.0;
        for ((strength, sign), overlaps) in row
            .strengths
            .iter()
            .zip(signs)
            .zip(self.overlaps.outer_iter())
        {
            if *strength != 0.0 {
                all += f64::from(*strength);
                let overlaps = overlaps.to_slice().expect("made in standard layout");
                add_scaled_wide(&mut sums, f64::from(strength * sign), overlaps);
            }
        }
        for ((aligned, sum), sign) in row.aligned.iter_mut().zip(sums).zip(signs) {
            *aligned = (f64::from(*sign) * sum - all) as f32;
        }
        row.measure();
    }
}

/// All rows, and what they share.
pub(in crate::engine::learning) struct Embedding {
    patterns: Arc<Patterns>,
    shared: Overlaps,
    /// The overlaps, until they are counted.
    counting: Option<GramMatrix>,
    rows: Vec<Row>,
    /// Rows that are yet to be given Hebb's strengths, from this one on.
    to_begin: usize,
    next: usize,
    sweep: u32,
    /// Rows that were not done after the first sweep.
    open_at_first: usize,
    standing: Metrics,
}

/// Entries of overlaps that one step goes through.
const ENTRIES_A_STEP: usize = of_a_step(20_000_000);

/// Entries that a thread goes through at least: less is not worth sharing.
const SHARED: usize = 200_000;

impl Embedding {
    /// Refuses more patterns than memory is meant for.
    pub(in crate::engine::learning) fn check(patterns: &Patterns) -> Result<(), Error> {
        let n_patterns = patterns.n_patterns();
        if n_patterns > MAX_PATTERNS {
            return Err(Error::Range {
                setting: "the number of patterns for this rule",
                range: format!("at most {MAX_PATTERNS}"),
                value: n_patterns.to_string(),
            });
        }
        Ok(())
    }

    /// Rows with all strengths 0, or all 1: Hebb's couplings.
    pub(in crate::engine::learning) fn new(patterns: Arc<Patterns>, hebb: bool) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        let row = || Row {
            strengths: vec![0.0; n_patterns],
            aligned: vec![0.0; n_patterns],
            done: false,
            squared_norm: 0.0,
            smallest: 0.0,
        };
        Self {
            shared: Overlaps {
                by_unit: patterns.by_unit().mapv(f32::from),
                overlaps: Array2::zeros((0, 0)),
            },
            counting: Some(GramMatrix::new(patterns.rows())),
            rows: std::iter::repeat_with(row).take(n_units).collect(),
            to_begin: if hebb { 0 } else { n_units },
            patterns,
            next: 0,
            sweep: 0,
            open_at_first: 0,
            standing: Metrics::default(),
        }
    }

    pub(in crate::engine::learning) fn n_units(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::engine::learning) fn n_patterns(&self) -> usize {
        self.patterns.n_patterns()
    }

    pub(in crate::engine::learning) fn load(&self) -> f64 {
        self.patterns.load()
    }

    pub(in crate::engine::learning) fn sweep(&self) -> u32 {
        self.sweep
    }

    /// Units whose rows are not done.
    pub(in crate::engine::learning) fn n_open(&self) -> usize {
        self.rows.iter().filter(|row| !row.done).count()
    }

    /// Counts overlaps and begins with Hebb's couplings, as long as that is to be done; false from then on.
    fn begin(&mut self) -> bool {
        if let Some(counting) = &mut self.counting {
            counting.step();
            if let Some(overlaps) = counting.take_finished() {
                self.shared.overlaps = overlaps;
                self.counting = None;
            }
            return true;
        }
        if self.to_begin == self.n_units() {
            return false;
        }
        let n_patterns = self.n_patterns();
        self.to_begin = self.each_row(self.to_begin, |shared, unit, row| {
            for pattern in 0..n_patterns {
                shared.raise(row, unit, pattern, 1.0);
            }
            row.measure();
        });
        true
    }

    /// Gives the rows from `first` on, as many as make a step, to `each`; where it stopped.
    fn each_row(
        &mut self,
        first: usize,
        each: impl Fn(&Overlaps, usize, &mut Row) + Sync,
    ) -> usize {
        let entries = self.n_patterns() * self.n_patterns();
        let end = (first + ENTRIES_A_STEP / entries + 1).min(self.n_units());
        let shared = &self.shared;
        let rows = self.rows[first..end].par_iter_mut().enumerate();
        let rows = rows.with_min_len(SHARED / entries + 1);
        rows.for_each(|(at, row)| each(shared, first + at, row));
        end
    }

    /// Gives the next rows that are not done to `each`; `None` when all are done or `sweeps` are over.
    pub(in crate::engine::learning) fn step(
        &mut self,
        sweeps: u32,
        each: impl Fn(&Overlaps, usize, &mut Row) + Sync,
    ) -> Option<StepReport> {
        if self.begin() {
            return Some(StepReport {
                done: 0.0,
                standing: Some(self.standing),
            });
        }
        if self.sweep == sweeps || self.rows.iter().all(|row| row.done) {
            return None;
        }
        let end = self.each_row(self.next, |shared, unit, row| {
            if !row.done {
                each(shared, unit, row);
            }
        });
        self.next = end;
        if end == self.n_units() {
            self.next = 0;
            self.sweep += 1;
            if self.sweep == 1 {
                self.open_at_first = self.n_open();
            }
        }
        // Rows that the first sweep closed, of units that never turn, say nothing of the others.
        let closed = if self.open_at_first > 0 {
            1.0 - self.n_open() as f32 / self.open_at_first as f32
        } else {
            0.0
        };
        let spent = self.sweep as f32 / sweeps as f32;
        self.standing = self.standing();
        Some(StepReport {
            done: closed.max(spent),
            standing: Some(self.standing),
        })
    }

    fn standing(&self) -> Metrics {
        let n_units = self.n_units() as f64;
        let norms: f64 = self.rows.iter().map(Row::norm).sum();
        Metrics {
            iteration: u64::from(self.sweep),
            loss: None,
            gradient: None,
            row_norm: Some(norms / (n_units * n_units)),
            margin: self.rows.iter().filter_map(Row::margin).reduce(f64::min),
        }
    }

    /// J as learned so far.
    pub(in crate::engine::learning) fn memory(&self) -> Result<Memory, Error> {
        let n_units = self.n_units();
        let mut embedded = self.shared.by_unit.clone();
        for (mut signs, row) in embedded.outer_iter_mut().zip(&self.rows) {
            for (sign, x) in signs.iter_mut().zip(&row.strengths) {
                *sign *= x;
            }
        }
        let mut weights = Array2::zeros((n_units, n_units));
        product(
            weights.view_mut(),
            embedded.view(),
            self.shared.by_unit.t(),
            Par::Seq,
        );
        weights.diag_mut().fill(0.0);
        // Strengths that are whole numbers, as the perceptron's, make whole weights, and exact fields.
        Couplings::new(weights, 1.0 / n_units as f32).map(Memory::Pairwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use crate::engine::rng::stream;
    use rand::RngExt as _;

    /// AdaTron's strengths after many sweeps, by fields that follow every raise in single precision; and what a row is
    /// said to be once its fields are renewed, against the same sums in double precision.
    #[test]
    fn renewed_fields_are_those_of_the_strengths() {
        let mut rng = stream(11, "embedding test");
        let rows = Array2::from_shape_simple_fn((60, 90), || if rng.random() { 1 } else { -1 });
        let patterns = Arc::new(Patterns::new(rows, Grid::near_square(90), None).unwrap());
        let mut embedding = Embedding::new(Arc::clone(&patterns), false);
        let raise = |overlaps: &Overlaps, unit: usize, row: &mut Row| {
            for pattern in 0..60 {
                let lacking = 1.0 - row.aligned[pattern] / 90.0;
                let by = (1.7 * lacking).max(-row.strengths[pattern]);
                overlaps.raise(row, unit, pattern, by);
            }
            row.measure();
        };
        while embedding.step(400, raise).is_some() {}
        let exact = |unit: usize, row: &Row, pattern: usize| -> f64 {
            let signs = patterns.unit(unit);
            let sums = (0..60).map(|other| {
                let overlap: i32 = (0..90)
                    .filter(|at| *at != unit)
                    .map(|at| i32::from(patterns.unit(at)[pattern] * patterns.unit(at)[other]))
                    .sum();
                let aligned = f64::from(signs[pattern] * signs[other]) * f64::from(overlap);
                f64::from(row.strengths[other]) * aligned
            });
            sums.sum()
        };
        let (mut followed, mut renewed) = (0.0_f64, 0.0_f64);
        for unit in 0..90 {
            let Embedding { shared, rows, .. } = &mut embedding;
            let row = &mut rows[unit];
            let off = |row: &Row, worst: f64| {
                (0..60).fold(worst, |worst, pattern| {
                    let error = f64::from(row.aligned[pattern]) - exact(unit, row, pattern);
                    worst.max(error.abs())
                })
            };
            followed = off(row, followed);
            shared.renew(row, unit);
            renewed = off(row, renewed);
        }
        // One rounding of a number below 512 is 1.53e-5 at most; those of thousands of raises add up.
        assert!(renewed < 1.54e-5, "{renewed}");
        assert!(followed > renewed, "{followed} {renewed}");
    }
}
