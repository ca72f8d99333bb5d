//! One setting: its name, what it can be, and how its values are written.

use crate::engine::error::Error;
use crate::engine::numbers::plain;

/// One setting of a rule, a world or of anything else that can be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Name on the command line, in paths and documents, lower case.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What the setting does, and what larger does.
    pub help: &'static str,
    /// What it can be.
    pub kind: SettingKind,
}

/// What a setting can be.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// A whole number in a range, on a logarithmic slider if `logarithmic`.
    Whole {
        /// Smallest admitted value.
        min: i32,
        /// Largest admitted value.
        max: i32,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
    },
    /// An even number in a range.
    Even {
        /// Smallest admitted value, even.
        min: i32,
        /// Largest admitted value.
        max: i32,
    },
    /// One of these; its value is the index.
    Choice(&'static [Item]),
    /// Some of these, at least one; its value is the sum of 2^index over them.
    Several(&'static [Item]),
}

/// One of the things that a setting can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Name on the command line and in documents.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
}

impl Item {
    /// An item that has the same name everywhere.
    pub const fn new(key: &'static str) -> Self {
        Self { key, label: key }
    }
}

/// What a setting is, as people and documents write it: a number, or the keys of choices.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number, exactly.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A number in digits, or the keys of what was chosen, with + between.
    Text(String),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Whole numbers below this are the same as 64-bit floating-point numbers and as integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Setting {
    /// The smallest and the largest value.
    pub fn ends(&self) -> [f64; 2] {
        match self.kind {
            SettingKind::Number { min, max, .. } => [min, max],
            SettingKind::Whole { min, max, .. } | SettingKind::Even { min, max } => {
                [f64::from(min), f64::from(max)]
            }
            SettingKind::Choice(items) => [0.0, (items.len() - 1) as f64],
            SettingKind::Several(items) => [1.0, (1_u64 << items.len()) as f64 - 1.0],
        }
    }

    /// Refuses what the setting does not admit.
    pub fn check(&self, value: f64) -> Result<(), Error> {
        let within = |min: i32, max: i32| (f64::from(min)..=f64::from(max)).contains(&value);
        let fits = match self.kind {
            SettingKind::Number { min, max, .. } => (min..=max).contains(&value),
            SettingKind::Whole { min, max, .. } => within(min, max) && value.fract() == 0.0,
            SettingKind::Even { min, max } => within(min, max) && value % 2.0 == 0.0,
            SettingKind::Choice(items) => (0..items.len()).any(|index| index as f64 == value),
            SettingKind::Several(items) => {
                value.fract() == 0.0 && (1.0..2_f64.powi(items.len() as i32)).contains(&value)
            }
        };
        if fits {
            Ok(())
        } else {
            Err(self.refusal(value.to_string()))
        }
    }

    /// What it can be, in words: "a number from 0 to 1".
    pub fn range(&self) -> String {
        match self.kind {
            SettingKind::Number { min, max, .. } => format!("a number from {min} to {max}"),
            SettingKind::Whole { min, max, .. } => format!("a whole number from {min} to {max}"),
            SettingKind::Even { min, max } => format!("an even number from {min} to {max}"),
            SettingKind::Choice(items) => format!("one of {}", keys(items)),
            SettingKind::Several(items) => format!("some of {}, with + between", keys(items)),
        }
    }

    /// A value as it is written on the command line.
    pub fn show(&self, value: f64) -> String {
        let names = self.chosen(value, |item| item.key);
        names.map_or_else(|| value.to_string(), |names| names.join("+"))
    }

    /// A value as people read it: rounded, choices by their labels.
    pub fn in_words(&self, value: f64) -> String {
        let names = self.chosen(value, |item| item.label);
        names.map_or_else(|| plain(value), |names| names.join(", "))
    }

    /// Names of what `value` chooses, where there is a choice.
    fn chosen(&self, value: f64, name: fn(&Item) -> &str) -> Option<Vec<&str>> {
        match self.kind {
            SettingKind::Choice(items) => Some(vec![name(&items[value as usize])]),
            SettingKind::Several(items) => {
                let items = items.iter().enumerate();
                let chosen = items.filter(|(index, _)| value as u64 >> index & 1 == 1);
                Some(chosen.map(|(_, item)| name(item)).collect())
            }
            _ => None,
        }
    }

    /// The value that `text` writes, perhaps outside the range.
    pub(crate) fn parse(&self, text: &str) -> Result<f64, Error> {
        let found = match self.kind {
            SettingKind::Choice(items) => place(items, text).map(|index| index as f64),
            SettingKind::Several(items) => {
                let bits = text.split('+').map(|one| place(items, one.trim()));
                let sum = bits.map(|bit| bit.map(|bit| 1_u64 << bit));
                let sum: Option<Vec<u64>> = sum.collect();
                sum.map(|bits| bits.iter().fold(0, |all, bit| all | bit) as f64)
            }
            _ => text.parse().ok(),
        };
        found.ok_or_else(|| self.refusal(format!("'{text}'")))
    }

    /// A value as plain data.
    pub fn write(&self, value: f64) -> Value {
        match self.kind {
            SettingKind::Choice(_) | SettingKind::Several(_) => Value::Text(self.show(value)),
            _ if value.fract() == 0.0
                && (0.0..EXACT).contains(&value)
                && value.is_sign_positive() =>
            {
                Value::Whole(value as u64)
            }
            _ => Value::Number(value),
        }
    }

    /// The value that plain data stand for, perhaps outside the range; a choice that looks like a number is one by
    /// its key.
    pub fn read(&self, value: &Value) -> Result<f64, Error> {
        match (value, self.kind) {
            (
                Value::Number(number),
                SettingKind::Number { .. } | SettingKind::Whole { .. } | SettingKind::Even { .. },
            ) => Ok(*number),
            (value, _) => self.parse(&value.to_string()),
        }
    }

    fn refusal(&self, value: String) -> Error {
        Error::Range {
            setting: self.key,
            range: self.range(),
            value,
        }
    }
}

/// The keys of `items`, with commas.
fn keys(items: &[Item]) -> String {
    let keys: Vec<&str> = items.iter().map(|item| item.key).collect();
    keys.join(", ")
}

/// Where the item called `key` stands.
fn place(items: &[Item], key: &str) -> Option<usize> {
    items.iter().position(|item| item.key == key)
}

/// A name that is none of the known ones.
pub(crate) fn unknown<'a>(
    kind: &'static str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Error {
    let known: Vec<&str> = known.collect();
    Error::Unknown {
        kind,
        name: name.to_owned(),
        known: known.join(", "),
    }
}
