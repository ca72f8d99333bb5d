//! Start-up only: the command line decides whether there is work to do or a window to open.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "app")]
    if let Err(problem) = engram::app::start::run(None) {
        eprintln!("engram: {problem}");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}
