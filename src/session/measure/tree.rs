//! Trees of minima of the energy: that of the memory shown, and of other rules beside it, a tree a slice.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, stepping};
use crate::engine::Error;
use crate::lab::Cache;
use crate::lab::portraits::{MemoryTree, ProbedMemory, check_energy};
use crate::session::Session;
use crate::session::wishes::{Wish, Wishes};
use crate::trial::Recipe;

/// Trees side by side, as far as they are grown.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveTrees {
    /// That of the memory shown.
    pub own: MemoryTree,
    /// Of each rule beside it its tree, or why there is none.
    pub beside: Vec<Result<MemoryTree, Error>>,
}

struct Steps {
    subject: Subject,
    cache: Cache,
    trees: Option<LiveTrees>,
}

impl Measure for LiveTrees {
    const UNDER_WAY: &'static str = "Looking for minima, and for the barriers between them…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn wish(wishes: &Wishes) -> Option<Wish> {
        Some(Wish::Trees(wishes.trees.clone()))
    }

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.check_rests()?;
        check_energy(&subject.memory)?;
        let steps = Steps {
            subject,
            cache: Cache::default(),
            trees: None,
        };
        Ok(stepping(steps, Steps::step))
    }
}

impl Steps {
    fn step(&mut self) -> Slice<LiveTrees> {
        let wished = &self.subject.wishes.trees;
        let trees = match self.trees.take() {
            None => MemoryTree::of(&self.subject.probed()).map(|own| LiveTrees {
                own,
                beside: Vec::new(),
            }),
            Some(mut trees) => {
                let tree = self.tree(&wished[trees.beside.len()]);
                trees.beside.push(tree);
                Ok(trees)
            }
        };
        match trees {
            Ok(trees) if trees.beside.len() < wished.len() => {
                self.trees = Some(trees.clone());
                Slice::SoFar(trees)
            }
            over => Slice::Over(over),
        }
    }

    fn tree(&self, recipe: &Recipe) -> Result<MemoryTree, Error> {
        if !recipe.added.is_empty() || !recipe.removed.is_empty() {
            return Err(Error::Format {
                expected: "other rules learn the patterns that a world gives".to_owned(),
                found: "some were added or left out by hand".to_owned(),
            });
        }
        let memory = ProbedMemory::learned_with(recipe, &self.cache, &self.subject.cancelled)?;
        MemoryTree::of(&memory)
    }
}

impl Session {
    /// The trees of minima, perhaps of an older memory (see [`Self::is_measured`]).
    pub fn trees(&self) -> Option<&LiveTrees> {
        match self.so_far(Measurement::Tree)? {
            Finding::Tree(trees) => Some(trees),
            _ => None,
        }
    }
}
