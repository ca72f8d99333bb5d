//! Learning for a command: the rule's run to its end, with a word of progress on a terminal.

use super::progress;
use crate::edge::open;
use crate::engine::learning::LoadedCouplings;
use crate::engine::learning::Metrics;
use crate::engine::{Alteration, Error, LearningRule, Memory, Patterns};
use crate::jobs::Stopwatch;
use crate::worlds::files::read_couplings;
use std::path::Path;
use std::sync::Arc;

/// What learning came to.
pub(super) struct Learned {
    /// The memory, altered as asked.
    pub(super) memory: Memory,
    /// Where an iterative rule stood at its end.
    pub(super) standing: Option<Metrics>,
    /// What is to be said of how it ended.
    pub(super) ending: Option<String>,
    /// Time that it took.
    pub(super) seconds: f64,
}

/// The rule that `text` names; where there is none of that name but a file, the couplings in it.
pub(super) fn rule(text: &str) -> Result<LearningRule, Error> {
    let path = Path::new(text);
    match LearningRule::parse(text) {
        Err(Error::Unknown { kind: "rule", .. }) if path.is_file() => {
            let couplings = open::read(path).and_then(|bytes| read_couplings(&bytes));
            let couplings = couplings.map_err(|problem| problem.in_source(text))?;
            Ok(LearningRule::LoadedCouplings(LoadedCouplings::new(
                text,
                Arc::new(couplings),
            )))
        }
        parsed => parsed,
    }
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
    let mut progress = progress::Line::new("learning");
    let mut standing = None;
    while let Some(lesson) = learner.step() {
        standing = lesson.standing;
        progress.show(lesson.done);
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
