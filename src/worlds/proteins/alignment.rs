//! Aligned sequences: rows of states, one a site, and what was made of the letters on the way.

use crate::engine::patterns::{Label, Letters};
use crate::worlds::LeftOut;

/// Sequences of one length, at least one of at least one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    pub(super) letters: Letters,
    pub(super) names: Vec<Label>,
    /// Which rows of the file the sequences are, from 0.
    pub(super) rows: Vec<usize>,
    pub(super) n_columns: usize,
    /// States, sequence by sequence, each one of the letters.
    pub(super) sites: Vec<i8>,
    pub(super) about: About,
}

/// What was made of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Letters that are none of the alphabet (B, J, O, U, X, Z and * of amino acids, N of bases), read as gaps.
    pub n_unknown: usize,
    /// Whether letters in lower case were read as if they were in upper case.
    pub lower_as_columns: bool,
    /// What of the file is not used.
    pub left_out: Vec<LeftOut>,
}

impl Alignment {
    /// Number of sequences.
    pub fn n_sequences(&self) -> usize {
        self.names.len()
    }

    /// Number of columns: sites of a sequence.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// What sites can be: amino acids or bases, and the gap.
    pub fn letters(&self) -> Letters {
        self.letters
    }

    /// The state of a gap.
    pub fn gap(&self) -> i8 {
        self.letters.gap().expect("aligned sequences have gaps")
    }

    /// The name of a sequence.
    pub fn name(&self, sequence: usize) -> &Label {
        &self.names[sequence]
    }

    /// Which row of the file a sequence is, from 0.
    pub fn row(&self, sequence: usize) -> usize {
        self.rows[sequence]
    }

    /// The states of a sequence.
    pub fn sequence(&self, sequence: usize) -> &[i8] {
        &self.sites[sequence * self.n_columns..][..self.n_columns]
    }

    /// All sequences in order.
    pub fn sequences(&self) -> impl ExactSizeIterator<Item = &[i8]> {
        self.sites.chunks_exact(self.n_columns)
    }

    /// A sequence as it is written.
    pub fn text(&self, sequence: usize) -> String {
        let states = self.sequence(sequence).iter();
        states.map(|state| self.letters.symbol(*state)).collect()
    }

    /// What was made of the file.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The most frequent state of each column; of equals the first of the alphabet.
    pub fn consensus(&self) -> Vec<i8> {
        let q = self.letters.count();
        let mut counts = vec![0_u32; self.n_columns * q];
        for sequence in self.sequences() {
            for (count, state) in counts.chunks_exact_mut(q).zip(sequence) {
                count[*state as usize] += 1;
            }
        }
        let most = |count: &[u32]| (0..q).rev().max_by_key(|state| count[*state]);
        counts
            .chunks_exact(q)
            .map(|count| most(count).unwrap_or(0) as i8)
            .collect()
    }

    /// Share of gaps in each column, 0 to 1.
    pub fn gaps_by_column(&self) -> Vec<f64> {
        let gap = self.gap();
        let mut gaps = vec![0_u32; self.n_columns];
        for sequence in self.sequences() {
            for (count, state) in gaps.iter_mut().zip(sequence) {
                *count += u32::from(*state == gap);
            }
        }
        let n = self.n_sequences() as f64;
        gaps.into_iter().map(|count| f64::from(count) / n).collect()
    }
}

/// Share of equal sites of two sequences of one length, 0 to 1.
pub fn identity(a: &[i8], b: &[i8]) -> f64 {
    let equal = a.iter().zip(b).filter(|(a, b)| a == b).count();
    equal as f64 / a.len().max(1) as f64
}
