//! Alignments out of bytes: FASTA, A2M, A3M and Stockholm 1.0, plain or compressed by gzip, by the slice.
//!
//! The format is found by content. Upper-case letters and `-` are columns. Lower-case letters and `.` are inserts,
//! which belong to no column, and are dropped; but a file without upper case is read as if it were in upper case,
//! and `.` is a gap where no letter is lower case and the sequences have one length only if it counts. B, J, O, U, X
//! and Z stand for no single amino acid and are read as gaps, as is `*` unless it ends a sequence.
//! Formats: Pfam's and HMMER's descriptions of A2M and Stockholm 1.0.

use super::alignment::Alignment;
use super::raw_sequence::{MAX_SEQUENCES, RawSequence, too_many};
use super::stockholm::Blocks;
use super::{GAP, state_of};
use crate::engine::Error;
use crate::engine::patterns::Label;
use crate::worlds::inflate::{Inflating, is_gzip, too_long};
use std::sync::Arc;

/// The most bytes an alignment may hold once decompressed: 512 MiB.
pub const MAX_BYTES: usize = 512 << 20;
/// The most columns.
pub const MAX_COLUMNS: usize = 10_000;
/// The most sites, sequences times columns.
pub const MAX_SITES: usize = 200_000_000;
/// The most letters of a name that are kept.
const MAX_NAME: usize = 60;

/// Bytes read in one step: a few milliseconds' work.
const SLICE: usize = 1 << 20;

/// Reads all of it at once.
pub fn read(bytes: &[u8]) -> Result<Alignment, Error> {
    let mut reading = AlignmentReading::new(bytes.into());
    loop {
        if let Some(alignment) = reading.step()? {
            return Ok(alignment);
        }
    }
}

/// An alignment being read.
pub struct AlignmentReading {
    stage: Stage,
    done: f32,
}

enum Stage {
    Packed(Box<Inflating<Arc<[u8]>>>),
    Plain(Lines),
    Encoding(Encoding),
    /// Refused, or given away.
    Over,
}

impl std::fmt::Debug for AlignmentReading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AlignmentReading")
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}

impl AlignmentReading {
    /// Begins to read `bytes`.
    pub fn new(bytes: Arc<[u8]>) -> Self {
        let stage = if is_gzip(&bytes) {
            Stage::Packed(Box::new(Inflating::gzip(bytes, MAX_BYTES, "an alignment")))
        } else {
            Stage::Plain(Lines::new(bytes))
        };
        Self { stage, done: 0.0 }
    }

    /// Share of the work done, 0 to 1.
    pub fn done(&self) -> f32 {
        self.done
    }

    /// A few milliseconds' work; the alignment once it is there.
    pub fn step(&mut self) -> Result<Option<Alignment>, Error> {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        self.stage = match stage {
            Stage::Packed(mut inflating) => {
                let over = inflating.step()?;
                self.done = 0.3 * inflating.done();
                if over {
                    Stage::Plain(Lines::new(inflating.into_plain().into()))
                } else {
                    Stage::Packed(inflating)
                }
            }
            Stage::Plain(mut lines) => {
                let over = lines.step()?;
                self.done = 0.3 + 0.4 * lines.done();
                if over {
                    Stage::Encoding(Encoding::new(lines.rows.finish()?)?)
                } else {
                    Stage::Plain(lines)
                }
            }
            Stage::Encoding(mut encoding) => {
                if encoding.step()? {
                    self.done = 1.0;
                    return Ok(Some(encoding.alignment));
                }
                self.done = 0.7 + 0.3 * encoding.done();
                Stage::Encoding(encoding)
            }
            Stage::Over => {
                return Err(Error::System("this alignment was read already".to_owned()));
            }
        };
        Ok(None)
    }
}

/// A file taken line by line.
struct Lines {
    bytes: Arc<[u8]>,
    place: usize,
    line: usize,
    rows: Rows,
}

