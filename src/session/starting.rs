//! From a memory as learned to the recording of the cue in it: couplings are altered, fields and energy of the first
//! moment summed.
//!
//! All of that is O(N²): done at once where it fits into a frame, in a job where it does not. Memory and recording come
//! together, so that what is shown of a track belongs together. Absent: which track they are for, and learning itself.

use super::trained::Trained;
use crate::engine::alteration::AlterationSteps;
use crate::engine::dynamics::FirstMoment;
use crate::engine::{Alteration, Dynamics, Error, Recording, SLOWER, State};
use crate::jobs::{Job, Stopwatch, Workers};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// Units up to which fields and energy are summed in the frame that asks for them: a millisecond or two.
const SUMMED_AT_ONCE: usize = 1024;

/// Units up to which couplings are altered in the frame that asks for it: some four milliseconds.
const ALTERED_AT_ONCE: usize = 800 / SLOWER.isqrt();

/// Entries between two looks at the clock: a fraction of a millisecond.
const A_STEP: usize = 1 << 18;

/// Work between two messages.
const SLICE: Duration = Duration::from_millis(4);

/// What a recording is to be of.
#[derive(Clone)]
pub(super) struct Wanted {
    /// The memory and the patterns in it; how it is altered so far does not matter.
    pub(super) trained: Trained,
    /// How its couplings are to be altered.
    pub(super) alteration: Alteration,
    pub(super) cue: State,
    pub(super) dynamics: Dynamics,
    pub(super) seed: u64,
}

impl Wanted {
    /// Whether both come to the same.
    fn is(&self, other: &Self) -> bool {
        let Self {
            trained,
            alteration,
            cue,
            dynamics,
            seed,
        } = self;
        Arc::ptr_eq(&trained.learned, &other.trained.learned)
            && *alteration == other.alteration
            && *cue == other.cue
            && *dynamics == other.dynamics
            && *seed == other.seed
    }

    /// Whether `trained` and `recording` are what is wanted.
    pub(super) fn is_met_by(&self, trained: &Trained, recording: &Recording) -> bool {
        Arc::ptr_eq(&self.trained.learned, &trained.learned)
            && self.alteration == trained.altered_by
            && Arc::ptr_eq(&trained.memory, recording.memory())
            && self.cue == *recording.cue()
            && self.dynamics == recording.dynamics()
            && self.seed == recording.seed()
    }
}

/// A memory in use, and the recording of the cue in it at its first moment.
pub(super) struct Started {
    pub(super) trained: Trained,
    pub(super) recording: Recording,
}

/// A recording on its way, in a job.
pub(super) struct Starting {
    /// For which track.
    pub(super) track: usize,
    wanted: Wanted,
    job: Job<News>,
    /// Share of the work done, 0 to 1.
    pub(super) done: f32,
}

enum News {
    UnderWay(f32),
    Started(Box<Started>),
}

/// Brings about what is `wanted` of a track: at once where that fits into a frame, else in a job.
pub(super) fn start(
    track: usize,
    wanted: Wanted,
    workers: &Workers,
) -> Result<Box<Started>, Box<Starting>> {
    let mut steps = Steps::new(wanted.clone());
    if steps.are_quick() {
        let started = steps.find_map(|news| match news {
            News::Started(started) => Some(started),
            News::UnderWay(_) => None,
        });
        return Ok(started.expect("the last news is what came of it"));
    }
    Err(Box::new(Starting {
        track,
        wanted,
        job: Job::start("recording", workers, steps),
        done: 0.0,
    }))
}

impl Starting {
    /// Whether it comes to what is `wanted`.
    pub(super) fn is_of(&self, wanted: &Wanted) -> bool {
        self.wanted.is(wanted)
    }

    /// The memory as it was learned.
    pub(super) fn trained(&self) -> &Trained {
        &self.wanted.trained
    }

    /// What came of it, once it is known.
    pub(super) fn poll(&mut self, budget: Duration) -> Option<Result<Box<Started>, Error>> {
        for news in self.job.poll(budget) {
            match news {
                News::UnderWay(done) => self.done = done,
                News::Started(started) => return Some(Ok(started)),
            }
        }
        self.job.is_over().then(|| {
            Err(Error::System(
                "altering the couplings stopped before its end".to_owned(),
            ))
        })
    }
}

/// The work as the iterator a job wants.
struct Steps {
    wanted: Wanted,
    /// None once the recording is handed over.
    stage: Option<Stage>,
    /// Entries to go through in all, roughly, and those gone through.
    work: usize,
    worked: usize,
}

enum Stage {
    Altering(AlterationSteps),
    Summing(FirstMoment),
}

impl Steps {
    fn new(wanted: Wanted) -> Self {
        let Wanted {
            trained,
            alteration,
            cue,
            ..
        } = &wanted;
        let first = FirstMoment::new(Arc::clone(&trained.memory), cue.clone());
        let mut work = first.work();
        let stage = if trained.altered_by == *alteration {
            Stage::Summing(first)
        } else {
            let (learned, seed) = (Arc::clone(&trained.learned), trained.made_from.seed);
            let steps = AlterationSteps::new(*alteration, learned, seed);
            work += steps.work();
            Stage::Altering(steps)
        };
        Self {
            wanted,
            stage: Some(stage),
            work,
            worked: 0,
        }
    }

    /// Whether they fit into a frame, all of them.
    fn are_quick(&self) -> bool {
        let Some(couplings) = self.wanted.trained.memory.couplings() else {
            return true;
        };
        let most = match self.stage {
            Some(Stage::Altering(_)) => ALTERED_AT_ONCE,
            _ => SUMMED_AT_ONCE,
        };
        couplings.n_units() <= most
    }

    fn started(&self, first: FirstMoment) -> News {
        let Wanted {
            trained,
            dynamics,
            seed,
            ..
        } = &self.wanted;
        let patterns = Arc::clone(&trained.patterns);
        News::Started(Box::new(Started {
            trained: trained.clone(),
            recording: Recording::begin(first, patterns, *dynamics, *seed),
        }))
    }
}

impl Iterator for Steps {
    type Item = News;

    fn next(&mut self) -> Option<News> {
        let clock = Stopwatch::start();
        let mut stage = self.stage.take()?;
        while clock.elapsed() < SLICE {
            self.worked += A_STEP;
            stage = match stage {
                Stage::Altering(steps) => match steps.step(A_STEP) {
                    ControlFlow::Break(memory) => {
                        let Wanted {
                            trained,
                            alteration,
                            cue,
                            ..
                        } = &mut self.wanted;
                        (trained.memory, trained.altered_by) = (Arc::clone(&memory), *alteration);
                        Stage::Summing(FirstMoment::new(memory, cue.clone()))
                    }
                    ControlFlow::Continue(rest) => Stage::Altering(rest),
                },
                Stage::Summing(mut first) => {
                    if !first.step(A_STEP) {
                        return Some(self.started(first));
                    }
                    Stage::Summing(first)
                }
            };
        }
        self.stage = Some(stage);
        let done = self.worked as f32 / self.work.max(1) as f32;
        Some(News::UnderWay(done.min(1.0)))
    }
}
