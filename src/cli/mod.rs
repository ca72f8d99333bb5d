//! The command line: the same recipes, memories and runs as the window's, with no window.
//!
//! A command is one file with its `mod` line, and one entry in the list below: a struct of flags that implements
//! `Run`. Nothing is printed before all is done, and whatever was wrong is one sentence on
//! standard error that names the flag or the file. Standard output is touched in `streams.rs` alone, files in the room
//! `edge`. Absent: the window, which `main.rs` opens, and all numerics.

mod bench;
mod contacts;
mod cues;
mod frames;
mod help;
mod interrupt;
mod lab;
mod learn;
mod learned;
mod lesson;
mod lessons;
mod mending;
mod numbers;
mod open;
mod predict;
mod progress;
mod recall;
mod recalled;
mod refusal;
mod relax;
mod rules;
mod settings;
mod streams;
mod text;
mod threads;
mod world;
mod worlds;

use crate::edge::{self, write};
use crate::engine::Error;
use crate::session::Document;
pub use bench::BenchTarget;

use clap::{CommandFactory as _, Parser, Subcommand};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is left to do for `main`.
#[derive(Debug, Clone, PartialEq)]
pub enum LeftToDo {
    /// Open the window.
    Window {
        /// The file or folder to open in it.
        file: Option<PathBuf>,
    },
    /// Measure a part that only `main` can reach, and print the table.
    Bench(bench::BenchTarget),
    /// Nothing: leave with this code.
    Done(ExitCode),
}

/// What a command has to say once it is done.
struct Report {
    /// For standard output.
    out: String,
    /// What is to be said beside the result, for standard error, a sentence each.
    notes: Vec<String>,
    /// Whether what was checked does not hold.
    failed: bool,
}

impl Report {
    /// What a command that did what it was asked for tells.
    fn new(out: String, notes: Vec<String>) -> Self {
        Self {
            out,
            notes,
            failed: false,
        }
    }
}

/// What every command does, once its flags are read.
trait Run {
    /// Does the work, and gives what is to be said of it; a refusal names the flag or the file.
    fn run(&self) -> Result<Report, Error>;
}

/// Associative memories you can draw on, watch and take apart.
///
/// Without a command, the window opens.
#[derive(Parser)]
#[command(name = "engram", version, args_conflicts_with_subcommands = true)]
struct CommandLine {
    /// What to open in the window: a session (FILE.engram, or a line that begins with 'engram:'); a lesson (Markdown) or
    /// a folder of lessons; a picture (PNG or JPEG) as the cue; arrays (NPY, NPZ), tables, IDX files, an alignment
    /// (FASTA, A2M, A3M, Stockholm, CLUSTAL, or a sequence a line) or a folder of any of them to store; or couplings
    /// (NPY, N × N) of as many units as the digits
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The choice of commands, each as the file and the struct of its flags, in the order of the help.
macro_rules! commands {
    ($($file:ident::$name:ident,)*) => {
        #[derive(Subcommand)]
        enum Command {
            $($name(Box<$file::$name>),)*
        }

        impl Command {
            fn run(&self) -> Result<Report, Error> {
                match self {
                    $(Self::$name(command) => command.run(),)*
                }
            }
        }
    };
}

commands! {
    recall::Recall,
    open::Open,
    learn::Learn,
    relax::Relax,
    contacts::Contacts,
    predict::Predict,
    lab::Lab,
    lesson::Lesson,
    lessons::Lessons,
    rules::Rules,
    world::World,
    worlds::Worlds,
    bench::Bench,
}

/// Does what `args` ask for, the program's own name first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> LeftToDo {
    let args: Vec<OsString> = args.into_iter().collect();
    let parsed = match CommandLine::try_parse_from(&args) {
        Ok(parsed) => parsed,
        Err(refused) if !refused.use_stderr() => {
            return LeftToDo::Done(streams::print(&refused.render().to_string()));
        }
        Err(refused) => {
            let command = command_name(&args);
            return LeftToDo::Done(refuse(&refusal::sentence(&command, &refused)));
        }
    };
    if let Some(Command::Bench(bench)) = &parsed.command
        && let Some(target) = bench.what
    {
        return LeftToDo::Bench(target);
    }
    let file = match &parsed.command {
        Some(Command::Lesson(lesson)) => Some(lesson.file.clone()),
        _ => parsed.file,
    };
    let command = parsed.command.filter(|_| file.is_none());
    match (command, file) {
        (None, None) => LeftToDo::Window { file: None },
        (None, Some(file)) if file.to_str().is_some_and(Document::is_shared) => {
            LeftToDo::Window { file: Some(file) }
        }
        (None, Some(file)) => match edge::open::exists(&file) {
            Ok(true) => LeftToDo::Window { file: Some(file) },
            Ok(false) => LeftToDo::Done(refuse(&unknown(&file))),
            Err(problem) => {
                let sentence = format!("engram: {}: {problem}", file.display());
                LeftToDo::Done(refuse(&sentence))
            }
        },
        (Some(command), _) => {
            interrupt::watch();
            LeftToDo::Done(match command.run() {
                Ok(report) => {
                    for note in &report.notes {
                        streams::complain(note);
                    }
                    let printed = streams::print(&report.out);
                    if report.failed {
                        ExitCode::FAILURE
                    } else {
                        printed
                    }
                }
                Err(problem) => refuse(&format!("{}: {problem}", command_name(&args))),
            })
        }
    }
}

