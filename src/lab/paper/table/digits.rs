//! Paper A (D'Amico et al. 2025, arXiv 2507.05147): digits, by its authors' schedule.

use super::super::{Check, Pace, Parts, Within};
use super::cell;
use Pace::Whole;
use Within::Absolute;

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[DIGITS];

/// Digits of 14 × 14, N = 196, ten loads, ten steps.
const RUN: Parts = recipe!(
    "generalization:from=0.1,to=100,points=10,log=yes,patterns=500",
    "mnist:size=14",
    "pseudo-likelihood:preset=paper-digits",
    "sync",
    "2",
    "10"
);

static DIGITS: &[Check] = checks! { "paper A, digits";
    "stored starts, α = 0.1", cell(RUN, 0, "stored") => 1.0, Absolute(0.07), Whole;
    "unseen starts, α = 0.1", cell(RUN, 0, "unseen") => 0.43, Absolute(0.07), Whole;
    "random starts, α = 0.1", cell(RUN, 0, "random") => 0.093, Absolute(0.07), Whole;
    "stored starts, α = 0.215", cell(RUN, 1, "stored") => 1.0, Absolute(0.07), Whole;
    "unseen starts, α = 0.215", cell(RUN, 1, "unseen") => 0.535, Absolute(0.07), Whole;
    "random starts, α = 0.215", cell(RUN, 1, "random") => 0.114, Absolute(0.07), Whole;
    "stored starts, α = 0.46", cell(RUN, 2, "stored") => 1.0, Absolute(0.07), Whole;
    "unseen starts, α = 0.46", cell(RUN, 2, "unseen") => 0.64, Absolute(0.07), Whole;
    "random starts, α = 0.46", cell(RUN, 2, "random") => 0.145, Absolute(0.07), Whole;
    "stored starts, α = 1", cell(RUN, 3, "stored") => 1.0, Absolute(0.04), Whole;
    "unseen starts, α = 1", cell(RUN, 3, "unseen") => 0.69, Absolute(0.04), Whole;
    "random starts, α = 1", cell(RUN, 3, "random") => 0.162, Absolute(0.04), Whole;
    "stored starts, α = 2.15", cell(RUN, 4, "stored") => 0.995, Absolute(0.04), Whole;
    "unseen starts, α = 2.15", cell(RUN, 4, "unseen") => 0.735, Absolute(0.04), Whole;
    "random starts, α = 2.15", cell(RUN, 4, "random") => 0.193, Absolute(0.04), Whole;
    "stored starts, α = 4.6", cell(RUN, 5, "stored") => 0.85, Absolute(0.04), Whole;
    "unseen starts, α = 4.6", cell(RUN, 5, "unseen") => 0.77, Absolute(0.04), Whole;
    "random starts, α = 4.6", cell(RUN, 5, "random") => 0.227, Absolute(0.04), Whole;
    "stored starts, α = 10", cell(RUN, 6, "stored") => 0.83, Absolute(0.04), Whole;
    "unseen starts, α = 10", cell(RUN, 6, "unseen") => 0.8, Absolute(0.04), Whole;
    "random starts, α = 10", cell(RUN, 6, "random") => 0.256, Absolute(0.04), Whole;
    "stored starts, α = 21.5", cell(RUN, 7, "stored") => 0.84, Absolute(0.04), Whole;
    "unseen starts, α = 21.5", cell(RUN, 7, "unseen") => 0.83, Absolute(0.04), Whole;
    "random starts, α = 21.5", cell(RUN, 7, "random") => 0.348, Absolute(0.04), Whole;
    "stored starts, α = 46", cell(RUN, 8, "stored") => 0.845, Absolute(0.04), Whole;
    "unseen starts, α = 46", cell(RUN, 8, "unseen") => 0.84, Absolute(0.04), Whole;
    "random starts, α = 46", cell(RUN, 8, "random") => 0.37, Absolute(0.04), Whole;
    "stored starts, α = 100", cell(RUN, 9, "stored") => 0.85, Absolute(0.04), Whole;
    "unseen starts, α = 100", cell(RUN, 9, "unseen") => 0.847, Absolute(0.04), Whole;
    "random starts, α = 100", cell(RUN, 9, "random") => 0.371, Absolute(0.04), Whole;
};
