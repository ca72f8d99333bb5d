//! In which manner the letters of an alignment are read: what lower case and dots mean, and which alphabet it is.
//!
//! Both follow from counts over the whole file (`Survey`), unless the user says otherwise.

use super::raw_sequence::RawSequence;
use crate::engine::patterns::Letters;
use crate::engine::settings::choices;

/// The least share of bases among the letters of an alignment of DNA or RNA.
const BASES: f64 = 0.9;

/// What lower case means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LowerCase {
    /// Inserts, unless all letters are in lower case.
    #[default]
    Automatic,
    /// Inserts, which belong to no column, as in A2M and A3M.
    Inserts,
    /// The same as upper case.
    Columns,
}

choices!(LowerCase: Automatic = "automatic", Inserts = "inserts", Columns = "columns");

/// Which letters sequences are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AlphabetChoice {
    /// As they look.
    #[default]
    Automatic,
    /// The twenty amino acids.
    Protein,
    /// A, C, G, T.
    Dna,
    /// A, C, G, U.
    Rna,
}

choices!(AlphabetChoice: Automatic = "automatic", Protein = "protein", Dna = "dna" / "DNA", Rna = "rna" / "RNA");

impl AlphabetChoice {
    /// The letters, where the user says them.
    pub fn letters(self) -> Option<Letters> {
        match self {
            Self::Automatic => None,
            Self::Protein => Some(Letters::PROTEIN),
            Self::Dna => Some(Letters::DNA),
            Self::Rna => Some(Letters::RNA),
        }
    }
}

/// What sequences of these letters are called.
pub(super) fn called(letters: Letters) -> &'static str {
    match letters {
        Letters::DNA => "DNA",
        Letters::RNA => "RNA",
        _ => "protein",
    }
}

/// What a user says of an alignment that its file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlignmentOptions {
    /// The alphabet.
    pub alphabet: AlphabetChoice,
    /// What lower case means.
    pub lower_case: LowerCase,
}

/// A length that all rows may share.
#[derive(Debug, Default, Clone, Copy)]
struct Length {
    first: Option<usize>,
    uneven: bool,
}

impl Length {
    fn add(&mut self, length: usize) {
        self.uneven |= *self.first.get_or_insert(length) != length;
    }
}

/// Counts over the rows of a file.
#[derive(Debug)]
pub(super) struct Survey {
    n_rows: usize,
    /// How often each byte stands there.
    counts: [u64; 256],
    /// Lengths of all there is, without dots, and without dots and lower case.
    whole: Length,
    undotted: Length,
    upper: Length,
    /// Where the first row has dots, and whether others have them elsewhere.
    dots: Option<Vec<usize>>,
    dots_differ: bool,
}

/// How letters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// As if all were in upper case.
    pub(super) upper: bool,
    pub(super) dots_are_gaps: bool,
    pub(super) letters: Letters,
    /// Columns of the first row.
    pub(super) n_columns: usize,
    /// Whether rows differ in length only because lower case counts for nothing.
    pub(super) uneven_by_case: bool,
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            n_rows: 0,
            counts: [0; 256],
            whole: Length::default(),
            undotted: Length::default(),
            upper: Length::default(),
            dots: None,
            dots_differ: false,
        }
    }
}

impl Survey {
    /// Counts one row.
    pub(super) fn add(&mut self, row: &RawSequence) {
        let (mut dots, mut lower) = (0, 0);
        let letters = row.ended();
        for byte in letters {
            self.counts[usize::from(*byte)] += 1;
            dots += usize::from(*byte == b'.');
            lower += usize::from(byte.is_ascii_lowercase());
        }
        let places = || (0..letters.len()).filter(|place| letters[*place] == b'.');
        let first = self.dots.get_or_insert_with(|| places().collect());
        self.dots_differ |= !places().eq(first.iter().copied());
        self.n_rows += 1;
        self.whole.add(letters.len());
        self.undotted.add(letters.len() - dots);
        self.upper.add(letters.len() - dots - lower);
    }

    /// The manner that follows.
    pub(super) fn manner(&self, options: AlignmentOptions) -> Manner {
        let any = |mut range: std::ops::RangeInclusive<u8>| {
            range.any(|byte| self.counts[usize::from(byte)] > 0)
        };
        let lower = any(b'a'..=b'z');
        let upper = match options.lower_case {
            LowerCase::Automatic => lower && !any(b'A'..=b'Z'),
            LowerCase::Inserts => false,
            LowerCase::Columns => lower,
        };
        let counted = if upper { self.undotted } else { self.upper };
        // A column of dots alone is one of inserts that no row has.
        let dots_are_gaps = self.dots_differ && (!lower || upper) && !self.whole.uneven;
        let columns = if dots_are_gaps { self.whole } else { counted };
        let letters = options.alphabet.letters();
        Manner {
            upper,
            dots_are_gaps,
            letters: letters.unwrap_or_else(|| self.letters(upper)),
            n_columns: columns.first.unwrap_or(0),
            uneven_by_case: lower
                && !upper
                && columns.uneven
                && !(self.whole.uneven && self.undotted.uneven),
        }
    }

    /// The alphabet that the letters of the columns look like.
    fn letters(&self, upper: bool) -> Letters {
        let count = |letter: u8| {
            let lower = if upper {
                letter.to_ascii_lowercase()
            } else {
                letter
            };
            let lower = if lower == letter {
                0
            } else {
                self.counts[usize::from(lower)]
            };
            self.counts[usize::from(letter)] + lower
        };
        let sum = |letters: &[u8]| letters.iter().map(|letter| count(*letter)).sum::<u64>();
        let (bases, unsure) = (sum(b"ACGTU"), sum(b"NXRYSWKMBDHV"));
        let all: u64 = (b'A'..=b'Z').map(count).sum();
        let are_bases = bases + unsure == all && bases as f64 >= BASES * all as f64;
        match (count(b'U'), count(b'T')) {
            _ if self.n_rows < 2 || bases == 0 || !are_bases => Letters::PROTEIN,
            (u, t) if u > t => Letters::RNA,
            _ => Letters::DNA,
        }
    }
}
