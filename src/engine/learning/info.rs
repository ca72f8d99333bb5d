//! What a rule is, in words and numbers: what chooser, sliders, command line and help read.

use super::symbols::Symbol;
use crate::engine::settings::{Choices as _, Setting, SettingKind, choices};

/// What a rule is, for the chooser, the settings and the help.
#[derive(Debug, PartialEq)]
pub struct RuleInfo {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// Where it stands in the chooser.
    pub group: Group,
    /// What the rule computes, in TeX.
    pub formula: &'static str,
    /// What the symbols of the formula are, under any settings.
    pub legend: &'static [Symbol],
    /// What the rule does, in one sentence.
    pub summary: &'static str,
    /// How much it holds, in one sentence.
    pub capacity: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
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
    /// Couplings between letters.
    Letters,
}

impl Group {
    /// Every group, in the order of the chooser.
    pub const ALL: [Self; 4] = [Self::OneShot, Self::Iterative, Self::Dense, Self::Letters];

    /// Name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::OneShot => "One-shot",
            Self::Iterative => "Iterative",
            Self::Dense => "Dense",
            Self::Letters => "For letters",
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

/// What becomes of the couplings J_ii of a unit with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Diagonal {
    /// J_ii = 0: the usual choice, the widest basins.
    #[default]
    Zero,
    /// J_ii as the formula gives it: holds every unit where it is.
    Kept,
}

choices!(Diagonal: Zero = "zero", Kept = "kept" / "as learned");

impl Diagonal {
    /// The setting that every rule with a diagonal offers.
    pub(crate) const SETTING: Setting = Setting {
        key: "diagonal",
        label: "Self-coupling",
        help: "Zero: no unit acts on itself. As learned: J_ii stays as the formula gives it, which keeps units where they are and shrinks the basins",
        kind: SettingKind::Choice(Self::ITEMS),
    };
}
