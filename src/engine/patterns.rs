//! The patterns a memory stores: P rows of N units, of ±1 or of letters, and the grid they are drawn on.
//!
//! Absent: where patterns come from (`worlds`), and anything gray: whoever makes patterns has thresholded already.

mod alphabet;
mod grid;
mod state;
mod sums;

pub use alphabet::{Alphabet, Letters};
pub use grid::Grid;
pub use state::State;

use super::error::Error;
use super::kernels::width::widest;
use super::kernels::{add_scaled_row, add_scaled_signs};
use super::matrix::{in_rows, transposed};
use ndarray::{Array2, ArrayView1, Axis};
use std::sync::Arc;
use sums::PatternSums;

/// What a pattern is, in a word: a digit, a letter, the name of a sequence.
pub type Label = Arc<str>;

/// The overlap (1/N) Σ a_i b_i of two rows of ±1 units, from −1 to 1.
pub fn overlap(a: &[i8], b: &[i8]) -> f64 {
    f64::from(Alphabet::Signs.dot(a, b)) / a.len() as f64
}

/// P patterns of N units, drawn on a grid, with a label and a weight each where the data has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Patterns {
    rows: Array2<i8>,
    by_unit: Array2<i8>,
    alphabet: Alphabet,
    grid: Grid,
    labels: Option<Vec<Label>>,
    weights: Option<Vec<f32>>,
    sums: PatternSums,
}

impl Patterns {
    /// Patterns from an array P × N of ±1, in row-major order.
    ///
    /// Refused: no pattern, a grid that does not hold N units, labels that are not P, an entry that is not ±1.
    pub fn new(rows: Array2<i8>, grid: Grid, labels: Option<Vec<Label>>) -> Result<Self, Error> {
        Self::of(rows, Alphabet::Signs, grid, labels)
    }

    /// Patterns from an array P × N of what `alphabet` has, ±1 or letters counted from 0, in row-major order.
    ///
    /// Refused: as by [`Self::new`], and an entry that the alphabet has not.
    pub fn of(
        rows: Array2<i8>,
        alphabet: Alphabet,
        grid: Grid,
        labels: Option<Vec<Label>>,
    ) -> Result<Self, Error> {
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
        if let Some(labels) = &labels {
            one_a_pattern("the labels", labels.len(), n_patterns)?;
        }
        let rows = in_rows(rows);
        check_entries(&rows, alphabet)?;
        let by_unit = transposed(&rows);
        Ok(Self {
            rows,
            by_unit,
            alphabet,
            grid,
            labels,
            weights: None,
            sums: PatternSums::default(),
        })
    }

    /// No pattern at all: an empty memory, which is to be taught by hand. No rule learns it.
    pub fn none(alphabet: Alphabet, grid: Grid) -> Self {
        let rows = Array2::zeros((0, grid.n_units()));
        Self {
            by_unit: transposed(&rows),
            rows,
            alphabet,
            grid,
            labels: None,
            weights: None,
            sums: PatternSums::default(),
        }
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The patterns that are these states, at least one, all of one size and one alphabet.
    pub fn of_states(states: &[State], grid: Grid) -> Result<Self, Error> {
        let units = states.iter().flat_map(State::units).copied();
        let rows = rows_of(states.len(), units.collect(), grid)?;
        let alphabet = states.first().map(State::alphabet).unwrap_or_default();
        Self::of(rows, alphabet, grid, None)
    }

    /// The patterns whose units are these, pattern after pattern, each as many as `grid` has.
    pub fn of_units(units: Vec<i8>, grid: Grid) -> Result<Self, Error> {
        let n_patterns = units.len() / grid.n_units().max(1);
        Self::new(rows_of(n_patterns, units, grid)?, grid, None)
    }

    /// The same patterns with labels, one a pattern.
    pub fn labelled(mut self, labels: Vec<Label>) -> Result<Self, Error> {
        one_a_pattern("the labels", labels.len(), self.n_patterns())?;
        self.labels = Some(labels);
        Ok(self)
    }

    /// The same patterns with weights, one a pattern: how much each counts where a rule takes means over patterns
    /// of letters. Refused: weights that are not P, negative, not finite, or all 0.
    pub fn weighted(mut self, weights: Vec<f32>) -> Result<Self, Error> {
        one_a_pattern("the weights", weights.len(), self.n_patterns())?;
        let bad = |weight: &f32| !(weight.is_finite() && *weight >= 0.0);
        if let Some(row) = weights.iter().position(bad) {
            return Err(Error::Entry {
                what: "the weights",
                expected: "finite numbers from 0",
                row,
                column: 0,
                value: weights[row].to_string(),
            });
        }
        if weights.iter().all(|weight| *weight == 0.0) {
            return Err(Error::NotEnough {
                asked: "a pattern with a weight above 0".to_owned(),
                available: "weights of 0".to_owned(),
            });
        }
        self.weights = Some(weights);
        Ok(self)
    }

    /// What the units can be.
    pub fn alphabet(&self) -> Alphabet {
        self.alphabet
    }

    /// How much each pattern counts; `None` where all count as 1.
    pub fn weights(&self) -> Option<&[f32]> {
        self.weights.as_deref()
    }

    /// Σ_μ w_μ: the effective number of patterns, P where all count as 1.
    pub fn total_weight(&self) -> f64 {
        match &self.weights {
            None => self.n_patterns() as f64,
            Some(weights) => weights.iter().copied().map(f64::from).sum(),
        }
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
        let units = self.pattern(pattern);
        State::filled(self.alphabet, units.len(), |unit| units[unit])
    }

    /// The label of `pattern`, where the data has one; an empty label is none. What is not stored any more has none.
    pub fn label(&self, pattern: usize) -> Option<&Label> {
        let label = self.labels.as_ref()?.get(pattern);
        label.filter(|label| !label.is_empty())
    }

    /// Σ_μ ξ_i^μ of every unit, of ±1: P times its mean.
    pub fn unit_sums(&self) -> &[i32] {
        self.sums.units(&self.by_unit)
    }

    /// Mean activity ā = ⟨ξ⟩ over all units and patterns, from −1 to 1; 0 for letters, which have none.
    pub fn mean_activity(&self) -> f64 {
        if self.alphabet.letters().is_some() {
            return 0.0;
        }
        let all: i64 = self.unit_sums().iter().map(|sum| i64::from(*sum)).sum();
        all as f64 / self.rows.len() as f64
    }

    /// Σ_μ ξ_i^μ ξ_j^μ of all pairs of ±1 units, N × N, if a rule has counted and kept them.
    pub(super) fn unit_products(&self) -> Option<&Arc<Array2<f32>>> {
        self.sums.products()
    }

    /// Keeps `products` for the next rule that asks for them, unless they are large or kept already.
    pub(super) fn keep_unit_products(&self, products: &Arc<Array2<f32>>) {
        self.sums.keep_products(products);
    }

    /// N times the overlap with every pattern, exactly: Σ_i ξ_i^μ s_i of signs, the number of equal letters.
    pub fn dots(&self, state: &State) -> Vec<i32> {
        self.rows
            .outer_iter()
            .map(|row: ArrayView1<'_, i8>| {
                self.alphabet.dot(
                    row.to_slice().expect("rows are kept in standard layout"),
                    state.units(),
                )
            })
            .collect()
    }

