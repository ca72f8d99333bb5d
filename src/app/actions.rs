//! The one table of user actions: text, tooltip and shortcut. Menus, keys and help read it.
//!
//! Absent: settings; they are edited where they stand.

use egui::{Key, KeyboardShortcut, Modifiers};

/// Something a user can ask for by menu, button or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "every action's text is in the table")]
pub enum Action {
    OpenPicture,
    OpenPatterns,
    OpenFolder,
    SavePicture,
    Quit,
    Undo,
    Redo,
    PlayPause,
    StepForward,
    StepBack,
    SweepForward,
    SweepBack,
    ToCue,
    Reset,
    ToEnd,
    Settle,
    NewNoise,
    NextCue,
    NewDraw,
    StoreCue,
    StoreState,
    ClearMemory,
    Slower,
    Faster,
    ShowWrong,
    ShowFields,
    ThemeDark,
    ThemeLight,
    ThemeSystem,
    Stage,
    Palette,
    Help,
    UseStored(usize),
}

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
    /// Whether the key also works while a text field has the focus.
    pub in_text: bool,
    /// Whether it is about what the tab Recall shows.
    pub of_recall: bool,
}

const fn entry(action: Action, text: &'static str, tooltip: &'static str) -> Entry {
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
    /// It changes or shows what the tab Recall shows.
    const fn of_recall(self) -> Self {
        Self {
            of_recall: true,
            ..self
        }
    }

    const fn key(self, key: Key) -> Self {
        Self {
            shortcut: Some(KeyboardShortcut::new(Modifiers::NONE, key)),
            ..self
        }
    }

    const fn keys(self, modifiers: Modifiers, key: Key) -> Self {
        Self {
            shortcut: Some(KeyboardShortcut::new(modifiers, key)),
            in_text: modifiers.command,
            ..self
        }
    }
}

const REDO: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Every action, in the order of the menus.
pub const ALL: &[Entry] = &[
    entry(
        Action::OpenPicture,
        "Open picture…",
        "Take a PNG or JPEG file as the cue",
    )
    .keys(Modifiers::COMMAND, Key::O),
    entry(
        Action::OpenPatterns,
        "Open patterns…",
        "Store what is in an IDX file, a NumPy array or archive, a table or an alignment; probe couplings, N × N; or show a \
         table of the lab",
    )
    .keys(REDO, Key::O),
    entry(
        Action::OpenFolder,
        "Open folder of pictures…",
        "Store the PNG and JPEG files of a folder",
    ),
    entry(
        Action::SavePicture,
        "Save picture of window…",
        "Write what the window shows to a PNG file",
    )
    .keys(Modifiers::COMMAND, Key::S),
    entry(Action::Quit, "Quit", "Close the window").keys(Modifiers::COMMAND, Key::Q),
    entry(
        Action::Undo,
        "Undo",
        "Take back the last change of a setting or of the cue",
    )
    .keys(Modifiers::COMMAND, Key::Z)
    .of_recall(),
    entry(Action::Redo, "Redo", "Do again what was taken back").keys(REDO, Key::Z)
    .of_recall(),
    entry(
        Action::PlayPause,
        "Play or pause",
        "Let time move on, or stop it",
    )
    .key(Key::Space)
    .of_recall(),
    entry(Action::StepForward, "Step", "Go on by one step").key(Key::ArrowRight)
    .of_recall(),
    entry(Action::StepBack, "Step back", "Go back by one step").key(Key::ArrowLeft)
    .of_recall(),
    entry(
        Action::SweepForward,
        "Sweep",
        "Go on by one sweep: every unit is asked once",
    )
    .keys(Modifiers::SHIFT, Key::ArrowRight)
    .of_recall(),
    entry(Action::SweepBack, "Sweep back", "Go back by one sweep")
        .keys(Modifiers::SHIFT, Key::ArrowLeft)
    .of_recall(),
    entry(
        Action::ToCue,
        "First moment",
        "Show the cue, the first moment of the recording",
    )
    .key(Key::Home)
    .of_recall(),
    entry(Action::Reset, "Reset", "Stop and go back to the cue").key(Key::R)
    .of_recall(),
    entry(
        Action::ToEnd,
        "Last recorded moment",
        "Go to the end of what was recorded",
    )
    .key(Key::End)
    .of_recall(),
    entry(
        Action::Settle,
        "Settle",
        "Run until the state rests, cycles, or the sweeps are used up",
    )
    .key(Key::S)
    .of_recall(),
    entry(
        Action::NewNoise,
        "New noise",
        "Corrupt the cue with another seed",
    )
    .key(Key::N)
    .of_recall(),
    entry(
        Action::NextCue,
        "Next pattern",
        "Start from the next stored pattern, corrupted alike",
    )
    .key(Key::Period)
    .of_recall(),
    entry(
        Action::NewDraw,
        "Draw other patterns",
        "Store other patterns of the same kind, drawn by another seed",
    )
    .key(Key::D)
    .of_recall(),
    entry(
        Action::StoreCue,
        "Store the cue",
        "Store the cue as it stands, beside the patterns of the world",
    )
    .of_recall(),
    entry(
        Action::StoreState,
        "Store the state",
        "Store the state at the moment shown, beside the patterns of the world",
    )
    .of_recall(),
    entry(
        Action::ClearMemory,
        "Clear the memory",
        "Remove every stored pattern, to teach an empty memory by hand: draw on the cue and store it",
    )
    .of_recall(),
    entry(Action::Slower, "Slower", "Fewer steps a second").key(Key::Minus)
    .of_recall(),
    entry(Action::Faster, "Faster", "More steps a second").key(Key::Plus)
    .of_recall(),
    entry(
        Action::ShowWrong,
        "Mark wrong units",
        "Mark the units that differ from the original",
    )
    .key(Key::W)
    .of_recall(),
    entry(
        Action::ShowFields,
        "Show local fields",
        "Lay the local field of every unit over the state",
    )
    .key(Key::F)
    .of_recall(),
    entry(Action::ThemeDark, "Dark", "Light on dark"),
    entry(
        Action::ThemeLight,
        "Light",
        "Dark on light, for bright rooms",
    ),
    entry(
        Action::ThemeSystem,
        "Follow the system",
        "Dark or light as the system is",
    ),
    entry(
        Action::Stage,
        "Stage",
        "Fill the screen with original, cue and state, as large as can be, for a class; or go back",
    )
    .key(Key::F11),
    entry(
        Action::Palette,
        "Find an action…",
        "Find an action by its name",
    )
    .keys(Modifiers::COMMAND, Key::K),
    entry(
        Action::Help,
        "Help",
        "What one sees, what to try, and every key",
    )
    .key(Key::F1),
    entry(
        Action::UseStored(0),
        "Cue from stored 0",
        "Start from the first stored pattern; keys 2 to 9 take the next ones",
    )
    .key(Key::Num1)
    .of_recall(),
];

