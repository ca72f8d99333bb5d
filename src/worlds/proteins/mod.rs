//! Protein families: alignments of related sequences, and the structure that they share.
//!
//! An [`Alignment`] comes from FASTA, A2M, A3M, Stockholm or CLUSTAL bytes ([`reading`]), of amino acids or of the bases
//! of DNA or RNA; it is [filtered](filter) by gaps, and its sequences are [weighted](weights) by how many others are
//! nearly the same. A [`Structure`] comes from a PDB or mmCIF file; the chain that [fits](fitting) says which columns
//! touch. Absent: files, and what is learned from the sequences (`engine::potts`).

pub mod alignment;
mod beside;
pub mod contact_map;
mod family;
mod fasta;
pub mod filter;
mod findings;
pub mod fitting;
mod format;
mod lines;
pub mod manner;
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
pub use family::{Family, FamilyChain};
pub use filter::Filtering;
pub use fitting::Fit;
pub use manner::{AlignmentOptions, AlphabetChoice, LowerCase};
pub use reading::AlignmentReading;
pub use settings::Protein;
pub use structure::{Structure, StructureReading};
pub use weights::Weighting;

use super::text;
use format::{Format, HEAD};

/// The most sequences that can be stored.
pub const MAX_STORED: usize = 20_000;

/// The kind of a file, perhaps compressed, by its first bytes; `None` if it is nothing of a protein.
fn format_of(bytes: &[u8]) -> Option<Format> {
    Format::of(&text::head(bytes, HEAD))
}

/// Whether bytes, perhaps compressed, start as an alignment does, or as something else of a protein, which is then
/// refused by its name.
pub fn is_alignment(bytes: &[u8]) -> bool {
    format_of(bytes).is_some()
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
        let chain = &structure.chains()[0];
        let distances = chain.distances(&chain.residues(alignment.sequence(0)).unwrap());
        let known = (0..135)
            .filter(|site| distances[[*site, *site]] == 0.0)
            .count();
        let pairs = (0..135).flat_map(|i| (i + 5..135).map(move |j| (i, j)));
        let touching = pairs
            .filter(|(i, j)| distances[[*i, *j]] < structure::CONTACT)
            .count();
        // Every column has its residue; the number of contacts was measured here.
        assert_eq!((chain.n_residues(), known, touching), (182, 135, 202));
    }
}
