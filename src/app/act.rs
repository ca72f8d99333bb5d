//! What each action does, in terms of commands.

use super::App;
use super::actions::Action;
use crate::session::{Command, FULL_SPEED, StepUnit};
use crate::trial::{Recipe, Start};
use egui::{ThemePreference, ViewportCommand};

impl App {
    /// Does `action`, by the draft of the recipe or a command where the document is concerned.
    pub(super) fn act(
        &mut self,
        ctx: &egui::Context,
        action: Action,
        draft: &mut Recipe,
        commands: &mut Vec<Command>,
    ) {
        let step = self.session.step_unit();
        match action {
            Action::OpenPicture => self.files.browse(ctx),
            Action::OpenPatterns => self.files.browse_patterns(ctx),
            Action::OpenFolder => self.files.browse_folder(ctx),
            Action::SavePicture => self.files.save_picture(ctx),
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => commands.push(Command::Undo),
            Action::Redo => commands.push(Command::Redo),
            Action::PlayPause => commands.push(Command::Play(!self.session.is_playing())),
            Action::StepForward => commands.push(Command::StepForward(step)),
            Action::StepBack => commands.push(Command::StepBack(step)),
            Action::SweepForward => commands.push(Command::StepForward(StepUnit::Sweep)),
            Action::SweepBack => commands.push(Command::StepBack(StepUnit::Sweep)),
            Action::ToCue | Action::Reset => commands.push(Command::Seek(0)),
            Action::ToEnd => commands.push(Command::Seek(u64::MAX)),
            Action::Settle => commands.push(Command::Settle),
            Action::NewNoise => draft.cue.renew_noise(),
            Action::NextCue => {
                let count = (self.session.patterns()).map_or(0, |patterns| patterns.n_patterns());
                let next = match draft.cue.start {
                    Start::Stored(pattern) => pattern + 1,
                    _ => 0,
                };
                self.start_from(next.checked_rem(count), draft);
            }
            Action::NewDraw => draft.seed = draft.seed.wrapping_add(1),
            Action::StoreCue => {
                if let Some(states) = self.session.cue() {
                    draft.add_pattern(states.cue.clone(), None);
                }
            }
            Action::StoreState => {
                if let Some(state) = self.session.state() {
                    draft.add_pattern(state, None);
                }
            }
            Action::ClearMemory => draft.clear_patterns(self.session.stored_origins()),
            Action::Slower => commands.push(Command::SetSpeed(self.session.speed() / 1.5)),
            Action::Faster => commands.push(Command::SetSpeed(
                (self.session.speed() * 1.5).min(FULL_SPEED),
            )),
            Action::ShowWrong => self.view.show_wrong = !self.view.show_wrong,
            Action::ShowFields => self.view.show_fields = !self.view.show_fields,
            Action::ThemeDark => ctx.set_theme(ThemePreference::Dark),
            Action::ThemeLight => ctx.set_theme(ThemePreference::Light),
            Action::ThemeSystem => ctx.set_theme(ThemePreference::System),
            Action::Stage => {
                self.view.stage = !self.view.stage;
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.view.stage));
            }
            Action::Palette => self.view.palette = Some(String::new()),
            Action::UseStored(pattern) => self.start_from(Some(pattern), draft),
            Action::Help => self.view.help_open = !self.view.help_open,
        }
    }

    /// Starts the cue from a stored pattern, if there is one, corrupted as before.
    fn start_from(&self, pattern: Option<usize>, draft: &mut Recipe) {
        let patterns = self.session.patterns();
        let is_there =
            |pattern: &usize| patterns.is_some_and(|patterns| *pattern < patterns.n_patterns());
        if let Some(pattern) = pattern.filter(is_there) {
            draft.cue = draft.cue.restarted(Start::Stored(pattern));
        }
    }
}
