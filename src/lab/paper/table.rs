//! The published numbers, a list for each source. Those of "our own" were measured with another program.
//!
//! What stands in a list and how far apart numbers may be was fixed before they were measured. Where a number needs a
//! protocol that its source leaves open, the list says which was taken and why.

use super::{Check, How, Parts, Taken};

/// The checks of one source: what, how, the number, how far it may be away, when it is run.
macro_rules! checks {
    ($source:expr; $($what:expr, $how:expr => $published:expr, $within:expr, $pace:expr;)*) => {
        &[$(Check {
            source: $source,
            what: $what,
            how: $how,
            published: $published,
            within: $within,
            pace: $pace,
        }),*]
    };
}

/// Parts of a recipe: experiment, world, rules, dynamics, repeats, and the most sweeps.
macro_rules! recipe {
    ($experiment:expr, $world:expr, $rules:expr, $dynamics:expr, $repeats:expr) => {
        recipe!($experiment, $world, $rules, $dynamics, $repeats, "100")
    };
    ($experiment:expr, $world:expr, $rules:expr, $dynamics:expr, $repeats:expr, $sweeps:expr) => {
        &[
            ("experiment", $experiment),
            ("world", $world),
            ("rules", $rules),
            ("dynamics", $dynamics),
            ("repeats", $repeats),
            ("max-sweeps", $sweeps),
        ]
    };
}

mod basins;
mod convergence;
mod dense;
mod digits;
mod features;
mod gardner;
mod hebb;
mod lattice;
mod learning;
mod mean_field;
mod proteins;
mod signal_to_noise;

/// All lists, in the order in which they are shown.
pub(super) static TABLE: &[&[&[Check]]] = &[
    hebb::TABLE,
    mean_field::TABLE,
    signal_to_noise::TABLE,
    gardner::TABLE,
    learning::TABLE,
    basins::TABLE,
    convergence::TABLE,
    dense::TABLE,
    features::TABLE,
    proteins::TABLE,
    digits::TABLE,
    lattice::TABLE,
];

/// The entry of `row` in `column`.
const fn cell(parts: Parts, row: usize, column: &'static str) -> How {
    How::Run(parts, Taken::Cell(row, column))
}

/// What is read off the curve of `series`.
const fn read(parts: Parts, series: usize, key: &'static str) -> How {
    How::Run(parts, Taken::Read(series, key))
}

/// The entry of the second less that of the first.
const fn rise(parts: Parts, from: (usize, &'static str), to: (usize, &'static str)) -> How {
    How::Rise(parts, Taken::Cell(from.0, from.1), Taken::Cell(to.0, to.1))
}
