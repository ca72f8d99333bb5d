//! Sliders with their names and numbers: a row of a panel, the way back to where it stood, and coming into sight when it
//! is looked for.
//!
//! Absent: what they set.

use super::room::width_left;
use crate::app::theme::{Palette, pointed_frame};
use crate::engine::numbers::{power, read, short};
use crate::engine::settings::{AnySettings, Setting};
use egui::{
    Align, Color32, CornerRadius, Label, Layout, PointerButton, Response, RichText, Sense, Slider,
    SliderClamping, Stroke, Ui, vec2,
};

/// Width in points of the label before a slider.
pub const LABEL_WIDTH: f32 = 88.0;
/// Least width in points of a slider.
const LEAST_SLIDER: f32 = 40.0;
/// Width in points of the number after a slider.
pub const VALUE_WIDTH: f32 = 52.0;

/// Label, slider and number on one line over the available width; the number can be typed too.
///
/// Slider and number are named by the label; `tooltip` says what larger does.
pub fn slider_row(ui: &mut Ui, label: &str, slider: Slider<'_>, tooltip: &str) -> Response {
    let caption = |ui: &mut Ui| {
        let text = RichText::new(label).color(Palette::of(ui.visuals()).text);
        ui.add(Label::new(text).truncate().sense(Sense::click()))
    };
    let row = slider_row_with(ui, caption, slider, tooltip);
    pointed_frame(ui, label, row.rect);
    row
}

/// The same with a caption of any kind.
pub fn slider_row_with(
    ui: &mut Ui,
    caption: impl FnOnce(&mut Ui) -> Response,
    slider: Slider<'_>,
    tooltip: &str,
) -> Response {
    let height = 22.0;
    let size = vec2(ui.available_width(), height);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        let palette = Palette::of(ui.visuals());
        ui.set_min_height(height);
        let start = ui.cursor().left();
        let gap = ui.spacing().item_spacing.x;
        // A long name takes room from its slider, down to the least that can be dragged.
        let longest = width_left(ui, LEAST_SLIDER + VALUE_WIDTH + 2.0 * gap + 6.0);
        let caption = ui.scope(|ui| {
            ui.set_max_width(longest);
            caption(ui)
        });
        let caption = caption.inner;
        let pad = (start + LABEL_WIDTH - ui.cursor().left()).max(0.0);
        ui.add_space(pad);
        let used = ui.cursor().left() - start;
        let spacing = ui.spacing_mut();
        spacing.interact_size = vec2(VALUE_WIDTH, 18.0);
        spacing.button_padding = vec2(4.0, 1.0);
        spacing.slider_width = (size.x - used - VALUE_WIDTH - gap - 2.0).max(LEAST_SLIDER);
        style_slider(ui, palette);
        let response = ui.add(slider).labelled_by(caption.id);
        if !tooltip.is_empty() {
            let caption = caption.on_hover_text(tooltip);
            return response.on_hover_text(tooltip) | caption;
        }
        response | caption
    })
    .inner
}

/// Where a slider ends, and how far the number after it can be typed or dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// The ends of the slider.
    pub slider: [f64; 2],
    /// The smallest and the largest number.
    pub admitted: [f64; 2],
}

impl Reach {
    /// What the `setting` of `settings` admits, and what its slider shows of that.
    pub fn of(settings: &dyn AnySettings, setting: &Setting) -> Self {
        let admitted = setting.ends();
        Self {
            slider: settings.slider_ends(setting.key).unwrap_or(admitted),
            admitted,
        }
    }

    /// The same, but no further than `most`.
    #[must_use]
    pub fn up_to(self, most: f64) -> Self {
        let cut = |[min, max]: [f64; 2]| [min, max.min(most).max(min)];
        Self {
            slider: cut(self.slider),
            admitted: cut(self.admitted),
        }
    }

    /// The slider for `value`; what comes of it is to be brought [within](Self::within).
    pub fn slider(self, value: &mut f64) -> Slider<'_> {
        let [min, max] = self.slider;
        let slider = Slider::new(value, min..=max);
        if self.slider == self.admitted {
            slider
        } else {
            slider.clamping(SliderClamping::Never)
        }
    }

    /// The nearest number that is admitted.
    pub fn within(self, value: f64) -> f64 {
        let [min, max] = self.admitted;
        value.clamp(min, max)
    }
}

