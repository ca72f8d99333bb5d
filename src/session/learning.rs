//! Learning: at once where it fits into a frame; in a job that can be watched, paused and kept where it does not.
//!
//! A job that is not asked for news waits, so that pausing is not asking. Looks at what is learned so far are
//! taken on the job's own time and change nothing in its result.

use super::learning_history::{LearningHistory, Probe};
use super::probing::Probing;
use super::trained::{LearningRequest, Trained};
use crate::engine::learning::{Learner, Metrics, StepReport};
use crate::engine::{Error, Memory, Patterns, SLOWER, State};
use crate::jobs::{Job, Stopwatch, Workers};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Floating-point operations that may be done within a frame: about 4 ms.
const WITHIN_A_FRAME: f64 = 5e7 / SLOWER as f64;

/// Work between two messages.
const SLICE: Duration = Duration::from_millis(4);

/// Work between two looks at what is learned so far, at least.
const BETWEEN_LOOKS: Duration = Duration::from_millis(400);

/// The same, in times of what the last look took.
const WORK_TO_A_LOOK: u32 = 4;

/// Patterns of each kind that a look asks for.
const LOOKED_AT: usize = 20;

/// Learning under way on another thread.
pub(super) struct Learning {
    order: LearningRequest,
    patterns: Arc<Patterns>,
    job: Job<LearningNews>,
    course: LearningHistory,
    keep: Arc<AtomicBool>,
    /// What was learned when it was last looked at.
    so_far: Option<Arc<Memory>>,
    pub(super) paused: bool,
}

enum LearningNews {
    Lessons(Vec<StepReport>, Duration),
    /// A look begins, at this memory.
    Look(Arc<Memory>),
    /// A look goes on.
    Looking,
    Probe(Probe),
    Memory(Result<Box<Memory>, Error>, Option<String>),
}

/// Time that an iterative rule has within a frame; how many passes it takes is not known beforehand.
const PATIENCE: Duration = Duration::from_millis(4);

/// Learns at once where that fits into a frame, in a job where it does not. `unseen` is looked at on the way.
pub(super) fn learn(
    order: LearningRequest,
    patterns: Arc<Patterns>,
    unseen: Vec<State>,
    workers: &Workers,
) -> Result<Result<Trained, Learning>, Error> {
    order.rule.check(&patterns)?;
    let mut course = LearningHistory::default();
    let mut learner = order.rule.start(Arc::clone(&patterns), order.seed)?;
    if learner.work() <= WITHIN_A_FRAME && at_once(&mut *learner, &mut course) {
        return Ok(Ok(Trained {
            course: Arc::new(course),
            ending: learner.ending(),
            ..Trained::new(order, patterns, learner.memory()?)
        }));
    }
    let keep = Arc::new(AtomicBool::new(false));
    let n_stored = patterns.n_patterns().min(LOOKED_AT);
    let stored = (0..n_stored).map(|pattern| patterns.state(pattern));
    let steps = Steps {
        learner: Some(learner),
        keep: Arc::clone(&keep),
        asked: stored.chain(unseen).collect(),
        n_stored,
        probing: None,
        since_look: Duration::ZERO,
        look_took: Duration::ZERO,
        standing: course.standing(),
    };
    Ok(Err(Learning {
        order,
        patterns,
        job: Job::start("learning", workers, steps),
        course,
        keep,
        so_far: None,
        paused: false,
    }))
}

/// Steps `learner` until it is done, or for as long as a frame can wait for an iterative rule; whether it is done.
fn at_once(learner: &mut dyn Learner, course: &mut LearningHistory) -> bool {
    let clock = Stopwatch::start();
    while let Some(lesson) = learner.step() {
        course.take_in(lesson);
        if lesson.standing.is_some() && clock.elapsed() > PATIENCE {
            return false;
        }
    }
    true
}

impl Learning {
    /// Patterns that were never stored and that looks ask for.
    pub(super) const N_UNSEEN: usize = LOOKED_AT;

    pub(super) fn order(&self) -> &LearningRequest {
        &self.order
    }

    /// The memory as it was when it was last looked at, and what it is learning.
    pub(super) fn so_far(&self) -> Option<(&Arc<Memory>, &Arc<Patterns>)> {
        Some((self.so_far.as_ref()?, &self.patterns))
    }

    /// What it has told so far.
    pub(super) fn course(&self) -> &LearningHistory {
        &self.course
    }

