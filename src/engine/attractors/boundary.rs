//! Basins as a picture, and how mixed they are: basin entropy and boundary basin entropy.
//!
//! The picture is cut into boxes; a box in which attractor j has a share p_j of the pixels has S = −Σ p_j ln p_j. S_b is the
//! mean over all boxes, S_bb that over boxes with more than one attractor (Daza, Wagemakers, Georgeot, Guéry-Odelin &
//! Sanjuán, Sci. Rep. 6, 31416 (2016)). S_bb above ln 2 says that the boundary is fractal. Absent: the exponent of the
//! boundary (`exponent`), and what the numbers of attractors mean.

use crate::engine::error::Error;
use std::collections::BTreeMap;

/// Boxes along a side of the picture.
const BOXES: usize = 16;

/// Which attractor each pixel of a square picture ends in, by numbers of the caller's; pixels outside of the figure have
/// none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasinMap {
    side: usize,
    cells: Vec<Option<usize>>,
}

/// How mixed basins are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BasinEntropies {
    /// S_b ≥ 0, in nats: larger is harder to foresee.
    pub basin: f64,
    /// S_bb, in nats, of boxes with more than one attractor; 0 where there is none.
    pub boundary: f64,
    /// Boxes wholly inside of the figure.
    pub n_boxes: usize,
    /// Those with more than one attractor.
    pub n_boundary_boxes: usize,
    /// Pixels along a box.
    pub box_side: usize,
}

impl BasinMap {
    /// A picture of `side` × `side` pixels, row by row from the top. Refused: another number of them, and no pixel.
    pub fn new(side: usize, cells: Vec<Option<usize>>) -> Result<Self, Error> {
        if side == 0 || side.checked_mul(side) != Some(cells.len()) {
            return Err(Error::Shape {
                what: "a picture of basins",
                expected: "as many rows as columns, and at least one".to_owned(),
                found: format!("{} pixels at a side of {side}", cells.len()),
            });
        }
        Ok(Self { side, cells })
    }

    /// Pixels along a side.
    pub fn side(&self) -> usize {
        self.side
    }

    /// What the pixel ends in; `None` outside of the figure and of the picture.
    pub fn cell(&self, column: usize, row: usize) -> Option<usize> {
        if column >= self.side || row >= self.side {
            return None;
        }
        self.cells[row * self.side + column]
    }

    /// The entropies over boxes of side / 16 pixels (at least 2) that are wholly inside of the figure, dealt out from the
    /// top left; `None` where no box is.
    pub fn entropies(&self) -> Option<BasinEntropies> {
        let box_side = (self.side / BOXES).max(2);
        let along = self.side / box_side;
        let [mut sum, mut n_boxes, mut n_boundary_boxes] = [0.0, 0.0, 0.0];
        for place in 0..along * along {
            let corner = [place % along, place / along].map(|at| at * box_side);
            let Some(counts) = self.counts(corner, box_side) else {
                continue;
            };
            n_boxes += 1.0;
            if counts.len() > 1 {
                n_boundary_boxes += 1.0;
                sum += entropy(&counts);
            }
        }
        let mean = |count: f64| if count > 0.0 { sum / count } else { 0.0 };
        (n_boxes > 0.0).then(|| BasinEntropies {
            basin: mean(n_boxes),
            boundary: mean(n_boundary_boxes),
            n_boxes: n_boxes as usize,
            n_boundary_boxes: n_boundary_boxes as usize,
            box_side,
        })
    }

    /// Pixels of each attractor in a box; `None` where the box is not wholly inside of the figure.
    fn counts(&self, [column, row]: [usize; 2], box_side: usize) -> Option<Vec<usize>> {
        let mut counts = BTreeMap::new();
        for row in row..row + box_side {
            for column in column..column + box_side {
                *counts.entry(self.cell(column, row)?).or_insert(0) += 1;
            }
        }
        Some(counts.into_values().collect())
    }
}

/// −Σ p ln p of counts.
fn entropy(counts: &[usize]) -> f64 {
    let all: usize = counts.iter().sum();
    let shares = counts.iter().map(|count| *count as f64 / all as f64);
    shares.map(|share| -share * share.ln()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::LN_2;

    fn map(side: usize, cell: impl Fn(usize, usize) -> Option<usize>) -> BasinMap {
        let cells = (0..side * side).map(|place| cell(place % side, place / side));
        BasinMap::new(side, cells.collect()).unwrap()
    }

    #[test]
    fn one_basin_has_no_entropy() {
        let found = map(64, |_, _| Some(3)).entropies().unwrap();
        assert_eq!((found.basin, found.boundary), (0.0, 0.0));
        assert_eq!(
            (found.n_boxes, found.n_boundary_boxes, found.box_side),
            (256, 0, 4)
        );
    }

    #[test]
    fn boxes_halved_through_the_middle_have_ln_2() {
        // The line runs through the middle of one column of boxes of 4.
        let found = map(64, |column, _| Some(usize::from(column >= 30)))
            .entropies()
            .unwrap();
        assert!((found.boundary - LN_2).abs() < 1e-12);
        assert!((found.basin - LN_2 / 16.0).abs() < 1e-12);
        assert_eq!(found.n_boundary_boxes, 16);
        // Between two columns of boxes there is none.
        let found = map(64, |column, _| Some(usize::from(column >= 32)))
            .entropies()
            .unwrap();
        assert_eq!((found.boundary, found.basin), (0.0, 0.0));
    }

    #[test]
    fn boxes_counted_by_hand_and_only_those_inside() {
        // Boxes of 2 × 2, the right half outside but for one column of pixels.
        let found = map(32, |column, row| match (column, row) {
            (17.., _) => None,
            (0, 0) => Some(1),
            (2, 0) | (3, 1) => Some(2),
            (4, 0) => Some(7),
            (5, 0) => Some(8),
            _ => Some(0),
        });
        let found = found.entropies().unwrap();
        assert_eq!((found.n_boxes, found.n_boundary_boxes), (8 * 16, 3));
        let quarter = -(0.25 * 0.25_f64.ln() + 0.75 * 0.75_f64.ln());
        let three = 1.5 * LN_2;
        let sum = quarter + LN_2 + three;
        assert!((found.boundary - sum / 3.0).abs() < 1e-12);
        assert!((found.basin - sum / 128.0).abs() < 1e-12);
        assert_eq!(map(32, |_, _| None).entropies(), None);
        assert_eq!(map(1, |_, _| Some(0)).entropies(), None);
    }

    #[test]
    fn what_is_no_square_is_refused() {
        assert!(BasinMap::new(3, vec![None; 8]).is_err() && BasinMap::new(0, Vec::new()).is_err());
        let error = BasinMap::new(2, vec![None; 3]).unwrap_err().to_string();
        assert!(error.ends_with("not 3 pixels at a side of 2"), "{error}");
    }
}
