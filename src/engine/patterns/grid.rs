//! How units are laid out as a picture. Absent: what they are worth.

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

#[cfg(test)]
mod tests {
    use super::*;

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
