//! The gallery: every scene with its picture, which the tests take of the window itself.

use super::{Panel, PanelContext, Place, scripted};
use crate::app::theme::{BODY, CARD_MARGIN, GAP, Palette, ROUNDING, SMALL, TITLE};
use crate::app::widgets::question::question;
use crate::assets::GALLERY;
use crate::lessons::scenes::{SCENES, Scene};
use egui::{
    Align, ColorImage, Context, Layout, Rect, RichText, Role, Sense, Stroke, StrokeKind,
    TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// Most tiles in a row.
const ACROSS: usize = 6;

/// Size of a tile's picture in points.
const PICTURE: Vec2 = vec2(184.0, 103.0);

/// Height of what is said below it.
const WORDS: f32 = 80.0;

/// What a PNG file that the program holds, or has written itself, shows.
pub(super) fn read(bytes: &[u8]) -> ColorImage {
    let image = image::load_from_memory(bytes).expect("the tests read all of them");
    let image = image.to_rgba8();
    let size = [image.width(), image.height()].map(|side| side as usize);
    ColorImage::from_rgba_unmultiplied(size, image.as_raw())
}

/// The panel.
#[derive(Default)]
pub(super) struct Gallery {
    pictures: Vec<TextureHandle>,
}

impl Panel for Gallery {
    fn title(&self) -> &'static str {
        "Gallery"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        if !context.view.gallery_open {
            return;
        }
        self.load_some(ui.ctx());
        // Room for the frame of the window of tiles on both sides.
        let room = ui.ctx().content_rect().width() - 8.0 * f32::from(CARD_MARGIN);
        let tile = PICTURE.x + GAP;
        let across = ((room / tile).floor() as usize).clamp(1, ACROSS);
        let width = across as f32 * tile;
        let modal = question(ui.ctx(), "gallery", width, |ui| self.contents(ui, across));
        if let Some(scene) = modal.inner {
            scripted::act(scene.recipe(), &scene.script(), context);
        }
        if modal.inner.is_some() || modal.should_close() {
            context.view.gallery_open = false;
            // What lies below stays open.
            ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        }
    }
}

impl Gallery {
    /// Takes in the next pictures: some a frame, so that no frame waits for all of them.
    fn load_some(&mut self, ctx: &Context) {
        const A_FRAME: usize = 3;
        let missing = GALLERY.iter().skip(self.pictures.len()).take(A_FRAME);
        // On a page they come one after the other.
        let there = missing.map_while(|picture| Some((picture.path, picture.bytes().ok()?)));
        let read =
            there.map(|(path, bytes)| ctx.load_texture(path, read(bytes), TextureOptions::LINEAR));
        let before = self.pictures.len();
        self.pictures.extend(read.collect::<Vec<_>>());
        if self.pictures.len() > before {
            ctx.request_repaint();
        }
    }

    /// Draws the tiles, so many in a row; the one that was clicked on.
    fn contents(&self, ui: &mut Ui, across: usize) -> Option<&'static Scene> {
        let palette = Palette::of(ui.visuals());
        let mut chosen = None;
        ui.horizontal(|ui| {
            let title = RichText::new("Gallery").size(TITLE).color(palette.strong);
            ui.label(title);
            let help = RichText::new("Each sets the window up; Undo takes it back, Esc closes")
                .size(SMALL)
                .color(palette.weak);
            ui.label(help);
        });
        ui.add_space(GAP / 2.0);
        for (row, scenes) in SCENES.chunks(across).enumerate() {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                for (column, scene) in scenes.iter().enumerate() {
                    let picture = self.pictures.get(row * across + column);
                    if tile(ui, scene, picture) {
                        chosen = Some(scene);
                    }
                }
            });
            ui.add_space(GAP / 2.0);
        }
        chosen
    }
}

/// A picture with a title and a sentence; whether it was clicked on.
fn tile(ui: &mut Ui, scene: &Scene, picture: Option<&TextureHandle>) -> bool {
    let palette = Palette::of(ui.visuals());
    let size = PICTURE + vec2(0.0, WORDS);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, scene.title));
    let above = Rect::from_min_size(rect.min, PICTURE);
    let painter = ui.painter();
    painter.rect_filled(above, ROUNDING, palette.sunken);
    if let Some(picture) = picture {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(picture.id(), above, whole, egui::Color32::WHITE);
    }
    let lit = response.hovered() || response.has_focus();
    let edge = if lit { palette.orange } else { palette.stroke };
    let edge = Stroke::new(if lit { 2.0 } else { 1.0 }, edge);
    painter.rect_stroke(above, ROUNDING, edge, StrokeKind::Inside);
    let below = Rect::from_min_max(pos2(rect.left(), above.bottom() + 3.0), rect.max);
    let builder = egui::UiBuilder::new()
        .max_rect(below)
        .layout(Layout::top_down(Align::Min));
    let ui = &mut ui.new_child(builder);
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.spacing_mut().interact_size.y = 0.0;
    let text =
        |text: &str, size: f32| egui::Label::new(RichText::new(text).size(size)).selectable(false);
    ui.add(text(scene.title, BODY));
    ui.add(text(scene.sentence, SMALL).wrap());
    response.on_hover_text(scene.sentence).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::name_of;

    #[test]
    fn every_scene_has_its_picture() {
        assert_eq!(SCENES.len(), GALLERY.len());
        for (scene, picture) in SCENES.iter().zip(&GALLERY) {
            assert_eq!(scene.name, name_of(picture));
            let bytes = picture.bytes().expect("it is part of the program");
            assert_eq!(read(bytes).size, [400, 224], "{}", scene.name);
        }
    }
}
