//! What all charts share: a figure painted on axes, the cursor, and clicks and drags that go to a moment.
//!
//! Absent: zoom and pan; a drag in a chart moves the cursor. What is painted is a [`Figure`], the same that is saved.

use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::figure_view::name_on_card;
use crate::app::widgets::timeline::moment_at;
use crate::engine::Recording;
use crate::figures::numbers::{multiples, nice_step, tick_text};
use crate::figures::{Band, Figure, Legend, Line, Mark, Series};
use egui::epaint::TextShape;
use egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rangef, Rect, Response, Sense, Shape, Stroke, Ui,
    Vec2, pos2, vec2,
};
use egui_plot::{AxisHints, GridInput, GridMark, Plot, PlotTransform};

/// Width in points left of the axes, the same in both charts so that moments stand below each other.
const LEFT: f32 = 54.0;
/// Distance in points that grid lines keep at least: across and up.
const SPACING: [f64; 2] = [64.0, 24.0];
/// Room in points at the right end of the lower edge, kept for the word “sweeps”.
const WORD: f64 = 60.0;

/// Axes drawn, ready for curves.
pub(in crate::app::panels) struct Canvas {
    /// Paints inside the axes only.
    painter: Painter,
    /// What the pointer does.
    pub(in crate::app::panels) response: Response,
    transform: PlotTransform,
}

/// Draws the grid and the labels of `figure`; its lower edge begins at 0.
pub(in crate::app::panels) fn axes(ui: &mut Ui, figure: &Figure, size: Vec2) -> Canvas {
    let palette = Palette::of(ui.visuals());
    let ([start, end], [_, across]) = (figure.up.range, figure.across.range);
    let height = end - start;
    let plain = |hints: AxisHints<'static>| {
        hints
            .tick_label_font(FontId::proportional(SMALL))
            .tick_label_color(palette.weak)
            .label_spacing(Rangef::new(1.0, 2.0))
    };
    // The end of the lower edge belongs to its word, the foot of the left edge to the first moment's label.
    let last = across * (1.0 - WORD / f64::from(size.x - LEFT));
    let first = start + 7.0 * height / f64::from(size.y);
    let steps = [
        nice_step(across * SPACING[0] / f64::from(size.x - LEFT)),
        step_up(
            nice_step(height * SPACING[1] / f64::from(size.y)),
            [first, end],
        ),
    ];
    let text = |value: f64, step: f64, shown: bool| {
        let text = shown.then(|| tick_text(value, step));
        text.unwrap_or_default()
    };
    let lower = plain(AxisHints::new_x().min_thickness(16.0));
    let lower = lower.formatter(move |mark, _| text(mark.value, steps[0], mark.value <= last));
    let left = plain(AxisHints::new_y().min_thickness(LEFT));
    let left = left.formatter(move |mark, _| text(mark.value, steps[1], mark.value >= first));
    let shown = ui.scope(|ui| {
        ui.visuals_mut().extreme_bg_color = palette.card;
        ui.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::NONE;
        Plot::new(&figure.title)
            .width(size.x)
            .height(size.y)
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
            .custom_x_axes(vec![lower])
            .custom_y_axes(vec![left])
            .show(ui, |plot| {
                plot.set_plot_bounds_x(0.0..=across);
                plot.set_plot_bounds_y(start..=end);
            })
    });
    let shown = shown.inner;
    let frame = *shown.transform.frame();
    paint_words(ui, frame, figure, palette);
    Canvas {
        painter: ui.painter_at(frame.expand(6.0)),
        response: shown.response,
        transform: shown.transform,
    }
}

/// The step between numbers up the left edge: the next finer one where `step` leaves fewer than two, which give no scale.
fn step_up(step: f64, numbered: [f64; 2]) -> f64 {
    if multiples(step, numbered).len() < 2 {
        nice_step(0.4 * step)
    } else {
        step
    }
}

/// A piece of a line, `width` points wide, as it stands in a legend.
pub(in crate::app::panels) fn swatch(ui: &mut Ui, width: f32, color: Color32, line: Line) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 10.0), Sense::hover());
    let ends = [rect.left_center(), rect.right_center()];
    let painter = ui.painter();
    match line {
        Line::Solid(width) | Line::Marked(width, _) => {
            painter.line_segment(ends, Stroke::new(width, color));
        }
        Line::Dashed(width) => {
            painter.extend(Shape::dashed_line(
                &ends,
                Stroke::new(width, color),
                6.0,
                3.0,
            ));
        }
        Line::Dots(radius) => {
            for k in 0..4 {
                let at = ends[0] + vec2(2.0 + 5.0 * k as f32, 0.0);
                painter.circle_filled(at, radius, color);
            }
        }
    }
}

