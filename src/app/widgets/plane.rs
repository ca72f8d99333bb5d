//! Complex numbers as points of a plane with equal axes: blue left of zero, orange right of it.
//!
//! Absent: where the numbers come from.

use super::histogram::LABEL;
use crate::app::theme::{Palette, SMALL};
use crate::figures::numbers::number;
use crate::figures::{Figure, Mark};
use egui::{
    Align2, FontId, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// Room in points between the outermost points and the edge.
const MARGIN: f32 = 5.0;
/// How far from a point the pointer may be, in points.
const REACH: f32 = 8.0;

/// A view of complex numbers. Fill in the fields, then [`Plane::show`].
#[derive(Debug)]
pub struct Plane<'a> {
    /// What is shown: its points are real and imaginary parts, its circle lies about zero.
    pub figure: &'a Figure,
    /// The room it fills, in points.
    pub size: Vec2,
}

/// How the plane lies on the screen.
#[derive(Debug, Clone, Copy)]
struct Placed {
    /// Where the values are drawn.
    rect: Rect,
    /// The value in the middle of it.
    middle: Vec2,
    /// Points on the screen to a unit.
    scale: f32,
}

impl Plane<'_> {
    /// Draws it; hovering says the value of the nearest point.
    pub fn show(&self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(self.size, Sense::CLICK);
        let label_height = SMALL * 1.3 + 3.0;
        let rect = rect.with_max_y(rect.bottom() - label_height);
        let placed = Placed::new(self.figure, rect);
        let hovered = response.hover_pos().and_then(|at| self.nearest(placed, at));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, true, &self.figure.title);
            let count = self.points().count();
            let radius = number(self.radius());
            let all = || format!("{count} values within {radius} of zero");
            let value = hovered.map(complex);
            info.current_text_value = Some(value.unwrap_or_else(all));
            info
        });
        if ui.is_rect_visible(rect) {
            self.paint(ui, placed, hovered);
        }
        match hovered {
            Some(value) => response.on_hover_text_at_pointer(complex(value)),
            None => response,
        }
    }

    fn points(&self) -> impl Iterator<Item = [f32; 2]> {
        let series = self.figure.series.iter();
        series.flat_map(|series| series.points().map(|point| point.map(|part| part as f32)))
    }

    fn radius(&self) -> f32 {
        let circle = |mark: &Mark| match mark {
            Mark::Circle(radius) => Some(*radius as f32),
            _ => None,
        };
        self.figure.marks.iter().find_map(circle).unwrap_or(0.0)
    }

    /// The point nearest to the pointer, within reach.
    fn nearest(&self, placed: Placed, at: Pos2) -> Option<[f32; 2]> {
        let distance = |value: &[f32; 2]| placed.at(*value).distance(at);
        let nearest = self
            .points()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        (distance(&nearest) <= REACH).then_some(nearest)
    }

    /// Axes, circle, points and labels.
    fn paint(&self, ui: &Ui, placed: Placed, hovered: Option<[f32; 2]>) {
        let palette = Palette::of(ui.visuals());
        let Placed { rect, scale, .. } = placed;
        let painter = ui.painter_at(rect.expand(1.0));
        let zero = placed.at([0.0, 0.0]);
        let line = Stroke::new(1.0, palette.stroke);
        painter.hline(rect.x_range(), zero.y, line);
        painter.vline(zero.x, rect.y_range(), line);
        let circle = Stroke::new(1.0, palette.weak);
        painter.circle_stroke(zero, self.radius() * scale, circle);
        for series in &self.figure.series {
            let color = palette.role(series.role);
            for value in series.points() {
                let place = placed.at(value.map(|part| part as f32));
                painter.circle_filled(place, 1.6, color);
            }
        }
        if let Some(value) = hovered {
            let rim = Stroke::new(1.5, palette.strong);
            painter.circle_stroke(placed.at(value), 4.0, rim);
        }
        let font = FontId::proportional(SMALL);
        let [left, top] = placed.value(rect.left_top());
        let [right, _] = placed.value(rect.right_bottom());
        let label = |place: Pos2, align: Align2, text: &str| {
            let painter = ui.painter();
            painter.text(place, align, text, font.clone(), palette.weak);
        };
        let below = rect.bottom() + 3.0;
        label(pos2(rect.left(), below), Align2::LEFT_TOP, &number(left));
        label(pos2(rect.right(), below), Align2::RIGHT_TOP, &number(right));
        let imaginary = format!("{} i", number(top));
        label(rect.left_top(), Align2::LEFT_TOP, &imaginary);
        if (zero.x - rect.left()).min(rect.right() - zero.x) > LABEL {
            label(pos2(zero.x, below), Align2::CENTER_TOP, "0");
        }
    }
}

impl Placed {
    /// Both axes of the figure in sight, as large as fits.
    fn new(figure: &Figure, rect: Rect) -> Self {
        let end = |which: usize| {
            vec2(
                figure.across.range[which] as f32,
                figure.up.range[which] as f32,
            )
        };
        let (least, largest) = (end(0), end(1));
        let span = (largest - least).max(Vec2::splat(f32::MIN_POSITIVE));
        let room = (rect.size() - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(1.0));
        let scale = (room / span).min_elem();
        Self {
            rect,
            middle: 0.5 * (least + largest),
            scale: if scale.is_finite() { scale } else { 1.0 },
        }
    }

    /// Where a value lies on the screen; the imaginary part goes up.
    fn at(self, [re, im]: [f32; 2]) -> Pos2 {
        let offset = self.scale * (vec2(re, im) - self.middle);
        self.rect.center() + vec2(offset.x, -offset.y)
    }

    /// The value at a place on the screen.
    fn value(self, at: Pos2) -> [f32; 2] {
        let offset = (at - self.rect.center()) / self.scale;
        [self.middle.x + offset.x, self.middle.y - offset.y]
    }
}

/// “0.12 − 0.034 i”.
fn complex([re, im]: [f32; 2]) -> String {
    let sign = if im < 0.0 { "−" } else { "+" };
    format!("{} {sign} {} i", number(re), number(im.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::observables::Spectrum;
    use crate::figures::{Scale, distributions};

    fn figure(values: &[[f32; 2]]) -> Figure {
        let spectrum = Spectrum {
            values: values.to_vec(),
            real: false,
        };
        distributions::eigenvalues(&spectrum, Scale::Linear)
    }

    #[test]
    fn axes_are_equal_and_all_values_are_in_sight() {
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(200.0, 100.0));
        let values = [[1.0, 0.5], [-1.0, -0.5], [3.0, 0.0]];
        let placed = Placed::new(&figure(&values), rect);
        for value in values {
            let at = placed.at(value);
            assert!(rect.contains(at));
            let back = placed.value(at);
            assert!((back[0] - value[0]).abs() < 1e-5 && (back[1] - value[1]).abs() < 1e-5);
        }
        let (zero, one, i) = (
            placed.at([0.0, 0.0]),
            placed.at([1.0, 0.0]),
            placed.at([0.0, 1.0]),
        );
        assert!((one.x - zero.x - (zero.y - i.y)).abs() < 1e-4);
    }

    #[test]
    fn a_spectrum_of_zeros_is_a_point_in_the_middle() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(200.0, 100.0));
        let placed = Placed::new(&figure(&[[0.0, 0.0]]), rect);
        assert_eq!(placed.at([0.0, 0.0]), rect.center());
    }

    #[test]
    fn complex_numbers_read_well() {
        assert_eq!(complex([0.5, -0.25]), "0.500 − 0.250 i");
        assert_eq!(complex([-1.0, 0.0]), "−1.00 + 0 i");
    }
}
