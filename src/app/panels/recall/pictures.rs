//! What the cue was made of, the cue, to draw on, and the state it has become.

use super::super::{PanelContext, save};
use super::compared::{Compared, compared, cue_told, state_told};
use super::store;
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::view::Tool;
use crate::app::widgets::controls::title_label;
use crate::app::widgets::full_card::BUTTON;
use crate::app::widgets::gesture::Pointer;
use crate::app::widgets::gesture::{Gesture, Touched};
use crate::app::widgets::letters::LettersShown;
use crate::app::widgets::pattern_view::{self, PatternView};
use crate::app::widgets::picture::Placed;
use crate::engine::State;
use crate::engine::corrupt::Rectangle;
use crate::engine::learning::Shows;
use crate::engine::numbers::decimals;
use crate::engine::patterns::Grid;
use crate::figures::Bond;
use crate::trial::CueStates;
use egui::{Align, Label, Layout, Rect, Response, RichText, Ui, UiBuilder, Vec2, pos2, vec2};

/// Height of a picture's title, in points.
const TITLE_ROW: f32 = 24.0;
/// Least width of the original, in points.
const LEAST_ORIGINAL: f32 = 112.0;
/// Least width of a card, in points, that has all three in one row.
const NARROW: f32 = 480.0;
/// Room between two pictures, in points.
const BETWEEN: f32 = 2.0 * GAP;

/// How large the pictures of one grid are: the original, then cue and state, which are as large as it or larger.
fn sizes(grid: Grid, room: Vec2, pixels_per_point: f32) -> [Vec2; 2] {
    let fit = |size| Placed::fit(grid, size, pixels_per_point);
    let width = 0.5 * (room.x - LEAST_ORIGINAL - 2.0 * BETWEEN);
    let large = fit(vec2(width, room.y));
    let left = room.x - 2.0 * (large.x + BETWEEN);
    [fit(vec2(left.min(large.x), large.y)), large]
}

/// Cue and state beside each other and the original below them, in a card as narrow as a phone; `width` and `height` are
/// what there is for them. For each, from the left upper corner of all: its place with the title, and the size of the
/// picture.
fn narrow(grid: Grid, width: f32, height: f32, pixels_per_point: f32) -> [(Rect, Vec2); 3] {
    let half = ((width - BETWEEN) / 2.0).floor();
    let room = height - 2.0 * TITLE_ROW - GAP;
    let large = Placed::fit(grid, vec2(half, 0.65 * room), pixels_per_point);
    let small = Placed::fit(grid, vec2(half, room - large.y), pixels_per_point);
    let below = TITLE_ROW + large.y + GAP;
    let place = |x: f32, y: f32, width: f32, picture: Vec2| {
        let size = vec2(width, TITLE_ROW + picture.y);
        (Rect::from_min_size(pos2(x, y), size), picture)
    };
    [
        place(0.0, below, width, small),
        place(0.0, 0.0, half, large),
        place(half + BETWEEN, 0.0, half, large),
    ]
}

/// Original, cue and state in one row, at most `height` tall.
fn wide(grid: Grid, width: f32, height: f32, pixels_per_point: f32) -> [(Rect, Vec2); 3] {
    let room = vec2(width, height - TITLE_ROW - GAP);
    let [small, large] = sizes(grid, room, pixels_per_point);
    // What the pictures leave is shared: titles need room too.
    let rest = (width - small.x - 2.0 * (large.x + BETWEEN)).max(0.0);
    let mut left = 0.0;
    [small, large, large].map(|picture| {
        let size = vec2((picture.x + rest / 3.0).floor(), TITLE_ROW + large.y);
        let column = Rect::from_min_size(pos2(left, 0.0), size);
        left = column.right() + BETWEEN;
        (column, picture)
    })
}

