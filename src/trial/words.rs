//! What patterns and numbers are called: one place, so that window and command line say the same.

use crate::engine::Patterns;
pub use crate::engine::numbers::{count_of, overlap};

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
    let first = label.chars().next().unwrap_or_default();
    let spoken_with_vowel = if label.len() == 1 {
        "8AEFHILMNORSX".contains(first)
    } else {
        "aeiou".contains(first)
    };
    match (is_name(label), spoken_with_vowel) {
        (true, _) => label.to_owned(),
        (false, true) => format!("an {label}"),
        (false, false) => format!("a {label}"),
    }
}

/// "the 3", "the heart"; names of their own stay as they are: "GLPG_ECOLI".
pub fn definite(label: &str) -> String {
    if is_name(label) {
        label.to_owned()
    } else {
        format!("the {label}")
    }
}

/// "nearest is pattern 3 (a 3), overlap 0.98", "nearest is the negative of pattern 3 (a 3), overlap −0.98".
pub fn nearest(patterns: &Patterns, pattern: usize, m: f64) -> String {
    let name = signed_name(&pattern_name(patterns, pattern), m);
    format!("nearest is {name}, overlap {}", overlap(m))
}

/// `name`, or "the negative of" it where the overlap `m` is below 0.
pub fn signed_name(name: &str, m: f64) -> String {
    if m < 0.0 {
        format!("the negative of {name}")
    } else {
        name.to_owned()
    }
}

/// Whether a label is a name of its own, and not a word or a letter of which there are many.
pub(super) fn is_name(label: &str) -> bool {
    label.chars().nth(1).is_some() && !label.chars().all(|c| c.is_lowercase() || c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;
    use ndarray::Array2;

    #[test]
    fn names_read_as_names() {
        let said = ["heart", "arrow", "A", "B", "8", "GLPG_ECOLI", "12"].map(with_article);
        assert_eq!(
            said,
            [
                "a heart",
                "an arrow",
                "an A",
                "a B",
                "an 8",
                "GLPG_ECOLI",
                "12"
            ]
        );
        let said = ["heart", "A", "GLPG_ECOLI"].map(definite);
        assert_eq!(said, ["the heart", "the A", "GLPG_ECOLI"]);
    }

    #[test]
    fn the_nearest_is_said_with_its_sign() {
        let labels = vec!["0".into(), "8".into()];
        let patterns = Patterns::new(Array2::ones((2, 4)), Grid::square(2), Some(labels)).unwrap();
        assert_eq!(
            nearest(&patterns, 1, 0.424),
            "nearest is pattern 1 (an 8), overlap 0.42"
        );
        assert_eq!(
            nearest(&patterns, 1, -0.424),
            "nearest is the negative of pattern 1 (an 8), overlap −0.42"
        );
    }
}
