//! Paper A (D'Amico et al. 2025, arXiv 2507.05147): the curves in its authors' figures and outputs, by their schedules.

use super::super::{Check, How, Within};
use super::{Parts, check};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[DIGITS, FEATURES, LATTICE];

/// Checks of one source: what, the row and the column of a run, the number, how far away it may be, whether it is quick.
macro_rules! published {
    ($source:expr; $($what:literal: $row:literal $column:literal of $run:expr => $value:literal, $within:literal, $quick:literal;)*) => {
        &[$(check($source, $what, How::Cell($run, $row, $column), $value, Within::Absolute($within), $quick)),*]
    };
}

/// Digits of 14 × 14, N = 196, ten loads, ten steps.
const DIGIT_RUN: Parts = &[
    (
        "experiment",
        "generalization:from=0.1,to=100,points=10,log=yes,patterns=500",
    ),
    ("world", "mnist:size=14"),
    ("rules", "pseudo-likelihood:preset=paper-digits"),
    ("dynamics", "sync"),
    ("max-sweeps", "10"),
    ("repeats", "2"),
];

const DIGIT: &str = "paper A, digits";

static DIGITS: &[Check] = published! { DIGIT;
    "stored starts, α = 0.1": 0 "stored" of DIGIT_RUN => 1.0, 0.07, false;
    "unseen starts, α = 0.1": 0 "unseen" of DIGIT_RUN => 0.43, 0.07, false;
    "random starts, α = 0.1": 0 "random" of DIGIT_RUN => 0.093, 0.07, false;
    "stored starts, α = 0.215": 1 "stored" of DIGIT_RUN => 1.0, 0.07, false;
    "unseen starts, α = 0.215": 1 "unseen" of DIGIT_RUN => 0.535, 0.07, false;
    "random starts, α = 0.215": 1 "random" of DIGIT_RUN => 0.114, 0.07, false;
    "stored starts, α = 0.46": 2 "stored" of DIGIT_RUN => 1.0, 0.07, false;
    "unseen starts, α = 0.46": 2 "unseen" of DIGIT_RUN => 0.64, 0.07, false;
    "random starts, α = 0.46": 2 "random" of DIGIT_RUN => 0.145, 0.07, false;
    "stored starts, α = 1": 3 "stored" of DIGIT_RUN => 1.0, 0.04, false;
    "unseen starts, α = 1": 3 "unseen" of DIGIT_RUN => 0.69, 0.04, false;
    "random starts, α = 1": 3 "random" of DIGIT_RUN => 0.162, 0.04, false;
    "stored starts, α = 2.15": 4 "stored" of DIGIT_RUN => 0.995, 0.04, false;
    "unseen starts, α = 2.15": 4 "unseen" of DIGIT_RUN => 0.735, 0.04, false;
    "random starts, α = 2.15": 4 "random" of DIGIT_RUN => 0.193, 0.04, false;
    "stored starts, α = 4.6": 5 "stored" of DIGIT_RUN => 0.85, 0.04, false;
    "unseen starts, α = 4.6": 5 "unseen" of DIGIT_RUN => 0.77, 0.04, false;
    "random starts, α = 4.6": 5 "random" of DIGIT_RUN => 0.227, 0.04, false;
    "stored starts, α = 10": 6 "stored" of DIGIT_RUN => 0.83, 0.04, false;
    "unseen starts, α = 10": 6 "unseen" of DIGIT_RUN => 0.8, 0.04, false;
    "random starts, α = 10": 6 "random" of DIGIT_RUN => 0.256, 0.04, false;
    "stored starts, α = 21.5": 7 "stored" of DIGIT_RUN => 0.84, 0.04, false;
    "unseen starts, α = 21.5": 7 "unseen" of DIGIT_RUN => 0.83, 0.04, false;
    "random starts, α = 21.5": 7 "random" of DIGIT_RUN => 0.348, 0.04, false;
    "stored starts, α = 46": 8 "stored" of DIGIT_RUN => 0.845, 0.04, false;
    "unseen starts, α = 46": 8 "unseen" of DIGIT_RUN => 0.84, 0.04, false;
    "random starts, α = 46": 8 "random" of DIGIT_RUN => 0.37, 0.04, false;
    "stored starts, α = 100": 9 "stored" of DIGIT_RUN => 0.85, 0.04, false;
    "unseen starts, α = 100": 9 "unseen" of DIGIT_RUN => 0.847, 0.04, false;
    "random starts, α = 100": 9 "random" of DIGIT_RUN => 0.371, 0.04, false;
};

/// Random features, N = 500, three features to an example.
macro_rules! features_at {
    ($load:literal, $features:literal) => {
        &[
            (
                "experiment",
                concat!(
                    "generalization:from=",
                    $load,
                    ",to=",
                    $load,
                    ",points=1,patterns=200"
                ),
            ),
            ("world", concat!("features:n=500,l=3,alpha-d=", $features)),
            ("rules", "pseudo-likelihood:preset=paper-features,eta=0.01"),
            ("dynamics", "sync"),
            ("max-sweeps", "100"),
            ("repeats", "2"),
        ]
    };
}

