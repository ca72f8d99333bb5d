//! The words on top of a figure on paper: the names of curves, the ramp of a map, a remark, the names of bars.

use super::items::{Anchor, Dashes, FRAME, GREY, INK, Item, SPACING, color, shade};
use super::shapes::{label, marked};
use crate::figures::{Bars, Cells, Figure, Legend, Line, Over};

/// The legend, the remark, and the names of bars.
pub(super) fn words(figure: &Figure, items: &mut Vec<Item>) {
    let [left, top, right, bottom] = FRAME;
    let count = figure.listed().count() as f64;
    let shares = shares(figure);
    for (index, (series, said)) in figure.listed().enumerate() {
        let (down, color) = (index as f64 * SPACING, color(series.role));
        match figure.legend {
            Legend::Above => {
                let x = left + (right - left) * shares[index];
                let y = top - 12.0;
                if let Line::Marked(_, marker) = series.line {
                    items.push(marked([x + 9.0, y - 4.0], marker, color));
                }
                items.push(Item::Line {
                    points: vec![[x, y - 4.0], [x + 18.0, y - 4.0]],
                    color,
                    width: 2.5,
                    dashes: match series.line {
                        Line::Dashed(_) => Dashes::Long,
                        Line::Solid(_) | Line::Dots(_) | Line::Marked(..) => Dashes::None,
                    },
                });
                items.push(label([x + 24.0, y], Anchor::Start, INK, said));
            }
            Legend::UpperRight => {
                let place = [right - 6.0, top + SPACING + down];
                items.push(label(place, Anchor::End, color, said));
            }
            Legend::LowerRight => {
                let y = bottom - 8.0 - (count - 1.0) * SPACING + down;
                items.push(label([right - 6.0, y], Anchor::End, color, said));
            }
        }
    }
    if let Some(cells) = &figure.cells {
        ramp(items, cells);
    }
    let beside_the_title = [right, 24.0];
    items.push(label(beside_the_title, Anchor::End, GREY, &figure.remark));
    if let Some(Bars {
        over: Over::Names(names),
        heights,
        ..
    }) = &figure.bars
    {
        let width = (right - left) / heights.len().max(1) as f64;
        for (bar, name) in names.iter().enumerate() {
            let x = left + (bar as f64 + 0.5) * width;
            items.push(label([x, bottom + SPACING], Anchor::Middle, GREY, name));
        }
    }
}

/// Where on the line above the axes each name begins, 0 to 1: evenly, or by their letters where one is too long.
fn shares(figure: &Figure) -> Vec<f64> {
    let room = FRAME[2] - FRAME[0];
    let lengths = figure.listed().map(|(_, said)| said.chars().count());
    let widths: Vec<f64> = lengths.map(|count| 36.0 + 6.0 * count as f64).collect();
    let even = room / widths.len().max(1) as f64;
    let is_even = widths.iter().all(|width| *width <= even.max(200.0));
    let all: f64 = widths.iter().sum();
    let share = |index: usize| {
        if is_even {
            even * index as f64 / room
        } else {
            widths[..index].iter().sum::<f64>() / all.max(room)
        }
    };
    (0..widths.len()).map(share).collect()
}

/// What the colours of a map mean, at the right end of the line above the axes.
fn ramp(items: &mut Vec<Item>, cells: &Cells) {
    const STEPS: usize = 24;
    const WIDTH: f64 = 72.0;
    let [_, top, right, _] = FRAME;
    let (left, y) = (right - WIDTH - 12.0, top - 12.0);
    for step in 0..STEPS {
        let at = |step: usize| left + WIDTH * step as f64 / STEPS as f64;
        let (from, to) = (at(step), at(step + 1));
        items.push(Item::Area {
            points: vec![[from, y - 9.0], [to, y - 9.0], [to, y], [from, y]],
            color: shade((step as f64 + 0.5) / STEPS as f64),
            opacity: 1.0,
        });
    }
    let name = format!("{} 0", cells.name);
    items.push(label([left - 5.0, y], Anchor::End, INK, &name));
    items.push(label([right, y], Anchor::End, INK, "1"));
}
