//! A table of numbers as text (CSV, TSV, or numbers with spaces between): one pattern a row.
//!
//! The first row says what parts the cells and how many there are. It is a row of titles if a cell of it is no number,
//! or if it counts 0, 1, 2, …; a column whose title is `label`, `class` or `y` holds labels, one without a title
//! numbers the rows and is left out. Empty lines and lines that start with `#` are passed over. Absent: what a cell
//! looks like (`cells.rs`).

use super::cells::{Delimiter, Title, number, quoted, title};
use super::images::{Collected, RawImages};
use super::input::Bytes;
use super::pixels::Pixels;
use super::read_options::LabelColumn;
use super::{MAX_NUMBERS, MAX_UNITS, check_units};
use crate::engine::{Error, Grid};

/// What one slice reads, in bytes of text: a few milliseconds' work.
const SLICE: usize = 256 << 10;

/// The longest label that is kept, in bytes.
const MAX_LABEL: usize = 200;

/// A table being read.
pub(super) struct Table {
    text: Bytes,
    /// Where the next line starts.
    place: usize,
    /// Lines read so far.
    line: usize,
    label_column: LabelColumn,
    columns: Option<TableColumns>,
    pixels: Pixels,
    labels: Collected,
}

/// What the first row says of all.
#[derive(Debug, PartialEq)]
struct TableColumns {
    delimiter: Delimiter,
    kinds: Vec<Column>,
    n_units: usize,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Unit,
    Label,
    Nothing,
}

impl Table {
    pub(super) fn new(text: Bytes, label_column: LabelColumn) -> Self {
        let mark = text.starts_with("\u{feff}".as_bytes());
        Self {
            text,
            place: if mark { 3 } else { 0 },
            line: 0,
            label_column,
            columns: None,
            pixels: Pixels::default(),
            labels: Collected::default(),
        }
    }

    /// How much is read, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.place as f32 / self.text.len().max(1) as f32
    }

    /// Reads a slice more; all rows as images, once there are no more.
    pub(super) fn step(&mut self) -> Result<Option<RawImages>, Error> {
        // Lent to itself while lines are read.
        let text = std::mem::replace(&mut self.text, Bytes::Own(Vec::new()));
        let read = self.read_slice(&text);
        self.text = text;
        read?;
        if self.place < self.text.len() {
            return Ok(None);
        }
        self.finish().map(Some)
    }

    fn read_slice(&mut self, text: &[u8]) -> Result<(), Error> {
        let end = self.place + SLICE;
        while self.place < text.len() && self.place < end {
            let rest = &text[self.place..];
            let length = rest.iter().position(|byte| *byte == b'\n');
            let line = rest[..length.unwrap_or(rest.len())].trim_ascii_end();
            self.place += length.map_or(rest.len(), |length| length + 1);
            self.line += 1;
            if !line.trim_ascii_start().is_empty() && !line.starts_with(b"#") {
                self.read_line(line)?;
            }
        }
        Ok(())
    }

    fn read_line(&mut self, line: &[u8]) -> Result<(), Error> {
        if let Some(columns) = self.columns.take() {
            self.read_row(line, &columns)?;
            self.columns = Some(columns);
        } else {
            let (columns, titles) = first_row(line, self.label_column)?;
            if !titles {
                self.read_row(line, &columns)?;
            }
            self.columns = Some(columns);
        }
        Ok(())
    }

    fn read_row(&mut self, line: &[u8], columns: &TableColumns) -> Result<(), Error> {
        let mut count = 0;
        for cell in columns.delimiter.cells(line) {
            match columns.kinds.get(count) {
                Some(Column::Unit) => {
                    let number = number(cell).ok_or_else(|| self.no_number(count, cell))?;
                    self.pixels.push(number);
                }
                Some(Column::Label) => {
                    let label = &cell[..cell.len().min(MAX_LABEL)];
                    self.labels.push(&String::from_utf8_lossy(label));
                }
                Some(Column::Nothing) => {}
                None => {
                    count += columns.delimiter.cells(line).skip(count).count();
                    break;
                }
            }
            count += 1;
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
        Ok(())
    }

    /// A sentence for a cell that is none, `column` counted from 0.
    fn no_number(&self, column: usize, cell: &[u8]) -> Error {
        Error::Format {
            expected: "every cell of the table is a finite number, except in a column called label, class or y"
                .to_owned(),
            found: format!(
                "line {}, column {} holds {}",
                self.line,
                column + 1,
                quoted(cell)
            ),
        }
    }

    fn finish(&mut self) -> Result<RawImages, Error> {
        let n_units = self.columns.as_ref().map_or(0, |columns| columns.n_units);
        if self.pixels.is_empty() {
            return Err(Error::Format {
                expected: "a table has at least one row of numbers".to_owned(),
                found: format!("this one has none in {} lines", self.line),
            });
        }
        let labels = std::mem::take(&mut self.labels).finish();
        let labels = (!labels.classes().is_empty()).then_some(labels);
        let pixels = std::mem::take(&mut self.pixels);
        RawImages::new(Grid::near_square(n_units), pixels, labels)
    }
}

/// What the first row says of the columns, and whether it is one of titles.
fn first_row(line: &[u8], label_column: LabelColumn) -> Result<(TableColumns, bool), Error> {
    let delimiter = Delimiter::of(line);
    let count = delimiter.cells(line).count();
    if count > MAX_UNITS + 2 {
        check_units(count, "cells of the first row")?;
    }
    let cells: Vec<&[u8]> = delimiter.cells(line).collect();
    let by_place = match label_column {
        LabelColumn::Named | LabelColumn::None => None,
        LabelColumn::First => Some(0),
        LabelColumn::Last => Some(count - 1),
    };
    let mut numbers = (0..count).filter(|place| by_place != Some(*place));
    let counts = count > 2 && (0..count).all(|place| number(cells[place]) == Some(place as f32));
    let titles = counts || !numbers.all(|place| number(cells[place]).is_some());
    let kind = |place: usize| match title(cells[place]) {
        _ if by_place == Some(place) => Column::Label,
        Title::Label if titles && label_column == LabelColumn::Named => Column::Label,
        Title::Index if titles => Column::Nothing,
        _ => Column::Unit,
    };
    let mut labelled = false;
    let kinds: Vec<Column> = (0..count)
        .map(|place| match kind(place) {
            // One label a row: a second column of that title is passed over.
            Column::Label if std::mem::replace(&mut labelled, true) => Column::Nothing,
            kind => kind,
        })
        .collect();
    let n_units = kinds.iter().filter(|kind| **kind == Column::Unit).count();
    check_units(n_units, "numbers of the first row")?;
    let columns = TableColumns {
        delimiter,
        kinds,
        n_units,
    };
    Ok((columns, titles))
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
