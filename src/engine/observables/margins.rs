//! Stability margins κ_i^μ = ξ_i^μ h_i(ξ^μ) / |J_i| of all units in all stored patterns (Gardner 1988).
//!
//! Above 0, unit i stays in pattern μ; the larger, the more flips around it that takes. |J_i| is the length of row i;
//! self-couplings count as they stand, and a unit without couplings has margin 0. The same bits on every machine. Absent:
//! when to work them out.

use super::counts::{Counts, Tally};
use crate::engine::SLOWER;
use crate::engine::couplings::Couplings;
use crate::engine::kernels::Signs;
use crate::engine::patterns::Patterns;
use ndarray::{Array2, Axis, Slice};

/// Most patterns whose fields are worked out in one product of matrices.
const BATCH: usize = 256;
/// Multiplications of one product, about: a few milliseconds, on a page some more, since few patterns are not worth one.
const WORK: usize = 100_000_000 / SLOWER.isqrt();
/// Bins of the histogram, at most.
const BINS: usize = 60;

/// The margins of all units in all patterns, summed up.
#[derive(Debug, Clone, PartialEq)]
pub struct Margins {
    /// The smallest of all: not below 0, every pattern is a fixed point.
    pub smallest: f64,
    /// The mean of all.
    pub mean: f64,
    /// Share of margins below 0: of units that would turn in a stored pattern.
    pub negative: f64,
    /// For each unit, its smallest margin over all patterns.
    pub of_units: Vec<f64>,
    /// All of them, counted; zero is an edge.
    pub counts: Counts,
}

impl Margins {
    /// All at once. `couplings` and `patterns` are of as many units.
    pub fn new(couplings: &Couplings, patterns: &Patterns) -> Self {
        let mut steps = MarginSteps::default();
        while steps.step(couplings, patterns).is_some() {}
        steps.margins()
    }

    /// The smallest margin of a unit, on average over units.
    pub fn mean_of_row_minima(&self) -> f64 {
        self.of_units.iter().sum::<f64>() / self.of_units.len().max(1) as f64
    }
}

/// Margins in the making, a batch of patterns a step; every step is given the same couplings and patterns.
#[derive(Debug, Clone, Default)]
pub struct MarginSteps {
    /// Length of each row of the weights.
    norms: Vec<f64>,
    of_units: Vec<f64>,
    done: usize,
    sum: f64,
    negative: u64,
    tally: Option<Tally>,
}

impl MarginSteps {
    /// Takes in the next batch; the share done, or `None` where there is none left.
    pub fn step(&mut self, couplings: &Couplings, patterns: &Patterns) -> Option<f32> {
        let rows = patterns.rows();
        let weights = couplings.weights();
        if self.norms.is_empty() {
            let scale = f64::from(couplings.scale());
            let norms = (0..couplings.n_units()).map(|unit| couplings.row_norm(unit) / scale);
            self.norms = norms.collect();
            self.of_units = vec![f64::INFINITY; self.norms.len()];
        }
        let n_units = couplings.n_units();
        let batch = (WORK / (n_units * n_units)).clamp(1, BATCH);
        let end = (self.done + batch).min(rows.nrows());
        if self.done == end {
            return None;
        }
        let batch = rows.slice_axis(Axis(0), Slice::from(self.done..end));
        let mut fields = Array2::zeros((n_units, batch.nrows()));
        Signs::new(&batch).products(fields.view_mut(), weights.view());
        for (signs, fields) in batch.outer_iter().zip(fields.columns()) {
            for (unit, (sign, field)) in signs.iter().zip(fields).enumerate() {
                self.take_in(unit, f64::from(f32::from(*sign) * field));
            }
        }
        self.done = end;
        Some(end as f32 / rows.nrows() as f32)
    }

