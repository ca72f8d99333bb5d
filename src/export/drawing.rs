//! A figure laid out on a page: what SVG and PNG both draw, item by item.

use super::items::{
    Anchor, Color, Dashes, FRAME, GREY, GRID, INK, Item, PAPER, SPACING, Text, Turned, color,
    end_color, shade,
};
use super::shapes::{label, marked, segment, words};
use super::{legend, mosaic, squares};
use crate::figures::numbers::ticks;
use crate::figures::{
    Aspect, Axis, Band, Bars, Cells, Figure, Fill, Line, Mark, Marker, Over, Role, Series,
};

/// A page, from the lowest layer up.
pub(super) struct Drawing {
    /// Grid, ticks and the words along the edges.
    pub(super) axes: Vec<Item>,
    /// What is cut off at the [frame](FRAME).
    pub(super) inside: Vec<Item>,
    /// The words on top.
    pub(super) words: Vec<Item>,
}

/// Lays `figure` out on a page.
pub(super) fn drawing(figure: &Figure) -> Drawing {
    let without_axes = match (&figure.mosaic, &figure.squares) {
        (Some(mosaic), _) => Some(mosaic::drawn(figure, mosaic)),
        (None, Some(squares)) => Some(squares::drawn(figure, squares)),
        (None, None) => None,
    };
    if let Some([axes, words]) = without_axes {
        return Drawing {
            axes,
            inside: Vec::new(),
            words,
        };
    }
    let page = Page::new(figure);
    let (mut axes, mut inside, mut words) = (Vec::new(), Vec::new(), Vec::new());
    page.axes(&mut axes);
    if let Some(cells) = &figure.cells {
        page.cells(&mut inside, cells);
    }
    for band in &figure.bands {
        page.band(&mut inside, band);
    }
    if let Some(bars) = &figure.bars {
        page.bars(&mut inside, bars);
    }
    for mark in &figure.marks {
        page.line_of(&mut inside, mark);
    }
    for series in &figure.series {
        page.series(&mut inside, series);
    }
    for mark in &figure.marks {
        page.dot_of(&mut inside, mark);
    }
    legend::words(figure, &mut words);
    Drawing {
        axes,
        inside,
        words,
    }
}

/// A figure on a page, with axes that leave some room.
struct Page<'a> {
    figure: &'a Figure,
    across: Axis,
    up: Axis,
}

impl<'a> Page<'a> {
    fn new(figure: &'a Figure) -> Self {
        let (mut across, mut up) = (figure.across.clone(), figure.up.clone());
        let [left, top, right, bottom] = FRAME;
        if figure.aspect == Aspect::Equal {
            // The axis that has room to spare is made longer on both sides.
            let per_point = ((across.range[1] - across.range[0]) / (right - left))
                .max((up.range[1] - up.range[0]) / (bottom - top))
                * 1.05;
            for (axis, room) in [(&mut across, right - left), (&mut up, bottom - top)] {
                let middle = 0.5 * (axis.range[0] + axis.range[1]);
                let half = 0.5 * room * per_point;
                axis.range = [middle - half, middle + half];
            }
        }
        if figure.bars.is_some() {
            // The tallest bar does not touch the upper edge.
            let [low, high] = up.range;
            let room = 0.05 * (high - low);
            up.range = [if low < 0.0 { low - room } else { low }, high + room];
        }
        Self { figure, across, up }
    }

    fn x(&self, value: f64) -> f64 {
        let [left, _, right, _] = FRAME;
        left + self.across.part(value) * (right - left)
    }

    fn y(&self, value: f64) -> f64 {
        let [_, top, _, bottom] = FRAME;
        bottom - self.up.part(value) * (bottom - top)
    }

    /// Grid, ticks, labels and the title.
    fn axes(&self, items: &mut Vec<Item>) {
        let [left, top, right, bottom] = FRAME;
        let named = matches!(
            &self.figure.bars,
            Some(Bars {
                over: Over::Names(_),
                ..
            })
        );
        if !named {
            for (value, number) in ticks(&self.across, 8) {
                let x = self.x(value);
                items.push(segment([x, top], [x, bottom], GRID, 1.0));
                items.push(label([x, bottom + SPACING], Anchor::Middle, GREY, &number));
            }
        }
        for (value, number) in ticks(&self.up, 6) {
            let y = self.y(value);
            items.push(segment([left, y], [right, y], GRID, 1.0));
            items.push(label([left - 6.0, y + 4.0], Anchor::End, GREY, &number));
        }
        items.push(segment([left, bottom], [right, bottom], GREY, 1.0));
        items.push(segment([left, top], [left, bottom], GREY, 1.0));
        let middle = [0.5 * (left + right), bottom + 2.2 * SPACING];
        items.push(label(middle, Anchor::Middle, INK, &self.across.label));
        items.push(Item::Text(Text {
            turned: Turned::Quarter,
            ..words(
                [18.0, 0.5 * (top + bottom)],
                Anchor::Middle,
                INK,
                &self.up.label,
            )
        }));
        items.push(Item::Text(Text {
            size: 15.0,
            ..words([left, 24.0], Anchor::Start, INK, &self.figure.title)
        }));
    }

    fn band(&self, items: &mut Vec<Item>, band: &Band) {
        if let Fill::Uprights(role) = band.fill {
            let finite = |span: &[f64; 2]| span.iter().all(|end| end.is_finite());
            let all = band
                .x
                .iter()
                .zip(&*band.spans)
                .filter(|(_, span)| finite(span));
            items.extend(all.map(|(x, [low, high])| {
                let ends = [*low, *high].map(|end| self.place(&[*x, end]));
                segment(ends[0], ends[1], color(role), 1.0)
            }));
            return;
        }
        let side = |side: usize| {
            band.x
                .iter()
                .zip(&*band.spans)
                .map(move |(x, span)| [*x, span[side]])
        };
        let around: Vec<[f64; 2]> = side(0).chain(side(1).rev()).collect();
        let (color, opacity) = match band.fill {
            Fill::Share(hue) => (end_color(hue), 0.9),
            _ => (color(Role::Weak), 0.25),
        };
        items.push(Item::Area {
            points: self.places(&around),
            color,
            opacity,
        });
    }

