//! All states of a small memory and where each leads, at one go.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, stepping};
use crate::engine::Error;
use crate::engine::attractors::TransitionGraph;
use crate::lab::portraits::StateGraph;
use crate::session::Session;

impl Measure for StateGraph {
    const UNDER_WAY: &'static str = "Going through all states…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.check_rests()?;
        TransitionGraph::check(&subject.memory, subject.manner.dynamics)?;
        Ok(stepping(subject, |subject| {
            Slice::Over(Self::of(&subject.probed()))
        }))
    }
}

impl Session {
    /// All states and where they lead, perhaps of an older memory (see [`Self::is_measured`]).
    pub fn state_graph(&self) -> Option<&StateGraph> {
        match self.finding(0, Measurement::States)? {
            Finding::States(graph) => Some(graph),
            _ => None,
        }
    }
}
