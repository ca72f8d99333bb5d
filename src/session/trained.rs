//! What came of learning, what it came from, and learning under way.
//!
//! Staleness is no flag: a memory is out of date when the order it came from is not the one asked for now.

use crate::engine::learning::Learner;
use crate::engine::{Error, LearningRule, Memory, Patterns};
use crate::jobs::{Job, News, Wake};
use crate::worlds::mnist::Settings;
use std::sync::Arc;

/// Floating-point operations that may be done within a frame: about 4 ms.
const WITHIN_A_FRAME: f64 = 5e7;

/// What was asked of learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Which digits.
    pub world: Settings,
    /// Drawn with which seed.
    pub seed: u64,
    /// Learned by which rule.
    pub rule: LearningRule,
}

/// A memory, the patterns in it, and the order it came from.
#[derive(Debug, Clone)]
pub struct Trained {
    /// What was asked.
    pub made_from: Order,
    /// What was stored.
    pub patterns: Arc<Patterns>,
    /// What came of it.
    pub memory: Arc<Memory>,
}

/// Learning under way on another thread.
pub(super) struct Learning {
    order: Order,
    patterns: Arc<Patterns>,
    job: Job<Progress>,
    done: f32,
}

enum Progress {
    Step(f32),
    Memory(Result<Box<Memory>, Error>),
}

/// What a look at a job showed.
pub(super) enum Outcome {
    UnderWay,
    Learned(Trained),
    /// Learning has come to nothing, and says why.
    Failed(Error),
    /// The thread ended without a memory.
    Lost,
}

/// Learns at once where that fits into a frame, in a job where it does not.
pub(super) fn learn(
    order: Order,
    patterns: Arc<Patterns>,
    wake: &Wake,
) -> Result<Result<Trained, Learning>, Error> {
    let mut learner = order.rule.start(Arc::clone(&patterns), order.seed)?;
    if learner.work() <= WITHIN_A_FRAME {
        while learner.step().is_some() {}
        let memory = Arc::new(learner.memory()?);
        return Ok(Ok(Trained {
            made_from: order,
            patterns,
            memory,
        }));
    }
    let job = Job::start("learning", Arc::clone(wake), Steps(Some(learner)));
    Ok(Err(Learning {
        order,
        patterns,
        job,
        done: 0.0,
    }))
}

impl Learning {
    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// Share of the work done, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.done
    }

    /// Takes in what the job has to say.
    pub(super) fn poll(&mut self) -> Outcome {
        loop {
            match self.job.poll() {
                News::Item(Progress::Step(done)) => self.done = done,
                News::Item(Progress::Memory(Err(problem))) => return Outcome::Failed(problem),
                News::Item(Progress::Memory(Ok(memory))) => {
                    return Outcome::Learned(Trained {
                        made_from: self.order.clone(),
                        patterns: Arc::clone(&self.patterns),
                        memory: Arc::new(*memory),
                    });
                }
                News::Nothing => return Outcome::UnderWay,
                News::Over => return Outcome::Lost,
            }
        }
    }
}

/// A learner as the iterator a job wants: progress, and the memory last.
struct Steps(Option<Box<dyn Learner>>);

impl Iterator for Steps {
    type Item = Progress;

    fn next(&mut self) -> Option<Progress> {
        match self.0.as_mut()?.step() {
            Some(lesson) => Some(Progress::Step(lesson.done)),
            None => self
                .0
                .take()
                .map(|learner| Progress::Memory(learner.memory().map(Box::new))),
        }
    }
}
