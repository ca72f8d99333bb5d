//! What happens: the overlap with every stored pattern and the energy, both against time, with one cursor.

mod axes;
mod curves;
mod energy;
mod overlaps;

use super::{Desk, Panel};
use crate::app::theme::GAP;
use crate::app::widgets::full_card::{full_card, placeholder};
use egui::{Ui, vec2};
use overlaps::Overlaps;

/// The panel, with the curves it keeps between frames.
#[derive(Default)]
pub struct Charts {
    overlaps: Overlaps,
}

impl Panel for Charts {
    fn title(&self) -> &'static str {
        "What happens"
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let stale = desk.session.is_stale();
        ui.spacing_mut().item_spacing.y = GAP;
        let room = ui.available_size();
        let size = vec2(room.x, ((room.y - GAP) / 2.0).floor());
        full_card(ui, "overlaps", size, stale, |ui| {
            tighten(ui);
            self.overlaps.ui(ui, desk);
        });
        full_card(ui, "energy", size, stale, |ui| {
            tighten(ui);
            energy::ui(ui, desk);
        });
    }
}

/// Title, legend and axes close together.
fn tighten(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 16.0;
}

/// What a chart says before there is a recording.
fn waiting(ui: &mut Ui, desk: &Desk<'_>) {
    let text = if desk.session.is_loading() {
        "Unpacking the digits…"
    } else if desk.session.learning().is_some() {
        "Learning: the cue is recorded as soon as there is a memory"
    } else {
        "Nothing recorded yet"
    };
    placeholder(ui, text);
}