    /// Ends it at the next step, with what is learned by then.
    pub(super) fn keep(&mut self) {
        self.keep.store(true, Ordering::Relaxed);
        self.paused = false;
    }

    /// Takes in what the job has to say, unless it is paused; what came of it, once it is known.
    pub(super) fn poll(&mut self, budget: Duration) -> Option<Result<Box<Trained>, Error>> {
        if self.paused {
            return None;
        }
        for news in self.job.poll(budget) {
            match news {
                LearningNews::Lessons(lessons, time) => {
                    for lesson in lessons {
                        self.course.take_in(lesson);
                    }
                    self.course.seconds += time.as_secs_f64();
                }
                LearningNews::Look(memory) => self.so_far = Some(memory),
                LearningNews::Looking => (),
                LearningNews::Probe(look) => self.course.looks.push(look),
                LearningNews::Memory(memory, ending) => {
                    return Some(memory.map(|memory| self.trained(*memory, ending)));
                }
            }
        }
        self.job.is_over().then(|| {
            Err(Error::System(
                "learning stopped before its end; the old memory is kept".to_owned(),
            ))
        })
    }

    fn trained(&mut self, memory: Memory, ending: Option<String>) -> Box<Trained> {
        let (order, patterns) = (self.order.clone(), Arc::clone(&self.patterns));
        Box::new(Trained {
            course: Arc::new(std::mem::take(&mut self.course)),
            ending,
            ..Trained::new(order, patterns, memory)
        })
    }
}

/// A learner as the iterator a job wants: lessons, a look now and then, and the memory last.
struct Steps {
    /// None once it has given its memory.
    learner: Option<Box<dyn Learner>>,
    keep: Arc<AtomicBool>,
    /// Who is asked by looks, stored patterns first.
    asked: Arc<[State]>,
    n_stored: usize,
    probing: Option<Probing>,
    since_look: Duration,
    /// What the last look took, or takes so far.
    look_took: Duration,
    standing: Option<Metrics>,
}

impl Steps {
    /// Goes on with a look, or begins one if it is time; `None` where it is not.
    fn look(&mut self) -> Option<LearningNews> {
        if self.keep.load(Ordering::Relaxed) {
            return None;
        }
        if self.probing.is_none()
            && self.since_look >= BETWEEN_LOOKS.max(WORK_TO_A_LOOK * self.look_took)
            && let Some(standing) = self.standing
            // Couplings that have left the finite numbers are refused when learning ends.
            && let Ok(memory) = self.learner.as_ref()?.memory()
        {
            let (asked, memory) = (Arc::clone(&self.asked), Arc::new(memory));
            (self.since_look, self.look_took) = (Duration::ZERO, Duration::ZERO);
            self.probing = Some(Probing::new(
                standing.iteration,
                Arc::clone(&memory),
                asked,
                self.n_stored,
            ));
            return Some(LearningNews::Look(memory));
        }
        let probing = self.probing.as_mut()?;
        let clock = Stopwatch::start();
        while clock.elapsed() < SLICE {
            if let Some(probe) = probing.step() {
                self.probing = None;
                return Some(LearningNews::Probe(probe));
            }
        }
        Some(LearningNews::Looking)
    }
}

impl Iterator for Steps {
    type Item = LearningNews;

    fn next(&mut self) -> Option<LearningNews> {
        let clock = Stopwatch::start();
        if let Some(news) = self.look() {
            self.look_took += clock.elapsed();
            return Some(news);
        }
        let learner = self.learner.as_mut()?;
        let mut lessons = Vec::new();
        while clock.elapsed() < SLICE && !self.keep.load(Ordering::Relaxed) {
            let Some(lesson) = learner.step() else {
                break;
            };
            self.standing = lesson.standing;
            lessons.push(lesson);
        }
        if !lessons.is_empty() {
            let time = clock.elapsed();
            self.since_look += time;
            return Some(LearningNews::Lessons(lessons, time));
        }
        let learner = self.learner.take()?;
        let ending = if self.keep.load(Ordering::Relaxed) {
            let iteration = self.standing.map_or(0, |standing| standing.iteration);
            Some(format!("Stopped by hand after {iteration} iterations"))
        } else {
            learner.ending()
        };
        Some(LearningNews::Memory(learner.memory().map(Box::new), ending))
    }
}
