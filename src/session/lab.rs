//! The lab of a session: runs of experiments, one of which is worked out in a job, all of which stay to be looked at.
//!
//! A run that is paused keeps its rows and what was learned, and goes on with the cells that are missing. Runs are told
//! apart by [numbers](LabRunId) that stay theirs. Absent: what is drawn of them.

mod results;
mod run;

pub use results::{LabCurve, LabResults};
pub use run::{LabRun, LabRunId, LabState};

use crate::engine::Error;
use crate::jobs::{Job, Workers};
use crate::lab::{LabPlan, LabRecipe, OpenWorld};
use std::sync::Arc;
use std::time::Duration;

/// Something the user does to the lab.
#[derive(Debug, Clone, PartialEq)]
pub enum LabRequest {
    /// Plans a recipe and runs it; a run that is under way ends then, as it is.
    Run(Box<LabRecipe>),
    /// Lets the run under way wait, and keeps what it has learned.
    Pause,
    /// Goes on with what is missing of it.
    GoOn,
    /// Ends it, and keeps its rows.
    Stop,
    /// Forgets a run.
    Forget(LabRunId),
    /// Forgets a recipe that came with a document.
    ForgetExpected(Box<LabRecipe>),
    /// Shows what was read from a file.
    Show(LabTableRead),
}

/// A table that was read; equal only to itself.
#[derive(Debug, Clone)]
pub struct LabTableRead(Arc<LabResults>);

impl LabTableRead {
    /// Reads a table, whose world `open` makes. Takes as long as the table is: to be done in a job.
    pub fn of(bytes: &[u8], open: &OpenWorld<'_>) -> Result<Self, Error> {
        LabResults::read(bytes, open).map(Arc::new).map(Self)
    }
}

impl PartialEq for LabTableRead {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The runs of a session.
#[derive(Default)]
pub struct LabBook {
    runs: Vec<LabRun>,
    /// What a document that was opened had run: recipes without rows, which can be run again.
    expected: Vec<LabRecipe>,
    /// A recipe on its way to a plan, which may prepare a world.
    planning: Option<Job<Result<LabResults, Error>>>,
    refused: Option<Error>,
    n_begun: u64,
}

impl LabBook {
    /// All runs, the last one at the end.
    pub fn runs(&self) -> &[LabRun] {
        &self.runs
    }

    /// The run called `id`, unless it was forgotten.
    pub fn run(&self, id: LabRunId) -> Option<&LabRun> {
        self.runs.iter().find(|run| run.id() == id)
    }

    /// The run that is worked out or can go on; there is one at the most.
    pub fn under_way(&self) -> Option<&LabRun> {
        self.runs.iter().find(|run| run.is_under_way())
    }

    /// Why the last run that was asked for could not begin.
    pub fn refused(&self) -> Option<&Error> {
        self.refused.as_ref()
    }

    /// Recipes that came with a document and were not run since.
    pub fn expected(&self) -> &[LabRecipe] {
        &self.expected
    }

    /// Every recipe once: of the runs, then of what is expected.
    pub(super) fn recipes(&self) -> Vec<LabRecipe> {
        let of_runs = self.runs.iter().map(|run| run.plan().recipe());
        let mut recipes: Vec<LabRecipe> = Vec::new();
        for recipe in of_runs.chain(&self.expected) {
            if !recipes.contains(recipe) {
                recipes.push(recipe.clone());
            }
        }
        recipes
    }

    /// Takes in the recipes of a document, those without a run; runs stay.
    pub(super) fn expect(&mut self, recipes: Vec<LabRecipe>) {
        self.expected = recipes;
        let runs = &self.runs;
        let is_run = |it: &LabRecipe| runs.iter().any(|run| run.plan().recipe() == it);
        self.expected.retain(|it| !is_run(it));
    }

    /// Whether a run is planned or worked out.
    pub fn is_running(&self) -> bool {
        let mut runs = self.runs.iter();
        self.is_planning() || runs.any(|run| run.state() == LabState::Running)
    }

    /// Whether a run is planned.
    pub fn is_planning(&self) -> bool {
        self.planning.is_some()
    }

    /// Does what `command` says. A recipe that cannot run is [kept in mind](Self::refused).
    pub(super) fn apply(&mut self, command: LabRequest, workers: &Workers) {
        match command {
            LabRequest::Run(recipe) => {
                let plan = move || LabPlan::new(*recipe).map(LabResults::new);
                let task = std::iter::once_with(plan);
                self.planning = Some(Job::start("lab plan", workers, task));
            }
            LabRequest::Pause => self.each(|run| run.pause(workers)),
            LabRequest::GoOn => self.each(|run| run.go_on(workers)),
            LabRequest::Stop => {
                self.planning = None;
                self.each(|run| run.stop(workers));
            }
            LabRequest::Forget(id) => {
                if let Some(place) = self.runs.iter().position(|run| run.id() == id) {
                    self.runs[place].stop(workers);
                    workers.discard(self.runs.remove(place));
                }
            }
            LabRequest::ForgetExpected(recipe) => self.expected.retain(|it| *it != *recipe),
            LabRequest::Show(LabTableRead(results)) => {
                self.refused = None;
                let id = self.next();
                let results = Arc::unwrap_or_clone(results);
                self.runs.push(LabRun::read(id, results));
            }
        }
    }

    fn each(&mut self, what: impl Fn(&mut LabRun)) {
        self.runs.iter_mut().for_each(what);
    }

    fn next(&mut self) -> LabRunId {
        self.n_begun += 1;
        LabRunId(self.n_begun)
    }

    /// Takes in what came of jobs.
    pub(super) fn poll(&mut self, budget: Duration, workers: &Workers) {
        self.each(|run| run.poll(budget, workers));
        let Some(job) = &mut self.planning else {
            return;
        };
        let planned = job.poll(budget).pop();
        if planned.is_none() && !job.is_over() {
            return;
        }
        self.planning = None;
        let lost = || Err(Error::System("planning it broke off".to_owned()));
        match planned.unwrap_or_else(lost) {
            Ok(results) => {
                self.refused = None;
                self.each(|run| run.stop(workers));
                self.runs.retain(|run| run.results().n_done() > 0);
                let id = self.next();
                let run = LabRun::start(id, results, workers);
                self.expected.retain(|it| it != run.plan().recipe());
                self.runs.push(run);
            }
            Err(problem) => self.refused = Some(problem),
        }
    }
}

#[cfg(test)]
mod tests;
