//! The file that `--out` names: a new one, or one of the same recipe that `--resume` goes on with.

use crate::cli::lab::Lab;
use crate::edge::append::Growing;
use crate::edge::open;
use crate::engine::Error;
use std::path::PathBuf;

/// The file, before anything is written to it.
pub(super) struct OutFile {
    path: PathBuf,
    header: String,
    is_there: bool,
    /// What stands below its header.
    body: Vec<u8>,
}

impl OutFile {
    /// The file that `lab` names for a table with this header; none where it names none. Refused: a file that is there,
    /// unless it is gone on with; then one of another recipe.
    pub(super) fn of(lab: &Lab, header: &str) -> Result<Option<Self>, Error> {
        let Some(path) = &lab.out else {
            return Ok(None);
        };
        let mut file = Self {
            path: path.clone(),
            header: header.to_owned(),
            is_there: false,
            body: Vec::new(),
        };
        let opened = file.open(lab.resume);
        opened.map_err(|why| file.named(why))?;
        Ok(Some(file))
    }

    fn open(&mut self, resume: bool) -> Result<(), Error> {
        self.is_there = open::exists(&self.path)?;
        if !self.is_there {
            return Ok(());
        }
        if !resume {
            let why = "this file is there; --resume goes on with it, or name another one";
            return Err(Error::System(why.to_owned()));
        }
        let bytes = open::read(&self.path)?;
        let header = self.header.as_bytes();
        if header.starts_with(&bytes) {
            return Ok(());
        }
        let body = bytes.strip_prefix(header).ok_or_else(|| Error::Format {
            expected: "the file that is gone on with is of the same recipe".to_owned(),
            found: "this one is of another".to_owned(),
        })?;
        self.body = body.to_vec();
        Ok(())
    }

    /// What stands below the header, down to the end of the last whole row. Refused: what is no text.
    pub(super) fn rows(&self) -> Result<&str, Error> {
        let whole = self.body.iter().rposition(|byte| *byte == b'\n');
        let whole = &self.body[..whole.map_or(0, |last| last + 1)];
        std::str::from_utf8(whole).map_err(|_no_text| {
            self.named(Error::Format {
                expected: "a table is text".to_owned(),
                found: "this one is not".to_owned(),
            })
        })
    }

    /// Its name.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// `problem`, with the file that it is of.
    pub(super) fn named(&self, problem: Error) -> Error {
        problem.in_source(self.name()).in_source("--out")
    }

    /// The file with the first `kept` bytes of its rows, to write more below them.
    pub(super) fn grow(&mut self, kept: usize) -> Result<Growing, Error> {
        if kept > 0 {
            return Growing::cut(&self.path, (self.header.len() + kept) as u64);
        }
        let mut growing = if self.is_there {
            Growing::cut(&self.path, 0)?
        } else {
            Growing::create(&self.path)?
        };
        self.is_there = true;
        growing.append(self.header.as_bytes())?;
        Ok(growing)
    }
}
