//! Atoms out of the lines of an mmCIF file: its first loop over `_atom_site`.
//!
//! Names of chains and numbers of residues are the authors' (`auth_…`), as in PDB files, and the archive's (`label_…`)
//! where there are none. Format: STAR as the PDB writes it: words, words in quotes, text between lines that start
//! with `;`.

use super::atoms::{Atom, Atoms};
use super::pdb::coordinate;
use crate::engine::Error;
use std::collections::BTreeSet;

/// The most columns of the loop.
const MAX_COLUMNS: usize = 200;
/// The most models that are told apart.
const MAX_MODELS: usize = 10_000;
/// The longest word that is kept: more says nothing.
const MAX_WORD: usize = 32;

/// The columns that are read, by their names.
const NAMES: [&str; 14] = [
    "group_PDB",
    "auth_atom_id",
    "label_atom_id",
    "auth_comp_id",
    "label_comp_id",
    "auth_asym_id",
    "label_asym_id",
    "auth_seq_id",
    "label_seq_id",
    "pdbx_PDB_ins_code",
    "pdbx_PDB_model_num",
    "Cartn_x",
    "Cartn_y",
    "Cartn_z",
];

/// The word of a column in the row that is read.
#[derive(Debug, Default)]
struct Words([Vec<u8>; NAMES.len()]);

impl Words {
    /// The word of the first column among `names` that has one.
    fn first(&self, names: &[&str]) -> &[u8] {
        let place = |name: &&str| NAMES.iter().position(|known| known == name);
        let words = names.iter().filter_map(place).map(|place| &*self.0[place]);
        let mut words = words.filter(|word| !matches!(*word, b"" | b"." | b"?"));
        words.next().unwrap_or_default()
    }
}

/// Where in the file the next line stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Elsewhere,
    /// Behind `loop_`, among the names of columns.
    Names,
    /// Among the rows of the atoms.
    Atoms,
    /// Behind them.
    Over,
}

/// An mmCIF file as far as it is read.
#[derive(Debug, Default)]
pub(super) struct Mmcif {
    place: Place,
    /// Whether the next line goes on with a text.
    in_text: bool,
    /// Which of [`NAMES`] each column of the loop is.
    columns: Vec<Option<usize>>,
    /// The column that the next word belongs to.
    column: usize,
    words: Words,
    model: Option<Vec<u8>>,
    further_models: BTreeSet<Vec<u8>>,
}

