//! The overlap with every stored pattern against time: the nearest orange, the original dashed, the others grey.
//!
//! Absent: which curves there are (`figures`), and the axes (`axes`).

use super::against::{self, Compared, ComparisonSet};
use super::axes::{Canvas, axes, swatch};
use super::head;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::view::Against;
use crate::app::widgets::thumbnails::{Atlas, thumbnail};
use crate::engine::learning::Shows;
use crate::figures::curves::Curves;
use crate::figures::recall::{self, Standing};
use crate::figures::{Figure, Line};
use crate::session::Command;
use crate::trial::Start;
use crate::trial::words::{overlap as written, signed_name};
use egui::{Role, Ui, WidgetInfo};
use std::sync::Arc;

/// From how far, in points, the pointer finds a curve.
const REACH: f64 = 14.0;

/// The chart, with its curves kept between frames.
#[derive(Default)]
pub(super) struct Overlaps {
    curves: Curves,
    others: ComparisonSet,
}

impl Overlaps {
    /// Draws the chart into the space left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let against = against::choice(ui, context);
        let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot)
        else {
            head::waiting(ui, context);
            return;
        };
        let others = self.others.of(context, against).filter(|others| {
            // While another world is being prepared, its patterns may not fit the state.
            (others.n_units(), others.alphabet())
                == (snapshot.state.n_units(), snapshot.state.alphabet())
        });
        let compared = Compared::new(against, recording, snapshot, others);
        let version = context.session.version() << 2;
        match &compared.others {
            Some(others) => {
                let version = version | against as u64;
                self.curves.update_with(recording, others, version);
            }
            None => self.curves.update(recording, version),
        }
        // Where the patterns of the recording are not those stored now, numbers of patterns mean nothing elsewhere.
        let stored = compared.others.is_none();
        let linked = context
            .session
            .patterns()
            .is_some_and(|patterns| Arc::ptr_eq(patterns, recording.patterns()));
        let count = self.curves.n_patterns();
        let known = |pattern: usize| (linked && pattern < count).then_some(pattern);
        let original = match context.session.recipe().cue.start {
            Start::Stored(pattern) if stored => known(pattern),
            Start::Feature(feature) if !stored && against == Against::Features => known(feature),
            Start::Unseen(index) if !stored && against == Against::Unseen => known(index),
            _ => None,
        };
        let pointed = context.view.shown_pattern.filter(|_| stored);
        let mut standing = Standing {
            nearest: compared.nearest,
            original,
            pointed: pointed.and_then(known),
        };
        let cursor = context.session.cursor_on(0);
        let now = cursor as f64 / recording.sweep() as f64;
        let figure = |standing| {
            let legend = |pattern| told(&compared, original, pattern);
            let name = |pattern| compared.name(pattern);
            let now = (now, &*compared.overlaps);
            recall::overlaps(&self.curves, recording, standing, name, legend, now)
        };
        let mut shown = figure(standing);
        legend(ui, &shown);
        let canvas = axes(ui, &shown, ui.available_size());
        let seek = canvas.seek(recording, cursor);
        context.commands.extend(seek.map(Command::Seek));
        let found = canvas.pointed().and_then(|(sweeps, value)| {
            self.curves
                .nearest(sweeps, value, REACH / canvas.points_per_value())
        });
        if let Some((pattern, _)) = found {
            standing.pointed = Some(pattern);
            shown = figure(standing);
            let known = known(pattern).filter(|_| stored);
            context.view.hovered_pattern = known.or(context.view.hovered_pattern);
        }
        let palette = Palette::of(ui.visuals());
        if recording.length() == 0 {
            canvas.paint_hint(palette, "Press Play to see where the cue goes");
        }
        canvas.paint(&shown, palette);
        context.mark(ui, Shows::Overlaps, canvas.response.rect);
        save::menu(&canvas.response, context.exports, &shown);
        describe(&canvas, &compared);
        if let Some((pattern, overlap)) = found {
            let picture = (linked && stored).then_some(context.atlas);
            let text = format!("{}\noverlap {}", compared.name(pattern), written(overlap));
            hover(&canvas, picture, pattern, &text);
        }
    }
}

/// Says which curve is under the pointer, with its pattern's picture.
fn hover(canvas: &Canvas, picture: Option<&Atlas>, pattern: usize, text: &str) {
    canvas.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.horizontal(|ui| {
            if let Some(atlas) = picture {
                thumbnail(ui, atlas, pattern, 58.0);
            }
            ui.label(text);
        });
    });
}

/// What is said of a pattern that stands out: “nearest pattern 3 (a 3)  0.98”.
fn told(compared: &Compared<'_>, original: Option<usize>, pattern: usize) -> String {
    let m = compared.overlaps[pattern];
    let (name, overlap) = (compared.name(pattern), written(m));
    if pattern != compared.nearest {
        format!("original  {overlap}")
    } else if original == Some(pattern) {
        format!("{}, {name}  {overlap}", signed_name("the original", m))
    } else {
        format!("nearest {}  {overlap}", signed_name(&name, m))
    }
}

/// What orange and dashed stand for, with the overlaps at the moment shown.
fn legend(ui: &mut Ui, figure: &Figure) {
    let palette = Palette::of(ui.visuals());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP * 0.75;
        for (index, (series, text)) in figure.listed().enumerate() {
            if index > 0 {
                ui.add_space(GAP / 2.0);
            }
            // However thick a curve is while it is pointed at.
            let line = match series.line {
                Line::Dashed(_) => Line::Dashed(1.5),
                _ => Line::Solid(2.5),
            };
            swatch(ui, 16.0, palette.role(series.role), line);
            let text = egui::RichText::new(text).size(SMALL).color(palette.text);
            ui.add(egui::Label::new(text).truncate());
        }
    });
}

/// Name and value for screen readers.
fn describe(canvas: &Canvas, compared: &Compared<'_>) {
    canvas.response.widget_info(|| {
        let m = compared.overlaps[compared.nearest];
        let (name, overlap) = (signed_name(&compared.name(compared.nearest), m), written(m));
        let mut info = WidgetInfo::labeled(Role::Image, true, "Overlaps against time");
        info.current_text_value = Some(format!("nearest is {name}, overlap {overlap}"));
        info
    });
}
