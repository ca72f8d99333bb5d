//! How the cue is corrupted: one kind at a time is set, all of them apply.

use super::super::PanelContext;
use crate::app::restricted::restricted;
use crate::app::theme::GAP;
use crate::app::view::CorruptionKind;
use crate::app::widgets::controls::segmented;
use crate::app::widgets::room::is_narrow;
use crate::engine::Corruption;
use crate::engine::corrupt::{Half, Noise};
use crate::engine::numbers::plain;
use egui::{Button, ComboBox, DragValue, Slider, SliderClamping, Ui};

/// What the share of flipped units is.
pub(in crate::app) const FLIPPED: &str =
    "Share of the units that are flipped: larger leaves less to go by; at 50 % nothing is left";

/// Draws them into a row that wraps.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let letters = context.is_of_letters();
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding.x = 6.0;
        kinds(ui, context, letters);
    });
    if is_narrow(ui) {
        ui.end_row();
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        let corruption = &mut context.draft.cue.corruption;
        match context.view.corruption {
            CorruptionKind::Flip => restricted(ui, "cue.flip", |ui| {
                noise(ui, &mut corruption.flip, FLIPPED);
            }),
            CorruptionKind::Random => restricted(ui, "cue.random", |ui| {
                let help = "Replace this share of pixels by coin tosses: the overlap falls to about 1 minus this";
                noise(ui, &mut corruption.random, help);
            }),
            CorruptionKind::Mask => restricted(ui, "cue.mask", |ui| mask(ui, corruption)),
            CorruptionKind::Move => {
                restricted(ui, "cue.right", |ui| shift(ui, corruption, letters))
            }
        };
    });
}

fn kinds(ui: &mut Ui, context: &mut PanelContext<'_>, letters: bool) {
    let flip = if letters {
        (
            CorruptionKind::Flip,
            "Mutate",
            "Change a share of the sites to another letter: the overlap falls to 1 − p",
        )
    } else {
        (
            CorruptionKind::Flip,
            "Flip",
            "Flip a share of the units: the overlap falls to 1 − 2p",
        )
    };
    let options = [
        flip,
        (
            CorruptionKind::Random,
            "Random",
            "Replace a share of the pixels by coin tosses",
        ),
        (
            CorruptionKind::Mask,
            "Cover",
            "Set a share, a half or a rectangle to −1, or letters to gaps",
        ),
        (
            CorruptionKind::Move,
            "Move",
            "Shift the picture by some pixels, or invert it",
        ),
    ];
    segmented(ui, "Corruption", &mut context.view.corruption, &options);
}

/// A slider, in per cent, of the share of units that `noise` touches; until it is moved the share stays as it is, with
/// all its digits.
pub(in crate::app) fn share(noise: &mut Noise) -> Slider<'_> {
    let percent = |moved: Option<f64>| {
        if let Some(percent) = moved {
            noise.fraction = percent / 100.0;
        }
        100.0 * noise.fraction
    };
    Slider::from_get_set(0.0..=100.0, percent)
        .clamping(SliderClamping::Edits)
        .max_decimals(1)
        .custom_formatter(|percent, _| plain(percent))
        .suffix(" %")
}

/// Fraction, seed, and another seed, of one kind of noise.
fn noise(ui: &mut Ui, noise: &mut Noise, tooltip: &str) {
    ui.spacing_mut().interact_size.x = 24.0;
    ui.spacing_mut().button_padding.x = 5.0;
    ui.spacing_mut().slider_width = 110.0;
    ui.add(share(noise)).on_hover_text(tooltip);
    if ui
        .button("New noise")
        .on_hover_text("Corrupt with another seed (key N: every kind of noise)")
        .clicked()
    {
        noise.seed = noise.seed.wrapping_add(1);
    }
    ui.add(DragValue::new(&mut noise.seed).speed(0.1))
        .on_hover_text("Seed of this noise: the same seed corrupts the same units. Drag or type");
}

fn mask(ui: &mut Ui, corruption: &mut Corruption) {
    // The room is for one of them; a rectangle was drawn on the picture, so it comes first.
    if corruption.rectangle.is_some() {
        if ui
            .button("Uncover the rectangle")
            .on_hover_text("Take the rectangle away")
            .clicked()
        {
            corruption.rectangle = None;
        }
    } else {
        half(ui, corruption);
    }
    noise(
        ui,
        &mut corruption.mask,
        "Share of the units that are set to −1",
    );
}

fn half(ui: &mut Ui, corruption: &mut Corruption) {
    let name = |half: Option<Half>| match half {
        None => "cover: nothing".to_owned(),
        Some(half) => format!("cover: {} half", half.name()),
    };
    let halves = Half::ALL.iter().map(|(half, _)| Some(*half));
    ComboBox::from_id_salt("half")
        .selected_text(name(corruption.half))
        .width(120.0)
        .show_ui(ui, |ui| {
            for half in std::iter::once(None).chain(halves) {
                ui.selectable_value(&mut corruption.half, half, name(half));
            }
        })
        .response
        .on_hover_text("Which half of the picture is set to −1");
}

fn shift(ui: &mut Ui, corruption: &mut Corruption, letters: bool) {
    let (right, down) = &mut corruption.shift;
    ui.add(
        DragValue::new(right)
            .range(-28..=28)
            .speed(0.1)
            .prefix("right "),
    )
    .on_hover_text("Columns to the right, negative to the left: drag or type");
    ui.add(
        DragValue::new(down)
            .range(-28..=28)
            .speed(0.1)
            .prefix("down "),
    )
    .on_hover_text("Rows down, negative up: drag or type");
    let invert = Button::new("Invert").selected(corruption.invert);
    if ui
        .add_enabled(!letters, invert)
        .on_disabled_hover_text("Letters have no opposite")
        .on_hover_text("Flip every unit: the overlap changes its sign")
        .clicked()
    {
        corruption.invert = !corruption.invert;
    }
}
