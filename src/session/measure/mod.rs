//! What is measured of a memory only when somebody looks, since it takes longer than a frame.
//!
//! One list, one file each. A result keeps the memory it is of, so being out of date is no flag; it stays until the
//! next is there. At most one job a kind is under way: while a slider is dragged, each follows the one before as soon
//! as that has ended, or has something to show. What makes no sense of a memory is declined with the reason, and no job
//! runs.

mod basin;
mod bonds;
mod contacts;
mod margins;
mod portrait;
mod spectrum;

use super::Session;
use super::portrait::PortraitWish;
use crate::engine::observables::{Basin, Margins, Spectrum};
use crate::engine::{Couplings, Dynamics, Error, Memory, Patterns};
use crate::jobs::{Job, Workers};
use crate::lab::portraits::PortraitPicture;
use crate::worlds::Source;
use crate::worlds::proteins::ContactMap;
use crate::worlds::spin_glass::compare::Comparison;
use std::sync::Arc;
use std::time::Duration;

pub use basin::LiveBasin;

/// What a measurement looks at.
struct Subject {
    memory: Arc<Memory>,
    /// The patterns that it stores.
    patterns: Arc<Patterns>,
    /// The world in force, once prepared; it may be another than the patterns come from.
    source: Option<Arc<Source>>,
    manner: Manner,
    /// Which picture of its attractors is wanted.
    wish: PortraitWish,
}

/// How states move through the memory.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Manner {
    dynamics: Dynamics,
    seed: u64,
    max_sweeps: u64,
}

/// What a measurement is of, as far as it matters to it.
#[derive(Clone)]
struct Origin {
    memory: Arc<Memory>,
    manner: Option<Manner>,
    portrait: Option<PortraitWish>,
}

impl Origin {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.memory, &other.memory)
            && self.manner == other.manner
            && self.portrait == other.portrait
    }
}

impl Subject {
    fn origin(&self, what: Measurement) -> Origin {
        Origin {
            memory: Arc::clone(&self.memory),
            manner: what.follows_dynamics().then_some(self.manner),
            portrait: what.follows_portrait().then(|| self.wish.clone()),
        }
    }

    /// The couplings between pairs of units, or why there are none.
    fn couplings(&self) -> Result<&Couplings, Error> {
        self.memory.couplings().ok_or_else(|| Error::Format {
            expected: "this is measured of couplings between pairs of units".to_owned(),
            found: "this memory has none".to_owned(),
        })
    }
}

/// What a slice leaves.
enum Slice<T> {
    UnderWay,
    /// What can be shown already.
    SoFar(T),
    /// What came of it; there are no slices after this one.
    Over(Result<T, Error>),
}

impl<T> Slice<T> {
    fn map<U>(self, to: impl FnOnce(T) -> U) -> Slice<U> {
        match self {
            Self::UnderWay => Slice::UnderWay,
            Self::SoFar(found) => Slice::SoFar(to(found)),
            Self::Over(found) => Slice::Over(found.map(to)),
        }
    }
}

/// Slices of a few milliseconds.
type Slices<T> = Box<dyn Iterator<Item = Slice<T>> + Send>;

