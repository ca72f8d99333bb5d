//! The projection rule: J = (1/N) Ξᵀ (C + ε)⁻¹ Ξ with C = (1/N) Ξ Ξᵀ (Personnaz, Guyon & Dreyfus 1985).
//!
//! For independent patterns and ε → 0 this is the projector Π on their span. Where there are more patterns
//! than units the same matrix is 1 − ε (Ξᵀ Ξ/N + ε)⁻¹, so the system to solve never exceeds N × N. Both are products
//! Yᵀ Y, the second taken off 1, of what `projector` finds.

use super::shared::gram::GramMatrix;
use super::shared::projector::{Below, NotPositive, Projector};
use super::symbols;
use super::{
    Diagonal, Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol,
};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::numbers::plain;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
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
    formula: r"J = \frac{1}{N}\, \Xi^{\mathsf{T}}\, (C + \varepsilon \mathbf{1})^{-1}\, \Xi",
    legend: &[
        symbols::COUPLING,
        symbols::PATTERNS,
        Symbol::new(
            r"C = \frac{1}{N}\, \Xi\, \Xi^{\mathsf{T}}",
            "overlaps between the stored patterns",
            Shows::Nothing,
        ),
        Symbol::new(r"\varepsilon", "ridge", Shows::Nothing),
        symbols::UNITS,
    ],
    summary: "Projects every state onto the space that the stored patterns span, so that their overlaps no longer disturb",
    capacity: "Makes any independent patterns fixed points up to α = 1; the basins shrink on the way there",
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

    fn expectation(&self, load: Load) -> Option<Expectation> {
        Some(Expectation {
            capacity: Some(Capacity::of(
                load.n_units as f64,
                "random patterns are independent, and all of them fixed points",
            )),
            said: crowded(load, self.diagonal).into_iter().collect(),
            ..Expectation::default()
        })
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(Projection {
            rule: *self,
            few: patterns.n_patterns() <= patterns.n_units(),
            ridge: self.ridge,
            patterns,
            stage: Stage::Begun,
        })
    }
}

/// What to say where there are as many patterns as units, or more.
fn crowded(load: Load, diagonal: Diagonal) -> Option<String> {
    let left = match diagonal {
        Diagonal::Zero => "without its diagonal next to nothing is left of it",
        Diagonal::Kept => "every state stays as it is",
    };
    (load.alpha() >= 1.0).then(|| {
        format!("As many patterns as units span every state: J comes near the identity, and {left}")
    })
}

/// What to say of a ridge that had to be larger than the one asked for.
fn raised(asked: f64, ridge: f64) -> Option<String> {
    (ridge > asked).then(|| {
        format!(
            "The ridge is {}: one of {} is lost in the rounding of so many patterns that are nearly the same",
            plain(ridge),
            plain(asked)
        )
    })
}

struct Projection {
    rule: PseudoInverse,
    patterns: Arc<Patterns>,
    /// Whether P ≤ N, so that the system is the P × P one.
    few: bool,
    /// ε, or more where rounding swallows it.
    ridge: f64,
    stage: Stage,
}

/// How far learning has come.
enum Stage {
    Begun,
    /// Counts Ξ Ξᵀ, or Ξᵀ Ξ where that is smaller.
    Counting(GramMatrix),
    /// Solves the system of these products.
    Solving(Array2<f32>, Projector),
    /// Multiplies out Yᵀ Y.
    Multiplying(GramMatrix),
    Done(Array2<f32>),
}

impl Projection {
    fn counting(&self) -> GramMatrix {
        GramMatrix::new(if self.few {
            self.patterns.rows()
        } else {
            self.patterns.by_unit()
        })
    }

    /// Begins to solve the system.
    fn system(&self, products: &Array2<f32>) -> Projector {
        let scale = 1.0 / self.patterns.n_units() as f64;
        let below = if self.few {
            Below::Signs(self.patterns.by_unit(), scale.sqrt())
        } else {
            Below::Unit(self.ridge.sqrt())
        };
        Projector::new(products, scale, self.ridge, below)
    }

    /// A part of the work, and what there is to do then.
    fn next(&mut self) -> Stage {
        match std::mem::replace(&mut self.stage, Stage::Begun) {
            Stage::Begun => Stage::Counting(self.counting()),
            Stage::Counting(mut counting) => {
                counting.step();
                match counting.take_finished() {
                    Some(products) => {
                        let system = self.system(&products);
                        Stage::Solving(products, system)
                    }
                    None => Stage::Counting(counting),
                }
            }
            Stage::Solving(products, mut system) => match system.step() {
                Ok(true) => Stage::Solving(products, system),
                Ok(false) => Stage::Multiplying(system.products()),
                Err(NotPositive) => {
                    self.ridge *= 10.0;
                    let system = self.system(&products);
                    Stage::Solving(products, system)
                }
            },
            Stage::Multiplying(mut product) => {
                product.step();
                match product.take_finished() {
                    Some(mut couplings) => {
                        if !self.few {
                            couplings.mapv_inplace(|entry| -entry);
                            couplings.diag_mut().mapv_inplace(|entry| 1.0 + entry);
                        }
                        Stage::Done(couplings)
                    }
                    None => Stage::Multiplying(product),
                }
            }
            Stage::Done(couplings) => Stage::Done(couplings),
        }
    }
}

impl Learner for Projection {
    fn step(&mut self) -> Option<StepReport> {
        if matches!(self.stage, Stage::Done(_)) {
            return None;
        }
        self.stage = self.next();
        Some(StepReport::one_shot(match &self.stage {
            Stage::Begun => 0.0,
            Stage::Counting(counting) => 0.1 * counting.done(),
            Stage::Solving(_, system) => 0.1 + 0.6 * system.done(),
            Stage::Multiplying(product) => 0.7 + 0.3 * product.done(),
            Stage::Done(_) => 1.0,
        }))
    }

    fn memory(&self) -> Result<Memory, Error> {
        let n_units = self.patterns.n_units();
        let mut weights = match &self.stage {
            Stage::Done(couplings) => couplings.clone(),
            _ => Array2::zeros((n_units, n_units)),
        };
        if self.rule.diagonal == Diagonal::Zero {
            weights.diag_mut().fill(0.0);
        }
        Couplings::new(weights, 1.0).map(Memory::Pairwise)
    }

    fn ending(&self) -> Option<String> {
        let remarks = [
            crowded(Load::of(&self.patterns), self.rule.diagonal),
            raised(self.rule.ridge, self.ridge),
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
        // Besides, the couplings are gone through a few times. Measured: 5e7 operations take about 5 ms.
        let count = 2.5 * m * m * (p.max(n) / 32.0);
        count + m * m * m / 3.0 + m * m * n + 0.5 * m * n * n + 15.0 * n * n
    }
}

#[cfg(test)]
#[path = "pseudo_inverse_tests.rs"]
mod tests;