    fn cells(&self, items: &mut Vec<Item>, cells: &Cells) {
        items.extend(cells.known().map(|([left, low], [right, high], value)| {
            let corners = [[left, low], [right, low], [right, high], [left, high]];
            Item::Area {
                points: self.places(&corners),
                color: shade(value),
                opacity: 1.0,
            }
        }));
    }

    fn bars(&self, items: &mut Vec<Item>, bars: &Bars) {
        let zero = self.y(0.0);
        for (bar, height) in bars.heights.iter().enumerate() {
            let edges = bars.edges(self.across.range, bar);
            let role = match &bars.over {
                Over::Names(_) if *height < 0.0 => Role::Blue,
                Over::Bins if edges[1] <= 0.0 => Role::Blue,
                Over::Bins if edges[0] < 0.0 => Role::Weak,
                Over::Names(_) | Over::Bins => Role::Orange,
            };
            let (from, to) = (self.x(edges[0]), self.x(edges[1]));
            let gap = if to - from > 4.0 { 1.0 } else { 0.0 };
            let (top, foot) = (self.y(*height).min(zero), self.y(*height).max(zero));
            if *height != 0.0 {
                items.push(Item::Area {
                    points: vec![[from, top], [to - gap, top], [to - gap, foot], [from, foot]],
                    color: color(role),
                    opacity: 1.0,
                });
            }
        }
    }

    fn series(&self, items: &mut Vec<Item>, series: &Series) {
        let color = color(series.role);
        let points: Vec<[f64; 2]> = series.points().collect();
        let finite = |point: &[f64; 2]| point.iter().all(|place| place.is_finite());
        let (width, dashes) =
            match series.line {
                Line::Dots(radius) => {
                    items.extend(points.iter().filter(|point| finite(point)).map(|point| {
                        Item::Disc {
                            middle: self.place(point),
                            radius: f64::from(radius),
                            color,
                        }
                    }));
                    return;
                }
                Line::Marked(width, marker) => {
                    let at = points.iter().filter(|point| finite(point));
                    let markers = at.map(|point| self.marker(point, marker, color));
                    items.extend(markers);
                    (width, Dashes::None)
                }
                Line::Solid(width) => (width, Dashes::None),
                Line::Dashed(width) => (width, Dashes::Long),
            };
        // A place without a number breaks the line.
        let parts = points.split(|point| !finite(point));
        items.extend(
            parts
                .filter(|part| !part.is_empty())
                .map(|part| Item::Line {
                    points: self.places(part),
                    color,
                    width: f64::from(width),
                    dashes,
                }),
        );
    }

    /// Lines that point something out.
    fn line_of(&self, items: &mut Vec<Item>, mark: &Mark) {
        let [left, top, right, bottom] = FRAME;
        let dashed = |from, to, color| Item::Line {
            points: vec![from, to],
            color,
            width: 1.2,
            dashes: Dashes::Short,
        };
        match mark {
            Mark::Upright(at, said) => {
                let x = self.x(*at);
                let down = self.figure.uprights_before(mark) as f64 * SPACING;
                items.push(dashed([x, top], [x, bottom], INK));
                let (aside, anchor) = if x > 0.5 * (left + right) {
                    (-5.0, Anchor::End)
                } else {
                    (5.0, Anchor::Start)
                };
                let place = [x + aside, top + SPACING + down];
                items.push(label(place, anchor, INK, said));
            }
            Mark::Level(at, said) if said.is_empty() => {
                let y = self.y(*at);
                items.push(segment([left, y], [right, y], GREY, 1.0));
            }
            Mark::Level(at, said) => {
                let y = self.y(*at);
                items.push(dashed([left, y], [right, y], GREY));
                items.push(label([left + 6.0, y - 4.0], Anchor::Start, GREY, said));
            }
            Mark::Diagonal => {
                let low = self.across.range[0].max(self.up.range[0]);
                let high = self.across.range[1].min(self.up.range[1]);
                let [low, high] = [low, high].map(|at| self.place(&[at, at]));
                items.push(dashed(low, high, GREY));
            }
            Mark::Circle(radius) => {
                let turn = |part: u32| std::f64::consts::TAU * f64::from(part) / 180.0;
                let place = |part| {
                    let (sine, cosine) = turn(part).sin_cos();
                    self.place(&[radius * cosine, radius * sine])
                };
                items.push(Item::Line {
                    points: (0..=180).map(place).collect(),
                    color: GREY,
                    width: 1.0,
                    dashes: Dashes::None,
                });
            }
            Mark::Dot(..) => (),
        }
    }

    /// Dots that point something out, with a white rim.
    fn dot_of(&self, items: &mut Vec<Item>, mark: &Mark) {
        if let Mark::Dot(point, role) = mark {
            let middle = self.place(point);
            for (radius, color) in [(5.5, PAPER), (4.0, color(*role))] {
                items.push(Item::Disc {
                    middle,
                    radius,
                    color,
                });
            }
        }
    }

    fn marker(&self, point: &[f64; 2], marker: Marker, color: Color) -> Item {
        marked(self.place(point), marker, color)
    }

    fn place(&self, [x, y]: &[f64; 2]) -> [f64; 2] {
        [self.x(*x), self.y(*y)]
    }

    fn places(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        points.iter().map(|point| self.place(point)).collect()
    }
}
