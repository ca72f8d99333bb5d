//! Dense memories and the modern network: how many patterns they hold, and how many bits err.

use super::super::{Check, How, Pace, Within};
use super::{cell, read};
use crate::engine::theory::dense::{STABLE_LOAD, largest_overlap};
use Pace::{Quick, Whole};
use Within::{Absolute, Factor, Relative};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[GROWTH, ERRORS, EXPONENTIAL, MODERN];

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

const PAPER_B: &str = "paper B; Krotov, Hopfield 2016";

static GROWTH: &[Check] = checks! { PAPER_B;
    "exponent of K(N), n = 2, N = 200 to 1000", read(growth_of!("dense:n=2", "200", "1000", "30"), 0, "exponent") => 1.0, Absolute(0.15), Quick;
    "exponent of K(N), n = 3", read(growth_of!("dense:n=3", "40", "200", "12"), 0, "exponent") => 2.0, Absolute(0.2), Whole;
    "exponent of K(N), n = 4", read(growth_of!("dense:n=4", "40", "120", "12"), 0, "exponent") => 3.0, Absolute(0.4), Whole;
};

/// The bit error of one step, at K/N = `load`.
macro_rules! bit_error {
    ($rule:literal, $units:literal, $load:literal, $patterns:literal, $repeats:literal) => {
        cell(
            recipe!(
                concat!(
                    "capacity:from=",
                    $load,
                    ",to=",
                    $load,
                    ",points=1,patterns=",
                    $patterns
                ),
                concat!("random:n=", $units),
                concat!("dense:function=", $rule),
                "sync",
                $repeats,
                "1"
            ),
            0,
            "bit_error",
        )
    };
}

// Signal to noise to three digits, as formula b.6 of our notes gives it: ½ erfc √(N^(n−1)/(2 (2n−3)!! K)), the noise halved
// where the polynomial is rectified. Within a factor of 1.5 below 5e-3, 15 % above.
static ERRORS: &[Check] = checks! { PAPER_B;
    "bit error, n = 3, N = 100, K = 361", bit_error!("polynomial,n=3", "100", "3.61", "361", "8") => 0.0012, Factor(1.5), Quick;
    "bit error, n = 3, N = 100, K = 723", bit_error!("polynomial,n=3", "100", "7.23", "723", "8") => 0.0159, Relative(0.15), Quick;
    "bit error, n = 3, N = 100, K = 1447", bit_error!("polynomial,n=3", "100", "14.47", "1447", "4") => 0.0645, Relative(0.15), Quick;
    "bit error, n = 3, rectified, N = 100, K = 723", bit_error!("rectified,n=3", "100", "7.23", "723", "8") => 0.0012, Factor(1.5), Quick;
    "bit error, n = 3, rectified, N = 100, K = 1447", bit_error!("rectified,n=3", "100", "14.47", "1447", "4") => 0.0159, Relative(0.15), Quick;
    "bit error, n = 2, N = 400, K = 80", bit_error!("polynomial,n=2", "400", "0.2", "80", "8") => 0.0127, Relative(0.15), Quick;
    "bit error, n = 4, N = 50, K = 4000", bit_error!("polynomial,n=4", "50", "80", "400", "4") => 0.0744, Relative(0.15), Whole;
};

static EXPONENTIAL: &[Check] = checks! { "Demircigil and others 2017";
    "largest load at which all patterns are stable, closed form", How::Form(|| STABLE_LOAD) => 0.3466, Absolute(5e-5), Quick;
    "bit error, N = 16, α = 0.3466, our own", bit_error!("exponential", "16", "16", "256", "4") => 0.003, Absolute(0.002), Quick;
    "bit error, N = 20, α = 0.3466, our own", bit_error!("exponential", "20", "51.2", "1024", "4") => 0.0, Absolute(0.002), Quick;
    "bit error, N = 24, α = 0.3466, our own", bit_error!("exponential", "24", "170.67", "400", "4") => 0.0, Absolute(0.002), Quick;
    "bit error, N = 20, α = 0.45, our own", bit_error!("exponential", "20", "405.15", "400", "4") => 0.004, Absolute(0.004), Quick;
    "bit error, N = 20, α = 0.6, our own", bit_error!("exponential", "20", "8137.7", "150", "2") => 0.077, Absolute(0.02), Whole;
};

/// Share of the cues of one overlap that continuous states of 50 units bring back.
macro_rules! brought_back {
    ($patterns:literal, $beta:literal, $start:literal) => {
        cell(
            recipe!(
                concat!(
                    "basins:from=",
                    $start,
                    ",to=",
                    $start,
                    ",points=1,patterns=100,trials=1"
                ),
                concat!("random:n=50,p=", $patterns),
                concat!("modern:states=continuous,beta=", $beta),
                "sync",
                "4",
                "1000"
            ),
            0,
            "recalled",
        )
    };
}

// At K = 22026 and a start overlap of 0.5, 12 of 50 flips, other patterns are as near on average: 0.03 to 0.10 was
// published, ± 0.08 each.
static MODERN: &[Check] = checks! { "our own, modern Hopfield network, N = 50";
    "nearest of 148 other patterns, closed form", How::Form(|| largest_overlap(libm::log(148.0) / 50.0)) => 0.44, Absolute(0.005), Quick;
    "nearest of 22,026 other patterns, closed form", How::Form(|| largest_overlap(libm::log(22_026.0) / 50.0)) => 0.61, Absolute(0.005), Quick;
    "share recalled, K = 148, βN = 50, from m = 0.3", brought_back!("148", "50", "0.3") => 0.12, Absolute(0.08), Quick;
    "share recalled, K = 148, βN = 50, from m = 0.5", brought_back!("148", "50", "0.5") => 0.99, Absolute(0.08), Quick;
    "share recalled, K = 148, βN = 10, from m = 0.5", brought_back!("148", "10", "0.5") => 0.03, Absolute(0.08), Quick;
    "share recalled, K = 148, βN = 10, from m = 0.7", brought_back!("148", "10", "0.7") => 0.98, Absolute(0.08), Quick;
    "share recalled, K = 22,026, βN = 50, from m = 0.5", brought_back!("22026", "50", "0.5") => 0.065, Absolute(0.115), Whole;
    "share recalled, K = 22,026, βN = 50, from m = 0.7", brought_back!("22026", "50", "0.7") => 1.0, Absolute(0.08), Whole;
    "share recalled, K = 22,026, βN = 10, from m = 0.9", brought_back!("22026", "10", "0.9") => 0.0, Absolute(0.08), Whole;
};
