//! Counts of signed values as bars: blue below zero, orange above, grey for the bin that holds zero.
//!
//! Absent: counting; the engine's observables do that.

use super::pixels;
use crate::app::theme::{Palette, SMALL};
use crate::figures::numbers::number;
use crate::figures::{Figure, Mark};
use egui::{
    Align2, FontId, Mesh, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    pos2,
};

/// Room in points that the number at an end takes.
pub(super) const LABEL: f32 = 42.0;

/// The bars of a figure. Fill in the fields, then [`BarChart::show`].
#[derive(Debug)]
pub struct BarChart<'a> {
    /// What is shown; nothing where it has no bars. Where it marks a value, zero has a line too.
    pub figure: &'a Figure,
    /// The room it fills, in points.
    pub size: Vec2,
}

impl BarChart<'_> {
    /// Draws the bars; returns the response and the bin under the pointer. Hovering says the bin's range and count.
    pub fn show(&self, ui: &mut Ui) -> (Response, Option<usize>) {
        let (rect, response) = ui.allocate_exact_size(self.size, Sense::CLICK);
        let Some(shown) = &self.figure.bars else {
            return (response, None);
        };
        let label_height = SMALL * 1.3 + 3.0;
        let bars = rect.with_max_y(rect.bottom() - label_height);
        let hovered = response.hover_pos().and_then(|at| self.bin_at(bars, at));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, true, &self.figure.title);
            info.current_text_value = Some(match hovered {
                Some(bin) => self.about(bin),
                None => format!(
                    "{} {} from {} to {}",
                    shown.heights.iter().sum::<f64>(),
                    shown.noun,
                    number(self.first()),
                    number(self.last())
                ),
            });
            info
        });
        if ui.is_rect_visible(rect) {
            self.paint(ui, bars, hovered);
        }
        let response = match hovered {
            Some(bin) => response.on_hover_text_at_pointer(self.about(bin)),
            None => response,
        };
        (response, hovered)
    }

    fn first(&self) -> f32 {
        self.figure.across.range[0] as f32
    }

    fn last(&self) -> f32 {
        self.figure.across.range[1] as f32
    }

    fn heights(&self) -> &[f64] {
        let bars = self.figure.bars.as_ref();
        bars.map_or(&[], |bars| &bars.heights)
    }

    /// The bin below `position`.
    fn bin_at(&self, bars: Rect, position: Pos2) -> Option<usize> {
        let count = self.heights().len();
        let place = (position.x - bars.left()) / bars.width();
        let bin = (place * count as f32) as usize;
        (place >= 0.0 && bin < count).then_some(bin)
    }

    /// “−0.012 to −0.010: 4312 values”.
    fn about(&self, bin: usize) -> String {
        let [low, high] = self.range(bin);
        let height = self.heights()[bin];
        let noun = self.figure.bars.as_ref().map_or("", |bars| &bars.noun);
        let height = if height.fract() == 0.0 {
            format!("{height}")
        } else {
            number(height as f32)
        };
        format!("{} to {}: {height} {noun}", number(low), number(high))
    }

    /// Where `bin` begins and ends.
    fn range(&self, bin: usize) -> [f32; 2] {
        let (first, last) = (self.first(), self.last());
        let count = self.heights().len() as f32;
        [bin, bin + 1].map(|bin| first + (last - first) * bin as f32 / count)
    }

    /// Bars, axis, the zero line and the labels.
    fn paint(&self, ui: &Ui, bars: Rect, hovered: Option<usize>) {
        let palette = Palette::of(ui.visuals());
        let painter = ui.painter();
        let (first, last) = (self.first(), self.last());
        let step = bars.width() / self.heights().len().max(1) as f32;
        let gap = if step >= 3.0 { 1.0 } else { 0.0 };
        let mut mesh = Mesh::default();
        let heights = self.heights().iter().enumerate();
        for (bin, height) in heights.filter(|(_, height)| **height > 0.0) {
            let [low, high] = self.range(bin);
            let color = match (high <= 0.0, low >= 0.0) {
                _ if hovered == Some(bin) => palette.strong,
                (true, _) => palette.blue,
                (_, true) => palette.orange,
                (false, false) => palette.weak,
            };
            let left = bars.left() + bin as f32 * step;
            let height = (self.figure.up.part(*height) as f32 * bars.height()).max(1.0);
            let bar = Rect::from_min_max(
                pos2(left, bars.bottom() - height),
                pos2(left + step - gap, bars.bottom()),
            );
            pixels::add_box(&mut mesh, bar, color, ui.pixels_per_point());
        }
        painter.add(Shape::mesh(mesh));
        self.paint_mark(ui, bars);
        let edge = Stroke::new(1.0, palette.stroke);
        painter.hline(bars.x_range(), bars.bottom() + 0.5, edge);
        let font = FontId::proportional(SMALL);
        let label = |x: f32, align: Align2, text: &str| {
            let place = pos2(x, bars.bottom() + 3.0);
            painter.text(place, align, text, font.clone(), palette.weak);
        };
        label(bars.left(), Align2::LEFT_TOP, &number(first));
        label(bars.right(), Align2::RIGHT_TOP, &number(last));
        let zero = -first / (last - first);
        if (0.0..=1.0).contains(&zero) {
            let x = bars.left() + zero * bars.width();
            let tick = bars.bottom()..=bars.bottom() + 3.0;
            painter.vline(x, tick, edge);
            if (x - bars.left()).min(bars.right() - x) > LABEL {
                label(x, Align2::CENTER_TOP, "0");
            }
        }
    }

    /// The line at the value marked, its number beside it, and the line at zero.
    fn paint_mark(&self, ui: &Ui, bars: Rect) {
        let upright = |mark: &Mark| match mark {
            Mark::Upright(at, text) => Some((*at as f32, text.clone())),
            _ => None,
        };
        let Some((mark, text)) = self.figure.marks.iter().find_map(upright) else {
            return;
        };
        let palette = Palette::of(ui.visuals());
        let painter = ui.painter();
        let x = |value: f32| {
            let place = (value - self.first()) / (self.last() - self.first());
            bars.left() + place.clamp(0.0, 1.0) * bars.width()
        };
        painter.vline(x(0.0), bars.y_range(), Stroke::new(1.0, palette.weak));
        let at = x(mark);
        let ends = [pos2(at, bars.top()), pos2(at, bars.bottom())];
        let line = Stroke::new(1.5, palette.strong);
        painter.extend(Shape::dashed_line(&ends, line, 4.0, 3.0));
        let font = FontId::proportional(SMALL);
        let (align, aside) = if at > bars.center().x {
            (Align2::RIGHT_TOP, -4.0)
        } else {
            (Align2::LEFT_TOP, 4.0)
        };
        let place = pos2(at + aside, bars.top());
        painter.text(place, align, text, font, palette.strong);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Axis, Bars, Over};
    use egui::vec2;

    #[test]
    fn bins_are_found_and_told() {
        let across = Axis::new("J", [-2.0, 2.0]);
        let mut figure = Figure::new("test", across, Axis::new("values", [0.0, 99.0]));
        figure.bars = Some(Bars {
            over: Over::Bins,
            heights: vec![1.0, 0.0, 99.0, 9.0],
            noun: "values".to_owned(),
        });
        let histogram = BarChart {
            figure: &figure,
            size: vec2(40.0, 20.0),
        };
        let bars = Rect::from_min_size(Pos2::ZERO, vec2(40.0, 20.0));
        assert_eq!(histogram.range(1), [-1.0, 0.0]);
        assert_eq!(histogram.bin_at(bars, pos2(25.0, 3.0)), Some(2));
        assert_eq!(histogram.bin_at(bars, pos2(41.0, 3.0)), None);
        assert_eq!(histogram.about(3), "1.00 to 2.00: 9 values");
    }
}
