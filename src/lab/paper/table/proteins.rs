//! Proteins: the families of paper A are not known, so that what is checked on the one that comes with the program is the
//! picture: memorising, then generalising, against the consensus.

use super::super::{Check, Pace, Parts, Within};
use super::{cell, rise};
use Pace::Whole;
use Within::{Absolute, AtLeast, AtMost};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[FAMILY];

/// Rhomboid proteases of 135 sites, α = P/N = 0.1, 1 and 10.
const RUN: Parts = recipe!(
    "generalization:from=0.1,to=10,points=3,log=yes,patterns=200",
    "protein",
    "potts",
    "sync",
    "1"
);

static FAMILY: &[Check] = checks! { "paper A, proteins: the picture, on rhomboid proteases";
    "stored sequences stay, α = 0.1", cell(RUN, 0, "stored") => 1.0, Absolute(0.03), Whole;
    "stored sequences less the consensus, α = 0.1", rise(RUN, (0, "consensus"), (0, "stored")) => 0.5, AtLeast, Whole;
    "unseen sequences less the consensus, α = 0.1", rise(RUN, (0, "consensus"), (0, "unseen")) => 0.0, AtLeast, Whole;
    "unseen sequences less the consensus, α = 10", rise(RUN, (2, "consensus"), (2, "unseen")) => 0.1, AtLeast, Whole;
    "unseen sequences at α = 1 less those at 0.1", rise(RUN, (0, "unseen"), (1, "unseen")) => 0.03, AtLeast, Whole;
    "unseen sequences at α = 10 less those at 1", rise(RUN, (1, "unseen"), (2, "unseen")) => 0.03, AtLeast, Whole;
    "stored sequences at α = 10 less those at 0.1: less is memorised", rise(RUN, (0, "stored"), (2, "stored")) => -0.1, AtMost, Whole;
    "random sequences keep next to nothing of themselves, α = 10", cell(RUN, 2, "random") => 0.1, AtMost, Whole;
};
