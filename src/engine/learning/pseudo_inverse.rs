//! The projection rule: J = (1/N) Ξᵀ (C + ε)⁻¹ Ξ with C = (1/N) Ξ Ξᵀ (Personnaz, Guyon & Dreyfus 1985).
//!
//! For independent patterns and ε → 0 this is the projector Π on their span. Where there are more patterns
//! than units the same matrix is (Ξᵀ Ξ/N + ε)⁻¹ Ξᵀ Ξ/N, so the system to solve never exceeds N × N.
//! The first of the two is put together by `projector`.

use super::shared::gram::{GramMatrix, mirror};
use super::shared::projector::{self, Projector, factorise};
use super::{Diagonal, Group, Learner, Rule, RuleInfo, Setting, SettingKind, StepReport};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings};
use faer::Mat;
use faer::linalg::solvers::{Llt, Solve as _};
use ndarray::Array2;
use std::sync::Arc;

/// Settings of the projection rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PseudoInverse {
    /// Whether J_ii is kept. Zero gives fields h_i = (1 − Π_ii) ξ_i on a stored pattern, kept gives ξ_i.
    pub diagonal: Diagonal,
    /// ε, 1e-9 to 1: what is added to every eigenvalue of C. Larger bends the rule towards Hebb's.
    pub ridge: f64,
}

impl Default for PseudoInverse {
    fn default() -> Self {
        Self {
            diagonal: Diagonal::Zero,
            ridge: 1e-6,
        }
    }
}

static ABOUT: RuleInfo = RuleInfo {
    name: "pseudo-inverse",
    title: "Pseudo-inverse",
    group: Group::OneShot,
    formula: "J = (1/N) Ξ^T (C + ε)^{−1} Ξ",
    symbols: "C = Ξ Ξ^T / N: overlaps between the P patterns Ξ; ε: ridge",
    summary: "Projects every state onto the space that the stored patterns span, so that their overlaps no longer disturb",
    capacity: "Holds any independent patterns exactly up to α = 1; the basins shrink on the way there",
    reference: "Personnaz, Guyon & Dreyfus, J. Physique Lett. 46, 359 (1985); Kanter & Sompolinsky, PRA 35, 380 (1987)",
    n_first: 1,
    presets: &[],
};

impl Settings for PseudoInverse {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "ridge",
                label: "Ridge ε",
                help: "Larger forgives patterns that nearly repeat each other, and bends the rule towards Hebb's",
                kind: SettingKind::Number {
                    min: 1e-9,
                    max: 1.0,
                    logarithmic: true,
                },
            },
            |rule| rule.ridge,
            |rule, value| rule.ridge = value,
        ),
        Field::new(
            Diagonal::SETTING,
            |rule| rule.diagonal.place(),
            |rule, value| rule.diagonal = Diagonal::at(value),
        ),
    ];
}

impl Rule for PseudoInverse {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn remarks(&self, patterns: &Patterns) -> Vec<String> {
        crowded(patterns, self.diagonal).into_iter().collect()
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        let few = patterns.n_patterns() <= patterns.n_units();
        let products = if few {
            GramMatrix::new(patterns.rows())
        } else {
            GramMatrix::new(patterns.by_unit())
        };
        let n_units = patterns.n_units();
        let couplings = Array2::zeros((n_units, n_units));
        Box::new(Projection {
            rule: *self,
            patterns,
            few,
            products,
            system: None,
            couplings,
            columns_done: 0,
        })
    }
}

/// What to say where there are as many patterns as units, or more.
fn crowded(patterns: &Patterns, diagonal: Diagonal) -> Option<String> {
    let left = match diagonal {
        Diagonal::Zero => "without its diagonal next to nothing is left of it",
        Diagonal::Kept => "it keeps every state as it is",
    };
    (patterns.load() >= 1.0).then(|| {
        format!("As many patterns as units span every state: J comes near the identity, and {left}")
    })
}

/// What to say of a ridge that had to be larger than the one asked for.
fn raised(asked: f64, ridge: f64) -> Option<String> {
    (ridge > asked).then(|| {
        format!(
            "The ridge is {ridge:e}: one of {asked:e} is lost in the rounding of so many patterns that are nearly the same"
        )
    })
}

struct Projection {
    rule: PseudoInverse,
    patterns: Arc<Patterns>,
    /// Whether P ≤ N, so that the system is the P × P one.
    few: bool,
    /// Ξ Ξᵀ, or Ξᵀ Ξ where that is smaller.
    products: GramMatrix,
    system: Option<System>,
    couplings: Array2<f32>,
    columns_done: usize,
}

