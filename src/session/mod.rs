//! The document: one recipe, what follows from it, and where one looks.
//!
//! [`Session::apply`] is the only writer; readers are plain getters. Everything that follows from the recipe is
//! rebuilt in one place, [`Session::refresh`]: digits, patterns, memory, cue, recording. What takes longer than
//! a frame runs as a job, and the old result stays, known to be out of date because it keeps the order it came
//! from. Absent: the window, files, and the clock; the caller brings bytes and says how much time has passed.

mod command;
pub mod cue;
mod history;
mod picture;
mod playback;
pub mod recipe;
mod trained;
pub mod words;

pub use command::Command;
pub use cue::{Cue, CueStates, Start};
pub use picture::Opened;
pub use playback::{FULL_SPEED, StepUnit};
pub use recipe::Recipe;
pub use trained::{Order, Trained};

use crate::engine::{Error, Patterns, Recording, State};
use crate::jobs::{Job, News, Stopwatch, Wake};
use crate::worlds::mnist::{Mnist, Settings, Size};
use history::History;
use picture::Opening;
use playback::Playback;
use std::sync::Arc;
use std::time::Duration;
use trained::{Learning, Outcome};

/// The document, and everything that follows from it.
pub struct Session {
    recipe: Recipe,
    history: History<Recipe>,
    wake: Wake,
    digits: Option<Arc<Mnist>>,
    loading: Option<(Size, Job<Mnist>)>,
    stored: Option<Stored>,
    trained: Option<Trained>,
    learning: Option<Learning>,
    stopped: bool,
    cue: Option<CueStates>,
    recording: Option<Recording>,
    playback: Playback,
    opening: Option<Opening>,
    opened: Option<Opened>,
    version: u64,
}

/// The stored patterns and what they were chosen by.
struct Stored {
    made_from: (Settings, u64),
    patterns: Arc<Patterns>,
    /// Which training image each is.
    images: Vec<usize>,
    /// The session's version when they were made.
    version: u64,
}

/// What one call of [`Session::advance`] leaves to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Advance {
    /// When to call again; `None` while nothing moves (jobs wake the window themselves).
    pub again_after: Option<Duration>,
    /// What went wrong on the way.
    pub problem: Option<Error>,
}

impl Session {
    /// A session on `recipe`. `wake` is called from other threads whenever [`Self::advance`] has something to do.
    pub fn new(recipe: Recipe, wake: Wake) -> Self {
        let mut session = Self {
            recipe,
            history: History::default(),
            wake,
            digits: None,
            loading: None,
            stored: None,
            trained: None,
            learning: None,
            stopped: false,
            cue: None,
            recording: None,
            playback: Playback::default(),
            opening: None,
            opened: None,
            version: 0,
        };
        session.load_digits();
        session
    }

    /// The recipe in force.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The digits at the size in force, once loaded.
    pub fn digits(&self) -> Option<&Arc<Mnist>> {
        self.digits
            .as_ref()
            .filter(|digits| digits.size() == self.recipe.world.size)
    }

    /// The stored patterns.
    pub fn patterns(&self) -> Option<&Arc<Patterns>> {
        self.stored.as_ref().map(|stored| &stored.patterns)
    }

    /// Changes whenever other patterns are stored.
    pub fn patterns_version(&self) -> u64 {
        self.stored.as_ref().map_or(0, |stored| stored.version)
    }

    /// Which training image each stored pattern is.
    pub fn stored_images(&self) -> &[usize] {
        self.stored.as_ref().map_or(&[], |stored| &stored.images)
    }

    /// The memory, perhaps out of date.
    pub fn trained(&self) -> Option<&Trained> {
        self.trained.as_ref()
    }

    /// Whether what is shown came from an older recipe than the one in force.
    pub fn is_stale(&self) -> bool {
        self.trained
            .as_ref()
            .is_some_and(|trained| trained.made_from != self.order())
    }

    /// Share of the learning done, 0 to 1, while a job is at it.
    pub fn learning(&self) -> Option<f32> {
        self.learning.as_ref().map(Learning::done)
    }

    /// Whether digits are being loaded.
    pub fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// The cue and the original it was made of.
    pub fn cue(&self) -> Option<&CueStates> {
        self.cue.as_ref()
    }

