//! One track: what it is called, its state or its wheel, what has become of the cue, and the energy on the way.

use super::super::attractors::{MosaicView, beside};
use super::super::recall::pictures::letters_of;
use super::super::{PanelContext, save};
use super::{Shown, chart, edit, letter, recording};
use crate::app::snapshot::Snapshot;
use crate::app::theme::{BODY, GAP, Palette, SMALL, TITLE};
use crate::app::view::{ComparedMarks, ComparedView};
use crate::app::widgets::controls::{ChipKind, verdict_band};
use crate::app::widgets::full_card::{BUTTONS, placeholder};
use crate::app::widgets::pattern_view::{PatternView, UnitMark};
use crate::app::widgets::picture::Placed;
use crate::engine::Patterns;
use crate::engine::numbers::count_of;
use crate::figures::tracks::track_style;
use crate::trial::words::{overlap, pattern_name, signed_name};
use egui::{
    Align, Align2, FontId, Layout, ProgressBar, Rect, RichText, Role, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

/// Height of the head in points.
const HEAD: f32 = 24.0;
/// Height of a line of small letters.
const LINE: f32 = 17.0;
/// Height of the answer.
const ANSWER: f32 = 28.0;
/// Width of a column, in points, below which words are short and small.
const NARROW: f32 = 250.0;
/// Height of the energy: at least, and at most.
const ENERGY: [f32; 2] = [64.0, 170.0];

/// Draws a column into the room left.
pub(super) fn ui(
    ui: &mut Ui,
    track: usize,
    shown: &Shown,
    mosaic: &mut MosaicView,
    context: &mut PanelContext<'_>,
) {
    ui.spacing_mut().item_spacing.y = 3.0;
    head(ui, track, &shown.titles[track], context);
    let below = LINE + ANSWER + ENERGY[0] + 4.0 * 3.0;
    let room = vec2(
        ui.available_width(),
        (ui.available_height() - below).max(60.0),
    );
    match context.view.compared {
        ComparedView::Wheels => {
            let rect = Rect::from_min_size(ui.cursor().min, room);
            let builder = UiBuilder::new().id_salt("wheel").max_rect(rect);
            beside(&mut ui.new_child(builder), mosaic, track, context);
            ui.advance_cursor_after_rect(rect);
        }
        ComparedView::States => state(ui, track, room, context),
    }
    told(ui, track, context);
    answer(ui, track, shown, context);
    chart::energy(ui, track, ENERGY[1], shown, context);
}

/// The letter and the title, which choose the track, and the menu.
fn head(ui: &mut Ui, track: usize, title: &str, context: &mut PanelContext<'_>) {
    let size = vec2(ui.available_width(), HEAD);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(HEAD);
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        ui.add_space(BUTTONS);
        edit::menu(ui, track, title, context);
        let room = vec2(ui.available_width(), HEAD);
        let (rect, response) = ui.allocate_exact_size(room, Sense::click());
        let chosen = context.track == track;
        response.widget_info(|| {
            let name = format!("Track {}: {title}", letter(track));
            WidgetInfo::selected(Role::RadioButton, true, chosen, name)
        });
        if response.clicked() {
            context.view.track = track;
        }
        paint_head(
            ui,
            rect,
            track,
            title,
            response.hovered() || response.has_focus(),
        );
        let notation = context.draft.tracks.get(track).map(|it| {
            let (rule, dynamics) = (it.rule.notation(), it.dynamics);
            format!("{title}\n{rule}, {dynamics}\nClick: its settings on the left")
        });
        response.on_hover_text(notation.unwrap_or_default());
    });
}

/// A badge in the colour and with the letter of the track, and its title.
fn paint_head(ui: &Ui, rect: Rect, track: usize, title: &str, lit: bool) {
    let palette = Palette::of(ui.visuals());
    let color = palette.role(track_style(track).0);
    let badge =
        Rect::from_center_size(pos2(rect.left() + 10.0, rect.center().y), Vec2::splat(19.0));
    let painter = ui.painter_at(rect.expand(2.0));
    painter.rect_filled(badge, 5.0, color);
    let font = FontId::proportional(BODY);
    let center = Align2::CENTER_CENTER;
    painter.text(badge.center(), center, letter(track), font, palette.card);
    let left = badge.right() + 7.0;
    let text = RichText::new(title).size(TITLE).color(palette.strong);
    let galley = egui::WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Truncate),
        (rect.right() - left).max(0.0),
        egui::TextStyle::Body,
    );
    let place = pos2(left, rect.center().y - 0.5 * galley.size().y);
    let color = if lit { palette.orange } else { palette.strong };
    painter.galley(place, galley, color);
}

