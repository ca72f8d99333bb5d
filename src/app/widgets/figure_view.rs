//! A figure painted on axes of any scale, as it is saved: cells, grid, bands, error bars, curves with markers, levels.
//!
//! Absent: the legend, which stands where the panel wants it, and what the pointer means.

use super::picture;
use crate::app::theme::{BODY, Palette, SMALL};
use crate::figures::numbers::ticks;
use crate::figures::{Band, Cells, Figure, Fill, Line, Mark, Marker, Series};
use egui::epaint::TextShape;
use egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};

/// Radius in points of a dot that points something out.
const DOT: f32 = 4.5;
/// Room in points below the axes.
const BELOW: f32 = 40.0;
/// Room in points for what goes up along the axes.
const LABEL: f32 = 22.0;
/// Room in points between ticks and axes.
const TICK: f32 = 7.0;
/// Room in points above the axes and, at least, to their right.
const REST: Vec2 = vec2(12.0, 8.0);
/// Distance in points that ticks keep at least, across and up.
const SPACING: Vec2 = vec2(70.0, 34.0);

/// A figure in its place.
pub(in crate::app) struct FigureView<'a> {
    figure: &'a Figure,
    /// The axes.
    frame: Rect,
    painter: Painter,
    pub(in crate::app) response: Response,
}

/// The name of a mark: what is drawn below it is dimmed, so that no line strikes through it; nothing where it has none.
pub(in crate::app) fn name_on_card(
    painter: &Painter,
    (place, align): (Pos2, Align2),
    said: &str,
    color: Color32,
    palette: &Palette,
) {
    if said.is_empty() {
        return;
    }
    let font = FontId::proportional(SMALL);
    let galley = painter.layout_no_wrap(said.to_owned(), font, color);
    let area = align.anchor_size(place, galley.size());
    let card = palette.card.gamma_multiply(0.85);
    painter.rect_filled(area.expand2(vec2(2.0, 0.0)), 2.0, card);
    painter.galley(area.min, galley, color);
}

