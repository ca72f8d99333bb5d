//! A recipe that was checked, and its cells in their fixed order: further axes, outermost first, then rules, then the own
//! axis.

use super::axes::{check_rows, columns, number};
use super::axis::Vary;
use super::columns::{Column, Finished, LabEntry};
use super::experiment::OwnAxis;
use super::experiments::Lab;
use super::names::rule_titles;
use super::recipe::LabRecipe;
use super::sites::KnownSites;
use crate::engine::Error;
use crate::engine::rng::stream;
use crate::engine::settings::{Kinds as _, Value, notation};
use crate::trial::{Recipe, TrackRecipe};
use rand::RngExt as _;
use std::collections::BTreeSet;

/// The most cells of a plan.
pub const MAX_CELLS: usize = 1_000_000;

/// How paths of settings of the experiment begin.
const EXPERIMENT: &str = "experiment.";

/// Combinations of further axes and rules that are tried before anything runs.
const TRIED: usize = 20_000;

/// A recipe that can run.
#[derive(Debug, Clone)]
pub struct LabPlan {
    recipe: LabRecipe,
    axis: OwnAxis,
    columns: Vec<Column>,
    rule_names: Vec<String>,
    n_cells: usize,
    sites: KnownSites,
}

/// Where a cell stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// The value of each further axis, by its index.
    pub vary: Vec<usize>,
    /// The rule, by its index.
    pub rule: usize,
    /// The value of the own axis, by its index.
    pub own: usize,
}

/// The order in which cells are worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellOrder {
    /// As the rows stand.
    Rows,
    /// All axes coarsely first, then finer.
    CoarseFirst,
}

impl LabPlan {
    /// Checks `recipe`. Refused: what [`LabRecipe::check`] refuses, an axis that a rule or the world does not have or that
    /// does nothing, rows that could not be told apart, values that are not admitted, a load beyond the world's patterns,
    /// dynamics that a rule does not take, more than [`MAX_CELLS`] cells.
    pub fn new(recipe: LabRecipe) -> Result<Self, Error> {
        recipe.check()?;
        check_rows(&recipe)?;
        let axis = recipe.experiment.experiment().axis();
        let counts = recipe.vary.iter().map(|vary| vary.values.len());
        let all = counts.chain([recipe.rules.len(), axis.values.len()]);
        let n_cells = all.fold(1_usize, usize::saturating_mul);
        if n_cells > MAX_CELLS {
            return Err(Error::Range {
                setting: "the number of cells",
                range: format!("{MAX_CELLS} at the most"),
                value: n_cells.to_string(),
            });
        }
        if axis.values.is_empty() {
            return Err(Error::NotEnough {
                asked: format!("a value of {}", axis.column.name),
                available: "none".to_owned(),
            });
        }
        let plan = Self {
            columns: columns(&recipe, &axis),
            rule_names: recipe.rule_names(),
            axis,
            n_cells,
            recipe,
            sites: KnownSites::default(),
        };
        plan.try_all()?;
        Ok(plan)
    }

    /// Puts every combination of axes and rules together, as far as there are not too many, and all ends of the own axis.
    fn try_all(&self) -> Result<(), Error> {
        let n_own = self.axis.values.len();
        for series in (0..self.n_series()).take(TRIED) {
            for own in [0, n_own - 1] {
                let place = self.place(series * n_own + own);
                self.experiment_at(&place)?;
                self.recipe_at(&place, 0)?;
            }
        }
        Ok(())
    }

    /// The experiment at `place`: further axes may change its settings, as `experiment.KEY`, but not its own axis.
    pub fn experiment_at(&self, place: &CellPlace) -> Result<Lab, Error> {
        let mut lab = self.recipe.experiment.clone();
        for (vary, index) in self.recipe.vary.iter().zip(&place.vary) {
            let Some(key) = vary.path.strip_prefix(EXPERIMENT) else {
                continue;
            };
            let set = notation::find(lab.any(), key)
                .and_then(|setting| setting.read(&vary.values[*index]))
                .and_then(|value| lab.any_mut().set(key, value))
                .and_then(|()| lab.any().check_all());
            set.map_err(|problem| problem.in_source(vary.to_string()))?;
            if lab.experiment().axis() != self.axis {
                let problem = Error::Idle {
                    setting: "an axis of its own",
                    others: "further axes: it is set by the experiment".to_owned(),
                };
                return Err(problem.in_source(vary.to_string()));
            }
        }
        Ok(lab)
    }

