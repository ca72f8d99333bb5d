//! What all pictures of units share: where a unit lies on the screen, crisp textures that are uploaded only when
//! needed, outlines; and [`row_picture`], N signed numbers drawn on the grid.
//!
//! Absent: gestures (`pattern_view`), zoom (`matrix_view`).

use super::pixels;
use crate::app::theme::Palette;
use crate::engine::patterns::Grid;
use crate::figures::Squares;
use crate::figures::numbers::number;
use egui::{
    Color32, ColorImage, Id, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind,
    TextureHandle, TextureId, TextureOptions, Ui, Vec2, WidgetInfo, vec2,
};

/// Samples the nearest texel when enlarged, blends when reduced.
pub(in crate::app) const CRISP: TextureOptions = TextureOptions {
    magnification: egui::TextureFilter::Nearest,
    minification: egui::TextureFilter::Linear,
    wrap_mode: egui::TextureWrapMode::ClampToEdge,
    mipmap_mode: None,
};

/// A grid of units laid over a rectangle of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The grid.
    pub grid: Grid,
    /// Where it lies, in points.
    pub rect: Rect,
}

impl Placed {
    /// The largest size that fits into `size`, with square cells of a whole number of pixels wherever a cell is at
    /// least two pixels: then all cells look alike.
    pub fn fit(grid: Grid, size: Vec2, pixels_per_point: f32) -> Vec2 {
        let units = vec2(grid.columns.max(1) as f32, grid.rows.max(1) as f32);
        let cell = (size / units).min_elem().max(0.0) * pixels_per_point;
        let cell = if cell >= 2.0 { cell.floor() } else { cell };
        units * (cell / pixels_per_point)
    }

    /// Width and height of a cell in points.
    pub fn cell(self) -> Vec2 {
        self.rect.size() / vec2(self.grid.columns as f32, self.grid.rows as f32)
    }

    /// `position` as (column, row) in units; (0.5, 0.5) is the middle of the first unit.
    pub fn in_units(self, position: Pos2) -> (f32, f32) {
        let place = (position - self.rect.min) / self.cell();
        (place.x, place.y)
    }

    /// The unit under `position`, if any.
    pub fn unit_at(self, position: Pos2) -> Option<usize> {
        let (x, y) = self.in_units(position);
        self.grid.unit(y.floor() as i64, x.floor() as i64)
    }

    /// The cell of `unit`.
    pub fn unit_rect(self, unit: usize) -> Rect {
        let (row, column) = self.grid.place(unit);
        let cell = self.cell();
        Rect::from_min_size(self.rect.min + cell * vec2(column as f32, row as f32), cell)
    }

    /// Outlines `unit` so that it stands out on any colour: orange, with a dark or light rim.
    pub fn outline(self, painter: &Painter, palette: &Palette, unit: usize) {
        if unit < self.grid.n_units() {
            outline(painter, palette, self.unit_rect(unit).expand(1.0));
        }
    }
}

/// An orange frame with a rim of the card's colour, outside `rect`.
pub(super) fn outline(painter: &Painter, palette: &Palette, rect: Rect) {
    for (width, color) in [(4.0, palette.card), (2.0, palette.orange)] {
        painter.rect_stroke(rect, 1.0, Stroke::new(width, color), StrokeKind::Middle);
    }
}

/// Room for a picture, its corner between pixels. Its identity, and so its texture, comes from its name, not from its
/// place among its neighbours.
pub(super) fn allocate(ui: &mut Ui, name: &str, size: Vec2, sense: Sense) -> (Rect, Response) {
    let (_, room) = ui.allocate_space(size);
    let rect = ui.layout().align_size_within_rect(size, room);
    let rect = pixels::placed(rect, ui.pixels_per_point());
    let id = ui.make_persistent_id(("picture", name));
    (rect, ui.interact(rect, id, sense))
}

/// What decides whether a texture is still right: the caller's version, what else went in, the theme.
pub(super) type TextureKey = (u64, u64, bool);

/// The texture for `rect` kept under `id`, built again only when `key` or the size has changed: what is built must
/// have the same number of pixels to every texel, or it is sampled to one.
pub(super) fn texture(
    ui: &Ui,
    id: Id,
    key: TextureKey,
    rect: Rect,
    build: impl FnOnce() -> ColorImage,
) -> TextureId {
    let size = pixels::count(rect, ui.pixels_per_point());
    let key = (key, size);
    let build = || {
        let image = build();
        let fits = (0..2).all(|side| size[side].is_multiple_of(image.size[side].max(1)));
        let most = ui.input(|input| input.max_texture_side);
        let is_small = |size: [usize; 2]| size[0].max(size[1]) <= most;
        // What the card takes comes before what is crisp.
        if is_small(image.size) && (fits || !is_small(size)) {
            image
        } else {
            pixels::fitted(&image, size.map(|side| side.min(most)))
        }
    };
    let kept: Option<((TextureKey, [usize; 2]), TextureHandle)> = ui.data(|data| data.get_temp(id));
    let handle = match kept {
        Some((made_from, handle)) if made_from == key => return handle.id(),
        Some((_, mut handle)) => {
            handle.set(build(), CRISP);
            handle
        }
        None => ui.load_texture("picture", build(), CRISP),
    };
    let texture = handle.id();
    ui.data_mut(|data| data.insert_temp(id, (key, handle)));
    texture
}

/// Paints a texture over `rect`, with a thin edge: paper may have the card's colour.
pub(super) fn paint_texture(painter: &Painter, palette: &Palette, texture: TextureId, rect: Rect) {
    let edge = Stroke::new(1.0, palette.stroke);
    painter.rect_stroke(rect, 0.0, edge, StrokeKind::Outside);
    painter.image(texture, rect, pixels::WHOLE, Color32::WHITE);
}

