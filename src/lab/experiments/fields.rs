//! What experiments have in common: settings, and samples of several repeats taken together.

use crate::engine::Error;
use crate::engine::settings::{Item, Setting, SettingKind};
use crate::lab::Sample;
use crate::lab::statistics::{crossing, mean};

/// No and yes, in the order of a setting's values.
pub(super) const NO_YES: &[Item] = &[Item::new("no"), Item::new("yes")];

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

/// List `list` of all samples, one after the other.
pub(super) fn pooled(samples: &[Sample], list: usize) -> Vec<f64> {
    let lists = samples.iter().filter_map(|sample| sample.get(list));
    lists.flatten().copied().collect()
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

/// Means of `lists` by independent blocks: of every `block` values of the one there is, or of each of several.
pub(super) fn block_means(lists: &[Vec<f64>], block: usize) -> Vec<f64> {
    match lists {
        [one] => one.chunks(block.max(1)).filter_map(mean).collect(),
        many => many.iter().filter_map(|list| mean(list)).collect(),
    }
}

/// The place up to which all heights are at least `level`: [`crossing`] from the other side.
pub(super) fn falling(x: &[f64], y: &[f64], level: f64) -> Option<f64> {
    let back = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
    crossing(&back(x), &back(y), level)
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
    fn curves_that_fall_are_read_from_the_left() {
        let x = [0.0, 0.5, 1.0];
        assert_eq!(falling(&x, &[1.0, 0.8, 0.0], 0.4), Some(0.75));
        assert_eq!(falling(&x, &[0.3, 0.8, 0.0], 0.4), None);
        assert_eq!(falling(&x, &[0.9, 0.8, 0.7], 0.4), Some(1.0));
    }

    #[test]
    fn blocks_are_patterns_or_repeats() {
        let lists = [vec![1.0, 3.0, 5.0, 7.0]];
        assert_eq!(block_means(&lists, 2), [2.0, 6.0]);
        let lists = [vec![1.0, 3.0], vec![5.0, 7.0]];
        assert_eq!(block_means(&lists, 2), [2.0, 6.0]);
        assert_eq!(binomial_error(share(&lists[0], |x| x > 2.0), 4), Some(0.25));
    }
}
