//! The cue, to draw on, and the state it has become.

use super::super::Desk;
use crate::app::theme::GAP;
use crate::app::view::Tool;
use crate::app::widgets::controls::title_label;
use crate::app::widgets::gesture::{Gesture, Touched};
use crate::app::widgets::letters::Written;
use crate::app::widgets::pattern_view::{self, PatternView};
use crate::engine::State;
use crate::engine::corrupt::Rectangle;
use crate::session::words::{signed, with_article};
use crate::session::{CueStates, Start};
use egui::{Response, Ui, vec2};

/// The cue, `side` wide, with the drawing tools at work on it.
pub(super) fn cue(ui: &mut Ui, desk: &mut Desk<'_>, side: f32, stroke: &mut Vec<usize>) {
    let (Some(states), Some(patterns)) = (desk.session.cue(), desk.session.patterns()) else {
        placeholder(ui, "Cue", side);
        return;
    };
    let overlap = states.cue.overlap(&states.original);
    title_label(
        ui,
        "Cue",
        &format!("{}, overlap {}", name(desk, states), signed(overlap)),
    );
    let grid = patterns.grid();
    let mut view = PatternView::new(
        "cue",
        grid,
        states.cue.units(),
        desk.session.version(),
        vec2(side, side),
    );
    view.highlight = desk.view.shown_unit;
    view.letters = written(&states.cue, None);
    view.tool = match desk.view.tool {
        // Letters are not drawn: they are mutated, or covered.
        tool if view.letters.is_some() && tool != Tool::Cover => pattern_view::Tool::Look,
        // Another world is being prepared: what is drawn now would not fit them.
        _ if desk.session.source().is_none() => pattern_view::Tool::Look,
        Tool::Cover => pattern_view::Tool::Rectangle,
        Tool::Draw | Tool::Erase | Tool::Flip => pattern_view::Tool::Brush(desk.view.brush),
    };
    let shown = centred(ui, side, |ui| view.show(ui));
    if shown.hovered.is_some() {
        desk.view.hovered_unit = shown.hovered;
    }
    if let Some(gesture) = shown.gesture {
        draw(desk, states, gesture, stroke);
    }
    hover_text(&shown.response, desk, shown.hovered);
}

/// The state at the moment shown, `side` wide.
pub(super) fn state(ui: &mut Ui, desk: &mut Desk<'_>, side: f32) {
    let (Some(moment), Some(recording)) = (desk.moment, desk.session.recording()) else {
        placeholder(ui, "State", side);
        return;
    };
    let flips = if moment.flips == 1 {
        "1 flip".to_owned()
    } else {
        format!("{} flips", moment.flips)
    };
    let overlap = moment.target_overlap.map_or(String::new(), |overlap| {
        format!(", overlap {}", signed(overlap))
    });
    let stale = if desk.session.is_stale() {
        " (out of date)"
    } else {
        ""
    };
    title_label(ui, "State", &format!("after {flips}{overlap}{stale}"));
    let grid = recording.patterns().grid();
    let layers = u64::from(desk.view.show_changed)
        | u64::from(desk.view.show_wrong) << 1
        | u64::from(desk.view.show_fields) << 2;
    let marks: Vec<pattern_view::Mark> = moment
        .marks
        .iter()
        .map(|mark| pattern_view::Mark {
            changed: mark.changed && desk.view.show_changed,
            wrong: mark.wrong && desk.view.show_wrong,
        })
        .collect();
    let version = moment.version << 3 | layers;
    let mut view = PatternView::new(
        "state",
        grid,
        moment.state.units(),
        version,
        vec2(side, side),
    );
    view.highlight = desk.view.shown_unit;
    view.marks = Some(&marks);
    view.graded = moment.graded.as_deref();
    view.letters = written(
        &moment.state,
        Some(recording.patterns().pattern(moment.nearest)),
    );
    view.fields = desk.view.show_fields.then_some(&moment.fields[..]);
    let bonds: Option<Vec<(usize, usize, f32)>> = desk
        .session
        .sample()
        .filter(|sample| desk.view.show_bonds && sample.lattice.grid() == grid)
        .map(|sample| sample.lattice.bonds().collect());
    view.bonds = bonds.as_deref();
    let shown = centred(ui, side, |ui| view.show(ui));
    if shown.hovered.is_some() {
        desk.view.hovered_unit = shown.hovered;
    }
    hover_text(&shown.response, desk, shown.hovered);
}

