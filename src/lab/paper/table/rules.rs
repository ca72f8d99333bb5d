//! What rules hold and how widely: basins on random patterns, and dense memories.

use super::super::{Check, How, Within};
use super::{Parts, check};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[BASINS, DENSE];

/// Basins of several rules.
macro_rules! basins_at {
    ($world:literal, $rules:literal) => {
        &[
            (
                "experiment",
                "basins:from=0.3,to=1,points=36,patterns=50,trials=4",
            ),
            ("world", $world),
            ("rules", $rules),
            ("dynamics", "sync"),
            ("repeats", "4"),
        ]
    };
}

const TWO_AND_ALL: Parts = basins_at!(
    "random:n=400,p=160",
    "pseudo-likelihood,pseudo-inverse,max-stability,storkey"
);
const FIFTH: Parts = basins_at!(
    "random:n=400,p=80",
    "pseudo-likelihood,pseudo-inverse,max-stability"
);
const HIGH: Parts = basins_at!(
    "random:n=300,p=180",
    "pseudo-likelihood,pseudo-inverse,max-stability"
);
const BASIN: &str = "our own, for paper A's claim";

static BASINS: &[Check] = &[
    check(
        BASIN,
        "m_c of pseudo-likelihood, α = 0.4",
        How::Read(TWO_AND_ALL, 0, "m_c"),
        0.56,
        Within::Absolute(0.02),
        true,
    ),
    check(
        BASIN,
        "m_c of the projection, α = 0.4",
        How::Read(TWO_AND_ALL, 1, "m_c"),
        0.62,
        Within::Absolute(0.02),
        true,
    ),
    check(
        BASIN,
        "m_c of maximal stability, α = 0.4",
        How::Read(TWO_AND_ALL, 2, "m_c"),
        0.585,
        Within::Absolute(0.02),
        false,
    ),
    check(
        BASIN,
        "m_c of Storkey's rule, α = 0.4",
        How::Read(TWO_AND_ALL, 3, "m_c"),
        0.79,
        Within::Absolute(0.03),
        false,
    ),
    check(
        BASIN,
        "m_c of pseudo-likelihood, α = 0.2",
        How::Read(FIFTH, 0, "m_c"),
        0.34,
        Within::Absolute(0.02),
        false,
    ),
    check(
        BASIN,
        "m_c of the projection, α = 0.2",
        How::Read(FIFTH, 1, "m_c"),
        0.35,
        Within::Absolute(0.02),
        false,
    ),
    check(
        BASIN,
        "m_c of pseudo-likelihood, α = 0.6",
        How::Read(HIGH, 0, "m_c"),
        0.825,
        Within::Absolute(0.02),
        false,
    ),
    check(
        BASIN,
        "m_c of the projection, α = 0.6",
        How::Read(HIGH, 1, "m_c"),
        0.94,
        Within::Absolute(0.02),
        false,
    ),
];

/// Patterns held against units.
macro_rules! growth_of {
    ($rules:literal, $from:literal, $to:literal, $repeats:literal) => {
        &[
            (
                "experiment",
                concat!(
                    "growth:from=",
                    $from,
                    ",to=",
                    $to,
                    ",points=5,patterns=200,error=0.01"
                ),
            ),
            ("world", "random:n=100,p=2"),
            ("rules", $rules),
            ("repeats", $repeats),
        ]
    };
}

const PAPER_B: &str = "paper B; Krotov and Hopfield 2016";

static DENSE: &[Check] = &[
    check(
        PAPER_B,
        "exponent of K(N), n = 2, N = 200 to 1000",
        How::Read(growth_of!("dense:n=2", "200", "1000", "30"), 0, "exponent"),
        1.0,
        Within::Absolute(0.15),
        true,
    ),
    check(
        PAPER_B,
        "exponent of K(N), n = 3",
        How::Read(growth_of!("dense:n=3", "40", "200", "12"), 0, "exponent"),
        2.0,
        Within::Absolute(0.2),
        false,
    ),
    check(
        PAPER_B,
        "exponent of K(N), n = 4",
        How::Read(growth_of!("dense:n=4", "40", "120", "12"), 0, "exponent"),
        3.0,
        Within::Absolute(0.4),
        false,
    ),
];
