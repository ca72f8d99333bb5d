//! States of ±1 units, and the patterns a memory stores: P rows of N units, and the grid they are drawn on.
//!
//! Absent: where patterns come from (`worlds`), and anything gray: whoever makes patterns has thresholded already.

mod sums;

use super::error::Error;
use ndarray::{Array2, ArrayView1, Axis};
use std::sync::Arc;
use sums::Sums;

/// What a pattern is, in a word: a digit, a letter, the name of a sequence.
pub type Label = Arc<str>;

/// The width of a grid is at most so many times its height, if the units allow it.
const LONGEST: usize = 3;

/// How N units are laid out as a picture, row by row; the last row may be short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Height in units.
    pub rows: usize,
    /// Width in units.
    pub columns: usize,
    /// Cells at the end of the last row that hold no unit.
    empty: usize,
}

impl Grid {
    /// A square of `side` × `side` units.
    pub const fn square(side: usize) -> Self {
        Self::new(side, side)
    }

    /// A rectangle of `rows` × `columns` units.
    pub const fn new(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            empty: 0,
        }
    }

    /// The most nearly square grid that holds `n_units`: exactly, if it then is at most three times as wide as high;
    /// otherwise with a short last row.
    pub fn near_square(n_units: usize) -> Self {
        let mut rows = (1..=n_units.isqrt()).rev();
        let exact = rows.find(|rows| n_units.is_multiple_of(*rows)).unwrap_or(1);
        if n_units <= LONGEST * exact * exact {
            return Self::new(exact, n_units / exact);
        }
        Self::wrapped(n_units, n_units.isqrt() + 1)
    }

    /// Rows of `columns` units, at least 1; the last one may be short.
    pub const fn wrapped(n_units: usize, columns: usize) -> Self {
        let rows = n_units.div_ceil(columns);
        Self {
            rows,
            columns,
            empty: rows * columns - n_units,
        }
    }

    /// Number of units N.
    pub const fn n_units(self) -> usize {
        self.rows * self.columns - self.empty
    }

    /// Number of cells: units, and what is empty at the end of the last row.
    pub const fn n_cells(self) -> usize {
        self.rows * self.columns
    }

    /// The unit at `row`, `column`; `None` outside the grid.
    pub fn unit(self, row: i64, column: i64) -> Option<usize> {
        let inside =
            (0..self.rows as i64).contains(&row) && (0..self.columns as i64).contains(&column);
        let unit = || row as usize * self.columns + column as usize;
        inside.then(unit).filter(|unit| *unit < self.n_units())
    }

    /// Row and column of `unit`.
    pub const fn place(self, unit: usize) -> (usize, usize) {
        (unit / self.columns, unit % self.columns)
    }
}

/// N units, each exactly +1 or −1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State(Vec<i8>);

impl State {
    /// Every unit at −1: an empty sheet.
    pub fn blank(n_units: usize) -> Self {
        Self(vec![-1; n_units])
    }

    /// +1 where `up` says so, −1 elsewhere.
    pub fn from_fn(n_units: usize, up: impl FnMut(usize) -> bool) -> Self {
        Self(
            (0..n_units)
                .map(up)
                .map(|up| if up { 1 } else { -1 })
                .collect(),
        )
    }

    /// The signs of a row of ±1 numbers (positive is +1, all else −1).
    pub fn from_signs(signs: &[i8]) -> Self {
        Self::from_fn(signs.len(), |unit| signs[unit] > 0)
    }

    /// The units, each ±1.
    pub fn units(&self) -> &[i8] {
        &self.0
    }

    /// Number of units N.
    pub fn n_units(&self) -> usize {
        self.0.len()
    }

    /// Turns `unit` over.
    pub fn flip(&mut self, unit: usize) {
        self.0[unit] = -self.0[unit];
    }

    /// Sets `unit` to +1 or −1.
    pub fn set(&mut self, unit: usize, up: bool) {
        self.0[unit] = if up { 1 } else { -1 };
    }

    /// The overlap (1/N) Σ a_i b_i with `other`, from −1 to 1.
    pub fn overlap(&self, other: &Self) -> f64 {
        overlap(&self.0, &other.0)
    }
}

