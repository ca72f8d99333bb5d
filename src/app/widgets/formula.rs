//! Formulas as pictures of outlines, sharp at any zoom, and their legends; a symbol under the pointer is reported and
//! painted in orange wherever it stands.
//!
//! A formula that is too wide becomes a little smaller, then breaks before a sign, and is never cut; a right click
//! copies it as LaTeX. Pictures are kept until the formula, the room, the scale or the theme has changed.

use crate::app::theme::{BODY, Palette, SMALL};
use crate::engine::learning::Symbol;
use crate::figures::mathematics::plain::plain;
use crate::figures::mathematics::{ParseError, Step, Typeset, is_coming, typeset};
use egui::emath::GuiRounding as _;
use egui::{
    Color32, ColorImage, Context, Id, Label, Rect, Response, RichText, Role, Sense, TextureHandle,
    TextureOptions, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Transform};

/// Down to this part of its size a formula shrinks before it is broken.
const SMALLEST: f64 = 0.85;

/// Room around a formula for what leans out of it, in em.
const MARGIN: f64 = 0.08;

/// How near to a symbol the pointer has to be, in em.
const REACH: f64 = 0.25;

/// Pictures that are kept at most.
const MOST: usize = 256;

/// Draws `tex` with `size` points to an em; of the symbols of `legend` the one that is `lit` is orange. Screen readers
/// get the formula as plain text. Beside the response, the symbol under the pointer.
pub fn formula(
    ui: &mut Ui,
    tex: &str,
    legend: &[Symbol],
    lit: Option<Symbol>,
    size: f32,
) -> (Response, Option<Symbol>) {
    if is_coming() {
        let room = vec2(ui.available_width().min(size), 1.5 * size);
        return (ui.allocate_response(room, Sense::hover()), None);
    }
    let palette = Palette::of(ui.visuals());
    let key = Key {
        tex: tex.to_owned(),
        room: ui.available_width().max(1.0).to_bits(),
        size: size.to_bits(),
        pixels: ui.ctx().pixels_per_point().to_bits(),
        dark: palette.dark,
        lit: lit.and_then(|lit| legend.iter().position(|symbol| *symbol == lit)),
    };
    let picture = match picture(ui.ctx(), key, legend, palette) {
        Ok(picture) => picture,
        Err(problem) => return (ui.label(format!("{tex} ({problem})")), None),
    };
    let (rect, response) = ui.allocate_exact_size(
        picture.texture.size_vec2() / ui.ctx().pixels_per_point(),
        Sense::CLICK,
    );
    response.context_menu(|ui| {
        let copy = ui.button("Copy as LaTeX");
        if copy
            .on_hover_text("The formula as text for LaTeX")
            .clicked()
        {
            ui.copy_text(tex.to_owned());
        }
    });
    let said = plain(tex).unwrap_or_else(|_unreadable| tex.to_owned());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let rect = rect.round_to_pixels(ui.ctx().pixels_per_point());
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter()
        .image(picture.texture.id(), rect, whole, Color32::WHITE);
    let pointed = response.hover_pos().and_then(|pointer| {
        let place = (pointer - rect.min) / picture.em;
        let [x, y] = [place.x, place.y].map(|em| f64::from(em) - MARGIN);
        let symbol = picture.typeset.symbol_at([x, y], REACH)?;
        legend.get(symbol).copied()
    });
    (response, pointed)
}

/// A symbol as the label of a control, called `name` for screen readers; it can be clicked.
pub fn symbol_label(ui: &mut Ui, tex: &str, name: &str) -> Response {
    let (drawn, _) = formula(ui, tex, &[], None, BODY);
    let response = drawn.interact(Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    response
}

/// The `symbols` with what they stand for, a line each in small type; the one under the pointer.
pub fn legend(ui: &mut Ui, symbols: &[Symbol], lit: Option<Symbol>) -> Option<Symbol> {
    let palette = Palette::of(ui.visuals());
    let mut pointed = None;
    ui.spacing_mut().item_spacing.y = 2.0;
    for symbol in symbols {
        let color = if lit == Some(*symbol) {
            palette.orange
        } else {
            palette.weak
        };
        let meaning = RichText::new(symbol.meaning).size(SMALL).color(color);
        let line = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().interact_size.y = 0.0;
            let tex = format!(r"\textstyle {}", symbol.tex);
            formula(ui, &tex, &[*symbol], lit, SMALL + 1.5);
            ui.add(Label::new(meaning).wrap());
        });
        if line.response.contains_pointer() {
            pointed = Some(*symbol);
        }
    }
    pointed
}

/// What a picture depends on; numbers by their bits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    tex: String,
    room: u32,
    size: u32,
    pixels: u32,
    dark: bool,
    lit: Option<usize>,
}

/// A formula, painted.
#[derive(Clone)]
struct Picture {
    texture: TextureHandle,
    typeset: Arc<Typeset>,
    /// Points to an em.
    em: f32,
}

/// Pictures of formulas, for as long as the window is open.
#[derive(Clone, Default)]
struct Pictures(Arc<egui::mutex::Mutex<BTreeMap<Key, Picture>>>);

