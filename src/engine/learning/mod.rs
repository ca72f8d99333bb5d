//! Learning rules: which there are, what their settings mean, and the run that turns patterns into a memory.
//!
//! A rule is one file and one variant of [`LearningRule`]. The file holds a plain struct of settings that
//! implements [`Rule`]; window, command line and help read its [`About`], so nothing else has to change.
//! Absent: threads (a [`Learner`] is stepped by whoever holds it) and any record of what was learned before.

pub mod gram;
mod hebb;
pub mod projector;
mod pseudo_inverse;

pub use hebb::Hebb;
pub use pseudo_inverse::PseudoInverse;

use super::error::Error;
use super::memory::Memory;
use super::patterns::Patterns;
use std::sync::Arc;

/// Which rule, with its settings: plain data to compare, save, edit and undo.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum LearningRule {
    /// Couplings that count how often two units agree.
    Hebb(Hebb),
    /// Couplings that project onto the space of the patterns.
    PseudoInverse(PseudoInverse),
}

impl LearningRule {
    /// Every rule with its default settings, in the order of the chooser.
    pub const ALL: &'static [fn() -> Self] = &[
        || Self::Hebb(Hebb::default()),
        || Self::PseudoInverse(PseudoInverse::default()),
    ];

    /// The rule's settings, read-only.
    pub fn rule(&self) -> &dyn Rule {
        match self {
            Self::Hebb(rule) => rule,
            Self::PseudoInverse(rule) => rule,
        }
    }

    /// The rule's settings, to change one.
    fn rule_mut(&mut self) -> &mut dyn Rule {
        match self {
            Self::Hebb(rule) => rule,
            Self::PseudoInverse(rule) => rule,
        }
    }

    /// What the rule is and what its settings mean.
    pub fn about(&self) -> &'static About {
        self.rule().about()
    }

    /// The value of the setting called `key`; choices count from 0. `None` if the rule has no such setting.
    pub fn get(&self, key: &str) -> Option<f64> {
        let known = self
            .about()
            .settings
            .iter()
            .any(|setting| setting.key == key);
        known.then(|| self.rule().get(key))
    }

    /// Changes the setting called `key`, which must exist and admit `value`.
    pub fn set(&mut self, key: &str, value: f64) -> Result<(), Error> {
        self.about().setting(key)?.check(value)?;
        self.rule_mut().set(key, value);
        Ok(())
    }

    /// The rule that `text` names: `NAME` or `NAME:key=value,…`, as on the command line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (name, settings) = text.split_once(':').unwrap_or((text, ""));
        let Some(mut rule) = Self::ALL
            .iter()
            .map(|make| make())
            .find(|rule| rule.about().name == name)
        else {
            let names: Vec<&str> = Self::ALL.iter().map(|make| make().about().name).collect();
            return Err(Error::Unknown {
                kind: "rule",
                name: name.to_owned(),
                known: names.join(", "),
            });
        };
        for pair in settings.split(',').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or_else(|| Error::Format {
                expected: "a setting is written key=value".to_owned(),
                found: format!("this one is '{pair}'"),
            })?;
            let value = rule.about().setting(key)?.parse(value)?;
            rule.set(key, value)?;
        }
        Ok(rule)
    }

    /// The rule in the notation of [`Self::parse`], with every setting.
    pub fn notation(&self) -> String {
        let about = self.about();
        let settings: Vec<String> = about
            .settings
            .iter()
            .map(|setting| {
                format!(
                    "{}={}",
                    setting.key,
                    setting.show(self.rule().get(setting.key))
                )
            })
            .collect();
        format!("{}:{}", about.name, settings.join(","))
    }

    /// The only way in: settings are checked here, so that a [`Learner`] never fails later.
    pub fn start(&self, patterns: Arc<Patterns>) -> Result<Box<dyn Learner>, Error> {
        for setting in self.about().settings {
            setting.check(self.rule().get(setting.key))?;
        }
        Ok(self.rule().start(patterns))
    }

    /// Learns `patterns` in one go.
    pub fn learn(&self, patterns: Arc<Patterns>) -> Result<Memory, Error> {
        let mut learner = self.start(patterns)?;
        while learner.step().is_some() {}
        Ok(learner.memory())
    }
}