/// Original, cue and state, at most `height` tall in all.
pub(super) fn row(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    height: f32,
    stroke: &mut Vec<usize>,
) {
    let height = height.max(TITLE_ROW + 80.0);
    let width = ui.available_width();
    let patterns = context.session.patterns();
    let grid = patterns.map_or(Grid::square(28), |patterns| patterns.grid());
    let places = if width < NARROW { narrow } else { wide };
    let places = places(grid, width, height, ui.pixels_per_point());
    let corner = ui.cursor().min;
    for (index, (place, size)) in places.into_iter().enumerate() {
        let builder = UiBuilder::new()
            .id_salt(("picture", index))
            .max_rect(place.translate(corner.to_vec2()));
        let ui = &mut ui.new_child(builder);
        ui.spacing_mut().item_spacing.y = 0.0;
        match index {
            0 => original(ui, context, size),
            1 => cue(ui, context, size, stroke),
            _ => state(ui, context, size),
        }
    }
    let low = places.map(|(place, _)| place.bottom()).into_iter();
    let used = vec2(width, low.fold(0.0, f32::max));
    ui.advance_cursor_after_rect(Rect::from_min_size(corner, used));
}

/// Title and detail of a picture, with what stands at the right end of its line.
fn head(
    ui: &mut Ui,
    title: &str,
    detail: &str,
    context: &mut PanelContext<'_>,
    at_end: impl FnOnce(&mut Ui, &mut PanelContext<'_>),
) {
    let room = vec2(ui.available_width(), TITLE_ROW);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(TITLE_ROW);
        at_end(ui, context);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            title_label(ui, title, detail);
        });
    });
}

/// What the cue was made of; where it was made of nothing, the stored pattern nearest to the state.
fn original(ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2) {
    let shown = compared(context);
    let title = shown.as_ref().map_or("Original", |shown| shown.title);
    head(ui, title, "", context, |_, _| ());
    let Some(shown) = shown else {
        return;
    };
    original_picture(ui, context, &shown, size);
    ui.add_space(GAP / 2.0);
    let palette = Palette::of(ui.visuals());
    for line in &shown.lines {
        if ui.available_height() < SMALL + 4.0 {
            break;
        }
        let line = RichText::new(line).size(SMALL).color(palette.weak);
        ui.add(Label::new(line).truncate());
    }
}

/// The picture of what cue and state are compared with.
pub(in crate::app) fn original_picture(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    shown: &Compared,
    size: Vec2,
) {
    let Some(patterns) = context.session.patterns() else {
        return;
    };
    let (grid, units) = (patterns.grid(), shown.state.units());
    let mut view = PatternView::new("original", grid, units, shown.version, size);
    view.highlight = context.view.shown_unit;
    view.lines = !context.view.stage;
    view.letters = letters_of(&shown.state, None);
    let response = view.show(ui);
    save::menu_of_squares(&response.response, context.exports, shown.title, || {
        view.squares()
    });
    if response.hovered.is_some() {
        context.view.hovered_unit = response.hovered;
    }
}

/// The cue, with the drawing tools at work on it.
fn cue(ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2, stroke: &mut Vec<usize>) {
    let (Some(states), Some(patterns)) = (context.session.cue(), context.session.patterns()) else {
        placeholder(ui, "Cue", "Preparing the patterns…", size);
        return;
    };
    let told = cue_told(context, states);
    head(ui, "Cue", &told, context, |ui, context| {
        store::button(ui, context, "cue", &states.cue);
    });
    cue_picture(ui, context, (states, patterns.grid()), size, stroke);
}

/// The picture of the cue, to draw on.
pub(in crate::app) fn cue_picture(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (states, grid): (&CueStates, Grid),
    size: Vec2,
    stroke: &mut Vec<usize>,
) {
    let mut view = PatternView::new(
        "cue",
        grid,
        states.cue.units(),
        context.session.version(),
        size,
    );
    view.highlight = context.view.shown_unit;
    view.lines = !context.view.stage;
    view.letters = letters_of(&states.cue, None);
    view.tool = match context.view.tool {
        // Letters are not drawn: they are mutated, or covered.
        tool if view.letters.is_some() && tool != Tool::Cover => Pointer::Probe,
        // Another world is being prepared: what is drawn now would not fit them.
        _ if context.session.source().is_none() => Pointer::Probe,
        Tool::Cover => Pointer::Rectangle,
        Tool::Draw | Tool::Erase | Tool::Flip => Pointer::Brush(context.view.brush),
    };
    let shown = view.show(ui);
    save::menu_of_squares(&shown.response, context.exports, "Cue", || view.squares());
    if shown.hovered.is_some() {
        context.view.hovered_unit = shown.hovered;
    }
    if let Some(gesture) = shown.gesture {
        draw(context, states, gesture, stroke);
    }
    hover_text(&shown.response, context, shown.hovered);
}