const FEATURE: &str = "paper A's random features, our own numbers";

static FEATURES: &[Check] = published! { FEATURE;
    "stored, α = 0.02, α_D = 0.03": 0 "stored" of features_at!("0.02", "0.03") => 1.0, 0.05, false;
    "features, α = 0.02, α_D = 0.03": 0 "features" of features_at!("0.02", "0.03") => 0.52, 0.05, false;
    "unseen, α = 0.02, α_D = 0.03": 0 "unseen" of features_at!("0.02", "0.03") => 0.38, 0.05, false;
    "stored, α = 0.1, α_D = 0.03": 0 "stored" of features_at!("0.1", "0.03") => 1.0, 0.05, true;
    "features, α = 0.1, α_D = 0.03": 0 "features" of features_at!("0.1", "0.03") => 0.95, 0.05, true;
    "unseen, α = 0.1, α_D = 0.03": 0 "unseen" of features_at!("0.1", "0.03") => 0.54, 0.05, true;
    "stored, α = 0.2, α_D = 0.03": 0 "stored" of features_at!("0.2", "0.03") => 1.0, 0.05, false;
    "features, α = 0.2, α_D = 0.03": 0 "features" of features_at!("0.2", "0.03") => 1.0, 0.05, false;
    "unseen, α = 0.2, α_D = 0.03": 0 "unseen" of features_at!("0.2", "0.03") => 0.82, 0.05, false;
    "stored, α = 0.5, α_D = 0.03": 0 "stored" of features_at!("0.5", "0.03") => 1.0, 0.05, false;
    "features, α = 0.5, α_D = 0.03": 0 "features" of features_at!("0.5", "0.03") => 1.0, 0.05, false;
    "unseen, α = 0.5, α_D = 0.03": 0 "unseen" of features_at!("0.5", "0.03") => 1.0, 0.05, false;
    "stored, α = 0.1, α_D = 0.1": 0 "stored" of features_at!("0.1", "0.1") => 1.0, 0.05, false;
    "features, α = 0.1, α_D = 0.1": 0 "features" of features_at!("0.1", "0.1") => 0.53, 0.05, false;
    "unseen, α = 0.1, α_D = 0.1": 0 "unseen" of features_at!("0.1", "0.1") => 0.34, 0.05, false;
    "stored, α = 0.5, α_D = 0.1": 0 "stored" of features_at!("0.5", "0.1") => 0.97, 0.05, false;
    "features, α = 0.5, α_D = 0.1": 0 "features" of features_at!("0.5", "0.1") => 0.94, 0.05, false;
    "unseen, α = 0.5, α_D = 0.1": 0 "unseen" of features_at!("0.5", "0.1") => 0.51, 0.05, false;
    "stored, α = 1, α_D = 0.1": 0 "stored" of features_at!("1", "0.1") => 0.93, 0.05, false;
    "features, α = 1, α_D = 0.1": 0 "features" of features_at!("1", "0.1") => 1.0, 0.05, false;
    "unseen, α = 1, α_D = 0.1": 0 "unseen" of features_at!("1", "0.1") => 0.54, 0.05, false;
};

/// Spin glass, 32 × 32, T = 0.99.
macro_rules! lattice_at {
    ($load:literal) => {
        &[
            (
                "experiment",
                concat!(
                    "generalization:from=",
                    $load,
                    ",to=",
                    $load,
                    ",points=1,patterns=200"
                ),
            ),
            ("world", "spin-glass:l=32,t=0.99"),
            ("rules", "pseudo-likelihood:preset=paper-lattice"),
            ("dynamics", "sync"),
            ("max-sweeps", "100"),
        ]
    };
}

const GLASS: &str = "paper A, spin glass";

static LATTICE: &[Check] = published! { GLASS;
    "stored starts, α = 0.1": 0 "stored" of lattice_at!("0.1") => 1.0, 0.03, false;
    "unseen starts, α = 0.1": 0 "unseen" of lattice_at!("0.1") => 0.49, 0.03, false;
    "stored starts, α = 0.5": 0 "stored" of lattice_at!("0.5") => 1.0, 0.03, false;
    "unseen starts, α = 0.5": 0 "unseen" of lattice_at!("0.5") => 0.7, 0.03, false;
    "stored starts, α = 1": 0 "stored" of lattice_at!("1") => 1.0, 0.03, false;
    "unseen starts, α = 1": 0 "unseen" of lattice_at!("1") => 0.73, 0.03, false;
    "stored starts, α = 3": 0 "stored" of lattice_at!("3") => 0.67, 0.1, false;
    "unseen starts, α = 3": 0 "unseen" of lattice_at!("3") => 0.66, 0.1, false;
    "stored starts, α = 10": 0 "stored" of lattice_at!("10") => 0.86, 0.03, false;
    "unseen starts, α = 10": 0 "unseen" of lattice_at!("10") => 0.84, 0.03, false;
};