    /// What was planned.
    pub fn recipe(&self) -> &LabRecipe {
        &self.recipe
    }

    /// The experiment's own axis.
    pub fn axis(&self) -> &OwnAxis {
        &self.axis
    }

    /// What rules are called in rows.
    pub fn rule_names(&self) -> &[String] {
        &self.rule_names
    }

    /// How many cells, and rows, there are.
    pub fn n_cells(&self) -> usize {
        self.n_cells
    }

    /// How many curves there are: places on the further axes, times rules.
    pub fn n_series(&self) -> usize {
        self.n_cells / self.axis.values.len()
    }

    /// Where cell `cell` stands.
    pub fn place(&self, cell: usize) -> CellPlace {
        let (series, own) = (cell / self.axis.values.len(), cell % self.axis.values.len());
        let (mut outer, rule) = (
            series / self.recipe.rules.len(),
            series % self.recipe.rules.len(),
        );
        let mut vary = vec![0; self.recipe.vary.len()];
        for (index, axis) in vary.iter_mut().zip(&self.recipe.vary).rev() {
            *index = outer % axis.values.len();
            outer /= axis.values.len();
        }
        CellPlace { vary, rule, own }
    }

    /// The columns of all axes and of the experiment.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What is known of how units lie in the worlds of the plan.
    pub(super) fn sites(&self) -> &KnownSites {
        &self.sites
    }

    /// What stands in the columns of the axes in the row of `cell`.
    pub fn axes_of(&self, cell: usize) -> Vec<LabEntry> {
        let place = self.place(cell);
        let vary = self.recipe.vary.iter().zip(&place.vary);
        let mut entries: Vec<LabEntry> = vary
            .map(|(vary, index)| number(&vary.values[*index]))
            .collect();
        entries.push(LabEntry::Text(self.rule_names[place.rule].clone()));
        entries.push(LabEntry::Number(Some(self.axis.values[place.own])));
        entries
    }

    /// The number in `column` of a row; none where there is no such column, or no number.
    pub fn number(&self, row: &Finished, column: &str) -> Option<f64> {
        let place = self.columns().iter().position(|it| it.name == column)?;
        row.row.get(place)?.number()
    }

    /// The name of the curve that a series is: its rule, and where it stands on further axes that have more than one value.
    pub fn series_name(&self, series: usize) -> String {
        let place = self.place(series * self.axis.values.len());
        let mut name = rule_titles(&self.recipe.rules).swap_remove(place.rule);
        let axes = self.recipe.vary.iter().zip(&place.vary);
        for (vary, index) in axes.filter(|(vary, _)| vary.values.len() > 1) {
            let value = &vary.values[*index];
            let value = match number(value) {
                LabEntry::Number(_) => format!("{} = {value}", self.short_path(&vary.path, &name)),
                LabEntry::Text(word) => word,
            };
            name = name + ", " + &value;
        }
        name
    }

