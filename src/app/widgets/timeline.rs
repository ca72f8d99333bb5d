//! The recorded time as a strip of bars, one a bin, as tall as the flips in it; a click or a drag goes there.
//!
//! Absent: what going there means; the strip reports the moment asked for. Nothing is kept between frames: flips are
//! in order, so that a bin is counted by two look-ups, however long the recording.

use super::pixels;
use crate::app::theme::{Palette, SMALL};
use crate::engine::Recording;
use egui::accesskit::Action;
use egui::{
    Align2, CursorIcon, EventFilter, FontId, Id, Key, Mesh, Painter, Rect, Response, Sense, Shape,
    Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

/// Height in points.
pub const HEIGHT: f32 = 28.0;
/// Least width of a bin in points.
const BIN: f32 = 6.0;
/// With no more sweeps than this, each has its line.
const MOST_LINES: u64 = 40;

/// The moments that charts and strip extend over, in updates: what is recorded, but at least one sweep.
pub fn span(recording: &Recording) -> u64 {
    recording.length().max(recording.sweep())
}

/// The moment nearest to `sweeps` that was recorded and that the dynamics stops at, in updates.
pub fn moment_at(recording: &Recording, sweeps: f64) -> u64 {
    let tick = recording.tick_length();
    let updates = (sweeps.max(0.0) * recording.sweep() as f64).min(recording.length() as f64);
    ((updates / tick as f64).round() as u64 * tick).min(recording.length() / tick * tick)
}

/// Draws the strip over the available width; returns the moment to go to, in updates.
///
/// With the focus, left and right go to the flip before and after, with Shift by a sweep; Home and End go to the ends.
pub fn timeline(ui: &mut Ui, recording: &Recording, cursor: u64) -> Option<u64> {
    // As tall as other controls, which are larger on a stage.
    let height = ui.spacing().interact_size.y + HEIGHT - 26.0;
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let strip = Strip {
        recording,
        rect: rect.shrink2(vec2(2.0, 0.0)),
        cursor,
    };
    describe(ui, &response, recording, cursor);
    if ui.is_rect_visible(rect) {
        let palette = Palette::of(ui.visuals());
        ui.painter().rect_filled(rect, 4.0, palette.sunken);
        strip.paint(&ui.painter_at(rect), palette);
        if response.has_focus() {
            let stroke = Stroke::new(1.5, palette.blue);
            ui.painter()
                .rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
        }
    }
    if recording.length() == 0 {
        return None;
    }
    // A quick press and release is one click and never a drag; a drag ends where it is let go.
    let by_pointer =
        (response.is_pointer_button_down_on() || response.clicked() || response.drag_stopped())
            .then(|| response.interact_pointer_pos())
            .flatten()
            .map(|at| strip.snapshot(at.x));
    let by_keys = response
        .has_focus()
        .then(|| keys(ui, response.id, recording, cursor))
        .flatten()
        .or_else(|| asked(ui, response.id, recording, cursor));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if let Some(at) = response.hover_pos() {
        response.on_hover_text_at_pointer(about(recording, strip.snapshot(at.x)));
    }
    by_pointer
        .or(by_keys)
        .filter(|snapshot| *snapshot != cursor)
}

/// “sweep 0.62, 134 flips”.
fn about(recording: &Recording, update: u64) -> String {
    let sweeps = update as f64 / recording.sweep() as f64;
    match recording.flips_until(update) {
        1 => format!("sweep {sweeps:.2}, 1 flip"),
        flips => format!("sweep {sweeps:.2}, {flips} flips"),
    }
}

/// Name and value for screen readers.
fn describe(ui: &Ui, response: &Response, recording: &Recording, cursor: u64) {
    response.widget_info(|| {
        let sweeps = cursor as f64 / recording.sweep() as f64;
        let mut info = WidgetInfo::slider(response.enabled(), sweeps, "Time line");
        info.current_text_value = Some(about(recording, cursor));
        info
    });
    ui.accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(recording.length() as f64 / recording.sweep() as f64);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}

/// Where the focused strip is sent by keys.
fn keys(ui: &Ui, id: Id, recording: &Recording, cursor: u64) -> Option<u64> {
    let arrows = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|all| all.set_focus_lock_filter(id, arrows));
    let (sweep, length) = (recording.sweep(), recording.length());
    ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        match (
            input.modifiers.shift,
            pressed(Key::ArrowLeft),
            pressed(Key::ArrowRight),
        ) {
            (false, true, _) => Some(flip_before(recording, cursor)),
            (false, _, true) => Some(flip_after(recording, cursor)),
            (true, true, _) => Some(cursor.saturating_sub(1) / sweep * sweep),
            (true, _, true) => Some(((cursor / sweep + 1) * sweep).min(length)),
            _ if pressed(Key::Home) => Some(0),
            _ if pressed(Key::End) => Some(length),
            _ => None,
        }
    })
}

