//! Every colour, size and spacing of the window, for the dark and the light theme.
//!
//! Blue and orange are the two signs of anything signed (blue negative, orange positive); orange is also the thing in
//! focus; basins of attraction have a colour each; grey is everything else. This is the only room that makes colours:
//! whoever paints asks [`Palette::of`].
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one file (with its children) that makes colours"
)]

mod fonts;
mod letters;
mod palettes;
mod pointing;
mod ramps;
mod roles;
#[cfg(test)]
mod vision_tests;

pub use fonts::set_fonts;
pub use letters::Residue;
pub use pointing::{point_at, pointed_frame};
pub use ramps::Ramps;

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Shadow, Stroke, Style, TextStyle, Theme, Vec2,
    Visuals, vec2,
};
use std::sync::OnceLock;

/// Height in points of the window's own headings.
pub const HEADING: f32 = 17.0;
/// Height in points of card titles.
pub const TITLE: f32 = 14.5;
/// Height in points of running text, buttons and values.
pub const BODY: f32 = 13.5;
/// Height in points of captions, axis labels and hints.
pub const SMALL: f32 = 11.5;
/// The unit of all distances, in points; half of it inside a group, twice between groups.
pub const GAP: f32 = 8.0;
/// Corner radius of cards.
pub const CARD_ROUNDING: u8 = 6;
/// Corner radius of buttons, fields and chips.
pub const ROUNDING: u8 = 5;
/// Margin inside a card.
pub const CARD_MARGIN: i8 = 12;

/// The colours of one theme.
#[derive(Debug)]
pub struct Palette {
    /// Is the background dark?
    pub dark: bool,
    /// Behind everything.
    pub window: Color32,
    /// Cards, on the window.
    pub card: Color32,
    /// Wells in a card: number fields, formulas, plots, the time line.
    pub sunken: Color32,
    /// Buttons and other things that can be pressed.
    pub raised: Color32,
    /// The same under the pointer, and the chosen segment.
    pub raised_hover: Color32,
    /// Running text.
    pub text: Color32,
    /// Titles and the value that matters.
    pub strong: Color32,
    /// Captions and hints, still legible from the back row.
    pub weak: Color32,
    /// Outlines and grid lines.
    pub stroke: Color32,
    /// Negative; also the first curve and the filled part of sliders.
    pub blue: Color32,
    /// Positive; also what is in focus.
    pub orange: Color32,
    /// Fill of the one main button and of switched-on toggles; `on_primary` is legible on it.
    pub primary: Color32,
    /// The main button under the pointer.
    pub primary_hover: Color32,
    /// Text on `primary`.
    pub on_primary: Color32,
    /// Text that reports success.
    pub ok: Color32,
    /// Behind `ok`.
    pub ok_fill: Color32,
    /// Text that reports a failure or a refusal.
    pub error: Color32,
    /// Behind `error`.
    pub error_fill: Color32,
    /// Text that warns: out of date, close to a limit.
    pub warn: Color32,
    /// Behind `warn`.
    pub warn_fill: Color32,
    /// A unit at +1.
    pub ink: Color32,
    /// A unit at −1.
    pub paper: Color32,
    /// A unit at +1 that differs from what it is compared with.
    pub ink_changed: Color32,
    /// A unit at −1 that differs from what it is compared with.
    pub paper_changed: Color32,
    /// A unit at +1 that is wrong, where cells are too small for a dot.
    pub ink_wrong: Color32,
    /// A unit at −1 that is wrong, where cells are too small for a dot.
    pub paper_wrong: Color32,
    /// No number here: not finite, or outside the data.
    pub missing: Color32,
    /// Basins of stored patterns without a colour, of negatives, of everything else.
    pub other_ends: [Color32; 3],
    /// What basins are mixed with where starts take long.
    pub basin_shade: Color32,
    /// What is written on a basin.
    pub on_basin: Color32,
    ramps: Ramps,
}