/// What to say of `name`, which is neither.
fn unknown(name: &Path) -> String {
    let commands: Vec<String> = command_names().collect();
    format!(
        "engram: there is no file or folder and no command '{}'; commands: {}",
        name.display(),
        commands.join(", ")
    )
}

/// Says on standard error why not, and gives the code of a refusal.
pub fn refuse(sentence: &str) -> ExitCode {
    streams::complain(sentence);
    ExitCode::from(2)
}

/// Prints `text` on standard output, as far as somebody reads it.
pub fn print(text: &str) -> ExitCode {
    streams::print(text)
}

/// Puts the flag in front of what is wrong with it.
fn in_flag(flag: &str) -> impl FnOnce(Error) -> Error {
    move |problem| problem.in_source(flag)
}

/// Puts the flag, and the path that it names, in front of what is wrong with what is there.
fn in_path<'a>(flag: &'a str, path: &'a Path) -> impl FnOnce(Error) -> Error + 'a {
    move |problem| {
        let problem = problem.in_source(path.display().to_string());
        problem.in_source(flag)
    }
}

/// What `parse` makes of the file that `flag` names.
fn read<T>(
    flag: &str,
    path: &Path,
    parse: impl FnOnce(&[u8]) -> Result<T, Error>,
) -> Result<T, Error> {
    let parsed = edge::open::read(path).and_then(|bytes| parse(&bytes));
    parsed.map_err(in_path(flag, path))
}

/// Writes the file that `flag` names, and notes it once it is there.
fn write(flag: &str, path: &Path, bytes: &[u8], notes: &mut Vec<String>) -> Result<(), Error> {
    write::file(path, bytes).map_err(in_flag(flag))?;
    notes.push(format!("wrote {}", path.display()));
    Ok(())
}

/// One JSON object on one line.
fn json_line(summary: &impl serde::Serialize) -> String {
    serde_json::to_string(summary).expect("plain fields are always JSON") + "\n"
}

/// `engram`, and the command's name if there is one.
fn command_name(args: &[OsString]) -> String {
    let first = args.get(1).and_then(|first| first.to_str());
    let known = first.filter(|first| command_names().any(|name| name == *first));
    known.map_or_else(|| "engram".to_owned(), |name| format!("engram {name}"))
}

fn command_names() -> impl Iterator<Item = String> {
    let names: Vec<String> = CommandLine::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn no_command_opens_the_window() {
        let outcome = |args: &[&str]| main(args.iter().map(OsString::from));
        assert_eq!(outcome(&["engram"]), LeftToDo::Window { file: None });
        let file = Some(PathBuf::from("Cargo.toml"));
        assert_eq!(
            outcome(&["engram", "Cargo.toml"]),
            LeftToDo::Window { file }
        );
        for args in [["lesson", "README.md"], ["lesson", "src"]] {
            let file = Some(PathBuf::from(args[1]));
            assert_eq!(
                outcome(&["engram", args[0], args[1]]),
                LeftToDo::Window { file }
            );
        }
        for args in [&["engram", "lesson"][..], &["engram", "lesson", "no.md"]] {
            assert_eq!(outcome(args), LeftToDo::Done(ExitCode::from(2)));
        }
        assert_eq!(
            outcome(&["engram", "recal"]),
            LeftToDo::Done(ExitCode::from(2))
        );
    }
}
