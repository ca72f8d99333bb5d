//! Bytes inside of a document: in base64, each once, under its SHA-256.

use crate::engine::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The SHA-256 of some bytes, in 64 hexadecimal digits.
pub(super) type Hash = String;

/// Bytes by their SHA-256.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Blobs(BTreeMap<Hash, String>);

impl Blobs {
    /// Keeps `bytes`; the hash to find them by.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Hash {
        let hash = hash(bytes);
        let encode = || STANDARD.encode(bytes);
        self.0.entry(hash.clone()).or_insert_with(encode);
        hash
    }

    /// The bytes of `what` that are kept under `hash`. Refused: there are none, or they are spoiled.
    pub(super) fn get(&self, hash: &str, what: &str) -> Result<Vec<u8>, Error> {
        let refused = |found: &str| Error::Format {
            expected: format!("the session holds the bytes of {what} with the SHA-256 {hash}"),
            found: found.to_owned(),
        };
        let text = self
            .0
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
        assert_eq!(blobs.0.len(), 1);
        assert_eq!(blobs.get(&hash, "a file").unwrap(), b"abc");
    }

    #[test]
    fn missing_and_spoiled_bytes_are_refused_by_name() {
        let mut blobs = Blobs::default();
        let hash = blobs.put(b"abc");
        let said = |blobs: &Blobs| blobs.get(&hash, "t.csv").unwrap_err().to_string();
        for (text, problem) in [("YWJk", "it is damaged"), ("?", "no base64")] {
            blobs.0.insert(hash.clone(), text.to_owned());
            let said = said(&blobs);
            assert!(said.contains("t.csv") && said.contains(&hash) && said.contains(problem));
        }
        blobs.0.clear();
        assert!(said(&blobs).ends_with("but they are missing"));
    }
}
