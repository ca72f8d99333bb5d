//! Storing what is to be seen: a button beside cue and state, and the name that the pattern is to have.

use super::super::PanelContext;
use crate::app::restricted::restricted;
use crate::app::theme::SMALL;
use crate::app::widgets::controls::{hint, primary_button};
use crate::engine::State;
use crate::engine::patterns::Label;
use egui::{Button, Id, Key, Popup, PopupCloseBehavior, RichText, TextEdit, Ui};

/// Longest name of a pattern, in letters.
const LONGEST: usize = 40;

/// The button beside the picture called `what`, which shows `state`.
pub(super) fn button(ui: &mut Ui, context: &mut PanelContext<'_>, what: &str, state: &State) {
    let button = Button::new(RichText::new("Store").size(SMALL)).small();
    let Some(button) = restricted(ui, "stored", |ui| ui.add(button)) else {
        return;
    };
    let help = format!("Add the {what} to the memory, under a name of your own");
    let button = button.on_hover_text(help);
    let id = Id::unique(("name of a pattern", what));
    Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            let mut name = ui
                .data(|data| data.get_temp::<String>(id))
                .unwrap_or_default();
            hint(ui, "Name of the pattern; without one it is numbered");
            let field = TextEdit::singleline(&mut name)
                .char_limit(LONGEST)
                .hint_text("name")
                .desired_width(170.0);
            let field = ui.add(field);
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Name of the pattern")
            });
            if button.clicked() {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let pressed = primary_button(ui, &format!("Store the {what}")).clicked();
            if entered || pressed {
                let label = name.trim();
                let label = (!label.is_empty()).then(|| Label::from(label));
                context.draft.add_pattern(state.clone(), label);
                name.clear();
                ui.close();
            }
            ui.data_mut(|data| data.insert_temp(id, name));
        });
}
