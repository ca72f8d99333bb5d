//! A teacher's options: what is locked or hidden in this session, and the state that students come back to.
//!
//! Absent: holding to it (`session`, `app/restricted`).

mod list;

use super::{Panel, PanelContext, Place};
use crate::app::theme::{GAP, Palette, SMALL, TITLE};
use crate::app::widgets::controls::{hint, small_segmented, title_label};
use crate::app::widgets::question::question;
use crate::app::widgets::room::width_left;
use crate::session::{Command, Restriction, StartState, TeacherOptions};
use egui::{Align, Key, Label, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};
use list::Control;

/// Width of the window's inside in points.
const WIDTH: f32 = 620.0;

/// Height of the list in points, at most.
const LIST: f32 = 320.0;

/// Height of a line.
const LINE: f32 = 24.0;

/// Room in points for what is chosen, and for the kind of a control.
const CHOICE: f32 = 160.0;
const KIND: f32 = 150.0;

/// What can be chosen for a control.
const CHOICES: [(Option<Restriction>, &str, &str); 3] = [
    (None, "Free", "Students see it and use it"),
    (
        Some(Restriction::Locked),
        "Locked",
        "Students see it, greyed, and it stays as it is",
    ),
    (
        Some(Restriction::Hidden),
        "Hidden",
        "Students do not see it",
    ),
];

/// The panel.
#[derive(Default)]
pub(super) struct Teacher {
    /// What is looked for.
    typed: String,
    /// Whether only what is restricted is listed.
    only_restricted: bool,
    /// Whether it was open in the last frame: the field takes the keyboard when it opens, and not again.
    is_open: bool,
}

impl Panel for Teacher {
    fn title(&self) -> &'static str {
        "Teacher's options"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        if !context.view.teacher_open {
            *self = Self::default();
            return;
        }
        let modal = question(ui.ctx(), "teacher", WIDTH, |ui| self.contents(ui, context));
        if modal.inner || modal.should_close() {
            context.view.teacher_open = false;
            // What lies below stays open.
            ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
        }
    }
}

impl Teacher {
    /// Draws it; whether it is done.
    fn contents(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) -> bool {
        let mut options = context.session.teacher().clone();
        title_label(
            ui,
            "Teacher's options",
            "kept in the session's file and in its line of text",
        );
        ui.add_space(GAP);
        start(ui, &mut options, context);
        ui.add_space(GAP);
        self.controls(ui, &mut options, context);
        ui.add_space(GAP);
        hint(
            ui,
            "What is locked or hidden here keeps hands off: it is no password. Lessons and scenes still set everything; hide \
             the actions Lessons, Scenes and Gallery where they are not to",
        );
        let done = ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            ui.button("Done").clicked()
        });
        if options != *context.session.teacher() {
            let put = Command::SetTeacherOptions(Box::new(options));
            context.commands.push(put);
        }
        done.inner
    }

    /// The list of controls, those that are looked for.
    fn controls(&mut self, ui: &mut Ui, options: &mut TeacherOptions, context: &PanelContext<'_>) {
        let all = list::all(ui.ctx(), context.session.recipe(), options);
        let n_restricted = options.controls.len();
        let heading = match n_restricted {
            0 => "Controls: all of them are free".to_owned(),
            1 => "Controls: one is restricted".to_owned(),
            n => format!("Controls: {n} are restricted"),
        };
        heading_label(ui, &heading);
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut self.typed)
                .hint_text("A part of a name: ridge, lab, energy, store")
                .desired_width(330.0);
            let field = ui.add(field);
            if !std::mem::replace(&mut self.is_open, true) {
                field.request_focus();
            }
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a control")
            });
            ui.checkbox(&mut self.only_restricted, "Restricted ones only");
        });
        let found: Vec<&Control> = all
            .iter()
            .filter(|it| it.matches(&self.typed))
            .filter(|it| !self.only_restricted || options.of(&it.name).is_some())
            .collect();
        ui.horizontal(|ui| {
            hint(ui, &format!("{} found. All of these:", found.len()));
            for (choice, text, help) in CHOICES {
                let name = format!("All found: {text}");
                let button = ui.small_button(text);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.on_hover_text(help).clicked() {
                    found.iter().for_each(|it| options.put(&it.name, choice));
                }
            }
        });
        ScrollArea::vertical()
            .max_height(LIST)
            .auto_shrink([false, false])
            .show_rows(ui, LINE, found.len(), |ui, shown| {
                for control in &found[shown] {
                    line(ui, control, options);
                }
            });
    }
}

/// One control: what it is called, what kind it is of, and what is chosen for it.
fn line(ui: &mut Ui, control: &Control, options: &mut TeacherOptions) {
    let size = vec2(ui.available_width(), LINE);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(LINE);
        let palette = Palette::of(ui.visuals());
        let names = vec2(width_left(ui, CHOICE), LINE);
        ui.allocate_ui_with_layout(names, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(names);
            let kind = RichText::new(control.kind).size(SMALL).color(palette.weak);
            let called = RichText::new(&control.called).color(palette.text);
            ui.scope(|ui| {
                ui.set_max_width(width_left(ui, KIND));
                ui.add(Label::new(called).truncate());
            });
            ui.add(Label::new(kind).truncate());
        });
        let mut chosen = options.of(&control.name);
        let group = format!("Restriction of {}", control.called);
        if small_segmented(ui, &group, &mut chosen, &CHOICES, |_| None).changed() {
            options.put(&control.name, chosen);
        }
    });
}

/// The state that students come back to.
fn start(ui: &mut Ui, options: &mut TeacherOptions, context: &PanelContext<'_>) {
    heading_label(ui, "Start");
    let (recipe, session) = (context.session.recipe(), context.session);
    let clock = session.document().clock;
    let now = StartState {
        recipe: recipe.clone(),
        clock,
    };
    let said = match &options.start {
        None => "Nothing is set: students have no way back but Undo",
        Some(start) if **start == now => "What is shown now is the start: Edit, Back to the start",
        Some(_) => "Students come back to what was set: Edit, Back to the start",
    };
    hint(ui, said);
    ui.horizontal(|ui| {
        let is_now = options.start.as_deref() == Some(&now);
        let set = ui.add_enabled(!is_now, egui::Button::new("Start from what is shown now"));
        let help =
            "Students come back to these settings, this cue and this moment, as often as they like";
        if set.on_hover_text(help).clicked() {
            options.start = Some(Box::new(now));
        }
        let there_is_one = options.start.is_some();
        let none = ui.add_enabled(there_is_one, egui::Button::new("No start"));
        if none.on_hover_text("Forget it").clicked() {
            options.start = None;
        }
    });
}

fn heading_label(ui: &mut Ui, text: &str) {
    let palette = Palette::of(ui.visuals());
    ui.label(RichText::new(text).size(TITLE - 1.0).color(palette.strong));
}
