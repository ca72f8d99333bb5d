//! A world on its way from settings to data, in a job.

use crate::engine::Error;
use crate::jobs::{Job, News, Wake};
use crate::worlds::{Data, Preparation, Source, World};
use std::sync::Arc;

/// A world being prepared.
pub(super) struct Preparing {
    world: World,
    seed: u64,
    job: Job<Preparation<Data>>,
    /// Share of the work done, 0 to 1.
    pub(super) done: f32,
}

impl Preparing {
    pub(super) fn start(world: World, seed: u64, wake: &Wake) -> Self {
        let job = Job::start("world", Arc::clone(wake), world.prepare(seed));
        Self {
            world,
            seed,
            job,
            done: 0.0,
        }
    }

    /// Whether what comes of it serves `world` with `seed`.
    pub(super) fn serves(&self, world: &World, seed: u64) -> bool {
        world.shares_data(seed, &self.world, self.seed)
    }

    /// What came of it, once it is known.
    pub(super) fn poll(&mut self) -> Option<Result<Source, Error>> {
        loop {
            match self.job.poll() {
                News::Item(Preparation::UnderWay(done)) => self.done = done,
                News::Item(Preparation::Ready(data)) => {
                    let source = |data| Source::new(self.world.clone(), self.seed, data);
                    return Some(data.map(source));
                }
                News::Nothing => return None,
                News::Over => {
                    return Some(Err(Error::System(
                        "preparing the patterns stopped before its end".to_owned(),
                    )));
                }
            }
        }
    }
}
