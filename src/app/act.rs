//! What each action does, in terms of commands.

use super::App;
use super::actions::Action;
use super::start::SMALLEST;
use crate::session::{Command, FULL_SPEED, StepUnit};
use crate::trial::{Cue, Recipe, Start};
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
            Action::NewDraw => draft.seed = draft.seed.wrapping_add(1),
            Action::StoreCue => {
                if let Some(states) = self.session.cue() {
                    draft.add_pattern(states.cue.clone());
                }
            }
            Action::StoreState => {
                if let Some(state) = self.session.state() {
                    draft.add_pattern(state);
                }
            }
            Action::Slower => commands.push(Command::SetSpeed(self.session.speed() / 1.5)),
            Action::Faster => commands.push(Command::SetSpeed(
                (self.session.speed() * 1.5).min(FULL_SPEED),
            )),
            Action::ShowWrong => self.view.show_wrong = !self.view.show_wrong,
            Action::ShowFields => self.view.show_fields = !self.view.show_fields,
            Action::ThemeDark => ctx.set_theme(ThemePreference::Dark),
            Action::ThemeLight => ctx.set_theme(ThemePreference::Light),
            Action::ThemeSystem => ctx.set_theme(ThemePreference::System),
            Action::Projector => self.projector(ctx),
            Action::Palette => self.view.palette = Some(String::new()),
            Action::UseStored(pattern) => {
                let patterns = self.session.patterns();
                if patterns.is_some_and(|patterns| pattern < patterns.n_patterns()) {
                    draft.cue = Cue {
                        corruption: draft.cue.corruption,
                        ..Cue::new(Start::Stored(pattern))
                    };
                }
            }
            Action::Help => self.view.help_open = !self.view.help_open,
        }
    }

    /// Fills the screen and enlarges as far as the window's smallest size allows, or goes back.
    fn projector(&mut self, ctx: &egui::Context) {
        let before = self.view.zoom_before.take();
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(before.is_none()));
        if let Some(zoom) = before {
            ctx.set_zoom_factor(zoom);
        } else {
            self.view.zoom_before = Some(ctx.zoom_factor());
            // The monitor's size is given in points of the zoom in force.
            let points = ctx
                .input(|input| input.viewport().monitor_size)
                .unwrap_or_else(|| SMALLEST.into());
            let room = points * ctx.zoom_factor() / egui::Vec2::from(SMALLEST);
            ctx.set_zoom_factor(room.min_elem().clamp(1.0, PROJECTOR_ZOOM));
        }
    }
}

/// How much larger everything is on a projector, at most.
const PROJECTOR_ZOOM: f32 = 1.25;
