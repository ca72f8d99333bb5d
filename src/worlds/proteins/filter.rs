//! What is left out of an alignment: sequences and columns that are mostly gaps, and copies.

use super::alignment::Alignment;
use crate::engine::Error;
use std::collections::BTreeSet;

/// How much may be missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filtering {
    /// Share of gaps above which a column goes, 0 to 1. Columns go first.
    pub column_gaps: f64,
    /// Share of gaps, in the columns that stay, above which a sequence goes, 0 to 1.
    pub sequence_gaps: f64,
    /// Whether of equal sequences only the first stays.
    pub unique: bool,
}

/// What stayed, and what did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filtered {
    /// Sequences and columns that stayed.
    pub alignment: Alignment,
    /// Which columns of the file they are, counted from 0.
    pub columns: Vec<usize>,
    /// Columns that went.
    pub columns_dropped: usize,
    /// Sequences that went for their gaps.
    pub sequences_dropped: usize,
    /// Sequences that went because they were there already.
    pub copies_dropped: usize,
}

impl Filtering {
    /// Applies it. Refused where nothing is left.
    pub fn apply(&self, alignment: &Alignment) -> Result<Filtered, Error> {
        let (gap, gaps) = (alignment.gap(), alignment.gaps_by_column());
        let columns: Vec<usize> = (0..alignment.n_columns())
            .filter(|column| gaps[*column] <= self.column_gaps)
            .collect();
        let most = (self.sequence_gaps * columns.len() as f64 + 1e-9) as usize;
        let mut filtered = Filtered {
            alignment: Alignment {
                letters: alignment.letters,
                names: Vec::new(),
                rows: Vec::new(),
                n_columns: columns.len(),
                sites: Vec::new(),
                about: alignment.about.clone(),
            },
            columns_dropped: alignment.n_columns() - columns.len(),
            columns,
            sequences_dropped: 0,
            copies_dropped: 0,
        };
        let mut seen = BTreeSet::new();
        for (index, sequence) in alignment.sequences().enumerate() {
            let kept = filtered.columns.iter().map(|column| sequence[*column]);
            let kept: Vec<i8> = kept.collect();
            if kept.iter().filter(|state| **state == gap).count() > most {
                filtered.sequences_dropped += 1;
                continue;
            }
            filtered.alignment.sites.extend(&kept);
            if self.unique && !seen.insert(kept) {
                filtered.copies_dropped += 1;
                let length = filtered.alignment.sites.len() - filtered.columns.len();
                filtered.alignment.sites.truncate(length);
                continue;
            }
            filtered.alignment.rows.push(alignment.row(index));
            filtered.alignment.names.push(alignment.name(index).clone());
        }
        if filtered.columns.is_empty() || filtered.alignment.names.is_empty() {
            return Err(Error::NotEnough {
                asked: "sequences and columns with so few gaps".to_owned(),
                available: format!(
                    "{} such columns and {} such sequences",
                    filtered.columns.len(),
                    filtered.alignment.names.len()
                ),
            });
        }
        Ok(filtered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worlds::proteins::reading::read;

    #[test]
    fn columns_go_first_then_sequences_then_copies() {
        let text = b">a\nAC-D\n>b\nA--D\n>c\n-C-D\n>d\nA--D\n>e\n----\n";
        let alignment = read(text).unwrap();
        let filtering = Filtering {
            column_gaps: 0.6,
            sequence_gaps: 0.5,
            unique: true,
        };
        let filtered = filtering.apply(&alignment).unwrap();
        assert_eq!(filtered.columns, [0, 1, 3]);
        let rows: Vec<String> = (0..filtered.alignment.n_sequences())
            .map(|row| filtered.alignment.text(row))
            .collect();
        assert_eq!(rows, ["ACD", "A-D", "-CD"]);
        assert_eq!(filtered.alignment.rows, [0, 1, 2]);
        assert_eq!(
            (filtered.sequences_dropped, filtered.copies_dropped),
            (1, 1)
        );
        let nothing = Filtering {
            column_gaps: 0.0,
            ..filtering
        };
        assert!(nothing.apply(&alignment).is_err());
    }
}