/// Where the key of the setting waits that is to be shown.
const REVEALED: &str = "setting to be shown";

/// Has the setting of this key come into sight, with the keyboard, when it is drawn next.
pub fn reveal(ctx: &egui::Context, key: &'static str) {
    ctx.data_mut(|data| data.insert_temp(egui::Id::unique(REVEALED), key));
}

/// Brings `row`, which is of the setting of this key, into sight if that was asked for.
pub fn come_into_sight(ui: &Ui, row: &Response, key: &str) {
    let id = egui::Id::unique(REVEALED);
    let asked = ui.data(|data| data.get_temp::<&'static str>(id) == Some(key));
    if asked {
        ui.data_mut(|data| data.remove_temp::<&'static str>(id));
        row.request_focus();
        row.scroll_to_me(Some(Align::Center));
    }
}

/// Whether a row with a slider was asked to go back to where it stood at first: by the other button on name, slider
/// or number, or by two clicks on the number.
pub fn reset_asked(ui: &Ui, row: &Response) -> bool {
    if !row.contains_pointer() {
        return false;
    }
    let (other, twice, place) = ui.input(|input| {
        let pointer = &input.pointer;
        let twice = pointer.button_double_clicked(PointerButton::Primary)
            || pointer.button_triple_clicked(PointerButton::Primary);
        (pointer.secondary_clicked(), twice, pointer.interact_pos())
    });
    let number = row.rect.right() - VALUE_WIDTH - 2.0;
    let twice = twice && place.is_some_and(|place| place.x >= number);
    if twice {
        // The first click began to edit the number.
        ui.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }
    other || twice
}

/// A number for a slider whose range spans many powers of ten: `slider.custom_formatter(short_number)`.
pub fn short_number(value: f64, _decimals: std::ops::RangeInclusive<usize>) -> String {
    if value != 0.0 && value.abs() < 1e-2 {
        return power(value);
    }
    short(value)
}

/// The number that was typed, also as [`short_number`] writes it: `slider.custom_parser(read_number)`.
pub fn read_number(text: &str) -> Option<f64> {
    read(text)
}

/// A bright handle on a quiet rail, and a number without a box until the pointer is on it.
fn style_slider(ui: &mut Ui, palette: &Palette) {
    let visuals = ui.visuals_mut();
    visuals.selection.bg_fill = palette.blue;
    let widgets = &mut visuals.widgets;
    widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
    widgets.inactive.corner_radius = CornerRadius::same(2);
    for state in [
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
    ] {
        state.fg_stroke = Stroke::new(2.0, palette.strong);
    }
    // The handle that has the keyboard has a ring.
    widgets.active.fg_stroke = Stroke::new(3.0, palette.blue);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It once asked for less than no room, which random use came upon.
    #[test]
    fn a_row_fits_into_any_width() {
        for width in [0.0, 30.0, 100.0, 400.0] {
            egui::__run_test_ui(|ui| {
                ui.set_max_width(width);
                let mut value = 3.0;
                let slider = Slider::new(&mut value, 0.0..=10.0);
                slider_row(ui, "Stored, P", slider, "More patterns");
            });
        }
    }

    #[test]
    fn the_slider_keeps_its_ends_and_numbers_go_further_but_not_beyond_what_there_is() {
        let reach = Reach {
            slider: [1.0, 2000.0],
            admitted: [1.0, 20_000.0],
        };
        assert_eq!(
            (reach.within(19_600.0), reach.within(1e9)),
            (19_600.0, 20_000.0)
        );
        let some = reach.up_to(5000.0);
        assert_eq!((some.slider, some.admitted), ([1.0, 2000.0], [1.0, 5000.0]));
        let few = reach.up_to(30.0);
        assert_eq!((few.slider, few.admitted), ([1.0, 30.0], [1.0, 30.0]));
        assert_eq!(reach.up_to(0.0).admitted, [1.0, 1.0]);
    }
}