    /// Takes into the [dots](Self::dots) of a state that `unit` has changed from `before` to `after`: O(P).
    pub(crate) fn update_dots(&self, dots: &mut [i32], unit: usize, before: i8, after: i8) {
        let column = self.unit(unit);
        match self.alphabet {
            Alphabet::Signs => {
                add_scaled_signs(dots, i32::from(after) - i32::from(before), column);
            }
            Alphabet::Letters(_) => widest(|| {
                for (dot, letter) in dots.iter_mut().zip(column) {
                    *dot += i32::from(*letter == after) - i32::from(*letter == before);
                }
            }),
        }
    }

    /// The overlaps with every pattern: m_μ = (1/N) Σ_i ξ_i^μ s_i of signs, from −1 to 1; the share of equal letters,
    /// from 0 to 1.
    pub fn overlaps(&self, state: &State) -> Vec<f64> {
        let n_units = self.n_units() as f64;
        self.dots(state)
            .into_iter()
            .map(|dot| f64::from(dot) / n_units)
            .collect()
    }
}

impl Patterns {
    /// The overlaps (1/N) Σ_i ξ_i^μ x_i of N continuous `units` with every pattern of ±1.
    pub fn overlaps_of(&self, units: &[f32]) -> Vec<f64> {
        let mut sums = vec![0.0; self.n_patterns()];
        for (unit, x) in units.iter().enumerate() {
            add_scaled_row(&mut sums, f64::from(*x), self.unit(unit));
        }
        let n_units = self.n_units() as f64;
        sums.into_iter().map(|sum| sum / n_units).collect()
    }
}

/// The `units` of so many patterns, as rows of as many as `grid` has.
fn rows_of(n_patterns: usize, units: Vec<i8>, grid: Grid) -> Result<Array2<i8>, Error> {
    let rows = Array2::from_shape_vec((n_patterns, grid.n_units()), units);
    rows.map_err(|_shape| Error::Shape {
        what: "every state",
        expected: format!("{} units", grid.n_units()),
        found: "another number".to_owned(),
    })
}

/// Refuses `found` entries where there must be one a pattern.
fn one_a_pattern(what: &'static str, found: usize, n_patterns: usize) -> Result<(), Error> {
    if found == n_patterns {
        return Ok(());
    }
    Err(Error::Shape {
        what,
        expected: format!("{n_patterns} entries, one a pattern"),
        found: found.to_string(),
    })
}

/// Refuses an entry that `alphabet` has not.
fn check_entries(rows: &Array2<i8>, alphabet: Alphabet) -> Result<(), Error> {
    let (fit, expected) = match alphabet {
        // A sign times itself is 1; found first as a whole, since that takes no branches.
        Alphabet::Signs => (
            !rows.iter().any(|value| value.wrapping_mul(*value) != 1),
            "+1 or −1",
        ),
        Alphabet::Letters(_) => (
            rows.iter().all(|value| alphabet.has(*value)),
            "letters counted from 0",
        ),
    };
    if fit {
        return Ok(());
    }
    match rows
        .indexed_iter()
        .find(|(_, value)| !alphabet.has(**value))
    {
        None => Ok(()),
        Some(((row, column), value)) => Err(Error::Entry {
            what: "the patterns",
            expected,
            row,
            column,
            value: match alphabet.letters() {
                None => value.to_string(),
                Some(letters) => format!("{value} of {}", letters.count()),
            },
        }),
    }
}

#[cfg(test)]
mod tests;
