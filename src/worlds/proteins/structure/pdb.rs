//! Atoms out of the lines of a PDB file.
//!
//! Format: PDB 3.3, records ATOM, HETATM, TER, MODEL and ENDMDL.

use super::atoms::{Atom, Atoms};
use crate::engine::Error;

/// A PDB file as far as it is read.
#[derive(Default)]
pub(super) struct Pdb {
    /// Whether a model has begun by its record.
    in_model: bool,
    /// Models after the first.
    n_further: usize,
    /// Whether the first model is over.
    over: bool,
    /// Ends of chains so far: where chains have no letter these tell them apart.
    n_ends: usize,
}

impl Pdb {
    /// Takes in one line.
    pub(super) fn take(
        &mut self,
        line: &[u8],
        number: usize,
        atoms: &mut Atoms,
    ) -> Result<(), Error> {
        if line.starts_with(b"MODEL ") {
            self.over |= self.in_model;
            self.n_further += usize::from(self.over);
            self.in_model = true;
        } else if line.starts_with(b"ENDMDL") {
            self.over = true;
        } else if line.starts_with(b"TER") {
            self.n_ends += 1;
        }
        let of_polymer = line.starts_with(b"ATOM  ");
        if self.over || line.len() < 54 || !(of_polymer || line.starts_with(b"HETATM")) {
            return Ok(());
        }
        let nameless: String;
        let chain = match line[21] {
            b' ' => {
                nameless = format!("{} (no letter)", self.n_ends + 1);
                nameless.as_bytes()
            }
            _ => &line[21..22],
        };
        let atom = Atom {
            of_polymer,
            chain,
            residue: &line[22..27],
            residue_name: line[17..20].trim_ascii(),
            name: line[12..16].trim_ascii(),
            place: place(line),
        };
        atoms.take(&atom, number)
    }

    /// Number of models.
    pub(super) fn n_models(&self) -> usize {
        1 + self.n_further
    }
}

/// The atom's coordinates, in columns 31 to 54.
fn place(line: &[u8]) -> Option<[f32; 3]> {
    let mut place = [0.0; 3];
    for (axis, value) in place.iter_mut().enumerate() {
        *value = coordinate(line.get(30 + 8 * axis..38 + 8 * axis)?)?;
    }
    Some(place)
}

/// A finite number.
pub(super) fn coordinate(text: &[u8]) -> Option<f32> {
    let text = std::str::from_utf8(text).ok()?;
    let number = text.trim().parse().ok();
    number.filter(|value: &f32| value.is_finite())
}
