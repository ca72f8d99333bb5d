//! What follows from the couplings and takes long: J as one array, and how its entries are distributed.

use crate::engine::observables::{Histogram, Part};
use crate::engine::{Couplings, Memory};
use ndarray::Array2;
use std::sync::Arc;

/// Bins of the histogram; odd, so that zero has one.
const BINS: usize = 61;

/// J of one memory, or a part of it.
pub(super) struct MatrixCache {
    memory: Arc<Memory>,
    /// The part asked for.
    asked: Part,
    /// The part shown: all of J where the antisymmetric part is asked for and there is none.
    pub(super) part: Part,
    /// Goes up with every other memory and part.
    pub(super) version: u64,
    /// That part of J, N × N.
    pub(super) values: Array2<f32>,
    /// All entries but those of a unit with itself.
    pub(super) histogram: Histogram,
    /// ‖J − Jᵀ‖ / ‖J‖.
    pub(super) asymmetry: f64,
    /// Whether an energy exists.
    pub(super) symmetric: bool,
}

impl MatrixCache {
    /// `old` if it is of this very memory, else made anew; `None` for a memory without couplings.
    pub(super) fn update(old: Option<Self>, memory: &Arc<Memory>, part: Part) -> Option<Self> {
        match old {
            Some(kept) if Arc::ptr_eq(&kept.memory, memory) && kept.asked == part => Some(kept),
            old => {
                let version = old.map_or(0, |old| old.version) + 1;
                let couplings = memory.couplings()?;
                Some(Self::new(memory, couplings, part, version))
            }
        }
    }

    fn new(memory: &Arc<Memory>, couplings: &Couplings, asked: Part, version: u64) -> Self {
        let part = if couplings.symmetric() && asked == Part::Antisymmetric {
            Part::Whole
        } else {
            asked
        };
        let values = part.of(couplings);
        // What is the same on both sides of the diagonal is counted on one and taken twice.
        let mirrored = couplings.symmetric();
        let mut histogram = Histogram::new(off_diagonal(&values, !mirrored), BINS);
        if mirrored {
            histogram.counts.iter_mut().for_each(|count| *count *= 2);
        }
        Self {
            histogram,
            asymmetry: couplings.asymmetry(),
            symmetric: couplings.symmetric(),
            memory: Arc::clone(memory),
            asked,
            part,
            version,
            values,
        }
    }

    /// J, J_s or J_a.
    pub(super) fn symbol(&self) -> &'static str {
        match self.part {
            Part::Whole => "J",
            Part::Symmetric => "J_s",
            Part::Antisymmetric => "J_a",
        }
    }

    /// Row i of J: how all units pull `unit`.
    pub(super) fn row(&self, unit: usize) -> &[f32] {
        let n_units = self.values.ncols();
        let all = self.values.as_slice();
        all.map_or(&[], |all| &all[unit * n_units..(unit + 1) * n_units])
    }
}

/// All entries right of the diagonal, and those left of it if `both`.
fn off_diagonal(values: &Array2<f32>, both: bool) -> impl Iterator<Item = &[f32]> + Clone {
    let n_units = values.ncols();
    let rows = values
        .as_slice()
        .unwrap_or_default()
        .chunks(n_units)
        .enumerate();
    rows.flat_map(move |(i, row)| [if both { &row[..i] } else { &[] }, &row[i + 1..]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn memory(scale: f32) -> Arc<Memory> {
        let weights = array![[9.0, 1.0], [-1.0, 9.0]];
        Arc::new(Memory::Pairwise(Couplings::new(weights, scale).unwrap()))
    }

    #[test]
    fn the_diagonal_is_not_counted() {
        let kept = MatrixCache::update(None, &memory(0.5), Part::Whole).unwrap();
        assert_eq!(kept.histogram.counts.iter().sum::<u64>(), 2);
        assert_eq!(kept.histogram.limit, 0.5);
        assert_eq!(kept.row(1), [-0.5, 4.5]);
        assert!(!kept.symmetric);
    }

    #[test]
    fn another_memory_is_another_version() {
        let (one, other) = (memory(1.0), memory(1.0));
        let kept = MatrixCache::update(None, &one, Part::Whole).unwrap();
        let kept = MatrixCache::update(Some(kept), &one, Part::Whole).unwrap();
        assert_eq!(kept.version, 1);
        assert_eq!(
            MatrixCache::update(Some(kept), &other, Part::Whole)
                .unwrap()
                .version,
            2
        );
    }

    #[test]
    fn a_symmetric_matrix_has_no_antisymmetric_part() {
        let weights = array![[0.0, 1.0], [1.0, 0.0]];
        let symmetric = Arc::new(Memory::Pairwise(Couplings::new(weights, 1.0).unwrap()));
        let kept = MatrixCache::update(None, &symmetric, Part::Antisymmetric).unwrap();
        assert_eq!((kept.part, kept.row(0)), (Part::Whole, &[0.0, 1.0][..]));
        let kept = MatrixCache::update(Some(kept), &memory(0.5), Part::Antisymmetric).unwrap();
        assert_eq!((kept.symbol(), kept.row(0)), ("J_a", &[0.0, 0.5][..]));
        let kept = MatrixCache::update(Some(kept), &memory(0.5), Part::Symmetric).unwrap();
        assert_eq!((kept.version, kept.row(0)), (3, &[4.5, 0.0][..]));
    }
}
