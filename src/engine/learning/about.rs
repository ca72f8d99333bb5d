//! What a rule is, in words and numbers: what chooser, sliders, command line and help read.

use crate::engine::error::Error;

/// What a rule is, for the chooser, the settings and the help.
#[derive(Debug, PartialEq)]
pub struct About {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// Where it stands in the chooser.
    pub group: Group,
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
    /// How many of the settings are shown at first; the others stand behind "More settings".
    pub n_first: usize,
    /// Settings by name, with their source.
    pub presets: &'static [Preset],
}

/// Kinds of rules, as the chooser groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Couplings from one pass over the patterns.
    OneShot,
    /// Couplings improved step by step.
    Iterative,
    /// Memories without couplings between pairs of units.
    Dense,
}

impl Group {
    /// Every group, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::OneShot, Self::Iterative, Self::Dense];

    /// Name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::OneShot => "One-shot",
            Self::Iterative => "Iterative",
            Self::Dense => "Dense",
        }
    }
}

/// Settings that have a name.
#[derive(Debug)]
pub struct Preset {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// What it does, and where it comes from.
    pub source: &'static str,
    /// The settings it changes, for patterns of this mean activity, −1 to 1.
    pub settings: fn(f64) -> Vec<(&'static str, f64)>,
}

impl PartialEq for Preset {
    /// Presets are the same if they have the same name.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl About {
    /// The setting called `key`.
    pub(super) fn setting(&self, key: &str) -> Result<&'static Setting, Error> {
        self.settings
            .iter()
            .find(|setting| setting.key == key)
            .ok_or_else(|| unknown("setting", key, self.settings.iter().map(|one| one.key)))
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
    /// A whole number in a range, on a logarithmic slider if `logarithmic`.
    Whole {
        /// Smallest admitted value.
        min: u32,
        /// Largest admitted value.
        max: u32,
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
            SettingKind::Whole { min, max, .. } => (
                (f64::from(min)..=f64::from(max)).contains(&value) && value.fract() == 0.0,
                format!("a whole number from {min} to {max}"),
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
            SettingKind::Number { .. } | SettingKind::Whole { .. } => value.to_string(),
            SettingKind::Choice(names) => names[value as usize].to_owned(),
        }
    }

    /// The value that `text` writes, perhaps outside the range.
    pub(super) fn parse(&self, text: &str) -> Result<f64, Error> {
        let (found, range) = match self.kind {
            SettingKind::Number { .. } | SettingKind::Whole { .. } => {
                (text.parse().ok(), "a number".to_owned())
            }
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

/// A name that is none of the known ones.
pub(super) fn unknown(
    kind: &'static str,
    name: &str,
    known: impl Iterator<Item = &'static str>,
) -> Error {
    let known: Vec<&str> = known.collect();
    Error::Unknown {
        kind,
        name: name.to_owned(),
        known: known.join(", "),
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
