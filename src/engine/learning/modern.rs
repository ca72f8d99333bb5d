//! The modern Hopfield network: log-sum-exp of the overlaps (Ramsauer et al. 2021).
//!
//! On signs it takes the steps of the exponential memory; on real numbers it is attention with one query. Absent:
//! energies, fields and dynamics (`engine::dense`).

use super::dense::StoringLearner;
use super::symbols;
use super::{Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, Symbol};
use crate::engine::dense::{Energy, States};
use crate::engine::numbers::count_of_exponential;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings};
use crate::engine::theory::dense::{Retrieval, exponential_load};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of the modern Hopfield network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Modern {
    /// βN, 0.1 to 200: how sharply the nearest pattern outweighs the others.
    pub sharpness: f64,
    /// What the units are.
    pub states: States,
}

impl Default for Modern {
    fn default() -> Self {
        Self {
            sharpness: 50.0,
            states: States::Signs,
        }
    }
}

static ABOUT: RuleInfo = RuleInfo {
    name: "modern",
    title: "Modern Hopfield network",
    group: Group::Dense,
    formula: r"E = -\frac{1}{\beta} \ln \sum_\mu e^{\beta N m_\mu}",
    legend: &[
        symbols::ENERGY,
        symbols::OVERLAP,
        Symbol::new(r"s", "state, and with a prime the next one", Shows::State),
        symbols::PATTERNS,
        Symbol::new(r"\beta", "steepness", Shows::Nothing),
        symbols::UNITS,
    ],
    summary: "Every pattern pulls with its share of a softmax over the overlaps: at large β the nearest one alone, at small β all together",
    capacity: "Restores exponentially many random patterns, as long as the cue is nearer to its own than to any other",
    reference: "Ramsauer et al., ICLR 2021, arXiv 2008.02217; on signs as in Demircigil et al. (2017)",
    n_first: 2,
    presets: &[],
};

impl Settings for Modern {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "beta",
                label: "β N",
                help: "β times the number of units. Small: the state goes to the mean of many patterns; large: to the nearest one",
                kind: SettingKind::Number {
                    min: 0.1,
                    max: 200.0,
                    logarithmic: true,
                },
            },
            |rule| rule.sharpness,
            |rule, value| rule.sharpness = value,
        ),
        Field::new(
            Setting {
                key: "states",
                label: "States",
                help: "Signs: units are ±1 and follow the dynamics chosen. Continuous: units are real numbers, all updated at once",
                kind: SettingKind::Choice(States::ITEMS),
            },
            |rule| rule.states.place(),
            |rule, value| rule.states = States::at(value),
        ),
    ];
}

impl Rule for Modern {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        let beta = self.sharpness / patterns.n_units() as f64;
        let energy = Energy::LogSumExp {
            beta,
            states: self.states,
        };
        Box::new(StoringLearner { patterns, energy })
    }

    fn formula(&self) -> Cow<'static, str> {
        match self.states {
            States::Signs => ABOUT.formula.into(),
            States::Continuous => {
                r"s' = \Xi^{\mathsf{T}}\, \operatorname{softmax}(\beta\, \Xi\, s)".into()
            }
        }
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        let n_units = load.n_units as f64;
        let beta = self.sharpness / n_units;
        if self.states == States::Signs {
            let most = exponential_load(beta);
            return Some(Expectation {
                capacity: Some(Capacity::exponential(
                    most * n_units,
                    "units are stable, by signal to noise",
                )),
                said: vec![format!(
                    "Random patterns: units are stable, by signal to noise, up to e^({most:.3} N) = {} of them",
                    count_of_exponential(most * n_units)
                )],
                ..Expectation::default()
            });
        }
        let retrieval = Retrieval::new(beta, libm::log(load.n_patterns as f64) / n_units);
        let remark = match retrieval {
            Retrieval::Sharp { from } => format!(
                "Random patterns, as many as here: a cue comes back if its overlap is above {from:.2}, that of the nearest other pattern"
            ),
            Retrieval::Diffuse { from } if from < 1.0 => format!(
                "Random patterns, as many as here: a cue comes back if its overlap is above {from:.2}; below, it goes to a mean of many"
            ),
            Retrieval::Diffuse { .. } => {
                "Random patterns, as many as here: β is too small, every cue goes to a mean of many"
                    .to_owned()
            }
        };
        Some(Expectation {
            cue_overlap: Some(retrieval.threshold()),
            said: vec![remark],
            ..Expectation::default()
        })
    }
}
