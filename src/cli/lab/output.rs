//! Where rows go, in their order, and what is told of them in the end.

use super::{print, remark};
use crate::edge::append::Growing;
use crate::edge::open;
use crate::edge::world_files::open_world;
use crate::engine::Error;
use crate::lab::statistics::Bound;
use crate::lab::{Finished, LabEntry, LabPlan, NO_AXIS, Named, SizeFamily, Theory, ecsv};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// Where rows are written.
pub(super) enum Target {
    /// A file; rows that were in it already, and what is to be said of how it was found.
    File {
        growing: Growing,
        known: Vec<Finished>,
        note: Option<String>,
        path: String,
    },
    /// Standard output.
    Printed,
    /// Nowhere.
    Kept,
}

impl Target {
    /// Standard output, where the header stands then.
    pub(super) fn printed(plan: &LabPlan) -> Self {
        print(&ecsv::header(plan));
        Self::Printed
    }

    /// The file at `path`, for the cells of `range`. Refused: one that is there, unless it is to be gone on with; then one
    /// of another recipe or of other cells.
    pub(super) fn file(
        path: &Path,
        plan: &LabPlan,
        range: &Range<usize>,
        resume: bool,
    ) -> Result<Self, Error> {
        let named = |problem: Error| {
            let problem = problem.in_source(path.display().to_string());
            problem.in_source("--out")
        };
        let header = ecsv::header(plan);
        let name = path.display().to_string();
        if !open::exists(path).map_err(named)? {
            let mut growing = Growing::create(path)?;
            growing.append(header.as_bytes())?;
            return Ok(Self::File {
                growing,
                known: Vec::new(),
                note: None,
                path: name,
            });
        }
        if !resume {
            let why = "this file is there; --resume goes on with it, or name another one";
            return Err(named(Error::System(why.to_owned())));
        }
        let bytes = open::read(path).map_err(named)?;
        if header.as_bytes().starts_with(&bytes) {
            let mut growing = Growing::cut(path, 0)?;
            growing.append(header.as_bytes())?;
            return Ok(Self::File {
                growing,
                known: Vec::new(),
                note: None,
                path: name,
            });
        }
        let read = ecsv::read(&bytes, &open_world).map_err(named)?;
        if read.plan.recipe() != plan.recipe() {
            let problem = Error::Format {
                expected: "the file that is gone on with is of the same recipe".to_owned(),
                found: format!("this one is of '{}'", read.plan.recipe().command()),
            };
            return Err(named(problem));
        }
        if !read.rows.is_empty() && (read.first != range.start || read.rows.len() > range.len()) {
            let problem = Error::Format {
                expected: match range.len() {
                    0 => "it holds none of the cells, as there are fewer than shards".to_owned(),
                    _ => format!("it holds cells {} to {}", range.start, range.end - 1),
                },
                found: format!(
                    "these are cells {} to {}",
                    read.first,
                    read.first + read.rows.len() - 1
                ),
            };
            return Err(named(problem));
        }
        let torn = if read.torn {
            ", a row that was torn is cut off"
        } else {
            ""
        };
        let count = read.rows.len();
        let note = format!("{name}: {count} of {} rows were there{torn}", range.len());
        let known = read.rows.into_iter().zip(range.start..);
        let known = known.map(|(row, cell)| Finished::read(cell, plan.columns(), row));
        Ok(Self::File {
            growing: Growing::cut(path, read.whole as u64)?,
            known: known.collect(),
            note: Some(note),
            path: name,
        })
    }
}

/// Rows that are done, written as soon as all before them are.
pub(super) struct Rows {
    range: Range<usize>,
    target: Target,
    done: Vec<Finished>,
    waiting: BTreeMap<usize, Finished>,
}

impl Rows {
    pub(super) fn new(range: Range<usize>, mut target: Target) -> Self {
        let done = match &mut target {
            Target::File { known, .. } => std::mem::take(known),
            Target::Printed | Target::Kept => Vec::new(),
        };
        Self {
            range,
            target,
            done,
            waiting: BTreeMap::new(),
        }
    }

    /// How many rows there are.
    pub(super) fn n_known(&self) -> usize {
        self.done.len()
    }

    /// Takes a row, and writes what can be written.
    pub(super) fn take(&mut self, finished: Finished) -> Result<(), Error> {
        self.waiting.insert(finished.cell, finished);
        let mut text = String::new();
        while let Some(next) = self.waiting.remove(&(self.range.start + self.done.len())) {
            text.push_str(&ecsv::line(&next.row));
            self.done.push(next);
        }
        match &mut self.target {
            Target::File { growing, .. } => growing.append(text.as_bytes()),
            Target::Printed => {
                print(&text);
                Ok(())
            }
            Target::Kept => Ok(()),
        }
    }

    /// Closes the file; what is to be said of it.
    pub(super) fn finish(&mut self) -> Result<Vec<String>, Error> {
        match std::mem::replace(&mut self.target, Target::Kept) {
            Target::File {
                growing,
                note,
                path,
                ..
            } => {
                growing.finish()?;
                let mut notes: Vec<String> = note.into_iter().collect();
                notes.push(format!("wrote {path}"));
                Ok(notes)
            }
            Target::Printed | Target::Kept => Ok(Vec::new()),
        }
    }

