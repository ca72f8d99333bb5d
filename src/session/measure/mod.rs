//! What is measured of a memory only when somebody looks, since it takes longer than a frame.
//!
//! One list, one file each. A result keeps the memory it is of, so being out of date is no flag; it stays until the
//! next is there. At most one job a kind is under way: while a slider is dragged, each follows the one before as soon
//! as that has ended, or has something to show. What makes no sense of a memory is declined with the reason, and no job
//! runs.

mod asked;
mod bands;
mod basin;
mod bonds;
mod breaks;
mod census;
mod contacts;
mod margins;
mod portrait;
mod slice;
mod spectrum;
mod states;
mod subject;
mod tree;
mod walk;

use super::wishes::{Wish, Wishes};
use crate::engine::Error;
use crate::engine::observables::{Basin, Margins, Spectrum};
use crate::jobs::{Job, Workers};
use crate::lab::portraits::{BrokenState, PortraitPicture, StateGraph, WalkedPath};
use crate::worlds::proteins::ContactMap;
use crate::worlds::spin_glass::compare::Comparison;
use slice::{Cancel, Slice, Slices, next_count, stepping};
use std::sync::Arc;
use std::time::Duration;
use subject::{Origin, Subject};

pub use bands::LiveBands;
pub use basin::LiveBasin;
pub use census::LiveCensus;
pub use tree::LiveTrees;

impl Subject {
    fn origin(&self, what: Measurement) -> Origin {
        Origin {
            memory: what.is_of_memory().then(|| Arc::clone(&self.memory)),
            manner: what.follows_dynamics().then_some(self.manner),
            wish: what.wish(&self.wishes),
        }
    }
}

/// What comes of a measurement, and how it is measured.
trait Measure: Sized + Send + 'static {
    /// What is said while a job is at it.
    const UNDER_WAY: &'static str;

    /// Whether it is another one under another dynamics, seed or number of sweeps.
    const FOLLOWS_DYNAMICS: bool = false;

    /// Whether it is another one of another memory.
    const OF_MEMORY: bool = true;

    /// What of the wishes it is of: it is another one where that is.
    fn wish(wishes: &Wishes) -> Option<Wish> {
        let _ = wishes;
        None
    }

    /// Refuses what it cannot be measured of; that is asked in every frame in which somebody looks, so that all work
    /// is left to the slices.
    fn slices(subject: Subject) -> Result<Slices<Self>, Error>;

    /// What is shown when this gives way to the next one before its end, and `before` was there.
    fn over(self, before: &Self) -> Self {
        let _ = before;
        self
    }
}

