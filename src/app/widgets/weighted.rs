//! Patterns as thumbnails with a bar and a share each, in the order given, as many as fit.
//!
//! Absent: what the shares are of, and who orders them.

use super::thumbnails::Atlas;
use crate::app::theme::{Palette, SMALL};
use crate::engine::numbers;
use egui::{
    Align2, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// Distance between cells in points.
const GAP: f32 = 6.0;
/// Room below a thumbnail for its bar and its share.
const FOOT: f32 = 22.0;
/// Room around a thumbnail, inside its frame.
const RIM: f32 = 2.0;
/// Least width of a thumbnail in points, for the share below it.
const LEAST_WIDTH: f32 = 28.0;
/// Largest side of a thumbnail in points.
const LARGEST: f32 = 140.0;

/// Thumbnails with shares. Fill in the fields, then [`Weighted::show`].
pub struct Weighted<'a> {
    /// The pictures.
    pub atlas: &'a Atlas,
    /// Width and height of a pattern in units.
    pub tile: [usize; 2],
    /// The patterns, first to last.
    pub order: &'a [usize],
    /// The share of every pattern; below 0 it pushes away.
    pub shares: &'a [f32],
    /// The room they may fill, in points.
    pub size: Vec2,
    /// The pattern in focus elsewhere in the window: framed.
    pub highlight: Option<usize>,
    /// Says what a pattern is; also its name for screen readers.
    pub about: &'a dyn Fn(usize) -> String,
}

/// What became of a [`Weighted`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeightedResponse {
    /// The pattern under the pointer.
    pub hovered: Option<usize>,
    /// How many are shown.
    pub shown: usize,
}

impl Weighted<'_> {
    /// Draws them.
    pub fn show(&self, ui: &mut Ui) -> WeightedResponse {
        let cell = cell(self.tile, self.size, self.order.len());
        let [across, down] = fitting(self.size, cell).map(|count| count.max(1));
        let mut found = WeightedResponse {
            hovered: None,
            shown: self.order.len().min(across * down),
        };
        let rows = found.shown.div_ceil(across) as f32;
        let height = (rows * (cell.y + GAP) - GAP).max(0.0);
        let (_, room) = ui.allocate_space(vec2(self.size.x, height));
        let largest = self
            .shares
            .iter()
            .fold(0.0, |most: f32, share| most.max(share.abs()));
        for (place, pattern) in self.order[..found.shown].iter().enumerate() {
            let corner =
                vec2((place % across) as f32, (place / across) as f32) * (cell + Vec2::splat(GAP));
            let rect = Rect::from_min_size(room.min + corner, cell);
            // By place, not by pattern: patterns change places while time goes on.
            let id = ui.scope_id().with(("weighted", place));
            let response = ui.interact(rect, id, Sense::hover());
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Image, ui.is_enabled(), (self.about)(*pattern))
            });
            let hovered = response.hovered();
            let in_focus = hovered || self.highlight == Some(*pattern);
            let share = self.shares.get(*pattern).copied().unwrap_or(0.0);
            self.paint_picture(ui, *pattern, rect, in_focus);
            paint_share(ui, rect, share, largest);
            if hovered {
                found.hovered = Some(*pattern);
                response.on_hover_text((self.about)(*pattern));
            }
        }
        found
    }

    fn paint_picture(&self, ui: &Ui, pattern: usize, rect: Rect, in_focus: bool) {
        let painter = ui.painter();
        let palette = Palette::of(ui.visuals());
        let picture = rect.with_max_y(rect.bottom() - FOOT);
        painter.rect_filled(picture, 3.0, palette.paper);
        self.atlas.paint(painter, pattern, picture.shrink(RIM));
        if in_focus {
            let frame = Stroke::new(1.5, palette.orange);
            painter.rect_stroke(picture, 3.0, frame, StrokeKind::Inside);
        }
    }
}

/// A bar, full where the share is the largest, and the share as a number.
fn paint_share(ui: &Ui, rect: Rect, share: f32, largest: f32) {
    let painter = ui.painter();
    let palette = Palette::of(ui.visuals());
    let corner = pos2(rect.left(), rect.bottom() - FOOT + 3.0);
    let rail = Rect::from_min_size(corner, vec2(rect.width(), 4.0));
    painter.rect_filled(rail, 1.0, palette.sunken);
    let color = if share < 0.0 {
        palette.blue
    } else {
        palette.orange
    };
    let length = share.abs() / largest.max(f32::MIN_POSITIVE) * rail.width();
    painter.rect_filled(rail.with_max_x(rail.left() + length), 1.0, color);
    let font = FontId::proportional(SMALL);
    let place = pos2(rect.center().x, rail.bottom() + 1.0);
    let text = percent(share);
    painter.text(place, Align2::CENTER_TOP, text, font, palette.text);
}

/// The size of a cell: the largest whole multiple of the pattern with which all of `count` fit or two rows of eight do;
/// where neither can be, the least that has room for a share below it.
fn cell([width, height]: [usize; 2], room: Vec2, count: usize) -> Vec2 {
    let tile = vec2(width.max(1) as f32, height.max(1) as f32);
    let of = |times: f32| tile * times + vec2(2.0 * RIM, 2.0 * RIM + FOOT);
    let least = (LEAST_WIDTH / tile.x).ceil().max(1.0);
    let largest = (LARGEST / tile.max_elem()).floor() as usize;
    let good = |times: &f32| {
        let [across, down] = fitting(room, of(*times));
        across * down >= count || (down >= 2 && across >= 8)
    };
    let candidates = (1..=largest).rev().map(|times| times as f32);
    let times = candidates.filter(|times| *times > least).find(good);
    of(times.unwrap_or(least))
}

/// How many cells stand side by side, and how many below each other.
fn fitting(room: Vec2, cell: Vec2) -> [usize; 2] {
    let count = |room: f32, length: f32| ((room + GAP) / (length + GAP)) as usize;
    [count(room.x, cell.x), count(room.y, cell.y)]
}

/// A share below a thumbnail, "97 %", "3.1 %"; "0" where only a power of ten, for which there is no room, would be more.
pub fn percent(share: f32) -> String {
    if share.abs() < 5e-5 {
        return "0".to_owned();
    }
    numbers::percent(f64::from(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_whole_multiples_and_two_rows_fit() {
        assert_eq!(cell([28, 28], vec2(400.0, 137.0), 30), vec2(32.0, 54.0));
        assert_eq!(cell([28, 28], vec2(400.0, 137.0), 4), vec2(88.0, 110.0));
        assert_eq!(cell([28, 28], vec2(600.0, 240.0), 30), vec2(60.0, 82.0));
        assert_eq!(cell([14, 14], vec2(400.0, 137.0), 30), vec2(32.0, 54.0));
        assert_eq!(cell([64, 48], vec2(400.0, 137.0), 30), vec2(68.0, 74.0));
    }

    #[test]
    fn shares_read_well() {
        assert_eq!(percent(0.974), "97 %");
        assert_eq!(percent(-0.031), "−3.1 %");
        assert_eq!(percent(0.099_6), "10 %");
        assert_eq!(percent(0.008_4), "0.8 %");
        assert_eq!(percent(0.000_8), "0.08 %");
        assert_eq!(percent(0.000_01), "0");
    }
}
