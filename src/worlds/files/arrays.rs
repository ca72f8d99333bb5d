//! NumPy arrays as images: a single one, or several that belong together (an archive, a folder), by their names.
//!
//! Patterns are P × N or P × H × W, perhaps with one channel more, or a single one of N. Every real type will do. Absent: archives themselves (`archive.rs`), and what a NumPy file looks
//! like ([`npy`](crate::worlds::npy)).

use super::columns::{beyond_a_square, is_beyond_a_square};
use super::images::RawImages;
use super::input::Bytes;
use super::names::{self, Role};
use super::pixels::Pixels;
use super::{MAX_NUMBERS, check_units};
use crate::engine::{Error, Grid};
use crate::worlds::npy::NpyLayout;

/// What one slice reads, in entries: a few milliseconds' work.
const SLICE: usize = 1 << 19;

/// Which of several arrays are what, as places in their list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    /// The patterns.
    pub(super) images: usize,
    /// Their labels.
    pub(super) labels: Option<usize>,
    /// Patterns that are never stored, and their labels.
    pub(super) test: Option<(usize, Option<usize>)>,
}

/// Finds out which of the arrays are what; refused, with all the names, where they do not say.
pub(super) fn parts(all: &[&str]) -> Result<Parts, Error> {
    if all.len() == 1 {
        return Ok(Parts {
            images: 0,
            labels: None,
            test: None,
        });
    }
    let of = |role: Role, test: bool| {
        let places = (0..all.len()).filter(|place| !names::is_aside(all[*place]));
        let fitting = places.filter(|place| {
            names::role(all[*place]) == Some(role) && names::is_test(all[*place]) == test
        });
        match fitting.collect::<Vec<usize>>()[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            _ => Err(unclear(all)),
        }
    };
    let [images, labels] = [Role::Images, Role::Labels].map(|role| of(role, false));
    let [test, test_labels] = [Role::Images, Role::Labels].map(|role| of(role, true));
    let (images, labels, test, test_labels) = (images?, labels?, test?, test_labels?);
    match (images, test) {
        (Some(images), test) => Ok(Parts {
            images,
            labels,
            test: test.map(|test| (test, test_labels)),
        }),
        (None, Some(images)) => Ok(Parts {
            images,
            labels: test_labels,
            test: None,
        }),
        (None, None) => Err(unclear(all)),
    }
}

/// A sentence for arrays whose names do not say which are the patterns.
fn unclear(all: &[&str]) -> Error {
    Error::Format {
        expected: "one of several arrays is called patterns, x, images or data, and one more may be its labels or y, each with train or test where there are both"
            .to_owned(),
        found: format!("these are called {}", names::list(all)),
    }
}

/// Patterns being taken out of one array.
pub(super) struct Taking {
    bytes: Bytes,
    layout: NpyLayout,
    grid: Grid,
    pixels: Pixels,
}

impl Taking {
    /// Checks the header, the length and the sizes.
    pub(super) fn new(bytes: Bytes) -> Result<Self, Error> {
        let layout = NpyLayout::read(&bytes)?;
        let grid = match *layout.shape {
            [n_units] | [_, n_units] => Grid::near_square(n_units),
            [_, rows, columns] | [_, rows, columns, 1] | [_, 1, rows, columns] => {
                Grid::new(rows, columns)
            }
            _ => {
                return Err(layout.wrong_shape(
                    "an array of patterns",
                    "two or three dimensions, P × N or P × H × W",
                ));
            }
        };
        check_units(grid.n_units(), &format!("{} × {}", grid.rows, grid.columns))?;
        if layout.n_entries() > MAX_NUMBERS {
            return Err(layout.wrong_shape(
                "an array of patterns",
                &format!("at most {MAX_NUMBERS} entries"),
            ));
        }
        Ok(Self {
            bytes,
            layout,
            grid,
            pixels: Pixels::default(),
        })
    }

    /// How much is taken, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.pixels.len() as f32 / self.layout.n_entries() as f32
    }

    /// Takes a slice more; true once all are taken. Refused: what is not finite in single precision.
    pub(super) fn step(&mut self) -> Result<bool, Error> {
        let start = self.pixels.len();
        let end = (start + SLICE).min(self.layout.n_entries());
        for index in start..end {
            let number = self.layout.entry(&self.bytes, index);
            let value = number as f32;
            if !value.is_finite() {
                return Err(Error::Entry {
                    what: "an array of patterns",
                    expected: "finite in 32 bits",
                    row: index / self.grid.n_units(),
                    column: index % self.grid.n_units(),
                    value: number.to_string(),
                });
            }
            self.pixels.push(value);
        }
        Ok(end == self.layout.n_entries())
    }

    /// What was taken.
    pub(super) fn finish(self) -> RawImages {
        let n_units = self.grid.n_units();
        let flat = self.layout.shape.len() < 3;
        RawImages {
            remarks: (flat && is_beyond_a_square(n_units))
                .then(|| beyond_a_square(n_units))
                .into_iter()
                .collect(),
            ..RawImages::new(self.grid, self.pixels)
        }
    }
}
