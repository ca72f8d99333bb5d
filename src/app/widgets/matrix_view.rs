//! A matrix as a heatmap, blue for negative and orange for positive: zoom, pan, the entry under the pointer.
//!
//! Absent: where the matrix comes from, and which rows belong to whom; places are in `matrix_sheet`, pictures in
//! `laid_out`. Only the pixels in sight are made, so that no card has to choose between two entries.

use super::camera::Camera;
use super::laid_out::LaidOut;
use super::matrix_sheet::{Found, Sheet};
use super::{picture, pixels};
use crate::app::theme::{Palette, SMALL};
use crate::figures::numbers::number;
use egui::{
    Align2, Color32, EventFilter, FontId, Id, Key, Mesh, Painter, Pos2, Rect, Response, Role,
    Sense, Shape, Stroke, StrokeKind, TextureId, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// At the largest zoom, this many texels of the sheet fill the view.
const FEWEST_TEXELS: f32 = 8.0;

/// A view of one matrix. Fill in the fields, then [`MatrixView::show`].
#[derive(Debug)]
pub struct MatrixView<'a> {
    /// What it shows, for screen readers: “couplings J”. Differs from its neighbours' names.
    pub name: &'a str,
    /// The entries, as a matrix or each row as a picture.
    pub matrix: &'a LaidOut,
    /// Changes whenever the entries or their layout do, or are of another matrix.
    pub version: u64,
    /// The room it may fill, in points.
    pub size: Vec2,
    /// The row (unit) in focus anywhere in the window: a cross at row and column, or a frame around its picture.
    pub highlight_row: Option<usize>,
}

/// What became of a [`MatrixView`].
#[derive(Debug)]
pub struct MatrixResponse {
    /// egui's response; a click pins, say.
    pub response: Response,
    /// Row and column under the pointer.
    pub hovered: Option<(usize, usize)>,
}

impl<'a> MatrixView<'a> {
    /// A view without a row in focus.
    pub fn new(name: &'a str, matrix: &'a LaidOut, version: u64, size: Vec2) -> Self {
        Self {
            name,
            matrix,
            version,
            size,
            highlight_row: None,
        }
    }

    /// Draws the view. Scroll or pinch zooms about the pointer, dragging pans, a double click shows all; with the
    /// focus + and − zoom, arrows pan, Home shows all.
    pub fn show(&self, ui: &mut Ui) -> MatrixResponse {
        let sheet = self.matrix.sheet;
        let texels = sheet.size().map(|side| side as f32);
        let size = fit(vec2(texels[0], texels[1]), self.size);
        let (rect, response) = picture::allocate(ui, self.name, size, Sense::click_and_drag());
        let camera = steer(ui, &response, texels[0].min(texels[1]) / FEWEST_TEXELS);
        let view = View {
            rect,
            camera,
            texels: vec2(texels[0], texels[1]),
        };
        let hovered = response.hover_pos().and_then(|at| {
            let at = view.texel_at(at);
            sheet.entry(at.x.floor() as i64, at.y.floor() as i64)
        });
        self.describe(&response, hovered);
        if ui.is_rect_visible(rect) {
            let palette = Palette::of(ui.visuals());
            let painter = ui.painter_at(rect);
            let texture = self.texture(ui, response.id, &view);
            painter.image(texture, rect, pixels::WHOLE, Color32::WHITE);
            if let Some(row) = hovered.map(|at| at.0).or(self.highlight_row) {
                paint_row(&painter, palette, &view, sheet, row);
            }
            let (width, edge) = if response.has_focus() {
                (2.0, palette.blue)
            } else {
                (1.0, palette.stroke)
            };
            painter.rect_stroke(rect, 0.0, Stroke::new(width, edge), StrokeKind::Inside);
        }
        MatrixResponse { response, hovered }
    }

    /// The picture of what is in sight, a texel a pixel; made again only when something has changed.
    fn texture(&self, ui: &Ui, id: Id, view: &View) -> TextureId {
        let palette = Palette::of(ui.visuals());
        let ppp = ui.pixels_per_point();
        let visible = view.camera.visible();
        let corners = [visible.min, visible.max].map(|at| [at.x.to_bits(), at.y.to_bits()]);
        let made_from = (self.matrix.sheet.size(), corners);
        let key = (self.version, id.with(made_from).value(), palette.dark);
        let size = pixels::count(view.rect, ppp);
        let texel = view.texel_size().x * ppp;
        picture::texture(ui, id.with("texture"), key, view.rect, || {
            self.matrix.image(texel, visible, size, palette)
        })
    }

    /// Name and value for screen readers.
    fn describe(&self, response: &Response, hovered: Option<(usize, usize)>) {
        response.widget_info(|| {
            let (rows, columns) = self.matrix.values.dim();
            let mut info = WidgetInfo::labeled(Role::Image, response.enabled(), self.name);
            info.current_text_value = Some(
                match hovered.and_then(|at| Some((at, self.matrix.values.get(at)?))) {
                    Some(((row, column), value)) => {
                        format!("row {row}, column {column}: {}", number(*value))
                    }
                    None => format!("{rows} × {columns} values"),
                },
            );
            info
        });
    }
}

/// The largest size of the proportions of `texels` that fits into `room`.
fn fit(texels: Vec2, room: Vec2) -> Vec2 {
    (texels * (room / texels).min_elem().max(0.0)).floor()
}

/// How a sheet lies on the screen.
#[derive(Debug, Clone, Copy)]
struct View {
    rect: Rect,
    camera: Camera,
    texels: Vec2,
}

impl View {
    /// Size of a texel in points.
    fn texel_size(&self) -> Vec2 {
        self.rect.size() * self.camera.zoom() / self.texels
    }

