//! The structure of a protein: where its residues are, out of a PDB file, and which of them touch.
//!
//! A residue stands at its Cβ, glycine at its Cα. Two touch if these are less than 8 Å apart, the usual measure of
//! predicted contacts; neighbours along the chain, up to four apart, are left out by whoever counts.
//! Format: PDB 3.3, records ATOM, HETATM (selenomethionine only) and ENDMDL.

use super::threading::{MAX_CELLS, partners};
use super::{GAP, state_of};
use crate::engine::Error;
use crate::worlds::inflate::{Inflating, is_gzip, too_long};
use ndarray::Array2;
use std::borrow::Cow;

/// Distance in Å below which two residues touch.
pub const CONTACT: f32 = 8.0;

/// The most bytes of a PDB file, decompressed: 64 MiB.
pub const MAX_BYTES: usize = 64 << 20;

/// The most residues of a chain.
const MAX_RESIDUES: usize = 20_000;

/// Names of the amino acids, in the order of the alphabet.
const NAMES: [&str; 20] = [
    "ALA", "CYS", "ASP", "GLU", "PHE", "GLY", "HIS", "ILE", "LYS", "LEU", "MET", "ASN", "PRO",
    "GLN", "ARG", "SER", "THR", "VAL", "TRP", "TYR",
];

/// One chain of a structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    chain: char,
    states: Vec<i8>,
    /// Å.
    places: Vec<[f32; 3]>,
}

/// A residue while its atoms are read.
#[derive(Default)]
struct ResidueAtoms {
    /// Number and insertion code as they stand in the file.
    number: String,
    state: i8,
    alpha: Option<[f32; 3]>,
    beta: Option<[f32; 3]>,
}

impl Structure {
    /// The first chain of a PDB file, plain or compressed by gzip.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let plain = if is_gzip(bytes) {
            Cow::Owned(Inflating::gzip(bytes, MAX_BYTES, "a PDB file").finish()?)
        } else {
            Cow::Borrowed(bytes)
        };
        if plain.len() > MAX_BYTES {
            return Err(too_long(
                "a PDB file",
                MAX_BYTES,
                &format!("{} MiB", plain.len() >> 20),
            ));
        }
        let (mut chain, mut residues) = (None, Vec::<ResidueAtoms>::new());
        for (index, line) in plain.split(|byte| *byte == b'\n').enumerate() {
            if line.starts_with(b"ENDMDL") {
                break;
            }
            let atom = line.starts_with(b"ATOM  ") || line.starts_with(b"HETATM");
            let Some(state) = atom.then(|| residue(line)).flatten() else {
                continue;
            };
            let here = char::from(line[21]);
            if *chain.get_or_insert(here) != here {
                continue;
            }
            let place = place(line).ok_or_else(|| Error::Format {
                expected: "an atom of a PDB file has three coordinates in columns 31 to 54"
                    .to_owned(),
                found: format!("line {} does not", index + 1),
            })?;
            let number = String::from_utf8_lossy(&line[22..27]).into_owned();
            if residues.last().is_none_or(|last| last.number != number) {
                if residues.len() == MAX_RESIDUES {
                    return Err(Error::Format {
                        expected: format!("a chain has at most {MAX_RESIDUES} residues"),
                        found: format!("line {} begins one more", index + 1),
                    });
                }
                residues.push(ResidueAtoms {
                    number,
                    state,
                    ..ResidueAtoms::default()
                });
            }
            let Some(last) = residues.last_mut() else {
                continue;
            };
            // Of alternate locations the first counts.
            match line[12..16].trim_ascii() {
                b"CA" => last.alpha = last.alpha.or(Some(place)),
                b"CB" => last.beta = last.beta.or(Some(place)),
                _ => (),
            }
        }
        let placed = residues.iter().filter_map(|residue| {
            let place = residue.beta.or(residue.alpha)?;
            Some((residue.state, place))
        });
        let (states, places): (Vec<i8>, Vec<[f32; 3]>) = placed.unzip();
        match chain {
            Some(chain) if !states.is_empty() => Ok(Self {
                chain,
                states,
                places,
            }),
            _ => Err(Error::Format {
                expected: "a PDB file holds the atoms of a protein".to_owned(),
                found: "this one has no ATOM record of an amino acid".to_owned(),
            }),
        }
    }

    /// The chain's letter.
    pub fn chain(&self) -> char {
        self.chain
    }

    /// Number of residues whose place is known.
    pub fn n_residues(&self) -> usize {
        self.states.len()
    }

    /// Distances in Å between the sites of an aligned `sequence` of this protein or a relative, N × N; NaN where a site
    /// has no residue in the structure. Refused: sequence and chain too long to be matched.
    pub fn distances(&self, sequence: &[i8]) -> Result<Array2<f32>, Error> {
        let sites: Vec<usize> = (0..sequence.len())
            .filter(|site| sequence[*site] != GAP)
            .collect();
        if (sites.len() + 1) * (self.n_residues() + 1) > MAX_CELLS {
            return Err(Error::Shape {
                what: "sequence and chain",
                expected: format!("lengths whose product is at most {MAX_CELLS}"),
                found: format!("{} and {}", sites.len(), self.n_residues()),
            });
        }
        let letters: Vec<i8> = sites.iter().map(|site| sequence[*site]).collect();
        let mut places = vec![None; sequence.len()];
        for (site, partner) in sites.iter().zip(partners(&letters, &self.states)) {
            places[*site] = partner.map(|residue| self.places[residue]);
        }
        let n = sequence.len();
        Ok(Array2::from_shape_fn((n, n), |(i, j)| {
            match (places[i], places[j]) {
                (Some(a), Some(b)) => {
                    let squares = (0..3).map(|axis| (a[axis] - b[axis]).powi(2));
                    squares.sum::<f32>().sqrt()
                }
                _ => f32::NAN,
            }
        }))
    }
}