/// What goes along each edge.
fn paint_words(ui: &Ui, frame: Rect, figure: &Figure, palette: &Palette) {
    let painter = ui.painter();
    let font = FontId::proportional(SMALL);
    let place = frame.right_bottom() + vec2(0.0, 1.0);
    let word = &figure.across.label;
    painter.text(place, Align2::RIGHT_TOP, word, font.clone(), palette.weak);
    let galley = painter.layout_no_wrap(figure.up.label.clone(), font, palette.weak);
    let middle = pos2(frame.left() - LEFT, frame.center().y);
    let place = middle + vec2(-1.0, galley.size().x / 2.0);
    let quarter = -std::f32::consts::FRAC_PI_2;
    painter.add(TextShape::new(place, galley, palette.weak).with_angle(quarter));
}

impl Canvas {
    /// Paints what is on the axes: bands, level lines, curves, the remark, the legend, and what points something out.
    pub(in crate::app::panels) fn paint(&self, figure: &Figure, palette: &Palette) {
        for band in &figure.bands {
            self.paint_band(band, palette.weak.gamma_multiply(0.3));
        }
        let [left, right] = figure.across.range;
        for mark in &figure.marks {
            let thin = Stroke::new(1.0, palette.weak);
            match mark {
                Mark::Level(at, _) => {
                    let ends = vec![self.place(left, *at), self.place(right, *at)];
                    self.painter.add(Shape::line(ends, thin));
                }
                Mark::Diagonal => {
                    let [low, high] = figure.up.range;
                    let ends = [left.max(low), right.min(high)].map(|at| self.place(at, at));
                    self.painter
                        .extend(Shape::dashed_line(&ends, thin, 4.0, 3.0));
                }
                Mark::Upright(..) | Mark::Dot(..) | Mark::Circle(_) => (),
            }
        }
        for series in &figure.series {
            self.paint_series(series, palette);
        }
        if !figure.remark.is_empty() {
            let (place, font) = (self.corner(), FontId::proportional(SMALL));
            let text = &figure.remark;
            self.painter
                .text(place, Align2::RIGHT_BOTTOM, text, font, palette.weak);
        }
        self.paint_legend(figure, palette);
        for mark in &figure.marks {
            match mark {
                Mark::Upright(at, _) => self.paint_cursor(*at, palette),
                Mark::Dot([x, y], role) => {
                    self.paint_dot(self.place(*x, *y), palette, palette.role(*role));
                }
                Mark::Level(at, said) => {
                    // Below it, where no grid line strikes through it.
                    let place = self.place(left, *at) + vec2(4.0, 1.0);
                    let place = (place, Align2::LEFT_TOP);
                    name_on_card(&self.painter, place, said, palette.weak, palette);
                }
                Mark::Diagonal | Mark::Circle(_) => (),
            }
        }
    }

    fn paint_band(&self, band: &Band, fill: Color32) {
        let edges = band.x.iter().zip(&*band.spans);
        let mut mesh = Mesh::default();
        for (x, [low, high]) in edges {
            let first = mesh.vertices.len() as u32;
            mesh.colored_vertex(self.place(*x, *low), fill);
            mesh.colored_vertex(self.place(*x, *high), fill);
            if first > 0 {
                mesh.add_triangle(first - 2, first - 1, first);
                mesh.add_triangle(first - 1, first, first + 1);
            }
        }
        self.painter.add(Shape::mesh(mesh));
    }

    fn paint_series(&self, series: &Series, palette: &Palette) {
        let color = palette.role(series.role);
        let places = series.points().map(|[x, y]| self.place(x, y));
        match series.line {
            Line::Solid(width) | Line::Marked(width, _) => {
                let stroke = Stroke::new(width, color);
                self.painter.add(Shape::line(places.collect(), stroke));
            }
            Line::Dashed(width) => {
                let places: Vec<Pos2> = places.collect();
                let stroke = Stroke::new(width, color);
                let dashes = Shape::dashed_line(&places, stroke, 6.0, 3.0);
                self.painter.extend(dashes);
            }
            Line::Dots(radius) => {
                for place in places {
                    let color = color.gamma_multiply(0.6);
                    self.painter.circle_filled(place, radius, color);
                }
            }
        }
    }

