//! The published numbers, a list for each source. Numbers marked "our own" were measured with another program.

use super::{Check, How, Within};
use crate::engine::theory::{gardner, mean_field};

mod paper_a;
mod rules;

/// All lists.
pub(super) static TABLE: &[&[&[Check]]] = &[
    &[STEP, MEAN_FIELD, BREAKDOWN, GARDNER],
    rules::TABLE,
    paper_a::TABLE,
];

type Parts = &'static [(&'static str, &'static str)];

const fn check(
    source: &'static str,
    what: &'static str,
    how: How,
    published: f64,
    within: Within,
    quick: bool,
) -> Check {
    Check {
        source,
        what,
        how,
        published,
        within,
        quick,
    }
}

/// Hebb's rule on random patterns at one load, N = 1000.
macro_rules! hebb_at {
    ($load:literal) => {
        &[
            (
                "experiment",
                concat!(
                    "capacity:from=",
                    $load,
                    ",to=",
                    $load,
                    ",points=1,patterns=1000"
                ),
            ),
            ("world", "random:n=1000"),
            ("rules", "hebb"),
            ("dynamics", "async"),
            ("repeats", "4"),
        ]
    };
}

const HERTZ: &str = "Hertz, Krogh, Palmer; Haykin";

static STEP: &[Check] = &[
    check(
        HERTZ,
        "Hebb, bit error of one step, α = 0.1",
        How::Cell(hebb_at!("0.1"), 0, "bit_error"),
        7.83e-4,
        Within::Relative(0.25),
        true,
    ),
    check(
        HERTZ,
        "Hebb, bit error of one step, α = 0.138",
        How::Cell(hebb_at!("0.138"), 0, "bit_error"),
        3.6e-3,
        Within::Relative(0.25),
        true,
    ),
    check(
        HERTZ,
        "Hebb, bit error of one step, α = 0.2",
        How::Cell(hebb_at!("0.2"), 0, "bit_error"),
        1.27e-2,
        Within::Relative(0.1),
        true,
    ),
    check(
        HERTZ,
        "Hebb, bit error of one step, α = 0.37",
        How::Cell(hebb_at!("0.37"), 0, "bit_error"),
        5.0e-2,
        Within::Relative(0.1),
        false,
    ),
    check(
        HERTZ,
        "Hebb, bit error of one step, α = 0.5",
        How::Cell(hebb_at!("0.5"), 0, "bit_error"),
        7.86e-2,
        Within::Relative(0.1),
        false,
    ),
    check(
        HERTZ,
        "Hebb, bit error of one step, α = 1",
        How::Cell(hebb_at!("1"), 0, "bit_error"),
        0.1587,
        Within::Relative(0.1),
        false,
    ),
];

const MEAN_FIELD_THEORY: &str = "Amit, Gutfreund, Sompolinsky 1987";

static MEAN_FIELD: &[Check] = &[
    check(
        MEAN_FIELD_THEORY,
        "capacity of Hebb's rule at T = 0, closed form",
        How::Form(|| mean_field::HEBB_CAPACITY),
        0.137_906,
        Within::Absolute(5e-5),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at α = 0.10, closed form",
        How::Form(|| mean_field::hebb_overlap(0.1).unwrap_or(0.0)),
        0.9980,
        Within::Absolute(1e-4),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at α = 0.1375, closed form",
        How::Form(|| mean_field::hebb_overlap(0.1375).unwrap_or(0.0)),
        0.9730,
        Within::Absolute(1e-4),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at α = 0.10, N = 1000",
        How::Cell(hebb_at!("0.1"), 0, "mean"),
        0.9980,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at α = 0.12, N = 1000",
        How::Cell(hebb_at!("0.12"), 0, "mean"),
        0.9932,
        Within::Absolute(0.005),
        false,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.1, closed form",
        How::Form(|| mean_field::critical_load(0.1)),
        0.136,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.2, closed form",
        How::Form(|| mean_field::critical_load(0.2)),
        0.123,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.3, closed form",
        How::Form(|| mean_field::critical_load(0.3)),
        0.103,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.4, closed form",
        How::Form(|| mean_field::critical_load(0.4)),
        0.081,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.5, closed form",
        How::Form(|| mean_field::critical_load(0.5)),
        0.059,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.6, closed form",
        How::Form(|| mean_field::critical_load(0.6)),
        0.039,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.7, closed form",
        How::Form(|| mean_field::critical_load(0.7)),
        0.022,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "capacity at T = 0.8, closed form",
        How::Form(|| mean_field::critical_load(0.8)),
        0.01,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at T = 0.2, α = 0.05, closed form",
        How::Form(|| mean_field::hebb_overlap_at(0.2, 0.05).unwrap_or(0.0)),
        0.9989,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at T = 0.5, α = 0.02, closed form",
        How::Form(|| mean_field::hebb_overlap_at(0.5, 0.02).unwrap_or(0.0)),
        0.945,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at T = 0.5, α = 0.05, closed form",
        How::Form(|| mean_field::hebb_overlap_at(0.5, 0.05).unwrap_or(0.0)),
        0.9041,
        Within::Absolute(0.001),
        true,
    ),
    check(
        MEAN_FIELD_THEORY,
        "overlap at T = 0.3, α = 0.1, closed form",
        How::Form(|| mean_field::hebb_overlap_at(0.3, 0.1).unwrap_or(0.0)),
        0.953,
        Within::Absolute(0.001),
        true,
    ),
];

const OWN: &str = "our own";

static BREAKDOWN: &[Check] = &[
    check(
        OWN,
        "Hebb, N = 1000, share recalled at α = 0.138",
        How::Cell(hebb_at!("0.138"), 0, "recalled"),
        0.93,
        Within::Absolute(0.08),
        true,
    ),
    check(
        OWN,
        "Hebb, N = 1000, share recalled at α = 0.15",
        How::Cell(hebb_at!("0.15"), 0, "recalled"),
        0.76,
        Within::Absolute(0.08),
        false,
    ),
    check(
        OWN,
        "Hebb, N = 1000, share recalled at α = 0.16",
        How::Cell(hebb_at!("0.16"), 0, "recalled"),
        0.57,
        Within::Absolute(0.08),
        false,
    ),
    check(
        OWN,
        "Hebb, N = 1000, share recalled at α = 0.18",
        How::Cell(hebb_at!("0.18"), 0, "recalled"),
        0.22,
        Within::Absolute(0.08),
        false,
    ),
    check(
        OWN,
        "Hebb, N = 1000, overlap left at α = 0.2",
        How::Cell(hebb_at!("0.2"), 0, "mean"),
        0.35,
        Within::Absolute(0.05),
        true,
    ),
];

static GARDNER: &[Check] = &[
    check(
        "Gardner 1988",
        "largest stability at α = 0.4, closed form",
        How::Form(|| gardner::largest_stability(0.4).unwrap_or(0.0)),
        1.242,
        Within::Absolute(1e-3),
        true,
    ),
    check(
        "Gardner 1988",
        "largest load at κ = 0, closed form",
        How::Form(|| gardner::largest_load(0.0)),
        2.0,
        Within::Absolute(1e-9),
        true,
    ),
];
