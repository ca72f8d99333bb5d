//! What a cue can suffer: shifted, inverted, covered, replaced by noise, flipped.
//!
//! A corruption is plain data, applied in a fixed order. Each kind of noise has a seed of its own and picks
//! its units along one random permutation, so that raising a fraction only adds units: a slider moves smoothly.

use super::error::Error;
use super::patterns::{Grid, State};
use super::rng::stream;
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use serde::Serialize;

/// A fraction of the units, picked by a seed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Noise {
    /// Fraction of the units, 0 to 1: larger touches more of them.
    pub fraction: f64,
    /// Which units: another seed picks others.
    pub seed: u64,
}

/// One half of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Half {
    Left,
    Right,
    Top,
    Bottom,
}

impl Half {
    /// Every half, with its name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Left, "left"),
        (Self::Right, "right"),
        (Self::Top, "top"),
        (Self::Bottom, "bottom"),
    ];
}

/// Units from `top`, `left` to `bottom`, `right`, all inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rectangle {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

/// Everything that is done to a cue, in this order; the default does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Corruption {
    /// Columns to the right and rows down, in units; what leaves the grid is lost, what enters is −1.
    pub shift: (i32, i32),
    /// Every unit turned over.
    pub invert: bool,
    /// One half set to −1.
    pub half: Option<Half>,
    /// A rectangle set to −1.
    pub rectangle: Option<Rectangle>,
    /// A fraction of the units set to −1.
    pub mask: Noise,
    /// A fraction of the units set to +1 or −1 by a fair coin; the overlap falls to about 1 − fraction.
    pub random: Noise,
    /// A fraction of the units turned over; the overlap falls to exactly 1 − 2 × fraction.
    pub flip: Noise,
}

impl Corruption {
    /// Whether nothing is done at all, whatever the seeds.
    pub fn is_none(&self) -> bool {
        let unseeded = |noise: Noise| Noise { seed: 0, ..noise };
        let Self {
            mask, random, flip, ..
        } = *self;
        Self {
            mask: unseeded(mask),
            random: unseeded(random),
            flip: unseeded(flip),
            ..*self
        } == Self::default()
    }

    /// Refuses fractions outside 0 to 1.
    pub fn check_fractions(&self) -> Result<(), Error> {
        for (setting, noise) in [
            ("mask", self.mask),
            ("random", self.random),
            ("flip", self.flip),
        ] {
            if !(0.0..=1.0).contains(&noise.fraction) {
                let value = noise.fraction.to_string();
                return Err(Error::Range {
                    setting,
                    range: "a fraction from 0 to 1".to_owned(),
                    value,
                });
            }
        }
        Ok(())
    }

    /// Refuses fractions outside 0 to 1 and rectangles outside `grid`.
    pub fn check(&self, grid: Grid) -> Result<(), Error> {
        self.check_fractions()?;
        match self.rectangle {
            Some(r)
                if r.top > r.bottom
                    || r.left > r.right
                    || r.bottom >= grid.rows
                    || r.right >= grid.columns =>
            {
                Err(Error::Range {
                    setting: "the rectangle",
                    range: format!("inside {} × {}", grid.rows, grid.columns),
                    value: format!(
                        "rows {}–{}, columns {}–{}",
                        r.top, r.bottom, r.left, r.right
                    ),
                })
            }
            _ => Ok(()),
        }
    }

    /// `original` after all of it.
    pub fn apply(&self, original: &State, grid: Grid) -> State {
        let mut state = self.place(original, grid);
        let n_units = state.n_units();
        for unit in self.mask.units(n_units, "mask") {
            state.set(unit, false);
        }
        let mut coin = stream(self.random.seed, "random values");
        for unit in self.random.units(n_units, "random") {
            state.set(unit, coin.random());
        }
        for unit in self.flip.units(n_units, "flip") {
            state.flip(unit);
        }
        state
    }

    /// The parts that need the grid: shift, inversion, and what covers an area.
    fn place(&self, original: &State, grid: Grid) -> State {
        let (right, down) = (i64::from(self.shift.0), i64::from(self.shift.1));
        State::from_fn(original.n_units(), |unit| {
            let (row, column) = grid.place(unit);
            let source = grid.unit(row as i64 - down, column as i64 - right);
            let up = source.is_some_and(|source| original.units()[source] > 0) != self.invert;
            up && !self.covers(row, column, grid)
        })
    }