impl Action {
    /// The action's line in the table.
    pub fn entry(self) -> &'static Entry {
        ALL.iter()
            .find(|entry| entry.action == self)
            .expect("every action has a line in the table")
    }

    /// Whether it is about what the tab Recall shows.
    pub fn is_of_recall(self) -> bool {
        match self {
            // One line of the table stands for all of them.
            Self::UseStored(_) => Self::UseStored(0).entry().of_recall,
            other => other.entry().of_recall,
        }
    }

    /// Tooltip with the key behind it.
    pub fn tooltip(self, ctx: &egui::Context) -> String {
        let entry = self.entry();
        match entry.shortcut {
            Some(shortcut) => format!("{} ({})", entry.tooltip, ctx.format_shortcut(&shortcut)),
            None => entry.tooltip.to_owned(),
        }
    }
}

/// The actions whose keys were pressed. Plain keys are left to whatever widget has the focus.
pub fn pressed(ctx: &egui::Context) -> Vec<Action> {
    let typing = ctx.text_edit_focused();
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

/// The keys that need no line of their own: 2 to 9 next to 1, the question mark next to F1.
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
    let help = input.consume_key(Modifiers::SHIFT, Key::Questionmark)
        || input.consume_key(Modifiers::NONE, Key::Questionmark);
    let mut actions = Vec::new();
    for (index, key) in DIGITS.into_iter().enumerate() {
        if input.consume_key(Modifiers::NONE, key) {
            actions.push(Action::UseStored(index + 1));
        }
    }
    actions.extend(help.then_some(Action::Help));
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_share_a_key_or_a_name() {
        for (index, a) in ALL.iter().enumerate() {
            for b in &ALL[..index] {
                assert_ne!(a.action, b.action);
                assert_ne!(a.text, b.text);
                assert!(
                    a.shortcut.is_none() || a.shortcut != b.shortcut,
                    "{} and {}",
                    a.text,
                    b.text
                );
            }
        }
    }
}
