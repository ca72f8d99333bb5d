//! Files in and out of the window: what is dropped on it or chosen in a dialog, and pictures of it.
//!
//! One dialog is open at a time, and a second one is refused in words; whatever is to be read or written meanwhile is
//! done in turn, so that no answer is lost. Disk and dialogs themselves are `edge`'s, always in a job.

mod dropped;
mod kinds;
mod news;
mod reading;

use super::documents::{Contents, ENDING};
use super::panels::save::{Content, CopyWish, ExportWish, SaveWish};
use super::theme::{HEADING, Palette};
use super::workers;
use crate::edge::dialogs::{self, Answer, OpenDialog};
use crate::edge::saved;
use crate::engine::Error;
use crate::jobs::Job;
use crate::session::Document;
use egui::{Align2, ColorImage, Context, FontId, Id, LayerId, Order};
use image::ImageEncoder as _;
use kinds::{PATTERNS, PICTURES, SESSIONS};
pub(super) use news::{FileNews, LeftOverWish};
use reading::{read, read_document, read_session};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// Work with files that is under way.
#[derive(Default)]
pub(super) struct FileTasks {
    dialog: Option<(OpenDialog, Purpose)>,
    /// What was dropped and is being looked at.
    dropped: Vec<OpenDialog>,
    waiting: VecDeque<FileTask>,
    job: Option<Job<Result<Option<FileNews>, Error>>>,
    /// Whether that writes.
    writes: bool,
    news: VecDeque<FileNews>,
    refused: VecDeque<Error>,
    shot: Arc<Mutex<Option<Arc<ColorImage>>>>,
    /// Units N of the patterns shown: a square array of that size is couplings.
    n_units: usize,
    /// Where whatever is saved goes, if nobody is asked.
    save_folder: Option<PathBuf>,
    asks_nobody: bool,
}

/// What a dialog asks paths for.
enum Purpose {
    Open,
    /// A file that the session at this path needs.
    Find(PathBuf),
    Save(Content, Option<String>),
    SaveSession(Box<Document>),
}

/// Work on the disk.
enum FileTask {
    Read(Vec<PathBuf>),
    /// A session, a file of which was chosen.
    ReadWith(PathBuf, PathBuf),
    ReadLeftOver(PathBuf, LeftOverWish),
    Write(PathBuf, Content, Option<String>),
    Copy(CopyWish),
    WriteSession(PathBuf, Box<Document>),
}

impl FileTasks {
    /// Reads what is at `paths`, together and in its turn: a single picture for the cue, anything else for a world.
    pub(super) fn read(&mut self, paths: Vec<PathBuf>) {
        self.waiting.push_back(FileTask::Read(paths));
    }

    /// Reads what is left over at `path` of a session that did not end.
    pub(super) fn read_left_over(&mut self, path: PathBuf, wish: LeftOverWish) {
        self.waiting.push_back(FileTask::ReadLeftOver(path, wish));
    }

    /// How many units the patterns shown have.
    pub(super) fn set_n_units(&mut self, n_units: usize) {
        self.n_units = n_units;
    }

    /// Asks the system for the file called `name` that the session at `session` needs.
    pub(super) fn browse_missing(&mut self, ctx: &Context, session: PathBuf, name: &str) {
        let title = format!("Open {name}, which the session needs");
        self.ask(ctx, Purpose::Find(session), || {
            dialogs::open_files(&title, PATTERNS)
        });
    }

    /// Asks the system for a picture file.
    pub(super) fn browse(&mut self, ctx: &Context) {
        self.ask(ctx, Purpose::Open, || {
            dialogs::open_file("Open a picture as the cue", PICTURES)
        });
    }

    /// Asks the system for files of patterns.
    pub(super) fn browse_patterns(&mut self, ctx: &Context) {
        self.ask(ctx, Purpose::Open, || {
            dialogs::open_files("Open patterns", PATTERNS)
        });
    }

    /// Asks the system for a folder of pictures.
    pub(super) fn browse_folder(&mut self, ctx: &Context) {
        self.ask(ctx, Purpose::Open, || {
            dialogs::open_folder("Open a folder of pictures")
        });
    }

    /// Saves into `folder` from now on, and asks nobody.
    pub(super) fn save_into(&mut self, folder: PathBuf) {
        self.save_folder = Some(folder);
    }

    /// Does what a panel wants done: a file or the clipboard.
    pub(super) fn export(&mut self, ctx: &Context, wish: ExportWish) {
        match wish {
            ExportWish::Save(wish) => self.save(ctx, wish),
            ExportWish::Copy(wish) => {
                self.waiting.push_back(FileTask::Copy(wish));
                ctx.request_repaint();
            }
        }
    }

