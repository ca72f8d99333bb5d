//! What was found in the data of a world: what it is, what is odd about it, and what of it is not used.
//!
//! Told in the preview of opened files, in the JSON of the commands, and on standard error. Absent: refusals, which are
//! [errors](crate::engine::Error).

use crate::engine::Patterns;
use crate::engine::numbers::count;
use crate::engine::observables::remarks;
use serde::Serialize;

/// Something that was opened and is not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// What it is, with the names that it has: "column 1, 'id'", "files a.txt, b.txt".
    pub what: String,
    /// The reason, as a clause.
    pub why: String,
    /// How many of it, at least 1.
    pub count: usize,
}

impl LeftOut {
    /// One thing that is called `what`.
    pub fn one(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            count: 1,
        }
    }

    /// One sentence.
    pub fn in_words(&self) -> String {
        let Self {
            what,
            why,
            count: n,
        } = self;
        let many = if *n == 1 {
            String::new()
        } else {
            format!("{} ", count(*n as u64))
        };
        format!("Left out: {many}{what}: {why}")
    }
}

/// What was found in the data of a world.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// What the data are, in a few sentences.
    pub said: Vec<String>,
    /// What is odd about them, so that somebody should look: a sentence each.
    pub remarks: Vec<String>,
    /// What was opened and is not used.
    pub left_out: Vec<LeftOut>,
}

impl Findings {
    /// The same with what is odd about the patterns that were picked.
    #[must_use]
    pub fn with_patterns(mut self, patterns: &Patterns) -> Self {
        self.remarks.extend(remarks(patterns));
        self
    }

    /// What somebody should know who did not ask: remarks, and what is not used, a sentence each.
    pub fn warnings(&self) -> impl Iterator<Item = String> + '_ {
        let left_out = self.left_out.iter().map(LeftOut::in_words);
        self.remarks.iter().cloned().chain(left_out)
    }
}
