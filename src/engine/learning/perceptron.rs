//! The perceptron rule with a margin, unit by unit: where ξ_i h_i ≤ κ |J_i| add ξ_i ξ_j/N (Gardner 1988).
//!
//! Free couplings: every row is a perceptron of its own. Symmetric ones: what unit i adds to J_ij it adds to J_ji too.

use super::shared::bound::{gardner, gardner_remark, not_held};
use super::shared::embedding::Embedding;
use super::shared::joint::{Joint, Push};
use super::symbols;
use super::{Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Field, Item, Settings};
use crate::engine::theory::expectation::{Expectation, Load};
use std::sync::Arc;

/// Settings of the perceptron rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Perceptron {
    /// κ, 0 to 5: the stability ξ_i h_i/|J_i| that every unit of every pattern is to exceed.
    pub margin: f64,
    /// Whether J_ij = J_ji.
    pub symmetric: bool,
    /// Whether learning starts from Hebb's couplings instead of J = 0.
    pub from_hebb: bool,
    /// Most passes over the patterns, 1 to 100,000.
    pub sweeps: u32,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self {
            margin: 0.5,
            symmetric: false,
            from_hebb: true,
            sweeps: 1000,
        }
    }
}

/// The choice between free and symmetric couplings, for rules that offer it.
pub(super) const SYMMETRY: Setting = Setting {
    key: "couplings",
    label: "Couplings",
    help: "Free: every row for itself. Symmetric: J_ij = J_ji throughout, so that an energy exists",
    kind: SettingKind::Choice(&[Item::new("free"), Item::new("symmetric")]),
};

/// The most passes over the patterns, for rules that may not come to an end.
pub(super) const SWEEPS: Setting = Setting {
    key: "sweeps",
    label: "Sweeps",
    help: "Learning stops after so many passes over the patterns at the latest; larger lets it try longer",
    kind: SettingKind::Whole {
        min: 1,
        max: 100_000,
        logarithmic: true,
    },
};

static ABOUT: RuleInfo = RuleInfo {
    name: "perceptron",
    title: "Perceptron",
    group: Group::Iterative,
    formula: r"\Delta J_{ij} = \frac{1}{N}\, \xi_i^\mu \xi_j^\mu \quad\text{where } \xi_i^\mu h_i^\mu \leq \kappa\, \lVert J_i \rVert",
    legend: &[
        symbols::COUPLING,
        symbols::NORM,
        symbols::PATTERN,
        symbols::FIELD,
        Symbol::new(r"\kappa", "margin", Shows::Nothing),
        symbols::UNITS,
    ],
    summary: "Adds a pattern to a row of couplings, by Hebb's formula, wherever its unit is not yet stable enough",
    capacity: "Makes random patterns fixed points up to α = 2; with κ = 0 their basins are next to nothing from α = 0.2 on",
    reference: "Rosenblatt 1958; Diederich & Opper, PRL 58, 949 (1987); Gardner, J. Phys. A 21, 257 (1988)",
    n_first: 2,
    presets: &[],
};

impl Settings for Perceptron {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "margin",
                label: "Margin κ",
                help: "Larger makes basins wider and learning longer; above Gardner's bound it never ends",
                kind: SettingKind::Number {
                    min: 0.0,
                    max: 5.0,
                    logarithmic: false,
                },
            },
            |rule| rule.margin,
            |rule, value| rule.margin = value,
        ),
        Field::new(
            SYMMETRY,
            |rule| f64::from(u8::from(rule.symmetric)),
            |rule, value| rule.symmetric = value == 1.0,
        ),
        Field::new(
            Setting {
                key: "start",
                label: "Start",
                help: "Hebb: from Hebb's couplings, so that only unstable units are corrected. Zero: from J = 0",
                kind: SettingKind::Choice(&[Item::new("hebb"), Item::new("zero")]),
            },
            |rule| f64::from(u8::from(!rule.from_hebb)),
            |rule, value| rule.from_hebb = value == 0.0,
        ),
        Field::new(
            SWEEPS,
            |rule| f64::from(rule.sweeps),
            |rule, value| rule.sweeps = value as u32,
        ),
    ];
}

impl Rule for Perceptron {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn check(&self, patterns: &Patterns) -> Result<(), Error> {
        Embedding::check(patterns)
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        Some(gardner(load, gardner_remark(self.margin, load.alpha())))
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        if self.symmetric {
            let push = Push::Perceptron {
                margin: self.margin as f32,
            };
            return Box::new(Joint::new(patterns, push, self.sweeps, self.from_hebb));
        }
        Box::new(Perceptrons {
            rule: *self,
            rows: Embedding::new(patterns, self.from_hebb),
        })
    }
}

struct Perceptrons {
    rule: Perceptron,
    rows: Embedding,
}

impl Learner for Perceptrons {
    fn step(&mut self) -> Option<StepReport> {
        let margin = self.rule.margin as f32;
        let one = (self.rows.n_units() - 1) as f32;
        self.rows.step(self.rule.sweeps, |overlaps, unit, row| {
            let mut square = row.norm().powi(2) as f32;
            let mut raised = false;
            for pattern in 0..row.aligned.len() {
                let aligned = row.aligned[pattern];
                if aligned <= margin * square.max(0.0).sqrt() {
                    overlaps.raise(row, unit, pattern, 1.0);
                    square += 2.0 * aligned + one;
                    raised = true;
                }
            }
            row.done = !raised;
            row.measure();
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        self.rows.memory()
    }

    fn work(&self) -> f64 {
        let (p, n) = (self.rows.n_patterns() as f64, self.rows.n_units() as f64);
        f64::from(self.rule.sweeps.min(100)) * 0.3 * p * p * n
    }

    fn ending(&self) -> Option<String> {
        let open = self.rows.n_open();
        (open > 0).then(|| {
            not_held(
                open,
                self.rows.n_units(),
                self.rows.sweep(),
                self.rule.margin,
                self.rows.load(),
            )
        })
    }
}
