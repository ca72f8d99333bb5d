//! Pictures of the lesson that is open, as wide as it at most.

use super::super::gallery;
use crate::app::theme::{Palette, ROUNDING, SMALL};
use crate::lessons::Lesson;
use egui::{Image, Label, RichText, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui};

/// Pictures that were shown, of one lesson, by where their bytes lie.
#[derive(Default)]
pub(super) struct Pictures {
    lesson: String,
    shown: Vec<(usize, TextureHandle)>,
}

impl Pictures {
    /// Draws the picture of `source`, and what it `says` below it.
    pub(super) fn show(&mut self, ui: &mut Ui, lesson: &Lesson, source: &str, says: &str) {
        if self.lesson != lesson.id {
            (self.lesson, self.shown) = (lesson.id.clone(), Vec::new());
        }
        let Some(png) = lesson.picture(source) else {
            return;
        };
        // A lesson that is opened again may have others under their names.
        let place = png.as_ptr().addr();
        let known = self.shown.iter().find(|(known, _)| *known == place);
        let texture = if let Some((_, texture)) = known {
            texture.clone()
        } else {
            let name = format!("{}: {source}", lesson.id);
            let options = TextureOptions::LINEAR;
            let texture = ui.ctx().load_texture(name, gallery::read(png), options);
            self.shown.push((place, texture.clone()));
            texture
        };
        let size = texture.size_vec2();
        let scale = (ui.available_width() / size.x).min(1.0);
        let image = Image::new((texture.id(), size * scale))
            .corner_radius(ROUNDING)
            .alt_text(says);
        let shown = ui.add(image);
        let palette = Palette::of(ui.visuals());
        let edge = Stroke::new(1.0, palette.stroke);
        ui.painter()
            .rect_stroke(shown.rect, ROUNDING, edge, StrokeKind::Inside);
        let says = RichText::new(says).size(SMALL).color(palette.weak);
        ui.add(Label::new(says).wrap());
    }
}
