//! The document: one recipe, what follows from it, and where one looks.
//!
//! [`Session::apply`] is the only writer; readers are plain getters. What changes the recipe is planned and then put in
//! force (`plan.rs`): source, patterns and cue are worked out before anything changes. Memories and recordings follow in
//! one place (`follow.rs`). What takes longer than a frame runs as a job, and the old result stays, known to be out of date because it keeps the order it came
//! from. Absent: the window, files, and the clock; the caller brings bytes and says how much time has passed.

mod arrays;
mod candidate;
mod clock;
mod command;
mod document;
mod errand;
mod follow;
mod history;
mod lab;
mod learning;
mod learning_history;
mod measure;
mod picture;
mod plan;
mod playback;
mod preparing;
mod probing;
mod readers;
mod starting;
mod teacher;
mod track;
mod trained;
mod weight;
mod wishes;
mod work;

pub use arrays::SessionArrays;
pub use candidate::Candidate;
pub use command::Command;
pub use document::{Document, FindFile, MAX_DOCUMENT, MAX_SHARED, OutsideFile, Shared};
pub use errand::run_errand;
pub use lab::{
    LabBook, LabCurve, LabRequest, LabResults, LabRun, LabRunId, LabState, LabTableRead,
};
pub use learning_history::{LearningHistory, Probe};
pub use measure::{LiveBands, LiveBasin, LiveCensus, LiveTrees, Measurement};
pub use picture::Opened;
pub use playback::{FULL_SPEED, StepUnit};
pub use teacher::{BY_HAND, Restriction, StartState, TeacherOptions, WHOLE};
pub use track::Track;
pub use trained::{LearningRequest, Trained};
pub use wishes::{BreaksWish, CensusWish, PortraitWish, WalkWish, Wish, Wishes};

use crate::engine::learning::LoadedCouplings;
use crate::engine::{Alteration, Error, LearningRule};
use crate::jobs::Workers;
use crate::trial::{Inputs, Recipe};
use crate::worlds::{Source, World};
use history::{History, Turn};
use learning::Learning;
use picture::Opening;
use plan::Pending;
use playback::Playback;
use std::sync::Arc;
use std::time::Duration;
use work::Work;

