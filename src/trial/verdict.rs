//! The verdict in words: was it remembered, and if not, what came instead.

use super::conclusion::{Conclusion, Wanted};
use super::cue::Target;
use super::words::{count_of, definite, is_name, overlap, pattern_name, with_article};
use crate::engine::numbers::{decimals, plain};
use crate::engine::observables::{Member, RETRIEVED};
use crate::engine::patterns::Label;
use crate::engine::{Dynamics, Nature, Patterns};

impl Conclusion {
    /// The answer in large letters: "Remembered: the 3, all 784 units right"; `patterns` are those of the run.
    pub fn headline(&self, patterns: &Patterns) -> String {
        headline(self, patterns)
    }

    /// What stands beside it in grey: "after 3 sweeps".
    pub fn detail(&self, patterns: &Patterns) -> String {
        detail(self, patterns)
    }

    /// Both in one sentence: "Remembered: the 3, all 784 units right, after 3 sweeps".
    pub fn in_words(&self, patterns: &Patterns) -> String {
        in_words(self, patterns)
    }
}

/// "Remembered: the 3, all 784 units right" and the like.
fn headline(of: &Conclusion, patterns: &Patterns) -> String {
    match &of.nature {
        Nature::Original { differing, .. } => {
            let overlap = of.wanted.as_ref().map(|it| it.overlap);
            let how = exactness(of, patterns, *differing, overlap, "all UNITS right");
            let name = of
                .wanted
                .as_ref()
                .map_or_else(String::new, |it| target(it, patterns));
            match of.wanted.as_ref().map(|wanted| wanted.target) {
                Some(Target::Unseen(_)) => format!("Restored {name}, {how}"),
                Some(Target::Feature(_)) => format!("Found {name}, {how}"),
                Some(Target::Stored(_)) | None => format!("Remembered: {name}, {how}"),
            }
        }
        Nature::Stored { pattern, .. } => match &of.wanted {
            None => format!("Found a stored memory: {}", a_pattern(patterns, *pattern)),
            Some(wanted) => format!(
                "Fell into another memory: {} instead of {}",
                another(wanted, patterns, *pattern),
                target(wanted, patterns)
            ),
        },
        Nature::Negative { pattern, .. } => {
            format!("The negative of {}", negative_of(of, patterns, *pattern))
        }
        Nature::Blend { members, .. } => {
            format!("A blend of {} memories", members.len())
        }
        Nature::Blank { up } => match (patterns.alphabet().letters(), up) {
            (Some(_), _) => "Gaps at all sites: nothing was recalled".to_owned(),
            (None, false) => "All units off: nothing was recalled".to_owned(),
            (None, true) => "All units on: nothing was recalled".to_owned(),
        },
        Nature::Other { average } => {
            let close = match (average, patterns.alphabet().letters()) {
                (false, _) => "",
                (true, None) => ", close to the average pattern",
                (true, Some(_)) => ", close to the consensus",
            };
            format!("A spurious state{close}")
        }
        Nature::Cycle { length } => format!("A cycle of {length} states that never ends"),
        Nature::Unsettled => format!("Still moving, {}", held(of, patterns)),
    }
}

/// "after 3 sweeps" and the like.
fn detail(of: &Conclusion, patterns: &Patterns) -> String {
    let after = after(of);
    match &of.nature {
        Nature::Stored { differing, pattern } => {
            let how = exactness(
                of,
                patterns,
                *differing,
                Some(of.overlaps[*pattern]),
                "in all UNITS",
            );
            format!("{how}, {after}")
        }
        Nature::Negative { differing, pattern } => {
            let overlap = pattern.map(|pattern| of.overlaps[pattern].abs());
            let how = exactness(of, patterns, *differing, overlap, "in all UNITS");
            format!("{how}, {after}")
        }
        Nature::Blend {
            members, differing, ..
        } => {
            let how = exactness(of, patterns, *differing, None, "in all UNITS");
            format!("{}, {how}, {after}", blended(patterns, members))
        }
        Nature::Other { .. } => format!("{}, {after}", nearest(of, patterns)),
        Nature::Cycle { .. } => format!("{after}; {}", nearest(of, patterns)),
        Nature::Original { .. } | Nature::Blank { .. } | Nature::Unsettled => after,
    }
}

/// Both in one sentence.
fn in_words(of: &Conclusion, patterns: &Patterns) -> String {
    if of.nature == Nature::Unsettled {
        return format!("Still moving {}, {}", after(of), held(of, patterns));
    }
    // What a blend is made of, or lies near, explains it.
    let then = match of.nature {
        Nature::Blend { .. } | Nature::Other { .. } => ":",
        _ => ",",
    };
    let (headline, detail) = (headline(of, patterns), detail(of, patterns));
    format!("{headline}{then} {detail}")
}