    /// The recording of the cue in the memory.
    pub fn recording(&self) -> Option<&Recording> {
        self.recording.as_ref()
    }

    /// The moment shown, in updates since the cue.
    pub fn cursor(&self) -> u64 {
        self.playback.cursor
    }

    /// The state at the moment shown.
    pub fn state(&self) -> Option<State> {
        self.recording
            .as_ref()
            .map(|recording| recording.state_at(self.playback.cursor))
    }

    /// Whether time moves on by itself.
    pub fn is_playing(&self) -> bool {
        self.playback.playing
    }

    /// What one step is.
    pub fn step_unit(&self) -> StepUnit {
        self.playback.step
    }

    /// Steps a second, 1 to [`FULL_SPEED`].
    pub fn speed(&self) -> f64 {
        self.playback.speed
    }

    /// Whether the run can go on from the moment shown.
    pub fn can_go_on(&self) -> bool {
        self.recording.as_ref().is_some_and(|recording| {
            let limit = self.recipe.max_sweeps * recording.sweep();
            self.playback.cursor < recording.length()
                || (recording.verdict().is_none() && recording.length() < limit)
        })
    }

    /// Whether there is an edit to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is an edit to do again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// The picture that was opened and waits to become the cue.
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// Changes whenever patterns, memory, cue or recording are made anew: what views key their textures on.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Does what `command` says; on an error nothing has changed.
    pub fn apply(&mut self, command: Command) -> Result<(), Error> {
        match command {
            Command::Configure(recipe) => self.configure(*recipe),
            Command::Undo => self.restore(History::undo),
            Command::Redo => self.restore(History::redo),
            Command::StopLearning => {
                self.stopped = self.learning.take().is_some();
                Ok(())
            }
            Command::Learn => {
                self.stopped = false;
                self.refresh()
            }
            Command::OpenPicture { name, bytes, ink } => {
                self.opening = Some(Opening::start(name, bytes, ink, &self.wake));
                Ok(())
            }
            Command::ClosePicture => {
                (self.opening, self.opened) = (None, None);
                Ok(())
            }
            time => {
                self.apply_to_time(&time);
                Ok(())
            }
        }
    }

