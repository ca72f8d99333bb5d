//! Time: the strip of what was recorded, the buttons, the verdict in words, and what is marked in the state.

use super::super::PanelContext;
use crate::app::actions::Action;
use crate::app::theme::{GAP, TITLE, pointed_frame};
use crate::app::widgets::controls::{ChipKind, primary_button, segmented, verdict_band};
use crate::app::widgets::room::is_narrow;
use crate::app::widgets::timeline::timeline;
use crate::engine::Recording;
use crate::session::{Command, FULL_SPEED, StepUnit};
use crate::trial::words;
use egui::{Align, Button, Layout, Slider, Ui, vec2};

/// Height of the answer in points.
const ANSWER: f32 = 32.0;

/// The strip of what `recording` holds, and the buttons.
pub(in crate::app::panels) fn time(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    recording: Option<&Recording>,
) {
    let cursor = context.session.cursor();
    if let Some(recording) = recording
        && let Some(update) = timeline(ui, recording, cursor.min(recording.length()))
    {
        context.commands.push(Command::Seek(update));
    }
    if is_narrow(ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP / 2.0;
            buttons(ui, context);
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP / 2.0;
            steps(ui, context);
        });
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        buttons(ui, context);
        ui.add_space(GAP);
        steps(ui, context);
    });
}

/// Draws them.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    time(ui, context, context.session.recording());
    let size = vec2(ui.available_width(), ANSWER);
    if is_narrow(ui) {
        let (kind, headline, detail) = answer(context);
        verdict_band(ui, size, kind, (&headline, &detail), TITLE);
    }
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(ANSWER);
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        layers(ui, context);
        if is_narrow(ui) {
            return;
        }
        // In what the switches leave.
        let (kind, headline, detail) = answer(context);
        let size = vec2(ui.available_width(), ANSWER);
        verdict_band(ui, size, kind, (&headline, &detail), TITLE);
    });
}

fn buttons(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let back = context.session.recording().is_some() && context.session.cursor_on(0) > 0;
    context.button(ui, Action::Reset, Button::new("Reset"), back);
    context.button(ui, Action::StepBack, Button::new("Back"), back);
    onward(ui, context);
}

/// Play, where Tab begins, step and settle.
pub(in crate::app) fn onward(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let ready = context.session.recording().is_some();
    let text = if context.session.is_playing() {
        "Pause"
    } else {
        "Play"
    };
    let play = ui
        .add_enabled_ui(ready, |ui| primary_button(ui, text))
        .inner;
    pointed_frame(ui, "Play", play.rect);
    if std::mem::take(&mut context.view.tab_begins) {
        play.request_focus();
    }
    let tooltip = Action::PlayPause.tooltip(ui.ctx());
    if play.on_hover_text(tooltip).clicked() {
        context.actions.push(Action::PlayPause);
    }
    let on = ready && context.session.can_go_on();
    context.button(ui, Action::StepForward, Button::new("Step"), on);
    context.button(ui, Action::Settle, Button::new("Settle"), on);
}

fn steps(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let mut step = context.session.step_unit();
    let options = [
        (
            StepUnit::Unit,
            "Unit",
            "One step asks one unit, whether it flips or not",
        ),
        (
            StepUnit::Flip,
            "Flip",
            "One step goes on to the next unit that flips",
        ),
        (StepUnit::Sweep, "Sweep", "One step asks every unit once"),
    ];
    if segmented(ui, "One step is", &mut step, &options).changed() {
        context.commands.push(Command::SetStep(step));
    }
    ui.spacing_mut().slider_width = (ui.available_width() - 100.0).clamp(40.0, 160.0);
    let mut speed = context.session.speed();
    let slider = Slider::new(&mut speed, 1.0..=FULL_SPEED)
        .logarithmic(true)
        .custom_formatter(|speed, _| {
            if speed >= FULL_SPEED {
                "full".to_owned()
            } else {
                format!("{speed:.0}/s")
            }
        });
    let response = ui
        .add(slider)
        .on_hover_text("Speed: steps a second. Full is one step a frame");
    if response.changed() {
        context.commands.push(Command::SetSpeed(speed));
    }
}

fn layers(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let lattice = context.session.sample().is_some();
    // From right to left.
    let bonds = lattice.then(|| {
        (
            &mut context.view.show_bonds,
            "Bonds",
            "Draw the bonds between spins: orange where they want to be equal, blue where not, the stronger the thicker"
                .to_owned(),
        )
    });
    let others = [
        (
            &mut context.view.show_fields,
            "Fields",
            Action::ShowFields.tooltip(ui.ctx()),
        ),
        (
            &mut context.view.show_wrong,
            "Wrong",
            Action::ShowWrong.tooltip(ui.ctx()),
        ),
        (
            &mut context.view.show_changed,
            "Changed",
            "Mark the units that differ from the cue".to_owned(),
        ),
    ];
    for (on, text, tooltip) in bonds.into_iter().chain(others) {
        if ui
            .add(Button::new(text).selected(*on))
            .on_hover_text(tooltip)
            .clicked()
        {
            *on = !*on;
        }
    }
}

/// What the state shown has come to: the kind of answer, the answer in words, and what else is to be said.
pub(in crate::app) fn answer(context: &PanelContext<'_>) -> (ChipKind, String, String) {
    let (Some(snapshot), Some(recording)) = (context.snapshot, context.session.recording()) else {
        let empty = context
            .session
            .patterns()
            .is_some_and(|patterns| patterns.is_empty());
        let text = if empty {
            "The memory is empty: draw on the cue and store it"
        } else {
            "Nothing recorded yet"
        };
        return (ChipKind::Plain, text.to_owned(), String::new());
    };
    let patterns = recording.patterns();
    let over = (snapshot.conclusion.as_ref()).filter(|_| context.session.is_over_on(0));
    let (kind, headline, detail) = if let Some(conclusion) = over {
        let kind = conclusion.answer().into();
        let detail = conclusion.detail(patterns);
        (kind, conclusion.headline(patterns), detail)
    } else {
        let m = snapshot.overlaps[snapshot.nearest];
        let nearest = words::signed_name(&words::pattern_name(patterns, snapshot.nearest), m);
        let detail = format!("overlap {}", words::overlap(m));
        (ChipKind::Busy, format!("Nearest is {nearest}"), detail)
    };
    if context.session.is_stale_on(0) {
        let before = format!("by the settings before: {headline}");
        return (ChipKind::Warn, "Out of date".to_owned(), before);
    }
    (kind, headline, detail)
}
