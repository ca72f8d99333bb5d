//! The stability margins of all units in all stored patterns, a batch of patterns a slice.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject};
use crate::engine::Error;
use crate::engine::observables::{MarginSteps, Margins};
use crate::session::Session;

impl Measure for Margins {
    const UNDER_WAY: &'static str = "Working out the margins…";

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.couplings()?;
        let mut steps = Some(MarginSteps::default());
        Ok(Box::new(std::iter::from_fn(move || {
            let couplings = subject.couplings().expect("there were some before");
            match steps.as_mut()?.step(couplings, &subject.patterns) {
                Some(_) => Some(Slice::UnderWay),
                None => steps.take().map(|steps| Slice::Over(Ok(steps.margins()))),
            }
        })))
    }
}

impl Session {
    /// The margins measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn margins(&self) -> Option<&Margins> {
        match self.finding(0, Measurement::Margins)? {
            Finding::Margins(margins) => Some(margins),
            _ => None,
        }
    }
}