/// The list of measurements: name, what comes of it.
macro_rules! measurements {
    ($($(#[$doc:meta])* $name:ident($found:ty),)*) => {
        /// Something to measure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Measurement {
            $($(#[$doc])* $name,)*
        }

        /// What came of measuring.
        enum Finding {
            $($name($found),)*
        }

        impl Measurement {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What is said while a job is at it.
            pub const fn under_way(self) -> &'static str {
                match self {
                    $(Self::$name => <$found as Measure>::UNDER_WAY,)*
                }
            }

            const fn follows_dynamics(self) -> bool {
                match self {
                    $(Self::$name => <$found as Measure>::FOLLOWS_DYNAMICS,)*
                }
            }

            const fn is_of_memory(self) -> bool {
                match self {
                    $(Self::$name => <$found as Measure>::OF_MEMORY,)*
                }
            }

            fn wish(self, wishes: &Wishes) -> Option<Wish> {
                match self {
                    $(Self::$name => <$found as Measure>::wish(wishes),)*
                }
            }

            fn slices(self, subject: Subject) -> Result<Slices<Finding>, Error> {
                match self {
                    $(Self::$name => {
                        let slices = <$found as Measure>::slices(subject)?;
                        Ok(Box::new(slices.map(|slice| slice.map(Finding::$name))))
                    })*
                }
            }
        }

        impl Finding {
            fn over(self, before: Option<&Self>) -> Self {
                match (self, before) {
                    $((Self::$name(now), Some(Self::$name(before))) => {
                        Self::$name(Measure::over(now, before))
                    })*
                    (now, _) => now,
                }
            }
        }
    };
}

measurements! {
    /// The stability margins of all units in all stored patterns.
    Margins(Margins),
    /// The eigenvalues of the couplings.
    Spectrum(Spectrum),
    /// The couplings beside the bonds of the spin glass that the patterns come from.
    Bonds(Comparison),
    /// Which sites of a protein touch, by the couplings of a Potts memory.
    Contacts(ContactMap),
    /// Where cues of growing corruption end.
    Basin(Basin),
    /// What the starts of a picture end in.
    Portrait(PortraitPicture),
    /// What many starts end in.
    Census(LiveCensus),
    /// The flips that break a state.
    Breaks(BrokenState),
    /// A straight walk between two states, and where it ends from every step.
    Walk(WalkedPath),
    /// Minima of the energy and the barriers between them.
    Tree(LiveTrees),
    /// All states of a small memory.
    States(StateGraph),
    /// What starts end in along a setting.
    Bands(LiveBands),
}

/// A measurement under way.
pub(super) struct Measuring {
    track: usize,
    what: Measurement,
    of: Origin,
    job: Job<Slice<Finding>>,
    so_far: Option<Finding>,
    /// Set when nobody waits any more.
    _cancel: Cancel,
}

impl Measuring {
    fn start(
        (track, what): (usize, Measurement),
        subject: Subject,
        workers: &Workers,
    ) -> Result<Self, Error> {
        let of = subject.origin(what);
        let cancel = Cancel(Arc::clone(&subject.cancelled));
        let job = Job::start("measurement", workers, what.slices(subject)?);
        let so_far = None;
        Ok(Self {
            track,
            what,
            of,
            job,
            so_far,
            _cancel: cancel,
        })
    }

    /// What came of it, once it is known.
    pub(super) fn poll(&mut self, budget: Duration) -> Option<Outcome> {
        let mut found = None;
        for slice in self.job.poll(budget) {
            match slice {
                Slice::UnderWay => (),
                Slice::SoFar(so_far) => self.so_far = Some(so_far),
                Slice::Over(result) => found = Some(result),
            }
        }
        let lost = || Err(Error::System("measuring stopped before its end".to_owned()));
        let found = found.or_else(|| self.job.is_over().then(lost))?;
        Some(Outcome {
            track: self.track,
            what: self.what,
            of: Some(self.of.clone()),
            found,
        })
    }
}

/// What came of a measurement, and what it is of.
pub(super) struct Outcome {
    /// Which track it is of.
    pub(super) track: usize,
    what: Measurement,
    /// `None` if it was not measured to its end.
    of: Option<Origin>,
    found: Result<Finding, Error>,
}

impl Outcome {
    /// Bytes of the couplings that it is of, about.
    pub(super) fn bytes(&self) -> usize {
        let of = self.of.as_ref();
        let memory = of.and_then(|of| of.memory.as_ref());
        size_of::<f32>() * memory.map_or(0, |memory| memory.n_units().pow(2))
    }
}

/// What was measured last, of each kind.
#[derive(Default)]
pub(super) struct Measured(Vec<Outcome>);

impl Measured {
    /// Hands over what was measured before of the kind that `outcome` is of.
    pub(super) fn take_out(&mut self, outcome: &Outcome) -> Option<Outcome> {
        let place = self.0.iter().position(|it| it.what == outcome.what)?;
        Some(self.0.swap_remove(place))
    }

    /// Takes in `outcome`, where nothing of its kind is; tells of its failure.
    pub(super) fn take_in(&mut self, outcome: Outcome) -> Result<(), Error> {
        let problem = outcome.found.as_ref().err().cloned();
        self.0.push(outcome);
        problem.map_or(Ok(()), Err)
    }

    fn last(&self, what: Measurement) -> Option<&Outcome> {
        self.0.iter().find(|outcome| outcome.what == what)
    }
}

#[cfg(test)]
mod tests;
