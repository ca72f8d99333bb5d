//! A protein family: the alignment that stayed, its weights, and the structure that its members share.

use super::alignment::identity;
use super::filter::Filtered;
use super::{Alignment, Structure, is_alignment, structure};
use crate::engine::{Error, Grid};
use crate::worlds::LeftOut;
use crate::worlds::files::File;
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
    /// What was opened beside the alignment and is not used.
    pub left_out: Vec<LeftOut>,
    /// Mean identity of the sequences with their consensus: what a memory of the mean alone restores.
    pub consensus_identity: f64,
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

    /// The family of what stayed of `alignment`, with the structure of its first sequence.
    pub(super) fn new(
        alignment: &Alignment,
        filtered: Filtered,
        weights: Vec<f32>,
        beside: Beside,
    ) -> Result<Self, Error> {
        let kept = &filtered.alignment;
        // The structure is that of the first sequence of the file, in the columns that stayed.
        let first: Vec<i8> = filtered
            .columns
            .iter()
            .map(|column| alignment.sequence(0)[*column])
            .collect();
        let distances = beside
            .structure
            .map(|structure| structure.distances(&first))
            .transpose()?;
        let consensus = kept.consensus();
        let identities: f64 = kept
            .sequences()
            .map(|sequence| identity(sequence, &consensus))
            .sum();
        Ok(Self {
            n_read: alignment.n_sequences(),
            distances,
            consensus_identity: identities / kept.n_sequences() as f64,
            weights,
            filtered,
            left_out: beside.left_out,
        })
    }
}

/// What was opened beside an alignment.
#[derive(Default)]
pub(super) struct Beside {
    structure: Option<Structure>,
    /// Files that are not used.
    left_out: Vec<LeftOut>,
}

impl Beside {
    /// Takes in a file: the first structure counts, and anything else is left out, with the reason.
    pub(super) fn add(&mut self, file: &File) {
        let why = match Structure::read(&file.bytes) {
            Ok(structure) if self.structure.is_none() => {
                self.structure = Some(structure);
                return;
            }
            Ok(_) => "there is a structure already".to_owned(),
            Err(_) if is_alignment(&file.bytes) => "there is an alignment already".to_owned(),
            Err(why) => why.to_string(),
        };
        self.left_out
            .push(LeftOut::one(format!("file '{}'", file.name), why));
    }
}
