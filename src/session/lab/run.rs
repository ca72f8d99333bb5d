//! A run of an experiment: its results, and the job that works them out.
//!
//! Absent: which runs there are.

use super::results::LabResults;
use crate::jobs::{Job, Stopwatch, Workers};
use crate::lab::{Cache, CellOrder, Event, LabPlan, Steps};
use crate::session::errand::{lab_errands, lab_reader};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Part of the work after which the time that is left is told.
const LEAST_DONE: f32 = 0.04;

/// Why a job has ended before its rows were there.
const BROKEN: &str = "The work broke off before all points were there, by a fault of the program. Go on takes up \
                      what is missing";

/// Which run: numbers from 1 on, none of them twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabRunId(pub u64);

impl std::fmt::Display for LabRunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabState {
    /// It is worked out.
    Running,
    /// It waits.
    Paused,
    /// Its job broke off, for the reason that is told; it can go on.
    Failed(&'static str),
    /// It was ended before it was done.
    Stopped,
    /// All rows are there.
    Done,
}

/// A run of an experiment.
pub struct LabRun {
    id: LabRunId,
    results: LabResults,
    /// What was learned; none once the run has ended.
    cache: Option<Cache>,
    work: Option<UnderWay>,
    failed: Option<&'static str>,
}

/// The job of a run; dropping it cancels it within a step of learning.
struct UnderWay {
    job: Job<Event>,
    /// Whether curves of several sizes are laid together here: the job has only a part of the rows.
    lays_together: bool,
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
    /// Starts to work out all cells of a plan of which there is no result yet.
    pub(super) fn start(id: LabRunId, results: LabResults, workers: &Workers) -> Self {
        let mut run = Self::read(id, results);
        run.cache = Some(Cache::default());
        run.go_on(workers);
        run
    }

    /// A run that was worked out before.
    pub(super) fn read(id: LabRunId, results: LabResults) -> Self {
        Self {
            id,
            results,
            cache: None,
            work: None,
            failed: None,
        }
    }

    /// Works out what is missing, unless that is done or under way.
    pub(super) fn go_on(&mut self, workers: &Workers) {
        let Some(cache) = self.cache.clone().filter(|_| self.work.is_none()) else {
            return;
        };
        let plan = self.results.plan();
        let mut cells = plan.cells(0..plan.n_cells(), CellOrder::CoarseFirst);
        cells.retain(|cell| self.results.rows()[*cell].is_none());
        let cancelled = Arc::new(AtomicBool::new(false));
        let job = if let Some(elsewhere) = workers.elsewhere() {
            let errands = lab_errands(plan.recipe(), &cells, elsewhere.hands);
            let reader = lab_reader(errands.len());
            Job::send(elsewhere, errands, reader)
        } else {
            let steps = Steps::new(Arc::clone(plan), &cells, cache, Arc::clone(&cancelled));
            let steps = steps.laying_together(self.results.rows());
            Job::start_apart("lab", workers, steps)
        };
        self.failed = None;
        self.work = Some(UnderWay {
            job,
            lays_together: workers.elsewhere().is_some(),
            cancelled,
            clock: Stopwatch::start(),
            done: 0.0,
        });
    }

    /// Waits. What was worked out already is taken in.
    pub(super) fn pause(&mut self, workers: &Workers) {
        let Some(mut work) = self.work.take() else {
            return;
        };
        work.cancelled.store(true, Ordering::Relaxed);
        // Nothing new begins: a job of the caller yields what it has, a thread at most what waits.
        let events = work.job.poll(Duration::from_millis(1));
        self.take_in(events);
        if self.is_complete() {
            self.end(workers);
        }
    }

    /// Ends, with the points that are there; what was learned is forgotten.
    pub(super) fn stop(&mut self, workers: &Workers) {
        self.pause(workers);
        self.failed = None;
        self.end(workers);
    }

    fn end(&mut self, workers: &Workers) {
        self.work = None;
        if let Some(cache) = self.cache.take() {
            workers.discard(cache);
        }
    }

    /// Takes in what came of the job.
    pub(super) fn poll(&mut self, budget: Duration, workers: &Workers) {
        let Some(work) = &mut self.work else {
            return;
        };
        let events = work.job.poll(budget);
        let is_over = work.job.is_over();
        self.take_in(events);
        if self.is_complete() && is_over {
            self.end(workers);
        } else if is_over {
            (self.work, self.failed) = (None, Some(BROKEN));
        }
    }

    fn take_in(&mut self, events: Vec<Event>) {
        let mut rows = Vec::new();
        for event in events {
            match event {
                Event::Finished(finished) => rows.push(finished),
                Event::Theory { series, lines } => self.results.take_theory(series, lines),
                Event::Together { family, together } => {
                    self.results.take_together(family, together);
                }
                Event::Progress(done) => {
                    if let Some(work) = &mut self.work {
                        work.done = done;
                    }
                }
            }
        }
        self.results.take(rows);
        let lays_together = self.work.as_ref().is_some_and(|work| work.lays_together);
        if lays_together && self.is_complete() {
            self.results.lay_together();
        }
    }

    fn is_complete(&self) -> bool {
        self.results.n_done() == self.results.rows().len()
    }

    /// Which run it is.
    pub fn id(&self) -> LabRunId {
        self.id
    }

    /// What it has come to so far.
    pub fn results(&self) -> &LabResults {
        &self.results
    }

    /// What is worked out.
    pub fn plan(&self) -> &LabPlan {
        self.results.plan()
    }

    /// How it stands.
    pub fn state(&self) -> LabState {
        match (&self.work, &self.cache) {
            (Some(_), _) => LabState::Running,
            _ if self.is_complete() => LabState::Done,
            (None, Some(_)) => self.failed.map_or(LabState::Paused, LabState::Failed),
            (None, None) => LabState::Stopped,
        }
    }

    /// Whether it is worked out or can go on.
    pub fn is_under_way(&self) -> bool {
        self.cache.is_some()
    }

    /// Time until it is done, about, once there is something to go by.
    pub fn time_left(&self) -> Option<Duration> {
        let work = self.work.as_ref().filter(|work| work.done > LEAST_DONE)?;
        let passed = work.clock.elapsed();
        Some(passed.mul_f32((1.0 - work.done) / work.done))
    }

    /// A run whose job has nothing to say, as one that broke off.
    #[cfg(test)]
    pub(super) fn broken(id: LabRunId, results: LabResults) -> Self {
        Self {
            cache: Some(Cache::default()),
            work: Some(UnderWay {
                job: Job::start("lab", &Workers::Caller, std::iter::empty()),
                lays_together: false,
                cancelled: Arc::default(),
                clock: Stopwatch::start(),
                done: 0.0,
            }),
            ..Self::read(id, results)
        }
    }
}
