//! Protein families: alignments of related sequences, and the structure that they share.
//!
//! An [`Alignment`] comes from FASTA, A2M, A3M or Stockholm bytes ([`reading`]), is [filtered](filter) by gaps, and
//! its sequences are [weighted](weights) by how many others are nearly the same. A [`Structure`] comes from a PDB
//! file and says which columns touch. Absent: files, and what is learned from the sequences (`engine::potts`).

pub mod alignment;
pub mod contact_map;
mod family;
pub mod filter;
mod raw_sequence;
pub mod reading;
mod settings;
mod stockholm;
pub mod structure;
mod threading;
pub mod weights;
pub mod world;

pub use alignment::Alignment;
pub use contact_map::{ContactMap, ContactMapSteps};
pub use family::Family;
pub use filter::Filtering;
pub use reading::AlignmentReading;
pub use settings::Protein;
pub use structure::Structure;
pub use weights::Weighting;

use crate::engine::patterns::Letters;
use flate2::read::MultiGzDecoder;
use std::io::Read as _;

/// The most sequences that can be stored.
pub const MAX_STORED: usize = 20_000;

/// The state of a gap: the last of [`Letters::PROTEIN`].
pub const GAP: i8 = 20;

/// The state of a byte: an upper-case letter of [`Letters::PROTEIN`] or the gap; `None` for any other.
pub(crate) fn state_of(byte: u8) -> Option<i8> {
    Letters::PROTEIN.letter(char::from(byte))
}

/// Whether bytes, perhaps compressed, start as an alignment does.
pub fn is_alignment(bytes: &[u8]) -> bool {
    let mut start = Vec::new();
    if super::inflate::is_gzip(bytes) {
        // What cannot be decompressed is no alignment; whoever reads it is told.
        drop(MultiGzDecoder::new(bytes).take(64).read_to_end(&mut start));
    } else {
        start.extend(bytes.iter().take(64));
    }
    let start = start.trim_ascii_start();
    start.starts_with(b">") || start.starts_with(b"# STOCKHOLM")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RHOMBOID: &[u8] = include_bytes!("../../../assets/proteins/rhomboid.fasta.gz");
    const GLPG: &[u8] = include_bytes!("../../../assets/proteins/2NRF.pdb.gz");

    /// Counts as in `assets/proteins/README.md`.
    #[test]
    fn the_embedded_family_is_as_its_readme_says() {
        let alignment = reading::read(RHOMBOID).unwrap();
        assert_eq!(
            (alignment.n_sequences(), alignment.n_columns()),
            (2767, 135)
        );
        assert!(alignment.gaps_by_column().iter().all(|gaps| *gaps < 0.2));
        let filtering = Filtering {
            column_gaps: 0.2,
            sequence_gaps: 1.0,
            unique: true,
        };
        let filtered = filtering.apply(&alignment).unwrap();
        assert_eq!(
            (filtered.alignment.n_sequences(), filtered.copies_dropped),
            (2603, 164)
        );
        let mut weighting = Weighting::new(&alignment, 0.8);
        while !weighting.step() {}
        let effective: f32 = weighting.weights().iter().sum();
        // Measured here; a property test compares the weights with a plain count.
        assert!((effective - 1792.2).abs() < 0.1, "{effective}");
    }

    #[test]
    fn the_structure_is_that_of_the_first_sequence() {
        let alignment = reading::read(RHOMBOID).unwrap();
        let structure = Structure::read(GLPG).unwrap();
        let distances = structure.distances(alignment.sequence(0)).unwrap();
        let known = (0..135)
            .filter(|site| distances[[*site, *site]] == 0.0)
            .count();
        let pairs = (0..135).flat_map(|i| (i + 5..135).map(move |j| (i, j)));
        let touching = pairs
            .filter(|(i, j)| distances[[*i, *j]] < structure::CONTACT)
            .count();
        // Every column has its residue; the number of contacts was measured here.
        assert_eq!((structure.n_residues(), known, touching), (182, 135, 202));
    }
}
