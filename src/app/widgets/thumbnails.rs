//! Stored patterns as a scrollable sheet of thumbnails, drawn from an [`Atlas`] that is uploaded once.
//!
//! Absent: what a click means. Only the rows in sight are drawn, so two thousand patterns cost as much as thirty.

use super::picture::CRISP;
use crate::app::theme::{GAP, Palette, Residue};
use crate::engine::patterns::Patterns;
use egui::{
    Color32, ColorImage, Context, Painter, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// Patterns of a page stand this many texels apart, so that blending never mixes neighbours.
const GUTTER: usize = 1;
/// No page is larger than this, even where the machine would take more.
const LARGEST_PAGE: usize = 2048;

/// All patterns of a world as textures. Belongs to whoever shows thumbnails, also in legends and tooltips.
#[derive(Default)]
pub struct Atlas {
    made_from: Option<(u64, bool)>,
    pages: Vec<TextureHandle>,
    tile: [usize; 2],
    across: usize,
    per_page: usize,
    count: usize,
}

impl std::fmt::Debug for Atlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Atlas")
            .field("made_from", &self.made_from)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

impl Atlas {
    /// Uploads `patterns` if `version` or the theme has changed since the last time. Call it once a frame.
    pub fn update(&mut self, ctx: &Context, patterns: &Patterns, version: u64) {
        let dark = ctx.global_style().visuals.dark_mode;
        if self.made_from == Some((version, dark)) {
            return;
        }
        let side = ctx.input(|input| input.max_texture_side).min(LARGEST_PAGE);
        let grid = patterns.grid();
        self.tile = [grid.columns, grid.rows];
        let fitting = |length: usize| (side / (length + GUTTER)).max(1);
        self.across = fitting(grid.columns);
        self.per_page = self.across * fitting(grid.rows);
        self.count = patterns.n_patterns();
        self.made_from = Some((version, dark));
        let palette = Palette::new(dark);
        self.pages = (0..self.count.div_ceil(self.per_page))
            .map(|page| ctx.load_texture("thumbnails", self.page(patterns, page, palette), CRISP))
            .collect();
    }

    /// The picture of one page.
    fn page(&self, patterns: &Patterns, page: usize, palette: &Palette) -> ColorImage {
        let first = page * self.per_page;
        let end = (first + self.per_page).min(self.count);
        let down = (end - first).div_ceil(self.across);
        let [width, height] = self.tile;
        let size = [
            self.across.min(end - first) * (width + GUTTER),
            down * (height + GUTTER),
        ];
        let mut image = ColorImage::filled(size, palette.paper);
        for pattern in first..end {
            let [left, top] = self.corner(pattern);
            let letters = patterns.alphabet().letters();
            for (row, units) in patterns.pattern(pattern).chunks(width).enumerate() {
                let start = (top + row) * size[0] + left;
                for (texel, unit) in image.pixels[start..].iter_mut().zip(units) {
                    *texel = match letters {
                        None => palette.unit(*unit > 0),
                        Some(letters) => palette.residue(Residue::of(letters.symbol(*unit))),
                    };
                }
            }
        }
        image
    }

    /// The first texel of `pattern` on its page.
    fn corner(&self, pattern: usize) -> [usize; 2] {
        let place = pattern % self.per_page;
        [
            (place % self.across) * (self.tile[0] + GUTTER),
            (place / self.across) * (self.tile[1] + GUTTER),
        ]
    }

    /// Number of patterns.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Paints `pattern` into `rect`, keeping its proportions; nothing if there is no such pattern.
    pub fn paint(&self, painter: &Painter, pattern: usize, rect: Rect) {
        if pattern >= self.count {
            return;
        }
        let page = &self.pages[pattern / self.per_page];
        let [left, top] = self.corner(pattern);
        let tile = vec2(self.tile[0] as f32, self.tile[1] as f32);
        let sheet = page.size_vec2();
        let corner = pos2(left as f32 / sheet.x, top as f32 / sheet.y);
        let uv = Rect::from_min_size(corner, tile / sheet);
        let pixels = painter.pixels_per_point();
        let size = whole_steps(tile, rect.size() * pixels) / pixels;
        let corner = rect.center() - size / 2.0;
        let corner = (corner.to_vec2() * pixels).round() / pixels;
        let placed = Rect::from_min_size(corner.to_pos2(), size);
        painter.image(page.id(), placed, uv, Color32::WHITE);
    }
}

/// The largest size that fits `room` in pixels: a whole multiple of `tile` if at least once, else reduced freely.
fn whole_steps(tile: Vec2, room: Vec2) -> Vec2 {
    let times = (room / tile).min_elem();
    tile * if times >= 1.0 { times.floor() } else { times }
}

/// A sheet of thumbnails. Fill in the fields, then [`Thumbnails::show`].
pub struct Thumbnails<'a> {
    /// The pictures.
    pub atlas: &'a Atlas,
    /// Smallest width of a cell in points; as many columns as fit.
    pub cell: f32,
    /// Most height in points before it scrolls.
    pub height: f32,
    /// Which are chosen, as the pattern that the cue was made from: framed orange.
    pub chosen: &'a dyn Fn(usize) -> bool,
    /// The stored pattern nearest to the state: a mark at its foot.
    pub nearest: Option<usize>,
    /// The pattern in focus elsewhere in the window, its overlap line say: a thin frame.
    pub highlight: Option<usize>,
    /// Says what a pattern is: “pattern 9, a 3, overlap 0.76”; also its name for screen readers.
    pub about: &'a dyn Fn(usize) -> String,
}

