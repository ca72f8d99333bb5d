//! Which sites of a protein touch, by the couplings of a Potts memory.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject};
use crate::engine::Error;
use crate::session::Session;
use crate::worlds::Data;
use crate::worlds::proteins::{ContactMap, ContactMapSteps};
use std::sync::Arc;

impl Measure for ContactMap {
    const UNDER_WAY: &'static str = "Working out the contacts…";

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        let missing = |expected: &str, found: &str| Error::Format {
            expected: expected.to_owned(),
            found: found.to_owned(),
        };
        let Some(Data::Protein(family)) = subject.source.as_ref().map(|source| source.data())
        else {
            let expected = "contacts are those of a protein family";
            return Err(missing(expected, "the world in force is none"));
        };
        let Some(potts) = subject.memory.potts() else {
            let expected = "contacts are read off couplings between letters";
            return Err(missing(expected, "this memory has none"));
        };
        let (n_columns, n_units) = (family.filtered.alignment.n_columns(), potts.n_units());
        if n_columns != n_units {
            return Err(Error::Shape {
                what: "the memory whose sites are those of this family",
                expected: format!("{n_columns} units"),
                found: n_units.to_string(),
            });
        }
        let family = Arc::clone(family);
        let mut steps = Some(ContactMapSteps::new(&subject.patterns)?);
        Ok(Box::new(std::iter::from_fn(move || {
            let potts = subject.memory.potts().expect("there were some before");
            match steps.as_mut()?.step(potts, &family) {
                Ok(true) => Some(Slice::UnderWay),
                Ok(false) => steps
                    .take()
                    .map(|steps| Slice::Over(Ok(steps.map(&family)))),
                Err(problem) => steps.take().map(|_| Slice::Over(Err(problem))),
            }
        })))
    }
}

impl Session {
    /// The contacts measured last, perhaps of an older memory: see [`Self::is_measured`].
    pub fn contact_map(&self) -> Option<&ContactMap> {
        match self.finding(0, Measurement::Contacts)? {
            Finding::Contacts(map) => Some(map),
            _ => None,
        }
    }
}
