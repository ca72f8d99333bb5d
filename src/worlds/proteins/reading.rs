//! Alignments out of bytes: FASTA, A2M, A3M, Stockholm 1.0, CLUSTAL or a sequence a line, plain or compressed by gzip, by
//! the slice.
//!
//! The format is found by content. Upper-case letters and `-` are columns. Lower-case letters and `.` are inserts,
//! which belong to no column, and are dropped; but a file without upper case is read as if it were in upper case,
//! and `.` is a gap where no letter is lower case and the sequences have one length only if it counts. What stands for
//! no single amino acid (B, J, O, U, X, Z) or base (N and the like) is read as a gap, as is `*` unless it ends a
//! sequence.
//! Formats: Pfam's and HMMER's descriptions of A2M and Stockholm 1.0.

use super::alignment::{About, Alignment};
use super::fasta::Fasta;
use super::format::{EXPECTED, Format, HEAD};
use super::lines::{LineReader, Lines};
use super::manner::{AlignmentOptions, Manner, Survey};
use super::raw_sequence::{MAX_SEQUENCES, RawAlignment, RawSequence, too_many};
use super::stockholm::Blocks;
use crate::engine::Error;
use crate::engine::patterns::Label;
use crate::worlds::LeftOut;
use std::sync::Arc;

/// The most bytes an alignment may hold once decompressed: 512 MiB.
pub const MAX_BYTES: usize = 512 << 20;
/// The most columns.
pub const MAX_COLUMNS: usize = 10_000;
/// The most sites, sequences times columns.
pub const MAX_SITES: usize = 200_000_000;

/// Letters looked at in one step: a few milliseconds' work.
const SLICE: usize = 1 << 20;

/// Reads all of it at once.
pub fn read(bytes: &[u8]) -> Result<Alignment, Error> {
    let mut reading = AlignmentReading::new(bytes.into(), AlignmentOptions::default());
    loop {
        if let Some(alignment) = reading.step()? {
            return Ok(alignment);
        }
    }
}

/// An alignment being read.
pub struct AlignmentReading {
    options: AlignmentOptions,
    stage: Stage,
    done: f32,
}

enum Stage {
    Lines(Lines, Rows),
    Surveying(RawAlignment, usize, Box<Survey>),
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
    pub fn new(bytes: Arc<[u8]>, options: AlignmentOptions) -> Self {
        let lines = Lines::new(bytes, MAX_BYTES, "an alignment");
        Self {
            options,
            stage: Stage::Lines(lines, Rows::Unknown),
            done: 0.0,
        }
    }

    /// Share of the work done, 0 to 1.
    pub fn done(&self) -> f32 {
        self.done
    }