/// The state at the moment shown.
fn state(ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2) {
    let Some(snapshot) = context.snapshot else {
        let text = match context.session.patterns() {
            None => "Preparing the patterns…",
            Some(patterns) if patterns.is_empty() => "The memory is empty",
            Some(_) => "Nothing recorded yet",
        };
        placeholder(ui, "State", text, size);
        return;
    };
    let told = state_told(context, snapshot);
    head(ui, "State", &told, context, |ui, context| {
        ui.add_space(BUTTON);
        store::button(ui, context, "state", &snapshot.state);
    });
    state_picture(ui, context, size);
}

/// The picture of the state, with its marks and layers.
pub(in crate::app) fn state_picture(ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2) {
    let (Some(snapshot), Some(recording)) = (context.snapshot, context.session.recording()) else {
        return;
    };
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
            ..*mark
        })
        .collect();
    let version = snapshot.version << 3 | layers;
    let mut view = PatternView::new("state", grid, snapshot.state.units(), version, size);
    view.highlight = context.view.shown_unit;
    view.lines = !context.view.stage;
    view.marks = Some(&marks);
    view.graded = snapshot.graded.as_deref();
    view.letters = letters_of(
        &snapshot.state,
        Some(recording.patterns().pattern(snapshot.nearest)),
    );
    view.fields = context.view.show_fields.then_some(&snapshot.fields[..]);
    let bonds: Option<Vec<Bond>> = context
        .session
        .sample()
        .filter(|sample| context.view.show_bonds && sample.lattice.grid() == grid)
        .map(|sample| sample.lattice.bonds().collect());
    view.bonds = bonds.as_deref();
    let shown = view.show(ui);
    save::menu_of_squares(&shown.response, context.exports, "State", || view.squares());
    if shown.hovered.is_some() {
        context.view.hovered_unit = shown.hovered;
    }
    context.mark(ui, Shows::State, shown.response.rect);
    hover_text(&shown.response, context, shown.hovered);
}

/// How letters are shown, where units are such; what `nearest` has instead is written small.
pub(in crate::app::panels) fn letters_of<'a>(
    state: &State,
    nearest: Option<&'a [i8]>,
) -> Option<LettersShown<'a>> {
    state.alphabet().letters().map(|letters| LettersShown {
        letters,
        against: nearest,
    })
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
    let value = decimals(f64::from(value), 3);
    let text = format!("unit {unit}, row {row}, column {column}\n{what} = {value}");
    response.clone().on_hover_text_at_pointer(text);
}

fn placeholder(ui: &mut Ui, title: &str, text: &str, size: Vec2) {
    title_label(ui, title, "");
    ui.allocate_ui(size, |ui| {
        ui.centered_and_justified(|ui| ui.label(text));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_pictures_fit_beside_each_other() {
        let digits = Grid::square(28);
        for (room, large) in [
            (vec2(654.0, 340.0), 252.0),
            (vec2(750.0, 180.0), 168.0),
            (vec2(1062.0, 500.0), 448.0),
        ] {
            let [small, cue] = sizes(digits, room, 1.0);
            assert_eq!(cue, Vec2::splat(large), "{room:?}");
            assert!(small.x >= LEAST_ORIGINAL && small.x + 2.0 * (cue.x + BETWEEN) <= room.x);
        }
        let wide = Grid::new(2, 90);
        let [small, cue] = sizes(wide, vec2(654.0, 340.0), 1.0);
        assert!(small.x + 2.0 * (cue.x + BETWEEN) <= 654.0);
    }
}
