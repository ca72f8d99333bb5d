//! Numbers on a grid on a page: a picture of squares, a key to its colours beside it.

use super::items::{
    Anchor, Color, Dashes, GREY, GRID, INK, Item, PAPER, Raster, SPACING, Text, color, shade,
};
use super::shapes::{label, words};
use crate::figures::numbers::number;
use crate::figures::{Figure, Role, Squares, Tone, bond_bars};

/// Left, top, right and bottom of the room for the picture.
const ROOM: [f64; 4] = [70.0, 40.0, 500.0, 384.0];

/// Where the key begins.
const KEY: [f64; 2] = [520.0, 56.0];

/// Height of the letters on squares, as a part of a square, and the least in points.
const LETTERS: [f64; 2] = [0.66, 4.0];

/// Width of a dot on a square, as a part of it, and the least width of a square with one, in points.
const DOT: f64 = 0.38;
const DOTTED: f64 = 2.0;

/// The least width of a bond in points.
const THIN: f64 = 0.3;

/// How much of its strength a mark has on paper, where it would else be as dark as on ink.
const PALE: f64 = 0.35;

/// Lays it out: the picture and its key, and the words on top.
pub(super) fn drawn(figure: &Figure, squares: &Squares) -> [Vec<Item>; 2] {
    let mut shapes = vec![];
    let mut above = vec![Item::Text(Text {
        size: 15.0,
        ..words([ROOM[0], 24.0], Anchor::Start, INK, &figure.title)
    })];
    let [left, top, right, bottom] = ROOM;
    let sides = [squares.columns.max(1), squares.rows.max(1)].map(|side| side as f64);
    let side = ((right - left) / sides[0]).min((bottom - top) / sides[1]);
    // Whole pixels at two to a point, so that all squares are alike; where they are smaller, so is the picture's edge.
    let side = if side >= 0.5 {
        (2.0 * side).floor() / 2.0
    } else {
        side
    };
    let size = sides.map(|count| ((2.0 * count * side).round() / 2.0).max(0.5));
    shapes.push(Item::Picture {
        corner: [left, top],
        size,
        raster: raster(squares),
    });
    frame([left, top], size, &mut shapes);
    on_squares(squares, [left, top, side], &mut shapes, &mut above);
    key(squares, &mut shapes, &mut above);
    [shapes, above]
}

/// The colour of every square.
fn raster(squares: &Squares) -> Raster {
    let pixels = squares.values.iter().enumerate().map(|(place, value)| {
        let is_changed = squares.marks.get(place).is_some_and(|mark| mark.changed);
        on_paper(squares.tone, *value, is_changed)
    });
    Raster {
        columns: squares.columns,
        rows: squares.rows,
        pixels: pixels.collect(),
    }
}

fn on_paper(tone: Tone, value: f32, is_changed: bool) -> Color {
    let value = f64::from(value);
    let orange = color(Role::Orange);
    match tone {
        _ if value.is_nan() => GRID,
        Tone::Ink => {
            let [down, up] = if is_changed {
                [mixed(PAPER, orange, PALE), orange]
            } else {
                [PAPER, INK]
            };
            mixed(down, up, 0.5 + 0.5 * value.clamp(-1.0, 1.0))
        }
        Tone::Signed(full) => shade(value / f64::from(full)),
        Tone::Written(_) if is_changed => mixed(PAPER, orange, PALE),
        Tone::Written(_) => PAPER,
    }
}

/// `part` of the way from one colour to the other.
fn mixed(from: Color, to: Color, part: f64) -> Color {
    let mixed = |of: usize| {
        let [from, to] = [from[of], to[of]].map(f64::from);
        (from + (to - from) * part).round() as u8
    };
    [mixed(0), mixed(1), mixed(2)]
}

/// Paper may have the colour of the page.
fn frame([left, top]: [f64; 2], [width, height]: [f64; 2], items: &mut Vec<Item>) {
    let (right, bottom) = (left + width, top + height);
    items.push(Item::Line {
        points: vec![
            [left, top],
            [right, top],
            [right, bottom],
            [left, bottom],
            [left, top],
        ],
        color: GREY,
        width: 1.0,
        dashes: Dashes::None,
    });
}

