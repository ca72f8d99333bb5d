//! Everything that follows from the recipe, brought in line with it: digits, patterns, cue, memory, recording.

use super::candidate::Candidate;
use super::learning::{self, Learning};
use super::preparing::Preparing;
use super::trained::{LearningRequest, Trained};
use super::work::Event;
use super::{Session, StoredPatterns};
use crate::engine::{Error, Recording};
use crate::trial::{CueStates, Recipe};
use crate::worlds::{Source, World};
use std::sync::Arc;

impl Session {
    /// What the recipe asks of learning.
    pub(super) fn order(&self) -> LearningRequest {
        LearningRequest {
            world: self.recipe.world.clone(),
            seed: self.recipe.seed,
            rule: self.recipe.track().rule.clone(),
        }
    }

    /// Takes in what came of a job: the one place where the session hears of it.
    pub(super) fn take_in(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Prepared(Ok(source)) => {
                self.source = Some(Arc::new(source));
                self.refresh()
            }
            Event::Learned(Ok(trained)) => self.put_in_use(*trained),
            Event::Prepared(Err(problem)) | Event::Learned(Err(problem)) => {
                self.stopped = true;
                Err(problem)
            }
            Event::Opened(opened) => {
                self.opened = Some(opened?);
                Ok(())
            }
            Event::Read(Ok(source)) => {
                if let Some(candidate) = &mut self.candidate {
                    candidate.take_in(source);
                }
                Ok(())
            }
            Event::Read(Err(problem)) => {
                self.candidate = None;
                Err(problem)
            }
            Event::Measured(outcome) => self.measured.take_in(outcome),
        }
    }

    /// Begins to prepare the world, in a job whatever it is: the window opens meanwhile.
    pub(super) fn begin(&mut self) {
        let (world, seed) = (self.recipe.world.clone(), self.recipe.seed);
        self.work.preparing = Some(Preparing::start(world, seed, &self.work.workers));
    }

    /// Looks at files before they are taken, or at the same with other settings.
    pub(super) fn look_at(&mut self, world: World) {
        let (seed, before) = (self.recipe.seed, self.candidate.take());
        let candidate = Candidate::new(world.clone(), seed, before);
        let to_read = candidate.source().is_none();
        self.work.reading = to_read.then(|| Preparing::start(world, seed, &self.work.workers));
        self.candidate = Some(candidate);
    }

    /// The source that `recipe` asks for; `None` where a job must prepare it first.
    pub(super) fn source_of(&self, recipe: &Recipe) -> Result<Option<Arc<Source>>, Error> {
        let (world, seed) = (&recipe.world, recipe.seed);
        match &self.source {
            Some(source) if source.is_of(world, seed) => return Ok(Some(Arc::clone(source))),
            _ => (),
        }
        let looked_at = self.candidate.as_ref().and_then(Candidate::source);
        let mut known = self.source.iter().chain(looked_at);
        if let Some(source) = known.find_map(|source| source.with(world, seed)) {
            return Ok(Some(Arc::new(source)));
        }
        if world.settings().is_quick() {
            return Ok(Some(Arc::new(Source::prepare(world, seed)?)));
        }
        Ok(None)
    }

    /// The patterns that `recipe` stores out of `source`.
    pub(super) fn stored_of(
        &self,
        recipe: &Recipe,
        source: &Source,
    ) -> Result<StoredPatterns, Error> {
        let made_from = (recipe.world.clone(), recipe.seed);
        match &self.stored {
            Some(stored) if stored.made_from == made_from => Ok(stored.clone()),
            _ => Ok(StoredPatterns {
                made_from,
                drawn: source.stored()?,
                version: self.version + 1,
            }),
        }
    }

    /// The source of the world in force; `None` while it must be prepared first.
    fn prepared(&mut self) -> Result<Option<Arc<Source>>, Error> {
        if let Some(source) = self.source_of(&self.recipe)? {
            (self.source, self.work.preparing) = (Some(Arc::clone(&source)), None);
            return Ok(Some(source));
        }
        let (world, seed) = (&self.recipe.world, self.recipe.seed);
        let under_way = self.work.preparing.as_ref();
        if !under_way.is_some_and(|preparing| preparing.serves(world, seed)) && !self.stopped {
            self.begin();
        }
        Ok(None)
    }

    /// Brings everything in line with the recipe: the one place that rebuilds.
    pub(super) fn refresh(&mut self) -> Result<(), Error> {
        let Some(source) = self.prepared()? else {
            return Ok(());
        };
        let order = self.order();
        let stored = self.stored_of(&self.recipe, &source)?;
        self.version = self.version.max(stored.version);
        self.stored = Some(stored);
        let patterns = Arc::clone(self.patterns().expect("the patterns were made just now"));
        let cue = self.recipe.cue.states(&patterns, &source)?;
        if self.cue.as_ref() != Some(&cue) {
            self.cue = Some(cue);
            self.version += 1;
        }
        if self
            .trained
            .as_ref()
            .is_some_and(|trained| trained.made_from == order)
        {
            self.work.learning = None;
            self.alter();
            self.record();
        } else if self.stopped {
            self.alter();
            // The old memory is kept in use, as far as the cue still fits into it.
            let old = self.trained.as_ref().zip(self.cue.as_ref());
            if old.is_some_and(|(trained, states)| trained.memory.takes(&states.cue)) {
                self.record();
            }
        } else if self
            .work
            .learning
            .as_ref()
            .is_none_or(|learning| *learning.order() != order)
        {
            self.work.learning = None;
            let unseen = source.first_unseen(Learning::N_UNSEEN)?;
            let unseen = unseen.into_iter().map(|example| example.state);
            match learning::learn(order, patterns, unseen.collect(), &self.work.workers) {
                Ok(Ok(trained)) => self.put_in_use(trained)?,
                Ok(Err(learning)) => self.work.learning = Some(learning),
                Err(problem) => {
                    self.stopped = true;
                    return Err(problem);
                }
            }
        }
        Ok(())
    }

    /// Brings the memory in line with what is asked of its couplings once they are learned.
    fn alter(&mut self) {
        if let Some(trained) = &mut self.trained
            && trained.alter(self.recipe.track().alteration)
        {
            self.version += 1;
        }
    }

    fn put_in_use(&mut self, trained: Trained) -> Result<(), Error> {
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
            seed, max_sweeps, ..
        } = self.recipe;
        let dynamics = self.recipe.track().dynamics;
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
