//! Maximum stability: the couplings whose least stable pattern is as stable as can be (Krauth & Mézard 1987).
//!
//! AdaTron (Anlauf & Biehl 1989) raises strengths x ≥ 0 by γ (1 − ξ_i h_i); minover adds the least stable pattern. Free
//! couplings: each row for itself, until its smallest stability is within the tolerance of the bound N |J_i|/Σ x that
//! duality gives. Symmetric couplings: AdaTron on the joint problem, min Σ |J_i|² with every ξ_i h_i ≥ 1.

use super::perceptron::{SWEEPS, SYMMETRY};
use super::shared::bound::{beyond_capacity, gardner, not_reached};
use super::shared::embedding::Embedding;
use super::shared::joint::{Joint, Push};
use super::symbols;
use super::{Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use crate::engine::theory::expectation::{Expectation, Load};
use crate::engine::theory::gardner::largest_stability;
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of maximum stability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaxStability {
    /// How the maximum is sought.
    pub algorithm: Algorithm,
    /// Whether J_ij = J_ji.
    pub symmetric: bool,
    /// How far below its maximum a stability may stay, 1e-5 to 0.5 of it.
    pub tolerance: f64,
    /// Most passes over the patterns, 1 to 100,000; minover counts P additions a row as one.
    pub sweeps: u32,
    /// γ of AdaTron, 0.1 to 1.9.
    pub rate: f64,
}

/// How the maximum is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Strengths raised or lowered pattern by pattern, never below 0.
    AdaTron,
    /// The least stable pattern added, again and again.
    Minover,
}

choices!(Algorithm: AdaTron = "adatron" / "AdaTron", Minover = "minover" / "Minover");

impl Default for MaxStability {
    fn default() -> Self {
        Self {
            algorithm: Algorithm::AdaTron,
            symmetric: false,
            tolerance: 0.005,
            sweeps: 500,
            rate: 1.0,
        }
    }
}

static ABOUT: RuleInfo = RuleInfo {
    name: "max-stability",
    title: "Maximum stability",
    group: Group::Iterative,
    formula: r"J_{ij} = \frac{1}{N} \sum_\mu u_i^\mu\, \xi_i^\mu \xi_j^\mu,\quad \Delta u_i^\mu = \max\left(-u_i^\mu,\ \gamma\,(1 - \xi_i^\mu h_i^\mu)\right)",
    legend: &[
        symbols::COUPLING,
        symbols::PATTERN,
        symbols::FIELD,
        Symbol::new(
            r"u_i^\mu",
            "how strongly pattern μ is embedded in row i",
            Shows::Nothing,
        ),
        Symbol::new(r"\gamma", "rate", Shows::Nothing),
        symbols::UNITS,
    ],
    summary: "Makes the least stable unit of the stored patterns as stable as couplings of its norm can",
    capacity: "Makes random patterns fixed points up to α = 2, at the largest stability there is",
    reference: "Krauth & Mézard, J. Phys. A 20, L745 (1987); Anlauf & Biehl, Europhys. Lett. 10, 687 (1989)",
    n_first: 2,
    presets: &[],
};

impl Settings for MaxStability {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "algorithm",
                label: "Algorithm",
                help: "AdaTron embeds each pattern just as strongly as it needs; minover adds the least stable pattern again and again, and takes longer",
                kind: SettingKind::Choice(Algorithm::ITEMS),
            },
            |rule| rule.algorithm.place(),
            |rule, value| rule.algorithm = Algorithm::at(value),
        ),
        Field::new(
            SYMMETRY,
            |rule| f64::from(u8::from(rule.symmetric)),
            |rule, value| rule.symmetric = value == 1.0,
        ),
        Field::new(
            Setting {
                key: "tolerance",
                label: "Tolerance",
                help: "Larger stops a row earlier: when its stability is at most this share below the largest there is",
                kind: SettingKind::Number {
                    min: 1e-5,
                    max: 0.5,
                    logarithmic: true,
                },
            },
            |rule| rule.tolerance,
            |rule, value| rule.tolerance = value,
        ),
        Field::new(
            SWEEPS,
            |rule| f64::from(rule.sweeps),
            |rule, value| rule.sweeps = value as u32,
        ),
        Field::new(
            Setting {
                key: "rate",
                label: "Rate γ",
                help: "Larger takes longer steps of AdaTron; it ends for any rate below 2",
                kind: SettingKind::Number {
                    min: 0.1,
                    max: 1.9,
                    logarithmic: false,
                },
            },
            |rule| rule.rate,
            |rule, value| rule.rate = value,
        ),
    ];
}

