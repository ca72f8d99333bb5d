//! What a user opened: one file or several, as names and bytes.
//!
//! Bytes are shared, so that an input can be kept in the settings of a world and be compared, copied and undone
//! for nothing. Absent: paths, and what the bytes are.

use super::{MAX_FILES, MAX_TOTAL};
use crate::assets::Asset;
use crate::engine::Error;
use crate::worlds::LeftOut;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// One file: its name, below the folder that was opened with `/` between, and all it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The name.
    pub name: String,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// Files that were opened together, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    name: String,
    files: Vec<File>,
    /// What lies beside what was opened and could not be read.
    unread: Vec<LeftOut>,
}

impl Input {
    /// What was opened by the name of `name` (a file's or a folder's): at least one file, at most [`MAX_FILES`] and
    /// [`MAX_TOTAL`] bytes.
    pub fn new(name: impl Into<String>, mut files: Vec<File>) -> Result<Self, Error> {
        let name = name.into();
        let lengths = files.iter().map(|file| file.bytes.len() as u64);
        Self::check(files.len(), lengths.sum())?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            name,
            files,
            unread: Vec::new(),
        })
    }

    /// Files that the program brings along, kept in `read`. On a page that has not fetched them, empty files of their
    /// names.
    pub(in crate::worlds) fn brought_along(
        name: &str,
        assets: &[&'static Asset],
        read: &OnceLock<Arc<Self>>,
    ) -> Arc<Self> {
        let made = |bytes: &[&[u8]]| {
            let files = assets.iter().zip(bytes).map(|(asset, bytes)| File {
                name: asset.path.rsplit('/').next().unwrap_or_default().to_owned(),
                bytes: Arc::from(*bytes),
            });
            let input = Self::new(name, files.collect());
            Arc::new(input.expect("what is brought along is within all bounds"))
        };
        let bytes = assets.iter().map(|asset| asset.bytes());
        match bytes.collect::<Result<Vec<_>, Error>>() {
            Ok(bytes) => Arc::clone(read.get_or_init(|| made(&bytes))),
            Err(_) => made(&vec![&[][..]; assets.len()]),
        }
    }

    /// The same, beside which lies what could not be read.
    #[must_use]
    pub fn beside(self, unread: Vec<LeftOut>) -> Self {
        Self { unread, ..self }
    }

    /// What lies beside what was opened and could not be read.
    pub fn unread(&self) -> &[LeftOut] {
        &self.unread
    }

    /// Refuses so many files of so many bytes in all, before they are read.
    pub fn check(n_files: usize, total: u64) -> Result<(), Error> {
        if n_files == 0 || n_files > MAX_FILES {
            return Err(Error::Format {
                expected: format!("a folder of patterns holds 1 to {MAX_FILES} files"),
                found: if n_files == 0 {
                    "this one is empty".to_owned()
                } else {
                    "this one holds more".to_owned()
                },
            });
        }
        if total > MAX_TOTAL as u64 {
            return Err(Error::Format {
                expected: format!("files opened together may hold {} MiB", MAX_TOTAL >> 20),
                found: format!("these hold {total} bytes"),
            });
        }
        Ok(())
    }

    /// SHA-256 of the names, lengths and bytes of all files, in hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut all = Sha256::new();
        for File { name, bytes } in &self.files {
            all.update(format!("{} {name} {} ", name.len(), bytes.len()));
            all.update(bytes);
        }
        let digit =
            |nibble: u8| char::from_digit(nibble.into(), 16).expect("four bits are a digit");
        let digits = |byte: u8| [digit(byte >> 4), digit(byte & 15)];
        all.finalize().into_iter().flat_map(digits).collect()
    }

    /// The name of the file or folder that was opened.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The files, in the order of their names.
    pub fn files(&self) -> &[File] {
        &self.files
    }
}

/// Bytes on their way to becoming images: as they were opened, or what was unpacked from them.
#[derive(Debug)]
pub(in crate::worlds) enum Bytes {
    /// As they were opened.
    Shared(Arc<[u8]>),
    /// Unpacked.
    Own(Vec<u8>),
}

impl Bytes {
    /// The bytes, for several to read.
    pub(super) fn shared(self) -> Arc<[u8]> {
        match self {
            Self::Shared(bytes) => bytes,
            Self::Own(bytes) => bytes.into(),
        }
    }

    /// The bytes, for one to take; those that were opened stay as they are.
    pub(super) fn cow(&mut self) -> Cow<'_, [u8]> {
        match self {
            Self::Shared(bytes) => Cow::Borrowed(bytes),
            Self::Own(bytes) => Cow::Owned(std::mem::take(bytes)),
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Shared(bytes) => bytes,
            Self::Own(bytes) => bytes,
        }
    }
}

/// A file that is not, or no longer, compressed.
#[derive(Debug)]
pub(super) struct UnpackedFile {
    /// The name that was opened.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Bytes,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<File> {
        let file = |name: &&str| File {
            name: (*name).to_owned(),
            bytes: [1, 2].as_slice().into(),
        };
        names.iter().map(file).collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_names() {
        let input = Input::new("folder", files(&["b", "a"])).unwrap();
        let names: Vec<&str> = input
            .files()
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!((input.name(), names), ("folder", vec!["a", "b"]));
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(
            Input::new("folder", Vec::new()).unwrap_err().to_string(),
            "a folder of patterns holds 1 to 20000 files, but this one is empty"
        );
        assert!(Input::new("folder", files(&vec!["a"; MAX_FILES + 1])).is_err());
        let shared: Arc<[u8]> = vec![0; MAX_TOTAL / 1000].into();
        let many = (0..1001).map(|number: i32| File {
            name: number.to_string(),
            bytes: Arc::clone(&shared),
        });
        assert_eq!(
            Input::new("folder", many.collect())
                .unwrap_err()
                .to_string(),
            "files opened together may hold 1024 MiB, but these hold 1074814741 bytes"
        );
    }
}
