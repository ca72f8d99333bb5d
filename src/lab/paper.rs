//! Published numbers beside measured ones: the figures of paper A (D'Amico et al. 2025, arXiv 2507.05147), the capacity
//! claims of paper B, and what theory has said before them.
//!
//! A check is a line of the table: what is measured, how (a recipe of the lab and a column, or a closed form), what was
//! published, and how far both may be apart. Absent: printing.

mod table;

use super::columns::Finished;
use super::plan::LabPlan;
use super::recipe::{LabRecipe, named_world};
use super::statistics::CurveReading;
use super::steps::run;
use crate::engine::Error;
use std::collections::BTreeMap;
use std::sync::Arc;
use table::TABLE;

/// One comparison.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The place in the literature: "Haykin", "paper A, MNIST".
    pub source: &'static str,
    /// What is measured.
    pub what: &'static str,
    /// How.
    pub how: How,
    /// The number that was published.
    pub published: f64,
    /// How far the measured one may be away.
    pub within: Within,
    /// Whether it takes a second or two, so that it is run with every change of the program.
    pub quick: bool,
}

/// How a number is measured.
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// Parts of a recipe by name (see [`LabRecipe::read`]), the row, and the column.
    Cell(&'static [(&'static str, &'static str)], usize, &'static str),
    /// Parts of a recipe, the series, and the key of what is read off its curve.
    Read(&'static [(&'static str, &'static str)], usize, &'static str),
    /// A closed form.
    Form(fn() -> f64),
}

/// A tolerance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Within {
    /// So much.
    Absolute(f64),
    /// Such a share of what was published.
    Relative(f64),
    /// A factor.
    Factor(f64),
}

impl Within {
    /// Whether `measured` is near enough to `published`.
    pub fn holds(self, published: f64, measured: f64) -> bool {
        match self {
            Self::Absolute(most) => (measured - published).abs() <= most,
            Self::Relative(share) => (measured - published).abs() <= share * published.abs(),
            Self::Factor(factor) => (published / factor..=published * factor).contains(&measured),
        }
    }
}

impl std::fmt::Display for Within {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Absolute(most) => write!(f, "± {most}"),
            Self::Relative(share) => write!(f, "± {} %", 100.0 * share),
            Self::Factor(factor) => write!(f, "a factor of {factor}"),
        }
    }
}

/// What came of a check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The check.
    pub check: &'static Check,
    /// The number, with its error where there is one; none where nothing could be read.
    pub measured: Option<CurveReading>,
    /// Whether it is near enough.
    pub holds: bool,
    /// The command line that gives it; none of a closed form.
    pub command: Option<String>,
}

/// All comparisons, or the quick ones, in the order of the table.
pub fn checks(quick: bool) -> impl Iterator<Item = &'static Check> {
    TABLE
        .iter()
        .copied()
        .flatten()
        .copied()
        .flatten()
        .filter(move |check| check.quick || !quick)
}

/// Runs checks; runs that several of them read are made once.
#[derive(Debug, Default)]
pub struct Paper(BTreeMap<String, (Arc<LabPlan>, Vec<Finished>)>);

impl Paper {
    /// What `check` comes to.
    pub fn check(&mut self, check: &'static Check) -> Result<Checked, Error> {
        let (measured, command) = match check.how {
            How::Form(form) => (Some(CurveReading::plain(form())), None),
            How::Cell(parts, row, column) => {
                let (plan, rows) = self.run(parts)?;
                let place = plan.columns().iter().position(|it| it.name == column);
                let place = place.unwrap_or_else(|| panic!("{}: no {column}", check.what));
                (
                    rows[row].row[place].number().map(CurveReading::plain),
                    Some(plan.recipe().command()),
                )
            }
            How::Read(parts, series, key) => {
                let (plan, rows) = self.run(parts)?;
                let rows: Vec<Option<Finished>> = rows.iter().cloned().map(Some).collect();
                let (_, readings, _) = plan.told(series, &rows);
                let reading = readings.into_iter().find(|named| named.key == key);
                let reading = reading.unwrap_or_else(|| panic!("{}: no {key}", check.what));
                (reading.reading, Some(plan.recipe().command()))
            }
        };
        let near = |it: CurveReading| check.within.holds(check.published, it.value);
        Ok(Checked {
            check,
            measured,
            holds: measured.is_some_and(near),
            command,
        })
    }

    fn run(
        &mut self,
        parts: &[(&'static str, &'static str)],
    ) -> Result<&(Arc<LabPlan>, Vec<Finished>), Error> {
        let recipe = LabRecipe::read(parts.iter().copied(), &named_world)?;
        let key = recipe.command();
        if !self.0.contains_key(&key) {
            let plan = Arc::new(LabPlan::new(recipe)?);
            let rows = run(&plan);
            self.0.insert(key.clone(), (plan, rows));
        }
        Ok(&self.0[&key])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_are_kept() {
        assert!(Within::Absolute(0.1).holds(1.0, 1.05) && !Within::Absolute(0.1).holds(1.0, 1.2));
        assert!(Within::Relative(0.1).holds(10.0, 10.9) && !Within::Relative(0.1).holds(10.0, 8.0));
        assert!(Within::Factor(2.0).holds(1.0, 0.5) && !Within::Factor(2.0).holds(1.0, 2.1));
    }

    #[test]
    fn every_recipe_of_the_table_can_be_planned_and_has_what_is_read() {
        for check in checks(false) {
            let (How::Cell(parts, ..) | How::Read(parts, ..)) = check.how else {
                continue;
            };
            let recipe = LabRecipe::read(parts.iter().copied(), &named_world);
            let plan =
                LabPlan::new(recipe.unwrap()).unwrap_or_else(|why| panic!("{}: {why}", check.what));
            match check.how {
                How::Cell(_, row, column) => {
                    assert!(row < plan.n_cells(), "{}", check.what);
                    let mut columns = plan.columns().iter();
                    assert!(
                        columns.any(|it| it.name == column),
                        "{}: {column}",
                        check.what
                    );
                }
                How::Read(_, series, key) => {
                    assert!(series < plan.n_series(), "{}", check.what);
                    let experiment = plan.recipe().experiment.experiment();
                    assert!(
                        experiment.reading_keys().contains(&key),
                        "{}: {key}",
                        check.what
                    );
                }
                How::Form(_) => {}
            }
        }
    }
}