/// How letters are shown, where units are such; what `nearest` has instead is written small.
fn written<'a>(state: &State, nearest: Option<&'a [i8]>) -> Option<Written<'a>> {
    state.alphabet().letters().map(|letters| Written {
        letters,
        against: nearest,
    })
}

/// What the cue was made of.
fn name(desk: &Desk<'_>, states: &CueStates) -> String {
    let a = states.label.as_ref();
    let a = a.map_or_else(String::new, |label| format!(", {}", with_article(label)));
    match &desk.session.recipe().cue.start {
        Start::Stored(pattern) => format!("from stored {pattern}{a}"),
        Start::Unseen(index) => format!("from unseen {index}{a}"),
        Start::Feature(feature) => format!("from feature {feature}"),
        Start::Random { .. } => "from a random state".to_owned(),
        Start::Empty => "from an empty sheet".to_owned(),
        Start::Picture(_) => "from a picture".to_owned(),
    }
}

/// What a gesture on the cue does to the draft.
fn draw(desk: &mut Desk<'_>, states: &CueStates, gesture: Gesture, stroke: &mut Vec<usize>) {
    if gesture.started {
        stroke.clear();
    }
    match gesture.touched {
        Touched::Units(units) => {
            let up = match desk.view.tool {
                Tool::Draw => Some(!gesture.inverse),
                Tool::Erase => Some(gesture.inverse),
                Tool::Flip | Tool::Cover => None,
            };
            let fresh: Vec<usize> = units
                .into_iter()
                .filter(|unit| !stroke.contains(unit))
                .collect();
            desk.draft.cue.draw(
                fresh
                    .iter()
                    .map(|unit| (*unit, up.unwrap_or_else(|| states.cue.units()[*unit] < 0))),
            );
            stroke.extend(fresh);
        }
        Touched::Rectangle { rows, columns } if gesture.ended => {
            let (top, bottom, left, right) =
                (*rows.start(), *rows.end(), *columns.start(), *columns.end());
            desk.draft.cue.corruption.rectangle = Some(Rectangle {
                top,
                left,
                bottom,
                right,
            });
        }
        Touched::Rectangle { .. } => (),
    }
}

fn hover_text(response: &Response, desk: &Desk<'_>, unit: Option<usize>) {
    let (Some(unit), Some(moment), Some(recording)) = (unit, desk.moment, desk.session.recording())
    else {
        return;
    };
    if unit >= moment.fields.len() {
        return;
    }
    let (row, column) = recording.patterns().grid().place(unit);
    let field = moment.fields[unit];
    let what = if moment.graded.is_some() {
        "x"
    } else {
        "local field h"
    };
    let value = moment.graded.as_ref().map_or(field, |graded| graded[unit]);
    let text = format!("unit {unit}, row {row}, column {column}\n{what} = {value:+.3}");
    response
        .clone()
        .on_hover_text_at_pointer(text.replace('-', "−"));
}

/// A square of side `side` in the middle of the width.
fn centred<R>(ui: &mut Ui, side: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space((0.5 * (ui.available_width() - side)).max(0.0));
        add(ui)
    })
    .inner
}

fn placeholder(ui: &mut Ui, title: &str, side: f32) {
    title_label(ui, title, "");
    ui.allocate_ui(vec2(side, side), |ui| {
        ui.centered_and_justified(|ui| ui.label("Preparing the patterns…"));
    });
    ui.add_space(GAP);
}
