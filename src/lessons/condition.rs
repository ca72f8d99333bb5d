//! What must hold of a session: `final_overlap below 0.9`, `verdict_is is original`, `B.sweeps at most 3`.

use crate::engine::Error;
use crate::engine::settings::Value as Setting;
use crate::trial::Recipe;
use crate::trial::facts::{self, Facts};
use crate::trial::tracks::TRACK_LETTERS;
use serde_json::Value;
use std::fmt;

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    AtMost,
    AtLeast,
    Below,
    Above,
    Not,
    Is,
}

/// Comparisons as they are written, the longer ones first.
const WRITTEN: [(&str, Relation); 6] = [
    (" at most ", Relation::AtMost),
    (" at least ", Relation::AtLeast),
    (" is not ", Relation::Not),
    (" below ", Relation::Below),
    (" above ", Relation::Above),
    (" is ", Relation::Is),
];

/// Something that holds of a session or does not: a fact of a track, or a setting, compared with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    track: usize,
    /// A fact, or the path of a setting.
    name: String,
    comparison: Relation,
    value: String,
}

impl Condition {
    /// The condition that `text` holds. Refused: no comparison, a name that is neither a fact nor a path.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |found: String| {
            Error::Format {
            expected: "a condition is a fact or a setting, a comparison and a value, as in final_overlap above 0.9".to_owned(),
            found,
        }
        };
        let found = WRITTEN.iter().find_map(|(sign, comparison)| {
            let (name, value) = text.split_once(sign)?;
            Some((name.trim(), *comparison, value.trim()))
        });
        let (name, comparison, value) =
            found.ok_or_else(|| refused(format!("'{text}' has no comparison")))?;
        if value.is_empty() {
            return Err(refused(format!("'{text}' has no value")));
        }
        let letters = TRACK_LETTERS.iter().enumerate();
        let mut of_track = letters.filter_map(|(track, letter)| {
            let rest = name.strip_prefix(letter)?.strip_prefix('.')?;
            Some((track, rest))
        });
        let (track, name) = of_track.next().unwrap_or((0, name));
        let is_path =
            name.contains('.') || ["rule", "world", "dynamics", "seed", "sweeps"].contains(&name);
        if !is_path || facts::TABLE.iter().any(|fact| fact.key == name) {
            facts::named(name)?;
        }
        Ok(Self {
            track,
            name: name.to_owned(),
            comparison,
            value: value.to_owned(),
        })
    }

    /// Whether it holds of `recipe`, whose tracks came to `facts`. Refused: a track or a setting that is not there.
    pub fn holds(&self, recipe: &Recipe, facts: &[Facts]) -> Result<bool, Error> {
        if facts::TABLE.iter().any(|fact| fact.key == self.name) {
            let missing = || Error::Unknown {
                kind: "track",
                name: TRACK_LETTERS[self.track].to_owned(),
                known: TRACK_LETTERS[..facts.len().min(TRACK_LETTERS.len())].join(", "),
            };
            let value = facts.get(self.track).ok_or_else(missing)?.get(&self.name);
            return Ok(match value {
                Value::String(text) => self.of_text(text),
                Value::Bool(truth) => self.of_text(&truth.to_string()),
                Value::Null => self.of_text("none"),
                value => value.as_f64().is_some_and(|number| self.of_number(number)),
            });
        }
        Ok(match recipe.get(&self.name)? {
            Setting::Text(text) => self.of_text(&text),
            Setting::Number(number) => self.of_number(number),
            Setting::Whole(number) => self.of_number(number as f64),
        })
    }

    fn of_text(&self, text: &str) -> bool {
        let is_it = text == self.value || text.split(':').next() == Some(&self.value);
        match self.comparison {
            Relation::Is => is_it,
            Relation::Not => !is_it,
            _ => false,
        }
    }

    fn of_number(&self, number: f64) -> bool {
        let Ok(value) = self.value.parse::<f64>() else {
            return false;
        };
        match self.comparison {
            Relation::AtMost => number <= value,
            Relation::AtLeast => number >= value,
            Relation::Below => number < value,
            Relation::Above => number > value,
            Relation::Not => number != value,
            Relation::Is => number == value,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = WRITTEN.iter().find(|(_, it)| *it == self.comparison);
        let sign = written.map_or(" is ", |(sign, _)| sign);
        if self.track > 0 {
            write!(f, "{}.", TRACK_LETTERS[self.track])?;
        }
        write!(f, "{}{sign}{}", self.name, self.value)
    }
}
