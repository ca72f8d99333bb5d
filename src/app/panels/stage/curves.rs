//! The two curves of the stage: energy and overlap against time, thick, with nothing but their names.

use crate::app::panels::PanelContext;
use crate::app::panels::save::{self, Exports};
use crate::app::theme::{CARD_ROUNDING, GAP, Palette};
use crate::figures::curves::Curves;
use crate::figures::recall::{self, Standing};
use crate::figures::{Figure, Mark, Role};
use crate::trial::Start;
use crate::trial::words::overlap;
use egui::{FontId, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

/// The curves, kept between frames.
#[derive(Default)]
pub(super) struct StageCurves {
    overlaps: Curves,
}

impl StageCurves {
    /// Draws both beside each other over the room left.
    pub(super) fn ui(&mut self, ui: &Ui, context: &mut PanelContext<'_>, scale: f32) {
        let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot)
        else {
            return;
        };
        self.overlaps.update(recording, context.session.version());
        let now = context.session.cursor_on(0) as f64 / recording.sweep() as f64;
        let original = match context.session.recipe().cue.start {
            Start::Stored(pattern) if context.shows_stored() => Some(pattern),
            _ => None,
        };
        let standing = Standing {
            nearest: snapshot.nearest,
            original: original.filter(|original| *original < snapshot.overlaps.len()),
            pointed: None,
        };
        let overlaps = recall::overlaps(
            &self.overlaps,
            recording,
            standing,
            |_| String::new(),
            |_| String::new(),
            (now, &snapshot.overlaps),
        );
        let (name, other) = if let Some(energy) = snapshot.energy {
            ("Energy", recall::energy(recording, [now, energy]))
        } else {
            let now = [now, snapshot.stability];
            ("Stability", recall::stability(recording, now))
        };
        let room = ui.available_rect_before_wrap();
        let width = 0.5 * (room.width() - GAP * scale);
        let left = Rect::from_min_size(room.min, vec2(width, room.height()));
        let right = left.translate(vec2(width + GAP * scale, 0.0));
        chart(ui, (left, context.exports), name, &other, scale);
        let overlap = overlap(snapshot.overlaps[snapshot.nearest]);
        let name = format!("Overlap {overlap}");
        chart(ui, (right, context.exports), &name, &overlaps, scale);
    }
}

/// One chart: a card with its name, and its curves.
fn chart(ui: &Ui, (card, exports): (Rect, &mut Exports), name: &str, figure: &Figure, scale: f32) {
    let palette = Palette::of(ui.visuals());
    let response = ui.interact(card, ui.scope_id().with(&figure.title), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &figure.title));
    save::menu(&response, exports, figure);
    let painter = ui.painter_at(card);
    painter.rect_filled(card, f32::from(CARD_ROUNDING), palette.card);
    let pad = GAP * scale;
    let font = FontId::proportional(13.0 * scale);
    let place = card.min + vec2(pad, 0.6 * pad);
    let written = painter.text(place, egui::Align2::LEFT_TOP, name, font, palette.text);
    let inside = Rect::from_min_max(pos2(card.left(), written.bottom()), card.max).shrink(pad);
    let ([left, right], [low, high]) = (figure.across.range, figure.up.range);
    let at = |[x, y]: [f64; 2]| {
        let across = (x - left) / (right - left).max(f64::MIN_POSITIVE);
        let up = (y - low) / (high - low).max(f64::MIN_POSITIVE);
        let size = inside.size();
        inside.left_bottom() + vec2(size.x * across as f32, -size.y * up as f32)
    };
    for series in &figure.series {
        let width = match series.role {
            Role::Faint | Role::Weak => 1.2,
            _ => 3.0,
        };
        let stroke = Stroke::new(width * scale, palette.role(series.role));
        let points = series.points().map(at).collect();
        painter.add(Shape::line(points, stroke));
    }
    for mark in &figure.marks {
        if let Mark::Dot(place, role) = mark {
            painter.circle_filled(at(*place), 5.0 * scale, palette.card);
            painter.circle_filled(at(*place), 4.0 * scale, palette.role(*role));
        }
    }
}
