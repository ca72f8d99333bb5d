//! How learning goes: under way with what is left, paused, out of date, or done; one line that is always there, so
//! that nothing below it jumps.

use super::super::PanelContext;
use crate::app::theme::{GAP, Palette};
use crate::app::widgets::controls::{ChipKind, chip, hint};
use crate::app::widgets::room::width_left;
use crate::session::{Command, LearningHistory, Track};
use egui::{Align, Layout, ProgressBar, Ui, vec2};

/// Height of the line.
const LINE: f32 = 26.0;

/// Draws it.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let size = vec2(ui.available_width(), LINE);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_height(LINE);
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        ui.spacing_mut().button_padding.x = GAP / 2.0;
        if let Some(course) = context.session.learning_on(context.track) {
            under_way(
                ui,
                context.session.is_learning_paused(),
                course,
                context.commands,
            );
        } else if let Some(done) = context.session.starting() {
            let bar = ProgressBar::new(done).text("Couplings and fields");
            ui.add(bar)
                .on_hover_text("Altering the couplings, and summing the fields that the cue feels");
        } else if context.session.is_stale_on(context.track) {
            chip(ui, ChipKind::Warn, "Out of date");
            let button = ui.button("Learn");
            let button = button.on_hover_text("Learn with the settings as they are now");
            if button.clicked() {
                context.commands.push(Command::Learn);
            }
        } else {
            done(ui, context);
        }
    });
}

/// Progress, and what can be done about it.
fn under_way(ui: &mut Ui, paused: bool, course: &LearningHistory, commands: &mut Vec<Command>) {
    let iterative = course.standing().is_some();
    let buttons = if iterative { 168.0 } else { 48.0 };
    let percent = format!("{:.0} %", 100.0 * course.done);
    let words = match course.remaining() {
        _ if paused => format!("{percent}, paused"),
        Some(seconds) if seconds >= 1.0 => format!("{percent}, {}", time(seconds)),
        _ => percent,
    };
    let bar = ProgressBar::new(course.done)
        .desired_width(width_left(ui, buttons))
        .text(words);
    let left = course.remaining().map_or_else(
        || "Learning".to_owned(),
        |seconds| format!("Learning, about {} left", time(seconds)),
    );
    ui.add(bar).on_hover_text(left);
    if iterative {
        let (text, about) = if paused {
            ("Resume", "Go on learning from where it waits")
        } else {
            ("Pause", "Let learning wait")
        };
        if ui.button(text).on_hover_text(about).clicked() {
            commands.push(Command::PauseLearning(!paused));
        }
        let keep = ui.button("Use now");
        let keep = keep.on_hover_text("End learning here and use what is learned so far");
        if keep.clicked() {
            commands.push(Command::KeepLearning);
        }
    } else {
        // The first iteration brings two buttons: whoever presses Stop meanwhile still presses that.
        ui.skip_ahead_auto_ids(2);
    }
    let stop = ui.button("Stop");
    if stop
        .on_hover_text("Stop learning and keep the old memory")
        .clicked()
    {
        commands.push(Command::StopLearning);
    }
}

/// How learning ended.
fn done(ui: &mut Ui, context: &PanelContext<'_>) {
    let palette = Palette::of(ui.visuals());
    let Some(trained) = context
        .session
        .tracks()
        .get(context.track)
        .and_then(Track::trained)
    else {
        return;
    };
    let iterations = trained.course.standing().map(|standing| standing.iteration);
    let words = match iterations {
        Some(1) => "Learned in 1 iteration".to_owned(),
        Some(iterations) => format!("Learned in {iterations} iterations"),
        None if trained.memory.dense().is_some() => {
            "The patterns are stored as they are".to_owned()
        }
        None => "Learned in one pass".to_owned(),
    };
    if let Some(ending) = &trained.ending {
        // What it came to is said before the reasons.
        let said = ending.split(':').next().unwrap_or(ending);
        chip(ui, ChipKind::Warn, said).on_hover_text(ending);
    } else {
        ui.visuals_mut().override_text_color = Some(palette.weak);
        hint(ui, &words);
    }
}

/// "12 s", "3 min".
fn time(seconds: f64) -> String {
    if seconds < 90.0 {
        format!("{seconds:.0} s")
    } else {
        format!("{:.0} min", seconds / 60.0)
    }
}