impl Palette {
    /// The palette that goes with `visuals`: `Palette::of(ui.visuals())`.
    pub fn of(visuals: &Visuals) -> &'static Self {
        let stage = Self::stage(visuals.dark_mode);
        if visuals.panel_fill == stage.window {
            stage
        } else {
            Self::new(visuals.dark_mode)
        }
    }

    /// The palette of the dark or of the light theme.
    pub fn new(dark: bool) -> &'static Self {
        &Self::all()[usize::from(dark)]
    }

    /// The same with the strongest contrast: for the stage.
    pub fn stage(dark: bool) -> &'static Self {
        &Self::all()[2 + usize::from(dark)]
    }

    fn all() -> &'static [Self; 4] {
        static ALL: OnceLock<[Palette; 4]> = OnceLock::new();
        ALL.get_or_init(|| {
            let stage = |palette: Self, window, paper, ink| Self {
                window,
                ink,
                paper,
                ..palette
            };
            let (black, white) = (palettes::hex(0), palettes::hex(0xff_ffff));
            [
                palettes::light(),
                palettes::dark(),
                stage(palettes::light(), white, white, black),
                stage(palettes::dark(), palettes::hex(0x0a_0c0f), black, white),
            ]
        })
    }

    /// Blue for −1, the theme's neutral for 0, orange for +1; clamped outside, `missing` for NaN.
    ///
    /// Lightness changes evenly with |t| and equally on both sides, so equal steps look equal.
    pub fn diverging(&self, t: f32) -> Color32 {
        self.ramps.diverging(t, self.missing)
    }

    /// From the theme's background at 0 to its foreground at 1, colour-blind safe; clamped outside.
    pub fn sequential(&self, t: f32) -> Color32 {
        self.ramps.sequential(t, self.missing)
    }

    /// The colour of a unit: ink at +1, paper at −1.
    pub const fn unit(&self, up: bool) -> Color32 {
        if up { self.ink } else { self.paper }
    }

    /// The colour behind a residue's letter.
    pub const fn residue(&self, residue: Residue) -> Color32 {
        residue.color(self.dark)
    }

    /// The colour of a unit that differs from what it is compared with.
    pub const fn changed_unit(&self, up: bool) -> Color32 {
        if up {
            self.ink_changed
        } else {
            self.paper_changed
        }
    }

    /// The colour of a unit that is a number from −1 to 1, between those of a unit that is down and one that is up.
    pub fn graded_unit(&self, value: f32, changed: bool) -> Color32 {
        let ends = [false, true].map(|up| {
            if changed {
                self.changed_unit(up)
            } else {
                self.unit(up)
            }
        });
        ends[0].lerp_to_gamma(ends[1], 0.5 + 0.5 * value.clamp(-1.0, 1.0))
    }

    /// The colour of a wrong unit, where cells are too small for a dot.
    pub const fn wrong_unit(&self, up: bool) -> Color32 {
        if up { self.ink_wrong } else { self.paper_wrong }
    }
}

/// A frame around what a symbol of a formula is, while the symbol is pointed at.
pub fn lit_frame(ui: &egui::Ui, rect: egui::Rect) {
    let stroke = Stroke::new(3.0, Palette::of(ui.visuals()).orange);
    let painter = ui.painter();
    painter.rect_stroke(rect, CARD_ROUNDING, stroke, egui::StrokeKind::Inside);
}

/// The same over everything else, for what is named in a window of its own.
pub fn lit_frame_above(ctx: &egui::Context, rect: egui::Rect) {
    let stroke = Stroke::new(3.0, Palette::of(&ctx.global_style().visuals).orange);
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("named"));
    let painter = ctx.layer_painter(layer);
    painter.rect_stroke(rect, CARD_ROUNDING, stroke, egui::StrokeKind::Inside);
}

/// Sets both of egui's styles to ours; which one is shown stays egui's theme preference.
pub fn apply(ctx: &egui::Context) {
    set_fonts(ctx);
    for (theme, dark) in [(Theme::Dark, true), (Theme::Light, false)] {
        ctx.style_mut_of(theme, |style| {
            set_sizes(style);
            set_visuals(&mut style.visuals, Palette::new(dark));
        });
    }
}

