//! A file taken line by line, in slices: unpacked, decoded, cut into lines.
//!
//! Absent: what a line means, which a [`LineReader`] knows.

use crate::engine::Error;
use crate::worlds::files::input::Bytes;
use crate::worlds::inflate::{Inflating, is_gzip};
use crate::worlds::text::{Decoding, Text};
use std::sync::Arc;

/// Bytes cut into lines in one step: a few milliseconds' work.
const SLICE: usize = 1 << 20;

/// Takes in the lines of a file.
pub(super) trait LineReader {
    /// Looks at the whole text before its first line.
    fn begin(&mut self, text: &[u8]) -> Result<(), Error>;

    /// Takes in a line, without white space at its end; the first has number 1.
    fn take(&mut self, line: &[u8], number: usize) -> Result<(), Error>;
}

/// A file on its way to lines.
pub(super) struct Lines {
    stage: Stage,
    done: f32,
    limit: usize,
    what: &'static str,
}

enum Stage {
    Packed(Box<Inflating<Arc<[u8]>>>),
    Decoding(Decoding),
    Text {
        text: Text,
        place: usize,
        number: usize,
    },
    /// Refused, or taken in.
    Over,
}

impl Lines {
    /// Begins with `bytes`, perhaps compressed; `what` they are, as in "an alignment", may hold `limit` bytes.
    pub(super) fn new(bytes: Arc<[u8]>, limit: usize, what: &'static str) -> Self {
        let stage = if is_gzip(&bytes) {
            Stage::Packed(Box::new(Inflating::gzip(bytes, limit, what)))
        } else {
            Stage::Decoding(Decoding::new(Bytes::Shared(bytes), limit, what))
        };
        Self {
            stage,
            done: 0.0,
            limit,
            what,
        }
    }

    /// Share of the work done, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.done
    }

    /// A few milliseconds' work; true once `reader` has taken in all lines.
    pub(super) fn step(&mut self, reader: &mut impl LineReader) -> Result<bool, Error> {
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        self.stage = match stage {
            Stage::Packed(mut inflating) => {
                let over = inflating.step()?;
                self.done = 0.4 * inflating.done();
                if over {
                    let plain = Bytes::Own(inflating.into_plain());
                    Stage::Decoding(Decoding::new(plain, self.limit, self.what))
                } else {
                    Stage::Packed(inflating)
                }
            }
            Stage::Decoding(mut decoding) => {
                let over = decoding.step()?;
                self.done = 0.4 + 0.2 * decoding.done();
                if over {
                    let text = decoding.into_text();
                    reader.begin(&text)?;
                    Stage::Text {
                        text,
                        place: 0,
                        number: 0,
                    }
                } else {
                    Stage::Decoding(decoding)
                }
            }
            Stage::Text {
                text,
                mut place,
                mut number,
            } => {
                let end = (place + SLICE).min(text.len());
                while place < end {
                    let rest = &text[place..];
                    let length = rest.iter().position(|byte| *byte == b'\n');
                    let length = length.unwrap_or(rest.len());
                    number += 1;
                    reader.take(rest[..length].trim_ascii_end(), number)?;
                    place = (place + length + 1).min(text.len());
                }
                self.done = 0.6 + 0.4 * place as f32 / text.len().max(1) as f32;
                if place == text.len() {
                    return Ok(true);
                }
                Stage::Text {
                    text,
                    place,
                    number,
                }
            }
            Stage::Over => return Err(Error::System(format!("{} was read already", self.what))),
        };
        Ok(false)
    }
}
