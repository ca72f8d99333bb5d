//! Items of a figure on paper that are made in many places: markers, straight lines, letters.

use super::items::{Anchor, Color, Dashes, Item, Text, Turned};
use crate::figures::Marker;

/// A marker on a page.
pub(super) fn marked([x, y]: [f64; 2], marker: Marker, color: Color) -> Item {
    let Some(corners) = marker.corners() else {
        return Item::Disc {
            middle: [x, y],
            radius: Marker::RADIUS,
            color,
        };
    };
    let corner =
        |[across, down]: &[f64; 2]| [x + across * Marker::RADIUS, y + down * Marker::RADIUS];
    Item::Area {
        points: corners.iter().map(corner).collect(),
        color,
        opacity: 1.0,
    }
}

/// A straight line.
pub(super) fn segment(from: [f64; 2], to: [f64; 2], color: Color, width: f64) -> Item {
    Item::Line {
        points: vec![from, to],
        color,
        width,
        dashes: Dashes::None,
    }
}

/// Letters, as an item.
pub(super) fn label(place: [f64; 2], anchor: Anchor, color: Color, said: &str) -> Item {
    Item::Text(words(place, anchor, color, said))
}

/// Letters of the common size.
pub(super) fn words(place: [f64; 2], anchor: Anchor, color: Color, said: &str) -> Text {
    Text {
        place,
        anchor,
        color,
        size: 12.0,
        turned: Turned::Not,
        said: said.to_owned(),
    }
}
