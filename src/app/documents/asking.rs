//! What is asked about sessions: whether to save the changes of one before it goes, and what to do with one that did not
//! end.

use crate::app::theme::GAP;
use crate::app::widgets::controls::primary_button;
use crate::app::widgets::question::question;
use egui::{Context, Ui};
use std::path::{Path, PathBuf};

/// Width of a question in points.
const WIDTH: f32 = 380.0;

/// Something that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// The window is to be closed, or another session opened, and this one has changes.
    Changes,
    /// A session did not end; it is kept here.
    Recover(PathBuf),
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Answer {
    /// Save the changes, and then go on.
    Save,
    /// Go on without them.
    Discard,
    /// The session stays open.
    Stay,
    /// Open what is kept here.
    Recover(PathBuf),
    /// Open the file that what is kept here had been saved to.
    OpenSaved(PathBuf),
    /// Leave it.
    Skip,
}

impl Question {
    /// Asks; the answer, once there is one.
    pub(super) fn ui(&self, ctx: &Context) -> Option<Answer> {
        let name = match self {
            Self::Changes => "save changes",
            Self::Recover(_) => "recover",
        };
        let shown = question(ctx, name, WIDTH, |ui| {
            ui.spacing_mut().item_spacing.y = GAP;
            match self {
                Self::Changes => changes(ui),
                Self::Recover(left) => recover(ui, left),
            }
        });
        let puts_away = shown.should_close() && *self == Self::Changes;
        shown.inner.or_else(|| puts_away.then_some(Answer::Stay))
    }
}

fn changes(ui: &mut Ui) -> Option<Answer> {
    ui.heading("Save the changes of this session?");
    ui.label("They are in no file yet.");
    ui.horizontal(|ui| {
        if primary_button(ui, "Save").clicked() {
            return Some(Answer::Save);
        }
        if ui.button("Don't save").clicked() {
            return Some(Answer::Discard);
        }
        ui.button("Cancel").clicked().then_some(Answer::Stay)
    })
    .inner
}

fn recover(ui: &mut Ui, left: &Path) -> Option<Answer> {
    ui.heading("A session did not end");
    ui.label("The program was ended before the changes of its last session were saved. They were kept, all but those of the last seconds.");
    ui.horizontal(|ui| {
        let help = "Open the session as it was, to go on with it";
        if primary_button(ui, "Recover").on_hover_text(help).clicked() {
            return Some(Answer::Recover(left.to_owned()));
        }
        let help =
            "Open the file that it was saved to, without the changes; they are kept for a while";
        if ui.button("Open saved").on_hover_text(help).clicked() {
            return Some(Answer::OpenSaved(left.to_owned()));
        }
        let help = "Begin anew; what was kept stays for a while under another name";
        let skip = ui.button("Skip").on_hover_text(help);
        skip.clicked().then_some(Answer::Skip)
    })
    .inner
}
