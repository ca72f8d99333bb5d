//! A word of progress on a terminal: one line that is written over.

use crate::jobs::Stopwatch;
use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

/// Time between two words of progress.
const BETWEEN_WORDS: Duration = Duration::from_millis(200);

/// The line.
pub(super) struct Line {
    what: &'static str,
    clock: Stopwatch,
    shown: Option<Duration>,
}

impl Line {
    /// The line that tells of `what`; nothing is written yet.
    pub(super) fn new(what: &'static str) -> Self {
        Self {
            what,
            clock: Stopwatch::start(),
            shown: None,
        }
    }

    /// Tells that `done` of all is done, 0 to 1, unless it was told just now.
    pub(super) fn show(&mut self, done: f32) {
        let elapsed = self.clock.elapsed();
        let before = self.shown.unwrap_or_default();
        if elapsed < before + BETWEEN_WORDS || !std::io::stderr().is_terminal() {
            return;
        }
        self.shown = Some(elapsed);
        Self::write(&format!("\r{}, {:.0} % ", self.what, 100.0 * done));
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            Self::write("\r\u{1b}[K");
        }
    }

    /// Progress that cannot be shown is no reason to stop.
    fn write(text: &str) {
        let mut terminal = std::io::stderr().lock();
        drop(terminal.write_all(text.as_bytes()));
        drop(terminal.flush());
    }
}
