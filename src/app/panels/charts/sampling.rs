//! How well a sampled world is mixed: energies of both ladders against sweeps, exchanges of neighbouring temperatures,
//! the distribution of overlaps between two replicas.

use super::axes::Axes;
use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, SMALL};
use crate::app::view::Sampling;
use crate::app::widgets::controls::{hint, segmented};
use crate::app::widgets::histogram::Histogram;
use crate::worlds::spin_glass::Sample;
use egui::{Align2, Color32, FontId, Pos2, Role, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

/// Height of the words below a picture.
const BELOW: f32 = 2.0 * (SMALL + 6.0);

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>, sample: &Sample) {
    let detail = format!("at T = {}", sample.temperature);
    super::title(ui, context, "Sampling", &detail);
    ui.add_space(2.0);
    let options = [
        (
            Sampling::Energies,
            "Energies",
            "Energy per spin of the coldest replicas against sweeps, from two starts: where they meet, the start is forgotten",
        ),
        (
            Sampling::Exchanges,
            "Exchanges",
            "How often each temperature exchanges its configuration with the next",
        ),
        (
            Sampling::Overlaps,
            "Overlaps",
            "The overlap of the coldest replicas of two independent ladders, sweep by sweep: P(q)",
        ),
    ];
    segmented(
        ui,
        "What is shown of the sampling",
        &mut context.view.sampling,
        &options,
    );
    ui.add_space(4.0);
    let said = sample.report();
    match context.view.sampling {
        Sampling::Energies => {
            let size = ui.available_size() - vec2(0.0, BELOW);
            energies(ui, sample, size);
            hint(ui, &energies_in_words(sample));
        }
        Sampling::Exchanges => {
            let record = &sample.record;
            let counts: Vec<u64> = record
                .exchanges
                .iter()
                .map(|rate| (1000.0 * rate) as u64)
                .collect();
            let ends = [record.temperatures.first(), record.temperatures.last()];
            let [first, last] = ends.map(|end| end.copied().unwrap_or(0.0) as f32);
            bars(ui, "Exchanges by temperature", &counts, first, last);
            hint(ui, &said[1]);
        }
        Sampling::Overlaps => {
            let counts: Vec<u64> = sample
                .record
                .overlaps
                .iter()
                .map(|count| u64::from(*count))
                .collect();
            bars(ui, "Overlap of two replicas", &counts, -1.0, 1.0);
            hint(
                ui,
                "Bonds do not tell up from down, so P(q) is even once both signs were seen",
            );
        }
    }
}

/// Whether both starts agree, and what is exact where that is known.
fn energies_in_words(sample: &Sample) -> String {
    let said = sample.report();
    let exact = said
        .iter()
        .filter(|sentence| sentence.starts_with("Exactly"));
    std::iter::once(&said[0])
        .chain(exact)
        .map(String::as_str)
        .collect::<Vec<&str>>()
        .join(". ")
}

fn bars(ui: &mut Ui, name: &str, counts: &[u64], first: f32, last: f32) {
    let size = ui.available_size() - vec2(0.0, BELOW);
    Histogram {
        name,
        counts,
        first,
        last,
        log: false,
        mark: None,
        size,
    }
    .show(ui);
}

fn energies(ui: &mut Ui, sample: &Sample, size: Vec2) {
    let palette = Palette::of(ui.visuals());
    let record = &sample.record;
    let all = record.energies.iter().flatten();
    let lowest = all.copied().fold(f64::INFINITY, f64::min);
    let last = record.sweeps.last().copied().unwrap_or(1);
    let axes = Axes {
        name: "Energy per spin against sweeps",
        label: "E / N",
        values: lowest - 0.05..=0.1,
        word: "sweeps",
        across: last as f64,
        size,
    };
    let canvas = axes.show(ui);
    let curves: [(&str, Color32); 2] = [
        ("random start", palette.blue),
        ("cold start", palette.orange),
    ];
    for (index, ((name, color), values)) in curves.iter().zip(&record.energies).enumerate() {
        let points = record.sweeps.iter().zip(values);
        let points = points.map(|(sweep, value)| canvas.place(*sweep as f64, *value));
        let stroke = Stroke::new(1.5, *color);
        canvas
            .painter
            .add(Shape::line(points.collect::<Vec<Pos2>>(), stroke));
        let place = canvas.upper_corner() + vec2(0.0, index as f32 * (SMALL + 5.0));
        let font = FontId::proportional(SMALL + 1.0);
        canvas
            .painter
            .text(place, Align2::RIGHT_TOP, *name, font, *color);
    }
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, "Energy per spin against sweeps");
        info.current_text_value = Some(energies_in_words(sample));
        info
    });
}
