//! Dynamics: how a state moves through a memory, and when it has come to rest.
//!
//! One rule for a field of exactly zero, on every path: the unit keeps its state. So does a letter that no other beats.
//! One rule for the end: a run that is given n sweeps ends in the state after n sweeps. What would not change any more
//! is left out: all sweeps at a fixed point, whole rounds of a cycle.
//! Absent: what was seen on the way (`recording`) and what the rest is (`observables::nature`).

mod batch;
mod fields;
mod first_moment;
mod relaxation;
mod seen;

pub use batch::{Batch, Rest};
pub use first_moment::FirstMoment;
pub use relaxation::{Flip, Relaxation};

use super::error::Error;
use super::settings::{AnySettings, Field, Kinds, Setting, SettingKind, Settings, notation};
use std::fmt;

/// In which order units are updated, and by which rule.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Dynamics {
    /// One unit at a time, in a fresh random order each sweep: s_i ← sign(h_i).
    Asynchronous,
    /// One unit at a time, always in the order of the units: s_i ← sign(h_i).
    Ordered,
    /// All units at once: s ← sign(J s).
    Synchronous,
    /// One unit at a time in random order, heat bath: P(s_i = +1) = 1 / (1 + e^(−2 h_i / T)), with h_i the field
    /// of the other units (Glauber 1963); of letters, P(a) ∝ e^(H_i(a) / T). At T = 0 the same as [`Self::Asynchronous`], step for step.
    Glauber {
        /// Temperature T ≥ 0 in units of the fields: larger shakes harder.
        temperature: f64,
    },
}

impl Dynamics {
    /// Every dynamics, in the order of the chooser.
    pub const ALL: [Self; 4] = [
        Self::Asynchronous,
        Self::Ordered,
        Self::Synchronous,
        Self::Glauber { temperature: 0.1 },
    ];

    /// Largest temperature offered.
    pub const MAX_TEMPERATURE: f64 = 10.0;

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asynchronous => "async",
            Self::Ordered => "ordered",
            Self::Synchronous => "sync",
            Self::Glauber { .. } => "glauber",
        }
    }

    /// Name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Asynchronous => "Random order",
            Self::Ordered => "Fixed order",
            Self::Synchronous => "All at once",
            Self::Glauber { .. } => "Heat bath",
        }
    }

    /// What it does, in one sentence.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Asynchronous => {
                "Asynchronous: one unit at a time follows its field, in a fresh random order each sweep"
            }
            Self::Ordered => {
                "Asynchronous: one unit at a time follows its field, row by row, always in the same order"
            }
            Self::Synchronous => {
                "Synchronous: all units follow their fields at once; two states can alternate forever"
            }
            Self::Glauber { .. } => {
                "Glauber: one unit at a time, up with probability 1 / (1 + e^(−2h/T)); larger T shakes harder"
            }
        }
    }

    /// The dynamics that `text` names: `async`, `ordered`, `sync` or `glauber:T=x`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        notation::parse(text)
    }

    /// Refuses a temperature that is negative, too large or not a number.
    pub fn check(&self) -> Result<(), Error> {
        self.check_all()
    }

    /// The temperature: 0 for all but a warm heat bath.
    pub const fn temperature(self) -> f64 {
        match self {
            Self::Glauber { temperature } => temperature,
            _ => 0.0,
        }
    }

    /// Whether the same state at the end of two sweeps means that everything between repeats.
    const fn repeats(self) -> bool {
        matches!(self, Self::Synchronous | Self::Ordered)
    }
}

impl Settings for Dynamics {
    const FIELDS: &'static [Field<Self>] = &[Field::<Self>::new(
        Setting {
            key: "temperature",
            label: "Temperature",
            help: "In units of the local fields: larger shakes harder; at 0 nothing is left to chance",
            kind: SettingKind::Number {
                min: 0.0,
                max: Self::MAX_TEMPERATURE,
                logarithmic: true,
            },
        },
        |dynamics| dynamics.temperature(),
        |dynamics, value| {
            if let Self::Glauber { temperature } = dynamics {
                *temperature = value;
            }
        },
    )
    .when(|dynamics| matches!(dynamics, Self::Glauber { .. }))];

    const SHORT: &'static [(&'static str, &'static str)] = &[("T", "temperature")];
}

impl Kinds for Dynamics {
    const NOUN: &'static str = "dynamics";

    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn kind(&self) -> &'static str {
        self.name()
    }

    fn any(&self) -> &dyn AnySettings {
        self
    }

    fn any_mut(&mut self) -> &mut dyn AnySettings {
        self
    }
}

impl fmt::Display for Dynamics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&notation::write(self.name(), self))
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No unit wants to turn.
    FixedPoint,
    /// The same states return for ever.
    Cycle {
        /// Period in sweeps, at least 2.
        length: u64,
    },
    /// Still moving when the run was stopped.
    NotSettled {
        /// Sweeps done.
        sweeps: u64,
    },
}

impl Verdict {
    /// How long a run with this verdict goes on of the time that is `left` to it, where a sweep takes `sweep`: not at
    /// all at a fixed point, and in a cycle to the state that all of the time would lead to.
    const fn goes_on(verdict: Option<Self>, left: u64, sweep: u64) -> u64 {
        match verdict {
            Some(Self::FixedPoint) => 0,
            Some(Self::Cycle { length }) => left % (length * sweep),
            Some(Self::NotSettled { .. }) | None => left,
        }
    }

    /// The verdict's kind as one or two words, for tables.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::FixedPoint => "fixed point",
            Self::Cycle { .. } => "cycle",
            Self::NotSettled { .. } => "not settled",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FixedPoint => f.write_str("fixed point"),
            Self::Cycle { length } => write!(f, "cycle of length {length}"),
            Self::NotSettled { sweeps: 1 } => f.write_str("not settled after 1 sweep"),
            Self::NotSettled { sweeps } => write!(f, "not settled after {sweeps} sweeps"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::settings::tests::written_and_read_back;

    #[test]
    fn every_dynamics_reads_its_own_notation_and_refuses_nonsense() {
        for dynamics in Dynamics::ALL {
            assert_eq!(Dynamics::parse(&dynamics.to_string()).unwrap(), dynamics);
        }
        assert_eq!(
            Dynamics::parse("glauber:T=0.25").unwrap(),
            Dynamics::Glauber { temperature: 0.25 }
        );
        for text in [
            "",
            "parallel",
            "glauber:T=-1",
            "glauber:T=NaN",
            "glauber:t=1",
            "sync:T=1",
        ] {
            assert!(Dynamics::parse(text).is_err(), "{text}");
        }
        for temperature in [0.0, 0.1, 1.0 / 3.0] {
            written_and_read_back(&Dynamics::Glauber { temperature });
        }
        written_and_read_back(&Dynamics::Ordered);
        assert_eq!(
            Dynamics::parse("sync:T=1").unwrap_err().to_string(),
            "temperature does nothing in sync"
        );
    }
}
