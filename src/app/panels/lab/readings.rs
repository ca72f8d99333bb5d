//! The table of what is read off the curves: a row a curve.

use super::LabPanel;
use super::rules::swatch;
use crate::app::panels::PanelContext;
use crate::app::panels::memory::scrolling;
use crate::app::theme::{BODY, GAP, Palette, SMALL};
use crate::app::widgets::full_card::placeholder;
use crate::engine::numbers::{count, decimals};
use crate::lab::figure::entry;
use crate::session::LabRun;
use egui::{Grid, Label, RichText, Ui, vec2};

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &LabPanel, context: &PanelContext<'_>) {
    let book = context.session.lab();
    let Some(main) = lab.main(book) else {
        return placeholder(
            ui,
            "What is read off each curve, with its error, stands here",
        );
    };
    let run = &book.runs()[main];
    let height = ui.available_height();
    scrolling(ui, "lab readings", height, |ui| table(ui, run));
}

fn table(ui: &mut Ui, run: &LabRun) {
    let palette = Palette::of(ui.visuals());
    let quiet = |text: &str| RichText::new(text).size(SMALL).color(palette.weak);
    let number = |text: &str| RichText::new(text).size(BODY).color(palette.text);
    let columns = run.plan().columns();
    let counted = columns.iter().find(|column| column.name == "n");
    let (labels, width) = (run.says(0).0, ui.available_width());
    Grid::new("readings")
        .spacing(vec2(2.5 * GAP, 2.0))
        .min_row_height(17.0)
        .show(ui, |ui| {
            ui.label(quiet("curve"));
            for named in &labels {
                ui.label(quiet(named.label));
                ui.label(quiet("± s.e.")).on_hover_text(
                    "Standard error, by leaving out a block of patterns or a repeat at a time",
                );
            }
            ui.label(quiet("points"));
            if let Some(column) = counted {
                ui.label(quiet(&column.meaning));
            }
            ui.end_row();
            for series in 0..run.plan().n_series() {
                ui.horizontal(|ui| {
                    ui.spacing_mut().interact_size.y = 16.0;
                    ui.set_max_width(0.4 * width);
                    ui.spacing_mut().item_spacing.x = 4.0;
                    swatch(ui, series);
                    ui.add(Label::new(number(&run.name(series))).truncate());
                });
                for named in run.says(series).0 {
                    let value = named.reading.map(|reading| decimals(reading.value, 3));
                    let error = named.reading.and_then(|reading| reading.error);
                    ui.label(number(value.as_deref().unwrap_or("none")));
                    let error = error.map(|error| decimals(error, 3));
                    ui.label(number(error.as_deref().unwrap_or("–")));
                }
                let n_own = run.plan().axis().values.len();
                let rows = &run.rows()[series * n_own..(series + 1) * n_own];
                let known = rows.iter().flatten();
                ui.label(number(&known.clone().count().to_string()));
                if counted.is_some() {
                    let all: f64 = known.filter_map(|row| entry(run.plan(), row, "n")).sum();
                    ui.label(number(&count(all as u64)));
                }
                ui.end_row();
            }
        });
}
