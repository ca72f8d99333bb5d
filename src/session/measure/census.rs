//! A census: what many starts end in, some starts a slice, shown as they come.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, next_count, stepping};
use crate::engine::Error;
use crate::engine::attractors::Catalogue;
use crate::engine::patterns::Patterns;
use crate::jobs::Stopwatch;
use crate::lab::portraits::ProbedMemory;
use crate::session::Session;
use crate::session::wishes::{CensusWish, Wish, Wishes};
use std::sync::Arc;
use std::time::Duration;

/// Starts that go together at most.
const TOGETHER: usize = 512;

/// How long starts are settled before what they end in is shown anew.
const SHOWN_AFTER: Duration = Duration::from_millis(250);

/// A census as far as it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveCensus {
    /// Which one.
    pub wish: CensusWish,
    /// What the starts ended in.
    pub catalogue: Arc<Catalogue>,
    /// What is stored.
    pub patterns: Arc<Patterns>,
    /// Starts that have ended.
    pub done: u64,
}

struct Steps {
    subject: Subject,
    memory: Option<ProbedMemory>,
    catalogue: Catalogue,
    done: u64,
    count: usize,
    shown: Option<Stopwatch>,
}

impl Measure for LiveCensus {
    const UNDER_WAY: &'static str = "Settling the first starts…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn wish(wishes: &Wishes) -> Option<Wish> {
        Some(Wish::Census(wishes.census))
    }

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.check_rests()?;
        let steps = Steps {
            subject,
            memory: None,
            catalogue: Catalogue::default(),
            done: 0,
            count: 16,
            shown: None,
        };
        Ok(stepping(steps, Steps::step))
    }
}

impl Steps {
    fn step(&mut self) -> Slice<LiveCensus> {
        let Some(memory) = &self.memory else {
            self.memory = Some(self.subject.probed());
            return Slice::UnderWay;
        };
        let clock = Stopwatch::start();
        let wish = self.subject.wishes.census;
        let end = (self.done + self.count as u64).min(wish.count);
        let starts = match memory.starts(wish.starts, wish.unseen, self.done..end) {
            Ok(starts) => starts,
            Err(why) => return Slice::Over(Err(why)),
        };
        memory.endings(&mut self.catalogue, &starts);
        self.done = end;
        self.count = next_count(self.count, clock.elapsed(), TOGETHER);
        if end == wish.count {
            return Slice::Over(Ok(self.census()));
        }
        let shown = self.shown.get_or_insert_with(Stopwatch::start);
        if shown.elapsed() < SHOWN_AFTER {
            return Slice::UnderWay;
        }
        self.shown = None;
        Slice::SoFar(self.census())
    }

    fn census(&self) -> LiveCensus {
        LiveCensus {
            wish: self.subject.wishes.census,
            catalogue: Arc::new(self.catalogue.clone()),
            patterns: Arc::clone(&self.subject.patterns),
            done: self.done,
        }
    }
}

impl Session {
    /// The census as far as it is known, perhaps of an older memory (see [`Self::is_measured`]); `None` where nothing is.
    pub fn census(&self) -> Option<&LiveCensus> {
        match self.so_far(Measurement::Census)? {
            Finding::Census(census) => Some(census),
            _ => None,
        }
    }
}
