//! States as text pictures, two rows of units to a line, and numbers in columns.

use crate::engine::patterns::Letters;
use crate::engine::{Grid, State};
use std::fmt::Write as _;

/// Spaces between two pictures.
const GAP: &str = "   ";

/// Pictures side by side, each under its title; +1 is ink.
pub(super) fn side_by_side(grid: Grid, pictures: &[(&str, &State)]) -> String {
    let letters = pictures
        .iter()
        .find_map(|(_, state)| state.alphabet().letters());
    let width = pictures
        .iter()
        .map(|(title, _)| title.chars().count())
        .max();
    let width = grid
        .columns
        .max(width.filter(|_| letters.is_some()).unwrap_or(0));
    let titles = pictures.iter().map(|(title, _)| format!("{title:<width$}"));
    let mut lines = vec![titles.collect::<Vec<_>>().join(GAP)];
    let step = if letters.is_some() { 1 } else { 2 };
    for row in (0..grid.rows).step_by(step) {
        let pieces = pictures.iter().map(|(_, state)| match letters {
            Some(letters) => format!("{:<width$}", written(grid, state, row, letters)),
            None => half_blocks(grid, state, row),
        });
        lines.push(pieces.collect::<Vec<String>>().join(GAP));
    }
    lines
        .iter()
        .fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// The letters of a row.
fn written(grid: Grid, state: &State, row: usize, letters: Letters) -> String {
    let units = state.units().iter().skip(row * grid.columns);
    units
        .take(grid.columns)
        .map(|unit| letters.symbol(*unit))
        .collect()
}

/// Rows `row` and `row` + 1 as one line; below the last row there is nothing.
fn half_blocks(grid: Grid, state: &State, row: usize) -> String {
    let ink = |row: usize, column: usize| {
        let unit = grid.unit(row as i64, column as i64);
        unit.is_some_and(|unit| state.units()[unit] > 0)
    };
    let blocks = (0..grid.columns).map(|column| match (ink(row, column), ink(row + 1, column)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    });
    blocks.collect()
}

/// "Name      value" lines, the values in one column.
pub(super) fn table(rows: &[(&str, String)]) -> String {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0)
        + 2;
    rows.iter().fold(String::new(), |mut text, (name, value)| {
        writeln!(text, "{name:<width$}{value}").expect("a string takes everything");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_to_a_line_and_nothing_below_the_last() {
        let state = State::from_signs(&[1, 1, -1, -1, 1, -1, 1, -1, -1]);
        let shown = side_by_side(Grid::square(3), &[("a", &state), ("b", &state)]);
        assert_eq!(shown, "a     b\n▀█    ▀█\n▀     ▀\n");
    }
}
