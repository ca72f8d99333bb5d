//! Everything that is under way: the jobs of a session, and what comes of them as events.
//!
//! A job that is dropped is cancelled, at its next slice at the latest. Absent: what an event means to the session.

use super::Opened;
use super::learning::Learning;
use super::measure::{Measuring, Outcome};
use super::picture::Opening;
use super::preparing::Preparing;
use super::starting::{Started, Starting};
use super::trained::{LearningRequest, Trained};
use crate::engine::Error;
use crate::jobs::Workers;
use crate::worlds::Source;
use std::time::Duration;

/// Bytes from which on giving them back is felt in a frame.
const LARGE: usize = 4 << 20;

/// What came of a job.
pub(super) enum Event {
    /// The world in force is prepared, or cannot be.
    Prepared(Result<Source, Error>),
    /// The files that are looked at are read, or cannot be.
    Read(Result<Source, Error>),
    /// A picture is read, or cannot be.
    Opened(Result<Opened, Error>),
    /// What was asked is learned, or has come to nothing.
    Learned(LearningRequest, Result<Box<Trained>, Error>),
    /// The cue stands in the memory of a track, or cannot.
    Started(usize, Result<Box<Started>, Error>),
    /// Something is measured, or cannot be.
    Measured(Outcome),
}

/// The jobs under way.
pub(super) struct Work {
    /// Who does them.
    pub(super) workers: Workers,
    /// The world in force on its way from settings to data.
    pub(super) preparing: Option<Preparing>,
    /// The same for files that are looked at before they are taken.
    pub(super) reading: Option<Preparing>,
    /// A picture being read.
    pub(super) opening: Option<Opening>,
    /// Learning that takes longer than a frame, one job a request.
    pub(super) learning: Vec<Learning>,
    /// From memories as learned to recordings, where that takes longer than a frame: at most one a track.
    pub(super) starting: Vec<Starting>,
    /// At most one a kind.
    pub(super) measuring: Vec<Measuring>,
}

impl Work {
    /// Nothing to do yet.
    pub(super) fn new(workers: Workers) -> Self {
        Self {
            workers,
            preparing: None,
            reading: None,
            opening: None,
            learning: Vec::new(),
            starting: Vec::new(),
            measuring: Vec::new(),
        }
    }

    /// What has come to its end. Jobs that the caller does share `budget`.
    pub(super) fn poll(&mut self, budget: Duration) -> Vec<Event> {
        let share = budget / u32::try_from(self.n_jobs().max(1)).expect("a handful of jobs");
        let mut events = Vec::new();
        let prepared = ended(&mut self.preparing, |job| job.poll(share));
        events.extend(prepared.map(Event::Prepared));
        let read = ended(&mut self.reading, |job| job.poll(share));
        events.extend(read.map(Event::Read));
        let opened = ended(&mut self.opening, |job| job.poll(share));
        events.extend(opened.map(Event::Opened));
        self.learning.retain_mut(|job| {
            let outcome = job.poll(share);
            let goes_on = outcome.is_none();
            let learned = |result| Event::Learned(job.order().clone(), result);
            events.extend(outcome.map(learned));
            goes_on
        });
        self.starting.retain_mut(|job| {
            let outcome = job.poll(share);
            let goes_on = outcome.is_none();
            events.extend(outcome.map(|started| Event::Started(job.track, started)));
            goes_on
        });
        self.measuring.retain_mut(|job| {
            let outcome = job.poll(share);
            let goes_on = outcome.is_none();
            events.extend(outcome.map(Event::Measured));
            goes_on
        });
        events
    }

    /// Whether there are slices to do that nobody else does.
    pub(super) fn waits_for_the_caller(&self) -> bool {
        matches!(self.workers, Workers::Caller) && self.n_jobs() > 0
    }

    /// Jobs that are not told to wait.
    fn n_jobs(&self) -> usize {
        let Self {
            workers: _,
            preparing,
            reading,
            opening,
            learning,
            starting,
            measuring,
        } = self;
        let learning = learning.iter().filter(|learning| !learning.paused).count();
        let single = [preparing.is_some(), reading.is_some(), opening.is_some()];
        let single = single.into_iter().filter(|under_way| *under_way).count();
        single + learning + starting.len() + measuring.len()
    }

    /// Drops `what`, which has about so many bytes: beside the window if they are many.
    pub(super) fn discard(&self, bytes: usize, what: impl Send + 'static) {
        if bytes > LARGE {
            self.workers.discard(what);
        }
    }

    /// Has the window look, though no job has anything to say.
    pub(super) fn wake(&self) {
        if let Workers::Threads(wake) | Workers::Page(wake, _) = &self.workers {
            wake();
        }
    }
}

/// What came of the job in `slot`, which is then empty; `None` while it goes on.
fn ended<J, T>(slot: &mut Option<J>, poll: impl FnOnce(&mut J) -> Option<T>) -> Option<T> {
    let outcome = poll(slot.as_mut()?)?;
    *slot = None;
    Some(outcome)
}
