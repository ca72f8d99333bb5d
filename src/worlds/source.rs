//! A world that has been prepared: what patterns are stored from, and cues drawn from.

use super::kind::{Example, Preparation, Stored, WorldKind};
use super::{Data, Findings, Picture, World};
use crate::engine::{Error, Grid, Patterns, State};
use std::sync::Arc;

/// What the settings of a world give out of its data.
pub(super) trait Supply {
    fn available(&self) -> usize;
    fn stored(&self, seed: u64) -> Result<Stored, Error>;
    fn n_unseen(&self) -> usize;
    fn unseen(&self, seed: u64, index: usize) -> Result<Example, Error>;
    fn first_unseen(&self, seed: u64, count: usize) -> Result<Vec<Example>, Error>;
    fn offers(&self, key: &str) -> bool;
    fn findings(&self) -> Findings;
    fn source_row(&self, origin: usize) -> usize;
    fn features(&self, seed: u64) -> Option<Arc<Patterns>>;
}

impl<K: WorldKind> Supply for (&K, &K::Data) {
    fn available(&self) -> usize {
        self.0.available(self.1)
    }

    fn stored(&self, seed: u64) -> Result<Stored, Error> {
        self.0.stored(self.1, seed)
    }

    fn n_unseen(&self) -> usize {
        self.0.n_unseen(self.1)
    }

    fn unseen(&self, seed: u64, index: usize) -> Result<Example, Error> {
        self.0.unseen(self.1, seed, index)
    }

    fn first_unseen(&self, seed: u64, count: usize) -> Result<Vec<Example>, Error> {
        self.0.first_unseen(self.1, seed, count)
    }

    fn offers(&self, key: &str) -> bool {
        self.0.offers(self.1, key)
    }

    fn findings(&self) -> Findings {
        self.0.findings(self.1)
    }

    fn source_row(&self, origin: usize) -> usize {
        self.0.source_row(self.1, origin)
    }

    fn features(&self, seed: u64) -> Option<Arc<Patterns>> {
        self.0.features(self.1, seed)
    }
}

/// Data of a world, and the settings in force that choose from them.
#[derive(Debug, Clone)]
pub struct Source {
    world: World,
    seed: u64,
    data: Data,
}

impl Source {
    /// The source of `world`, whose data were prepared with `seed`.
    pub fn new(world: World, seed: u64, data: Data) -> Self {
        Self { world, seed, data }
    }

    /// Prepares `world` to the end.
    pub fn prepare(world: &World, seed: u64) -> Result<Self, Error> {
        Self::prepare_with(world, seed, |_done| ())
    }

    /// Prepares `world` to the end; `progress` hears how much is done, 0 to 1.
    pub fn prepare_with(
        world: &World,
        seed: u64,
        mut progress: impl FnMut(f32),
    ) -> Result<Self, Error> {
        Self::prepare_while(world, seed, |done| {
            progress(done);
            true
        })
    }

    /// The same as long as `goes_on`, which hears how much is done, says so; refused where it was stopped.
    pub fn prepare_while(
        world: &World,
        seed: u64,
        mut goes_on: impl FnMut(f32) -> bool,
    ) -> Result<Self, Error> {
        world.check()?;
        for step in world.prepare(seed) {
            match step {
                Preparation::UnderWay(done) if goes_on(done) => {}
                Preparation::UnderWay(_) => break,
                Preparation::Ready(data) => return Ok(Self::new(world.clone(), seed, data?)),
            }
        }
        Err(Error::System(
            "preparing the patterns stopped before its end".to_owned(),
        ))
    }

    /// The world and its settings.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What was prepared.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The source of other settings out of the same data; `None` where other data must be prepared first.
    #[must_use]
    pub fn with(&self, world: &World, seed: u64) -> Option<Self> {
        let serves = world.shares_data(seed, &self.world, self.seed);
        serves.then(|| Self::new(world.clone(), seed, self.data.clone()))
    }

    /// Whether this is the source of `world` with `seed`.
    pub fn is_of(&self, world: &World, seed: u64) -> bool {
        (&self.world, self.seed) == (world, seed)
    }

    /// The most patterns that can be stored.
    pub fn available(&self) -> usize {
        self.supply().available()
    }

    /// The stored patterns.
    pub fn stored(&self) -> Result<Stored, Error> {
        self.supply().stored(self.seed)
    }

    /// How many states there are that are never stored.
    pub fn n_unseen(&self) -> usize {
        self.supply().n_unseen()
    }

    /// The unseen state at `index`, from 0.
    pub fn unseen(&self, index: usize) -> Result<Example, Error> {
        let supply = self.supply();
        match supply.n_unseen() {
            0 => Err(Error::NotEnough {
                asked: format!("unseen pattern {index} (counted from 0)"),
                available: "stored ones".to_owned(),
            }),
            count if index >= count => Err(Error::Range {
                setting: "the index of an unseen pattern",
                range: format!("0 to {}", count - 1),
                value: index.to_string(),
            }),
            _ => supply.unseen(self.seed, index),
        }
    }

    /// The first unseen states: `count` of them, or as many as there are.
    pub fn first_unseen(&self, count: usize) -> Result<Vec<Example>, Error> {
        let supply = self.supply();
        supply.first_unseen(self.seed, count.min(supply.n_unseen()))
    }

    /// Whether the setting of the world called `key` makes a difference for these data: a threshold where there is gray
    /// to be parted, classes where there are labels.
    pub fn offers(&self, key: &str) -> bool {
        self.supply().offers(key)
    }

    /// What was found in the data.
    pub fn findings(&self) -> Findings {
        self.supply().findings()
    }

    /// Which rows of what was opened, from 0, the world's patterns among `stored` are.
    pub fn source_rows(&self, stored: &Stored) -> Vec<usize> {
        let supply = self.supply();
        let rows = stored.origins.iter();
        rows.map(|origin| supply.source_row(*origin)).collect()
    }

    /// What the patterns are composed of, where that is known.
    pub fn features(&self) -> Option<Arc<Patterns>> {
        self.supply().features(self.seed)
    }

    /// A picture as a state on `grid`.
    pub fn state_of(&self, picture: &Picture, grid: Grid) -> State {
        let threshold = self.world.settings().threshold();
        match self.world.mnist() {
            Some(settings) => picture.state(settings.size, threshold),
            None => picture.state_on(grid, threshold),
        }
    }

    fn supply(&self) -> Box<dyn Supply + '_> {
        let supply = self.world.supply(&self.data);
        supply.expect("data are kept with the kind of world that they were prepared for")
    }
}
