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
                .map(|(pattern, as_stored)| member(patterns, *pattern, *as_stored))
                .collect();
            format!(
                "a mixture of {}: {}; {}",
                members.len(),
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
    entry_name("pattern", patterns, pattern)
}

/// The same for patterns that are called something else: "feature 9", "unseen 9 (a 3)".
pub fn entry_name(noun: &str, patterns: &Patterns, pattern: usize) -> String {
    match patterns.label(pattern) {
        Some(label) => format!("{noun} {pattern} ({})", with_article(label)),
        None => format!("{noun} {pattern}"),
    }
}

/// "a 3", "an 8", "an A", "a heart"; names of their own stay as they are: "GLPG_ECOLI".
pub fn with_article(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().unwrap_or_default();
    let is_name = letters.next().is_some() && !label.chars().all(|c| c.is_lowercase() || c == ' ');
    let spoken_with_vowel = if label.len() == 1 {
        "8AEFHILMNORSX".contains(first)
    } else {
        "aeiou".contains(first)
    };
    match (is_name, spoken_with_vowel) {
        (true, _) => label.to_owned(),
        (false, true) => format!("an {label}"),
        (false, false) => format!("a {label}"),
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

/// A number with two decimals and a minus sign worth the name.
pub fn signed(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

/// "9 (3)", or "not 9 (3)" for a pattern that enters inverted.
fn member(patterns: &Patterns, pattern: usize, as_stored: bool) -> String {
    let not = if as_stored { "" } else { "not " };
    match patterns.label(pattern) {
        Some(label) => format!("{not}{pattern} ({label})"),
        None => format!("{not}{pattern}"),
    }
}

fn exactness(differing: usize) -> String {
    match differing {
        0 => "exactly".to_owned(),
        1 => "but for 1 unit".to_owned(),
        units => format!("but for {units} units"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;
    use ndarray::Array2;

    #[test]
    fn sentences_read_as_sentences() {
        let rows = Array2::ones((9, 4));
        let labels = (0..9).map(|label: u8| label.to_string().into()).collect();
        let patterns = Patterns::new(rows, Grid::square(2), Some(labels)).unwrap();
        let say = |it: Nature| nature(&it, &patterns);
        assert_eq!(
            say(Nature::Stored {
                pattern: 3,
                differing: 0
            }),
            "stored pattern 3 (a 3), exactly"
        );
        let said = ["heart", "arrow", "A", "B", "GLPG_ECOLI", "12"].map(with_article);
        assert_eq!(
            said,
            ["a heart", "an arrow", "an A", "a B", "GLPG_ECOLI", "12"]
        );
        assert_eq!(
            say(Nature::Inverse {
                pattern: 8,
                differing: 1
            }),
            "the inverse of stored pattern 8 (an 8), but for 1 unit"
        );
        let mixture = Nature::Mixture {
            patterns: vec![(3, true), (5, false), (7, true)],
            differing: 2,
        };
        assert_eq!(
            say(mixture),
            "a mixture of 3: 3 (3), not 5 (5), 7 (7); but for 2 units"
        );
        assert_eq!(
            say(Nature::Neither { nearest: 2 }),
            "none of the stored patterns; nearest is pattern 2 (a 2)"
        );
        assert_eq!(
            verdict(Verdict::Cycle { length: 2 }, 1),
            "Cycle of length 2 after 1 sweep"
        );
    }
}
