//! The palette: find an action by typing a part of its name.

use super::{Panel, PanelContext, Place};
use crate::app::actions::{ALL, Entry};
use crate::app::widgets::controls::roomy;
use egui::{Button, Context, Id, Key, Modal, ScrollArea, TextEdit, Ui};

/// The panel.
#[derive(Default)]
pub(super) struct Palette;

impl Panel for Palette {
    fn title(&self) -> &'static str {
        "Find an action"
    }

    fn place(&self) -> Place {
        Place::Above
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        modal(ui.ctx(), context);
    }
}

/// Draws it while it is open.
fn modal(ctx: &Context, context: &mut PanelContext<'_>) {
    let Some(typed) = &mut context.view.palette else {
        return;
    };
    let mut chosen = None;
    let modal = Modal::new(Id::unique("palette"))
        .frame(roomy(ctx))
        .show(ctx, |ui| {
            ui.set_width(420.0);
            let field = ui.add(
                TextEdit::singleline(typed)
                    .hint_text("Name of an action")
                    .desired_width(f32::INFINITY),
            );
            field.request_focus();
            let found = matching(typed);
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                chosen = found.first().map(|entry| entry.action);
            }
            ScrollArea::vertical()
                .max_height(360.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for entry in found {
                        let mut button = Button::new(entry.text)
                            .frame_when_inactive(false)
                            .min_size([408.0, 24.0].into());
                        if let Some(shortcut) = entry.shortcut {
                            button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
                        }
                        if ui.add(button).on_hover_text(entry.tooltip).clicked() {
                            chosen = Some(entry.action);
                        }
                    }
                });
        });
    if chosen.is_some() || modal.should_close() {
        context.view.palette = None;
        // What lies below stays open.
        ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
    }
    context.actions.extend(chosen);
}

/// The actions whose name holds every word typed, in the order of the table.
fn matching(typed: &str) -> Vec<&'static Entry> {
    let typed = typed.to_lowercase();
    ALL.iter()
        .filter(|entry| {
            typed
                .split_whitespace()
                .all(|word| entry.text.to_lowercase().contains(word))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::actions::Action;

    #[test]
    fn words_in_any_order_find_an_action() {
        assert_eq!(
            matching("units wrong").first().map(|entry| entry.action),
            Some(Action::ShowWrong)
        );
        assert_eq!(matching("").len(), ALL.len());
        assert!(matching("no such thing").is_empty());
    }
}
