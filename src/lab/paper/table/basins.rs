//! How wide basins are on random patterns, rule by rule, and the one-step map.
//!
//! m_c is the start overlap at which the mean final overlap crosses 0.9. All start overlaps asked for are whole numbers of
//! flips, so that cues have the overlaps that they are named after.

use super::super::{Check, How, Pace, Parts, Taken, Within};
use super::{cell, read};
use Pace::{Quick, Whole};
use Within::{Absolute, AtLeast, AtMost};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[
    TENTH,
    FIFTH,
    TWO_FIFTHS,
    THREE_FIFTHS,
    FOUR_FIFTHS,
    GAPS,
    NONE,
    ONE_STEP,
];

/// All units move at once, a hundred steps at the most; 80 patterns, or all, twice each, in four sets, or in more.
macro_rules! basins_at {
    ($from:literal, $points:literal, $world:literal, $rules:expr) => {
        basins_at!($from, $points, $world, $rules, "4")
    };
    ($from:literal, $points:literal, $world:literal, $rules:expr, $sets:literal) => {
        recipe!(
            concat!(
                "basins:from=",
                $from,
                ",to=1,points=",
                $points,
                ",patterns=80,trials=2"
            ),
            $world,
            $rules,
            "sync",
            $sets
        )
    };
}

/// Descent on the pseudo-likelihood, from 30 steps to 1000, with the same cues; start overlaps in steps of 2/N or 4/N.
macro_rules! along {
    ($overlaps:literal, $world:literal, $couplings:literal) => {
        recipe!(
            concat!(
                "margins:from=30,to=1000,points=5,patterns=80,trials=1,overlaps=",
                $overlaps
            ),
            $world,
            concat!(
                "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,couplings=",
                $couplings
            ),
            "sync",
            "2"
        )
    };
}

const AT_TENTH: Parts = basins_at!(
    "0.1",
    "91",
    "random:n=400,p=40",
    "storkey,storkey:order=extended,pseudo-inverse,max-stability:algorithm=minover,tolerance=0.00001,sweeps=250,max-stability"
);
const AT_FIFTH: Parts = basins_at!(
    "0.2",
    "81",
    "random:n=400,p=80",
    "storkey,storkey:order=extended,pseudo-inverse,perceptron:margin=0,max-stability:algorithm=minover,tolerance=0.00001,sweeps=125,max-stability"
);
const AT_TWO_FIFTHS: Parts = basins_at!(
    "0.4",
    "61",
    "random:n=400,p=160",
    "pseudo-inverse,perceptron:margin=0,max-stability:algorithm=minover,tolerance=0.00001,sweeps=62,max-stability,pseudo-likelihood:preset=basins"
);
const AT_THREE_FIFTHS: Parts = basins_at!(
    "0.7",
    "46",
    "random:n=300,p=180",
    "pseudo-inverse,max-stability:algorithm=minover,tolerance=0.00001,sweeps=55,max-stability,pseudo-likelihood:preset=basins"
);
const AT_FOUR_FIFTHS: Parts = basins_at!(
    "0.9",
    "16",
    "random:n=300,p=240",
    "pseudo-inverse,max-stability:algorithm=minover,tolerance=0.00001,sweeps=41,max-stability,pseudo-likelihood:preset=basins"
);
/// Rules whose m_c varies from set to set, by 0.02 and more.
const LOOSE_AT_TENTH: Parts = basins_at!(
    "0.1",
    "91",
    "random:n=400,p=40",
    "hebb,perceptron:margin=0",
    "40"
);
const LOOSE_AT_TWO_FIFTHS: Parts = basins_at!(
    "0.4",
    "61",
    "random:n=400,p=160",
    "storkey,storkey:order=extended",
    "20"
);
/// A few rules at α = 0.4, in seconds.
const FEW: Parts = basins_at!(
    "0.4",
    "31",
    "random:n=400,p=160",
    "pseudo-likelihood,pseudo-inverse"
);

const SOURCE: &str = "our own, for paper A's claim: m_c on random patterns";

