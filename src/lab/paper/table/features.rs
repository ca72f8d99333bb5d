//! Random features (paper A): the order of events, and Hebb's rule beside pseudo-likelihood.

use super::super::{Check, Pace, Within};
use super::{cell, rise};
use Pace::{Quick, Whole};
use Within::{Absolute, AtLeast};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[LEARNED, ORDER, HEBB];

/// N = 500, three features to an example, by one rule.
macro_rules! at {
    ($load:literal, $features:literal) => {
        at!(
            $load,
            $features,
            "pseudo-likelihood:preset=paper-features,eta=0.01",
            "2"
        )
    };
    ($load:literal, $features:literal, $rule:literal, $sets:literal) => {
        recipe!(
            concat!(
                "generalization:from=",
                $load,
                ",to=",
                $load,
                ",points=1,patterns=200"
            ),
            concat!("features:n=500,l=3,alpha-d=", $features),
            $rule,
            "sync",
            $sets
        )
    };
}

static LEARNED: &[Check] = checks! { "paper A's random features, our own numbers";
    "stored, α = 0.02, α_D = 0.03", cell(at!("0.02", "0.03"), 0, "stored") => 1.0, Absolute(0.05), Whole;
    "features, α = 0.02, α_D = 0.03", cell(at!("0.02", "0.03"), 0, "features") => 0.52, Absolute(0.05), Whole;
    "unseen, α = 0.02, α_D = 0.03", cell(at!("0.02", "0.03"), 0, "unseen") => 0.38, Absolute(0.05), Whole;
    "stored, α = 0.1, α_D = 0.03", cell(at!("0.1", "0.03"), 0, "stored") => 1.0, Absolute(0.05), Quick;
    "features, α = 0.1, α_D = 0.03", cell(at!("0.1", "0.03"), 0, "features") => 0.95, Absolute(0.05), Quick;
    "unseen, α = 0.1, α_D = 0.03", cell(at!("0.1", "0.03"), 0, "unseen") => 0.54, Absolute(0.05), Quick;
    "stored, α = 0.2, α_D = 0.03", cell(at!("0.2", "0.03"), 0, "stored") => 1.0, Absolute(0.05), Whole;
    "features, α = 0.2, α_D = 0.03", cell(at!("0.2", "0.03"), 0, "features") => 1.0, Absolute(0.05), Whole;
    "unseen, α = 0.2, α_D = 0.03", cell(at!("0.2", "0.03"), 0, "unseen") => 0.82, Absolute(0.05), Whole;
    "stored, α = 0.5, α_D = 0.03", cell(at!("0.5", "0.03"), 0, "stored") => 1.0, Absolute(0.05), Whole;
    "features, α = 0.5, α_D = 0.03", cell(at!("0.5", "0.03"), 0, "features") => 1.0, Absolute(0.05), Whole;
    "unseen, α = 0.5, α_D = 0.03", cell(at!("0.5", "0.03"), 0, "unseen") => 1.0, Absolute(0.05), Whole;
    "stored, α = 1, α_D = 0.03", cell(at!("1", "0.03"), 0, "stored") => 1.0, Absolute(0.05), Whole;
    "features, α = 1, α_D = 0.03", cell(at!("1", "0.03"), 0, "features") => 1.0, Absolute(0.05), Whole;
    "unseen, α = 1, α_D = 0.03", cell(at!("1", "0.03"), 0, "unseen") => 1.0, Absolute(0.05), Whole;
    "stored, α = 0.1, α_D = 0.1", cell(at!("0.1", "0.1"), 0, "stored") => 1.0, Absolute(0.05), Whole;
    "features, α = 0.1, α_D = 0.1", cell(at!("0.1", "0.1"), 0, "features") => 0.53, Absolute(0.05), Whole;
    "unseen, α = 0.1, α_D = 0.1", cell(at!("0.1", "0.1"), 0, "unseen") => 0.34, Absolute(0.05), Whole;
    "stored, α = 0.5, α_D = 0.1", cell(at!("0.5", "0.1"), 0, "stored") => 0.97, Absolute(0.05), Whole;
    "features, α = 0.5, α_D = 0.1", cell(at!("0.5", "0.1"), 0, "features") => 0.94, Absolute(0.05), Whole;
    "unseen, α = 0.5, α_D = 0.1", cell(at!("0.5", "0.1"), 0, "unseen") => 0.51, Absolute(0.05), Whole;
    "stored, α = 1, α_D = 0.1", cell(at!("1", "0.1"), 0, "stored") => 0.93, Absolute(0.05), Whole;
    "features, α = 1, α_D = 0.1", cell(at!("1", "0.1"), 0, "features") => 1.0, Absolute(0.05), Whole;
    "unseen, α = 1, α_D = 0.1", cell(at!("1", "0.1"), 0, "unseen") => 0.54, Absolute(0.05), Whole;
};

