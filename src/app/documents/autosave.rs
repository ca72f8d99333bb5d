//! Keeps a session that has changes, by itself and beside the window; what is kept goes when there is nothing to lose.
//!
//! All that is done with kept sessions is done in turn, each in a job, by one [`Keeper`]; the window waits for it only
//! when it closes, so that nothing is written after that.

use super::{Contents, Documents};
use crate::app::view::View;
use crate::app::workers;
use crate::edge::autosave::Keeper;
use crate::engine::Error;
use crate::jobs::Job;
use crate::session::{Document, Session};
use egui::Context;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Seconds between a change and its being kept: together with writing it stays under 15.
const AFTER: f64 = 8.0;

/// Seconds until it is tried again where it failed.
const AGAIN: f64 = 30.0;

/// Where a kept session says which file it was saved to.
pub(in crate::app) const SAVED_AS: &str = "saved_as";

/// When the session of this window is kept.
#[derive(Default)]
pub(super) struct Autosave {
    keeper: Option<Arc<Mutex<Keeper>>>,
    waiting: VecDeque<Task>,
    job: Option<(Aim, Job<News>)>,
    /// What is kept; none where nothing is, or something else.
    kept: Option<Contents>,
    /// Whether something may be kept.
    holds: bool,
    /// When the session is to be kept, in egui's seconds.
    due: Option<f64>,
    /// Whether it was said that keeping fails, since it went well last.
    told: bool,
}

/// What came of a task: what is left over, where that was looked for and found.
type News = Result<Option<PathBuf>, Error>;

/// What is to be done with kept sessions.
enum Task {
    Look,
    Keep(Box<Document>),
    Adopt,
    Skip,
    Forget,
}

/// What a job is for.
enum Aim {
    /// To keep this.
    Keep(Box<Contents>),
    /// To let go of what is kept.
    Forget,
    Other,
}

impl Autosave {
    /// Keeps sessions in `folder` from now on, and looks for what is left there.
    pub(super) fn begin(&mut self, folder: PathBuf) {
        self.keeper = Some(Arc::new(Mutex::new(Keeper::new(folder))));
        self.waiting.push_back(Task::Look);
    }

    /// What was left over is what this window keeps.
    pub(super) fn adopt(&mut self) {
        self.waiting.push_back(Task::Adopt);
        (self.kept, self.holds) = (None, true);
    }

    /// What was left over is not offered again.
    pub(super) fn skip(&mut self) {
        self.waiting.push_back(Task::Skip);
    }

    /// Keeps the session where it has `changed` some time ago; where something was found that is left over, its file.
    pub(super) fn frame(
        &mut self,
        ctx: &Context,
        (session, view): (&Session, &View),
        saved_as: Option<&Path>,
        changed: bool,
    ) -> News {
        let now = ctx.input(|input| input.time);
        let news = self.take_in(now);
        if self.keeper.is_none() || self.job.is_some() {
            return news;
        }
        if let Some(task) = self.waiting.pop_front() {
            self.start(ctx, Aim::Other, task);
        } else if !changed {
            self.due = None;
            if self.holds {
                self.start(ctx, Aim::Forget, Task::Forget);
            }
        } else if self.kept.as_ref().is_some_and(|kept| kept.are_of(session)) {
            self.due = None;
        } else {
            let due = *self.due.get_or_insert(now + AFTER);
            // A window that is left may not be drawn again for long.
            let is_left = !ctx.input(|input| input.focused) && !self.told;
            if now < due && !is_left {
                ctx.request_repaint_after(Duration::from_secs_f64(due - now));
            } else {
                let document = to_keep(Documents::document(session, view), saved_as);
                let aim = Aim::Keep(Box::new(Contents::of(session)));
                self.start(ctx, aim, Task::Keep(Box::new(document)));
            }
        }
        news
    }

    fn start(&mut self, ctx: &Context, aim: Aim, task: Task) {
        let Some(keeper) = self.keeper.clone() else {
            return;
        };
        let task = std::iter::once_with(move || task.run(&mut held(&keeper)));
        self.job = Some((aim, Job::start("autosave", &workers(ctx), task)));
    }

    /// Takes in what came of the job: what was found, or what went wrong, which is said once and tried again.
    fn take_in(&mut self, now: f64) -> News {
        let Some((aim, mut job)) = self.job.take() else {
            return Ok(None);
        };
        let come_of_it = job.poll(Duration::ZERO).pop();
        if come_of_it.is_none() && !job.is_over() {
            self.job = Some((aim, job));
            return Ok(None);
        }
        let lost = || Err(Error::System("it broke off".to_owned()));
        let come_of_it = come_of_it.unwrap_or_else(lost);
        let said = |problem: Error| problem.in_source("keeping the session by itself");
        match (aim, come_of_it) {
            (Aim::Keep(contents), Ok(_)) => {
                (self.kept, self.holds) = (Some(*contents), true);
                (self.due, self.told) = (None, false);
                Ok(None)
            }
            (Aim::Keep(_), Err(problem)) => {
                self.due = Some(now + AGAIN);
                if std::mem::replace(&mut self.told, true) {
                    return Ok(None);
                }
                Err(said(problem))
            }
            (Aim::Forget, come_of_it) => {
                (self.kept, self.holds) = (None, false);
                come_of_it.map_err(said)
            }
            (Aim::Other, come_of_it) => come_of_it.map_err(said),
        }
    }

    /// The window closes. What is being written is waited for; then what is `unsaved` is kept to be offered the next time
    /// or, where there is no such thing, nothing is left over.
    pub(super) fn end(&mut self, unsaved: Option<Document>) {
        self.job = None;
        let Some(keeper) = self.keeper.take() else {
            return;
        };
        let mut keeper = held(&keeper);
        let last = unsaved.map_or(Task::Forget, |document| Task::Keep(Box::new(document)));
        for task in self.waiting.drain(..).chain([last]) {
            // Whoever closes the window hears of no more problems.
            drop(task.run(&mut keeper));
        }
        keeper.stop();
    }
}

/// `document`, with the file that it was saved to, to be kept.
pub(super) fn to_keep(mut document: Document, saved_as: Option<&Path>) -> Document {
    if let Some(fields) = document.view.as_object_mut() {
        let saved_as = saved_as.map(|path| path.display().to_string());
        fields.insert(SAVED_AS.to_owned(), saved_as.into());
    }
    document
}

impl Task {
    fn run(self, keeper: &mut Keeper) -> News {
        match self {
            Self::Look => return Ok(keeper.look()),
            Self::Keep(document) => keeper.keep(document.to_json().as_bytes()),
            Self::Adopt => keeper.adopt(),
            Self::Skip => keeper.skip(),
            Self::Forget => keeper.forget(),
        }
        .map(|()| None)
    }
}

/// The keeper, whoever panicked with it: what it holds is whole after each step.
fn held(keeper: &Mutex<Keeper>) -> MutexGuard<'_, Keeper> {
    keeper.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
