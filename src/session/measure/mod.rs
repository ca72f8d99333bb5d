//! What is measured of a memory only when somebody looks, since it takes longer than a frame.
//!
//! One list, one file each. A result keeps the memory it is of, so being out of date is no flag; it stays until the
//! next is there. At most one job a kind is under way: while a slider is dragged, each follows the one before as soon
//! as that has ended. What makes no sense of a memory is declined with the reason, and no job runs.

mod bonds;
mod contacts;
mod margins;
mod spectrum;

use super::Session;
use crate::engine::observables::{Margins, Spectrum};
use crate::engine::{Couplings, Error, Memory, Patterns};
use crate::jobs::{Job, Workers};
use crate::worlds::Source;
use crate::worlds::proteins::ContactMap;
use crate::worlds::spin_glass::compare::Comparison;
use std::sync::Arc;
use std::time::Duration;

/// What a measurement looks at.
struct Subject {
    memory: Arc<Memory>,
    /// The patterns that it stores.
    patterns: Arc<Patterns>,
    /// The world in force, once prepared; it may be another than the patterns come from.
    source: Option<Arc<Source>>,
}

impl Subject {
    /// The couplings between pairs of units, or why there are none.
    fn couplings(&self) -> Result<&Couplings, Error> {
        self.memory.couplings().ok_or_else(|| Error::Format {
            expected: "this is measured of couplings between pairs of units".to_owned(),
            found: "this memory has none".to_owned(),
        })
    }
}

/// Slices of a few milliseconds; the last one has what came of it.
type Slices<T> = Box<dyn Iterator<Item = Option<Result<T, Error>>> + Send>;

/// What comes of a measurement, and how it is measured.
trait Measure: Sized + Send + 'static {
    /// What is said while a job is at it.
    const UNDER_WAY: &'static str;

    /// Refuses what it cannot be measured of; that is asked in every frame in which somebody looks, so that all work
    /// is left to the slices.
    fn slices(subject: Subject) -> Result<Slices<Self>, Error>;
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

            fn slices(self, subject: Subject) -> Result<Slices<Finding>, Error> {
                match self {
                    $(Self::$name => {
                        let slices = <$found as Measure>::slices(subject)?;
                        let found = |found: Result<$found, Error>| found.map(Finding::$name);
                        Ok(Box::new(slices.map(move |slice| slice.map(found))))
                    })*
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
}

/// A measurement under way.
pub(super) struct Measuring {
    what: Measurement,
    of: Arc<Memory>,
    job: Job<Option<Result<Finding, Error>>>,
}

impl Measuring {
    fn start(what: Measurement, subject: Subject, workers: &Workers) -> Result<Self, Error> {
        let of = Arc::clone(&subject.memory);
        let job = Job::start("measurement", workers, what.slices(subject)?);
        Ok(Self { what, of, job })
    }

    /// What came of it, once it is known.
    pub(super) fn poll(&mut self, budget: Duration) -> Option<Outcome> {
        let found = self.job.poll(budget).into_iter().flatten().next();
        let lost = || Err(Error::System("measuring stopped before its end".to_owned()));
        let found = found.or_else(|| self.job.is_over().then(lost))?;
        let (what, of) = (self.what, Arc::clone(&self.of));
        Some(Outcome { what, of, found })
    }
}

/// What came of a measurement, and the memory it is of.
pub(super) struct Outcome {
    what: Measurement,
    of: Arc<Memory>,
    found: Result<Finding, Error>,
}

impl Outcome {
    /// Bytes of the couplings that it is of, about.
    pub(super) fn bytes(&self) -> usize {
        size_of::<f32>() * self.of.n_units().pow(2)
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
    /// Begins to measure `what` of the memory shown, unless that is done or a job of its kind is under way. Refused:
    /// what makes no sense of it.
    pub(super) fn measure(&mut self, what: Measurement) -> Result<(), Error> {
        let Some(subject) = self.subject() else {
            return Ok(());
        };
        if !self.is_measured(what) && !self.is_measuring(what) {
            let measuring = Measuring::start(what, subject, &self.work.workers)?;
            self.work.measuring.push(measuring);
        }
        Ok(())
    }

    /// Whether what was measured last is of the memory that the recording is of, whatever came of it.
    pub fn is_measured(&self, what: Measurement) -> bool {
        let last = self.tracks[0].measured.last(what).zip(self.recording());
        last.is_some_and(|(last, recording)| Arc::ptr_eq(&last.of, recording.memory()))
    }

    /// Whether a job is at it.
    pub fn is_measuring(&self, what: Measurement) -> bool {
        self.work.measuring.iter().any(|job| job.what == what)
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
        })
    }

    /// What came of `what`, perhaps of an older memory.
    fn finding(&self, what: Measurement) -> Option<&Finding> {
        self.tracks[0].measured.last(what)?.found.as_ref().ok()
    }
}

#[cfg(test)]
mod tests;
