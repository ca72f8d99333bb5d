//! Sequences as they stand in a file, whatever the format, what was passed over, and how many are read.

use crate::engine::Error;
use crate::worlds::LeftOut;

/// The most sequences of an alignment.
pub(super) const MAX_SEQUENCES: usize = 1_000_000;
/// The most letters of a name that are kept.
const MAX_NAME: usize = 60;

/// One sequence as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct RawSequence {
    pub(super) name: Vec<u8>,
    /// The line it starts in, from 1.
    pub(super) line: usize,
    /// Which row of the file it is, from 0.
    pub(super) row: usize,
    pub(super) letters: Vec<u8>,
}

impl RawSequence {
    /// Takes in some letters, without white space and numbers of sites between; `~` and `_` are other writings of `.`
    /// and `-`.
    pub(super) fn extend(&mut self, line: &[u8]) {
        for word in line.split(u8::is_ascii_whitespace) {
            if !word.iter().all(u8::is_ascii_digit) {
                self.letters.extend(word.iter().map(|byte| match byte {
                    b'~' => b'.',
                    b'_' => b'-',
                    _ => *byte,
                }));
            }
        }
    }

    /// The first word of its name.
    pub(super) fn name(&self) -> String {
        let whole = String::from_utf8_lossy(&self.name);
        let word = whole.split_whitespace().next().unwrap_or("unnamed");
        word.chars()
            .filter(|c| !c.is_control())
            .take(MAX_NAME)
            .collect()
    }

    /// Its letters without the `*` that may end them.
    pub(super) fn ended(&self) -> &[u8] {
        self.letters.strip_suffix(b"*").unwrap_or(&self.letters)
    }
}

/// All sequences of a file, and what was passed over between them.
#[derive(Debug, Default)]
pub(super) struct RawAlignment {
    pub(super) rows: Vec<RawSequence>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A sentence for more sequences than are read.
pub(super) fn too_many(line: usize) -> Error {
    Error::Format {
        expected: format!("an alignment has at most {MAX_SEQUENCES} sequences"),
        found: format!("line {line} begins one more"),
    }
}

/// What is left out where a file holds `count` alignments more than the first, some of them called `names`.
pub(super) fn further_alignments(count: usize, names: &[String]) -> Option<LeftOut> {
    let what = match (names, count) {
        ([], 1) => "a second alignment in the same file".to_owned(),
        ([], _) => "alignments in the same file".to_owned(),
        (_, 1) => format!("a second alignment in the same file, {}", names[0]),
        _ => format!(
            "alignments in the same file, {}{}",
            names.join(", "),
            if names.len() < count { ", …" } else { "" }
        ),
    };
    (count > 0).then(|| LeftOut {
        what,
        why: "the first is read".to_owned(),
        count,
    })
}