/// What every rule's settings answer.
pub trait Rule {
    /// What the rule is and what its settings mean.
    fn about(&self) -> &'static About;
    /// The value of a setting that [`Self::about`] lists; choices count from 0.
    fn get(&self, key: &str) -> f64;
    /// Changes a setting that [`Self::about`] lists to a value it admits.
    fn set(&mut self, key: &str, value: f64);
    /// Begins to learn.
    fn start(&self, patterns: Arc<Patterns>) -> Box<dyn Learner>;
}

/// Learning in progress. The result depends on the steps, never on their timing.
pub trait Learner: Send {
    /// Works for a few milliseconds; `None` when there is nothing left to do.
    fn step(&mut self) -> Option<Lesson>;
    /// The memory as learned so far.
    fn memory(&self) -> Memory;
    /// Floating-point operations that the whole run takes, roughly: who must answer within a frame asks first.
    fn work(&self) -> f64;
}

/// What one step of learning tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lesson {
    /// Share of the work done, 0 to 1.
    pub done: f32,
}

/// What a rule is, for the chooser, the settings and the help.
#[derive(Debug, PartialEq)]
pub struct About {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// The couplings in one line; `^` raises and `_` lowers the next sign or `{group}`.
    pub formula: &'static str,
    /// What the symbols of the formula are.
    pub symbols: &'static str,
    /// What the rule does, in one sentence.
    pub summary: &'static str,
    /// How much it holds, in one sentence.
    pub capacity: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// Its settings, the most important first.
    pub settings: &'static [Setting],
}

impl About {
    fn setting(&self, key: &str) -> Result<&'static Setting, Error> {
        self.settings
            .iter()
            .find(|setting| setting.key == key)
            .ok_or_else(|| {
                let keys: Vec<&str> = self.settings.iter().map(|setting| setting.key).collect();
                Error::Unknown {
                    kind: "setting",
                    name: key.to_owned(),
                    known: keys.join(", "),
                }
            })
    }
}

/// One setting of a rule.
#[derive(Debug, PartialEq)]
pub struct Setting {
    /// Name on the command line, lower case.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What the setting does, and what larger does.
    pub help: &'static str,
    /// What it can be.
    pub kind: SettingKind,
}

/// What a setting can be.
#[derive(Debug, PartialEq)]
pub enum SettingKind {
    /// A number in a range, on a logarithmic slider if `logarithmic`.
    Number {
        /// Smallest admitted value.
        min: f64,
        /// Largest admitted value.
        max: f64,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
    },
    /// One of these names; its value is the index.
    Choice(&'static [&'static str]),
}

impl Setting {
    /// Refuses what the setting does not admit.
    pub fn check(&self, value: f64) -> Result<(), Error> {
        let (fits, range) = match self.kind {
            SettingKind::Number { min, max, .. } => (
                (min..=max).contains(&value),
                format!("a number from {min} to {max}"),
            ),
            SettingKind::Choice(names) => (
                (0..names.len()).any(|index| index as f64 == value),
                format!("one of {}", names.join(", ")),
            ),
        };
        if fits {
            Ok(())
        } else {
            Err(Error::Range {
                setting: self.key,
                range,
                value: value.to_string(),
            })
        }
    }

    /// A value as it is written on the command line.
    pub fn show(&self, value: f64) -> String {
        match self.kind {
            SettingKind::Number { .. } => value.to_string(),
            SettingKind::Choice(names) => names[value as usize].to_owned(),
        }
    }

    fn parse(&self, text: &str) -> Result<f64, Error> {
        let (found, range) = match self.kind {
            SettingKind::Number { .. } => (text.parse().ok(), "a number".to_owned()),
            SettingKind::Choice(names) => {
                let index = names
                    .iter()
                    .position(|name| *name == text)
                    .map(|index| index as f64);
                (index, format!("one of {}", names.join(", ")))
            }
        };
        found.ok_or_else(|| Error::Range {
            setting: self.key,
            range,
            value: format!("'{text}'"),
        })
    }
}

