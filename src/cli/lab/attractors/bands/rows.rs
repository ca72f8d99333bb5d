//! Where the rows of bands go, value by value; a file can be gone on with.

use super::super::out_file::OutFile;
use crate::cli::lab::{Lab, print};
use crate::edge::append::Growing;
use crate::engine::Error;
use crate::lab::portraits::bands::{BandColumn, BandGroup, BandRow, band_groups, band_lines};
use crate::lab::{Vary, ecsv};

/// A value that is done.
#[derive(Debug, Clone, Default)]
pub(super) struct DoneValue {
    /// Its rows; none where nothing could be learned.
    pub(super) rows: Vec<BandRow>,
    /// Attractors that were met; none where the rows were read from a file.
    pub(super) n_attractors: Option<usize>,
    /// Why there are no rows.
    pub(super) problem: Option<String>,
}

/// The rows, and where they go.
pub(super) struct BandTable {
    vary: Vary,
    file: Option<(Growing, OutFile)>,
    prints: bool,
    /// By value.
    done: Vec<Option<DoneValue>>,
    /// The last value that is in the file.
    last: Option<usize>,
    /// Values whose rows were in the file.
    pub(super) n_read: usize,
    note: Option<String>,
}

impl BandTable {
    /// Where the flags say; `count` starts belong to every value. Refused: a file that is there, unless it is gone on with;
    /// then one of another recipe, or that was edited.
    pub(super) fn of(lab: &Lab, header: &str, vary: &Vary, count: u64) -> Result<Self, Error> {
        let mut table = Self {
            vary: vary.clone(),
            file: None,
            prints: lab.out.is_none() && !lab.json,
            done: vec![None; vary.values.len()],
            last: None,
            n_read: 0,
            note: None,
        };
        if table.prints {
            print(header);
        }
        if let Some(mut file) = OutFile::of(lab, header)? {
            let kept = table.read(file.rows()?, count);
            let growing = file.grow(kept.map_err(|why| file.named(why))?)?;
            table.file = Some((growing, file));
        }
        Ok(table)
    }

    /// Takes in the values whose rows are all there; the length of their text. What was torn is left out.
    fn read(&mut self, text: &str, count: u64) -> Result<usize, Error> {
        if text.is_empty() {
            return Ok(0);
        }
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let fields = lines
            .iter()
            .map(|line| ecsv::split(line.trim_end_matches('\n')));
        let fields: Vec<Vec<String>> = fields.collect();
        let mut groups = band_groups(&self.vary, &fields)?;
        // Rows of a value are written together, so only those of the last one can be missing in part.
        if groups.last().is_some_and(|last| last.total() < count) {
            groups.pop();
        }
        let edited = |group: &&BandGroup| !group.is_sound || group.total() != count;
        if let Some(group) = groups.iter().find(edited) {
            let value = &self.vary.values[group.index];
            return Err(Error::Format {
                expected: format!("the rows of a value count {count} starts"),
                found: format!("those of {value} are others, or were edited"),
            });
        }
        let n_lines: usize = groups.iter().map(|group| group.rows.len()).sum();
        self.n_read = groups.len();
        self.last = groups.last().map(|group| group.index);
        for group in groups {
            self.done[group.index] = Some(DoneValue {
                rows: group.rows,
                ..DoneValue::default()
            });
        }
        let n_values = self.done.len();
        self.note = Some(format!("{} of {n_values} values were there", self.n_read));
        Ok(lines[..n_lines].iter().map(|line| line.len()).sum())
    }

    /// The values that are not there.
    pub(super) fn missing(&self) -> Vec<usize> {
        let all = self.done.iter().enumerate();
        let missing = all.filter(|(_, done)| done.is_none());
        missing.map(|(index, _)| index).collect()
    }

    /// Takes in a value, and writes its rows.
    pub(super) fn take(&mut self, column: &BandColumn) -> Result<(), Error> {
        let lines = column.lines();
        let problem = column.problem.clone();
        self.done[column.index] = Some(DoneValue {
            rows: column.rows(),
            n_attractors: problem.is_none().then(|| column.n_attractors()),
            problem,
        });
        if self.prints {
            print(&lines);
        }
        if lines.is_empty() {
            return Ok(());
        }
        let is_next = self.last.is_none_or(|last| last < column.index);
        self.last = self.last.max(Some(column.index));
        let Some((growing, file)) = &mut self.file else {
            return Ok(());
        };
        if is_next {
            return growing.append(lines.as_bytes());
        }
        // A value that could not be learned when the file was begun, and can be now.
        *growing = file.grow(0)?;
        let all = self.done.iter().zip(&self.vary.values);
        let all = all.filter_map(|(done, value)| Some(band_lines(value, &done.as_ref()?.rows)));
        growing.append(all.collect::<String>().as_bytes())
    }

    /// Closes the file; what there is of each value.
    pub(super) fn finish(self, notes: &mut Vec<String>) -> Result<Vec<DoneValue>, Error> {
        if let Some((growing, file)) = self.file {
            let name = file.name();
            growing.finish()?;
            notes.extend(self.note.map(|note| format!("{name}: {note}")));
            notes.push(format!("wrote {name}"));
        }
        let done = self.done.into_iter();
        Ok(done.map(Option::unwrap_or_default).collect())
    }
}
