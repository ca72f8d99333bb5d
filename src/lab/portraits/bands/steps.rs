//! The way through the values: in each step one memory is learned, or some starts are let go in it.

use super::BandsRecipe;
use super::column::BandColumn;
use crate::engine::Error;
use crate::engine::attractors::Catalogue;
use crate::engine::patterns::Patterns;
use crate::lab::cache::Cache;
use crate::lab::portraits::ProbedMemory;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Starts of a step.
const TOGETHER: u64 = 256;

/// What a step has come to.
#[derive(Debug, Clone)]
pub enum BandEvent {
    /// A value is done.
    Value(BandColumn),
    /// What is done, of all: 0 to 1.
    Progress(f32),
}

/// The way through the values, in the order of the axis. What comes of it does not depend on threads, nor on how long it
/// rests between two steps.
pub struct BandSteps {
    recipe: Arc<BandsRecipe>,
    /// Starts of every value, by their numbers.
    starts: Range<u64>,
    cache: Cache,
    cancelled: Arc<AtomicBool>,
    queue: VecDeque<usize>,
    n_values: usize,
    now: Option<Now>,
}

/// A value whose starts are on their way.
struct Now {
    index: usize,
    memory: ProbedMemory,
    originals: Arc<Patterns>,
    catalogue: Catalogue,
    /// The next start.
    next: u64,
}

impl BandSteps {
    /// All starts of all values of `recipe`, which was [checked](BandsRecipe::check). What others have learned into `cache`
    /// is used; whoever sets `cancelled` stops it within a step of learning.
    pub fn new(recipe: Arc<BandsRecipe>, cache: Cache, cancelled: Arc<AtomicBool>) -> Self {
        let values: Vec<usize> = (0..recipe.vary.values.len()).collect();
        let starts = 0..recipe.count;
        Self::part(recipe, &values, starts, cache, cancelled)
    }

    /// Of these values, by their places on the axis, the starts of these numbers.
    pub fn part(
        recipe: Arc<BandsRecipe>,
        values: &[usize],
        starts: Range<u64>,
        cache: Cache,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        Self {
            recipe,
            starts,
            cache,
            cancelled,
            queue: values.iter().copied().collect(),
            n_values: values.len(),
            now: None,
        }
    }

    fn learn(&self, index: usize) -> Result<Now, Error> {
        let BandsRecipe { from, unseen, .. } = *self.recipe;
        let recipe = self.recipe.recipe_at(index)?;
        let memory = ProbedMemory::learned_with(&recipe, &self.cache, &self.cancelled)?;
        let originals = memory.originals(unseen)?;
        // Refused even where no start is asked for.
        from.states(&originals, 0..0, memory.seed)?;
        Ok(Now {
            index,
            memory,
            originals,
            catalogue: Catalogue::default(),
            next: self.starts.start,
        })
    }

    /// The next starts of a value; none where they are refused.
    fn go_on(&self, now: &mut Now) -> Result<(), Error> {
        let end = (now.next + TOGETHER).min(self.starts.end);
        let from = self.recipe.from;
        let starts = from.states(&now.originals, now.next..end, now.memory.seed)?;
        now.memory.endings(&mut now.catalogue, &starts);
        now.next = end;
        Ok(())
    }

    /// What is done, the value in work among it as far as its starts are.
    fn progress(&self) -> BandEvent {
        let of_all = (self.starts.end - self.starts.start).max(1) as f32;
        let left = self.queue.len() + usize::from(self.now.is_some());
        let part = |now: &Now| (now.next - self.starts.start) as f32 / of_all;
        let done = (self.n_values - left) as f32 + self.now.as_ref().map_or(0.0, part);
        BandEvent::Progress(done / self.n_values.max(1) as f32)
    }

    fn refused(&self, index: usize, problem: &Error) -> BandEvent {
        let value = self.recipe.vary.values[index].clone();
        BandEvent::Value(BandColumn::refused(index, value, problem.to_string()))
    }

    fn done(&self, now: Now) -> BandEvent {
        BandEvent::Value(BandColumn {
            index: now.index,
            value: self.recipe.vary.values[now.index].clone(),
            catalogue: now.catalogue,
            patterns: now.memory.patterns,
            problem: None,
        })
    }
}

impl Iterator for BandSteps {
    type Item = BandEvent;

    fn next(&mut self) -> Option<BandEvent> {
        let is_cancelled = |steps: &Self| steps.cancelled.load(Ordering::Relaxed);
        if is_cancelled(self) {
            return None;
        }
        let Some(mut now) = self.now.take() else {
            let index = self.queue.pop_front()?;
            let learned = self.learn(index);
            // What was stopped is no refusal.
            if is_cancelled(self) {
                return None;
            }
            return Some(match learned {
                Ok(now) => {
                    self.now = Some(now);
                    self.progress()
                }
                Err(problem) => self.refused(index, &problem),
            });
        };
        if let Err(problem) = self.go_on(&mut now) {
            return Some(self.refused(now.index, &problem));
        }
        if now.next < self.starts.end {
            self.now = Some(now);
            return Some(self.progress());
        }
        Some(self.done(now))
    }
}
