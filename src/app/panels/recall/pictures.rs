//! The cue, to draw on, and the state it has become.

use super::super::PanelContext;
use crate::app::theme::GAP;
use crate::app::view::Tool;
use crate::app::widgets::controls::title_label;
use crate::app::widgets::gesture::Pointer;
use crate::app::widgets::gesture::{Gesture, Touched};
use crate::app::widgets::letters::LettersShown;
use crate::app::widgets::pattern_view::{self, PatternView};
use crate::engine::State;
use crate::engine::corrupt::Rectangle;
use crate::trial::words::{signed, with_article};
use crate::trial::{CueStates, Start};
use egui::{Response, Ui, vec2};

/// The cue, `side` wide, with the drawing tools at work on it.
pub(super) fn cue(ui: &mut Ui, context: &mut PanelContext<'_>, side: f32, stroke: &mut Vec<usize>) {
    let (Some(states), Some(patterns)) = (context.session.cue(), context.session.patterns()) else {
        placeholder(ui, "Cue", side);
        return;
    };
    let overlap = states.cue.overlap(&states.original);
    title_label(
        ui,
        "Cue",
        &format!("{}, overlap {}", name(context, states), signed(overlap)),
    );
    let grid = patterns.grid();
    let mut view = PatternView::new(
        "cue",
        grid,
        states.cue.units(),
        context.session.version(),
        vec2(side, side),
    );
    view.highlight = context.view.shown_unit;
    view.letters = written(&states.cue, None);
    view.tool = match context.view.tool {
        // Letters are not drawn: they are mutated, or covered.
        tool if view.letters.is_some() && tool != Tool::Cover => Pointer::Probe,
        // Another world is being prepared: what is drawn now would not fit them.
        _ if context.session.source().is_none() => Pointer::Probe,
        Tool::Cover => Pointer::Rectangle,
        Tool::Draw | Tool::Erase | Tool::Flip => Pointer::Brush(context.view.brush),
    };
    let shown = centred(ui, side, |ui| view.show(ui));
    if shown.hovered.is_some() {
        context.view.hovered_unit = shown.hovered;
    }
    if let Some(gesture) = shown.gesture {
        draw(context, states, gesture, stroke);
    }
    hover_text(&shown.response, context, shown.hovered);
}

/// The state at the moment shown, `side` wide.
pub(super) fn state(ui: &mut Ui, context: &mut PanelContext<'_>, side: f32) {
    let (Some(snapshot), Some(recording)) = (context.snapshot, context.session.recording()) else {
        placeholder(ui, "State", side);
        return;
    };
    let flips = if snapshot.flips == 1 {
        "1 flip".to_owned()
    } else {
        format!("{} flips", snapshot.flips)
    };
    let overlap = snapshot.target_overlap.map_or(String::new(), |overlap| {
        format!(", overlap {}", signed(overlap))
    });
    let stale = if context.session.is_stale() {
        " (out of date)"
    } else {
        ""
    };
    title_label(ui, "State", &format!("after {flips}{overlap}{stale}"));
    let grid = recording.patterns().grid();
    let layers = u64::from(context.view.show_changed)
        | u64::from(context.view.show_wrong) << 1
        | u64::from(context.view.show_fields) << 2;
    let marks: Vec<pattern_view::UnitMark> = snapshot
        .marks
        .iter()
        .map(|mark| pattern_view::UnitMark {
            changed: mark.changed && context.view.show_changed,
            wrong: mark.wrong && context.view.show_wrong,
        })
        .collect();
    let version = snapshot.version << 3 | layers;
    let mut view = PatternView::new(
        "state",
        grid,
        snapshot.state.units(),
        version,
        vec2(side, side),
    );
    view.highlight = context.view.shown_unit;
    view.marks = Some(&marks);
    view.graded = snapshot.graded.as_deref();
    view.letters = written(
        &snapshot.state,
        Some(recording.patterns().pattern(snapshot.nearest)),
    );
    view.fields = context.view.show_fields.then_some(&snapshot.fields[..]);
    let bonds: Option<Vec<(usize, usize, f32)>> = context
        .session
        .sample()
        .filter(|sample| context.view.show_bonds && sample.lattice.grid() == grid)
        .map(|sample| sample.lattice.bonds().collect());
    view.bonds = bonds.as_deref();
    let shown = centred(ui, side, |ui| view.show(ui));
    if shown.hovered.is_some() {
        context.view.hovered_unit = shown.hovered;
    }
    hover_text(&shown.response, context, shown.hovered);
}

/// How letters are shown, where units are such; what `nearest` has instead is written small.
fn written<'a>(state: &State, nearest: Option<&'a [i8]>) -> Option<LettersShown<'a>> {
    state.alphabet().letters().map(|letters| LettersShown {
        letters,
        against: nearest,
    })
}

/// What the cue was made of.
fn name(context: &PanelContext<'_>, states: &CueStates) -> String {
    let a = states.label.as_ref();
    let a = a.map_or_else(String::new, |label| format!(", {}", with_article(label)));
    match &context.session.recipe().cue.start {
        Start::Stored(pattern) => format!("from stored {pattern}{a}"),
        Start::Unseen(index) => format!("from unseen {index}{a}"),
        Start::Feature(feature) => format!("from feature {feature}"),
        Start::Random { .. } => "from a random state".to_owned(),
        Start::Empty => "from an empty sheet".to_owned(),
        Start::Picture(_) => "from a picture".to_owned(),
    }
}

/// What a gesture on the cue does to the draft.
fn draw(
    context: &mut PanelContext<'_>,
    states: &CueStates,
    gesture: Gesture,
    stroke: &mut Vec<usize>,
) {
    if gesture.started {
        stroke.clear();
    }
    match gesture.touched {
        Touched::Units(units) => {
            let up = match context.view.tool {
                Tool::Draw => Some(!gesture.inverse),
                Tool::Erase => Some(gesture.inverse),
                Tool::Flip | Tool::Cover => None,
            };
            let fresh: Vec<usize> = units
                .into_iter()
                .filter(|unit| !stroke.contains(unit))
                .collect();
            context.draft.cue.draw(
                fresh
                    .iter()
                    .map(|unit| (*unit, up.unwrap_or_else(|| states.cue.units()[*unit] < 0))),
            );
            stroke.extend(fresh);
        }
        Touched::Rectangle { rows, columns } if gesture.ended => {
            let (top, bottom, left, right) =
                (*rows.start(), *rows.end(), *columns.start(), *columns.end());
            context.draft.cue.corruption.rectangle = Some(Rectangle {
                top,
                left,
                bottom,
                right,
            });
        }
        Touched::Rectangle { .. } => (),
    }
}

fn hover_text(response: &Response, context: &PanelContext<'_>, unit: Option<usize>) {
    let (Some(unit), Some(snapshot), Some(recording)) =
        (unit, context.snapshot, context.session.recording())
    else {
        return;
    };
    if unit >= snapshot.fields.len() {
        return;
    }
    let (row, column) = recording.patterns().grid().place(unit);
    let field = snapshot.fields[unit];
    let what = if snapshot.graded.is_some() {
        "x"
    } else {
        "local field h"
    };
    let value = snapshot
        .graded
        .as_ref()
        .map_or(field, |graded| graded[unit]);
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
