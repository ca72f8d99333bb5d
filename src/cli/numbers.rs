//! Numbers on the command line, refused with a sentence that says what was expected.

use crate::engine::Error;
use crate::lab::portraits::table::{MAX_COUNT, MAX_SIDE};
use crate::trial::MAX_SWEEPS;
use crate::worlds::random::MAX_STORED;

/// A number of patterns to store, as many as any world can have; each refuses what is too much for itself.
pub(super) fn patterns(text: &str) -> Result<usize, Error> {
    within(text, "the number of stored patterns", 1, MAX_STORED as u64).map(|n| n as usize)
}

/// A gray level.
pub(super) fn threshold(text: &str) -> Result<u8, Error> {
    within(text, "the threshold", 0, u64::from(u8::MAX)).map(|gray| gray as u8)
}

/// A number of sweeps.
pub(super) fn sweeps(text: &str) -> Result<u64, Error> {
    within(text, "the number of sweeps", 1, MAX_SWEEPS)
}

/// A seed.
pub(super) fn seed(text: &str) -> Result<u64, Error> {
    within(text, "the seed", 0, u64::MAX)
}

/// A number of threads.
pub(super) fn threads(text: &str) -> Result<usize, Error> {
    within(text, "the number of threads", 1, 1024).map(|n| n as usize)
}

/// A number of repeats.
pub(super) fn repeats(text: &str) -> Result<usize, Error> {
    within(text, "the number of repeats", 1, 10_000).map(|n| n as usize)
}

/// One part of so many, `I/N`, I from 1.
pub(super) fn shard(text: &str) -> Result<(usize, usize), Error> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(shard, of)| Some((shard.parse().ok()?, of.parse().ok()?)));
    let fits = parts.filter(|(shard, of)| (1..=*of).contains(shard) && *of <= 1_000_000);
    fits.ok_or_else(|| Error::Range {
        setting: "the shard",
        range: "written I/N, with I from 1 to N".to_owned(),
        value: format!("'{text}'"),
    })
}

/// Pixels along a side.
pub(super) fn side(text: &str) -> Result<usize, Error> {
    within(text, "the side", 2, MAX_SIDE as u64).map(|n| n as usize)
}

/// A number of starts.
pub(super) fn count(text: &str) -> Result<u64, Error> {
    within(text, "the number of starts", 1, MAX_COUNT)
}

/// A number of pairs.
pub(super) fn pairs(text: &str) -> Result<usize, Error> {
    within(text, "the number of pairs", 1, u64::from(u32::MAX)).map(|n| n as usize)
}

/// A number of unseen patterns.
pub(super) fn unseen(text: &str) -> Result<usize, Error> {
    within(
        text,
        "the number of unseen patterns",
        1,
        u64::from(u32::MAX),
    )
    .map(|n| n as usize)
}

/// A number of units that theory is asked about.
pub(super) fn units(text: &str) -> Result<usize, Error> {
    within(text, "the number of units", 2, 1_000_000).map(|n| n as usize)
}

/// A number of patterns that theory is asked about.
pub(super) fn many_patterns(text: &str) -> Result<usize, Error> {
    within(text, "the number of patterns", 1, 1_000_000_000_000).map(|n| n as usize)
}

/// A mean activity.
pub(super) fn activity(text: &str) -> Result<f64, Error> {
    let number = text.parse().ok();
    let fitting = number.filter(|number| (-1.0..=1.0).contains(number));
    fitting.ok_or_else(|| Error::Range {
        setting: "the mean activity",
        range: "a number from -1 to 1".to_owned(),
        value: format!("'{text}'"),
    })
}

fn within(text: &str, setting: &'static str, min: u64, max: u64) -> Result<u64, Error> {
    let number = text.parse().ok();
    let fitting = number.filter(|number| (min..=max).contains(number));
    fitting.ok_or_else(|| Error::Range {
        setting,
        range: format!("a whole number from {min} to {max}"),
        value: format!("'{text}'"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_ranges_are_admitted_and_no_more() {
        assert_eq!(seed("18446744073709551615").unwrap(), u64::MAX);
        assert_eq!(
            (patterns("1").unwrap(), patterns("200000").unwrap()),
            (1, 200_000)
        );
        assert_eq!(
            (threshold("0").unwrap(), threshold("255").unwrap()),
            (0, 255)
        );
        for text in [
            "",
            "-1",
            "0",
            "200001",
            "1e3",
            "NaN",
            "99999999999999999999",
        ] {
            assert!(patterns(text).is_err(), "{text}");
        }
        assert!(threshold("256").is_err() && sweeps("10001").is_err() && seed("-1").is_err());
    }
}
