//! The two output streams: the only file of the command line that touches either.
//!
//! A reader that closes the pipe early is no error.

use crate::edge::open::system;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

/// Prints the result; a closed pipe is the reader's business.
pub(super) fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("engram: standard output: {}", system(&problem)));
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Prints a sentence on standard error; an empty one says nothing.
pub(super) fn complain(sentence: &str) {
    if !sentence.is_empty() {
        // With standard error closed there is nobody left to tell.
        drop(writeln!(io::stderr().lock(), "{sentence}"));
    }
}
