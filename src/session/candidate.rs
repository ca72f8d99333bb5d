//! A world made of files that were opened, looked at before it is taken.

use crate::engine::Error;
use crate::worlds::{Source, World};
use std::sync::Arc;

/// What was opened, and what was read of it so far.
pub struct Candidate {
    world: World,
    seed: u64,
    source: Option<Arc<Source>>,
    refused: Option<Error>,
    version: u64,
}

impl Candidate {
    /// A look at `world`. What `before` has read is used where it serves.
    pub(super) fn new(world: World, seed: u64, before: Option<Self>) -> Self {
        let version = before.as_ref().map_or(0, |before| before.version) + 1;
        let source = before.and_then(|before| before.source);
        let source = source
            .and_then(|source| source.with(&world, seed))
            .map(Arc::new);
        Self {
            world,
            seed,
            source,
            refused: None,
            version,
        }
    }

    /// Keeps why it could not be read: with other settings perhaps it can.
    pub(super) fn refuse(&mut self, why: Error) {
        self.refused = Some(why);
        self.version += 1;
    }

    /// Why it could not be read with these settings.
    pub fn refused(&self) -> Option<&Error> {
        self.refused.as_ref()
    }

    /// Takes in what was read.
    pub(super) fn take_in(&mut self, source: Source) {
        self.source = Some(Arc::new(source));
        self.version += 1;
    }

    /// The world and its settings.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What was read, once all is.
    pub fn source(&self) -> Option<&Arc<Source>> {
        self.source
            .as_ref()
            .filter(|source| source.is_of(&self.world, self.seed))
    }

    /// Changes with what is shown of it.
    pub fn version(&self) -> u64 {
        self.version
    }
}