/// What becomes of the couplings J_ii of a unit with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Diagonal {
    /// J_ii = 0: the usual choice, the widest basins.
    #[default]
    Zero,
    /// J_ii as the formula gives it: holds every unit where it is.
    Kept,
}

impl Diagonal {
    /// The setting that every rule with a diagonal offers.
    pub(crate) const SETTING: Setting = Setting {
        key: "diagonal",
        label: "Self-coupling",
        help: "Zero: no unit acts on itself. Kept: J_ii stays as the formula gives it, which holds units where they are and shrinks the basins",
        kind: SettingKind::Choice(&["zero", "kept"]),
    };

    pub(crate) fn value(self) -> f64 {
        f64::from(u8::from(self == Self::Kept))
    }

    pub(crate) fn from_value(value: f64) -> Self {
        if value == 0.0 { Self::Zero } else { Self::Kept }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::{Grid, State};
    use crate::engine::rng::stream;
    use ndarray::Array2;
    use rand::RngExt as _;

    fn random_patterns(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
        let mut rng = stream(1, "test patterns");
        let rows =
            Array2::from_shape_simple_fn(
                (n_patterns, n_units),
                || if rng.random() { 1 } else { -1 },
            );
        Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
    }

    #[test]
    fn every_rule_stores_a_pattern_and_gives_the_same_bits_again() {
        let patterns = random_patterns(3, 100);
        for make in LearningRule::ALL {
            let memory = make().learn(Arc::clone(&patterns)).unwrap();
            let state = patterns.state(2);
            let aligned =
                (0..100).all(|i| memory.field(&state, i) * f32::from(state.units()[i]) > 0.0);
            assert!(aligned, "{} does not hold its pattern", make().notation());
            assert_eq!(memory, make().learn(Arc::clone(&patterns)).unwrap());
        }
    }

    #[test]
    fn every_rule_follows_a_permutation_of_the_units() {
        let patterns = random_patterns(4, 30);
        let permuted =
            Array2::from_shape_fn((4, 30), |(p, i)| patterns.rows()[[p, (i * 7 + 3) % 30]]);
        let permuted = Arc::new(Patterns::new(permuted, Grid::near_square(30), None).unwrap());
        for make in LearningRule::ALL {
            let (plain, moved) = (
                make().learn(Arc::clone(&patterns)).unwrap(),
                make().learn(Arc::clone(&permuted)).unwrap(),
            );
            let (plain, moved) = (plain.couplings().unwrap(), moved.couplings().unwrap());
            for (i, j) in (0..30).flat_map(|i| (0..30).map(move |j| (i, j))) {
                let expected = plain.value((i * 7 + 3) % 30, (j * 7 + 3) % 30);
                assert!((moved.value(i, j) - expected).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn every_rule_reads_its_own_notation_and_refuses_nonsense() {
        for make in LearningRule::ALL {
            let rule = make();
            assert_eq!(LearningRule::parse(&rule.notation()).unwrap(), rule);
            let about = rule.about();
            assert!(LearningRule::parse(&format!("{}:none=1", about.name)).is_err());
            for setting in about.settings {
                for value in ["", "nan", "-1", "x"] {
                    let text = format!("{}:{}={value}", about.name, setting.key);
                    let error = LearningRule::parse(&text).unwrap_err().to_string();
                    assert!(error.contains(setting.key), "{text}: {error}");
                }
            }
        }
        let error = LearningRule::parse("hebbian").unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no rule 'hebbian'; known: hebb, pseudo-inverse"
        );
    }

    #[test]
    fn no_rule_makes_a_nan_of_patterns_that_say_nothing() {
        let rows = Array2::from_elem((3, 9), -1_i8);
        let patterns = Arc::new(Patterns::new(rows, Grid::square(3), None).unwrap());
        for make in LearningRule::ALL {
            let memory = make().learn(Arc::clone(&patterns)).unwrap();
            assert!((0..9).all(|i| memory.field(&State::blank(9), i).is_finite()));
        }
    }
}
