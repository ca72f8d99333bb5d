//! What theory expects of a rule at a load, as numbers and in words.
//!
//! The one thing that the remarks beside the sliders and `engram predict` read. The formulas are in the other files here, and which of them hold for a rule is in the
//! rule's own.

use crate::engine::patterns::Patterns;

/// How much is stored: P random patterns of N units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Units N, 1 or more.
    pub n_units: usize,
    /// Patterns P, 1 or more.
    pub n_patterns: usize,
    /// Mean activity ā of the patterns, −1 to 1.
    pub activity: f64,
}

impl Load {
    /// That of `patterns`.
    pub fn of(patterns: &Patterns) -> Self {
        Self {
            n_units: patterns.n_units(),
            n_patterns: patterns.n_patterns(),
            activity: patterns.mean_activity(),
        }
    }

    /// α = P/N.
    pub fn alpha(self) -> f64 {
        self.n_patterns as f64 / self.n_units as f64
    }
}

/// How many patterns a rule holds, by some criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    /// Their number; infinite where that is beyond all numbers.
    pub n_patterns: f64,
    /// Its natural logarithm; −∞ for none.
    pub ln_patterns: f64,
    /// What is true of the patterns up to there.
    pub criterion: &'static str,
}

impl Capacity {
    /// Of so many patterns.
    pub fn of(n_patterns: f64, criterion: &'static str) -> Self {
        Self {
            n_patterns,
            ln_patterns: libm::log(n_patterns),
            criterion,
        }
    }

    /// Of e to the power of so many patterns.
    pub fn exponential(ln_patterns: f64, criterion: &'static str) -> Self {
        Self {
            n_patterns: libm::exp(ln_patterns),
            ln_patterns,
            criterion,
        }
    }
}

/// What theory says of random patterns at a load. What it does not say is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expectation {
    /// (signal / noise)² of the field of a unit in a stored pattern.
    pub signal_to_noise: Option<f64>,
    /// Share of the units of a stored pattern that are wrong after one step, 0 to 1.
    pub bit_error: Option<f64>,
    /// The overlap at which stored patterns settle in large networks; 0 where they are lost.
    pub overlap: Option<f64>,
    /// The overlap with its pattern from which a cue comes back; above 1, none does.
    pub cue_overlap: Option<f64>,
    /// The largest stability κ(α) that couplings can have; 0 where no couplings hold all patterns.
    pub stability: Option<f64>,
    /// How many patterns are held.
    pub capacity: Option<Capacity>,
    /// All that there is to say, a sentence each.
    pub said: Vec<String>,
}
