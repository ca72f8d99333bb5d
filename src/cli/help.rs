//! What stands below the flags in the help of a command: examples that run as they stand, and the keys of its JSON.

use std::fmt::Write as _;

/// The keys of a JSON object, in its order, with what they hold.
pub(super) type Keys = [(&'static str, &'static str)];

/// What the keys hold that several commands have.
pub(super) const REMARKS: (&str, &str) = (
    "remarks",
    "what was mended of what was asked, and what is odd about the patterns, a sentence each",
);
pub(super) const LEFT_OUT: (&str, &str) = (
    "left_out",
    "what was opened and is not used: what, why, and how many (count)",
);
pub(super) const SEED: (&str, &str) = ("seed", "what decides everything random");
pub(super) const N_UNITS: (&str, &str) = ("n_units", "units N");
pub(super) const N_PATTERNS: (&str, &str) = ("n_patterns", "patterns P");
pub(super) const RULE: (&str, &str) = ("rule", "the learning rule with its settings");

/// Examples, a command line each.
pub(super) fn examples(lines: &[&str]) -> String {
    let mut text = "Examples:".to_owned();
    for line in lines {
        write!(text, "\n  {line}").expect("a string takes what is written");
    }
    text
}

/// Examples, and the keys of the JSON object.
pub(super) fn examples_and_keys<'a>(
    lines: &[&str],
    keys: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut text = examples(lines);
    text.push_str("\n\nThe JSON object, in this order:\n");
    for (key, help) in keys {
        write!(text, "\n  {key:<19} {help}").expect("a string takes what is written");
    }
    text
}