impl Rule for MaxStability {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn formula(&self) -> Cow<'static, str> {
        match self.algorithm {
            Algorithm::AdaTron => ABOUT.formula.into(),
            Algorithm::Minover => {
                r"\Delta J_{ij} = \frac{1}{N}\, \xi_i^\mu \xi_j^\mu \quad\text{for the pattern of smallest } \xi_i^\mu h_i^\mu".into()
            }
        }
    }

    fn check(&self, patterns: &Patterns) -> Result<(), Error> {
        if self.symmetric && self.algorithm == Algorithm::Minover {
            return Err(Error::Range {
                setting: "algorithm",
                range: "adatron where couplings are symmetric".to_owned(),
                value: "minover".to_owned(),
            });
        }
        Embedding::check(patterns)
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        let said = match largest_stability(load.alpha()) {
            Some(bound) => format!(
                "Random patterns of this load reach a stability of κ(α) = {bound:.2} on average over the units (Gardner)"
            ),
            None => beyond_capacity(load.alpha()),
        };
        Some(gardner(load, said))
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        if self.symmetric {
            let push = Push::AdaTron {
                rate: self.rate as f32,
                tolerance: self.tolerance as f32,
            };
            return Box::new(Joint::new(patterns, push, self.sweeps, false));
        }
        Box::new(Stabilities {
            rule: *self,
            rows: Embedding::new(patterns, self.algorithm == Algorithm::Minover),
        })
    }
}

struct Stabilities {
    rule: MaxStability,
    rows: Embedding,
}

impl Learner for Stabilities {
    fn step(&mut self) -> Option<StepReport> {
        let rule = self.rule;
        let n_units = self.rows.n_units() as f32;
        self.rows.step(rule.sweeps, |overlaps, unit, row| {
            for pattern in 0..row.aligned.len() {
                match rule.algorithm {
                    Algorithm::AdaTron => {
                        let lacking = 1.0 - row.aligned[pattern] / n_units;
                        let by = (rule.rate as f32 * lacking).max(-row.strengths[pattern]);
                        if by != 0.0 {
                            overlaps.raise(row, unit, pattern, by);
                        }
                    }
                    Algorithm::Minover => {
                        let least = smallest(&row.aligned);
                        overlaps.raise(row, unit, least, 1.0);
                    }
                }
            }
            row.measure();
            row.done = row.is_within(rule.tolerance);
            if row.done {
                // Not on the word of fields that rounding may have moved.
                overlaps.renew(row, unit);
                row.done = row.is_within(rule.tolerance);
            }
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        self.rows.memory()
    }

    fn work(&self) -> f64 {
        let (p, n) = (self.rows.n_patterns() as f64, self.rows.n_units() as f64);
        f64::from(self.rule.sweeps.min(80)) * 4.0 * p * p * n
    }

    fn ending(&self) -> Option<String> {
        let open = self.rows.n_open();
        (open > 0).then(|| {
            not_reached(
                open,
                self.rows.n_units(),
                self.rows.sweep(),
                self.rule.tolerance,
            )
        })
    }
}

/// Where the smallest number stands, the first of equals.
fn smallest(values: &[f32]) -> usize {
    let mut least = 0;
    for (at, value) in values.iter().enumerate() {
        if *value < values[least] {
            least = at;
        }
    }
    least
}
