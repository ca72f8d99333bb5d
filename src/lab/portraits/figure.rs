//! A picture of attractors as a figure.

use super::{PortraitPicture, StartPlane, first_of_each_class};
use crate::engine::Nature;
use crate::engine::attractors::Ending;
use crate::engine::patterns::Patterns;
use crate::figures::{Axis, Figure, Hue, Mosaic, Tile, TileKind};
use crate::lab::portraits::Landmark;

/// Classes whose first patterns have the first colours, so that a pattern has one colour everywhere.
const CLASSES: usize = 10;

/// The stored patterns that have a colour in pictures of `plane`, in the order of the colours.
pub fn coloured(patterns: &Patterns, plane: &StartPlane) -> Vec<usize> {
    let mut order = first_of_each_class(patterns, CLASSES);
    for pattern in plane.landmarks().iter().filter_map(Landmark::pattern) {
        if !order.contains(&pattern) {
            order.push(pattern);
        }
    }
    order
}

/// The colour of what a start ends in, where these patterns have one.
pub fn hue(nature: &Nature, coloured: &[usize]) -> Hue {
    match nature {
        Nature::Stored { pattern, .. }
        | Nature::Original {
            pattern: Some(pattern),
            ..
        } => {
            let place = coloured.iter().position(|it| it == pattern);
            place.map_or(Hue::OtherStored, Hue::Basin)
        }
        Nature::Negative { .. } => Hue::Negative,
        Nature::Unsettled => Hue::Unsettled,
        _ => Hue::Spurious,
    }
}

/// The tiles of `picture`.
pub fn mosaic(picture: &PortraitPicture) -> Mosaic {
    let patterns = &*picture.patterns;
    let coloured = coloured(patterns, &picture.plane);
    let numbers = picture.catalogue.label_numbers();
    let n_kinds = numbers.iter().max().map_or(0, |last| last + 1);
    let attractors = picture.catalogue.attractors();
    let mut kinds: Vec<TileKind> = (0..n_kinds)
        .map(|kind| {
            let first = numbers.iter().position(|it| *it == kind);
            let attractor = &attractors[first.expect("every number is of an attractor")];
            TileKind {
                label: attractor.label.clone(),
                name: name(&attractor.nature, patterns),
                hue: hue(&attractor.nature, &coloured),
                count: 0,
            }
        })
        .collect();
    let mut tile = |ending: &Ending| {
        let kind = numbers[ending.attractor];
        kinds[kind].count += 1;
        Tile {
            kind,
            sweeps: ending.sweeps,
            cycle: ending.length,
        }
    };
    let tiles = picture.pixels.iter();
    let tiles = tiles.map(|pixel| pixel.as_ref().map(&mut tile)).collect();
    let places = picture.plane.places().into_iter();
    let around = places.map(|(landmark, place)| {
        let name = landmark.pattern().map_or_else(
            || landmark.to_string(),
            |pattern| short_name(pattern, patterns),
        );
        (name, place)
    });
    Mosaic {
        side: picture.side,
        longest: picture
            .pixels
            .iter()
            .flatten()
            .map(|it| it.sweeps)
            .max()
            .unwrap_or(1),
        tiles,
        around: around.collect(),
        kinds,
    }
}

/// The figure of `picture`.
pub fn figure(picture: &PortraitPicture) -> Figure {
    let title = match &*picture.plane {
        StartPlane::Wheel(..) => "Wheel of memories",
        StartPlane::Plane(..) => "Plane through three states",
    };
    let axis = |label: &str| Axis::new(label, [0.0, picture.side as f64]);
    let mut figure = Figure::new(title, axis("x"), axis("y"));
    figure.mosaic = Some(mosaic(picture));
    figure
}

/// What stands for a stored pattern where there is little room: its class, else its place.
pub fn short_name(pattern: usize, patterns: &Patterns) -> String {
    let label = patterns.label(pattern);
    label.map_or_else(
        || pattern.to_string(),
        |label| label.chars().take(8).collect(),
    )
}

fn name(nature: &Nature, patterns: &Patterns) -> String {
    match nature {
        Nature::Stored { pattern, .. }
        | Nature::Original {
            pattern: Some(pattern),
            ..
        } => match patterns.label(*pattern) {
            Some(label) => format!("stored {pattern} ({label})"),
            None => format!("stored {pattern}"),
        },
        Nature::Negative { .. } => "negative".to_owned(),
        Nature::Unsettled => "not settled".to_owned(),
        _ => "spurious".to_owned(),
    }
}
