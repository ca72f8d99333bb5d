//! Refusals and failures in words at the foot of the window, until they are closed; and what was done out of sight, for
//! some seconds.

use super::theme::{GAP, Palette};
use crate::engine::Error;
use egui::{Align2, Area, Color32, Context, Frame, Id, Margin, Order, RichText, Ui, vec2};
use std::time::Duration;

/// Sentences that say what is wrong, until they are closed.
#[derive(Default)]
pub(super) struct Notice {
    /// What was refused last: while a slider is dragged, each refusal takes the place of the one before.
    refused: Option<String>,
    /// What else went wrong, each once.
    failed: Vec<String>,
    /// What was done, and when that was told, in egui's seconds.
    told: Option<(String, f64)>,
}

/// How long something that was done is told, in seconds.
const TOLD: f64 = 6.0;

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

    /// Says for some seconds what was done where nobody sees it.
    pub(super) fn tell(&mut self, ctx: &Context, what: String) {
        self.told = Some((what, ctx.input(|input| input.time)));
        ctx.request_repaint();
    }

    /// What was done, while that is told.
    pub(super) fn told(&self) -> Option<&str> {
        self.told.as_ref().map(|(what, _)| what.as_str())
    }

    /// Takes back what is wrong; what was done is told to its end.
    pub(super) fn clear(&mut self) {
        self.refused = None;
        self.failed.clear();
    }

    /// All that is wrong, a line each; `None` if nothing is.
    pub(super) fn text(&self) -> Option<String> {
        let lines: Vec<&str> = self
            .failed
            .iter()
            .chain(&self.refused)
            .map(String::as_str)
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Draws it; true once the user closes what is wrong.
    pub(super) fn ui(&mut self, ctx: &Context) -> bool {
        let Some(text) = self.text() else {
            self.told_ui(ctx);
            return false;
        };
        let palette = Palette::of(&ctx.global_style().visuals);
        let stroke = (palette.error, palette.error_fill);
        strip(ctx, stroke, |ui| {
            let text = RichText::new(text).color(palette.strong);
            ui.add(egui::Label::new(text).wrap());
            ui.button("Close").clicked()
        })
    }

    /// What was done, until its time is over: then nothing moves any more.
    fn told_ui(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let Some((text, since)) = &self.told else {
            return;
        };
        let left = since + TOLD - now;
        if left <= 0.0 {
            self.told = None;
            return;
        }
        ctx.request_repaint_after(Duration::from_secs_f64(left));
        let palette = Palette::of(&ctx.global_style().visuals);
        strip(ctx, (palette.stroke, palette.raised), |ui| {
            let text = RichText::new(text).color(palette.strong);
            ui.add(egui::Label::new(text).wrap());
        });
    }
}

/// A strip at the foot of the window with an edge and a ground.
fn strip<R>(
    ctx: &Context,
    (edge, ground): (Color32, Color32),
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let area = Area::new(Id::unique("notice"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -2.0 * GAP));
    let shown = area.show(ctx, |ui| {
        Frame::new()
            .fill(ground)
            .stroke((1.0, edge))
            .corner_radius(6)
            .inner_margin(Margin::symmetric(14, 10))
            .show(ui, |ui| {
                ui.set_max_width(760.0);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0 * GAP;
                    contents(ui)
                })
                .inner
            })
            .inner
    });
    shown.inner
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
