//! A sequence as it stands in a file, whatever the format, and how many of them are read.

use crate::engine::Error;

/// The most sequences of an alignment.
pub(super) const MAX_SEQUENCES: usize = 1_000_000;

/// One sequence as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct RawSequence {
    pub(super) name: Vec<u8>,
    /// The line it starts in, from 1.
    pub(super) line: usize,
    pub(super) letters: Vec<u8>,
}

/// A sentence for more sequences than are read.
pub(super) fn too_many(line: usize) -> Error {
    Error::Format {
        expected: format!("an alignment has at most {MAX_SEQUENCES} sequences"),
        found: format!("line {line} begins one more"),
    }
}
