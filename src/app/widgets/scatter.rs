//! Points in a plane with a diagonal on which both coordinates are equal, and others that have only one.

use super::picture::{self, number};
use super::pixels;
use crate::app::theme::{Palette, SMALL};
use egui::{
    Align2, FontId, Mesh, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

/// Half the side of a point.
const POINT: f32 = 1.25;

/// The picture.
pub(in crate::app) struct Scatter<'a> {
    pub(in crate::app) name: &'a str,
    /// Across and up.
    pub(in crate::app) points: &'a [(f32, f32)],
    /// Up; drawn at 0 across.
    pub(in crate::app) others: &'a [f32],
    /// What stands across, and up.
    pub(in crate::app) axes: [&'a str; 2],
    pub(in crate::app) size: Vec2,
}

impl Scatter<'_> {
    pub(in crate::app) fn show(&self, ui: &mut Ui) {
        let (rect, response) = picture::allocate(ui, self.name, self.size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.name));
        let palette = Palette::of(ui.visuals());
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 2.0, palette.sunken);
        let largest = |values: &mut dyn Iterator<Item = f32>| {
            values
                .map(f32::abs)
                .filter(|value| value.is_finite())
                .fold(1e-6, f32::max)
        };
        let across = 1.05 * largest(&mut self.points.iter().map(|point| point.0));
        let up = 1.05
            * largest(
                &mut self
                    .points
                    .iter()
                    .map(|point| point.1)
                    .chain(self.others.iter().copied()),
            );
        let half = 0.5 * rect.size();
        let place = |x: f32, y: f32| rect.center() + vec2(x / across * half.x, -y / up * half.y);
        let weak = Stroke::new(1.0, palette.stroke);
        painter.hline(rect.x_range(), rect.center().y, weak);
        painter.vline(rect.center().x, rect.y_range(), weak);
        let end = across.min(up);
        let diagonal = [place(-end, -end), place(end, end)];
        painter.extend(Shape::dashed_line(
            &diagonal,
            Stroke::new(1.0, palette.weak),
            4.0,
            3.0,
        ));
        let mut mesh = Mesh::default();
        let mut add = |x: f32, y: f32, color| {
            if x.is_finite() && y.is_finite() {
                let point = Rect::from_center_size(place(x, y), Vec2::splat(2.0 * POINT));
                pixels::add_box(&mut mesh, point, color, ui.pixels_per_point());
            }
        };
        for value in self.others {
            add(0.0, *value, palette.weak.gamma_multiply(0.6));
        }
        for (x, y) in self.points {
            add(*x, *y, palette.orange.gamma_multiply(0.8));
        }
        painter.add(Shape::mesh(mesh));
        let font = FontId::proportional(SMALL);
        let corner = pos2(rect.right() - 3.0, rect.center().y - 1.0);
        let text = format!("{} ±{}", self.axes[0], number(across));
        painter.text(
            corner,
            Align2::RIGHT_BOTTOM,
            text,
            font.clone(),
            palette.weak,
        );
        let corner = pos2(rect.center().x + 4.0, rect.top() + 1.0);
        let text = format!("{} ±{}", self.axes[1], number(up));
        painter.text(corner, Align2::LEFT_TOP, text, font, palette.weak);
        painter.rect_stroke(rect, 2.0, weak, StrokeKind::Inside);
    }
}
