//! A learning rule on its way from patterns to a memory, timed: start, every step, and the memory in the end.

use super::inputs;
use super::timing::{Effort, Timing, time_on};
use crate::engine::learning::Metrics;
use crate::engine::{Error, LearningRule, Memory, Patterns};
use crate::jobs;
use ndarray::Array2;
use std::sync::Arc;

/// What was learned.
pub(super) struct Learned {
    /// J, N × N.
    pub(super) couplings: Array2<f32>,
    /// Where an iterative rule stood at its end.
    pub(super) standing: Option<Metrics>,
}

/// Times `rule` on `patterns` in a pool of so many threads; each time it meets them for the first time.
pub(super) fn learn(
    rule: &LearningRule,
    patterns: &Patterns,
    threads: usize,
    effort: Effort,
) -> Result<(Learned, Timing), Error> {
    let (learned, timing) = jobs::with_threads(threads, || {
        time_on(
            effort,
            || inputs::anew(patterns),
            |patterns| once(rule, patterns),
        )
    });
    let (memory, standing) = learned?;
    let couplings = memory.couplings().map(crate::engine::Couplings::to_array);
    let couplings =
        couplings.ok_or_else(|| Error::System("no couplings were learned".to_owned()))?;
    Ok((
        Learned {
            couplings,
            standing,
        },
        timing,
    ))
}

fn once(rule: &LearningRule, patterns: Arc<Patterns>) -> Result<(Memory, Option<Metrics>), Error> {
    let mut learner = rule.start(patterns, 0)?;
    let mut standing = None;
    while let Some(report) = learner.step() {
        standing = report.standing;
    }
    Ok((learner.memory()?, standing))
}
