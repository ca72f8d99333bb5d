//! Plan, then commit: whatever changes the recipe is worked out first, and only what can be done is put in force.
//!
//! A plan holds all that can be refused: it mends and checks the recipe, finds the source of its world, picks the
//! patterns and works out the cue. Committing it cannot fail. So what is refused changes nothing.
//!
//! Where the world must be prepared first, in a job, nobody knows yet whether the patterns admit the rest. The recipe
//! is put in force all the same, and waits: what followed from the last one that could be worked out stays. Once the
//! world is prepared, a cue from beyond its last pattern is mended; what cannot be mended, or cannot be prepared, is told,
//! and the session goes back to that last recipe, undo included.

use super::history::{History, Turn};
use super::preparing::Preparing;
use super::trained::LearningRequest;
use super::{Document, Session};
use crate::engine::Error;
use crate::trial::{Inputs, Recipe};
use crate::worlds::Source;
use std::sync::Arc;

/// A recipe that can be put in force.
pub(super) struct Plan {
    recipe: Recipe,
    /// What follows from it; `None` where its world must be prepared first.
    inputs: Option<Inputs>,
    /// What no longer fits and is left out, in words.
    left_out: Option<Error>,
    change: Change,
}

/// What asks for a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// The user edited the one in force; a cue that this very edit asks for must exist.
    Edited {
        /// Whether the cue starts from something else now.
        asks_for_start: bool,
    },
    /// Undo, redo, or another recipe as a whole: it comes with a drawing of its own.
    Restored,
    /// It waited for its world.
    Prepared,
}

/// A recipe in force that waits for its world.
pub(super) struct Pending {
    /// The last recipe that could be worked out, and the history at that time; `None` before there is any.
    back: Option<(Recipe, History<Recipe>)>,
    /// Whether the recipe is not an edit of that one.
    is_restored: bool,
}

impl Pending {
    /// The first recipe of a session.
    pub(super) fn first() -> Self {
        Self {
            back: None,
            is_restored: true,
        }
    }
}

impl Session {
    /// Replaces the recipe by an edited one.
    pub(super) fn configure(&mut self, recipe: Recipe) -> Result<(), Error> {
        self.teacher.admits(&self.recipe, &recipe)?;
        let asks_for_start = recipe.cue.start != self.recipe.cue.start;
        let recipe = recipe.mended(&self.recipe);
        let plan = self.plan(recipe, Change::Edited { asks_for_start })?;
        if plan.recipe != self.recipe {
            self.opened_at = None;
            self.commit(plan, History::edit);
        }
        Ok(())
    }

    /// Puts a whole recipe in the place of the one in force, as an edit that can be taken back.
    pub(super) fn replace(&mut self, recipe: Recipe) -> Result<(), Error> {
        let plan = self.plan(recipe, Change::Restored)?;
        if plan.recipe != self.recipe {
            self.opened_at = None;
            self.commit(plan, History::edit);
        }
        Ok(())
    }

    /// Puts the recipe of `document` in the place of the one in force, with no history; its moment is shown once it is there.
    pub(super) fn open_document(&mut self, document: Document) -> Result<(), Error> {
        let plan = self.plan(document.recipe, Change::Restored)?;
        self.commit(plan, |history, _before| *history = History::default());
        self.playback.rewind();
        self.opened_at = Some(document.clock).filter(|clock| *clock > 0);
        self.wishes = document.wishes;
        self.lab.expect(document.lab);
        self.teacher = document.teacher;
        Ok(())
    }

    /// Comes back to the state that was set as the start, at its moment, as an edit that can be taken back. Refused: there
    /// is none.
    pub(super) fn back_to_start(&mut self) -> Result<(), Error> {
        let start = self
            .teacher
            .start
            .as_ref()
            .ok_or_else(|| Error::NotEnough {
                asked: "a start state to come back to".to_owned(),
                available: "none: a teacher sets it".to_owned(),
            })?;
        let (recipe, clock) = (start.recipe.clone(), start.clock);
        self.replace(recipe)?;
        self.playback.rewind();
        self.opened_at = Some(clock).filter(|clock| *clock > 0);
        Ok(())
    }

    /// Takes back the last edit, or does it again.
    pub(super) fn restore(&mut self, turn: Turn) -> Result<(), Error> {
        let Some(recipe) = self.history.next(turn).cloned() else {
            return Ok(());
        };
        let plan = self.plan(recipe, Change::Restored)?;
        self.opened_at = None;
        self.commit(plan, |history, before| history.take(turn, before));
        Ok(())
    }

    /// Takes in the data of a world that was prepared, for the recipe that waits for them.
    pub(super) fn take_in_source(&mut self, source: Source) -> Result<(), Error> {
        self.source = Some(Arc::new(source));
        match self.plan(self.recipe.clone(), Change::Prepared) {
            Ok(plan) => {
                self.commit(plan, |_history, _before| ());
                Ok(())
            }
            Err(problem) => Err(self.go_back(problem)),
        }
    }

