//! How learning went: loss, margin, size of the couplings and overlaps against iterations.

use super::axes::{Axes, Canvas};
use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, SMALL};
use crate::app::view::LearningCurve;
use crate::app::widgets::controls::segmented;
use crate::app::widgets::picture::number;
use crate::engine::learning::Metrics;
use crate::session::LearningHistory;
use egui::{Align2, Color32, FontId, Pos2, Role, Shape, Stroke, Ui, WidgetInfo, vec2};

/// A curve: what it is, its colour, its points.
type Curve = (&'static str, Color32, Vec<(f64, f64)>);

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
    super::title(ui, context, "Learning", &detail);
    let known: Vec<(LearningCurve, &str, &str)> = CHOICES
        .into_iter()
        .filter(|(what, ..)| !curves(ui, *what, course).is_empty())
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
    let what = context.view.progress;
    let curves = curves(ui, what, course);
    ui.add_space(2.0);
    segmented(ui, "Quantity", &mut context.view.progress, &known);
    ui.add_space(4.0);
    chart(ui, what, &curves, standing);
}

fn chart(ui: &mut Ui, what: LearningCurve, curves: &[Curve], standing: Metrics) {
    let palette = Palette::of(ui.visuals());
    let values = curves
        .iter()
        .flat_map(|(_, _, points)| points.iter().map(|point| point.1));
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let room = (0.06 * (high - low)).max(0.02);
    let (low, high) = match what {
        LearningCurve::Overlap => (low.min(0.0) - 0.03, 1.05),
        LearningCurve::Norm => (0.0, high + room),
        LearningCurve::Margin => (low.min(0.0) - room, high.max(0.0) + room),
        LearningCurve::Loss => (low - room, high + room),
    };
    let axes = Axes {
        name: "Learning against iterations",
        label: match what {
            LearningCurve::Loss => "log₁₀",
            LearningCurve::Margin => "smallest margin",
            LearningCurve::Norm => "mean |J_i|",
            LearningCurve::Overlap => "overlap m",
        },
        values: low..=high,
        word: "iterations",
        across: (standing.iteration as f64).max(1.0),
        size: ui.available_size(),
    };
    let canvas = axes.show(ui);
    if what == LearningCurve::Margin {
        line(
            &canvas,
            &[(0.0, 0.0), (axes.across, 0.0)],
            palette.weak,
            1.0,
        );
    }
    for (_, color, points) in curves {
        line(&canvas, points, *color, 2.5);
        if let Some((x, y)) = points.last() {
            canvas.paint_dot(canvas.place(*x, *y), palette, *color);
        }
    }
    legend(&canvas, what, curves);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, "Learning against iterations");
        info.current_text_value = Some(format!("iteration {}", standing.iteration));
        info
    });
}

/// Names and last values, in the colours of the curves, below each other at the right end: above a curve that falls,
/// below one that rises.
fn legend(canvas: &Canvas, what: LearningCurve, curves: &[Curve]) {
    let height = SMALL + 5.0;
    let top = if what == LearningCurve::Loss {
        canvas.upper_corner()
    } else {
        canvas.corner() - vec2(0.0, curves.len() as f32 * height)
    };
    for (index, (name, color, points)) in curves.iter().enumerate() {
        let last = points.last().map_or(f64::NAN, |point| point.1);
        let value = if what == LearningCurve::Loss {
            10_f64.powf(last)
        } else {
            last
        };
        let place = top + vec2(0.0, index as f32 * height);
        let text = format!("{name} {}", number(value as f32));
        let font = FontId::proportional(SMALL + 1.0);
        canvas
            .painter
            .text(place, Align2::RIGHT_TOP, text, font, *color);
    }
}

fn line(canvas: &Canvas, points: &[(f64, f64)], color: Color32, width: f32) {
    let points: Vec<Pos2> = points.iter().map(|(x, y)| canvas.place(*x, *y)).collect();
    canvas
        .painter
        .add(Shape::line(points, Stroke::new(width, color)));
}

/// The curves there are of one quantity; of the loss and its gradient the logarithm.
fn curves(ui: &Ui, what: LearningCurve, course: &LearningHistory) -> Vec<Curve> {
    let palette = Palette::of(ui.visuals());
    let of = |read: fn(&Metrics) -> Option<f64>| -> Vec<(f64, f64)> {
        let all = course.standings.iter();
        all.filter_map(|standing| Some((standing.iteration as f64, read(standing)?)))
            .filter(|(_, value)| value.is_finite())
            .collect()
    };
    let looks = |read: fn(&crate::session::Probe) -> f64| -> Vec<(f64, f64)> {
        let all = course.looks.iter();
        all.map(|look| (look.iteration as f64, read(look)))
            .collect()
    };
    let mut curves = match what {
        LearningCurve::Loss => vec![
            ("loss", palette.blue, of(|standing| log(standing.loss))),
            (
                "gradient",
                palette.orange,
                of(|standing| log(standing.gradient)),
            ),
        ],
        LearningCurve::Margin => vec![("smallest", palette.blue, of(|standing| standing.margin))],
        LearningCurve::Norm => vec![("mean |J_i|", palette.blue, of(|standing| standing.row_norm))],
        LearningCurve::Overlap => vec![
            ("stored", palette.blue, looks(|look| look.stored)),
            ("unseen", palette.orange, looks(|look| look.unseen)),
        ],
    };
    curves.retain(|(_, _, points)| !points.is_empty());
    curves
}

fn log(value: Option<f64>) -> Option<f64> {
    value.map(f64::log10)
}
