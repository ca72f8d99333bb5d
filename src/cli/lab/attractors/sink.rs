//! Where the rows of a table go, in their order, group by group; a file can be gone on with.

use super::out_file::OutFile;
use crate::cli::lab::{Lab, print};
use crate::edge::append::Growing;
use crate::engine::Error;
use crate::lab::ecsv;
use crate::lab::portraits::fragile::BreakingFlips;
use crate::lab::portraits::table::TablePixel;
use std::ops::Range;

/// A row of a table, and the place in it that is the row's own.
pub(super) trait TableRow: Sized {
    /// As a line of text.
    fn line(&self) -> String;
    /// Of the fields of a line; none where they are none.
    fn read(fields: &[String]) -> Option<Self>;
    /// Where it stands: column and row of a pixel, or which pattern it is of.
    fn place(&self) -> [usize; 2];
}

impl TableRow for TablePixel {
    fn line(&self) -> String {
        ecsv::line(&self.row())
    }

    fn read(fields: &[String]) -> Option<Self> {
        Self::read(fields)
    }

    fn place(&self) -> [usize; 2] {
        [self.x, self.y]
    }
}

impl TableRow for (usize, BreakingFlips) {
    fn line(&self) -> String {
        ecsv::line(&self.1.row(self.0))
    }

    fn read(fields: &[String]) -> Option<Self> {
        BreakingFlips::read(fields)
    }

    fn place(&self) -> [usize; 2] {
        [self.0, 0]
    }
}

/// Rows that are worked out together, and written when all of them are there.
pub(super) struct Groups<'a> {
    /// What they are called: "rows of pixels".
    pub(super) name: &'static str,
    /// Their numbers.
    pub(super) range: Range<usize>,
    /// The places of the rows of one.
    pub(super) places: &'a dyn Fn(usize) -> Vec<[usize; 2]>,
}

/// Where the rows go.
pub(super) struct Sink<R> {
    growing: Option<(Growing, String)>,
    prints: bool,
    rows: Vec<R>,
    /// Groups that were there.
    pub(super) n_known: usize,
}

impl<R: TableRow> Sink<R> {
    /// Where the flags say. Refused: a file that is there, unless it is gone on with; then one of another recipe, or with
    /// rows of others.
    pub(super) fn of(
        lab: &Lab,
        header: &str,
        groups: &Groups<'_>,
        notes: &mut Vec<String>,
    ) -> Result<Self, Error> {
        let mut sink = Self {
            growing: None,
            prints: lab.out.is_none() && !lab.json,
            rows: Vec::new(),
            n_known: 0,
        };
        if sink.prints {
            print(header);
        }
        if let Some(mut file) = OutFile::of(lab, header)? {
            let kept = sink.read(file.rows()?, groups);
            let kept = kept.map_err(|why| file.named(why))?;
            if lab.resume && kept > 0 {
                let (known, all, name) = (sink.n_known, groups.range.len(), groups.name);
                notes.push(format!(
                    "{}: {known} of {all} {name} were there",
                    file.name()
                ));
            }
            sink.growing = Some((file.grow(kept)?, file.name()));
        }
        Ok(sink)
    }

    /// Takes in the groups that are whole; the length of their text.
    fn read(&mut self, text: &str, groups: &Groups<'_>) -> Result<usize, Error> {
        let wrong = |line: usize| Error::Format {
            expected: "rows are those of the recipe, in order".to_owned(),
            found: format!("row {line} is another one"),
        };
        let mut lines = text.split_inclusive('\n').enumerate();
        let (mut whole, mut length) = (0, 0);
        for group in groups.range.clone() {
            let mut rows = Vec::new();
            for place in (groups.places)(group) {
                let Some((number, line)) = lines.next() else {
                    return Ok(whole);
                };
                let row = R::read(&ecsv::split(line.trim_end_matches('\n')));
                let row = row.filter(|row| row.place() == place);
                rows.push(row.ok_or_else(|| wrong(number + 1))?);
                length += line.len();
            }
            self.rows.extend(rows);
            self.n_known += 1;
            whole = length;
        }
        match lines.next() {
            Some((number, _)) => Err(wrong(number + 1)),
            None => Ok(whole),
        }
    }

    /// Takes the rows of the next group.
    pub(super) fn take(&mut self, rows: Vec<R>) -> Result<(), Error> {
        let text: String = rows.iter().map(TableRow::line).collect();
        self.rows.extend(rows);
        if self.prints {
            print(&text);
        }
        match &mut self.growing {
            Some((growing, _)) => growing.append(text.as_bytes()),
            None => Ok(()),
        }
    }

    /// Closes the file; all rows.
    pub(super) fn finish(self, notes: &mut Vec<String>) -> Result<Vec<R>, Error> {
        if let Some((growing, name)) = self.growing {
            growing.finish()?;
            notes.push(format!("wrote {name}"));
        }
        Ok(self.rows)
    }
}