/// Where a screen reader sends the strip: a flip on or back.
fn asked(ui: &Ui, id: Id, recording: &Recording, cursor: u64) -> Option<u64> {
    let has = |action| ui.input(|input| input.has_accesskit_action_request(id, action));
    if has(Action::Increment) {
        Some(flip_after(recording, cursor))
    } else {
        has(Action::Decrement).then(|| flip_before(recording, cursor))
    }
}

/// The moment of the last flip before `cursor`, or the first moment.
fn flip_before(recording: &Recording, cursor: u64) -> u64 {
    let earlier = recording.flips_until(cursor.saturating_sub(1));
    let last = earlier.checked_sub(1).and_then(|last| recording.flip(last));
    last.map_or(0, |flip| flip.update)
}

/// The moment of the first flip after `cursor`, or the last moment.
fn flip_after(recording: &Recording, cursor: u64) -> u64 {
    let next = recording.flip(recording.flips_until(cursor));
    next.map_or_else(|| recording.length(), |flip| flip.update)
}

/// A recording laid over a rectangle.
struct Strip<'a> {
    recording: &'a Recording,
    rect: Rect,
    cursor: u64,
}

impl Strip<'_> {
    /// Where `update` lies.
    fn x(&self, update: u64) -> f32 {
        let part = update as f64 / span(self.recording) as f64;
        self.rect.left() + self.rect.width() * part as f32
    }

    /// The moment at `x`.
    fn snapshot(&self, x: f32) -> u64 {
        let part = f64::from((x - self.rect.left()) / self.rect.width());
        let sweeps = span(self.recording) as f64 / self.recording.sweep() as f64;
        moment_at(self.recording, part * sweeps)
    }

    fn paint(&self, painter: &Painter, palette: &Palette) {
        let (recording, rect) = (self.recording, self.rect);
        if recording.length() == 0 {
            let font = FontId::proportional(SMALL);
            let place = rect.left_center() + vec2(8.0, 0.0);
            let text = "nothing recorded yet";
            painter.text(place, Align2::LEFT_CENTER, text, font, palette.weak);
            return;
        }
        let sweeps = span(recording) / recording.sweep();
        if sweeps <= MOST_LINES {
            let line = Stroke::new(1.0, palette.stroke);
            for sweep in 1..=sweeps {
                let x = self.x(sweep * recording.sweep()).round() + 0.5;
                painter.vline(x, rect.y_range(), line);
            }
        }
        painter.add(Shape::mesh(self.bars(palette, painter.pixels_per_point())));
        let (x, ends) = (self.x(self.cursor), rect.y_range());
        painter.vline(x, ends, Stroke::new(4.0, palette.sunken));
        painter.vline(x, ends, Stroke::new(2.0, palette.strong));
    }

    /// The bars, blue up to the cursor and grey beyond.
    fn bars(&self, palette: &Palette, pixels_per_point: f32) -> Mesh {
        let (bin, counts) = bins(self.recording, self.rect.width());
        let most = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
        let room = self.rect.height() - 6.0;
        let now = self.x(self.cursor);
        let ahead = palette.weak.gamma_multiply(0.5);
        let mut mesh = Mesh::default();
        for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let start = index as u64 * bin;
            let end = (start + bin).min(span(self.recording));
            let (left, right) = (self.x(start), self.x(end));
            let right = (right - 1.0).max(left + 1.0);
            let foot = self.rect.bottom() - 2.0;
            let top = foot - (*count as f32 / most * room).max(2.0);
            let split = now.clamp(left, right);
            for (from, to, color) in [(left, split, palette.blue), (split, right, ahead)] {
                if to > from {
                    let bar = Rect::from_min_max(pos2(from, top), pos2(to, foot));
                    mesh.add_colored_rect(pixels::snapped(bar, pixels_per_point), color);
                }
            }
        }
        mesh
    }
}

