//! A session as a document: JSON that opens to an equal recipe, whose bits are the same again; and one line of text that
//! does as much as it has room for ([share]).
//!
//! A document has a format, a version, the recipe, the moment that is shown, how one looked at it, and whatever bytes the
//! recipe carries (opened files, loaded couplings, pictures, patterns stored by hand) as [blobs], each by its SHA-256.
//! Settings are written by their keys, never in the notation of the screen. A document of a newer version is refused; an
//! older one goes through a [step](steps) for each version on the way. Absent: files, and what the view means.

mod blobs;
mod lab;
mod recipe;
mod share;
mod steps;
mod teacher;
mod wishes;
mod world;

use super::{TeacherOptions, Wishes};
use crate::engine::Error;
use crate::lab::LabRecipe;
use crate::trial::Recipe;
use blobs::{Blobs, Hash};
pub use blobs::{FindFile, OutsideFile};
use lab::WrittenLab;
use recipe::WrittenRecipe;
use serde::{Deserialize, Serialize};
use serde_json::Value;
pub use share::{MAX_SHARED, Shared};
use std::collections::BTreeMap;
use teacher::WrittenTeacher;
use wishes::WrittenWishes;

/// What the first field of every document says.
const FORMAT: &str = "engram session";

/// The version that is written.
const VERSION: u32 = 3;

/// The most bytes that a document may have: what it carries is bounded where it is opened, and base64 makes it a third
/// longer.
pub const MAX_DOCUMENT: u64 = 512 << 20;

/// What is kept of a session.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Everything that was set.
    pub recipe: Recipe,
    /// The moment that is shown, in updates of the recording.
    pub clock: u64,
    /// How one looked at it, as the window writes it; null where nobody did.
    pub view: Value,
    /// What was wanted of the attractors.
    pub wishes: Wishes,
    /// Runs of the lab.
    pub lab: Vec<LabRecipe>,
    /// What a teacher keeps from being changed or seen, and where students come back to.
    pub teacher: TeacherOptions,
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
    #[serde(default, skip_serializing_if = "Value::is_null")]
    view: Value,
    #[serde(default, skip_serializing_if = "WrittenWishes::is_empty")]
    wishes: WrittenWishes,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lab: Vec<WrittenLab>,
    #[serde(default, skip_serializing_if = "WrittenTeacher::is_empty")]
    teacher: WrittenTeacher,
    /// Files that are not inside, by their SHA-256.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    outside: BTreeMap<Hash, OutsideFile>,
    #[serde(default)]
    blobs: Blobs,
}

impl Document {
    /// The document as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.written()).expect(PLAIN)
    }

    /// Whether some of its files are too large to be inside.
    fn has_files_outside(&self) -> bool {
        !self.written().outside.is_empty()
    }

    /// The same on one line, as short as can be.
    fn to_line(&self) -> String {
        serde_json::to_string(&self.written()).expect(PLAIN)
    }

    fn written(&self) -> WrittenDocument {
        let mut blobs = Blobs::default();
        let recipe = WrittenRecipe::of(&self.recipe, &mut blobs);
        WrittenDocument {
            format: FORMAT.to_owned(),
            version: VERSION,
            recipe,
            clock: self.clock,
            view: self.view.clone(),
            wishes: WrittenWishes::of(&self.wishes, &self.recipe, &mut blobs),
            lab: WrittenLab::all(&self.lab, &mut blobs),
            teacher: WrittenTeacher::of(&self.teacher, &mut blobs),
            outside: std::mem::take(&mut blobs.outside),
            blobs,
        }
    }

    /// Whether `bytes` begin as a document does: they are to be read as one, whatever comes of it.
    pub fn is_one(bytes: &[u8]) -> bool {
        let head = &bytes[..bytes.len().min(200)];
        head.trim_ascii_start().starts_with(b"{")
            && head
                .windows(FORMAT.len())
                .any(|part| part == FORMAT.as_bytes())
    }

    /// The document that `bytes` hold. Refused: what is too large, what is no text, and what [`Self::of_json`] refuses.
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::of_bytes_with(bytes, &|_| None)
    }

    /// The same, whose large files `find` finds.
    pub fn of_bytes_with(bytes: &[u8], find: &FindFile<'_>) -> Result<Self, Error> {
        if bytes.len() as u64 > MAX_DOCUMENT {
            return Err(Error::too_large(MAX_DOCUMENT));
        }
        let json = std::str::from_utf8(bytes).map_err(|_no_text| Error::Format {
            expected: "a session is text".to_owned(),
            found: "this is none".to_owned(),
        })?;
        Self::of_json_with(json, find)
    }

    /// The document that `json` holds. Refused: what is no document, a newer version, keys that nobody knows, values
    /// that a setting does not admit, blobs that are missing or spoiled, files that are not inside.
    pub fn of_json(json: &str) -> Result<Self, Error> {
        Self::of_json_with(json, &|_| None)
    }

    /// The same, whose large files `find` finds.
    pub fn of_json_with(json: &str, find: &FindFile<'_>) -> Result<Self, Error> {
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
        let written: WrittenDocument = if header.version == VERSION {
            serde_json::from_str(json)
        } else {
            let older: Result<Value, _> = serde_json::from_str(json);
            older.and_then(|older| serde_json::from_value(steps::to_newest(older, header.version)))
        }
        .map_err(|why| no_document(&why))?;
        written.read(find).map_err(on_one_line)
    }
}

impl WrittenDocument {
    fn read(mut self, find: &FindFile<'_>) -> Result<Document, Error> {
        self.blobs.outside = std::mem::take(&mut self.outside);
        self.blobs.find(find)?;
        let recipe = self.recipe.read(&self.blobs)?;
        recipe.check()?;
        Ok(Document {
            wishes: self.wishes.read(&recipe, &self.blobs)?,
            lab: WrittenLab::read_all(&self.lab, &self.blobs)?,
            teacher: self.teacher.read(&self.blobs)?,
            recipe,
            clock: self.clock,
            view: self.view,
        })
    }
}

/// Why a document can be written.
const PLAIN: &str = "keys are text and numbers are finite";

fn no_document(why: &serde_json::Error) -> Error {
    Error::Format {
        expected: "a session is JSON with format, version, recipe and clock".to_owned(),
        found: format!("reading it fails: {}", one_line(&why.to_string())),
    }
}

/// `why` as it is, or as a sentence without the line breaks of a name that somebody wrote.
fn on_one_line(why: Error) -> Error {
    let said = why.to_string();
    if said.contains(char::is_control) {
        return Error::System(one_line(&said));
    }
    why
}

/// What somebody wrote may hold anything; a sentence holds no line breaks.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod mutation_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod version_tests;
