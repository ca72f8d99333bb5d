//! What is done with sessions as files and as lines of text, in terms of commands.

use super::App;
use super::documents::{Answer, Documents, Opening, Origin};
use super::files::{FileNews, LeftOverWish};
use super::panels::save::Clip;
use super::view::{LessonShown, Tab, View};
use crate::edge::open;
use crate::engine::Error;
use crate::lessons::Lesson;
use crate::session::{Command, Document};
use egui::{Context, Event};
use std::path::{Path, PathBuf};

impl App {
    /// Keeps the session by itself in `folder` while it has changes, and asks about one that did not end.
    pub fn autosave_into(&mut self, folder: PathBuf) {
        self.documents.autosave_into(folder);
    }

    /// Opens a session on a line of text, as if it were pasted.
    pub fn open_shared(&mut self, text: &str) {
        self.open_line(Document::of_shared(text));
    }

    /// Opens what a line of text holds.
    pub(super) fn open_line(&mut self, document: Result<Document, Error>) {
        match document {
            Ok(document) => self.open_document(document, Origin::Elsewhere),
            Err(problem) => self.notice.refuse(&problem),
        }
    }

    /// Where the session was opened from or saved to.
    pub fn session_file(&self) -> Option<&Path> {
        self.documents.path()
    }

    /// Whether something was changed that is in no file.
    pub fn has_changes(&self) -> bool {
        self.documents.is_changed(&self.session)
    }

    /// Writes the session, to its file where it has one and is to have no other.
    pub(super) fn save_session(&mut self, ctx: &Context, to_its_file: bool) {
        let path = self.documents.path().filter(|_| to_its_file);
        let path = path.map(Path::to_owned);
        let document = Documents::document(&self.session, &self.view);
        self.files.save_session(ctx, path, document);
    }

    /// Puts the session on the clipboard, as a line of text, and says what that does not hold.
    pub(super) fn copy_shared(&mut self, ctx: &Context) {
        match self.session.document().share() {
            Ok(shared) => {
                ctx.copy_text(shared.text);
                self.notice
                    .tell(ctx, "Copied: the session, as a line of text".to_owned());
                for what in shared.left_out {
                    let left_out = format!("the line that was copied does not hold {what}");
                    self.notice.add(&Error::System(left_out));
                }
            }
            Err(problem) => self.notice.refuse(&problem),
        }
    }

    /// Opens a session that was opened or saved before.
    pub(super) fn open_recent(&mut self, index: usize) {
        if let Some(path) = self.documents.recent().get(index) {
            let path = path.clone();
            if open::exists(&path) == Ok(true) {
                self.open(&path);
            } else {
                self.documents.forget(&path);
                let gone = Error::System("this session is no longer there".to_owned());
                self.notice
                    .refuse(&gone.in_source(path.display().to_string()));
            }
        }
    }

    /// Takes in what came of work with files.
    pub(super) fn take_news(&mut self, ctx: &Context, news: FileNews) {
        match news {
            FileNews::Do(command) => {
                let tab = match command {
                    Command::Lab(_) => Tab::Lab,
                    _ => Tab::Recall,
                };
                if self.command(command) {
                    self.view.turn_to(tab);
                }
            }
            FileNews::Opened(path, document) => {
                self.open_document(*document, Origin::File(path));
            }
            FileNews::Missing(session, problem) => {
                let name = problem.missing_file().unwrap_or_default().to_owned();
                self.notice.refuse(&problem);
                self.files.browse_missing(ctx, session, &name);
            }
            FileNews::Saved(path, contents) => {
                self.documents.saved(path, *contents);
                if self.documents.is_changed(&self.session) {
                    // It was edited on while it was written.
                    self.documents.stay();
                }
            }
            FileNews::Report(document) => self.open_document(*document, Origin::Elsewhere),
            FileNews::Lessons(lessons) => self.take_lessons(lessons),
            FileNews::LeftOver(wish, document) => self.left_over(wish, document),
            FileNews::Written(told) => self.notice.tell(ctx, told),
            FileNews::Copied(told, clip) => {
                match clip {
                    Clip::Text(text) => ctx.copy_text(text),
                    Clip::Picture(image) => ctx.copy_image(image),
                }
                self.notice.tell(ctx, told);
            }
            FileNews::NotSaved(problem) => {
                self.documents.stay();
                if let Some(problem) = problem {
                    self.notice.add(&problem);
                }
            }
        }
    }