/// The system to solve, factorised.
enum System {
    /// The P × P one, and the columns of its solution as rows.
    Few(Projector, Vec<f32>),
    /// The N × N one, and its ridge.
    Many(Llt<f64>, f64),
}

impl System {
    /// The ridge that it could be factorised with.
    fn ridge(&self) -> f64 {
        match self {
            Self::Few(projector, _) => projector.ridge(),
            Self::Many(_, ridge) => *ridge,
        }
    }
}

impl Projection {
    const COLUMNS_A_STEP: usize = 32;

    /// Some more of the work: columns of the solution, then rows of couplings where these are a product of two.
    fn solve_columns(&mut self, system: &mut System) {
        let n_units = self.patterns.n_units();
        let first = self.columns_done % n_units;
        let columns = first..(first + Self::COLUMNS_A_STEP).min(n_units);
        self.columns_done += columns.len();
        match system {
            System::Few(projector, solved) => {
                let n_patterns = self.patterns.n_patterns();
                if self.columns_done <= n_units {
                    let rows = &mut solved[columns.start * n_patterns..columns.end * n_patterns];
                    projector.solve(&self.patterns, columns, rows);
                } else {
                    let couplings = self.couplings.as_slice_mut();
                    let couplings = couplings.expect("made in standard layout");
                    let lines = &mut couplings[columns.start * n_units..columns.end * n_units];
                    projector::products(solved, n_patterns, columns, lines);
                }
            }
            System::Many(factor, _) => {
                let scale = 1.0 / n_units as f64;
                let products = self.products.matrix();
                let right = Mat::from_fn(n_units, columns.len(), |i, j| {
                    scale * f64::from(products[[i, columns.start + j]])
                });
                self.keep(columns.start, &factor.solve(&right));
            }
        }
        if self.columns_done == self.columns() {
            mirror(&mut self.couplings);
        }
    }

    /// How many columns there are to do: those of the couplings, and of the solution where that is another.
    fn columns(&self) -> usize {
        self.patterns.n_units() * if self.few { 2 } else { 1 }
    }

    fn factorise(&self) -> System {
        let (n_patterns, n_units) = (self.patterns.n_patterns(), self.patterns.n_units());
        let products = self.products.matrix();
        if self.few {
            let projector = Projector::new(products, n_units, self.rule.ridge);
            System::Few(projector, vec![0.0; n_patterns * n_units])
        } else {
            let (factor, ridge) = factorise(products, n_units, self.rule.ridge);
            System::Many(factor, ridge)
        }
    }

    /// Takes in the columns of J from `first` on: as rows, since J is symmetric and rows are what is contiguous.
    fn keep(&mut self, first: usize, columns: &Mat<f64>) {
        for (column, mut row) in columns
            .col_iter()
            .zip(self.couplings.outer_iter_mut().skip(first))
        {
            row.iter_mut()
                .zip(column.iter())
                .for_each(|(entry, value)| *entry = *value as f32);
        }
    }
}

impl Learner for Projection {
    fn step(&mut self) -> Option<StepReport> {
        if self.products.step() {
            return Some(StepReport::one_shot(0.1 * self.products.done()));
        }
        if self.columns_done == self.columns() {
            return None;
        }
        let mut system = self.system.take().unwrap_or_else(|| self.factorise());
        self.solve_columns(&mut system);
        self.system = Some(system);
        let done = 0.1 + 0.9 * self.columns_done as f32 / self.columns() as f32;
        Some(StepReport::one_shot(done))
    }

    fn memory(&self) -> Result<Memory, Error> {
        let mut weights = self.couplings.clone();
        if self.rule.diagonal == Diagonal::Zero {
            weights.diag_mut().fill(0.0);
        }
        Couplings::new(weights, 1.0).map(Memory::Pairwise)
    }

    fn ending(&self) -> Option<String> {
        let ridge = self.system.as_ref().map_or(self.rule.ridge, System::ridge);
        let remarks = [
            crowded(&self.patterns, self.rule.diagonal),
            raised(self.rule.ridge, ridge),
        ];
        let remarks: Vec<String> = remarks.into_iter().flatten().collect();
        (!remarks.is_empty()).then(|| remarks.join(". "))
    }

    fn work(&self) -> f64 {
        let (p, n) = (
            self.patterns.n_patterns() as f64,
            self.patterns.n_units() as f64,
        );
        let m = p.min(n);
        let double = m * m * m / 3.0
            + if self.few {
                p * p * n + 0.5 * p * n * n
            } else {
                2.0 * m * m * n
            };
        // Besides, the couplings are gone through a few times. Measured: 5e7 operations take about 5 ms.
        self.products.work() + double + 15.0 * n * n
    }
}

#[cfg(test)]
#[path = "pseudo_inverse_tests.rs"]
mod tests;