    /// The place on the sheet, in texels.
    fn texel_at(&self, position: Pos2) -> Pos2 {
        let in_view = ((position - self.rect.min) / self.rect.size()).to_pos2();
        let place = self.camera.sheet_from_view(in_view).to_vec2() * self.texels;
        place.to_pos2()
    }

    /// A box of texels on the screen.
    fn on_screen(&self, [left, top, width, height]: [usize; 4]) -> Rect {
        let corner = pos2(left as f32 / self.texels.x, top as f32 / self.texels.y);
        let corner = self.camera.view_from_sheet(corner).to_vec2() * self.rect.size();
        let size = vec2(width as f32, height as f32) * self.texel_size();
        Rect::from_min_size(self.rect.min + corner, size)
    }
}

/// Lines at row and column of a matrix, or a frame around the row's picture.
fn paint_row(painter: &Painter, palette: &Palette, view: &View, sheet: Sheet, row: usize) {
    let [left, top, width, height] = sheet.row_box(row);
    if height > 1 {
        let around = view.on_screen([left, top, width, height]).expand(1.0);
        picture::outline(painter, palette, around);
        return;
    }
    let across = view.on_screen([left, top, width, 1]);
    let down = view.on_screen([row, 0, 1, sheet.size()[1]]);
    for rect in [across, down] {
        if view.texel_size().x >= 4.0 {
            picture::outline(painter, palette, rect.expand(1.0));
        } else {
            let least_one = |length: f32| (1.0 - length).max(0.0) / 2.0;
            let line = rect.expand2(vec2(least_one(rect.width()), least_one(rect.height())));
            painter.rect_filled(line.expand(1.0), 0.0, palette.card);
            painter.rect_filled(line, 0.0, palette.orange);
        }
    }
}

/// Zoom and pan by pointer and keys, remembered between frames.
fn steer(ui: &Ui, response: &Response, largest: f32) -> Camera {
    let id = response.id.with("camera");
    let before: Camera = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let size = response.rect.size();
    let mut camera = before;
    if let Some(at) = response.hover_pos() {
        let about = ((at - response.rect.min) / size).to_pos2();
        let (pinch, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta().y));
        camera = camera.zoomed(about, pinch * (scroll / 200.0).exp(), largest);
        if camera != before {
            ui.input_mut(|input| input.smooth_scroll_delta = Vec2::ZERO);
        }
    }
    if response.dragged() {
        camera = camera.panned(response.drag_delta() / size);
    }
    if response.double_clicked() {
        camera = Camera::default();
    }
    if response.has_focus() {
        camera = steer_by_keys(ui, response.id, camera, largest);
    }
    if camera != before {
        ui.data_mut(|data| data.insert_temp(id, camera));
    }
    camera
}

/// +, −, arrows, Home.
fn steer_by_keys(ui: &Ui, id: Id, camera: Camera, largest: f32) -> Camera {
    let arrows = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|all| all.set_focus_lock_filter(id, arrows));
    ui.input(|input| {
        let pressed = |key| input.num_presses(key) as f32;
        if input.key_pressed(Key::Home) {
            return Camera::default();
        }
        let steps = pressed(Key::Plus) + pressed(Key::Equals) - pressed(Key::Minus);
        let pan = vec2(
            pressed(Key::ArrowLeft) - pressed(Key::ArrowRight),
            pressed(Key::ArrowUp) - pressed(Key::ArrowDown),
        );
        camera
            .zoomed(pos2(0.5, 0.5), 1.5_f32.powf(steps), largest)
            .panned(pan * 0.1)
    })
}

/// The key to the colours: a bar from −scale over 0 to scale, with “≤” and “≥” where values are clipped.
pub fn colour_bar(ui: &mut Ui, width: f32, scale: Found) -> Response {
    const PARTS: usize = 32;
    let bar_height = 8.0;
    let size = vec2(width, bar_height + 4.0 + SMALL * 1.3);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let value = number(scale.scale);
    let (least, most) = if scale.clipped {
        (format!("≤ −{value}"), format!("≥ {value}"))
    } else {
        (format!("−{value}"), value)
    };
    response.widget_info(|| {
        let name = format!("colours from {least}, blue, over 0 to {most}, orange");
        WidgetInfo::labeled(Role::Image, true, name)
    });
    let palette = Palette::of(ui.visuals());
    let bar = Rect::from_min_size(rect.min, vec2(width, bar_height));
    let bar = pixels::placed(bar, ui.pixels_per_point());
    let mut mesh = Mesh::default();
    for part in 0..=PARTS {
        let t = part as f32 / PARTS as f32;
        let color = palette.diverging(2.0 * t - 1.0);
        let x = bar.left() + t * width;
        mesh.colored_vertex(pos2(x, bar.top()), color);
        mesh.colored_vertex(pos2(x, bar.bottom()), color);
        if part > 0 {
            let first = 2 * part as u32;
            mesh.add_triangle(first - 2, first - 1, first);
            mesh.add_triangle(first - 1, first, first + 1);
        }
    }
    let painter = ui.painter();
    painter.add(Shape::mesh(mesh));
    let edge = Stroke::new(1.0, palette.stroke);
    painter.rect_stroke(bar, 0.0, edge, StrokeKind::Outside);
    let font = FontId::proportional(SMALL);
    let at = |x: f32, align: Align2, text: &str| {
        let place = pos2(x, bar.bottom() + 4.0);
        painter.text(place, align, text, font.clone(), palette.weak);
    };
    at(bar.left(), Align2::LEFT_TOP, &least);
    at(bar.center().x, Align2::CENTER_TOP, "0");
    at(bar.right(), Align2::RIGHT_TOP, &most);
    response
}
