//! Couplings altered as many at a time as one likes, to the same bits.

use super::{Alteration, Cut};
use crate::engine::couplings::CouplingsSteps;
use crate::engine::memory::Memory;
use crate::engine::rng::{Stream, stream};
use ndarray::Array2;
use rand::RngExt as _;
use std::ops::ControlFlow;
use std::sync::Arc;

/// An alteration under way.
pub struct AlterationSteps {
    alteration: Alteration,
    learned: Arc<Memory>,
    stage: Stage,
}

enum Stage {
    /// Nothing changes.
    Idle,
    /// Rows of W are copied and altered, each with the part of the columns that is left of the diagonal.
    Rows {
        weights: Vec<f32>,
        row: usize,
        lots: Stream,
    },
    /// What they are is worked out.
    Couplings(CouplingsSteps),
}

impl AlterationSteps {
    /// `learned` on its way to what [`Alteration::of`] makes of it.
    pub fn new(alteration: Alteration, learned: Arc<Memory>, seed: u64) -> Self {
        let stage = match learned.couplings().filter(|_| !alteration.is_none()) {
            None => Stage::Idle,
            Some(couplings) => Stage::Rows {
                weights: vec![0.0; couplings.n_units().pow(2)],
                row: 0,
                lots: stream(seed, "dilution"),
            },
        };
        Self {
            alteration,
            learned,
            stage,
        }
    }

    /// Entries that all steps together go through, roughly.
    pub fn work(&self) -> usize {
        match self.stage {
            Stage::Idle => 0,
            // Altering one takes as long as going through four.
            _ => 6 * self.learned.n_units().pow(2),
        }
    }

    /// Goes through about `n_entries` entries: the memory once it is altered, else what is left to do.
    pub fn step(mut self, n_entries: usize) -> ControlFlow<Arc<Memory>, Self> {
        let n = self.learned.n_units();
        self.stage = match (self.stage, self.learned.couplings()) {
            (Stage::Idle, _) | (_, None) => return ControlFlow::Break(self.learned),
            (
                Stage::Rows {
                    mut weights,
                    row,
                    mut lots,
                },
                Some(couplings),
            ) => {
                let rows = row..row.saturating_add((n_entries / n).max(1)).min(n);
                for row in rows.clone() {
                    weights[row * n..(row + 1) * n].copy_from_slice(couplings.row(row));
                    self.alteration.pairs_of(row, &mut weights, &mut lots);
                }
                if rows.end < n {
                    Stage::Rows {
                        weights,
                        row: rows.end,
                        lots,
                    }
                } else {
                    let weights = Array2::from_shape_vec((n, n), weights);
                    let weights = weights.expect("as many weights as there were");
                    let steps = CouplingsSteps::new(weights, couplings.scale());
                    Stage::Couplings(steps.expect("they are square as they were"))
                }
            }
            (Stage::Couplings(mut steps), Some(_)) => {
                if !steps.step(n_entries) {
                    let altered = steps.couplings();
                    let altered = altered.expect("means of finite couplings are finite");
                    return ControlFlow::Break(Arc::new(Memory::Pairwise(altered)));
                }
                Stage::Couplings(steps)
            }
        };
        ControlFlow::Continue(self)
    }
}

impl Alteration {
    /// Alters W_ij and W_ji of row i = `row` for all j < i: W_s + k W_a of the pair, and zero for what is cut. What is
    /// cut has a lot, drawn once and for all, that lies below the dilution.
    fn pairs_of(self, row: usize, weights: &mut [f32], lots: &mut Stream) {
        let n = weights.len().isqrt();
        let keep = self.asymmetry as f32;
        let (before, own) = weights.split_at_mut(row * n);
        for (column, here) in own[..row].iter_mut().enumerate() {
            let there = &mut before[column * n + row];
            if self.asymmetry != 1.0 {
                // Halves first: the sum of two large numbers may not be finite.
                let (even, odd) = (0.5 * *here + 0.5 * *there, 0.5 * *here - 0.5 * *there);
                (*here, *there) = (even + keep * odd, even - keep * odd);
            }
            if self.dilution != 0.0 {
                let (lot, other) = (lots.random::<f64>(), lots.random::<f64>());
                let other = if self.cut == Cut::Pairs { lot } else { other };
                if lot < self.dilution {
                    *here = 0.0;
                }
                if other < self.dilution {
                    *there = 0.0;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::couplings::Couplings;

    #[test]
    fn steps_of_any_size_come_to_the_same_bits() {
        let weights = Array2::from_shape_fn((70, 70), |(i, j)| ((i * 70 + j) as f32).sin());
        let learned = Arc::new(Memory::Pairwise(Couplings::new(weights, 0.5).unwrap()));
        let alteration = Alteration {
            asymmetry: 0.3,
            dilution: 0.4,
            cut: Cut::Each,
        };
        let whole = alteration.of(Arc::clone(&learned), 3);
        for n_entries in [1, 500] {
            let mut steps = AlterationSteps::new(alteration, Arc::clone(&learned), 3);
            let mut n_steps = 1;
            let altered = loop {
                match steps.step(n_entries) {
                    ControlFlow::Break(altered) => break altered,
                    ControlFlow::Continue(rest) => steps = rest,
                }
                n_steps += 1;
            };
            assert!(n_steps > 70 * 70 / 500, "{n_steps}");
            assert_eq!(altered, whole);
        }
        let idle = AlterationSteps::new(Alteration::default(), Arc::clone(&learned), 3);
        let same = idle.step(1).break_value().expect("nothing is to be done");
        assert!(Arc::ptr_eq(&same, &learned));
    }
}
