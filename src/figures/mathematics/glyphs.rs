//! Outlines of the glyphs of formulas, from the fonts of KaTeX.

use super::Step;
use ab_glyph::{Font as _, FontVec, OutlineCurve, Point};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The faces that formulas of ours use: letters, italic letters, and brackets and sums in larger sizes.
const FACES: [&str; 9] = [
    "AMS-Regular",
    "Main-Bold",
    "Main-Regular",
    "Math-Italic",
    "SansSerif-Regular",
    "Size1-Regular",
    "Size2-Regular",
    "Size3-Regular",
    "Size4-Regular",
];

/// The outline of a glyph whose origin stands at `[x, y]`, enlarged by `scale`: empty if it has no ink, `None` if the
/// fonts lack it.
pub(super) fn outline(face: &str, code: u32, [x, y]: [f64; 2], scale: f64) -> Option<Vec<Step>> {
    let font = faces().get(face)?;
    let letter = char::from_u32(code)?;
    let glyph = font.glyph_id(letter);
    if glyph.0 == 0 {
        return None;
    }
    let Some(outline) = font.outline(glyph) else {
        return Some(Vec::new());
    };
    let em = scale / f64::from(font.units_per_em()?);
    let at = |point: Point| [x + em * f64::from(point.x), y - em * f64::from(point.y)];
    let mut steps = Vec::new();
    let mut pen = None;
    for curve in outline.curves {
        let (start, end, step) = match curve {
            OutlineCurve::Line(start, end) => (start, end, Step::Line(at(end))),
            OutlineCurve::Quad(start, control, end) => {
                (start, end, Step::Quad(at(control), at(end)))
            }
            OutlineCurve::Cubic(start, first, second, end) => {
                (start, end, Step::Cubic(at(first), at(second), at(end)))
            }
        };
        if pen != Some(start) {
            steps.push(Step::Move(at(start)));
        }
        steps.push(step);
        pen = Some(end);
    }
    Some(steps)
}

/// Every face, read once.
fn faces() -> &'static BTreeMap<&'static str, FontVec> {
    static READ: OnceLock<BTreeMap<&'static str, FontVec>> = OnceLock::new();
    READ.get_or_init(|| {
        let read = |face| {
            let file = format!("KaTeX_{face}.ttf");
            Some((face, FontVec::try_from_vec(bytes_of(&file)?).ok()?))
        };
        FACES.into_iter().filter_map(read).collect()
    })
}

/// The bytes of a font.
#[cfg(not(target_arch = "wasm32"))]
fn bytes_of(file: &str) -> Option<Vec<u8>> {
    ratex_katex_fonts::ttf_bytes(file).map(std::borrow::Cow::into_owned)
}

/// The same on a page, which has fetched them before it opens.
#[cfg(target_arch = "wasm32")]
fn bytes_of(file: &str) -> Option<Vec<u8>> {
    let mut faces = crate::assets::FACES.iter();
    let face = faces.find(|face| face.path.ends_with(file))?;
    face.bytes().ok().map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_there_and_contours_begin_where_they_should() {
        assert_eq!(faces().len(), FACES.len());
        let steps = outline("Main-Regular", u32::from('='), [1.0, 2.0], 0.5).expect("it has one");
        let starts = steps.iter().filter(|step| matches!(step, Step::Move(_)));
        assert_eq!(starts.count(), 2, "two bars: {steps:?}");
        assert_eq!(outline("Main-Regular", 0x4e00, [0.0, 0.0], 1.0), None);
        assert_eq!(outline("No-Face", 0x41, [0.0, 0.0], 1.0), None);
    }
}
