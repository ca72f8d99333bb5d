//! Stored patterns as a scrollable sheet of thumbnails, drawn from an [`Atlas`] that is uploaded once.
//!
//! Absent: what a click means. Only the rows in sight are drawn, so two thousand patterns cost as much as thirty.

mod stops;

use super::picture::CRISP;
use crate::app::theme::{GAP, Palette, Residue};
use crate::app::widgets::room::width_left;
use crate::engine::patterns::{Alphabet, Patterns};
use egui::{
    Color32, ColorImage, Context, Painter, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use ndarray::Array2;
use std::ops::Range;
use stops::id;

/// Patterns of a page stand this many texels apart, so that blending never mixes neighbours.
const GUTTER: usize = 1;
/// No page is larger than this, even where the machine would take more.
const LARGEST_PAGE: usize = 2048;

/// Lines of patterns that a page grows by, so that a few more patterns are still a page of the same size.
const GROWTH: usize = 8;

/// All patterns of a world as textures. Belongs to whoever shows thumbnails, also in legends and tooltips.
#[derive(Default)]
pub struct Atlas {
    made_from: Option<(u64, bool)>,
    pages: Vec<TextureHandle>,
    /// The patterns on the pages.
    shown: Array2<i8>,
    alphabet: Alphabet,
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
    /// Uploads what has changed of `patterns` if `version` or the theme has changed since the last time. Call it once
    /// a frame.
    pub fn update(&mut self, ctx: &Context, patterns: &Patterns, version: u64) {
        let dark = ctx.global_style().visuals.dark_mode;
        if self.made_from == Some((version, dark)) {
            return;
        }
        let side = ctx.input(|input| input.max_texture_side).min(LARGEST_PAGE);
        let grid = patterns.grid();
        let tile = [grid.columns, grid.rows];
        let fitting = |length: usize| (side / (length + GUTTER)).max(1);
        let (across, down) = (fitting(grid.columns), fitting(grid.rows));
        let same_places = self.tile == tile
            && self.alphabet == patterns.alphabet()
            && self.across == across
            && self.made_from.is_some_and(|(_, before)| before == dark);
        if !same_places {
            self.pages.clear();
        }
        (self.tile, self.across, self.per_page) = (tile, across, across * down);
        self.alphabet = patterns.alphabet();
        self.count = patterns.n_patterns();
        self.made_from = Some((version, dark));
        let palette = Palette::new(dark);
        let n_pages = self.count.div_ceil(self.per_page);
        self.pages.truncate(n_pages);
        for page in 0..n_pages {
            let size = self.page_size(page);
            if self.pages.get(page).is_some_and(|page| page.size() == size) {
                self.renew(page, patterns, palette);
                continue;
            }
            let lines = 0..size[1] / (tile[1] + GUTTER);
            let image = self.lines(page, lines, patterns, palette);
            match self.pages.get_mut(page) {
                Some(page) => page.set(image, CRISP),
                None => self
                    .pages
                    .push(ctx.load_texture("thumbnails", image, CRISP)),
            }
        }
        self.shown.clone_from(patterns.rows());
    }

    /// Width and height of a page in texels.
    fn page_size(&self, page: usize) -> [usize; 2] {
        let count = (self.count - page * self.per_page).min(self.per_page);
        let down = count.div_ceil(self.across).next_multiple_of(GROWTH);
        [
            self.across.min(count) * (self.tile[0] + GUTTER),
            down.min(self.per_page / self.across) * (self.tile[1] + GUTTER),
        ]
    }

    /// Uploads the lines of a page from the first pattern that has changed to the last.
    fn renew(&mut self, page: usize, patterns: &Patterns, palette: &Palette) {
        let first = page * self.per_page;
        let end = (first + self.per_page).min(self.count);
        let changed = |pattern: &usize| {
            let before = self.shown.outer_iter().nth(*pattern);
            before.is_none_or(|before| before.as_slice() != Some(patterns.pattern(*pattern)))
        };
        let (Some(from), Some(to)) = ((first..end).find(changed), (first..end).rev().find(changed))
        else {
            return;
        };
        let lines = (from - first) / self.across..(to - first) / self.across + 1;
        let top = lines.start * (self.tile[1] + GUTTER);
        let image = self.lines(page, lines, patterns, palette);
        self.pages[page].set_partial([0, top], image, CRISP);
    }

    /// The picture of some lines of a page.
    fn lines(
        &self,
        page: usize,
        lines: Range<usize>,
        patterns: &Patterns,
        palette: &Palette,
    ) -> ColorImage {
        let [width, _] = self.page_size(page);
        let [tile_width, tile_height] = self.tile;
        let top = lines.start * (tile_height + GUTTER);
        let size = [width, lines.len() * (tile_height + GUTTER)];
        let mut image = ColorImage::filled(size, palette.paper);
        let letters = patterns.alphabet().letters();
        let first = page * self.per_page;
        let end = (first + lines.end * self.across).min(self.count);
        for pattern in first + lines.start * self.across..end {
            let [left, its_top] = self.corner(pattern);
            let units = patterns.pattern(pattern).chunks(tile_width);
            for (row, units) in units.enumerate() {
                let start = (its_top - top + row) * width + left;
                for (texel, unit) in image.pixels[start..].iter_mut().zip(units) {
                    *texel = match letters {
                        None => palette.unit(*unit > 0),
                        Some(letters) => {
                            palette.residue(Residue::of(letters, letters.symbol(*unit)))
                        }
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

/// A stored pattern that is dragged from the sheet onto something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraggedPattern(pub usize);

impl DraggedPattern {
    /// The one that is dragged now, painted beside the pointer.
    pub fn paint(ui: &Ui, atlas: &Atlas) {
        const SIDE: f32 = 34.0;
        let dragged = egui::DragAndDrop::payload::<Self>(ui.ctx());
        let at = ui.ctx().pointer_interact_pos();
        if let (Some(Self(pattern)), Some(at)) = (dragged.as_deref(), at) {
            let layer =
                egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("dragged pattern"));
            let painter = ui.ctx().layer_painter(layer);
            let rect = Rect::from_min_size(at + vec2(8.0, 8.0), Vec2::splat(SIDE));
            painter.rect_filled(rect, 3.0, Palette::of(ui.visuals()).paper);
            atlas.paint(&painter, *pattern, rect.shrink(2.0));
        }
    }
}

/// Width in points at the right of a sheet that is left to its scroll bar.
pub const SCROLL_BAR: f32 = 10.0;

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
    /// Which were stored by hand: a dot in a corner.
    pub added: &'a dyn Fn(usize) -> bool,
    /// What a pattern's menu, opened with the secondary button, offers to do: leave it out. `None` where it has none.
    pub leave_out: Option<&'a str>,
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
    /// The pattern to be left out.
    pub left_out: Option<usize>,
}

impl Thumbnails<'_> {
    /// Draws the sheet over the available width.
    pub fn show(&self, ui: &mut Ui) -> ThumbnailsResponse {
        let mut found = ThumbnailsResponse::default();
        let gap = GAP / 4.0;
        // The bar of a long sheet lies on no picture.
        let width = width_left(ui, SCROLL_BAR);
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
                    let stop = self.stop(ui, &rows, columns);
                    let last = rows.end;
                    let shown = rows.len() as f32 * (side + gap) - gap;
                    ui.allocate_space(vec2(width, shown.max(0.0)));
                    let place = |pattern: usize| {
                        let (row, column) = (pattern / columns, pattern % columns);
                        let place = vec2(column as f32, row as f32 - first as f32);
                        Rect::from_min_size(corner + place * (side + gap), Vec2::splat(side))
                    };
                    let in_sight = first * columns..(last * columns).min(self.atlas.count());
                    for pattern in in_sight.clone() {
                        self.cell_ui(ui, pattern, place(pattern), (stop, &mut found));
                    }
                    if !in_sight.contains(&stop) && self.atlas.count() > 0 {
                        // On its way into sight; what is not there at all would lose the keyboard.
                        ui.interact(place(stop), id(ui, stop), Sense::click());
                    }
                    if let Some(pattern) = self.moved(ui, stop, columns) {
                        ui.scroll_to_rect(place(pattern), None);
                    }
                });
        });
        found
    }

    /// One thumbnail. The keyboard comes to `stop` only; arrows go on from there.
    fn cell_ui(
        &self,
        ui: &Ui,
        pattern: usize,
        rect: Rect,
        (stop, found): (usize, &mut ThumbnailsResponse),
    ) {
        let sense = if pattern == stop {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, id(ui, pattern), sense | Sense::DRAG);
        response.dnd_set_drag_payload(DraggedPattern(pattern));
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
        if let Some(leave_out) = self.leave_out {
            response.context_menu(|ui| {
                if ui.button(leave_out).clicked() {
                    found.left_out = Some(pattern);
                }
            });
        }
        if response.clicked() {
            ui.data_mut(|data| data.insert_temp(ui.scope_id(), pattern));
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
        if (self.added)(pattern) {
            let place = rect.right_top() + vec2(-6.0, 6.0);
            painter.circle_filled(place, 4.5, palette.paper);
            painter.circle_filled(place, 3.0, palette.blue);
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
mod tests;
