//! Continuous states: x ← Ξᵀ softmax(β Ξ x), which is attention with one query (Ramsauer et al. 2021).
//!
//! E = −(1/β) ln Σ_μ e^(β ξ^μ·x) + ½ x·x + (1/β) ln K + ½ N never rises (concave–convex procedure) and is never
//! negative. Absent: signs, and when to stop (`dynamics`).

use super::DenseMemory;
use super::energy::log_sum_exp;
use crate::engine::kernels::add_scaled_row;
use crate::engine::patterns::{Patterns, State};

/// Shares of the softmax below this are left out: all together they move no unit by more than 1e−15.
const SMALLEST_SHARE: f64 = 1e-20;

/// A state of real numbers in a memory with a log-sum-exp energy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Graded {
    units: Vec<f64>,
    /// Ξ x, K numbers from −N to N.
    overlaps: Vec<f64>,
    energy: f64,
}

impl Graded {
    /// The state that starts as the signs of `cue`; `None` where states are signs.
    pub(crate) fn new(memory: &DenseMemory, cue: &State) -> Option<Self> {
        let units = cue.units().iter().copied().map(f64::from).collect();
        memory.is_continuous().then(|| Self::at(memory, units))
    }

    fn at(memory: &DenseMemory, units: Vec<f64>) -> Self {
        let overlaps = overlaps(&memory.patterns, &units);
        let squares = units.iter().map(|x| x * x).sum();
        Self {
            energy: energy(memory, &overlaps, squares),
            units,
            overlaps,
        }
    }

    /// x, each unit from −1 to 1.
    pub(crate) fn units(&self) -> &[f64] {
        &self.units
    }

    /// N times the overlaps, ξ^μ·x.
    pub(crate) fn overlaps(&self) -> &[f64] {
        &self.overlaps
    }

    /// The energy.
    pub(crate) fn energy(&self) -> f64 {
        self.energy
    }

    /// All units at once: O(N K). The largest change of a unit is handed back.
    pub(crate) fn step(&mut self, memory: &DenseMemory) -> f64 {
        let mut units = vec![0.0; self.units.len()];
        for (pattern, share) in memory.shares(&self.overlaps).into_iter().enumerate() {
            if share > SMALLEST_SHARE {
                add_scaled_row(&mut units, share, memory.patterns.pattern(pattern));
            }
        }
        let changes = units.iter().zip(&self.units).map(|(new, old)| new - old);
        let largest = changes.fold(0.0, |largest: f64, change| largest.max(change.abs()));
        *self = Self::at(memory, units);
        largest
    }
}

/// Ξ x, K numbers.
fn overlaps(patterns: &Patterns, units: &[f64]) -> Vec<f64> {
    let mut overlaps = vec![0.0; patterns.n_patterns()];
    for (unit, x) in units.iter().enumerate() {
        add_scaled_row(&mut overlaps, *x, patterns.unit(unit));
    }
    overlaps
}

/// The energy of a state with these overlaps ξ^μ·x and x·x = `squares`.
pub(super) fn energy(memory: &DenseMemory, overlaps: &[f64], squares: f64) -> f64 {
    let beta = memory.energy.beta().expect("log-sum-exp has a β");
    let softmax = log_sum_exp(overlaps.iter().map(|u| beta * u)) - libm::log(overlaps.len() as f64);
    0.5 * squares + 0.5 * memory.n_units() as f64 - softmax / beta
}
