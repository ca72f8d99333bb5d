//! Figures: what a chart shows, as data. The window paints them, `export` writes them as SVG, PNG and CSV, and both
//! show the same numbers.
//!
//! A [`Figure`] has axes, and on them curves, bands, bars and marks. Colours are [roles](Role): whoever draws has a
//! theme for them. [Formulas](mathematics) are outlines. The functions beside fill figures from what the engine knows.
//! Absent: the screen, files, and every choice of what is looked at.

pub mod basin;
mod cells;
pub mod curves;
pub mod distributions;
pub mod learning;
pub mod markup;
pub mod mathematics;
mod mosaic;
pub mod numbers;
pub mod recall;
pub mod sampling;
mod squares;
pub mod tracks;

pub use cells::Cells;
pub use mosaic::{Hue, Mosaic, Tile, TileKind, basin_color};
pub use squares::{Bond, BondBar, CellMark, Squares, Tone, bond_bars};

use std::sync::Arc;

/// One chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it shows: the heading of its picture and, in lower case, the [name](file_name) of its file.
    pub title: String,
    /// The lower edge.
    pub across: Axis,
    /// The left edge.
    pub up: Axis,
    /// Whether a unit is as long across as up.
    pub aspect: Aspect,
    /// Where the names of the curves stand.
    pub legend: Legend,
    /// Cells side by side, drawn first.
    pub cells: Option<Cells>,
    /// A picture of basins, in place of axes and everything on them.
    pub mosaic: Option<Mosaic>,
    /// Numbers on a grid, in place of axes and everything on them.
    pub squares: Option<Squares>,
    /// What lies between two curves, drawn below them.
    pub bands: Vec<Band>,
    /// Bars on the lower edge; a figure with bars has nothing else but marks.
    pub bars: Option<Bars>,
    /// Curves and clouds of points, in the order in which they are drawn.
    pub series: Vec<Series>,
    /// Lines and dots that point something out, drawn last.
    pub marks: Vec<Mark>,
    /// A sentence in a corner, or empty: how many curves are left out, say.
    pub remark: String,
}

/// One axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What goes along it, with its unit if it has one.
    pub label: String,
    /// Its two ends, the smaller first.
    pub range: [f64; 2],
    /// How values become lengths.
    pub scale: Scale,
}

/// How values become lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Length is value.
    #[default]
    Linear,
    /// Length is ln(1 + value), for counts: rare values stay visible, and zero has a place.
    Log,
    /// Length is ln(value), for what is above zero: equal ratios are equally long.
    Ratios,
    /// Length is value, which is a place and no number: nothing stands along the axis.
    Places,
}

impl Scale {
    /// The length that stands for `value`.
    pub fn length(self, value: f64) -> f64 {
        match self {
            Self::Linear | Self::Places => value,
            Self::Log => libm::log1p(value),
            Self::Ratios => libm::log(value),
        }
    }
}

/// Whether both axes have one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aspect {
    /// Each fills its room.
    #[default]
    Free,
    /// A unit is as long across as up.
    Equal,
}

/// Where the names of the curves stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Legend {
    /// On a line above the axes.
    #[default]
    Above,
    /// In the upper right corner.
    UpperRight,
    /// In the lower right corner.
    LowerRight,
}

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The first curve; what is negative.
    Blue,
    /// The second curve; what is positive; what is in focus.
    Orange,
    /// As strong as letters.
    Strong,
    /// Grey.
    Weak,
    /// Grey in the background, one of many.
    Faint,
    /// The colour of what a start ends in.
    End(Hue),
}

/// A curve, or a cloud of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is: the head of its column in a table.
    pub name: String,
    /// What the legend says of it; `None` if it is one of many.
    pub legend: Option<String>,
    /// Its colour.
    pub role: Role,
    /// How it is drawn.
    pub line: Line,
    /// Places across. Series of one recording share them.
    pub x: Arc<[f64]>,
    /// Places up, as many.
    pub y: Arc<[f64]>,
}

impl Series {
    /// Its points.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        self.x.iter().zip(&*self.y).map(|(x, y)| [*x, *y])
    }
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Line {
    /// A line of this width in points.
    Solid(f32),
    /// A dashed line of this width in points.
    Dashed(f32),
    /// Dots of this radius in points.
    Dots(f32),
    /// A line of this width in points, with a marker at every place.
    Marked(f32, Marker),
}

/// The shape of a point, so that curves are told apart without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// Round.
    Disc,
    /// On one side.
    Square,
    /// On one corner.
    Diamond,
    /// With a corner up.
    Triangle,
    /// With a corner down.
    Wedge,
}

impl Marker {
    /// The radius of a marker in points.
    pub const RADIUS: f64 = 3.4;