    /// Gives the recipe up that waits for its world, since of `problem`; hands the problem on.
    pub(super) fn go_back(&mut self, problem: Error) -> Error {
        self.stopped = true;
        let pending = self.pending.as_mut();
        if let Some((recipe, history)) = pending.and_then(|pending| pending.back.take()) {
            (self.recipe, self.history, self.pending) = (recipe, history, None);
            self.stopped = false;
            self.follow();
        }
        problem
    }

    /// The recipe that what is shown follows from; `None` before there is any.
    pub(super) fn worked_out(&self) -> Option<&Recipe> {
        match &self.pending {
            None => Some(&self.recipe),
            Some(pending) => pending.back.as_ref().map(|(recipe, _)| recipe),
        }
    }

    /// Begins to prepare the world that the recipe waits for, unless that is under way.
    pub(super) fn prepare(&mut self) {
        let (world, seed) = (&self.recipe.world, self.recipe.seed);
        let under_way = self.work.preparing.as_ref();
        if !under_way.is_some_and(|preparing| preparing.serves(world, seed)) {
            let preparing = Preparing::start(world.clone(), seed, &self.work.workers);
            self.work.preparing = Some(preparing);
        }
    }

    /// All that can be refused of `recipe`; changes nothing.
    fn plan(&self, recipe: Recipe, change: Change) -> Result<Plan, Error> {
        recipe.check()?;
        let Some(source) = self.source_of(&recipe)? else {
            return Ok(Plan {
                recipe,
                inputs: None,
                left_out: None,
                change,
            });
        };
        let before = self.inputs.as_ref();
        let drawn = Inputs::drawn(&source, before)?;
        let is_restored = self.pending.as_ref().is_some_and(|it| it.is_restored);
        let is_edited = change != Change::Restored && !is_restored;
        let edited = before.filter(|_| is_edited).zip(self.worked_out());
        let edited = edited.map(|(inputs, recipe)| (recipe, inputs));
        let (mut recipe, left_out) = recipe.fitted(&drawn, edited);
        let asked = Change::Edited {
            asks_for_start: true,
        };
        if change != asked {
            let inputs = edited.map(|(_, inputs)| inputs);
            recipe = recipe.with_start_within(&source, &drawn, inputs);
        }
        let inputs = Inputs::new(&recipe, &source, drawn, before)?;
        Ok(Plan {
            recipe,
            inputs: Some(inputs),
            left_out,
            change,
        })
    }

    /// Puts `plan` in force; `turn` does to the history what goes with it, given the recipe before. Learning that was
    /// stopped stays so until something else is to be learned.
    fn commit(&mut self, plan: Plan, turn: impl FnOnce(&mut History<Recipe>, Recipe)) {
        let Plan {
            recipe,
            inputs,
            left_out,
            change,
        } = plan;
        let asked_before = LearningRequest::all(&self.recipe);
        if let Some(inputs) = inputs {
            (self.pending, self.work.preparing) = (None, None);
            self.use_inputs(inputs);
        } else {
            let is_restored = change == Change::Restored;
            let pending = self.pending.get_or_insert_with(|| Pending {
                back: Some((self.recipe.clone(), self.history.clone())),
                is_restored,
            });
            pending.is_restored |= is_restored;
        }
        let before = std::mem::replace(&mut self.recipe, recipe);
        turn(&mut self.history, before);
        self.history.bound(&self.recipe);
        self.stopped &= asked_before == LearningRequest::all(&self.recipe);
        self.told.extend(left_out);
        if self.pending.is_some() && !self.stopped {
            self.prepare();
        }
        self.follow();
    }

    fn use_inputs(&mut self, inputs: Inputs) {
        let before = self.inputs.as_ref();
        let same = before.is_some_and(|it| Arc::ptr_eq(it.patterns(), inputs.patterns()));
        if !same {
            self.version += 1;
            self.patterns_version = self.version;
        }
        if before.is_none_or(|it| it.cue != inputs.cue) {
            self.version += 1;
        }
        self.inputs = Some(inputs);
    }

    /// The source that `recipe` asks for; `None` where a job must prepare it first.
    fn source_of(&self, recipe: &Recipe) -> Result<Option<Arc<Source>>, Error> {
        let (world, seed) = (&recipe.world, recipe.seed);
        let in_use = self.inputs.as_ref().map(|inputs| &inputs.source);
        let looked_at = self.candidate.as_ref().and_then(|it| it.source());
        let known = || in_use.into_iter().chain(&self.source).chain(looked_at);
        if let Some(source) = known().find(|source| source.is_of(world, seed)) {
            return Ok(Some(Arc::clone(source)));
        }
        if let Some(source) = known().find_map(|source| source.with(world, seed)) {
            return Ok(Some(Arc::new(source)));
        }
        if world.settings().is_quick() {
            return Ok(Some(Arc::new(Source::prepare(world, seed)?)));
        }
        Ok(None)
    }
}
