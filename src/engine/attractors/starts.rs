//! Starts of a picture: a plane of states, a state to every pixel, near pixels near states.
//!
//! The plane is continuous and the picture a square from −1 to 1 in it, x to the right and y down. A pixel starts from the
//! state at its centre, so pictures of another side are other looks at the same plane. Absent: where starts end.

use super::simplex::alike;
use crate::engine::error::Error;
use crate::engine::patterns::State;
use crate::engine::rng::stream;
use rand::RngExt as _;

/// Sides of pictures in pixels, the coarsest first: each is a picture of its own.
pub const SIDES: [usize; 4] = [32, 64, 128, 256];

/// A figure in the plane of which every point is a start.
pub trait Portrait: Sync {
    /// The start at the point (x, y) of the square from −1 to 1, y down; `None` outside the figure.
    fn start(&self, x: f64, y: f64) -> Option<State>;

    /// The point [x, y] of the figure that `state` is most like, for cues and for the path of a recall. Starts lie near
    /// where they were taken, the nearer the more units there are.
    fn place(&self, state: &State) -> [f64; 2];

    /// The start of a pixel of a picture of `side` × `side`, both counted from 0; `None` outside the figure.
    fn pixel_start(&self, side: usize, column: usize, row: usize) -> Option<State> {
        let [x, y] = pixel_centre(side, column, row);
        self.start(x, y)
    }

    /// The pixels of a row that are inside, from left to right: their columns and their starts.
    fn row_starts(&self, side: usize, row: usize) -> (Vec<usize>, Vec<State>) {
        let pixels = (0..side).filter_map(|column| {
            let start = self.pixel_start(side, column, row)?;
            Some((column, start))
        });
        pixels.unzip()
    }
}

/// The centre [x, y] of a pixel in the square from −1 to 1, y down.
pub fn pixel_centre(side: usize, column: usize, row: usize) -> [f64; 2] {
    [column, row].map(|place| (2 * place + 1) as f64 / side as f64 - 1.0)
}

/// u_i in [0, 1), one to each of N units, from the stream called `name` of `seed`.
pub(super) fn lots(n_units: usize, seed: u64, name: &str) -> Vec<f64> {
    let mut rng = stream(seed, name);
    (0..n_units).map(|_| rng.random()).collect()
}

/// Refuses states that differ in how many units they have, or in what those can be.
pub(super) fn check_alike(what: &'static str, states: &[State]) -> Result<(), Error> {
    let Some(first) = states.first() else {
        return Ok(());
    };
    match states.iter().find(|state| !alike(first, state)) {
        None => Ok(()),
        Some(other) => Err(Error::Shape {
            what,
            expected: format!("{} {}", first.n_units(), first.alphabet()),
            found: format!("{} {}", other.n_units(), other.alphabet()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_lie_symmetrically_in_the_square() {
        assert_eq!(pixel_centre(2, 0, 1), [-0.5, 0.5]);
        for side in SIDES {
            let [x, y] = pixel_centre(side, 0, side - 1);
            assert_eq!(x, -y);
            assert!(x > -1.0 && x < -1.0 + 2.0 / side as f64);
        }
    }
}
