//! What a run has come to so far: rows, points, what is read off the curves and what they say. Renewed when rows arrive,
//! so that looking at it costs nothing.
//!
//! Absent: jobs, and what is drawn of it.

use crate::engine::Error;
use crate::engine::numbers::plain;
use crate::engine::settings::Kinds as _;
use crate::lab::figure::{LabGrid, LabTable, ShownColumns};
use crate::lab::{
    Finished, LabPlan, LabRecipe, Named, OpenWorld, OwnAxis, SizeFamily, Theory, Together, ecsv,
    load_of,
};
use crate::trial::Recipe;
use crate::worlds::World;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A curve as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct LabCurve {
    /// What is read off it.
    pub readings: Vec<Named>,
    /// What it says; empty until all its points are there.
    pub said: String,
    /// How many points are there.
    pub n_points: usize,
    /// How many cues or runs these are of; none where that is not counted.
    pub n_cues: Option<f64>,
}

/// The rows of a run, and what follows from them.
#[derive(Debug, Clone)]
pub struct LabResults {
    plan: Arc<LabPlan>,
    title: String,
    names: Vec<String>,
    columns: ShownColumns,
    rows: Vec<Option<Finished>>,
    theory: BTreeMap<usize, Vec<Theory>>,
    curves: Vec<LabCurve>,
    /// Curves that differ in the number of units alone, laid together.
    families: Vec<(SizeFamily, Option<Together>)>,
    grid: Option<LabGrid>,
    n_done: usize,
    remarks: Vec<String>,
    /// Counts what came in.
    version: u64,
}

impl LabResults {
    /// No row yet.
    pub(super) fn new(plan: LabPlan) -> Self {
        let names = 0..plan.n_series();
        Self {
            title: title(&plan),
            names: names.map(|series| plan.series_name(series)).collect(),
            columns: ShownColumns::of(&plan),
            rows: vec![None; plan.n_cells()],
            theory: BTreeMap::new(),
            curves: vec![LabCurve::default(); plan.n_series()],
            families: {
                let families = plan.families().into_iter();
                families.map(|it| (it, None)).collect()
            },
            grid: LabGrid::of(&plan),
            n_done: 0,
            remarks: Vec::new(),
            version: 0,
            plan: Arc::new(plan),
        }
        .with_curves()
    }

    /// The rows of a table that was written before, whose world `open` makes. Takes as long as the table is: to be done in a job.
    pub fn read(bytes: &[u8], open: &OpenWorld<'_>) -> Result<Self, Error> {
        let read = ecsv::read(bytes, open)?;
        let columns = read.plan.columns();
        let rows = (read.first..).zip(read.rows);
        let finished = rows.map(|(cell, row)| Finished::read(cell, columns, row));
        let finished = finished.collect();
        let mut results = Self::new(read.plan);
        results.take(finished);
        for (family, together) in &mut results.families {
            *together = results.plan.together(family, &results.rows);
        }
        if read.torn {
            let torn = "The last row of the file is torn, and left out".to_owned();
            results.remarks.push(torn);
        }
        Ok(results)
    }

    fn with_curves(mut self) -> Self {
        for series in 0..self.plan.n_series() {
            self.renew(series);
        }
        self
    }

    /// Takes in rows, and renews the curves that they are of.
    pub(super) fn take(&mut self, finished: Vec<Finished>) {
        let n_own = self.plan.axis().values.len();
        let mut touched = BTreeSet::new();
        for row in finished {
            if let Some(problem) = &row.problem {
                let place = self.plan.place(row.cell);
                let rule = self.plan.recipe().rules[place.rule].about().title;
                let remark = format!("No numbers of {rule}: {problem}");
                if !self.remarks.contains(&remark) {
                    self.remarks.push(remark);
                }
            }
            touched.insert(row.cell / n_own);
            let cell = row.cell;
            self.n_done += usize::from(self.rows[cell].replace(row).is_none());
        }
        for series in touched {
            self.renew(series);
        }
    }

    /// Takes in how a family is laid together, by its index.
    pub(super) fn take_together(&mut self, family: usize, together: Together) {
        self.families[family].1 = Some(together);
        self.version += 1;
    }

    /// Lays the curves of every family together whose rows are all there, and which are not yet.
    pub(super) fn lay_together(&mut self) {
        for index in 0..self.families.len() {
            let (family, together) = &self.families[index];
            if together.is_none()
                && let Some(together) = self.plan.together(family, &self.rows)
            {
                self.take_together(index, together);
            }
        }
    }

    /// Takes in what theory draws beside a series.
    pub(super) fn take_theory(&mut self, series: usize, lines: Vec<Theory>) {
        self.theory.insert(series, lines);
        self.version += 1;
    }

