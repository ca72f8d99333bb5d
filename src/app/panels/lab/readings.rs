//! The table of what is read off the curves: a row a curve.

use super::LabPanel;
use super::rules::swatch;
use crate::app::panels::PanelContext;
use crate::app::panels::memory::scrolling;
use crate::app::theme::{BODY, GAP, Palette, SMALL};
use crate::app::widgets::full_card::placeholder;
use crate::engine::numbers::{count, decimals, plain};
use crate::lab::statistics::CurveReading;
use crate::session::LabResults;
use egui::{Grid, Label, RichText, Ui, vec2};

/// Rows that are listed at most.
const LISTED: usize = 200;

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &LabPanel, context: &PanelContext<'_>) {
    let book = context.session.lab();
    let Some(main) = lab.main(book) else {
        return placeholder(
            ui,
            "What is read off each curve, with its error, stands here",
        );
    };
    let run = main.results();
    let height = ui.available_height();
    scrolling(ui, "lab readings", height, |ui| {
        together(ui, run);
        table(ui, run);
    });
}

/// What is read off curves laid together, a line a family; nothing until one can be.
fn together(ui: &mut Ui, run: &LabResults) {
    let palette = Palette::of(ui.visuals());
    let experiment = run.plan().recipe().experiment.experiment();
    let Some(scaling) = experiment.scaling() else {
        return;
    };
    for (family, together) in run.families().iter().take(LISTED) {
        if let Some(found) = together.as_ref().and_then(|it| it.in_short(scaling)) {
            let text = format!("{}, all N: {found}", family.name);
            let text = RichText::new(text).size(BODY).color(palette.text);
            ui.add(Label::new(text).wrap()).on_hover_text(
                "Errors by leaving out a repeat at a time; S is the mean square of distances from one line over their errors, near 1 where curves fall together",
            );
        }
    }
}

fn table(ui: &mut Ui, run: &LabResults) {
    let palette = Palette::of(ui.visuals());
    let quiet = |text: &str| RichText::new(text).size(SMALL).color(palette.weak);
    let columns = run.plan().columns();
    let counted = columns.iter().find(|column| column.name == "n");
    ui.spacing_mut().interact_size.y = 16.0;
    let labels: Vec<&str> = run.curves()[0].readings.iter().map(|it| it.label).collect();
    Grid::new("readings")
        .spacing(vec2(2.5 * GAP, 2.0))
        .min_row_height(17.0)
        .show(ui, |ui| {
            ui.label(quiet("curve"));
            for label in &labels {
                ui.label(quiet(label));
                ui.label(quiet("± s.e.")).on_hover_text(
                    "Standard error, by leaving out a block of patterns or a repeat at a time",
                );
            }
            ui.label(quiet("points"));
            if let Some(column) = counted {
                // One word stands for itself; what takes a sentence is told on hovering.
                let head = Some(&*column.meaning).filter(|meaning| !meaning.contains(' '));
                let head = ui.label(quiet(head.unwrap_or("cues")));
                head.on_hover_text(&column.meaning);
            }
            ui.end_row();
            for series in 0..run.curves().len().min(LISTED) {
                row(ui, run, series);
            }
            if run.curves().len() > LISTED {
                ui.label(quiet(&format!("and {} more", run.curves().len() - LISTED)));
                ui.end_row();
            }
        });
}

/// What is read off a curve.
fn row(ui: &mut Ui, run: &LabResults, series: usize) {
    let palette = Palette::of(ui.visuals());
    let number = |text: &str| RichText::new(text).size(BODY).color(palette.text);
    let shown = run.plan().recipe().experiment.experiment().shown();
    let curve = &run.curves()[series];
    // What more points may still change is quiet.
    let is_whole = curve.n_points == run.plan().axis().values.len();
    let color = if is_whole { palette.text } else { palette.weak };
    let read = |text: &str| RichText::new(text).size(BODY).color(color);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        swatch(ui, &shown, series);
        ui.add(Label::new(number(&run.names()[series])));
    });
    for named in &curve.readings {
        let value = named.reading.map(in_words);
        let error = named.reading.and_then(|reading| reading.error);
        ui.label(read(value.as_deref().unwrap_or("none")));
        let error = error.map(|error| decimals(error, if error < 0.0005 { 5 } else { 3 }));
        ui.label(read(error.as_deref().unwrap_or("–")));
    }
    ui.label(number(&curve.n_points.to_string()));
    if let Some(n_cues) = curve.n_cues {
        ui.label(number(&count(n_cues as u64)));
    }
    ui.end_row();
}

/// A number that is read off a curve, without its error: a bound says so.
fn in_words(reading: CurveReading) -> String {
    match (reading.bound, reading.error) {
        (Some(bound), _) => format!("{} {}", plain(reading.value), bound.words()),
        (None, Some(_)) => decimals(reading.value, 3),
        (None, None) => plain(reading.value),
    }
}