/// The document, and everything that follows from it.
pub struct Session {
    recipe: Recipe,
    history: History<Recipe>,
    /// While the recipe waits for its world.
    pending: Option<Pending>,
    work: Work,
    /// What a job prepared last.
    source: Option<Arc<Source>>,
    /// Patterns and cue of the last recipe that could be worked out.
    inputs: Option<Inputs>,
    /// The session's version when other patterns were stored last.
    patterns_version: u64,
    /// One for each of that recipe's; at least one.
    tracks: Vec<Track>,
    /// Whether preparing and learning were stopped by hand.
    stopped: bool,
    /// What came to nothing when it was learned.
    failed: Vec<LearningRequest>,
    /// Problems to tell at the next call of [`Self::advance`].
    told: Vec<Error>,
    playback: Playback,
    /// The moment of the document that was opened, until it can be shown.
    opened_at: Option<u64>,
    opened: Option<Opened>,
    candidate: Option<Candidate>,
    lab: LabBook,
    wishes: Wishes,
    teacher: TeacherOptions,
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
            pending: Some(Pending::first()),
            work: Work::new(workers),
            source: None,
            inputs: None,
            patterns_version: 0,
            tracks: vec![Track::default()],
            stopped: false,
            failed: Vec::new(),
            told: Vec::new(),
            playback: Playback::default(),
            opened_at: None,
            opened: None,
            candidate: None,
            lab: LabBook::default(),
            wishes: Wishes::default(),
            teacher: TeacherOptions::default(),
            version: 0,
        };
        // In a job whatever the world is: the window opens meanwhile.
        session.prepare();
        session
    }

    /// Does what `command` says; on an error nothing has changed.
    pub fn apply(&mut self, command: Command) -> Result<(), Error> {
        match command {
            Command::Configure(recipe) => self.configure(*recipe),
            Command::Replace(recipe) => self.replace(*recipe),
            Command::SetTeacherOptions(options) => self.set_teacher(*options),
            Command::BackToStart => self.back_to_start(),
            Command::OpenDocument(document) => self.open_document(*document),
            Command::Undo => self.restore(Turn::Undo),
            Command::Redo => self.restore(Turn::Redo),
            Command::StopLearning
            | Command::Learn
            | Command::PauseLearning(_)
            | Command::KeepLearning => {
                self.apply_to_learning(&command);
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
            Command::UseCouplings {
                name,
                couplings,
                remarks,
            } => {
                let loaded = LoadedCouplings::new(name, couplings);
                self.use_couplings(loaded.with_losses(remarks))
            }
            Command::OpenWorld(world) => self.open_world(*world),
            Command::CloseWorld => {
                (self.work.reading, self.candidate) = (None, None);
                Ok(())
            }
            Command::Lab(what) => {
                self.lab.apply(what, &self.work.workers);
                Ok(())
            }
            Command::Measure(what) => self.measure(0, what),
            Command::MeasureTrack(track, what) => self.measure(track, what),
            Command::StopMeasuring(what) => {
                self.stop_measuring(what);
                Ok(())
            }
            Command::Wish(wish) => {
                self.wishes.put(wish);
                Ok(())
            }
            Command::SetStep(step) => {
                self.playback.step = step;
                Ok(())
            }
            Command::SetSpeed(speed) => {
                self.playback.speed = speed.clamp(1.0, FULL_SPEED);
                Ok(())
            }
            time => {
                self.apply_to_time(&time);
                Ok(())
            }
        }
    }

    /// Stops, pauses, ends or repeats learning.
    fn apply_to_learning(&mut self, command: &Command) {
        match command {
            Command::StopLearning => {
                let work = &mut self.work;
                self.stopped = !work.learning.is_empty() || work.preparing.is_some();
                work.learning.clear();
                work.preparing = None;
            }
            Command::PauseLearning(paused) => {
                let learning = self.work.learning.iter_mut();
                learning.for_each(|learning| learning.paused = *paused);
            }
            Command::KeepLearning => self.work.learning.iter_mut().for_each(Learning::keep),
            _ => {
                self.stopped = false;
                self.failed.clear();
                if self.pending.is_some() {
                    self.prepare();
                }
                self.follow();
            }
        }
    }

    /// Puts a teacher's options in force.
    fn set_teacher(&mut self, options: TeacherOptions) -> Result<(), Error> {
        options.check()?;
        self.teacher = options;
        Ok(())
    }

    /// Looks at a world of files before it is taken.
    fn open_world(&mut self, world: World) -> Result<(), Error> {
        world.check()?;
        self.look_at(world);
        Ok(())
    }

    /// Puts given couplings in the place of a rule.
    fn use_couplings(&mut self, loaded: LoadedCouplings) -> Result<(), Error> {
        let mut recipe = self.recipe.clone();
        let track = recipe.track_mut();
        track.rule = LearningRule::LoadedCouplings(loaded);
        track.alteration = Alteration::default();
        self.configure(recipe)
    }

    /// Takes in jobs and plays on by `elapsed`, for no longer than about `budget`.
    pub fn advance(&mut self, elapsed: Duration, budget: Duration) -> Advance {
        for event in self.work.poll(budget) {
            let problem = self.take_in(event).err();
            self.told.extend(problem);
        }
        self.lab.poll(budget, &self.work.workers);
        let by_caller = matches!(self.work.workers, Workers::Caller) && self.lab.is_running();
        let waits = self.work.waits_for_the_caller() || by_caller;
        let working = waits.then_some(Duration::ZERO);
        let playing = self.play_on(elapsed, budget);
        Advance {
            again_after: working.or(playing),
            problems: std::mem::take(&mut self.told),
        }
    }

    /// The user let go of pointer and keys: the next edit is a new step of undo.
    pub fn settle(&mut self) {
        self.history.settle(&self.recipe);
    }
}

#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod random_commands;
#[cfg(test)]
mod starting_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod track_tests;
