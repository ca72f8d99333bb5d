//! Learning under way: what every rule's settings answer, and what one step of learning tells.

use super::info::RuleInfo;
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::{Alphabet, Patterns};
use crate::engine::settings::AnySettings;
use crate::engine::theory::expectation::{Expectation, Load};
use std::borrow::Cow;
use std::sync::Arc;

/// What every rule answers, besides what its table of [settings](crate::engine::settings::Settings) says.
pub trait Rule: AnySettings {
    /// What the rule is.
    fn about(&self) -> &'static RuleInfo;
    /// Begins to learn `patterns`, which [suit](Self::suits) the rule; `seed` decides whatever is random in it. Quick:
    /// all sums over the patterns are left to the learner's steps.
    fn start(&self, patterns: Arc<Patterns>, seed: u64) -> Box<dyn Learner>;

    /// The same from `first`, couplings of as many units without self-couplings, in place of the rule's own start; `None`
    /// where it does not go step by step from couplings to better ones.
    fn start_from(
        &self,
        _patterns: Arc<Patterns>,
        _seed: u64,
        _first: &Couplings,
    ) -> Option<Box<dyn Learner>> {
        None
    }

    /// The formula, with the numbers of the settings where that says more.
    fn formula(&self) -> Cow<'static, str> {
        self.about().formula.into()
    }

    /// The setting called `key` as a symbol, in TeX, and what it multiplies; `None` where its label says it.
    fn symbol(&self, _key: &str) -> Option<String> {
        None
    }

    /// Refuses patterns of units that the rule is not for. Asked for in every frame.
    fn suits(&self, patterns: &Patterns) -> Result<(), Error> {
        match patterns.alphabet() {
            Alphabet::Signs => Ok(()),
            Alphabet::Letters(_) => Err(Error::Format {
                expected: format!("the rule {} is for units of ±1", self.about().name),
                found: format!("these are {}", patterns.alphabet()),
            }),
        }
    }

    /// Refuses settings that do not go together, or not with these patterns.
    fn check(&self, _patterns: &Patterns) -> Result<(), Error> {
        Ok(())
    }

    /// What theory expects of random patterns at `load`; `None` where it says nothing of the rule.
    fn expectation(&self, _load: Load) -> Option<Expectation> {
        None
    }

    /// What the settings mean for these patterns, by theory: a sentence each. Asked for in every frame.
    fn remarks(&self, patterns: &Patterns) -> Vec<String> {
        let expected = self.expectation(Load::of(patterns));
        expected.map_or_else(Vec::new, |expected| expected.said)
    }
}

/// Learning in progress. The result depends on the steps, never on their timing.
pub trait Learner: Send {
    /// Works for a few milliseconds; `None` when there is nothing left to do.
    fn step(&mut self) -> Option<StepReport>;
    /// The memory as learned so far; refused where learning has left the finite numbers.
    fn memory(&self) -> Result<Memory, Error>;
    /// Floating-point operations that the whole run takes, roughly: who must answer within a frame asks first.
    fn work(&self) -> f64;

    /// What is to be said of how learning ended: a goal that was not reached, a limit that was.
    fn ending(&self) -> Option<String> {
        None
    }
}

/// What one step of learning tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Share of the work done, 0 to 1.
    pub done: f32,
    /// Where an iterative rule stands; `None` for one that is done after one pass.
    pub standing: Option<Metrics>,
}

impl StepReport {
    /// So much of one pass is done.
    pub fn one_shot(done: f32) -> Self {
        Self {
            done,
            standing: None,
        }
    }
}

/// Where an iterative rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Metrics {
    /// Iterations done: passes over the patterns, or steps of the optimiser.
    pub iteration: u64,
    /// What is being made small, if the rule makes something small; a mean over units and patterns.
    pub loss: Option<f64>,
    /// Norm of the gradient of the loss, over its norm at J = 0.
    pub gradient: Option<f64>,
    /// Mean Euclidean norm of the rows, ⟨|J_i|⟩.
    pub row_norm: Option<f64>,
    /// Smallest margin ξ_i h_i / |J_i| over units and patterns.
    pub margin: Option<f64>,
}
