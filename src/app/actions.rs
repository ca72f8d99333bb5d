//! The one table of user actions: text, tooltip and shortcut. Menus, keys and help read it.
//!
//! Absent: settings; they are edited where they stand.

mod entry;

use egui::{Key, Modifiers};
pub use entry::Entry;
use entry::entry;

/// Something a user can ask for by menu, button or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "every action's text is in the table")]
pub enum Action {
    OpenSession,
    SaveSession,
    SaveSessionAs,
    CopyShared,
    TeacherOptions,
    OpenPicture,
    OpenPatterns,
    OpenFolder,
    SavePicture,
    SavePictures,
    SaveAnimation,
    SaveFrames,
    SaveArrays,
    SaveReport,
    Quit,
    Undo,
    Redo,
    BackToStart,
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
    ReduceMotion,
    Stage,
    Palette,
    Lessons,
    Scenes,
    Tour,
    Gallery,
    Help,
    Keys,
    Glossary,
    UseStored(usize),
    OpenRecent(usize),
}

const REDO: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Every action, in the order of the menus.
pub const ALL: &[Entry] = &[
    entry(
        Action::OpenSession,
        "Open session…",
        "Open a session that was saved: its memories, its cue, its moment",
    )
    .keys(Modifiers::COMMAND, Key::O),
    entry(
        Action::OpenRecent(0),
        "Open the last session",
        "Open the session that was opened or saved last",
    ),
    entry(
        Action::SaveSession,
        "Save session",
        "Write the session to its file; it opens to the same bits",
    )
    .keys(Modifiers::COMMAND, Key::S),
    entry(
        Action::SaveSessionAs,
        "Save session as…",
        "Write the session to another file",
    )
    .keys(REDO, Key::S),
    entry(
        Action::CopyShared,
        "Copy as a line of text",
        "Copy the session as one line to send: paste it into the window, or type engram and the line",
    ),
    entry(
        Action::TeacherOptions,
        "Teacher's options…",
        "Lock or hide controls in this session, and set the state that students come back to",
    ),
    entry(
        Action::OpenPicture,
        "Open picture…",
        "Take a PNG or JPEG file as the cue",
    ),
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
    .keys(REDO, Key::P),
    entry(
        Action::SavePictures,
        "Save or copy a picture…",
        "Every picture on screen by its name: to a file as SVG, PNG or CSV, or to the clipboard",
    )
    .keys(Modifiers::COMMAND, Key::E),
    entry(
        Action::SaveAnimation,
        "Save recall as GIF…",
        "Write the recall of the first track to a moving picture, a frame for some of its flips",
    ),
    entry(
        Action::SaveFrames,
        "Save recall as PNG frames…",
        "Write the frames of that moving picture to a zip archive of numbered PNG files",
    ),
    entry(
        Action::SaveArrays,
        "Save arrays…",
        "Write patterns, labels, cue, states and couplings to an archive of NumPy arrays (NPZ), a name for each",
    ),
    entry(
        Action::SaveReport,
        "Save report…",
        "Write a page with states, charts, settings, facts and the session itself: to read, to print, to hand in, to open",
    ),
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
        Action::BackToStart,
        "Back to the start",
        "Come back to the state that a teacher has set as the start; Undo takes it back",
    )
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
        Action::ReduceMotion,
        "Reduce motion",
        "No flashes where units flip, and nothing slides or fades",
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
        Action::Lessons,
        "Lessons",
        "Learn step by step: lessons whose links act on the window",
    )
    .key(Key::L),
    entry(Action::Scenes, "Scenes", "Go through eight scenes, a sentence each"),
    entry(Action::Tour, "Tour of the window", "Two minutes: what stands where"),
    entry(Action::Gallery, "Gallery…", "Every scene, with its picture"),
    entry(
        Action::Help,
        "Help",
        "What one sees, what to try, and every key",
    )
    .key(Key::F1),
    entry(Action::Keys, "All keys", "Every key, and what it does")
    .key(Key::Questionmark),
    entry(
        Action::Glossary,
        "Glossary…",
        "The terms of the field, a sentence or two each",
    ),
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
        // One line of the table stands for all of a kind.
        let of_kind = match self {
            Self::UseStored(_) => Self::UseStored(0),
            Self::OpenRecent(_) => Self::OpenRecent(0),
            other => other,
        };
        ALL.iter()
            .find(|entry| entry.action == of_kind)
            .expect("every action has a line in the table")
    }

    /// Whether it is about what the tab Recall shows.
    pub fn is_of_recall(self) -> bool {
        self.entry().of_recall
    }

    /// Tooltip with the key behind it.
    pub fn tooltip(self, ctx: &egui::Context) -> String {
        let entry = self.entry();
        match entry.key_text(ctx) {
            Some(key) => format!("{} ({key})", entry.tooltip),
            None => entry.tooltip.to_owned(),
        }
    }
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
