//! The dynamics: in which order units are asked, how warm it is, when a run is given up.

use super::super::PanelContext;
use super::section::{self, Section};
use super::settings;
use crate::app::restricted::restricted;
use crate::app::widgets::room::width_left;
use crate::app::widgets::sliders::{reset_asked, slider_row};
use crate::engine::{DenseMemory, Dynamics};
use crate::session::Track;
use crate::trial::{MAX_SWEEPS, Recipe};
use egui::{ComboBox, Slider, Ui};

/// Draws it.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if !section::head(ui, context, Section::Dynamics, order) {
        return;
    }
    let default = default_of(context.track().dynamics);
    let dynamics = &mut context.track_mut().dynamics;
    let edits = settings::rows(ui, ("dynamics", dynamics), &default, usize::MAX, None);
    context.refused.extend(edits);
    if context.view.more_memory {
        restricted(ui, "sweeps", |ui| sweeps(ui, &mut context.draft.max_sweeps));
    }
}

fn sweeps(ui: &mut Ui, max_sweeps: &mut u64) {
    let slider = Slider::new(max_sweeps, 1..=MAX_SWEEPS).logarithmic(true);
    let help = "A run that has not settled after so many is stopped: larger waits longer";
    let row = slider_row(ui, "Sweeps", slider, help);
    if reset_asked(ui, &row) {
        *max_sweeps = Recipe::default().max_sweeps;
    }
}

/// The same kind of dynamics with the settings that it is chosen with.
fn default_of(dynamics: Dynamics) -> Dynamics {
    let same = |one: &Dynamics| one.name() == dynamics.name();
    let default = Dynamics::ALL.into_iter().find(same);
    default.expect("every dynamics is in the list")
}

fn order(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let track = context.session.tracks().get(context.track);
    let continuous = track
        .and_then(Track::trained)
        .and_then(|trained| trained.memory.dense())
        .is_some_and(DenseMemory::is_continuous);
    if continuous {
        let text = "All units move at once to the mean of the patterns, weighted by softmax";
        ui.label("Softmax update").on_hover_text(text);
        return;
    }
    let current = context.track().dynamics;
    let room = width_left(ui, 10.0);
    let list = ComboBox::from_id_salt("dynamics")
        .selected_text(current.title())
        .width(room);
    let shown = restricted(ui, "dynamics", |ui| {
        list.show_ui(ui, |ui| {
            for dynamics in Dynamics::ALL {
                let chosen = dynamics.name() == current.name();
                let line = ui
                    .selectable_label(chosen, dynamics.title())
                    .on_hover_text(dynamics.summary());
                if line.clicked() && !chosen {
                    context.track_mut().dynamics = dynamics;
                }
            }
        })
    });
    if let Some(shown) = shown {
        let about = format!("Order of the updates. {}", current.summary());
        shown.response.on_hover_text(about);
    }
}
