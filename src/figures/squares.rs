//! A picture of numbers on a grid, a square each: a state, a row of couplings on the grid of its units, all couplings.

use super::{Axis, Figure, Scale};
use crate::engine::Grid;
use crate::engine::patterns::{Letters, Patterns, State};
use ndarray::Array2;
use std::sync::Arc;

/// Squares side by side, in place of axes and everything on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Squares {
    /// Squares below each other.
    pub rows: usize,
    /// Squares beside each other.
    pub columns: usize,
    /// Row by row from the top, rows × columns of them; NaN where there is none.
    pub values: Arc<[f32]>,
    /// What colours mean.
    pub tone: Tone,
    /// What is to be seen of each square beside its number: as many as there are values, or none.
    pub marks: Vec<CellMark>,
    /// Couplings of neighbouring squares, drawn across the edge that they share.
    pub bonds: Vec<Bond>,
    /// What rows and columns count: “row” and “column”, “i” and “j”.
    pub counted: [&'static str; 2],
}

/// What the colours of squares mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tone {
    /// Paper at −1 to ink at +1.
    Ink,
    /// Blue below zero, orange above, in full colour at this size of a number, which is above 0.
    Signed(f32),
    /// Numbers of letters, which are written on the squares.
    Written(Letters),
}

/// What is to be seen of a square beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellMark {
    /// It differs from the cue, or from what else it is compared with: orange.
    pub changed: bool,
    /// It differs from what it should be: a dot in the other colour.
    pub wrong: bool,
}

/// A coupling of two squares: the numbers of both, row by row from the top, and how much they want to be equal.
pub type Bond = (usize, usize, f32);

/// A bond as it is drawn: a bar across the edge that two neighbouring squares share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BondBar {
    /// Columns and rows from the upper left corner of the grid, the middle of the first square at ½ and ½.
    pub middle: [f32; 2],
    /// Columns and rows; the stronger the bond, the thicker.
    pub size: [f32; 2],
    /// Whether both squares want to be equal.
    pub equal: bool,
}

/// Length of the bar of a bond and the width of the strongest, as parts of a square.
const BAR: [f32; 2] = [0.5, 0.26];

/// The bars of bonds on a grid of so many columns, none narrower than `least` of a square. Bonds around the edge of the
/// grid are left out.
pub fn bond_bars(columns: usize, bonds: &[Bond], least: f32) -> impl Iterator<Item = BondBar> {
    let sizes = bonds.iter().map(|bond| bond.2.abs());
    let strongest = sizes.fold(f32::MIN_POSITIVE, f32::max);
    bonds.iter().filter_map(move |(i, j, bond)| {
        let [from, to] =
            [i, j].map(|unit| [unit % columns, unit / columns].map(|place| place as f32 + 0.5));
        let step = [to[0] - from[0], to[1] - from[1]];
        let width = (BAR[1] * bond.abs() / strongest).max(least);
        (step[0].abs().max(step[1].abs()) < 1.5).then(|| BondBar {
            middle: [from[0] + 0.5 * step[0], from[1] + 0.5 * step[1]],
            size: if step[0].abs() > step[1].abs() {
                [BAR[0], width]
            } else {
                [width, BAR[0]]
            },
            equal: *bond > 0.0,
        })
    })
}

impl Squares {
    /// Signed numbers on `grid`, one a unit, in full colour at `full`, or at the largest size of one.
    pub fn signed(grid: Grid, values: &[f32], full: Option<f32>) -> Self {
        let largest = values.iter().filter(|value| value.is_finite());
        let largest = largest.fold(0.0_f32, |largest, value| largest.max(value.abs()));
        let full = full.unwrap_or(largest);
        let tone = Tone::Signed(if full > 0.0 { full } else { 1.0 });
        Self::on(grid, tone, |unit| values.get(unit).copied())
    }

    /// A state on `grid`; `graded` are its numbers where it is continuous.
    pub fn state(grid: Grid, state: &State, graded: Option<&[f32]>) -> Self {
        Self::units(grid, state.units(), state.alphabet().letters(), graded)
    }

    /// The same of units alone, ±1 or `letters`.
    pub fn units(
        grid: Grid,
        units: &[i8],
        letters: Option<Letters>,
        graded: Option<&[f32]>,
    ) -> Self {
        let tone = letters.map_or(Tone::Ink, Tone::Written);
        Self::on(grid, tone, |unit| match graded {
            Some(graded) => graded.get(unit).copied(),
            None => units.get(unit).map(|unit| f32::from(*unit)),
        })
    }

    fn on(grid: Grid, tone: Tone, value: impl Fn(usize) -> Option<f32>) -> Self {
        let values = (0..grid.n_cells()).map(|unit| value(unit).unwrap_or(f32::NAN));
        Self {
            rows: grid.rows,
            columns: grid.columns,
            values: values.collect(),
            tone,
            marks: Vec::new(),
            bonds: Vec::new(),
            counted: ["row", "column"],
        }
    }