/// The state of the residue that an atom belongs to; `None` if that is no amino acid, or the line is too short.
fn residue(line: &[u8]) -> Option<i8> {
    let name = std::str::from_utf8(line.get(17..20)?).ok()?;
    if line.len() < 54 {
        return None;
    }
    if name == "MSE" {
        return state_of(b'M');
    }
    let known = NAMES.iter().position(|known| *known == name)?;
    line.starts_with(b"ATOM").then_some(known as i8)
}

/// The atom's coordinates.
fn place(line: &[u8]) -> Option<[f32; 3]> {
    let mut place = [0.0; 3];
    for (axis, value) in place.iter_mut().enumerate() {
        let field = std::str::from_utf8(line.get(30 + 8 * axis..38 + 8 * axis)?).ok()?;
        *value = field
            .trim()
            .parse()
            .ok()
            .filter(|value: &f32| value.is_finite())?;
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ATOM: &str =
        "ATOM      2  CA  GLY A  91      10.111  -5.118  24.307  1.00127.71           C  \n";

    fn atom(name: &str, residue: &str, number: usize, x: f32) -> String {
        format!(
            "ATOM      1  {name:<3} {residue} A{number:>4}    {x:>8.3}   0.000   0.000  1.00  0.00           C\n"
        )
    }

    /// By hand: glycine stands at its Cα, alanine at its Cβ, and water is none.
    #[test]
    fn residues_stand_at_their_beta_carbon() {
        let text = [
            atom("CA", "GLY", 1, 0.0),
            atom("CA", "ALA", 2, 3.0),
            atom("CB", "ALA", 2, 5.0),
            atom("CB", "ALA", 2, 99.0),
            "HETATM    1  O   HOH A 900       0.000   0.000   0.000  1.00  0.00           O\n"
                .to_owned(),
            atom("CA", "TRP", 3, 20.0),
            "ENDMDL\n".to_owned(),
            atom("CA", "TRP", 4, 0.0),
        ];
        let structure = Structure::read(text.concat().as_bytes()).unwrap();
        assert_eq!((structure.chain(), structure.n_residues()), ('A', 3));
        let sequence: Vec<i8> = b"G-AWC".iter().map(|b| state_of(*b).unwrap()).collect();
        let distances = structure.distances(&sequence).unwrap();
        assert_eq!((distances[[0, 2]], distances[[3, 2]]), (5.0, 15.0));
        assert!(distances[[0, 1]].is_nan() && distances[[0, 4]].is_nan());
    }

    #[test]
    fn what_is_no_structure_is_refused() {
        let none = Structure::read(b"HEADER").unwrap_err().to_string();
        assert!(none.contains("no ATOM record"), "{none}");
        let broken = ATOM.replace("-5.118", "  five");
        let error = Structure::read(broken.as_bytes()).unwrap_err().to_string();
        assert!(error.ends_with("line 1 does not"), "{error}");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0..80_usize, b in any::<u8>()) {
            drop(Structure::read(&bytes));
            let mut mutated = ATOM.as_bytes().to_vec();
            mutated[at] = b;
            bytes.extend(mutated);
            drop(Structure::read(&bytes));
        }
    }
}
