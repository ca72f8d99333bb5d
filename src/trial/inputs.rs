//! What a recipe gives to a memory: the patterns to store, and the cue.

use super::cue::CueStates;
use super::recipe::Recipe;
use super::run::{Refusal, Stage};
use crate::engine::Patterns;
use crate::worlds::{Source, Stored};
use std::sync::Arc;

/// Patterns and cue, worked out from a recipe and its world's source.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Where both are from.
    pub source: Arc<Source>,
    /// The patterns that are stored.
    pub stored: Stored,
    /// What the memory is asked.
    pub cue: CueStates,
}

impl Inputs {
    /// What `recipe` gives out of `source`, which must be the source of its world. Refused: more patterns than there
    /// are, a rule that is not for these patterns, a cue from what there is not.
    pub fn new(recipe: &Recipe, source: &Arc<Source>) -> Result<Self, Refusal> {
        let stored = source.stored().map_err(Stage::Patterns.refusal())?;
        let cue = recipe.cue.states(&stored.patterns, source);
        let cue = cue.map_err(Stage::Cue.refusal())?;
        let admitted = recipe.rule.check(&stored.patterns);
        admitted.map_err(Stage::Learning.refusal())?;
        Ok(Self {
            source: Arc::clone(source),
            stored,
            cue,
        })
    }

    /// The stored patterns.
    pub fn patterns(&self) -> &Arc<Patterns> {
        &self.stored.patterns
    }
}
