//! Mean-field theory of Hebb's rule: closed forms, and time averages at a temperature.

use super::super::{Check, How, Pace, Parts, Within};
use super::cell;
use super::hebb::hebb_at;
use crate::engine::theory::mean_field::{
    HEBB_CAPACITY, critical_load, hebb_overlap, hebb_overlap_at,
};
use Pace::{Quick, Whole};
use Within::{Absolute, AtLeast, AtMost};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[COLD, CAPACITY, WARM, ONE, MELTING];

const SOURCE: &str = "Amit, Gutfreund, Sompolinsky 1987";

/// The overlap of retrieval states; 0 where there are none.
macro_rules! overlap {
    ($load:expr) => {
        How::Form(|| hebb_overlap($load).unwrap_or(0.0))
    };
    ($temperature:expr, $load:expr) => {
        How::Form(|| hebb_overlap_at($temperature, $load).unwrap_or(0.0))
    };
}

static COLD: &[Check] = checks! { SOURCE;
    "capacity of Hebb's rule at T = 0, closed form", How::Form(|| HEBB_CAPACITY) => 0.137_906, Absolute(5e-5), Quick;
    "overlap just below that capacity, closed form", overlap!(HEBB_CAPACITY - 1e-6) => 0.9674, Absolute(5e-4), Quick;
    "overlap at α = 0.05, closed form", overlap!(0.05) => 0.999_992, Absolute(1e-6), Quick;
    "overlap at α = 0.08, closed form", overlap!(0.08) => 0.999_56, Absolute(1e-5), Quick;
    "overlap at α = 0.10, closed form", overlap!(0.1) => 0.9980, Absolute(1e-4), Quick;
    "overlap at α = 0.12, closed form", overlap!(0.12) => 0.9932, Absolute(1e-4), Quick;
    "overlap at α = 0.13, closed form", overlap!(0.13) => 0.9872, Absolute(1e-4), Quick;
    "overlap at α = 0.135, closed form", overlap!(0.135) => 0.9808, Absolute(1e-4), Quick;
    "overlap at α = 0.1375, closed form", overlap!(0.1375) => 0.9730, Absolute(1e-4), Quick;
    "overlap at α = 0.10, N = 1000", cell(hebb_at!("1000", "0.1"), 0, "mean") => 0.9980, Absolute(0.001), Quick;
    "overlap at α = 0.12, N = 1000", cell(hebb_at!("1000", "0.12"), 0, "mean") => 0.9932, Absolute(0.005), Whole;
};

/// The load beyond which there are no retrieval states.
macro_rules! capacity {
    ($temperature:literal) => {
        How::Form(|| critical_load($temperature))
    };
}

static CAPACITY: &[Check] = checks! { SOURCE;
    "capacity at T = 0.1, closed form", capacity!(0.1) => 0.136, Absolute(0.001), Quick;
    "capacity at T = 0.2, closed form", capacity!(0.2) => 0.123, Absolute(0.001), Quick;
    "capacity at T = 0.3, closed form", capacity!(0.3) => 0.103, Absolute(0.001), Quick;
    "capacity at T = 0.4, closed form", capacity!(0.4) => 0.081, Absolute(0.001), Quick;
    "capacity at T = 0.5, closed form", capacity!(0.5) => 0.059, Absolute(0.001), Quick;
    "capacity at T = 0.6, closed form", capacity!(0.6) => 0.039, Absolute(0.001), Quick;
    "capacity at T = 0.7, closed form", capacity!(0.7) => 0.022, Absolute(0.001), Quick;
    "capacity at T = 0.8, closed form", capacity!(0.8) => 0.01, Absolute(0.001), Quick;
};

/// Time averages at one temperature, over the second half of the sweeps.
macro_rules! warm_at {
    ($temperature:literal, $world:literal, $patterns:literal, $sweeps:literal) => {
        recipe!(
            concat!(
                "temperature:from=",
                $temperature,
                ",to=",
                $temperature,
                ",points=1,patterns=",
                $patterns
            ),
            $world,
            "hebb",
            "glauber:T=0.1",
            "2",
            $sweeps
        )
    };
}

