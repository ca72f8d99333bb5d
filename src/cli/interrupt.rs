//! Ctrl-C and the request to end: what is half written is taken away, and the program leaves with the shell's code for
//! the signal, 130 or 143.
//!
//! Where there are no such signals, or no thread to wait for them on, the system ends the program as it always does;
//! what it leaves is cleared when the same file is written again.

/// Waits for signals beside the work, as long as the program runs; once this returns they are heard.
#[cfg(unix)]
pub(super) fn watch() {
    use crate::edge::staged;
    use crate::jobs::watch;
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Signals are asked for on the thread that waits for them: without it nobody would hear them.
    let ask = || Signals::new([SIGINT, SIGTERM]).ok();
    watch("signals", ask, |signals| {
        if let Some(signal) = signals.and_then(|mut signals| signals.forever().next()) {
            staged::discard_all();
            leave(128 + signal);
        }
    });
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
pub(super) fn watch() {}
