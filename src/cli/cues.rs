//! Cues and how they are corrupted, as written on the command line.

use crate::edge::open;
use crate::engine::Error;
use crate::engine::corrupt::Corruption;
use crate::trial::Start;
use crate::worlds::picture;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

/// The corruption that `text` writes, which is looked at here, and with all others once they are known.
pub(super) fn corruption(text: &str) -> Result<String, Error> {
    Corruption::parse([text])?;
    Ok(text.to_owned())
}

/// The picture file that `name` stands for, if it is the name of no start.
pub(super) fn file(name: &OsStr) -> Option<&Path> {
    let start = Start::parse(name.to_str().unwrap_or_default(), 0);
    let is_unknown = matches!(start, Err(Error::Unknown { .. }));
    is_unknown.then(|| Path::new(name))
}

/// The start that `name` stands for: `stored:K`, `unseen:K`, `feature:K`, `random`, `empty`, or a picture file, which
/// is read.
pub(super) fn start(name: &OsStr, seed: u64) -> Result<Start, Error> {
    let unread = match Start::parse(name.to_str().unwrap_or_default(), seed) {
        Err(Error::Unknown { known, .. }) => known,
        named => return named,
    };
    let path = Path::new(name);
    let named = |problem: Error| problem.in_source(path.display().to_string());
    if !open::exists(path).map_err(named)? {
        return Err(Error::Unknown {
            kind: "cue or picture file",
            name: name.to_string_lossy().into_owned(),
            known: unread,
        });
    }
    let bytes = open::read(path).map_err(named)?;
    let picture = picture::read(&bytes).map_err(named)?;
    Ok(Start::Picture(Arc::new(picture)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::corrupt::{Half, Noise};

    #[test]
    fn corruptions_are_added_as_written() {
        let texts = ["flip=0.2", "half=top", "shift=-2,3", "invert"].map(corruption);
        let texts = texts.map(Result::unwrap);
        let all = Corruption::parse(texts.iter().map(|text| &**text)).unwrap();
        let expected = Corruption {
            shift: (-2, 3),
            invert: true,
            half: Some(Half::Top),
            flip: Noise {
                fraction: 0.2,
                seed: 0,
            },
            ..Corruption::default()
        };
        assert_eq!(all, expected);
    }

    #[test]
    fn nonsense_is_refused_and_told_what_there_is() {
        for (text, told) in [
            ("", "shift=dx,dy"),
            ("flip", "shift=dx,dy"),
            ("shift=1", "shift=dx,dy"),
            ("flip=", "flip must be a number from 0 to 1, not ''"),
            ("flip=x", "flip must be a number from 0 to 1, not 'x'"),
            ("flip=1.1", "flip must be a number from 0 to 1, not 1.1"),
            ("mask=-0.1", "mask must be a number from 0 to 1, not -0.1"),
            ("random=NaN", "random must be a number from 0 to 1, not NaN"),
            ("half=middle", "one of none, left, right, top, bottom"),
            ("shift=1,", "down must be a whole number"),
            ("shift=1.5,0", "right must be a whole number"),
            ("shift=99999999999,0", "right must be a whole number"),
            ("invert=1", "one of no, yes"),
            (
                "blur=1",
                "known: flip, random, mask, half, right, down, invert",
            ),
        ] {
            let refused = corruption(text).unwrap_err().to_string();
            assert!(refused.contains(told), "{text}: {refused}");
        }
    }
}
