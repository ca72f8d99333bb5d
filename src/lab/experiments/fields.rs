//! What experiments have in common: settings, and samples of several repeats taken together.

use crate::engine::Error;
use crate::engine::settings::{Item, Setting, SettingKind};
use crate::lab::Sample;
use crate::lab::statistics::{mean, quantile};

/// No and yes, in the order of a setting's values.
pub(super) const NO_YES: &[Item] = &[Item::new("no"), Item::new("yes")];

/// Whether the axis is logarithmic.
pub(super) const LOG: Setting = choice(
    "log",
    "Logarithmic",
    "Whether loads are at equal ratios instead of equal distances",
    NO_YES,
);

/// Stored patterns that are tried.
pub(super) const PATTERNS: Setting = whole(
    "patterns",
    "Patterns",
    "Stored patterns that cues are made of, all if there are no more: more make errors smaller",
    [1, 100_000],
);

/// Cues of each pattern.
pub(super) const TRIALS: Setting = whole(
    "trials",
    "Trials",
    "Cues of each pattern at each place on the axis: more make errors smaller",
    [1, 10_000],
);

/// Places on the axis.
pub(super) const fn points(help: &'static str) -> Setting {
    whole("points", "Points", help, [1, 1001])
}

/// Overlap of cues with their pattern.
pub(super) const fn start(help: &'static str) -> Setting {
    number("start", "Start overlap", help, [0.0, 1.0], false)
}

/// A whole-number setting of an experiment.
pub(super) const fn whole(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    [min, max]: [i32; 2],
) -> Setting {
    Setting {
        key,
        label,
        help,
        kind: SettingKind::Whole {
            min,
            max,
            logarithmic: true,
        },
    }
}

/// A number as a setting of an experiment.
pub(super) const fn number(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    [min, max]: [f64; 2],
    logarithmic: bool,
) -> Setting {
    Setting {
        key,
        label,
        help,
        kind: SettingKind::Number {
            min,
            max,
            logarithmic,
        },
    }
}

/// A choice as a setting of an experiment.
pub(super) const fn choice(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    items: &'static [Item],
) -> Setting {
    Setting {
        key,
        label,
        help,
        kind: SettingKind::Choice(items),
    }
}

/// Refuses ends of an axis, called `names`, that are not in order or of as many points as fit between.
pub(super) fn check_ends(
    names: [&'static str; 2],
    [from, to]: [f64; 2],
    points: usize,
    logarithmic: bool,
) -> Result<(), Error> {
    let [low, high] = names;
    let refusal = |range: String| Error::Range {
        setting: low,
        range,
        value: format!("{from} with {high}={to} and points={points}"),
    };
    if from > to || (from == to) != (points == 1) {
        return Err(refusal(format!("below {high}, or the same with points=1")));
    }
    if logarithmic && from <= 0.0 {
        return Err(refusal("above 0 where steps are logarithmic".to_owned()));
    }
    Ok(())
}

/// List `list` of each sample.
pub(super) fn lists(samples: &[Sample], list: usize) -> Vec<Vec<f64>> {
    let lists = samples.iter().filter_map(|sample| sample.get(list));
    lists.cloned().collect()
}

/// List `list` of all samples, one after the other.
pub(super) fn pooled(samples: &[Sample], list: usize) -> Vec<f64> {
    lists(samples, list).concat()
}

/// The share of `values` that are as `is` says; none of nothing.
pub(super) fn share(values: &[f64], is: impl Fn(f64) -> bool) -> Option<f64> {
    let count = values.iter().filter(|value| is(**value)).count();
    (!values.is_empty()).then(|| count as f64 / values.len() as f64)
}

/// The error √(p(1 − p)/n) of a share p of n.
pub(super) fn binomial_error(share: Option<f64>, n: usize) -> Option<f64> {
    share.map(|p| (p * (1.0 - p) / n as f64).sqrt())
}

/// Lower quartile, median and upper quartile.
pub(super) fn quartiles(values: &[f64]) -> [Option<f64>; 3] {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    [0.25, 0.5, 0.75].map(|part| quantile(&sorted, part))
}

/// Means of `lists` by independent blocks: of every `block` values of the one there is, or of each of several.
pub(super) fn block_means(lists: &[Vec<f64>], block: usize) -> Vec<f64> {
    match lists {
        [one] => one.chunks(block.max(1)).filter_map(mean).collect(),
        many => many.iter().filter_map(|list| mean(list)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_that_do_not_fit_are_refused_in_a_sentence() {
        let check = |ends, points, log| check_ends(["from", "to"], ends, points, log);
        assert!(check([0.0, 1.0], 5, false).is_ok() && check([1.0, 1.0], 1, true).is_ok());
        for (ends, points, log) in [
            ([1.0, 0.5], 5, false),
            ([0.5, 0.5], 2, false),
            ([0.1, 0.5], 1, false),
            ([0.0, 1.0], 5, true),
        ] {
            let refused = check(ends, points, log).unwrap_err().to_string();
            assert!(refused.starts_with("from must be"), "{refused}");
        }
    }

    #[test]
    fn blocks_are_patterns_or_repeats() {
        let lists = [vec![1.0, 3.0, 5.0, 7.0]];
        assert_eq!(block_means(&lists, 2), [2.0, 6.0]);
        let lists = [vec![1.0, 3.0], vec![5.0, 7.0]];
        assert_eq!(block_means(&lists, 2), [2.0, 6.0]);
        assert_eq!(binomial_error(share(&lists[0], |x| x > 2.0), 4), Some(0.25));
        assert_eq!(quartiles(&[3.0, 1.0, 2.0])[1], Some(2.0));
    }
}
