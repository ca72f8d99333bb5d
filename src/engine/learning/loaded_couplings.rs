//! Couplings that were learned elsewhere: nothing is learned, they are taken as they are.
//!
//! No one of the chooser's rules: it comes with a file of couplings. Patterns only say what is compared with what.

use super::info::{Group, RuleInfo};
use super::run::{Learner, Rule, StepReport};
use super::symbols::{Shows, Symbol};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Field, Settings};
use std::sync::Arc;

/// Couplings out of a file.
#[derive(Debug, Clone)]
pub struct LoadedCouplings {
    name: String,
    couplings: Arc<Couplings>,
    losses: Vec<String>,
}

impl LoadedCouplings {
    /// These couplings, read from the file called `name`.
    pub fn new(name: impl Into<String>, couplings: Arc<Couplings>) -> Self {
        Self {
            name: name.into(),
            couplings,
            losses: Vec::new(),
        }
    }

    /// The same, where `losses` are to be said of how they were read.
    #[must_use]
    pub fn with_losses(self, losses: Vec<String>) -> Self {
        Self { losses, ..self }
    }

    /// What single precision did not hold when they were read, in sentences. A session that was saved and opened again
    /// does not know it.
    pub fn losses(&self) -> &[String] {
        &self.losses
    }

    /// The couplings.
    pub fn couplings(&self) -> &Arc<Couplings> {
        &self.couplings
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl PartialEq for LoadedCouplings {
    /// The same couplings of the same file. The very same, as in every frame, are known at once; others differ at one
    /// of the first numbers, and those of a session that was saved and opened again are compared to the last.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && (Arc::ptr_eq(&self.couplings, &other.couplings) || self.couplings == other.couplings)
    }
}

/// What the rule is.
const ABOUT: RuleInfo = RuleInfo {
    name: "given",
    title: "Couplings from a file",
    group: Group::OneShot,
    formula: r"J \text{ as it is in the file}",
    legend: &[Symbol::new(
        r"J_{ij}",
        "coupling from unit j to unit i",
        Shows::Couplings,
    )],
    summary: "Couplings that were learned elsewhere, to be probed here",
    capacity: "The margins (Memory statistics) say which of the patterns are fixed points",
    reference: "Your own",
    n_first: 0,
    presets: &[],
};

impl Settings for LoadedCouplings {
    const FIELDS: &'static [Field<Self>] = &[];
}

impl Rule for LoadedCouplings {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn check(&self, patterns: &Patterns) -> Result<(), Error> {
        let (given, needed) = (self.couplings.n_units(), patterns.n_units());
        if given == needed {
            return Ok(());
        }
        let problem = Error::Shape {
            what: "the couplings",
            expected: format!("{needed} rows and columns, as many as patterns have units"),
            found: format!("{given} × {given}"),
        };
        Err(problem.in_source(self.name.clone()))
    }

    fn start(&self, _patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(Nothing(Arc::clone(&self.couplings)))
    }

    fn remarks(&self, _patterns: &Patterns) -> Vec<String> {
        let mut remarks = vec![format!("Read from {}", self.name)];
        remarks.extend_from_slice(&self.losses);
        remarks
    }
}

/// Learning with nothing to learn.
struct Nothing(Arc<Couplings>);

impl Learner for Nothing {
    fn step(&mut self) -> Option<StepReport> {
        None
    }

    fn memory(&self) -> Result<Memory, Error> {
        Ok(Memory::Pairwise(Couplings::clone(&self.0)))
    }

    fn work(&self) -> f64 {
        (self.0.n_units() as f64).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Grid, LearningRule};
    use ndarray::array;

    #[test]
    fn given_couplings_are_the_memory_of_patterns_that_fit() {
        let couplings = Couplings::new(array![[0.0, 2.0], [-1.0, 0.0]], 1.0).unwrap();
        let rule = LearningRule::LoadedCouplings(LoadedCouplings::new(
            "J.npy",
            Arc::new(couplings.clone()),
        ));
        let two = Patterns::new(array![[1, -1]], Grid::near_square(2), None).unwrap();
        assert_eq!(
            rule.learn(Arc::new(two), 1),
            Ok(Memory::Pairwise(couplings))
        );
        let three = Patterns::new(array![[1, -1, 1]], Grid::near_square(3), None).unwrap();
        assert_eq!(
            rule.learn(Arc::new(three), 1).unwrap_err().to_string(),
            "J.npy: the couplings must have 3 rows and columns, as many as patterns have units, not 2 × 2"
        );
        assert_eq!(rule, rule.clone());
        assert!(LearningRule::named("given").is_err());
    }
}
