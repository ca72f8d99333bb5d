//! Points in a plane with a diagonal on which both coordinates are equal, and others that have only one.

use super::{picture, pixels};
use crate::app::theme::{Palette, SMALL};
use crate::figures::numbers::number;
use crate::figures::{self, Figure};
use egui::{
    Align2, FontId, Mesh, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

/// Half the side of a point.
const POINT: f32 = 1.25;

/// The points of a figure about zero; those of a series in grey fade.
pub(in crate::app) struct Scatter<'a> {
    pub(in crate::app) figure: &'a Figure,
    pub(in crate::app) size: Vec2,
}

impl Scatter<'_> {
    pub(in crate::app) fn show(&self, ui: &mut Ui) -> Response {
        let name = &self.figure.title;
        let (rect, response) = picture::allocate(ui, name, self.size, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
        let palette = Palette::of(ui.visuals());
        // A line of its own above the points for what goes up, one below them for what goes across.
        let whole = rect;
        let rect = whole.shrink2(vec2(0.0, SMALL + 3.0));
        let painter = ui.painter_at(whole);
        painter.rect_filled(whole, 2.0, palette.sunken);
        let [across, up] = [&self.figure.across, &self.figure.up].map(|axis| axis.range[1] as f32);
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
        for series in &self.figure.series {
            let strength = match series.role {
                figures::Role::Weak => 0.6,
                _ => 0.8,
            };
            let color = palette.role(series.role).gamma_multiply(strength);
            for point in series.points() {
                let [x, y] = point.map(|place| place as f32);
                let point = Rect::from_center_size(place(x, y), Vec2::splat(2.0 * POINT));
                pixels::add_box(&mut mesh, point, color, ui.pixels_per_point());
            }
        }
        painter.add(Shape::mesh(mesh));
        let font = FontId::proportional(SMALL);
        let corner = whole.right_bottom() - vec2(3.0, 1.0);
        let text = format!("{} ±{}", self.figure.across.label, number(across));
        painter.text(
            corner,
            Align2::RIGHT_BOTTOM,
            text,
            font.clone(),
            palette.weak,
        );
        let corner = pos2(rect.center().x + 4.0, whole.top() + 1.0);
        let text = format!("{} ±{}", self.figure.up.label, number(up));
        painter.text(corner, Align2::LEFT_TOP, text, font, palette.weak);
        painter.rect_stroke(whole, 2.0, weak, StrokeKind::Inside);
        response
    }
}
