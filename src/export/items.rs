//! The few kinds of items that a figure on paper is made of, and the page that they lie on.
//!
//! Absent: widths of letters; text is placed by its ends or its middle.

use crate::figures::{Hue, Role, basin_color};

/// Width and height of the page, in points.
pub(super) const SIZE: [f64; 2] = [640.0, 400.0];
/// Left, top, right and bottom of the axes.
pub(super) const FRAME: [f64; 4] = [70.0, 58.0, 620.0, 350.0];
/// Red, green and blue.
pub(super) type Color = [u8; 3];

/// The page itself.
pub(super) const PAPER: Color = [255, 255, 255];
/// Distance of lines of text.
pub(super) const SPACING: f64 = 16.0;
/// Letters.
pub(super) const INK: Color = [0x22, 0x26, 0x2d];
/// Axes and what is less important.
pub(super) const GREY: Color = [0x6b, 0x72, 0x7c];
/// Grid lines.
pub(super) const GRID: Color = [0xe4, 0xe6, 0xea];

/// The colours of paper: dark enough on white, and told apart by who sees no red or no green.
pub(super) fn color(role: Role) -> Color {
    match role {
        Role::Blue => [0x1b, 0x66, 0xb8],
        Role::Orange => [0xd9, 0x73, 0x0d],
        Role::Strong => INK,
        Role::Weak => [0x8b, 0x92, 0x9c],
        Role::Faint => [0xc3, 0xc8, 0xcf],
        Role::End(hue) => end_color(hue),
    }
}

/// The colour of what a start ends in.
pub(super) fn end_color(hue: Hue) -> Color {
    match hue {
        Hue::Basin(place) => basin_color(place),
        Hue::OtherStored => grey(0),
        Hue::Negative => grey(1),
        Hue::Spurious => grey(2),
        Hue::Unsettled => grey(3),
    }
}

/// The greys of other ends: other stored patterns, negatives, spurious ones, none.
fn grey(kind: usize) -> Color {
    const GREYS: [u8; 4] = [0xa4, 0x84, 0xc6, 0x30];
    [GREYS[kind % GREYS.len()]; 3]
}

/// The colour of a number of a map: paper at 0, orange at 1, blue at −1.
pub(super) fn shade(value: f64) -> Color {
    let end = color(if value < 0.0 {
        Role::Blue
    } else {
        Role::Orange
    });
    let part = value.abs().min(1.0);
    let mixed = |of: usize| {
        let [paper, end] = [PAPER[of], end[of]].map(f64::from);
        (paper + (end - paper) * part).round() as u8
    };
    [mixed(0), mixed(1), mixed(2)]
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A line through points.
    Line {
        points: Vec<[f64; 2]>,
        color: Color,
        width: f64,
        dashes: Dashes,
    },
    /// The inside of a polygon; `opacity` is 1 where nothing shines through.
    Area {
        points: Vec<[f64; 2]>,
        color: Color,
        opacity: f64,
    },
    /// A full circle.
    Disc {
        middle: [f64; 2],
        radius: f64,
        color: Color,
    },
    /// Letters.
    Text(Text),
    /// A small picture, enlarged or reduced to a size.
    Picture {
        corner: [f64; 2],
        size: [f64; 2],
        raster: Raster,
    },
}

/// Colours side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Row by row from the top.
    pub(super) pixels: Vec<Color>,
}

/// Letters in a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// Where the anchor stands, on the line that letters stand on.
    pub(super) place: [f64; 2],
    pub(super) anchor: Anchor,
    pub(super) color: Color,
    /// Height of the letters in points.
    pub(super) size: f64,
    pub(super) turned: Turned,
    pub(super) said: String,
}

/// Which part of a text stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turned {
    /// To the right.
    Not,
    /// Upwards.
    Quarter,
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dashes {
    None,
    Short,
    Long,
}

impl Dashes {
    /// Lengths of a dash and of the gap behind it, in points.
    pub(super) fn lengths(self) -> Option<[f32; 2]> {
        match self {
            Self::None => None,
            Self::Short => Some([4.0, 3.0]),
            Self::Long => Some([6.0, 3.0]),
        }
    }
}