// Theory is of infinitely many units. Near the capacity, which is 0.059 at T = 0.5 and 0.103 at T = 0.3, finite networks
// lose patterns after a while: of 1000 units and within 100 sweeps so many that means are 0.77 and 0.64. There, larger
// ones are asked, for as long as next to none is lost.
static WARM: &[Check] = checks! { SOURCE;
    "overlap at T = 0.2, α = 0.05, closed form", overlap!(0.2, 0.05) => 0.9989, Absolute(0.001), Quick;
    "overlap at T = 0.5, α = 0.02, closed form", overlap!(0.5, 0.02) => 0.945, Absolute(0.001), Quick;
    "overlap at T = 0.5, α = 0.05, closed form", overlap!(0.5, 0.05) => 0.9041, Absolute(0.001), Quick;
    "overlap at T = 0.3, α = 0.1, closed form", overlap!(0.3, 0.1) => 0.953, Absolute(0.001), Quick;
    "overlap at T = 0.2, α = 0.05, N = 1000", cell(warm_at!("0.2", "random:n=1000,p=50", "20", "100"), 0, "overlap") => 0.9989, Absolute(0.01), Quick;
    "overlap at T = 0.5, α = 0.02, N = 1000", cell(warm_at!("0.5", "random:n=1000,p=20", "20", "100"), 0, "overlap") => 0.945, Absolute(0.01), Quick;
    "overlap at T = 0.5, α = 0.05, N = 4096, 40 sweeps", cell(warm_at!("0.5", "random:n=4096,p=205", "40", "40"), 0, "overlap") => 0.9041, Absolute(0.01), Whole;
    "overlap at T = 0.3, α = 0.1, N = 4096, 10 sweeps", cell(warm_at!("0.3", "random:n=4096,p=410", "40", "10"), 0, "overlap") => 0.953, Absolute(0.01), Whole;
};

/// One pattern at one temperature: 20 runs. Near T = 1 small networks turn it over within so many sweeps.
macro_rules! one_at {
    ($temperature:literal, $units:literal) => {
        recipe!(
            concat!(
                "temperature:from=",
                $temperature,
                ",to=",
                $temperature,
                ",points=1,patterns=1,trials=10"
            ),
            concat!("random:n=", $units, ",p=1"),
            "hebb",
            "glauber:T=0.1",
            "2",
            "400"
        )
    };
}

static ONE: &[Check] = checks! { SOURCE;
    "one pattern, m = tanh(m/T), T = 0.25, N = 1000", cell(one_at!("0.25", "1000"), 0, "overlap") => 0.999_33, Absolute(0.01), Whole;
    "one pattern, m = tanh(m/T), T = 0.5, N = 1000", cell(one_at!("0.5", "1000"), 0, "overlap") => 0.9575, Absolute(0.01), Quick;
    "one pattern, m = tanh(m/T), T = 0.75, N = 1000", cell(one_at!("0.75", "1000"), 0, "overlap") => 0.7755, Absolute(0.01), Whole;
    "one pattern, m = tanh(m/T), T = 0.9, N = 2000", cell(one_at!("0.9", "2000"), 0, "overlap") => 0.5254, Absolute(0.04), Whole;
    "one pattern, T = 1.1, N = 1000", cell(one_at!("1.1", "1000"), 0, "overlap") => 0.0, Absolute(0.04), Quick;
};

const fn held(parts: Parts) -> How {
    cell(parts, 0, "overlap")
}

// A pattern is said to be held where its overlap is one half or more; where it is lost, a small rest remains.
static MELTING: &[Check] = checks! { SOURCE;
    "held at 0.8 of the capacity, T = 0.1, N = 1000", held(warm_at!("0.1", "random:n=1000,p=109", "20", "400")) => 0.5, AtLeast, Quick;
    "lost at 1.3 of the capacity, T = 0.1, N = 1000", held(warm_at!("0.1", "random:n=1000,p=177", "20", "400")) => 0.5, AtMost, Quick;
    "held at 0.8 of the capacity, T = 0.3, N = 1000", held(warm_at!("0.3", "random:n=1000,p=82", "20", "400")) => 0.5, AtLeast, Whole;
    "lost at 1.3 of the capacity, T = 0.3, N = 1000", held(warm_at!("0.3", "random:n=1000,p=134", "20", "400")) => 0.5, AtMost, Whole;
    "held at 0.8 of the capacity, T = 0.5, N = 1000", held(warm_at!("0.5", "random:n=1000,p=47", "20", "400")) => 0.5, AtLeast, Whole;
    "lost at 1.3 of the capacity, T = 0.5, N = 1000", held(warm_at!("0.5", "random:n=1000,p=77", "20", "400")) => 0.5, AtMost, Whole;
    "held at 0.8 of the capacity, T = 0.7, N = 1000", held(warm_at!("0.7", "random:n=1000,p=18", "20", "400")) => 0.5, AtLeast, Whole;
    "lost at 1.3 of the capacity, T = 0.7, N = 1000", held(warm_at!("0.7", "random:n=1000,p=29", "20", "400")) => 0.5, AtMost, Whole;
};