impl<'a> FigureView<'a> {
    /// Paints `figure` in a room of `size`; `said` is what a screen reader reads of it.
    pub(in crate::app) fn show(ui: &mut Ui, figure: &'a Figure, size: Vec2, said: &str) -> Self {
        let (rect, response) = picture::allocate(ui, &figure.title, size, Sense::CLICK);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
            info.current_text_value = Some(said.to_owned());
            info
        });
        let frame = frame(ui, figure, rect);
        let view = Self {
            figure,
            frame,
            painter: ui.painter_at(rect),
            response,
        };
        view.paint(Palette::of(ui.visuals()));
        view
    }

    /// Where a point of the axes lies on the screen.
    pub(in crate::app) fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        let (across, up) = (self.figure.across.part(x), self.figure.up.part(y));
        pos2(
            self.frame.left() + across as f32 * self.frame.width(),
            self.frame.bottom() - up as f32 * self.frame.height(),
        )
    }

    /// The axes.
    pub(in crate::app) fn frame(&self) -> Rect {
        self.frame
    }

    /// A ring around a point that is pointed at.
    pub(in crate::app) fn ring(&self, place: Pos2, palette: &Palette) {
        self.painter
            .circle_stroke(place, 8.0, Stroke::new(2.0, palette.strong));
    }

    fn paint(&self, palette: &Palette) {
        if let Some(cells) = &self.figure.cells {
            self.paint_cells(cells, palette);
        }
        self.paint_grid(palette);
        for mark in &self.figure.marks {
            match mark {
                Mark::Level(at, said) => self.paint_level(*at, said, palette),
                Mark::Upright(at, said) => {
                    let down = self.figure.uprights_before(mark) as f32;
                    self.paint_upright(*at, said, down, palette);
                }
                Mark::Dot(..) | Mark::Diagonal | Mark::Circle(_) => (),
            }
        }
        for band in &self.figure.bands {
            self.paint_band(band, palette);
        }
        for series in &self.figure.series {
            self.paint_series(series, palette);
        }
        for mark in &self.figure.marks {
            if let Mark::Dot(at, role) = mark {
                self.painter
                    .circle_filled(self.place(*at), DOT, palette.role(*role));
            }
        }
    }

    /// Grid lines, ticks and what goes along the axes.
    fn paint_grid(&self, palette: &Palette) {
        let (frame, painter) = (self.frame, &self.painter);
        let most = most(frame.size());
        let font = FontId::proportional(SMALL);
        let line = Stroke::new(1.0, palette.stroke.gamma_multiply(0.7));
        for (value, text) in ticks(&self.figure.up, most.y as usize) {
            let place = pos2(
                frame.left(),
                self.place([self.figure.across.range[0], value]).y,
            );
            painter.hline(frame.x_range(), place.y, line);
            let place = place - vec2(TICK, 0.0);
            painter.text(
                place,
                Align2::RIGHT_CENTER,
                text,
                font.clone(),
                palette.weak,
            );
        }
        for (value, text) in ticks(&self.figure.across, most.x as usize) {
            let x = self.place([value, self.figure.up.range[0]]).x;
            painter.vline(x, frame.bottom()..=frame.bottom() + 4.0, line);
            let place = pos2(x, frame.bottom() + 6.0);
            painter.text(place, Align2::CENTER_TOP, text, font.clone(), palette.weak);
        }
        painter.hline(
            frame.x_range(),
            frame.bottom(),
            Stroke::new(1.0, palette.stroke),
        );
        let font = FontId::proportional(BODY);
        let below = pos2(frame.center().x, frame.bottom() + BELOW);
        let label = &self.figure.across.label;
        painter.text(
            below,
            Align2::CENTER_BOTTOM,
            label,
            font.clone(),
            palette.text,
        );
        let galley = painter.layout_no_wrap(self.figure.up.label.clone(), font, palette.text);
        let aside = self.painter.clip_rect().left();
        let place = pos2(aside, frame.center().y + 0.5 * galley.size().x);
        let quarter = -std::f32::consts::FRAC_PI_2;
        painter.add(TextShape::new(place, galley, palette.text).with_angle(quarter));
    }

    fn paint_level(&self, at: f64, said: &str, palette: &Palette) {
        let y = self.place([self.figure.across.range[0], at]).y;
        let ends = [pos2(self.frame.left(), y), pos2(self.frame.right(), y)];
        let stroke = Stroke::new(1.2, palette.weak);
        self.painter
            .extend(Shape::dashed_line(&ends, stroke, 1.5, 4.0));
        let place = ends[0] + vec2(8.0, -2.0);
        let font = FontId::proportional(SMALL);
        self.painter
            .text(place, Align2::LEFT_BOTTOM, said, font, palette.weak);
    }

    /// An upright line, its name beside it, so many lines down.
    fn paint_upright(&self, at: f64, said: &str, down: f32, palette: &Palette) {
        let x = self.place([at, self.figure.up.range[0]]).x;
        let ends = [pos2(x, self.frame.top()), pos2(x, self.frame.bottom())];
        let stroke = Stroke::new(1.2, palette.weak);
        self.painter
            .extend(Shape::dashed_line(&ends, stroke, 5.0, 4.0));
        let (aside, align) = if x > self.frame.center().x {
            (-6.0, Align2::RIGHT_TOP)
        } else {
            (6.0, Align2::LEFT_TOP)
        };
        let place = ends[0] + vec2(aside, 2.0 + 1.4 * SMALL * down);
        name_on_card(&self.painter, (place, align), said, palette.text, palette);
    }

    /// Cells of a map, in the colours of signed numbers.
    fn paint_cells(&self, cells: &Cells, palette: &Palette) {
        for (low, high, value) in cells.known() {
            let cell = Rect::from_two_pos(self.place(low), self.place(high));
            let color = palette.diverging(value as f32);
            self.painter.rect_filled(cell, 0.0, color);
        }
    }

    fn paint_band(&self, band: &Band, palette: &Palette) {
        let edges = band.x.iter().zip(&*band.spans);
        let ends = |(x, span): (&f64, &[f64; 2])| span.map(|end| self.place([*x, end]));
        let ends = edges
            .map(ends)
            .filter(|ends| ends.iter().all(|it| is_somewhere(*it)));
        match band.fill {
            Fill::Uprights(role) => {
                let stroke = Stroke::new(1.2, palette.role(role).gamma_multiply(0.75));
                for ends in ends {
                    self.painter.line_segment(ends, stroke);
                }
            }
            Fill::Area | Fill::Share(_) => {
                let (fill, edge) = match band.fill {
                    Fill::Share(hue) => (palette.hue(hue), Some(palette.card)),
                    _ => (palette.weak.gamma_multiply(0.3), None),
                };
                let (mut mesh, mut heads) = (Mesh::default(), Vec::new());
                for [foot, head] in ends {
                    heads.push(head);
                    let first = mesh.vertices.len() as u32;
                    mesh.colored_vertex(foot, fill);
                    mesh.colored_vertex(head, fill);
                    if first > 0 {
                        mesh.add_triangle(first - 2, first - 1, first);
                        mesh.add_triangle(first - 1, first, first + 1);
                    }
                }
                self.painter.add(Shape::mesh(mesh));
                if let Some(color) = edge {
                    self.painter
                        .add(Shape::line(heads, Stroke::new(1.0, color)));
                }
            }
        }
    }

    fn paint_series(&self, series: &Series, palette: &Palette) {
        let color = palette.role(series.role);
        // Nothing stands at zero of a logarithmic axis.
        let places = series.points().map(|at| self.place(at));
        let places: Vec<Pos2> = places.filter(|at| is_somewhere(*at)).collect();
        let painter = self.painter.with_clip_rect(self.frame.expand(6.0));
        match series.line {
            Line::Solid(width) => {
                painter.add(Shape::line(places, Stroke::new(width, color)));
            }
            Line::Dashed(width) => {
                let stroke = Stroke::new(width, color.gamma_multiply(0.85));
                painter.extend(Shape::dashed_line(&places, stroke, 5.0, 4.0));
            }
            Line::Dots(radius) => {
                for place in places {
                    painter.circle_filled(place, radius, color);
                }
            }
            Line::Marked(width, marker) => {
                painter.add(Shape::line(places.clone(), Stroke::new(width, color)));
                for place in places {
                    painter.add(marked(marker, place, color));
                }
            }
        }
    }
}

