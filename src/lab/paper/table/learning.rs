//! Pseudo-likelihood and Storkey's rule: steps of learning, and what is fixed after them.

use super::super::direct::{cosine_with_hebb, potts_slope, pseudo_likelihood_gradient};
use super::super::{Check, How, Pace, Parts, Within};
use super::cell;
use Pace::{Quick, Whole};
use Within::{Absolute, AtMost, Relative};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[STEPS, FIXED, BEYOND, TRAJECTORY, STORKEY];

static STEPS: &[Check] = checks! { "formulas of pseudo-likelihood";
    "cosine of the first step from J = 0 with Hebb's couplings", How::Direct(cosine_with_hebb) => 1.0, Absolute(1e-6), Quick;
    "error of a step beside finite differences, free", How::Direct(|| pseudo_likelihood_gradient("free")) => 1e-4, AtMost, Quick;
    "error of a step beside finite differences, symmetric", How::Direct(|| pseudo_likelihood_gradient("symmetric")) => 1e-4, AtMost, Quick;
    "slope left at the end by finite differences, letters", How::Direct(potts_slope) => 1e-4, AtMost, Quick;
};

/// Descent of so many steps, at loads of so many units.
macro_rules! descent_at {
    ($from:literal, $to:literal, $points:literal, $units:literal, $steps:literal) => {
        recipe!(
            concat!(
                "capacity:from=",
                $from,
                ",to=",
                $to,
                ",points=",
                $points,
                ",patterns=1000"
            ),
            concat!("random:n=", $units),
            concat!(
                "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=",
                $steps
            ),
            "sync",
            "2"
        )
    };
}

const HUNDRED: Parts = descent_at!("0.2", "0.8", "4", "300", "100");

static FIXED: &[Check] = checks! { "our own, patterns fixed after 100 steps of pseudo-likelihood";
    "share of patterns that are fixed, α = 0.2", cell(HUNDRED, 0, "exact") => 1.0, Absolute(0.0), Quick;
    "share of patterns that are fixed, α = 0.4", cell(HUNDRED, 1, "exact") => 1.0, Absolute(0.0), Quick;
    "share of patterns that are fixed, α = 0.6", cell(HUNDRED, 2, "exact") => 1.0, Absolute(0.0), Quick;
    "share of patterns that are fixed, α = 0.8", cell(HUNDRED, 3, "exact") => 1.0, Absolute(0.0), Quick;
    "share of patterns that are fixed, α = 1", cell(descent_at!("1", "1", "1", "300", "100"), 0, "exact") => 1.0, Absolute(0.0), Whole;
};

const LOW: Parts = descent_at!("1.25", "1.5", "2", "256", "1000");
const HIGH: Parts = descent_at!("1.75", "2.5", "4", "256", "1000");

static BEYOND: &[Check] = checks! { "our own, pseudo-likelihood beyond α = 1, N = 256";
    "share of patterns that are fixed, α = 1.25", cell(LOW, 0, "exact") => 1.0, Absolute(0.0), Whole;
    "share of patterns that are fixed, α = 1.5", cell(LOW, 1, "exact") => 1.0, Absolute(0.0), Whole;
    "unstable units, α = 1.75", cell(HIGH, 0, "bit_error") => 0.008, Absolute(0.005), Whole;
    "unstable units, α = 2", cell(HIGH, 1, "bit_error") => 0.101, Absolute(0.01), Whole;
    "unstable units, α = 2.5", cell(HIGH, 3, "bit_error") => 0.195, Absolute(0.01), Whole;
};

/// So many steps of descent at α = 0.4, N = 400.
macro_rules! after {
    ($steps:literal) => {
        recipe!(
            concat!(
                "margins:from=",
                $steps,
                ",to=",
                $steps,
                ",points=1,overlaps=101,patterns=160,trials=1"
            ),
            "random:n=400,p=160",
            "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5",
            "sync",
            "1"
        )
    };
}

static TRAJECTORY: &[Check] = checks! { "our own, along pseudo-likelihood at α = 0.4, N = 400";
    "row norm after 1 step", cell(after!("1"), 0, "row_norm") => 0.79, Relative(0.02), Whole;
    "row norm after 10 steps", cell(after!("10"), 0, "row_norm") => 1.38, Relative(0.02), Whole;
    "row norm after 100 steps", cell(after!("100"), 0, "row_norm") => 2.24, Relative(0.02), Quick;
    "row norm after 1000 steps", cell(after!("1000"), 0, "row_norm") => 3.15, Relative(0.02), Whole;
    "mean stability after 1 step", cell(after!("1"), 0, "mean") => 1.57, Absolute(0.02), Whole;
    "mean stability after 10 steps", cell(after!("10"), 0, "mean") => 1.45, Absolute(0.02), Whole;
    "mean stability after 100 steps", cell(after!("100"), 0, "mean") => 1.40, Absolute(0.02), Quick;
    "mean stability after 1000 steps", cell(after!("1000"), 0, "mean") => 1.37, Absolute(0.02), Whole;
    "smallest stability after 100 steps", cell(after!("100"), 0, "min") => 0.91, Absolute(0.06), Quick;
    "smallest stability after 1000 steps", cell(after!("1000"), 0, "min") => 0.96, Absolute(0.06), Whole;
    "m_c after 10 steps", cell(after!("10"), 0, "m_c") => 0.60, Absolute(0.02), Whole;
    "m_c after 100 steps", cell(after!("100"), 0, "m_c") => 0.58, Absolute(0.02), Whole;
    "m_c after 1000 steps", cell(after!("1000"), 0, "m_c") => 0.56, Absolute(0.02), Whole;
};

const STORED: Parts = recipe!(
    "capacity:from=0.2,to=0.4,points=2,patterns=400",
    "random:n=400",
    "storkey",
    "sync",
    "6"
);

static STORKEY: &[Check] = checks! { "Storkey 1997";
    "share of patterns that are fixed, α = 0.2, N = 400", cell(STORED, 0, "exact") => 1.0, Absolute(0.0), Quick;
    "share of patterns that are fixed, α = 0.4, N = 400, our own", cell(STORED, 1, "exact") => 0.73, Absolute(0.08), Quick;
};
