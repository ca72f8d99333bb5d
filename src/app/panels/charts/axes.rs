//! What all charts share: axes, the cursor, and clicks and drags that go to a moment.
//!
//! Absent: zoom and pan; a drag in a chart moves the cursor. The curves are painted by who asks, in screen space.

use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::timeline::{moment_at, span};
use crate::engine::Recording;
use egui::epaint::TextShape;
use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rangef, Rect, Response, Sense, Shape, Stroke, Ui, Vec2,
    pos2, vec2,
};
use egui_plot::{AxisHints, GridInput, GridMark, Plot, PlotTransform};
use std::ops::RangeInclusive;

/// Width in points left of the axes, the same in both charts so that moments stand below each other.
const LEFT: f32 = 54.0;
/// Distance in points that grid lines keep at least: across and up.
const SPACING: [f64; 2] = [64.0, 24.0];
/// Room in points at the right end of the lower edge, kept for the word “sweeps”.
const WORD: f64 = 60.0;

/// The axes of one chart.
pub(super) struct Axes<'a> {
    /// Its identity.
    pub(super) name: &'a str,
    /// What goes up.
    pub(super) label: &'a str,
    /// From where to where.
    pub(super) values: RangeInclusive<f64>,
    /// What goes across, and how far from 0.
    pub(super) word: &'a str,
    /// The right end.
    pub(super) across: f64,
    /// The room it fills.
    pub(super) size: Vec2,
}

/// The right end of axes over the time of a recording, in sweeps.
pub(super) fn sweeps_of(recording: &Recording) -> f64 {
    span(recording) as f64 / recording.sweep() as f64
}

/// Axes drawn, ready for curves.
pub(super) struct Canvas {
    /// Paints inside the axes only.
    pub(super) painter: Painter,
    /// What the pointer does.
    pub(super) response: Response,
    transform: PlotTransform,
}

impl Axes<'_> {
    /// Draws grid and labels.
    pub(super) fn show(&self, ui: &mut Ui) -> Canvas {
        let palette = Palette::of(ui.visuals());
        let sweeps = self.across;
        let height = self.values.end() - self.values.start();
        let steps = [
            nice_step(sweeps * SPACING[0] / f64::from(self.size.x - LEFT)),
            nice_step(height * SPACING[1] / f64::from(self.size.y)),
        ];
        let plain = |hints: AxisHints<'static>| {
            hints
                .tick_label_font(FontId::proportional(SMALL))
                .tick_label_color(palette.weak)
                .label_spacing(Rangef::new(1.0, 2.0))
        };
        // The end of the lower edge belongs to its word, the foot of the left edge to the first moment's label.
        let last = sweeps * (1.0 - WORD / f64::from(self.size.x - LEFT));
        let first = self.values.start() + 7.0 * height / f64::from(self.size.y);
        let across = plain(AxisHints::new_x().min_thickness(16.0));
        let across =
            across.formatter(move |mark, _| tick_text(mark.value, steps[0], mark.value <= last));
        let up = plain(AxisHints::new_y().min_thickness(LEFT));
        let up = up.formatter(move |mark, _| tick_text(mark.value, steps[1], mark.value >= first));
        let values = self.values.clone();
        let shown = ui.scope(|ui| {
            ui.visuals_mut().extreme_bg_color = palette.card;
            ui.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::NONE;
            Plot::new(self.name)
                .width(self.size.x)
                .height(self.size.y)
                .sense(Sense::click_and_drag())
                .allow_drag(false)
                .allow_zoom(false)
                .allow_scroll(false)
                .allow_boxed_zoom(false)
                .allow_axis_zoom_drag(false)
                .allow_double_click_reset(false)
                .show_x(false)
                .show_y(false)
                .grid_spacing(Rangef::new(1.0, 2.0))
                .grid_color(palette.stroke.gamma_multiply(0.7))
                .x_grid_spacer(move |input| marks(&input, steps[0]))
                .y_grid_spacer(move |input| marks(&input, steps[1]))
                .custom_x_axes(vec![across])
                .custom_y_axes(vec![up])
                .show(ui, |plot| {
                    plot.set_plot_bounds_x(0.0..=sweeps);
                    plot.set_plot_bounds_y(values);
                })
        });
        let shown = shown.inner;
        let canvas = Canvas {
            painter: ui.painter_at(shown.transform.frame().expand(6.0)),
            response: shown.response,
            transform: shown.transform,
        };
        self.paint_words(ui, *canvas.transform.frame(), palette);
        canvas
    }

    /// What goes along each edge.
    fn paint_words(&self, ui: &Ui, frame: Rect, palette: &Palette) {
        let painter = ui.painter();
        let font = FontId::proportional(SMALL);
        let place = frame.right_bottom() + vec2(0.0, 1.0);
        painter.text(
            place,
            Align2::RIGHT_TOP,
            self.word,
            font.clone(),
            palette.weak,
        );
        let galley = painter.layout_no_wrap(self.label.to_owned(), font, palette.weak);
        let middle = pos2(frame.left() - LEFT, frame.center().y);
        let place = middle + vec2(-1.0, galley.size().x / 2.0);
        let quarter = -std::f32::consts::FRAC_PI_2;
        painter.add(TextShape::new(place, galley, palette.weak).with_angle(quarter));
    }
}

