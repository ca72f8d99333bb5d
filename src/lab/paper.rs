//! Published numbers beside measured ones: the figures of paper A (D'Amico et al. 2025, arXiv 2507.05147), the capacity
//! claims of paper B, and what theory has said before them.
//!
//! A check is a line of the table: what is measured, how (a recipe of the lab and what is taken of its rows, a closed form,
//! or couplings and fields themselves), what was published, and how far both may be apart. Absent: printing.

mod direct;
mod remarks;
mod table;
mod within;

use super::cache::Cache;
use super::columns::Finished;
use super::experiment::Theory;
use super::plan::LabPlan;
use super::recipe::{LabRecipe, named_world};
use super::statistics::CurveReading;
use super::steps::run_with_theory;
use crate::engine::Error;
use std::collections::BTreeMap;
use std::sync::Arc;
use table::TABLE;
pub use within::Within;

/// Parts of a recipe by name (see [`LabRecipe::read`]).
pub type Parts = &'static [(&'static str, &'static str)];

/// One comparison.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The place in the literature: "Haykin", "paper A, digits".
    pub source: &'static str,
    /// What is measured.
    pub what: &'static str,
    /// How.
    pub how: How,
    /// The number that was published, or the bound.
    pub published: f64,
    /// How far the measured one may be away, or on which side.
    pub within: Within,
    /// When it is run.
    pub pace: Pace,
}

/// When a check is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It takes a second or two, so that it is run with every change of the program.
    Quick,
    /// Where all are asked for.
    Whole,
}

/// How a number is measured.
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// A run of the lab, and what is taken from it.
    Run(Parts, Taken),
    /// The same of two numbers of one run: the second less the first.
    Rise(Parts, Taken, Taken),
    /// A closed form.
    Form(fn() -> f64),
    /// Couplings, fields or learning themselves, which no column of the lab tells.
    Direct(fn() -> Result<f64, Error>),
}

impl How {
    /// The recipe of the lab and what is taken from it, where there is one.
    #[cfg(test)]
    fn taken(&self) -> Option<(Parts, Vec<Taken>)> {
        match *self {
            Self::Run(parts, taken) => Some((parts, vec![taken])),
            Self::Rise(parts, from, to) => Some((parts, vec![from, to])),
            Self::Form(_) | Self::Direct(_) => None,
        }
    }
}

/// What is taken from a run.
#[derive(Debug, Clone, Copy)]
pub enum Taken {
    /// The entry of a row and a column, with its error where that is a column too.
    Cell(usize, &'static str),
    /// The key of what is read off the curve of a series.
    Read(usize, &'static str),
    /// The largest distance of the points of a series from the first line that theory draws, where both are at the same
    /// place.
    FromTheory(usize),
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
    /// What was found of it, where it is not.
    pub remark: Option<&'static str>,
    /// The command line that gives it; none of what is no run of the lab.
    pub command: Option<String>,
}

/// All comparisons, or the quick ones, in the order of the table; those of a source stand together.
pub fn checks(quick: bool) -> impl Iterator<Item = &'static Check> {
    TABLE
        .iter()
        .copied()
        .flatten()
        .copied()
        .flatten()
        .filter(move |check| check.pace == Pace::Quick || !quick)
}

/// A run that was made.
#[derive(Debug)]
struct Made {
    plan: Arc<LabPlan>,
    rows: Vec<Finished>,
    theory: BTreeMap<usize, Vec<Theory>>,
}

/// Runs checks; runs that several of them read are made once.
#[derive(Debug, Default)]
pub struct Paper(BTreeMap<String, Made>);

impl Paper {
    /// What `check` comes to.
    pub fn check(&mut self, check: &'static Check) -> Result<Checked, Error> {
        let (measured, command) = match check.how {
            How::Form(form) => (Some(CurveReading::plain(form())), None),
            How::Direct(measure) => (Some(CurveReading::plain(measure()?)), None),
            How::Run(parts, taken) => {
                let made = self.run(parts)?;
                (made.number(taken), Some(made.plan.recipe().command()))
            }
            How::Rise(parts, from, to) => {
                let made = self.run(parts)?;
                let ends = made.number(from).zip(made.number(to));
                let rise = ends.map(|(from, to)| difference(from, to));
                (rise, Some(made.plan.recipe().command()))
            }
        };
        let near = |it: CurveReading| check.within.holds(check.published, it.value);
        let holds = measured.is_some_and(near);
        Ok(Checked {
            check,
            measured,
            holds,
            remark: remarks::remark(check).filter(|_| !holds),
            command,
        })
    }

