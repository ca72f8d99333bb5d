//! Hebb's rule on random patterns: one step, breakdown, retrieval map, blends.

use super::super::direct::{mixture_energy, mixture_fixed, mixture_overlap};
use super::super::{Check, How, Pace, Parts, Within};
use super::cell;
use Pace::{Quick, Whole};
use Within::{Absolute, Relative};

/// All lists.
pub(super) static TABLE: &[&[Check]] = &[STEP, BREAKDOWN, MAP, BLEND];

/// N units at one load.
macro_rules! hebb_at {
    ($units:literal, $load:literal) => {
        recipe!(
            concat!(
                "capacity:from=",
                $load,
                ",to=",
                $load,
                ",points=1,patterns=1000"
            ),
            concat!("random:n=", $units),
            "hebb",
            "async",
            "4"
        )
    };
}
pub(super) use hebb_at;

static STEP: &[Check] = checks! { "Hertz, Krogh, Palmer; Haykin";
    "Hebb, bit error of one step, α = 0.1", cell(hebb_at!("1000", "0.1"), 0, "bit_error") => 7.83e-4, Relative(0.25), Quick;
    "Hebb, bit error of one step, α = 0.105", cell(hebb_at!("1000", "0.105"), 0, "bit_error") => 1.0e-3, Relative(0.25), Whole;
    "Hebb, bit error of one step, α = 0.138", cell(hebb_at!("1000", "0.138"), 0, "bit_error") => 3.6e-3, Relative(0.25), Quick;
    "Hebb, bit error of one step, α = 0.185", cell(hebb_at!("1000", "0.185"), 0, "bit_error") => 1.0e-2, Relative(0.1), Whole;
    "Hebb, bit error of one step, α = 0.2", cell(hebb_at!("1000", "0.2"), 0, "bit_error") => 1.27e-2, Relative(0.1), Quick;
    "Hebb, bit error of one step, α = 0.37", cell(hebb_at!("1000", "0.37"), 0, "bit_error") => 5.0e-2, Relative(0.1), Whole;
    "Hebb, bit error of one step, α = 0.5", cell(hebb_at!("1000", "0.5"), 0, "bit_error") => 7.86e-2, Relative(0.1), Whole;
    "Hebb, bit error of one step, α = 1", cell(hebb_at!("1000", "1"), 0, "bit_error") => 0.1587, Relative(0.1), Whole;
};

static BREAKDOWN: &[Check] = checks! { "our own, breakdown of Hebb's rule";
    "share recalled, N = 500, α = 0.12", cell(hebb_at!("500", "0.12"), 0, "recalled") => 0.97, Absolute(0.08), Whole;
    "median overlap, N = 500, α = 0.12", cell(hebb_at!("500", "0.12"), 0, "q50") => 0.996, Absolute(0.005), Whole;
    "share recalled, N = 500, α = 0.138", cell(hebb_at!("500", "0.138"), 0, "recalled") => 0.94, Absolute(0.08), Quick;
    "share recalled, N = 500, α = 0.15", cell(hebb_at!("500", "0.15"), 0, "recalled") => 0.81, Absolute(0.08), Quick;
    "share recalled, N = 500, α = 0.16", cell(hebb_at!("500", "0.16"), 0, "recalled") => 0.71, Absolute(0.08), Quick;
    "share recalled, N = 500, α = 0.18", cell(hebb_at!("500", "0.18"), 0, "recalled") => 0.40, Absolute(0.08), Quick;
    "share recalled, N = 500, α = 0.2", cell(hebb_at!("500", "0.2"), 0, "recalled") => 0.15, Absolute(0.08), Quick;
    "overlap left, N = 500, α = 0.2", cell(hebb_at!("500", "0.2"), 0, "mean") => 0.50, Absolute(0.05), Quick;
    "share recalled, N = 1000, α = 0.12", cell(hebb_at!("1000", "0.12"), 0, "recalled") => 1.0, Absolute(0.08), Whole;
    "share recalled, N = 1000, α = 0.138", cell(hebb_at!("1000", "0.138"), 0, "recalled") => 0.93, Absolute(0.08), Quick;
    "share recalled, N = 1000, α = 0.15", cell(hebb_at!("1000", "0.15"), 0, "recalled") => 0.76, Absolute(0.08), Whole;
    "share recalled, N = 1000, α = 0.16", cell(hebb_at!("1000", "0.16"), 0, "recalled") => 0.57, Absolute(0.08), Whole;
    "share recalled, N = 1000, α = 0.18", cell(hebb_at!("1000", "0.18"), 0, "recalled") => 0.22, Absolute(0.08), Whole;
    "share recalled, N = 1000, α = 0.2", cell(hebb_at!("1000", "0.2"), 0, "recalled") => 0.02, Absolute(0.08), Quick;
    "overlap left, N = 1000, α = 0.2", cell(hebb_at!("1000", "0.2"), 0, "mean") => 0.35, Absolute(0.05), Quick;
};

/// Start overlaps 0.1 to 0.5 at P = 20, 50, 100, sixty starts of each set. All units move at once: one at a time, fewer
/// come back.
const STARTS: Parts = &[
    (
        "experiment",
        "basins:from=0.1,to=0.5,points=5,patterns=20,trials=3",
    ),
    ("world", "random:n=1000,p=20"),
    ("rules", "hebb"),
    ("dynamics", "sync"),
    ("repeats", "4"),
    ("vary", "world.p=20;50;100"),
];

static MAP: &[Check] = checks! { "our own, where Hebb's rule recalls, N = 1000";
    "from m = 0.2 at α = 0.02", cell(STARTS, 1, "mean") => 1.0, Absolute(0.08), Quick;
    "from m = 0.1 at α = 0.05", cell(STARTS, 5, "mean") => 0.22, Absolute(0.08), Quick;
    "from m = 0.2 at α = 0.05", cell(STARTS, 6, "mean") => 0.93, Absolute(0.08), Quick;
    "from m = 0.3 at α = 0.05", cell(STARTS, 7, "mean") => 1.0, Absolute(0.08), Quick;
    "from m = 0.2 at α = 0.1", cell(STARTS, 11, "mean") => 0.24, Absolute(0.08), Quick;
    "from m = 0.3 at α = 0.1", cell(STARTS, 12, "mean") => 0.59, Absolute(0.08), Quick;
    "from m = 0.4 at α = 0.1", cell(STARTS, 13, "mean") => 0.91, Absolute(0.08), Quick;
    "from m = 0.5 at α = 0.1", cell(STARTS, 14, "mean") => 0.995, Absolute(0.08), Quick;
};

static BLEND: &[Check] = checks! { "Amit, Gutfreund, Sompolinsky 1985";
    "blend of three patterns, share of units that stay", How::Direct(mixture_fixed) => 1.0, Absolute(0.0), Quick;
    "blend of three patterns, overlap with each", How::Direct(mixture_overlap) => 0.5, Absolute(0.05), Quick;
    "blend of three patterns, energy E/N", How::Direct(mixture_energy) => -0.375, Absolute(0.05), Quick;
};
