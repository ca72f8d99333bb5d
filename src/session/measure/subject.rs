//! What a measurement looks at: a memory, what it stores, how states move in it, and what is wanted of it.

use crate::engine::dynamics::Batch;
use crate::engine::{Couplings, Dynamics, Error, Memory, Patterns};
use crate::jobs::Elsewhere;
use crate::lab::portraits::ProbedMemory;
use crate::session::wishes::{MOST_SWEEPS, Wish, Wishes};
use crate::worlds::Source;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What a measurement looks at.
pub(super) struct Subject {
    pub(super) memory: Arc<Memory>,
    /// The patterns that it stores.
    pub(super) patterns: Arc<Patterns>,
    /// The world in force, once prepared; it may be another than the patterns come from.
    pub(super) source: Option<Arc<Source>>,
    pub(super) manner: Manner,
    /// What is wanted of its attractors.
    pub(super) wishes: Wishes,
    /// Set when nobody waits for it any more.
    pub(super) cancelled: Arc<AtomicBool>,
    /// Who could look at it elsewhere, and the document that tells what it is.
    pub(super) elsewhere: Option<(Elsewhere, Arc<str>)>,
}

/// How states move through the memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Manner {
    pub(super) dynamics: Dynamics,
    pub(super) seed: u64,
    pub(super) max_sweeps: u64,
}

/// What a measurement is of, as far as it matters to it.
#[derive(Clone)]
pub(super) struct Origin {
    /// None of what learns its own.
    pub(super) memory: Option<Arc<Memory>>,
    pub(super) manner: Option<Manner>,
    pub(super) wish: Option<Wish>,
}

impl Origin {
    pub(super) fn is(&self, other: &Self) -> bool {
        let is_same = match (&self.memory, &other.memory) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        is_same && self.manner == other.manner && self.wish == other.wish
    }
}

impl Subject {
    /// Refuses what has no attractors, and an empty memory.
    pub(super) fn check_rests(&self) -> Result<(), Error> {
        if self.patterns.is_empty() {
            return Err(Error::Format {
                expected: "attractors are looked at once there are stored patterns".to_owned(),
                found: "nothing is stored".to_owned(),
            });
        }
        if self.manner.dynamics.temperature() > 0.0 {
            return Err(Error::Format {
                expected: "basins are of dynamics that come to rest".to_owned(),
                found: "a heat bath never does".to_owned(),
            });
        }
        Ok(())
    }

    /// The memory made ready for many starts, which takes a slice of its own.
    pub(super) fn probed(&self) -> ProbedMemory {
        ProbedMemory {
            batch: Arc::new(Batch::new(Arc::clone(&self.memory))),
            patterns: Arc::clone(&self.patterns),
            source: self.source.clone(),
            dynamics: self.manner.dynamics,
            seed: self.manner.seed,
            max_sweeps: self.manner.max_sweeps.min(MOST_SWEEPS),
        }
    }

    /// The couplings between pairs of units, or why there are none.
    pub(super) fn couplings(&self) -> Result<&Couplings, Error> {
        self.memory.couplings().ok_or_else(|| Error::Format {
            expected: "this is measured of couplings between pairs of units".to_owned(),
            found: "this memory has none".to_owned(),
        })
    }
}
