//! Compare: one cue in two to four memories side by side, under one clock; what each made of it, and which did best.
//!
//! The memory on the left shows the settings of the track that is chosen here; world, cue and time belong to all.

mod chart;
mod column;
mod edit;
mod shared;
mod table;

use super::attractors::MosaicView;
use super::recall::{cue_controls, transport};
use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, Palette};
use crate::app::view::{ComparedMarks, ComparedView};
use crate::app::widgets::controls::{hint, primary_button, small_segmented};
use crate::engine::{Recording, State};
use crate::figures::tracks::TrackCurve;
use crate::session::Track;
use crate::trial::tracks::{TRACK_LETTERS, TrackComparison, compare, track_titles};
use crate::trial::{Conclusion, MAX_TRACKS, Target};
use egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

/// Titles of the cards of tracks.
const TRACKS: [&str; MAX_TRACKS] = ["Track A", "Track B", "Track C", "Track D"];
/// Title of the card with what all tracks share.
const SHARED: &str = "Cue of all tracks";
/// Title of the card with the results.
const RESULTS: &str = "What came of it";

/// Height of the foot in points, results and curves: the least and the most with two tracks, and of each more.
const FOOT: [f32; 2] = [136.0, 172.0];
const ROW: f32 = 22.0;
/// Height of the controls in points, before they were measured.
const CONTROLS: f32 = 130.0;
/// Least height of a column in points.
const LEAST: f32 = 250.0;
/// Height in points of the choices above the columns.
const HEAD: f32 = 24.0;

/// The panel, with what it keeps between frames.
pub(super) struct Compare {
    stroke: Vec<usize>,
    mosaics: [MosaicView; MAX_TRACKS],
    curves: [TrackCurve; MAX_TRACKS],
    /// Height of the controls, in points.
    controls: f32,
}

impl Default for Compare {
    fn default() -> Self {
        Self {
            stroke: Vec::new(),
            mosaics: Default::default(),
            curves: Default::default(),
            controls: CONTROLS,
        }
    }
}

/// What all parts of the panel know in a frame.
struct Shown {
    /// What each track of the draft is called.
    titles: Vec<String>,
    /// Who did best, once all have ended.
    comparison: Option<TrackComparison>,
    /// The right end of the time axis of all charts, in sweeps.
    across: f64,
}

impl Shown {
    fn of(context: &PanelContext<'_>) -> Self {
        let titles = track_titles(&context.draft.tracks);
        let recordings = context.session.tracks().iter().filter_map(Track::recording);
        Self {
            comparison: comparison(context, &titles),
            titles,
            across: crate::figures::tracks::longest(recordings),
        }
    }
}

/// Who did best, once the runs of all tracks are seen at their ends.
fn comparison(context: &PanelContext<'_>, titles: &[String]) -> Option<TrackComparison> {
    let session = context.session;
    if context.snapshots.len() != titles.len() || session.is_stale() {
        return None;
    }
    let conclusions = context.snapshots.iter().enumerate().map(|(track, it)| {
        let conclusion = it.as_ref()?.conclusion.as_ref();
        conclusion.filter(|_| session.is_over_on(track))
    });
    let conclusions: Vec<&Conclusion> = conclusions.collect::<Option<_>>()?;
    let titles = titles.iter().map(|title| &**title);
    let runs: Vec<(&str, &Conclusion)> = titles.zip(conclusions).collect();
    compare(&runs)
}

/// What the cue was made of, where it was made of a pattern, and which stored one that is.
fn original<'a>(context: &PanelContext<'a>) -> Option<(&'a State, Option<usize>)> {
    let cue = context.session.cue()?;
    let stored = match cue.target {
        Some(Target::Stored(pattern)) if context.shows_stored() => Some(pattern),
        _ => None,
    };
    Some((cue.wanted()?, stored))
}

/// The recording of a track, once there is one.
fn recording<'a>(context: &PanelContext<'a>, track: usize) -> Option<&'a Recording> {
    context.session.tracks().get(track)?.recording()
}

impl Panel for Compare {
    fn title(&self) -> &'static str {
        "Compare"
    }

    fn place(&self) -> Place {
        Place::Compare
    }

    fn cards(&self) -> &'static [&'static str] {
        const ALL: [&str; MAX_TRACKS + 2] =
            [TRACKS[0], TRACKS[1], TRACKS[2], TRACKS[3], SHARED, RESULTS];
        &ALL
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        let shown = Shown::of(context);
        let room = ui.available_size();
        match context.view.full {
            Some(SHARED) => return self.shared(ui, room, context),
            Some(RESULTS) => return self.results(ui, room, &shown, context),
            Some(card) => {
                let track = TRACKS.iter().position(|title| *title == card);
                if let Some(track) = track.filter(|it| *it < shown.titles.len()) {
                    return self.column(ui, (track, room), &shown, context);
                }
                context.view.full = None;
            }
            None => {}
        }
        head(ui, &shown, context);
        let foot = (0.23 * ui.available_height()).clamp(FOOT[0], FOOT[1]);
        let foot = foot + ROW * shown.titles.len().saturating_sub(2) as f32;
        let height = (ui.available_height() - self.controls - foot - 2.0 * GAP).max(LEAST);
        self.columns(ui, height, &shown, context);
        self.time(ui, context);
        let foot = ui.available_size();
        self.results(ui, foot, &shown, context);
    }
}

