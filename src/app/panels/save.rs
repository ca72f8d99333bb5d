//! The menu of a chart: save what it shows, by a click with the other button.
//!
//! Absent: writing; the wish is left in the context, and the window's file tasks carry it out.

use crate::engine::Error;
use crate::export::Format;
use crate::figures::Figure;
use egui::{Response, Ui};

/// What is written once the user has said where: its bytes, worked out off the window's thread.
pub type Content = Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send>;

/// Something to be written where the user says.
pub struct SaveWish {
    /// The title of the dialog.
    pub title: &'static str,
    /// The name of the file that is offered.
    pub name: String,
    /// What goes into it.
    pub content: Content,
}

impl SaveWish {
    /// A figure as a file of `format`.
    fn of(figure: &Figure, format: Format) -> Self {
        let figure = figure.clone();
        Self {
            title: "Save a figure",
            name: format!("{}.{}", figure.file_name(), format.ending()),
            content: Box::new(move || format.bytes(&figure)),
        }
    }
}

/// Opens the menu of a chart on a secondary click, and leaves what is chosen in `wishes`.
pub(super) fn menu(response: &Response, wishes: &mut Vec<SaveWish>, figure: &Figure) {
    response.context_menu(|ui| figure_items(ui, wishes, figure));
}

/// A line for every format in which a figure is written.
pub(super) fn figure_items(ui: &mut Ui, wishes: &mut Vec<SaveWish>, figure: &Figure) {
    for format in Format::ALL {
        let button = ui.button(format!("Save as {}…", format.name()));
        if button.on_hover_text(format.about()).clicked() {
            wishes.push(SaveWish::of(figure, format));
        }
    }
}