    /// The last part of `path`, where that is no setting of another axis or in `name`.
    fn short_path<'a>(&self, path: &'a str, name: &str) -> &'a str {
        let Some((_, key)) = path.rsplit_once('.') else {
            return path;
        };
        let mut paths = self.recipe.vary.iter().map(|vary| &*vary.path);
        let is_of_another =
            paths.any(|other| other != path && other.rsplit('.').next() == Some(key));
        if is_of_another || name.contains(&format!(" {key} = ")) {
            path
        } else {
            key
        }
    }

    /// The recipe of the network of `place` in `repeat`, as it could be opened in a window.
    pub fn recipe_at(&self, place: &CellPlace, repeat: usize) -> Result<Recipe, Error> {
        let mut recipe = Recipe {
            world: self.recipe.world.clone(),
            max_sweeps: self.recipe.max_sweeps,
            seed: self.recipe.seed,
            tracks: vec![TrackRecipe {
                name: String::new(),
                rule: self.recipe.rules[place.rule].clone(),
                alteration: self.recipe.alteration,
                dynamics: self.recipe.dynamics,
            }],
            ..Recipe::default()
        };
        let mut stood = Vec::new();
        for (vary, index) in self.recipe.vary.iter().zip(&place.vary) {
            if vary.path.starts_with(EXPERIMENT) {
                continue;
            }
            let set = recipe.set(&vary.path, &vary.values[*index]);
            let read = set.and_then(|()| recipe.get(&vary.path));
            stood.push((
                vary,
                read.map_err(|problem| problem.in_source(vary.to_string()))?,
            ));
        }
        let lab = self.experiment_at(place)?;
        let (experiment, own) = (lab.experiment(), self.axis.values[place.own]);
        if experiment.moves_network() {
            let n_units = self.sites.of(&recipe.world, recipe.seed)?.n_units();
            let applied = experiment.apply(&mut recipe, n_units, own);
            applied.map_err(|problem| {
                problem.in_source(format!("{} = {own}", self.axis.column.name))
            })?;
        }
        self.check_stands(&stood, &recipe)?;
        recipe.seed = repeated(recipe.seed, repeat);
        recipe.track().check_dynamics()?;
        Ok(recipe)
    }

    /// Refuses further axes whose values another axis, or the own one, replaces.
    fn check_stands(&self, stood: &[(&Vary, Value)], recipe: &Recipe) -> Result<(), Error> {
        let mut axes = stood.iter();
        let stands = |vary: &Vary, value: &Value| {
            let now = recipe.get(&vary.path);
            // Other axes may set parts of worlds that are told apart by their names.
            if vary.path == "world" && are_different(vary.values.iter().map(kind)) {
                return now.is_ok_and(|now| kind(&now) == kind(value));
            }
            now.as_ref() == Ok(value)
        };
        let replaced = axes.find(|(vary, value)| !stands(vary, value));
        let Some((vary, _)) = replaced else {
            return Ok(());
        };
        let problem = Error::Idle {
            setting: "a further axis",
            others: format!(
                "a run where another axis, or the experiment's own, {}, sets the same",
                self.axis.column.name
            ),
        };
        Err(problem.in_source(vary.to_string()))
    }

    /// The name of everything random in a cell: the experiment and the place on all axes, but not the rule. The repeat is
    /// in the seed.
    pub(super) fn random_name(&self, place: &CellPlace) -> String {
        let experiment = self.recipe.experiment.experiment();
        let mut name = format!(
            "lab {} {}",
            experiment.about().name,
            self.axis.values[place.own]
        );
        for (vary, index) in self.recipe.vary.iter().zip(&place.vary) {
            if !vary.path.starts_with("rule") {
                let value = vary.values[*index].to_string();
                name = name + " " + &vary.path + "=" + &value;
            }
        }
        name
    }

    /// Cells of `range` in `order`.
    pub fn cells(&self, range: std::ops::Range<usize>, order: CellOrder) -> Vec<usize> {
        let mut cells: Vec<usize> = range.collect();
        if order == CellOrder::CoarseFirst {
            let n_own = self.axis.values.len();
            let rank = ranks(n_own);
            cells.sort_by_key(|cell| (rank[cell % n_own], cell / n_own));
        }
        cells
    }

    /// The consecutive cells of shard `shard` of `n_shards`, from 0.
    pub fn shard(&self, shard: usize, n_shards: usize) -> std::ops::Range<usize> {
        let at = |shard: usize| (self.n_cells as u128 * shard as u128 / n_shards as u128) as usize;
        at(shard)..at(shard + 1)
    }
}

/// The name in a value that is written NAME:key=value,….
fn kind(value: &Value) -> String {
    let text = value.to_string();
    text.split(':').next().unwrap_or_default().to_owned()
}

fn are_different(names: impl Iterator<Item = String>) -> bool {
    let mut seen = BTreeSet::new();
    names.into_iter().all(|name| seen.insert(name))
}

/// The seed of `repeat`: the recipe's own for the first, so that it is the network that a window shows.
fn repeated(seed: u64, repeat: usize) -> u64 {
    match repeat {
        0 => seed,
        _ => stream(seed, &format!("lab repeat {repeat}")).random(),
    }
}

/// For each of `count` places the round in which it is taken up: the ends first, then always the middle of gaps.
fn ranks(count: usize) -> Vec<usize> {
    let mut rank = vec![usize::MAX; count];
    let mut next = 0;
    let mut take = |place: usize, rank: &mut Vec<usize>| {
        if rank[place] == usize::MAX {
            rank[place] = next;
            next += 1;
        }
    };
    if count > 0 {
        take(0, &mut rank);
        take(count - 1, &mut rank);
    }
    let mut gaps = std::collections::VecDeque::from([(0, count.saturating_sub(1))]);
    while let Some((low, high)) = gaps.pop_front() {
        if high > low + 1 {
            let middle = usize::midpoint(low, high);
            take(middle, &mut rank);
            gaps.push_back((low, middle));
            gaps.push_back((middle, high));
        }
    }
    rank
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
