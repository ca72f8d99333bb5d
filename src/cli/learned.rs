//! Learning for a command: the rule's run to its end, with a word of progress on a terminal.

use super::progress;
use crate::edge::open;
use crate::engine::learning::LoadedCouplings;
use crate::engine::{Alteration, Error, LearningRule, Patterns};
use crate::jobs::Stopwatch;
use crate::trial::{self, Learned};
use crate::worlds::files::{ReadCouplings, read_couplings};
use std::path::Path;
use std::sync::Arc;

/// The rule that `text` names; where there is none of that name but a file, the couplings in it.
pub(super) fn rule(text: &str) -> Result<LearningRule, Error> {
    let path = Path::new(text);
    match LearningRule::parse(text) {
        Err(Error::Unknown { kind: "rule", .. }) if path.is_file() => {
            let read = open::read(path).and_then(|bytes| read_couplings(&bytes));
            let ReadCouplings { couplings, remarks } =
                read.map_err(|problem| problem.in_source(text))?;
            let loaded = LoadedCouplings::new(text, Arc::new(couplings)).with_losses(remarks);
            Ok(LearningRule::LoadedCouplings(loaded))
        }
        parsed => parsed,
    }
}

/// What is to be said of a rule that was read from a file: a line for each remark.
pub(super) fn losses(rule: &LearningRule) -> String {
    match rule {
        LearningRule::LoadedCouplings(loaded) => remarked(loaded.name(), loaded.losses()),
        _ => String::new(),
    }
}

/// Remarks on the file called `name`, a line each.
pub(super) fn remarked(name: &str, remarks: &[String]) -> String {
    let lines = remarks.iter().map(|remark| format!("{name}: {remark}"));
    lines.collect::<Vec<String>>().join("\n")
}

/// Learns `patterns` by `rule`, and alters the couplings; also the seconds that it took.
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
    Ok((learned?, clock.elapsed().as_secs_f64()))
}