impl Canvas {
    /// Where a value at a number of sweeps lies on the screen.
    pub(super) fn place(&self, sweeps: f64, value: f64) -> Pos2 {
        let transform = &self.transform;
        pos2(
            transform.position_from_point_x(sweeps),
            transform.position_from_point_y(value),
        )
    }

    /// The number of sweeps and the value under the pointer.
    pub(super) fn pointed(&self) -> Option<(f64, f64)> {
        let at = self.response.hover_pos()?;
        let value = self.transform.value_from_position(at);
        Some((value.x, value.y))
    }

    /// Points on the screen to one unit of value.
    pub(super) fn points_per_value(&self) -> f64 {
        self.transform.dpos_dvalue_y().abs()
    }

    /// The lower right corner, for a remark.
    pub(super) fn corner(&self) -> Pos2 {
        self.transform.frame().right_bottom() + vec2(-4.0, -3.0)
    }

    /// The upper right corner, for a legend.
    pub(super) fn upper_corner(&self) -> Pos2 {
        self.transform.frame().right_top() + vec2(-4.0, 3.0)
    }

    /// A quiet sentence in the middle of the axes.
    pub(super) fn paint_hint(&self, palette: &Palette, text: &str) {
        let place = self.transform.frame().center();
        let font = FontId::proportional(SMALL + 1.0);
        self.painter
            .text(place, Align2::CENTER_CENTER, text, font, palette.weak);
    }

    /// A dot with a rim of the card's colour.
    pub(super) fn paint_dot(&self, place: Pos2, palette: &Palette, color: Color32) {
        self.painter.circle_filled(place, 5.5, palette.card);
        self.painter.circle_filled(place, 4.0, color);
    }

    /// The dashed line at the moment shown, in sweeps.
    pub(super) fn paint_cursor(&self, sweeps: f64, palette: &Palette) {
        let x = self.place(sweeps, 0.0).x;
        let frame = self.transform.frame();
        let ends = [pos2(x, frame.top()), pos2(x, frame.bottom())];
        let stroke = Stroke::new(1.5, palette.strong);
        self.painter
            .extend(Shape::dashed_line(&ends, stroke, 4.0, 3.0));
    }

    /// The moment of `recording` that is asked for by click or drag, unless it is `cursor`.
    pub(super) fn seek(&self, recording: &Recording, cursor: u64) -> Option<u64> {
        if !(self.response.is_pointer_button_down_on() || self.response.clicked()) {
            return None;
        }
        let at = self.response.interact_pointer_pos()?;
        let sweeps = self.transform.value_from_position(at).x;
        let snapshot = moment_at(recording, sweeps);
        (snapshot != cursor).then_some(snapshot)
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `least`.
fn nice_step(least: f64) -> f64 {
    let least = least.max(1e-9);
    let power = 10_f64.powf(least.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0];
    let times = times
        .into_iter()
        .find(|times| times * power >= least * 0.999);
    times.unwrap_or(10.0) * power
}

/// All multiples of `step` in sight.
fn marks(input: &GridInput, step: f64) -> Vec<GridMark> {
    let (first, last) = input.bounds;
    let tolerance = step * 1e-6;
    let from = ((first - tolerance) / step).ceil() as i64;
    let to = ((last + tolerance) / step).floor() as i64;
    (from..=to.min(from + 100))
        .map(|multiple| GridMark {
            value: multiple as f64 * step,
            step_size: step,
        })
        .collect()
}

/// A tick's number, with as many decimals as the step between ticks needs; none where it is not `shown`.
fn tick_text(value: f64, step: f64, shown: bool) -> String {
    if !shown {
        return String::new();
    }
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    if value == 0.0 {
        return "0".to_owned();
    }
    format!("{value:.decimals$}").replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_labels_have_the_decimals_they_need() {
        assert_eq!(nice_step(0.13), 0.2);
        assert_eq!(nice_step(0.2), 0.2);
        assert_eq!(nice_step(37.0), 50.0);
        assert_eq!(nice_step(0.6), 1.0);
        assert_eq!(tick_text(-0.2, 0.2, true), "−0.2");
        assert_eq!(tick_text(-300.0, 100.0, true), "−300");
        assert_eq!(tick_text(0.0, 0.25, true), "0");
        assert_eq!(tick_text(3.0, 1.0, false), "");
    }

    #[test]
    fn marks_are_the_multiples_in_sight() {
        let input = GridInput {
            bounds: (-0.2, 1.05),
            base_step_size: 1.0,
        };
        let values: Vec<f64> = marks(&input, 0.2).iter().map(|mark| mark.value).collect();
        assert_eq!(values.len(), 7);
        assert!((values[0] + 0.2).abs() < 1e-12 && (values[6] - 1.0).abs() < 1e-12);
    }
}
