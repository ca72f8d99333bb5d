//! Dense associative memory: the patterns themselves, under a steep function of the overlaps.
//!
//! Nothing is learned but which patterns there are, so that learning takes no time. Absent: energies, fields and
//! dynamics (`engine::dense`).

use super::symbols;
use super::{Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol};
use crate::engine::dense::{DenseMemory, Energy};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::numbers::{count_of_exponential, percent};
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use crate::engine::theory::dense::{Polynomial, STABLE_LOAD, exponential_basin, exponential_load};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
use std::borrow::Cow;
use std::sync::Arc;

/// Which function of the overlaps makes the energy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Function {
    /// xⁿ/n.
    #[default]
    Polynomial,
    /// xⁿ/n for x > 0, else 0.
    Rectified,
    /// e^(βu).
    Exponential,
}

choices!(Function: Polynomial = "polynomial", Rectified = "rectified", Exponential = "exponential");

/// Settings of the dense associative memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dense {
    /// The function of the overlaps.
    pub function: Function,
    /// n, 2 to 30: the degree of the polynomial, plain or rectified.
    pub degree: u32,
    /// β, 0.001 to 2: the steepness of the exponential.
    pub beta: f64,
}

impl Default for Dense {
    fn default() -> Self {
        Self {
            function: Function::Polynomial,
            degree: 20,
            beta: 1.0,
        }
    }
}

static ABOUT: RuleInfo = RuleInfo {
    name: "dense",
    title: "Dense associative memory",
    group: Group::Dense,
    formula: r"E = -\frac{N}{n} \sum_\mu m_\mu^n",
    legend: &[
        symbols::ENERGY,
        symbols::OVERLAP,
        Symbol::new(r"n", "degree", Shows::Nothing),
        Symbol::new(
            r"c",
            "makes the fields of a pattern alone 1",
            Shows::Nothing,
        ),
        Symbol::new(r"\beta", "steepness", Shows::Nothing),
        symbols::UNITS,
    ],
    summary: "No couplings: every pattern pulls by itself, and the steeper the function of its overlap, the more the nearest one outweighs the others",
    capacity: "Makes about N^(n−1) / (2 (2n−3)!! ln N) random patterns exact fixed points for degree n, and exponentially many for the exponential",
    reference: "Krotov & Hopfield, NIPS 29 (2016); exponential: Demircigil et al., J. Stat. Phys. 168, 288 (2017)",
    n_first: 3,
    presets: &[],
};

impl Dense {
    fn energy(self) -> Energy {
        let Self {
            function,
            degree,
            beta,
        } = self;
        match function {
            Function::Polynomial => Energy::Polynomial { degree },
            Function::Rectified => Energy::Rectified { degree },
            Function::Exponential => Energy::Exponential { beta },
        }
    }
}

impl Settings for Dense {
    const FIELDS: &'static [Field<Self>] = &[
Field::new(Setting {
            key: "function",
            label: "Function",
            help: "Of the overlap m. Polynomial: its n-th power. Rectified: the same, but patterns with a negative overlap do not act. Exponential: e^(βNm), the steepest",
            kind: SettingKind::Choice(Function::ITEMS),
        }, |rule| rule.function.place(), |rule, value| rule.function = Function::at(value)),
Field::<Self>::new(Setting {
            key: "n",
            label: "Degree n",
            help: "Degree of the polynomial, plain or rectified. 2 is Hebb's rule; larger holds more patterns in narrower basins. Digits overlap much: of 2,000 some still blend at 20, and the exponential restores them",
            kind: SettingKind::Whole {
                min: 2,
                max: Energy::MAX_DEGREE as i32,
                logarithmic: false,
            },
        }, |rule| f64::from(rule.degree), |rule, value| rule.degree = value as u32).when(|rule| rule.function != Function::Exponential),
Field::<Self>::new(Setting {
            key: "beta",
            label: "Steepness β",
            help: "Of the exponential alone: a pattern that agrees in one unit more pulls e^(2β) times as hard",
            kind: SettingKind::Number {
                min: 0.001,
                max: 2.0,
                logarithmic: true,
            },
        }, |rule| rule.beta, |rule, value| rule.beta = value).when(|rule| rule.function == Function::Exponential),
    ];
}

impl Rule for Dense {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(StoringLearner {
            patterns,
            energy: self.energy(),
        })
    }

    fn formula(&self) -> Cow<'static, str> {
        let n = self.degree;
        match self.function {
            Function::Polynomial => {
                format!(r"E = -\frac{{N}}{{{n}}} \sum_\mu m_\mu^{{{n}}}").into()
            }
            Function::Rectified => {
                format!(r"E = -\frac{{N}}{{{n}}} \sum_\mu \max(0, m_\mu)^{{{n}}}").into()
            }
            Function::Exponential => r"E = -c \sum_\mu e^{\beta N (m_\mu - 1)}".into(),
        }
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        let rectified = match self.function {
            Function::Polynomial => false,
            Function::Rectified => true,
            Function::Exponential => return Some(exponential(self.beta, load)),
        };
        let polynomial = Polynomial {
            degree: self.degree,
            rectified,
        };
        let (n_units, n_patterns) = (load.n_units, load.n_patterns);
        let most = "each has fewer than one error after one step (Krotov and Hopfield)";
        let capacity = Capacity::of(polynomial.capacity(n_units), most);
        let bit_error = polynomial.bit_error(n_units, n_patterns);
        Some(Expectation {
            signal_to_noise: Some(polynomial.signal_to_noise(n_units, n_patterns)),
            bit_error: Some(bit_error),
            said: vec![
                format!(
                    "Random patterns: fewer than one error each up to K* = {} of them",
                    count_of_exponential(capacity.ln_patterns)
                ),
                format!(
                    "Random patterns, as many as here: {} of the units are wrong after one step",
                    percent(bit_error)
                ),
            ],
            capacity: Some(capacity),
            ..Expectation::default()
        })
    }
}

fn exponential(beta: f64, load: Load) -> Expectation {
    let n_units = load.n_units as f64;
    let load = libm::log(load.n_patterns as f64) / n_units;
    let by_noise = exponential_load(beta);
    let mut remarks = vec![format!(
        "Random patterns: units are stable, by signal to noise, up to e^({by_noise:.3} N) = {} of them",
        count_of_exponential(by_noise * n_units)
    )];
    if beta == 1.0 {
        remarks.push(format!(
            "Proved for e^({STABLE_LOAD:.3} N) = {}, and for as many as here back from {} of units flipped",
            count_of_exponential(STABLE_LOAD * n_units),
            percent(exponential_basin(load))
        ));
    }
    Expectation {
        capacity: Some(Capacity::exponential(
            by_noise * n_units,
            "units are stable, by signal to noise",
        )),
        said: remarks,
        ..Expectation::default()
    }
}

/// Learning that keeps the patterns and is done.
pub(super) struct StoringLearner {
    pub(super) patterns: Arc<Patterns>,
    pub(super) energy: Energy,
}

impl Learner for StoringLearner {
    fn step(&mut self) -> Option<StepReport> {
        None
    }

    fn memory(&self) -> Result<Memory, Error> {
        DenseMemory::new(Arc::clone(&self.patterns), self.energy).map(Memory::Dense)
    }

    /// Looking at every pattern once.
    fn work(&self) -> f64 {
        self.patterns.n_patterns() as f64
    }
}
