//! What the columns of the panel share: their room, their titles, what they look at, and the picture of the fields.

use super::matrix_cache::Matrix;
use crate::app::panels::PanelContext;
use crate::app::snapshot::Snapshot;
use crate::app::theme::{GAP, TITLE};
use crate::app::widgets::controls::title_label;
use crate::app::widgets::picture::{RowPicture, row_picture};
use crate::engine::patterns::Grid;
use crate::figures::numbers::number;
use egui::{Ui, UiBuilder, Vec2};

/// Room between columns.
pub(super) const BETWEEN: f32 = 2.0 * GAP;
/// Least width of the histogram.
pub(super) const LEAST_HISTOGRAM: f32 = 150.0;
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

/// Room for each column, beside each other.
pub(super) fn columns(ui: &mut Ui, widths: Vec<f32>) -> Vec<Ui> {
    let mut place = ui.available_rect_before_wrap();
    let column = |(column, width): (usize, f32)| {
        let rect = place.with_max_x(place.left() + width);
        place.min.x += width + BETWEEN;
        let mut inside = ui.new_child(UiBuilder::new().id_salt(column).max_rect(rect));
        inside.spacing_mut().item_spacing.y = GAP / 2.0;
        inside
    };
    widths.into_iter().enumerate().map(column).collect()
}

/// Widths of the columns: three pictures, text, and what is left for the histogram, which goes without if that is
/// too little.
pub(super) fn widths(room: Vec2, picture: f32) -> Vec<f32> {
    let matrix = room.y - HEADER;
    let rest = room.x - matrix - 2.0 * picture - 3.0 * BETWEEN;
    let text = (0.4 * rest).clamp(200.0, 280.0).min(rest.max(0.0));
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
    use egui::vec2;

    #[test]
    fn all_columns_fit_into_small_and_large_windows() {
        for (room, columns) in [
            (vec2(974.0, 208.0), 5),
            (vec2(1540.0, 284.0), 5),
            (vec2(704.0, 188.0), 4),
        ] {
            let widths = widths(room, (room.y - HEADER).floor());
            assert_eq!(widths.len(), columns);
            let all = widths.iter().sum::<f32>() + BETWEEN * (columns - 1) as f32;
            assert!(all <= room.x, "{room:?}: {widths:?}");
        }
    }
}