/// What is shown and marked, one more track, and who did best.
fn head(ui: &mut Ui, shown: &Shown, context: &mut PanelContext<'_>) {
    let size = vec2(ui.available_width(), HEAD);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(HEAD);
        let views = [
            (
                ComparedView::States,
                "States",
                "The state of every track at the moment shown",
            ),
            (
                ComparedView::Wheels,
                "Wheels",
                "How far the basin of each stored pattern reaches, in every memory",
            ),
        ];
        small_segmented(
            ui,
            "Shown of every track",
            &mut context.view.compared,
            &views,
            |_| None,
        );
        if context.view.compared == ComparedView::States {
            let marks = [
                (
                    ComparedMarks::Differences,
                    "Differences",
                    "Mark the units in which a track differs from the first one",
                ),
                (
                    ComparedMarks::Wrong,
                    "Wrong",
                    "Mark the units that differ from the original",
                ),
                (
                    ComparedMarks::Nothing,
                    "No marks",
                    "Show the states as they are",
                ),
            ];
            let chosen = &mut context.view.compared_marks;
            small_segmented(ui, "Marked", chosen, &marks, |_| None);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            edit::add_button(ui, context);
            if shown.titles.len() == 1 {
                hint(ui, "One track alone: add another to compare with");
            } else {
                hint(ui, "Click a track to set its rule on the left");
            }
        });
    });
}

impl Compare {
    /// The cue that all share, and beside it a column for each track.
    fn columns(&mut self, ui: &mut Ui, height: f32, shown: &Shown, context: &mut PanelContext<'_>) {
        let corner = ui.cursor().min;
        let width = ui.available_width();
        let count = shown.titles.len();
        let cue = (0.15 * width).clamp(116.0, 220.0);
        let empty = usize::from(count == 1);
        let n_columns = (count + empty) as f32;
        let column = ((width - cue - n_columns * GAP) / n_columns).floor();
        let at = |left: f32, width: f32| {
            Rect::from_min_size(pos2(corner.x + left, corner.y), vec2(width, height))
        };
        let builder = UiBuilder::new().id_salt(SHARED).max_rect(at(0.0, cue));
        self.shared(&mut ui.new_child(builder), vec2(cue, height), context);
        for track in 0..count + empty {
            let left = cue + GAP + track as f32 * (column + GAP);
            let rect = at(left, column);
            let builder = UiBuilder::new().id_salt(("track", track)).max_rect(rect);
            let ui = &mut ui.new_child(builder);
            if track < count {
                self.column(ui, (track, rect.size()), shown, context);
            } else {
                invitation(ui, context);
            }
        }
        ui.advance_cursor_after_rect(at(0.0, width));
    }

    fn column(
        &mut self,
        ui: &mut Ui,
        (track, size): (usize, Vec2),
        shown: &Shown,
        context: &mut PanelContext<'_>,
    ) {
        let mosaic = &mut self.mosaics[track];
        let stale = context.session.is_stale_on(track);
        let card = ui.cursor().min;
        context.card(ui, (TRACKS[track], size), stale, |ui, context| {
            column::ui(ui, track, shown, mosaic, context);
        });
        if context.track == track && shown.titles.len() > 1 {
            let palette = Palette::of(ui.visuals());
            let rect = Rect::from_min_size(card, size).shrink(0.75);
            let stroke = egui::Stroke::new(1.5, palette.blue);
            ui.painter()
                .rect_stroke(rect, 8.0, stroke, egui::StrokeKind::Inside);
        }
    }

    fn shared(&mut self, ui: &mut Ui, size: Vec2, context: &mut PanelContext<'_>) {
        let stroke = &mut self.stroke;
        context.card(ui, (SHARED, size), false, |ui, context| {
            shared::ui(ui, context, stroke);
        });
    }

    /// Where the cue starts, how it is corrupted, and time, for all tracks.
    fn time(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let controls = ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = GAP * 0.6;
            cue_controls(ui, context);
            let recordings =
                (0..context.session.tracks().len()).filter_map(|it| recording(context, it));
            let longest = recordings.max_by_key(|recording| recording.length());
            transport::time(ui, context, longest);
        });
        let used = controls.response.rect.height() + GAP;
        if (used - self.controls).abs() > 0.5 {
            self.controls = used;
            ui.ctx().request_discard("the controls need another height");
        }
    }

    /// The sentence, the table and the curves.
    fn results(&mut self, ui: &mut Ui, size: Vec2, shown: &Shown, context: &mut PanelContext<'_>) {
        let curves = &mut self.curves;
        context.card(ui, (RESULTS, size), false, |ui, context| {
            table::sentence(ui, shown, context);
            let room = ui.available_rect_before_wrap();
            let (left, right) = room.split_left_right_at_fraction(0.58);
            let left = left.with_max_x(left.right() - GAP);
            let mut left = ui.new_child(UiBuilder::new().id_salt("table").max_rect(left));
            table::ui(&mut left, shown, context);
            let mut right = ui.new_child(UiBuilder::new().id_salt("curves").max_rect(right));
            chart::overlaps(&mut right, curves, shown, context);
            ui.advance_cursor_after_rect(room);
        });
    }
}

/// In the place of a second track.
fn invitation(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let room = ui.available_rect_before_wrap();
    let middle = Rect::from_center_size(room.center(), vec2(room.width().min(320.0), 130.0));
    let layout = Layout::top_down(Align::Center);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(middle).layout(layout));
    ui.label("The same patterns, the same cue, another rule: what does that make of it?");
    ui.add_space(GAP);
    let Some(next) = edit::next_rule(context) else {
        return;
    };
    let text = format!("Compare with: {}", next.about().title);
    if primary_button(ui, &text).clicked() {
        edit::add(context, next);
    }
}

/// The letter of a track.
fn letter(track: usize) -> &'static str {
    TRACK_LETTERS[track % TRACK_LETTERS.len()]
}
