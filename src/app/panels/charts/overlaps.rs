//! The overlap with every stored pattern against time: the nearest orange, the original dashed, the others grey.
//!
//! Absent: which curves there are (`curves`), and the axes (`axes`).

use super::against::{self, Compared, ComparisonSet};
use super::axes::{Axes, Canvas, sweeps_of};
use super::curves::Curves;
use crate::app::panels::PanelContext;
use crate::app::theme::{GAP, Palette, SMALL};
use crate::app::view::Against;
use crate::app::widgets::thumbnails::thumbnail;
use crate::engine::Recording;
use crate::session::Command;
use crate::session::words::signed;
use crate::trial::Start;
use egui::{
    Align2, Color32, FontId, Mesh, Pos2, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// From how far, in points, the pointer finds a curve.
const REACH: f64 = 14.0;

/// The chart, with its curves kept between frames.
#[derive(Default)]
pub(super) struct Overlaps {
    curves: Curves,
    others: ComparisonSet,
}

/// The curves that stand out.
#[derive(Clone, Copy)]
struct Marked {
    nearest: usize,
    original: Option<usize>,
    pointed: Option<usize>,
}

impl Overlaps {
    /// Draws the chart into the space left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let against = against::choice(ui, context);
        let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot)
        else {
            super::waiting(ui, context);
            return;
        };
        let others = self.others.of(context, against).filter(|others| {
            // While another world is being prepared, its patterns may not fit the state.
            (others.n_units(), others.alphabet())
                == (snapshot.state.n_units(), snapshot.state.alphabet())
        });
        let compared = Compared::new(against, recording, snapshot, others);
        let version = context.session.version();
        match &compared.others {
            Some(others) => {
                let version = version << 2 | against as u64;
                self.curves.update_with(recording, others, version);
            }
            None => self.curves.update(recording, version << 2),
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
        let mut marked = Marked {
            nearest: compared.nearest,
            original,
            pointed: pointed.and_then(known),
        };
        legend(ui, &compared, marked);
        let axes = Axes {
            name: "Overlaps against time",
            label: "overlap m",
            values: f64::from(self.curves.lowest).min(-0.2) - 0.05..=1.05,
            word: "sweeps",
            across: sweeps_of(recording),
            size: ui.available_size(),
        };
        let canvas = axes.show(ui);
        let cursor = context.session.cursor();
        let seek = canvas.seek(recording, cursor);
        context.commands.extend(seek.map(Command::Seek));
        let now = cursor as f64 / recording.sweep() as f64;
        let found = canvas.pointed().and_then(|(sweeps, value)| {
            self.curves
                .nearest(sweeps, value, REACH / canvas.points_per_value())
        });
        if let Some((pattern, _)) = found {
            marked.pointed = Some(pattern);
            let known = known(pattern).filter(|_| stored);
            context.view.hovered_pattern = known.or(context.view.hovered_pattern);
        }
        let palette = Palette::of(ui.visuals());
        self.paint(&canvas, palette, marked, recording);
        canvas.paint_cursor(now, palette);
        paint_now(&canvas, palette, now, &compared, marked);
        describe(&canvas, &compared);
        if let Some((pattern, overlap)) = found {
            canvas.response.on_hover_ui_at_pointer(|ui| {
                ui.horizontal(|ui| {
                    if linked && stored {
                        thumbnail(ui, context.atlas, pattern, 58.0);
                    }
                    let name = compared.name(pattern);
                    ui.label(format!("{name}\noverlap {}", signed(overlap)));
                });
            });
        }
    }

    /// Band, grey lines, then the lines that stand out.
    fn paint(&self, canvas: &Canvas, palette: &Palette, marked: Marked, recording: &Recording) {
        let Curves {
            sweeps,
            lines,
            band,
            ..
        } = &self.curves;
        if recording.length() == 0 {
            self.paint_points(canvas, palette);
            return;
        }
        let xs: Vec<f32> = sweeps.iter().map(|x| canvas.place(*x, 0.0).x).collect();
        let (zero, one) = (canvas.place(0.0, 0.0).y, canvas.place(0.0, 1.0).y);
        let at = |x: f32, value: f32| pos2(x, zero + (one - zero) * value);
        let points = |values: &[f32]| -> Vec<Pos2> {
            xs.iter()
                .zip(values)
                .map(|(x, value)| at(*x, *value))
                .collect()
        };
        if !band.is_empty() {
            let ends = |(low, high): &(f32, f32), x: f32| [at(x, *low), at(x, *high)];
            let edges = xs.iter().zip(band).map(|(x, span)| ends(span, *x));
            let fill = palette.weak.gamma_multiply(0.3);
            canvas.painter.add(Shape::mesh(ribbon(edges, fill)));
        }
        let grey = Stroke::new(1.0, palette.weak.gamma_multiply(0.45));
        let stands_out = |pattern: usize| {
            [Some(marked.nearest), marked.original, marked.pointed].contains(&Some(pattern))
        };
        let others = lines.iter().filter(|(pattern, _)| !stands_out(*pattern));
        canvas
            .painter
            .extend(others.map(|(_, values)| Shape::line(points(values), grey)));
        let line = |pattern: usize| points(&self.curves.line(pattern));
        if let Some(pattern) = marked.pointed {
            let stroke = Stroke::new(2.5, palette.strong);
            canvas.painter.add(Shape::line(line(pattern), stroke));
        }
        let width = if marked.pointed == Some(marked.nearest) {
            4.0
        } else {
            2.5
        };
        let stroke = Stroke::new(width, palette.orange);
        canvas
            .painter
            .add(Shape::line(line(marked.nearest), stroke));
        if let Some(pattern) = marked.original.filter(|pattern| *pattern != marked.nearest) {
            let stroke = Stroke::new(1.5, palette.strong);
            let dashes = Shape::dashed_line(&line(pattern), stroke, 6.0, 3.0);
            canvas.painter.extend(dashes);
        }
        if !band.is_empty() {
            let rest = self.curves.n_patterns() - lines.len();
            let text = format!("{} lines, {rest} more as a band", lines.len());
            let place = canvas.corner();
            let font = FontId::proportional(SMALL);
            canvas
                .painter
                .text(place, Align2::RIGHT_BOTTOM, text, font, palette.weak);
        }
    }

    /// The first moment alone: a dot a pattern, and what to do next.
    fn paint_points(&self, canvas: &Canvas, palette: &Palette) {
        for (_, values) in &self.curves.lines {
            let place = canvas.place(0.0, f64::from(values[0]));
            let color = palette.weak.gamma_multiply(0.6);
            canvas.painter.circle_filled(place, 2.0, color);
        }
        canvas.paint_hint(palette, "Press Play to see where the cue goes");
    }
}