    /// A few milliseconds' work; the alignment once it is there.
    pub fn step(&mut self) -> Result<Option<Alignment>, Error> {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        self.stage = match stage {
            Stage::Lines(mut lines, mut rows) => {
                let over = lines.step(&mut rows)?;
                self.done = 0.6 * lines.done();
                if over {
                    Stage::Surveying(rows.finish()?, 0, Box::default())
                } else {
                    Stage::Lines(lines, rows)
                }
            }
            Stage::Surveying(raw, next, mut survey) => {
                let rest = &raw.rows[next..];
                let slice = slice(rest.iter().map(|row| row.letters.len()));
                rest[..slice].iter().for_each(|row| survey.add(row));
                if slice == rest.len() {
                    Stage::Encoding(Encoding::new(raw, survey.manner(self.options))?)
                } else {
                    Stage::Surveying(raw, next + slice, survey)
                }
            }
            Stage::Encoding(mut encoding) => {
                if encoding.step()? {
                    self.done = 1.0;
                    return Ok(Some(encoding.finish()));
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

/// How many of the next rows, which have so many letters, make a slice.
fn slice(lengths: impl Iterator<Item = usize>) -> usize {
    let mut work = 0;
    lengths
        .take_while(|length| {
            let more = work < SLICE;
            work += length + 1;
            more
        })
        .count()
}

/// Sequences as far as they are read.
enum Rows {
    Unknown,
    Fasta(Fasta),
    Stockholm(Blocks),
    Clustal(Blocks),
    Bare(Vec<RawSequence>),
}

impl LineReader for Rows {
    fn begin(&mut self, text: &[u8]) -> Result<(), Error> {
        let format = Format::of(&text[..text.len().min(HEAD)]);
        if let Some(problem) = format.and_then(Format::refusal) {
            return Err(problem);
        }
        *self = match format {
            Some(Format::Fasta) => Self::Fasta(Fasta::default()),
            Some(Format::Stockholm) => Self::Stockholm(Blocks::default()),
            Some(Format::Clustal) => Self::Clustal(Blocks::default()),
            Some(Format::Bare) => Self::Bare(Vec::new()),
            Some(Format::Foreign(_) | Format::Structure) | None => Self::Unknown,
        };
        Ok(())
    }

    fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error> {
        match self {
            Self::Unknown | Self::Bare(_) if line.is_empty() => Ok(()),
            Self::Unknown => Err(Error::Format {
                expected: EXPECTED.to_owned(),
                found: format!("line {number} starts with {}", shown(line)),
            }),
            Self::Fasta(rows) => rows.take(line, number),
            Self::Stockholm(blocks) => blocks.take(line, number),
            Self::Clustal(blocks) => blocks.take_clustal(line, number),
            Self::Bare(rows) if rows.len() == MAX_SEQUENCES => Err(too_many(number)),
            Self::Bare(rows) => {
                rows.push(RawSequence {
                    name: format!("row-{}", rows.len() + 1).into_bytes(),
                    line: number,
                    row: rows.len(),
                    letters: Vec::new(),
                });
                rows.last_mut().expect("one was put there").extend(line);
                Ok(())
            }
        }
    }
}

impl Rows {
    fn finish(self) -> Result<RawAlignment, Error> {
        let raw = match self {
            Self::Unknown => RawAlignment::default(),
            Self::Fasta(rows) => rows.finish(),
            Self::Stockholm(blocks) | Self::Clustal(blocks) => blocks.finish()?,
            Self::Bare(rows) => RawAlignment {
                rows,
                left_out: Vec::new(),
            },
        };
        if raw.rows.is_empty() {
            return Err(Error::Format {
                expected: "an alignment holds at least one sequence".to_owned(),
                found: "this one holds none".to_owned(),
            });
        }
        Ok(raw)
    }
}

/// The start of a line, as far as it can be printed.
fn shown(line: &[u8]) -> String {
    let start = String::from_utf8_lossy(line);
    let start: String = start.trim_start().chars().take(12).collect();
    format!("'{}'", start.escape_debug())
}

/// Letters on their way to states.
struct Encoding {
    rows: Vec<RawSequence>,
    next: usize,
    manner: Manner,
    n_inserted: usize,
    alignment: Alignment,
}

impl Encoding {
    fn new(raw: RawAlignment, manner: Manner) -> Result<Self, Error> {
        let RawAlignment { rows, left_out } = raw;
        let n_columns = manner.n_columns;
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
            n_inserted: 0,
            alignment: Alignment {
                letters: manner.letters,
                names: Vec::with_capacity(rows.len()),
                rows: Vec::with_capacity(rows.len()),
                n_columns,
                sites: Vec::with_capacity(rows.len() * n_columns),
                about: About {
                    n_unknown: 0,
                    lower_as_columns: manner.upper,
                    left_out,
                },
            },
            rows,
        })
    }

    fn done(&self) -> f32 {
        self.next as f32 / self.rows.len() as f32
    }

    /// Encodes some sequences; true at the end.
    fn step(&mut self) -> Result<bool, Error> {
        let end = self.next + slice(self.rows[self.next..].iter().map(|row| row.letters.len()));
        while self.next < end {
            let row = std::mem::take(&mut self.rows[self.next]);
            self.encode(&row)?;
            self.next += 1;
        }
        Ok(self.next == self.rows.len())
    }

    fn finish(self) -> Alignment {
        let mut alignment = self.alignment;
        if self.n_inserted > 0 {
            alignment.about.left_out.push(LeftOut {
                what: if self.n_inserted == 1 {
                    "letter"
                } else {
                    "letters"
                }
                .to_owned(),
                why: "lower case means inserts, which belong to no column".to_owned(),
                count: self.n_inserted,
            });
        }
        alignment
    }

    fn encode(&mut self, row: &RawSequence) -> Result<(), Error> {
        let (manner, n_columns) = (self.manner, self.alignment.n_columns);
        let gap = self.alignment.gap();
        let mut length = 0;
        for (place, byte) in row.ended().iter().enumerate() {
            let letter = if manner.upper {
                byte.to_ascii_uppercase()
            } else {
                *byte
            };
            let state = match letter {
                b'.' if manner.dots_are_gaps => gap,
                b'.' => continue,
                b'a'..=b'z' => {
                    self.n_inserted += 1;
                    continue;
                }
                b'A'..=b'Z' | b'-' | b'*' => {
                    let known = manner.letters.letter(char::from(letter));
                    self.alignment.about.n_unknown += usize::from(known.is_none());
                    known.unwrap_or(gap)
                }
                _ => return Err(no_letter(row, place)),
            };
            length += 1;
            if length <= n_columns {
                self.alignment.sites.push(state);
            }
        }
        if length != n_columns {
            return Err(self.uneven(row, length));
        }
        self.alignment.names.push(Label::from(row.name()));
        self.alignment.rows.push(row.row);
        Ok(())
    }

    /// A sentence for a row of another length.
    fn uneven(&self, row: &RawSequence, length: usize) -> Error {
        let n_columns = self.alignment.n_columns;
        let found = format!(
            "'{}', which starts in line {}, has {length}",
            row.name(),
            row.line
        );
        if self.manner.uneven_by_case {
            return Error::Format {
                expected: format!(
                    "every sequence has the {n_columns} columns of the first without its lower case, which means inserts (A2M, A3M)"
                ),
                found: format!("{found}; lower-case=columns reads lower case as columns"),
            };
        }
        Error::Format {
            expected: format!("every sequence has the {n_columns} columns of the first"),
            found,
        }
    }
}

/// A sentence for a byte of `row` that is no letter.
fn no_letter(row: &RawSequence, place: usize) -> Error {
    let letter = String::from_utf8_lossy(&row.ended()[place..]);
    let letter: String = letter.chars().take(1).collect();
    Error::Format {
        expected: "a sequence is written with letters, '-' and '.'".to_owned(),
        found: format!(
            "letter {} of '{}', which starts in line {}, is '{}'",
            place + 1,
            row.name(),
            row.line,
            letter.escape_debug()
        ),
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
