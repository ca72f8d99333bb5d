//! A refusal in words at the foot of the window, until it is closed.

use super::theme::{GAP, Palette};
use crate::engine::Error;
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, vec2};

/// One sentence that says what is wrong.
pub(super) struct Notice(String);

impl Notice {
    /// The error's sentence, as a sentence on screen begins; the name of a file stays as it is.
    pub(super) fn new(problem: &Error) -> Self {
        let text = problem.to_string();
        if matches!(problem, Error::In { .. }) {
            return Self(text);
        }
        let mut letters = text.chars();
        let first = letters
            .next()
            .map(|first| first.to_uppercase().collect::<String>())
            .unwrap_or_default();
        Self(first + letters.as_str())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Draws it; true once the user closes it.
    pub(super) fn ui(&self, ctx: &Context) -> bool {
        let palette = Palette::of(&ctx.global_style().visuals);
        let area = Area::new(Id::unique("notice"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -2.0 * GAP));
        area.show(ctx, |ui| {
            Frame::new()
                .fill(palette.error_fill)
                .stroke((1.0, palette.error))
                .corner_radius(6)
                .inner_margin(Margin::symmetric(14, 10))
                .show(ui, |ui| {
                    ui.set_max_width(760.0);
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = 2.0 * GAP;
                        ui.add(
                            egui::Label::new(RichText::new(&self.0).color(palette.strong)).wrap(),
                        );
                        ui.button("Close").clicked()
                    })
                    .inner
                })
                .inner
        })
        .inner
    }
}
