//! Everything that can be wrong with what a user brings, one sentence each.
//!
//! Sentences are lower case without a full stop and say what was expected; the edges (window, command line)
//! put the file's or flag's name in front.

/// Why something the user asked for cannot be done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a flag, by name, and what is wrong with it.
    #[error("{source_name}: {problem}")]
    In {
        /// The file's path or the flag.
        source_name: String,
        /// What is wrong, and what was expected.
        problem: Box<Self>,
    },
    /// The bytes are not the format they should be.
    #[error("{expected}, but {found}")]
    Format {
        /// What was expected, as a clause: "an IDX file starts with …".
        expected: String,
        /// What was found, as a clause: "this one starts with …".
        found: String,
    },
    /// A setting lies outside its range.
    #[error("{setting} must be {range}, not {value}")]
    Range {
        /// The setting's name as the user knows it.
        setting: &'static str,
        /// The range in words or numbers.
        range: String,
        /// What was given.
        value: String,
    },
    /// A setting was given that makes no difference.
    #[error("{setting} does nothing in {others}")]
    Idle {
        /// The setting.
        setting: &'static str,
        /// The settings that do something, in the rule's notation.
        others: String,
    },
    /// One thing was asked for in two ways.
    #[error("{setting} is given twice, as {first} and as {second}")]
    Twice {
        /// The setting's name as the user knows it.
        setting: String,
        /// What was given first.
        first: String,
        /// What was given then.
        second: String,
    },
    /// A name that is not one of the known ones.
    #[error("there is no {kind} '{name}'; known: {known}")]
    Unknown {
        /// What kind of thing was named: "rule", "dynamics", …
        kind: &'static str,
        /// The name given.
        name: String,
        /// The names that exist, comma-separated.
        known: String,
    },
    /// Two shapes that must agree do not.
    #[error("{what} must have {expected}, not {found}")]
    Shape {
        /// The array or picture.
        what: &'static str,
        /// The shape needed.
        expected: String,
        /// The shape given.
        found: String,
    },
    /// A number that is not finite, or an entry that is not ±1, with its place.
    #[error("{what} must be {expected}; row {row}, column {column} holds {value}")]
    Entry {
        /// The array.
        what: &'static str,
        /// What every entry must be.
        expected: &'static str,
        /// Row of the first offending entry, from 0.
        row: usize,
        /// Column of the first offending entry, from 0.
        column: usize,
        /// What it holds.
        value: String,
    },
    /// Too little data for what was asked.
    #[error("{asked} asked for, but there are only {available}")]
    NotEnough {
        /// What was asked, with its number.
        asked: String,
        /// What there is, with its number.
        available: String,
    },
    /// Learning made couplings that no longer are numbers to work with.
    #[error("the couplings grew beyond all bounds at {when}; {remedy}")]
    Diverged {
        /// How far learning had come, with its number.
        when: String,
        /// Which setting to change, and how.
        remedy: &'static str,
    },
    /// A teacher's options keep it from being changed.
    #[error("{what} is locked by a teacher's option")]
    Locked {
        /// What it is called on screen.
        what: String,
    },
    /// A document does not carry a file, and it was not found.
    #[error(
        "the file '{name}' ({bytes} bytes, SHA-256 {sha256}) is needed, which is too large to be inside: put it beside"
    )]
    MissingFile {
        /// Its name.
        name: String,
        /// How many bytes it has.
        bytes: u64,
        /// What they hash to, hexadecimal.
        sha256: String,
    },
    /// The system refused to read or write.
    #[error("{0}")]
    System(String),
}

impl Error {
    /// The name of the file that a document does not carry, where that is what is wrong.
    pub fn missing_file(&self) -> Option<&str> {
        match self {
            Self::In { problem, .. } => problem.missing_file(),
            Self::MissingFile { name, .. } => Some(name),
            _ => None,
        }
    }

    /// A file with more bytes than the `most` that one of its kind may have, a whole number of MiB.
    pub(crate) fn too_large(most: u64) -> Self {
        Self::Format {
            expected: format!("a file of this kind may have at most {} MiB", most >> 20),
            found: "this one has more".to_owned(),
        }
    }

    /// The same error with the file's or flag's name in front.
    #[must_use]
    pub fn in_source(self, source_name: impl Into<String>) -> Self {
        Self::In {
            source_name: source_name.into(),
            problem: Box::new(self),
        }
    }
}