/// Dots on the lines that stand out, at the moment shown.
fn paint_now(
    canvas: &Canvas,
    palette: &Palette,
    sweeps: f64,
    compared: &Compared<'_>,
    marked: Marked,
) {
    let dots = [
        (marked.pointed, palette.strong),
        (marked.original, palette.strong),
        (Some(marked.nearest), palette.orange),
    ];
    for (pattern, color) in dots {
        if let Some(pattern) = pattern {
            let place = canvas.place(sweeps, compared.overlaps[pattern]);
            canvas.paint_dot(place, palette, color);
        }
    }
}

/// What orange and dashed stand for, with the overlaps at the moment shown.
fn legend(ui: &mut Ui, compared: &Compared<'_>, marked: Marked) {
    let palette = Palette::of(ui.visuals());
    let name = compared.name(marked.nearest);
    let overlap = signed(compared.overlaps[marked.nearest]);
    let same = marked.original == Some(marked.nearest);
    let role = if same { "the original, " } else { "nearest " };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP * 0.75;
        swatch(ui, palette.orange, false);
        let text = format!("{role}{name}  {overlap}");
        ui.label(egui::RichText::new(text).size(SMALL).color(palette.text));
        if let Some(original) = marked.original.filter(|_| !same) {
            ui.add_space(GAP / 2.0);
            swatch(ui, palette.strong, true);
            let text = format!("original  {}", signed(compared.overlaps[original]));
            ui.label(egui::RichText::new(text).size(SMALL).color(palette.text));
        }
    });
}

/// A piece of a line, whole or dashed.
fn swatch(ui: &mut Ui, color: Color32, dashed: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(16.0, 10.0), Sense::hover());
    let ends = [rect.left_center(), rect.right_center()];
    if dashed {
        let stroke = Stroke::new(1.5, color);
        ui.painter()
            .extend(Shape::dashed_line(&ends, stroke, 6.0, 3.0));
    } else {
        ui.painter().line_segment(ends, Stroke::new(2.5, color));
    }
}

/// The area between two lines.
fn ribbon(edges: impl Iterator<Item = [Pos2; 2]>, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for [low, high] in edges {
        let first = mesh.vertices.len() as u32;
        mesh.colored_vertex(low, color);
        mesh.colored_vertex(high, color);
        if first > 0 {
            mesh.add_triangle(first - 2, first - 1, first);
            mesh.add_triangle(first - 1, first, first + 1);
        }
    }
    mesh
}

/// Name and value for screen readers.
fn describe(canvas: &Canvas, compared: &Compared<'_>) {
    canvas.response.widget_info(|| {
        let name = compared.name(compared.nearest);
        let overlap = signed(compared.overlaps[compared.nearest]);
        let mut info = WidgetInfo::labeled(Role::Image, true, "Overlaps against time");
        info.current_text_value = Some(format!("nearest is {name}, overlap {overlap}"));
        info
    });
}