/// Dots on what is wrong, letters and bonds.
fn on_squares(
    squares: &Squares,
    [left, top, side]: [f64; 3],
    shapes: &mut Vec<Item>,
    above: &mut Vec<Item>,
) {
    let middle = |place: usize| {
        let (row, column) = (place / squares.columns, place % squares.columns);
        [
            left + side * (column as f64 + 0.5),
            top + side * (row as f64 + 0.5),
        ]
    };
    if let Tone::Written(letters) = squares.tone
        && LETTERS[0] * side >= LETTERS[1]
    {
        let size = (LETTERS[0] * side).min(22.0);
        for (place, value) in squares.values.iter().enumerate() {
            if !value.is_nan() {
                let [x, y] = middle(place);
                let said = letters.symbol(*value as i8).to_string();
                above.push(Item::Text(Text {
                    size,
                    ..words([x, y + 0.36 * size], Anchor::Middle, INK, &said)
                }));
            }
        }
    }
    if side < DOTTED {
        return;
    }
    for (place, mark) in squares.marks.iter().enumerate() {
        let value = squares.values[place];
        if mark.wrong && !value.is_nan() {
            let is_dark = matches!(squares.tone, Tone::Ink) && value > 0.0;
            let color = if is_dark { PAPER } else { INK };
            shapes.push(dot(middle(place), DOT * side, color));
        }
    }
    bonds(squares, [left, top, side], shapes);
}

/// Bars across the edges of squares, on paper so that they are seen on ink.
fn bonds(squares: &Squares, [left, top, side]: [f64; 3], shapes: &mut Vec<Item>) {
    let least = (THIN / side) as f32;
    for bar in bond_bars(squares.columns.max(1), &squares.bonds, least) {
        let [x, y] = bar.middle.map(|place| side * f64::from(place));
        let [wide, tall] = bar.size.map(|part| side * f64::from(part));
        let middle = [left + x, top + y];
        shapes.push(filled(middle, [wide + 1.0, tall + 1.0], PAPER));
        shapes.push(filled(middle, [wide, tall], bond_color(bar.equal)));
    }
}

fn bond_color(wants_equal: bool) -> Color {
    color(if wants_equal {
        Role::Orange
    } else {
        Role::Blue
    })
}

/// A small square about its middle.
fn dot(middle: [f64; 2], side: f64, color: Color) -> Item {
    filled(middle, [side, side], color)
}

/// A rectangle about its middle.
fn filled([x, y]: [f64; 2], [width, height]: [f64; 2], color: Color) -> Item {
    let [right, down] = [0.5 * width, 0.5 * height];
    let corners = [
        [-right, -down],
        [right, -down],
        [right, down],
        [-right, down],
    ];
    Item::Area {
        points: corners.map(|[dx, dy]| [x + dx, y + dy]).to_vec(),
        color,
        opacity: 1.0,
    }
}