/// "after 3 sweeps", of a heat bath with its temperature.
fn after(of: &Conclusion) -> String {
    let sweeps = count_of(of.sweeps, "sweep");
    match of.dynamics {
        Dynamics::Glauber { temperature } if temperature > 0.0 => {
            let temperature = if temperature < 0.01 {
                plain(temperature)
            } else {
                decimals(temperature, 2)
            };
            format!("after {sweeps} at T = {temperature}")
        }
        _ => format!("after {sweeps}"),
    }
}

/// `none_wrong` with how many UNITS there are, or "but for 5 units"; of continuous units what their signs are, and the
/// overlap.
fn exactness(
    of: &Conclusion,
    patterns: &Patterns,
    differing: usize,
    overlap_with: Option<f64>,
    none_wrong: &str,
) -> String {
    let noun = match (of.is_graded, patterns.alphabet().letters()) {
        (true, _) => "sign",
        (false, Some(_)) => "site",
        (false, None) => "unit",
    };
    let n_units = patterns.n_units() as u64;
    let how = match differing as u64 {
        0 => none_wrong.replace("UNITS", &count_of(n_units, noun)),
        differing => format!("but for {}", count_of(differing, noun)),
    };
    match overlap_with {
        Some(value) if of.is_graded => format!("{how}, overlap {}", overlap(value)),
        _ => how,
    }
}

/// What was asked for: "the 3", "pattern 7", "the unseen 3", "feature 2".
fn target(wanted: &Wanted, patterns: &Patterns) -> String {
    match (wanted.target, &wanted.label) {
        (Target::Stored(pattern), None) => pattern_name(patterns, pattern),
        (Target::Stored(_), Some(label)) => definite(label),
        (Target::Unseen(_), Some(label)) => format!("the unseen {label}"),
        (Target::Unseen(index), None) => format!("unseen pattern {index}"),
        (Target::Feature(feature), _) => format!("feature {feature}"),
    }
}

/// "a 9", or "pattern 7" where there are no labels.
fn a_pattern(patterns: &Patterns, pattern: usize) -> String {
    match patterns.label(pattern) {
        Some(label) => with_article(label),
        None => format!("pattern {pattern}"),
    }
}

/// What came instead: "a 9", and of the same class "another 3 (pattern 12)".
fn another(wanted: &Wanted, patterns: &Patterns, pattern: usize) -> String {
    match (patterns.label(pattern), &wanted.label) {
        (Some(label), Some(asked)) if label == asked => {
            format!("another {label} (pattern {pattern})")
        }
        _ => a_pattern(patterns, pattern),
    }
}

/// Of what it is the negative: "the 3" that was asked for, "a 9".
fn negative_of(of: &Conclusion, patterns: &Patterns, pattern: Option<usize>) -> String {
    match (&of.wanted, pattern) {
        (Some(wanted), pattern) if pattern.is_none_or(|it| wanted.target == Target::Stored(it)) => {
            target(wanted, patterns)
        }
        (_, Some(pattern)) => a_pattern(patterns, pattern),
        (_, None) => "the original".to_owned(),
    }
}

/// The members of a blend: "a 3, a 5 and the negative of an 8", and where they have no labels or names of their own "patterns 0,
/// 2 and −4".
fn blended(patterns: &Patterns, members: &[Member]) -> String {
    let is_word = |label: &Label| !is_name(label);
    let labelled = (members.iter()).all(|it| patterns.label(it.pattern).is_some_and(is_word));
    let names = members
        .iter()
        .map(|member| match patterns.label(member.pattern) {
            Some(label) if labelled && member.negated => {
                format!("the negative of {}", with_article(label))
            }
            Some(label) if labelled => with_article(label),
            _ if member.negated => format!("−{}", member.pattern),
            _ => member.pattern.to_string(),
        });
    let names: Vec<String> = names.collect();
    let (last, first) = names.split_last().expect("a blend has members");
    let noun = if labelled { "" } else { "patterns " };
    format!("{noun}{} and {last}", first.join(", "))
}

/// "nearest is pattern 3 (a 3), overlap 0.42"; of continuous units what their signs have.
fn nearest(of: &Conclusion, patterns: &Patterns) -> String {
    super::words::nearest(patterns, of.nearest, of.overlaps[of.nearest])
}

/// What a moving state is at: "holds the 3 at 0.99", "nearest is pattern 3 (a 3), overlap 0.42".
fn held(of: &Conclusion, patterns: &Patterns) -> String {
    let best = of.overlaps[of.nearest];
    match &of.wanted {
        Some(wanted) if wanted.overlap >= RETRIEVED.max(best) => {
            format!(
                "holds {} at {}",
                target(wanted, patterns),
                overlap(wanted.overlap)
            )
        }
        _ if best >= RETRIEVED => {
            format!(
                "holds {} at {}",
                a_pattern(patterns, of.nearest),
                overlap(best)
            )
        }
        _ => nearest(of, patterns),
    }
}

#[cfg(test)]
mod tests;
