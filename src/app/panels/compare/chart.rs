//! The charts: the energy of one track, and the overlaps of all.

use super::super::PanelContext;
use super::super::charts::axes::{axes, swatch};
use super::super::save;
use super::{Shown, letter, original, recording};
use crate::app::theme::{GAP, Palette, SMALL};
use crate::figures::tracks::{TrackCurve, overlaps as overlaps_of_tracks, track_style};
use crate::figures::{Figure, recall};
use crate::session::Command;
use egui::{RichText, Role, Ui, WidgetInfo, vec2};

/// The energy against time, or the stability where there is none, at most `tallest` points tall.
pub(super) fn energy(
    ui: &mut Ui,
    track: usize,
    tallest: f32,
    shown: &Shown,
    context: &mut PanelContext<'_>,
) {
    let snapshot = context.snapshots.get(track).and_then(Option::as_ref);
    let (Some(snapshot), Some(run)) = (snapshot, recording(context, track)) else {
        return;
    };
    let now = context.session.cursor_on(track) as f64 / run.sweep() as f64;
    let mut figure = match snapshot.energy {
        Some(energy) => recall::energy(run, [now, energy]),
        None => recall::stability(run, [now, snapshot.stability]),
    };
    figure.across.range[1] = shown.across;
    figure.title = format!("{}, track {}", figure.title, letter(track));
    let size = vec2(ui.available_width(), ui.available_height().min(tallest));
    let canvas = axes(ui, &figure, size);
    let seek = canvas.seek(run, context.session.cursor());
    context.commands.extend(seek.map(Command::Seek));
    let palette = Palette::of(ui.visuals());
    canvas.paint(&figure, palette);
    describe(
        &canvas.response,
        &figure,
        &told(snapshot.energy, snapshot.stability),
    );
    save::menu(&canvas.response, context.exports, &figure);
}

fn told(energy: Option<f64>, stability: f64) -> String {
    match energy {
        Some(energy) => format!("energy {energy:.4}"),
        None => format!("stability {stability:.4}"),
    }
}

/// The overlap of every track with the original, against time.
pub(super) fn overlaps(
    ui: &mut Ui,
    curves: &mut [TrackCurve],
    shown: &Shown,
    context: &mut PanelContext<'_>,
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let original = original(context);
    let version = context.session.version();
    for (track, curve) in curves.iter_mut().enumerate() {
        if let Some(run) = recording(context, track) {
            let of_units = |(state, _): &(&crate::engine::State, Option<usize>)| {
                state.n_units() == run.cue().n_units()
            };
            curve.update(run, original.filter(of_units), version);
        }
    }
    let there = |track: &usize| recording(context, *track).is_some();
    let tracks = (0..shown.titles.len()).filter(there);
    let named = tracks.map(|track| {
        let title = format!("{}: {}", letter(track), shown.titles[track]);
        (title, track, &curves[track])
    });
    let named: Vec<(String, usize, &TrackCurve)> = named.collect();
    let Some(first) = named
        .first()
        .and_then(|(_, track, _)| recording(context, *track))
    else {
        return;
    };
    let now = context.session.cursor() as f64 / first.sweep() as f64;
    let figure = overlaps_of_tracks(
        &named,
        original.is_some(),
        shown.across,
        now.min(shown.across),
    );
    legend(ui, &named, original.is_some());
    let canvas = axes(ui, &figure, ui.available_size());
    let palette = Palette::of(ui.visuals());
    canvas.paint(&figure, palette);
    let runs = (0..shown.titles.len()).filter_map(|track| recording(context, track));
    if let Some(longest) = runs.max_by_key(|run| run.length()) {
        let seek = canvas.seek(longest, context.session.cursor());
        context.commands.extend(seek.map(Command::Seek));
    }
    describe(&canvas.response, &figure, &in_words(&figure));
    save::menu(&canvas.response, context.exports, &figure);
}

/// Letter and line of every track, above the axes.
fn legend(ui: &mut Ui, tracks: &[(String, usize, &TrackCurve)], with_original: bool) {
    let palette = Palette::of(ui.visuals());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        let what = if with_original {
            "Overlap with the original"
        } else {
            "Overlap with the nearest pattern"
        };
        ui.label(RichText::new(what).size(SMALL).color(palette.text));
        for (_, track, _) in tracks {
            let (role, line) = track_style(*track);
            swatch(ui, 18.0, palette.role(role), line);
            ui.label(
                RichText::new(letter(*track))
                    .size(SMALL)
                    .color(palette.text),
            );
        }
    });
}

/// The last value of every curve.
fn in_words(figure: &Figure) -> String {
    let last = figure.series.iter().filter_map(|series| {
        let overlap = crate::trial::words::overlap(*series.y.last()?);
        Some(format!("{} {overlap}", series.name))
    });
    last.collect::<Vec<String>>().join(", ")
}

/// Name and value for screen readers.
fn describe(response: &egui::Response, figure: &Figure, value: &str) {
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
        info.current_text_value = Some(value.to_owned());
        info
    });
}
