//! One state of N units. Absent: what moves it (`dynamics`).

use super::alphabet::{Alphabet, Letters};
use crate::engine::error::Error;

/// N units, each exactly +1 or −1, or each one of a few letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    units: Vec<i8>,
    alphabet: Alphabet,
}

impl State {
    /// Every unit at −1: an empty sheet.
    pub fn blank(n_units: usize) -> Self {
        Self::blank_of(Alphabet::Signs, n_units)
    }

    /// Every unit at the alphabet's [blank](Alphabet::blank): −1, or the gap.
    pub fn blank_of(alphabet: Alphabet, n_units: usize) -> Self {
        Self {
            units: vec![alphabet.blank(); n_units],
            alphabet,
        }
    }

    /// +1 where `up` says so, −1 elsewhere.
    pub fn from_fn(n_units: usize, mut up: impl FnMut(usize) -> bool) -> Self {
        Self::filled(
            Alphabet::Signs,
            n_units,
            |unit| {
                if up(unit) { 1 } else { -1 }
            },
        )
    }

    /// The signs of a row of ±1 numbers (positive is +1, all else −1).
    pub fn from_signs(signs: &[i8]) -> Self {
        Self::from_fn(signs.len(), |unit| signs[unit] > 0)
    }

    /// A row of letters, each from 0 to q − 1. Refused: a number that is none of them.
    pub fn from_letters(units: &[i8], letters: Letters) -> Result<Self, Error> {
        let alphabet = Alphabet::Letters(letters);
        match units.iter().position(|unit| !alphabet.has(*unit)) {
            None => Ok(Self::filled(alphabet, units.len(), |unit| units[unit])),
            Some(column) => Err(Error::Entry {
                what: "the state",
                expected: "letters counted from 0",
                row: 0,
                column,
                value: format!("{} of {}", units[column], letters.count()),
            }),
        }
    }

    /// Whatever `value` says, which the alphabet must have.
    pub(crate) fn filled(
        alphabet: Alphabet,
        n_units: usize,
        value: impl FnMut(usize) -> i8,
    ) -> Self {
        Self {
            units: (0..n_units).map(value).collect(),
            alphabet,
        }
    }

    /// The units: each ±1, or a letter from 0 to q − 1.
    pub fn units(&self) -> &[i8] {
        &self.units
    }

    /// What the units can be.
    pub fn alphabet(&self) -> Alphabet {
        self.alphabet
    }

    /// Number of units N.
    pub fn n_units(&self) -> usize {
        self.units.len()
    }

    /// Turns `unit` over; a letter, which has no opposite, stays.
    pub fn flip(&mut self, unit: usize) {
        if self.alphabet == Alphabet::Signs {
            self.units[unit] = -self.units[unit];
        }
    }

    /// Sets `unit` to +1 or −1; a letter stays.
    pub fn set(&mut self, unit: usize, up: bool) {
        if self.alphabet == Alphabet::Signs {
            self.units[unit] = if up { 1 } else { -1 };
        }
    }

    /// Makes `unit` what `value` says; it stays if its alphabet has no such value.
    pub fn put(&mut self, unit: usize, value: i8) {
        if self.alphabet.has(value) {
            self.units[unit] = value;
        }
    }

    /// The overlap with `other`: (1/N) Σ a_i b_i of signs, from −1 to 1; the share of equal letters, from 0 to 1.
    pub fn overlap(&self, other: &Self) -> f64 {
        f64::from(self.alphabet.dot(&self.units, &other.units)) / self.units.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_overlap_where_they_are_equal_and_have_no_opposite() {
        let letters = Letters::plain(3).unwrap();
        let state = State::from_letters(&[0, 1, 2, 2], letters).unwrap();
        let mut other = State::from_letters(&[0, 2, 2, 1], letters).unwrap();
        assert_eq!(state.overlap(&other), 0.5);
        other.flip(1);
        other.set(1, true);
        other.put(1, 3);
        assert_eq!(other.units(), [0, 2, 2, 1]);
        other.put(1, 1);
        assert_eq!(state.overlap(&other), 0.75);
        let error = State::from_letters(&[0, 3], letters).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the state must be letters counted from 0; row 0, column 1 holds 3 of 3"
        );
    }
}
