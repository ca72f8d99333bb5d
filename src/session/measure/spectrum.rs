//! The eigenvalues of the couplings.

use super::{Finding, Measure, Measurement, Slices, Subject};
use crate::engine::Error;
use crate::engine::observables::Spectrum;
use crate::session::Session;

impl Measure for Spectrum {
    const UNDER_WAY: &'static str = "Working out the eigenvalues: a few seconds for large J";

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.couplings()?;
        Ok(Box::new(std::iter::once_with(move || {
            let couplings = subject.couplings().expect("there were some before");
            Some(Self::new(couplings))
        })))
    }
}

impl Session {
    /// The eigenvalues measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn spectrum(&self) -> Option<&Spectrum> {
        match self.finding(Measurement::Spectrum)? {
            Finding::Spectrum(spectrum) => Some(spectrum),
            _ => None,
        }
    }
}
