//! Dense associative memory: the patterns themselves, under a steep function of the overlaps.
//!
//! Nothing is learned but which patterns there are, so that learning takes no time. Absent: energies, fields and
//! dynamics (`engine::dense`).

use super::{About, Group, Learner, Lesson, Rule, Setting, SettingKind};
use crate::engine::dense::{DenseMemory, Energy};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
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

impl Function {
    const ALL: [Self; 3] = [Self::Polynomial, Self::Rectified, Self::Exponential];
}

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
            degree: 3,
            beta: 1.0,
        }
    }
}

static ABOUT: About = About {
    name: "dense",
    title: "Dense associative memory",
    group: Group::Dense,
    formula: "E = −N Σ_μ F(m_μ)",
    symbols: "m_μ: overlap of the state with pattern μ; N units; F: xⁿ/n, the same for x > 0 alone, or an exponential",
    summary: "No couplings: every pattern pulls by itself, and the steeper F is, the more the nearest one outweighs the others",
    capacity: "Holds about N^{n−1} / (2 (2n−3)!! ln N) random patterns for degree n, and exponentially many for the exponential",
    reference: "Krotov & Hopfield, NIPS 29 (2016); exponential: Demircigil et al., J. Stat. Phys. 168, 288 (2017)",
    settings: &[
        Setting {
            key: "function",
            label: "Function",
            help: "Polynomial: xⁿ/n. Rectified: the same, but patterns with a negative overlap do not act. Exponential: e^(βNx), the steepest",
            kind: SettingKind::Choice(&["polynomial", "rectified", "exponential"]),
        },
        Setting {
            key: "n",
            label: "Degree n",
            help: "Degree of the polynomial, plain or rectified. 2 is Hebb's rule; larger holds more patterns in narrower basins",
            kind: SettingKind::Whole {
                min: 2,
                max: Energy::MAX_DEGREE,
                logarithmic: false,
            },
        },
        Setting {
            key: "beta",
            label: "Steepness β",
            help: "Of the exponential alone: a pattern that agrees in one unit more pulls e^(2β) times as hard",
            kind: SettingKind::Number {
                min: 0.001,
                max: 2.0,
                logarithmic: true,
            },
        },
    ],
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

impl Rule for Dense {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn get(&self, key: &str) -> f64 {
        match key {
            "function" => f64::from(self.function as u8),
            "n" => f64::from(self.degree),
            _ => self.beta,
        }
    }

    fn set(&mut self, key: &str, value: f64) {
        match key {
            "function" => self.function = Function::ALL[value as usize],
            "n" => self.degree = value as u32,
            _ => self.beta = value,
        }
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(Kept {
            patterns,
            energy: self.energy(),
        })
    }
}

/// Learning that keeps the patterns and is done.
pub(super) struct Kept {
    pub(super) patterns: Arc<Patterns>,
    pub(super) energy: Energy,
}

impl Learner for Kept {
    fn step(&mut self) -> Option<Lesson> {
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
