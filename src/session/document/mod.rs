//! A session as a document: JSON that opens to an equal recipe, whose bits are the same again.
//!
//! A document has a format, a version, the recipe, the moment that is shown, and whatever bytes the recipe carries
//! (opened files, loaded couplings, pictures, patterns stored by hand) as [blobs], each by its SHA-256. Settings
//! are written by their keys, never in the notation of the screen. A document of a newer version is refused; an older
//! one is to go through a step for each version on the way, of which there are none yet. Absent: files.

mod blobs;
mod recipe;
mod world;

use crate::engine::Error;
use crate::trial::Recipe;
use blobs::Blobs;
use recipe::WrittenRecipe;
use serde::{Deserialize, Serialize};

/// What the first field of every document says.
const FORMAT: &str = "engram session";

/// The version that is written.
const VERSION: u32 = 1;

/// What is kept of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Everything that was set.
    pub recipe: Recipe,
    /// The moment that is shown, in updates of the recording.
    pub clock: u64,
}

/// What tells whether the rest can be read.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// A document as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDocument {
    format: String,
    version: u32,
    recipe: WrittenRecipe,
    clock: u64,
    #[serde(default)]
    blobs: Blobs,
}

impl Document {
    /// The document as JSON.
    #[expect(clippy::missing_panics_doc, reason = "plain data can be written")]
    pub fn to_json(&self) -> String {
        let mut blobs = Blobs::default();
        let recipe = WrittenRecipe::of(&self.recipe, &mut blobs);
        let written = WrittenDocument {
            format: FORMAT.to_owned(),
            version: VERSION,
            recipe,
            clock: self.clock,
            blobs,
        };
        serde_json::to_string_pretty(&written).expect("keys are text and numbers are finite")
    }

    /// The document that `json` holds. Refused: what is no document, a newer version, keys that nobody knows, values
    /// that a setting does not admit, blobs that are missing or spoiled.
    pub fn of_json(json: &str) -> Result<Self, Error> {
        let header: Header = serde_json::from_str(json).map_err(|why| no_document(&why))?;
        if header.format != FORMAT {
            return Err(Error::Format {
                expected: format!("the format of a session is '{FORMAT}'"),
                found: format!("this one is '{}'", header.format),
            });
        }
        if !(1..=VERSION).contains(&header.version) {
            return Err(Error::Format {
                expected: format!("this program opens sessions up to version {VERSION}"),
                found: format!("this one is of version {}", header.version),
            });
        }
        let written: WrittenDocument =
            serde_json::from_str(json).map_err(|why| no_document(&why))?;
        let recipe = written.recipe.read(&written.blobs)?;
        recipe.check()?;
        Ok(Self {
            recipe,
            clock: written.clock,
        })
    }
}

fn no_document(why: &serde_json::Error) -> Error {
    Error::Format {
        expected: "a session is JSON with format, version, recipe and clock".to_owned(),
        found: format!("reading it fails: {why}"),
    }
}

#[cfg(test)]
mod tests;
