//! Start-up only: the command line decides whether there is work to do or a window to open.

use engram::cli::{self, BenchTarget, LeftToDo};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::main(std::env::args_os()) {
        LeftToDo::Done(code) => code,
        LeftToDo::Window { file } => open_window(file.as_deref()),
        LeftToDo::Bench(what) => bench(what),
    }
}

#[cfg(feature = "app")]
fn open_window(file: Option<&Path>) -> ExitCode {
    match engram::app::start::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => cli::refuse(&format!("engram: {problem}")),
    }
}

#[cfg(feature = "app")]
fn bench(what: BenchTarget) -> ExitCode {
    match what {
        BenchTarget::Frame { busy: false } => cli::print(&engram::app::bench::frame()),
        BenchTarget::Frame { busy: true } => {
            cli::print(&engram::app::bench::frame_beside_a_sweep())
        }
    }
}

#[cfg(not(feature = "app"))]
fn bench(_what: BenchTarget) -> ExitCode {
    cli::refuse("engram bench: this build has no window to measure")
}

#[cfg(not(feature = "app"))]
fn open_window(_file: Option<&Path>) -> ExitCode {
    cli::refuse("engram: this build has no window; 'engram recall' works without one")
}
