//! Which digits to draw from: a set of classes 0 to 9, as plain data to compare, edit and save.
//!
//! Written and read as digits with commas between them: `0,3,7`. The empty set exists, so that the last digit of a
//! row of buttons can be turned off; whoever draws patterns from it is told so. Absent: the images.

use crate::engine::Error;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A set of digits 0 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DigitSet(u16);

impl DigitSet {
    /// The names of the digits.
    pub const NAMES: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    /// All ten digits.
    pub const ALL: Self = Self(0b11_1111_1111);
    /// No digit.
    pub const NONE: Self = Self(0);

    /// These digits and no others; what is above 9 is left out.
    pub fn only(digits: &[u8]) -> Self {
        digits
            .iter()
            .fold(Self::NONE, |set, &digit| Self(set.0 | Self::bit(digit)))
    }

    /// The set that has digit k where bit k is set; bits from 10 on are left out.
    pub const fn of_bits(bits: u16) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// Bit k for digit k.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Whether `digit` is in the set.
    pub fn contains(self, digit: u8) -> bool {
        self.0 & Self::bit(digit) != 0
    }

    /// The set with `digit` put in if it was out, taken out if it was in.
    #[must_use]
    pub fn toggled(self, digit: u8) -> Self {
        Self(self.0 ^ Self::bit(digit))
    }

    /// The digits of the set, in rising order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..=9).filter(move |digit| self.contains(*digit))
    }

    /// How many digits are in the set, 0 to 10.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no digit is in the set.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// The bit that stands for `digit`; none above 9.
    fn bit(digit: u8) -> u16 {
        if digit <= 9 { 1 << digit } else { 0 }
    }
}

impl fmt::Display for DigitSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, digit) in self.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{digit}")?;
        }
        Ok(())
    }
}

impl FromStr for DigitSet {
    type Err = Error;

    /// Reads `0,3,7`; spaces around a digit do not matter, and nothing at all is the empty set.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.trim().is_empty() {
            return Ok(Self::NONE);
        }
        text.split(',').try_fold(Self::NONE, |set, name| {
            let name = name.trim();
            match name.as_bytes() {
                [digit @ b'0'..=b'9'] => Ok(Self(set.0 | Self::bit(digit - b'0'))),
                _ => Err(Error::Unknown {
                    kind: "digit",
                    name: name.to_owned(),
                    known: Self::ALL.to_string(),
                }),
            }
        })
    }
}

impl TryFrom<String> for DigitSet {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<DigitSet> for String {
    fn from(set: DigitSet) -> Self {
        set.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_go_in_and_out() {
        let set = DigitSet::only(&[7, 0, 3, 3, 12]);
        assert_eq!(set.to_string(), "0,3,7");
        assert_eq!(
            (set.count(), set.contains(3), set.contains(4)),
            (3, true, false)
        );
        assert_eq!(set.toggled(3).toggled(9), DigitSet::only(&[0, 7, 9]));
        assert_eq!(DigitSet::ALL.iter().count(), 10);
        assert!(DigitSet::only(&[5]).toggled(5).is_empty());
    }

    #[test]
    fn text_that_is_no_digit_is_refused() {
        assert_eq!(
            "7, 0,3".parse::<DigitSet>().unwrap(),
            DigitSet::only(&[0, 3, 7])
        );
        assert_eq!(
            "1,10".parse::<DigitSet>().unwrap_err().to_string(),
            "there is no digit '10'; known: 0,1,2,3,4,5,6,7,8,9"
        );
        assert!("1,,2".parse::<DigitSet>().is_err());
        assert!("٣".parse::<DigitSet>().is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bits in 0..1024_u16, text in ".{0,9}") {
            let set = DigitSet(bits);
            prop_assert_eq!(set.to_string().parse::<DigitSet>().expect("well formed"), set);
            let json = serde_json::to_string(&set).expect("a string");
            prop_assert_eq!(serde_json::from_str::<DigitSet>(&json).expect("well formed"), set);
            let odd = text.chars().any(|c| !c.is_ascii_digit() && c != ',' && !c.is_whitespace());
            prop_assert!(!odd || text.parse::<DigitSet>().is_err());
        }
    }
}
