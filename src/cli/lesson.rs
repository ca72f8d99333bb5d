//! `engram lesson`: opens the window with a lesson of one's own, or with a folder of them.
//!
//! It has nothing to do without a window: `main` opens it.

use super::{Report, Run, help};
use crate::engine::Error;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &[&str] = &["engram lesson mine.md", "engram lesson course"];

/// Open the window with a lesson of your own beside everything else, or with a folder of them.
///
/// A folder's lessons, files that end in .md, stand at the end of the list of lessons, in the order of their names.
#[derive(Args)]
#[command(after_help = help::examples(EXAMPLES))]
pub(super) struct Lesson {
    /// A lesson, Markdown, or a folder of lessons
    pub(super) file: PathBuf,
}

impl Run for Lesson {
    fn run(&self) -> Result<Report, Error> {
        Ok(Report::new(String::new(), Vec::new()))
    }
}
