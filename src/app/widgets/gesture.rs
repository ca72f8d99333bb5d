//! Reads pointer and keyboard over a grid of units: which unit, which stroke, which rectangle.
//!
//! Every pointer sample of a frame counts, not only the last one, so that a fast curve stays a curve.

use super::brush;
use super::picture::Placed;
use egui::{Event, EventFilter, Key, PointerButton, Pos2, Rect, Response, Ui};
use std::ops::RangeInclusive;

/// What the pointer does on the view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Pointer {
    /// Hover and click.
    #[default]
    Probe,
    /// Touch all units under a round brush of this diameter in units, from 1.
    Brush(f32),
    /// Drag out a rectangle.
    Rectangle,
}

/// What was touched since the last frame. One gesture lasts from pressing to letting go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gesture {
    /// The units, or the rectangle of units.
    pub touched: Touched,
    /// This is the first report of the gesture.
    pub started: bool,
    /// This is the last report of the gesture: the user let go.
    pub ended: bool,
    /// Made with the secondary button or with Shift: erase instead of draw, say.
    pub inverse: bool,
}

/// What a gesture touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Units under the brush, ascending, each once in a report; later reports of a gesture may repeat some.
    Units(Vec<usize>),
    /// The rectangle dragged out so far; act on it when the gesture has `ended`.
    Rectangle {
        /// Rows inside.
        rows: RangeInclusive<usize>,
        /// Columns inside.
        columns: RangeInclusive<usize>,
    },
}

/// What the view has to know after reading.
pub(super) struct Read {
    /// The unit pointed at.
    pub(super) at: Option<usize>,
    /// The pointer in units, or the keyboard cursor's middle.
    pub(super) position: Option<(f32, f32)>,
    /// The rectangle being dragged out, on the screen.
    pub(super) preview: Option<Rect>,
    /// What to report.
    pub(super) gesture: Option<Gesture>,
}

/// Remembered between frames.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    /// Where the gesture began, and how.
    origin: (f32, f32),
    /// Where the pointer was last.
    last: (f32, f32),
    inverse: bool,
    /// The keyboard's unit.
    cursor: Option<usize>,
}

/// Reads this frame's input over a view.
pub(super) fn read(ui: &Ui, response: &Response, placed: Placed, tool: Pointer) -> Read {
    let id = response.id.with("gesture");
    let mut memory: Held = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let by_keys = read_keys(ui, response, placed, tool, &mut memory);
    let pointer = response.hover_pos().or_else(|| {
        response
            .dragged()
            .then(|| response.interact_pointer_pos())
            .flatten()
    });
    let cursor = memory.cursor.filter(|_| response.has_focus());
    let at = match pointer {
        Some(position) => placed.unit_at(position),
        None => cursor,
    };
    let position = match (pointer, cursor) {
        (Some(position), _) => Some(placed.in_units(position)),
        (None, Some(unit)) => Some(placed.in_units(placed.unit_rect(unit).center())),
        (None, None) => None,
    };
    let by_pointer = read_drag(ui, response, placed, tool, &mut memory);
    let dragging = response.dragged() && tool == Pointer::Rectangle;
    let preview = dragging.then(|| preview(placed, &memory));
    ui.data_mut(|data| data.insert_temp(id, memory));
    Read {
        at,
        position,
        preview,
        gesture: by_pointer.or(by_keys),
    }
}

/// One report of a drag.
fn read_drag(
    ui: &Ui,
    response: &Response,
    placed: Placed,
    tool: Pointer,
    memory: &mut Held,
) -> Option<Gesture> {
    let (started, ended) = (response.drag_started(), response.drag_stopped());
    if tool == Pointer::Probe || !(started || ended || response.dragged()) {
        return None;
    }
    let samples = samples(ui, response, started);
    if started && let Some(first) = samples.first() {
        memory.origin = placed.in_units(*first);
        memory.last = memory.origin;
        memory.inverse = response.drag_started_by(PointerButton::Secondary)
            || ui.input(|input| input.modifiers.shift);
    }
    let touched = match tool {
        Pointer::Brush(diameter) => {
            let mut units = Vec::new();
            for sample in samples {
                let next = placed.in_units(sample);
                units.extend(brush::stroke(placed.grid, memory.last, next, diameter));
                memory.last = next;
            }
            units.sort_unstable();
            units.dedup();
            Touched::Units(units)
        }
        Pointer::Probe | Pointer::Rectangle => {
            if let Some(sample) = samples.last() {
                memory.last = placed.in_units(*sample);
            }
            let (rows, columns) = between(placed, memory);
            Touched::Rectangle { rows, columns }
        }
    };
    Some(Gesture {
        touched,
        started,
        ended,
        inverse: memory.inverse,
    })
}

