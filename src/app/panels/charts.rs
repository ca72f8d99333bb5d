//! What happens: the overlap with every stored pattern and the energy, both against time, with one cursor.

mod against;
pub(super) mod axes;
mod basin;
mod energy;
mod head;
mod learning;
mod overlaps;
mod sampling;
mod wheel;

pub(super) use energy::last_change;

use super::attractors::MosaicView;
use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::app::view::{LowerChart, Sampling};
use crate::lessons::topics::TopicId;
use crate::session::LearningHistory;
use egui::{Ui, Vec2, vec2};
use overlaps::Overlaps;

/// Title of the upper card.
const OVERLAPS: &str = "Overlaps";
/// Title of the lower card.
const PROGRESS: &str = "Energy and learning";

/// The panel, with the curves it keeps between frames.
#[derive(Default)]
pub(super) struct Charts {
    overlaps: Overlaps,
    mosaic: MosaicView,
}

impl Panel for Charts {
    fn title(&self) -> &'static str {
        "What happens"
    }

    fn place(&self) -> Place {
        Place::Right
    }

    fn cards(&self) -> &'static [&'static str] {
        &[OVERLAPS, PROGRESS]
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        let room = ui.available_size();
        match context.view.full {
            Some(OVERLAPS) => self.overlaps(ui, room, context),
            Some(PROGRESS) => self.progress(ui, room, context),
            // Below each other in a column, beside each other in a strip.
            _ if room.x > 2.0 * room.y => {
                let size = vec2(((room.x - GAP) / 2.0).floor(), room.y);
                ui.horizontal_top(|ui| {
                    self.overlaps(ui, size, context);
                    self.progress(ui, size, context);
                });
            }
            _ => {
                let size = vec2(room.x, ((room.y - GAP) / 2.0).floor());
                self.overlaps(ui, size, context);
                self.progress(ui, size, context);
            }
        }
    }
}

impl Charts {
    /// The upper chart.
    fn overlaps(&mut self, ui: &mut Ui, size: Vec2, context: &mut PanelContext<'_>) {
        let stale = context.session.is_stale_on(0);
        context.card(ui, (OVERLAPS, size), stale, |ui, context| {
            tighten(ui);
            self.overlaps.ui(ui, context);
        });
    }

    /// The lower chart: energy, learning, sampling, the basin or the wheel. What a rule is learning just now is never out
    /// of date.
    fn progress(&mut self, ui: &mut Ui, size: Vec2, context: &mut PanelContext<'_>) {
        let is_live = course(context).is_some() && context.session.learning_on(0).is_some();
        let stale = context.session.is_stale_on(0) && !is_live;
        context.card(ui, (PROGRESS, size), stale, |ui, context| {
            tighten(ui);
            let session = context.session;
            match (course(context), session.sample()) {
                (Some(course), _) => learning::ui(ui, context, course),
                (None, Some(sample)) if context.view.lower_chart == LowerChart::Sampling => {
                    sampling::ui(ui, context, sample);
                }
                (None, _) if context.view.lower_chart == LowerChart::Basin => {
                    basin::ui(ui, context);
                }
                (None, _) if context.view.lower_chart == LowerChart::Wheel => {
                    wheel::ui(ui, &mut self.mosaic, context);
                }
                _ => energy::ui(ui, context),
            }
        });
    }
}

/// What learning told, where that is to be shown: while an iterative rule learns, unless one looks at the basin, and
/// afterwards if one wants to see.
fn course<'a>(context: &PanelContext<'a>) -> Option<&'a LearningHistory> {
    let session = context.session;
    if context.view.lower_chart.is_measured() {
        return None;
    }
    let finished = session.trained().map(|trained| &*trained.course);
    session
        .learning_on(0)
        .or_else(|| finished.filter(|_| context.view.lower_chart == LowerChart::Learning))
        .filter(|course| course.standing().is_some())
}

/// What the lower card is about.
pub(super) fn topic(context: &PanelContext<'_>) -> TopicId {
    if course(context).is_some() {
        return learning::topic(context.view.progress);
    }
    let has_energy = (context.snapshot).is_none_or(|snapshot| snapshot.energy.is_some());
    match context.view.lower_chart {
        LowerChart::Sampling if context.session.sample().is_some() => match context.view.sampling {
            Sampling::Energies => TopicId::SamplingEnergies,
            Sampling::Exchanges => TopicId::SamplingExchanges,
            Sampling::Overlaps => TopicId::SamplingOverlaps,
        },
        LowerChart::Basin => TopicId::Basin,
        LowerChart::Wheel => TopicId::Wheel,
        _ if has_energy => TopicId::Energy,
        _ => TopicId::Stability,
    }
}

/// Title, legend and axes close together.
fn tighten(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 16.0;
}
