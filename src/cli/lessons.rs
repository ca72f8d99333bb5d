//! `engram lessons`: the list, a lesson as a page, and whether what it claims holds.

use super::{Report, Run, help, in_flag};
use crate::edge::distinct::{self, Output};
use crate::edge::open;
use crate::engine::Error;
use crate::lessons::{BUILT_IN, Lesson, N_CLASS, Reader, built_in, class, class_page};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// What the lessons of a class of 50 minutes are called together.
const CLASS: &str = "class";

const EXAMPLES: &[&str] = &[
    "engram lessons",
    "engram lessons capacity --check",
    "engram lessons digits --page teacher --out digits.html",
    "engram lessons class --page student --out class.html",
];

/// Whom a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Page {
    Student,
    Teacher,
}

/// List the lessons, run what one of them claims, or print it for students or for the teacher.
///
/// A lesson is Markdown: lines with title, question, minutes and start between ---, links such as
/// [text](<do: set cue.flip=0.3; settle; expect final_overlap below 0.9>), and fenced blocks called question.
#[derive(Args)]
#[command(after_help = help::examples(EXAMPLES))]
pub(super) struct Lessons {
    /// A lesson of the list, a file of your own, or class: six lessons for 50 minutes
    lesson: Option<String>,
    /// Run every link that claims something and every answer, and say what does not hold; then the exit code is 1
    #[arg(long)]
    check: bool,
    /// Print it as a page of HTML; the teacher's has the answers
    #[arg(long, value_enum, value_name = "WHOM")]
    page: Option<Page>,
    /// File for the page
    #[arg(long, value_name = "FILE.html")]
    out: Option<PathBuf>,
}

impl Run for Lessons {
    fn run(&self) -> Result<Report, Error> {
        distinct::check_paths(&[], &Output::files([("--out", self.out.as_deref())]))?;
        self.check_idle()?;
        let Some(name) = &self.lesson else {
            return Ok(list());
        };
        let lessons = if name == CLASS {
            class()
        } else {
            vec![named(name)?]
        };
        if self.check {
            let problems = lessons.iter().flat_map(Lesson::problems);
            let problems: Vec<String> = problems.collect();
            let text = if problems.is_empty() {
                format!("{name}: everything holds\n")
            } else {
                let lines = problems.iter().map(|problem| format!("{name}: {problem}"));
                lines.collect::<Vec<String>>().join("\n") + "\n"
            };
            return Ok(Report {
                failed: !problems.is_empty(),
                ..Report::new(text, Vec::new())
            });
        }
        let reader = match self.page {
            Some(Page::Teacher) => Reader::Teacher,
            Some(Page::Student) | None => Reader::Student,
        };
        let (title, page) = match &lessons[..] {
            [lesson] => (&*lesson.title, lesson.html(reader)),
            all => ("A class of 50 minutes", class_page(all, reader)),
        };
        let mut notes = Vec::new();
        match &self.out {
            Some(path) => {
                super::write("--out", path, page.as_bytes(), &mut notes)?;
                Ok(Report::new(format!("{title}\n"), notes))
            }
            None => Ok(Report::new(page, notes)),
        }
    }
}

impl Lessons {
    /// Refuses flags that make no difference to what is asked.
    fn check_idle(&self) -> Result<(), Error> {
        let others = match (&self.lesson, self.check) {
            (None, _) => "the list of lessons",
            (Some(_), true) => "--check",
            (Some(_), false) => return Ok(()),
        };
        let given = [
            ("--check", self.check && self.lesson.is_none()),
            ("--page", self.page.is_some()),
            ("--out", self.out.is_some()),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            Some((setting, _)) => Err(Error::Idle {
                setting,
                others: others.to_owned(),
            }),
            None => Ok(()),
        }
    }
}

/// Every lesson of the list, with its question.
fn list() -> Report {
    let lessons = built_in().into_iter().map(|lesson| {
        let Lesson {
            id,
            title,
            question,
            minutes,
            ..
        } = lesson;
        format!("{id:<18} {title}, {minutes} min\n{:<18} {question}\n", "")
    });
    let class = format!("{CLASS:<18} the first {N_CLASS} of them, a class of 50 minutes\n");
    Report::new(lessons.chain([class]).collect(), Vec::new())
}

/// The lesson of the list, or in the file, called `name`.
fn named(name: &str) -> Result<Lesson, Error> {
    if let Some((id, text)) = BUILT_IN.iter().find(|(id, _)| *id == name) {
        return Lesson::parse(id, text);
    }
    let path = Path::new(name);
    if !open::exists(path)? {
        return Err(Error::Unknown {
            kind: "lesson or file",
            name: name.to_owned(),
            known: BUILT_IN
                .iter()
                .map(|(id, _)| *id)
                .chain([CLASS])
                .collect::<Vec<_>>()
                .join(", "),
        });
    }
    Lesson::of_file(path, open::read_at_most).map_err(in_flag(name))
}
