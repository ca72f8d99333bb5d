//! What happened, in words: one place, so that window and command line say the same.

use crate::engine::{Nature, Patterns, Verdict};

/// "stored pattern 9 (a 3), exactly" and the like. Patterns count from 0.
pub fn nature(nature: &Nature, patterns: &Patterns) -> String {
    match nature {
        Nature::Stored { pattern, differing } => {
            format!(
                "stored {}, {}",
                pattern_name(patterns, *pattern),
                exactness(*differing)
            )
        }
        Nature::Inverse { pattern, differing } => {
            format!(
                "the inverse of stored {}, {}",
                pattern_name(patterns, *pattern),
                exactness(*differing)
            )
        }
        Nature::Mixture {
            patterns: members,
            differing,
        } => {
            let names: Vec<String> = members
                .iter()
                .map(|(pattern, as_stored)| {
                    let name = pattern_name(patterns, *pattern);
                    if *as_stored {
                        name
                    } else {
                        format!("inverted {name}")
                    }
                })
                .collect();
            format!(
                "a mixture of {}, {}",
                names.join(", "),
                exactness(*differing)
            )
        }
        Nature::Neither { nearest } => {
            format!(
                "none of the stored patterns; nearest is {}",
                pattern_name(patterns, *nearest)
            )
        }
    }
}

/// "pattern 9 (a 3)", or "pattern 9" where there are no labels.
pub fn pattern_name(patterns: &Patterns, pattern: usize) -> String {
    match patterns.label(pattern) {
        Some(8) => format!("pattern {pattern} (an 8)"),
        Some(label) => format!("pattern {pattern} (a {label})"),
        None => format!("pattern {pattern}"),
    }
}

/// "Fixed point after 3 sweeps" and the like.
pub fn verdict(verdict: Verdict, sweeps: u64) -> String {
    let sweeps = if sweeps == 1 {
        "1 sweep".to_owned()
    } else {
        format!("{sweeps} sweeps")
    };
    match verdict {
        Verdict::FixedPoint => format!("Fixed point after {sweeps}"),
        Verdict::Cycle { length } => format!("Cycle of length {length} after {sweeps}"),
        Verdict::NotSettled { .. } => format!("Not settled after {sweeps}"),
    }
}

fn exactness(differing: usize) -> String {
    match differing {
        0 => "exactly".to_owned(),
        1 => "but for 1 unit".to_owned(),
        units => format!("but for {units} units"),
    }
}
