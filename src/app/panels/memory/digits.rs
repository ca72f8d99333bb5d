//! The stored digits: size, classes, how many, which; as thumbnails.

use super::super::Desk;
use crate::app::actions::Action;
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::widgets::controls::{segmented, slider_row};
use crate::app::widgets::thumbnails::Thumbnails;
use crate::session::{Cue, Start, words};
use crate::worlds::mnist::{MAX_STORED, Size, Stored};
use egui::{Button, RichText, Slider, Ui, Vec2, vec2};

/// Least height of the thumbnails: below, the panel scrolls.
const LEAST: f32 = 66.0;

/// Which they are.
pub(super) fn settings(ui: &mut Ui, desk: &mut Desk<'_>) {
    size(ui, desk);
    classes(ui, desk);
    count(ui, desk);
    if desk.view.more_memory {
        threshold(ui, desk);
    }
}

/// The digits themselves, and others instead.
pub(super) fn stored(ui: &mut Ui, desk: &mut Desk<'_>) {
    buttons(ui, desk);
    thumbnails(ui, desk);
}

fn size(ui: &mut Ui, desk: &mut Desk<'_>) {
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
        segmented(ui, "Size of the digits", &mut desk.draft.world.size, &options);
        let n_units = desk.draft.world.size.n_units();
        ui.label(RichText::new(format!("MNIST, N = {n_units}")).size(SMALL).color(palette.weak));
    });
}

fn classes(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(GAP / 2.0);
    ui.horizontal(|ui| {
        let gap = 3.0;
        ui.spacing_mut().item_spacing.x = gap;
        ui.spacing_mut().button_padding.x = 0.0;
        let width = (ui.available_width() - 9.0 * gap) / 10.0;
        for digit in 0..10_u8 {
            let digits = desk.draft.world.digits;
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
                desk.draft.world.digits = wanted;
                let available = desk
                    .session
                    .digits()
                    .map_or(MAX_STORED, |all| all.available(wanted));
                // What was picked by hand stays, whatever classes are shown to pick from.
                if let Stored::Drawn(count) = &mut desk.draft.world.stored {
                    *count = (*count).min(available);
                }
            }
        }
    });
}

fn count(ui: &mut Ui, desk: &mut Desk<'_>) {
    let before = desk.draft.n_patterns();
    let most = match (&desk.draft.world.stored, desk.session.digits()) {
        // What was picked by hand can be made fewer here, not more.
        (Stored::Picked(images), _) => images.len(),
        (Stored::Drawn(_), Some(digits)) => digits.available(desk.draft.world.digits),
        (Stored::Drawn(_), None) => MAX_STORED,
    };
    let mut count = before;
    let slider = Slider::new(&mut count, 1..=most).logarithmic(true);
    slider_row(
        ui,
        "Stored, P",
        slider,
        "Larger stores more digits and fills the memory: load α = P/N",
    );
    if count != before {
        match &mut desk.draft.world.stored {
            Stored::Picked(images) => images.truncate(count),
            Stored::Drawn(drawn) => *drawn = count,
        }
    }
}

fn threshold(ui: &mut Ui, desk: &mut Desk<'_>) {
    let slider = Slider::new(&mut desk.draft.world.threshold, 0..=255);
    slider_row(
        ui,
        "Threshold",
        slider,
        "A pixel brighter than this, of 255, becomes +1. Larger makes thinner digits; the papers use 86",
    );
}

fn thumbnails(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(GAP / 2.0);
    let Some(patterns) = desk.session.patterns() else {
        ui.label("Unpacking the digits…");
        return;
    };
    let overlaps = desk
        .moment
        .map(|moment| &moment.overlaps)
        .filter(|_| desk.shows_stored());
    let about = |pattern: usize| {
        let name = words::pattern_name(patterns, pattern);
        match overlaps {
            Some(overlaps) => format!("{name}, overlap {:.2}", overlaps[pattern]),
            None => name,
        }
    };
    let target = match desk.draft.cue.start {
        Start::Stored(pattern) => Some(pattern),
        _ => None,
    };
    let nearest = desk.moment.map(|moment| moment.nearest);
    let room = ui.available_height().max(LEAST);
    let sheet = Thumbnails {
        atlas: desk.atlas,
        cell: cell(
            vec2(ui.available_width(), room),
            patterns.grid().columns,
            patterns.n_patterns(),
        ),
        height: room,
        chosen: &|pattern| target == Some(pattern),
        nearest: overlaps.and(nearest),
        highlight: desk.view.shown_pattern,
        about: &about,
    };
    let found = sheet.show(ui);
    if let Some(pattern) = found.hovered {
        desk.view.hovered_pattern = Some(pattern);
    }
    if let Some(pattern) = found.clicked {
        let cue = &mut desk.draft.cue;
        *cue = Cue {
            corruption: cue.corruption,
            ..Cue::new(Start::Stored(pattern))
        };
    }
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(GAP / 2.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        let one_of_each = Stored::Drawn(desk.draft.world.digits.count());
        let button = ui
            .button("One of each")
            .on_hover_text("Store one digit of each chosen class");
        if button.clicked() {
            desk.draft.world.stored = one_of_each;
        }
        if ui
            .button("Others")
            .on_hover_text(Action::NewDraw.tooltip(ui.ctx()))
            .clicked()
        {
            desk.actions.push(Action::NewDraw);
        }
        if ui
            .button("Pick…")
            .on_hover_text("Choose digits by hand")
            .clicked()
        {
            desk.view.pick_open = !desk.view.pick_open;
        }
    });
}

/// Width of a thumbnail of `tile` units: the largest whole multiple, and a margin, with which all of them fit into
/// `room`; at least once, or twice for the small size.
fn cell(size: Vec2, tile: usize, n_patterns: usize) -> f32 {
    let cells = (1..=4).rev().map(|times| (times * tile) as f32 + 4.0);
    let mut cells = cells.filter(|cell| (30.0..=64.0).contains(cell));
    let fits = |cell: &f32| {
        let columns = ((size.x / (cell + 2.0)) as usize).max(1);
        n_patterns.div_ceil(columns) as f32 * (size.x / columns as f32) <= size.y
    };
    cells
        .clone()
        .find(fits)
        .or_else(|| cells.next_back())
        .unwrap_or(32.0)
}
