//! The help beside a card: what it shows, its formula, the same with the numbers of the moment, its symbols, what to
//! notice, where it is from, and the lesson that treats it.
//!
//! One card is explained at a time, in a small window that stands beside it and follows what is played. Absent: the
//! texts (`lessons::topics`), and every number.

mod attracted;
mod measured;
mod now;
#[cfg(test)]
mod tests;
mod tex;
mod topics;

use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, Palette, TITLE};
use crate::app::view::LessonShown;
use crate::app::widgets::controls::{hint, well};
use crate::app::widgets::formula::{formula, legend};
use egui::{Id, Pos2, Rect, RichText, ScrollArea, Ui, Window, pos2};
pub(super) use tex::number as number_in_tex;
use topics::{Explanation, explanations};

/// Width of the text in points.
const WIDTH: f32 = 336.0;
/// Room in points that the frame of the window takes beside and above the text.
const FRAME: f32 = 28.0;
/// Height of the text at most, in points.
const TALLEST: f32 = 470.0;
/// Points to an em in formulas.
const EM: f32 = 16.0;

/// The panel.
#[derive(Default)]
pub(super) struct Explained;

impl Panel for Explained {
    fn title(&self) -> &'static str {
        "Explanation"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let Some(mut explained) = context.view.explained.take() else {
            return;
        };
        // What is no longer on screen is no longer explained.
        let Some(place) = explained.place.take() else {
            return;
        };
        let numbers = std::mem::take(&mut explained.numbers);
        let title = explained.card;
        if window(ui, (title, place), &numbers, context) {
            context.view.explained = Some(explained);
        }
    }
}

/// Draws the window for the card called `card` at `place`, which handed over `numbers`; whether it stays open.
fn window(
    ui: &Ui,
    (card, place): (&'static str, Rect),
    numbers: &[String],
    context: &mut PanelContext<'_>,
) -> bool {
    let whole = ui.ctx().content_rect();
    let height = (whole.height() - 5.0 * GAP - FRAME).min(TALLEST);
    let mut open = true;
    let said = explanations(card, context);
    let title = match said.as_slice() {
        [only] => only.title,
        _ => card,
    };
    Window::new(format!("What it shows: {title}"))
        .id(Id::unique(("explained", card)))
        .open(&mut open)
        .collapsible(false)
        .auto_sized()
        .default_pos(beside(place, whole))
        .show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    // Text keeps away from the bar that scrolls it.
                    ui.set_max_width(WIDTH - GAP);
                    ui.spacing_mut().item_spacing.y = 0.75 * GAP;
                    for (index, explanation) in said.iter().enumerate() {
                        if index > 0 {
                            ui.separator();
                        }
                        if said.len() > 1 {
                            let palette = Palette::of(ui.visuals());
                            let title = RichText::new(explanation.title).size(TITLE);
                            ui.label(title.color(palette.strong));
                        }
                        one(ui, explanation, (card, numbers), context);
                    }
                });
        });
    open
}

/// Where the window stands: left or right of the card where there is room, else over it, below its buttons.
fn beside(card: Rect, whole: Rect) -> Pos2 {
    let width = WIDTH + FRAME;
    let left = card.left() - GAP - width;
    let right = card.right() + GAP;
    let x = if left >= whole.left() {
        left
    } else if right + width <= whole.right() {
        right
    } else {
        card.right() - GAP - width
    };
    let is_over = x < card.right() && x + width > card.left();
    let y = card.top() + if is_over { 4.0 * GAP } else { 0.0 };
    pos2(x.max(whole.left()), y)
}

fn one(
    ui: &mut Ui,
    explanation: &Explanation,
    (card, numbers): (&'static str, &[String]),
    context: &mut PanelContext<'_>,
) {
    let palette = Palette::of(ui.visuals());
    ui.label(&explanation.shows);
    let own = explanation
        .topic
        .map(|topic| now::lines(topic, card, context));
    let own = own.unwrap_or_default();
    let handed: &[String] = match explanation.topic {
        Some(topic) if topics::is_handed_over(topic) => numbers,
        _ => &[],
    };
    let pointed = mathematics(ui, explanation, own.iter().chain(handed), context);
    context.view.hovered_symbol = context.view.hovered_symbol.or(pointed);
    ui.label(RichText::new("What to notice").color(palette.strong));
    ui.label(explanation.notice);
    if !explanation.source.is_empty() {
        hint(ui, explanation.source);
    }
    let lesson = explanation.lesson;
    let lesson = lesson.and_then(|id| context.lessons.iter().find(|it| it.id == id));
    if let Some(lesson) = lesson {
        let link = ui.link(format!("Lesson: {}", lesson.title));
        if link.on_hover_text(&lesson.question).clicked() {
            context.view.lesson = LessonShown::Open(lesson.id.clone());
        }
    }
}

/// The formula, the lines of numbers, and the symbols; the symbol under the pointer.
fn mathematics<'a>(
    ui: &mut Ui,
    explanation: &Explanation,
    lines: impl Iterator<Item = &'a String>,
    context: &PanelContext<'_>,
) -> Option<crate::engine::learning::Symbol> {
    if explanation.formula.is_empty() {
        return None;
    }
    let (symbols, lit) = (&explanation.symbols, context.view.shown_symbol);
    let shown = well(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.5 * GAP;
        let (_, mut pointed) = formula(ui, &explanation.formula, symbols, lit, EM);
        let lines: Vec<&String> = lines.collect();
        if !lines.is_empty() {
            let now = if context.session.is_stale_on(0) {
                "Before, with the numbers of the old memory"
            } else {
                "Now"
            };
            hint(ui, now);
        }
        for line in lines {
            let tex = format!(r"\textstyle {line}");
            let (_, found) = formula(ui, &tex, symbols, lit, EM - 2.0);
            pointed = pointed.or(found);
        }
        ui.add_space(0.25 * GAP);
        let in_legend = ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            legend(ui, symbols, lit)
        });
        let in_legend = in_legend.inner;
        pointed.or(in_legend)
    });
    shown.inner
}