/// The state at the moment shown, with its marks.
fn state(ui: &mut Ui, track: usize, room: Vec2, context: &mut PanelContext<'_>) {
    let rect = Rect::from_min_size(ui.cursor().min, room);
    let snapshot = context.snapshots.get(track).and_then(Option::as_ref);
    let builder = UiBuilder::new().id_salt("state").max_rect(rect);
    let inside = &mut ui.new_child(builder);
    match (snapshot, recording(context, track)) {
        (Some(snapshot), Some(run)) => {
            let patterns = run.patterns();
            let size = Placed::fit(patterns.grid(), room, ui.pixels_per_point());
            let inset = 0.5 * (room - size);
            let place = Rect::from_min_size(rect.min + inset, size);
            let inside = &mut ui.new_child(UiBuilder::new().id_salt("state").max_rect(place));
            let first = context.snapshots.first().and_then(Option::as_ref);
            let marks = marks(snapshot, first, context.view.compared_marks);
            let name = format!("state of track {}", letter(track));
            let how = context.view.compared_marks as u64;
            // Where tracks disagree changes with any of them.
            let others: u64 = context
                .snapshots
                .iter()
                .flatten()
                .map(|it| it.version)
                .sum();
            let version = (others << 20) ^ (snapshot.version << 2) ^ how;
            let units = snapshot.state.units();
            let mut view = PatternView::new(&name, patterns.grid(), units, version, size);
            view.highlight = context.view.shown_unit;
            view.marks = Some(&marks);
            view.changed = "not as in track A";
            view.graded = snapshot.graded.as_deref();
            let nearest = patterns.pattern(snapshot.nearest);
            view.letters = letters_of(&snapshot.state, Some(nearest));
            let response = view.show(inside);
            let title = format!("State of track {}", letter(track));
            save::menu_of_squares(&response.response, context.exports, &title, || {
                view.squares()
            });
            if let Some(unit) = response.hovered {
                context.view.hovered_unit = Some(unit);
                let text = in_all(context, unit);
                response.response.on_hover_text_at_pointer(text);
            }
        }
        _ => match context.session.learning_on(track) {
            Some(_) => placeholder(
                inside,
                "Learning: its state stands here as soon as there is a memory",
            ),
            None => placeholder(inside, "Nothing recorded yet"),
        },
    }
    ui.advance_cursor_after_rect(rect);
}

/// What is marked: units that differ from those of the `first` track, or from the original.
fn marks(snapshot: &Snapshot, first: Option<&Snapshot>, how: ComparedMarks) -> Vec<UnitMark> {
    let others = first.map(|first| first.state.units());
    let others = others.filter(|units| units.len() == snapshot.state.n_units());
    let differs = |unit: usize| others.is_some_and(|it| it[unit] != snapshot.state.units()[unit]);
    let all = snapshot.marks.iter().enumerate();
    let mark = |(unit, mark): (usize, &UnitMark)| UnitMark {
        changed: how == ComparedMarks::Differences && differs(unit),
        wrong: how == ComparedMarks::Wrong && mark.wrong,
        flash: if how == ComparedMarks::Differences {
            0.0
        } else {
            mark.flash
        },
    };
    all.map(mark).collect()
}

/// A unit in every track: "unit 404: A +1, B −1".
fn in_all(context: &PanelContext<'_>, unit: usize) -> String {
    let tracks = context.snapshots.iter().enumerate();
    let told = tracks.filter_map(|(track, snapshot)| {
        let snapshot = snapshot.as_ref()?;
        let sign = *snapshot.state.units().get(unit)?;
        let letters = snapshot.state.alphabet().letters();
        let what = match letters {
            Some(letters) => letters.symbol(sign).to_string(),
            None if sign > 0 => "+1".to_owned(),
            None => "−1".to_owned(),
        };
        Some(format!("{} {what}", letter(track)))
    });
    let told: Vec<String> = told.collect();
    format!("unit {unit}: {}", told.join(", "))
}

