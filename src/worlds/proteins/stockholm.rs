//! Stockholm 1.0, as Pfam writes it: `name letters` lines in interleaved blocks, marks that are skipped, `//` at the
//! end.

use super::raw_sequence::{MAX_SEQUENCES, RawSequence, too_many};
use crate::engine::Error;
use std::collections::BTreeMap;

/// Sequences as far as their blocks are read.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    rows: Vec<RawSequence>,
    places: BTreeMap<Vec<u8>, usize>,
    over: bool,
}

impl Blocks {
    /// Takes in one line, without white space around it. What follows `//` belongs to another alignment.
    pub(super) fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        if self.over || line.is_empty() || line.starts_with(b"#") {
            return Ok(());
        }
        if line == b"//" {
            self.over = true;
            return Ok(());
        }
        let gap = line.iter().position(u8::is_ascii_whitespace);
        let Some((name, letters)) = gap.map(|gap| line.split_at(gap)) else {
            return Err(Error::Format {
                expected: "a line of a Stockholm file holds a name and its letters".to_owned(),
                found: format!("line {number} is one word"),
            });
        };
        let place = match self.places.get(name) {
            Some(place) => *place,
            None if self.rows.len() == MAX_SEQUENCES => return Err(too_many(number)),
            None => {
                self.places.insert(name.to_vec(), self.rows.len());
                self.rows.push(RawSequence {
                    name: name.to_vec(),
                    line: number,
                    letters: Vec::new(),
                });
                self.rows.len() - 1
            }
        };
        let letters = letters.iter().filter(|byte| !byte.is_ascii_whitespace());
        self.rows[place].letters.extend(letters);
        Ok(())
    }

    /// The sequences; refused if the file broke off.
    pub(super) fn finish(self) -> Result<Vec<RawSequence>, Error> {
        if !self.over {
            return Err(Error::Format {
                expected: "a Stockholm file ends with '//'".to_owned(),
                found: "this one breaks off".to_owned(),
            });
        }
        Ok(self.rows)
    }
}
