//! Rows in interleaved blocks, `name letters` a line: Stockholm 1.0, as Pfam writes it, and CLUSTAL.
//!
//! Marks of Stockholm are skipped, as is what CLUSTAL writes below a block. Of several alignments in a Stockholm file
//! the first is read.

use super::raw_sequence::{MAX_SEQUENCES, RawAlignment, RawSequence, further_alignments, too_many};
use crate::engine::Error;
use std::collections::BTreeMap;

/// The most alignments after the first that are named.
const MAX_NAMED: usize = 5;
/// The longest name of an alignment that is kept, in bytes.
const MAX_NAME: usize = 60;

/// Sequences as far as their blocks are read.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    rows: Vec<RawSequence>,
    places: BTreeMap<Vec<u8>, usize>,
    over: bool,
    further: Further,
}

/// What is known of the alignments after the first.
#[derive(Debug, Default)]
struct Further {
    count: usize,
    /// Names of the first of them.
    names: Vec<String>,
    /// Whether the last one is named.
    named: bool,
    /// Whether the last one is still to begin.
    between: bool,
}

impl Blocks {
    /// Takes in one line of a Stockholm file.
    pub(super) fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        let line = line.trim_ascii();
        // An alignment that broke off, with the next behind it.
        if line.starts_with(b"# STOCKHOLM") && !self.rows.is_empty() {
            self.over = true;
            self.further.between = true;
        }
        if self.over {
            self.further.take(line);
            return Ok(());
        }
        if line == b"//" {
            self.over = true;
            self.further.between = true;
            return Ok(());
        }
        if line.is_empty() || line.starts_with(b"#") {
            return Ok(());
        }
        let row = self.row(line, number)?;
        row.ok_or_else(|| Error::Format {
            expected: "a line of a Stockholm file holds a name and its letters".to_owned(),
            found: format!("line {number} is one word"),
        })
    }

    /// Takes in one line of a CLUSTAL file.
    pub(super) fn take_clustal(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        // What starts with white space says how well the columns agree; the first line else is a title.
        let marks = line.first().is_none_or(u8::is_ascii_whitespace);
        if !marks && std::mem::replace(&mut self.over, true) {
            self.row(line, number)?;
        }
        Ok(())
    }

    /// Takes in a row; `None` if it is one word.
    fn row(&mut self, line: &[u8], number: usize) -> Result<Option<()>, Error> {
        let gap = line.iter().position(u8::is_ascii_whitespace);
        let Some((name, letters)) = gap.map(|gap| line.split_at(gap)) else {
            return Ok(None);
        };
        let place = match self.places.get(name) {
            Some(place) => *place,
            None if self.rows.len() == MAX_SEQUENCES => return Err(too_many(number)),
            None => {
                self.places.insert(name.to_vec(), self.rows.len());
                self.rows.push(RawSequence {
                    name: name.to_vec(),
                    line: number,
                    row: self.rows.len(),
                    letters: Vec::new(),
                });
                self.rows.len() - 1
            }
        };
        self.rows[place].extend(letters);
        Ok(Some(()))
    }

    /// The sequences; refused if the file broke off.
    pub(super) fn finish(self) -> Result<RawAlignment, Error> {
        if !self.over {
            return Err(Error::Format {
                expected: "a Stockholm file ends with '//'".to_owned(),
                found: "this one breaks off".to_owned(),
            });
        }
        let Further { count, names, .. } = self.further;
        Ok(RawAlignment {
            rows: self.rows,
            left_out: further_alignments(count, &names).into_iter().collect(),
        })
    }
}

impl Further {
    /// Takes in a line behind the first alignment.
    fn take(&mut self, line: &[u8]) {
        if line == b"//" {
            self.between = true;
        } else if !line.is_empty() && std::mem::replace(&mut self.between, false) {
            self.count += 1;
            self.named = false;
        }
        let mut marks = [b"#=GF ID", b"#=GF AC"].into_iter();
        let name = marks.find_map(|mark| line.strip_prefix(mark));
        if let Some(name) = name
            && !self.named
            && self.names.len() < MAX_NAMED
        {
            let name = name.trim_ascii();
            let name = String::from_utf8_lossy(&name[..name.len().min(MAX_NAME)]);
            self.names.push(name.into_owned());
            self.named = true;
        }
    }
}
