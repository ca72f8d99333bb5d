//! What the columns of the panel share: their room, their titles, what they look at, and the picture of the fields.

use super::matrix_cache::Matrix;
use crate::app::panels::{PanelContext, save};
use crate::app::snapshot::Snapshot;
use crate::app::theme::{GAP, TITLE};
use crate::app::widgets::controls::title_label;
use crate::app::widgets::picture::{RowPicture, row_picture};
use crate::engine::learning::Shows;
use crate::engine::patterns::Grid;
use crate::figures::numbers::number;
use egui::{Rect, Ui, UiBuilder, Vec2, pos2, vec2};

/// Room between columns.
pub(super) const BETWEEN: f32 = 2.0 * GAP;
/// Least width of the histogram.
pub(super) const LEAST_HISTOGRAM: f32 = 180.0;
/// Least width of the numbers.
const LEAST_TEXT: f32 = 200.0;
/// Least side of a picture that makes room for the histogram.
const LEAST_SIDE: f32 = 130.0;
/// Opacity of what is out of date.
pub(super) const DIMMED: f32 = 0.5;
/// Room for a column's title.
pub(super) const HEADER: f32 = TITLE + 12.0;

/// What every column looks at.
pub(super) struct Scene<'a> {
    pub(super) kept: &'a Matrix,
    pub(super) snapshot: &'a Snapshot,
    pub(super) grid: Grid,
    /// The unit whose row is shown.
    pub(super) unit: usize,
    /// The unit marked in every picture.
    pub(super) marked: usize,
}

/// Height of the panel from which its columns stand in two rows: it fills the window.
const TALL: f32 = 420.0;

/// Width of the panel below which its columns stand one below the other: it fills a telephone.
const NARROW: f32 = 460.0;

/// Whether the columns stand in more than one row.
pub(super) fn is_tall(room: Vec2) -> bool {
    room.y > TALL
}

/// Room for each column: beside each other or, in a tall panel, the first on the left and the others in two rows beside
/// it, or below it if the panel is narrow too.
pub(super) fn columns(ui: &mut Ui, widths: Vec<f32>) -> Vec<Ui> {
    let room = ui.available_rect_before_wrap();
    let places = if is_tall(room.size()) && room.width() < NARROW {
        in_stack(room, widths.len())
    } else if is_tall(room.size()) {
        in_rows(room, widths.len())
    } else {
        in_line(room, widths)
    };
    let column = |(column, rect): (usize, Rect)| {
        let mut inside = ui.new_child(UiBuilder::new().id_salt(column).max_rect(rect));
        inside.spacing_mut().item_spacing.y = GAP / 2.0;
        inside
    };
    places.into_iter().enumerate().map(column).collect()
}

fn in_line(mut room: Rect, widths: Vec<f32>) -> Vec<Rect> {
    let next = |width: f32| {
        let rect = room.with_max_x(room.left() + width);
        room.min.x += width + BETWEEN;
        rect
    };
    widths.into_iter().map(next).collect()
}

/// The first of `count` on the left, as nearly square as the room lets it; the others two a row, the last over what is
/// left of its row.
fn in_rows(room: Rect, count: usize) -> Vec<Rect> {
    let side = room.height().min(0.55 * room.width());
    let (first, rest) = room.split_left_right_at_x(room.left() + side);
    let rest = rest.with_min_x(rest.left() + BETWEEN);
    let rows = (count - 1).div_ceil(2).max(1);
    let size = vec2(
        0.5 * (rest.width() - BETWEEN),
        (rest.height() - BETWEEN * (rows - 1) as f32) / rows as f32,
    );
    let place = |index: usize| {
        let (row, column) = (index / 2, index % 2);
        let corner = vec2(
            column as f32 * (size.x + BETWEEN),
            row as f32 * (size.y + BETWEEN),
        );
        let rect = Rect::from_min_size(rest.min + corner, size);
        let is_alone = column == 0 && index + 1 == count - 1;
        if is_alone {
            rect.with_max_x(rest.right())
        } else {
            rect
        }
    };
    std::iter::once(first)
        .chain((0..count - 1).map(place))
        .collect()
}