/// Updates to a bin, and the flips in each, for a strip of `width` points.
fn bins(recording: &Recording, width: f32) -> (u64, Vec<usize>) {
    let tick = recording.tick_length();
    let ticks = span(recording) / tick;
    let most = ((width / BIN) as u64).max(1);
    let bin = ticks.div_ceil(most).max(1) * tick;
    let n_bins = span(recording).div_ceil(bin);
    let until: Vec<usize> = (0..=n_bins)
        .map(|index| recording.flips_until(index * bin))
        .collect();
    let counts = until.windows(2).map(|ends| ends[1] - ends[0]);
    (bin, counts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use crate::engine::{Dynamics, LearningRule, Patterns, State};
    use ndarray::Array2;
    use std::sync::Arc;

    fn recording(dynamics: Dynamics) -> Recording {
        let rows =
            Array2::from_shape_fn((3, 40), |(p, i)| if (i * (p + 3)) % 7 < 3 { 1 } else { -1 });
        let patterns = Arc::new(Patterns::new(rows, Grid::near_square(40), None).unwrap());
        let memory = Arc::new(
            LearningRule::ALL[0]()
                .learn(Arc::clone(&patterns), 7)
                .unwrap(),
        );
        let cue = State::from_fn(40, |unit| unit % 3 == 0);
        Recording::new(memory, patterns, cue, dynamics, 5)
    }

    #[test]
    fn every_flip_falls_into_one_bin() {
        for dynamics in Dynamics::ALL {
            let mut recording = recording(dynamics);
            recording.settle(30);
            for width in [3.0, 100.0, 777.0] {
                let (bin, counts) = bins(&recording, width);
                assert_eq!(counts.iter().sum::<usize>(), recording.n_flips());
                assert!(bin.is_multiple_of(recording.tick_length()));
                assert!(counts.len() as f32 <= (width / BIN).max(1.0));
            }
        }
    }

    #[test]
    fn moments_are_recorded_ones_at_whole_ticks() {
        let mut recording = recording(Dynamics::Synchronous);
        assert_eq!((span(&recording), moment_at(&recording, 0.9)), (40, 0));
        recording.extend_to(80);
        let length = recording.length();
        assert_eq!(moment_at(&recording, -1.0), 0);
        assert_eq!(moment_at(&recording, 0.6), 40);
        assert_eq!(moment_at(&recording, 99.0), length);
    }

    #[test]
    fn keys_go_from_flip_to_flip() {
        let mut recording = recording(Dynamics::Asynchronous);
        recording.settle(30);
        let flips: Vec<u64> = recording.flips().map(|flip| flip.update).collect();
        assert!(flips.len() > 2);
        assert_eq!(flip_after(&recording, 0), flips[0]);
        assert_eq!(flip_after(&recording, flips[0]), flips[1]);
        assert_eq!(flip_before(&recording, flips[1]), flips[0]);
        assert_eq!(flip_before(&recording, flips[0]), 0);
        assert_eq!(
            flip_after(&recording, *flips.last().unwrap()),
            recording.length()
        );
    }
}
