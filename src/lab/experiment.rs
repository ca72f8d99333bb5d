//! What every experiment says of itself, and what it does with one network.

use super::case::{Case, Sample};
use super::columns::Column;
use super::sites::Sites;
use super::statistics::{Curve, CurveReading};
use crate::engine::Error;
use crate::engine::corrupt::Corruption;
use crate::engine::settings::AnySettings;
use crate::trial::Recipe;
use std::borrow::Cow;

/// What an experiment is called and what it is for.
#[derive(Debug)]
pub struct ExperimentInfo {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// What it asks, a sentence.
    pub question: &'static str,
    /// How to read the answer, a sentence.
    pub reading: &'static str,
    /// The world that it starts from, as on the command line.
    pub world: &'static str,
    /// The rules that it starts from.
    pub rules: &'static [&'static str],
    /// The dynamics that it starts from.
    pub dynamics: &'static str,
    /// The further axes that it starts from.
    pub vary: &'static [&'static str],
    /// How often each cell is worked out, where nobody says.
    pub repeats: usize,
}

/// The axis that an experiment has of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAxis {
    /// Its column.
    pub column: Column,
    /// What stands along it on screen.
    pub label: &'static str,
    /// Its values, in the order of the rows.
    pub values: Vec<f64>,
    /// Whether it is drawn logarithmically.
    pub logarithmic: bool,
}

/// Which columns a figure shows of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The column that goes up.
    pub up: &'static str,
    /// What stands along the upright axis.
    pub label: &'static str,
    /// Columns of the lower and the upper end of error bars, or one column of a standard error.
    pub error: ErrorBars,
    /// Further columns that are drawn as points of their own, with their names on screen.
    pub beside: &'static [(&'static str, &'static str)],
    /// The lower and the upper end of the axis; where it is logarithmic, only as long as there is no point.
    pub range: [f64; 2],
    /// Whether it is drawn logarithmically.
    pub logarithmic: bool,
    /// A level that means something, with its name.
    pub level: Option<(f64, &'static str)>,
}

/// What the error bars of a figure are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorBars {
    /// From one column to another.
    Between(&'static str, &'static str),
    /// As far as this column to either side.
    Around(&'static str),
    /// There are none.
    None,
}

/// A line that theory draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Theory {
    /// What it is, in words.
    pub name: String,
    /// Its formula, as plain text.
    pub formula: Cow<'static, str>,
    /// Its points: places along the own axis, and heights.
    pub points: Vec<[f64; 2]>,
}

/// A place along the own axis that theory marks.
#[derive(Debug, Clone, PartialEq)]
pub struct TheoryMark {
    /// Where.
    pub at: f64,
    /// What it is, with its formula.
    pub name: &'static str,
}

/// How curves that differ in the number of units alone are laid together: see [`collapse`](super::collapse). What is shown
/// of them is a share of `n`, and its error bars are of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaling {
    /// The letter of the own axis.
    pub symbol: &'static str,
    /// That of the place where curves cross.
    pub critical: &'static str,
}

/// How a grid of loads and places on the own axis is shown: as a map, a cell a place.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadPlane {
    /// What theory draws over it: points of loads and places on the own axis.
    pub lines: Vec<Theory>,
}

/// A number that is read off a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its key in JSON; that of its error is this with `_error`, that of which bound it is with `_bound`.
    pub key: &'static str,
    /// What it is called on screen.
    pub label: &'static str,
    /// The number; none where there is nothing to read.
    pub reading: Option<CurveReading>,
}

/// An experiment: an axis of its own, columns, and how its numbers come about.
pub trait Experiment: AnySettings + std::fmt::Debug + Send + Sync {
    /// What it is called and what it is for.
    fn about(&self) -> &'static ExperimentInfo;

    /// Its own axis.
    fn axis(&self) -> OwnAxis;

    /// Its columns after the axes and the rule.
    fn columns(&self) -> Vec<Column>;

    /// What a figure shows of it.
    fn shown(&self) -> Shown;

    /// Whether a place on the own axis is another network.
    fn moves_network(&self) -> bool {
        false
    }

    /// What corrupts a stored pattern at `own` into a cue, `seed` saying what is left to chance; none where there is no
    /// such cue at each place. Its [`Self::sample`] makes its first cue of the first pattern that is tried, by this.
    fn corruption(&self, _own: f64, _sites: Sites, _seed: u64) -> Option<Corruption> {
        None
    }

    /// Whether a place on the axes is one network, which can be opened.
    fn is_one_network(&self) -> bool {
        true
    }

    /// The keys of all [readings](Self::readings), in their order.
    fn reading_keys(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether examples that are never stored are looked at.
    fn needs_unseen(&self) -> bool {
        false
    }

    /// Puts `value` of the own axis into `recipe`, whose world has `n_units` units; nothing where the axis is no setting
    /// of the network.
    fn apply(&self, _recipe: &mut Recipe, _n_units: usize, _value: f64) -> Result<(), Error> {
        Ok(())
    }

    /// What the network of `case` gives.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error>;

    /// The entries of the columns, out of the samples of all repeats, in their order.
    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>>;

    /// Values of the main quantity by independent blocks, for errors of what is read off a curve: each repeat, or each
    /// pattern where there is one repeat.
    fn blocks(&self, samples: &[Sample]) -> Vec<f64>;

    /// What theory draws for the network of `case`, whatever the place on the own axis.
    fn theory(&self, _case: &Case<'_>) -> Vec<Theory> {
        Vec::new()
    }

    /// Places along the own axis that theory marks for the network of `recipe`.
    fn marks(&self, _recipe: &Recipe) -> Vec<TheoryMark> {
        Vec::new()
    }

    /// How curves that differ in the number of units alone are laid together; none where they are not.
    fn scaling(&self) -> Option<Scaling> {
        None
    }

    /// How a grid of it over loads is shown, for the network of `recipe`; none where curves say all.
    fn plane(&self, _recipe: &Recipe) -> Option<LoadPlane> {
        None
    }

    /// The numbers that are read off a curve.
    fn readings(&self, _curve: &Curve) -> Vec<Named> {
        Vec::new()
    }

    /// Further numbers, read where `readings` are: the entry of a column at a place on the own axis.
    fn readings_beside(
        &self,
        _readings: &[Named],
        _at: &dyn Fn(f64, &str) -> Option<f64>,
    ) -> Vec<Named> {
        Vec::new()
    }

    /// What the curve called `name` says, a sentence; empty where there is nothing to say.
    fn says(&self, _name: &str, _curve: &Curve, _readings: &[Named]) -> String {
        String::new()
    }
}