/// How far the state is from the original, or learning while it is under way.
fn told(ui: &mut Ui, track: usize, context: &PanelContext<'_>) {
    let size = vec2(ui.available_width(), LINE);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(LINE);
        if let Some(course) = context.session.learning_on(track) {
            let percent = format!("Learning {:.0} %", 100.0 * course.done);
            let bar = ProgressBar::new(course.done)
                .desired_height(LINE - 2.0)
                .text(RichText::new(percent).size(SMALL));
            ui.add(bar);
            return;
        }
        let palette = Palette::of(ui.visuals());
        let snapshot = context.snapshots.get(track).and_then(Option::as_ref);
        let short = ui.available_width() < NARROW;
        let text = snapshot.zip(recording(context, track));
        let text = text.map_or_else(String::new, |(snapshot, run)| {
            let patterns = context.shows_stored().then(|| run.patterns());
            in_words(snapshot, patterns.map(|it| &**it), short)
        });
        let text = RichText::new(text).size(SMALL).color(palette.weak);
        ui.add(egui::Label::new(text).truncate());
    });
}

/// "12 wrong, overlap 0.97, after 130 flips"; a state without an original is told by what is nearest of `patterns`.
fn in_words(snapshot: &Snapshot, patterns: Option<&Patterns>, short: bool) -> String {
    let flips = count_of(snapshot.flips as u64, "flip");
    let wrong = snapshot.marks.iter().filter(|mark| mark.wrong).count();
    match snapshot.target_overlap {
        Some(m) if snapshot.graded.is_none() && short => {
            format!("{wrong} wrong, overlap {}", overlap(m))
        }
        Some(m) if snapshot.graded.is_none() => {
            format!("{wrong} wrong, overlap {}, after {flips}", overlap(m))
        }
        Some(m) => format!("overlap {} after {flips}", overlap(m)),
        None => {
            let nearest = patterns.map(|patterns| {
                let m = snapshot.overlaps[snapshot.nearest];
                signed_name(&pattern_name(patterns, snapshot.nearest), m)
            });
            let nearest = nearest.map_or_else(String::new, |name| format!("nearest {name}, "));
            format!("{nearest}after {flips}")
        }
    }
}

/// What the track has come to.
fn answer(ui: &mut Ui, track: usize, shown: &Shown, context: &PanelContext<'_>) {
    let session = context.session;
    let snapshot = context.snapshots.get(track).and_then(Option::as_ref);
    let conclusion = snapshot.and_then(|it| it.conclusion.as_ref());
    let conclusion = conclusion.filter(|_| session.is_over_on(track));
    let best = (shown.comparison.as_ref()).is_some_and(|it| it.best.contains(&track));
    let (kind, headline, detail) = match (conclusion, recording(context, track)) {
        _ if session.is_stale_on(track) => {
            (ChipKind::Warn, "Out of date".to_owned(), String::new())
        }
        (Some(conclusion), Some(run)) => {
            let kind = conclusion.answer().into();
            let patterns = run.patterns();
            (
                kind,
                conclusion.headline(patterns),
                conclusion.detail(patterns),
            )
        }
        (None, Some(_)) => (
            ChipKind::Busy,
            "Not at its end yet".to_owned(),
            String::new(),
        ),
        (_, None) => (ChipKind::Plain, "No memory yet".to_owned(), String::new()),
    };
    let size = vec2(ui.available_width(), ANSWER);
    let font = if size.x < NARROW { SMALL } else { BODY };
    let band = verdict_band(ui, size, kind, (&headline, &detail), font);
    if best {
        let palette = Palette::of(ui.visuals());
        let stroke = egui::Stroke::new(1.5, palette.ok);
        ui.painter()
            .rect_stroke(band.rect, 5.0, stroke, egui::StrokeKind::Inside);
    }
}
