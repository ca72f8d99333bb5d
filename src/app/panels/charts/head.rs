//! What stands above a chart, or in its place: its title with the choice of the lower one, and why there is nothing yet.

use crate::app::panels::PanelContext;
use crate::app::theme::BODY;
use crate::app::view::LowerChart;
use crate::app::widgets::brief::brief_label;
use crate::app::widgets::controls::{small_segmented, title_label};
use crate::app::widgets::full_card::{BUTTONS, placeholder};
use crate::app::widgets::room::width_left;
use crate::session::LearningHistory;
use egui::Ui;

/// Least room in points for what is said beside the choices.
const LEAST_DETAIL: f32 = 40.0;

/// The title of the lower chart: a choice, but while learning is watched.
pub(super) fn title(ui: &mut Ui, context: &mut PanelContext<'_>, name: &str, detail: &str) {
    let watched = |course: &LearningHistory| course.standing().is_some();
    let finished = context
        .session
        .trained()
        .is_some_and(|trained| watched(&trained.course));
    let sampled = context.session.sample().is_some();
    let learns = context.session.learning_on(0).is_some_and(watched);
    if learns && !context.view.lower_chart.is_measured() {
        title_label(ui, name, detail);
        return;
    }
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
        if finished || learns {
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
        options.push((
            LowerChart::Basin,
            "Basin",
            "Basin, live: 200 cues of growing corruption, made of the stored patterns one after the other. A dot for each: \
             its overlap with its pattern at the start across, at the end up",
        ));
        options.push((
            LowerChart::Wheel,
            "Wheel",
            "Stored patterns on a rim, noise at the centre: what every start between them ends in, and the way of this recall",
        ));
        let is_there = |chart| options.iter().any(|(it, ..)| *it == chart);
        // What was chosen is remembered until it is there again.
        let mut chart = Some(context.view.lower_chart)
            .filter(|chart| is_there(*chart))
            .unwrap_or(LowerChart::Energy);
        if small_segmented(ui, "Lower chart", &mut chart, &options, |_| None).changed() {
            context.view.lower_chart = chart;
        }
        // The choices come first; the card's button keeps its corner.
        let room = width_left(ui, BUTTONS);
        if room > LEAST_DETAIL {
            ui.scope(|ui| {
                ui.set_max_width(room);
                brief_label(ui, detail, BODY);
            });
        }
    });
}

/// What a chart says before there is a recording.
pub(super) fn waiting(ui: &mut Ui, context: &PanelContext<'_>) {
    let text = if context.session.preparing().is_some() {
        "Preparing the patterns…"
    } else if context.session.learning_on(0).is_some() {
        "Learning: the cue is recorded as soon as there is a memory"
    } else {
        "Nothing recorded yet"
    };
    placeholder(ui, text);
}
