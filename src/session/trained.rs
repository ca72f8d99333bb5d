//! What came of learning, and what it came from.
//!
//! Staleness is no flag: a memory is out of date when the order it came from is not the one asked for now.

use super::learning_history::LearningHistory;
use crate::engine::{Alteration, LearningRule, Memory, Patterns};
use crate::trial::{AddedPattern, Recipe, TrackRecipe};
use crate::worlds::World;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was asked of learning.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningRequest {
    /// Which patterns.
    pub world: World,
    /// And which beside the world's.
    pub added: Vec<Arc<AddedPattern>>,
    /// Without which of them.
    pub removed: BTreeSet<usize>,
    /// Drawn with which seed.
    pub seed: u64,
    /// Learned by which rule.
    pub rule: LearningRule,
}

impl LearningRequest {
    /// What `recipe` asks of learning, track by track.
    pub(super) fn all(recipe: &Recipe) -> Vec<Self> {
        let tracks = recipe.tracks.iter();
        tracks.map(|track| Self::of(recipe, track)).collect()
    }

    /// The same of one of its tracks.
    pub(super) fn of(recipe: &Recipe, track: &TrackRecipe) -> Self {
        Self {
            world: recipe.world.clone(),
            added: recipe.added.clone(),
            removed: recipe.removed.clone(),
            seed: recipe.seed,
            rule: track.rule.clone(),
        }
    }
}

/// A memory, the patterns in it, and the order it came from.
#[derive(Debug, Clone)]
pub struct Trained {
    /// What was asked.
    pub made_from: LearningRequest,
    /// What was stored.
    pub patterns: Arc<Patterns>,
    /// What came of it, as learned.
    pub learned: Arc<Memory>,
    /// How its couplings were altered afterwards.
    pub altered_by: Alteration,
    /// What is used: as learned, or altered.
    pub memory: Arc<Memory>,
    /// What learning told on its way, where it took long enough to watch.
    pub course: Arc<LearningHistory>,
    /// What is to be said of how it ended.
    pub ending: Option<String>,
}

impl Trained {
    /// What came of `made_from`, altered by nothing.
    pub(super) fn new(
        made_from: LearningRequest,
        patterns: Arc<Patterns>,
        learned: Memory,
    ) -> Self {
        let learned = Arc::new(learned);
        Self {
            made_from,
            patterns,
            memory: Arc::clone(&learned),
            learned,
            altered_by: Alteration::default(),
            course: Arc::default(),
            ending: None,
        }
    }

    /// Bytes of its couplings, about.
    pub(super) fn bytes(&self) -> usize {
        size_of::<f32>() * self.memory.n_units().pow(2)
    }
}