/// Makes the style of a stage out of a theme's: the strongest contrast, and everything `scale` times as large.
pub fn set_stage(style: &mut Style, scale: f32) {
    let palette = Palette::stage(style.visuals.dark_mode);
    set_visuals(&mut style.visuals, palette);
    for font in style.text_styles.values_mut() {
        font.size *= scale;
    }
    let spacing = &mut style.spacing;
    spacing.item_spacing *= scale;
    spacing.button_padding *= scale;
    spacing.interact_size *= scale;
    spacing.slider_width *= scale;
    spacing.slider_rail_height *= scale;
}

/// Type scale and distances.
fn set_sizes(style: &mut Style) {
    let font = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Heading, font(HEADING)),
        (TextStyle::Body, font(BODY)),
        (TextStyle::Button, font(BODY)),
        (TextStyle::Small, font(SMALL)),
        (
            TextStyle::Monospace,
            FontId::new(BODY - 1.0, FontFamily::Monospace),
        ),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::splat(GAP);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size = vec2(40.0, 26.0);
    spacing.menu_margin = 6.0.into();
    spacing.window_margin = 16.0.into();
    spacing.slider_width = 120.0;
    spacing.slider_rail_height = 5.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 9.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = 320.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    style.drag_value_text_style = TextStyle::Body;
    style.animation_time = animation_time(false);
}

/// Seconds that something takes to open or to fade; none where motion is reduced.
pub(in crate::app) const fn animation_time(still: bool) -> f32 {
    if still { 0.0 } else { 0.08 }
}

/// Colours of egui's own widgets.
fn set_visuals(visuals: &mut Visuals, palette: &Palette) {
    *visuals = if palette.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    visuals.panel_fill = palette.window;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.stroke);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(CARD_ROUNDING);
    visuals.popup_shadow = Shadow {
        offset: [0, 4],
        blur: 12,
        spread: 0,
        color: Color32::from_black_alpha(if palette.dark { 110 } else { 40 }),
    };
    visuals.window_shadow = visuals.popup_shadow;
    visuals.extreme_bg_color = palette.sunken;
    visuals.faint_bg_color = palette.sunken;
    visuals.code_bg_color = palette.sunken;
    visuals.hyperlink_color = palette.blue;
    visuals.warn_fg_color = palette.warn;
    visuals.error_fg_color = palette.error;
    visuals.weak_text_color = Some(palette.weak);
    visuals.selection.bg_fill = palette.primary;
    visuals.selection.stroke = Stroke::new(1.5, palette.on_primary);
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    visuals.disabled_alpha = 0.45;
    let widgets = &mut visuals.widgets;
    let none = Stroke::NONE;
    let edge = Stroke::new(1.0, palette.stroke);
    let focus = Stroke::new(1.5, palette.blue);
    for (state, fill, text, outline) in [
        (
            &mut widgets.noninteractive,
            palette.card,
            palette.text,
            edge,
        ),
        (&mut widgets.inactive, palette.raised, palette.text, none),
        (
            &mut widgets.hovered,
            palette.raised_hover,
            palette.strong,
            none,
        ),
        (
            &mut widgets.active,
            palette.raised_hover,
            palette.strong,
            focus,
        ),
        (
            &mut widgets.open,
            palette.raised_hover,
            palette.strong,
            none,
        ),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = outline;
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = CornerRadius::same(ROUNDING);
        state.expansion = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramps::contrast;

    #[test]
    fn text_is_legible_on_what_lies_behind_it() {
        for palette in Palette::all() {
            for (front, back, least) in [
                (palette.text, palette.card, 7.0),
                (palette.strong, palette.raised_hover, 7.0),
                (palette.weak, palette.card, 4.5),
                (palette.weak, palette.raised, 4.5),
                (palette.ok, palette.ok_fill, 7.0),
                (palette.error, palette.error_fill, 7.0),
                (palette.warn, palette.warn_fill, 7.0),
                (palette.on_primary, palette.primary, 4.5),
                (palette.blue, palette.card, 4.0),
                (palette.orange, palette.card, 4.0),
                (palette.ink, palette.paper, 10.0),
                (palette.ink_changed, palette.paper_changed, 2.5),
            ] {
                let found = contrast(front, back);
                assert!(
                    found >= least,
                    "{front:?} on {back:?}: {found:.2} < {least}"
                );
            }
        }
    }
}
