//! How learning went: loss, margin, size of the couplings and overlaps against iterations.

use super::axes::axes;
use super::head;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::Palette;
use crate::app::view::LearningCurve;
use crate::app::widgets::controls::segmented;
use crate::figures::Figure;
use crate::figures::learning::{self, Quantity};
use crate::lessons::topics::TopicId;
use crate::session::LearningHistory;
use egui::{Role, Ui, WidgetInfo};

/// What can be looked at, with its name and what it is.
const CHOICES: [(LearningCurve, &str, &str); 4] = [
    (
        LearningCurve::Loss,
        "Loss",
        "What learning makes small, on a logarithmic scale, and the norm of its gradient",
    ),
    (
        LearningCurve::Margin,
        "Margin",
        "The smallest stability ξ_i h_i / |J_i|: above 0, every pattern is a fixed point",
    ),
    (
        LearningCurve::Norm,
        "Norm",
        "Mean length of the rows of J: what training time comes to",
    ),
    (
        LearningCurve::Overlap,
        "Overlap",
        "Of stored and of unseen patterns with where ten synchronous sweeps take them",
    ),
];

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>, course: &LearningHistory) {
    let Some(standing) = course.standing() else {
        return;
    };
    let detail = format!("iteration {}", standing.iteration);
    head::title(ui, context, "Learning", &detail);
    let known: Vec<(LearningCurve, &str, &str)> = CHOICES
        .into_iter()
        .filter(|(what, ..)| figure(*what, course).is_some())
        .collect();
    if known.is_empty() {
        return;
    }
    if !known
        .iter()
        .any(|(what, ..)| *what == context.view.progress)
    {
        context.view.progress = known[0].0;
    }
    let figure = figure(context.view.progress, course);
    ui.add_space(2.0);
    segmented(ui, "Quantity", &mut context.view.progress, &known);
    ui.add_space(4.0);
    let Some(figure) = figure else {
        return;
    };
    let canvas = axes(ui, &figure, ui.available_size());
    canvas.paint(&figure, Palette::of(ui.visuals()));
    save::menu(&canvas.response, context.exports, &figure);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
        info.current_text_value = Some(detail.clone());
        info
    });
}

/// What the chart of a quantity is about.
pub(super) fn topic(shown: LearningCurve) -> TopicId {
    match shown {
        LearningCurve::Loss => TopicId::LearningLoss,
        LearningCurve::Margin => TopicId::LearningMargin,
        LearningCurve::Norm => TopicId::LearningNorm,
        LearningCurve::Overlap => TopicId::LearningOverlap,
    }
}

/// The chart of what was told so far.
fn figure(what: LearningCurve, course: &LearningHistory) -> Option<Figure> {
    let quantity = match what {
        LearningCurve::Loss => Quantity::Loss,
        LearningCurve::Margin => Quantity::Margin,
        LearningCurve::Norm => Quantity::Norm,
        LearningCurve::Overlap => Quantity::Overlap,
    };
    let probes = course.looks.iter();
    let probes = probes.map(|look| (look.iteration, [look.stored, look.unseen]));
    learning::figure(quantity, &course.standings, &probes.collect::<Vec<_>>())
}
