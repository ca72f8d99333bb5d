//! What leaves the window beside single pictures: a moving picture of the recall, its frames, arrays to go on with.
//!
//! Absent: the bytes, which are made beside the window.

use super::App;
use super::panels::save::{Content, SaveWish, ShownPicture};
use crate::engine::Error;
use crate::export::frames::{Shades, moments};
use crate::export::{archive, gif};
use egui::Context;

/// The most frames of a moving picture.
const MOST_FRAMES: usize = 100;

impl App {
    /// The pictures on screen that can be saved and copied, as the last frame drew them.
    pub fn pictures(&self) -> &[ShownPicture] {
        self.exports.shown()
    }

    /// What was told last of what was copied or written, while it stands.
    pub fn told(&self) -> Option<&str> {
        self.notice.told()
    }

    /// Saves the recall of the first track as a GIF.
    pub(super) fn save_animation(&mut self, ctx: &Context) {
        self.save_shades(ctx, "Save the recall as a GIF", "recall.gif", |frames| {
            Box::new(move || gif(&frames))
        });
    }

    /// Saves the same frames as PNG files in an archive.
    pub(super) fn save_frames(&mut self, ctx: &Context) {
        let title = "Save the recall as PNG frames";
        self.save_shades(ctx, title, "recall-frames.zip", |frames| {
            Box::new(move || archive(&frames))
        });
    }

    /// The frames of the recall of the first track, once there is one. Refused: letters.
    pub(super) fn shades(&self) -> Option<Result<Vec<Shades>, Error>> {
        let recording = self.session.recording()?;
        let moments = moments(recording, MOST_FRAMES).into_iter();
        let frames = moments.map(|moment| Shades::at(recording, moment));
        Some(frames.collect())
    }

    fn save_shades(
        &mut self,
        ctx: &Context,
        title: &'static str,
        name: &str,
        content: impl FnOnce(Vec<Shades>) -> Content,
    ) {
        match self.shades() {
            None => self.refuse("there is no recall yet to make a picture of"),
            Some(Err(problem)) => self.notice.refuse(&problem),
            Some(Ok(frames)) => {
                let wish = SaveWish {
                    title,
                    name: name.to_owned(),
                    content: content(frames),
                    told: None,
                };
                self.files.save(ctx, wish);
            }
        }
    }

    /// Saves patterns, cue, states and couplings as an archive of arrays, and says what is not among them.
    pub(super) fn save_arrays(&mut self, ctx: &Context) {
        match self.session.arrays() {
            Err(problem) => self.notice.refuse(&problem),
            Ok(arrays) => {
                let left_out = arrays.left_out().iter();
                let told: Vec<String> = left_out.map(|what| format!("Left out: {what}")).collect();
                let wish = SaveWish {
                    title: "Save arrays of the session",
                    name: "arrays.npz".to_owned(),
                    content: Box::new(move || arrays.npz()),
                    told: (!told.is_empty()).then(|| told.join("\n")),
                };
                self.files.save(ctx, wish);
            }
        }
    }

    pub(super) fn refuse(&mut self, why: &str) {
        self.notice.refuse(&Error::System(why.to_owned()));
    }
}