    fn take_in(&mut self, unit: usize, aligned: f64) {
        let norm = self.norms[unit];
        let margin = if norm > 0.0 { aligned / norm } else { 0.0 };
        self.of_units[unit] = self.of_units[unit].min(margin);
        self.sum += margin;
        self.negative += u64::from(margin < 0.0);
        let narrow = margin as f32;
        self.tally
            .get_or_insert_with(|| Tally::new(narrow.abs()))
            .add(narrow);
    }

    /// What was taken in.
    pub fn margins(&self) -> Margins {
        let count = (self.done * self.norms.len()).max(1) as f64;
        let tally = self.tally.clone().unwrap_or_else(|| Tally::new(0.0));
        Margins {
            smallest: self.of_units.iter().copied().fold(f64::INFINITY, f64::min),
            mean: self.sum / count,
            negative: self.negative as f64 / count,
            of_units: self.of_units.clone(),
            counts: tally.counts(BINS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use crate::engine::rng::stream;
    use ndarray::{Array2, array};
    use rand::RngExt as _;

    #[test]
    fn six_margins_by_hand() {
        let weights = array![[0.0, 3.0, 4.0], [1.0, 0.0, 0.0], [0.0, 2.0, 0.0]];
        let couplings = Couplings::new(weights, 0.5).unwrap();
        let rows = array![[1, 1, -1], [1, 1, 1]];
        let patterns = Patterns::new(rows, Grid::near_square(3), None).unwrap();
        // Pattern 0: margins (3 − 4) / 5, 1 and −1; pattern 1: 7 / 5, 1, 1.
        let margins = Margins::new(&couplings, &patterns);
        assert_eq!(margins.smallest, -1.0);
        assert_eq!(margins.of_units, [-0.2, 1.0, -1.0]);
        assert!((margins.mean - 3.2 / 6.0).abs() < 1e-12);
        assert!((margins.mean_of_row_minima() + 0.2 / 3.0).abs() < 1e-12);
        assert_eq!(margins.negative, 2.0 / 6.0);
        assert_eq!(margins.counts.bins.iter().sum::<u64>(), 6);
    }

    #[test]
    fn a_unit_without_couplings_has_margin_zero() {
        let couplings = Couplings::new(Array2::zeros((4, 4)), 1.0).unwrap();
        let patterns = Patterns::new(array![[1, -1, 1, 1]], Grid::square(2), None).unwrap();
        let margins = Margins::new(&couplings, &patterns);
        assert_eq!((margins.smallest, margins.negative), (0.0, 0.0));
        assert_eq!(margins.counts.bins, [4]);
    }

    #[test]
    fn batches_leave_no_pattern_out() {
        let mut rng = stream(3, "margins test");
        let n_patterns = 2 * BATCH + 7;
        let rows = Array2::from_shape_simple_fn((n_patterns, 9), || {
            i8::from(rng.random::<bool>()) * 2 - 1
        });
        let patterns = Patterns::new(rows, Grid::square(3), None).unwrap();
        let weights = Array2::from_shape_simple_fn((9, 9), || rng.random::<f32>() - 0.5);
        let couplings = Couplings::new(weights, 2.0).unwrap();
        let mut steps = MarginSteps::default();
        let mut done = Vec::new();
        while let Some(share) = steps.step(&couplings, &patterns) {
            done.push(share);
        }
        assert_eq!((done.len(), done[2]), (3, 1.0));
        let margins = steps.margins();
        assert_eq!(
            margins.counts.bins.iter().sum::<u64>(),
            9 * n_patterns as u64
        );
        let memory = crate::engine::Memory::Pairwise(couplings.clone());
        for pattern in [0, BATCH, n_patterns - 1] {
            let fields = memory.fields(&patterns.state(pattern));
            for (unit, field) in fields.iter().enumerate() {
                let row = couplings
                    .weights()
                    .row(unit)
                    .mapv(|w| w * couplings.scale());
                let margin =
                    f32::from(patterns.pattern(pattern)[unit]) * field / row.dot(&row).sqrt();
                assert!(f64::from(margin) >= margins.of_units[unit] - 1e-5);
            }
        }
    }
}
