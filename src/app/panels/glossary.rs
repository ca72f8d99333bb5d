//! The glossary: terms on the left, found by typing; on the right what one of them is, its formula, and where to read on.
//!
//! Absent: what terms are (`lessons::glossary`).

use super::{Panel, PanelContext, Place, scripted};
use crate::app::theme::{GAP, HEADING, Palette};
use crate::app::view::{GlossaryShown, LessonShown};
use crate::app::widgets::controls::{hint, well};
use crate::app::widgets::formula::formula;
use crate::app::widgets::room::width_left;
use crate::lessons::glossary::{Term, glossary};
use crate::lessons::scenes::SCENES;
use egui::{
    Align, Button, Context, Id, Key, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui, Window,
    vec2,
};

/// Size of the window in points, where there is room for it.
const SIZE: [f32; 2] = [640.0, 420.0];
/// Width of the list of terms in points.
const LIST: f32 = 196.0;
/// Points to an em of formulas.
const EM: f32 = 16.0;

/// The panel.
#[derive(Default)]
pub(super) struct Glossary {
    /// Whether it was open in the last frame: the field takes the keyboard when it opens, and not again.
    is_open: bool,
}

impl Panel for Glossary {
    fn title(&self) -> &'static str {
        "Glossary"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let Some(mut shown) = context.view.glossary.take() else {
            self.is_open = false;
            return;
        };
        let opens = !std::mem::replace(&mut self.is_open, true);
        if window(ui.ctx(), &mut shown, opens, context) {
            context.view.glossary = Some(shown);
        }
    }
}

/// Draws the window; whether it stays open.
fn window(
    ctx: &Context,
    shown: &mut GlossaryShown,
    opens: bool,
    context: &mut PanelContext<'_>,
) -> bool {
    let mut open = true;
    let room = ctx.content_rect();
    let [width, height] = SIZE;
    let size = vec2(
        width.min(room.width() - 60.0),
        height.min(room.height() - 80.0),
    );
    Window::new("Glossary")
        .id(Id::unique("glossary"))
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .pivot(egui::Align2::CENTER_CENTER)
        .default_pos(room.center())
        .fixed_size(size)
        .show(ctx, |ui| {
            let height = ui.available_height();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0 * GAP;
                let column = |ui: &mut Ui, width: f32, add: &mut dyn FnMut(&mut Ui)| {
                    let layout = Layout::top_down(Align::Min);
                    ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
                        ui.set_min_size(vec2(width, height));
                        add(ui);
                    });
                };
                column(ui, LIST, &mut |ui| list(ui, shown, opens));
                let rest = ui.available_width();
                column(ui, rest, &mut |ui| term(ui, shown, context));
            });
        });
    open
}

/// The field to type into, and the terms that are found; one of them is chosen after that.
fn list(ui: &mut Ui, shown: &mut GlossaryShown, opens: bool) {
    let field = TextEdit::singleline(&mut shown.typed)
        .hint_text("Find a term")
        .desired_width(LIST);
    let field = ui.add(field);
    field.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(true, &shown.typed, &shown.typed, "");
        info.label = Some("Find a term".to_owned());
        info
    });
    if opens {
        field.request_focus();
    }
    let found: Vec<&Term> = glossary()
        .into_iter()
        .filter(|term| term.matches(&shown.typed))
        .collect();
    let step = step(ui);
    choose(shown, &found, field.changed(), step);
    ui.add_space(GAP / 2.0);
    if found.is_empty() {
        hint(ui, "No term has these words");
    }
    ScrollArea::vertical()
        .id_salt("terms")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for term in found {
                let is_shown = term.name == shown.term;
                let button = Button::selectable(is_shown, term.title());
                let line = ui.add(button.truncate());
                if line.clicked() {
                    shown.term = term.name;
                }
                if is_shown && (opens || step != 0) {
                    line.scroll_to_me(Some(Align::Center));
                }
            }
        });
}

/// By how many terms the keys up and down move.
fn step(ui: &Ui) -> isize {
    ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
        isize::from(down) - isize::from(up)
    })
}

/// Has one of `found` be shown: the next one by `step`; after something `is_typed` the one that is called so.
fn choose(shown: &mut GlossaryShown, found: &[&'static Term], is_typed: bool, step: isize) {
    let Some(first) = found.first() else {
        return;
    };
    let place = found.iter().position(|term| term.name == shown.term);
    let typed = shown.typed.trim().to_lowercase();
    let named = |term: &&&Term| term.name.to_lowercase().starts_with(&typed);
    let called = found.iter().find(named);
    let called = called.or_else(|| found.iter().find(|term| term.is_called(&shown.typed)));
    shown.term = match place {
        Some(place) if !is_typed => {
            let next = place.saturating_add_signed(step);
            found[next.min(found.len() - 1)].name
        }
        _ => called.unwrap_or(first).name,
    };
}

/// What the term shown is.
fn term(ui: &mut Ui, shown: &mut GlossaryShown, context: &mut PanelContext<'_>) {
    let terms = glossary();
    let Some(term) = terms.iter().find(|term| term.name == shown.term) else {
        return;
    };
    let palette = Palette::of(ui.visuals());
    ScrollArea::vertical()
        .id_salt(term.name)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.75 * GAP;
            ui.set_max_width(width_left(ui, GAP));
            let title = RichText::new(term.title()).size(HEADING);
            ui.label(title.color(palette.strong));
            if !term.also.is_empty() {
                hint(ui, &format!("Also: {}", term.also.join(", ")));
            }
            ui.label(term.text);
            if !term.formula.is_empty() {
                well(ui, |ui| formula(ui, term.formula, &[], None, EM));
            }
            if !term.see.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    ui.label("See");
                    for see in term.see {
                        if ui.link(*see).clicked() {
                            *shown = GlossaryShown::at(see);
                        }
                    }
                });
            }
            further(ui, term, context);
        });
}

/// The lesson and the scene of a term; the scene changes what the window shows, which undo takes back.
fn further(ui: &mut Ui, term: &Term, context: &mut PanelContext<'_>) {
    let mut lessons = context.lessons.iter();
    let lesson = lessons.find(|it| Some(&*it.id) == term.lesson);
    if let Some(lesson) = lesson {
        let link = ui.link(format!("Lesson: {}", lesson.title));
        if link.on_hover_text(&lesson.question).clicked() {
            context.view.lesson = LessonShown::Open(lesson.id.clone());
        }
    }
    let scene = SCENES.iter().find(|it| Some(it.name) == term.scene);
    if let Some(scene) = scene {
        let link = ui.link(format!("Scene: {}", scene.title));
        if link.on_hover_text(scene.sentence).clicked() {
            scripted::act(scene.recipe(), &scene.script(), context);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_term_that_is_typed_is_shown() {
        let mut shown = GlossaryShown::default();
        let mut type_in = |typed: &str, step| {
            shown.typed = typed.to_owned();
            let found = glossary().into_iter();
            let found: Vec<&Term> = found.filter(|term| term.matches(typed)).collect();
            choose(&mut shown, &found, step == 0, step);
            shown.term
        };
        assert_eq!(type_in("", 0), "activity");
        assert_eq!(type_in("", 1), "associative memory");
        assert_eq!(type_in("", -1), "activity");
        assert_eq!(type_in("", -1), "activity", "there is none before it");
        assert_eq!(type_in("en", 0), "energy");
        // Several speak of it, but only one is called so.
        assert_eq!(type_in("overlap", 0), "overlap");
        assert_eq!(type_in("no such word", 0), "overlap", "the last one stays");
    }
}