/// What comes of a measurement, and how it is measured.
trait Measure: Sized + Send + 'static {
    /// What is said while a job is at it.
    const UNDER_WAY: &'static str;

    /// Whether it is another one under another dynamics, seed or number of sweeps.
    const FOLLOWS_DYNAMICS: bool = false;

    /// Whether it is another one where another picture of attractors is wanted.
    const FOLLOWS_PORTRAIT: bool = false;

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

            const fn follows_portrait(self) -> bool {
                match self {
                    $(Self::$name => <$found as Measure>::FOLLOWS_PORTRAIT,)*
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
}

/// A measurement under way.
pub(super) struct Measuring {
    what: Measurement,
    of: Origin,
    job: Job<Slice<Finding>>,
    so_far: Option<Finding>,
}

impl Measuring {
    fn start(what: Measurement, subject: Subject, workers: &Workers) -> Result<Self, Error> {
        let of = subject.origin(what);
        let job = Job::start("measurement", workers, what.slices(subject)?);
        let so_far = None;
        Ok(Self {
            what,
            of,
            job,
            so_far,
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
            what: self.what,
            of: Some(self.of.clone()),
            found,
        })
    }
}

/// What came of a measurement, and what it is of.
pub(super) struct Outcome {
    what: Measurement,
    /// `None` if it was not measured to its end.
    of: Option<Origin>,
    found: Result<Finding, Error>,
}

impl Outcome {
    /// Bytes of the couplings that it is of, about.
    pub(super) fn bytes(&self) -> usize {
        let of = self.of.as_ref();
        size_of::<f32>() * of.map_or(0, |of| of.memory.n_units().pow(2))
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

impl Session {
    /// Begins to measure `what` of the memory shown, unless that is done or a job of its kind is under way that has
    /// nothing to show yet. Refused: what makes no sense of it.
    pub(super) fn measure(&mut self, what: Measurement) -> Result<(), Error> {
        let Some(subject) = self.subject() else {
            return Ok(());
        };
        if !self.is_to_be_measured(what) {
            return Ok(());
        }
        let next = Measuring::start(what, subject, &self.work.workers)?;
        let jobs = &mut self.work.measuring;
        let earlier = jobs.iter().position(|job| job.what == what);
        let earlier = earlier.and_then(|place| jobs.swap_remove(place).so_far);
        self.work.measuring.push(next);
        if let Some(so_far) = earlier {
            let before = self.finding(what);
            let outcome = Outcome {
                what,
                of: None,
                found: Ok(so_far.over(before)),
            };
            let measured = &mut self.tracks[0].measured;
            let before = measured.take_out(&outcome);
            measured.take_in(outcome)?;
            self.work
                .discard(before.as_ref().map_or(0, Outcome::bytes), before);
        }
        Ok(())
    }

    /// Ends the job that is at `what`, if there is one; what was measured before stays.
    pub(super) fn stop_measuring(&mut self, what: Measurement) {
        self.work.measuring.retain(|job| job.what != what);
    }

    /// Whether it is worth asking for `what`: it is not known of what is shown, and no job is at that, nor at an older
    /// one which has nothing to show yet.
    pub fn is_to_be_measured(&self, what: Measurement) -> bool {
        let Some(of) = self.origin(what).filter(|_| !self.is_measured(what)) else {
            return false;
        };
        let job = self.measuring(what);
        job.is_none_or(|job| job.so_far.is_some() && !job.of.is(&of))
    }

    /// Whether what was measured last is of the memory that the recording is of, whatever came of it, and of its dynamics
    /// where that matters.
    pub fn is_measured(&self, what: Measurement) -> bool {
        let last = self.tracks[0].measured.last(what);
        let of = last.and_then(|last| last.of.as_ref());
        of.zip(self.origin(what))
            .is_some_and(|(of, wanted)| of.is(&wanted))
    }

    /// Whether a job is at it.
    pub fn is_measuring(&self, what: Measurement) -> bool {
        self.measuring(what).is_some()
    }

    fn measuring(&self, what: Measurement) -> Option<&Measuring> {
        self.work.measuring.iter().find(|job| job.what == what)
    }

    fn origin(&self, what: Measurement) -> Option<Origin> {
        Some(self.subject()?.origin(what))
    }

    /// Why `what` is not to be had of the memory that the recording is of, where that is so.
    pub fn declined(&self, what: Measurement) -> Option<Error> {
        if self.is_measured(what) {
            return self.tracks[0]
                .measured
                .last(what)?
                .found
                .as_ref()
                .err()
                .cloned();
        }
        what.slices(self.subject()?).err()
    }

    fn subject(&self) -> Option<Subject> {
        let recording = self.recording()?;
        Some(Subject {
            memory: Arc::clone(recording.memory()),
            patterns: Arc::clone(recording.patterns()),
            source: self.source().cloned(),
            manner: Manner {
                dynamics: recording.dynamics(),
                seed: recording.seed(),
                max_sweeps: self.recipe.max_sweeps,
            },
            wish: self.portrait_wish.clone(),
        })
    }

    /// What came of `what`, perhaps of an older memory.
    fn finding(&self, what: Measurement) -> Option<&Finding> {
        self.tracks[0].measured.last(what)?.found.as_ref().ok()
    }
}

#[cfg(test)]
mod tests;
