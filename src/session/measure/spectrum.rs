//! The eigenvalues of the couplings, a few milliseconds a slice.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject};
use crate::engine::Error;
use crate::engine::observables::{Spectrum, SpectrumSteps};
use crate::session::Session;

impl Measure for Spectrum {
    const UNDER_WAY: &'static str = "Working out the eigenvalues: a few seconds for large J";

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        let mut steps = Some(SpectrumSteps::new(subject.couplings()?));
        Ok(Box::new(std::iter::from_fn(move || {
            let couplings = subject.couplings().expect("there were some before");
            match steps.as_mut()?.step(couplings) {
                Ok(true) => Some(Slice::UnderWay),
                Ok(false) => steps.take().map(|steps| Slice::Over(Ok(steps.spectrum()))),
                Err(problem) => steps.take().map(|_| Slice::Over(Err(problem))),
            }
        })))
    }
}

impl Session {
    /// The eigenvalues measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn spectrum(&self) -> Option<&Spectrum> {
        match self.finding(0, Measurement::Spectrum)? {
            Finding::Spectrum(spectrum) => Some(spectrum),
            _ => None,
        }
    }
}
