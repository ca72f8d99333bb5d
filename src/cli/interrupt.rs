//! Ctrl-C and the request to end: what is half written is taken away, and the program leaves with the shell's code for
//! the signal, 130 or 143.
//!
//! Where there are no such signals, or no thread to wait for them on, the system ends the program as it always does;
//! what it leaves is cleared when the same file is written again.

use crate::jobs::Job;

/// Waits for signals beside the work, as long as the program runs.
#[cfg(unix)]
pub(super) fn watch() -> Job<()> {
    use crate::edge::staged;
    use crate::jobs::Workers;
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use std::sync::Arc;

    // Signals are asked for on the thread that waits for them: without it nobody would hear them.
    let wait = || {
        let signal = Signals::new([SIGINT, SIGTERM])
            .ok()
            .and_then(|mut signals| signals.forever().next());
        if let Some(signal) = signal {
            staged::discard_all();
            leave(128 + signal);
        }
    };
    let workers = Workers::Threads(Arc::new(|| ()));
    Job::start("signals", &workers, std::iter::once_with(wait))
}

/// Leaves at once, whatever other threads do.
#[cfg(unix)]
#[expect(
    clippy::exit,
    reason = "the user asked for it, and nothing is half written"
)]
fn leave(code: i32) {
    std::process::exit(code);
}

#[cfg(not(unix))]
pub(super) fn watch() -> Option<Job<()>> {
    None
}
