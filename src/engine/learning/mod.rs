//! Learning rules: which there are, what their settings mean, and the run that turns patterns into a memory.
//!
//! A rule is one file with its `mod` line, and one entry in the list below. The file holds a plain struct of settings
//! with its table ([`Settings`](super::settings::Settings)) that implements [`Rule`]; window, command line and help
//! read its [`RuleInfo`] and its table, so nothing else has to change.
//! Absent: threads (a [`Learner`] is stepped by whoever holds it) and any record of what was learned before.

mod dense;
mod hebb;
mod info;
mod loaded_couplings;
mod max_stability;
mod modern;
mod perceptron;
mod potts;
mod potts_hebb;
mod pseudo_inverse;
pub mod pseudo_likelihood;
mod run;
pub(crate) mod shared;
mod storkey;
pub mod symbols;
mod taylor;
mod unlearning;

pub use super::settings::{Setting, SettingKind};
pub use dense::Function;
pub use hebb::Centring;
pub use info::{Diagonal, Group, Preset, RuleInfo};
pub use max_stability::Algorithm;
pub use potts::PottsTie;
pub use potts_hebb::LetterCentring;
pub use run::{Learner, Metrics, Rule, StepReport};
pub use storkey::StorkeyOrder;
pub use symbols::{Shows, Symbol};
pub use taylor::{Coding, PresentationOrder};

use super::couplings::Couplings;
use super::error::Error;
use super::memory::Memory;
use super::patterns::{Alphabet, Grid, Patterns, State};
use super::settings::{AnySettings, Kinds, notation, unknown};
use std::sync::Arc;

