//! How a cue is corrupted: shifted, inverted, covered, replaced by noise, flipped or mutated.
//!
//! Empty is −1 for signs, and for letters the gap (or the first letter, where there is no gap).
//! A corruption is plain data, applied in a fixed order. Each kind of noise has a seed of its own and picks
//! its units along one random permutation, so that raising a fraction only adds units: a slider moves smoothly.

use super::error::Error;
use super::patterns::{Alphabet, Grid, State};
use super::rng::stream;
use super::settings::{AnySettings as _, Field, Item, Setting, SettingKind, Settings, notation};
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A fraction of the units, picked by a seed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Noise {
    /// Fraction of the units, 0 to 1: larger touches more of them.
    pub fraction: f64,
    /// Which units: another seed picks others.
    pub seed: u64,
}

/// One half of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Its name: "left".
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// Units from `top`, `left` to `bottom`, `right`, all inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rectangle {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

/// Everything that is done to a cue, in this order; the default does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Corruption {
    /// Columns to the right and rows down, in units; what leaves the grid is lost, what enters is empty.
    pub shift: (i32, i32),
    /// Every unit turned over; refused for letters.
    pub invert: bool,
    /// One half made empty.
    pub half: Option<Half>,
    /// A rectangle made empty.
    pub rectangle: Option<Rectangle>,
    /// A fraction of the units made empty.
    pub mask: Noise,
    /// A fraction of the units set to +1 or −1 by a fair coin, so that the overlap falls to about 1 − fraction; or to
    /// any letter but the gap.
    pub random: Noise,
    /// A fraction of the units turned over, so that the overlap falls to exactly 1 − 2 × fraction; or of the sites
    /// mutated to another letter, never the gap, so that it falls to 1 − fraction.
    pub flip: Noise,
}

/// How a corruption is written for short.
const NOTATION: &str =
    "flip=p, random=p, mask=p, half=left|right|top|bottom, shift=dx,dy, invert or none";

/// A fraction of the units as a setting.
const fn fraction(key: &'static str, label: &'static str, help: &'static str) -> Setting {
    let kind = SettingKind::Number {
        min: 0.0,
        max: 1.0,
        logarithmic: false,
    };
    Setting {
        key,
        label,
        help,
        kind,
    }
}

/// A number of units, either way, as a setting.
const fn distance(key: &'static str, label: &'static str, help: &'static str) -> Setting {
    let kind = SettingKind::Whole {
        min: i32::MIN,
        max: i32::MAX,
        logarithmic: false,
    };
    Setting {
        key,
        label,
        help,
        kind,
    }
}

/// No half, or one in the order of [`Half::ALL`].
const HALVES: &[Item] = &[
    Item {
        key: "none",
        label: "nothing",
    },
    Item::new(Half::ALL[0].1),
    Item::new(Half::ALL[1].1),
    Item::new(Half::ALL[2].1),
    Item::new(Half::ALL[3].1),
];

