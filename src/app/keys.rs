//! Which actions were asked for by key in a frame.
//!
//! Absent: which key an action has; the table of actions says so.

use super::actions::{ALL, Action, Entry};
use egui::{Key, Modifiers};

/// The actions whose keys were pressed. Plain keys are left to whatever widget has the focus, and to what is asked over
/// the window.
pub(super) fn pressed(ctx: &egui::Context) -> Vec<Action> {
    let asked = ctx.memory(|memory| memory.top_modal_layer().is_some());
    let typing = asked || ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    // The longest combination first: Shift+Z must not be taken for Z.
    let mut entries: Vec<&Entry> = ALL
        .iter()
        .filter(|entry| entry.shortcut.is_some())
        .collect();
    entries.sort_by_key(|entry| entry.shortcut.map(|s| !s.modifiers.shift));
    let mut actions: Vec<Action> = ctx.input_mut(|input| {
        entries
            .into_iter()
            .filter(|entry| {
                let Some(shortcut) = entry.shortcut else {
                    return false;
                };
                let for_widgets = [
                    Key::Space,
                    Key::ArrowLeft,
                    Key::ArrowRight,
                    Key::Home,
                    Key::End,
                ];
                let taken = focused && for_widgets.contains(&shortcut.logical_key);
                (entry.in_text || !(typing || taken)) && input.consume_shortcut(&shortcut)
            })
            .map(|entry| entry.action)
            .collect()
    });
    if !typing {
        actions.extend(ctx.input_mut(other_keys));
    }
    actions
}

/// The keys that need no line of their own: 2 to 9 next to 1.
fn other_keys(input: &mut egui::InputState) -> Vec<Action> {
    const DIGITS: [Key; 8] = [
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    let mut actions = Vec::new();
    for (index, key) in DIGITS.into_iter().enumerate() {
        if input.consume_key(Modifiers::NONE, key) {
            actions.push(Action::UseStored(index + 1));
        }
    }
    actions
}
