//! Settings that have a name, a range and a sentence of help: what sliders, command line and help read of rules
//! and of worlds alike.

use super::error::Error;

/// One setting of a rule or a world.
#[derive(Debug, PartialEq)]
pub struct Setting {
    /// Name on the command line, lower case.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What the setting does, and what larger does.
    pub help: &'static str,
    /// What it can be.
    pub kind: SettingKind,
}

/// What a setting can be.
#[derive(Debug, PartialEq)]
pub enum SettingKind {
    /// A number in a range, on a logarithmic slider if `logarithmic`.
    Number {
        /// Smallest admitted value.
        min: f64,
        /// Largest admitted value.
        max: f64,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
    },
    /// A whole number in a range, on a logarithmic slider if `logarithmic`.
    Whole {
        /// Smallest admitted value.
        min: u32,
        /// Largest admitted value.
        max: u32,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
    },
    /// One of these names; its value is the index.
    Choice(&'static [&'static str]),
    /// Some of these names, at least one; its value is the sum of 2^index over them.
    Several(&'static [&'static str]),
}

impl Setting {
    /// Refuses what the setting does not admit.
    pub fn check(&self, value: f64) -> Result<(), Error> {
        let (fits, range) = match self.kind {
            SettingKind::Number { min, max, .. } => (
                (min..=max).contains(&value),
                format!("a number from {min} to {max}"),
            ),
            SettingKind::Whole { min, max, .. } => (
                (f64::from(min)..=f64::from(max)).contains(&value) && value.fract() == 0.0,
                format!("a whole number from {min} to {max}"),
            ),
            SettingKind::Choice(names) => (
                (0..names.len()).any(|index| index as f64 == value),
                format!("one of {}", names.join(", ")),
            ),
            SettingKind::Several(names) => (
                value.fract() == 0.0 && (1.0..2_f64.powi(names.len() as i32)).contains(&value),
                format!("some of {}, with + between", names.join(", ")),
            ),
        };
        if fits {
            Ok(())
        } else {
            Err(Error::Range {
                setting: self.key,
                range,
                value: value.to_string(),
            })
        }
    }

    /// A value as it is written on the command line.
    pub fn show(&self, value: f64) -> String {
        match self.kind {
            SettingKind::Number { .. } | SettingKind::Whole { .. } => value.to_string(),
            SettingKind::Choice(names) => names[value as usize].to_owned(),
            SettingKind::Several(names) => {
                let chosen = names.iter().enumerate();
                let chosen = chosen.filter(|(index, _)| value as u64 >> index & 1 == 1);
                let chosen: Vec<&str> = chosen.map(|(_, name)| *name).collect();
                chosen.join("+")
            }
        }
    }

    /// The value that `text` writes, perhaps outside the range.
    pub(crate) fn parse(&self, text: &str) -> Result<f64, Error> {
        let (found, range) = match self.kind {
            SettingKind::Number { .. } | SettingKind::Whole { .. } => {
                (text.parse().ok(), "a number".to_owned())
            }
            SettingKind::Choice(names) => {
                let index = names
                    .iter()
                    .position(|name| *name == text)
                    .map(|index| index as f64);
                (index, format!("one of {}", names.join(", ")))
            }
            SettingKind::Several(names) => {
                let bit = |one: &str| names.iter().position(|name| *name == one.trim());
                let bits: Option<Vec<usize>> = text.split('+').map(bit).collect();
                let sum = |bits: Vec<usize>| bits.iter().fold(0_u64, |sum, bit| sum | 1 << bit);
                let range = format!("some of {}, with + between", names.join(", "));
                (bits.map(|bits| sum(bits) as f64), range)
            }
        };
        found.ok_or_else(|| Error::Range {
            setting: self.key,
            range,
            value: format!("'{text}'"),
        })
    }
}

/// A name that is none of the known ones.
pub(crate) fn unknown(
    kind: &'static str,
    name: &str,
    known: impl Iterator<Item = &'static str>,
) -> Error {
    let known: Vec<&str> = known.collect();
    Error::Unknown {
        kind,
        name: name.to_owned(),
        known: known.join(", "),
    }
}

/// The setting of `table` called `key`.
pub(crate) fn find(table: &'static [Setting], key: &str) -> Result<&'static Setting, Error> {
    let found = table.iter().find(|setting| setting.key == key);
    found.ok_or_else(|| unknown("setting", key, table.iter().map(|one| one.key)))
}

/// Settings as they are written: keys and values.
type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// The name and the `key=value` pairs of `NAME` or `NAME:key=value,…`.
pub(crate) fn split(text: &str) -> Result<(&str, Pairs<'_>), Error> {
    let (name, settings) = text.split_once(':').unwrap_or((text, ""));
    let pairs = settings.split(',').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        pair.split_once('=').ok_or_else(|| Error::Format {
            expected: "a setting is written key=value".to_owned(),
            found: format!("this one is '{pair}'"),
        })
    });
    Ok((name, pairs.collect::<Result<_, _>>()?))
}

/// `NAME:key=value,…` of the settings that make a difference: what [`split`] takes apart.
pub(crate) fn notation(
    name: &str,
    table: &[Setting],
    get: impl Fn(&str) -> f64,
    applies: impl Fn(&str) -> bool,
) -> String {
    let settings = table.iter().filter(|setting| applies(setting.key));
    let settings: Vec<String> = settings
        .map(|setting| format!("{}={}", setting.key, setting.show(get(setting.key))))
        .collect();
    format!("{name}:{}", settings.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_of_a_few_names_are_written_with_plus() {
        let setting = Setting {
            key: "digits",
            label: "Digits",
            help: "",
            kind: SettingKind::Several(&["0", "1", "2"]),
        };
        assert_eq!(setting.parse("2+0").unwrap(), 5.0);
        assert_eq!(setting.show(5.0), "0+2");
        assert!(setting.check(5.0).is_ok());
        for value in [0.0, 8.0, 0.5, f64::NAN] {
            assert!(setting.check(value).is_err(), "{value}");
        }
        assert_eq!(
            setting.parse("3").unwrap_err().to_string(),
            "digits must be some of 0, 1, 2, with + between, not '3'"
        );
    }
}
