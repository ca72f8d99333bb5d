//! A file that grows row by row: what was written stays, whatever happens then.
//!
//! Absent: files that are written whole or not at all (`write`).

#![expect(clippy::disallowed_methods, reason = "files are written here")]

use super::open::system;
use crate::engine::Error;
use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The file, open at its end.
#[derive(Debug)]
pub(crate) struct Growing {
    file: File,
    path: PathBuf,
}

impl Growing {
    /// A new file. Refused: one that is there.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        Self::of(file, path)
    }

    /// The file at `path`, cut off after `length` bytes.
    pub(crate) fn cut(path: &Path, length: u64) -> Result<Self, Error> {
        let mut file = OpenOptions::new().write(true).open(path);
        if let Ok(open) = &mut file {
            let cut = open.set_len(length);
            cut.and_then(|()| open.seek(SeekFrom::End(0)).map(drop))
                .map_err(|problem| named(path, &problem))?;
        }
        Self::of(file, path)
    }

    fn of(file: std::io::Result<File>, path: &Path) -> Result<Self, Error> {
        Ok(Self {
            file: file.map_err(|problem| named(path, &problem))?,
            path: path.to_owned(),
        })
    }

    /// Writes `bytes` at the end.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.file.write_all(bytes);
        written.map_err(|problem| named(&self.path, &problem))
    }

    /// Waits until all is on the disk.
    pub(crate) fn finish(self) -> Result<(), Error> {
        match self.file.sync_all() {
            // Pipes and devices have no disk.
            Err(problem) if problem.kind() != std::io::ErrorKind::InvalidInput => {
                Err(named(&self.path, &problem))
            }
            _ => Ok(()),
        }
    }
}

fn named(path: &Path, problem: &std::io::Error) -> Error {
    system(problem).in_source(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_grows_is_cut_and_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let mut growing = Growing::create(&path).unwrap();
        growing.append(b"one\ntw").unwrap();
        growing.finish().unwrap();
        assert!(
            Growing::create(&path)
                .unwrap_err()
                .to_string()
                .contains("a.csv")
        );
        let mut growing = Growing::cut(&path, 4).unwrap();
        growing.append(b"two\n").unwrap();
        growing.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said() {
        let mut full = Growing::cut(Path::new("/dev/full"), 0).or_else(|_no_length| {
            let file = OpenOptions::new().write(true).open("/dev/full");
            Growing::of(file, Path::new("/dev/full"))
        });
        let refused = full.as_mut().unwrap().append(b"row").unwrap_err();
        assert!(refused.to_string().contains("/dev/full"), "{refused}");
    }
}
