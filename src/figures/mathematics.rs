//! Formulas: TeX in, outlines at their places out, in em. The window fills them with pixels; a figure on paper can take
//! them as they are.
//!
//! Which symbol of a [legend] an outline belongs to goes through the layout as its colour. Absent: colours,
//! sizes in points. The same formulas as plain text: [`plain`](plain::plain).

#[cfg(any(target_arch = "wasm32", test))]
pub mod afar;
mod glyphs;
mod here;
pub mod legend;
pub mod plain;
mod tree;

use crate::engine::learning::Symbol;
pub use ratex_parser::ParseError;
use serde::{Deserialize, Serialize};

// Who sets them: this program or, on a page, a second one, so that the first is there sooner.
#[cfg(target_arch = "wasm32")]
use afar as setter;
#[cfg(not(target_arch = "wasm32"))]
use here as setter;

/// A formula as outlines; places in em from the upper left corner, downwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Typeset {
    /// Width and height.
    pub size: [f64; 2],
    /// How far below the top the first line stands.
    pub baseline: f64,
    /// Glyphs, bars and brackets.
    pub shapes: Vec<Shape>,
}

/// One filled outline, by the nonzero rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Which symbol of the legend it is part of.
    pub symbol: Option<usize>,
    /// The way round.
    pub outline: Vec<Step>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// To the start of the next contour.
    Move([f64; 2]),
    /// A straight line.
    Line([f64; 2]),
    /// A parabola: control, end.
    Quad([f64; 2], [f64; 2]),
    /// A cubic curve: both controls, end.
    Cubic([f64; 2], [f64; 2], [f64; 2]),
}

impl Step {
    /// Its points, the end last.
    fn points(self) -> Vec<[f64; 2]> {
        match self {
            Self::Move(end) | Self::Line(end) => vec![end],
            Self::Quad(control, end) => vec![control, end],
            Self::Cubic(first, second, end) => vec![first, second, end],
        }
    }
}

impl Shape {
    /// Left, top, right and bottom of its points; `None` if it has none.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let points = self.outline.iter().flat_map(|step| step.points());
        points.fold(None, |bounds: Option<[f64; 4]>, [x, y]| {
            let [left, top, right, bottom] = bounds.unwrap_or([x, y, x, y]);
            Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
        })
    }
}

impl Typeset {
    /// The symbol of the legend that lies at a place or within `reach` em of it, the nearest one.
    pub fn symbol_at(&self, [x, y]: [f64; 2], reach: f64) -> Option<usize> {
        let distance = |shape: &Shape| {
            let [left, top, right, bottom] = shape.bounds()?;
            let aside = (left - x).max(x - right).max(0.0);
            let above = (top - y).max(y - bottom).max(0.0);
            Some((aside.hypot(above), shape.symbol?))
        };
        let near = self.shapes.iter().filter_map(distance);
        let near = near.filter(|(distance, _)| *distance <= reach);
        near.min_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, symbol)| symbol)
    }
}

/// Sets `tex`. It is broken before signs of relation and operation where a line is longer than `room` em; what has no
/// such place stays longer. Refused: what is no TeX, glyphs that the fonts lack.
pub fn typeset(tex: &str, symbols: &[Symbol], room: f64) -> Result<Typeset, ParseError> {
    setter::typeset(tex, &written(symbols), room)
}

/// Whether what sets formulas is still on its way to a page.
#[cfg(not(target_arch = "wasm32"))]
pub const fn is_coming() -> bool {
    false
}

/// Whether what sets formulas is still on its way to a page.
#[cfg(target_arch = "wasm32")]
pub fn is_coming() -> bool {
    afar::is_coming()
}

/// How the symbols of a legend are written.
fn written(symbols: &[Symbol]) -> Vec<&'static str> {
    symbols.iter().map(|symbol| symbol.tex).collect()
}

#[cfg(test)]
mod tests;
