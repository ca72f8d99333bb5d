//! A picture of basins on a page: tiles, what stands around them, a legend by share.

use super::items::{Anchor, INK, Item, SPACING, Text, Turned, end_color};
use crate::engine::numbers::decimals;
use crate::figures::{Figure, Hue, Mosaic};
use std::collections::BTreeMap;

/// The middle of the square and half its side, in points.
const MIDDLE: [f64; 2] = [220.0, 212.0];
const HALF: f64 = 150.0;

/// Height of letters, in points.
const LETTERS: f64 = 12.0;

/// Where the legend begins, and its lines at most.
const LEGEND: [f64; 2] = [440.0, 80.0];
const MOST: usize = 18;

/// Lays it out: areas, and the words on top.
pub(super) fn drawn(figure: &Figure, mosaic: &Mosaic) -> [Vec<Item>; 2] {
    let mut words = vec![text(&figure.title, [70.0, 28.0], Anchor::Start)];
    for (name, [x, y]) in &mosaic.around {
        let at = [MIDDLE[0] + 1.1 * x * HALF, MIDDLE[1] + 1.1 * y * HALF + 4.0];
        words.push(text(name, at, Anchor::Middle));
    }
    let mut areas = Vec::new();
    legend(mosaic, &mut areas, &mut words);
    for row in 0..mosaic.side {
        runs(mosaic, row, &mut areas);
    }
    [areas, words]
}

/// The tiles of a row, neighbours of one colour as one.
fn runs(mosaic: &Mosaic, row: usize, items: &mut Vec<Item>) {
    let color_at = |column: usize| {
        let place = row * mosaic.side + column;
        let tile = mosaic.tiles[place]?;
        let color = end_color(mosaic.kinds[tile.kind].hue);
        let dark = mosaic.darkness(place, tile);
        Some(color.map(|part| (f64::from(part) * (1.0 - dark)).round() as u8))
    };
    let mut start = 0;
    for column in 1..=mosaic.side {
        let ends = column == mosaic.side || color_at(column) != color_at(start);
        if !ends {
            continue;
        }
        if let Some(color) = color_at(start) {
            let tile = 2.0 * HALF / mosaic.side as f64;
            let x = |column: usize| MIDDLE[0] - HALF + tile * column as f64;
            let y = |row: usize| MIDDLE[1] - HALF + tile * row as f64;
            let (left, right, top, foot) = (x(start), x(column), y(row), y(row + 1));
            items.push(Item::Area {
                points: vec![[left, top], [right, top], [right, foot], [left, foot]],
                color,
                opacity: 1.0,
            });
        }
        start = column;
    }
}

/// Colours with their names and shares, the largest first; greys together.
fn legend(mosaic: &Mosaic, items: &mut Vec<Item>, words: &mut Vec<Item>) {
    let mut shares: BTreeMap<(Hue, String), usize> = BTreeMap::new();
    for kind in &mosaic.kinds {
        let name = match kind.hue {
            Hue::OtherStored => "other stored".to_owned(),
            _ => kind.name.clone(),
        };
        *shares.entry((kind.hue, name)).or_default() += kind.count;
    }
    let mut shares: Vec<((Hue, String), usize)> = shares.into_iter().collect();
    shares.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let total = mosaic.n_tiles().max(1) as f64;
    for (line, ((hue, name), count)) in shares.into_iter().take(MOST).enumerate() {
        let [x, y] = [LEGEND[0], LEGEND[1] + SPACING * line as f64];
        let corners = [[0.0, -9.0], [10.0, -9.0], [10.0, 1.0], [0.0, 1.0]];
        items.push(Item::Area {
            points: corners.map(|[dx, dy]| [x + dx, y + dy]).to_vec(),
            color: end_color(hue),
            opacity: 1.0,
        });
        let share = decimals(100.0 * count as f64 / total, 1);
        let line = format!("{name}  {share} %");
        words.push(text(&line, [x + 16.0, y], Anchor::Start));
    }
}

fn text(said: &str, place: [f64; 2], anchor: Anchor) -> Item {
    Item::Text(Text {
        said: said.to_owned(),
        place,
        anchor,
        turned: Turned::Not,
        color: INK,
        size: LETTERS,
    })
}
