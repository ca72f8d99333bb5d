//! Files in and out of the window: the system's dialogs, files dropped on it, pictures of it. The one place of
//! the window that touches the disk, always in a job.

use super::theme::{HEADING, Palette};
use crate::edge::open;
use crate::engine::Error;
use crate::jobs::{Job, Workers};
use crate::session::Command;
use crate::worlds::files::read_couplings;
use crate::worlds::{Ink, World};
use egui::{Align2, ColorImage, Context, FontId, Id, LayerId, Order};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Work with files that is under way.
#[derive(Default)]
pub(super) struct FileTasks {
    job: Option<Job<Result<Option<Command>, Error>>>,
    shot: Arc<Mutex<Option<Arc<ColorImage>>>>,
    waiting: Vec<PathBuf>,
    /// Units N of the patterns shown: a square array of that size is couplings.
    n_units: usize,
}

impl FileTasks {
    /// Reads what is at `paths`, together and as soon as nothing else is under way: a single picture for the cue,
    /// anything else for a world.
    pub(super) fn read(&mut self, paths: Vec<PathBuf>) {
        self.waiting = paths;
    }

    /// How many units the patterns shown have.
    pub(super) fn set_n_units(&mut self, n_units: usize) {
        self.n_units = n_units;
    }

    /// Asks the system for a picture file.
    pub(super) fn browse(&mut self, ctx: &Context) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a picture as the cue")
            .add_filter("Pictures", &["png", "jpg", "jpeg"]);
        let asked = async { Some(vec![dialog.pick_file().await?]) };
        self.ask(ctx, asked);
    }

    /// Asks the system for files of patterns.
    pub(super) fn browse_patterns(&mut self, ctx: &Context) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open patterns")
            .add_filter(
                "IDX, NumPy, tables, alignments",
                &[
                    "gz",
                    "npy",
                    "npz",
                    "csv",
                    "tsv",
                    "txt",
                    "idx",
                    "fasta",
                    "fa",
                    "a2m",
                    "a3m",
                    "sto",
                    "stockholm",
                    "pdb",
                ],
            );
        let asked = dialog.add_filter("All files", &["*"]).pick_files();
        self.ask(ctx, asked);
    }

    /// Asks the system for a folder of pictures.
    pub(super) fn browse_folder(&mut self, ctx: &Context) {
        let dialog = rfd::AsyncFileDialog::new().set_title("Open a folder of pictures");
        let asked = async { Some(vec![dialog.pick_folder().await?]) };
        self.ask(ctx, asked);
    }

    fn ask(
        &mut self,
        ctx: &Context,
        asked: impl Future<Output = Option<Vec<rfd::FileHandle>>> + Send + 'static,
    ) {
        let n_units = self.n_units;
        let task = std::iter::once_with(move || match pollster::block_on(asked) {
            Some(files) => {
                let paths: Vec<PathBuf> = files.iter().map(|file| file.path().to_owned()).collect();
                read(&paths, n_units).map(Some)
            }
            None => Ok(None),
        });
        self.job = Some(Job::start("file dialog", &workers(ctx), task));
    }

    /// Takes a picture of the window, to be saved where the user says.
    pub(super) fn save_picture(&self, ctx: &Context) {
        let (slot, waker) = (Arc::clone(&self.shot), ctx.clone());
        ctx.request_screenshot(move |image| {
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(image);
            }
            waker.request_repaint();
        });
    }

    /// Whether files are being dragged over the window.
    pub(super) fn hovering(ctx: &Context) -> bool {
        ctx.input(|input| !input.raw.hovered_files.is_empty())
    }

    /// A command to apply, or what went wrong.
    pub(super) fn poll(&mut self, ctx: &Context) -> Option<Result<Command, Error>> {
        let dropped = ctx.input(|input| {
            let files = input.raw.dropped_files.iter();
            files
                .map(|file| file.path().to_owned())
                .collect::<Vec<PathBuf>>()
        });
        if !dropped.is_empty() {
            self.read(dropped);
        }
        if let Some(image) = self.shot.lock().ok().and_then(|mut slot| slot.take()) {
            self.save(ctx, image);
        }
        let Some(job) = &mut self.job else {
            let paths = std::mem::take(&mut self.waiting);
            if !paths.is_empty() {
                let n_units = self.n_units;
                let task = std::iter::once_with(move || read(&paths, n_units).map(Some));
                self.job = Some(Job::start("opening", &workers(ctx), task));
            }
            return None;
        };
        let answer = job.poll(Duration::ZERO).pop();
        if answer.is_none() && !job.is_over() {
            return None;
        }
        self.job = None;
        let lost = || {
            Err(Error::System(
                "the file dialog ended before it answered".to_owned(),
            ))
        };
        answer.unwrap_or_else(lost).transpose()
    }

    fn save(&mut self, ctx: &Context, image: Arc<ColorImage>) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Save a picture of the window")
            .set_file_name("engram.png");
        let asked = dialog.save_file();
        let task = std::iter::once_with(move || match pollster::block_on(asked) {
            Some(file) => write(file.path(), &image).map(|()| None),
            None => Ok(None),
        });
        self.job = Some(Job::start("picture of the window", &workers(ctx), task));
    }
}

/// Says, while files hang over the window, what will become of them.
pub(super) fn drop_here(ctx: &Context) {
    let screen = ctx.content_rect();
    let palette = Palette::of(&ctx.global_style().visuals);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop here")));
    painter.rect_filled(screen, 0.0, palette.window.gamma_multiply(0.85));
    let text = "Drop a picture to make it the cue; arrays, tables, IDX files, alignments or a folder to store them";
    painter.text(
        screen.center(),
        Align2::CENTER_CENTER,
        text,
        FontId::proportional(1.4 * HEADING),
        palette.strong,
    );
}

/// Threads that wake the window.
fn workers(ctx: &Context) -> Workers {
    let ctx = ctx.clone();
    Workers::Threads(Arc::new(move || ctx.request_repaint()))
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
        && file.bytes.starts_with(b"\x93NUMPY")
        && let Ok(couplings) = read_couplings(&file.bytes)
        && couplings.n_units() == n_units
    {
        let couplings = Arc::new(couplings);
        return Ok(Command::UseCouplings { name, couplings });
    }
    let world = World::of_files(Arc::new(input));
    Ok(Command::OpenWorld(Box::new(world)))
}

/// Whether bytes start as PNG or JPEG do.
fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8, 0xff])
}

fn write(path: &Path, image: &ColorImage) -> Result<(), Error> {
    let [width, height] = image.size;
    let pixels: Vec<u8> = image
        .pixels
        .iter()
        .flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()])
        .collect();
    let result = image::save_buffer_with_format(
        path,
        &pixels,
        width as u32,
        height as u32,
        image::ColorType::Rgb8,
        image::ImageFormat::Png,
    );
    result
        .map_err(|problem| Error::System(problem.to_string()).in_source(path.display().to_string()))
}
