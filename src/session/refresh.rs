//! Everything that follows from the recipe, brought in line with it: digits, patterns, cue, memory, recording.

use super::learning::{self, Learning, Outcome};
use super::picture::Opening;
use super::trained::{Order, Trained};
use super::{CueStates, Recipe, Session, Stored};
use crate::engine::{Error, Recording};
use crate::jobs::{Job, News};
use crate::worlds::mnist::Mnist;
use std::sync::Arc;

impl Session {
    /// What the recipe asks of learning.
    pub(super) fn order(&self) -> Order {
        let Recipe {
            world, rule, seed, ..
        } = self.recipe.clone();
        Order { world, seed, rule }
    }

    /// Takes in what jobs have to say.
    pub(super) fn take_in_jobs(&mut self) -> Result<(), Error> {
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

    pub(super) fn load_digits(&mut self) {
        let size = self.recipe.world.size;
        let task = std::iter::once_with(move || Mnist::load(size));
        self.loading = Some((size, Job::start("digits", Arc::clone(&self.wake), task)));
    }

    /// Brings everything in line with the recipe: the one place that rebuilds.
    pub(super) fn refresh(&mut self) -> Result<(), Error> {
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
            let patterns = Arc::new(digits.patterns_of(&images, order.world.threshold)?);
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
            self.alter();
            self.record();
        } else if self.stopped {
            self.alter();
            // The old memory is kept in use, as far as the cue still fits into it.
            let n_units = self
                .trained
                .as_ref()
                .map(|trained| trained.memory.n_units());
            if n_units == self.cue.as_ref().map(|states| states.cue.n_units()) {
                self.record();
            }
        } else if self
            .learning
            .as_ref()
            .is_none_or(|learning| *learning.order() != order)
        {
            self.learning = None;
            let threshold = order.world.threshold;
            let unseen = (0..Learning::N_UNSEEN).map(|image| digits.unseen(image, threshold));
            let unseen = unseen.map_while(Result::ok).map(|(state, _)| state);
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
