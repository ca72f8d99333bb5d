//! Pictures of attractors as figures: basins as a mosaic, minima as a tree.

use super::{MemoryTree, PortraitPicture, StartPlane, StateGraph, first_of_each_class};
use crate::engine::Nature;
use crate::engine::attractors::Ending;
use crate::engine::patterns::Patterns;
use crate::figures::{
    Aspect, Axis, Figure, Hue, Line, Mosaic, Role, Scale, Series, Tile, TileKind, span,
};
use crate::lab::portraits::Landmark;

/// Classes whose first patterns have the first colours, so that a pattern has one colour everywhere.
const CLASSES: usize = 10;

/// The stored patterns that have a colour where these stand around, in the order of the colours.
pub fn coloured(patterns: &Patterns, landmarks: &[Landmark]) -> Vec<usize> {
    let mut order = first_of_each_class(patterns, CLASSES);
    for pattern in landmarks.iter().filter_map(Landmark::pattern) {
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
    let coloured = coloured(patterns, picture.plane.landmarks());
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
        heights: Vec::new(),
        around: around.collect(),
        kinds,
    }
}

/// Energies of all starts as heights from 0 to 1, each the mean of its neighbourhood, since single flips make a landscape
/// rough; none of a memory without them.
fn heights(picture: &PortraitPicture) -> Vec<Option<f64>> {
    let side = picture.side;
    let radius = (side / SMOOTHED).max(1);
    let mut smooth = picture.energies.clone();
    for _ in 0..2 {
        smooth = along(&smooth, [side, 1], radius);
        smooth = along(&smooth, [1, side], radius);
    }
    let [low, high] = span(smooth.iter().flatten().copied());
    let height = |energy: &Option<f64>| {
        let energy = (*energy)?;
        Some(if high > low {
            (energy - low) / (high - low)
        } else {
            0.0
        })
    };
    smooth.iter().map(height).collect()
}

/// A neighbourhood reaches one part in so many of the side, either way.
const SMOOTHED: usize = 42;

/// Means of up to `radius` known neighbours before and after along lines, which are `apart[0]` places from one another and
/// whose own places are `apart[1]` apart; what is unknown stays so.
fn along(values: &[Option<f64>], apart: [usize; 2], radius: usize) -> Vec<Option<f64>> {
    let side = apart[0].max(apart[1]);
    let mut means = vec![None; values.len()];
    for line in 0..side.min(values.len()) {
        let at = |place: usize| line * apart[0] + place * apart[1];
        // Sums and counts of all values before a place.
        let mut sums = vec![(0.0, 0_usize); side + 1];
        for place in 0..side {
            let (sum, count) = sums[place];
            sums[place + 1] = values[at(place)].map_or((sum, count), |it| (sum + it, count + 1));
        }
        for place in 0..side {
            let (from, to) = (place.saturating_sub(radius), (place + radius + 1).min(side));
            let count = sums[to].1 - sums[from].1;
            let mean = (sums[to].0 - sums[from].0) / count.max(1) as f64;
            means[at(place)] = values[at(place)].map(|_| mean);
        }
    }
    means
}

/// The figure of `picture`; as a landscape, where it is wanted and the memory has an energy.
pub fn figure(picture: &PortraitPicture, as_landscape: bool) -> Figure {
    let title = match &*picture.plane {
        StartPlane::Wheel(..) => "Wheel of memories",
        StartPlane::Plane(..) => "Plane through three states",
    };
    let axis = |label: &str| Axis::new(label, [0.0, picture.side as f64]);
    let mut figure = Figure::new(title, axis("x"), axis("y"));
    let mut mosaic = mosaic(picture);
    if as_landscape {
        mosaic.heights = heights(picture);
    }
    figure.mosaic = Some(mosaic);
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

/// A tree as a figure, and where its leaves stand across.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeFigure {
    /// The figure.
    pub figure: Figure,
    /// The place of each leaf along the lower axis.
    pub places: Vec<f64>,
}

