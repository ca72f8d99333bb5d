//! Figures as pixels: the same drawing as the SVG, two pixels to a point, on white.
//!
//! Letters are the window's own, as outlines, so that pictures look alike on every machine.

use super::drawing::drawing;
use super::items::{Anchor, Color, FRAME, Item, PAPER, Raster, SIZE, Text, Turned};
use crate::assets::{Asset, FIXED_WIDTH, UBUNTU};
use crate::engine::Error;
use crate::figures::Figure;
use ab_glyph::{Font as _, FontRef, Glyph, OutlineCurve, PxScale, ScaleFont as _};
use std::io::Cursor;
use tiny_skia::{
    FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash,
    Transform,
};

/// Pixels to a point.
const SCALE: f32 = 2.0;

/// The bytes of a PNG file. Refused: a picture for which there is no memory.
pub fn png(figure: &Figure) -> Result<Vec<u8>, Error> {
    let mut bytes = Cursor::new(Vec::new());
    let written = pixels(figure)?.write_to(&mut bytes, image::ImageFormat::Png);
    written.map_err(|why| Error::System(format!("the figure could not be written: {why}")))?;
    Ok(bytes.into_inner())
}

/// The same as pixels, 1,280 × 800 of them.
pub fn pixels(figure: &Figure) -> Result<image::RgbaImage, Error> {
    let refused = |why: &str| Error::System(format!("the figure could not be drawn: {why}"));
    let [width, height] = SIZE.map(|side| side as u32 * SCALE as u32);
    let mut page = Page {
        pixels: Pixmap::new(width, height).ok_or_else(|| refused("there is no memory"))?,
        fonts: fonts()?,
    };
    let [red, green, blue] = PAPER;
    page.pixels
        .fill(tiny_skia::Color::from_rgba8(red, green, blue, 255));
    let frame = frame(width, height).ok_or_else(|| refused("its axes have no room"))?;
    let drawing = drawing(figure);
    drawing.axes.iter().for_each(|item| page.add(item, None));
    let inside = drawing.inside.iter();
    inside.for_each(|item| page.add(item, Some(&frame)));
    drawing.words.iter().for_each(|item| page.add(item, None));
    image::RgbaImage::from_raw(width, height, page.pixels.take())
        .ok_or_else(|| refused("its pixels do not fit"))
}

/// The window's letters, and those for what they lack.
fn fonts() -> Result<[FontRef<'static>; 2], Error> {
    let read = |asset: &'static Asset| {
        let font = FontRef::try_from_slice(asset.bytes()?);
        font.map_err(|why| Error::System(why.to_string()).in_source(asset.path))
    };
    Ok([read(&UBUNTU)?, read(&FIXED_WIDTH)?])
}

/// What lies within the axes.
fn frame(width: u32, height: u32) -> Option<Mask> {
    let [left, top, right, bottom] = FRAME.map(|side| side as f32);
    let mut mask = Mask::new(width, height)?;
    let inside = PathBuilder::from_rect(Rect::from_ltrb(left, top, right, bottom)?);
    mask.fill_path(&inside, FillRule::Winding, true, scaled());
    Some(mask)
}

fn scaled() -> Transform {
    Transform::from_scale(SCALE, SCALE)
}

struct Page {
    pixels: Pixmap,
    fonts: [FontRef<'static>; 2],
}

impl Page {
    fn add(&mut self, item: &Item, inside: Option<&Mask>) {
        match item {
            Item::Line {
                points,
                color,
                width,
                dashes,
            } => {
                let stroke = Stroke {
                    width: *width as f32,
                    line_cap: LineCap::Butt,
                    line_join: LineJoin::Round,
                    dash: dashes
                        .lengths()
                        .and_then(|lengths| StrokeDash::new(lengths.to_vec(), 0.0)),
                    ..Stroke::default()
                };
                if let Some(path) = through(points) {
                    let paint = paint(*color, 1.0);
                    self.pixels
                        .stroke_path(&path, &paint, &stroke, scaled(), inside);
                }
            }
            Item::Area {
                points,
                color,
                opacity,
            } => self.fill(through(points), &paint(*color, *opacity), inside),
            Item::Disc {
                middle: [x, y],
                radius,
                color,
            } => {
                let disc = PathBuilder::from_circle(*x as f32, *y as f32, *radius as f32);
                self.fill(disc, &paint(*color, 1.0), inside);
            }
            Item::Text(text) => {
                let path = self.outlines(text);
                self.fill(path, &paint(text.color, 1.0), inside);
            }
            Item::Picture {
                corner,
                size,
                raster,
            } => self.put(*corner, *size, raster),
        }
    }

