//! Local rules by signal to noise: the generalised Hebb rule of paper B, and a rule that forgets.

use super::super::direct::palimpsest_error;
use super::super::{Check, How, Pace, Within};
use super::cell;
use Pace::{Quick, Whole};
use Within::{Absolute, Relative};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[TAYLOR, FORGETTING];

/// The bit error of one step of the Taylor rule with these coefficients, N = 1000, α = 0.1.
macro_rules! taylor {
    ($coefficients:literal) => {
        cell(
            recipe!(
                "capacity:from=0.1,to=0.1,points=1,patterns=1000",
                "random:n=1000",
                concat!("taylor:", $coefficients),
                "sync",
                "6"
            ),
            0,
            "bit_error",
        )
    };
}

// 15 % or 0.003, whichever is more.
static TAYLOR: &[Check] = checks! { "paper B, bit error of the generalised Hebb rule";
    "Hebb's term alone", taylor!("c2corr=1") => 0.0008, Absolute(0.003), Whole;
    "postsynaptic term p = 0.5", taylor!("c1post=0.5") => 0.0033, Absolute(0.003), Whole;
    "postsynaptic term p = 1", taylor!("c1post=1") => 0.0167, Absolute(0.003), Quick;
    "postsynaptic term p = 2", taylor!("c1post=2") => 0.063, Relative(0.15), Whole;
    "presynaptic term a = 0.25", taylor!("c1pre=0.25") => 0.0054, Absolute(0.003), Whole;
    "presynaptic term a = 0.5", taylor!("c1pre=0.5") => 0.040, Relative(0.15), Quick;
    "presynaptic term a = 0.9", taylor!("c1pre=0.9") => 0.204, Relative(0.15), Whole;
    "constant b = 0.05", taylor!("c0=0.05") => 0.0025, Absolute(0.003), Whole;
    "constant b = 0.1", taylor!("c0=0.1") => 0.0135, Absolute(0.003), Whole;
    "constant b = 0.2", taylor!("c0=0.2") => 0.083, Relative(0.15), Quick;
    "constant b = −0.1", taylor!("c0=-0.1") => 0.0120, Absolute(0.003), Whole;
    "b = 0.05, a = 0.2, p = 0.5", taylor!("c0=0.05,c1pre=0.2,c1post=0.5") => 0.0127, Absolute(0.003), Whole;
};

static FORGETTING: &[Check] = checks! { "Nadal, Toulouse, Changeux, Dehaene 1986";
    "bit error of the pattern 50 ago, N = 1000, η = 0.01", How::Direct(|| palimpsest_error(50)) => 0.0035, Absolute(0.003), Whole;
    "bit error of the pattern 80 ago", How::Direct(|| palimpsest_error(80)) => 0.023, Relative(0.15), Whole;
    "bit error of the pattern 100 ago", How::Direct(|| palimpsest_error(100)) => 0.051, Relative(0.15), Whole;
    "bit error of the pattern 150 ago", How::Direct(|| palimpsest_error(150)) => 0.162, Relative(0.15), Whole;
};
