//! What is measured of a memory only when somebody looks, since it takes longer than a frame.
//!
//! A result keeps the memory it is of, so being out of date is no flag; it stays until the next is there. At most one
//! job a kind is under way: while a slider is dragged, each follows the one before as soon as that has ended.

use super::Session;
use crate::engine::observables::{MarginSteps, Margins, Spectrum};
use crate::engine::{Error, Memory, Patterns, Recording};
use crate::jobs::{Job, News, Wake};
use crate::worlds::proteins::ContactMap;
use crate::worlds::spin_glass::Sample;
use crate::worlds::spin_glass::compare::{Comparison, compare};
use crate::worlds::{Data, Source};
use std::sync::Arc;

/// Something to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measurement {
    /// The stability margins of all units in all stored patterns.
    Margins,
    /// The eigenvalues of the couplings.
    Spectrum,
    /// The couplings beside the bonds of the spin glass that the patterns come from.
    Bonds,
    /// Which sites of a protein touch, by the couplings of a Potts memory.
    Contacts,
}

/// All that was measured and is being measured.
#[derive(Default)]
pub(super) struct Measured {
    margins: Kind<Margins>,
    spectrum: Kind<Spectrum>,
    bonds: Kind<Comparison>,
    contacts: Kind<ContactMap>,
}

/// One kind of measurement.
struct Kind<T> {
    /// The memory measured last, whatever came of it.
    of: Option<Arc<Memory>>,
    result: Option<T>,
    job: Option<(Arc<Memory>, Job<Step<T>>)>,
}

/// What a job says: that it goes on, where it can be dropped, or what came of it.
type Step<T> = Option<Result<T, Error>>;

impl<T> Default for Kind<T> {
    fn default() -> Self {
        let (of, result, job) = (None, None, None);
        Self { of, result, job }
    }
}

impl Measured {
    /// Starts what is asked for, unless a job of that kind is under way or the memory is measured already.
    fn start(
        &mut self,
        what: Measurement,
        recording: &Recording,
        source: Option<&Arc<Source>>,
        wake: &Wake,
    ) {
        let memory = recording.memory();
        if memory.couplings().is_none() && what != Measurement::Contacts {
            return;
        }
        let mine = Arc::clone(memory);
        match what {
            Measurement::Margins => {
                let patterns = Arc::clone(recording.patterns());
                let task = margins(mine, patterns);
                self.margins.start("margins", memory, wake, task);
            }
            Measurement::Spectrum => {
                let task = std::iter::once_with(move || mine.couplings().map(Spectrum::new));
                self.spectrum.start("spectrum", memory, wake, task);
            }
            Measurement::Contacts => {
                if let Some(Data::Protein(family)) = source.map(|source| source.data())
                    && family.filtered.alignment.n_columns() == memory.n_units()
                {
                    let (family, patterns) = (Arc::clone(family), Arc::clone(recording.patterns()));
                    let task = std::iter::once_with(move || {
                        Some(ContactMap::new(mine.potts()?, patterns, &family))
                    });
                    self.contacts.start("contacts", memory, wake, task);
                }
            }
            Measurement::Bonds => {
                if let Some(Data::SpinGlass(sample)) = source.map(|source| source.data())
                    && sample.lattice.n_spins() == memory.n_units()
                {
                    let sample = Arc::clone(sample);
                    let task = std::iter::once_with(move || {
                        let learned = mine.couplings()?.to_array();
                        let Sample {
                            lattice,
                            temperature,
                            ..
                        } = &*sample;
                        Some(Ok(compare(lattice, *temperature, &learned)))
                    });
                    self.bonds.start("bonds", memory, wake, task);
                }
            }
        }
    }

    /// Takes in what jobs have to say; the first problem.
    pub(super) fn poll(&mut self) -> Result<(), Error> {
        let (margins, bonds) = (self.margins.poll(), self.bonds.poll());
        let contacts = self.contacts.poll();
        self.spectrum.poll().and(margins).and(bonds).and(contacts)
    }
}

/// A batch of patterns an item; the margins last.
fn margins(
    memory: Arc<Memory>,
    patterns: Arc<Patterns>,
) -> impl Iterator<Item = Step<Margins>> + Send {
    let mut steps = Some(MarginSteps::default());
    std::iter::from_fn(move || {
        let couplings = memory.couplings()?;
        match steps.as_mut()?.step(couplings, &patterns) {
            Some(_) => Some(None),
            None => steps.take().map(|steps| Some(Ok(steps.margins()))),
        }
    })
}

impl Session {
    pub(super) fn measure(&mut self, what: Measurement) {
        if let Some(recording) = &self.recording {
            let source = self.source();
            let source = source.cloned();
            self.measured
                .start(what, recording, source.as_ref(), &self.wake);
        }
    }