static TENTH: &[Check] = checks! { SOURCE;
    "Hebb's rule, α = 0.1", read(LOOSE_AT_TENTH, 0, "m_c") => 0.41, Absolute(0.02), Whole;
    "Storkey's rule, α = 0.1", read(AT_TENTH, 0, "m_c") => 0.24, Absolute(0.02), Whole;
    "Storkey's rule, extended, α = 0.1", read(AT_TENTH, 1, "m_c") => 0.25, Absolute(0.02), Whole;
    "the projection, α = 0.1", read(AT_TENTH, 2, "m_c") => 0.23, Absolute(0.02), Whole;
    "the perceptron without margin, α = 0.1", read(LOOSE_AT_TENTH, 1, "m_c") => 0.41, Absolute(0.02), Whole;
    "minover, 10,000 steps, α = 0.1", read(AT_TENTH, 3, "m_c") => 0.23, Absolute(0.02), Whole;
    "maximal stability, α = 0.1", read(AT_TENTH, 4, "m_c") => 0.24, Absolute(0.02), Whole;
    "pseudo-likelihood at its best, α = 0.1", read(along!("101", "random:n=400,p=40", "free"), 0, "best_m_c") => 0.25, Absolute(0.02), Whole;
};

static FIFTH: &[Check] = checks! { SOURCE;
    "Storkey's rule, α = 0.2", read(AT_FIFTH, 0, "m_c") => 0.38, Absolute(0.02), Whole;
    "Storkey's rule, extended, α = 0.2", read(AT_FIFTH, 1, "m_c") => 0.42, Absolute(0.02), Whole;
    "the projection, α = 0.2", read(AT_FIFTH, 2, "m_c") => 0.35, Absolute(0.02), Whole;
    "the perceptron without margin, α = 0.2", read(AT_FIFTH, 3, "m_c") => 0.91, Absolute(0.02), Whole;
    "minover, 10,000 steps, α = 0.2", read(AT_FIFTH, 4, "m_c") => 0.35, Absolute(0.02), Whole;
    "maximal stability, α = 0.2", read(AT_FIFTH, 5, "m_c") => 0.36, Absolute(0.02), Whole;
    "pseudo-likelihood at its best, α = 0.2", read(along!("101", "random:n=400,p=80", "free"), 0, "best_m_c") => 0.34, Absolute(0.02), Whole;
    "symmetric pseudo-likelihood at its best, α = 0.2", read(along!("101", "random:n=400,p=80", "symmetric"), 0, "best_m_c") => 0.335, Absolute(0.02), Whole;
};

static TWO_FIFTHS: &[Check] = checks! { SOURCE;
    "pseudo-likelihood with a small penalty, α = 0.4", read(FEW, 0, "m_c") => 0.56, Absolute(0.02), Quick;
    "the projection, α = 0.4", read(FEW, 1, "m_c") => 0.62, Absolute(0.02), Quick;
    "Storkey's rule, α = 0.4", read(LOOSE_AT_TWO_FIFTHS, 0, "m_c") => 0.79, Absolute(0.02), Whole;
    "Storkey's rule, extended, α = 0.4", read(LOOSE_AT_TWO_FIFTHS, 1, "m_c") => 0.84, Absolute(0.02), Whole;
    "the perceptron without margin, α = 0.4", read(AT_TWO_FIFTHS, 1, "m_c") => 0.99, Absolute(0.02), Whole;
    "minover, 10,000 steps, α = 0.4", read(AT_TWO_FIFTHS, 2, "m_c") => 0.585, Absolute(0.02), Whole;
    "maximal stability, α = 0.4", read(AT_TWO_FIFTHS, 3, "m_c") => 0.585, Absolute(0.02), Whole;
    "pseudo-likelihood at its best, α = 0.4", read(along!("101", "random:n=400,p=160", "free"), 0, "best_m_c") => 0.56, Absolute(0.02), Whole;
    "symmetric pseudo-likelihood at its best, α = 0.4", read(along!("101", "random:n=400,p=160", "symmetric"), 0, "best_m_c") => 0.55, Absolute(0.02), Whole;
};

static THREE_FIFTHS: &[Check] = checks! { SOURCE;
    "the projection, α = 0.6", read(AT_THREE_FIFTHS, 0, "m_c") => 0.94, Absolute(0.02), Whole;
    "minover, 10,000 steps, α = 0.6", read(AT_THREE_FIFTHS, 1, "m_c") => 0.88, Absolute(0.02), Whole;
    "maximal stability, α = 0.6", read(AT_THREE_FIFTHS, 2, "m_c") => 0.88, Absolute(0.02), Whole;
    "pseudo-likelihood at its best, α = 0.6", read(along!("151", "random:n=300,p=180", "free"), 0, "best_m_c") => 0.825, Absolute(0.02), Whole;
    "symmetric pseudo-likelihood at its best, α = 0.6", read(along!("151", "random:n=300,p=180", "symmetric"), 0, "best_m_c") => 0.83, Absolute(0.02), Whole;
};