/// The largest |value| that is finite; 1 where all are zero, so that it can be divided by.
pub fn symmetric_scale(values: &[f32]) -> f32 {
    let largest = largest_size(values);
    if largest > 0.0 { largest } else { 1.0 }
}

/// The largest |value| that is finite; 0 if there is none.
pub(super) fn largest_size(values: &[f32]) -> f32 {
    // Sixteen at a time: one by one, each would wait for the one before.
    let mut largest = [0.0; 16];
    for part in values.chunks(16) {
        for (largest, value) in largest.iter_mut().zip(part) {
            let size = value.abs();
            if size > *largest && size < f32::INFINITY {
                *largest = size;
            }
        }
    }
    largest.into_iter().fold(0.0, f32::max)
}

/// The signed numbers of all units, drawn on their grid: a row of J, a field, an eigenvector.
#[derive(Debug)]
pub struct RowPicture<'a> {
    /// What it shows, for screen readers: “row of unit”. Differs from its neighbours' names.
    pub name: &'a str,
    /// The layout of the units.
    pub grid: Grid,
    /// One number a unit.
    pub values: &'a [f32],
    /// Changes whenever `values` do.
    pub version: u64,
    /// The value drawn in full colour; [`symmetric_scale`] of the values if `None`.
    pub scale: Option<f32>,
    /// The unit that is in focus anywhere in the window.
    pub highlight: Option<usize>,
    /// The room it may fill, in points.
    pub size: Vec2,
}

impl RowPicture<'_> {
    /// What is shown, as it is saved.
    pub fn squares(&self) -> Squares {
        let full = self.scale.unwrap_or_else(|| symmetric_scale(self.values));
        Squares::signed(self.grid, self.values, Some(full))
    }
}

/// Draws `picture`; returns its response and the unit under the pointer.
pub fn row_picture(ui: &mut Ui, picture: &RowPicture<'_>) -> (Response, Option<usize>) {
    let RowPicture {
        name,
        grid,
        values,
        version,
        scale,
        highlight,
        size,
    } = *picture;
    let palette = Palette::of(ui.visuals());
    let size = Placed::fit(grid, size, ui.pixels_per_point());
    let (rect, response) = allocate(ui, name, size, Sense::click());
    let placed = Placed { grid, rect };
    let hovered = response.hover_pos().and_then(|at| placed.unit_at(at));
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, name);
        info.current_text_value = hovered
            .or(highlight)
            .and_then(|unit| values.get(unit).map(|value| (unit, value)))
            .map(|(unit, value)| format!("unit {unit}: {}", number(*value)));
        info
    });
    if ui.is_rect_visible(rect) {
        let scale = scale.unwrap_or_else(|| symmetric_scale(values));
        let key = (version, u64::from(scale.to_bits()), palette.dark);
        let id = response.id.with("texture");
        let texture = texture(ui, id, key, rect, || {
            field_image(grid, values, scale, palette)
        });
        paint_texture(ui.painter(), palette, texture, rect);
        if let Some(unit) = hovered.or(highlight) {
            placed.outline(ui.painter(), palette, unit);
        }
    }
    (response, hovered)
}

/// One texel a unit; units without a number are `missing`.
pub(super) fn field_image(grid: Grid, values: &[f32], scale: f32, palette: &Palette) -> ColorImage {
    let color = |unit: usize| {
        values
            .get(unit)
            .map_or(palette.missing, |value| palette.diverging(value / scale))
    };
    ColorImage::new(
        [grid.columns, grid.rows],
        (0..grid.n_cells()).map(color).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn cells_are_a_whole_number_of_pixels() {
        let grid = Grid::square(28);
        assert_eq!(
            Placed::fit(grid, vec2(270.0, 400.0), 1.0),
            Vec2::splat(252.0)
        );
        assert_eq!(
            Placed::fit(grid, vec2(270.0, 400.0), 2.0),
            Vec2::splat(266.0)
        );
        assert_eq!(Placed::fit(grid, vec2(14.0, 14.0), 1.0), Vec2::splat(14.0));
    }

    #[test]
    fn units_and_positions_agree() {
        let grid = Grid::new(2, 3);
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(30.0, 20.0));
        let placed = Placed { grid, rect };
        for unit in 0..6 {
            assert_eq!(placed.unit_at(placed.unit_rect(unit).center()), Some(unit));
        }
        assert_eq!(placed.unit_at(pos2(9.9, 25.0)), None);
        assert_eq!(placed.unit_at(pos2(40.1, 25.0)), None);
        assert_eq!(placed.in_units(pos2(15.0, 25.0)), (0.5, 0.5));
    }

    #[test]
    fn the_scale_is_the_largest_size_of_a_number() {
        assert_eq!(symmetric_scale(&[0.0, -3.0, f32::NAN, 2.0]), 3.0);
        assert_eq!(symmetric_scale(&[]), 1.0);
    }

    /// A stage on a wide screen, enlarged, asked for more than the card took, which ended the program.
    #[test]
    fn no_texture_is_larger_than_the_card_takes() {
        let ctx = egui::Context::default();
        let input = egui::RawInput {
            max_texture_side: Some(1024),
            ..egui::RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            for texels in [28, 600, 1200, 1600] {
                let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(2400.0, 2400.0));
                let image = || ColorImage::filled([texels, texels], Color32::RED);
                let id = Id::unique(("too large", texels));
                let texture = texture(ui, id, (0, 0, true), rect, image);
                let size = ui
                    .ctx()
                    .tex_manager()
                    .read()
                    .meta(texture)
                    .expect("it is there")
                    .size;
                assert!(size[0].max(size[1]) <= 1024, "{texels}: {size:?}");
            }
        });
        output.textures_delta.clear();
    }
}