/// The overlap (1/N) Σ a_i b_i of two rows of ±1 units, from −1 to 1.
pub fn overlap(a: &[i8], b: &[i8]) -> f64 {
    f64::from(dot(a, b)) / a.len() as f64
}

/// Σ a_i b_i, exactly.
fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter()
        .zip(b)
        .map(|(a, b)| i32::from(*a) * i32::from(*b))
        .sum()
}

/// P patterns of N units, drawn on a grid, with a label each where the data has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    rows: Array2<i8>,
    by_unit: Array2<i8>,
    grid: Grid,
    labels: Option<Vec<Label>>,
    sums: Sums,
}

impl Patterns {
    /// Patterns from an array P × N of ±1, in row-major order.
    ///
    /// Refused: no pattern, a grid that does not hold N units, labels that are not P, an entry that is not ±1.
    pub fn new(rows: Array2<i8>, grid: Grid, labels: Option<Vec<Label>>) -> Result<Self, Error> {
        let (n_patterns, n_units) = rows.dim();
        if n_patterns == 0 || n_units == 0 {
            return Err(Error::Shape {
                what: "the patterns",
                expected: "at least one row and one column".to_owned(),
                found: format!("shape {n_patterns} × {n_units}"),
            });
        }
        if grid.n_units() != n_units {
            return Err(Error::Shape {
                what: "the grid",
                expected: format!("{n_units} units"),
                found: format!("{} × {}", grid.rows, grid.columns),
            });
        }
        if let Some(labels) = &labels
            && labels.len() != n_patterns
        {
            return Err(Error::Shape {
                what: "the labels",
                expected: format!("{n_patterns} entries, one a pattern"),
                found: labels.len().to_string(),
            });
        }
        let rows = in_rows(rows);
        // A sign times itself is 1; found first as a whole, since that takes no branches.
        if rows.iter().any(|value| value.wrapping_mul(*value) != 1)
            && let Some(((row, column), value)) = rows
                .indexed_iter()
                .find(|(_, value)| value.unsigned_abs() != 1)
        {
            let value = value.to_string();
            return Err(Error::Entry {
                what: "the patterns",
                expected: "+1 or −1",
                row,
                column,
                value,
            });
        }
        let by_unit = transposed(&rows);
        Ok(Self {
            rows,
            by_unit,
            grid,
            labels,
            sums: Sums::default(),
        })
    }

    /// The patterns that are these states, at least one, all of one size.
    pub fn of_states(states: &[State], grid: Grid) -> Result<Self, Error> {
        let units = states.iter().flat_map(State::units).copied();
        let rows = Array2::from_shape_vec((states.len(), grid.n_units()), units.collect());
        let rows = rows.map_err(|_shape| Error::Shape {
            what: "every state",
            expected: format!("{} units", grid.n_units()),
            found: "another number".to_owned(),
        })?;
        Self::new(rows, grid, None)
    }

    /// The same patterns with labels, one a pattern.
    pub fn labelled(self, labels: Vec<Label>) -> Result<Self, Error> {
        Self::new(self.rows, self.grid, Some(labels))
    }

    /// Number of patterns P, at least 1.
    pub fn n_patterns(&self) -> usize {
        self.rows.nrows()
    }

    /// Number of units N, at least 1.
    pub fn n_units(&self) -> usize {
        self.rows.ncols()
    }

    /// Load α = P/N.
    pub fn load(&self) -> f64 {
        self.n_patterns() as f64 / self.n_units() as f64
    }

    /// The grid the units are drawn on.
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// All patterns, P × N, row-major.
    pub fn rows(&self) -> &Array2<i8> {
        &self.rows
    }

    /// The N units of `pattern`.
    pub fn pattern(&self, pattern: usize) -> &[i8] {
        self.rows
            .index_axis(Axis(0), pattern)
            .to_slice()
            .expect("rows are kept in standard layout")
    }

    /// The P values of `unit` in all patterns: a column, kept contiguous so that a flip updates all overlaps in one pass.
    pub fn unit(&self, unit: usize) -> &[i8] {
        self.by_unit
            .index_axis(Axis(0), unit)
            .to_slice()
            .expect("columns are kept in standard layout")
    }

    /// The values of all units, N × P, row-major: the transpose of [`Self::rows`].
    pub fn by_unit(&self) -> &Array2<i8> {
        &self.by_unit
    }