    pub(super) fn into_rows(self) -> Vec<Finished> {
        self.done
    }
}

/// What is told of a run.
#[derive(Serialize)]
pub(super) struct Summary {
    command: String,
    recipe: Value,
    first_cell: usize,
    n_cells: usize,
    rows: Vec<Value>,
    curves: Vec<Value>,
    /// Curves of all numbers of units laid together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<Value>,
    remarks: Vec<String>,
    #[serde(skip)]
    said: Vec<String>,
}

impl Summary {
    /// Of the rows from cell `first` on.
    pub(super) fn of(
        plan: &LabPlan,
        first: usize,
        done: Vec<Finished>,
        theory: &BTreeMap<usize, Vec<Theory>>,
    ) -> Self {
        let columns = plan.columns();
        let named = |finished: &Finished| {
            let entries = columns.iter().zip(&finished.row);
            entries
                .map(|(column, entry)| (column.name.clone(), value(entry)))
                .collect::<Map<_, _>>()
        };
        let rows = done.iter().map(|finished| named(finished).into()).collect();
        let remarks = done.iter();
        let remarks = remarks.filter_map(|finished| remark(plan, finished));
        let remarks = remarks.collect();
        let mut all = vec![None; plan.n_cells()];
        for finished in done {
            let cell = finished.cell;
            all[cell] = Some(finished);
        }
        let told = curves(plan, &all, theory);
        let (curves, mut said): (Vec<Value>, Vec<String>) = told.into_iter().unzip();
        let told = together(plan, &all);
        let (together, last): (Vec<Value>, Vec<String>) = told.into_iter().unzip();
        said.extend(last);
        Self {
            command: plan.recipe().command(),
            recipe: recipe(plan),
            first_cell: first,
            n_cells: plan.n_cells(),
            rows,
            curves,
            together,
            remarks,
            said: said.into_iter().filter(|said| !said.is_empty()).collect(),
        }
    }

    pub(super) fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What the curves say, a sentence each.
    pub(super) fn said(&self) -> Vec<String> {
        self.said.clone()
    }

    /// What the curves say, a line each.
    pub(super) fn text(&self) -> String {
        let count = format!("{} of {} rows\n", self.rows.len(), self.n_cells);
        self.said
            .iter()
            .fold(count, |text, said| text + said + "\n")
    }
}

fn recipe(plan: &LabPlan) -> Value {
    let mut parts = Map::new();
    let mut vary = Vec::new();
    for (key, text) in plan.recipe().parts() {
        match key {
            "vary" if text == NO_AXIS => {}
            "vary" => vary.push(Value::from(text)),
            _ => drop(parts.insert(key.to_owned(), text.into())),
        }
    }
    parts.insert("vary".to_owned(), vary.into());
    parts.into()
}

fn value(entry: &LabEntry) -> Value {
    match entry {
        LabEntry::Text(text) => text.clone().into(),
        LabEntry::Number(Some(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            (*number as i64).into()
        }
        LabEntry::Number(number) => (*number).into(),
    }
}

/// What is read off every curve that has points, as JSON and in words.
fn curves(
    plan: &LabPlan,
    rows: &[Option<Finished>],
    theory: &BTreeMap<usize, Vec<Theory>>,
) -> Vec<(Value, String)> {
    let mut told = Vec::new();
    for series in 0..plan.n_series() {
        let (curve, readings, said) = plan.told(series, rows);
        if curve.x.is_empty() {
            continue;
        }
        let name = plan.series_name(series);
        let place = plan.place(series * plan.axis().values.len());
        let mut of = Map::new();
        of.insert("name".to_owned(), name.into());
        of.insert(
            "rule".to_owned(),
            plan.rule_names()[place.rule].clone().into(),
        );
        for named in &readings {
            insert(&mut of, named);
            let bound = named.reading.and_then(|it| it.bound).map(Bound::words);
            of.insert(format!("{}_bound", named.key), json!(bound));
        }
        of.insert("said".to_owned(), said.clone().into());
        let lines = theory.get(&series).map(Vec::as_slice).unwrap_or_default();
        let line = |line: &Theory| json!({"name": line.name, "formula": line.formula, "points": line.points});
        of.insert("theory".to_owned(), lines.iter().map(line).collect());
        told.push((of.into(), said));
    }
    told
}

/// Adds a reading and its error.
fn insert(of: &mut Map<String, Value>, Named { key, reading, .. }: &Named) {
    let error = reading.and_then(|it| it.error);
    of.insert((*key).to_owned(), json!(reading.map(|it| it.value)));
    of.insert(format!("{key}_error"), json!(error));
}

/// Curves that differ in the number of units alone, laid together, as JSON and in words.
fn together(plan: &LabPlan, rows: &[Option<Finished>]) -> Vec<(Value, String)> {
    let told = |family: &SizeFamily| {
        let together = plan.together(family, rows)?;
        let mut of = Map::new();
        of.insert("name".to_owned(), family.name.clone().into());
        let sizes: Vec<f64> = family.members.iter().map(|(n, _)| *n).collect();
        of.insert("n_units".to_owned(), json!(sizes));
        for named in &together.readings {
            insert(&mut of, named);
        }
        of.insert("said".to_owned(), together.said.clone().into());
        Some((of.into(), together.said))
    };
    plan.families().iter().filter_map(told).collect()
}