/// What the colours and the marks mean.
fn key(squares: &Squares, shapes: &mut Vec<Item>, above: &mut Vec<Item>) {
    let mut y = KEY[1];
    let mut line = |swatch: Color, inner: Option<Color>, said: &str| {
        let place = [KEY[0] + 6.0, y];
        shapes.push(dot(place, 13.0, GREY));
        shapes.push(dot(place, 12.0, swatch));
        shapes.extend(inner.map(|color| dot(place, 12.0 * DOT, color)));
        above.push(label([KEY[0] + 18.0, y + 4.0], Anchor::Start, INK, said));
        y += 1.25 * SPACING;
    };
    match squares.tone {
        Tone::Ink => {
            line(INK, None, "+1");
            line(PAPER, None, "−1");
        }
        Tone::Signed(full) => {
            for part in [1.0, 0.5, 0.0, -0.5, -1.0] {
                let said = number((part * f64::from(full)) as f32);
                line(shade(part), None, &said);
            }
        }
        Tone::Written(_) => (),
    }
    if squares.marks.iter().any(|mark| mark.changed) {
        line(on_paper(squares.tone, 1.0, true), None, "changed");
    }
    if squares.marks.iter().any(|mark| mark.wrong) {
        line(PAPER, Some(INK), "wrong");
    }
    for (equal, said) in [(true, "wants equal"), (false, "wants unequal")] {
        if squares.bonds.iter().any(|bond| (bond.2 > 0.0) == equal) {
            line(bond_color(equal), None, said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;
    use crate::engine::{Grid, State};
    use crate::figures::CellMark;

    fn items(squares: Squares) -> [Vec<Item>; 2] {
        let figure = squares.figure("State");
        drawn(&figure, figure.squares.as_ref().expect("it is one"))
    }

    #[test]
    fn changed_units_are_orange_and_wrong_ones_have_a_dot_of_the_other_colour() {
        let state = State::from_signs(&[1, -1, 1, -1]);
        let mark = |changed, wrong| CellMark { changed, wrong };
        let marks = vec![
            mark(false, false),
            mark(false, true),
            mark(true, true),
            mark(true, false),
        ];
        let squares = Squares::state(Grid::square(2), &state, None).marked(marks);
        let [shapes, above] = items(squares);
        let Item::Picture { raster, size, .. } = &shapes[0] else {
            panic!("the picture comes first");
        };
        assert_eq!(*size, [344.0, 344.0]);
        assert_eq!(raster.pixels[..3], [INK, PAPER, color(Role::Orange)]);
        assert!(raster.pixels[3] != PAPER && raster.pixels[3] != raster.pixels[2]);
        let dots = shapes.iter().filter_map(|item| match item {
            Item::Area { points, color, .. } if points[0][0] < 500.0 => Some((points[0], *color)),
            _ => None,
        });
        let dots: Vec<([f64; 2], Color)> = dots.collect();
        let first = 70.0 + 172.0 * (1.0 + 0.5 - 0.5 * DOT);
        assert_eq!(dots.len(), 2);
        assert!((dots[0].0[0] - first).abs() < 1e-9 && dots[0].1 == INK);
        assert_eq!(dots[1].1, PAPER, "on ink");
        assert_eq!(above.len(), 5, "title, signs, both marks");
    }

    /// Of 2 × 2 squares of 172 points: one bond to the right, one downwards.
    #[test]
    fn bonds_are_bars_in_the_colour_of_what_they_want() {
        let state = State::from_signs(&[1, -1, 1, -1]);
        let bonds = [(0, 1, 2.0), (1, 3, -1.0)];
        let [shapes, above] = items(Squares::state(Grid::square(2), &state, None).bonded(&bonds));
        let bars = shapes.iter().filter_map(|item| match item {
            Item::Area { points, color, .. } if points[0][0] < 500.0 && *color != PAPER => {
                Some((points[0], points[2], *color))
            }
            _ => None,
        });
        let bars: Vec<([f64; 2], [f64; 2], Color)> = bars.collect();
        let near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) < 1e-4;
        assert_eq!(bars.len(), 2);
        assert!(near(bars[0].0, [70.0 + 129.0, 40.0 + 86.0 - 22.36]));
        assert!(near(bars[0].1, [70.0 + 215.0, 40.0 + 86.0 + 22.36]));
        assert_eq!(bars[0].2, color(Role::Orange));
        assert!(near(bars[1].0, [70.0 + 258.0 - 11.18, 40.0 + 129.0]));
        assert_eq!(bars[1].2, color(Role::Blue));
        assert_eq!(above.len(), 5, "title, signs, both kinds of bonds");
    }

    #[test]
    fn letters_stand_on_their_squares() {
        let letters = Letters::plain(3).unwrap();
        let state = State::from_letters(&[2, 0, 1], letters).unwrap();
        let [_, above] = items(Squares::state(Grid::new(1, 3), &state, None));
        let said = above.iter().skip(1).map(|item| match item {
            Item::Text(text) => text.said.as_str(),
            _ => "",
        });
        let symbols = [2, 0, 1].map(|letter| letters.symbol(letter).to_string());
        assert_eq!(said.collect::<Vec<&str>>(), symbols);
    }

    #[test]
    fn the_key_of_signed_numbers_has_both_ends() {
        let squares = Squares::signed(Grid::square(2), &[0.5, -1.0, 0.0], None);
        let [shapes, above] = items(squares);
        let Item::Picture { raster, .. } = &shapes[0] else {
            panic!("the picture comes first");
        };
        assert_eq!(raster.pixels[1], color(Role::Blue));
        assert_eq!(raster.pixels[3], GRID, "no unit is there");
        let said: Vec<&str> = above
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) => Some(text.said.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(said[1..], ["1.00", "0.500", "0", "−0.500", "−1.00"]);
    }
}
