//! Bytes that a document carries: in base64, each once, under its SHA-256. Large files stay outside: the document has their
//! names, and whoever opens it finds them.

use crate::engine::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The SHA-256 of some bytes, in 64 hexadecimal digits.
pub(super) type Hash = String;

/// The most bytes of a file that is carried, and of all of them: 8 MiB and 64 MiB.
const MOST_OF_A_FILE: usize = 8 << 20;
const MOST_OF_FILES: usize = 64 << 20;

/// A file that a document does not carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutsideFile {
    /// Its name, below the folder that was opened with `/` between.
    pub name: String,
    /// What was opened with it: a file or a folder, as somebody named it.
    pub opened: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Looks for a file; none where it is not to be found.
pub type FindFile<'a> = dyn Fn(&OutsideFile) -> Option<Vec<u8>> + 'a;

/// Bytes by their SHA-256.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Blobs {
    inside: BTreeMap<Hash, String>,
    /// Files that are not inside.
    #[serde(skip)]
    pub(super) outside: BTreeMap<Hash, OutsideFile>,
    /// Bytes of files inside.
    #[serde(skip)]
    of_files: usize,
    /// What was found of those that are not.
    #[serde(skip)]
    found: BTreeMap<Hash, Vec<u8>>,
}

impl Blobs {
    /// Keeps `bytes`; the hash to find them by.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Hash {
        let hash = hash(bytes);
        let encode = || STANDARD.encode(bytes);
        self.inside.entry(hash.clone()).or_insert_with(encode);
        hash
    }

    /// The same of a file that was opened with `opened`: where it is large, or there are many, its name alone is kept.
    pub(super) fn put_file(&mut self, name: &str, opened: &str, bytes: &[u8]) -> Hash {
        let all = self.of_files + bytes.len();
        if bytes.len() <= MOST_OF_A_FILE && all <= MOST_OF_FILES {
            self.of_files = all;
            return self.put(bytes);
        }
        let hash = hash(bytes);
        let file = OutsideFile {
            name: name.to_owned(),
            opened: opened.to_owned(),
            bytes: bytes.len() as u64,
        };
        self.outside.insert(hash.clone(), file);
        hash
    }

    /// Takes in the files that are not inside. Refused: one that is not to be found as it was.
    pub(super) fn find(&mut self, find: &FindFile<'_>) -> Result<(), Error> {
        for (hash, file) in &self.outside {
            let bytes = find(file).filter(|bytes| self::hash(bytes) == *hash);
            let bytes = bytes.ok_or_else(|| Error::MissingFile {
                name: file.name.clone(),
                bytes: file.bytes,
                sha256: hash.clone(),
            })?;
            self.found.insert(hash.clone(), bytes);
        }
        Ok(())
    }

    /// The bytes of `what` that are kept under `hash`. Refused: there are none, or they are spoiled.
    pub(super) fn get(&self, hash: &str, what: &str) -> Result<Vec<u8>, Error> {
        let refused = |found: &str| Error::Format {
            expected: format!("the session holds the bytes of {what} with the SHA-256 {hash}"),
            found: found.to_owned(),
        };
        if let Some(bytes) = self.found.get(hash) {
            return Ok(bytes.clone());
        }
        let text = self
            .inside
            .get(hash)
            .ok_or_else(|| refused("they are missing"))?;
        match STANDARD.decode(text) {
            Ok(bytes) if self::hash(&bytes) == hash => Ok(bytes),
            Ok(_) => Err(refused("what it holds is something else: it is damaged")),
            Err(why) => Err(refused(&format!("what it holds is no base64: {why}"))),
        }
    }
}

fn hash(bytes: &[u8]) -> Hash {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).expect("four bits are a digit");
    let digits = |byte: u8| [digit(byte >> 4), digit(byte & 15)];
    Sha256::digest(bytes).into_iter().flat_map(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_kept_once_under_their_published_hash() {
        let mut blobs = Blobs::default();
        // FIPS 180-4, the example of one block.
        let hash = blobs.put(b"abc");
        assert_eq!(
            hash,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(blobs.put(b"abc"), hash);
        assert_eq!(blobs.inside.len(), 1);
        assert_eq!(blobs.get(&hash, "a file").unwrap(), b"abc");
    }

    #[test]
    fn missing_and_spoiled_bytes_are_refused_by_name() {
        let mut blobs = Blobs::default();
        let hash = blobs.put(b"abc");
        let said = |blobs: &Blobs| blobs.get(&hash, "t.csv").unwrap_err().to_string();
        for (text, problem) in [("YWJk", "it is damaged"), ("?", "no base64")] {
            blobs.inside.insert(hash.clone(), text.to_owned());
            let said = said(&blobs);
            assert!(said.contains("t.csv") && said.contains(&hash) && said.contains(problem));
        }
        blobs.inside.clear();
        assert!(said(&blobs).ends_with("but they are missing"));
    }

    #[test]
    fn a_large_file_stays_outside_and_is_found_by_its_hash() {
        let mut blobs = Blobs::default();
        let small = blobs.put_file("small", "folder", b"abc");
        let large = vec![7; MOST_OF_A_FILE + 1];
        let hash = blobs.put_file("large", "folder", &large);
        assert_eq!(blobs.get(&small, "small").unwrap(), b"abc");
        assert_eq!(blobs.outside.len(), 1);
        assert_eq!(blobs.outside[&hash].bytes, large.len() as u64);
        for other in [None, Some(b"another file".to_vec())] {
            let said = blobs.find(&|_| other.clone()).unwrap_err().to_string();
            assert!(
                said.starts_with("the file 'large' (8388609 bytes"),
                "{said}"
            );
        }
        blobs
            .find(&|file| (file.opened == "folder").then(|| large.clone()))
            .unwrap();
        assert_eq!(blobs.get(&hash, "large").unwrap(), large);
        // Many that are small are large together.
        let mut blobs = Blobs::default();
        for count in 0..20_u8 {
            blobs.put_file("one", "folder", &vec![count; 4 << 20]);
        }
        assert_eq!((blobs.inside.len(), blobs.outside.len()), (16, 4));
    }
}
