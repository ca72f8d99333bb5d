//! Learning for a command: the rule's run to its end, with a word of progress on a terminal.

use crate::engine::learning::Standing;
use crate::engine::{Alteration, Error, LearningRule, Memory, Patterns};
use crate::jobs::Stopwatch;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

/// Time between two words of progress.
const BETWEEN_WORDS: Duration = Duration::from_millis(200);

/// What learning came to.
pub(super) struct Learned {
    /// The memory, altered as asked.
    pub(super) memory: Memory,
    /// Where an iterative rule stood at its end.
    pub(super) standing: Option<Standing>,
    /// What is to be said of how it ended.
    pub(super) ending: Option<String>,
    /// Time that it took.
    pub(super) seconds: f64,
}

/// Learns `patterns` by `rule`, and alters the couplings.
pub(super) fn learn(
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    seed: u64,
    alteration: Alteration,
) -> Result<Learned, Error> {
    let clock = Stopwatch::start();
    let mut learner = rule.start(Arc::clone(patterns), seed)?;
    let mut progress = Progress::default();
    let mut standing = None;
    while let Some(lesson) = learner.step() {
        standing = lesson.standing;
        progress.show(clock.elapsed(), lesson.done);
    }
    progress.clear();
    let learned = learner.memory()?;
    if learned.couplings().is_none() && !alteration.is_none() {
        return Err(Error::Idle {
            setting: "--alter",
            others: format!("{}, which has no couplings", rule.notation()),
        });
    }
    Ok(Learned {
        memory: alteration.of(&learned, seed).into_owned(),
        standing,
        ending: learner.ending(),
        seconds: clock.elapsed().as_secs_f64(),
    })
}

/// One line on a terminal that is written over.
#[derive(Default)]
struct Progress {
    shown: Option<Duration>,
}

impl Progress {
    fn show(&mut self, elapsed: Duration, done: f32) {
        let before = self.shown.unwrap_or_default();
        if elapsed < before + BETWEEN_WORDS || !std::io::stderr().is_terminal() {
            return;
        }
        self.shown = Some(elapsed);
        let line = format!("\rlearning, {:.0} % ", 100.0 * done);
        Self::write(&line);
    }

    fn clear(&self) {
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