/// What became of a [`Thumbnails`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThumbnailsResponse {
    /// The pattern under the pointer or with the focus.
    pub hovered: Option<usize>,
    /// The pattern clicked, or chosen with Enter or Space.
    pub clicked: Option<usize>,
}

impl Thumbnails<'_> {
    /// Draws the sheet over the available width.
    pub fn show(&self, ui: &mut Ui) -> ThumbnailsResponse {
        let mut found = ThumbnailsResponse::default();
        let gap = GAP / 4.0;
        let width = ui.available_width();
        let columns = columns(width, self.cell, gap, self.atlas.count());
        let side = ((width - gap * (columns - 1) as f32) / columns as f32).min(self.cell * 1.5);
        let rows = self.atlas.count().div_ceil(columns);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(gap);
            ScrollArea::vertical()
                .max_height(self.height)
                .auto_shrink([false, true])
                .show_rows(ui, side, rows, |ui, rows| {
                    let corner = ui.max_rect().min;
                    let first = rows.start;
                    let shown = rows.len() as f32 * (side + gap) - gap;
                    ui.allocate_space(vec2(width, shown.max(0.0)));
                    for row in rows {
                        for column in 0..columns {
                            let pattern = row * columns + column;
                            if pattern >= self.atlas.count() {
                                break;
                            }
                            let place = vec2(column as f32, (row - first) as f32) * (side + gap);
                            let rect = Rect::from_min_size(corner + place, Vec2::splat(side));
                            self.cell_ui(ui, pattern, rect, &mut found);
                        }
                    }
                });
        });
        found
    }

    /// One thumbnail.
    fn cell_ui(&self, ui: &Ui, pattern: usize, rect: Rect, found: &mut ThumbnailsResponse) {
        let id = ui.scope_id().with(("thumbnail", pattern));
        let response = ui.interact(rect, id, Sense::click());
        let is_chosen = (self.chosen)(pattern);
        response.widget_info(|| {
            let about = (self.about)(pattern);
            WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), is_chosen, about)
        });
        if response.hovered() || response.has_focus() {
            found.hovered = Some(pattern);
        }
        if response.clicked() {
            found.clicked = Some(pattern);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        self.paint_cell(ui, pattern, rect, &response);
        if response.hovered() {
            response.on_hover_text((self.about)(pattern));
        }
    }

    /// Picture and frames.
    fn paint_cell(&self, ui: &Ui, pattern: usize, rect: Rect, response: &Response) {
        let painter = ui.painter();
        let palette = Palette::of(ui.visuals());
        painter.rect_filled(rect, 3.0, palette.paper);
        self.atlas.paint(painter, pattern, rect.shrink(2.0));
        if self.nearest == Some(pattern) {
            let foot = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 3.0), rect.max);
            painter.rect_filled(foot.shrink2(vec2(4.0, 0.0)), 1.0, palette.orange);
        }
        let frame = |width: f32, color: Color32| {
            let stroke = Stroke::new(width, color);
            painter.rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
        };
        if response.has_focus() {
            frame(2.0, palette.blue);
        } else if (self.chosen)(pattern) {
            frame(2.0, palette.orange);
        } else if response.hovered() || self.highlight == Some(pattern) {
            frame(1.0, palette.orange);
        }
    }
}

/// How many cells at least `cell` wide stand side by side; at least 1, at most `count`.
fn columns(width: f32, cell: f32, gap: f32, count: usize) -> usize {
    (((width + gap) / (cell.max(1.0) + gap)) as usize).clamp(1, count.max(1))
}

/// Paints one thumbnail as a widget of `size`, for legends and tooltips.
pub fn thumbnail(ui: &mut Ui, atlas: &Atlas, pattern: usize, size: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    let palette = Palette::of(ui.visuals());
    ui.painter().rect_filled(rect, 3.0, palette.paper);
    atlas.paint(ui.painter(), pattern, rect.shrink(1.0));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("pattern {pattern}")));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::Array2;

    #[test]
    fn as_many_columns_as_fit() {
        assert_eq!(columns(226.0, 32.0, 2.0, 30), 6);
        assert_eq!(columns(226.0, 32.0, 2.0, 4), 4);
        assert_eq!(columns(5.0, 32.0, 2.0, 30), 1);
        assert_eq!(columns(5.0, 32.0, 2.0, 0), 1);
    }

    #[test]
    fn thumbnails_are_whole_multiples_where_they_can() {
        let tile = Vec2::splat(28.0);
        assert_eq!(whole_steps(tile, Vec2::splat(70.0)), Vec2::splat(56.0));
        assert_eq!(whole_steps(tile, vec2(14.0, 99.0)), Vec2::splat(14.0));
    }

    #[test]
    fn two_thousand_patterns_take_one_page() {
        let rows = Array2::ones((2000, 784));
        let patterns = Patterns::new(rows, Grid::square(28), None).unwrap();
        let ctx = Context::default();
        let mut atlas = Atlas::default();
        atlas.update(&ctx, &patterns, 1);
        assert_eq!((atlas.pages.len(), atlas.count()), (1, 2000));
        assert_eq!(atlas.corner(71), [29, 29]);
        let page = atlas.pages[0].id();
        atlas.update(&ctx, &patterns, 1);
        assert_eq!(atlas.pages[0].id(), page);
        atlas.update(&ctx, &patterns, 2);
        assert_ne!(atlas.pages[0].id(), page);
    }
}
