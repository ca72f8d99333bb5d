//! Where cues of growing corruption end, some cues a slice: shown as they come.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, next_count};
use crate::engine::Error;
use crate::engine::observables::{Basin, BasinSteps, N_CUES};
use crate::jobs::Stopwatch;
use crate::session::Session;

impl Measure for Basin {
    const UNDER_WAY: &'static str = "Settling the first cues…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        let refused = |found: &str| Error::Format {
            expected: "cues of growing corruption are made of stored patterns".to_owned(),
            found: found.to_owned(),
        };
        let Subject {
            memory,
            patterns,
            manner,
            ..
        } = subject;
        if patterns.is_empty() {
            return Err(refused("nothing is stored"));
        }
        if !memory.takes(&patterns.state(0)) {
            return Err(refused("the memory takes none of them"));
        }
        let mut steps = Some(BasinSteps::new(
            memory,
            patterns,
            manner.dynamics,
            manner.seed,
            manner.max_sweeps,
        ));
        let mut count = 1;
        Ok(Box::new(std::iter::from_fn(move || {
            let mut basin = steps.take()?;
            let clock = Stopwatch::start();
            if !basin.step(count) {
                return Some(Slice::Over(Ok(basin.basin())));
            }
            count = next_count(count, clock.elapsed(), N_CUES);
            let so_far = basin.basin();
            steps = Some(basin);
            Some(if so_far.soundings.is_empty() {
                Slice::UnderWay
            } else {
                Slice::SoFar(so_far)
            })
        })))
    }

    fn over(self, before: &Self) -> Self {
        Self::over(self, before)
    }
}

/// A basin while it is being sounded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LiveBasin {
    /// Of the memory, dynamics and seed of the recording.
    pub now: Basin,
    /// Of others before: the cues that are not there yet.
    pub before: Basin,
}

impl Session {
    /// The basin as far as it is known; `None` where nothing is. The cues of another memory, dynamics or seed stay until
    /// their places are taken.
    pub fn basin(&self) -> Option<LiveBasin> {
        let what = Measurement::Basin;
        let basin = |finding: Option<&Finding>| match finding {
            Some(Finding::Basin(basin)) => Some(basin.clone()),
            _ => None,
        };
        let last = basin(self.finding(0, what));
        if self.is_measured(what) {
            return last.map(|now| LiveBasin {
                now,
                before: Basin::default(),
            });
        }
        let job = self.measuring(0, what);
        let so_far = basin(job.and_then(|job| job.so_far.as_ref()));
        if last.is_none() && so_far.is_none() {
            return None;
        }
        let (last, so_far) = (last.unwrap_or_default(), so_far.unwrap_or_default());
        let is_of_this = job
            .zip(self.origin(0, what))
            .is_some_and(|(job, of)| job.of.is(&of));
        Some(if is_of_this {
            LiveBasin {
                before: so_far.missing(&last),
                now: so_far,
            }
        } else {
            LiveBasin {
                now: Basin::default(),
                before: so_far.over(&last),
            }
        })
    }
}
