//! The energy against time; where there is none, the mean local stability, and why.

use super::axes::axes;
use super::head;
use crate::app::panels::{PanelContext, save};
use crate::app::snapshot::Snapshot;
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::formula::{formula, legend};
use crate::app::widgets::timeline::moment_at;
use crate::engine::learning::{Shows, Symbol};
use crate::engine::numbers::decimals;
use crate::engine::{Memory, Recording};
use crate::figures::numbers::number;
use crate::figures::{Figure, recall};
use crate::lessons::topics::{ENERGY_SYMBOLS, TopicId, energy_formula};
use crate::session::Command;
use egui::{FontId, Label, Role, Ui, WidgetInfo};

/// What falls or rises with time: the energy, or what is shown where there is none.
struct Trace {
    title: &'static str,
    /// What it is, as a formula.
    formula: String,
    symbols: &'static [Symbol],
    /// What to know of it.
    remark: &'static str,
    figure: Figure,
    /// The value at the moment shown, as it is written.
    value: String,
    /// By how much the last step changed it, once there was one.
    change: Option<String>,
}

impl Trace {
    /// “E = −231.4, last flip −1.32”.
    fn in_words(&self) -> String {
        let change = self.change.iter().map(|change| format!(", {change}"));
        change.fold(self.value.clone(), |words, change| words + &change)
    }
}

/// Draws the chart into the space left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let (Some(recording), Some(snapshot)) = (context.session.recording(), context.snapshot) else {
        head::title(ui, context, "Energy", "");
        head::waiting(ui, context);
        return;
    };
    let cursor = context.session.cursor_on(0);
    let now = cursor as f64 / recording.sweep() as f64;
    let trace = match snapshot.energy {
        Some(energy) => energies(recording, snapshot, cursor, [now, energy]),
        None => stabilities(recording, snapshot, now),
    };
    head::title(ui, context, trace.title, &trace.value);
    let palette = Palette::of(ui.visuals());
    ui.horizontal(|ui| {
        let lit = context.view.shown_symbol;
        let symbols = trace.symbols;
        let (shown, pointed) = formula(ui, &trace.formula, symbols, lit, SMALL + 2.0);
        shown.on_hover_ui(|ui| {
            if let Some(symbol) = pointed {
                legend(ui, &[symbol], None);
            }
            ui.label(why(recording));
        });
        context.view.hovered_symbol = context.view.hovered_symbol.or(pointed);
        let remark = trace.change.as_deref().unwrap_or(trace.remark);
        // Beside a long formula there may be no room: half a number is worse than none.
        let font = FontId::proportional(SMALL);
        let text = remark.to_owned();
        let remark = ui.painter().layout_no_wrap(text, font, palette.weak);
        if remark.size().x <= ui.available_width() {
            ui.add(Label::new(remark));
        }
    });
    // The uppermost tick reaches above the axes.
    ui.add_space(0.5 * SMALL);
    let said = trace.in_words();
    let mut figure = trace.figure;
    let canvas = axes(ui, &figure, ui.available_size());
    let seek = canvas.seek(recording, cursor);
    context.commands.extend(seek.map(Command::Seek));
    let series = if recording.length() == 0 {
        canvas.paint_hint(palette, "Press Play to see where it leads");
        figure.series.pop()
    } else {
        None
    };
    canvas.paint(&figure, palette);
    context.mark(ui, Shows::Energy, canvas.response.rect);
    figure.series.extend(series);
    save::menu(&canvas.response, context.exports, &figure);
    canvas.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, &figure.title);
        info.current_text_value = Some(said.clone());
        info
    });
    if let Some((sweeps, _)) = canvas.pointed() {
        let at = moment_at(recording, sweeps);
        let sweeps = at as f64 / recording.sweep() as f64;
        let series = &figure.series[0];
        let sample = series.x.partition_point(|x| *x <= sweeps);
        let sample = series.y[sample.saturating_sub(1)];
        let value = recording.energy_at(at).unwrap_or(sample);
        let label = &figure.up.label;
        let about = format!("sweep {sweeps:.2}\n{label} {}", text(value));
        canvas.response.on_hover_text_at_pointer(about);
    }
}

fn energies(recording: &Recording, snapshot: &Snapshot, cursor: u64, now: [f64; 2]) -> Trace {
    Trace {
        title: "Energy",
        formula: format!(r"\textstyle {}", energy_formula(recording.memory())),
        symbols: &ENERGY_SYMBOLS,
        remark: match &**recording.memory() {
            Memory::Pairwise(_) => "only differences matter",
            _ => "",
        },
        figure: recall::energy(recording, now),
        value: format!("E = {}", text(now[1])),
        change: change(recording, snapshot, cursor),
    }
}

/// The mean local stability, where there is no energy.
fn stabilities(recording: &Recording, snapshot: &Snapshot, now: f64) -> Trace {
    Trace {
        title: "Stability",
        formula: match &**recording.memory() {
            Memory::Potts(_) => r"\text{mean margin of the letters}".to_owned(),
            _ => format!(r"\textstyle {}", TopicId::Stability.topic().formula),
        },
        symbols: TopicId::Stability.topic().symbols,
        remark: "no energy exists: J is asymmetric",
        figure: recall::stability(recording, [now, snapshot.stability]),
        value: format!("mean {}", text(snapshot.stability)),
        change: None,
    }
}

/// “last flip −1.32”, once something was flipped.
fn change(recording: &Recording, snapshot: &Snapshot, cursor: u64) -> Option<String> {
    let (what, change) = last_change(recording, snapshot, cursor)?;
    Some(format!("last {what} {}", number(change as f32)))
}

/// What changed last, a flip or a sweep, and by how much that changed the energy; `None` before something was flipped.
pub(in crate::app::panels) fn last_change(
    recording: &Recording,
    snapshot: &Snapshot,
    cursor: u64,
) -> Option<(&'static str, f64)> {
    let tick = recording.tick_length();
    let (what, before) = if tick > 1 {
        let before = recording.energy_at(cursor.saturating_sub(tick));
        ("sweep", before.filter(|_| cursor > 0))
    } else {
        let last = snapshot.flips.checked_sub(1);
        let last = last.and_then(|last| recording.flip(last));
        let before = last.and_then(|flip| recording.energy_at(flip.update - 1));
        ("flip", before)
    };
    Some((what, snapshot.energy? - before?))
}

/// Four digits that matter, and a real minus sign.
fn text(energy: f64) -> String {
    let size = energy.abs().max(1e-9).log10().floor();
    decimals(energy, (3.0 - size).clamp(0.0, 4.0) as usize)
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
        None => "What the dynamics at T = 0 makes smaller, flip by flip: only differences matter"
            .to_owned(),
        Some(asymmetry) => format!(
            "Asymmetric couplings have no energy. Unit i pulls unit j otherwise than j pulls i (asymmetry {}), so \
            nothing falls with every flip, and a state can go round in a cycle instead of coming to rest. Shown \
            instead: how firmly the units are held as they are",
            decimals(asymmetry, 2)
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
}