impl Mmcif {
    /// Takes in one line.
    pub(super) fn take(
        &mut self,
        line: &[u8],
        number: usize,
        atoms: &mut Atoms,
    ) -> Result<(), Error> {
        if line.starts_with(b";") {
            self.in_text = !self.in_text;
            return if self.in_text && self.place == Place::Atoms {
                self.word(b"", number, atoms)
            } else {
                Ok(())
            };
        }
        let line = line.trim_ascii_start();
        if self.in_text || line.is_empty() || self.place == Place::Over {
            return Ok(());
        }
        let starts = |start: &[u8]| {
            line.get(..start.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        match self.place {
            // A row that starts anew; within one, quotes keep such words apart.
            Place::Atoms
                if self.column == 0
                    && [&b"_"[..], b"loop_", b"data_", b"#"]
                        .iter()
                        .any(|end| starts(end)) =>
            {
                self.place = Place::Over;
            }
            Place::Atoms => return self.row(line, number, atoms),
            _ if starts(b"loop_") => {
                self.place = Place::Names;
                self.columns.clear();
            }
            Place::Names if starts(b"_atom_site.") => self.name(&line[b"_atom_site.".len()..])?,
            Place::Names if !self.columns.is_empty() && !starts(b"_") && !starts(b"#") => {
                self.check()?;
                self.place = Place::Atoms;
                return self.row(line, number, atoms);
            }
            _ if starts(b"#") => {}
            _ => self.place = Place::Elsewhere,
        }
        Ok(())
    }

    /// Takes in the name of a column.
    fn name(&mut self, name: &[u8]) -> Result<(), Error> {
        if self.columns.len() == MAX_COLUMNS {
            return Err(Error::Format {
                expected: format!("the atoms of an mmCIF file have at most {MAX_COLUMNS} columns"),
                found: "this one has more".to_owned(),
            });
        }
        let name = name
            .split(u8::is_ascii_whitespace)
            .next()
            .unwrap_or_default();
        let known = NAMES
            .iter()
            .position(|known| known.as_bytes().eq_ignore_ascii_case(name));
        self.columns.push(known);
        Ok(())
    }

    /// Refuses a loop without the columns that are needed.
    fn check(&self) -> Result<(), Error> {
        let has = |names: &[&str]| {
            names.iter().any(|name| {
                let place = NAMES.iter().position(|known| known == name);
                self.columns.contains(&place)
            })
        };
        let needed: [&[&str]; 5] = [
            &["auth_atom_id", "label_atom_id"],
            &["auth_comp_id", "label_comp_id"],
            &["Cartn_x"],
            &["Cartn_y"],
            &["Cartn_z"],
        ];
        let missing = needed.iter().find(|names| !has(names));
        missing.map_or(Ok(()), |names| {
            Err(Error::Format {
                expected: "the atoms of an mmCIF file have names, residues and coordinates"
                    .to_owned(),
                found: format!("this one has no _atom_site.{}", names[0]),
            })
        })
    }

    /// Takes in the words of a line.
    fn row(&mut self, mut rest: &[u8], number: usize, atoms: &mut Atoms) -> Result<(), Error> {
        loop {
            rest = rest.trim_ascii_start();
            let Some(first) = rest.first().filter(|first| **first != b'#') else {
                return Ok(());
            };
            let end = if matches!(first, b'\'' | b'"') {
                // A quote ends a word only where white space follows.
                let closes = |place: &usize| {
                    rest[*place] == *first
                        && rest.get(place + 1).is_none_or(u8::is_ascii_whitespace)
                };
                (1..rest.len()).find(closes).unwrap_or(rest.len())
            } else {
                rest.iter()
                    .position(u8::is_ascii_whitespace)
                    .unwrap_or(rest.len())
            };
            let start = usize::from(matches!(first, b'\'' | b'"'));
            let word = &rest[start..end];
            rest = &rest[(end + start).min(rest.len())..];
            self.word(word, number, atoms)?;
        }
    }

    /// Takes in one word of a row.
    fn word(&mut self, word: &[u8], number: usize, atoms: &mut Atoms) -> Result<(), Error> {
        if let Some(place) = self.columns[self.column] {
            let kept = &mut self.words.0[place];
            kept.clear();
            kept.extend_from_slice(&word[..word.len().min(MAX_WORD)]);
        }
        self.column += 1;
        if self.column == self.columns.len() {
            self.column = 0;
            self.atom(number, atoms)?;
        }
        Ok(())
    }

    /// Takes in the row that is complete.
    fn atom(&mut self, number: usize, atoms: &mut Atoms) -> Result<(), Error> {
        let words = &self.words;
        let model = words.first(&["pdbx_PDB_model_num"]);
        if *self.model.get_or_insert_with(|| model.to_vec()) != model {
            if self.further_models.len() < MAX_MODELS && !self.further_models.contains(model) {
                self.further_models.insert(model.to_vec());
            }
            return Ok(());
        }
        let residue = [
            words.first(&["auth_seq_id", "label_seq_id"]),
            words.first(&["pdbx_PDB_ins_code"]),
        ];
        let [x, y, z] =
            ["Cartn_x", "Cartn_y", "Cartn_z"].map(|axis| coordinate(words.first(&[axis])));
        let atom = Atom {
            of_polymer: words.first(&["group_PDB"]) != b"HETATM",
            chain: words.first(&["auth_asym_id", "label_asym_id"]),
            residue: &residue.join(&b' '),
            residue_name: words.first(&["auth_comp_id", "label_comp_id"]),
            name: words.first(&["auth_atom_id", "label_atom_id"]),
            place: x.zip(y).zip(z).map(|((x, y), z)| [x, y, z]),
        };
        atoms.take(&atom, number)
    }

    /// Number of models; refused if the last row broke off.
    pub(super) fn finish(self) -> Result<usize, Error> {
        if self.column > 0 {
            return Err(Error::Format {
                expected: format!(
                    "an atom of this mmCIF file has {} words",
                    self.columns.len()
                ),
                found: format!("the last has {}", self.column),
            });
        }
        Ok(1 + self.further_models.len())
    }
}
