//! The flips that break a state: the first search, the map of single flips, a longer search, each shown as soon as it is there.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, stepping};
use crate::engine::Error;
use crate::engine::patterns::Alphabet;
use crate::lab::portraits::{BrokenState, ProbedMemory};
use crate::session::Session;
use crate::session::wishes::{Wish, Wishes};

struct Steps {
    subject: Subject,
    memory: Option<ProbedMemory>,
    found: Option<BrokenState>,
}

impl Measure for BrokenState {
    const UNDER_WAY: &'static str = "Searching for flips that break it…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn wish(wishes: &Wishes) -> Option<Wish> {
        Some(Wish::Breaks(wishes.breaks.clone()))
    }

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.check_rests()?;
        if subject.patterns.alphabet() != Alphabet::Signs {
            return Err(Error::Format {
                expected: "flips are of units of ±1".to_owned(),
                found: "these are letters".to_owned(),
            });
        }
        let steps = Steps {
            subject,
            memory: None,
            found: None,
        };
        Ok(stepping(steps, Steps::step))
    }
}

impl Steps {
    fn step(&mut self) -> Slice<BrokenState> {
        let Some(memory) = &self.memory else {
            self.memory = Some(self.subject.probed());
            return Slice::UnderWay;
        };
        let (next, is_last) = match self.found.take() {
            None => {
                let of = &self.subject.wishes.breaks.of;
                (BrokenState::first(memory, of), false)
            }
            Some(found) if found.single.is_empty() => (found.with_single_flips(memory), false),
            Some(found) => (found.with_fewer_flips(memory), true),
        };
        match next {
            Ok(found) if !is_last => {
                self.found = Some(found.clone());
                Slice::SoFar(found)
            }
            over => Slice::Over(over),
        }
    }
}

impl Session {
    /// What breaks the state that is asked for, as far as known, perhaps of an older memory (see [`Self::is_measured`]).
    pub fn broken(&self) -> Option<&BrokenState> {
        match self.so_far(Measurement::Breaks)? {
            Finding::Breaks(broken) => Some(broken),
            _ => None,
        }
    }
}
