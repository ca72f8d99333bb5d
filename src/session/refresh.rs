//! Everything that follows from the recipe, brought in line with it: digits, patterns, cue, memory, recording.

use super::candidate::Candidate;
use super::learning::{self, Learning, Outcome};
use super::picture::Opening;
use super::preparing::Preparing;
use super::trained::{LearningRequest, Trained};
use super::{Session, StoredPatterns};
use crate::engine::{Error, Recording};
use crate::trial::{CueStates, Recipe};
use crate::worlds::Source;
use std::sync::Arc;

impl Session {
    /// What the recipe asks of learning.
    pub(super) fn order(&self) -> LearningRequest {
        let Recipe {
            world, rule, seed, ..
        } = self.recipe.clone();
        LearningRequest { world, seed, rule }
    }

    /// Takes in what jobs have to say.
    pub(super) fn take_in_jobs(&mut self) -> Result<(), Error> {
        if let Some(opened) = self.opening.as_mut().and_then(Opening::poll) {
            self.opening = None;
            self.opened = Some(opened?);
        }
        if let Some(Err(problem)) = self.candidate.as_mut().and_then(Candidate::poll) {
            self.candidate = None;
            return Err(problem);
        }
        if let Some(result) = self.preparing.as_mut().and_then(Preparing::poll) {
            self.preparing = None;
            match result {
                Ok(source) => self.source = Some(Arc::new(source)),
                Err(problem) => {
                    self.stopped = true;
                    return Err(problem);
                }
            }
            self.refresh()?;
        }
        match self.learning.as_mut().map(Learning::poll) {
            Some(Outcome::Learned(trained)) => {
                self.learning = None;
                self.take_in(*trained)
            }
            Some(Outcome::Failed(problem)) => {
                (self.learning, self.stopped) = (None, true);
                Err(problem)
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

    /// Begins to prepare the world, in a job whatever it is: the window opens meanwhile.
    pub(super) fn begin(&mut self) {
        let (world, seed) = (self.recipe.world.clone(), self.recipe.seed);
        self.preparing = Some(Preparing::start(world, seed, &self.wake));
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
            (self.source, self.preparing) = (Some(Arc::clone(&source)), None);
            return Ok(Some(source));
        }
        let (world, seed) = (&self.recipe.world, self.recipe.seed);
        let under_way = self.preparing.as_ref();
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
            self.learning = None;
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
            .learning
            .as_ref()
            .is_none_or(|learning| *learning.order() != order)
        {
            self.learning = None;
            let unseen = source.first_unseen(Learning::N_UNSEEN)?;
            let unseen = unseen.into_iter().map(|example| example.state);
            match learning::learn(order, patterns, unseen.collect(), &self.wake) {
                Ok(Ok(trained)) => self.take_in(trained)?,
                Ok(Err(learning)) => self.learning = Some(learning),
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
            && trained.alter(self.recipe.alteration)
        {
            self.version += 1;
        }
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
