//! Aligned sequences: rows of states, one a site, and what was made of the letters on the way.

use super::GAP;
use crate::engine::patterns::{Label, Letters};

/// Sequences of one length, at least one of at least one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    pub(super) names: Vec<Label>,
    pub(super) n_columns: usize,
    /// States, sequence by sequence, each 0 to 20.
    pub(super) sites: Vec<i8>,
    pub(super) unknown: usize,
    pub(super) inserted: usize,
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

    /// The name of a sequence.
    pub fn name(&self, sequence: usize) -> &Label {
        &self.names[sequence]
    }

    /// The states of a sequence, each a letter of [`Letters::PROTEIN`].
    pub fn sequence(&self, sequence: usize) -> &[i8] {
        &self.sites[sequence * self.n_columns..][..self.n_columns]
    }

    /// All sequences in order.
    pub fn sequences(&self) -> impl ExactSizeIterator<Item = &[i8]> {
        self.sites.chunks_exact(self.n_columns)
    }

    /// A sequence as letters.
    pub fn letters(&self, sequence: usize) -> String {
        self.sequence(sequence)
            .iter()
            .copied()
            .map(|state| Letters::PROTEIN.symbol(state))
            .collect()
    }

    /// Letters that stand for no single amino acid (B, J, O, U, X, Z, *) and were read as gaps.
    pub fn n_unknown(&self) -> usize {
        self.unknown
    }

    /// Letters that stood outside the columns (lower case) and were dropped.
    pub fn n_inserted(&self) -> usize {
        self.inserted
    }

    /// The most frequent state of each column; of equals the first of the alphabet.
    pub fn consensus(&self) -> Vec<i8> {
        let mut counts = vec![[0_u32; 21]; self.n_columns];
        for sequence in self.sequences() {
            for (count, state) in counts.iter_mut().zip(sequence) {
                count[*state as usize] += 1;
            }
        }
        let most = |count: &[u32; 21]| (0..21_i8).rev().max_by_key(|state| count[*state as usize]);
        counts
            .iter()
            .map(|count| most(count).unwrap_or(GAP))
            .collect()
    }

    /// Share of gaps in each column, 0 to 1.
    pub fn gaps_by_column(&self) -> Vec<f64> {
        let mut gaps = vec![0_u32; self.n_columns];
        for sequence in self.sequences() {
            for (count, state) in gaps.iter_mut().zip(sequence) {
                *count += u32::from(*state == GAP);
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
