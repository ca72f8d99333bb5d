//! The document: one recipe, what follows from it, and where one looks.
//!
//! [`Session::apply`] is the only writer; readers are plain getters. Everything that follows from the recipe is
//! rebuilt in one place, `refresh.rs`: source, patterns, memory, cue, recording. What takes longer than
//! a frame runs as a job, and the old result stays, known to be out of date because it keeps the order it came
//! from. Absent: the window, files, and the clock; the caller brings bytes and says how much time has passed.

mod candidate;
mod command;
mod history;
mod learning;
mod learning_history;
mod measure;
mod picture;
mod playback;
mod preparing;
mod readers;
mod refresh;
mod trained;
pub mod words;
mod work;

pub use candidate::Candidate;
pub use command::Command;
pub use learning_history::{LearningHistory, Probe};
pub use measure::Measurement;
pub use picture::Opened;
pub use playback::{FULL_SPEED, StepUnit};
pub use trained::{LearningRequest, Trained};

use crate::engine::learning::LoadedCouplings;
use crate::engine::{Alteration, Error, LearningRule, Recording};
use crate::jobs::{Stopwatch, Workers};
use crate::trial::{CueStates, Recipe, Start};
use crate::worlds::{self, Source, World};
use history::History;
use measure::Measured;
use picture::Opening;
use playback::Playback;
use std::sync::Arc;
use std::time::Duration;
use work::Work;

/// The document, and everything that follows from it.
pub struct Session {
    recipe: Recipe,
    history: History<Recipe>,
    work: Work,
    source: Option<Arc<Source>>,
    stored: Option<StoredPatterns>,
    trained: Option<Trained>,
    stopped: bool,
    cue: Option<CueStates>,
    recording: Option<Recording>,
    playback: Playback,
    opened: Option<Opened>,
    candidate: Option<Candidate>,
    measured: Measured,
    version: u64,
}

/// The stored patterns and what they were chosen by.
#[derive(Clone)]
struct StoredPatterns {
    made_from: (World, u64),
    drawn: worlds::Stored,
    /// The session's version when they were made.
    version: u64,
}

/// What one call of [`Session::advance`] leaves to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Advance {
    /// When to call again; `None` while nothing moves (jobs wake the window themselves).
    pub again_after: Option<Duration>,
    /// What went wrong on the way, all of it.
    pub problems: Vec<Error>,
}

impl Session {
    /// A session on `recipe`, whose long work is done by `workers`.
    pub fn new(recipe: Recipe, workers: Workers) -> Self {
        let mut session = Self {
            recipe,
            history: History::default(),
            work: Work::new(workers),
            source: None,
            stored: None,
            trained: None,
            stopped: false,
            cue: None,
            recording: None,
            playback: Playback::default(),
            opened: None,
            candidate: None,
            measured: Measured::default(),
            version: 0,
        };
        session.begin();
        session
    }

    /// Does what `command` says; on an error nothing has changed.
    pub fn apply(&mut self, command: Command) -> Result<(), Error> {
        match command {
            Command::Configure(recipe) => self.configure(*recipe),
            Command::Undo => self.restore(History::undo),
            Command::Redo => self.restore(History::redo),
            Command::StopLearning => {
                let work = &mut self.work;
                self.stopped = work.learning.take().is_some() | work.preparing.take().is_some();
                Ok(())
            }
            Command::Learn => {
                self.stopped = false;
                self.refresh()
            }
            Command::PauseLearning(paused) => {
                if let Some(learning) = &mut self.work.learning {
                    learning.paused = paused;
                }
                Ok(())
            }
            Command::KeepLearning => {
                if let Some(learning) = &mut self.work.learning {
                    learning.keep();
                }
                Ok(())
            }
            Command::OpenPicture { name, bytes, ink } => {
                let opening = Opening::start(name, bytes, ink, &self.work.workers);
                self.work.opening = Some(opening);
                Ok(())
            }
            Command::ClosePicture => {
                (self.work.opening, self.opened) = (None, None);
                Ok(())
            }
            Command::UseCouplings { name, couplings } => {
                let mut recipe = self.recipe.clone();
                let track = recipe.track_mut();
                track.rule = LearningRule::LoadedCouplings(LoadedCouplings::new(name, couplings));
                track.alteration = Alteration::default();
                self.configure(recipe)
            }
            Command::OpenWorld(world) => {
                world.check()?;
                self.look_at(*world);
                Ok(())
            }
            Command::CloseWorld => {
                (self.work.reading, self.candidate) = (None, None);
                Ok(())
            }
            Command::Measure(what) => self.measure(what),
            time => {
                self.apply_to_time(&time);
                Ok(())
            }
        }
    }

