//! Lessons: Markdown whose links act on the session, with questions that any true answer satisfies, and claims that are
//! run by the tests.
//!
//! A lesson begins with a few lines between `---`: its title, the question that it answers, minutes, and the script of the
//! state that every link sets out from. A [link](Span::Do) to `do: …` holds a [script]; a fenced block called `question`
//! asks for a state of which [conditions](Condition) hold. Since every link sets out from the same state, links work in any
//! order. Absent: drawing them, and the session that they act on.

mod check;
mod condition;
pub mod glossary;
mod list;
mod parse;
mod pictures;
mod print;
pub mod scenes;
pub mod script;
pub mod topics;

pub use condition::Condition;
pub use list::{BUILT_IN, N_CLASS, built_in, class};
pub use print::{Reader, class_page};
pub use script::{Act, Script};

use crate::engine::Error;
use pictures::MAX_LESSON_PICTURE;
use std::path::Path;
use std::sync::Arc;

/// The most bytes of a lesson.
const MAX_LESSON: u64 = 1 << 20;

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What tells it from others: the name of its file, without the ending.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Sets the state that every link sets out from.
    pub start: Script,
    /// What it consists of, in order.
    pub blocks: Vec<Block>,
    /// Pictures of its own by their sources, PNG.
    pictures: Vec<(String, Arc<[u8]>)>,
}

/// A part of a lesson that stands on lines of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// What the next part is about.
    Heading(String),
    /// A paragraph.
    Text(Vec<Span>),
    /// A point of a list.
    Item(Vec<Span>),
    /// A formula in TeX.
    Formula(String),
    /// A picture.
    Picture {
        /// `gallery:NAME`, or the name of a file beside the lesson.
        source: String,
        /// What it shows, in words.
        says: String,
    },
    /// Something to find out.
    Question(Question),
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Span {
    /// Plain text.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// A formula in TeX.
    Formula(String),
    /// A link that does something.
    Do {
        /// What it says.
        text: String,
        /// What it does.
        script: Script,
    },
    /// A link to a page.
    Page {
        /// What it says.
        text: String,
        /// Its address.
        address: String,
    },
}

/// Something to find out, by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked.
    pub ask: String,
    /// What must hold of the session; every state of which it does is an answer.
    pub holds: Vec<Condition>,
    /// What helps at the second try.
    pub hint: String,
    /// One answer, for the teacher, which the tests run.
    pub answer: Script,
    /// The answer in words, for the teacher.
    pub why: String,
}

impl Lesson {
    /// The lesson that `text` holds, called `id`. Refused: what is no lesson, links that do what cannot be done, questions
    /// without an answer; the sentence says where.
    pub fn parse(id: &str, text: &str) -> Result<Self, Error> {
        parse::lesson(id, text)
    }

    /// The lesson in the file at `path`, called by the file's name, with its own pictures, which lie beside it. `read` reads
    /// the file at a path that has at most so many bytes. Refused: what is not read, what is no text, what [`Self::parse`]
    /// refuses, and pictures that are none.
    pub fn of_file(
        path: &Path,
        read: impl Fn(&Path, u64) -> Result<Vec<u8>, Error>,
    ) -> Result<Self, Error> {
        let bytes = read(path, MAX_LESSON)?;
        let text = String::from_utf8(bytes).map_err(|_no_text| Error::Format {
            expected: "a lesson is text".to_owned(),
            found: "this is none".to_owned(),
        })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let picture = |name: &str| read(&folder.join(name), MAX_LESSON_PICTURE);
        Self::parse(&name, &text)?.with_pictures(picture)
    }

    /// Whether `text` begins as a lesson does.
    pub fn is_one(text: &[u8]) -> bool {
        let head = &text[..text.len().min(400)];
        head.starts_with(b"---") && head.windows(6).any(|part| part == b"title:")
    }

    /// Every link that does something, in order.
    pub fn scripts(&self) -> impl Iterator<Item = &Script> {
        let spans = self.blocks.iter().flat_map(|block| match block {
            Block::Text(spans) | Block::Item(spans) => spans.as_slice(),
            Block::Heading(_) | Block::Formula(_) | Block::Picture { .. } | Block::Question(_) => {
                &[]
            }
        });
        spans.filter_map(|span| match span {
            Span::Do { script, .. } => Some(script),
            _ => None,
        })
    }

    /// Its questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Question(question) => Some(question),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
