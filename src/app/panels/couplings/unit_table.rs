//! What is to be said of one unit, and of the couplings as a whole, in a few lines.

use super::matrix_cache::Matrix;
use crate::app::snapshot::Snapshot;
use crate::app::theme::{BODY, Palette};
use crate::engine::numbers::decimals;
use crate::engine::patterns::Grid;
use crate::figures::numbers::number;
use egui::{RichText, Ui};

/// What one line says: label, value, what it means.
pub(super) type TableRow = (&'static str, String, &'static str);

/// Draws the lines of `unit`, and `more`.
pub(super) fn ui(ui: &mut Ui, snapshot: &Snapshot, grid: Grid, unit: usize, more: &[TableRow]) {
    let palette = Palette::of(ui.visuals());
    let rows = rows(snapshot, grid, unit);
    egui::Grid::new("facts")
        .num_columns(2)
        .min_row_height(15.0)
        .spacing([12.0, 1.0])
        .show(ui, |ui| {
            for (label, value, meaning) in rows.iter().chain(more) {
                ui.label(RichText::new(*label).size(BODY - 1.0).color(palette.weak))
                    .on_hover_text(*meaning);
                ui.label(RichText::new(value).size(BODY - 1.0).color(palette.strong))
                    .on_hover_text(*meaning);
                ui.end_row();
            }
        });
}

/// The lines of a unit.
fn rows(snapshot: &Snapshot, grid: Grid, unit: usize) -> Vec<TableRow> {
    let (row, column) = grid.place(unit);
    let value = snapshot.state.units()[unit];
    let up = value > 0;
    let field = snapshot.fields[unit];
    if let Some(letters) = snapshot.state.alphabet().letters() {
        return vec![
            (
                "Site",
                format!("{unit}, row {row}, column {column}"),
                "Which site of the sequence it is, counted from 0, and where it stands in the picture",
            ),
            (
                "State",
                letters.symbol(value).to_string(),
                "The letter at the moment shown",
            ),
            (
                "Margin",
                format!("{}, {}", number(field), tendency(field)),
                "The field of the letter over the best other one: positive if it is stable",
            ),
        ];
    }
    let margin = if up { field } else { -field };
    vec![
        (
            "Pixel",
            format!("row {row}, column {column}"),
            "Where the unit stands in the picture; rows and columns count from 0",
        ),
        (
            "State",
            if up { "+1, on" } else { "−1, off" }.to_owned(),
            "What the unit is at the moment shown",
        ),
        (
            "Local field",
            number(field),
            "The sum of J_ij s_j over all units j: the side on which the others want this unit",
        ),
        (
            "Margin",
            format!("{}, {}", number(margin), tendency(margin)),
            "State times field: positive if the field holds the unit where it is; larger resists more noise",
        ),
    ]
}

/// The line of the couplings as a whole.
pub(super) fn asymmetry(kept: &Matrix) -> TableRow {
    (
        "Asymmetry",
        format!(
            "{}, {}",
            decimals(kept.asymmetry, 2),
            energy(kept.symmetric)
        ),
        "The size of J minus its transpose over that of J plus it: 0 if i pulls j as j pulls i, and only then there is \
        an energy; about 1 if the two have nothing to do with each other",
    )
}

/// What a unit with this margin does when asked.
fn tendency(margin: f32) -> &'static str {
    if margin < 0.0 { "will flip" } else { "stable" }
}

fn energy(symmetric: bool) -> &'static str {
    if symmetric {
        "energy exists"
    } else {
        "no energy"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_with_a_field_of_zero_is_stable() {
        assert_eq!(tendency(-0.1), "will flip");
        assert_eq!(tendency(0.0), "stable");
        assert_eq!(tendency(0.1), "stable");
    }
}
