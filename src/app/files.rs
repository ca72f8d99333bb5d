//! Files in and out of the window: what is dropped on it or chosen in a dialog, and pictures of it.
//!
//! One dialog is open at a time, and a second one is refused in words; whatever is to be read or written meanwhile is
//! done in turn, so that no answer is lost. Disk and dialogs themselves are `edge`'s, always in a job.

use super::panels::save::Content;
use super::theme::{HEADING, Palette};
use super::workers;
use crate::edge::dialogs::{self, Answer, OpenDialog};
use crate::edge::world_files::open_world;
use crate::edge::{open, write};
use crate::engine::Error;
use crate::jobs::Job;
use crate::lab::ecsv;
use crate::session::{Command, LabRequest, LabTableRead};
use crate::worlds::files::{ReadCouplings, read_couplings};
use crate::worlds::{Ink, World};
use egui::{Align2, ColorImage, Context, FontId, Id, LayerId, Order};
use image::ImageEncoder as _;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// Endings of the names of pictures.
const PICTURES: (&str, &[&str]) = ("Pictures", &["png", "jpg", "jpeg"]);

/// Endings of the names of files with patterns.
const PATTERNS: (&str, &[&str]) = (
    "IDX, NumPy, tables, alignments, tables of the lab",
    &[
        "gz",
        "npy",
        "npz",
        "csv",
        "ecsv",
        "tsv",
        "txt",
        "idx",
        "fasta",
        "fa",
        "fas",
        "afa",
        "a2m",
        "a3m",
        "aln",
        "sto",
        "stockholm",
        "pdb",
        "ent",
        "cif",
    ],
);

/// Work with files that is under way.
#[derive(Default)]
pub(super) struct FileTasks {
    dialog: Option<(OpenDialog, Purpose)>,
    waiting: VecDeque<FileTask>,
    job: Option<Job<Result<Option<Command>, Error>>>,
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
    Save(Content),
}

/// Work on the disk.
enum FileTask {
    Read(Vec<PathBuf>),
    Write(PathBuf, Content),
}

impl FileTasks {
    /// Reads what is at `paths`, together and in its turn: a single picture for the cue, anything else for a world.
    pub(super) fn read(&mut self, paths: Vec<PathBuf>) {
        self.waiting.push_back(FileTask::Read(paths));
    }

    /// How many units the patterns shown have.
    pub(super) fn set_n_units(&mut self, n_units: usize) {
        self.n_units = n_units;
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

    /// Asks the system where to save `content`, which could be called `name`.
    pub(super) fn save(&mut self, ctx: &Context, title: &str, name: &str, content: Content) {
        if let Some(folder) = &self.save_folder {
            self.waiting
                .push_back(FileTask::Write(folder.join(name), content));
            ctx.request_repaint();
            return;
        }
        self.ask(ctx, Purpose::Save(content), || {
            dialogs::save_file(title, name)
        });
    }

    /// Opens no dialog from now on: what is to be asked is not.
    pub(super) fn ask_nobody(&mut self) {
        self.asks_nobody = true;
    }

    /// Opens a dialog, unless one is open.
    fn ask(&mut self, ctx: &Context, purpose: Purpose, dialog: impl FnOnce() -> Answer) {
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

    /// A command to apply, or what went wrong: one at a time.
    pub(super) fn poll(&mut self, ctx: &Context) -> Option<Result<Command, Error>> {
        let dropped: Vec<PathBuf> = ctx.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_owned()).collect()
        });
        if !dropped.is_empty() {
            self.read(dropped);
        }
        let shot = unpoisoned(&self.shot).take();
        if let Some(image) = shot {
            let content = Box::new(move || png(&image));
            self.save(ctx, "Save a picture of the window", "engram.png", content);
        }
        self.take_answer();
        if let Some(problem) = self.refused.pop_front() {
            return Some(Err(problem));
        }
        let Some(job) = &mut self.job else {
            if let Some(task) = self.waiting.pop_front() {
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

    /// Puts the answer of the dialog in line, once it is there.
    fn take_answer(&mut self) {
        let Some((mut dialog, purpose)) = self.dialog.take() else {
            return;
        };
        match (dialog.poll(), purpose) {
            (Poll::Pending, purpose) => self.dialog = Some((dialog, purpose)),
            (Poll::Ready(Some(paths)), Purpose::Open) => self.read(paths),
            (Poll::Ready(Some(mut paths)), Purpose::Save(content)) => {
                let path = paths.pop().map(|path| FileTask::Write(path, content));
                self.waiting.extend(path);
            }
            (Poll::Ready(None), _) => {}
        }
    }
}

impl FileTask {
    fn run(self, n_units: usize) -> Result<Option<Command>, Error> {
        match self {
            Self::Read(paths) => read(&paths, n_units).map(Some),
            Self::Write(path, content) => {
                let named = |problem: Error| problem.in_source(path.display().to_string());
                write::file(&path, &content().map_err(named)?).map(|()| None)
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
    let text = "Drop a picture to make it the cue; arrays, tables, IDX files, alignments or a folder to store them; \
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

/// What to do with what is at `paths`, while patterns have `n_units` units.
fn read(paths: &[PathBuf], n_units: usize) -> Result<Command, Error> {
    let name = paths.first().map(|path| path.display().to_string());
    let name = name.unwrap_or_default();
    let input = open::input(paths).map_err(|problem| problem.in_source(&name))?;
    if let [file] = input.files()
        && !paths.iter().any(|path| path.is_dir())
        && is_picture(&file.bytes)
    {
        return Ok(Command::OpenPicture {
            name,
            bytes: Arc::clone(&file.bytes),
            ink: Ink::Auto,
        });
    }
    if let [file] = input.files()
        && ecsv::is_table(&file.bytes)
    {
        let table = LabTableRead::of(&file.bytes, &open_world)
            .map_err(|problem| problem.in_source(&name))?;
        return Ok(Command::Lab(LabRequest::Show(table)));
    }
    if let [file] = input.files()
        && file.bytes.starts_with(b"\x93NUMPY")
        && let Ok(ReadCouplings { couplings, remarks }) = read_couplings(&file.bytes)
        && couplings.n_units() == n_units
    {
        return Ok(Command::UseCouplings {
            name,
            couplings: Arc::new(couplings),
            remarks,
        });
    }
    let world = World::of_files(Arc::new(input));
    Ok(Command::OpenWorld(Box::new(world)))
}

/// Whether bytes start as PNG or JPEG do.
fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8, 0xff])
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