/// The tree of minima: a stem a leaf, from its energy up to where it is joined, the wider the more random starts end in it.
pub fn tree_figure(found: &MemoryTree) -> TreeFigure {
    let tree = &found.tree;
    let n_leaves = tree.leaves.len();
    // Parts of the tree that are joined so far: their leaves from left to right.
    let mut parts: Vec<Vec<usize>> = (0..n_leaves).map(|leaf| vec![leaf]).collect();
    for joint in &tree.joints {
        let part = |leaf: usize| parts.iter().position(|part| part.contains(&leaf));
        if let [Some(a), Some(b)] = joint.leaves.map(part)
            && a != b
        {
            let joined = std::mem::take(&mut parts[b]);
            parts[a].extend(joined);
        }
    }
    let mut places = vec![0.0; n_leaves];
    for (place, leaf) in parts.iter().flatten().enumerate() {
        places[*leaf] = place as f64 + 0.5;
    }
    let energies = tree.leaves.iter().map(|leaf| leaf.energy);
    let all = energies.chain(tree.joints.iter().map(|joint| joint.energy));
    let [low, high] = span(all);
    let room = (high - low).max(1e-9);
    let across = Axis {
        scale: Scale::Places,
        ..Axis::new("minima", [0.0, n_leaves.max(1) as f64])
    };
    // Below the lowest stands its picture.
    let up = Axis::new("energy", [low - 0.22 * room, high + 0.05 * room]);
    let mut figure = Figure::new("Tree of attractors", across, up);
    let share = |leaf: usize| found.counts[leaf] as f64 / found.n_starts.max(1) as f64;
    // The top of each part: its place across, its energy, and the width of its stem.
    let mut tops: Vec<([f64; 2], f64)> = (0..n_leaves)
        .map(|leaf| ([places[leaf], tree.leaves[leaf].energy], share(leaf)))
        .collect();
    let mut above: Vec<usize> = (0..n_leaves).collect();
    let line = |figure: &mut Figure, from: [f64; 2], to: [f64; 2], share: f64| {
        figure.series.push(Series {
            name: "stem".to_owned(),
            legend: None,
            role: Role::Strong,
            line: Line::Solid(1.2 + 6.0 * libm::sqrt(share) as f32),
            x: [from[0], to[0]].into(),
            y: [from[1], to[1]].into(),
        });
    };
    for joint in &tree.joints {
        let [a, b] = joint.leaves.map(|mut leaf| {
            while above[leaf] != leaf {
                leaf = above[leaf];
            }
            leaf
        });
        if a == b {
            continue;
        }
        for part in [a, b] {
            let (top, share) = tops[part];
            line(&mut figure, top, [top[0], joint.energy], share);
        }
        let (from, to) = ([tops[a].0[0], joint.energy], [tops[b].0[0], joint.energy]);
        line(&mut figure, from, to, 0.0);
        above[b] = a;
        tops[a] = (
            [f64::midpoint(from[0], to[0]), joint.energy],
            tops[a].1 + tops[b].1,
        );
    }
    TreeFigure { figure, places }
}

/// All states as a figure: a dot a state, a line to where one sweep takes it.
pub fn states_figure(found: &StateGraph) -> Figure {
    let axis = |label: &str| Axis {
        scale: Scale::Places,
        ..Axis::new(label, [-1.05, 1.05])
    };
    let mut figure = Figure::new("All states", axis("basins"), axis(""));
    figure.aspect = Aspect::Equal;
    let coloured = coloured(&found.patterns, &[]);
    let role = |cycle: usize| Role::End(hue(&found.natures[cycle], &coloured));
    let at = |state: usize| found.places[state].map(|[x, y]| [f64::from(x), -f64::from(y)]);
    let graph = &found.graph;
    let series = |name: &str, role, line, points: Vec<[f64; 2]>| Series {
        name: name.to_owned(),
        legend: None,
        role,
        line,
        x: points.iter().map(|point| point[0]).collect(),
        y: points.iter().map(|point| point[1]).collect(),
    };
    for (state, next) in graph.successors().iter().enumerate() {
        if let (Some(from), Some(to)) = (at(state), at(*next as usize))
            && from != to
        {
            let role = role(graph.basins()[state] as usize);
            let line = Line::Solid(0.6);
            figure
                .series
                .push(series("sweep", role, line, vec![from, to]));
        }
    }
    for cycle in &found.drawn {
        let of = |state: &usize| graph.basins()[*state] as usize == *cycle;
        let all: Vec<usize> = (0..found.places.len()).filter(of).collect();
        let places = |is_end: bool| {
            let some = all
                .iter()
                .filter(|state| (graph.heights()[**state] == 0) == is_end);
            some.filter_map(|state| at(*state))
                .collect::<Vec<[f64; 2]>>()
        };
        let dots = [
            ("states", role(*cycle), Line::Dots(1.4), places(false)),
            ("attractor", Role::Strong, Line::Dots(2.6), places(true)),
        ];
        for (name, role, line, points) in dots {
            figure.series.push(series(name, role, line, points));
        }
    }
    figure
}
