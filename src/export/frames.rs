//! States as pictures: a pixel square a unit, +1 white on black, as MNIST's own ink, so that a frame can be a cue again.

use crate::engine::{Error, Grid, Recording, State};
use image::{GrayImage, ImageFormat};
use std::io::Cursor;

/// A state as shades on its grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shades {
    grid: Grid,
    /// 0 for −1 to 255 for +1, N of them.
    shades: Vec<u8>,
}

impl Shades {
    /// Shades of the units of `grid`, 0 for black to 255 for white.
    pub fn new(grid: Grid, shades: Vec<u8>) -> Self {
        Self { grid, shades }
    }

    /// Those of a state of signs.
    pub fn of(state: &State, grid: Grid) -> Self {
        let shade = |unit: &i8| if *unit > 0 { u8::MAX } else { 0 };
        Self::new(grid, state.units().iter().map(shade).collect())
    }

    /// Those of what `recording` holds at the moment `update`: of continuous states their own. Refused: letters.
    pub fn at(recording: &Recording, update: u64) -> Result<Self, Error> {
        let grid = recording.patterns().grid();
        if recording.cue().alphabet().letters().is_some() {
            return Err(Error::Format {
                expected: "a picture has shades".to_owned(),
                found: "these units are letters".to_owned(),
            });
        }
        Ok(match recording.graded_at(update) {
            Some(graded) => {
                let shade = |value: &f32| (127.5 * (1.0 + value.clamp(-1.0, 1.0))).round() as u8;
                Self::new(grid, graded.iter().map(shade).collect())
            }
            None => Self::of(&recording.state_at(update), grid),
        })
    }

    /// Width and height of its picture, in pixels, `times` a unit.
    pub(super) fn size(&self, times: usize) -> [usize; 2] {
        [self.grid.columns * times, self.grid.rows * times]
    }

    /// Its pixels, row by row, `times` a unit.
    pub(super) fn magnified(&self, times: usize) -> Vec<u8> {
        let [width, height] = self.size(times);
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..self.grid.rows {
            let units = self.shades.iter().skip(row * self.grid.columns);
            let units = units.take(self.grid.columns);
            let mut line: Vec<u8> = units
                .flat_map(|unit| std::iter::repeat_n(*unit, times))
                .collect();
            // Units may not fill the last row.
            line.resize(width, 0);
            (0..times).for_each(|_| pixels.extend_from_slice(&line));
        }
        pixels
    }

    /// Its picture as a PNG file, `times` pixels a side of one unit.
    pub fn png(&self, times: usize) -> Vec<u8> {
        let [width, height] = self.size(times);
        let picture = GrayImage::from_raw(width as u32, height as u32, self.magnified(times));
        let mut file = Cursor::new(Vec::new());
        let written = picture.map(|picture| picture.write_to(&mut file, ImageFormat::Png));
        written
            .expect("there are as many pixels as that")
            .expect("memory takes every picture that is not empty");
        file.into_inner()
    }
}

/// Moments of `recording`, `most` at the most, first and last among them, evenly over its flips.
pub fn moments(recording: &Recording, most: usize) -> Vec<u64> {
    let n_flips = recording.n_flips();
    let count = n_flips.min(most.saturating_sub(2));
    let flips = (0..count).filter_map(|k| {
        let flip = recording.flip(k * n_flips / count.max(1))?;
        Some(flip.update)
    });
    let mut all: Vec<u64> = [0]
        .into_iter()
        .chain(flips)
        .chain([recording.length()])
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Dynamics, LearningRule, Patterns};
    use ndarray::Array2;
    use std::sync::Arc;

    #[test]
    fn units_are_squares_and_a_last_row_may_be_short() {
        let shades = Shades::of(&State::from_fn(3, |unit| unit != 1), Grid::new(2, 2));
        let [w, b] = [255, 0];
        let rows = [[w, w, b, b], [w, w, b, b], [w, w, b, b], [w, w, b, b]];
        assert_eq!(shades.magnified(2), rows.concat());
        assert!(shades.png(3).starts_with(b"\x89PNG"));
    }

    #[test]
    fn moments_are_few_and_have_both_ends() {
        let rows =
            Array2::from_shape_fn((2, 64), |(p, i)| if (i * (p + 2)) % 5 < 2 { 1 } else { -1 });
        let patterns = Arc::new(Patterns::new(rows, Grid::square(8), None).expect("they fit"));
        let memory = LearningRule::ALL[0]()
            .learn(Arc::clone(&patterns), 1)
            .expect("it learns");
        let cue = State::from_fn(64, |unit| unit % 3 == 0);
        let mut run = Recording::new(Arc::new(memory), patterns, cue, Dynamics::Asynchronous, 1);
        assert_eq!(moments(&run, 9), [0]);
        run.settle(50);
        let all = moments(&run, usize::MAX);
        assert_eq!((all[0], all[all.len() - 1]), (0, run.length()));
        let few = moments(&run, 9);
        assert!(few.len() <= 9 && few.windows(2).all(|two| two[0] < two[1]));
        assert_eq!((few[0], few[few.len() - 1]), (0, run.length()));
    }
}
