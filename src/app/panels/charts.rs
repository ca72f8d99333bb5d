//! What happens: the overlap with every stored pattern and the energy, both against time, with one cursor.

mod against;
mod axes;
mod energy;
mod learning;
mod overlaps;
mod sampling;

use super::{Panel, PanelContext, Place};
use crate::app::theme::{BODY, GAP, Palette};
use crate::app::view::LowerChart;
use crate::app::widgets::controls::{segmented, title_label};
use crate::app::widgets::full_card::{full_card, placeholder};
use crate::session::LearningHistory;
use egui::{RichText, Ui, vec2};
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

/// The title of the lower chart; a choice where there are two to choose from.
fn title(ui: &mut Ui, context: &mut PanelContext<'_>, name: &str, detail: &str) {
    let watched = |course: &LearningHistory| course.standing().is_some();
    let finished = context
        .session
        .trained()
        .is_some_and(|trained| watched(&trained.course));
    let sampled = context.session.sample().is_some();
    if !(finished || sampled) || context.session.learning().is_some_and(watched) {
        title_label(ui, name, detail);
        return;
    }
    let palette = Palette::of(ui.visuals());
    let has_energy = context
        .snapshot
        .is_none_or(|snapshot| snapshot.energy.is_some());
    let (first, about) = if has_energy {
        ("Energy", "The energy of the state against time")
    } else {
        (
            "Stability",
            "How firmly the units are held as they are, against time",
        )
    };
    ui.horizontal(|ui| {
        let mut options = vec![(LowerChart::Energy, first, about)];
        if finished {
            options.push((
                LowerChart::Learning,
                "Learning",
                "How the rule got to its couplings",
            ));
        }
        if sampled {
            options.push((
                LowerChart::Sampling,
                "Sampling",
                "How the configurations were drawn, and how well they are mixed",
            ));
        }
        segmented(ui, "Lower chart", &mut context.view.lower_chart, &options);
        ui.label(RichText::new(detail).size(BODY).color(palette.weak));
    });
}

/// Title, legend and axes close together.
fn tighten(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 16.0;
}

/// What a chart says before there is a recording.
fn waiting(ui: &mut Ui, context: &PanelContext<'_>) {
    let text = if context.session.preparing().is_some() {
        "Preparing the patterns…"
    } else if context.session.learning().is_some() {
        "Learning: the cue is recorded as soon as there is a memory"
    } else {
        "Nothing recorded yet"
    };
    placeholder(ui, text);
}