fn is_somewhere(place: Pos2) -> bool {
    place.x.is_finite() && place.y.is_finite()
}

/// The most ticks of axes of this size.
fn most(size: Vec2) -> Vec2 {
    (size / SPACING).max(Vec2::splat(1.0))
}

/// The axes in `rect`: ticks have room to the left, and the last one below does not reach out of it.
fn frame(ui: &Ui, figure: &Figure, rect: Rect) -> Rect {
    let font = FontId::proportional(SMALL);
    let width = |(_, text): &(f64, String)| {
        let color = Color32::PLACEHOLDER;
        let galley = ui
            .painter()
            .layout_no_wrap(text.clone(), font.clone(), color);
        galley.size().x
    };
    let height = rect.height() - REST.y - BELOW;
    let up = ticks(&figure.up, most(vec2(0.0, height)).y as usize);
    let left = LABEL + up.iter().map(width).fold(0.0, f32::max) + TICK;
    let across = most(vec2(rect.width() - left - REST.x, 0.0)).x;
    let last = ticks(&figure.across, across as usize).pop();
    let right = last.map_or(0.0, |last| 0.5 * width(&last) + 2.0);
    Rect::from_min_max(
        rect.min + vec2(left, REST.y),
        rect.max - vec2(right.max(REST.x), BELOW),
    )
}

/// A marker at `place`.
pub(in crate::app) fn marked(marker: Marker, place: Pos2, color: Color32) -> Shape {
    let radius = Marker::RADIUS as f32;
    match marker.corners() {
        None => Shape::circle_filled(place, radius, color),
        Some(corners) => {
            let corner = |[x, y]: &[f64; 2]| place + radius * vec2(*x as f32, *y as f32);
            let corners = corners.iter().map(corner).collect();
            Shape::convex_polygon(corners, color, Stroke::NONE)
        }
    }
}
