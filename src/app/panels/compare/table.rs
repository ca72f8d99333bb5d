//! Who did best, in a sentence, and what each track made of the cue, in a table.
//!
//! Absent: the curves beside it (`chart`).

use super::super::PanelContext;
use super::super::save::Kind;
use super::{Shown, letter, recording};
use crate::app::theme::{BODY, GAP, Palette, SMALL, TITLE};
use crate::app::widgets::controls::{ChipKind, verdict_band};
use crate::app::widgets::full_card::BUTTONS;
use crate::app::widgets::room::width_left;
use crate::engine::numbers::decimals;
use crate::trial::words::overlap;
use egui::{Align, Grid, Label, Layout, RichText, Ui, vec2};

/// What the table is called where it is saved.
const TITLE_OF_ALL: &str = "Results of the tracks";
/// Height of the sentence in points.
const SENTENCE: f32 = 30.0;

/// The columns, with what they are.
const COLUMNS: [(&str, &str); 6] = [
    (
        "Overlap",
        "With the original at the moment shown; 1 is the original itself",
    ),
    ("Wrong", "Units that differ from the original"),
    (
        "Flips",
        "Units that changed on the way, each as often as it did",
    ),
    (
        "Sweeps",
        "How often every unit was asked until the moment shown",
    ),
    (
        "Energy",
        "Of the cue, and at the moment shown; each memory has a scale of its own",
    ),
    ("What it is", "What the run has come to"),
];

/// Height of a row of the table.
const ROW: f32 = 19.0;

/// Width of the table in points, below which energies have no room.
const WIDE: f32 = 470.0;

/// Draws the table.
pub(super) fn ui(ui: &mut Ui, shown: &Shown, context: &mut PanelContext<'_>) {
    let room = ui.available_rect_before_wrap();
    if let Some(deed) = context.exports.show(TITLE_OF_ALL, room, Kind::Table) {
        let rows = (0..shown.titles.len()).filter_map(|track| written(track, shown, context));
        let rows: Vec<Vec<String>> = std::iter::once(head()).chain(rows).collect();
        context.exports.want_rows(deed, TITLE_OF_ALL, rows);
    }
    let with_energies = ui.available_width() >= WIDE;
    ui.spacing_mut().item_spacing = vec2(14.0, 3.0);
    egui::ScrollArea::vertical()
        .id_salt("results")
        .show(ui, |ui| {
            let grid = Grid::new("results").min_row_height(ROW);
            grid.show(ui, |ui| {
                heads(ui, with_energies);
                for track in 0..shown.titles.len() {
                    row(ui, (track, with_energies), shown, context);
                    ui.end_row();
                }
            });
        });
}

/// Who did best, or what is still to come.
pub(super) fn sentence(ui: &mut Ui, shown: &Shown, context: &PanelContext<'_>) {
    let size = vec2(width_left(ui, BUTTONS + GAP), SENTENCE);
    let (kind, text) = match &shown.comparison {
        Some(comparison) if comparison.best.is_empty() => {
            (ChipKind::Plain, comparison.sentence.as_str())
        }
        Some(comparison) => (ChipKind::Ok, comparison.sentence.as_str()),
        None if shown.titles.len() < 2 => (ChipKind::Plain, "One track alone is not compared"),
        None if context.session.is_stale() => (ChipKind::Warn, "Some tracks are still learned"),
        None => (
            ChipKind::Busy,
            "Press Settle to run all of them to their ends",
        ),
    };
    verdict_band(ui, size, kind, (text, ""), TITLE);
}

fn heads(ui: &mut Ui, with_energies: bool) {
    let palette = Palette::of(ui.visuals());
    ui.label("");
    for (name, help) in COLUMNS {
        if name == "Energy" && !with_energies {
            continue;
        }
        let name = RichText::new(name).size(SMALL).color(palette.weak);
        ui.label(name).on_hover_text(help);
    }
    ui.end_row();
}

fn row(
    ui: &mut Ui,
    (track, with_energies): (usize, bool),
    shown: &Shown,
    context: &PanelContext<'_>,
) {
    let palette = Palette::of(ui.visuals());
    let best = (shown.comparison.as_ref()).is_some_and(|it| it.best.contains(&track));
    let color = if best { palette.strong } else { palette.text };
    let text = |text: String| RichText::new(text).size(BODY).color(color);
    ui.label(text(letter(track).to_owned()))
        .on_hover_text(&shown.titles[track]);
    let Some(cells) = cells(track, context) else {
        return;
    };
    let [numbers @ .., energy, what] = cells;
    for cell in numbers {
        number(ui, text(cell));
    }
    if with_energies {
        number(ui, text(energy));
    }
    // A column of a grid that cuts its text keeps its first width.
    ui.add(Label::new(text(what)).extend());
}

/// What stands in the columns of a track, once there is a recording.
fn cells(track: usize, context: &PanelContext<'_>) -> Option<[String; COLUMNS.len()]> {
    let snapshot = context.snapshots.get(track)?.as_ref()?;
    let run = recording(context, track)?;
    let cursor = context.session.cursor_on(track);
    let with_original = snapshot.target_overlap;
    let m = with_original.map_or_else(|| "–".to_owned(), overlap);
    let wrong = snapshot.marks.iter().filter(|mark| mark.wrong).count();
    let wrong = with_original.map_or_else(|| "–".to_owned(), |_| wrong.to_string());
    let sweeps = decimals(cursor as f64 / run.sweep() as f64, 2);
    let energy = match (run.energy_at(0), snapshot.energy) {
        (Some(first), Some(now)) => format!("{} → {}", decimals(first, 1), decimals(now, 1)),
        _ => "none".to_owned(),
    };
    let over = snapshot.conclusion.as_ref();
    let over = over.filter(|_| context.session.is_over_on(track));
    let what = over.map_or("under way", |conclusion| conclusion.nature.kind());
    let flips = snapshot.flips.to_string();
    Some([m, wrong, flips, sweeps, energy, what.to_owned()])
}

/// The head of the table as it is saved.
fn head() -> Vec<String> {
    let heads = COLUMNS.iter().map(|(name, _)| (*name).to_owned());
    ["Track".to_owned(), "Rule".to_owned()]
        .into_iter()
        .chain(heads)
        .collect()
}

/// A row of it: all that stands on screen, the title of the track in full.
fn written(track: usize, shown: &Shown, context: &PanelContext<'_>) -> Option<Vec<String>> {
    let first = [letter(track).to_owned(), shown.titles[track].clone()];
    Some(first.into_iter().chain(cells(track, context)?).collect())
}

/// A number, at the right of its column.
fn number(ui: &mut Ui, text: RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
}
