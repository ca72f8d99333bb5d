//! Cells worked out, some side by side, in steps that can be stopped between.

use super::cache::{Cache, Key, Network, serving};
use super::case::{Case, Sample};
use super::columns::{Finished, LabEntry, written};
use super::experiment::Theory;
use super::families::{SizeFamily, Together};
use super::plan::{CellPlace, LabPlan};
use crate::engine::Error;
use crate::engine::parallel::prelude::*;
use crate::trial::Recipe;
use crate::worlds::Source;
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
    /// The curves of a family are laid together. It comes before the last of their rows, so that who has all rows has it.
    Together {
        /// The family, by its index among [those of the plan](LabPlan::families).
        family: usize,
        /// How they are.
        together: Together,
    },
    /// Cases that are done, of all.
    Progress(f32),
}

/// What was learned of the recipes of some cases.
type Networks = BTreeMap<Key, Result<Network, Error>>;

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
    n_cases: usize,
    done: usize,
    samples: BTreeMap<usize, Vec<Result<Sample, Error>>>,
    told: BTreeSet<usize>,
    events: VecDeque<Event>,
    /// Families to be laid together, and all rows that are known; both empty where nobody asked.
    families: Vec<SizeFamily>,
    rows: Vec<Option<Finished>>,
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
            n_cases: queue.len(),
            plan,
            cache,
            cancelled,
            queue,
            done: 0,
            samples: BTreeMap::new(),
            told: BTreeSet::new(),
            events: VecDeque::new(),
            families: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Lays families together, too, each as soon as all its points are there; `known` are the rows that were worked out
    /// before, by cell.
    #[must_use]
    pub fn laying_together(self, known: &[Option<Finished>]) -> Self {
        let families = self.plan.families();
        let known = if families.is_empty() { &[] } else { known };
        Self {
            families,
            rows: known.to_vec(),
            ..self
        }
    }

    /// The next cases, as many as there are threads; those that are refused at once are told in their rows.
    fn wave(&mut self) -> Vec<Task> {
        let count = threads().min(self.queue.len());
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

    /// The networks of `tasks`; what is missing is learned, each network once.
    fn learn(&self, tasks: &[Task]) -> Networks {
        let mut networks = Networks::new();
        let mut missing: Vec<&Task> = Vec::new();
        for task in tasks {
            if networks.contains_key(&task.key) || missing.iter().any(|it| it.key == task.key) {
                continue;
            }
            match self.cache.network(&task.key) {
                Some(known) => drop(networks.insert(task.key.clone(), known)),
                None => missing.push(task),
            }
        }
        let sources = self.sources(&missing);
        let learn = |task: &&Task| {
            let source = match serving(&sources, &task.recipe) {
                Some(source) => source,
                None => self.cache.source(&task.recipe, &self.cancelled)?,
            };
            Network::learn(&task.recipe, source, &self.cancelled)
        };
        let learned: Vec<Result<Network, Error>> = missing.par_iter().map(learn).collect();
        // What was stopped is no network.
        if self.cancelled.load(Ordering::Relaxed) {
            return networks;
        }
        for (task, network) in missing.iter().zip(learned) {
            self.cache.keep(task.key.clone(), network.clone());
            networks.insert(task.key.clone(), network);
        }
        networks
    }

    /// The sources of `tasks`, each set of data prepared once. What cannot be prepared is missing, and is refused where it
    /// is learned.
    fn sources(&self, tasks: &[&Task]) -> Vec<Arc<Source>> {
        let mut different: Vec<&Recipe> = Vec::new();
        for Task { recipe, .. } in tasks {
            let serves =
                |other: &&Recipe| (recipe.world).shares_data(recipe.seed, &other.world, other.seed);
            if !different.iter().any(serves) {
                different.push(recipe);
            }
        }
        let prepare = |recipe: &&Recipe| self.cache.source(recipe, &self.cancelled);
        let prepared = different.par_iter().map(prepare);
        let prepared: Vec<Result<Arc<Source>, Error>> = prepared.collect();
        prepared.into_iter().filter_map(Result::ok).collect()
    }

    /// Looks at the networks of `tasks`, side by side.
    fn look(&mut self, tasks: &[Task], networks: &Networks) {
        let looked: Vec<(Result<Sample, Error>, Theories)> = tasks
            .par_iter()
            .map(|task| {
                let network = networks[&task.key].clone()?;
                self.plan
                    .sites()
                    .keep(&task.recipe.world, &network.patterns);
                let lab = self.plan.experiment_at(&task.place)?;
                let experiment = lab.experiment();
                let name = self.plan.random_name(&task.place);
                let case = Case {
                    recipe: &task.recipe,
                    own: self.plan.axis().values[task.place.own],
                    name: &name,
                    source: &network.source,
                    patterns: &network.patterns,
                    batch: &network.batch,
                    cancelled: &self.cancelled,
                };
                let series = task.cell / self.plan.axis().values.len();
                let is_new = task.repeat == 0 && !self.told.contains(&series);
                let theory = is_new.then(|| experiment.theory(&case));
                experiment.sample(&case).map(|sample| (sample, theory))
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
            Err(problem) => (vec![None; n_columns], Vec::new(), Some(problem.to_string())),
        };
        row.extend(entries.into_iter().map(LabEntry::Number));
        row.extend(experiment.scaling().map(|_| written(&blocks)));
        let finished = Finished {
            cell,
            row,
            blocks,
            problem,
        };
        self.lay_together(&finished);
        self.events.push_back(Event::Finished(finished));
    }

    /// Lays the family of a new row together, if all its points are there now.
    fn lay_together(&mut self, finished: &Finished) {
        if self.families.is_empty() {
            return;
        }
        self.rows[finished.cell] = Some(finished.clone());
        let own = finished.cell / self.plan.axis().values.len();
        let mut families = self.families.iter().enumerate();
        let is_of = |(_, family): &(usize, &SizeFamily)| family.has(own);
        if let Some((index, family)) = families.find(is_of)
            && let Some(together) = self.plan.together(family, &self.rows)
        {
            self.events.push_back(Event::Together {
                family: index,
                together,
            });
        }
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
        let networks = self.learn(&tasks);
        if self.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        self.look(&tasks, &networks);
        // What was looked at meanwhile may have been broken off.
        if self.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let done = self.done as f32 / self.n_cases as f32;
        self.events.push_back(Event::Progress(done));
        self.events.pop_front()
    }
}

/// The rows of all cells of `plan`, in their order.
pub fn run(plan: &Arc<LabPlan>) -> Vec<Finished> {
    run_with(plan, &Cache::default())
}

/// The same with what was learned into `cache` before.
pub fn run_with(plan: &Arc<LabPlan>, cache: &Cache) -> Vec<Finished> {
    run_with_theory(plan, cache).0
}

/// The same, and what theory draws beside each series, where it does.
pub(super) fn run_with_theory(
    plan: &Arc<LabPlan>,
    cache: &Cache,
) -> (Vec<Finished>, BTreeMap<usize, Vec<Theory>>) {
    let cells: Vec<usize> = (0..plan.n_cells()).collect();
    let steps = Steps::new(Arc::clone(plan), &cells, cache.clone(), Arc::default());
    let (mut rows, mut theory) = (Vec::new(), BTreeMap::new());
    for event in steps {
        match event {
            Event::Finished(finished) => rows.push(finished),
            Event::Theory { series, lines } => {
                theory.insert(series, lines);
            }
            Event::Together { .. } | Event::Progress(_) => {}
        }
    }
    rows.sort_by_key(|finished| finished.cell);
    (rows, theory)
}

/// Threads of the pool that this runs in: on a page there is none.
#[cfg(not(target_arch = "wasm32"))]
fn threads() -> usize {
    rayon::current_num_threads()
}

/// The one thread of a page, or of a worker of it.
#[cfg(target_arch = "wasm32")]
const fn threads() -> usize {
    1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, LabRecipe, Vary};
    use crate::worlds::World;

    #[test]
    fn two_runs_share_a_cache_that_keeps_nothing() {
        let lab = Lab::parse("basins:points=3,patterns=2,trials=1").unwrap();
        let mut recipe = LabRecipe::of(lab).unwrap();
        recipe.world = World::parse("random:n=40,p=4").unwrap();
        recipe.vary = vec![Vary::parse("world.p=2..5/4").unwrap()];
        let plan = Arc::new(LabPlan::new(recipe).unwrap());
        let cells: Vec<usize> = (0..plan.n_cells()).collect();
        let cache = Cache::holding(0);
        let steps = || Steps::new(Arc::clone(&plan), &cells, cache.clone(), Arc::default());
        let (mut one, mut other) = (steps(), steps());
        let mut rows = [Vec::new(), Vec::new()];
        loop {
            let events = [one.next(), other.next()];
            if events.iter().all(Option::is_none) {
                break;
            }
            for (event, rows) in events.into_iter().zip(&mut rows) {
                if let Some(Event::Finished(finished)) = event {
                    rows.push(finished);
                }
            }
        }
        let alone = run(&plan);
        for mut rows in rows {
            rows.sort_by_key(|finished: &Finished| finished.cell);
            assert_eq!(rows, alone);
        }
    }
}