    /// Takes in jobs and plays on by `elapsed`, for no longer than about `budget`.
    pub fn advance(&mut self, elapsed: Duration, budget: Duration) -> Advance {
        let problem = self.take_in_jobs().err();
        let clock = Stopwatch::start();
        let max_sweeps = self.recipe.max_sweeps;
        let mut again_after = None;
        if let Some(recording) = &mut self.recording {
            if self.playback.playing {
                self.playback.advance(recording, elapsed, max_sweeps);
                again_after = self
                    .playback
                    .playing
                    .then(|| self.playback.until_next_step());
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
            problem,
        }
    }

    /// The user let go of pointer and keys: the next edit is a new step of undo.
    pub fn settle(&mut self) {
        self.history.settle(&self.recipe);
    }

    fn order(&self) -> Order {
        let Recipe {
            world, rule, seed, ..
        } = self.recipe.clone();
        Order { world, seed, rule }
    }

    fn configure(&mut self, recipe: Recipe) -> Result<(), Error> {
        let recipe = recipe.mended(&self.recipe);
        recipe.check()?;
        if let Some(digits) = &self.digits
            && digits.size() == recipe.world.size
        {
            digits.choose(&recipe.world, recipe.seed)?;
        }
        if recipe != self.recipe {
            self.history
                .edit(std::mem::replace(&mut self.recipe, recipe));
            self.stopped = false;
            self.refresh()?;
        }
        Ok(())
    }

    fn restore(
        &mut self,
        turn: impl Fn(&mut History<Recipe>, Recipe) -> Result<Recipe, Recipe>,
    ) -> Result<(), Error> {
        let (Ok(recipe) | Err(recipe)) = turn(&mut self.history, self.recipe.clone());
        self.recipe = recipe;
        self.stopped = false;
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
                let at_end = playback.cursor >= recording.length() && recording.verdict().is_some();
                if *playing && at_end {
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

    fn take_in_jobs(&mut self) -> Result<(), Error> {
        if let Some(opened) = self.opening.as_mut().and_then(Opening::poll) {
            self.opening = None;
            self.opened = Some(opened?);
        }
        if let Some((size, job)) = &mut self.loading {
            match job.poll() {
                News::Item(digits) => {
                    let wanted = *size == self.recipe.world.size;
                    self.loading = None;
                    if wanted {
                        self.digits = Some(Arc::new(digits));
                    }
                    self.refresh()?;
                }
                News::Nothing => (),
                News::Over => {
                    self.loading = None;
                    return Err(Error::System(
                        "loading the digits stopped before its end".to_owned(),
                    ));
                }
            }
        }
        match self.learning.as_mut().map(Learning::poll) {
            Some(Outcome::Learned(trained)) => {
                self.learning = None;
                self.take_in(trained)
            }
            Some(Outcome::Lost) => {
                (self.learning, self.stopped) = (None, true);
                Err(Error::System(
                    "learning stopped before its end; the old memory is kept".to_owned(),
                ))
            }
            Some(Outcome::UnderWay) | None => Ok(()),
        }
    }

    fn load_digits(&mut self) {
        let size = self.recipe.world.size;
        let task = std::iter::once_with(move || Mnist::load(size));
        self.loading = Some((size, Job::start("digits", Arc::clone(&self.wake), task)));
    }

    /// Brings everything in line with the recipe: the one place that rebuilds.
    fn refresh(&mut self) -> Result<(), Error> {
        let Some(digits) = self.digits().cloned() else {
            if self
                .loading
                .as_ref()
                .is_none_or(|(size, _)| *size != self.recipe.world.size)
            {
                self.load_digits();
            }
            return Ok(());
        };
        let order = self.order();
        let chosen_by = (order.world.clone(), order.seed);
        if self
            .stored
            .as_ref()
            .is_none_or(|stored| stored.made_from != chosen_by)
        {
            let images = digits.choose(&order.world, order.seed)?;
            let patterns = Arc::new(digits.patterns(&order.world, order.seed)?);
            self.version += 1;
            self.stored = Some(Stored {
                made_from: chosen_by,
                patterns,
                images,
                version: self.version,
            });
        }
        let patterns = Arc::clone(self.patterns().expect("the patterns were made just now"));
        let cue = self
            .recipe
            .cue
            .states(&patterns, &digits, self.recipe.world.threshold)?;
        if self.cue.as_ref() != Some(&cue) {
            self.cue = Some(cue);
            self.version += 1;
        }
        if self
            .trained
            .as_ref()
            .is_some_and(|trained| trained.made_from == order)
        {
            self.learning = None;
            self.record();
        } else if !self.stopped
            && self
                .learning
                .as_ref()
                .is_none_or(|learning| *learning.order() != order)
        {
            self.learning = None;
            match trained::learn(order, patterns, &self.wake)? {
                Ok(trained) => self.take_in(trained)?,
                Err(learning) => self.learning = Some(learning),
            }
        }
        Ok(())
    }

    fn take_in(&mut self, trained: Trained) -> Result<(), Error> {
        self.trained = Some(trained);
        self.version += 1;
        self.refresh()
    }

    /// Records the cue in the memory anew, unless that is the recording there is. Where one looked at the end of
    /// a finished run, the new one is run to its end too: a slider then shows where each setting leads.
    fn record(&mut self) {
        let (Some(trained), Some(CueStates { cue, .. })) = (&self.trained, &self.cue) else {
            return;
        };
        let Recipe {
            dynamics,
            seed,
            max_sweeps,
            ..
        } = self.recipe;
        let same = self.recording.as_ref().is_some_and(|recording| {
            Arc::ptr_eq(recording.memory(), &trained.memory)
                && recording.cue() == cue
                && recording.dynamics() == dynamics
                && recording.seed() == seed
        });
        if same {
            return;
        }
        let follow = self.recording.as_ref().is_some_and(|recording| {
            let over = recording.verdict().is_some()
                || recording.length() >= max_sweeps * recording.sweep();
            self.playback.settling || (over && self.playback.cursor == recording.length())
        });
        let (memory, patterns) = (Arc::clone(&trained.memory), Arc::clone(&trained.patterns));
        self.recording = Some(Recording::new(
            memory,
            patterns,
            cue.clone(),
            dynamics,
            seed,
        ));
        self.version += 1;
        self.playback.rewind();
        self.playback.settling = follow;
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