/// Where the pointer was in this frame, in order; on the first frame of a drag starting with where it was pressed.
fn samples(ui: &Ui, response: &Response, started: bool) -> Vec<Pos2> {
    let to_local = ui
        .layer_transform_from_global(response.layer_id)
        .unwrap_or_default();
    ui.input(|input| {
        let mut pressed = !started;
        let mut samples: Vec<Pos2> = input
            .pointer
            .press_origin()
            .filter(|_| started)
            .into_iter()
            .collect();
        for event in &input.events {
            match event {
                Event::PointerMoved(position) if pressed => samples.push(*position),
                Event::PointerButton {
                    pos, pressed: true, ..
                } => {
                    pressed = true;
                    samples.push(*pos);
                }
                Event::PointerButton {
                    pos,
                    pressed: false,
                    ..
                } => {
                    samples.push(*pos);
                    break;
                }
                _ => {}
            }
        }
        samples
            .into_iter()
            .map(|position| to_local * position)
            .collect()
    })
}

/// Rows and columns between where the drag began and where it is, both clamped into the grid.
fn between(placed: Placed, memory: &Held) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
    let clamp = |part: f32, count: usize| (part.max(0.0) as usize).min(count.saturating_sub(1));
    let span = |a: f32, b: f32, count: usize| {
        let (a, b) = (clamp(a, count), clamp(b, count));
        a.min(b)..=a.max(b)
    };
    let (origin, last) = (memory.origin, memory.last);
    (
        span(origin.1, last.1, placed.grid.rows),
        span(origin.0, last.0, placed.grid.columns),
    )
}

/// The same on the screen.
fn preview(placed: Placed, memory: &Held) -> Rect {
    let (rows, columns) = between(placed, memory);
    let corner = |row: usize, column: usize| placed.unit_rect(row * placed.grid.columns + column);
    corner(*rows.start(), *columns.start()).union(corner(*rows.end(), *columns.end()))
}

/// Arrows move the cursor; Enter or Space touches what is under it, as one whole gesture.
fn read_keys(
    ui: &Ui,
    response: &Response,
    placed: Placed,
    tool: Pointer,
    memory: &mut Held,
) -> Option<Gesture> {
    if !response.has_focus() || placed.grid.n_units() == 0 {
        return None;
    }
    let arrows = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|all| all.set_focus_lock_filter(response.id, arrows));
    let cursor = memory.cursor.get_or_insert(0);
    let (mut row, mut column) = placed.grid.place((*cursor).min(placed.grid.n_units() - 1));
    let (touch, inverse) = ui.input(|input| {
        let pressed = |key| input.num_presses(key);
        row = (row + pressed(Key::ArrowDown)).min(placed.grid.rows - 1);
        row = row.saturating_sub(pressed(Key::ArrowUp));
        column = (column + pressed(Key::ArrowRight)).min(placed.grid.columns - 1);
        column = column.saturating_sub(pressed(Key::ArrowLeft));
        let touch = input.key_pressed(Key::Enter) || input.key_pressed(Key::Space);
        (touch, input.modifiers.shift)
    });
    *cursor = (row * placed.grid.columns + column).min(placed.grid.n_units() - 1);
    let (row, column) = placed.grid.place(*cursor);
    let touched = match tool {
        Pointer::Brush(diameter) => {
            let at = (column as f32 + 0.5, row as f32 + 0.5);
            Touched::Units(brush::stroke(placed.grid, at, at, diameter))
        }
        Pointer::Rectangle => Touched::Rectangle {
            rows: row..=row,
            columns: column..=column,
        },
        Pointer::Probe => return None,
    };
    touch.then_some(Gesture {
        touched,
        started: true,
        ended: true,
        inverse,
    })
}
