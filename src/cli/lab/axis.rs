//! A further axis as it is typed: a setting and its values, or none.

use crate::engine::Error;
use crate::lab::{NO_AXIS, Vary};

/// A further axis as it was typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Axis {
    /// That there is none.
    None,
    Of(Vary),
}

impl Axis {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        if text == NO_AXIS {
            return Ok(Self::None);
        }
        Vary::parse(text).map(Self::Of)
    }
}
