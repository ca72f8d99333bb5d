//! Cues and what they suffer, as written on the command line.

use crate::edge::open;
use crate::engine::Error;
use crate::engine::corrupt::{Corruption, Half, Noise};
use crate::trial::Start;
use crate::worlds::picture;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

/// One thing a cue suffers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Damage {
    Flip(f64),
    Random(f64),
    Mask(f64),
    Half(Half),
    Shift(i32, i32),
    Invert,
    None,
}

/// The notation of one [`Damage`], for help and refusals.
const NOTATION: &str =
    "flip=p, random=p, mask=p, half=left|right|top|bottom, shift=dx,dy, invert or none";

impl Damage {
    /// The damage that `text` names.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let damage = Self::read(text).ok_or_else(|| Error::Range {
            setting: "a corruption",
            range: NOTATION.to_owned(),
            value: format!("'{text}'"),
        })?;
        let mut corruption = Corruption::default();
        damage.add_to(&mut corruption, 0);
        corruption.check_fractions()?;
        Ok(damage)
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once('=').unwrap_or((text, "")) {
            ("flip", fraction) => fraction.parse().ok().map(Self::Flip),
            ("random", fraction) => fraction.parse().ok().map(Self::Random),
            ("mask", fraction) => fraction.parse().ok().map(Self::Mask),
            ("half", name) => {
                let half = Half::ALL.iter().find(|(_, known)| *known == name);
                half.map(|(half, _)| Self::Half(*half))
            }
            ("shift", columns_and_rows) => {
                let (columns, rows) = columns_and_rows.split_once(',')?;
                Some(Self::Shift(columns.parse().ok()?, rows.parse().ok()?))
            }
            _ if text == "invert" => Some(Self::Invert),
            _ if text == "none" => Some(Self::None),
            _ => None,
        }
    }

    /// Adds the damage to `corruption`; `seed` picks the units.
    pub(super) fn add_to(self, corruption: &mut Corruption, seed: u64) {
        let noise = |fraction| Noise { fraction, seed };
        match self {
            Self::Flip(fraction) => corruption.flip = noise(fraction),
            Self::Random(fraction) => corruption.random = noise(fraction),
            Self::Mask(fraction) => corruption.mask = noise(fraction),
            Self::Half(half) => corruption.half = Some(half),
            Self::Shift(columns, rows) => corruption.shift = (columns, rows),
            Self::Invert => corruption.invert = true,
            Self::None => (),
        }
    }
}

/// The start that `name` stands for: `stored:K`, `unseen:K`, `feature:K`, `random`, or a picture file, which is read.
pub(super) fn start(name: &OsStr, seed: u64) -> Result<Start, Error> {
    let text = name.to_str().unwrap_or_default();
    match text.split_once(':') {
        _ if text == "random" => Ok(Start::Random { seed }),
        Some(("stored", number)) => index("the stored pattern", number).map(Start::Stored),
        Some(("unseen", number)) => index("the unseen pattern", number).map(Start::Unseen),
        Some(("feature", number)) => index("the feature", number).map(Start::Feature),
        _ if !open::exists(Path::new(name)) => Err(Error::Unknown {
            kind: "cue or picture file",
            name: name.to_string_lossy().into_owned(),
            known: "stored:K, unseen:K, feature:K, random".to_owned(),
        }),
        _ => {
            let path = Path::new(name);
            let unread = |problem: Error| problem.in_source(path.display().to_string());
            let bytes = open::read(path).map_err(unread)?;
            let picture = picture::read(&bytes).map_err(unread)?;
            Ok(Start::Picture(Arc::new(picture)))
        }
    }
}

fn index(setting: &'static str, number: &str) -> Result<usize, Error> {
    number.parse().ok().ok_or_else(|| Error::Range {
        setting,
        range: "a whole number from 0".to_owned(),
        value: format!("'{number}'"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_read_as_written() {
        assert_eq!(Damage::parse("flip=0.2").unwrap(), Damage::Flip(0.2));
        assert_eq!(Damage::parse("half=top").unwrap(), Damage::Half(Half::Top));
        assert_eq!(Damage::parse("shift=-2,3").unwrap(), Damage::Shift(-2, 3));
        assert_eq!(Damage::parse("invert").unwrap(), Damage::Invert);
    }

    #[test]
    fn nonsense_is_refused_with_the_notation() {
        for text in [
            "",
            "flip",
            "flip=",
            "flip=x",
            "half=middle",
            "shift=1",
            "shift=1,",
            "invert=1",
            "blur=1",
            "shift=99999999999,0",
        ] {
            let refused = Damage::parse(text).unwrap_err().to_string();
            assert!(refused.contains("shift=dx,dy"), "{text}: {refused}");
        }
        for text in ["flip=1.1", "mask=-0.1", "random=NaN", "flip=inf"] {
            let refused = Damage::parse(text).unwrap_err().to_string();
            assert!(
                refused.contains("a fraction from 0 to 1"),
                "{text}: {refused}"
            );
        }
    }
}
