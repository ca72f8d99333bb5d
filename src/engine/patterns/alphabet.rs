//! What a unit can be: a sign, or one letter of a few, as the residues of a protein are.
//!
//! Both are kept as one small whole number a unit: ±1, or the place of the letter from 0. Absent: what couplings make
//! of them (`memory` for signs, `potts` for letters).

use crate::engine::error::Error;
use crate::engine::rng::Stream;
use rand::RngExt as _;

/// What every unit can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Alphabet {
    /// +1 or −1.
    #[default]
    Signs,
    /// One of q letters, kept as 0 to q − 1.
    Letters(Letters),
}

/// q letters, 2 to [`Letters::MAX`], the last of which may be the gap: no letter at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letters {
    symbols: &'static str,
    has_gap: bool,
}

/// The names of letters that have no other.
const PLAIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";

impl Letters {
    /// Most letters there can be.
    pub const MAX: usize = PLAIN.len();

    /// The twenty amino acids by their one-letter codes in alphabetical order, and the gap of an alignment.
    pub const PROTEIN: Self = Self {
        symbols: "ACDEFGHIKLMNPQRSTVWY-",
        has_gap: true,
    };

    /// The four bases of DNA, and the gap.
    pub const DNA: Self = Self {
        symbols: "ACGT-",
        has_gap: true,
    };

    /// The four bases of RNA, and the gap.
    pub const RNA: Self = Self {
        symbols: "ACGU-",
        has_gap: true,
    };

    /// `count` letters called A, B, C and so on, without a gap. Refused: fewer than 2, more than [`Self::MAX`].
    pub fn plain(count: usize) -> Result<Self, Error> {
        if !(2..=Self::MAX).contains(&count) {
            return Err(Error::Range {
                setting: "the number of letters",
                range: format!("from 2 to {}", Self::MAX),
                value: count.to_string(),
            });
        }
        Ok(Self {
            symbols: &PLAIN[..count],
            has_gap: false,
        })
    }

    /// Number of letters q, with the gap.
    pub const fn count(self) -> usize {
        self.symbols.len()
    }

    /// The letter that stands for none, if there is one: the last.
    pub fn gap(self) -> Option<i8> {
        self.has_gap.then(|| self.count() as i8 - 1)
    }

    /// How `letter`, 0 to q − 1, is written; "?" for what is none.
    pub fn symbol(self, letter: i8) -> char {
        let known = usize::try_from(letter).ok();
        let symbol = known.and_then(|letter| self.symbols.as_bytes().get(letter));
        symbol.map_or('?', |symbol| char::from(*symbol))
    }

    /// The letter that is written `symbol`; T and U are the same base.
    pub fn letter(self, symbol: char) -> Option<i8> {
        let symbol = match (self, symbol) {
            (Self::DNA, 'U') => 'T',
            (Self::RNA, 'T') => 'U',
            _ => symbol,
        };
        self.symbols.find(symbol).map(|place| place as i8)
    }

    /// Letters that a mutation can bring: all but the gap.
    fn residues(self) -> i8 {
        self.gap().unwrap_or_else(|| self.count() as i8)
    }
}

impl Alphabet {
    /// The letters, where units are letters.
    pub const fn letters(self) -> Option<Letters> {
        match self {
            Self::Signs => None,
            Self::Letters(letters) => Some(letters),
        }
    }

    /// What an empty unit is: −1, the gap, or the first letter where there is no gap.
    pub fn blank(self) -> i8 {
        match self {
            Self::Signs => -1,
            Self::Letters(letters) => letters.gap().unwrap_or(0),
        }
    }

    /// Whether a unit can be `value`.
    pub fn has(self, value: i8) -> bool {
        match self {
            Self::Signs => value.unsigned_abs() == 1,
            Self::Letters(letters) => (0..letters.count() as i8).contains(&value),
        }
    }

    /// Any value, each with the same probability: a sign, or a letter other than the gap.
    pub fn random(self, rng: &mut Stream) -> i8 {
        match self {
            Self::Signs => i8::from(rng.random::<bool>()) * 2 - 1,
            Self::Letters(letters) => rng.random_range(0..letters.residues()),
        }
    }

    /// Any value but `value`: the other sign, or another letter, never the gap.
    pub fn another(self, value: i8, rng: &mut Stream) -> i8 {
        let Self::Letters(letters) = self else {
            return -value;
        };
        let residues = letters.residues();
        if value >= residues {
            return rng.random_range(0..residues);
        }
        // With one residue and a gap, there is no other: the residue stays.
        let other = rng.random_range(0..(residues - 1).max(1));
        if other >= value && residues > 1 {
            other + 1
        } else {
            other
        }
    }

    /// The overlap of two rows of N units over N times: Σ a_i b_i of signs, the number of equal letters.
    pub(crate) fn dot(self, a: &[i8], b: &[i8]) -> i32 {
        let pairs = a.iter().zip(b);
        match self {
            Self::Signs => pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum(),
            Self::Letters(_) => pairs.map(|(a, b)| i32::from(a == b)).sum(),
        }
    }
}

/// In words: "units of ±1", "units of 21 letters".
impl std::fmt::Display for Alphabet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Signs => f.write_str("units of ±1"),
            Self::Letters(letters) => write!(f, "units of {} letters", letters.count()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;

    #[test]
    fn letters_have_names_and_the_last_may_be_a_gap() {
        let protein = Letters::PROTEIN;
        assert_eq!((protein.count(), protein.gap()), (21, Some(20)));
        for letter in 0..21 {
            assert_eq!(protein.letter(protein.symbol(letter)), Some(letter));
        }
        assert_eq!((protein.letter('B'), protein.symbol(21)), (None, '?'));
        for (bases, t) in [(Letters::DNA, 'T'), (Letters::RNA, 'U')] {
            assert_eq!(
                (bases.count(), bases.gap(), bases.symbol(3)),
                (5, Some(4), t)
            );
            let letters = ['A', 'C', 'G', 'T', 'U', '-', 'N'].map(|symbol| bases.letter(symbol));
            let expected = [0, 1, 2, 3, 3, 4].map(Some);
            assert_eq!((&letters[..6], letters[6]), (&expected[..], None));
        }
        let plain = Letters::plain(3).unwrap();
        assert_eq!((plain.symbol(2), plain.gap()), ('C', None));
        assert!(Letters::plain(1).is_err() && Letters::plain(33).is_err());
        let alphabets = [Alphabet::Signs, Alphabet::Letters(protein)];
        assert_eq!(alphabets.map(Alphabet::blank), [-1, 20]);
        assert_eq!(Alphabet::Letters(plain).blank(), 0);
        assert!(!alphabets[0].has(0) && alphabets[1].has(0) && !alphabets[1].has(21));
    }

    #[test]
    fn another_letter_is_never_the_same_nor_the_gap_and_may_be_any() {
        let mut rng = stream(1, "alphabet test");
        for alphabet in [
            Alphabet::Letters(Letters::PROTEIN),
            Alphabet::Letters(Letters::plain(21).unwrap()),
        ] {
            for value in [0, 7, 19, 20] {
                let drawn: Vec<i8> = (0..2000)
                    .map(|_| alphabet.another(value, &mut rng))
                    .collect();
                let n_residues = alphabet.letters().unwrap().residues();
                for letter in 0..21 {
                    let possible = letter != value && letter < n_residues;
                    assert_eq!(drawn.contains(&letter), possible, "{letter} for {value}");
                }
            }
        }
        assert_eq!(Alphabet::Signs.another(1, &mut rng), -1);
    }
}
