//! Learning for a command: the rule's run to its end, with a word of progress on a terminal.

use super::progress;
use crate::edge::open;
use crate::engine::learning::LoadedCouplings;
use crate::engine::{Alteration, Error, LearningRule, Patterns};
use crate::jobs::Stopwatch;
use crate::trial::{self, Learned, Refusal, TrialStage};
use crate::worlds::files::read_couplings;
use std::path::Path;
use std::sync::Arc;

/// The rule that `text` names; where there is none of that name but a file, the couplings in it.
pub(super) fn rule(text: &str) -> Result<LearningRule, Error> {
    let path = Path::new(text);
    let is_there = || open::exists(path).map_err(|problem| problem.in_source(text));
    match LearningRule::parse(text) {
        Err(Error::Unknown { kind: "rule", .. }) if is_there()? => {
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

/// The file that the couplings of `rule` are from.
pub(super) fn file(rule: &LearningRule) -> Option<&Path> {
    match rule {
        LearningRule::LoadedCouplings(loaded) => Some(Path::new(loaded.name())),
        _ => None,
    }
}

/// The flag that asked for too much, where a trial came no further than `stage`.
pub(super) fn flag(stage: TrialStage) -> &'static str {
    match stage {
        TrialStage::World => "--world",
        TrialStage::Patterns => "--patterns",
        TrialStage::Cue => "--cue",
        TrialStage::Corruption => "--corrupt",
        TrialStage::Learning => "--rule",
        TrialStage::Alteration => "--alter",
    }
}

/// Learns `patterns` by `rule`, and alters the couplings; also the seconds that it took. A refusal names the flag.
pub(super) fn learn(
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    seed: u64,
    alteration: Alteration,
) -> Result<(Learned, f64), Error> {
    let clock = Stopwatch::start();
    let mut line = progress::Line::new("learning");
    let learned = trial::learn(rule, patterns, seed, alteration, |done| line.show(done));
    line.clear();
    let learned = learned.map_err(|Refusal { stage, problem }| problem.in_source(flag(stage)))?;
    Ok((learned, clock.elapsed().as_secs_f64()))
}
