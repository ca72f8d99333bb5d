//! The energy against time, or why there is none.

use super::axes::{Axes, sweeps_of};
use crate::app::moment::Moment;
use crate::app::panels::Desk;
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::picture::number;
use crate::app::widgets::timeline::moment_at;
use crate::engine::{Couplings, Recording};
use crate::session::Command;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, FontId, Pos2, Role, Shape, Stroke, Ui, WidgetInfo};
use std::ops::RangeInclusive;

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (Some(recording), Some(moment)) = (desk.session.recording(), desk.moment) else {
        super::title(ui, desk, "Energy", "");
        super::waiting(ui, desk);
        return;
    };
    let Some(energy) = moment.energy else {
        super::title(ui, desk, "Energy", "none");
        placeholder(ui, &why_none(recording));
        return;
    };
    super::title(
        ui,
        desk,
        "Energy",
        &now(recording, moment, desk.session.cursor(), energy),
    );
    caption(ui);
    let (moments, energies) = curve(recording);
    let axes = Axes {
        name: "Energy against time",
        label: "energy E",
        values: range(&energies),
        word: "sweeps",
        across: sweeps_of(recording),
        size: ui.available_size(),
    };
    let canvas = axes.show(ui);
    let cursor = desk.session.cursor();
    let seek = canvas.seek(recording, cursor);
    desk.commands.extend(seek.map(Command::Seek));
    let palette = Palette::of(ui.visuals());
    let sweep = recording.sweep() as f64;
    if recording.length() == 0 {
        canvas.paint_hint(palette, "Press Play to see where it leads");
    } else {
        let places = moments.iter().zip(&energies);
        let points: Vec<Pos2> = places
            .map(|(moment, energy)| canvas.place(*moment as f64 / sweep, *energy))
            .collect();
        let stroke = Stroke::new(2.5, palette.blue);
        canvas.painter.add(Shape::line(points, stroke));
    }
    canvas.paint_cursor(cursor as f64 / sweep, palette);
    let place = canvas.place(cursor as f64 / sweep, energy);
    canvas.paint_dot(place, palette, palette.blue);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, "Energy against time");
        info.current_text_value = Some(format!("E = {}", text(energy)));
        info
    });
    if let Some((sweeps, _)) = canvas.pointed() {
        let at = moment_at(recording, sweeps);
        let energy = recording.energy_at(at).map(text).unwrap_or_default();
        let sweeps = at as f64 / sweep;
        let about = format!("sweep {sweeps:.2}\nE = {energy}");
        canvas.response.on_hover_text_at_pointer(about);
    }
}

/// Sampled moments, in updates, and the last one, with the energy at each.
fn curve(recording: &Recording) -> (Vec<u64>, Vec<f64>) {
    let moments = recording.moments();
    let energies = moments
        .iter()
        .filter_map(|moment| recording.energy_at(*moment))
        .collect();
    (moments, energies)
}

/// From below the least to above the largest energy, never of no height.
fn range(energies: &[f64]) -> RangeInclusive<f64> {
    let (low, high) = energies
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), energy| {
            (low.min(*energy), high.max(*energy))
        });
    let room = (0.08 * (high - low)).max(0.05 * high.abs()).max(1e-3);
    low - room..=high + room
}

/// “E = −231.4, last flip −1.32”.
fn now(recording: &Recording, moment: &Moment, cursor: u64, energy: f64) -> String {
    let tick = recording.tick_length();
    let change = if tick > 1 {
        let before = recording.energy_at(cursor.saturating_sub(tick));
        before
            .filter(|_| cursor > 0)
            .map(|before| ("last sweep", energy - before))
    } else {
        let last = moment.flips.checked_sub(1);
        last.map(|last| {
            let change = recording.flips()[last].energy_change;
            ("last flip", f64::from(change))
        })
    };
    match change {
        Some((what, change)) => format!("E = {}, {what} {}", text(energy), number(change as f32)),
        None => format!("E = {}", text(energy)),
    }
}

/// Four digits that matter, and a real minus sign.
fn text(energy: f64) -> String {
    let size = energy.abs().max(1e-9).log10().floor();
    let decimals = (3.0 - size).clamp(0.0, 4.0) as usize;
    format!("{energy:.decimals$}").replace('-', "−")
}

/// The formula, with its indices set low.
fn caption(ui: &mut Ui) {
    let palette = Palette::of(ui.visuals());
    let format = |size: f32| TextFormat {
        font_id: FontId::proportional(size),
        color: palette.weak,
        valign: Align::BOTTOM,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    for (text, index) in [("E = −½ Σ J", "ij"), (" s", "i"), (" s", "j")] {
        job.append(text, 0.0, format(SMALL));
        job.append(index, 0.5, format(SMALL - 3.0));
    }
    job.append(
        ";  negative is normal, only differences matter",
        0.0,
        format(SMALL),
    );
    ui.horizontal(|ui| ui.label(job));
}

/// Why there is no curve.
fn why_none(recording: &Recording) -> String {
    let asymmetry = recording
        .memory()
        .couplings()
        .map_or(0.0, Couplings::asymmetry);
    format!(
        "Asymmetric couplings have no energy\n\nUnit i pulls unit j otherwise than j pulls i (asymmetry {asymmetry:.2}), so \
        nothing falls with every flip, and a state can go round in a cycle instead of coming to rest"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn energies_read_well() {
        assert_eq!(text(-231.44), "−231.4");
        assert_eq!(text(-1.3219), "−1.322");
        assert_eq!(text(0.0), "0.0000");
        assert_eq!(text(-12_345.6), "−12346");
    }

    #[test]
    fn the_range_has_a_margin_and_is_never_empty() {
        assert_eq!(range(&[-100.0, 0.0]), -108.0..=8.0);
        let flat = range(&[0.0]);
        assert!(flat.end() > flat.start());
    }
}
