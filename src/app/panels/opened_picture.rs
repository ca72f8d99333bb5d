//! A picture that was opened: what was made of it, before it becomes the cue.

use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, Palette};
use crate::app::widgets::controls::{hint, primary_button, segmented};
use crate::app::widgets::pattern_view::PatternView;
use crate::app::widgets::question::question;
use crate::session::{Command, Opened};
use crate::trial::{Cue, Start};
use crate::worlds::picture::{Ink, Picture};
use egui::{ColorImage, Context, Id, RichText, TextureOptions, Ui, vec2};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

/// Side of the two pictures in points.
const SIDE: f32 = 224.0;

/// The panel.
#[derive(Default)]
pub(super) struct OpenedPicture;

impl Panel for OpenedPicture {
    fn title(&self) -> &'static str {
        "A picture as the cue"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        modal(ui.ctx(), context);
    }
}

/// Draws the window while a picture waits.
fn modal(ctx: &Context, context: &mut PanelContext<'_>) {
    let Some(opened) = context.session.opened() else {
        return;
    };
    let modal = question(ctx, "picture", 2.0 * SIDE + 3.0 * GAP, |ui| {
        let palette = Palette::of(ui.visuals());
        ui.label(
            RichText::new("A picture as the cue")
                .size(17.0)
                .color(palette.strong),
        );
        let (width, height) = opened.picture.came_as();
        hint(ui, &format!("{}, {width} × {height} pixels", opened.name));
        ui.add_space(GAP);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GAP;
            gray(ui, opened);
            units(ui, context, opened);
        });
        ui.add_space(GAP);
        controls(ui, context, opened)
    });
    if modal.should_close() && !modal.inner {
        context.commands.push(Command::ClosePicture);
    }
}

/// The picture, centred and scaled like a digit of the data set.
fn gray(ui: &mut Ui, opened: &Opened) {
    ui.vertical(|ui| {
        let image = ColorImage::from_gray([28, 28], opened.picture.gray());
        let key = Id::unique("opened picture");
        // The picture is kept beside its texture, so that no other can come to lie where it lay.
        let cached: Option<(Arc<Picture>, egui::TextureHandle)> =
            ui.data(|data| data.get_temp(key));
        let texture = match cached {
            Some((of, texture)) if Arc::ptr_eq(&of, &opened.picture) => texture,
            _ => {
                let texture =
                    ui.ctx()
                        .load_texture("opened picture", image, TextureOptions::NEAREST);
                ui.data_mut(|data| {
                    data.insert_temp(key, (Arc::clone(&opened.picture), texture.clone()))
                });
                texture
            }
        };
        let picture = egui::Image::new(&texture)
            .fit_to_exact_size(vec2(SIDE, SIDE))
            .alt_text("the picture, 28 × 28");
        ui.add(picture);
        hint(ui, "Centred and scaled like the stored digits");
    });
}

/// The same after the threshold.
fn units(ui: &mut Ui, context: &PanelContext<'_>, opened: &Opened) {
    let (Some(source), Some(patterns)) = (context.session.source(), context.session.patterns())
    else {
        return;
    };
    if context.is_of_letters() {
        return;
    }
    let threshold = source.world().settings().threshold();
    let state = source.state_of(&opened.picture, patterns.grid());
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    let version = hasher.finish();
    ui.vertical(|ui| {
        PatternView::new(
            "what the network gets",
            patterns.grid(),
            state.units(),
            version,
            vec2(SIDE, SIDE),
        )
        .show(ui);
        hint(ui, &format!("What the network gets: +1 above {threshold}"));
    });
}

/// Which side is ink, the threshold, and the choice, or why there is none; true once something was chosen.
fn controls(ui: &mut Ui, context: &mut PanelContext<'_>, opened: &Opened) -> bool {
    if context.is_of_letters() {
        hint(
            ui,
            "A picture is no sequence of letters: choose a world whose patterns are pictures first",
        );
        ui.add_space(GAP);
        let close = ui.button("Cancel").clicked();
        if close {
            context.commands.push(Command::ClosePicture);
        }
        return close;
    }
    let mut ink = opened.ink;
    let found = if opened.picture.inverted() {
        "dark ink on light paper"
    } else {
        "light ink on dark"
    };
    ui.horizontal(|ui| {
        ui.label("Ink");
        let options = [
            (
                Ink::Auto,
                "Found by itself",
                "Decide by the border which side is paper",
            ),
            (Ink::Dark, "Dark", "Dark ink on light paper"),
            (Ink::Light, "Light", "Light ink on dark"),
        ];
        segmented(ui, "Ink", &mut ink, &options);
        hint(ui, &format!("read as {found}"));
    });
    if let Some(before) = context.draft.world.get("threshold") {
        let mut threshold = before;
        ui.horizontal(|ui| {
            ui.label("Threshold");
            ui.add(egui::Slider::new(&mut threshold, 0.0..=255.0).integer())
                .on_hover_text("Larger makes thinner strokes. The stored patterns share it");
        });
        if threshold != before {
            let edit = context.draft.world.set("threshold", threshold);
            context.tell(edit);
        }
    }
    if ink != opened.ink {
        let (name, bytes) = (opened.name.clone(), Arc::clone(&opened.bytes));
        context
            .commands
            .push(Command::OpenPicture { name, bytes, ink });
    }
    ui.add_space(GAP);
    ui.horizontal(|ui| {
        let take = primary_button(ui, "Use as cue").clicked();
        if take {
            context.draft.cue = Cue::new(Start::Picture(Arc::clone(&opened.picture)));
        }
        let close = take || ui.button("Cancel").clicked();
        if close {
            context.commands.push(Command::ClosePicture);
        }
        close
    })
    .inner
}