    /// The margins measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn margins(&self) -> Option<&Margins> {
        self.measured.margins.result.as_ref()
    }

    /// The eigenvalues measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn spectrum(&self) -> Option<&Spectrum> {
        self.measured.spectrum.result.as_ref()
    }

    /// The couplings measured last beside true bonds, perhaps of an older memory: see [`Self::is_measured`].
    pub fn compared_bonds(&self) -> Option<&Comparison> {
        self.measured.bonds.result.as_ref()
    }

    /// The contacts measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn contact_map(&self) -> Option<&ContactMap> {
        self.measured.contacts.result.as_ref()
    }

    /// Whether what was measured last is of the memory that the recording is of, whatever came of it.
    pub fn is_measured(&self, what: Measurement) -> bool {
        self.recording.as_ref().is_some_and(|recording| {
            let memory = recording.memory();
            match what {
                Measurement::Margins => self.measured.margins.is_of(memory),
                Measurement::Spectrum => self.measured.spectrum.is_of(memory),
                Measurement::Bonds => self.measured.bonds.is_of(memory),
                Measurement::Contacts => self.measured.contacts.is_of(memory),
            }
        })
    }

    /// Whether a job is at it.
    pub fn is_measuring(&self, what: Measurement) -> bool {
        match what {
            Measurement::Margins => self.measured.margins.job.is_some(),
            Measurement::Spectrum => self.measured.spectrum.job.is_some(),
            Measurement::Bonds => self.measured.bonds.job.is_some(),
            Measurement::Contacts => self.measured.contacts.job.is_some(),
        }
    }
}

impl<T: Send + 'static> Kind<T> {
    fn start(
        &mut self,
        name: &str,
        memory: &Arc<Memory>,
        wake: &Wake,
        task: impl Iterator<Item = Step<T>> + Send + 'static,
    ) {
        if self.job.is_none() && !self.is_of(memory) {
            let job = Job::start(name, Arc::clone(wake), task);
            self.job = Some((Arc::clone(memory), job));
        }
    }

    fn poll(&mut self) -> Result<(), Error> {
        let Some((memory, job)) = &mut self.job else {
            return Ok(());
        };
        let found = loop {
            match job.poll() {
                News::Nothing => return Ok(()),
                News::Item(None) => (),
                News::Item(Some(found)) => break found,
                News::Over => {
                    break Err(Error::System("measuring stopped before its end".to_owned()));
                }
            }
        };
        self.of = Some(Arc::clone(memory));
        self.job = None;
        self.result = None; // also where this fails: an old result would pass for the new one
        self.result = Some(found?);
        Ok(())
    }

    /// Whether `memory` was measured last, whatever came of it.
    fn is_of(&self, memory: &Arc<Memory>) -> bool {
        self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, memory))
    }
}

#[cfg(test)]
mod tests {
    use crate::session::{Command, Measurement, Session};
    use crate::trial::Recipe;
    use std::sync::Arc;
    use std::time::Duration;

    fn wait_until(session: &mut Session, is_so: impl Fn(&Session) -> bool) {
        while !is_so(session) {
            assert_eq!(
                session.advance(Duration::ZERO, Duration::ZERO).problem,
                None
            );
            std::thread::yield_now();
        }
    }

    fn session() -> Session {
        let mut session = Session::new(Recipe::default(), Arc::new(|| ()));
        wait_until(&mut session, |session| session.recording().is_some());
        session
    }

    #[test]
    fn what_is_asked_for_is_measured_once() {
        let mut session = session();
        for what in [Measurement::Margins, Measurement::Spectrum] {
            assert!(!session.is_measured(what) && !session.is_measuring(what));
            session.apply(Command::Measure(what)).unwrap();
            assert!(session.is_measuring(what));
            wait_until(&mut session, |session| session.is_measured(what));
            session.apply(Command::Measure(what)).unwrap();
            assert!(!session.is_measuring(what), "it is measured already");
        }
        // Thirty digits under the projection rule: all are fixed points, and 30 eigenvalues stand out.
        assert!(session.margins().unwrap().smallest > 0.0);
        let spectrum = session.spectrum().unwrap();
        assert!(spectrum.real);
        let learned = spectrum.values.iter().filter(|value| value[0] > 0.3);
        assert_eq!(learned.count(), 30);
    }

    #[test]
    fn another_memory_makes_a_result_old_and_it_stays() {
        let mut session = session();
        let what = Measurement::Margins;
        session.apply(Command::Measure(what)).unwrap();
        wait_until(&mut session, |session| session.is_measured(what));
        let before = session.margins().cloned();
        let mut recipe = session.recipe().clone();
        recipe.seed += 1;
        session.apply(Command::Configure(Box::new(recipe))).unwrap();
        wait_until(&mut session, |session| !session.is_stale());
        assert!(!session.is_measured(what));
        assert_eq!(session.margins(), before.as_ref());
        session.apply(Command::Measure(what)).unwrap();
        wait_until(&mut session, |session| session.is_measured(what));
        assert_ne!(session.margins(), before.as_ref());
    }
}
