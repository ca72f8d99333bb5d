//! A table of attractors as it stands in a file: its header, the parts of its recipe, and the fields of its rows.

use crate::engine::Error;
use crate::lab::ecsv;

/// What stands in a file.
pub(super) struct TableText {
    /// Down to the names of the columns.
    pub(super) header: String,
    parts: Vec<(String, String)>,
    /// The fields of every whole row.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether a row after them is torn.
    pub(super) is_torn: bool,
}

impl TableText {
    /// What is asked in a table of the lab; none of other files.
    pub(super) fn what(bytes: &[u8]) -> Option<String> {
        let parts = ecsv::parts(bytes).ok()?;
        let what = parts.into_iter().find(|(key, _)| key == "experiment")?;
        Some(what.1)
    }

    /// The table of `bytes`. Refused: what is no text, or no table of the lab.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Error> {
        let parts = ecsv::parts(bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = whole.map_or(0, |last| last + 1);
        let text = std::str::from_utf8(&bytes[..whole]);
        let text = text.map_err(|_no_text| Error::System("this is no text".to_owned()))?;
        let (mut length, mut names) = (0, false);
        let mut rows = Vec::new();
        for line in text.split_inclusive('\n') {
            if names {
                rows.push(ecsv::split(line.trim_end_matches('\n')));
                continue;
            }
            names = !line.starts_with('#');
            length += line.len();
        }
        Ok(Self {
            header: text[..length].to_owned(),
            parts,
            rows,
            is_torn: whole < bytes.len(),
        })
    }

    /// A part of its recipe.
    pub(super) fn part(&self, key: &str) -> Option<&str> {
        let found = self.parts.iter().find(|(other, _)| other == key);
        found.map(|(_, text)| text.as_str())
    }

    /// Its rows, each as `read` makes it of the fields. Refused: a row of which that makes nothing.
    pub(super) fn read<T>(
        &self,
        what: &str,
        read: impl Fn(&[String]) -> Option<T>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = self.rows.iter();
        let rows = rows.try_fold(Vec::new(), |mut all, fields| {
            all.push(read(fields)?);
            Some(all)
        });
        rows.ok_or_else(|| Error::System(format!("a row is none of {what}")))
    }

    /// The command line that wrote it.
    pub(super) fn command(&self) -> String {
        let line = self.header.lines().find_map(|line| {
            let command = line.strip_prefix("# - command: '")?;
            command.strip_suffix('\'')
        });
        line.unwrap_or_default().replace("''", "'")
    }
}
