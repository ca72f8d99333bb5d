//! Start-up only: the command line decides whether there is work to do or a window to open; a page opens as it is.

#[cfg(not(target_arch = "wasm32"))]
use engram::cli::{self, BenchTarget, LeftToDo};
#[cfg(not(target_arch = "wasm32"))]
use std::path::Path;
#[cfg(not(target_arch = "wasm32"))]
use std::process::ExitCode;

#[cfg(target_arch = "wasm32")]
fn main() {
    engram::app::start::run();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> ExitCode {
    match cli::main(std::env::args_os()) {
        LeftToDo::Done(code) => code,
        LeftToDo::Window { file } => open_window(file.as_deref()),
        LeftToDo::Bench(what) => bench(what),
    }
}

#[cfg(all(feature = "app", not(target_arch = "wasm32")))]
fn open_window(file: Option<&Path>) -> ExitCode {
    match engram::app::start::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => cli::refuse(&format!("engram: {problem}")),
    }
}

#[cfg(all(feature = "app", not(target_arch = "wasm32")))]
fn bench(what: BenchTarget) -> ExitCode {
    match what {
        BenchTarget::Frame { busy: false } => cli::print(&engram::app::bench::frame()),
        BenchTarget::Frame { busy: true } => {
            cli::print(&engram::app::bench::frame_beside_a_sweep())
        }
    }
}

#[cfg(not(any(feature = "app", target_arch = "wasm32")))]
fn bench(_what: BenchTarget) -> ExitCode {
    cli::refuse("engram bench: this build has no window to measure")
}

#[cfg(not(any(feature = "app", target_arch = "wasm32")))]
fn open_window(_file: Option<&Path>) -> ExitCode {
    cli::refuse("engram: this build has no window; 'engram recall' works without one")
}
