//! A table of numbers as text (CSV, TSV, or numbers with spaces between): one pattern a row.
//!
//! The first lines say what the columns are (`columns.rs`). A line `sep=;` says what parts the cells. Empty lines and
//! lines that start with `#` or `%` are passed over; one empty cell at the end of a line is none. Absent: what a cell
//! looks like (`cells.rs`).

use super::cells::{Cell, Delimiter, cell_kind, number, quoted};
use super::columns::{Column, Columns, LOOK, is_class};
use super::images::RawImages;
use super::input::Bytes;
use super::labels::Collected;
use super::pixels::Pixels;
use super::read_options::LabelColumn;
use super::{MAX_BYTES, MAX_NUMBERS};
use crate::engine::{Error, Grid};
use crate::worlds::text::{self, Decoding, Text};

/// How much of a text says whether its rows have several cells.
const HEAD: usize = 16 << 10;

/// What one slice reads, in bytes of text: a few milliseconds' work.
const SLICE: usize = 256 << 10;

/// A table being read.
pub(super) struct Table {
    /// The text on its way to plain lines.
    decoding: Option<Decoding>,
    text: Text,
    /// Where the next line starts.
    place: usize,
    /// Lines read so far.
    line: usize,
    label_column: LabelColumn,
    /// Whether a column of numbers may be taken for labels; not again once that was wrong.
    guess: bool,
    columns: Option<Columns>,
    /// Whether the next row is that of the titles.
    at_titles: bool,
    pixels: Pixels,
    labels: Collected,
}

impl Table {
    pub(super) fn new(bytes: Bytes, label_column: LabelColumn) -> Self {
        Self {
            decoding: Some(Decoding::new(bytes, MAX_BYTES, "a table")),
            ..Self::of(label_column)
        }
    }

    /// Of no text so far.
    fn of(label_column: LabelColumn) -> Self {
        Self {
            decoding: None,
            text: Text::default(),
            place: 0,
            line: 0,
            label_column,
            guess: true,
            columns: None,
            at_titles: false,
            pixels: Pixels::default(),
            labels: Collected::default(),
        }
    }

    /// How much is read, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        match &self.decoding {
            Some(decoding) => decoding.done() / 4.0,
            None => 0.25 + 0.75 * self.place as f32 / self.text.len().max(1) as f32,
        }
    }

    /// Reads a slice more; all rows as images, once there are no more.
    pub(super) fn step(&mut self) -> Result<Option<RawImages>, Error> {
        if let Some(mut decoding) = self.decoding.take() {
            if decoding.step()? {
                self.text = decoding.into_text();
            } else {
                self.decoding = Some(decoding);
            }
            return Ok(None);
        }
        // Lent to itself while lines are read.
        let text = std::mem::take(&mut self.text);
        let read = self.read_slice(&text);
        self.text = text;
        read?;
        if self.place < self.text.len() {
            return Ok(None);
        }
        self.finish().map(Some)
    }

    fn read_slice(&mut self, text: &[u8]) -> Result<(), Error> {
        let columns = if let Some(columns) = self.columns.take() {
            columns
        } else {
            let columns = first_lines(text, self.label_column, self.guess)?;
            self.at_titles = columns.titled;
            columns
        };
        let end = self.place + SLICE;
        while self.place < text.len() && self.place < end {
            let (line, length) = line_at(text, self.place);
            self.place += length;
            self.line += 1;
            if !is_row(line) || std::mem::take(&mut self.at_titles) {
                continue;
            }
            if !self.read_row(line, &columns)? {
                // What was taken for labels is none: once more from the start.
                *self = Self {
                    guess: false,
                    ..Self::of(self.label_column)
                };
                return Ok(());
            }
        }
        self.columns = Some(columns);
        Ok(())
    }

    /// Takes in a row; false if its label shows that the column was no column of labels.
    fn read_row(&mut self, line: &[u8], columns: &Columns) -> Result<bool, Error> {
        let mut cells = columns.delimiter.cells(line);
        let mut count = 0;
        for (place, kind) in columns.kinds.iter().enumerate() {
            let Some(cell) = cells.next() else { break };
            count += 1;
            match kind {
                Column::Unit => {
                    let number = number(cell).ok_or_else(|| self.no_number(place, cell))?;
                    self.pixels.push(number);
                }
                Column::Label => {
                    if columns.guessed == Some(place) && !number(cell).is_some_and(is_class) {
                        return Ok(false);
                    }
                    self.labels.push(&String::from_utf8_lossy(cell));
                }
                Column::Nothing => {}
            }
        }
        if let Some(more) = cells.next() {
            let n_more = 1 + cells.count();
            // One empty cell at the end of a line is none.
            count += if n_more == 1 && more.is_empty() {
                0
            } else {
                n_more
            };
        }
        let expected = columns.kinds.len();
        if count != expected {
            return Err(Error::Format {
                expected: format!("every row of the table has {expected} cells, as the first has"),
                found: format!("line {} has {count}", self.line),
            });
        }
        if self.pixels.len() > MAX_NUMBERS {
            return Err(Error::Format {
                expected: format!("a table may hold {MAX_NUMBERS} numbers"),
                found: format!("this one holds more from line {} on", self.line),
            });
        }
        Ok(true)
    }

    /// A sentence for a cell that is none, `column` counted from 0.
    fn no_number(&self, column: usize, cell: &[u8]) -> Error {
        let what = match cell_kind(cell) {
            _ if cell.is_empty() => "is empty".to_owned(),
            Cell::DecimalComma => format!("holds {}, with a comma for the point", quoted(cell)),
            Cell::Number | Cell::Hole | Cell::Word => format!("holds {}", quoted(cell)),
        };
        Error::Format {
            expected: "every cell of the table is a finite number, except in a column of labels"
                .to_owned(),
            found: format!("line {}, column {} {what}", self.line, column + 1),
        }
    }

    fn finish(&mut self) -> Result<RawImages, Error> {
        let columns = self.columns.take().filter(|_| !self.pixels.is_empty());
        let Some(columns) = columns else {
            return Err(no_row(self.line));
        };
        let labels = std::mem::take(&mut self.labels).finish();
        let pixels = std::mem::take(&mut self.pixels);
        Ok(RawImages {
            labels: (!labels.classes().is_empty()).then_some(labels),
            remarks: columns.remarks,
            left_out: columns.left_out,
            ..RawImages::new(Grid::near_square(columns.n_units), pixels)
        })
    }
}

