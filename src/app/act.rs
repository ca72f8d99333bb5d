//! What each action does, in terms of commands.

use super::App;
use super::actions::Action;
use super::restricted::{self, action_name, restriction};
use super::theme;
use super::view::{GlossaryShown, Guide, GuideKind, LessonShown, Tab};
use crate::engine::Error;
use crate::session::{Command, FULL_SPEED, StepUnit};
use crate::trial::{Recipe, Start};
use egui::style::ScrollAnimation;
use egui::{ThemePreference, ViewportCommand};

impl App {
    /// Does what `command` says, and says whether it did; a refusal becomes a notice.
    pub fn command(&mut self, command: Command) -> bool {
        let edits = matches!(
            command,
            Command::Configure(_)
                | Command::Replace(_)
                | Command::UseCouplings { .. }
                | Command::Undo
                | Command::Redo
        );
        let result = self.session.apply(command);
        match &result {
            Err(problem) => self.notice.refuse(problem),
            // What was refused is no longer asked for.
            Ok(()) if edits => self.notice.clear(),
            Ok(()) => (),
        }
        result.is_ok()
    }

    /// Has motion be reduced, or not, in this frame.
    pub(super) fn reduce_motion(&self, ctx: &egui::Context) {
        let time = theme::animation_time(self.view.still);
        if ctx.global_style().animation_time != time {
            ctx.all_styles_mut(|style| {
                style.animation_time = time;
                style.scroll_animation = if self.view.still {
                    ScrollAnimation::none()
                } else {
                    ScrollAnimation::default()
                };
            });
        }
    }

    /// Has what a teacher restricts be greyed or hidden in this frame; a tab that is restricted is left.
    pub(super) fn restrict(&mut self, ctx: &egui::Context) {
        restricted::restrict(ctx, &self.session.teacher().controls);
        if restriction(ctx, &restricted::tab_name(self.view.tab)).is_some() {
            self.view.turn_to(Tab::Recall);
        }
    }

    /// Does `action`. Refused: a teacher has locked or hidden it.
    pub(super) fn act_if_free(
        &mut self,
        ctx: &egui::Context,
        action: Action,
        draft: &mut Recipe,
        commands: &mut Vec<Command>,
    ) -> Result<(), Error> {
        if restriction(ctx, &action_name(action)).is_some() {
            let what = format!("‘{}’", action.entry().text);
            return Err(Error::Locked { what });
        }
        self.act(ctx, action, draft, commands);
        Ok(())
    }

    /// Does `action`, by the draft of the recipe or a command where the document is concerned.
    fn act(
        &mut self,
        ctx: &egui::Context,
        action: Action,
        draft: &mut Recipe,
        commands: &mut Vec<Command>,
    ) {
        let step = self.session.step_unit();
        match action {
            Action::OpenSession => self.files.browse_sessions(ctx),
            Action::OpenRecent(index) => self.open_recent(index),
            Action::SaveSession => self.save_session(ctx, true),
            Action::SaveSessionAs => self.save_session(ctx, false),
            Action::CopyShared => self.copy_shared(ctx),
            Action::TeacherOptions => self.view.teacher_open = true,
            Action::OpenPicture => self.files.browse(ctx),
            Action::OpenPatterns => self.files.browse_patterns(ctx),
            Action::OpenFolder => self.files.browse_folder(ctx),
            Action::SavePicture => self.files.save_picture(ctx),
            Action::SavePictures => self.view.pictures_open = !self.view.pictures_open,
            Action::SaveAnimation => self.save_animation(ctx),
            Action::SaveFrames => self.save_frames(ctx),
            Action::SaveArrays => self.save_arrays(ctx),
            Action::SaveReport => self.save_report(ctx),
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => commands.push(Command::Undo),
            Action::Redo => commands.push(Command::Redo),
            Action::BackToStart => commands.push(Command::BackToStart),
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
            Action::ReduceMotion => self.view.still = !self.view.still,
            Action::Stage => {
                self.view.stage = !self.view.stage;
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.view.stage));
            }
            Action::Palette => self.view.palette = Some(String::new()),
            Action::UseStored(pattern) => self.start_from(Some(pattern), draft),
            Action::Lessons => {
                self.view.lesson = match self.view.lesson {
                    LessonShown::Closed => LessonShown::List,
                    LessonShown::List | LessonShown::Open(_) => LessonShown::Closed,
                };
            }
            Action::Scenes => self.view.guide = Some(Guide::of(GuideKind::Scenes)),
            Action::Tour => self.view.guide = Some(Guide::of(GuideKind::Tour)),
            Action::Gallery => self.view.gallery_open = true,
            Action::Help => self.view.help_open = !self.view.help_open,
            Action::Keys => (self.view.help_open, self.view.help_at_keys) = (true, true),
            Action::Glossary => self.view.glossary = Some(GlossaryShown::default()),
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
