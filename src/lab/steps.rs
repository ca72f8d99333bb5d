//! Cells worked out, some side by side, in steps that can be stopped between.

use super::cache::{Cache, Key, Network};
use super::columns::{Finished, LabEntry};
use super::experiment::Theory;
use super::plan::{CellPlace, LabPlan};
use super::unit::{Sample, Unit};
use crate::engine::Error;
use crate::trial::Recipe;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a step has come to.
#[derive(Debug, Clone)]
pub enum Event {
    /// A cell is done.
    Finished(Finished),
    /// What theory draws beside a series.
    Theory {
        /// The series, by its index.
        series: usize,
        /// Its lines.
        lines: Vec<Theory>,
    },
    /// Units that are done, of all.
    Progress(f32),
}

/// What theory draws, where it was asked.
type Theories = Option<Vec<Theory>>;

/// One network to look at, of one cell.
struct Task {
    cell: usize,
    place: CellPlace,
    repeat: usize,
    recipe: Recipe,
    key: Key,
}

/// The way through the cells.
pub struct Steps {
    plan: Arc<LabPlan>,
    cache: Cache,
    cancelled: Arc<AtomicBool>,
    /// Cells and repeats to come.
    queue: VecDeque<(usize, usize)>,
    n_units: usize,
    done: usize,
    samples: BTreeMap<usize, Vec<Result<Sample, Error>>>,
    told: BTreeSet<usize>,
    events: VecDeque<Event>,
}

impl Steps {
    /// Works out `cells` of `plan` in this order; what others have learned into `cache` is used. Whoever sets `cancelled`
    /// stops it within a step of learning.
    pub fn new(
        plan: Arc<LabPlan>,
        cells: &[usize],
        cache: Cache,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        let repeats = plan.recipe().repeats;
        let queue: VecDeque<(usize, usize)> = cells
            .iter()
            .flat_map(|cell| (0..repeats).map(|repeat| (*cell, repeat)))
            .collect();
        Self {
            n_units: queue.len(),
            plan,
            cache,
            cancelled,
            queue,
            done: 0,
            samples: BTreeMap::new(),
            told: BTreeSet::new(),
            events: VecDeque::new(),
        }
    }

    /// As many units as there are threads, or as many as one memory serves.
    fn wave(&mut self) -> Vec<Task> {
        let count = rayon::current_num_threads().min(self.queue.len());
        let taken: Vec<(usize, usize)> = self.queue.drain(..count).collect();
        let task = |(cell, repeat): (usize, usize)| {
            let place = self.plan.place(cell);
            let recipe = self.plan.recipe_at(&place, repeat);
            // Combinations of axes were tried when it was planned; what then still is refused is told in the row.
            match recipe {
                Ok(recipe) => Some(Task {
                    cell,
                    key: Key::of(&recipe),
                    place,
                    repeat,
                    recipe,
                }),
                Err(problem) => {
                    self.samples.entry(cell).or_default().push(Err(problem));
                    None
                }
            }
        };
        let tasks: Vec<Task> = taken.iter().copied().filter_map(task).collect();
        self.done += taken.len() - tasks.len();
        for (cell, _) in taken {
            self.close(cell);
        }
        tasks
    }

    /// Learns what is missing for `tasks`, each network once.
    fn learn(&self, tasks: &[Task]) {
        let needed: BTreeSet<Key> = tasks.iter().map(|task| task.key.clone()).collect();
        let mut seen = BTreeSet::new();
        let missing: Vec<&Task> = tasks
            .iter()
            .filter(|task| seen.insert(&task.key) && self.cache.network(&task.key).is_none())
            .collect();
        let learned: Vec<Result<Network, Error>> = missing
            .par_iter()
            .map(|task| self.cache.learn(&task.recipe, &self.cancelled))
            .collect();
        if self.cancelled.load(Ordering::Relaxed) {
            return;
        }
        for (task, network) in missing.iter().zip(learned) {
            self.cache.keep(task.key.clone(), network, &needed);
        }
    }

    /// Looks at the networks of `tasks`, side by side.
    fn look(&mut self, tasks: &[Task]) {
        let looked: Vec<(Result<Sample, Error>, Theories)> = tasks
            .par_iter()
            .map(|task| {
                let network = self.cache.network(&task.key);
                let network = network.expect("the networks of a wave are kept")?;
                let lab = self.plan.experiment_at(&task.place)?;
                let experiment = lab.experiment();
                let name = self.plan.random_name(&task.place);
                let unit = Unit {
                    recipe: &task.recipe,
                    own: self.plan.axis().values[task.place.own],
                    name: &name,
                    source: &network.source,
                    patterns: &network.patterns,
                    batch: &network.batch,
                };
                let series = task.cell / self.plan.axis().values.len();
                let is_new = task.repeat == 0 && !self.told.contains(&series);
                let theory = is_new.then(|| experiment.theory(&unit));
                experiment.sample(&unit).map(|sample| (sample, theory))
            })
            .map(|looked| match looked {
                Ok((sample, theory)) => (Ok(sample), theory),
                Err(problem) => (Err(problem), None),
            })
            .collect();
        for (task, (sample, theory)) in tasks.iter().zip(looked) {
            let series = task.cell / self.plan.axis().values.len();
            if let Some(lines) = theory
                && self.told.insert(series)
                && !lines.is_empty()
            {
                self.events.push_back(Event::Theory { series, lines });
            }
            self.samples.entry(task.cell).or_default().push(sample);
            self.done += 1;
            self.close(task.cell);
        }
    }

    /// Makes the row of `cell`, if all its repeats are done.
    fn close(&mut self, cell: usize) {
        let repeats = self.plan.recipe().repeats;
        if self
            .samples
            .get(&cell)
            .is_none_or(|samples| samples.len() < repeats)
        {
            return;
        }
        let Some(samples) = self.samples.remove(&cell) else {
            return;
        };
        let lab = self.plan.experiment_at(&self.plan.place(cell));
        let lab = lab.unwrap_or_else(|_refused| self.plan.recipe().experiment.clone());
        let experiment = lab.experiment();
        let n_columns = experiment.columns().len();
        let mut row = self.plan.axes_of(cell);
        let samples: Result<Vec<Sample>, Error> = samples.into_iter().collect();
        let (entries, blocks, problem) = match samples {
            Ok(samples) => (experiment.row(&samples), experiment.blocks(&samples), None),
            Err(problem) => {
                let nothing = vec![LabEntry::Number(None); n_columns];
                (nothing, Vec::new(), Some(problem.to_string()))
            }
        };
        row.extend(entries);
        self.events.push_back(Event::Finished(Finished {
            cell,
            row,
            blocks,
            problem,
        }));
    }
}

impl Iterator for Steps {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.events.pop_front() {
            return Some(event);
        }
        if self.queue.is_empty() || self.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let tasks = self.wave();
        self.learn(&tasks);
        if self.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        self.look(&tasks);
        let done = self.done as f32 / self.n_units as f32;
        self.events.push_back(Event::Progress(done));
        self.events.pop_front()
    }
}

/// The rows of all cells of `plan`, in their order.
pub fn run(plan: &Arc<LabPlan>) -> Vec<Finished> {
    let cells: Vec<usize> = (0..plan.n_cells()).collect();
    let steps = Steps::new(Arc::clone(plan), &cells, Cache::default(), Arc::default());
    let mut finished: Vec<Finished> = steps
        .filter_map(|event| match event {
            Event::Finished(finished) => Some(finished),
            _ => None,
        })
        .collect();
    finished.sort_by_key(|finished| finished.cell);
    finished
}
