//! The lab of a session: runs of experiments, one of which is worked out in a job, all of which stay to be looked at.
//!
//! A run that is paused keeps its rows and what was learned, and goes on with the cells that are missing. Absent: what is
//! drawn of it.

use crate::engine::numbers::plain;
use crate::engine::{Error, LearningRule};
use crate::jobs::{Job, Stopwatch, Workers};
use crate::lab::statistics::Curve;
use crate::lab::{
    Cache, CellOrder, Event, Finished, LabPlan, LabRecipe, Named, Steps, Theory, ecsv, load_of,
    named_world,
};
use crate::trial::Recipe;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Part of the work after which the time that is left is told.
const LEAST_DONE: f32 = 0.04;

/// Something the user does to the lab.
#[derive(Debug, Clone, PartialEq)]
pub enum LabRequest {
    /// Runs a recipe; a run that is under way ends as it is.
    Run(Box<LabRecipe>),
    /// Lets the run wait, and keeps what it has learned.
    Pause,
    /// Goes on with what is missing.
    GoOn,
    /// Ends the run, and keeps its rows.
    Stop,
    /// Forgets the run in this place of the list.
    Forget(usize),
    /// Shows a table that was written before.
    Open(Arc<[u8]>),
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabState {
    /// It is worked out.
    Running,
    /// It waits.
    Paused,
    /// It was ended before it was done.
    Stopped,
    /// All rows are there.
    Done,
}

/// A run of an experiment.
pub struct LabRun {
    plan: Arc<LabPlan>,
    rows: Vec<Option<Finished>>,
    theory: BTreeMap<usize, Vec<Theory>>,
    /// What was learned; none once the run has ended.
    cache: Option<Cache>,
    work: Option<UnderWay>,
}

/// The job of a run; dropping it cancels it within a step of learning.
struct UnderWay {
    job: Job<Event>,
    cancelled: Arc<AtomicBool>,
    clock: Stopwatch,
    done: f32,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl LabRun {
    /// Starts to work out all cells of `plan`.
    fn start(plan: LabPlan, workers: &Workers) -> Self {
        let mut run = Self {
            rows: vec![None; plan.n_cells()],
            plan: Arc::new(plan),
            theory: BTreeMap::new(),
            cache: Some(Cache::default()),
            work: None,
        };
        run.go_on(workers);
        run
    }

    /// A run whose rows were written before.
    fn read(bytes: &[u8]) -> Result<Self, Error> {
        let read = ecsv::read(bytes, &named_world)?;
        let mut rows = vec![None; read.plan.n_cells()];
        for (cell, row) in (read.first..).zip(read.rows) {
            rows[cell] = Some(Finished {
                cell,
                row,
                blocks: Vec::new(),
                problem: None,
            });
        }
        Ok(Self {
            plan: Arc::new(read.plan),
            rows,
            theory: BTreeMap::new(),
            cache: None,
            work: None,
        })
    }

    /// Works out what is missing, unless that is done or under way.
    fn go_on(&mut self, workers: &Workers) {
        let Some(cache) = self.cache.clone().filter(|_| self.work.is_none()) else {
            return;
        };
        let mut cells = self
            .plan
            .cells(0..self.plan.n_cells(), CellOrder::CoarseFirst);
        cells.retain(|cell| self.rows[*cell].is_none());
        let cancelled = Arc::new(AtomicBool::new(false));
        let steps = Steps::new(
            Arc::clone(&self.plan),
            &cells,
            cache,
            Arc::clone(&cancelled),
        );
        self.work = Some(UnderWay {
            job: Job::start("lab", workers, steps),
            cancelled,
            clock: Stopwatch::start(),
            done: 0.0,
        });
    }

    /// Waits, or ends where nothing is missing.
    fn pause(&mut self) {
        self.work = None;
    }

    /// Ends; what was learned is forgotten.
    fn stop(&mut self) {
        (self.work, self.cache) = (None, None);
    }

    /// Takes in what came of the job.
    fn poll(&mut self, budget: Duration) {
        let Some(work) = &mut self.work else {
            return;
        };
        for event in work.job.poll(budget) {
            match event {
                Event::Finished(finished) => {
                    let cell = finished.cell;
                    self.rows[cell] = Some(finished);
                }
                Event::Theory { series, lines } => {
                    self.theory.insert(series, lines);
                }
                Event::Progress(done) => work.done = done,
            }
        }
        if work.job.is_over() {
            self.stop();
        }
    }

    /// How it stands.
    pub fn state(&self) -> LabState {
        match (&self.work, &self.cache) {
            (Some(_), _) => LabState::Running,
            _ if self.rows.iter().all(Option::is_some) => LabState::Done,
            (None, Some(_)) => LabState::Paused,
            (None, None) => LabState::Stopped,
        }
    }

    /// What is worked out.
    pub fn plan(&self) -> &LabPlan {
        &self.plan
    }

    /// Rows by cell, as far as they are known.
    pub fn rows(&self) -> &[Option<Finished>] {
        &self.rows
    }

    /// What theory draws, by series.
    pub fn theory(&self) -> &BTreeMap<usize, Vec<Theory>> {
        &self.theory
    }

    /// How many rows are known.
    pub fn n_done(&self) -> usize {
        self.rows.iter().flatten().count()
    }

    /// Time until it is done, about, once there is something to go by.
    pub fn time_left(&self) -> Option<Duration> {
        let work = self.work.as_ref().filter(|work| work.done > LEAST_DONE)?;
        let passed = work.clock.elapsed();
        Some(passed.mul_f32((1.0 - work.done) / work.done))
    }

    /// The curve of a series, as far as it is known.
    pub fn curve(&self, series: usize) -> Curve {
        let shown = self.plan.recipe().experiment.experiment().shown();
        let columns = self.plan.columns();
        let up = columns.iter().position(|column| column.name == shown.up);
        up.map_or_else(Curve::default, |up| self.plan.curve(series, up, &self.rows))
    }

    /// What is read off the curve of a series, and what that says.
    pub fn says(&self, series: usize) -> (Vec<Named>, String) {
        let curve = self.curve(series);
        let experiment = self.plan.recipe().experiment.experiment();
        let readings = experiment.readings(&curve);
        let said = experiment.says(&self.name(series), &curve, &readings);
        (readings, said)
    }

    /// The name of a series on screen: the title of its rule, where that tells it from the others.
    pub fn name(&self, series: usize) -> String {
        let rule = self.plan.place(series * self.plan.axis().values.len()).rule;
        let about = self.plan.recipe().rules[rule].about();
        let name = self.plan.series_name(series);
        match name.strip_prefix(about.name) {
            Some(rest) if rest.is_empty() || rest.starts_with(',') => {
                format!("{}{rest}", about.title)
            }
            _ => name,
        }
    }

    /// What it is of, in a few words: the world and its load.
    pub fn title(&self) -> String {
        let recipe = self.plan.recipe();
        let world = &recipe.world;
        let Some(n_units) = world.get("n") else {
            return world.notation();
        };
        let asked = Recipe {
            world: world.clone(),
            ..Recipe::default()
        };
        let varies = |key: &str| recipe.vary.iter().any(|vary| vary.path.ends_with(key));
        let load = load_of(&asked, n_units as usize).filter(|_| !varies(".p") && !varies(".alpha"));
        let name = world.about().name;
        match load {
            Some(load) => {
                let load = plain(load);
                format!("α = {load}, N = {n_units}, {name}")
            }
            None => format!("N = {n_units}, {name}"),
        }
    }

    /// Why rows have no numbers: each reason once, with the rule that it is of.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for finished in self.rows.iter().flatten() {
            let Some(problem) = &finished.problem else {
                continue;
            };
            let rule: &LearningRule =
                &self.plan.recipe().rules[self.plan.place(finished.cell).rule];
            let remark = format!("{}: {problem}", rule.about().title);
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        remarks
    }
}

/// The runs of a session.
#[derive(Default)]
pub struct LabBook {
    runs: Vec<LabRun>,
    refused: Option<Error>,
}

impl LabBook {
    /// All runs, the last one at the end.
    pub fn runs(&self) -> &[LabRun] {
        &self.runs
    }