    /// Lessons that were read stand at the end of the list; one alone is opened.
    fn take_lessons(&mut self, lessons: Vec<Lesson>) {
        self.view.lesson = match &lessons[..] {
            [lesson] => LessonShown::Open(lesson.id.clone()),
            _ => LessonShown::List,
        };
        let is_new = |old: &Lesson| lessons.iter().all(|new| new.id != old.id);
        self.lessons.retain(is_new);
        self.lessons.extend(lessons);
    }

    /// Opens `document` in the place of the session, whose changes are asked for first.
    fn open_document(&mut self, document: Document, origin: Origin) {
        let opening = Opening { document, origin };
        if self.documents.is_changed(&self.session) {
            self.documents.open_after(opening);
        } else {
            self.open_now(opening);
        }
    }

    /// Opens another session in the place of this one; how one looked at it comes with it.
    fn open_now(&mut self, opening: Opening) {
        let Opening { document, origin } = opening;
        let seen = document.view.clone();
        if !self.command(Command::OpenDocument(Box::new(document))) {
            return;
        }
        self.documents.opened(origin, &self.session);
        self.look(seen);
    }

    /// Looks at the session as a document says; what it says of no view changes nothing.
    fn look(&mut self, seen: serde_json::Value) {
        if seen.is_null() {
            return;
        }
        match serde_json::from_value::<View>(seen) {
            Ok(mut view) => {
                view.mend();
                // It is of whoever sits here, not of the session.
                view.still = self.view.still;
                self.command(Command::SetSpeed(view.speed));
                self.view = view;
            }
            Err(why) => {
                let told = format!("how this session was looked at is not understood: {why}");
                self.notice.add(&Error::System(told));
            }
        }
    }

    /// What is done about sessions in every frame: text that is pasted, what is kept, what is asked.
    pub(super) fn sessions(&mut self, ctx: &Context) {
        let typing = ctx.text_edit_focused();
        let pasted = ctx.input(|input| {
            let mut events = input.events.iter();
            events.find_map(|event| match event {
                Event::Paste(text) if Document::is_shared(text) && !typing => {
                    Some(Document::of_shared(text))
                }
                _ => None,
            })
        });
        if let Some(document) = pasted {
            self.open_line(document);
        }
        let news = self.documents.frame(ctx, &self.session, &self.view);
        if let Some(problem) = news.problem {
            self.notice.add(&problem);
        }
        if let Some(opening) = news.opening {
            self.documents.stay();
            self.open_now(*opening);
        }
        if let Some(answer) = news.answer {
            self.answer(ctx, answer);
        }
    }

    fn answer(&mut self, ctx: &Context, answer: Answer) {
        match answer {
            Answer::Save => {
                self.documents.go_on();
                self.save_session(ctx, true);
            }
            Answer::Discard => self.documents.discard(&self.session),
            Answer::Stay => self.documents.stay(),
            Answer::Recover(left) => self.files.read_left_over(left, LeftOverWish::Recover),
            Answer::OpenSaved(left) => self.files.read_left_over(left, LeftOverWish::OpenSaved),
            Answer::Skip => self.documents.skip(),
        }
    }

    /// Takes in what is left over of a session that did not end. What is damaged is not offered again; what only lacks a
    /// large file is, when the program starts next: the file may be back then.
    fn left_over(&mut self, wish: LeftOverWish, document: Result<Box<Document>, Error>) {
        let mut document = match document {
            Ok(document) => document,
            Err(problem) => {
                self.notice.add(&problem);
                if problem.missing_file().is_none() {
                    self.documents.skip();
                }
                return;
            }
        };
        let saved_as = saved_as(&mut document);
        match wish {
            LeftOverWish::Recover => self.open_document(*document, Origin::LeftOver(saved_as)),
            LeftOverWish::OpenSaved => {
                if let Some(path) = saved_as {
                    self.open(&path);
                } else {
                    let never = "this session had never been saved to a file";
                    self.notice.refuse(&Error::System(never.to_owned()));
                }
                self.documents.skip();
            }
        }
    }
}

/// Takes out of what was kept which file it had been saved to.
fn saved_as(document: &mut Document) -> Option<PathBuf> {
    let fields = document.view.as_object_mut()?;
    let path = fields.remove(super::documents::SAVED_AS)?;
    path.as_str().map(PathBuf::from)
}
