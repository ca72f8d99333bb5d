//! What comes of work with files.

use crate::app::documents::Contents;
use crate::app::panels::save::Clip;
use crate::engine::Error;
use crate::lessons::Lesson;
use crate::session::{Command, Document};
use std::path::PathBuf;

/// What came of work with files.
#[derive(Debug)]
pub(in crate::app) enum FileNews {
    /// Something to be done to the document.
    Do(Command),
    /// A session was read, from this file.
    Opened(PathBuf, Box<Document>),
    /// The session at this path needs a file that was not found.
    Missing(PathBuf, Error),
    /// The session with this recipe was written.
    Saved(PathBuf, Box<Contents>),
    /// The session of a report was read.
    Report(Box<Document>),
    /// Lessons were read, at least one.
    Lessons(Vec<Lesson>),
    /// What is left over of a session that did not end was read, or is damaged.
    LeftOver(LeftOverWish, Result<Box<Document>, Error>),
    /// Nobody was told where to write the session, or it could not be written.
    NotSaved(Option<Error>),
    /// Something was written, of which this is to be told.
    Written(String),
    /// Something is ready for the clipboard, and this is to be told of it.
    Copied(String, Clip),
}

/// What is wanted of what is left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum LeftOverWish {
    /// The session as it was.
    Recover,
    /// The file that it had been saved to.
    OpenSaved,
}