    /// Asks the system where to save something, and saves it.
    pub(super) fn save(&mut self, ctx: &Context, wish: SaveWish) {
        let SaveWish {
            title,
            name,
            content,
            told,
        } = wish;
        if let Some(folder) = &self.save_folder {
            let path = folder.join(name);
            self.waiting.push_back(FileTask::Write(path, content, told));
            ctx.request_repaint();
            return;
        }
        self.ask(ctx, Purpose::Save(content, told), || {
            dialogs::save_file(title, &name)
        });
    }

    /// Asks the system for a session.
    pub(super) fn browse_sessions(&mut self, ctx: &Context) {
        self.ask(ctx, Purpose::Open, || {
            dialogs::open_file("Open a session", SESSIONS)
        });
    }

    /// Writes `document` to `path` or, where there is none, to where the system is told.
    pub(super) fn save_session(
        &mut self,
        ctx: &Context,
        path: Option<PathBuf>,
        document: Document,
    ) {
        let document = Box::new(document);
        let named = |folder: &PathBuf| folder.join(format!("session.{ENDING}"));
        let path = path.or_else(|| self.save_folder.as_ref().map(named));
        match path {
            Some(path) => {
                let task = FileTask::WriteSession(path, document);
                self.waiting.push_back(task);
                ctx.request_repaint();
            }
            None => self.ask(ctx, Purpose::SaveSession(document), || {
                dialogs::save_file("Save the session", &format!("session.{ENDING}"))
            }),
        }
    }

    /// Opens no dialog from now on: what is to be asked is not.
    pub(super) fn ask_nobody(&mut self) {
        self.asks_nobody = true;
    }

    /// Opens a dialog, unless one is open.
    fn ask(&mut self, ctx: &Context, purpose: Purpose, dialog: impl FnOnce() -> Answer) {
        let is_refused = self.asks_nobody || self.dialog.is_some();
        if is_refused && matches!(purpose, Purpose::SaveSession(_)) {
            self.news.push_back(FileNews::NotSaved(None));
        }
        if self.asks_nobody {
            return;
        }
        if self.dialog.is_some() {
            let refused = "a dialog for files is open already; answer or close that one first";
            self.refused.push_back(Error::System(refused.to_owned()));
        } else {
            let waker = ctx.clone();
            let dialog = OpenDialog::new(dialog(), move || waker.request_repaint());
            self.dialog = Some((dialog, purpose));
        }
        ctx.request_repaint();
    }

    /// Takes a picture of the window, to be saved where the user says.
    pub(super) fn save_picture(&self, ctx: &Context) {
        let (slot, waker) = (Arc::clone(&self.shot), ctx.clone());
        ctx.request_screenshot(move |image| {
            *unpoisoned(&slot) = Some(image);
            waker.request_repaint();
        });
    }

    /// Whether files are being dragged over the window.
    pub(super) fn hovering(ctx: &Context) -> bool {
        ctx.input(|input| !input.raw.hovered_files.is_empty())
    }

    /// What came of it, or what went wrong: one at a time.
    pub(super) fn poll(&mut self, ctx: &Context) -> Option<Result<FileNews, Error>> {
        self.take_dropped(ctx);
        let shot = unpoisoned(&self.shot).take();
        if let Some(image) = shot {
            let wish = SaveWish {
                title: "Save a picture of the window",
                name: "engram.png".to_owned(),
                content: Box::new(move || png(&image)),
                told: None,
            };
            self.save(ctx, wish);
        }
        self.take_answer();
        if let Some(problem) = self.refused.pop_front() {
            return Some(Err(problem));
        }
        if let Some(news) = self.news.pop_front() {
            return Some(Ok(news));
        }
        let Some(job) = &mut self.job else {
            if let Some(task) = self.waiting.pop_front() {
                self.writes = task.writes();
                let n_units = self.n_units;
                let task = std::iter::once_with(move || task.run(n_units));
                self.job = Some(Job::start("files", &workers(ctx), task));
            }
            return None;
        };
        let answer = job.poll(Duration::ZERO).pop();
        if answer.is_none() && !job.is_over() {
            return None;
        }
        self.job = None;
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
        let lost = || Err(Error::System("work with files broke off".to_owned()));
        answer.unwrap_or_else(lost).transpose()
    }

    /// Puts what was dropped in line, once its paths are known.
    fn take_dropped(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if !dropped.is_empty() {
            let waker = ctx.clone();
            let paths = dropped::paths(&dropped);
            let dialog = OpenDialog::new(paths, move || waker.request_repaint());
            self.dropped.push(dialog);
        }
        let waiting = &mut self.waiting;
        self.dropped.retain_mut(|dialog| match dialog.poll() {
            Poll::Pending => true,
            Poll::Ready(paths) => {
                waiting.extend(paths.map(FileTask::Read));
                false
            }
        });
    }