/// A sentence for a table of so many lines that has no row.
fn no_row(n_lines: usize) -> Error {
    Error::Format {
        expected: "a table has at least one row of numbers".to_owned(),
        found: format!("this one has none in {n_lines} lines"),
    }
}

/// Whether the first row of a text has several cells: one of labels has one.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    let head = text::head(bytes, HEAD);
    let (lines, delimiter) = rows_and_delimiter(&head);
    lines
        .first()
        .is_some_and(|first| delimiter.cells(first).count() > 1)
}

/// The line that starts at `place`, and its length with the sign that ends it.
fn line_at(text: &[u8], place: usize) -> (&[u8], usize) {
    let rest = &text[place..];
    let length = rest.iter().position(|byte| *byte == b'\n');
    let line = &rest[..length.unwrap_or(rest.len())];
    (line, length.map_or(rest.len(), |length| length + 1))
}

/// Whether a line is one of cells: neither empty nor a remark, nor says what parts them.
fn is_row(line: &[u8]) -> bool {
    let cells = line.trim_ascii();
    !cells.is_empty()
        && !cells.starts_with(b"#")
        && !cells.starts_with(b"%")
        && separator(line).is_none()
}

/// The sign that a line `sep=;` says parts the cells, as spreadsheets write it.
fn separator(line: &[u8]) -> Option<Delimiter> {
    let line = line.trim_ascii_start();
    let is_said = line.len() == 5 && line[..4].eq_ignore_ascii_case(b"sep=");
    is_said.then(|| Delimiter::Sign(line[4]))
}

/// The first rows of `text`, and what parts their cells.
fn rows_and_delimiter(text: &[u8]) -> (Vec<&[u8]>, Delimiter) {
    let (mut rows, mut said, mut place) = (Vec::new(), None, 0);
    while place < text.len() && rows.len() < LOOK {
        let (line, length) = line_at(text, place);
        place += length;
        said = said.or_else(|| separator(line).filter(|_| rows.is_empty()));
        if is_row(line) {
            rows.push(line);
        }
    }
    let first = rows.first().copied().unwrap_or_default();
    let delimiter = said.unwrap_or_else(|| Delimiter::of(first));
    (rows, delimiter)
}

/// What the first lines of `text` say of its columns. Where there is no row, it is refused.
fn first_lines(text: &[u8], label_column: LabelColumn, guess: bool) -> Result<Columns, Error> {
    let (rows, delimiter) = rows_and_delimiter(text);
    if rows.is_empty() {
        let ended = text.strip_suffix(b"\n").unwrap_or(text);
        let n_lines = ended.split(|byte| *byte == b'\n').count();
        return Err(no_row(n_lines));
    }
    Columns::of(&rows, delimiter, label_column, guess)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