/// The choice of rules, each as the file and the struct of its settings: every one named before the semicolon is
/// offered everywhere, the others come with a file that is opened.
macro_rules! rules {
    ($($(#[$doc:meta])* $file:ident::$name:ident,)*;
     $($(#[$other_doc:meta])* $other_file:ident::$other:ident,)*) => {
        $(pub use $file::$name;)*
        $(pub use $other_file::$other;)*

        /// Which rule, with its settings: plain data to compare, save, edit and undo.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum LearningRule {
            $($(#[$doc])* $name($name),)*
            $($(#[$other_doc])* $other($other),)*
        }

        impl LearningRule {
            /// Every rule with its default settings, in the order of the chooser.
            pub const ALL: &'static [fn() -> Self] = &[$(|| Self::$name($name::default()),)*];

            /// The rule's settings, read-only.
            pub fn rule(&self) -> &dyn Rule {
                match self {
                    $(Self::$name(rule) => rule,)*
                    $(Self::$other(rule) => rule,)*
                }
            }

            /// The rule's settings, to change one.
            fn rule_mut(&mut self) -> &mut dyn Rule {
                match self {
                    $(Self::$name(rule) => rule,)*
                    $(Self::$other(rule) => rule,)*
                }
            }
        }
    };
}

rules! {
    /// Couplings that count how often two units agree.
    hebb::Hebb,
    /// Couplings that project onto the space of the patterns.
    pseudo_inverse::PseudoInverse,
    /// Couplings that leave out what they already say of a pattern.
    storkey::Storkey,
    /// Couplings that dreams have cleared of what is no pattern.
    unlearning::Unlearning,
    /// Couplings by the Taylor expansion of a local rule.
    taylor::Taylor,
    /// Couplings corrected wherever a pattern lacks its margin.
    perceptron::Perceptron,
    /// Couplings whose least stable pattern is as stable as can be.
    max_stability::MaxStability,
    /// Couplings that make every stored unit likely, given all others.
    pseudo_likelihood::PseudoLikelihood,
    /// Patterns under a polynomial or an exponential of the overlaps.
    dense::Dense,
    /// Patterns under a log-sum-exp of the overlaps.
    modern::Modern,
    /// Couplings between letters that occur together.
    potts_hebb::PottsHebb,
    /// Couplings between letters that make every letter likely, given all others.
    potts::Potts,
    ;
    /// Couplings that were learned elsewhere.
    loaded_couplings::LoadedCouplings,
}

impl LearningRule {
    /// What the rule is and what its settings mean.
    pub fn about(&self) -> &'static RuleInfo {
        self.rule().about()
    }

    /// The value of the setting called `key`; choices count from 0. `None` if the rule has no such setting.
    pub fn get(&self, key: &str) -> Option<f64> {
        self.rule().get(key)
    }

    /// Changes the setting called `key`, which must exist and admit `value`.
    pub fn set(&mut self, key: &str, value: f64) -> Result<(), Error> {
        self.rule_mut().set(key, value)
    }

    /// The rule that `text` names: `NAME` or `NAME:key=value,…`, as on the command line. `preset=NAME` or, for patterns of
    /// mean activity ā, `preset=NAME@ā` stands for the settings of a preset. Refused: a setting that does nothing beside
    /// the others.
    pub fn parse(text: &str) -> Result<Self, Error> {
        notation::parse(text)
    }

    /// The rule called `name`, with its default settings.
    pub fn named(name: &str) -> Result<Self, Error> {
        notation::named(name)
    }

    /// Takes over what `text` says of a preset, `NAME` or `NAME@ā`.
    fn take_preset(&mut self, text: &str) -> Result<(), Error> {
        let (preset, activity) = match text.split_once('@') {
            Some(parts) => parts,
            None if self.asks_for_activity(text) => {
                return Err(Error::Format {
                    expected: format!(
                        "this preset is for patterns of a mean activity from -1 to 1, written preset={text}@activity"
                    ),
                    found: "there is none".to_owned(),
                });
            }
            None => (text, "0"),
        };
        let activity = activity.parse().map_err(|_not_a_number| Error::Range {
            setting: "a preset's mean activity",
            range: "a number from -1 to 1".to_owned(),
            value: format!("'{activity}'"),
        });
        self.apply_preset(preset, activity?)
    }

    /// Whether the preset called `name` depends on the mean activity of the patterns.
    fn asks_for_activity(&self, name: &str) -> bool {
        let mut presets = self.about().presets.iter();
        let preset = presets.find(|preset| preset.name == name);
        preset.is_some_and(|preset| (preset.settings)(0.0) != (preset.settings)(0.5))
    }

    /// Takes over the settings of the preset called `name`, for patterns of mean activity `activity`, −1 to 1.
    pub fn apply_preset(&mut self, name: &str, activity: f64) -> Result<(), Error> {
        let presets = self.about().presets;
        let preset = presets.iter().find(|preset| preset.name == name);
        let preset =
            preset.ok_or_else(|| unknown("preset", name, presets.iter().map(|one| one.name)))?;
        if !(-1.0..=1.0).contains(&activity) {
            return Err(Error::Range {
                setting: "a preset's mean activity",
                range: "a number from -1 to 1".to_owned(),
                value: activity.to_string(),
            });
        }
        self.set_all(&(preset.settings)(activity))
    }

    /// Changes all of these settings, or none where one of them is refused.
    fn set_all(&mut self, values: &[(&str, f64)]) -> Result<(), Error> {
        let mut changed = self.clone();
        for (key, value) in values {
            changed.set(key, *value)?;
        }
        *self = changed;
        Ok(())
    }

    /// The rule in the notation of [`Self::parse`], with every setting that makes a difference.
    pub fn notation(&self) -> String {
        notation::write(self.about().name, self.rule())
    }

    /// Refuses patterns of units that the rule is not for: letters instead of ±1, or the other way round.
    pub fn suits(&self, patterns: &Patterns) -> Result<(), Error> {
        self.rule().suits(patterns)
    }

    /// Whether the rule is for units that can be what `alphabet` has.
    pub fn is_for(&self, alphabet: Alphabet) -> bool {
        let one = Patterns::of_states(&[State::blank_of(alphabet, 1)], Grid::square(1));
        one.is_ok_and(|patterns| self.suits(&patterns).is_ok())
    }

    /// The only way in: settings are checked here, so that only what learning itself brings to light can fail later.
    pub fn start(&self, patterns: Arc<Patterns>, seed: u64) -> Result<Box<dyn Learner>, Error> {
        self.check(&patterns)?;
        Ok(self.rule().start(patterns, seed))
    }

    /// The same from the couplings `first`, N × N, in place of the rule's own start. Refused: a rule that does not go from
    /// couplings to better ones, another number of units, and self-couplings.
    pub fn start_from(
        &self,
        patterns: Arc<Patterns>,
        seed: u64,
        first: &Couplings,
    ) -> Result<Box<dyn Learner>, Error> {
        self.check(&patterns)?;
        let (given, needed) = (first.n_units(), patterns.n_units());
        if given != needed {
            return Err(Error::Shape {
                what: "the couplings to start from",
                expected: format!("{needed} rows and columns, as many as patterns have units"),
                found: format!("{given} × {given}"),
            });
        }
        if let Some(unit) = (0..given).find(|unit| first.value(*unit, *unit) != 0.0) {
            return Err(Error::Format {
                expected: "couplings to start from have no self-couplings".to_owned(),
                found: format!(
                    "J of unit {unit} with itself is {}",
                    first.value(unit, unit)
                ),
            });
        }
        let learner = self.rule().start_from(patterns, seed, first);
        learner.ok_or_else(|| Error::Idle {
            setting: "a start from couplings",
            others: self.notation(),
        })
    }

    /// Refuses settings outside their range.
    pub fn check_settings(&self) -> Result<(), Error> {
        self.rule().check_all()
    }

    /// Refuses settings outside their range, and what does not go together with `patterns`.
    pub fn check(&self, patterns: &Patterns) -> Result<(), Error> {
        self.check_settings()?;
        self.suits(patterns)?;
        self.rule().check(patterns)
    }

    /// Learns `patterns` in one go.
    pub fn learn(&self, patterns: Arc<Patterns>, seed: u64) -> Result<Memory, Error> {
        let mut learner = self.start(patterns, seed)?;
        while learner.step().is_some() {}
        learner.memory()
    }
}

impl Kinds for LearningRule {
    const NOUN: &'static str = "rule";

    fn all() -> Vec<Self> {
        Self::ALL.iter().map(|make| make()).collect()
    }

    fn kind(&self) -> &'static str {
        self.about().name
    }

    fn any(&self) -> &dyn AnySettings {
        self.rule()
    }

    fn any_mut(&mut self) -> &mut dyn AnySettings {
        self.rule_mut()
    }

    fn take_special(&mut self, key: &str, value: &str) -> Result<bool, Error> {
        if key == "preset" {
            self.take_preset(value)?;
        }
        Ok(key == "preset")
    }
}

#[cfg(test)]
mod tests;
