//! What learning has told on its way: how much is done, where it stood, how a memory would have done.

use crate::engine::learning::{Metrics, StepReport};

/// Most standings kept; beyond, every other one is dropped.
const MAX_STANDINGS: usize = 256;

/// What learning has told so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LearningHistory {
    /// Share of the work done, 0 to 1.
    pub done: f32,
    /// Seconds of work so far.
    pub seconds: f64,
    /// Where it stood, evenly thinned, the last one included.
    pub standings: Vec<Metrics>,
    /// What was seen of the memory on the way.
    pub looks: Vec<Probe>,
    /// Every how many lessons a standing is kept.
    stride: u64,
    lessons: u64,
}

/// How a memory does in the middle of being learned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probe {
    /// Iterations done.
    pub iteration: u64,
    /// Mean overlap of stored patterns with where ten synchronous sweeps take them.
    pub stored: f64,
    /// The same for patterns that were never stored.
    pub unseen: f64,
}

impl LearningHistory {
    /// Where learning stands.
    pub fn standing(&self) -> Option<Metrics> {
        self.standings.last().copied()
    }

    /// Seconds left, at the pace so far.
    pub fn remaining(&self) -> Option<f64> {
        let done = f64::from(self.done);
        (done > 0.01).then(|| self.seconds * (1.0 - done) / done)
    }

    /// Takes in one step of learning more.
    pub(super) fn take_in(&mut self, lesson: StepReport) {
        self.done = lesson.done;
        let Some(standing) = lesson.standing else {
            return;
        };
        self.stride = self.stride.max(1);
        // The last one is always there; it stays for good if it falls on the stride.
        if self.lessons > 0 && !(self.lessons - 1).is_multiple_of(self.stride) {
            self.standings.pop();
        }
        self.standings.push(standing);
        self.lessons += 1;
        if self.standings.len() > MAX_STANDINGS {
            let mut index = 0;
            self.standings.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.stride *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_keeps_few_standings_and_always_the_last() {
        let mut course = LearningHistory::default();
        for iteration in 0..3000 {
            course.take_in(StepReport {
                done: 0.5,
                standing: Some(Metrics {
                    iteration,
                    ..Metrics::default()
                }),
            });
            assert_eq!(course.standing().unwrap().iteration, iteration);
            assert!(course.standings.len() <= MAX_STANDINGS);
        }
        let kept: Vec<u64> = course.standings.iter().map(|s| s.iteration).collect();
        let steps: Vec<u64> = kept.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let (last, even) = steps.split_last().unwrap();
        assert!(
            even.iter().all(|step| *step == even[0]) && *last <= even[0],
            "{kept:?}"
        );
    }
}
