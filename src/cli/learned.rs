//! Learning for a command: the rule as it is written, or couplings in a file in its place, patterns in a file, the rule's
//! run to its end with a word of progress on a terminal, and what commands ask of the memory and refuse alike. Absent:
//! what the patterns of a world are (`mending`), and what is written.

use super::progress;
use crate::edge::open;
use crate::engine::learning::LoadedCouplings;
use crate::engine::potts::PottsCouplings;
use crate::engine::{Alteration, Couplings, Dynamics, Error, Grid, LearningRule, Memory, Patterns};
use crate::jobs::Stopwatch;
use crate::trial::{self, Learned, Refusal, TrackRecipe, TrialStage};
use crate::worlds::files::{ReadCouplings, read_couplings};
use crate::worlds::npy;
use std::path::Path;
use std::sync::Arc;

/// The most units N for which couplings can be written and read again.
const MAX_UNITS: usize = npy::MAX_ENTRIES.isqrt();

/// The most patterns P: beyond, rounding of their sums is felt by the smallest ridge.
const MAX_PATTERNS: usize = 1_000_000;

/// The rule that `text` names; where there is none of that name but a file, the couplings in it.
pub(super) fn rule(text: &str) -> Result<LearningRule, Error> {
    let path = Path::new(text);
    let is_there = || open::exists(path).map_err(|problem| problem.in_source(text));
    match LearningRule::parse(text) {
        Err(Error::Unknown { kind: "rule", .. }) if is_there()? => {
            let read = open::read(path).and_then(|bytes| read_couplings(&bytes));
            let ReadCouplings { couplings, remarks } =
                read.map_err(|problem| problem.in_source(text))?;
            let loaded = LoadedCouplings::new(text, Arc::new(couplings)).with_losses(remarks);
            Ok(LearningRule::LoadedCouplings(loaded))
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

/// Refuses dynamics that were typed and would do nothing: continuous states move all at once, without heat.
pub(super) fn check_dynamics(rule: &LearningRule, dynamics: Dynamics) -> Result<(), Error> {
    let track = TrackRecipe {
        rule: rule.clone(),
        dynamics,
        ..TrackRecipe::default()
    };
    let checked = track.check_dynamics();
    checked.map_err(|problem| problem.in_source("--dynamics"))
}

/// Learns `patterns` by `rule`, and alters the couplings; also the seconds that it took. A refusal names the flag.
pub(super) fn learn(
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    seed: u64,
    alteration: Alteration,
) -> Result<(Learned, f64), Error> {
    learn_from(None, rule, patterns, seed, alteration)
}

/// The same from couplings in place of the rule's own start, where there are some.
pub(super) fn learn_from(
    first: Option<&Couplings>,
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    seed: u64,
    alteration: Alteration,
) -> Result<(Learned, f64), Error> {
    let clock = Stopwatch::start();
    let mut line = progress::Line::new("learning");
    let show = |done| line.show(done);
    let learned = match first {
        None => trial::learn(rule, patterns, seed, alteration, show),
        Some(first) => trial::learn_from(first, rule, patterns, seed, alteration, show),
    };
    line.clear();
    let learned = learned.map_err(|Refusal { stage, problem }| problem.in_source(flag(stage)))?;
    Ok((learned, clock.elapsed().as_secs_f64()))
}

/// The patterns in a NumPy file: ±1, one a row.
pub(super) fn patterns(bytes: &[u8]) -> Result<Patterns, Error> {
    let rows = npy::read_patterns(bytes)?;
    let (n_patterns, n_units) = rows.dim();
    if n_patterns > MAX_PATTERNS || n_units > MAX_UNITS {
        return Err(Error::Shape {
            what: "an array of patterns",
            expected: format!("at most {MAX_PATTERNS} rows and {MAX_UNITS} columns"),
            found: format!("shape {n_patterns} × {n_units}"),
        });
    }
    Patterns::new(rows, Grid::near_square(n_units), None)
}

/// ‖J − Jᵀ‖ / ‖J + Jᵀ‖; `None` for a memory without couplings.
pub(super) fn asymmetry(memory: &Memory) -> Option<f64> {
    let signs = memory.couplings().map(Couplings::asymmetry);
    signs.or_else(|| memory.potts().map(PottsCouplings::asymmetry))
}