    /// Why the last run that was asked for could not begin.
    pub fn refused(&self) -> Option<&Error> {
        self.refused.as_ref()
    }

    /// Whether a run is under way.
    pub fn is_running(&self) -> bool {
        let mut runs = self.runs.iter();
        runs.any(|run| run.state() == LabState::Running)
    }

    /// Does what `command` says. Refused: a table that is none. A recipe that cannot run is [kept in mind](Self::refused).
    pub(super) fn apply(&mut self, command: LabRequest, workers: &Workers) -> Result<(), Error> {
        match command {
            LabRequest::Run(recipe) => {
                let plan = LabPlan::new(*recipe);
                self.refused = plan.as_ref().err().cloned();
                if let Ok(plan) = plan {
                    self.runs.iter_mut().for_each(LabRun::stop);
                    self.runs.retain(|run| run.n_done() > 0);
                    self.runs.push(LabRun::start(plan, workers));
                }
            }
            LabRequest::Pause => self.runs.iter_mut().for_each(LabRun::pause),
            LabRequest::GoOn => {
                if let Some(run) = self.runs.last_mut() {
                    run.go_on(workers);
                }
            }
            LabRequest::Stop => self.runs.iter_mut().for_each(LabRun::stop),
            LabRequest::Forget(place) if place < self.runs.len() => {
                self.runs.remove(place);
            }
            LabRequest::Forget(_) => (),
            LabRequest::Open(bytes) => {
                let run = LabRun::read(&bytes)?;
                self.runs.iter_mut().for_each(LabRun::stop);
                self.refused = None;
                self.runs.push(run);
            }
        }
        Ok(())
    }

    /// Takes in what came of the job.
    pub(super) fn poll(&mut self, budget: Duration) {
        self.runs.iter_mut().for_each(|run| run.poll(budget));
    }
}

#[cfg(test)]
mod tests;
