//! A further axis: any setting of a recipe, and the values that it takes in turn.

use crate::engine::Error;
use crate::engine::settings::Value;
use std::fmt;

/// The most values of one axis.
const MAX_VALUES: usize = 1_000_000;

/// A setting by its path (see [`Recipe::set`]) and the values that it takes.
///
/// [`Recipe::set`]: crate::trial::Recipe::set
#[derive(Debug, Clone, PartialEq)]
pub struct Vary {
    /// Which setting: `rule.ridge`, `world.p`, `dynamics.temperature`, `alteration.dilution`, `seed`, `sweeps`, or one of
    /// the experiment, as `experiment.start`. Nothing of the cue: experiments make theirs.
    pub path: String,
    /// Its values, in the order of the rows.
    pub values: Vec<Value>,
    /// As it was written.
    written: String,
}

impl fmt::Display for Vary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Vary {
    /// What `text` writes: `PATH=low..high/steps`, both ends included, `/log` after it for equal ratios; `PATH=low..high`
    /// in steps of 1 where both ends are whole numbers; or `PATH=a;b;c`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (path, values) = text.split_once('=').ok_or_else(|| malformed(text))?;
        let (path, values) = (path.trim(), values.trim());
        if path.is_empty() || values.is_empty() {
            return Err(malformed(text));
        }
        let values = match values.split_once("..") {
            Some((low, rest)) => range(text, low, rest)?,
            None => values.split(';').map(|value| value.trim().into()).collect(),
        };
        if values
            .iter()
            .any(|value| matches!(value, Value::Text(text) if text.is_empty()))
        {
            return Err(malformed(text));
        }
        Ok(Self {
            path: path.to_owned(),
            values,
            written: text.to_owned(),
        })
    }
}

fn malformed(text: &str) -> Error {
    Error::Range {
        setting: "an axis",
        range: "written PATH=low..high/steps, PATH=low..high/steps/log, PATH=low..high in steps of 1 where both ends \
                are whole numbers, or PATH=a;b;c"
            .to_owned(),
        value: format!("'{text}'"),
    }
}

/// The values of `low..high/steps`, `low..high/steps/log` or, of whole numbers, `low..high`.
fn range(text: &str, low: &str, rest: &str) -> Result<Vec<Value>, Error> {
    let mut parts = rest.split('/');
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|it| it.is_finite());
    let low = number(low).ok_or_else(|| malformed(text))?;
    let high = parts.next().and_then(number);
    let high = high.ok_or_else(|| malformed(text))?;
    let steps = match parts.next() {
        Some(steps) => steps.trim().parse().ok(),
        None => whole_steps(low, high),
    };
    let steps: usize = steps.ok_or_else(|| malformed(text))?;
    let logarithmic = match (parts.next(), parts.next()) {
        (None, None) => false,
        (Some("log"), None) => true,
        _ => return Err(malformed(text)),
    };
    let problem = |range: &str| Error::Range {
        setting: "an axis",
        range: range.to_owned(),
        value: format!("'{text}'"),
    };
    if low > high || (low == high && steps > 1) || steps == 0 || (steps == 1 && low < high) {
        return Err(problem(
            "a range that is not empty, of as many values as fit into it",
        ));
    }
    if steps > MAX_VALUES {
        return Err(problem("of a million values at the most"));
    }
    if logarithmic && low <= 0.0 {
        return Err(problem("above 0 where its steps are logarithmic"));
    }
    let spaced = spaced(low, high, steps, logarithmic);
    Ok(spaced.into_iter().map(Value::Number).collect())
}

/// How many values steps of 1 make from `low` to `high`, both included; none where one of them is not whole.
fn whole_steps(low: f64, high: f64) -> Option<usize> {
    let are_whole = low.fract() == 0.0 && high.fract() == 0.0;
    // A range the wrong way round is refused like any other.
    are_whole.then(|| ((high - low).max(0.0) as usize).saturating_add(1))
}

/// So many numbers from `low` to `high`, both included, at equal distances or ratios.
pub(super) fn spaced(low: f64, high: f64, steps: usize, logarithmic: bool) -> Vec<f64> {
    let last = steps.saturating_sub(1).max(1) as f64;
    let at = |step: usize| match (step, logarithmic) {
        (0, _) => low,
        (step, _) if step + 1 == steps => high,
        (step, false) => short(low + (high - low) * step as f64 / last),
        (step, true) => low * libm::exp(libm::log(high / low) * step as f64 / last),
    };
    (0..steps).map(at).collect()
}

/// The number without what rounding left behind its twelfth decimal: 0.15 and not 0.15000000000000002.
fn short(number: f64) -> f64 {
    (number * 1e12).round() / 1e12
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<f64> {
        let values = Vary::parse(text).unwrap().values;
        let number = |value: &Value| match value {
            Value::Number(number) => *number,
            other => panic!("{other} is no number"),
        };
        values.iter().map(number).collect()
    }

    #[test]
    fn ranges_have_both_ends() {
        assert_eq!(numbers("world.p=10..40/4"), [10.0, 20.0, 30.0, 40.0]);
        assert_eq!(numbers("a=0..1/21")[3], 0.15);
        let ratios = numbers("a=0.1..100/4/log");
        assert_eq!((ratios[0], ratios[3]), (0.1, 100.0));
        assert!((ratios[1] - 1.0).abs() < 1e-12 && (ratios[2] - 10.0).abs() < 1e-11);
        assert_eq!(numbers("a=5..5/1"), [5.0]);
    }

    #[test]
    fn whole_ends_without_steps_are_one_apart() {
        assert_eq!(numbers("rule.n=2..6"), [2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(numbers("a=-1..1"), [-1.0, 0.0, 1.0]);
        assert_eq!(numbers("a=5..5"), [5.0]);
        let refused = Vary::parse("a=0..2.5").unwrap_err().to_string();
        assert!(refused.contains("steps of 1 where both ends"), "{refused}");
    }

    #[test]
    fn lists_are_as_they_are_written() {
        let vary = Vary::parse("rule.start=hebb;zero").unwrap();
        assert_eq!(vary.values, ["hebb".into(), "zero".into()]);
        assert_eq!(vary.to_string(), "rule.start=hebb;zero");
    }

    #[test]
    fn what_is_no_axis_is_refused_in_a_sentence() {
        for text in [
            "",
            "a",
            "a=",
            "=1..2/3",
            "a=2..1/3",
            "a=1..2/0",
            "a=1..2/1",
            "a=1..1/2",
            "a=1..2.5",
            "a=0.5..2",
            "a=6..2",
            "a=1..9999999",
            "a=1..1e300",
            "a=1..2/",
            "a=0..2/3/log",
            "a=1..2/3/lin",
            "a=1..2/3/log/4",
            "a=1;;2",
            "a=nan..2/3",
            "a=1..2/9999999",
        ] {
            let refused = Vary::parse(text).unwrap_err().to_string();
            assert!(refused.starts_with("an axis must be"), "{text}: {refused}");
        }
    }
}
