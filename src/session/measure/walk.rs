//! A straight walk between two states: some of its steps a slice, shown as they come.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, next_count, stepping};
use crate::engine::Error;
use crate::jobs::Stopwatch;
use crate::lab::portraits::{ProbedMemory, WalkedPath};
use crate::session::Session;
use crate::session::wishes::{Wish, Wishes};

/// Steps that go together at most.
const TOGETHER: usize = 512;

struct Steps {
    subject: Subject,
    memory: Option<ProbedMemory>,
    path: Option<WalkedPath>,
    count: usize,
}

impl Measure for WalkedPath {
    const UNDER_WAY: &'static str = "Letting the first steps go…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn wish(wishes: &Wishes) -> Option<Wish> {
        Some(Wish::Walk(wishes.walk.clone()))
    }

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.check_rests()?;
        let steps = Steps {
            subject,
            memory: None,
            path: None,
            count: 32,
        };
        Ok(stepping(steps, Steps::step))
    }
}

impl Steps {
    fn step(&mut self) -> Slice<WalkedPath> {
        let Some(memory) = &self.memory else {
            self.memory = Some(self.subject.probed());
            return Slice::UnderWay;
        };
        let Some(path) = &mut self.path else {
            let wish = &self.subject.wishes.walk;
            let ends = [wish.from.clone(), wish.to.clone()];
            return match WalkedPath::new(memory, ends) {
                Ok(path) => {
                    self.path = Some(path);
                    Slice::UnderWay
                }
                Err(why) => Slice::Over(Err(why)),
            };
        };
        let clock = Stopwatch::start();
        path.go_on(memory, self.count);
        self.count = next_count(self.count, clock.elapsed(), TOGETHER);
        if path.is_whole() {
            return Slice::Over(Ok(path.clone()));
        }
        Slice::SoFar(path.clone())
    }
}

impl Session {
    /// The walk as far as it is known, perhaps in an older memory (see [`Self::is_measured`]).
    pub fn walked(&self) -> Option<&WalkedPath> {
        match self.so_far(Measurement::Walk)? {
            Finding::Walk(path) => Some(path),
            _ => None,
        }
    }
}
