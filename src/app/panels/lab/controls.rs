//! Run, pause, go on and stop, and how far a run is.

use super::sections::quiet;
use super::{LabPanel, titled};
use crate::app::panels::PanelContext;
use crate::app::theme::{GAP, Palette, pointed_frame};
use crate::app::widgets::controls::primary_button;
use crate::session::{Command, LabRequest, LabRun, LabState};
use egui::{Button, Rect, Sense, Ui, vec2};
use std::time::Duration;

/// Height of the controls at the foot of the card.
pub(super) const HEIGHT: f32 = 62.0;

/// Draws them.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let book = context.session.lab();
    let acted_on = book.under_way();
    let state = acted_on.map(LabRun::state);
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.75 * GAP;
        let can_run = lab.vary_problem.is_none() && !lab.recipe.rules.is_empty();
        let start = ui.add_enabled_ui(can_run, |ui| primary_button(ui, "Run")).inner;
        pointed_frame(ui, "Run", start.rect);
        let help = "Work all points out, coarsely first; a run that is under way ends, and stays in the list";
        let why = if lab.recipe.rules.is_empty() {
            "There is no rule to ask: add one"
        } else {
            "What is to vary cannot be read: see below its field"
        };
        let start = start.on_hover_text(help).on_disabled_hover_text(why);
        if start.clicked() {
            lab.asked = Some(lab.recipe.clone());
            wanted = Some(LabRequest::Run(Box::new(lab.recipe.clone())));
        }
        let which = acted_on.map_or_else(String::new, |run| format!(": run {}", titled(run)));
        let (is_running, can_stop) = (state == Some(LabState::Running), acted_on.is_some());
        let (text, request, help) = if is_running || !can_stop {
            ("Pause", LabRequest::Pause, "Wait, and keep what was learned")
        } else {
            ("Go on", LabRequest::GoOn, "Go on with the points that are missing")
        };
        let idle = "No run is under way";
        let pause = ui.add_enabled(can_stop, Button::new(text));
        let pause = pause.on_hover_text(format!("{help}{which}"));
        if pause.on_disabled_hover_text(idle).clicked() {
            wanted = Some(request);
        }
        let help = "End here, and keep the points that are there";
        let stop = ui.add_enabled(can_stop || book.is_planning(), Button::new("Stop"));
        let stop = stop.on_hover_text(format!("{help}{which}"));
        if stop.on_disabled_hover_text(idle).clicked() {
            wanted = Some(LabRequest::Stop);
        }
    });
    context.commands.extend(wanted.map(Command::Lab));
    let main = lab.main(book);
    match acted_on.or(main) {
        _ if book.is_planning() => quiet(ui, "Planning the points"),
        Some(run) => {
            let is_main = main.is_some_and(|main| main.id() == run.id());
            progress(ui, run, is_main);
        }
        None => quiet(ui, &asked(lab)),
    }
}

/// What Run will do.
pub(super) fn asked(lab: &LabPanel) -> String {
    let n_own = lab.recipe.experiment.experiment().axis().values.len();
    let counts = lab.recipe.vary.iter().map(|vary| vary.values.len());
    let n_curves = counts.fold(lab.recipe.rules.len(), usize::saturating_mul);
    let n_points = n_curves.saturating_mul(n_own);
    let curves = if n_curves == 1 { "curve" } else { "curves" };
    format!("{n_curves} {curves} of {n_own}: {n_points} points")
}

/// Points that are done, and how long it takes; of which run, where it is not the one that is shown.
fn progress(ui: &mut Ui, run: &LabRun, is_main: bool) {
    let (done, all) = (run.results().n_done(), run.plan().n_cells());
    let text = match run.state() {
        LabState::Running => match run.time_left() {
            Some(left) => format!("{done} of {all} points, {} left", in_words(left)),
            None => format!("{done} of {all} points"),
        },
        LabState::Paused => format!("paused at {done} of {all} points"),
        LabState::Stopped => format!("stopped at {done} of {all} points"),
        LabState::Failed(_) => format!("broke off at {done} of {all} points"),
        LabState::Done => format!("all {all} points are there"),
    };
    let text = if is_main {
        text
    } else {
        format!("Run {}: {text}", run.id())
    };
    quiet(ui, &text);
    let palette = Palette::of(ui.visuals());
    let size = vec2(ui.available_width(), 4.0);
    let (rail, _) = ui.allocate_exact_size(size, Sense::hover());
    let part = done as f32 / all.max(1) as f32;
    let filled = Rect::from_min_size(rail.min, vec2(part * rail.width(), rail.height()));
    let color = if run.state() == LabState::Running {
        palette.blue
    } else {
        palette.weak
    };
    ui.painter().rect_filled(rail, 2.0, palette.raised);
    ui.painter().rect_filled(filled, 2.0, color);
}

/// "6 s", "12 min", "3 h".
fn in_words(time: Duration) -> String {
    match time.as_secs() + 1 {
        seconds @ ..=99 => format!("{seconds} s"),
        seconds @ 100..=5999 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h", seconds.div_ceil(3600)),
    }
}
