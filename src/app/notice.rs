//! Refusals and failures in words at the foot of the window, until they are closed.

use super::theme::{GAP, Palette};
use crate::engine::Error;
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, vec2};

/// Sentences that say what is wrong, until they are closed.
#[derive(Default)]
pub(super) struct Notice {
    /// What was refused last: while a slider is dragged, each refusal takes the place of the one before.
    refused: Option<String>,
    /// What else went wrong, each once.
    failed: Vec<String>,
}

impl Notice {
    /// Says that the user asked for what cannot be.
    pub(super) fn refuse(&mut self, problem: &Error) {
        self.refused = Some(sentence(problem));
    }

    /// Says that something went wrong that was under way.
    pub(super) fn add(&mut self, problem: &Error) {
        let said = sentence(problem);
        if !self.failed.contains(&said) {
            self.failed.push(said);
        }
    }

    /// All of it, a line each; `None` if nothing is wrong.
    pub(super) fn text(&self) -> Option<String> {
        let lines: Vec<&str> = self
            .failed
            .iter()
            .chain(&self.refused)
            .map(String::as_str)
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Draws it; true once the user closes it.
    pub(super) fn ui(&self, ctx: &Context) -> bool {
        let Some(text) = self.text() else {
            return false;
        };
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
                        let text = RichText::new(text).color(palette.strong);
                        ui.add(egui::Label::new(text).wrap());
                        ui.button("Close").clicked()
                    })
                    .inner
                })
                .inner
        })
        .inner
    }
}

/// The error's sentence, as a sentence on screen begins; the name of a file stays as it is.
pub(super) fn sentence(problem: &Error) -> String {
    let text = problem.to_string();
    if matches!(problem, Error::In { .. }) {
        return text;
    }
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>())
        .unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_problem_hides_another() {
        let problem = |text: &str| Error::System(text.to_owned());
        let mut notice = Notice::default();
        assert_eq!(notice.text(), None);
        notice.add(&problem("learning failed"));
        notice.add(&problem("measuring failed"));
        notice.add(&problem("learning failed"));
        notice.refuse(&problem("5 is too many"));
        notice.refuse(&problem("6 is too many"));
        let lines = "Learning failed\nMeasuring failed\n6 is too many";
        assert_eq!(notice.text().as_deref(), Some(lines));
    }
}