    /// Takes in jobs and plays on by `elapsed`, for no longer than about `budget`.
    pub fn advance(&mut self, elapsed: Duration, budget: Duration) -> Advance {
        let events = self.work.poll(budget).into_iter();
        let problems = events.filter_map(|event| self.take_in(event).err());
        let problems = problems.collect();
        let clock = Stopwatch::start();
        let max_sweeps = self.recipe.max_sweeps;
        let mut again_after = self.work.waits_for_the_caller().then_some(Duration::ZERO);
        if let Some(recording) = &mut self.recording {
            if self.playback.playing {
                self.playback.advance(recording, elapsed, max_sweeps);
                let playing = self.playback.playing;
                again_after =
                    again_after.or_else(|| playing.then(|| self.playback.until_next_step()));
            }
            if self.playback.settling {
                while self.playback.settling && clock.elapsed() < budget {
                    let next = recording.length() + recording.sweep();
                    recording.extend_to(next.min(max_sweeps * recording.sweep()));
                    self.playback.settling =
                        recording.verdict().is_none() && recording.length() >= next;
                }
                self.playback.cursor = recording.length();
                again_after = self
                    .playback
                    .settling
                    .then_some(Duration::ZERO)
                    .or(again_after);
            }
        }
        Advance {
            again_after,
            problems,
        }
    }

    /// The user let go of pointer and keys: the next edit is a new step of undo.
    pub fn settle(&mut self) {
        self.history.settle(&self.recipe);
    }

    fn configure(&mut self, recipe: Recipe) -> Result<(), Error> {
        let recipe = recipe.mended(&self.recipe);
        recipe.check()?;
        if recipe == self.recipe {
            return Ok(());
        }
        if let Some(source) = self.source_of(&recipe)? {
            let stored = self.stored_of(&recipe, &source)?;
            recipe.track().rule.check(&stored.drawn.patterns)?;
            if let Start::Unseen(index) = recipe.cue.start {
                source.unseen(index)?;
            }
            (self.source, self.stored) = (Some(source), Some(stored));
        }
        self.history.edit(self.recipe.clone());
        self.put_in_force(recipe)
    }

    fn restore(
        &mut self,
        turn: impl Fn(&mut History<Recipe>, Recipe) -> Result<Recipe, Recipe>,
    ) -> Result<(), Error> {
        match turn(&mut self.history, self.recipe.clone()) {
            Ok(recipe) => self.put_in_force(recipe),
            Err(_) => Ok(()),
        }
    }

    /// Makes `recipe` the one in force. Learning that was stopped stays so until something else is to be learned.
    fn put_in_force(&mut self, recipe: Recipe) -> Result<(), Error> {
        let before = self.order();
        self.recipe = recipe;
        self.stopped &= before == self.order();
        self.refresh()
    }

    fn apply_to_time(&mut self, command: &Command) {
        let max_sweeps = self.recipe.max_sweeps;
        let Some(recording) = &mut self.recording else {
            return;
        };
        let playback = &mut self.playback;
        match command {
            Command::StepForward(step) => {
                playback.play(false);
                playback.step_forward(recording, *step, max_sweeps);
            }
            Command::StepBack(step) => {
                playback.play(false);
                playback.step_back(recording, *step);
            }
            Command::Seek(update) => {
                playback.play(false);
                let tick = recording.tick_length();
                playback.cursor = (*update).min(recording.length()) / tick * tick;
            }
            Command::Play(playing) => {
                let over = recording.verdict().is_some()
                    || recording.length() >= max_sweeps * recording.sweep();
                if *playing && over && playback.cursor >= recording.length() {
                    playback.rewind();
                }
                playback.play(*playing);
            }
            Command::Settle => {
                playback.play(false);
                playback.settling = true;
            }
            Command::SetStep(step) => playback.step = *step,
            Command::SetSpeed(speed) => playback.speed = speed.clamp(1.0, FULL_SPEED),
            _ => (),
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
