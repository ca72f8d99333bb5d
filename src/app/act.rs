//! What each action does, in terms of commands.

use super::App;
use super::actions::Action;
use crate::session::{Command, Cue, FULL_SPEED, Recipe, Start, StepUnit};
use egui::{ThemePreference, ViewportCommand};

impl App {
    /// Does `action`, by a command where the document is concerned.
    pub(super) fn act(&mut self, ctx: &egui::Context, action: Action, commands: &mut Vec<Command>) {
        let step = self.session.step_unit();
        match action {
            Action::OpenPicture => self.files.browse(ctx),
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
            Action::NewNoise => self.edit(commands, |recipe| recipe.cue.renew_noise()),
            Action::NewDraw => {
                self.edit(commands, |recipe| recipe.seed = recipe.seed.wrapping_add(1));
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
            Action::Projector => projector(ctx),
            Action::Palette => self.view.palette = Some(String::new()),
            Action::UseStored(pattern) => {
                if pattern < self.session.recipe().n_patterns() {
                    self.edit(commands, |recipe| {
                        recipe.cue = Cue {
                            corruption: recipe.cue.corruption,
                            ..Cue::new(Start::Stored(pattern))
                        };
                    });
                }
            }
            Action::Help => self.view.help_open = !self.view.help_open,
        }
    }

    fn edit(&self, commands: &mut Vec<Command>, change: impl FnOnce(&mut Recipe)) {
        let mut recipe = self.session.recipe().clone();
        change(&mut recipe);
        commands.push(Command::Configure(Box::new(recipe)));
    }
}

/// How much larger everything is on a projector.
const PROJECTOR_ZOOM: f32 = 1.25;

/// Fills the screen and enlarges, or goes back.
fn projector(ctx: &egui::Context) {
    let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
    ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
    ctx.set_zoom_factor(if full { 1.0 } else { PROJECTOR_ZOOM });
}