    /// Its corners about its middle, for radius 1 and an axis that points down; none of a disc.
    pub fn corners(self) -> Option<&'static [[f64; 2]]> {
        match self {
            Self::Disc => None,
            Self::Square => Some(&[[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]]),
            Self::Diamond => Some(&[[0.0, -1.3], [1.3, 0.0], [0.0, 1.3], [-1.3, 0.0]]),
            Self::Triangle => Some(&[[0.0, -1.25], [1.15, 0.8], [-1.15, 0.8]]),
            Self::Wedge => Some(&[[0.0, 1.25], [-1.15, -0.8], [1.15, -0.8]]),
        }
    }
}

/// What lies between two curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// What lies between them.
    pub name: String,
    /// Places across.
    pub x: Arc<[f64]>,
    /// The lower and the upper curve at each of them.
    pub spans: Arc<[[f64; 2]]>,
    /// How it is drawn.
    pub fill: Fill,
}

/// How what lies between two curves is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fill {
    /// As an area.
    #[default]
    Area,
    /// As an upright line at every place: error bars.
    Uprights(Role),
    /// As an area in the colour of what starts end in, with a thin edge above.
    Share(Hue),
}

/// Bars side by side, over the whole width of the lower edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What they stand for.
    pub over: Over,
    /// Their heights; below zero they hang.
    pub heights: Vec<f64>,
    /// What the heights are, in the plural: “values”.
    pub noun: String,
}

impl Bars {
    /// From where to where bar `bar` stands on an axis with these ends.
    pub fn edges(&self, range: [f64; 2], bar: usize) -> [f64; 2] {
        let width = (range[1] - range[0]) / self.heights.len().max(1) as f64;
        [bar, bar + 1].map(|bar| range[0] + width * bar as f64)
    }
}

/// What bars stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// Equal parts of the lower axis: blue below zero, orange above, grey the one that holds it.
    Bins,
    /// Things with a name each: blue where the height is negative, orange where not.
    Names(Vec<String>),
}

/// What points something out.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// An upright dashed line, with a text beside it or none.
    Upright(f64, String),
    /// A thin level line, dashed with its name above it if it has one.
    Level(f64, String),
    /// A dot on a curve.
    Dot([f64; 2], Role),
    /// Where both axes have the same value.
    Diagonal,
    /// A circle about zero of this radius.
    Circle(f64),
}

/// The name of the file of a figure called `title`, without an ending: letters, digits and hyphens.
pub fn file_name(title: &str) -> String {
    let plain = |letter: char| match letter {
        _ if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '-',
    };
    let name: String = title.chars().map(plain).collect();
    let words = name.split('-').filter(|word| !word.is_empty());
    words.collect::<Vec<&str>>().join("-")
}

/// The least and the largest of finite values; 0 and 1 if there are none.
pub fn span(values: impl IntoIterator<Item = f64>) -> [f64; 2] {
    let finite = values.into_iter().filter(|value| value.is_finite());
    let ends = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
        [low.min(value), high.max(value)]
    });
    if ends[0] <= ends[1] { ends } else { [0.0, 1.0] }
}

impl Axis {
    /// A linear axis.
    pub fn new(label: &str, range: [f64; 2]) -> Self {
        Self {
            label: label.to_owned(),
            range,
            scale: Scale::Linear,
        }
    }

    /// Where `value` lies between the ends, 0 to 1.
    pub fn part(&self, value: f64) -> f64 {
        let [low, high] = self.range.map(|end| self.scale.length(end));
        (self.scale.length(value) - low) / (high - low)
    }
}

impl Figure {
    /// Empty axes.
    pub fn new(title: &str, across: Axis, up: Axis) -> Self {
        Self {
            title: title.to_owned(),
            across,
            up,
            aspect: Aspect::Free,
            legend: Legend::Above,
            cells: None,
            mosaic: None,
            squares: None,
            bands: Vec::new(),
            bars: None,
            series: Vec::new(),
            marks: Vec::new(),
            remark: String::new(),
        }
    }

    /// Upright marks with a text before `mark` that stand near it: its own text stands so many lines lower.
    pub fn uprights_before(&self, mark: &Mark) -> usize {
        const NEAR: f64 = 0.35;
        let at = |mark: &Mark| match mark {
            Mark::Upright(at, said) if !said.is_empty() => Some(self.across.part(*at)),
            _ => None,
        };
        let Some(own) = at(mark) else {
            return 0;
        };
        let before = self.marks.iter().take_while(|other| *other != mark);
        let near = before
            .filter_map(at)
            .filter(|other| (other - own).abs() < NEAR);
        near.count()
    }

    /// Series with something to say in the legend.
    pub fn listed(&self) -> impl Iterator<Item = (&Series, &str)> {
        let series = self.series.iter();
        series.filter_map(|series| Some((series, series.legend.as_deref()?)))
    }
}

#[cfg(test)]
mod tests;
