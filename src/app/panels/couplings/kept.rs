//! What follows from the couplings and takes long: J as one array, and how its entries are distributed.

use crate::engine::observables::Histogram;
use crate::engine::{Couplings, Memory};
use ndarray::Array2;
use std::sync::Arc;

/// Bins of the histogram; odd, so that zero has one.
const BINS: usize = 61;

/// J of one memory.
pub(super) struct Kept {
    memory: Arc<Memory>,
    /// Goes up with every other memory.
    pub(super) version: u64,
    /// J, N × N.
    pub(super) values: Array2<f32>,
    /// All entries but those of a unit with itself.
    pub(super) histogram: Histogram,
    /// ‖J − Jᵀ‖ / ‖J‖.
    pub(super) asymmetry: f64,
    /// Whether an energy exists.
    pub(super) symmetric: bool,
}

impl Kept {
    /// `old` if it is of this very memory, else made anew; `None` for a memory without couplings.
    pub(super) fn update(old: Option<Self>, memory: &Arc<Memory>) -> Option<Self> {
        match old {
            Some(kept) if Arc::ptr_eq(&kept.memory, memory) => Some(kept),
            old => {
                let version = old.map_or(0, |old| old.version) + 1;
                let couplings = memory.couplings()?;
                Some(Self::new(memory, couplings, version))
            }
        }
    }

    fn new(memory: &Arc<Memory>, couplings: &Couplings, version: u64) -> Self {
        let values = couplings.to_array();
        Self {
            histogram: Histogram::new(off_diagonal(&values), BINS),
            asymmetry: couplings.asymmetry(),
            symmetric: couplings.symmetric(),
            memory: Arc::clone(memory),
            version,
            values,
        }
    }

    /// Row i of J: how all units pull `unit`.
    pub(super) fn row(&self, unit: usize) -> &[f32] {
        let n_units = self.values.ncols();
        let all = self.values.as_slice();
        all.map_or(&[], |all| &all[unit * n_units..(unit + 1) * n_units])
    }
}

/// All entries but those of a unit with itself.
fn off_diagonal(values: &Array2<f32>) -> impl Iterator<Item = &[f32]> + Clone {
    let n_units = values.ncols();
    let rows = values
        .as_slice()
        .unwrap_or_default()
        .chunks(n_units)
        .enumerate();
    rows.flat_map(|(i, row)| [&row[..i], &row[i + 1..]])
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
        let kept = Kept::update(None, &memory(0.5)).unwrap();
        assert_eq!(kept.histogram.counts.iter().sum::<u64>(), 2);
        assert_eq!(kept.histogram.limit, 0.5);
        assert_eq!(kept.row(1), [-0.5, 4.5]);
        assert!(!kept.symmetric);
    }

    #[test]
    fn another_memory_is_another_version() {
        let (one, other) = (memory(1.0), memory(1.0));
        let kept = Kept::update(None, &one).unwrap();
        let kept = Kept::update(Some(kept), &one).unwrap();
        assert_eq!(kept.version, 1);
        assert_eq!(Kept::update(Some(kept), &other).unwrap().version, 2);
    }
}
