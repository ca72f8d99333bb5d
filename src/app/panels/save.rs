//! The menu of a chart: save what it shows, by a click with the other button.
//!
//! Absent: writing; the wish is left in the context, and the window's file tasks carry it out.

use crate::export::Format;
use crate::figures::Figure;
use egui::Response;

/// A figure to be written where the user says.
pub struct SaveFigure {
    /// What it shows.
    pub figure: Figure,
    /// As what.
    pub format: Format,
}

/// Opens the menu of a chart on a secondary click, and leaves what is chosen in `wishes`.
pub(super) fn menu(response: &Response, wishes: &mut Vec<SaveFigure>, figure: &Figure) {
    response.context_menu(|ui| {
        for format in Format::ALL {
            let button = ui.button(format!("Save as {}…", format.name()));
            if button.on_hover_text(format.about()).clicked() {
                let figure = figure.clone();
                wishes.push(SaveFigure { figure, format });
            }
        }
    });
}