    /// The pattern as a state.
    pub fn state(&self, pattern: usize) -> State {
        State::from_signs(self.pattern(pattern))
    }

    /// The label of `pattern`, where the data has labels.
    pub fn label(&self, pattern: usize) -> Option<&Label> {
        self.labels.as_ref().map(|labels| &labels[pattern])
    }

    /// Σ_i ξ_i^μ s_i for every pattern μ: N times the overlaps, exactly.
    pub fn dots(&self, state: &State) -> Vec<i32> {
        self.rows
            .outer_iter()
            .map(|row: ArrayView1<'_, i8>| {
                dot(
                    row.to_slice().expect("rows are kept in standard layout"),
                    state.units(),
                )
            })
            .collect()
    }

    /// The overlaps m_μ = (1/N) Σ_i ξ_i^μ s_i with every pattern, from −1 to 1.
    pub fn overlaps(&self, state: &State) -> Vec<f64> {
        let n_units = self.n_units() as f64;
        self.dots(state)
            .into_iter()
            .map(|dot| f64::from(dot) / n_units)
            .collect()
    }
}

/// `array` in row-major order, moved where it is so already.
pub(super) fn in_rows<T: Clone>(array: Array2<T>) -> Array2<T> {
    if array.is_standard_layout() {
        array
    } else {
        array.as_standard_layout().into_owned()
    }
}

/// The transpose in row-major order, block by block so that both sides stay in the cache.
fn transposed(rows: &Array2<i8>) -> Array2<i8> {
    const BLOCK: usize = 64;
    let (n_rows, n_columns) = rows.dim();
    let source = rows
        .as_slice()
        .expect("patterns come here in standard layout");
    let mut target = vec![0; source.len()];
    for top in (0..n_rows).step_by(BLOCK) {
        for left in (0..n_columns).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(n_rows) {
                for column in left..(left + BLOCK).min(n_columns) {
                    target[column * n_rows + row] = source[row * n_columns + column];
                }
            }
        }
    }
    Array2::from_shape_vec((n_columns, n_rows), target).expect("a transpose has as many entries")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn overlaps_by_hand() {
        let patterns = Patterns::new(
            array![[1, 1, -1, -1], [1, -1, 1, -1]],
            Grid::square(2),
            None,
        )
        .unwrap();
        let state = State::from_signs(&[1, 1, -1, 1]);
        assert_eq!(patterns.overlaps(&state), [0.5, -0.5]);
        assert_eq!(patterns.unit(1), [1, -1]);
        assert_eq!(patterns.load(), 0.5);
    }

    #[test]
    fn what_is_not_a_pattern_is_refused() {
        let zero = Patterns::new(array![[1, 0]], Grid::near_square(2), None).unwrap_err();
        assert_eq!(
            zero.to_string(),
            "the patterns must be +1 or −1; row 0, column 1 holds 0"
        );
        assert!(Patterns::new(Array2::zeros((0, 4)), Grid::square(2), None).is_err());
        assert!(Patterns::new(array![[1, 1]], Grid::square(2), None).is_err());
        assert!(
            Patterns::new(
                array![[1, 1]],
                Grid::near_square(2),
                Some(vec!["1".into(), "2".into()])
            )
            .is_err()
        );
    }

    #[test]
    fn grids_are_as_square_as_the_number_allows() {
        assert_eq!(Grid::near_square(784), Grid::square(28));
        assert_eq!(Grid::near_square(12), Grid::new(3, 4));
        let ragged = Grid::near_square(13);
        assert_eq!((ragged.rows, ragged.columns), (4, 4));
        assert_eq!((ragged.n_units(), ragged.n_cells()), (13, 16));
        assert_eq!((ragged.unit(3, 0), ragged.unit(3, 1)), (Some(12), None));
        for n_units in 1..5000 {
            let grid = Grid::near_square(n_units);
            assert_eq!(grid.n_units(), n_units);
            assert!(grid.columns <= 3 * grid.rows || n_units < 4, "{grid:?}");
            assert!(grid.empty < grid.columns, "{grid:?}");
        }
        assert_eq!(Grid::square(28).unit(14, 12), Some(404));
        assert_eq!(Grid::square(28).unit(-1, 0), None);
        assert_eq!(Grid::square(28).place(404), (14, 12));
    }
}