    /// A matrix as it stands, in full colour at `full`, which is above 0; `counted` is what rows and columns count.
    pub fn matrix(values: &Array2<f32>, full: f32, counted: [&'static str; 2]) -> Self {
        Self {
            rows: values.nrows(),
            columns: values.ncols(),
            values: values.iter().copied().collect(),
            tone: Tone::Signed(full),
            marks: Vec::new(),
            bonds: Vec::new(),
            counted,
        }
    }

    /// All stored patterns beside and below each other, a gap between them, as nearly square as they can stand.
    pub fn patterns(patterns: &Patterns) -> Self {
        let (grid, count) = (patterns.grid(), patterns.n_patterns());
        let [tall, wide] = [grid.rows + 1, grid.columns + 1];
        let shape = (count * tall) as f64 / wide as f64;
        let across = (shape.sqrt().ceil() as usize).clamp(1, count.max(1));
        let down = count.div_ceil(across).max(1);
        let (rows, columns) = (down * tall - 1, across * wide - 1);
        let value = |place: usize| {
            let (row, column) = (place / columns, place % columns);
            let pattern = row / tall * across + column / wide;
            let (row, column) = (row % tall, column % wide);
            let is_gap = row == grid.rows || column == grid.columns || pattern >= count;
            let unit = (!is_gap).then_some(row * grid.columns + column);
            let unit = unit.and_then(|unit| patterns.pattern(pattern).get(unit));
            unit.map_or(f32::NAN, |unit| f32::from(*unit))
        };
        let letters = patterns.alphabet().letters();
        Self {
            rows,
            columns,
            values: (0..rows * columns).map(value).collect(),
            tone: letters.map_or(Tone::Ink, Tone::Written),
            marks: Vec::new(),
            bonds: Vec::new(),
            counted: ["row", "column"],
        }
    }

    /// The same with marks, one a square, or none at all; those of squares that are not there are left out.
    #[must_use]
    pub fn marked(mut self, mut marks: Vec<CellMark>) -> Self {
        if !marks.is_empty() {
            marks.resize(self.values.len(), CellMark::default());
        }
        self.marks = marks;
        self
    }

    /// The same with bonds over it.
    #[must_use]
    pub fn bonded(mut self, bonds: &[Bond]) -> Self {
        self.bonds = bonds.to_vec();
        self
    }

    /// The figure that shows it under `title`.
    pub fn figure(self, title: &str) -> Figure {
        let axis = |label: &str, count: usize| Axis {
            scale: Scale::Places,
            ..Axis::new(label, [0.0, count as f64])
        };
        let across = axis(self.counted[1], self.columns);
        let up = axis(self.counted[0], self.rows);
        let mut figure = Figure::new(title, across, up);
        figure.squares = Some(self);
        figure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn squares_without_a_unit_have_no_number() {
        let grid = Grid::near_square(3);
        let squares = Squares::signed(grid, &[0.5, -2.0, 0.0], None);
        assert_eq!(squares.tone, Tone::Signed(2.0));
        let known = squares.values.iter().filter(|value| !value.is_nan());
        assert_eq!((known.count(), squares.values.len()), (3, grid.n_cells()));
        assert_eq!(
            Squares::signed(grid, &[0.0; 3], None).tone,
            Tone::Signed(1.0)
        );
    }

    #[test]
    fn states_are_signs_numbers_or_letters() {
        let grid = Grid::new(1, 2);
        let signs = State::from_signs(&[1, -1]);
        assert_eq!(*Squares::state(grid, &signs, None).values, [1.0, -1.0]);
        let graded = Squares::state(grid, &signs, Some(&[0.25, -0.5]));
        assert_eq!((*graded.values).to_vec(), [0.25, -0.5]);
        let letters = Letters::plain(3).unwrap();
        let state = State::from_letters(&[2, 0], letters).unwrap();
        let squares = Squares::state(grid, &state, None).marked(vec![CellMark {
            changed: true,
            wrong: false,
        }]);
        assert_eq!(squares.tone, Tone::Written(letters));
        assert_eq!((*squares.values).to_vec(), [2.0, 0.0]);
        assert_eq!(squares.marks.len(), 2);
    }

    /// On 2 × 2 squares: to the right, downwards, and one around the edge of a wider grid.
    #[test]
    fn bonds_are_bars_across_the_edges() {
        let bars: Vec<BondBar> = bond_bars(2, &[(0, 1, 2.0), (1, 3, -1.0)], 0.0).collect();
        assert_eq!(bars[0].middle, [1.0, 0.5]);
        assert_eq!(bars[0].size, [0.5, 0.26]);
        assert!(bars[0].equal && !bars[1].equal);
        assert_eq!(bars[1].middle, [1.5, 1.0]);
        assert_eq!(bars[1].size, [0.13, 0.5]);
        assert_eq!(bond_bars(4, &[(3, 0, 1.0)], 0.0).count(), 0);
        let thin: Vec<BondBar> = bond_bars(2, &[(0, 1, 0.0)], 0.1).collect();
        assert_eq!(thin[0].size, [0.5, 0.1]);
    }

    #[test]
    fn patterns_stand_side_by_side_with_gaps() {
        let rows = array![[1, -1], [-1, -1], [1, 1]];
        let patterns = Patterns::new(rows, Grid::new(1, 2), None).unwrap();
        let squares = Squares::patterns(&patterns);
        assert_eq!((squares.rows, squares.columns), (3, 5));
        let digit = |value: &f32| match value {
            value if value.is_nan() => '.',
            value if *value > 0.0 => '+',
            _ => '-',
        };
        let drawn: String = squares.values.iter().map(digit).collect();
        assert_eq!(drawn, "+-.--.....++...");
    }

    #[test]
    fn a_matrix_stands_as_in_the_array() {
        let matrix = array![[0.0, 3.0], [-1.5, 0.0]];
        let figure = Squares::matrix(&matrix, 3.0, ["i", "j"]).figure("Couplings J");
        let squares = figure.squares.as_ref().expect("it is one");
        assert_eq!(*squares.values, [0.0, 3.0, -1.5, 0.0]);
        assert_eq!(squares.tone, Tone::Signed(3.0));
        let labels = (figure.across.label.as_str(), figure.up.label.as_str());
        assert_eq!(labels, ("j", "i"));
    }
}
