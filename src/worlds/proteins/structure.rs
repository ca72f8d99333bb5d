//! The structure of a protein: where its residues are, and which of them touch.
//!
//! A residue stands at its Cβ, glycine at its Cα. Two touch if these are less than 8 Å apart, the usual measure of
//! predicted contacts; neighbours along the chain, up to four apart, are left out by whoever counts. Absent: the formats
//! (`structure/`), and which chain is the family's (`fitting.rs`).

mod atoms;
mod mmcif;
mod pdb;

use super::format::{HEAD, is_mmcif};
use super::lines::{LineReader, Lines};
use super::threading::{MAX_CELLS, partners};
use crate::engine::Error;
use crate::engine::patterns::Letters;
use atoms::Atoms;
use mmcif::Mmcif;
use ndarray::Array2;
use pdb::Pdb;
use std::sync::Arc;

/// Distance in Å below which two residues touch.
pub const CONTACT: f32 = 8.0;

/// The most bytes of a structure, decompressed: 256 MiB.
pub const MAX_BYTES: usize = 256 << 20;

/// The first model of a structure: its chains of amino acids, at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    chains: Vec<Chain>,
    /// Names of the chains that hold no amino acid whose place is known, in order.
    others: Vec<String>,
    n_models: usize,
}

/// One chain, at least one residue long.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    name: String,
    /// Letters of [`Letters::PROTEIN`].
    states: Vec<i8>,
    /// Å.
    places: Vec<[f32; 3]>,
}

impl Structure {
    /// The only model of a structure of these chains.
    #[cfg(test)]
    pub(super) fn of(chains: &[(&str, &str)]) -> Self {
        let chain = |(name, letters): &(&str, &str)| {
            let state = |letter| Letters::PROTEIN.letter(letter).expect("an amino acid");
            Chain {
                name: (*name).to_owned(),
                states: letters.chars().map(state).collect(),
                places: vec![[0.0; 3]; letters.len()],
            }
        };
        Self {
            chains: chains.iter().map(chain).collect(),
            others: Vec::new(),
            n_models: 1,
        }
    }

    /// Reads all of a PDB or mmCIF file, plain or compressed by gzip.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reading = StructureReading::new(bytes.into());
        loop {
            if let Some(structure) = reading.step()? {
                return Ok(structure);
            }
        }
    }

    /// The chains of amino acids, in the order of the file.
    pub fn chains(&self) -> &[Chain] {
        &self.chains
    }

    /// Names of the chains that hold no amino acid whose place is known.
    pub fn other_chains(&self) -> &[String] {
        &self.others
    }

    /// Number of models in the file, of which this is the first.
    pub fn n_models(&self) -> usize {
        self.n_models
    }
}

impl Chain {
    /// Its name: a letter in most files.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its residues whose place is known, letters of [`Letters::PROTEIN`].
    pub fn states(&self) -> &[i8] {
        &self.states
    }

    /// Number of these residues.
    pub fn n_residues(&self) -> usize {
        self.states.len()
    }

    /// For each site of an aligned `sequence` of this protein or a relative the residue that stands there, if there is
    /// one. Refused: sequence and chain too long to be matched.
    pub fn residues(&self, sequence: &[i8]) -> Result<Vec<Option<usize>>, Error> {
        let gap = Letters::PROTEIN.gap();
        let sites = (0..sequence.len()).filter(|site| Some(sequence[*site]) != gap);
        let sites: Vec<usize> = sites.collect();
        if (sites.len() + 1) * (self.n_residues() + 1) > MAX_CELLS {
            return Err(Error::Shape {
                what: "sequence and chain",
                expected: format!("lengths whose product is at most {MAX_CELLS}"),
                found: format!("{} and {}", sites.len(), self.n_residues()),
            });
        }
        let letters: Vec<i8> = sites.iter().map(|site| sequence[*site]).collect();
        let mut residues = vec![None; sequence.len()];
        for (site, partner) in sites.iter().zip(partners(&letters, &self.states)) {
            residues[*site] = partner;
        }
        Ok(residues)
    }

    /// Distances in Å between sites at which these `residues` stand, N × N; NaN where there is none.
    pub fn distances(&self, residues: &[Option<usize>]) -> Array2<f32> {
        let n = residues.len();
        Array2::from_shape_fn((n, n), |(i, j)| match (residues[i], residues[j]) {
            (Some(a), Some(b)) => {
                let (a, b) = (self.places[a], self.places[b]);
                let squares = (0..3).map(|axis| (a[axis] - b[axis]).powi(2));
                squares.sum::<f32>().sqrt()
            }
            _ => f32::NAN,
        })
    }
}

/// A structure being read.
pub struct StructureReading {
    lines: Lines,
    format: Format,
}

impl std::fmt::Debug for StructureReading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StructureReading").finish_non_exhaustive()
    }
}

impl StructureReading {
    /// Begins to read `bytes`.
    pub fn new(bytes: Arc<[u8]>) -> Self {
        Self {
            lines: Lines::new(bytes, MAX_BYTES, "a structure"),
            format: Format::Pdb(Pdb::default(), Atoms::default()),
        }
    }

    /// A few milliseconds' work; the structure once it is there.
    pub fn step(&mut self) -> Result<Option<Structure>, Error> {
        if !self.lines.step(&mut self.format)? {
            return Ok(None);
        }
        let format = Format::Pdb(Pdb::default(), Atoms::default());
        match std::mem::replace(&mut self.format, format) {
            Format::Pdb(pdb, atoms) => atoms.structure(pdb.n_models()),
            Format::Mmcif(mmcif, atoms) => {
                let n_models = mmcif.finish()?;
                atoms.structure(n_models)
            }
        }
        .map(Some)
    }
}

/// What the lines mean, and what they came to.
enum Format {
    Pdb(Pdb, Atoms),
    Mmcif(Box<Mmcif>, Atoms),
}

impl LineReader for Format {
    fn begin(&mut self, text: &[u8]) -> Result<(), Error> {
        if is_mmcif(&text[..text.len().min(HEAD)]) {
            *self = Self::Mmcif(Box::default(), Atoms::default());
        }
        Ok(())
    }

    fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        match self {
            Self::Pdb(pdb, atoms) => pdb.take(line, number, atoms),
            Self::Mmcif(mmcif, atoms) => mmcif.take(line, number, atoms),
        }
    }
}

#[cfg(test)]
mod tests;
