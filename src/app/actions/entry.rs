//! A line of the table of actions: how an action is called and reached.

use super::Action;
use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// How an action is called and reached.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name on screen.
    pub text: &'static str,
    /// What it does, in a sentence.
    pub tooltip: &'static str,
    /// Its key.
    pub shortcut: Option<KeyboardShortcut>,
    /// Whether the key also works while a text field has the focus, or something is asked over the window.
    pub in_text: bool,
    /// Whether it is about what the tab Recall shows.
    pub of_recall: bool,
}

/// A line of the table with no key.
pub(super) const fn entry(action: Action, text: &'static str, tooltip: &'static str) -> Entry {
    Entry {
        action,
        text,
        tooltip,
        shortcut: None,
        in_text: false,
        of_recall: false,
    }
}

impl Entry {
    /// Its key in letters, as this system writes them.
    pub fn key_text(&self, ctx: &Context) -> Option<String> {
        let text = ctx.format_shortcut(&self.shortcut?);
        // The library has its name in one word.
        let name = Key::Questionmark;
        Some(text.replace(name.name(), name.symbol_or_name()))
    }

    /// It changes or shows what the tab Recall shows.
    pub(super) const fn of_recall(self) -> Self {
        Self {
            of_recall: true,
            ..self
        }
    }

    /// Reached by `key` alone.
    pub(super) const fn key(self, key: Key) -> Self {
        Self {
            shortcut: Some(KeyboardShortcut::new(Modifiers::NONE, key)),
            ..self
        }
    }

    /// Reached by `key` with `modifiers`.
    pub(super) const fn keys(self, modifiers: Modifiers, key: Key) -> Self {
        Self {
            shortcut: Some(KeyboardShortcut::new(modifiers, key)),
            in_text: modifiers.command,
            ..self
        }
    }
}
