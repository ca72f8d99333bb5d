//! Protein families: alignments of related sequences, and the structure that they share.
//!
//! An [`Alignment`] comes from FASTA, A2M, A3M or Stockholm bytes ([`reading`]), is [filtered](filter) by gaps, and
//! its sequences are [weighted](weights) by how many others are nearly the same. A [`Structure`] comes from a PDB
//! file and says which columns touch. Absent: files, and what is learned from the sequences (`engine::potts`).

pub mod alignment;
pub mod filter;
pub mod reading;
mod stockholm;
pub mod structure;
mod threading;
pub mod weights;

pub use alignment::Alignment;
pub use filter::Filtering;
pub use reading::Reading;
pub use structure::Structure;
pub use weights::Weighting;

/// The 21 states of a site: the amino acids by their letters, and the gap last.
pub const ALPHABET: &str = "ACDEFGHIKLMNPQRSTVWY-";

/// The state of a gap.
pub const GAP: i8 = 20;

/// The state of each byte: letters of [`ALPHABET`] in upper case; `None` for any other.
pub(crate) const fn state_of(byte: u8) -> Option<i8> {
    let letters = ALPHABET.as_bytes();
    let mut state = 0;
    while state < letters.len() {
        if letters[state] == byte {
            return Some(state as i8);
        }
        state += 1;
    }
    None
}

/// The letter of a state; `?` for what is none.
pub fn letter(state: i8) -> char {
    let place = usize::try_from(state).ok();
    let letter = place.and_then(|place| ALPHABET.as_bytes().get(place));
    letter.map_or('?', |letter| char::from(*letter))
}