    /// The window closes: what is being written is waited for, and what is still to be written is.
    pub(super) fn end(&mut self) {
        let job = self.job.take().filter(|_| self.writes);
        // Whoever closes the window hears of no more problems.
        drop(job.map(Job::finish));
        for task in self.waiting.drain(..).filter(FileTask::writes) {
            drop(task.run(self.n_units));
        }
    }

    /// Puts the answer of the dialog in line, once it is there.
    fn take_answer(&mut self) {
        let Some((mut dialog, purpose)) = self.dialog.take() else {
            return;
        };
        match (dialog.poll(), purpose) {
            (Poll::Pending, purpose) => self.dialog = Some((dialog, purpose)),
            (Poll::Ready(Some(paths)), Purpose::Open) => self.read(paths),
            (Poll::Ready(Some(mut paths)), Purpose::Find(session)) => {
                let task = paths.pop().map(|path| FileTask::ReadWith(session, path));
                self.waiting.extend(task);
            }
            (Poll::Ready(Some(mut paths)), Purpose::Save(content, told)) => {
                let path = paths.pop();
                let task = path.map(|path| FileTask::Write(path, content, told));
                self.waiting.extend(task);
            }
            (Poll::Ready(Some(mut paths)), Purpose::SaveSession(document)) => {
                let path = paths.pop().map(|path| with_ending(&path));
                let task = path.map(|path| FileTask::WriteSession(path, document));
                self.waiting.extend(task);
            }
            (Poll::Ready(None), Purpose::SaveSession(_)) => {
                self.news.push_back(FileNews::NotSaved(None));
            }
            (Poll::Ready(None), _) => {}
        }
    }
}

impl FileTask {
    fn writes(&self) -> bool {
        matches!(self, Self::Write(..) | Self::WriteSession(..))
    }

    fn run(self, n_units: usize) -> Result<Option<FileNews>, Error> {
        match self {
            Self::Read(paths) => read(&paths, n_units).map(Some),
            Self::ReadWith(session, chosen) => read_session(&session, Some(&chosen)).map(Some),
            Self::ReadLeftOver(path, wish) => {
                let document = read_document(&path, None).map(Box::new);
                Ok(Some(FileNews::LeftOver(wish, document)))
            }
            Self::WriteSession(path, document) => {
                let written = saved::file(&path, document.to_json().as_bytes());
                Ok(Some(match written {
                    Ok(()) => FileNews::Saved(path, Box::new(Contents::of_document(*document))),
                    Err(problem) => FileNews::NotSaved(Some(problem)),
                }))
            }
            Self::Write(path, content, told) => {
                let named = |problem: Error| problem.in_source(path.display().to_string());
                saved::file(&path, &content().map_err(named)?)?;
                Ok(told.map(FileNews::Written))
            }
            Self::Copy(CopyWish { told, clip }) => {
                clip().map(|clip| Some(FileNews::Copied(told, clip)))
            }
        }
    }
}

/// Says, while files hang over the window, what will become of them.
pub(super) fn drop_here(ctx: &Context) {
    let screen = ctx.content_rect();
    let palette = Palette::of(&ctx.global_style().visuals);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop here")));
    painter.rect_filled(screen, 0.0, palette.window.gamma_multiply(0.85));
    let text = "Drop a session to open it; a picture to make it the cue; arrays, tables, IDX files, alignments or a folder to store them; \
                a table of the lab to see its curves";
    painter.text(
        screen.center(),
        Align2::CENTER_CENTER,
        text,
        FontId::proportional(1.4 * HEADING),
        palette.strong,
    );
}

/// What is in `slot`, whoever panicked with it: a picture is there whole or not at all.
fn unpoisoned<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `path` with the ending of a session, where it has none.
fn with_ending(path: &Path) -> PathBuf {
    match path.extension() {
        Some(_) => path.to_owned(),
        None => path.with_extension(ENDING),
    }
}

/// A picture of the window as PNG.
fn png(image: &ColorImage) -> Result<Vec<u8>, Error> {
    let [width, height] = image.size;
    let pixels = image.pixels.iter();
    let pixels: Vec<u8> = pixels
        .flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()])
        .collect();
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    let color = image::ExtendedColorType::Rgb8;
    encoder
        .write_image(&pixels, width as u32, height as u32, color)
        .map_err(|problem| Error::System(problem.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
