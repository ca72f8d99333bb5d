//! The session as a file: saved, opened, recent ones; kept by itself while it has changes; asked for before they are lost.
//!
//! Absent: what a document holds (`session`), and the disk (`edge`, by way of jobs).

mod asking;
mod autosave;

use super::view::View;
use crate::engine::Error;
use crate::session::{Document, Session, TeacherOptions};
use crate::trial::Recipe;
pub(super) use asking::Answer;
use asking::Question;
pub(super) use autosave::SAVED_AS;
use autosave::{Autosave, to_keep};
use egui::{Context, ViewportCommand};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The ending of the names of sessions.
pub(super) const ENDING: &str = "engram";

/// Recent files that are remembered.
const MOST_RECENT: usize = 8;

/// What can be lost of a session. How one looks at it, what is wanted of the attractors and runs of the lab are kept with it
/// and count as no change.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Contents {
    recipe: Recipe,
    teacher: TeacherOptions,
}

impl Contents {
    pub(super) fn of(session: &Session) -> Self {
        Self {
            recipe: session.recipe().clone(),
            teacher: session.teacher().clone(),
        }
    }

    pub(super) fn of_document(document: Document) -> Self {
        Self {
            recipe: document.recipe,
            teacher: document.teacher,
        }
    }

    /// Whether `session` has them.
    fn are_of(&self, session: &Session) -> bool {
        self.recipe == *session.recipe() && self.teacher == *session.teacher()
    }
}

/// The session's file, and what is not in it.
pub(super) struct Documents {
    /// Where it was opened from or saved to last.
    path: Option<PathBuf>,
    /// What is there or, without a file, what the session began with.
    saved: Contents,
    /// Files that were opened or saved, the last one first.
    recent: Vec<PathBuf>,
    autosave: Autosave,
    question: Option<Question>,
    /// What is to come once there are no changes to lose.
    next: Option<Next>,
    /// Whether that was answered: they are being saved, or not wanted.
    goes_on: bool,
    /// The title that the window has.
    title: String,
}

/// What comes after a session.
enum Next {
    /// The window closes.
    Close,
    /// Another one.
    Open(Box<Opening>),
}

/// A session that is to be opened in the place of the one that is open.
pub(super) struct Opening {
    pub(super) document: Document,
    pub(super) origin: Origin,
}

/// Where a session comes from.
pub(super) enum Origin {
    /// A file, which is written again.
    File(PathBuf),
    /// A line of text or a report.
    Elsewhere,
    /// What is left over of a session that did not end, and the file that it had been saved to.
    LeftOver(Option<PathBuf>),
}

/// What a frame has to say: what was answered, what is to be opened, what went wrong.
#[derive(Default)]
pub(super) struct FrameNews {
    pub(super) answer: Option<Answer>,
    pub(super) opening: Option<Box<Opening>>,
    pub(super) problem: Option<Error>,
}

impl Documents {
    /// Of a session that begins; `recent` files are remembered.
    pub(super) fn new(session: &Session, recent: Vec<PathBuf>) -> Self {
        Self {
            path: None,
            saved: Contents::of(session),
            recent,
            autosave: Autosave::default(),
            question: None,
            next: None,
            goes_on: false,
            title: String::new(),
        }
    }

    /// Keeps the session by itself in `folder` from now on, and asks about what is left there.
    pub(super) fn autosave_into(&mut self, folder: PathBuf) {
        self.autosave.begin(folder);
    }

    /// Files that were opened or saved, the last one first.
    pub(super) fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    /// Where the session was opened from or saved to.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether something was changed that is in no file.
    pub(super) fn is_changed(&self, session: &Session) -> bool {
        !self.saved.are_of(session)
    }

    /// The session with how one looks at it.
    pub(super) fn document(session: &Session, view: &View) -> Document {
        Document {
            view: serde_json::to_value(view).unwrap_or(Value::Null),
            ..session.document()
        }
    }

    /// This session was opened.
    pub(super) fn opened(&mut self, origin: Origin, session: &Session) {
        match origin {
            Origin::File(path) => self.saved(path, Contents::of(session)),
            Origin::Elsewhere => (self.path, self.saved) = (None, Contents::of(session)),
            Origin::LeftOver(path) => {
                // It is in no file but the one that is kept.
                (self.path, self.saved) = (path, Contents::of_document(Document::default()));
                self.autosave.adopt();
            }
        }
    }

    /// Opens another session once the changes of this one are saved or not wanted.
    pub(super) fn open_after(&mut self, opening: Opening) {
        self.ask_before(Next::Open(Box::new(opening)));
    }

    fn ask_before(&mut self, next: Next) {
        (self.next, self.goes_on) = (Some(next), false);
        self.question = Some(Question::Changes);
    }

    /// What was left over is not offered again.
    pub(super) fn skip(&mut self) {
        self.autosave.skip();
    }

    /// `contents` were saved to `path`.
    pub(super) fn saved(&mut self, path: PathBuf, contents: Contents) {
        self.saved = contents;
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path.clone());
        self.recent.truncate(MOST_RECENT);
        self.path = Some(path);
    }

    /// Takes a file off the list of recent ones.
    pub(super) fn forget(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
    }

    /// Keeps what is to be kept, shows what is asked and the title.
    pub(super) fn frame(&mut self, ctx: &Context, session: &Session, view: &View) -> FrameNews {
        let mut news = FrameNews::default();
        let changed = self.is_changed(session);
        let saved_as = self.path.as_deref();
        match self.autosave.frame(ctx, (session, view), saved_as, changed) {
            Ok(None) => {}
            Ok(Some(left)) => self.question = Some(Question::Recover(left)),
            Err(problem) => news.problem = Some(problem),
        }
        self.entitle(ctx);
        if self.goes_on && !changed {
            match self.next.take() {
                Some(Next::Open(opening)) => news.opening = Some(opening),
                next => {
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                    self.next = next;
                }
            }
        } else if changed && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.ask_before(Next::Close);
        }
        news.answer = self.question.as_ref().and_then(|it| it.ui(ctx));
        if news.answer.is_some() {
            self.question = None;
        }
        news
    }

    /// The name of the file stands in the title of the window.
    fn entitle(&mut self, ctx: &Context) {
        let name = self.path.as_ref().and_then(|path| path.file_name());
        let title = name.map_or_else(
            || "Engram".to_owned(),
            |name| format!("{} – Engram", name.to_string_lossy()),
        );
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// What is to come does, once the changes are saved.
    pub(super) fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// The changes that led to `session` are not wanted.
    pub(super) fn discard(&mut self, session: &Session) {
        self.saved = Contents::of(session);
        self.goes_on = true;
    }

    /// The session stays open: it was not saved.
    pub(super) fn stay(&mut self) {
        (self.next, self.goes_on) = (None, false);
    }

    /// The window closes: nothing is left over but changes about which nobody was asked, as where the system ends it.
    pub(super) fn end(&mut self, session: &Session, view: &View) {
        let unsaved = self.is_changed(session).then(|| {
            let document = Self::document(session, view);
            to_keep(document, self.path.as_deref())
        });
        self.autosave.end(unsaved);
    }
}
