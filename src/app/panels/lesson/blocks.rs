//! The parts of a lesson, drawn one below the other.

use super::super::PanelContext;
use super::pictures::Pictures;
use super::progress::{Progress, is_answered};
use crate::app::theme::{GAP, Palette, TITLE};
use crate::app::widgets::controls::{ChipKind, chip, hint, well};
use crate::app::widgets::formula::formula;
use crate::lessons::{Block, Lesson, Question, Script, Span};
use egui::{RichText, Ui};

/// Points to an em of formulas: on lines of their own, and within a line.
const EM: f32 = 16.0;
const EM_SMALL: f32 = 14.0;

/// Tries after which there is a hint.
const TRIES: u32 = 1;

/// Draws them; what the link does that was followed.
pub(super) fn ui(
    ui: &mut Ui,
    lesson: &Lesson,
    (progress, pictures): (&Progress, &mut Pictures),
    context: &PanelContext<'_>,
) -> Option<Script> {
    // Lines of text stand as close as in a paragraph, the first of them too.
    ui.spacing_mut().interact_size.y = 0.0;
    let mut asked = None;
    let mut question = 0;
    for block in &lesson.blocks {
        match block {
            Block::Heading(text) => {
                let palette = Palette::of(ui.visuals());
                ui.add_space(GAP / 2.0);
                ui.label(RichText::new(text).size(TITLE).color(palette.strong));
            }
            Block::Text(spans) => {
                let followed = line(ui, spans);
                asked = asked.or(followed);
            }
            Block::Item(spans) => {
                let followed = ui
                    .horizontal_top(|ui| {
                        ui.spacing_mut().item_spacing.x = 6.0;
                        ui.label("•");
                        ui.vertical(|ui| line(ui, spans)).inner
                    })
                    .inner;
                asked = asked.or(followed);
            }
            Block::Formula(tex) => {
                well(ui, |ui| formula(ui, tex, &[], None, EM));
            }
            Block::Picture { source, says } => pictures.show(ui, lesson, source, says),
            Block::Question(asked) => {
                let tries = progress.tries(lesson, question);
                let answered = is_answered(lesson, question, context);
                question_ui(ui, asked, answered, tries);
                question += 1;
            }
        }
    }
    asked
}

/// Text that wraps, with links in it; what the one does that was followed.
fn line(ui: &mut Ui, spans: &[Span]) -> Option<Script> {
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for span in spans {
            match span {
                Span::Text(text) => {
                    ui.label(text);
                }
                Span::Strong(text) => {
                    let palette = Palette::of(ui.visuals());
                    ui.label(RichText::new(text).strong().color(palette.strong));
                }
                Span::Formula(tex) => {
                    let tex = format!(r"\textstyle {tex}");
                    formula(ui, &tex, &[], None, EM_SMALL);
                }
                Span::Do { text, script } => {
                    if ui.link(text).clicked() {
                        asked = Some(script.clone());
                    }
                }
                Span::Page { text, address } => {
                    ui.hyperlink_to(text, address);
                }
            }
        }
    });
    asked
}

/// What is to be found out; whether it is, and a hint at the second try.
fn question_ui(ui: &mut Ui, question: &Question, answered: bool, tries: u32) {
    well(ui, |ui| {
        let palette = Palette::of(ui.visuals());
        ui.label(RichText::new("Find out").color(palette.strong));
        ui.label(&question.ask);
        if answered {
            chip(ui, ChipKind::Ok, "Found");
            ui.label(&question.why);
        } else if tries > TRIES {
            ui.label(RichText::new(format!("Not yet. {}", question.hint)));
        } else if tries > 0 {
            hint(ui, "Not yet: try again");
        } else {
            hint(
                ui,
                "Any state of your own of which this is true counts, once it has settled",
            );
        }
    });
}