/// One of `count` below the other: the first as a square, then text, two pictures side by side, and what is left over.
fn in_stack(room: Rect, count: usize) -> Vec<Rect> {
    let half = 0.5 * (room.width() - BETWEEN);
    let wanted = [
        room.width() + HEADER,
        LEAST_HISTOGRAM,
        half + HEADER,
        LEAST_HISTOGRAM,
    ];
    let rows = if count > 4 { 4 } else { 3 };
    let between = BETWEEN * (rows - 1) as f32;
    let share = (room.height() - between) / wanted[..rows].iter().sum::<f32>();
    let mut places = Vec::with_capacity(count);
    let mut top = room.top();
    for (row, wanted) in wanted[..rows].iter().enumerate() {
        let whole = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), share * wanted));
        if row == 2 {
            places.push(whole.with_max_x(whole.left() + half));
            places.push(whole.with_min_x(whole.right() - half));
        } else {
            places.push(whole);
        }
        top = whole.bottom() + BETWEEN;
    }
    places.truncate(count);
    places
}

/// Side of the matrix and of the pictures beside it: as tall as the room, unless text and histogram would be left with
/// too little.
pub(super) fn side(room: Vec2) -> f32 {
    let others = LEAST_TEXT + LEAST_HISTOGRAM + 4.0 * BETWEEN;
    let narrow = ((room.x - others) / 3.0).floor();
    let tall = room.y - HEADER;
    // A small window goes without the histogram rather than with smaller pictures.
    if narrow >= LEAST_SIDE {
        tall.min(narrow)
    } else {
        tall
    }
}

/// Widths of the columns: three pictures, `picture` the width of a small one, text, and what is left for the histogram,
/// which goes without if that is too little.
pub(super) fn widths(room: Vec2, picture: f32) -> Vec<f32> {
    if is_tall(room) {
        return vec![0.0; 5];
    }
    let matrix = side(room);
    let rest = room.x - matrix - 2.0 * picture - 3.0 * BETWEEN;
    let text = (0.4 * rest).clamp(LEAST_TEXT, 280.0).min(rest.max(0.0));
    let histogram = rest - text - BETWEEN;
    let mut widths = vec![matrix, text, picture, picture];
    if histogram >= LEAST_HISTOGRAM {
        widths.push(histogram);
    }
    widths.into_iter().map(f32::floor).collect()
}

/// The local field of every unit.
pub(super) fn fields_picture(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    snapshot: &Snapshot,
    grid: Grid,
    marked: usize,
) {
    let picture = RowPicture {
        name: "Local field of every unit",
        grid,
        values: &snapshot.fields,
        version: snapshot.version,
        scale: None,
        highlight: Some(marked),
        size: ui.available_size(),
    };
    if snapshot.fields_are_old {
        ui.multiply_opacity(DIMMED);
    }
    let (response, hovered) = row_picture(ui, &picture);
    save::menu_of_squares(&response, context.exports, "Local fields", || {
        picture.squares()
    });
    context.mark(ui, Shows::Fields, response.rect);
    if let Some(pixel) = hovered {
        context.view.hovered_unit = Some(pixel);
        let (row, column) = grid.place(pixel);
        let field = number(snapshot.fields[pixel]);
        let about = format!("h({pixel}) = {field}\npixel ({row}, {column})");
        response.on_hover_text_at_pointer(about);
    }
}

/// A column's title, on a line of its own height.
pub(super) fn header(ui: &mut Ui, title: &str, detail: &str) {
    let top = ui.cursor().top();
    title_label(ui, title, detail);
    let used = ui.cursor().top() - top;
    ui.add_space((HEADER - used).max(0.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tall_panel_has_rows_that_lie_on_nothing() {
        let wide = Rect::from_min_size(pos2(10.0, 20.0), vec2(1200.0, 700.0));
        let narrow = wide.with_max_x(378.0);
        for (count, room) in [(4, wide), (5, wide), (4, narrow), (5, narrow)] {
            let places = if room == wide {
                in_rows(room, count)
            } else {
                in_stack(room, count)
            };
            assert_eq!(places.len(), count);
            for (index, place) in places.iter().enumerate() {
                assert!(room.expand(0.1).contains_rect(*place), "{place:?}");
                let apart = |other: &Rect| !place.shrink(1.0).intersects(*other);
                assert!(places[..index].iter().all(apart), "{places:?}");
            }
        }
    }

    #[test]
    fn all_columns_fit_into_small_and_large_windows() {
        for (room, columns) in [
            (vec2(974.0, 208.0), 5),
            (vec2(974.0, 260.0), 5),
            (vec2(1540.0, 284.0), 5),
            (vec2(704.0, 188.0), 4),
        ] {
            let widths = widths(room, side(room).floor());
            assert_eq!(widths.len(), columns);
            let all = widths.iter().sum::<f32>() + BETWEEN * (columns - 1) as f32;
            assert!(all <= room.x, "{room:?}: {widths:?}");
        }
    }
}
