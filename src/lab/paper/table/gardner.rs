//! How stable patterns can be: Gardner's bound, and the pseudo-inverse rule.

use super::super::direct::{projection_field_error, projection_stability, smallest_stability};
use super::super::{Check, How, Pace, Within};
use super::cell;
use crate::engine::theory::gardner::{largest_load, largest_stability};
use Pace::{Quick, Whole};
use Within::{Absolute, Relative};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[BOUND, PROJECTION];

/// κ(α); 0 from α = 2 on.
macro_rules! kappa {
    ($load:literal) => {
        How::Form(|| largest_stability($load).unwrap_or(0.0))
    };
}

static BOUND: &[Check] = checks! { "Gardner 1988";
    "largest load at κ = 0, closed form", How::Form(|| largest_load(0.0)) => 2.0, Absolute(1e-9), Quick;
    "largest stability at α = 0.1, closed form", kappa!(0.1) => 3.000, Absolute(1e-3), Quick;
    "largest stability at α = 0.2, closed form", kappa!(0.2) => 2.001, Absolute(1e-3), Quick;
    "largest stability at α = 0.4, closed form", kappa!(0.4) => 1.242, Absolute(1e-3), Quick;
    "largest stability at α = 0.5, closed form", kappa!(0.5) => 1.034, Absolute(1e-3), Quick;
    "largest stability at α = 0.6, closed form", kappa!(0.6) => 0.875, Absolute(1e-3), Quick;
    "largest stability at α = 0.75, closed form", kappa!(0.75) => 0.691, Absolute(1e-3), Quick;
    "largest stability at α = 1, closed form", kappa!(1.0) => 0.471, Absolute(1e-3), Quick;
    "largest stability at α = 1.5, closed form", kappa!(1.5) => 0.186, Absolute(1e-3), Quick;
    "smallest stability of a row, on average, α = 0.6, N = 300", How::Direct(|| smallest_stability(180)) => 0.875, Absolute(0.02), Quick;
    "smallest stability of a row, on average, α = 0.8, N = 300", How::Direct(|| smallest_stability(240)) => 0.638, Absolute(0.02), Whole;
    "smallest stability of a row, on average, α = 1, N = 300", How::Direct(|| smallest_stability(300)) => 0.471, Absolute(0.02), Whole;
};

/// All patterns of the pseudo-inverse rule at one load, N = 300.
macro_rules! projection_at {
    ($load:literal) => {
        cell(
            recipe!(
                concat!(
                    "capacity:from=",
                    $load,
                    ",to=",
                    $load,
                    ",points=1,patterns=300"
                ),
                "random:n=300",
                "pseudo-inverse",
                "sync",
                "2"
            ),
            0,
            "exact",
        )
    };
}

static PROJECTION: &[Check] = checks! { "Kanter, Sompolinsky 1987";
    "mean stability of the pseudo-inverse rule, α = 0.4, N = 400", How::Direct(projection_stability) => 1.2247, Relative(0.005), Quick;
    "largest distance of a field from (1 − Π_ii) ξ_i", How::Direct(projection_field_error) => 0.0, Absolute(1e-5), Quick;
    "share of patterns that are fixed, α = 0.5", projection_at!("0.5") => 1.0, Absolute(0.0), Quick;
    "share of patterns that are fixed, α = 0.9", projection_at!("0.9") => 1.0, Absolute(0.0), Quick;
};