    fn renew(&mut self, series: usize) {
        let n_own = self.plan.axis().values.len();
        let rows = self.rows[series * n_own..][..n_own].iter().flatten();
        let counts = rows.clone().map(|row| self.columns.count(row));
        let (_, readings, said) = self.plan.told(series, &self.rows);
        self.curves[series] = LabCurve {
            readings,
            said,
            n_points: rows.count(),
            n_cues: counts.flatten().reduce(|a, b| a + b),
        };
        self.version += 1;
    }

    /// What is worked out.
    pub fn plan(&self) -> &Arc<LabPlan> {
        &self.plan
    }

    /// What it is, in a few words: the experiment, and what its own axis and its further axes leave as it is.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What each curve is called.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Rows by cell, as far as they are known.
    pub fn rows(&self) -> &[Option<Finished>] {
        &self.rows
    }

    /// What theory draws, by series.
    pub fn theory(&self) -> &BTreeMap<usize, Vec<Theory>> {
        &self.theory
    }

    /// The curves by series.
    pub fn curves(&self) -> &[LabCurve] {
        &self.curves
    }

    /// Curves that differ in the number of units alone, laid together as soon as all their points are there; none where
    /// they are not.
    pub fn families(&self) -> &[(SizeFamily, Option<Together>)] {
        &self.families
    }

    /// How many rows are known.
    pub fn n_done(&self) -> usize {
        self.n_done
    }

    /// Why rows have no numbers, and what is odd about a file: each sentence once.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Another number whenever anything came in.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What a figure is made of; `title` tells it from others in the same one.
    pub fn table<'a>(&'a self, title: &'a str) -> LabTable<'a> {
        LabTable {
            plan: &self.plan,
            columns: &self.columns,
            names: &self.names,
            rows: &self.rows,
            theory: &self.theory,
            families: &self.families,
            grid: self.grid.as_ref(),
            title,
        }
    }

    /// Why `other` cannot be laid over it; none where it can.
    pub fn stands_apart_from(&self, other: &Self) -> Option<&'static str> {
        let kind = |it: &Self| it.plan.recipe().experiment.kind();
        let axis = |it: &Self| {
            let OwnAxis { column, .. } = it.plan.axis();
            column.clone()
        };
        if kind(self) != kind(other) {
            return Some(
                "It cannot be laid over the run that is shown: it is of another experiment",
            );
        }
        (axis(self) != axis(other))
            .then_some("It cannot be laid over the run that is shown: it goes along another axis")
    }

    /// The longest stretch of rows of which none is missing, by its cells: what a file can keep.
    pub fn stretch(&self) -> Range<usize> {
        let mut best = 0..0;
        let mut from = 0;
        for (cell, row) in self.rows.iter().enumerate() {
            if row.is_none() {
                from = cell + 1;
            } else if cell + 1 - from > best.len() {
                best = from..cell + 1;
            }
        }
        best
    }

    /// That stretch as the bytes of a table.
    pub fn written(&self) -> Vec<u8> {
        let mut text = ecsv::header(&self.plan);
        for finished in self.rows[self.stretch()].iter().flatten() {
            text += &ecsv::line(&finished.row);
        }
        text.into_bytes()
    }
}

/// The experiment, and of its networks what is the same at all ends of the axes: "Basins: α = 0.4, N = 400".
fn title(plan: &LabPlan) -> String {
    let n_own = plan.axis().values.len();
    let ends = [0, n_own - 1, plan.n_cells() - 1];
    let recipes = ends.map(|cell| plan.recipe_at(&plan.place(cell), 0).ok());
    let recipe = plan.recipe();
    let varies = |key: &str| {
        recipe
            .vary
            .iter()
            .any(|vary| vary.path == format!("world.{key}"))
    };
    let same = |read: &dyn Fn(&Recipe) -> Option<f64>| {
        let values = recipes.clone().map(|recipe| read(&recipe?));
        values[0].filter(|_| values.iter().all(|value| *value == values[0]))
    };
    let n_units = same(&|recipe| recipe.world.get("n")).filter(|_| !varies("n"));
    let load = same(&|recipe| load_of(recipe, recipe.world.get("n")? as usize));
    let load = load.filter(|_| !["n", "p", "alpha"].into_iter().any(varies));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(load.map(|load| format!("α = {}", plain(load))));
    parts.extend(n_units.map(|n_units| format!("N = {n_units}")));
    parts.extend(unusual(recipe));
    let name = recipe.experiment.experiment().about().title;
    if parts.is_empty() {
        return name.to_owned();
    }
    format!("{name}: {}", parts.join(", "))
}

/// The world, where it is not the kind that the experiment starts from.
fn unusual(recipe: &LabRecipe) -> Option<String> {
    let usual = World::parse(recipe.experiment.experiment().about().world).ok()?;
    let (name, usual) = (recipe.world.about().name, usual.about().name);
    (name != usual).then(|| name.to_owned())
}
