//! Atoms gathered into residues, and residues into chains, whatever the file they come from.

use super::{Chain, Structure};
use crate::engine::Error;
use crate::engine::patterns::Letters;
use std::collections::{BTreeMap, BTreeSet};

/// The most residues of a chain.
const MAX_RESIDUES: usize = 20_000;
/// The most residues of all chains: ten large complexes.
const MAX_IN_ALL: usize = 1_000_000;
/// The most chains.
const MAX_CHAINS: usize = 5000;

/// Names of the amino acids, in the order of the alphabet.
const NAMES: [&[u8]; 20] = [
    b"ALA", b"CYS", b"ASP", b"GLU", b"PHE", b"GLY", b"HIS", b"ILE", b"LYS", b"LEU", b"MET", b"ASN",
    b"PRO", b"GLN", b"ARG", b"SER", b"THR", b"VAL", b"TRP", b"TYR",
];

/// An atom as it stands in a file.
pub(super) struct Atom<'a> {
    /// Whether it is one of a polymer (ATOM), and not of something beside it (HETATM).
    pub(super) of_polymer: bool,
    pub(super) chain: &'a [u8],
    /// Number and insertion code of its residue.
    pub(super) residue: &'a [u8],
    /// Name of its residue in three letters.
    pub(super) residue_name: &'a [u8],
    pub(super) name: &'a [u8],
    /// Å; `None` if these are no numbers.
    pub(super) place: Option<[f32; 3]>,
}

/// Chains as far as they are read.
#[derive(Default)]
pub(super) struct Atoms {
    chains: Vec<ChainAtoms>,
    by_name: BTreeMap<Vec<u8>, usize>,
    n_residues: usize,
    /// Chains with atoms of other residues.
    others: BTreeSet<Vec<u8>>,
}

#[derive(Default)]
struct ChainAtoms {
    name: Vec<u8>,
    /// Number and insertion code of the last residue.
    last: Vec<u8>,
    residues: Vec<ResidueAtoms>,
}

#[derive(Default)]
struct ResidueAtoms {
    state: i8,
    alpha: Option<[f32; 3]>,
    beta: Option<[f32; 3]>,
}

impl Atoms {
    /// Takes in an atom of the line `number`; what belongs to no amino acid is passed over.
    pub(super) fn take(&mut self, atom: &Atom<'_>, number: usize) -> Result<(), Error> {
        let Some(state) = state(atom) else {
            if atom.of_polymer
                && self.others.len() < MAX_CHAINS
                && !self.others.contains(atom.chain)
            {
                self.others.insert(atom.chain.to_vec());
            }
            return Ok(());
        };
        let place = atom.place.ok_or_else(|| Error::Format {
            expected: "an atom of a structure has three coordinates".to_owned(),
            found: format!("that of line {number} has not"),
        })?;
        let chain = self.chain(atom.chain, number)?;
        let chain = &mut self.chains[chain];
        if chain.residues.is_empty() || chain.last != atom.residue {
            self.n_residues += 1;
            if chain.residues.len() == MAX_RESIDUES || self.n_residues > MAX_IN_ALL {
                return Err(Error::Format {
                    expected: format!(
                        "a chain has at most {MAX_RESIDUES} residues, and a structure {MAX_IN_ALL}"
                    ),
                    found: format!("line {number} begins one more"),
                });
            }
            chain.last = atom.residue.to_vec();
            chain.residues.push(ResidueAtoms {
                state,
                ..ResidueAtoms::default()
            });
        }
        let residue = chain.residues.last_mut().expect("one was put there");
        // Of alternate locations the first counts.
        match atom.name {
            b"CA" => residue.alpha = residue.alpha.or(Some(place)),
            b"CB" => residue.beta = residue.beta.or(Some(place)),
            _ => (),
        }
        Ok(())
    }

    /// The place of the chain called `name` among all.
    fn chain(&mut self, name: &[u8], number: usize) -> Result<usize, Error> {
        if let Some(place) = self.by_name.get(name) {
            return Ok(*place);
        }
        if self.chains.len() == MAX_CHAINS {
            return Err(Error::Format {
                expected: format!("a structure has at most {MAX_CHAINS} chains"),
                found: format!("line {number} begins one more"),
            });
        }
        self.by_name.insert(name.to_vec(), self.chains.len());
        self.chains.push(ChainAtoms {
            name: name.to_vec(),
            ..ChainAtoms::default()
        });
        Ok(self.chains.len() - 1)
    }

    /// The structure, the first of `n_models` in its file.
    pub(super) fn structure(self, n_models: usize) -> Result<Structure, Error> {
        let chains: Vec<Chain> = self.chains.iter().filter_map(ChainAtoms::placed).collect();
        if chains.is_empty() {
            return Err(Error::Format {
                expected: "a structure (PDB, mmCIF) holds the atoms of a protein".to_owned(),
                found: "this one has no ATOM record of an amino acid".to_owned(),
            });
        }
        let known: BTreeSet<String> = self
            .others
            .iter()
            .chain(self.by_name.keys())
            .map(|name| shown(name))
            .collect();
        let is_used = |name: &String| chains.iter().any(|chain| chain.name() == name);
        let others = known.into_iter().filter(|name| !is_used(name)).collect();
        Ok(Structure {
            chains,
            others,
            n_models,
        })
    }
}

impl ChainAtoms {
    /// The residues whose place is known; `None` if there is none.
    fn placed(&self) -> Option<Chain> {
        let placed = self.residues.iter().filter_map(|residue| {
            let place = residue.beta.or(residue.alpha)?;
            Some((residue.state, place))
        });
        let (states, places): (Vec<i8>, Vec<[f32; 3]>) = placed.unzip();
        (!states.is_empty()).then(|| Chain {
            name: shown(&self.name),
            states,
            places,
        })
    }
}

/// The state of the residue that an atom belongs to; `None` if that is no amino acid. Beside polymers only
/// selenomethionine counts.
fn state(atom: &Atom<'_>) -> Option<i8> {
    if atom.residue_name == b"MSE" {
        return Letters::PROTEIN.letter('M');
    }
    let known = NAMES.iter().position(|known| *known == atom.residue_name)?;
    atom.of_polymer.then_some(known as i8)
}

/// A chain's name as it is told.
fn shown(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    let name: String = name
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(16)
        .collect();
    if name.is_empty() {
        "without a name".to_owned()
    } else {
        name
    }
}