    fn run(&mut self, parts: Parts) -> Result<&Made, Error> {
        let recipe = LabRecipe::read(parts.iter().copied(), &named_world)?;
        let key = recipe.command();
        if !self.0.contains_key(&key) {
            let plan = Arc::new(LabPlan::new(recipe)?);
            let (rows, theory) = run_with_theory(&plan, &Cache::default());
            self.0.insert(key.clone(), Made { plan, rows, theory });
        }
        Ok(&self.0[&key])
    }
}

/// `to` less `from`. Both are of the same patterns and cues, so that errors added as of independent numbers are rather too
/// large than too small.
fn difference(from: CurveReading, to: CurveReading) -> CurveReading {
    CurveReading {
        error: from.error.zip(to.error).map(|(a, b)| a.hypot(b)),
        ..CurveReading::plain(to.value - from.value)
    }
}

impl Made {
    /// What is taken from it, a cell with the column of its error if there is one; none where there is nothing in its
    /// place. The table names rows, columns and keys that there are: a test goes through it.
    fn number(&self, taken: Taken) -> Option<CurveReading> {
        match taken {
            Taken::Cell(row, column) => {
                let entry = |name: &str| self.plan.number(&self.rows[row], name);
                entry(column).map(|value| CurveReading {
                    error: entry(&format!("{column}_error")),
                    ..CurveReading::plain(value)
                })
            }
            Taken::Read(series, key) => {
                let (_, readings, _) = self.plan.told(series, &self.known());
                let named = readings.into_iter().find(|named| named.key == key);
                named.expect("the table names keys there are").reading
            }
            Taken::FromTheory(series) => {
                let (curve, ..) = self.plan.told(series, &self.known());
                let line = self.theory.get(&series)?.first()?;
                let there = |x: f64| line.points.iter().find(|point| (point[0] - x).abs() < 1e-9);
                let points = curve.x.iter().zip(&curve.y);
                let distances = points.filter_map(|(x, y)| Some((there(*x)?[1] - y).abs()));
                distances.reduce(f64::max).map(CurveReading::plain)
            }
        }
    }

    fn known(&self) -> Vec<Option<Finished>> {
        self.rows.iter().cloned().map(Some).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_of_the_table_can_be_planned_and_has_what_is_read() {
        for check in checks(false) {
            let Some((parts, all)) = check.how.taken() else {
                continue;
            };
            let recipe = LabRecipe::read(parts.iter().copied(), &named_world);
            let plan =
                LabPlan::new(recipe.unwrap()).unwrap_or_else(|why| panic!("{}: {why}", check.what));
            let experiment = plan.recipe().experiment.experiment();
            for taken in all {
                let is_there = match taken {
                    Taken::Cell(row, column) => {
                        let mut columns = plan.columns().iter();
                        row < plan.n_cells() && columns.any(|it| it.name == column)
                    }
                    Taken::Read(series, key) => {
                        series < plan.n_series() && experiment.reading_keys().contains(&key)
                    }
                    Taken::FromTheory(series) => series < plan.n_series(),
                };
                assert!(is_there, "{}: {taken:?}", check.what);
            }
        }
    }

    #[test]
    fn no_two_checks_of_a_source_are_called_alike_and_sources_stand_together() {
        let mut seen = Vec::new();
        let mut sources: Vec<&str> = Vec::new();
        for check in checks(false) {
            let name = (check.source, check.what);
            assert!(!seen.contains(&name), "{name:?}");
            seen.push(name);
            if sources.last() != Some(&check.source) {
                assert!(!sources.contains(&check.source), "{}", check.source);
                sources.push(check.source);
            }
        }
    }

    /// One step from a pattern that Hebb's rule holds alone: every start ends in it, and theory says so.
    #[test]
    fn numbers_are_taken_from_runs_and_subtracted() {
        const PARTS: Parts = &[
            (
                "experiment",
                "basins:from=0.5,to=1,points=2,patterns=1,trials=2",
            ),
            ("world", "random:n=50,p=1"),
            ("rules", "hebb"),
            ("dynamics", "sync"),
        ];
        let mut paper = Paper::default();
        let mut value = |how| {
            let check = Check {
                source: "a test",
                what: "one pattern",
                how,
                published: 1.0,
                within: Within::Absolute(0.0),
                pace: Pace::Quick,
            };
            let checked = paper.check(Box::leak(Box::new(check))).unwrap();
            (checked.measured.unwrap().value, checked.holds)
        };
        let ends = [Taken::Cell(0, "start_overlap"), Taken::Cell(1, "mean")];
        assert_eq!(value(How::Run(PARTS, ends[1])), (1.0, true));
        assert_eq!(value(How::Rise(PARTS, ends[0], ends[1])), (0.5, false));
        let (apart, _) = value(How::Run(PARTS, Taken::FromTheory(0)));
        assert!(apart < 1e-4, "{apart}");
    }
}
