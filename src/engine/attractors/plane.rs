//! The triangle: the plane through three states, a share of each at every point between them.
//!
//! Unit i has a fixed u_i in [0, 1). Where the corners have the weights w_0, w_1, w_2, which sum to 1, it copies corner 0 if
//! u_i < w_0, corner 1 if u_i < w_0 + w_1, and corner 2 else.

use super::simplex::{likeness, nearest_weights};
use super::starts::{Portrait, check_alike, lots};
use crate::engine::error::Error;
use crate::engine::patterns::State;

/// Half the height of an equilateral triangle of side 2.
const HALF_HEIGHT: f64 = 0.866_025_403_784_438_6;

/// How far outside still counts as on the edge: what a place on it may be off by rounding.
const ROUNDING: f64 = 1e-9;

/// The corners as they are told.
const NAMES: [&str; 3] = ["the top corner", "the right corner", "the left corner"];

/// Three states at the corners of an equilateral triangle in the square from −1 to 1: as wide as that, in the middle of its
/// height, state 0 on top and the others clockwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Triangle {
    corners: [State; 3],
    /// u_i in [0, 1).
    lots: Vec<f64>,
    /// How much each corner is like each.
    products: [[f64; 3]; 3],
}

impl Triangle {
    /// The corners [x, y], y down.
    pub const CORNERS: [[f64; 2]; 3] =
        [[0.0, -HALF_HEIGHT], [1.0, HALF_HEIGHT], [-1.0, HALF_HEIGHT]];

    /// A triangle between `corners`; u comes from `seed`. Refused: corners of different length or alphabet, and corners that
    /// are the same state.
    pub fn new(corners: [State; 3], seed: u64) -> Result<Self, Error> {
        check_alike("every corner", &corners)?;
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            if corners[a] == corners[b] {
                return Err(Error::Twice {
                    setting: "the same state".to_owned(),
                    first: NAMES[a].to_owned(),
                    second: NAMES[b].to_owned(),
                });
            }
        }
        let lots = lots(corners[0].n_units(), seed, "triangle lots");
        let products = [0, 1, 2].map(|a| [0, 1, 2].map(|b| likeness(&corners[a], &corners[b])));
        Ok(Self {
            corners,
            lots,
            products,
        })
    }

    /// The states at the corners.
    pub fn corners(&self) -> &[State; 3] {
        &self.corners
    }

    /// Whether the point (x, y) lies in it.
    pub fn has(x: f64, y: f64) -> bool {
        let weights = Self::weights_at(x, y);
        weights.iter().all(|weight| *weight >= -ROUNDING)
    }

    /// The barycentric weights of the point (x, y), which sum to 1; negative ones outside.
    pub fn weights_at(x: f64, y: f64) -> [f64; 3] {
        let top = (HALF_HEIGHT - y) / (2.0 * HALF_HEIGHT);
        let right = f64::midpoint(1.0 - top, x);
        [top, right, 1.0 - top - right]
    }

    /// The barycentric weights w ≥ 0, Σ w = 1, for which Σ w_k ξ^k is nearest to `state`: those that fit its overlaps with
    /// the corners best.
    pub fn weights_of(&self, state: &State) -> [f64; 3] {
        let with = [0, 1, 2].map(|corner| likeness(&self.corners[corner], state));
        nearest_weights(&self.products, &with).0
    }
}

impl Portrait for Triangle {
    fn start(&self, x: f64, y: f64) -> Option<State> {
        if !Self::has(x, y) {
            return None;
        }
        let weights = Self::weights_at(x, y);
        let [first, second] = [weights[0], weights[0] + weights[1]];
        let second = if second > 1.0 - ROUNDING { 1.0 } else { second };
        let first = if first > 1.0 - ROUNDING { 1.0 } else { first };
        let unit = |unit: usize| {
            let lot = self.lots[unit];
            let corner = if lot < first {
                0
            } else if lot < second {
                1
            } else {
                2
            };
            self.corners[corner].units()[unit]
        };
        let alphabet = self.corners[0].alphabet();
        Some(State::filled(alphabet, self.lots.len(), unit))
    }

    /// The point with the weights of [`Triangle::weights_of`]; a corner stands at its corner.
    fn place(&self, state: &State) -> [f64; 2] {
        let weights = self.weights_of(state);
        let along = |axis: usize| {
            let parts = weights.iter().zip(&Self::CORNERS);
            parts.map(|(weight, corner)| weight * corner[axis]).sum()
        };
        [along(0), along(1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::{Alphabet, Letters};
    use crate::engine::rng::stream;

    fn random(n_units: usize, alphabet: Alphabet) -> [State; 3] {
        let mut rng = stream(2, "triangle test");
        [(); 3].map(|()| State::filled(alphabet, n_units, |_| alphabet.random(&mut rng)))
    }

    #[test]
    fn corners_are_states_and_points_have_their_weights() {
        for alphabet in [Alphabet::Signs, Alphabet::Letters(Letters::PROTEIN)] {
            let triangle = Triangle::new(random(2500, alphabet), 4).unwrap();
            for (corner, [x, y]) in Triangle::CORNERS.into_iter().enumerate() {
                let state = &triangle.corners()[corner];
                assert_eq!(triangle.start(x, y).as_ref(), Some(state));
                let place = triangle.place(state);
                assert!((place[0] - x).hypot(place[1] - y) < 1e-9);
            }
            let state = triangle.start(0.1, 0.2).unwrap();
            let [expected, found] = [Triangle::weights_at(0.1, 0.2), triangle.weights_of(&state)];
            for corner in 0..3 {
                assert!((expected[corner] - found[corner]).abs() < 0.05);
            }
            let copied = state.units().iter().zip(triangle.corners()[0].units());
            assert!(copied.filter(|(a, b)| a == b).count() as f64 >= 2500.0 * (expected[0] - 0.05));
        }
        assert_eq!(Triangle::weights_at(0.0, -HALF_HEIGHT), [1.0, 0.0, 0.0]);
        let middle = Triangle::weights_at(0.0, HALF_HEIGHT / 3.0);
        assert!(
            middle
                .iter()
                .all(|weight| (weight - 1.0 / 3.0).abs() < 1e-12)
        );
    }

    #[test]
    fn a_picture_has_the_triangle_alone() {
        let triangle = Triangle::new(random(20, Alphabet::Signs), 4).unwrap();
        let side = 64;
        let inside: usize = (0..side)
            .map(|row| triangle.row_starts(side, row).0.len())
            .sum();
        let share = inside as f64 / (side * side) as f64;
        assert!((share - HALF_HEIGHT / 2.0).abs() < 0.02, "{share}");
        assert_eq!(triangle.start(f64::NAN, 0.0), None);
    }

    #[test]
    fn corners_that_coincide_are_named() {
        let [a, b, _] = random(20, Alphabet::Signs);
        let error = Triangle::new([a.clone(), b, a], 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the same state is given twice, as the top corner and as the left corner"
        );
    }
}
