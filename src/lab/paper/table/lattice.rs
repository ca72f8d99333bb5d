//! Paper A's spin glass: the authors' curve at L = 32, and its shape at L = 16.

use super::super::direct::quench_overlap;
use super::super::{Check, How, Pace, Parts, Within};
use super::{cell, rise};
use Pace::Whole;
use Within::{Absolute, AtLeast, AtMost};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[SHAPE, CURVE];

/// 32 × 32 spins, T = 0.99, the authors' schedule.
macro_rules! at {
    ($load:literal) => {
        recipe!(
            concat!(
                "generalization:from=",
                $load,
                ",to=",
                $load,
                ",points=1,patterns=200"
            ),
            "spin-glass:l=32,t=0.99",
            "pseudo-likelihood:preset=paper-lattice",
            "sync",
            "1"
        )
    };
}

static CURVE: &[Check] = checks! { "paper A, spin glass";
    "stored starts, α = 0.01", cell(at!("0.01"), 0, "stored") => 1.0, Absolute(0.03), Whole;
    "unseen starts, α = 0.01", cell(at!("0.01"), 0, "unseen") => 0.17, Absolute(0.03), Whole;
    "stored starts, α = 0.1", cell(at!("0.1"), 0, "stored") => 1.0, Absolute(0.03), Whole;
    "unseen starts, α = 0.1", cell(at!("0.1"), 0, "unseen") => 0.49, Absolute(0.03), Whole;
    "stored starts, α = 0.5", cell(at!("0.5"), 0, "stored") => 1.0, Absolute(0.03), Whole;
    "unseen starts, α = 0.5", cell(at!("0.5"), 0, "unseen") => 0.7, Absolute(0.03), Whole;
    "stored starts, α = 1", cell(at!("1"), 0, "stored") => 1.0, Absolute(0.03), Whole;
    "unseen starts, α = 1", cell(at!("1"), 0, "unseen") => 0.73, Absolute(0.03), Whole;
    "stored starts, α = 3", cell(at!("3"), 0, "stored") => 0.67, Absolute(0.1), Whole;
    "unseen starts, α = 3", cell(at!("3"), 0, "unseen") => 0.66, Absolute(0.1), Whole;
    "stored starts, α = 10", cell(at!("10"), 0, "stored") => 0.86, Absolute(0.03), Whole;
    "unseen starts, α = 10", cell(at!("10"), 0, "unseen") => 0.84, Absolute(0.03), Whole;
    "the bonds themselves, Gaussian", How::Direct(quench_overlap) => 0.8818, Absolute(0.03), Whole;
};

/// Loads 1, 3 and 9 of 16 × 16 spins.
const SMALL: Parts = recipe!(
    "generalization:from=1,to=9,points=3,log=yes,patterns=200",
    "spin-glass:l=16,t=0.99",
    "pseudo-likelihood:preset=paper-lattice",
    "sync",
    "2"
);

// Between α = 1.3 and 6 size and instance matter: the shape is what is checked.
static SHAPE: &[Check] = checks! { "paper A, spin glass, the shape of the curve at L = 16";
    "stored starts stay at α = 1", cell(SMALL, 0, "stored") => 1.0, Absolute(0.03), Whole;
    "stored starts at α = 3 less those at 1: the fall", rise(SMALL, (0, "stored"), (1, "stored")) => -0.1, AtMost, Whole;
    "unseen starts at α = 3 less those at 1: the dip", rise(SMALL, (0, "unseen"), (1, "unseen")) => 0.0, AtMost, Whole;
    "stored starts at α = 9 less those at 3: the climb", rise(SMALL, (1, "stored"), (2, "stored")) => 0.03, AtLeast, Whole;
    "unseen starts at α = 9 less those at 3: the climb", rise(SMALL, (1, "unseen"), (2, "unseen")) => 0.05, AtLeast, Whole;
    "stored less unseen at α = 9: both merge", rise(SMALL, (2, "unseen"), (2, "stored")) => 0.05, AtMost, Whole;
};
