//! Hebb's rule: J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ (Hopfield 1982).
//!
//! The sums are counted on packed bits and kept as whole numbers, with the 1/N as the couplings' scale.

use super::gram::GramMatrix;
use super::{About, Diagonal, Learner, Lesson, Rule};
use crate::engine::memory::{Couplings, Memory};
use crate::engine::patterns::Patterns;
use std::sync::Arc;

/// Settings of Hebb's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hebb {
    /// Whether J_ii = P/N is kept.
    pub diagonal: Diagonal,
}

static ABOUT: About = About {
    name: "hebb",
    title: "Hebb",
    formula: "J = (1/N) Ξ^T Ξ",
    symbols: "Ξ: the P patterns as rows of ±1; N units",
    summary: "Units that agree in a pattern pull each other the same way, units that differ push apart",
    capacity: "Holds random patterns with few errors up to α = 0.138; patterns that overlap on average run together far below",
    reference: "Hebb 1949; Hopfield, PNAS 79, 2554 (1982)",
    settings: &[Diagonal::SETTING],
};

impl Rule for Hebb {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn get(&self, _key: &str) -> f64 {
        self.diagonal.value()
    }

    fn set(&mut self, _key: &str, value: f64) {
        self.diagonal = Diagonal::from_value(value);
    }

    fn start(&self, patterns: Arc<Patterns>) -> Box<dyn Learner> {
        Box::new(HebbLearner {
            diagonal: self.diagonal,
            sums: GramMatrix::new(patterns.by_unit()),
        })
    }
}

struct HebbLearner {
    diagonal: Diagonal,
    sums: GramMatrix,
}

impl Learner for HebbLearner {
    fn step(&mut self) -> Option<Lesson> {
        self.sums.step().then(|| Lesson {
            done: self.sums.done(),
        })
    }

    fn memory(&self) -> Memory {
        let mut weights = self.sums.matrix().clone();
        let n_units = weights.nrows();
        if self.diagonal == Diagonal::Zero {
            weights.diag_mut().fill(0.0);
        }
        let couplings = Couplings::new(weights, 1.0 / n_units as f32);
        Memory::Pairwise(
            couplings.expect("sums of products of signs are a square of finite numbers"),
        )
    }

    fn work(&self) -> f64 {
        self.sums.work()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    fn learn(diagonal: Diagonal) -> Couplings {
        let rows = array![[1, 1, -1], [1, -1, -1]];
        let patterns = Patterns::new(rows, Grid::near_square(3), None).unwrap();
        let mut learner = Hebb { diagonal }.start(Arc::new(patterns));
        while learner.step().is_some() {}
        learner.memory().couplings().unwrap().clone()
    }

    #[test]
    fn three_units_by_hand() {
        let zero = learn(Diagonal::Zero);
        assert_eq!(
            zero.weights(),
            array![[0.0, 0.0, -2.0], [0.0, 0.0, 0.0], [-2.0, 0.0, 0.0]]
        );
        assert_eq!(zero.value(0, 2), -2.0 / 3.0);
        assert_eq!(
            learn(Diagonal::Kept).weights().diag(),
            array![2.0, 2.0, 2.0]
        );
    }
}