    /// Puts a raster onto the page, at the nearest whole pixels.
    fn put(&mut self, corner: [f64; 2], size: [f64; 2], raster: &Raster) {
        let whole = |length: f64| (length * f64::from(SCALE)).round() as usize;
        let ([left, top], [width, height]) = (corner.map(whole), size.map(whole));
        let page = self.pixels.width() as usize;
        let data = self.pixels.data_mut();
        let sampled = raster.sampled([width, height]);
        for (row, line) in sampled.chunks(width.max(1)).enumerate() {
            for (column, [red, green, blue]) in line.iter().enumerate() {
                let at = 4 * ((top + row) * page + left + column);
                if let Some(pixel) = data.get_mut(at..at + 4) {
                    pixel.copy_from_slice(&[*red, *green, *blue, u8::MAX]);
                }
            }
        }
    }

    fn fill(&mut self, path: Option<Path>, paint: &Paint<'_>, inside: Option<&Mask>) {
        if let Some(path) = path {
            self.pixels
                .fill_path(&path, paint, FillRule::Winding, scaled(), inside);
        }
    }

    /// The outlines of a text in its place.
    fn outlines(&self, text: &Text) -> Option<Path> {
        let mut path = PathBuilder::new();
        let mut width = 0.0;
        for letter in text.said.chars() {
            let known = |font: &&FontRef<'static>| font.glyph_id(letter).0 != 0;
            let font = self.fonts.iter().find(known).unwrap_or(&self.fonts[0]);
            let size = scale(font, text.size);
            let glyph = font.glyph_id(letter).with_scale(size);
            outline(&mut path, font, &glyph, width);
            width += font.as_scaled(size).h_advance(glyph.id);
        }
        let before = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5 * width,
            Anchor::End => width,
        };
        let [x, y] = text.place.map(|side| side as f32);
        let turn = match text.turned {
            Turned::Not => 0.0,
            Turned::Quarter => -90.0,
        };
        let place = Transform::from_translate(-before, 0.0)
            .post_concat(Transform::from_rotate(turn))
            .post_translate(x, y);
        path.finish()?.transform(place)
    }
}

/// The scale at which the em of `font` is `size`, as in SVG; the library counts from the lowest to the highest letter.
fn scale(font: &FontRef<'_>, size: f64) -> PxScale {
    let em = font.units_per_em().unwrap_or(1000.0);
    PxScale::from(size as f32 * font.height_unscaled() / em)
}

/// Adds the outline of `glyph`, its origin at `left` on the line of letters.
fn outline(path: &mut PathBuilder, font: &FontRef<'_>, glyph: &Glyph, left: f32) {
    let Some(outline) = font.outline(glyph.id) else {
        return;
    };
    let unit = font.as_scaled(glyph.scale).scale_factor();
    let at = |point: ab_glyph::Point| (left + point.x * unit.horizontal, -point.y * unit.vertical);
    let mut last = None;
    for curve in outline.curves {
        let (start, end) = match &curve {
            OutlineCurve::Line(start, end)
            | OutlineCurve::Quad(start, _, end)
            | OutlineCurve::Cubic(start, _, _, end) => (*start, *end),
        };
        if last != Some(start) {
            let (x, y) = at(start);
            path.move_to(x, y);
        }
        let (x, y) = at(end);
        match curve {
            OutlineCurve::Line(..) => path.line_to(x, y),
            OutlineCurve::Quad(_, by, _) => path.quad_to(at(by).0, at(by).1, x, y),
            OutlineCurve::Cubic(_, a, b, _) => {
                path.cubic_to(at(a).0, at(a).1, at(b).0, at(b).1, x, y);
            }
        }
        last = Some(end);
    }
}

/// A line through finite points; none if there are fewer than two.
fn through(points: &[[f64; 2]]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, [x, y]) in points.iter().enumerate() {
        let (x, y) = (*x as f32, *y as f32);
        if index == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    path.finish()
}

fn paint(color: Color, opacity: f64) -> Paint<'static> {
    let [red, green, blue] = color;
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    paint.set_color_rgba8(red, green, blue, (255.0 * opacity) as u8);
    paint
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::examples;

    #[test]
    fn pictures_have_size_and_contents() {
        for figure in [examples::curves(), examples::bars()] {
            let bytes = png(&figure).expect("it can be drawn");
            let picture = image::load_from_memory(&bytes).expect("it is a picture");
            let picture = picture.to_rgb8();
            assert_eq!(picture.dimensions(), (1280, 800));
            let orange = picture
                .pixels()
                .filter(|pixel| pixel.0[0] > 200 && pixel.0[2] < 100);
            let dark = picture
                .pixels()
                .filter(|pixel| pixel.0.iter().all(|part| *part < 110));
            let (orange, dark) = (orange.count(), dark.count());
            assert!(orange > 1000 && dark > 500, "{orange} orange, {dark} dark");
        }
    }

    #[test]
    fn every_letter_of_a_figure_has_an_outline() {
        let fonts = fonts().expect("they are part of the program");
        for letter in "αβκλμξσ−·±₁₀²|_*/^log Å≤".chars() {
            let known = fonts.iter().any(|font| font.glyph_id(letter).0 != 0);
            assert!(known, "{letter:?}");
        }
    }
}
