//! Time: the dynamics, the strip of what was recorded, the buttons, and the verdict in words.

use super::super::Desk;
use crate::app::actions::Action;
use crate::app::theme::GAP;
use crate::app::widgets::controls::{ChipKind, chip, primary_button, segmented};
use crate::app::widgets::timeline::timeline;
use crate::engine::{Dynamics, Nature, Verdict};
use crate::session::{Command, FULL_SPEED, StepUnit, recipe::MAX_SWEEPS, words};
use egui::{Button, ComboBox, DragValue, Slider, Ui};

/// Draws them.
pub(super) fn ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    if let Some(recording) = desk.session.recording()
        && let Some(update) = timeline(ui, recording, desk.session.cursor())
    {
        desk.commands.push(Command::Seek(update));
    }
    ui.add_space(GAP / 2.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        buttons(ui, desk);
        ui.add_space(GAP);
        steps(ui, desk);
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        dynamics(ui, desk);
        layers(ui, desk);
    });
    verdict(ui, desk);
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    let at_start = desk.session.cursor() == 0;
    let ready = desk.session.recording().is_some();
    for (action, text, enabled) in [
        (Action::Reset, "Reset", !at_start),
        (Action::StepBack, "Back", !at_start),
    ] {
        let tooltip = action.tooltip(ui.ctx());
        if ui
            .add_enabled(enabled && ready, Button::new(text))
            .on_hover_text(tooltip)
            .clicked()
        {
            desk.actions.push(action);
        }
    }
    let text = if desk.session.is_playing() {
        "Pause"
    } else {
        "Play"
    };
    let play = ui
        .add_enabled_ui(ready, |ui| primary_button(ui, text))
        .inner;
    if play
        .on_hover_text(Action::PlayPause.tooltip(ui.ctx()))
        .clicked()
    {
        desk.actions.push(Action::PlayPause);
    }
    let on = ready && desk.session.can_go_on();
    for (action, text) in [(Action::StepForward, "Step"), (Action::Settle, "Settle")] {
        let tooltip = action.tooltip(ui.ctx());
        if ui
            .add_enabled(on, Button::new(text))
            .on_hover_text(tooltip)
            .clicked()
        {
            desk.actions.push(action);
        }
    }
}

fn steps(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut step = desk.session.step_unit();
    let options = [
        (
            StepUnit::Unit,
            "Unit",
            "One step asks one unit, whether it turns or not",
        ),
        (
            StepUnit::Flip,
            "Flip",
            "One step goes on to the next unit that turns",
        ),
        (StepUnit::Sweep, "Sweep", "One step asks every unit once"),
    ];
    if segmented(ui, "One step is", &mut step, &options).changed() {
        desk.commands.push(Command::SetStep(step));
    }
    ui.spacing_mut().slider_width = (ui.available_width() - 100.0).clamp(40.0, 160.0);
    let mut speed = desk.session.speed();
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
        desk.commands.push(Command::SetSpeed(speed));
    }
}

fn dynamics(ui: &mut Ui, desk: &mut Desk<'_>) {
    let current = desk.draft.dynamics;
    ComboBox::from_id_salt("dynamics")
        .selected_text(current.title())
        .width(104.0)
        .show_ui(ui, |ui| {
            for dynamics in Dynamics::ALL {
                let chosen = dynamics.name() == current.name();
                if ui
                    .selectable_label(chosen, dynamics.title())
                    .on_hover_text(dynamics.summary())
                    .clicked()
                    && !chosen
                {
                    desk.draft.dynamics = dynamics;
                }
            }
        })
        .response
        .on_hover_text(format!("Order of the updates. {}", current.summary()));
    if let Dynamics::Glauber { temperature } = &mut desk.draft.dynamics {
        let drag = DragValue::new(temperature)
            .range(0.0..=Dynamics::MAX_TEMPERATURE)
            .speed(0.005)
            .prefix("T ");
        ui.add(drag)
            .on_hover_text("Temperature, in units of the local fields: larger shakes harder");
    }
    let drag = DragValue::new(&mut desk.draft.max_sweeps)
        .range(1..=MAX_SWEEPS)
        .suffix(" sweeps at most");
    ui.add(drag)
        .on_hover_text("A run that has not settled by then is stopped: larger waits longer");
}

fn layers(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.add_space(GAP);
    for (on, text, tooltip) in [
        (
            &mut desk.view.show_changed,
            "Changed",
            "Mark the units that have turned since the cue".to_owned(),
        ),
        (
            &mut desk.view.show_wrong,
            "Wrong",
            Action::ShowWrong.tooltip(ui.ctx()),
        ),
        (
            &mut desk.view.show_fields,
            "Fields",
            Action::ShowFields.tooltip(ui.ctx()),
        ),
    ] {
        if ui
            .add(Button::new(text).selected(*on))
            .on_hover_text(tooltip)
            .clicked()
        {
            *on = !*on;
        }
    }
}

fn verdict(ui: &mut Ui, desk: &Desk<'_>) {
    let (Some(moment), Some(recording)) = (desk.moment, desk.session.recording()) else {
        return;
    };
    let patterns = recording.patterns();
    let at_end = desk.session.cursor() == recording.length();
    let is = words::nature(&moment.nature, patterns);
    let (kind, text) = match recording.verdict() {
        Some(verdict) if at_end => {
            let sweeps = recording.length() / recording.sweep();
            let kind = match (verdict, &moment.nature) {
                (Verdict::FixedPoint, Nature::Stored { .. }) => ChipKind::Ok,
                _ => ChipKind::Warn,
            };
            (
                kind,
                format!("{}: {is}", words::verdict(verdict, sweeps, moment.flips)),
            )
        }
        _ => {
            let nearest = words::pattern_name(patterns, moment.nearest);
            (
                ChipKind::Busy,
                format!(
                    "{} flips so far; nearest is {nearest}, overlap {:.2}",
                    moment.flips, moment.overlaps[moment.nearest]
                ),
            )
        }
    };
    ui.add_space(GAP / 2.0);
    chip(ui, kind, &text);
}
