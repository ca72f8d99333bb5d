//! A world made of files that were opened, looked at before it is taken.

use super::preparing::Preparing;
use crate::engine::Error;
use crate::jobs::Wake;
use crate::worlds::{Source, World};
use std::sync::Arc;

/// What was opened, and what was read of it so far.
pub struct Candidate {
    world: World,
    seed: u64,
    preparing: Option<Preparing>,
    source: Option<Arc<Source>>,
    version: u64,
}

impl Candidate {
    /// Begins to read `world`. What `before` has read is used where it serves.
    pub(super) fn new(world: World, seed: u64, before: Option<Self>, wake: &Wake) -> Self {
        let version = before.as_ref().map_or(0, |before| before.version) + 1;
        let source = before.and_then(|before| before.source);
        let source = source
            .and_then(|source| source.with(&world, seed))
            .map(Arc::new);
        let preparing = match &source {
            Some(_) => None,
            None => Some(Preparing::start(world.clone(), seed, wake)),
        };
        Self {
            world,
            seed,
            preparing,
            source,
            version,
        }
    }

    /// Takes in what was read; a refusal ends the look.
    pub(super) fn poll(&mut self) -> Option<Result<(), Error>> {
        let result = self.preparing.as_mut()?.poll()?;
        self.preparing = None;
        Some(result.map(|source| {
            self.source = Some(Arc::new(source));
            self.version += 1;
        }))
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

    /// How much is read, 0 to 1.
    pub fn done(&self) -> f32 {
        self.preparing
            .as_ref()
            .map_or(1.0, |preparing| preparing.done)
    }

    /// Changes with what is shown of it.
    pub fn version(&self) -> u64 {
        self.version
    }
}
