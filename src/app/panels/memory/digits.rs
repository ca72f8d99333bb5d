//! The handwritten digits: size, classes, how many, which.

use super::super::PanelContext;
use crate::app::restricted::restricted;
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::widgets::controls::segmented;
use crate::app::widgets::room::width_left;
use crate::app::widgets::sliders::{Reach, reset_asked, slider_row};
use crate::worlds::kind::FEW_STORED;
use crate::worlds::mnist::{MAX_STORED, MnistSettings, Selection, Size};
use egui::{Button, Label, RichText, Slider, Ui, vec2};

/// Which they are.
pub(super) fn settings(ui: &mut Ui, context: &mut PanelContext<'_>, all: bool) {
    let digits = context.session.digits().cloned();
    let Some(world) = context.draft.world.mnist_mut() else {
        return;
    };
    let available = |world: &MnistSettings| {
        let digits = digits.as_ref();
        digits.map_or(MAX_STORED, |all| all.available(world.digits))
    };
    restricted(ui, "world.size", |ui| size(ui, world));
    restricted(ui, "world.digits", |ui| classes(ui, world, &available));
    restricted(ui, "world.p", |ui| count(ui, world, &available));
    if all {
        restricted(ui, "world.threshold", |ui| threshold(ui, world));
    }
}

/// One digit of each chosen class, or some picked by hand.
pub(super) fn buttons(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(world) = context.draft.world.mnist_mut() else {
        return;
    };
    let button = ui
        .button("One per class")
        .on_hover_text("Store one digit of each chosen class");
    if button.clicked() {
        world.stored = Selection::Drawn(world.digits.count());
    }
    if ui
        .button("Pick…")
        .on_hover_text("Choose digits by hand")
        .clicked()
    {
        context.view.pick_open = !context.view.pick_open;
    }
}

fn size(ui: &mut Ui, world: &mut MnistSettings) {
    let palette = Palette::of(ui.visuals());
    ui.horizontal(|ui| {
        let options = [
            (Size::Full28, "28 × 28", "MNIST digits as they are: N = 784 units"),
            (
                Size::Crop14,
                "14 × 14",
                "Deskewed and cropped to the centre, as the pseudo-likelihood paper does: N = 196 units",
            ),
        ];
        segmented(ui, "Size of the digits", &mut world.size, &options);
        let n_units = world.size.n_units();
        let (text, about) = match world.size {
            Size::Full28 => (format!("N = {n_units}"), "One unit a pixel"),
            Size::Crop14 => (
                format!("N = {n_units}, cropped"),
                "Upright, and only the middle 14 × 14 pixels: digits that reach beyond are cut off, as in the \
                 pseudo-likelihood paper",
            ),
        };
        let text = RichText::new(text).size(SMALL).color(palette.weak);
        ui.add(Label::new(text).truncate()).on_hover_text(about);
    });
}

fn classes(ui: &mut Ui, world: &mut MnistSettings, available: &dyn Fn(&MnistSettings) -> usize) {
    ui.add_space(GAP / 2.0);
    ui.horizontal(|ui| {
        let gap = 3.0;
        ui.spacing_mut().item_spacing.x = gap;
        ui.spacing_mut().button_padding.x = 0.0;
        let width = width_left(ui, 9.0 * gap) / 10.0;
        for digit in 0..10_u8 {
            let digits = world.digits;
            let button = Button::new(digit.to_string())
                .selected(digits.contains(digit))
                .min_size(vec2(width, 22.0));
            let tooltip = "Click: store this class or not. Right-click: this class only";
            let response = ui.add(button).on_hover_text(tooltip);
            let wanted = if response.secondary_clicked() {
                crate::worlds::DigitSet::only(&[digit])
            } else if response.clicked() {
                digits.toggled(digit)
            } else {
                continue;
            };
            if !wanted.is_empty() {
                world.digits = wanted;
                let available = available(world);
                // What was picked by hand stays, whatever classes are shown to pick from.
                if let Selection::Drawn(count) = &mut world.stored {
                    *count = (*count).min(available);
                }
            }
        }
    });
}

fn count(ui: &mut Ui, world: &mut MnistSettings, available: &dyn Fn(&MnistSettings) -> usize) {
    let (before, most) = match &world.stored {
        // What was picked by hand can be made fewer here, not more.
        Selection::Picked(images) => (images.len(), images.len()),
        Selection::Drawn(count) => (*count, available(world)),
    };
    let reach = Reach {
        slider: [1.0, FEW_STORED as f64],
        admitted: [1.0, MAX_STORED as f64],
    };
    let reach = reach.up_to(most as f64);
    let mut value = before as f64;
    let slider = reach.slider(&mut value).logarithmic(true).integer();
    let row = slider_row(
        ui,
        "Stored, P",
        slider,
        "Larger stores more digits and fills the memory: load α = P/N",
    );
    let mut count = reach.within(value) as usize;
    if let (true, Selection::Drawn(first)) =
        (reset_asked(ui, &row), MnistSettings::default().stored)
    {
        count = first.min(most);
    }
    if count != before {
        world.ask_for(count);
    }
}

fn threshold(ui: &mut Ui, world: &mut MnistSettings) {
    let slider = Slider::new(&mut world.threshold, 0..=255);
    let row = slider_row(
        ui,
        "Threshold",
        slider,
        "A pixel brighter than this, of 255, becomes +1. Larger makes thinner digits; the papers use 86",
    );
    if reset_asked(ui, &row) {
        world.threshold = MnistSettings::default().threshold;
    }
}
