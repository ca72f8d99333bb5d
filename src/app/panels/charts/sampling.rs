//! How well a sampled world is mixed: energies of both ladders against sweeps, exchanges of neighbouring temperatures,
//! the distribution of overlaps between two replicas.

use super::axes::axes;
use super::head;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{Palette, SMALL};
use crate::app::view::Sampling;
use crate::app::widgets::controls::{hint, segmented};
use crate::app::widgets::histogram::BarChart;
use crate::app::widgets::room::room_above;
use crate::figures::{Figure, sampling};
use crate::worlds::spin_glass::Sample;
use egui::{Role, Ui, Vec2, WidgetInfo};

/// Height of the words below a picture.
const BELOW: f32 = 2.0 * (SMALL + 6.0);

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>, sample: &Sample) {
    let detail = format!("at T = {}", sample.temperature);
    head::title(ui, context, "Sampling", &detail);
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
    let record = &sample.record;
    let size = room_above(ui, BELOW);
    match context.view.sampling {
        Sampling::Energies => {
            let figure = sampling::energies(&record.sweeps, &record.energies);
            energies(ui, context, sample, &figure, size);
            hint(ui, &energies_in_words(sample));
        }
        Sampling::Exchanges => {
            let figure = sampling::exchanges(&record.temperatures, &record.exchanges);
            bars(ui, context, &figure, size);
            hint(ui, &said[1]);
        }
        Sampling::Overlaps => {
            bars(ui, context, &sampling::overlaps(&record.overlaps), size);
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

fn bars(ui: &mut Ui, context: &mut PanelContext<'_>, figure: &Figure, size: Vec2) {
    let (response, _) = BarChart { figure, size }.show(ui);
    save::menu(&response, context.exports, figure);
}

fn energies(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    sample: &Sample,
    figure: &Figure,
    size: Vec2,
) {
    let canvas = axes(ui, figure, size);
    canvas.paint(figure, Palette::of(ui.visuals()));
    save::menu(&canvas.response, context.exports, figure);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
        info.current_text_value = Some(energies_in_words(sample));
        info
    });
}
