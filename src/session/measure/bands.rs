//! Bands: what starts end in along a setting, value by value, shown as they come. It learns its own memories, and is of none.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, stepping};
use crate::engine::Error;
use crate::jobs::Stopwatch;
use crate::lab::Cache;
use crate::lab::portraits::bands::{BandColumn, BandEvent, BandMap, BandSteps, BandsRecipe};
use crate::session::Session;
use crate::session::wishes::{Wish, Wishes};
use std::sync::Arc;
use std::time::Duration;

/// Following attractors may take one part in so many of the time.
const FOLLOWING: u32 = 10;

/// Bands as far as they are known.
#[derive(Debug, Clone)]
pub struct LiveBands {
    /// What they are of.
    pub recipe: Arc<BandsRecipe>,
    /// The values that the map is of, in the order of the axis: those done, or the first of them.
    pub columns: Arc<Vec<BandColumn>>,
    /// Their attractors, followed along the axis.
    pub map: Arc<BandMap>,
    /// What is done, 0 to 1.
    pub done: f32,
}

struct Steps {
    recipe: Arc<BandsRecipe>,
    way: BandSteps,
    columns: Vec<BandColumn>,
    shown: Arc<Vec<BandColumn>>,
    map: Arc<BandMap>,
    done: f32,
    /// When the map was made last, and how long that took.
    since: Stopwatch,
    cost: Duration,
}

impl Measure for LiveBands {
    const UNDER_WAY: &'static str = "Learning at the first value…";

    const OF_MEMORY: bool = false;

    fn wish(wishes: &Wishes) -> Option<Wish> {
        Some(Wish::Bands(wishes.bands.clone()))
    }

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        let Some(recipe) = subject.wishes.bands else {
            return Err(Error::NotEnough {
                asked: "a setting along which bands are drawn".to_owned(),
                available: "none".to_owned(),
            });
        };
        recipe.check()?;
        let cancelled = subject.cancelled;
        let way = BandSteps::new(Arc::clone(&recipe), Cache::default(), cancelled);
        let steps = Steps {
            recipe,
            way,
            columns: Vec::new(),
            shown: Arc::default(),
            map: Arc::default(),
            done: 0.0,
            since: Stopwatch::start(),
            cost: Duration::ZERO,
        };
        Ok(stepping(steps, Steps::step))
    }
}

impl Steps {
    fn step(&mut self) -> Slice<LiveBands> {
        match self.way.next() {
            Some(BandEvent::Value(column)) => {
                self.columns.push(column);
                if self.since.elapsed() >= FOLLOWING * self.cost {
                    self.follow();
                }
                Slice::SoFar(self.bands())
            }
            Some(BandEvent::Progress(done)) => {
                self.done = done;
                if self.columns.is_empty() {
                    return Slice::UnderWay;
                }
                Slice::SoFar(self.bands())
            }
            None => {
                self.done = 1.0;
                self.follow();
                Slice::Over(Ok(self.bands()))
            }
        }
    }

    fn follow(&mut self) {
        let clock = Stopwatch::start();
        self.map = Arc::new(BandMap::of(&self.columns));
        self.shown = Arc::new(self.columns.clone());
        self.cost = clock.elapsed();
        self.since = Stopwatch::start();
    }

    fn bands(&self) -> LiveBands {
        LiveBands {
            recipe: Arc::clone(&self.recipe),
            columns: Arc::clone(&self.shown),
            map: Arc::clone(&self.map),
            done: self.done,
        }
    }
}

impl Session {
    /// The bands as far as they are known, perhaps of other settings (see [`Self::is_measured`]); `None` where nothing is.
    pub fn bands(&self) -> Option<&LiveBands> {
        match self.so_far(Measurement::Bands)? {
            Finding::Bands(bands) => Some(bands),
            _ => None,
        }
    }
}