// Examples first, then features, then unseen examples: at α = 0.1 and 0.2 each is ahead of the next.
static ORDER: &[Check] = checks! { "paper A, order of events with random features";
    "stored less features, α = 0.02, α_D = 0.03", rise(at!("0.02", "0.03"), (0, "features"), (0, "stored")) => 0.1, AtLeast, Whole;
    "features less unseen, α = 0.1, α_D = 0.03", rise(at!("0.1", "0.03"), (0, "unseen"), (0, "features")) => 0.1, AtLeast, Quick;
    "features less unseen, α = 0.2, α_D = 0.03", rise(at!("0.2", "0.03"), (0, "unseen"), (0, "features")) => 0.1, AtLeast, Whole;
};

// From one set of features to another these vary with a standard deviation of 0.04 to 0.12; means of twenty.
static HEBB: &[Check] = checks! { "random features under Hebb's rule, our own numbers";
    "stored, α = 0.02, α_D = 0.03", cell(at!("0.02", "0.03", "hebb", "20"), 0, "stored") => 0.68, Absolute(0.05), Whole;
    "features, α = 0.02, α_D = 0.03", cell(at!("0.02", "0.03", "hebb", "20"), 0, "features") => 0.29, Absolute(0.05), Whole;
    "unseen, α = 0.02, α_D = 0.03", cell(at!("0.02", "0.03", "hebb", "20"), 0, "unseen") => 0.2, Absolute(0.05), Whole;
    "stored, α = 0.1, α_D = 0.03", cell(at!("0.1", "0.03", "hebb", "20"), 0, "stored") => 0.39, Absolute(0.05), Quick;
    "features, α = 0.1, α_D = 0.03", cell(at!("0.1", "0.03", "hebb", "20"), 0, "features") => 0.24, Absolute(0.05), Quick;
    "unseen, α = 0.1, α_D = 0.03", cell(at!("0.1", "0.03", "hebb", "20"), 0, "unseen") => 0.19, Absolute(0.05), Quick;
    "stored, α = 0.2, α_D = 0.03", cell(at!("0.2", "0.03", "hebb", "20"), 0, "stored") => 0.41, Absolute(0.05), Whole;
    "features, α = 0.2, α_D = 0.03", cell(at!("0.2", "0.03", "hebb", "20"), 0, "features") => 0.53, Absolute(0.05), Whole;
    "unseen, α = 0.2, α_D = 0.03", cell(at!("0.2", "0.03", "hebb", "20"), 0, "unseen") => 0.28, Absolute(0.05), Whole;
    "stored, α = 0.5, α_D = 0.03", cell(at!("0.5", "0.03", "hebb", "20"), 0, "stored") => 0.53, Absolute(0.05), Whole;
    "features, α = 0.5, α_D = 0.03", cell(at!("0.5", "0.03", "hebb", "20"), 0, "features") => 0.995, Absolute(0.05), Whole;
    "unseen, α = 0.5, α_D = 0.03", cell(at!("0.5", "0.03", "hebb", "20"), 0, "unseen") => 0.43, Absolute(0.05), Whole;
    "stored, α = 1, α_D = 0.03", cell(at!("1", "0.03", "hebb", "20"), 0, "stored") => 0.51, Absolute(0.05), Whole;
    "features, α = 1, α_D = 0.03", cell(at!("1", "0.03", "hebb", "20"), 0, "features") => 1.0, Absolute(0.05), Whole;
    "unseen, α = 1, α_D = 0.03", cell(at!("1", "0.03", "hebb", "20"), 0, "unseen") => 0.41, Absolute(0.05), Whole;
    "stored, α = 1, α_D = 0.1", cell(at!("1", "0.1", "hebb", "20"), 0, "stored") => 0.34, Absolute(0.05), Whole;
    "features, α = 1, α_D = 0.1", cell(at!("1", "0.1", "hebb", "20"), 0, "features") => 0.53, Absolute(0.05), Whole;
    "unseen, α = 1, α_D = 0.1", cell(at!("1", "0.1", "hebb", "20"), 0, "unseen") => 0.3, Absolute(0.05), Whole;
};