fn picture(
    ctx: &Context,
    key: Key,
    legend: &[Symbol],
    palette: &Palette,
) -> Result<Picture, ParseError> {
    let kept = ctx.data_mut(|data| data.get_temp_mut_or_default::<Pictures>(Id::NULL).clone());
    let found = kept.0.lock().get(&key).cloned();
    if let Some(found) = found {
        return Ok(found);
    }
    let [room, size, pixels] =
        [key.room, key.size, key.pixels].map(|bits| f64::from(f32::from_bits(bits)));
    let (typeset, em) = fitted(&key.tex, legend, room, size)?;
    let colors = [palette.strong, palette.orange];
    let image = painted(&typeset, em * pixels, key.lit, colors);
    let picture = Picture {
        texture: ctx.load_texture("formula", image, TextureOptions::NEAREST),
        typeset: Arc::new(typeset),
        em: em as f32,
    };
    let mut pictures = kept.0.lock();
    if pictures.len() >= MOST {
        pictures.clear();
    }
    pictures.insert(key, picture.clone());
    Ok(picture)
}

/// The formula in `room` points, and its em in points, `size` at most.
fn fitted(
    tex: &str,
    legend: &[Symbol],
    room: f64,
    size: f64,
) -> Result<(Typeset, f64), ParseError> {
    let scale = |typeset: &Typeset| room / ((typeset.size[0] + 2.0 * MARGIN) * size);
    let line = typeset(tex, legend, f64::INFINITY)?;
    let fits = scale(&line);
    if fits >= SMALLEST {
        return Ok((line, size * fits.min(1.0)));
    }
    let lines = typeset(tex, legend, room / size - 2.0 * MARGIN)?;
    let fits = scale(&lines).min(1.0);
    Ok((lines, size * fits))
}

/// Fills the outlines, with `em` pixels to an em.
fn painted(
    typeset: &Typeset,
    em: f64,
    lit: Option<usize>,
    [plain, orange]: [Color32; 2],
) -> ColorImage {
    let [width, height] = typeset
        .size
        .map(|length| ((length + 2.0 * MARGIN) * em).floor().clamp(1.0, 8192.0) as u32);
    let mut pixels = Pixmap::new(width, height).expect("neither side is 0 or too long");
    for shape in &typeset.shapes {
        let Some(path) = path(&shape.outline, em) else {
            continue;
        };
        let color = if lit.is_some() && shape.symbol == lit {
            orange
        } else {
            plain
        };
        let [red, green, blue, alpha] = color.to_array();
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, alpha);
        pixels.fill_path(
            &path,
            &paint,
            FillRule::Winding,
            Transform::identity(),
            None,
        );
    }
    ColorImage::from_rgba_premultiplied([width as usize, height as usize], pixels.data())
}

fn path(outline: &[Step], em: f64) -> Option<Path> {
    let at = |[x, y]: [f64; 2]| [x, y].map(|place| ((place + MARGIN) * em) as f32);
    let mut path = PathBuilder::new();
    for step in outline {
        match *step {
            Step::Move(end) => {
                path.close();
                let [x, y] = at(end);
                path.move_to(x, y);
            }
            Step::Line(end) => {
                let [x, y] = at(end);
                path.line_to(x, y);
            }
            Step::Quad(control, end) => {
                let ([x1, y1], [x, y]) = (at(control), at(end));
                path.quad_to(x1, y1, x, y);
            }
            Step::Cubic(first, second, end) => {
                let ([x1, y1], [x2, y2], [x, y]) = (at(first), at(second), at(end));
                path.cubic_to(x1, y1, x2, y2, x, y);
            }
        }
    }
    path.close();
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_shrink_a_little_and_then_break() {
        let tex = r"a = b + c + d + e + f + g";
        let fit = |room| fitted(tex, &[], room, 20.0).expect("it is TeX");
        let (wide, em) = fit(1000.0);
        assert_eq!(em, 20.0);
        let width = (wide.size[0] + 2.0 * MARGIN) * em;
        let (line, em) = fit(0.9 * width);
        assert!((em - 18.0).abs() < 1e-9 && line.size == wide.size, "{em}");
        let (lines, em) = fit(0.5 * width);
        assert_eq!(em, 20.0);
        assert!(lines.size[1] > 2.0 * wide.size[1]);
        let (lines, em) = fit(20.0);
        assert!(em < 20.0 && (lines.size[0] + 2.0 * MARGIN) * em <= 20.0 + 1e-9);
    }

    #[test]
    fn the_symbol_that_is_lit_is_orange() {
        let legend = [Symbol::new(
            "J",
            "couplings",
            crate::engine::learning::Shows::Couplings,
        )];
        let set = typeset("J = 1", &legend, 100.0).expect("it is TeX");
        let colors = [Color32::BLACK, Color32::RED];
        let reds = |lit| {
            let image = painted(&set, 30.0, lit, colors);
            let red = image.pixels.iter().filter(|pixel| pixel.r() > 0);
            (
                red.count(),
                image.pixels.iter().filter(|pixel| pixel.a() > 0).count(),
            )
        };
        let (none, ink) = reds(None);
        let (some, same) = reds(Some(0));
        assert_eq!((none, ink), (0, same));
        assert!(0 < some && some < ink, "{some} of {ink}");
    }
}
