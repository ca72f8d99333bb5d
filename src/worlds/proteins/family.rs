//! A protein family: the alignment that stayed, its weights, and the structure that its members share.

use super::alignment::identity;
use super::filter::Filtered;
use super::fitting::Fit;
use super::{Alignment, Structure, structure};
use crate::engine::Grid;
use crate::worlds::LeftOut;
use ndarray::Array2;

/// A family, read, filtered and weighted.
#[derive(Debug, Clone)]
pub struct Family {
    /// What stayed of the alignment.
    pub filtered: Filtered,
    /// Weight of each sequence, above 0 to 1.
    pub weights: Vec<f32>,
    /// Sequences in the file.
    pub n_read: usize,
    /// Distances in Å between the columns, N × N, where there is a structure.
    pub distances: Option<Array2<f32>>,
    /// Which chain tells them.
    pub chain: Option<FamilyChain>,
    /// What was opened beside the alignment and is not used.
    pub left_out: Vec<LeftOut>,
    /// Mean identity of the sequences with their consensus: what a memory of the mean alone restores.
    pub consensus_identity: f64,
}

/// The chain of a structure that tells where the residues of a family are.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyChain {
    /// The file.
    pub file: String,
    /// The chain's name.
    pub name: String,
    /// The row of the alignment that it was matched to, from 0, and its name.
    pub row: (usize, String),
    /// Columns that have a residue, of those that stayed.
    pub n_known: usize,
    /// Share of the row or the chain, whichever is shorter, that is equal in both, 0 to 1.
    pub share: f64,
}

impl Family {
    /// The effective number of sequences: the sum of the weights.
    pub fn effective(&self) -> f64 {
        self.weights.iter().copied().map(f64::from).sum()
    }

    /// Distance in Å between two columns; `None` where the structure does not say.
    pub fn distance(&self, i: usize, j: usize) -> Option<f32> {
        let distance = self.distances.as_ref()?[[i, j]];
        (!distance.is_nan()).then_some(distance)
    }

    /// Whether two columns touch; `None` where the structure does not say.
    pub fn touches(&self, i: usize, j: usize) -> Option<bool> {
        let distance = self.distance(i, j)?;
        Some(distance < structure::CONTACT)
    }

    /// The grid that a sequence is drawn on, in the order of its sites.
    pub fn grid(&self) -> Grid {
        let n_columns = self.filtered.alignment.n_columns();
        Grid::wrapped(n_columns, (n_columns - 1).isqrt() + 1)
    }

    /// The family of what stayed of `alignment`, with what was opened beside it.
    pub(super) fn new(
        alignment: &Alignment,
        filtered: Filtered,
        weights: Vec<f32>,
        beside: Beside,
    ) -> Self {
        let kept = &filtered.alignment;
        let consensus = kept.consensus();
        let identities: f64 = kept
            .sequences()
            .map(|sequence| identity(sequence, &consensus))
            .sum();
        let consensus_identity = identities / kept.n_sequences() as f64;
        let (distances, chain) = match &beside.fitted {
            Some((file, structure, fit)) => {
                let residues = filtered.columns.iter().map(|column| fit.residues[*column]);
                let residues: Vec<Option<usize>> = residues.collect();
                let chain = &structure.chains()[fit.chain];
                let told = FamilyChain {
                    file: file.clone(),
                    name: chain.name().to_owned(),
                    row: (alignment.row(fit.sequence), fit.name.to_string()),
                    n_known: residues.iter().flatten().count(),
                    share: fit.share,
                };
                (Some(chain.distances(&residues)), Some(told))
            }
            None => (None, None),
        };
        Self {
            n_read: alignment.n_sequences(),
            distances,
            chain,
            consensus_identity,
            weights,
            filtered,
            left_out: beside.left_out,
        }
    }
}

/// What was opened beside an alignment.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The structure, the file it comes from, and how it was matched.
    pub(super) fitted: Option<(String, Structure, Fit)>,
    /// What is not used.
    pub(super) left_out: Vec<LeftOut>,
}