    fn covers(&self, row: usize, column: usize, grid: Grid) -> bool {
        let in_half = match self.half {
            None => false,
            Some(Half::Left) => column < grid.columns / 2,
            Some(Half::Right) => column >= grid.columns / 2,
            Some(Half::Top) => row < grid.rows / 2,
            Some(Half::Bottom) => row >= grid.rows / 2,
        };
        let in_rectangle = self.rectangle.is_some_and(|r| {
            (r.top..=r.bottom).contains(&row) && (r.left..=r.right).contains(&column)
        });
        in_half || in_rectangle
    }
}

impl Noise {
    /// The first round(fraction × N) units of the permutation that `name` and the seed give.
    fn units(self, n_units: usize, name: &str) -> Vec<usize> {
        let count = (self.fraction * n_units as f64).round() as usize;
        let mut units: Vec<usize> = (0..n_units).collect();
        if count > 0 {
            units.shuffle(&mut stream(self.seed, name));
        }
        units.truncate(count);
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRID: Grid = Grid::square(10);

    fn corrupted(corruption: Corruption) -> State {
        corruption.check(GRID).unwrap();
        corruption.apply(&State::from_fn(100, |unit| unit % 3 == 0), GRID)
    }

    #[test]
    fn flips_lower_the_overlap_by_exactly_twice_the_fraction() {
        let original = corrupted(Corruption::default());
        for fraction in [0.0, 0.1, 0.25, 0.5, 1.0] {
            let flip = Noise { fraction, seed: 3 };
            let state = corrupted(Corruption {
                flip,
                ..Corruption::default()
            });
            assert!((state.overlap(&original) - (1.0 - 2.0 * fraction)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_larger_fraction_keeps_the_units_of_a_smaller_one() {
        let few = Noise {
            fraction: 0.2,
            seed: 1,
        }
        .units(100, "flip");
        let many = Noise {
            fraction: 0.4,
            seed: 1,
        }
        .units(100, "flip");
        assert_eq!(few[..], many[..20]);
        assert_ne!(
            few,
            Noise {
                fraction: 0.2,
                seed: 2
            }
            .units(100, "flip")
        );
    }

    #[test]
    fn areas_and_shifts_by_hand() {
        let original = State::from_signs(&[1, -1, -1, 1]);
        let grid = Grid::square(2);
        let apply = |corruption: Corruption| corruption.apply(&original, grid).units().to_vec();
        assert_eq!(
            apply(Corruption {
                shift: (1, 0),
                ..Default::default()
            }),
            [-1, 1, -1, -1]
        );
        assert_eq!(
            apply(Corruption {
                invert: true,
                ..Default::default()
            }),
            [-1, 1, 1, -1]
        );
        assert_eq!(
            apply(Corruption {
                half: Some(Half::Left),
                ..Default::default()
            }),
            [-1, -1, -1, 1]
        );
        let rectangle = Some(Rectangle {
            top: 1,
            left: 0,
            bottom: 1,
            right: 1,
        });
        assert_eq!(
            apply(Corruption {
                rectangle,
                ..Default::default()
            }),
            [1, -1, -1, -1]
        );
        let mask = Noise {
            fraction: 1.0,
            seed: 0,
        };
        assert_eq!(
            apply(Corruption {
                mask,
                ..Default::default()
            }),
            [-1; 4]
        );
    }

    #[test]
    fn random_values_halve_the_touched_overlap() {
        let original = State::blank(10_000);
        let random = Noise {
            fraction: 0.6,
            seed: 5,
        };
        let state = Corruption {
            random,
            ..Default::default()
        }
        .apply(&original, Grid::square(100));
        // 1 − 0.6 on average; 6,000 coins give a standard error of 0.008
        assert!((state.overlap(&original) - 0.4).abs() < 0.03);
    }

    #[test]
    fn seeds_alone_are_no_corruption_and_nonsense_is_refused() {
        assert!(
            Corruption {
                flip: Noise {
                    fraction: 0.0,
                    seed: 9
                },
                ..Default::default()
            }
            .is_none()
        );
        assert!(
            !Corruption {
                shift: (0, 1),
                ..Default::default()
            }
            .is_none()
        );
        let flip = Noise {
            fraction: f64::NAN,
            seed: 0,
        };
        let error = Corruption {
            flip,
            ..Default::default()
        }
        .check(GRID)
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "flip must be a fraction from 0 to 1, not NaN"
        );
        let rectangle = Some(Rectangle {
            top: 0,
            left: 0,
            bottom: 10,
            right: 2,
        });
        assert!(
            Corruption {
                rectangle,
                ..Default::default()
            }
            .check(GRID)
            .is_err()
        );
    }
}