/// Sequences as far as they are read.
enum Rows {
    Unknown,
    Fasta(Vec<RawSequence>),
    Stockholm(Blocks),
}

impl Lines {
    fn new(bytes: Arc<[u8]>) -> Self {
        Self {
            bytes,
            place: 0,
            line: 0,
            rows: Rows::Unknown,
        }
    }

    fn done(&self) -> f32 {
        self.place as f32 / self.bytes.len().max(1) as f32
    }

    /// Takes in some lines; true at the end.
    fn step(&mut self) -> Result<bool, Error> {
        if self.bytes.len() > MAX_BYTES {
            let length = format!("{} MiB", self.bytes.len() >> 20);
            return Err(too_long("an alignment", MAX_BYTES, &length));
        }
        let end = (self.place + SLICE).min(self.bytes.len());
        while self.place < end {
            let rest = &self.bytes[self.place..];
            let length = rest.iter().position(|byte| *byte == b'\n');
            let length = length.unwrap_or(rest.len());
            let line = rest[..length].trim_ascii();
            self.line += 1;
            self.rows.take(line, self.line)?;
            self.place = (self.place + length + 1).min(self.bytes.len());
        }
        Ok(self.place == self.bytes.len())
    }
}

impl Rows {
    fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        match self {
            Self::Unknown if line.is_empty() => Ok(()),
            Self::Unknown if line.starts_with(b"# STOCKHOLM") => {
                *self = Self::Stockholm(Blocks::default());
                Ok(())
            }
            Self::Unknown if line.starts_with(b">") => {
                *self = Self::Fasta(Vec::new());
                self.take(line, number)
            }
            Self::Unknown => Err(Error::Format {
                expected: "an alignment starts with '>' (FASTA, A2M, A3M) or '# STOCKHOLM'"
                    .to_owned(),
                found: format!("line {number} starts with {}", shown(line)),
            }),
            Self::Stockholm(blocks) => blocks.take(line, number),
            Self::Fasta(rows) => {
                if let Some(name) = line.strip_prefix(b">") {
                    if rows.len() == MAX_SEQUENCES {
                        return Err(too_many(number));
                    }
                    rows.push(RawSequence {
                        name: name.trim_ascii().to_vec(),
                        line: number,
                        letters: Vec::new(),
                    });
                } else if let Some(row) = rows.last_mut() {
                    let letters = line.iter().filter(|byte| !byte.is_ascii_whitespace());
                    row.letters.extend(letters);
                }
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<Vec<RawSequence>, Error> {
        let rows = match self {
            Self::Unknown => Vec::new(),
            Self::Fasta(rows) => rows,
            Self::Stockholm(blocks) => blocks.finish()?,
        };
        if rows.is_empty() {
            return Err(Error::Format {
                expected: "an alignment holds at least one sequence".to_owned(),
                found: "this one holds none".to_owned(),
            });
        }
        Ok(rows)
    }
}

/// The start of a line, as far as it can be printed.
fn shown(line: &[u8]) -> String {
    let start: String = String::from_utf8_lossy(&line[..line.len().min(12)])
        .escape_debug()
        .collect();
    format!("'{start}'")
}

/// Letters on their way to states.
struct Encoding {
    rows: Vec<RawSequence>,
    next: usize,
    manner: Manner,
    alignment: Alignment,
}

/// How letters are read.
#[derive(Clone, Copy)]
struct Manner {
    /// As if all were in upper case.
    upper: bool,
    dots_are_gaps: bool,
}

impl Encoding {
    fn new(rows: Vec<RawSequence>) -> Result<Self, Error> {
        let all = || rows.iter().flat_map(|row| &row.letters);
        let lower = all().any(u8::is_ascii_lowercase);
        let upper = lower && !all().any(u8::is_ascii_uppercase);
        let inserts = |byte: u8| byte == b'.' || (byte.is_ascii_lowercase() && !upper);
        let length = |row: &RawSequence| row.letters.iter().filter(|byte| !inserts(**byte)).count();
        let first = length(&rows[0]);
        let even = rows.iter().all(|row| length(row) == first);
        let whole = rows[0].letters.len();
        let dots_are_gaps =
            !even && (!lower || upper) && rows.iter().all(|row| row.letters.len() == whole);
        let manner = Manner {
            upper,
            dots_are_gaps,
        };
        let n_columns = columns(&rows[0], manner);
        if !(1..=MAX_COLUMNS).contains(&n_columns) || rows.len() * n_columns > MAX_SITES {
            return Err(Error::Format {
                expected: format!(
                    "an alignment has 1 to {MAX_COLUMNS} columns, and at most {MAX_SITES} sites in all"
                ),
                found: format!("this one has {} × {n_columns}", rows.len()),
            });
        }
        Ok(Self {
            next: 0,
            manner,
            alignment: Alignment {
                names: Vec::with_capacity(rows.len()),
                n_columns,
                sites: Vec::with_capacity(rows.len() * n_columns),
                unknown: 0,
                inserted: 0,
            },
            rows,
        })
    }

    fn done(&self) -> f32 {
        self.next as f32 / self.rows.len() as f32
    }

    /// Encodes some sequences; true at the end.
    fn step(&mut self) -> Result<bool, Error> {
        let mut work = 0;
        while self.next < self.rows.len() && work < SLICE {
            let row = std::mem::take(&mut self.rows[self.next]);
            work += row.letters.len() + 1;
            self.encode(&row)?;
            self.next += 1;
        }
        Ok(self.next == self.rows.len())
    }

    fn encode(&mut self, row: &RawSequence) -> Result<(), Error> {
        let Self { alignment, .. } = self;
        let end = row.letters.len() - usize::from(row.letters.ends_with(b"*"));
        let before = alignment.sites.len();
        for (place, byte) in row.letters[..end].iter().enumerate() {
            let letter = if self.manner.upper {
                byte.to_ascii_uppercase()
            } else {
                *byte
            };
            let state = match letter {
                b'.' if self.manner.dots_are_gaps => GAP,
                b'.' => continue,
                b'a'..=b'z' => {
                    alignment.inserted += 1;
                    continue;
                }
                b'A'..=b'Z' | b'-' | b'*' => state_of(letter).unwrap_or_else(|| {
                    alignment.unknown += 1;
                    GAP
                }),
                _ => {
                    return Err(Error::Format {
                        expected: "a sequence is written with letters, '-' and '.'".to_owned(),
                        found: format!(
                            "letter {} of '{}', which starts in line {}, is {}",
                            place + 1,
                            name(row),
                            row.line,
                            shown(&[*byte])
                        ),
                    });
                }
            };
            alignment.sites.push(state);
            if alignment.sites.len() - before > alignment.n_columns {
                break;
            }
        }
        let length = alignment.sites.len() - before;
        if length != alignment.n_columns {
            let found = columns(row, self.manner);
            return Err(Error::Format {
                expected: format!(
                    "every sequence has the {} columns of the first",
                    alignment.n_columns
                ),
                found: format!(
                    "'{}', which starts in line {}, has {found}",
                    name(row),
                    row.line
                ),
            });
        }
        alignment.names.push(Label::from(name(row)));
        Ok(())
    }
}

/// How many columns a sequence has.
fn columns(row: &RawSequence, manner: Manner) -> usize {
    let counts = |byte: &&u8| match **byte {
        b'.' => manner.dots_are_gaps,
        byte => manner.upper || !byte.is_ascii_lowercase(),
    };
    let all = row.letters.iter().filter(counts).count();
    all - usize::from(row.letters.ends_with(b"*"))
}

/// The first word of a name.
fn name(row: &RawSequence) -> String {
    let whole = String::from_utf8_lossy(&row.name);
    let word = whole.split_whitespace().next().unwrap_or("unnamed");
    word.chars()
        .filter(|c| !c.is_control())
        .take(MAX_NAME)
        .collect()
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
