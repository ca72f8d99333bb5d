//! What happens: the overlap with every stored pattern and the energy, both against time, with one cursor.

mod against;
mod axes;
mod energy;
mod head;
mod learning;
mod overlaps;
mod sampling;

use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::app::view::LowerChart;
use crate::app::widgets::full_card::full_card;
use crate::session::LearningHistory;
use egui::{Ui, vec2};
use overlaps::Overlaps;

/// The panel, with the curves it keeps between frames.
#[derive(Default)]
pub(super) struct Charts {
    overlaps: Overlaps,
}

impl Panel for Charts {
    fn title(&self) -> &'static str {
        "What happens"
    }

    fn place(&self) -> Place {
        Place::Right
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let stale = context.session.is_stale();
        ui.spacing_mut().item_spacing.y = GAP;
        let room = ui.available_size();
        let size = vec2(room.x, ((room.y - GAP) / 2.0).floor());
        full_card(ui, "overlaps", size, stale, |ui| {
            tighten(ui);
            self.overlaps.ui(ui, context);
        });
        full_card(ui, "energy", size, stale, |ui| {
            tighten(ui);
            let session = context.session;
            match (course(context), session.sample()) {
                (Some(course), _) => learning::ui(ui, context, course),
                (None, Some(sample)) if context.view.lower_chart == LowerChart::Sampling => {
                    sampling::ui(ui, context, sample);
                }
                _ => energy::ui(ui, context),
            }
        });
    }
}

/// What learning told, where that is to be shown: while an iterative rule learns, and afterwards if one wants to see.
fn course<'a>(context: &PanelContext<'a>) -> Option<&'a LearningHistory> {
    let session = context.session;
    let finished = session.trained().map(|trained| &*trained.course);
    session
        .learning()
        .or_else(|| finished.filter(|_| context.view.lower_chart == LowerChart::Learning))
        .filter(|course| course.standing().is_some())
}

/// Title, legend and axes close together.
fn tighten(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 16.0;
}