static FOUR_FIFTHS: &[Check] = checks! { SOURCE;
    "the projection, α = 0.8", read(AT_FOUR_FIFTHS, 0, "m_c") => 0.995, Absolute(0.02), Whole;
    "minover, 10,000 steps, α = 0.8", read(AT_FOUR_FIFTHS, 1, "m_c") => 0.98, Absolute(0.02), Whole;
    "maximal stability, α = 0.8", read(AT_FOUR_FIFTHS, 2, "m_c") => 0.97, Absolute(0.02), Whole;
    "pseudo-likelihood at its best, α = 0.8", read(along!("151", "random:n=300,p=240", "free"), 0, "best_m_c") => 0.946, Absolute(0.02), Whole;
};

/// By how much m_c of the second series is above that of the first.
const fn gap(parts: Parts, first: usize, second: usize) -> How {
    How::Rise(parts, Taken::Read(first, "m_c"), Taken::Read(second, "m_c"))
}

static GAPS: &[Check] = checks! { "our own, for paper A's claim: the order of m_c";
    "maximal stability less pseudo-likelihood, α = 0.4", gap(AT_TWO_FIFTHS, 4, 3) => 0.015, AtLeast, Whole;
    "the projection less maximal stability, α = 0.4", gap(AT_TWO_FIFTHS, 3, 0) => 0.015, AtLeast, Whole;
    "maximal stability less pseudo-likelihood, α = 0.6", gap(AT_THREE_FIFTHS, 3, 2) => 0.015, AtLeast, Whole;
    "the projection less maximal stability, α = 0.6", gap(AT_THREE_FIFTHS, 2, 0) => 0.015, AtLeast, Whole;
    "maximal stability less pseudo-likelihood, α = 0.8", gap(AT_FOUR_FIFTHS, 3, 2) => 0.015, AtLeast, Whole;
    "the projection less maximal stability, α = 0.8", gap(AT_FOUR_FIFTHS, 2, 0) => 0.015, AtLeast, Whole;
    "the projection less pseudo-likelihood, α = 0.4", gap(FEW, 0, 1) => 0.015, AtLeast, Quick;
};

/// From the patterns themselves, at loads 0.2, 0.4, 0.6, 0.8.
const HEBB_LOST: Parts = recipe!(
    "capacity:from=0.2,to=0.8,points=4,patterns=80",
    "random:n=400",
    "hebb",
    "sync",
    "2"
);
/// At loads 0.6 and 0.8: two of Storkey's rule, and one extended, which diverges at the other.
const STORKEY_LOST: Parts = recipe!(
    "capacity:from=0.6,to=0.8,points=2,patterns=240",
    "random:n=300",
    "storkey,storkey:order=extended",
    "sync",
    "4"
);

static NONE: &[Check] = checks! { "our own, rules without basins: mean overlap from the patterns";
    "Hebb's rule, α = 0.2", cell(HEBB_LOST, 0, "mean") => 0.9, AtMost, Quick;
    "Hebb's rule, α = 0.4", cell(HEBB_LOST, 1, "mean") => 0.9, AtMost, Quick;
    "Hebb's rule, α = 0.6", cell(HEBB_LOST, 2, "mean") => 0.9, AtMost, Quick;
    "Hebb's rule, α = 0.8", cell(HEBB_LOST, 3, "mean") => 0.9, AtMost, Quick;
    "Storkey's rule, α = 0.6", cell(STORKEY_LOST, 0, "mean") => 0.9, AtMost, Whole;
    "Storkey's rule, α = 0.8", cell(STORKEY_LOST, 1, "mean") => 0.9, AtMost, Whole;
    "Storkey's rule, extended, α = 0.6", cell(STORKEY_LOST, 2, "mean") => 0.9, AtMost, Whole;
};

/// One step from start overlaps 0.2 to 0.9, all 160 patterns, eight cues each.
const STEP: Parts = recipe!(
    "basins:from=0.2,to=0.9,points=8,patterns=160,trials=8",
    "random:n=400,p=160",
    "hebb,pseudo-inverse,pseudo-likelihood:preset=basins",
    "sync",
    "1",
    "1"
);

const fn from_theory(series: usize) -> How {
    How::Run(STEP, Taken::FromTheory(series))
}

static ONE_STEP: &[Check] = checks! { "one step from the stabilities, m₁ = ⟨erf(m₀Δ/√(2(1−m₀²)))⟩";
    "largest distance from it, Hebb's rule, α = 0.4", from_theory(0) => 0.0, Absolute(0.01), Quick;
    "largest distance from it, the projection, α = 0.4", from_theory(1) => 0.0, Absolute(0.01), Quick;
    "largest distance from it, pseudo-likelihood, α = 0.4", from_theory(2) => 0.0, Absolute(0.01), Quick;
};
