//! A lesson beside everything else: text whose links act on the session, questions that the session answers, and the way
//! back to where one was before.
//!
//! Absent: what lessons say (`lessons`), and reading files.

mod blocks;
mod pictures;
mod progress;

use super::{Panel, PanelContext, Place, scripted};
use crate::app::theme::{GAP, HEADING, Palette, SMALL, TITLE};
use crate::app::view::LessonShown;
use crate::app::widgets::controls::hint;
use crate::app::widgets::full_card::BUTTONS;
use crate::app::widgets::room::width_left;
use crate::lessons::{Lesson, N_CLASS, Script};
use crate::trial::Recipe;
use egui::{Align, Button, Layout, RichText, ScrollArea, Ui};
use pictures::Pictures;
use progress::{Progress, n_answered};

/// Title of the card.
const CARD: &str = "Lesson";

/// The panel, with what it keeps between frames.
#[derive(Default)]
pub(super) struct LessonPanel {
    progress: Progress,
    pictures: Pictures,
    /// The recipe that was in force before a link of the lesson changed it.
    before: Option<Recipe>,
}

impl Panel for LessonPanel {
    fn title(&self) -> &'static str {
        CARD
    }

    fn place(&self) -> Place {
        Place::Lesson
    }

    fn cards(&self) -> &'static [&'static str] {
        &[CARD]
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let size = ui.available_size();
        context.card(ui, (CARD, size), false, |ui, context| {
            let open = match &context.view.lesson {
                LessonShown::Open(id) => context.lessons.iter().find(|lesson| lesson.id == *id),
                LessonShown::Closed | LessonShown::List => None,
            };
            match open {
                Some(lesson) => self.lesson(ui, lesson, context),
                None => list(ui, context),
            }
        });
    }
}

impl LessonPanel {
    fn lesson(&mut self, ui: &mut Ui, lesson: &Lesson, context: &mut PanelContext<'_>) {
        self.progress.update(lesson, context);
        head(ui, &lesson.title, context);
        let palette = Palette::of(ui.visuals());
        let question = RichText::new(&lesson.question).color(palette.strong);
        let scroll = ScrollArea::vertical().id_salt(&lesson.id);
        let foot = 34.0;
        let height = (ui.available_height() - foot).max(60.0);
        let asked = scroll
            .max_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.75 * GAP;
                // Text keeps away from the bar that scrolls it.
                ui.set_max_width(width_left(ui, GAP));
                ui.label(question);
                let minutes = lesson.minutes;
                let done = n_answered(lesson, context);
                let count = lesson.questions().count();
                hint(
                    ui,
                    &format!("{minutes} minutes; {done} of {count} questions answered"),
                );
                blocks::ui(ui, lesson, (&self.progress, &mut self.pictures), context)
            });
        if let Some(script) = asked.inner {
            self.act(lesson, &script, context);
        }
        ui.add_space(GAP / 2.0);
        self.foot(ui, context);
    }

    /// Does what a link asks for, from the state that the lesson sets out from.
    fn act(&mut self, lesson: &Lesson, script: &Script, context: &mut PanelContext<'_>) {
        self.before
            .get_or_insert_with(|| context.session.recipe().clone());
        scripted::act(lesson.asked(script), script, context);
    }

    /// The way back, in one step.
    fn foot(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let is_changed = self
            .before
            .as_ref()
            .is_some_and(|before| before != context.draft);
        let back = ui.add_enabled(is_changed, Button::new("Put everything back"));
        let back = back.on_hover_text(
            "As it was before the first link was followed; Undo takes that back too",
        );
        if back.clicked()
            && let Some(before) = self.before.take()
        {
            scripted::give(before, context);
        }
    }
}

/// The way to the list, closing, and the title.
fn head(ui: &mut Ui, title: &str, context: &mut PanelContext<'_>) {
    let size = egui::vec2(ui.available_width(), 22.0);
    let small = |text: &str| Button::new(RichText::new(text).size(SMALL)).small();
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(22.0);
        if matches!(context.view.lesson, LessonShown::Open(_)) {
            let all = ui.add(small("All lessons"));
            if all.on_hover_text("The list of lessons").clicked() {
                context.view.lesson = LessonShown::List;
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(BUTTONS);
            let close = ui.add(small("Close"));
            let help = "Put the lesson away; what its links have changed stays changed";
            if close.on_hover_text(help).clicked() {
                context.view.lesson = LessonShown::Closed;
            }
        });
    });
    let palette = Palette::of(ui.visuals());
    ui.label(RichText::new(title).size(HEADING).color(palette.strong));
}

/// Every lesson, with its question and how far one has come.
fn list(ui: &mut Ui, context: &mut PanelContext<'_>) {
    head(ui, "Lessons", context);
    let palette = Palette::of(ui.visuals());
    let lessons = context.lessons;
    ScrollArea::vertical()
        .id_salt("lessons")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            hint(
                ui,
                "Each takes some minutes, and its links do what they say on the screen beside it",
            );
            ui.add_space(GAP / 2.0);
            for (place, lesson) in lessons.iter().enumerate() {
                let heading = match place {
                    0 => Some("A class of 50 minutes"),
                    N_CLASS => Some("Further"),
                    _ => None,
                };
                if let Some(heading) = heading {
                    ui.label(RichText::new(heading).size(TITLE).color(palette.strong));
                    ui.add_space(2.0);
                }
                let answered = |question: usize| {
                    let key = (lesson.id.clone(), question);
                    context.view.answered.contains(&key)
                };
                let count = lesson.questions().count();
                let is_done = count > 0 && (0..count).all(answered);
                let mark = if is_done { ", done" } else { "" };
                let text = format!("{}. {}{mark}", place + 1, lesson.title);
                let link = ui.link(RichText::new(text).size(15.0));
                if link.on_hover_text(&lesson.question).clicked() {
                    context.view.lesson = LessonShown::Open(lesson.id.clone());
                }
                let about = format!("{} {} min", lesson.question, lesson.minutes);
                ui.label(RichText::new(about).size(SMALL).color(palette.weak));
                ui.add_space(GAP / 2.0);
            }
        });
}