    /// Names in the colours of the curves, below each other in a corner.
    fn paint_legend(&self, figure: &Figure, palette: &Palette) {
        let height = SMALL + 5.0;
        let count = figure.listed().count() as f32;
        let top = match figure.legend {
            Legend::Above => return,
            Legend::UpperRight => self.transform.frame().right_top() + vec2(-4.0, 3.0),
            Legend::LowerRight => self.corner() - vec2(0.0, count * height),
        };
        for (index, (series, text)) in figure.listed().enumerate() {
            let place = top + vec2(0.0, index as f32 * height);
            let font = FontId::proportional(SMALL + 1.0);
            let color = palette.role(series.role);
            self.painter
                .text(place, Align2::RIGHT_TOP, text, font, color);
        }
    }

    /// Where a value at a number of sweeps lies on the screen.
    fn place(&self, sweeps: f64, value: f64) -> Pos2 {
        let transform = &self.transform;
        pos2(
            transform.position_from_point_x(sweeps),
            transform.position_from_point_y(value),
        )
    }

    /// The number of sweeps and the value under the pointer.
    pub(in crate::app::panels) fn pointed(&self) -> Option<(f64, f64)> {
        let at = self.response.hover_pos()?;
        let value = self.transform.value_from_position(at);
        Some((value.x, value.y))
    }

    /// Points on the screen to one unit of value.
    pub(in crate::app::panels) fn points_per_value(&self) -> f64 {
        self.transform.dpos_dvalue_y().abs()
    }

    /// Points on the screen between two places on the axes.
    pub(in crate::app::panels) fn distance(&self, a: (f64, f64), b: (f64, f64)) -> f64 {
        f64::from(self.place(a.0, a.1).distance(self.place(b.0, b.1)))
    }

    /// The lower right corner, for a remark.
    fn corner(&self) -> Pos2 {
        self.transform.frame().right_bottom() + vec2(-4.0, -3.0)
    }

    /// A quiet sentence in the middle of the axes.
    pub(in crate::app::panels) fn paint_hint(&self, palette: &Palette, text: &str) {
        let place = self.transform.frame().center();
        let font = FontId::proportional(SMALL + 1.0);
        self.painter
            .text(place, Align2::CENTER_CENTER, text, font, palette.weak);
    }

    /// A dot with a rim of the card's colour.
    fn paint_dot(&self, place: Pos2, palette: &Palette, color: Color32) {
        self.painter.circle_filled(place, 5.5, palette.card);
        self.painter.circle_filled(place, 4.0, color);
    }

    /// The dashed line at the moment shown, in sweeps.
    fn paint_cursor(&self, sweeps: f64, palette: &Palette) {
        let x = self.place(sweeps, 0.0).x;
        let frame = self.transform.frame();
        let ends = [pos2(x, frame.top()), pos2(x, frame.bottom())];
        let stroke = Stroke::new(1.5, palette.strong);
        self.painter
            .extend(Shape::dashed_line(&ends, stroke, 4.0, 3.0));
    }

    /// The moment of `recording` that is asked for by click or drag, unless it is `cursor`.
    pub(in crate::app::panels) fn seek(&self, recording: &Recording, cursor: u64) -> Option<u64> {
        let response = &self.response;
        let down = response.is_pointer_button_down_on();
        if !(down || response.clicked() || response.drag_stopped()) {
            return None;
        }
        let at = self.response.interact_pointer_pos()?;
        let sweeps = self.transform.value_from_position(at).x;
        let snapshot = moment_at(recording, sweeps);
        (snapshot != cursor).then_some(snapshot)
    }
}

/// All multiples of `step` in sight.
fn marks(input: &GridInput, step: f64) -> Vec<GridMark> {
    let (first, last) = input.bounds;
    let mark = |value| GridMark {
        value,
        step_size: step,
    };
    let all = multiples(step, [first, last]).into_iter();
    all.map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_with_fewer_than_two_numbers_has_finer_ones() {
        // 200 between −390 and −60 is at −200 alone; 100 is there three times.
        assert_eq!(step_up(200.0, [-390.0, -60.0]), 100.0);
        assert_eq!(step_up(5.0, [1.0, 9.0]), 2.0);
        assert_eq!(step_up(0.2, [0.0, 1.0]), 0.2);
    }
}
