//! The couplings beside the bonds of the spin glass that the patterns come from.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject};
use crate::engine::Error;
use crate::session::Session;
use crate::worlds::Data;
use crate::worlds::spin_glass::compare::{Comparison, ComparisonSteps};
use std::sync::Arc;

impl Measure for Comparison {
    const UNDER_WAY: &'static str = "Comparing with the bonds…";

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        let Some(Data::SpinGlass(sample)) = subject.source.as_ref().map(|source| source.data())
        else {
            return Err(Error::Format {
                expected: "couplings are compared with the bonds of a spin glass".to_owned(),
                found: "the world in force has none".to_owned(),
            });
        };
        let (n_spins, n_units) = (sample.lattice.n_spins(), subject.couplings()?.n_units());
        if n_spins != n_units {
            return Err(Error::Shape {
                what: "the memory compared with these bonds",
                expected: format!("{n_spins} units"),
                found: n_units.to_string(),
            });
        }
        let sample = Arc::clone(sample);
        let mut steps = Some(ComparisonSteps::default());
        Ok(Box::new(std::iter::from_fn(move || {
            let couplings = subject.couplings().expect("there were some before");
            let (lattice, temperature) = (&sample.lattice, sample.temperature);
            if steps.as_mut()?.step(lattice, temperature, couplings) {
                return Some(Slice::UnderWay);
            }
            let steps = steps.take()?;
            Some(Slice::Over(Ok(steps.comparison())))
        })))
    }
}

impl Session {
    /// The couplings measured last beside true bonds, perhaps of an older memory: see [`Self::is_measured`].
    pub fn compared_bonds(&self) -> Option<&Comparison> {
        match self.finding(0, Measurement::Bonds)? {
            Finding::Bonds(comparison) => Some(comparison),
            _ => None,
        }
    }
}
