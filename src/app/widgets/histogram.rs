//! Counts of signed values as bars: blue below zero, orange above, grey for the bin that holds zero.
//!
//! Absent: counting; the engine's observables do that.

use super::picture::number;
use super::pixels;
use crate::app::theme::{Palette, SMALL};
use egui::{
    Align2, FontId, Mesh, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    pos2,
};

/// Room in points that the number at an end takes.
pub(super) const LABEL: f32 = 42.0;

/// A histogram with bins of equal width. Fill in the fields, then [`Histogram::show`].
#[derive(Debug)]
pub struct Histogram<'a> {
    /// What is counted, for screen readers: “all couplings”.
    pub name: &'a str,
    /// One count a bin.
    pub counts: &'a [u64],
    /// Where the first bin begins.
    pub first: f32,
    /// Where the last bin ends.
    pub last: f32,
    /// Bars as tall as the logarithm of the count: rare values stay visible.
    pub log: bool,
    /// A value to mark by a line with its number; then zero has a line too.
    pub mark: Option<f32>,
    /// The room it fills, in points.
    pub size: Vec2,
}

impl Histogram<'_> {
    /// Draws the bars; returns the response and the bin under the pointer. Hovering says the bin's range and count.
    pub fn show(&self, ui: &mut Ui) -> (Response, Option<usize>) {
        let (rect, response) = ui.allocate_exact_size(self.size, Sense::hover());
        let label_height = SMALL * 1.3 + 3.0;
        let bars = rect.with_max_y(rect.bottom() - label_height);
        let hovered = response.hover_pos().and_then(|at| self.bin_at(bars, at));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, true, self.name);
            info.current_text_value = Some(match hovered {
                Some(bin) => self.about(bin),
                None => format!(
                    "{} values from {} to {}",
                    self.counts.iter().sum::<u64>(),
                    number(self.first),
                    number(self.last)
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

    /// The bin below `position`.
    fn bin_at(&self, bars: Rect, position: Pos2) -> Option<usize> {
        let place = (position.x - bars.left()) / bars.width();
        let bin = (place * self.counts.len() as f32) as usize;
        (place >= 0.0 && bin < self.counts.len()).then_some(bin)
    }

    /// “−0.012 to −0.010: 4312 values”.
    fn about(&self, bin: usize) -> String {
        let (low, high) = self.range(bin);
        let count = self.counts[bin];
        format!("{} to {}: {count} values", number(low), number(high))
    }

    /// Where `bin` begins and ends.
    fn range(&self, bin: usize) -> (f32, f32) {
        let n_bins = self.counts.len() as f32;
        let edge = |part: f32| self.first + (self.last - self.first) * part / n_bins;
        (edge(bin as f32), edge(bin as f32 + 1.0))
    }

    /// Height of a bar as a part of the tallest.
    fn height(&self, count: u64, most: u64) -> f32 {
        let size = |count: u64| {
            if self.log {
                (count as f32).ln_1p()
            } else {
                count as f32
            }
        };
        size(count) / size(most.max(1))
    }

    /// Bars, axis, the zero line and the labels.
    fn paint(&self, ui: &Ui, bars: Rect, hovered: Option<usize>) {
        let palette = Palette::of(ui.visuals());
        let painter = ui.painter();
        let most = self.counts.iter().copied().max().unwrap_or(0);
        let step = bars.width() / self.counts.len().max(1) as f32;
        let gap = if step >= 3.0 { 1.0 } else { 0.0 };
        let mut mesh = Mesh::default();
        for (bin, count) in self
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
        {
            let (low, high) = self.range(bin);
            let color = match (high <= 0.0, low >= 0.0) {
                _ if hovered == Some(bin) => palette.strong,
                (true, _) => palette.blue,
                (_, true) => palette.orange,
                (false, false) => palette.weak,
            };
            let left = bars.left() + bin as f32 * step;
            let height = (self.height(*count, most) * bars.height()).max(1.0);
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
        label(bars.left(), Align2::LEFT_TOP, &number(self.first));
        label(bars.right(), Align2::RIGHT_TOP, &number(self.last));
        let zero = -self.first / (self.last - self.first);
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
        let Some(mark) = self.mark else {
            return;
        };
        let palette = Palette::of(ui.visuals());
        let painter = ui.painter();
        let x = |value: f32| {
            let place = (value - self.first) / (self.last - self.first);
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
        painter.text(place, align, number(mark), font, palette.strong);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn bins_ranges_and_heights() {
        let counts = [1, 0, 99, 9];
        let histogram = Histogram {
            name: "test",
            counts: &counts,
            first: -2.0,
            last: 2.0,
            log: false,
            mark: None,
            size: vec2(40.0, 20.0),
        };
        let bars = Rect::from_min_size(Pos2::ZERO, vec2(40.0, 20.0));
        assert_eq!(histogram.range(1), (-1.0, 0.0));
        assert_eq!(histogram.bin_at(bars, pos2(25.0, 3.0)), Some(2));
        assert_eq!(histogram.bin_at(bars, pos2(41.0, 3.0)), None);
        assert_eq!(histogram.about(3), "1.00 to 2.00: 9 values");
        assert!((histogram.height(9, 99) - 1.0 / 11.0).abs() < 1e-6);
        let log = Histogram {
            log: true,
            ..histogram
        };
        assert!((log.height(9, 99) - 0.5).abs() < 1e-6);
        assert_eq!(log.height(0, 0), 0.0);
    }
}