impl Settings for Corruption {
    /// Seeds are no settings, since they are whole numbers of 64 bits; nor is a rectangle, which is drawn.
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            fraction(
                "flip",
                "Flip",
                "Share of units to flip: larger leaves less to go by; at 0.5 nothing is left",
            ),
            |corruption| corruption.flip.fraction,
            |corruption, value| corruption.flip.fraction = value,
        ),
        Field::new(
            fraction(
                "random",
                "Random",
                "Share of units to replace by coin tosses: the overlap falls to about 1 minus this",
            ),
            |corruption| corruption.random.fraction,
            |corruption, value| corruption.random.fraction = value,
        ),
        Field::new(
            fraction(
                "mask",
                "Mask",
                "Share of units to cover: larger leaves less to go by",
            ),
            |corruption| corruption.mask.fraction,
            |corruption, value| corruption.mask.fraction = value,
        ),
        Field::new(
            Setting {
                key: "half",
                label: "Cover",
                help: "Which half of the grid is covered",
                kind: SettingKind::Choice(HALVES),
            },
            |corruption| {
                let place = |half: Half| 1.0 + f64::from(half as u8);
                corruption.half.map_or(0.0, place)
            },
            |corruption, value| {
                let half = (value as usize)
                    .checked_sub(1)
                    .map(|place| Half::ALL[place].0);
                corruption.half = half;
            },
        ),
        Field::new(
            distance(
                "right",
                "Right",
                "Columns that everything moves to the right, negative to the left",
            ),
            |corruption| f64::from(corruption.shift.0),
            |corruption, value| corruption.shift.0 = value as i32,
        ),
        Field::new(
            distance(
                "down",
                "Down",
                "Rows that everything moves down, negative up",
            ),
            |corruption| f64::from(corruption.shift.1),
            |corruption, value| corruption.shift.1 = value as i32,
        ),
        Field::new(
            Setting {
                key: "invert",
                label: "Invert",
                help: "Every unit flipped: the overlap changes its sign",
                kind: SettingKind::Choice(&[Item::new("no"), Item::new("yes")]),
            },
            |corruption| f64::from(u8::from(corruption.invert)),
            |corruption, value| corruption.invert = value == 1.0,
        ),
    ];
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

    /// What `texts` write together, each `key=value,…` of the table, or for short `shift=dx,dy`, `invert` or `none`.
    /// Refused: one setting with two values, and anything beside `none`.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str> + Clone) -> Result<Self, Error> {
        let mut pairs = Vec::new();
        for text in texts.clone() {
            let malformed = || Error::Range {
                setting: "a corruption",
                range: NOTATION.to_owned(),
                value: format!("'{text}'"),
            };
            pairs.push(match text.strip_prefix("shift=") {
                _ if text == "none" => continue,
                _ if text == "invert" => "invert=yes".into(),
                Some(shift) => {
                    let (right, down) = shift.split_once(',').ok_or_else(malformed)?;
                    Cow::from(format!("right={right},down={down}"))
                }
                None if !text.contains('=') => return Err(malformed()),
                None => text.into(),
            });
        }
        if let Some(one) = texts.clone().into_iter().find(|text| *text != "none")
            && texts.into_iter().any(|text| text == "none")
        {
            return Err(Error::Twice {
                setting: "a corruption".to_owned(),
                first: "none".to_owned(),
                second: one.to_owned(),
            });
        }
        let mut corruption = Self::default();
        notation::assign_all(&mut corruption, &pairs.join(","))?;
        Ok(corruption)
    }

    /// What takes a state of `n_units` down to an overlap of `overlap`, 0 to 1, with itself, or just above:
    /// floor(N (1 − m)/2) units are flipped, or floor(N (1 − m)) letters mutated, which ones the seed says.
    pub fn to_overlap(overlap: f64, n_units: usize, alphabet: Alphabet, seed: u64) -> Self {
        let share = match alphabet {
            Alphabet::Letters(_) => 1.0 - overlap,
            Alphabet::Signs => (1.0 - overlap) / 2.0,
        };
        // What rounding left below a whole number of units is that number: N (1 − 0.9)/2 at N = 20 is one.
        let count = (n_units as f64 * share + 1e-9).floor();
        let fraction = count / n_units as f64;
        Self {
            flip: Noise { fraction, seed },
            ..Self::default()
        }
    }

    /// Refuses fractions outside 0 to 1.
    pub fn check_fractions(&self) -> Result<(), Error> {
        self.check_all()
    }

    /// Refuses fractions outside 0 to 1, rectangles outside `grid`, and to invert letters.
    pub fn check(&self, grid: Grid, alphabet: Alphabet) -> Result<(), Error> {
        self.check_fractions()?;
        if self.invert && alphabet.letters().is_some() {
            return Err(Error::Format {
                expected: "only units of ±1 can be inverted".to_owned(),
                found: format!("these are {alphabet}"),
            });
        }
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
        let (n_units, alphabet) = (state.n_units(), state.alphabet());
        for unit in self.mask.units(n_units, "mask") {
            state.put(unit, alphabet.blank());
        }
        let mut values = stream(self.random.seed, "random values");
        for unit in self.random.units(n_units, "random") {
            state.put(unit, alphabet.random(&mut values));
        }
        let mut mutations = stream(self.flip.seed, "mutations");
        for unit in self.flip.units(n_units, "flip") {
            let value = alphabet.another(state.units()[unit], &mut mutations);
            state.put(unit, value);
        }
        state
    }

    /// The parts that need the grid: shift, inversion, and what covers an area.
    fn place(&self, original: &State, grid: Grid) -> State {
        let stays = self.shift == (0, 0) && !self.invert;
        if stays && self.half.is_none() && self.rectangle.is_none() {
            return original.clone();
        }
        let (right, down) = (i64::from(self.shift.0), i64::from(self.shift.1));
        let alphabet = original.alphabet();
        State::filled(alphabet, original.n_units(), |unit| {
            let (row, column) = grid.place(unit);
            if self.covers(row, column, grid) {
                return alphabet.blank();
            }
            let source = grid.unit(row as i64 - down, column as i64 - right);
            let value = source.map_or_else(|| alphabet.blank(), |source| original.units()[source]);
            if self.invert && alphabet == Alphabet::Signs {
                -value
            } else {
                value
            }
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
        if count == 0 {
            return Vec::new();
        }
        let mut units: Vec<usize> = (0..n_units).collect();
        units.shuffle(&mut stream(self.seed, name));
        units.truncate(count);
        units
    }
}

#[cfg(test)]
#[path = "corrupt_tests.rs"]
mod tests;
