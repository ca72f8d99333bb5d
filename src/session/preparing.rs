//! A world on its way from settings to data, in a job.

use crate::engine::Error;
use crate::jobs::{Job, Workers};
use crate::worlds::{Data, Preparation, Source, World};
use std::time::Duration;

/// A world being prepared.
pub(super) struct Preparing {
    world: World,
    seed: u64,
    job: Job<Preparation<Data>>,
    /// Share of the work done, 0 to 1.
    pub(super) done: f32,
}

impl Preparing {
    pub(super) fn start(world: World, seed: u64, workers: &Workers) -> Self {
        let job = Job::start("world", workers, world.prepare(seed));
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

    /// What came of it, once it is known. Whoever fetches what it waits for has the session polled again.
    pub(super) fn poll(&mut self, budget: Duration) -> Option<Result<Source, Error>> {
        if self.world.is_coming() {
            return None;
        }
        for step in self.job.poll(budget) {
            match step {
                Preparation::UnderWay(done) => self.done = done,
                Preparation::Ready(data) => {
                    let source = |data| Source::new(self.world.clone(), self.seed, data);
                    return Some(data.map(source));
                }
            }
        }
        self.job.is_over().then(|| {
            Err(Error::System(
                "preparing the patterns stopped before its end".to_owned(),
            ))
        })
    }
}
