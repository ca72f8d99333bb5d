//! The energy against time; where there is none, the mean local stability, and why.

use super::axes::{Axes, sweeps_of};
use crate::app::panels::PanelContext;
use crate::app::snapshot::Snapshot;
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::controls::hint;
use crate::app::widgets::formula::formula;
use crate::app::widgets::picture::number;
use crate::app::widgets::timeline::moment_at;
use crate::engine::dense::{DenseMemory, Energy, States};
use crate::engine::{Memory, Recording};
use crate::session::Command;
use egui::{Pos2, Role, Shape, Stroke, Ui, WidgetInfo};
use std::ops::RangeInclusive;

/// What falls or rises with time: the energy, or what is shown where there is none.
struct Trace {
    title: &'static str,
    name: &'static str,
    label: &'static str,
    /// What it is, as a formula.
    formula: &'static str,
    /// What to know of it.
    remark: &'static str,
    /// Sampled moments, in updates, and the last one, with the value at each.
    moments: Vec<u64>,
    values: Vec<f64>,
    /// The value at the moment shown, and how that is written.
    now: f64,
    in_words: String,
}

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot) else {
        super::title(ui, context, "Energy", "");
        super::waiting(ui, context);
        return;
    };
    let cursor = context.session.cursor();
    let trace = match snapshot.energy {
        Some(energy) => energies(recording, snapshot, cursor, energy),
        None => stabilities(recording, snapshot),
    };
    super::title(ui, context, trace.title, &trace.in_words);
    ui.horizontal(|ui| {
        formula(ui, trace.formula, SMALL + 1.0).on_hover_text(why(recording));
        hint(ui, trace.remark);
    });
    let axes = Axes {
        name: trace.name,
        label: trace.label,
        values: range(&trace.values),
        word: "sweeps",
        across: sweeps_of(recording),
        size: ui.available_size(),
    };
    let canvas = axes.show(ui);
    let seek = canvas.seek(recording, cursor);
    context.commands.extend(seek.map(Command::Seek));
    let palette = Palette::of(ui.visuals());
    let sweep = recording.sweep() as f64;
    if recording.length() == 0 {
        canvas.paint_hint(palette, "Press Play to see where it leads");
    } else {
        let places = trace.moments.iter().zip(&trace.values);
        let points: Vec<Pos2> = places
            .map(|(snapshot, value)| canvas.place(*snapshot as f64 / sweep, *value))
            .collect();
        let stroke = Stroke::new(2.5, palette.blue);
        canvas.painter.add(Shape::line(points, stroke));
    }
    canvas.paint_cursor(cursor as f64 / sweep, palette);
    let place = canvas.place(cursor as f64 / sweep, trace.now);
    canvas.paint_dot(place, palette, palette.blue);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, trace.name);
        info.current_text_value = Some(trace.in_words.clone());
        info
    });
    if let Some((sweeps, _)) = canvas.pointed() {
        let at = moment_at(recording, sweeps);
        let sample = trace.moments.partition_point(|snapshot| *snapshot <= at);
        let sample = trace.values[sample.saturating_sub(1)];
        let value = recording.energy_at(at).unwrap_or(sample);
        let sweeps = at as f64 / sweep;
        let about = format!("sweep {sweeps:.2}\n{} {}", trace.label, text(value));
        canvas.response.on_hover_text_at_pointer(about);
    }
}

fn energies(recording: &Recording, snapshot: &Snapshot, cursor: u64, energy: f64) -> Trace {
    let moments = recording.moments();
    let values = moments.iter();
    Trace {
        title: "Energy",
        name: "Energy against time",
        label: "energy E",
        formula: formula_of(recording.memory()),
        remark: match &**recording.memory() {
            Memory::Pairwise(_) => "negative is normal, only differences matter",
            _ => "",
        },
        values: values
            .filter_map(|snapshot| recording.energy_at(*snapshot))
            .collect(),
        moments,
        now: energy,
        in_words: now(recording, snapshot, cursor, energy),
    }
}

/// The mean local stability, where there is no energy.
fn stabilities(recording: &Recording, snapshot: &Snapshot) -> Trace {
    let moments = recording.moments();
    let mut values = recording.curves().stabilities.clone();
    if values.len() < moments.len() {
        values.push(recording.last_stability());
    }
    Trace {
        title: "Stability",
        name: "Stability against time",
        label: "stability",
        formula: match &**recording.memory() {
            Memory::Potts(_) => "mean margin of the letters",
            _ => "mean of s_i h_i / |J_i|",
        },
        remark: "no energy exists: J is asymmetric",
        moments,
        values,
        now: snapshot.stability,
        in_words: format!("mean {}", text(snapshot.stability)),
    }
}

/// The energy as a formula.
fn formula_of(memory: &Memory) -> &'static str {
    if memory.potts().is_some() {
        return "E = −Σ_i h_i(a_i) − ½ Σ J_{ij}(a_i, a_j)";
    }
    match memory.dense().map(DenseMemory::energy_function) {
        None => "E = −½ Σ J_{ij} s_i s_j",
        Some(Energy::Polynomial { .. }) => "E = −(N/n) Σ_μ (u_μ/N)^n;  u_μ = Σ_j ξ_j^μ s_j",
        Some(Energy::Rectified { .. }) => {
            "E = −(N/n) Σ_μ (u_μ/N)^n over u_μ > 0;  u_μ = Σ_j ξ_j^μ s_j"
        }
        Some(Energy::Exponential { .. }) => "E = −c Σ_μ exp β(u_μ − N);  u_μ = Σ_j ξ_j^μ s_j",
        Some(Energy::LogSumExp {
            states: States::Signs,
            ..
        }) => "E = −(1/β) ln Σ_μ exp(β u_μ);  u_μ = Σ_j ξ_j^μ s_j",
        Some(Energy::LogSumExp { .. }) => {
            "E = −(1/β) ln Σ_μ exp(β u_μ) + ½ |x|^2 + …;  u_μ = Σ_j ξ_j^μ x_j"
        }
    }
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
fn now(recording: &Recording, snapshot: &Snapshot, cursor: u64, energy: f64) -> String {
    let tick = recording.tick_length();
    let change = if tick > 1 {
        let before = recording.energy_at(cursor.saturating_sub(tick));
        before
            .filter(|_| cursor > 0)
            .map(|before| ("last sweep", energy - before))
    } else {
        let last = snapshot.flips.checked_sub(1);
        let last = last.and_then(|last| recording.flip(last));
        let before = last.and_then(|flip| recording.energy_at(flip.update - 1));
        before.map(|before| ("last flip", energy - before))
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

/// What the curve says, or why there is no energy.
fn why(recording: &Recording) -> String {
    let memory = recording.memory();
    let asymmetry = match &**memory {
        Memory::Pairwise(couplings) => (!couplings.symmetric()).then(|| couplings.asymmetry()),
        Memory::Potts(potts) => (!potts.symmetric()).then(|| potts.asymmetry()),
        Memory::Dense(_) => None,
    };
    match asymmetry {
        None => "What the dynamics at T = 0 makes smaller, flip by flip".to_owned(),
        Some(asymmetry) => format!(
            "Asymmetric couplings have no energy. Unit i pulls unit j otherwise than j pulls i (asymmetry {asymmetry:.2}), so \
            nothing falls with every flip, and a state can go round in a cycle instead of coming to rest. Shown \
            instead: how firmly the units are held as they are"
        ),
    }
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
