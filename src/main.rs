//! Start-up only: the command line decides whether there is a window to open.

use engram::cli::{self, Outcome};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::main(std::env::args_os()) {
        Outcome::Done(code) => code,
        Outcome::Window { file } => open_window(file),
    }
}

#[cfg(feature = "app")]
fn open_window(_file: Option<PathBuf>) -> ExitCode {
    cli::refuse("engram: the window is not built yet; 'engram recall' works without one")
}

#[cfg(not(feature = "app"))]
fn open_window(_file: Option<PathBuf>) -> ExitCode {
    cli::refuse("engram: this build has no window; 'engram recall' works without one")
}
